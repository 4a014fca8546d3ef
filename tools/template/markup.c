/* markup.c: follows the HTML of a template as a browser would, so that the compiler knows where each hole stands. */
#include "tools/template/parts.h"

/* A hole at the beginning of these is a whole address, any other a component of one. */
static const char *const address_attrs[] = {"href", "src", "action", "formaction", "poster", "cite", "data-poll", "data-autosave"};
/* Addresses and programs that we have no writer for. */
static const char *const closed_attrs[] = {"srcset", "imagesrcset", "ping", "xlink:href", "background", "codebase", "archive", "manifest"};
static const char *const closed_tags[] = {"iframe", "xmp", "noembed", "noframes", "plaintext", "object", "embed", "base"};
static const char *const schemes[] = {"http", "https", "mailto", "tel"};
/* What a number keeps beside it. */
static const char *const units[] = {
	"Kč", "%", "‰", "tis.", "mil.", "mld.", "p.", "h", "hod.", "min", "min.", "s", "m", "m²", "km", "ha", "kg", "°C", "kB", "MB", "GB",
	"let", "lůžek", "lůžka", "lůžko", "úvazku", "úvazků", "úvazek", "bodů", "bodu", "body", "dnů", "dny", "hodin", "hodiny", "minut",
};

typedef struct Reader {
	Mistake *e;
	Markup  *m;
	Str      text;
	size_t   i;
	int      line;
	Buf     *out;
} Reader;

static bool is_one_of(const char *name, const char *const *list, size_t n) {
	for (size_t i = 0; i < n; i++)
		if (strcmp(name, list[i]) == 0)
			return true;
	return false;
}
#define ONE_OF(name, list) is_one_of(name, list, LEN(list))

static bool is(const char *name, const char *other) {
	return strcmp(name, other) == 0;
}

/* Lower-cased into a fixed place; false when it is full. */
static bool add_char(char *name, size_t size, char c) {
	size_t n = strlen(name);
	if (n + 1 >= size)
		return false;
	name[n] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	name[n + 1] = 0;
	return true;
}

static void take(Reader *r) {
	char c = r->text.ptr[r->i++];
	if (c == '\n')
		r->line++;
	r->m->after_blank = is_blank(c);
	buf_char(r->out, c);
}

static char peek(const Reader *r, size_t ahead) {
	return r->i + ahead < r->text.len ? r->text.ptr[r->i + ahead] : 0;
}

/* ---- text ---- */

static bool begins_word(Str text, size_t i, bool after_hole) {
	if (i == 0)
		return !after_hole;
	char c = text.ptr[i - 1];
	return is_blank(c) || c == '(' || c == '>' || str_ends(str_first(text, i), S("„")) || str_ends(str_first(text, i), S("\u00A0"));
}

static bool is_unit(Str rest) {
	for (size_t u = 0; u < LEN(units); u++) {
		Str unit = str_c(units[u]);
		char next = rest.len > unit.len ? rest.ptr[unit.len] : ' ';
		if (str_starts(rest, unit) && !is_letter(next) && !is_digit(next) && (u8)next < 0x80)
			return true;
	}
	return false;
}

/* Czech typography: does the blank run from..to of the text hold its two neighbours together? */
static bool holds_together(const Reader *r, size_t from, size_t to) {
	Str t = r->text;
	if (from && strchr("kKsSvVzZoOuUaAiI", t.ptr[from - 1]) && begins_word(t, from - 1, r->m->after_hole))
		return true;
	if (str_ends(str_first(t, from), S("§")))
		return true;
	bool after_number = from ? is_digit(t.ptr[from - 1]) : r->m->after_hole;
	return after_number && is_unit(str_from(t, to));
}

static void blank_run(Reader *r) {
	size_t from = r->i;
	while (r->i < r->text.len && is_blank(r->text.ptr[r->i]))
		if (r->text.ptr[r->i++] == '\n')
			r->line++;
	if (r->m->after_blank)
		return;
	r->m->after_blank = true;
	if (r->m->place == IN_TEXT && holds_together(r, from, r->i))
		buf_lit(r->out, "\u00A0");
	else
		buf_char(r->out, ' ');
}

static bool open_tag(Reader *r) {
	char next = peek(r, 1);
	if (str_starts(str_from(r->text, r->i), S("<!--"))) {
		r->m->place = IN_COMMENT;
		for (int i = 0; i < 4; i++)
			take(r);
		return true;
	}
	if (next && next != '/' && next != '!' && !is_letter(next))
		return mistake(r->e, r->line, "a < that begins no tag; write &lt;");
	r->m->place = next == '!' ? IN_DECLARATION : TAG_START;
	r->m->tag[0] = 0;
	r->m->closing = r->m->has_src = r->m->is_json = false;
	take(r);
	return true;
}

