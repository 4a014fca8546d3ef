#include "core/xlsx_parts.h"

#include "core/xlsx_value.h"

static Str attribute(Arena *a, const char **attributes, const char *name) {
	return str_dup(a, str_c(xml_attribute(attributes, name)));
}

static void no_end(void *arg, const char *name) { (void)arg, (void)name; }
static void no_text(void *arg, Str piece) { (void)arg, (void)piece; }

/* ---- relations ---- */

static Str last_word(Str address) {
	size_t at = address.len;
	while (at > 0 && address.ptr[at - 1] != '/')
		at--;
	return str_from(address, at);
}

static void relation_start(void *arg, const char *name, const char **attributes) {
	Relations *r = arg;
	if (strcmp(name, "Relationship") != 0 || r->len == 4096)
		return;
	const char *mode = xml_attribute(attributes, "TargetMode");
	if (mode && strcmp(mode, "External") == 0)           /* never followed */
		return;
	*ARENA_PUSH(r->arena, r->at, r->len, r->cap) = (Relation){
		.id = attribute(r->arena, attributes, "Id"), .type = last_word(attribute(r->arena, attributes, "Type")),
		.target = attribute(r->arena, attributes, "Target")};
}

XmlHandler relations_handler(Relations *r) {
	return (XmlHandler){r, relation_start, no_end, no_text};
}

const Relation *relation_by_id(const Relations *r, Str id) {
	for (size_t i = 0; i < r->len; i++)
		if (str_eq(r->at[i].id, id))
			return &r->at[i];
	return NULL;
}

const Relation *relation_by_type(const Relations *r, Str type) {
	for (size_t i = 0; i < r->len; i++)
		if (str_eq(r->at[i].type, type))
			return &r->at[i];
	return NULL;
}

Str relation_part(Arena *a, Str from, Str target) {
	if (str_starts(target, S("/")))
		return str_from(target, 1);
	while (str_starts(target, S("./")))
		target = str_from(target, 2);
	return str_cat(a, str_first(from, from.len - last_word(from).len), target);
}

/* ---- the workbook ---- */

static void workbook_start(void *arg, const char *name, const char **attributes) {
	Workbook *w = arg;
	if (strcmp(name, "workbookPr") == 0) {
		const char *v = xml_attribute(attributes, "date1904");
		w->is_1904 = v && (strcmp(v, "1") == 0 || strcmp(v, "true") == 0);
	} else if (strcmp(name, "sheet") == 0 && w->len < 1024) {
		Str relation = {0};
		for (const char **at = attributes; *at; at += 2)     /* r:id; the prefix tells it from sheetId's namesake */
			if (strchr(at[0], ':') && strcmp(strchr(at[0], ':'), ":id") == 0)
				relation = str_dup(w->arena, str_c(at[1]));
		*ARENA_PUSH(w->arena, w->at, w->len, w->cap) = (WorkbookSheet){.name = attribute(w->arena, attributes, "name"), .relation = relation};
	}
}

XmlHandler workbook_handler(Workbook *w) {
	return (XmlHandler){w, workbook_start, no_end, no_text};
}

/* ---- styles ---- */

static bool is_date(const Styles *s, i64 format) {
	for (size_t i = 0; i < s->format_len; i++)
		if (s->formats[i].id == format)
			return s->formats[i].is_date;
	return xlsx_builtin_is_date(format);
}

static void styles_start(void *arg, const char *name, const char **attributes) {
	Styles *s = arg;
	i64     id = 0;
	if (strcmp(name, "numFmt") == 0 && s->format_len < XLSX_MAX_STYLES && str_to_int(str_c(xml_attribute(attributes, "numFmtId")), &id)) {
		*ARENA_PUSH(s->arena, s->formats, s->format_len, s->format_cap) =
			(DateFormat){id, xlsx_format_is_date(str_c(xml_attribute(attributes, "formatCode")))};
	} else if (strcmp(name, "cellXfs") == 0) {
		s->in_cells = true;
	} else if (strcmp(name, "xf") == 0 && s->in_cells && s->len < XLSX_MAX_STYLES) {
		bool has = str_to_int(str_c(xml_attribute(attributes, "numFmtId")), &id);
		*ARENA_PUSH(s->arena, s->is_date, s->len, s->cap) = has && is_date(s, id);
	}
}

static void styles_end(void *arg, const char *name) {
	Styles *s = arg;
	if (strcmp(name, "cellXfs") == 0)
		s->in_cells = false;
}

XmlHandler styles_handler(Styles *s) {
	return (XmlHandler){s, styles_start, styles_end, no_text};
}

/* ---- strings ---- */

void rich_start(RichText *t, const char *name) {
	if (strcmp(name, "rPh") == 0)
		t->skip++;
	t->in_text = strcmp(name, "t") == 0 && t->skip == 0;
}

void rich_end(RichText *t, const char *name) {
	if (strcmp(name, "rPh") == 0 && t->skip > 0)
		t->skip--;
	t->in_text = false;
}

void rich_text(RichText *t, Str piece) {
	if (t->in_text)
		buf_str(&t->text, piece);
}

static void strings_start(void *arg, const char *name, const char **attributes) {
	SharedStrings *s = arg;
	(void)attributes;
	if (strcmp(name, "si") == 0)
		s->now.text.len = 0;
	else
		rich_start(&s->now, name);
}

static void strings_end(void *arg, const char *name) {
	SharedStrings *s = arg;
	if (strcmp(name, "si") != 0) {
		rich_end(&s->now, name);
		return;
	}
	Arena scratch = {.on_full = s->arena->on_full};
	buf_str(&s->bytes, xlsx_unescape(&scratch, buf_view(&s->now.text)));
	arena_free(&scratch);
	s->now.text.len = 0;
	s->too_much = s->bytes.len > XLSX_MAX_STRING_BYTES || s->len == XLSX_MAX_STRINGS;
	if (s->too_much)
		xml_stop(s->xml);
	else
		*ARENA_PUSH(s->arena, s->ends, s->len, s->cap) = (u32)s->bytes.len;
}

static void strings_text(void *arg, Str piece) {
	SharedStrings *s = arg;
	rich_text(&s->now, piece);
	s->too_much = s->now.text.len > XLSX_MAX_STRING_BYTES;
	if (s->too_much)
		xml_stop(s->xml);
}

static void free_strings(void *arg) {
	SharedStrings *s = arg;
	buf_free(&s->bytes);
	buf_free(&s->now.text);
}

XmlHandler strings_handler(SharedStrings *s) {
	arena_defer(s->arena, free_strings, s);
	return (XmlHandler){s, strings_start, strings_end, strings_text};
}

Str shared_string(const SharedStrings *s, size_t i) {
	size_t from = i ? s->ends[i - 1] : 0;
	return str_of(s->bytes.ptr + from, s->ends[i] - from);
}
