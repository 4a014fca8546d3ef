/* rules_value.c: values of rules: from the program and back, from people and for them. */
#include "base/format.h"
#include "base/text.h"
#include "core/rules_inside.h"

static const char *const type_names[RULE_TYPES] = {"nevztahuje se", "číslo", "počet", "procenta", "Kč", "úvazky", "Kč na úvazek", "datum", "text", "ano/ne"};

Str rule_type_name(RuleType t) {
	CHECK((int)t >= 0 && t < RULE_TYPES);
	return str_c(type_names[t]);
}

bool rule_type_read(Arena *a, Str name, RuleType *ret) {
	static const struct { const char *also; RuleType type; } others[] = {{"procento", RULE_PERCENT}, {"%", RULE_PERCENT}, {"castka", RULE_MONEY},
		{"uvazek", RULE_FTE}, {"kc/uvazek", RULE_MONEY_PER_FTE}, {"ano nebo ne", RULE_YES_NO}};
	Str fold = text_fold(a, text_clean(a, name));
	for (int i = RULE_NUMBER; i < RULE_TYPES; i++)
		if (str_eq(fold, text_fold(a, str_c(type_names[i])))) {
			*ret = (RuleType)i;
			return true;
		}
	for (size_t i = 0; i < LEN(others); i++)
		if (str_eq(fold, str_c(others[i].also))) {
			*ret = others[i].type;
			return true;
		}
	return false;
}

Str rule_key(Arena *a, Str name) {
	Str fold = text_fold(a, text_clean(a, name));
	char *key = arena_copy(a, fold.len ? fold.ptr : "", fold.len);
	for (size_t i = 0; i < fold.len; i++)
		if (key[i] == ' ')
			key[i] = '_';
	return str_of(key, fold.len);
}

/* ---- from the program and back ---- */

RuleValue rule_number(RuleType type, Exact x) {
	return (RuleValue){.type = type, .state = RULE_KNOWN, .number = x};
}

static RuleValue of_ratio(Arena *a, RuleType type, i64 n, i64 d) {
	return n == BLANK ? rule_blank(type) : rule_number(type, exact_ratio(a, n, d));
}

RuleValue rule_money(Arena *a, Money m) {
	return of_ratio(a, RULE_MONEY, m.halere, 100);
}

RuleValue rule_fte(Arena *a, Fte f) {
	return of_ratio(a, RULE_FTE, f.hundredths, 100);
}

RuleValue rule_percent(Arena *a, Percent p) {
	return of_ratio(a, RULE_PERCENT, p.basis_points, 10000);
}

RuleValue rule_int(Arena *a, RuleType type, i64 n) {
	return of_ratio(a, type, n, 1);
}

RuleValue rule_date(Date d) {
	return (RuleValue){.type = RULE_DATE, .state = date_is(d) ? RULE_KNOWN : RULE_BLANK, .date = d};
}

RuleValue rule_text(Str s) {
	return (RuleValue){.type = RULE_TEXT, .state = str_empty(s) ? RULE_BLANK : RULE_KNOWN, .text = s};
}

RuleValue rule_yes_no(bool yes) {
	return (RuleValue){.type = RULE_YES_NO, .state = RULE_KNOWN, .yes = yes};
}

RuleValue rule_failed(RuleType type, Str sentence) {
	return (RuleValue){.type = type, .state = RULE_FAILED, .text = sentence};
}

static bool as_ratio(RuleValue v, bool fits, i64 d, i64 *ret) {
	if (!fits || v.state != RULE_KNOWN)
		return false;
	CLEANUP(arena_free) Arena scratch = {0};
	Exact x;
	return exact_mul(&scratch, v.number, exact_int(&scratch, d), &x) && exact_to_int(x, ret);
}

bool rule_as_money(RuleValue v, Money *ret) {
	return as_ratio(v, v.type == RULE_MONEY, 100, &ret->halere);
}

bool rule_as_fte(RuleValue v, Fte *ret) {
	return as_ratio(v, v.type == RULE_FTE, 100, &ret->hundredths);
}

bool rule_as_percent(RuleValue v, Percent *ret) {
	return as_ratio(v, v.type == RULE_PERCENT || v.type == RULE_NUMBER, 10000, &ret->basis_points);
}

bool rule_as_int(RuleValue v, i64 *ret) {
	return as_ratio(v, rule_type_is_number(v.type), 1, ret);
}