static bool in_text(Reader *r) {
	char c = peek(r, 0);
	if (c == '<')
		return open_tag(r);
	if (is_blank(c) && !r->m->in_pre)
		blank_run(r);
	else
		take(r);
	return true;
}

/* Inside script, style, textarea and title: only their own end tag counts. */
static bool in_raw(Reader *r) {
	Markup *m = r->m;
	char c = peek(r, 0);
	if (c == '<' && peek(r, 1) == '/') {
		Str name = str_lower_ascii(r->e->arena, str_first(str_from(r->text, r->i + 2), strlen(m->tag)));
		char after = peek(r, 2 + name.len);
		if (str_eq(name, str_c(m->tag)) && (is_blank(after) || after == '>' || after == '/')) {
			m->place = IN_TEXT;
			return open_tag(r);
		}
	}
	if (m->place == IN_SCRIPT && !is_blank(c))
		return mistake(r->e, r->line, "a script with src has no content; put the program into assets/");
	if (m->place == IN_RCDATA && is_blank(c) && !is(m->tag, "textarea"))
		blank_run(r);
	else
		take(r);
	return true;
}

/* ---- tags ---- */

static bool end_tag(Reader *r) {
	Markup *m = r->m;
	bool self = r->i && r->text.ptr[r->i - 1] == '/';
	take(r);
	m->attr[0] = m->value[0] = 0;
	m->place = IN_TEXT;
	if (m->closing) {
		if (is(m->tag, "pre"))
			m->in_pre = false;
		return true;
	}
	if (ONE_OF(m->tag, closed_tags))
		return mistake(r->e, r->line, "<%s> has no place in our pages; find another element", m->tag);
	bool raw = is(m->tag, "script") || is(m->tag, "style") || is(m->tag, "textarea") || is(m->tag, "title");
	if (raw && self)
		return mistake(r->e, r->line, "<%s/> does not close itself; write </%s>", m->tag, m->tag);
	if (is(m->tag, "script")) {
		if (!m->is_json && !m->has_src)
			return mistake(r->e, r->line, "a script in the page; put the program into assets/ and name it by src, or write"
			               " type=\"application/json\" for data");
		m->place = m->is_json ? IN_JSON : IN_SCRIPT;
	} else if (raw) {
		m->place = is(m->tag, "style") ? IN_STYLE : IN_RCDATA;
	} else if (is(m->tag, "pre")) {
		m->in_pre = true;
	}
	if ((is(m->tag, "pre") || is(m->tag, "textarea")) && r->i == r->text.len)
		buf_char(r->out, '\n');                  /* a parser eats the first line break: give it one that is not data */
	return true;
}

static bool tag_start(Reader *r) {
	char c = peek(r, 0);
	if (c == '/' && !r->m->closing) {
		r->m->closing = true;
		take(r);
		return true;
	}
	if (!is_letter(c))
		return mistake(r->e, r->line, "a < that begins no tag; write &lt;");
	r->m->place = TAG_NAME;
	return true;
}

static bool begin_attr(Reader *r, char c) {
	if (r->m->closing)
		return mistake(r->e, r->line, "an attribute in the end tag </%s>; move it to the start tag", r->m->tag);
	if ((u8)c <= ' ' || strchr("\"'<=`{}", c))
		return mistake(r->e, r->line, "an attribute of <%s> cannot begin with %c", r->m->tag, (u8)c < ' ' ? '?' : c);
	r->m->attr[0] = r->m->value[0] = 0;
	r->m->place = ATTR_NAME;
	return true;
}

static bool attr_is_known(Reader *r) {
	Markup *m = r->m;
	if (is(m->attr, "style"))
		return mistake(r->e, r->line, "style=\"\" is refused by the browser here; use a class");
	if (strncmp(m->attr, "on", 2) == 0)
		return mistake(r->e, r->line, "%s=\"\" is refused by the browser here; listen in assets/app.js", m->attr);
	if (is(m->attr, "srcdoc"))
		return mistake(r->e, r->line, "srcdoc is a page inside a page; link to a page of its own");
	if (is(m->tag, "script") && is(m->attr, "src"))
		m->has_src = true;
	return true;
}

