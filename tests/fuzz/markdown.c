/* Markdown: whatever comes in, only the twelve elements come out, each closed, with no attribute but href and rel. */
#include "html/markdown.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void demand(bool x) {
	if (!x)
		abort();
}

static bool is_known(Str name) {
	static const char *const known[] = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr"};
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(name, str_c(known[i])))
			return true;
	return false;
}

/* The text between "<" and ">". */
static int element(Str inside) {
	bool closes = str_starts(inside, S("/"));
	Str  name = str_from(inside, closes ? 1 : 0), rest = name;
	name = str_cut(&rest, ' ');
	demand(is_known(name));
	if (rest.len && str_starts(rest, S("id=\"t-"))) {
		demand(!closes && (str_eq(name, S("h2")) || str_eq(name, S("h3"))) && str_ends(rest, S("\"")) && str_find_char(str_from(rest, 4), '"') == (i64)rest.len - 5);
	} else if (rest.len) {
		demand(!closes && str_eq(name, S("a")) && str_starts(rest, S("href=\"")));
		Str href = str_from(rest, 6), after = href;
		href = str_cut(&after, '"');
		demand(str_starts(href, S("https://")) || str_starts(href, S("mailto:")) || (str_starts(href, S("/")) && !str_starts(href, S("//"))));
		demand(!after.len || str_eq(after, S(" rel=\"nofollow ugc noopener\"")));
	}
	return str_eq(name, S("br")) || str_eq(name, S("hr")) ? 0 : closes ? -1 : 1;
}

static void only_known(Str made) {
	int depth = 0;
	for (size_t i = 0; i < made.len; i++) {
		demand(made.ptr[i] != '>');
		if (made.ptr[i] != '<')
			continue;
		size_t end = i;
		while (end < made.len && made.ptr[end] != '>')
			end++;
		demand(end < made.len);
		depth += element(str_of(made.ptr + i + 1, end - i - 1));
		demand(depth >= 0);
		i = end;
	}
	demand(depth == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
	Arena            a = {0};
	MarkdownHeadings headings;
	Str              text = str_of((const char *)bytes, n);
	only_known(markdown(&a, text).markup);
	only_known(markdown_page(&a, text, &headings).markup);
	(void)markdown_words(&a, str_of((const char *)bytes, n));
	arena_free(&a);
	return 0;
}
