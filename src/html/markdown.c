#include "html/markdown.h"

#include <cmark.h>

typedef struct Writer {
	Buf  out;
	bool words;                              /* no elements */
} Writer;

static Str literal(cmark_node *n) {
	return str_c(cmark_node_get_literal(n));
}

/* A path of ours may not begin a host name, and nothing may hide a scheme. */
static bool link_is_fine(Str url, bool *leads_away) {
	*leads_away = str_starts(url, S("https://"));
	for (size_t i = 0; i < url.len; i++)
		if ((u8)url.ptr[i] <= ' ' || url.ptr[i] == '\\' || (u8)url.ptr[i] == 0x7F)
			return false;
	if (*leads_away || str_starts(url, S("mailto:")))
		return url.len > 8;
	return str_starts(url, S("/")) && !str_starts(url, S("//"));
}

/* Words of two blocks stay apart. */
static void gap(Writer *w) {
	Str so_far = buf_view(&w->out);
	if (so_far.len && so_far.ptr[so_far.len - 1] != ' ')
		buf_char(&w->out, ' ');
}

static void inside(Writer *w, bool enter, const char *name) {
	if (!w->words)
		buf_format(&w->out, enter ? "<%s>" : "</%s>", name);
}

static void tag(Writer *w, bool enter, const char *name) {
	inside(w, enter, name);
	if (w->words)
		gap(w);
}

static void put_link(Writer *w, cmark_node *n, bool enter) {
	bool away;
	Str  url = str_c(cmark_node_get_url(n));
	if (w->words || !link_is_fine(url, &away))
		return;
	if (!enter) {
		buf_lit(&w->out, "</a>");
		return;
	}
	buf_lit(&w->out, "<a href=\"");
	html_escape(&w->out, url);
	buf_str(&w->out, away ? S("\" rel=\"nofollow ugc noopener\">") : S("\">"));
}

/* In a tight list paragraphs are not wrapped. */
static bool is_tight(cmark_node *n) {
	cmark_node *item = cmark_node_parent(n), *list = item ? cmark_node_parent(item) : NULL;
	return list && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

static void put_text(Writer *w, Str s) {
	if (w->words)
		buf_str(&w->out, s);
	else
		html_escape(&w->out, s);
}

static void put_node(Writer *w, cmark_node *n, bool enter) {
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_PARAGRAPH:
		if (!is_tight(n))
			tag(w, enter, "p");
		else if (enter && cmark_node_previous(n))    /* two tight paragraphs of one item cannot be told apart otherwise */
			buf_char(&w->out, ' ');
		break;
	case CMARK_NODE_HEADING:
		tag(w, enter, cmark_node_get_heading_level(n) <= 2 ? "h2" : "h3");
		break;
	case CMARK_NODE_LIST:
		tag(w, enter, cmark_node_get_list_type(n) == CMARK_ORDERED_LIST ? "ol" : "ul");
		break;
	case CMARK_NODE_ITEM:
		tag(w, enter, "li");
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		tag(w, enter, "blockquote");
		break;
	case CMARK_NODE_STRONG:
		inside(w, enter, "strong");
		break;
	case CMARK_NODE_EMPH:
		inside(w, enter, "em");
		break;
	case CMARK_NODE_LINK:
		put_link(w, n, enter);
		break;
	case CMARK_NODE_LINEBREAK:
		buf_str(&w->out, w->words ? S(" ") : S("<br>"));
		break;
	case CMARK_NODE_SOFTBREAK:
		buf_char(&w->out, ' ');
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		buf_str(&w->out, w->words ? S(" ") : S("<hr>"));
		break;
	case CMARK_NODE_CODE_BLOCK:
		tag(w, true, "p");
		put_text(w, str_trim(literal(n)));
		tag(w, false, "p");
		break;
	case CMARK_NODE_TEXT:
	case CMARK_NODE_CODE:
		put_text(w, literal(n));
		break;
	default:                                     /* HTML of any kind, images: nothing of their own */
		break;
	}
}

static Str cut(Str text) {
	if (text.len <= MARKDOWN_MAX)
		return text;
	size_t n = MARKDOWN_MAX;
	while (n && text.ptr[n - 1] != '\n')
		n--;
	return str_first(text, n);
}

static Str render(Arena *a, Str text, bool words) {
	Writer w = {.words = words};
	text = cut(text);
	cmark_node *document = cmark_parse_document(text.len ? text.ptr : "", text.len, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
	CHECK(document != NULL);
	cmark_iter *i = cmark_iter_new(document);
	for (cmark_event_type e; (e = cmark_iter_next(i)) != CMARK_EVENT_DONE;)
		put_node(&w, cmark_iter_get_node(i), e == CMARK_EVENT_ENTER);
	cmark_iter_free(i);
	cmark_node_free(document);
	Str s = buf_take(&w.out, a);
	buf_free(&w.out);
	return s;
}

Html markdown(Arena *a, Str text) {
	return (Html){render(a, text, false)};
}

Str markdown_words(Arena *a, Str text) {
	return str_trim(render(a, text, true));
}
