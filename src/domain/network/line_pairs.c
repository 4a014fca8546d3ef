/* line_pairs.c: shares of territories and ceilings by year, as people write them and as they are stored. */
#include <stdlib.h>

#include "base/format.h"
#include "base/text.h"
#include "domain/network/line.h"

enum { MOST_PAIRS = 60 };
#define MOST_CEILING INT64_C(100000000000000)          /* haléře; sums of thousands of lines stay whole numbers */

typedef struct Pair { Str code; i64 amount; } Pair;

static int by_code(const void *x, const void *y) {
	return str_cmp(((const Pair *)x)->code, ((const Pair *)y)->code);
}

static Err put_together(Ctx *c, const Field *f, Pair *pairs, size_t n, Str *ret) {
	qsort(pairs, n, sizeof *pairs, by_code);
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < n; i++) {
		if (i && str_eq(pairs[i].code, pairs[i - 1].code))
			return fail(c, ERR_INVALID, f->name, "%s: jedna položka je tu dvakrát. Nechte ji jen jednou.", f->label);
		buf_format(&b, "%s%.*s=%lld", i ? "," : "", STR_ARG(pairs[i].code), (long long)pairs[i].amount);
	}
	*ret = buf_take(&b, c->arena);
	return OK;
}

/* Each part between semicolons, or, in the stored form, between commas. */
typedef Err (*ReadOne)(Ctx *c, const Field *f, Str part, bool stored, Pair *ret);
static Err read_pairs(Ctx *c, const Field *f, Str typed, ReadOne one, Str *ret) {
	Pair   pairs[MOST_PAIRS];
	size_t n = 0;
	bool   stored = str_find(typed, S("=")) >= 0;
	*ret = (Str){0};
	typed = str_replace(c->arena, typed, S("\u00a0"), S(" "));
	while (typed.len) {
		Str part = str_trim(str_cut(&typed, stored ? ',' : ';'));
		if (!part.len)
			continue;
		if (n == MOST_PAIRS)
			return fail(c, ERR_INVALID, f->name, "%s: položek je moc, vejde se jich nejvýše %d.", f->label, MOST_PAIRS);
		TRY(one(c, f, part, stored, &pairs[n]));
		n++;
	}
	return put_together(c, f, pairs, n, ret);
}

/* ---- shares ---- */

/* A district by its name, with or without diacritics, or by its code. */
static const Unit *district_named(Ctx *c, Str name) {
	const Unit *by_code = territory_by_code(c, LEVEL_DISTRICT, name);
	Units       all;
	if (by_code)
		return by_code;
	if (territory_below(c, 0, LEVEL_DISTRICT, TODAY, &all) != OK)
		return NULL;
	Str folded = text_fold(c->arena, name);
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(text_fold(c->arena, all.at[i]->name), folded))
			return all.at[i];
	return NULL;
}

static bool is_of_number(char ch) {
	return (ch >= '0' && ch <= '9') || ch == ',' || ch == '.';
}

static Err read_area(Ctx *c, const Field *f, Str part, bool stored, Pair *ret) {
	const char *why = NULL;
	if (stored) {
		ret->code = str_trim(str_cut(&part, '='));
		if (!str_to_int(str_trim(part), &ret->amount) || !territory_by_code(c, LEVEL_DISTRICT, ret->code))
			return fail(c, ERR_INVALID, f->name, "%s: „%.*s“ není kód obvodu s podílem.", f->label, STR_ARG(utf8_first(ret->code, 40)));
	} else {
		Str rest = str_ends(part, S("%")) ? str_trim(str_of(part.ptr, part.len - 1)) : part;
		size_t at = rest.len;
		while (at > 0 && is_of_number(rest.ptr[at - 1]))
			at--;
		const Unit *u = district_named(c, str_trim(str_of(rest.ptr, at == rest.len ? rest.len : at)));
		if (!u)
			return fail(c, ERR_INVALID, f->name, "%s: obvod „%.*s“ neznáme. Pište jej například „Liberec 60 %%; Tanvald 40 %%“.", f->label, STR_ARG(utf8_first(part, 40)));
		ret->code = u->code;
		if (at == rest.len)
			ret->amount = 10000;                 /* one territory alone: all of it */
		else if (!read_decimal(str_of(rest.ptr + at, rest.len - at), 2, &ret->amount, &why))
			return fail(c, ERR_INVALID, f->name, "%s: u obvodu „%.*s“ %s", f->label, STR_ARG(u->name), why);
	}
	return ret->amount > 0 && ret->amount <= 10000 ? OK
	     : fail(c, ERR_INVALID, f->name, "%s: podíl musí být větší než 0 a nejvýše 100 %%. Opravte jej.", f->label);
}

static Err areas_read(Ctx *c, const Field *f, Str typed, Str *ret) {
	return read_pairs(c, f, typed, read_area, ret);
}

static Str areas_people(Ctx *c, Str stored) {
	CLEANUP(buf_free) Buf b = {0};
	(void)territory_region(c);
	for (bool more = false; stored.len; more = true) {
		i64         share = 0;
		Str         one = str_cut(&stored, ','), code = str_cut(&one, '=');
		const Unit *u = territory_by_code(c, LEVEL_DISTRICT, code);
		CHECK(str_to_int(one, &share));
		buf_format(&b, "%s%.*s ", more ? "; " : "", STR_ARG(u ? u->name : code));
		fmt_percent(&b, (Percent){share});
	}
	return buf_take(&b, c->arena);
}

const PairKind line_areas = {areas_read, areas_people};

/* ---- ceilings ---- */

static Err read_ceiling(Ctx *c, const Field *f, Str part, bool stored, Pair *ret) {
	const char *why = NULL;
	i64         year = 0;
	Money       amount = {0};
	ret->code = str_trim(str_cut(&part, stored ? '=' : ':'));
	if (!str_to_int(ret->code, &year) || ret->code.len != 4 || year < 2000 || year > 2100)
		return fail(c, ERR_INVALID, f->name, "%s: „%.*s“ není rok. Pište například „2026: 1 250 000“.", f->label, STR_ARG(utf8_first(ret->code, 40)));
	if (stored ? !str_to_int(str_trim(part), &ret->amount) : !read_money(str_trim(part), &amount, &why))
		return fail(c, ERR_INVALID, f->name, "%s: u roku %lld %s", f->label, (long long)year, why ? why : "chybí částka.");
	if (!stored)
		ret->amount = amount.halere;
	if (ret->amount > MOST_CEILING)
		return fail(c, ERR_INVALID, f->name, "%s: u roku %lld je částka větší než bilion korun. Opravte ji.", f->label, (long long)year);
	return ret->amount >= 0 && ret->amount != BLANK ? OK : fail(c, ERR_INVALID, f->name, "%s: u roku %lld zapište nulu nebo kladnou částku.", f->label, (long long)year);
}

static Err ceilings_read(Ctx *c, const Field *f, Str typed, Str *ret) {
	return read_pairs(c, f, typed, read_ceiling, ret);
}

static Str ceilings_people(Ctx *c, Str stored) {
	CLEANUP(buf_free) Buf b = {0};
	for (bool more = false; stored.len; more = true) {
		i64 amount = 0;
		Str one = str_cut(&stored, ','), year = str_cut(&one, '=');
		CHECK(str_to_int(one, &amount));
		buf_format(&b, "%s%.*s: ", more ? "; " : "", STR_ARG(year));
		fmt_money(&b, (Money){amount});
	}
	return buf_take(&b, c->arena);
}

const PairKind line_ceilings = {ceilings_read, ceilings_people};
