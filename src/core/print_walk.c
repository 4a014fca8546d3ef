/* print_walk.c: what may stand in a print view. Our templates write simple HTML: lower-case names, every value in double quotes. Whatever is not that
 * simple is refused, so that a renderer with a richer idea of HTML finds nothing here that we did not see. */
#include "core/print_inside.h"

static const char *const page_elements[] = {
	"h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "section", "article", "aside", "header", "footer", "nav", "main", "ul", "ol", "li", "dl", "dt", "dd",
	"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col", "a", "span", "strong", "em", "b", "i", "u", "s", "small", "sub", "sup",
	"abbr", "cite", "q", "blockquote", "pre", "code", "kbd", "br", "hr", "wbr", "figure", "figcaption", "time", "mark", "ins", "del", "bdi", "dfn", "address", "details", "summary",
	"img", "svg",
};
static const char *const drawing_elements[] = {
	"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc", "defs", "marker", "symbol", "use",
	"pattern", "clipPath", "linearGradient", "stop", "a",
};

typedef struct Walk {
	Arena        *arena;
	Str           html;
	size_t        at;
	int           drawing;                   /* depth of <svg> */
	Str           only_end;                  /* of a title of a drawing: nothing but its end may come */
	PrintHeading *heading;
	void         *arg;
	int           level;                     /* of the heading that is open, 0 = none */
	Str           id;
	Buf           words;
	Str          *why;
} Walk;

static bool refuse(Walk *w, const char *what, Str which) {
	*w->why = str_format(w->arena, "%s: %.*s", what, (int)(which.len < 80 ? which.len : 80), which.ptr ? which.ptr : "");
	return false;
}

static bool is_listed(const char *const *list, size_t len, Str name) {
	for (size_t i = 0; i < len; i++)
		if (str_eq(str_c(list[i]), name))
			return true;
	return false;
}

static bool is_name_char(char c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}

static bool is_blank(char c) {
	return c == ' ' || c == '\n' || c == '\t';
}

static char look(const Walk *w) {
	return w->html.ptr && w->at < w->html.len ? w->html.ptr[w->at] : '\0';
}

static Str take_name(Walk *w) {
	size_t from = w->at;
	while (is_name_char(look(w)))
		w->at++;
	return str_of(w->html.ptr + from, w->at - from);
}

static bool has_blind(Str text, Str part, Arena *a) {
	return str_has(str_lower_ascii(a, text), part);
}

/* ---- attributes ---- */

static bool link_is_fine(Str value) {
	static const char *const begins[] = {"#", "/", "http://", "https://", "mailto:", "tel:"};
	for (size_t i = 0; i < LEN(begins); i++)
		if (str_starts(value, str_c(begins[i])))
			return true;
	return value.len == 0;
}

/* A drawing may point into itself: url(#pattern). */
static bool points_out(Walk *w, Str value) {
	Str small = str_lower_ascii(w->arena, value);
	for (i64 at; (at = str_find(small, S("url"))) >= 0; small = str_from(small, (size_t)at + 3))
		if (!str_starts(str_from(small, (size_t)at), S("url(#")))
			return true;
	return str_has(small, S("@import")) || str_find_char(small, '\\') >= 0;
}

static bool attribute_is_fine(Walk *w, Str element, Str name, Str value) {
	static const char *const never[] = {"style", "srcset", "background", "poster", "action", "formaction", "data", "ping", "manifest", "longdesc", "base", "srcdoc"};
	Str small = str_lower_ascii(w->arena, name);
	if (is_listed(never, LEN(never), small) || str_starts(small, S("on")) || (str_has(small, S(":")) && !str_starts(small, S("xml:")) && !str_starts(small, S("xmlns"))))
		return refuse(w, "attribute", name);
	if (str_eq(small, S("src"))) {
		bool picture = str_starts(value, S("data:image/png;base64,")) || str_starts(value, S("data:image/jpeg;base64,"));
		return (str_eq(element, S("img")) && picture) || refuse(w, "src", value);
	}
	if (str_eq(small, S("href"))) {
		bool inside = str_starts(value, S("#"));
		return inside || (str_eq(element, S("a")) && link_is_fine(value)) || refuse(w, "href", value);
	}
	if (str_eq(small, S("rel")) && has_blind(value, S("attach"), w->arena))
		return refuse(w, "rel", value);
	bool is_prose = str_eq(small, S("title")) || str_eq(small, S("alt")) || str_starts(small, S("aria-")) || str_starts(small, S("data-"));
	return is_prose || str_eq(small, S("id")) || str_eq(small, S("class")) || !points_out(w, value) || refuse(w, "value", value);
}

