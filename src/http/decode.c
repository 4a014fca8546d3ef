#include "http/decode.h"

#include "http/http.h"

bool http_is_clean(Str s, bool lines) {
	bool ascii = true;
	for (size_t i = 0; i < s.len; i++) {
		u8 c = (u8)s.ptr[i];
		if (c < 0x20 ? !lines || (c != '\t' && c != '\r' && c != '\n') : c == 0x7F)
			return false;
		ascii &= c < 0x80;
	}
	if (ascii)
		return true;
	if (!utf8_valid(s))
		return false;
	for (size_t i = 0; i + 1 < s.len; i++)       /* C1 in UTF-8: C2 80 .. C2 9F; a continuation byte is never C2 */
		if ((u8)s.ptr[i] == 0xC2 && (u8)s.ptr[i + 1] < 0xA0)
			return false;
	return true;
}

bool http_same(Str a, Str b) {
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (http_lower(a.ptr[i]) != http_lower(b.ptr[i]))
			return false;
	return true;
}

static int hex_digit(char c) {
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Most values need no decoding: then no byte is copied. */
static size_t find_coded(Str raw, bool plus) {
	size_t i = 0;
	while (i < raw.len && raw.ptr[i] != '%' && !(plus && raw.ptr[i] == '+'))
		i++;
	return i;
}

bool http_decode(Arena *a, Str raw, bool plus, bool lines, Str *ret) {
	size_t n = find_coded(raw, plus);
	if (n == raw.len) {
		*ret = raw;
		return http_is_clean(raw, lines);
	}
	char *to = arena_alloc(a, raw.len);
	memcpy(to, raw.ptr, n);
	for (size_t i = n; i < raw.len; i++) {
		char c = raw.ptr[i];
		if (c == '%') {
			if (raw.len - i < 3)
				return false;
			int high = hex_digit(raw.ptr[i + 1]), low = hex_digit(raw.ptr[i + 2]);
			if (high < 0 || low < 0)
				return false;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (plus && c == '+') {
			c = ' ';
		}
		to[n++] = c;
	}
	*ret = str_of(to, n);
	return http_is_clean(*ret, lines);
}

/* Segments are never empty (but the last), "." or "..". */
static bool is_normal(Str path) {
	Str rest = str_from(path, 1);
	while (rest.len) {
		Str segment = str_cut(&rest, '/');
		if (segment.len == 0 || str_eq(segment, S(".")) || str_eq(segment, S("..")))
			return false;
	}
	return true;
}

static bool has_coded_slash(Str raw) {
	for (size_t i = 0; i + 2 < raw.len; i++)
		if (raw.ptr[i] == '%' && raw.ptr[i + 1] == '2' && http_lower(raw.ptr[i + 2]) == 'f')
			return true;
	return false;
}

bool http_read_path(Arena *a, Str target, Str *path, Str *query_raw, const char **why) {
	if (!str_starts(target, S("/"))) {
		*why = "Adresa musí začínat lomítkem.";
		return false;
	}
	if (str_find_char(target, '#') >= 0) {
		*why = "Adresa pro server nesmí obsahovat značku #.";
		return false;
	}
	Str query = target;
	Str raw = str_cut(&query, '?');
	if (has_coded_slash(raw) || !http_decode(a, raw, false, false, path)) {
		*why = "Adresa obsahuje znaky, které v ní být nesmějí.";
		return false;
	}
	if (!is_normal(*path)) {
		*why = "Adresa obsahuje prázdnou část nebo tečky místo jména.";
		return false;
	}
	*query_raw = query;
	return true;
}
