#include "base/format.h"

static const char WHY_NUMBER[] = "Tady má být číslo. Napište jen číslice, například 1 797 nebo 42,50.";
static const char WHY_LETTER_O[] = "V čísle je písmeno O místo nuly. Přepište ho na číslici 0.";
static const char WHY_GROUPS[] = "Číslice jsou divně rozdělené. Mezera smí oddělovat jen tisíce, například 1 797 000.";
static const char WHY_THOUSANDS[] = "Není jasné, zda tečka nebo čárka odděluje tisíce. Tisíce oddělte mezerou a desetinná místa čárkou.";
static const char WHY_POINT[] = "Před desetinnou čárkou i za ní musí být číslice, například 0,5.";
static const char WHY_LARGE[] = "Číslo je příliš velké. Zkontrolujte počet číslic.";
static const char *const WHY_PLACES[] = {
	"Napište celé číslo bez desetinných míst. Tisíce oddělte mezerou.",
	"Napište nejvýše jedno desetinné místo.",
	"Napište nejvýše dvě desetinná místa. Tisíce oddělte mezerou.",
	"Napište nejvýše tři desetinná místa.",
	"Číslo má příliš mnoho desetinných míst. Zkraťte je.",
};

/* ---- numbers ---- */

/* The next character of what was typed; all kinds of spaces are one. 0 at the end. */
static u32 look(Str s, size_t *width) {
	size_t pos = 0;
	u32 c = s.len ? utf8_next(s, &pos) : 0;
	*width = pos;
	switch (c) {
	case '\t': case '\n': case '\r': case 0xA0: case 0x2007: case 0x2009: case 0x202F: return ' ';
	default: return c;
	}
}

static bool is_digit(u32 c) {
	return c >= '0' && c <= '9';
}

static bool is_letter(u32 c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F);
}

static Str trim(Str s) {
	size_t width;
	while (look(s, &width) == ' ')
		s = str_from(s, width);
	for (;;) {
		size_t start = s.len;                /* of the last character */
		while (start > 0 && ((u8)s.ptr[--start] & 0xC0) == 0x80)
			;
		if (s.len == 0 || look(str_from(s, start), &width) != ' ' || width != s.len - start)
			return s;
		s.len = start;
	}
}

/* Is the letter O, small or large, written where a digit belongs? It is when no other letter touches it. */
static bool has_letter_o(Str s) {
	bool only_o = false, in_word = false;
	size_t width;
	for (;; s = str_from(s, width)) {
		u32 c = look(s, &width);
		if (is_letter(c)) {
			only_o = (c == 'o' || c == 'O') && (only_o || !in_word);
			in_word = true;
			continue;
		}
		if (only_o)
			return true;
		if (c == 0)
			return false;
		in_word = only_o = false;
	}
}

typedef struct Typed {
	u64  digits;                             /* the number without its decimal comma */
	int  places;                             /* digits behind it */
	bool minus, dot;                         /* dot: written instead of the comma */
	int  before;                             /* digits before it */
	Str  rest;                               /* what follows the number */
} Typed;

static bool add_digit(Typed *t, u32 c, const char **why) {
	if (__builtin_mul_overflow(t->digits, 10, &t->digits) || __builtin_add_overflow(t->digits, (u64)(c - '0'), &t->digits)) {
		*why = WHY_LARGE;
		return false;
	}
	return true;
}

/* Digits before the comma: 1797 or 1 797. A space that no digit follows ends the number. */
static bool scan_whole(Typed *t, const char **why) {
	int group = 0;                           /* digits since the last space */
	bool grouped = false;
	size_t width;
	for (;; t->rest = str_from(t->rest, width)) {
		u32 c = look(t->rest, &width);
		if (is_digit(c)) {
			if (!add_digit(t, c, why))
				return false;
			t->before++;
			group++;
			continue;
		}
		size_t next_width;
		bool goes_on = c == ' ' && is_digit(look(str_from(t->rest, width), &next_width));
		if (grouped ? group != 3 : goes_on && group > 3) {
			*why = WHY_GROUPS;
			return false;
		}
		if (!goes_on)
			return true;
		grouped = true;
		group = 0;
	}
}

