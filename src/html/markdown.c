#include "html/markdown.h"

#include <cmark.h>

#include "base/text.h"

enum { HEADINGS_MAX = 200 };                     /* nobody links to the rest */

typedef struct Writer {
	Arena            *arena;
	Buf               out;
	bool              words;                 /* no elements */
	bool              one_line;              /* what stands in one paragraph: no blocks */
	bool              shows_html;            /* as text, instead of leaving it out */
	MarkdownHeadings *headings;              /* NULL = headings have no ids */
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

/* A request that runs out of memory leaves in the middle: what is not of the arena goes all the same. */
static void free_writer(Writer *w) { buf_free(&w->out); }
static void free_iter(cmark_iter **i) { cmark_iter_free(*i); }
static void free_document(cmark_node **n) { cmark_node_free(*n); }

static Str words_of(Writer *w, cmark_node *n) {
	CLEANUP(free_writer) Writer    inner = {.arena = w->arena, .words = true};
	CLEANUP(free_iter) cmark_iter *i = cmark_iter_new(n);
	for (cmark_event_type e; (e = cmark_iter_next(i)) != CMARK_EVENT_DONE;) {
		cmark_node *at = cmark_iter_get_node(i);
		if (e == CMARK_EVENT_ENTER && (cmark_node_get_type(at) == CMARK_NODE_TEXT || cmark_node_get_type(at) == CMARK_NODE_CODE))
			buf_str(&inner.out, literal(at));
		else if (cmark_node_get_type(at) == CMARK_NODE_SOFTBREAK || cmark_node_get_type(at) == CMARK_NODE_LINEBREAK)
			gap(&inner);
	}
	return str_trim(buf_take(&inner.out, w->arena));
}

static bool is_taken(const MarkdownHeadings *all, Str id) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].id, id))
			return true;
	return false;
}

/* The first of one name has it bare, the others are numbered. */
static Str new_id(Writer *w, Str words) {
	Str slug = text_slug(w->arena, words), id = str_cat(w->arena, S("t-"), slug.len ? slug : S("cast"));
	Str bare = id;
	for (int n = 2; is_taken(w->headings, id); n++)
		id = str_format(w->arena, "%.*s-%d", STR_ARG(bare), n);
	return id;
}

static void put_heading(Writer *w, cmark_node *n, bool enter) {
	int level = cmark_node_get_heading_level(n) <= 2 ? 2 : 3;
	if (w->words || !enter || !w->headings || w->headings->len >= HEADINGS_MAX) {
		tag(w, enter, level == 2 ? "h2" : "h3");
		return;
	}
	Str words = words_of(w, n), id = new_id(w, words);
	*ARENA_PUSH(w->arena, w->headings->at, w->headings->len, w->headings->cap) = (MarkdownHeading){level, id, words};
	buf_format(&w->out, "<h%d id=\"%.*s\">", level, STR_ARG(id));
}

static void put_node(Writer *w, cmark_node *n, bool enter) {
	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_PARAGRAPH:
		if (w->one_line)
			break;
		if (!is_tight(n))
			tag(w, enter, "p");
		else if (enter && cmark_node_previous(n))    /* two tight paragraphs of one item cannot be told apart otherwise */
			buf_char(&w->out, ' ');
		break;
	case CMARK_NODE_HEADING:
		put_heading(w, n, enter);
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
	case CMARK_NODE_HTML_INLINE:
	case CMARK_NODE_HTML_BLOCK:
		if (w->shows_html)
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

static Str render_with(Writer *w, Str text) {
	text = cut(text);
	CLEANUP(free_document) cmark_node *document = cmark_parse_document(text.len ? text.ptr : "", text.len, CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
	CHECK(document != NULL);
	CLEANUP(free_iter) cmark_iter *i = cmark_iter_new(document);
	for (cmark_event_type e; (e = cmark_iter_next(i)) != CMARK_EVENT_DONE;)
		put_node(w, cmark_iter_get_node(i), e == CMARK_EVENT_ENTER);
	return buf_take(&w->out, w->arena);
}

static Str render(Arena *a, Str text, bool words, MarkdownHeadings *headings) {
	CLEANUP(free_writer) Writer w = {.arena = a, .words = words, .headings = headings};
	return render_with(&w, text);
}

Html markdown(Arena *a, Str text) {
	return (Html){render(a, text, false, NULL)};
}

Html markdown_page(Arena *a, Str text, MarkdownHeadings *headings) {
	*headings = (MarkdownHeadings){0};
	return (Html){render(a, text, false, headings)};
}

/* Words that no sign of Markdown touches come out as they are; most paragraphs and cells of a plan are such, and a parser for each would cost ten times as much. */
static bool is_plain(Str s) {
	bool plain = s.len && s.ptr[s.len - 1] != ' ' && utf8_valid(s);
	for (size_t i = 0; i < s.len && plain; i++) {
		u8 c = (u8)s.ptr[i];
		plain = c >= ' ' ? !memchr("\\`*_[]<>&", c, 9) : c > 0 && c < '\t';      /* no line and no tab; others are marks of the caller */
	}
	return plain;
}

/* A sign in front says that it is a paragraph, whatever the text begins with. What is too long for one is shown as it was written. */
Html markdown_inline(Arena *a, Str text) {
	CLEANUP(free_writer) Writer w = {.arena = a, .one_line = true, .shows_html = true};
	if (text.len + 2 > MARKDOWN_MAX || is_plain(text)) {
		html_escape(&w.out, text);
		return (Html){buf_take(&w.out, a)};
	}
	return (Html){str_trim(text).len ? str_from(render_with(&w, str_cat(a, S("\\!"), text)), 1) : (Str){0}};
}

Html markdown_part(Arena *a, Str text) {
	CLEANUP(free_writer) Writer w = {.arena = a, .shows_html = true};
	return (Html){render_with(&w, text)};
}

Str markdown_words(Arena *a, Str text) {
	return str_trim(render(a, text, true, NULL));
}
