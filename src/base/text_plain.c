/* The part of text.h that needs no ICU. */
#include "base/text_plain.h"
#include "base/text.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ---- folding ---- */

static int put_ascii(char *to, const char *ascii, int n) {
	memcpy(to, ascii, (size_t)n);
	return n;
}

int text_fold_one(u32 c, char *to) {
	static const char letters[192 + 1] =     /* U+00C0 to U+017F; ? is not here */
		"aaaaaa?ceeeeiiiidnooooo?ouuuuy??aaaaaa?ceeeeiiiidnooooo?ouuuuy?y"
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii??jjkkkllllll?"
		"?llnnnnnn?nnoooooo??rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
	if (c < 0x80) {
		*to = c >= 'A' && c <= 'Z' ? (char)(c + 32) : (char)c;
		return 1;
	}
	if (c >= 0xC0 && c <= 0x17F && letters[c - 0xC0] != '?') {
		*to = letters[c - 0xC0];
		return 1;
	}
	switch (c) {
	case 0xC6: case 0xE6: return put_ascii(to, "ae", 2);
	case 0x152: case 0x153: return put_ascii(to, "oe", 2);
	case 0xDE: case 0xFE: return put_ascii(to, "th", 2);
	case 0xDF: return put_ascii(to, "ss", 2);
	case 0xA0: case 0x2007: case 0x2009: case 0x202F: return put_ascii(to, " ", 1);
	case 0x2026: return put_ascii(to, "...", 3);
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return put_ascii(to, "-", 1);
	case 0x2BC: case 0x2018: case 0x2019: case 0x201A: case 0x201B: return put_ascii(to, "'", 1);
	case 0xAB: case 0xBB: case 0x201C: case 0x201D: case 0x201E: case 0x201F: return put_ascii(to, "\"", 1);
	default: return -1;
	}
}

Str text_slug(Arena *a, Str s) {
	enum { SLUG_MAX = 60 };
	Str folded = text_fold(a, s);
	char *slug = arena_alloc(a, SLUG_MAX + 1);
	size_t n = 0, word = 0;                  /* word: where the last one began */
	bool gap = false;
	for (size_t i = 0; i < folded.len; i++) {
		char c = folded.ptr[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
			gap = n > 0;
			continue;
		}
		if (n + gap >= SLUG_MAX) {           /* no room: leave out a word that was begun, unless it is the only one */
			n = gap || word == 0 ? n : word - 1;
			break;
		}
		if (gap) {
			slug[n++] = '-';
			word = n;
		}
		gap = false;
		slug[n++] = c;
	}
	return (Str){slug, n};
}

bool text_acceptable(Str s) {
	for (size_t pos = 0; pos < s.len;) {
		size_t at = pos;
		u32 c = utf8_next(s, &pos);
		if (c == 0xFFFD && pos - at != 3)    /* a broken byte */
			return false;
		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0))
			return false;
	}
	return true;
}

/* ---- typography ---- */

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

static bool is_ascii_letter(char c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c) {
	return c == ' ' || c == '\n' || c == '\t';
}

/* The word that ends before `end`: back to a blank, a no-break space or an opening mark. */
static Str word_before(Str s, size_t end) {
	size_t from = end;
	while (from > 0 && !is_space(s.ptr[from - 1]) && s.ptr[from - 1] != '(') {
		if (from >= 2 && memcmp(s.ptr + from - 2, "\xC2\xA0", 2) == 0)
			break;
		if (from >= 3 && memcmp(s.ptr + from - 3, "\xE2\x80\x9E", 3) == 0)    /* „ */
			break;
		from--;
	}
	return (Str){s.ptr + from, end - from};
}

static Str word_after(Str s, size_t from) {
	size_t end = from;
	while (end < s.len && !is_space(s.ptr[end]))
		end++;
	return (Str){s.ptr + from, end - from};
}

/* One letter and a full stop, as in "p. o." and "z. ú." */
static bool is_initial(Str word) {
	size_t pos = 0;
	if (word.len < 2 || word.ptr[0] == '.')
		return false;
	bool letter = is_ascii_letter(word.ptr[0]) || (u8)word.ptr[0] >= 0x80;
	utf8_next(word, &pos);
	return letter && pos < word.len && word.ptr[pos] == '.';
}

