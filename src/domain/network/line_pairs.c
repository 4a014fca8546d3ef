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

/* Codes of districts and of municipalities are those of RÚIAN: three and six digits, so one list holds both. */
const Unit *line_territory(Ctx *c, Str code) {
	const Unit *u = territory_by_code(c, LEVEL_DISTRICT, code);
	return u ? u : territory_by_code(c, LEVEL_MUNICIPALITY, code);
}

typedef struct Named { const Unit *unit; size_t count; } Named;
/* The units of a level with this name, with or without diacritics; `district` ({0} = any): those of the district of that name. */
static Named named(Ctx *c, const char *level, Str name, Str district) {
	Units all;
	Named found = {0};
	Str   folded = text_fold(c->arena, name), of = text_fold(c->arena, district);
	if (territory_below(c, 0, level, TODAY, &all) != OK)
		return found;
	for (size_t i = 0; i < all.len; i++) {
		if (!str_eq(text_fold(c->arena, all.at[i]->name), folded))
			continue;
		const Unit *above = of.len ? territory_above(c, all.at[i]->id, LEVEL_DISTRICT, TODAY) : NULL;
		if (of.len && (!above || !str_eq(text_fold(c->arena, above->name), of)))
			continue;
		found.unit = all.at[i];
		found.count++;
	}
	return found;
}

/* "Pěnčín (ORP Turnov)": the district that tells namesakes apart. */
static Str cut_district(Str *name) {
	i64 at = str_find(*name, S("(ORP "));
	if (at < 0 || !str_ends(*name, S(")")))
		return (Str){0};
	Str district = str_trim(str_of(name->ptr + at + 5, name->len - (size_t)at - 6));
	*name = str_trim(str_first(*name, (size_t)at));
	return district;
}

/* "Liberec" is the district; "obec Liberec", and a name that no district has, the municipality; a code either. */
static Err find_territory(Ctx *c, const Field *f, Str name, const Unit **ret) {
	Str   whole = name;
	bool  says_town = str_starts(name, S("obec "));
	Named found = {0};
	if (says_town)
		name = str_trim(str_of(name.ptr + 5, name.len - 5));
	Str district = cut_district(&name);
	*ret = says_town ? territory_by_code(c, LEVEL_MUNICIPALITY, name) : line_territory(c, name);
	if (*ret)
		return OK;
	if (!says_town)
		found = named(c, LEVEL_DISTRICT, name, (Str){0});
	if (!found.count)
		found = named(c, LEVEL_MUNICIPALITY, name, district);
	if (!found.count)
		return fail(c, ERR_INVALID, f->name, "%s: obvod ani obec „%.*s“ neznáme. Pište například „Liberec 60 %%; obec Desná 40 %%“.", f->label, STR_ARG(utf8_first(whole, 40)));
	if (found.count > 1)
		return fail(c, ERR_INVALID, f->name, "%s: obcí „%.*s“ je víc. Napište i obvod, například „obec Pěnčín (ORP Turnov)“, nebo místo názvu kód obce.", f->label,
		            STR_ARG(utf8_first(name, 40)));
	*ret = found.unit;
	return OK;
}

Str line_territory_name(Ctx *c, const Unit *u) {
	if (!str_eq(u->level, S(LEVEL_MUNICIPALITY)))
		return u->name;
	const Unit *above = territory_above(c, u->id, LEVEL_DISTRICT, TODAY);
	return above ? str_format(c->arena, "obec %.*s (ORP %.*s)", STR_ARG(u->name), STR_ARG(above->name)) : str_cat(c->arena, S("obec "), u->name);
}

static bool is_of_number(char ch) {
	return (ch >= '0' && ch <= '9') || ch == ',' || ch == '.';
}

static Err read_area(Ctx *c, const Field *f, Str part, bool stored, Pair *ret) {
	const char *why = NULL;
	if (stored) {
		ret->code = str_trim(str_cut(&part, '='));
		if (!str_to_int(str_trim(part), &ret->amount) || !line_territory(c, ret->code))
			return fail(c, ERR_INVALID, f->name, "%s: „%.*s“ není kód obvodu ani obce s podílem.", f->label, STR_ARG(utf8_first(ret->code, 40)));
	} else {
		const Unit *u;
		Str rest = str_ends(part, S("%")) ? str_trim(str_of(part.ptr, part.len - 1)) : part;
		size_t at = rest.len;
		while (at > 0 && is_of_number(rest.ptr[at - 1]))
			at--;
		if (at == 0 && rest.len == part.len)     /* a code alone */
			at = rest.len;
		TRY(find_territory(c, f, str_trim(str_first(rest, at)), &u));
		ret->code = u->code;
		if (at == rest.len)
			ret->amount = 10000;                 /* one territory alone: all of it */
		else if (!read_decimal(str_of(rest.ptr + at, rest.len - at), 2, &ret->amount, &why))
			return fail(c, ERR_INVALID, f->name, "%s: u území „%.*s“ %s", f->label, STR_ARG(u->name), why);
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
		const Unit *u = line_territory(c, code);
		CHECK(str_to_int(one, &share));
		buf_format(&b, "%s%.*s ", more ? "; " : "", STR_ARG(u ? line_territory_name(c, u) : code));
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