static bool in_tag(Reader *r) {
	Markup *m = r->m;
	char c = peek(r, 0);
	bool blank = is_blank(c);
	if (m->place == TAG_NAME && !blank && c != '>' && c != '/') {
		if (!is_letter(c) && !is_digit(c) && c != '-')
			return mistake(r->e, r->line, "a tag name has letters, digits and -; this one has another character");
		if (!add_char(m->tag, sizeof m->tag, c))
			return mistake(r->e, r->line, "the tag name %s… is too long", m->tag);
		take(r);
		return true;
	}
	if (m->place == ATTR_NAME && !blank && !strchr("=>/", c)) {
		if (strchr("\"'<`{}", c))
			return mistake(r->e, r->line, "the attribute name %s has the character %c in it", m->attr, c);
		if (!add_char(m->attr, sizeof m->attr, c))
			return mistake(r->e, r->line, "the attribute name %s… is too long", m->attr);
		take(r);
		return true;
	}
	bool was_name = m->place == ATTR_NAME || m->place == ATTR_AFTER;
	if (m->place == ATTR_NAME && !attr_is_known(r))
		return false;
	if (c == '=' && was_name) {
		m->place = VALUE_START;
		m->url_begun = false;
		take(r);
		return true;
	}
	if (blank) {
		blank_run(r);
		m->place = was_name ? ATTR_AFTER : TAG_BLANK;
		return true;
	}
	if (c == '>')
		return end_tag(r);
	if (c == '/') {
		if (peek(r, 1) != '>')
			return mistake(r->e, r->line, "a / inside the tag <%s>; it stands only before >", m->tag);
		m->place = TAG_GAP;
		take(r);
		return true;
	}
	if (m->place == TAG_GAP)
		return mistake(r->e, r->line, "in the tag <%s> a blank is missing before the next attribute, or a name is cut by a directive", m->tag);
	return begin_attr(r, c);
}

/* ---- attribute values ---- */

static bool end_value(Reader *r) {
	Markup *m = r->m;
	if (is(m->tag, "script") && is(m->attr, "type")) {
		m->is_json = is(m->value, "application/json");
		if (!m->is_json && !is(m->value, "module"))
			return mistake(r->e, r->line, "a script of this type is unknown; application/json or none");
	}
	m->attr[0] = m->value[0] = 0;
	m->url_begun = false;
	m->place = TAG_GAP;
	return true;
}

static bool literal_address(Reader *r) {
	Markup *m = r->m;
	if (!ONE_OF(m->attr, address_attrs) || m->url_begun)
		return true;
	for (const char *p = m->value; *p; p++)
		if (!is_letter(*p) && !is_digit(*p) && !strchr("+.-", *p))
			return true;                         /* a path, which may have a colon */
	if (!ONE_OF(m->value, schemes))
		return mistake(r->e, r->line, "the address begins with %s:; only http, https, mailto, tel and our own paths", m->value);
	return true;
}

static bool in_value(Reader *r) {
	Markup *m = r->m;
	char c = peek(r, 0);
	bool quoted = m->place == VALUE_QUOTED;
	if (quoted && c == m->quote) {
		if (!end_value(r))
			return false;
		take(r);
		return true;
	}
	if (!quoted && (is_blank(c) || c == '>'))
		return end_value(r);
	if (!quoted && strchr("\"'<=`", c))
		return mistake(r->e, r->line, "the value of %s has the character %c in it; write quotes around the value", m->attr, c);
	if (c == ':' && !literal_address(r))
		return false;
	if (!add_char(m->value, sizeof m->value, c) && !m->url_begun)
		m->url_begun = true;                     /* too long for a scheme */
	take(r);
	return true;
}

static bool value_start(Reader *r) {
	char c = peek(r, 0);
	if (is_blank(c)) {
		blank_run(r);
		return true;
	}
	if (c == '>')
		return mistake(r->e, r->line, "the attribute %s has no value after =", r->m->attr);
	r->m->place = VALUE_PLAIN;
	if (c == '"' || c == '\'') {
		r->m->place = VALUE_QUOTED;
		r->m->quote = c;
		take(r);
	}
	return true;
}

bool markup_text(Mistake *e, Markup *m, const Token *t, Buf *out) {
	Reader r = {e, m, t->text, 0, t->line, out};
	while (r.i < r.text.len) {
		bool ok = true;
		switch (m->place) {
		case IN_TEXT: ok = in_text(&r); break;
		case IN_RCDATA: case IN_JSON: case IN_SCRIPT: case IN_STYLE: ok = in_raw(&r); break;
		case IN_COMMENT:
			if (str_ends(str_first(r.text, r.i + 1), S("-->")))
				m->place = IN_TEXT;
			take(&r);
			break;
		case IN_DECLARATION:
			if (peek(&r, 0) == '>')
				m->place = IN_TEXT;
			take(&r);
			break;
		case TAG_START: ok = tag_start(&r); break;
		case TAG_NAME: case TAG_GAP: case TAG_BLANK: case ATTR_NAME: case ATTR_AFTER: ok = in_tag(&r); break;
		case VALUE_START: ok = value_start(&r); break;
		case VALUE_PLAIN: case VALUE_QUOTED: ok = in_value(&r); break;
		}
		if (!ok)
			return false;
	}
	m->after_hole = false;
	return true;
}

