/* text.h: Czech order, folding and cleaning. The only file pair that sees ICU. TECH § 7 says what the keys are for. */
#pragma once
#include "base/str.h"

/* Sort key of Czech order (ch after h; ICU cs_CZ): compare as bytes. Stored beside the text as *_sort. */
Str text_sort_key(Arena *a, Str s);
/* Version of the collation data; stored keys are rebuilt when it changes. */
Str text_sort_version(Arena *a);
/* Lower case, no diacritics, ASCII where possible. The same for stored text and for what people type. */
Str text_fold(Arena *a, Str s);
/* Text as it is stored: NFC, trimmed, blanks (also NBSP, tabs) folded to one space. */
Str text_clean(Arena *a, Str s);
/* The same but keeps line ends (as \n). */
Str text_clean_lines(Arena *a, Str s);
/* Lower case for an address: words of a-z 0-9 joined by "-", at most 60 bytes. "Dům u Řeky" gives "dum-u-reky". */
Str text_slug(Arena *a, Str s);
/* NBSP where Czech typography wants it: after k s v z o u a i, between number and unit, in "p. o.", after "§". */
Str text_nbsp(Arena *a, Str s);
/* The first blank at or after `pos` that a line must not break at; the end when there is none. */
size_t text_next_hold(Str s, size_t pos);
/* No control characters other than TAB and line ends; valid UTF-8. What a form field or a file cell may hold. */
bool text_acceptable(Str s);
/* Recoding for files from offices: windows-1250 and UTF-16 (LE, BE) to UTF-8. */
Str text_from_cp1250(Arena *a, Str bytes);
Str text_from_utf16(Arena *a, Str bytes, bool little_endian);
