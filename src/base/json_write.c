#include "base/json.h"
#include "base/json_scan.h"

static void put_escape(Buf *out, u8 c) {
	static const char digits[] = "0123456789abcdef";
	switch (c) {
	case '"': buf_lit(out, "\\\""); break;
	case '\\': buf_lit(out, "\\\\"); break;
	case '\n': buf_lit(out, "\\n"); break;
	case '\r': buf_lit(out, "\\r"); break;
	case '\t': buf_lit(out, "\\t"); break;
	default:
		buf_lit(out, "\\u00");
		buf_char(out, digits[c >> 4]);
		buf_char(out, digits[c & 15]);
	}
}

static void put_valid(Buf *out, Str s) {
	bool high = false;
	for (size_t pos = 0; pos < s.len;) {
		size_t stop = json_plain(s.ptr, pos, s.len, &high);
		buf_put(out, s.ptr + pos, stop - pos);
		if (stop < s.len)
			put_escape(out, (u8)s.ptr[stop++]);
		pos = stop;
	}
}

void json_escape(Buf *out, Str s) {
	buf_char(out, '"');
	for (i64 bad; (bad = json_utf8_bad(s)) >= 0; s = str_from(s, (size_t)bad + 1)) {
		put_valid(out, str_first(s, (size_t)bad));
		buf_lit(out, "\xEF\xBF\xBD");        /* U+FFFD: what we write can always be read */
	}
	put_valid(out, s);
	buf_char(out, '"');
}

static void before_item(JsonWriter *w) {
	if (w->comma)
		buf_char(w->out, ',');
	w->comma = true;
}

static void open_with(JsonWriter *w, char c) {
	before_item(w);
	buf_char(w->out, c);
	w->comma = false;
}

static void close_with(JsonWriter *w, char c) {
	buf_char(w->out, c);
	w->comma = true;
}

void jw_object(JsonWriter *w) { open_with(w, '{'); }
void jw_object_end(JsonWriter *w) { close_with(w, '}'); }
void jw_array(JsonWriter *w) { open_with(w, '['); }
void jw_array_end(JsonWriter *w) { close_with(w, ']'); }

void jw_key(JsonWriter *w, const char *key) {
	before_item(w);
	json_escape(w->out, str_c(key));
	buf_char(w->out, ':');
	w->comma = false;
}

void jw_str(JsonWriter *w, Str s) {
	before_item(w);
	json_escape(w->out, s);
}

void jw_int(JsonWriter *w, i64 n) {
	const i64 exact = (i64)1 << 53;          /* beyond it readers with doubles would round */
	if (n == BLANK) {
		jw_null(w);
		return;
	}
	bool quoted = n > exact || n < -exact;
	before_item(w);
	if (quoted)
		buf_char(w->out, '"');
	buf_int(w->out, n);
	if (quoted)
		buf_char(w->out, '"');
}

void jw_bool(JsonWriter *w, bool b) {
	before_item(w);
	buf_str(w->out, b ? S("true") : S("false"));
}

void jw_null(JsonWriter *w) {
	before_item(w);
	buf_lit(w->out, "null");
}

void jw_raw(JsonWriter *w, Str number) {
	before_item(w);
	buf_str(w->out, number);
}

void jw_member(JsonWriter *w, const char *key, Str value) {
	jw_key(w, key);
	jw_str(w, value);
}

void jw_member_int(JsonWriter *w, const char *key, i64 n) {
	jw_key(w, key);
	jw_int(w, n);
}

void jw_member_at(JsonWriter *w, const char *key, Instant t) {
	char iso[INSTANT_ISO_LEN];
	jw_member(w, key, instant_iso(t, iso));
}