/* ---- holes and directives ---- */

Str markup_where(Arena *a, const Markup *m) {
	switch (m->place) {
	case IN_TEXT: return m->in_pre ? S("inside <pre>") : S("in the text");
	case IN_RCDATA: case IN_JSON: case IN_SCRIPT: case IN_STYLE: return str_format(a, "inside <%s>", m->tag);
	case IN_COMMENT: return S("in a comment");
	case IN_DECLARATION: return S("in the document type");
	case TAG_START: case TAG_NAME: return S("in a tag name");
	case TAG_GAP: case TAG_BLANK: return str_format(a, "between the attributes of <%s%s>", m->closing ? "/" : "", m->tag);
	case ATTR_NAME: case ATTR_AFTER: return str_format(a, "in the attribute name %s of <%s>", m->attr, m->tag);
	case VALUE_START: case VALUE_PLAIN: return str_format(a, "in the unquoted value of %s of <%s>", m->attr, m->tag);
	case VALUE_QUOTED: return str_format(a, "in the value of %s of <%s>", m->attr, m->tag);
	}
	return S("");
}

bool markup_hole(Mistake *e, Markup *m, const Token *t, const char **writer) {
	Str where = markup_where(e->arena, m);
	bool json = t->kind == TOKEN_JSON;
	if (json != (m->place == IN_JSON))
		return mistake(e, t->line, json ? "{{json }} stands %.*s; it belongs into <script type=\"application/json\">"
		               : "a hole %.*s; only {{json }} may stand there", STR_ARG(where));
	m->after_blank = false;
	m->after_hole = true;
	switch (m->place) {
	case IN_TEXT: *writer = m->in_pre ? "html_pre" : "html_text"; return true;
	case IN_RCDATA: *writer = "html_attr"; return true;           /* text only: no <time> can stand here */
	case IN_JSON: *writer = "html_json_island"; return true;
	case VALUE_QUOTED: break;
	default: return mistake(e, t->line, "a hole %.*s; holes stand in the text and in quoted values of attributes", STR_ARG(where));
	}
	if (ONE_OF(m->attr, closed_attrs) || (is(m->tag, "script") && !is(m->attr, "src") && is(m->attr, "type")))
		return mistake(e, t->line, "a hole %.*s; write a fixed value there", STR_ARG(where));
	*writer = "html_attr";
	if (ONE_OF(m->attr, address_attrs)) {
		*writer = m->url_begun || m->value[0] ? "html_url" : "html_url_start";
		m->url_begun = true;
	}
	return true;
}

bool markup_directive(Mistake *e, Markup *m, const Token *t) {
	switch (m->place) {
	case IN_TEXT: case IN_RCDATA: case IN_JSON: case VALUE_QUOTED: break;
	case ATTR_NAME: {
		Reader r = {e, m, {0}, 0, t->line, NULL};
		if (!attr_is_known(&r))
			return false;
		m->place = TAG_GAP;
		m->attr[0] = 0;
		break;
	}
	case TAG_NAME: case TAG_GAP: m->place = TAG_GAP; break;
	case ATTR_AFTER: case TAG_BLANK: m->place = TAG_BLANK; m->attr[0] = 0; break;
	default: {
		Str where = markup_where(e->arena, m);
		return mistake(e, t->line, "{%% %.*s %%} %.*s; put it around the whole of it", STR_ARG(t->word), STR_ARG(where));
	}
	}
	m->after_hole = false;
	return true;
}

bool markup_join(Markup *m, const Markup *o) {
	bool gaps = (m->place == TAG_GAP || m->place == TAG_BLANK) && (o->place == TAG_GAP || o->place == TAG_BLANK);
	if (!gaps && m->place != o->place)
		return false;
	if (m->in_pre != o->in_pre)
		return false;
	if (m->place != IN_TEXT && (m->closing != o->closing || m->has_src != o->has_src || m->is_json != o->is_json || !is(m->tag, o->tag)))
		return false;
	if (m->place == VALUE_QUOTED && (m->quote != o->quote || !is(m->attr, o->attr)))
		return false;
	if (gaps && o->place == TAG_GAP)
		m->place = TAG_GAP;
	if (!is(m->value, o->value))
		add_char(m->value, sizeof m->value, '?');
	m->after_blank = m->after_blank && o->after_blank;
	m->after_hole = false;
	m->url_begun = m->url_begun || o->url_begun;
	return true;
}