static bool scan_fraction(Typed *t, const char **why) {
	size_t width;
	u32 c = look(t->rest, &width);
	if (c != ',' && c != '.')
		return true;
	t->dot = c == '.';
	Str behind = str_from(t->rest, width);
	size_t next_width;
	u32 next = look(behind, &next_width);
	if (t->before > 0 && (next == '-' || next == 0x2013 || next == 0x2014)) {    /* 1 500,- is read with the unit */
		t->dot = false;
		return true;
	}
	for (; is_digit(look(behind, &width)); behind = str_from(behind, width)) {
		if (!add_digit(t, look(behind, &width), why))
			return false;
		t->places++;
	}
	t->rest = behind;
	if (t->before == 0 || t->places == 0) {
		*why = WHY_POINT;
		return false;
	}
	c = look(behind, &width);
	if (c == ',' || c == '.') {              /* 1.500.000 or 1.500,00 */
		*why = WHY_THOUSANDS;
		return false;
	}
	return true;
}

static bool scan_number(Str typed, Typed *ret, const char **why) {
	Typed t = {.rest = trim(typed)};
	if (has_letter_o(typed)) {
		*why = WHY_LETTER_O;
		return false;
	}
	size_t width;
	u32 c = look(t.rest, &width);
	t.minus = c == '-' || c == 0x2212 || c == 0x2013;
	if (t.minus)
		t.rest = trim(str_from(t.rest, width));
	c = look(t.rest, &width);
	if (!is_digit(c) && c != ',' && c != '.') {
		*why = WHY_NUMBER;
		return false;
	}
	if (!scan_whole(&t, why) || !scan_fraction(&t, why))
		return false;
	t.rest = trim(t.rest);
	*ret = t;
	return true;
}

/* The number in units of 10^-places. */
static bool scale(const Typed *t, int places, i64 *ret, const char **why) {
	u64 n = t->digits;
	if (t->places > places) {
		*why = WHY_PLACES[places < 4 ? places : 4];
		return false;
	}
	for (int i = t->places; i < places; i++)
		if (__builtin_mul_overflow(n, 10, &n)) {
			*why = WHY_LARGE;
			return false;
		}
	if (n > INT64_MAX) {
		*why = WHY_LARGE;
		return false;
	}
	*ret = t->minus ? -(i64)n : (i64)n;
	return true;
}

bool read_decimal(Str typed, int places, i64 *ret, const char **why) {
	Typed t;
	if (trim(typed).len == 0) {
		*ret = BLANK;
		return true;
	}
	if (!scan_number(typed, &t, why))
		return false;
	if (t.rest.len) {
		*why = WHY_NUMBER;
		return false;
	}
	return scale(&t, places, ret, why);
}

bool read_int(Str typed, i64 *ret, const char **why) {
	return read_decimal(typed, 0, ret, why);
}

/* ---- money ---- */

/* Cut `word` off the start of *s, in small or large letters, with a full stop if there is one. */
static bool cut_word(Str *s, Str word) {
	if (s->len < word.len)
		return false;
	for (size_t i = 0; i < word.len; i++) {
		char c = s->ptr[i];
		if ((c >= 'A' && c <= 'Z' ? (char)(c + 32) : c) != word.ptr[i])
			return false;
	}
	Str rest = str_from(*s, word.len);
	size_t width;
	u32 next = look(rest, &width);
	if (is_letter(next))                     /* only a part of a word */
		return false;
	*s = trim(next == '.' ? str_from(rest, width) : rest);
	return true;
}

/* Decimal places that a unit adds: 3 for thousands. */
static int cut_multiple(Str *s) {
	static const struct {
		Str word;
		int places;
	} words[] = {{{"tis", 3}, 3}, {{"mil", 3}, 6}, {{"mld", 3}, 9}, {{"tisíc", 6}, 3}};
	for (size_t i = 0; i < LEN(words); i++)
		if (cut_word(s, words[i].word))
			return words[i].places;
	return 0;
}

