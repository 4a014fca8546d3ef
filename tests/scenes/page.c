#include "tests/scenes/page.h"

#include <strings.h>

#include "base/buf.h"
#include "base/json.h"

static const char *const entities[][2] = {
	{"&amp;", "&"},  {"&lt;", "<"},   {"&gt;", ">"},   {"&quot;", "\""}, {"&#34;", "\""}, {"&#39;", "'"},
	{"&#x27;", "'"}, {"&apos;", "'"}, {"&nbsp;", " "}, {"&#160;", " "},  {"&shy;", ""},
};

/* tags inside a word or a sentence; all others part words */
static const char *const inline_tags[] = {"a",     "abbr", "b",      "code", "em",  "i",    "mark",
                                          "small", "span", "strong", "sub",  "sup", "time", "wbr"};

static size_t put_entity(Buf *out, Str s) {
	for (size_t i = 0; i < LEN(entities); i++) {
		if (str_starts(s, str_c(entities[i][0]))) {
			buf_str(out, str_c(entities[i][1]));
			return strlen(entities[i][0]);
		}
	}
	buf_char(out, '&');
	return 1;
}

static Str decode(Arena *a, Str s) {
	Buf out = {0};
	for (size_t i = 0; i < s.len;) {
		if (s.ptr[i] == '&')
			i += put_entity(&out, str_from(s, i));
		else
			buf_char(&out, s.ptr[i++]);
	}
	Str ret = buf_take(&out, a);
	buf_free(&out);
	return ret;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

Str page_plain(Arena *a, Str text) {
	Buf  out = {0};
	bool pending = false;
	for (size_t i = 0; i < text.len;) {
		Str    rest = str_from(text, i);
		size_t blank = str_starts(rest, S("\u00A0")) ? 2 : str_starts(rest, S("\u202F")) ? 3 : is_blank(*rest.ptr);
		if (blank) {
			pending = true;
			i += blank;
			continue;
		}
		if (pending && out.len)
			buf_char(&out, ' ');
		pending = false;
		buf_char(&out, text.ptr[i++]);
	}
	Str ret = buf_take(&out, a);
	buf_free(&out);
	return ret;
}

static bool is_tag(Str tag, Str name) {
	return tag.len >= name.len && strncasecmp(tag.ptr, name.ptr, name.len) == 0 &&
	       (tag.len == name.len || is_blank(tag.ptr[name.len]) || tag.ptr[name.len] == '/');
}

static bool is_inline(Str tag) {
	if (str_starts(tag, S("/")))
		tag = str_from(tag, 1);
	for (size_t i = 0; i < LEN(inline_tags); i++)
		if (is_tag(tag, str_c(inline_tags[i])))
			return true;
	return false;
}

/* The next tag of *html without its brackets; *before gets the text up to it. Empty tag: there is none. */
static Str next_tag(Str *html, Str *before) {
	i64 open = str_find_char(*html, '<');
	if (open < 0) {
		*before = *html;
		*html = (Str){0};
		return (Str){0};
	}
	*before = str_first(*html, (size_t)open);
	Str  rest = str_from(*html, (size_t)open + 1);
	char quote = 0;
	size_t i = 0;
	for (; i < rest.len && (quote || rest.ptr[i] != '>'); i++) {
		if (quote)
			quote = rest.ptr[i] == quote ? 0 : quote;
		else if (rest.ptr[i] == '"' || rest.ptr[i] == '\'')
			quote = rest.ptr[i];
	}
	*html = str_from(rest, i + 1);
	return str_first(rest, i);
}

Str page_text(Arena *a, Str html) {
	Buf out = {0};
	while (html.len) {
		Str before;
		Str tag = next_tag(&html, &before);
		Str text = decode(a, before);
		buf_str(&out, text);
		if (!is_inline(tag))
			buf_char(&out, ' ');
		if (is_tag(tag, S("script")) || is_tag(tag, S("style"))) {
			Str skipped;
			next_tag(&html, &skipped);
		}
	}
	Str ret = page_plain(a, buf_view(&out));
	buf_free(&out);
	return ret;
}

/* Value of an attribute in a tag; attributes are written name="value" throughout our pages. */
static Str attribute(Arena *a, Str tag, const char *name) {
	Str key = str_format(a, " %s=\"", name);
	i64 at = str_find(tag, key);
	if (at < 0)
		return (Str){0};
	Str rest = str_from(tag, (size_t)at + key.len);
	return decode(a, str_cut(&rest, '"'));
}

static Str without_query(Str address) { return str_cut(&address, '?'); }

bool page_has_form(Str html) { return str_has(html, S("<form")) && str_has(html, S("name=\"csrf\"")); }

bool page_form(Arena *a, Str html, Str self, Str path, Fields *ret) {
	bool inside = false, found = false;
	while (html.len) {
		Str before;
		Str tag = next_tag(&html, &before);
		if (is_tag(tag, S("form"))) {
			Str action = attribute(a, tag, "action");
			Str method = str_lower_ascii(a, attribute(a, tag, "method"));
			Str target = str_empty(action) ? self : action;
			/* several forms may lead to one address; the last hidden fields would mix, so the first form is taken */
			inside = !found && str_eq(method, S("post")) && str_eq(without_query(target), without_query(path));
			found |= inside;
		} else if (is_tag(tag, S("/form"))) {
			inside = false;
		} else if (inside && is_tag(tag, S("input")) && str_eq(attribute(a, tag, "type"), S("hidden"))) {
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (Field){attribute(a, tag, "name"), attribute(a, tag, "value")};
		}
	}
	return found;
}

/* Pass over the rest of a value whose first event is `e`. */
static bool json_pass(JsonReader *r, JsonEvent e) {
	if (e != JSON_OBJECT && e != JSON_ARRAY)
		return e != JSON_ERROR && e != JSON_END;
	for (int outside = json_depth(r) - 1; json_depth(r) > outside;)
		if (json_next(r) == JSON_ERROR)
			return false;
	return true;
}

/* The value at `path` below the value whose first event is `e`. */
static bool json_at(Arena *a, JsonReader *r, JsonEvent e, Str path, Str *ret) {
	Str part = str_cut(&path, '.');
	switch (e) {
	case JSON_STRING:
	case JSON_NUMBER: *ret = str_dup(a, json_text(r)); return part.len == 0;
	case JSON_TRUE:   *ret = S("true"); return part.len == 0;
	case JSON_FALSE:  *ret = S("false"); return part.len == 0;
	case JSON_NULL:   *ret = S("null"); return part.len == 0;
	case JSON_OBJECT:
		while (json_next(r) == JSON_KEY) {
			bool wanted = str_eq(json_text(r), part);
			e = json_next(r);
			if (wanted)
				return json_at(a, r, e, path, ret);
			if (!json_pass(r, e))
				return false;
		}
		return false;
	case JSON_ARRAY: break;
	default: return false;
	}

	i64  index = -1, count = 0;
	bool counting = str_eq(part, S("#"));
	if (!counting && !str_to_int(part, &index))
		return false;
	while ((e = json_next(r)) != JSON_ARRAY_END) {
		if (count++ == index)
			return json_at(a, r, e, path, ret);
		if (!json_pass(r, e))
			return false;
	}
	*ret = str_format(a, "%lld", (long long)count);
	return counting;
}

bool page_json(Arena *a, Str text, Str path, Str *ret) {
	JsonReader *r = json_open_str(a, text);
	return json_at(a, r, json_next(r), path, ret);
}