bool rule_value_equal(RuleValue x, RuleValue y) {
	if (x.state != y.state)
		return false;
	if (x.state != RULE_KNOWN)
		return true;
	if (rule_type_is_number(x.type))
		return rule_type_is_number(y.type) && exact_cmp(x.number, y.number) == 0;
	if (x.type != y.type)
		return false;
	if (x.type == RULE_DATE)
		return date_eq(x.date, y.date);
	if (x.type == RULE_YES_NO)
		return x.yes == y.yes;
	CLEANUP(arena_free) Arena scratch = {0};
	return str_eq(text_fold(&scratch, text_clean(&scratch, x.text)), text_fold(&scratch, text_clean(&scratch, y.text)));
}

/* ---- for people ---- */

static void show_number(Buf *b, RuleValue v, Arena *scratch) {
	Exact x = v.number;
	bool rounded = false;
	if (v.type == RULE_PERCENT)
		(void)!exact_mul(scratch, x, exact_int(scratch, 100), &x);
	CLEANUP(buf_free) Buf digits = {0};
	exact_show(&digits, x, 4, &rounded);
	if (rounded)
		buf_lit(b, "≈\u00a0");
	buf_str(b, buf_view(&digits));
	if (v.type == RULE_MONEY)
		buf_lit(b, "\u00a0Kč");
	else if (v.type == RULE_MONEY_PER_FTE)
		buf_lit(b, "\u00a0Kč na úvazek");
	else if (v.type == RULE_PERCENT)
		buf_lit(b, "\u00a0%");
	else if (v.type == RULE_FTE)
		buf_lit(b, "\u00a0úv.");
}

Str rule_value_show(Arena *a, RuleValue v) {
	CLEANUP(buf_free) Buf b = {0};
	if (v.state == RULE_BLANK)
		return S("nevyplněno");
	if (v.state == RULE_NOT_APPLICABLE)
		return S("nevztahuje se");
	if (v.state == RULE_FAILED || v.type == RULE_TEXT)
		return v.text;
	if (v.type == RULE_YES_NO)
		return v.yes ? S("ano") : S("ne");
	if (v.type == RULE_DATE)
		fmt_date(&b, v.date);
	else
		show_number(&b, v, a);
	return buf_take(&b, a);
}

static bool no(Str *why, Str sentence) {
	*why = sentence;
	return false;
}

/* What stands behind a number of this type may be written or left out. */
static Str without_unit(Str s, RuleType type) {
	static const char *const units[RULE_TYPES][4] = {[RULE_PERCENT] = {"%"}, [RULE_MONEY] = {"Kč", "kč", "Kc", "kc"}, [RULE_FTE] = {"úv.", "úvazku", "úvazky", "úvazků"},
		[RULE_MONEY_PER_FTE] = {"Kč na úvazek", "Kč/úvazek", "Kč"}};
	for (int i = 0; i < 4 && units[type][i]; i++)
		if (str_ends(s, str_c(units[type][i])))
			return str_first(s, s.len - strlen(units[type][i]));
	return s;
}

bool rule_value_read(Arena *a, RuleType type, Str typed, RuleValue *ret, Str *why) {
	Str s = text_clean(a, typed), fold = text_fold(a, s);
	*ret = rule_blank(type);
	if (str_empty(s) || str_eq(fold, S("nevyplneno")))
		return true;
	if (str_eq(fold, S("nevztahuje se")) || str_eq(fold, S("nevztahuje_se"))) {
		*ret = rule_not_applicable(type);
		return true;
	}
	if (type == RULE_TEXT) {
		*ret = rule_text(s);
		return true;
	}
	if (type == RULE_YES_NO) {
		bool yes = str_eq(fold, S("ano")) || str_eq(fold, S("1"));
		*ret = rule_yes_no(yes);
		return yes || str_eq(fold, S("ne")) || str_eq(fold, S("0")) || no(why, S("Napište ano, nebo ne."));
	}
	if (type == RULE_DATE) {
		Date d;
		const char *said = NULL;
		if (!read_date(s, &d, &said))
			return no(why, str_c(said));
		*ret = rule_date(d);
		return true;
	}
	Exact x;
	if (!exact_read(a, str_trim(without_unit(s, type)), &x))
		return no(why, S("Napište číslo s desetinnou čárkou, například 1 250,50."));
	if (type == RULE_PERCENT && !exact_div(a, x, exact_int(a, 100), &x))
		return no(why, S("Napište číslo s desetinnou čárkou, například 1 250,50."));
	if (type == RULE_COUNT && (!exact_is_whole(x) || exact_sign(x) < 0))
		return no(why, S("Napište celé číslo, které není záporné."));
	*ret = rule_number(type, x);
	return true;
}
