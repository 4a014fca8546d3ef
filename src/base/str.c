#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>

int str_cmp(Str a, Str b) {
	size_t n = a.len < b.len ? a.len : b.len;
	int d = n ? memcmp(a.ptr, b.ptr, n) : 0;
	return d ? d : a.len < b.len ? -1 : a.len > b.len;
}

bool str_starts(Str s, Str with) {
	return s.len >= with.len && str_eq(str_first(s, with.len), with);
}

bool str_ends(Str s, Str with) {
	return s.len >= with.len && str_eq(str_from(s, s.len - with.len), with);
}

i64 str_find(Str s, Str part) {
	if (part.len == 0)
		return 0;
	const char *p = s.len >= part.len ? memmem(s.ptr, s.len, part.ptr, part.len) : NULL;
	return p ? p - s.ptr : -1;
}

bool str_has(Str s, Str part) {
	return str_find(s, part) >= 0;
}

i64 str_find_char(Str s, char c) {
	const char *p = s.len ? memchr(s.ptr, c, s.len) : NULL;
	return p ? p - s.ptr : -1;
}

static bool is_blank(char c) {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

Str str_trim(Str s) {
	while (s.len && is_blank(s.ptr[0]))
		s = str_from(s, 1);
	while (s.len && is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

Str str_cut(Str *rest, char c) {
	i64 at = str_find_char(*rest, c);
	Str before = at < 0 ? *rest : str_first(*rest, (size_t)at);
	*rest = at < 0 ? (Str){0} : (Str){rest->ptr + at + 1, rest->len - (size_t)at - 1};
	return before;
}

Str str_dup(Arena *a, Str s) {
	return s.len ? (Str){arena_copy(a, s.ptr, s.len), s.len} : (Str){"", 0};
}

char *str_z(Arena *a, Str s) {
	char *z = arena_alloc(a, size_add(s.len, 1));
	if (s.len)
		memcpy(z, s.ptr, s.len);
	return z;
}

Str str_join(Arena *a, Str between, Strs parts) {
	size_t len = parts.len ? size_mul(between.len, parts.len - 1) : 0;
	for (size_t i = 0; i < parts.len; i++)
		len = size_add(len, parts.at[i].len);
	char *p = arena_alloc(a, len);
	Str all = {p, len};
	for (size_t i = 0; i < parts.len; i++) {
		if (i && between.len)
			p = mempcpy(p, between.ptr, between.len);
		if (parts.at[i].len)
			p = mempcpy(p, parts.at[i].ptr, parts.at[i].len);
	}
	return all;
}

Str str_cat(Arena *a, Str x, Str y) {
	return str_join(a, S(""), (Strs){(Str[]){x, y}, 2, 2});
}

Str str_replace(Arena *a, Str s, Str what, Str with) {
	Strs parts = {0};
	for (i64 at; what.len && (at = str_find(s, what)) >= 0; s = str_from(s, (size_t)at + what.len))
		strs_add(a, &parts, str_first(s, (size_t)at));
	strs_add(a, &parts, s);
	return str_join(a, with, parts);
}

Str str_lower_ascii(Arena *a, Str s) {
	char *p = arena_alloc(a, s.len);
	for (size_t i = 0; i < s.len; i++)
		p[i] = s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? (char)(s.ptr[i] + 32) : s.ptr[i];
	return (Str){p, s.len};
}

Str str_format(Arena *a, const char *format, ...) {
	va_list ap, again;
	va_start(ap, format);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, format, ap);
	va_end(ap);
	CHECK(n >= 0);
	char *p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, format, again);
	va_end(again);
	return (Str){p, (size_t)n};
}

void strs_add(Arena *a, Strs *list, Str s) {
	*ARENA_PUSH(a, list->at, list->len, list->cap) = s;
}

bool strs_have(const Strs *list, Str s) {
	for (size_t i = 0; i < list->len; i++)
		if (str_eq(list->at[i], s))
			return true;
	return false;
}

bool str_to_int(Str s, i64 *ret) {
	bool minus = str_starts(s, S("-"));
	if (minus)
		s = str_from(s, 1);
	if (s.len == 0 || s.len > 19)
		return false;
	i64 n = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
		if (__builtin_mul_overflow(n, 10, &n) || __builtin_sub_overflow(n, s.ptr[i] - '0', &n))
			return false;                    /* counted downwards, so that the smallest number is readable too */
	}
	if (!minus && n == INT64_MIN)
		return false;
	*ret = minus ? n : -n;
	return true;
}

u64 str_hash(Str s) {
	u64 h = 14695981039346656037u;
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (u8)s.ptr[i]) * 1099511628211u;
	return h;
}

/* ---- UTF-8 ---- */

static u32 decode(Str s, size_t pos, size_t *width) {
	const u8 *p = (const u8 *)s.ptr + pos;
	size_t left = s.len - pos;
	u32 cp, least;
	*width = 1;
	if (p[0] < 0x80)
		return p[0];
	size_t n;
	if (p[0] >= 0xC2 && p[0] <= 0xDF)
		n = 2, cp = p[0] & 0x1F, least = 0x80;
	else if ((p[0] & 0xF0) == 0xE0)
		n = 3, cp = p[0] & 0x0F, least = 0x800;
	else if (p[0] >= 0xF0 && p[0] <= 0xF4)
		n = 4, cp = p[0] & 0x07, least = 0x10000;
	else
		return UINT32_MAX;
	if (n > left)
		return UINT32_MAX;
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return UINT32_MAX;
		cp = cp << 6 | (p[i] & 0x3F);
	}
	if (cp < least || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		return UINT32_MAX;
	*width = n;
	return cp;
}

bool utf8_valid(Str s) {
	for (size_t pos = 0; pos < s.len;) {
		if ((u8)s.ptr[pos] < 0x80) {
			if (s.ptr[pos++] == 0)
				return false;
			continue;
		}
		size_t width;
		if (decode(s, pos, &width) == UINT32_MAX)
			return false;
		pos += width;
	}
	return true;
}

u32 utf8_next(Str s, size_t *pos) {
	size_t width;
	u32 cp = decode(s, *pos, &width);
	*pos += width;
	return cp == UINT32_MAX ? 0xFFFD : cp;
}

size_t utf8_put(char to[4], u32 cp) {
	if (cp < 0x80) {
		to[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		to[0] = (char)(0xC0 | cp >> 6);
		to[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		to[0] = (char)(0xE0 | cp >> 12);
		to[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		to[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	to[0] = (char)(0xF0 | cp >> 18);
	to[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	to[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	to[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

size_t utf8_count(Str s) {
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += ((u8)s.ptr[i] & 0xC0) != 0x80;
	return n;
}

Str utf8_first(Str s, size_t n) {
	size_t pos = 0;
	for (size_t i = 0; i < n && pos < s.len; i++)
		utf8_next(s, &pos);
	return str_first(s, pos);
}
