/* response.c: the pure parts of an answer: headers, dates, names of files, what the client has and can read. */
#include <time.h>

#include "http/decode.h"
#include "http/http.h"

void http_set_header(HttpRequest *r, HttpResponse *w, const char *name, Str value) {
	char *clean = str_z(r->arena, value);
	for (size_t i = 0; i < value.len; i++)
		if ((u8)clean[i] < 0x20 || clean[i] == 0x7F)
			clean[i] = ' ';
	Param p = {str_of(str_z(r->arena, str_c(name)), strlen(name)), str_of(clean, value.len)};
	if (!http_same(p.name, S("Set-Cookie")))
		for (size_t i = 0; i < w->headers.len; i++)
			if (http_same(w->headers.at[i].name, p.name)) {
				w->headers.at[i] = p;
				return;
			}
	*ARENA_PUSH(r->arena, w->headers.at, w->headers.len, w->headers.cap) = p;
}

/* The next element of a comma-separated list, trimmed. */
static Str next_item(Str *rest) {
	return str_trim(str_cut(rest, ','));
}

static Str without_weak(Str tag) {
	return str_starts(tag, S("W/")) ? str_from(tag, 2) : tag;
}

bool http_etag_matches(Str if_none_match, Str etag) {
	if (etag.len == 0)
		return false;
	for (Str rest = if_none_match; rest.len;) {
		Str item = next_item(&rest);
		if (str_eq(item, S("*")) || str_eq(without_weak(item), without_weak(etag)))
			return true;
	}
	return false;
}

/* q=0, q=0. and q=0.000 refuse a coding; every other weight allows it. */
static bool is_refused(Str parameters) {
	while (parameters.len) {
		Str q = str_trim(str_cut(&parameters, ';'));
		if (!str_starts(q, S("q=")) && !str_starts(q, S("Q=")))
			continue;
		q = str_from(q, 2);
		size_t i = 0;
		while (i < q.len && (q.ptr[i] == '0' || q.ptr[i] == '.'))
			i++;
		return q.len > 0 && i == q.len;
	}
	return false;
}

bool http_accepts(Str accept_encoding, Str coding) {
	bool any = false;
	for (Str rest = accept_encoding; rest.len;) {
		Str parameters = next_item(&rest);
		Str name = str_trim(str_cut(&parameters, ';'));
		if (http_same(name, coding))
			return !is_refused(parameters);
		if (str_eq(name, S("*")))
			any = !is_refused(parameters);
	}
	return any;
}

static void put_digits(char *to, int n, int digits) {
	for (int i = digits - 1; i >= 0; i--, n /= 10)
		to[i] = (char)('0' + n % 10);
}

Str http_date(i64 unix_seconds, char to[HTTP_DATE_LEN]) {
	static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	static const char form[] = "Sun, 06 Nov 1994 08:49:37 GMT";
	time_t t = (time_t)unix_seconds;
	struct tm tm;
	CHECK(gmtime_r(&t, &tm) != NULL);
	memcpy(to, form, HTTP_DATE_LEN);
	memcpy(to, days + 3 * tm.tm_wday, 3);
	put_digits(to + 5, tm.tm_mday, 2);
	memcpy(to + 8, months + 3 * tm.tm_mon, 3);
	put_digits(to + 12, tm.tm_year + 1900, 4);
	put_digits(to + 17, tm.tm_hour, 2);
	put_digits(to + 20, tm.tm_min, 2);
	put_digits(to + 23, tm.tm_sec, 2);
	return str_of(to, HTTP_DATE_LEN);
}

static bool is_plain(char c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

/* The plain form is for programs that know no other; every browser reads the second one. */
Str http_attachment(Arena *a, Str file_name) {
	static const char hex[] = "0123456789ABCDEF";
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "attachment; filename=\"");
	for (size_t pos = 0; pos < file_name.len;) {
		u32 c = utf8_next(file_name, &pos);
		buf_char(&b, c == ' ' || (c < 0x80 && is_plain((char)c)) ? (char)c : '_');
	}
	buf_lit(&b, "\"; filename*=UTF-8''");
	for (size_t i = 0; i < file_name.len; i++) {
		u8 c = (u8)file_name.ptr[i];
		if (is_plain((char)c)) {
			buf_char(&b, (char)c);
		} else {
			buf_char(&b, '%');
			buf_char(&b, hex[c >> 4]);
			buf_char(&b, hex[c & 15]);
		}
	}
	return buf_take(&b, a);
}