static bool is_unit(Str word) {
	static const char *const units[] = {"Kč", "%", "‰", "tis.", "mil.", "mld.", "m", "m²", "km", "ha", "kg", "l", "h", "hod.", "min", "s",
		"B", "kB", "MB", "GB", "°C", "Sb.", "p.", "let", "rok", "roky", "den", "dny", "dní", "dnů", "hodin", "hodiny", "lůžek", "lůžka", "lůžko",
		"úvazek", "úvazku", "úvazky", "úvazků", "osob", "osoby", "osoba"};
	while (word.len && strchr(",;:)!?", word.ptr[word.len - 1]))
		word.len--;
	Str bare = str_ends(word, S(".")) ? str_first(word, word.len - 1) : word;    /* at the end of a sentence */
	for (size_t i = 0; i < LEN(units); i++)
		if (str_eq(word, str_c(units[i])) || str_eq(bare, str_c(units[i])))
			return true;
	return false;
}

static size_t digits_at_end(Str word) {
	size_t n = 0;
	while (n < word.len && is_digit(word.ptr[word.len - 1 - n]))
		n++;
	return n;
}

static size_t digits_at_start(Str word) {
	size_t n = 0;
	while (n < word.len && is_digit(word.ptr[n]))
		n++;
	return n;
}

/* Does a number hold on to what follows it? */
static bool number_holds(Str before, Str after) {
	bool ordinal = before.ptr[before.len - 1] == '.';
	size_t digits = digits_at_end(ordinal ? str_first(before, before.len - 1) : before);
	if (digits == 0)
		return false;
	if (ordinal)                             /* 16. 11. 2023, 16. listopadu, 2. pololetí; not "v roce 2023. Potom" */
		return is_digit(after.ptr[0]) || (after.ptr[0] >= 'a' && after.ptr[0] <= 'z') || (u8)after.ptr[0] == 0xC3 || (u8)after.ptr[0] == 0xC5;
	size_t next = digits_at_start(after);
	return next == 3 || (next == 2 && digits == 3) || is_unit(after);        /* 1 797, a phone, 460 01, 12 lůžek */
}

static bool holds_together(Str s, size_t space) {
	Str before = word_before(s, space), after = word_after(s, space + 1);
	if (before.len == 0 || after.len == 0)
		return false;
	if (before.len == 1 && strchr("ksvzouaiKSVZOUAI", before.ptr[0]))
		return true;
	if (str_ends(before, S("§")))
		return true;
	if (is_initial(before) && before.len <= 3 && is_initial(after))
		return true;
	return number_holds(before, after);
}

/* What a blank that must hold stands after, by its last byte: a single letter, a digit, a full stop, a "§" (its second byte). Nearly all blanks end here. */
static const bool before_hold[256] = {
	['k'] = 1, ['s'] = 1, ['v'] = 1, ['z'] = 1, ['o'] = 1, ['u'] = 1, ['a'] = 1, ['i'] = 1, ['K'] = 1, ['S'] = 1, ['V'] = 1, ['Z'] = 1, ['O'] = 1, ['U'] = 1,
	['A'] = 1, ['I'] = 1, ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, ['.'] = 1, [0xA7] = 1,
};

#ifdef __SSE2__
/* A bit for each blank of sixteen bytes. */
static inline unsigned blanks_of(const char *piece) {
	__m128i x = _mm_loadu_si128((const __m128i *)(const void *)piece);
	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_set1_epi8(' ')));
}

/* Of the blanks from `pos` on the first such one; the end when there is none among them. */
static inline size_t candidate_among(Str s, size_t pos, unsigned blanks) {
	for (; blanks; blanks &= blanks - 1) {
		size_t at = pos + (size_t)__builtin_ctz(blanks);
		if (at && before_hold[(u8)s.ptr[at - 1]])
			return at;
	}
	return s.len;
}
#endif

/* The first such blank at or after `pos`. Sixteen bytes at a time where the machine can, the last sixteen once more for the rest. */
static size_t next_candidate(Str s, size_t pos) {
#ifdef __SSE2__
	for (; s.len - pos >= 16; pos += 16) {
		size_t at = candidate_among(s, pos, blanks_of(s.ptr + pos));
		if (at < s.len)
			return at;
	}
	if (s.len >= 16 && pos < s.len)
		return candidate_among(s, pos, blanks_of(s.ptr + s.len - 16) >> (16 - (s.len - pos)));
#endif
	while (pos < s.len && !(s.ptr[pos] == ' ' && pos && before_hold[(u8)s.ptr[pos - 1]]))
		pos++;
	return pos;
}

