/* str.h: borrowed text, a pointer and a length. Not NUL-terminated; UTF-8 unless said otherwise. */
#pragma once
#include <string.h>

#include "base/arena.h"

typedef struct Str {
	const char *ptr;
	size_t      len;
} Str;

typedef struct Strs {
	Str   *at;
	size_t len, cap;
} Strs;

#define S(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_CONST(literal) {"" literal, sizeof(literal) - 1}     /* the same in the initialiser of a static */
#define STR_ARG(s) (int)(s).len, (s).ptr                 /* for "%.*s" */

static inline Str  str_of(const char *ptr, size_t len) { return (Str){ptr, len}; }
static inline Str  str_c(const char *z) { return z ? (Str){z, strlen(z)} : (Str){0}; }
static inline bool str_empty(Str s) { return s.len == 0; }
static inline bool str_eq(Str a, Str b) { return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0); }
static inline Str  str_from(Str s, size_t from) {
	if (from >= s.len)
		return (Str){0};
	return (Str){s.ptr + from, s.len - from};
}
static inline Str  str_first(Str s, size_t n) { return n < s.len ? (Str){s.ptr, n} : s; }

int    str_cmp(Str a, Str b);                             /* bytes, shorter first */
bool   str_starts(Str s, Str with);
bool   str_ends(Str s, Str with);
bool   str_has(Str s, Str part);
/* Byte position of `part` or -1. */
i64    str_find(Str s, Str part);
i64    str_find_char(Str s, char c);
/* Without ASCII blanks at both ends. */
Str    str_trim(Str s);
/* Cut `*rest` at the first `c`: returns what was before, leaves what was after; at the end returns all and leaves {0}. */
Str    str_cut(Str *rest, char c);
Str    str_dup(Arena *a, Str s);
char  *str_z(Arena *a, Str s);                            /* NUL-terminated copy */
Str    str_join(Arena *a, Str between, Strs parts);
Str    str_cat(Arena *a, Str x, Str y);
Str    str_replace(Arena *a, Str s, Str what, Str with);
Str    str_lower_ascii(Arena *a, Str s);
Str    str_format(Arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
void   strs_add(Arena *a, Strs *list, Str s);
bool   strs_have(const Strs *list, Str s);
/* The whole of `s` as a plain decimal integer, optional minus. False on anything else or overflow. */
bool   str_to_int(Str s, i64 *ret);
u64    str_hash(Str s);                                   /* FNV-1a: for tables of ours, not against attackers */

/* Every file name, header or message must be valid UTF-8 without NUL; text_* in text.h does the Czech part. */
bool   utf8_valid(Str s);
/* Code point at *pos, which moves on; 0xFFFD for a broken byte. */
u32    utf8_next(Str s, size_t *pos);
size_t utf8_put(char to[4], u32 cp);
size_t utf8_count(Str s);                                 /* code points */
/* At most n code points, never half of one. */
Str    utf8_first(Str s, size_t n);
