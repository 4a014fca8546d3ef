/* rules_words.c: a formula cut into words: numbers with their units, dates, texts, names, signs. */
#include "base/text.h"
#include "core/rules_inside.h"

static bool is_digit(char c) {
	return c >= '0' && c <= '9';
}

static char byte_at(Str s, size_t at) {
	return at < s.len ? s.ptr[at] : 0;
}

/* Czech letters and those of our neighbours; × and ÷ stand among them. */
static bool is_letter(u32 c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

static size_t blank_len(Str s, size_t at) {
	Str rest = str_from(s, at);
	char c = byte_at(s, at);
	if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
		return 1;
	if (str_starts(rest, S("\u00a0")))
		return 2;
	return str_starts(rest, S("\u202f")) ? 3 : 0;
}

static size_t skip_blanks(Str s, size_t at) {
	for (size_t n; (n = blank_len(s, at)) > 0;)
		at += n;
	return at;
}

static size_t skip_digits(Str s, size_t at) {
	while (is_digit(byte_at(s, at)))
		at++;
	return at;
}

/* End of the name that begins here, or `at`. */
static size_t name_end(Str s, size_t at) {
	size_t pos = at;
	while (pos < s.len) {
		size_t next = pos;
		u32 c = utf8_next(s, &next);
		bool inside = pos > at && (c == '_' || (c < 128 && is_digit((char)c)));
		if (c == '.' && pos > at) {                       /* rozpočet.mzdy */
			size_t behind = next;
			inside = next < s.len && is_letter(utf8_next(s, &behind));
		}
		if (!inside && !is_letter(c))
			break;
		pos = next;
	}
	return pos;
}

static Str part(Str s, size_t from, size_t to) {
	return str_of(s.ptr + from, to - from);
}

/* ---- numbers ---- */

/* "1. 1. 2026": 0 = something else stands here. */
static size_t date_end(Str s, size_t at, i64 parts[3]) {
	for (int i = 0; i < 3; i++) {
		size_t end = skip_digits(s, at);
		if (end == at || end - at > (i == 2 ? 4u : 2u) || (i == 2 && end - at != 4) || !str_to_int(part(s, at, end), &parts[i]))
			return 0;
		if (i == 2)
			return end;
		if (byte_at(s, end) != '.')
			return 0;
		at = skip_blanks(s, end + 1);
	}
	return 0;
}

static size_t number_end(Str s, size_t at) {
	size_t end = skip_digits(s, at);
	bool grouped = end - at <= 3;
	while (grouped) {
		size_t next = end + blank_len(s, end), stop = skip_digits(s, next);
		if (next == end || s.ptr[end] == '\n' || stop - next != 3)
			break;
		end = stop;
	}
	if (byte_at(s, end) == ',' && is_digit(byte_at(s, end + 1)))
		end = skip_digits(s, end + 1);
	return end;
}

static bool next_is(Arena *a, Str s, size_t *at, const char *const *keys, size_t count) {
	size_t from = skip_blanks(s, *at), to = name_end(s, from);
	Str key = to > from ? text_fold(a, part(s, from, to)) : (Str){0};
	for (size_t i = 0; i < count; i++)
		if (to > from && str_eq(key, str_c(keys[i]))) {
			*at = to;
			return true;
		}
	return false;
}

static RuleType take_unit(Arena *a, Str s, size_t *at) {
	static const char *const crowns[] = {"kc"}, *const staff[] = {"uvazek", "uvazky", "uvazku"}, *const per[] = {"na"};
	size_t percent = skip_blanks(s, *at);
	if (byte_at(s, percent) == '%') {
		*at = percent + 1;
		return RULE_PERCENT;
	}
	if (next_is(a, s, at, staff, LEN(staff)))
		return RULE_FTE;
	if (!next_is(a, s, at, crowns, LEN(crowns)))
		return RULE_NUMBER;
	size_t behind = *at;
	if (!next_is(a, s, &behind, per, LEN(per)) || !next_is(a, s, &behind, staff, LEN(staff)))
		return RULE_MONEY;
	*at = behind;
	return RULE_MONEY_PER_FTE;
}

static bool take_number(Reading *r, Str s, size_t *at, Word *w) {
	i64 parts[3];
	size_t end = date_end(s, *at, parts);
	w->kind = WORD_VALUE;
	if (end) {
		w->at = part(s, *at, end);
		*at = end;
		Date d = date((int)parts[2], (int)parts[1], (int)parts[0]);
		if (!date_is(d))
			return rule_fault(r, w->at, RULE_FAULT_DATE, "Den „%.*s“ v kalendáři není. Napište skutečný den, například 28. 2. 2026.", STR_ARG(w->at));
		w->value = rule_date(d);
		return true;
	}
	end = number_end(s, *at);
	Str digits = part(s, *at, end);
	w->at = digits;
	*at = end;
	if (byte_at(s, end) == '.' && is_digit(byte_at(s, end + 1)))
		return rule_fault(r, str_of(s.ptr + end, 1), RULE_FAULT_POINT, "V čísle je tečka. Desetinná místa se píší s čárkou, například 12,5.");
	Exact x;
	if (!exact_read(r->a, digits, &x))
		return rule_fault(r, digits, RULE_FAULT_DIGITS, "Číslo má příliš mnoho číslic. Smí jich mít nejvýše %d.", EXACT_DIGITS_MAX);
	RuleType type = take_unit(r->a, s, at);
	w->at.len = (size_t)(s.ptr + *at - w->at.ptr);
	w->is_bare = type == RULE_NUMBER;
	Exact hundred = exact_int(r->a, 100);
	if (type == RULE_PERCENT)
		CHECK(exact_div(r->a, x, hundred, &x));
	w->value = rule_number(type, x);
	return true;
}

/* ---- texts and signs ---- */

static bool take_text(Reading *r, Str s, size_t *at, Word *w) {
	size_t from = *at + (s.ptr[*at] == '"' ? 1 : 3), end = from;
	for (; end < s.len && s.ptr[end] != '\n'; end++) {
		Str rest = str_from(s, end);
		size_t quote = rest.ptr[0] == '"' ? 1 : str_starts(rest, S("“")) || str_starts(rest, S("”")) ? 3 : 0;
		if (!quote)
			continue;
		w->kind = WORD_VALUE;
		w->at = part(s, *at, end + quote);
		w->value = rule_text(part(s, from, end));
		w->value.state = RULE_KNOWN;                      /* also the empty one */
		*at = end + quote;
		return true;
	}
	return rule_fault(r, part(s, *at, end), RULE_FAULT_QUOTE, "Text není ukončen. Doplňte uvozovky i za jeho konec, například „nová služba“.");
}

static bool take_sign(Reading *r, Str s, size_t *at, Word *w) {
	static const struct { Str text; char sign; } signs[] = {
		{STR_CONST("<="), SIGN_AT_MOST}, {STR_CONST(">="), SIGN_AT_LEAST}, {STR_CONST("<>"), SIGN_NOT_EQUAL}, {STR_CONST("!="), SIGN_NOT_EQUAL},
		{STR_CONST("≤"), SIGN_AT_MOST}, {STR_CONST("≥"), SIGN_AT_LEAST}, {STR_CONST("≠"), SIGN_NOT_EQUAL}, {STR_CONST("−"), '-'}, {STR_CONST("–"), '-'},
		{STR_CONST("×"), '*'}, {STR_CONST("·"), '*'}, {STR_CONST("÷"), '/'},
		{STR_CONST("+"), '+'}, {STR_CONST("-"), '-'}, {STR_CONST("*"), '*'}, {STR_CONST("/"), '/'}, {STR_CONST(":"), '/'}, {STR_CONST("="), '='},
		{STR_CONST("<"), '<'}, {STR_CONST(">"), '>'}, {STR_CONST("("), '('}, {STR_CONST(")"), ')'}, {STR_CONST(";"), ';'}, {STR_CONST(","), ','},
	};
	Str rest = str_from(s, *at);
	for (size_t i = 0; i < LEN(signs); i++)
		if (str_starts(rest, signs[i].text)) {
			*w = (Word){.kind = WORD_SIGN, .sign = signs[i].sign, .at = str_first(rest, signs[i].text.len)};
			*at += signs[i].text.len;
			return true;
		}
	Str one = utf8_first(rest, 1);
	return rule_fault(r, one, RULE_FAULT_SIGN, "Znak „%.*s“ do vzorce nepatří. Smažte ho, nebo ho napište do uvozovek, je-li součástí textu.", STR_ARG(one));
}

Word *rule_words(Reading *r, Arena *into, Str formula, size_t *count) {
	Word *words = NULL;
	size_t cap = 0;
	*count = 0;
	for (size_t at = skip_blanks(formula, 0); at < formula.len; at = skip_blanks(formula, at)) {
		Word w = {0};
		size_t end = name_end(formula, at);
		Str rest = str_from(formula, at);
		if (is_digit(formula.ptr[at])) {
			if (!take_number(r, formula, &at, &w))
				return NULL;
		} else if (end > at) {
			w = (Word){.kind = WORD_NAME, .at = part(formula, at, end)};
			w.key = rule_key(r->a, w.at);
			at = end;
		} else if (rest.ptr[0] == '"' || str_starts(rest, S("„")) || str_starts(rest, S("“"))) {
			if (!take_text(r, formula, &at, &w))
				return NULL;
		} else if (!take_sign(r, formula, &at, &w)) {
			return NULL;
		}
		*ARENA_PUSH(into, words, *count, cap) = w;
	}
	*ARENA_PUSH(into, words, *count, cap) = (Word){.kind = WORD_END, .at = str_of(formula.ptr + formula.len, 0)};
	return words;
}