/* A letter holds only when it is a whole word: what stands before it ends one, also a no-break space or a lower quotation mark. */
static bool is_whole_letter(Str s, size_t at) {
	if (!is_ascii_letter(s.ptr[at]) || at == 0)
		return true;
	u8 before = (u8)s.ptr[at - 1];
	return before == 0xA0 || before == 0x9E || !(is_ascii_letter((char)before) || before >= 0x80);
}

size_t text_next_hold(Str s, size_t pos) {
	while ((pos = next_candidate(s, pos)) < s.len && !(is_whole_letter(s, pos - 1) && holds_together(s, pos)))
		pos++;
	return pos;
}

Str text_nbsp(Arena *a, Str s) {
	char  *start = arena_alloc(a, size_mul(s.len, 2)), *to = start;
	size_t from = 0;
	for (size_t at; (at = text_next_hold(s, from)) < s.len; from = at + 1) {
		to = mempcpy(to, s.ptr + from, at - from);
		to = mempcpy(to, "\xC2\xA0", 2);
	}
	if (s.len)
		to = mempcpy(to, s.ptr + from, s.len - from);
	return (Str){start, (size_t)(to - start)};
}

/* ---- files from offices ---- */

Str text_from_cp1250(Arena *a, Str bytes) {
	static const u16 upper[128] = {          /* five bytes mean nothing: U+FFFD */
		0x20AC, 0xFFFD, 0x201A, 0xFFFD, 0x201E, 0x2026, 0x2020, 0x2021, 0xFFFD, 0x2030, 0x0160, 0x2039, 0x015A, 0x0164, 0x017D, 0x0179,
		0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFD, 0x2122, 0x0161, 0x203A, 0x015B, 0x0165, 0x017E, 0x017A,
		0x00A0, 0x02C7, 0x02D8, 0x0141, 0x00A4, 0x0104, 0x00A6, 0x00A7, 0x00A8, 0x00A9, 0x015E, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x017B,
		0x00B0, 0x00B1, 0x02DB, 0x0142, 0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x0105, 0x015F, 0x00BB, 0x013D, 0x02DD, 0x013E, 0x017C,
		0x0154, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x0139, 0x0106, 0x00C7, 0x010C, 0x00C9, 0x0118, 0x00CB, 0x011A, 0x00CD, 0x00CE, 0x010E,
		0x0110, 0x0143, 0x0147, 0x00D3, 0x00D4, 0x0150, 0x00D6, 0x00D7, 0x0158, 0x016E, 0x00DA, 0x0170, 0x00DC, 0x00DD, 0x0162, 0x00DF,
		0x0155, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x013A, 0x0107, 0x00E7, 0x010D, 0x00E9, 0x0119, 0x00EB, 0x011B, 0x00ED, 0x00EE, 0x010F,
		0x0111, 0x0144, 0x0148, 0x00F3, 0x00F4, 0x0151, 0x00F6, 0x00F7, 0x0159, 0x016F, 0x00FA, 0x0171, 0x00FC, 0x00FD, 0x0163, 0x02D9,
	};
	char *start = arena_alloc(a, size_mul(bytes.len, 3)), *to = start;
	for (size_t i = 0; i < bytes.len; i++) {
		u8 c = (u8)bytes.ptr[i];
		to += utf8_put(to, c < 0x80 ? c : upper[c - 0x80]);
	}
	return (Str){start, (size_t)(to - start)};
}

static u32 unit_at(Str bytes, size_t i, bool little_endian) {
	u8 first = (u8)bytes.ptr[i], second = (u8)bytes.ptr[i + 1];
	return little_endian ? (u32)(first | second << 8) : (u32)(first << 8 | second);
}

Str text_from_utf16(Arena *a, Str bytes, bool little_endian) {
	char *start = arena_alloc(a, size_add(size_mul(bytes.len, 2), 4)), *to = start;  /* two bytes become three at most */
	size_t i = 0, whole = bytes.len & ~(size_t)1;
	if (whole && unit_at(bytes, 0, little_endian) == 0xFEFF)
		i = 2;                               /* the byte order mark is no text */
	while (i < whole) {
		u32 c = unit_at(bytes, i, little_endian);
		i += 2;
		if (c >= 0xD800 && c <= 0xDFFF) {    /* half of a character: the other half must follow */
			u32 low = i < whole ? unit_at(bytes, i, little_endian) : 0;
			if (c <= 0xDBFF && low >= 0xDC00 && low <= 0xDFFF) {
				c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
				i += 2;
			} else {
				c = 0xFFFD;
			}
		}
		to += utf8_put(to, c);
	}
	if (whole < bytes.len)
		to += utf8_put(to, 0xFFFD);
	return (Str){start, (size_t)(to - start)};
}