/* ",-" or ",–" or ",--" of price lists. */
static void cut_price_dash(Str *s) {
	size_t width;
	u32 c = look(*s, &width);
	if (c != ',' && c != '.')
		return;
	do {
		*s = str_from(*s, width);
		c = look(*s, &width);
	} while (c == '-' || c == 0x2013 || c == 0x2014);
	*s = trim(*s);
}

bool read_money(Str typed, Money *ret, const char **why) {
	Typed t;
	if (trim(typed).len == 0) {
		*ret = (Money){BLANK};
		return true;
	}
	if (!scan_number(typed, &t, why))
		return false;
	cut_price_dash(&t.rest);
	int more = cut_multiple(&t.rest);
	if (!cut_word(&t.rest, S("k\xC4\x8D")) && !cut_word(&t.rest, S("k\xC4\x8C")) && !cut_word(&t.rest, S("kc")))
		cut_word(&t.rest, S("czk"));
	if (t.rest.len) {
		*why = "Částku napište číslem v korunách, například 9 729 456,24 Kč, 850 tis. Kč nebo 1,5 mil. Kč.";
		return false;
	}
	if (more && t.dot && t.places == 3 && t.before <= 3) {       /* 1.500 tis.: one and a half, or 1 500? */
		*why = WHY_THOUSANDS;
		return false;
	}
	return scale(&t, 2 + more, &ret->halere, why);
}

bool read_percent(Str typed, Percent *ret, const char **why) {
	Str s = trim(typed);
	if (s.len && s.ptr[s.len - 1] == '%')
		s.len--;
	if (trim(s).len == 0 && s.len != trim(typed).len) {
		*why = WHY_NUMBER;
		return false;
	}
	return read_decimal(s, 2, &ret->basis_points, why);
}

/* ---- days ---- */

static const char WHY_DATE[] = "Datum napište jako den, měsíc a rok, například 16. 11. 2023.";

static Str skip_spaces(Str s) {
	size_t width;
	while (look(s, &width) == ' ')
		s = str_from(s, width);
	return s;
}

/* At most four digits; how many there were, 0 = none. */
static int cut_digits(Str *s, int *ret) {
	int n = 0;
	for (*ret = 0; s->len && is_digit((u8)s->ptr[0]) && n < 5; *s = str_from(*s, 1), n++)
		*ret = *ret * 10 + (s->ptr[0] - '0');
	return n;
}

static bool cut_char(Str *s, char c) {
	if (s->len == 0 || s->ptr[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

bool read_date(Str typed, Date *ret, const char **why) {
	Str s = trim(typed);
	int y, m, d;
	if (s.len == 0) {
		*ret = (Date){0};
		return true;
	}
	*why = has_letter_o(s) ? WHY_LETTER_O : WHY_DATE;
	int first = cut_digits(&s, &d);
	if (first == 4) {                        /* 2023-11-16 */
		y = d;
		if (!cut_char(&s, '-') || cut_digits(&s, &m) != 2 || !cut_char(&s, '-') || cut_digits(&s, &d) != 2 || s.len)
			return false;
	} else {
		if (first < 1 || first > 2 || !cut_char(&s, '.'))
			return false;
		s = skip_spaces(s);
		int digits = cut_digits(&s, &m);
		if (digits < 1 || digits > 2 || !cut_char(&s, '.'))
			return false;
		s = skip_spaces(s);
		digits = cut_digits(&s, &y);
		if (s.len || digits == 0)
			return false;
		if (digits != 4) {
			*why = "Rok napište čtyřmi číslicemi, například 2023.";
			return false;
		}
	}
	Date day = date(y, m, d);
	if (!date_is(day)) {
		*why = "Takový den v kalendáři není. Zkontrolujte den a měsíc.";
		return false;
	}
	*ret = day;
	return true;
}