/* ` name="value"` or ` name`, up to the bracket. */
static bool take_attributes(Walk *w, Str element, Str *id) {
	for (;;) {
		while (is_blank(look(w)))
			w->at++;
		if (look(w) == '/' && w->at + 1 < w->html.len && w->html.ptr[w->at + 1] == '>')
			w->at++;
		if (look(w) == '>') {
			w->at++;
			return true;
		}
		Str name = take_name(w), value = {0};
		if (!name.len || (look(w) != '=' && look(w) != '>' && look(w) != '/' && !is_blank(look(w))))
			return refuse(w, "tag", element);
		if (look(w) == '=') {
			w->at++;
			i64 end = look(w) == '"' ? str_find_char(str_from(w->html, w->at + 1), '"') : -1;
			if (end < 0)
				return refuse(w, "value without quotes", name);
			value = str_of(w->html.ptr + w->at + 1, (size_t)end);
			w->at += (size_t)end + 2;
		}
		if (!attribute_is_fine(w, element, name, value))
			return false;
		if (str_eq(name, S("id")))
			*id = value;
	}
}

/* ---- tags ---- */

static int heading_level(Str element) {
	return str_eq(element, S("h2")) ? 2 : str_eq(element, S("h3")) ? 3 : 0;
}

static bool take_end(Walk *w) {
	w->at += 2;
	Str element = take_name(w);
	if (look(w) != '>')
		return refuse(w, "end tag", element);
	w->at++;
	if (w->only_end.len && !str_eq(element, w->only_end))
		return refuse(w, "tag inside a title", element);
	w->only_end = (Str){0};
	if (str_eq(element, S("svg")) && w->drawing > 0)
		w->drawing--;
	if (w->level && heading_level(element) == w->level) {
		if (w->heading && w->id.len)
			w->heading(w->arg, w->level, w->id, str_trim(buf_take(&w->words, w->arena)));
		w->words.len = 0;
		w->level = 0;
	}
	return true;
}

static bool take_start(Walk *w) {
	w->at++;
	Str element = take_name(w), id = {0};
	if (w->only_end.len)
		return refuse(w, "tag inside a title", element);
	bool is_known = w->drawing ? is_listed(drawing_elements, LEN(drawing_elements), element) : is_listed(page_elements, LEN(page_elements), element);
	if (!is_known)
		return refuse(w, "element", element.len ? element : str_from(w->html, w->at));
	size_t from = w->at;
	if (!take_attributes(w, element, &id))
		return false;
	bool is_closed = w->at >= from + 2 && w->html.ptr[w->at - 2] == '/';
	if (str_eq(element, S("svg")) && !is_closed)
		w->drawing++;
	if (w->drawing && (str_eq(element, S("title")) || str_eq(element, S("desc"))))
		w->only_end = element;
	if (!w->level && heading_level(element)) {
		w->level = heading_level(element);
		w->id = id;
	}
	return true;
}

static bool take_tag(Walk *w) {
	char next = w->at + 1 < w->html.len ? w->html.ptr[w->at + 1] : '\0';
	if (next == '/')
		return take_end(w);
	if (next == '!' || next == '?')
		return refuse(w, "declaration or comment", str_from(w->html, w->at));
	return take_start(w);
}

bool print_walk(Arena *a, Str html, PrintHeading *heading, void *arg, Str *why) {
	Walk w = {.arena = a, .html = html, .heading = heading, .arg = arg, .why = why};
	bool fine = utf8_valid(html) && !memchr(html.ptr ? html.ptr : "", 0, html.len);
	if (!fine)
		*why = S("not UTF-8");
	while (fine && w.at < html.len) {
		if (look(&w) == '<') {
			fine = take_tag(&w);
			continue;
		}
		if (w.level)
			buf_char(&w.words, look(&w));
		w.at++;
	}
	buf_free(&w.words);
	return fine;
}
