/* score_sum.c: what the program itself can find of the points, the mean of reviewers, the order of applications (F27). */
#include <stdlib.h>

#include "base/format.h"
#include "core/settings.h"
#include "domain/network/inside.h"
#include "domain/network/score.h"

__extension__ typedef __int128 Wide;         /* amounts are typed by applicants: anything that an i64 holds */

/* ---- computed criteria: exact, rounded down once, with the numbers they come from ---- */

typedef struct FilledForm { FormTree t; FormValues v; } FilledForm;

static Err form_of(Ctx *c, const Application *a, FilledForm *ret) {
	Submission *s;
	TRY(submission_of(c, application_entity.name, a->head.id, &s));
	if (!s)
		return fail_internal(c, "an application without a form");
	TRY(form_tree(c, s->form_version, &ret->t));
	return submission_values(c, s->head.id, &ret->v);
}

/* Hundredths of direct-care staff; *qualified: those of them that have the qualification. */
static i64 direct_care(const FilledForm *f, i64 *qualified) {
	Wide sum = 0, have = 0;
	*qualified = 0;
	for (i64 line = 1; line <= form_lines(&f->v, &f->t, S("Pracovníci")); line++) {
		const FormValue *fte = form_value(&f->v, S("uvazek"), line), *direct = form_value(&f->v, S("prima"), line), *has = form_value(&f->v, S("kvalifikace"), line);
		if (!fte || fte->amount == BLANK || !direct || !str_eq(direct->typed, S("ano")))
			continue;
		sum += fte->amount;
		have += has && str_eq(has->typed, S("ano")) ? fte->amount : 0;
	}
	*qualified = have > INT64_MAX ? INT64_MAX : (i64)have;
	return sum > INT64_MAX ? INT64_MAX : (i64)sum;
}

/* part >= percent of whole, in whole numbers. */
static bool reaches(i64 part, i64 whole, i64 percent) { return (Wide)part * 100 >= (Wide)whole * percent; }

static Str fte_words(Ctx *c, i64 hundredths) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_fte(&b, fte(hundredths));
	return buf_take(&b, c->arena);
}

static Err staff(Ctx *c, const Application *a, ScoreItem *x) {
	FilledForm f;
	i64  qualified, direct;
	TRY(form_of(c, a, &f));
	direct = direct_care(&f, &qualified);
	if (str_eq(x->criterion, S("B2"))) {
		x->computed = !direct ? 0 : reaches(qualified, direct, 95) ? 5 : reaches(qualified, direct, 80) ? 3 : 0;
		x->how = str_format(c->arena, "Kvalifikaci splňuje %.*s z %.*s úvazku v přímé péči.", STR_ARG(fte_words(c, qualified)), STR_ARG(fte_words(c, direct)));
		return OK;
	}
	if (!str_eq(a->unit, S("U")) || a->capacity.hundredths == BLANK || a->capacity.hundredths <= 0)
		return OK;                               /* the norm of a bed is for the reviewer to look up */
	i64 wanted = a->capacity.hundredths;
	x->computed = reaches(direct, wanted, 100) ? 10 : reaches(direct, wanted, 90) ? 6 : reaches(direct, wanted, 80) ? 3 : 0;
	x->how = str_format(c->arena, "V žádosti je %.*s úvazku v přímé péči, žádá se o %.*s.", STR_ARG(fte_words(c, direct)), STR_ARG(fte_words(c, wanted)));
	return OK;
}

static Err statements_points(Ctx *c, const Application *a, ScoreItem *x) {
	Statements all;
	AreaShares areas;
	i64        positive = 0;
	TRY(statements_of(c, a->head.id, &all));
	application_areas(c, a, &areas);             /* a returned form may have come back with other shares than those that were asked about */
	for (size_t i = 0; i < all.len; i++)
		for (size_t k = 0; k < areas.len && statement_came(all.at[i]) && str_eq(all.at[i]->verdict, S("potrebna")); k++)
			positive += areas.at[k].district->id == all.at[i]->district ? areas.at[k].share.basis_points : 0;
	x->computed = positive * 10 / 10000;
	x->how = str_format(c->arena, "Kladná vyjádření mají obvody s podílem %lld,%02lld %% území.", (long long)(positive / 100), (long long)(positive % 100));
	return OK;
}

static Err co_funding_points(Ctx *c, const Application *a, ScoreItem *x) {
	static const char *const own[] = {"s5", "s6", "s7", "s10"};
	FilledForm f;
	TRY(form_of(c, a, &f));
	i64 net = a->costs.halere, given = a->co_funding.halere;
	for (size_t i = 0; i < LEN(own) && net != BLANK; i++) {
		i64 income = form_amount_of(&f.t, &f.v, own[i]);
		if (income != BLANK && __builtin_sub_overflow(net, income, &net))
			return OK;
	}
	if (net == BLANK || given == BLANK)
		return OK;
	x->computed = given <= 0 ? 0 : net <= 0 || reaches(given, net, 15) ? 10 : reaches(given, net, 10) ? 7 : reaches(given, net, 5) ? 4 : 1;
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "Potvrzeno ");
	fmt_money(&b, (Money){given});
	buf_lit(&b, " z čistých nákladů ");
	fmt_money(&b, (Money){net});
	buf_lit(&b, ".");
	x->how = buf_take(&b, c->arena);
	return OK;
}

Err score_compute(Ctx *c, const Application *a, const Criterion *k, ScoreItem *x) {
	Str by = code_attribute(k->item, S("computed"));
	x->points = x->computed = BLANK;
	if (str_eq(by, S("staff")))
		TRY(staff(c, a, x));
	else if (str_eq(by, S("statements")))
		TRY(statements_points(c, a, x));
	else if (str_eq(by, S("co_funding")))
		TRY(co_funding_points(c, a, x));
	if (x->computed != BLANK && x->computed > k->max)
		x->computed = k->max;
	x->points = x->computed;
	return OK;
}

/* ---- the mean ---- */

Err score_mean(Ctx *c, Id application, i64 *hundredths, size_t *finished, bool *apart) {
	Sheets   all;
	Criteria k = {0};
	i64      sum = 0, low = INT64_MAX, high = 0;
	*finished = 0;
	*hundredths = BLANK;
	*apart = false;
	TRY(sheets_of(c, application, &all));
	for (size_t i = 0; i < all.len; i++) {
		i64 points = all.at[i]->points;
		if (!str_eq(all.at[i]->state, S(SHEET_FINISHED)) || points == BLANK)
			continue;
		if (!k.len)
			TRY(criteria_on(c, prague_day(all.at[i]->made_at), &k));
		sum += points;
		low = points < low ? points : low;
		high = points > high ? points : high;
		++*finished;
	}
	if (!*finished)
		return OK;
	*hundredths = div_round(sum * 100, (i64)*finished);
	*apart = (high - low) * 100 > k.max * setting_int(c, "network.score_spread");
	return OK;
}

static Err is_scored(Ctx *c, const WorkObject *o, Verdict *ret) {
	i64    mean;
	size_t finished;
	bool   apart;
	TRY(score_mean(c, o->id, &mean, &finished, &apart));
	if (finished < 2)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Dokončených hodnocení je %zu, potřeba jsou 2.", finished), S("Přidělte hodnotitele, nebo počkejte, až dokončí.")};
	else if (finished == 2 && apart)
		*ret = (Verdict){REFUSED, S("Hodnotitelé se rozcházejí o víc, než dovolují pravidla."), S("Přidělte třetího hodnotitele.")};
	return OK;
}
const Guard score_guard = {"scored_by_two", "Žádost ohodnotili dva, při velkém rozdílu tři hodnotitelé.", is_scored, NULL, NULL, NULL};

Err score_close(Ctx *c, WorkMove *m) {
	Application *a = m->object->row;
	size_t       finished;
	bool         apart;
	return score_mean(c, m->object->id, &a->points, &finished, &apart);
}

/* ---- what the points are enough for ---- */

Str score_level(Ctx *c, const Application *a) {
	static const char *const levels[][4] = {{"Z1", "Z2", NULL}, {"Z1", "Z2", "Z2v", NULL}, {"PZ2v", NULL}};
	size_t type = str_eq(a->type, S("C")) ? 2 : str_eq(a->type, S("B"));
	for (size_t i = 0; a->points != BLANK && levels[type][i]; i++) {
		const CodeItem *item = codelist_find(c, "network_level", str_c(levels[type][i]));
		i64             threshold;
		if (item && str_to_int(code_attribute(item, S("threshold")), &threshold) && a->points >= threshold * 100)
			return item->code;
	}
	return (Str){0};
}

Err score_knocked_out(Ctx *c, const Application *a, bool *ret, Str *name) {
	Sheets all;
	size_t judged = 0, none = 0;
	*ret = false;
	TRY(sheets_of(c, a->head.id, &all));
	for (size_t i = 0; i < all.len && !str_eq(a->type, S("B")); i++) {
		ScoreItems items;
		if (!str_eq(all.at[i]->state, S(SHEET_FINISHED)))
			continue;
		TRY(sheet_items(c, all.at[i], &items));
		for (size_t k = 0; k < items.len; k++) {
			const CodeItem *item = codelist_find(c, "score_criterion", items.at[k].criterion);
			if (!item || !str_eq(code_attribute(item, S("knock_out")), S("1")))
				continue;
			judged++;
			none += items.at[k].points == 0;
			*name = items.at[k].name;
		}
	}
	*ret = judged && none == judged;
	return OK;
}

Err score_allows(Ctx *c, const Application *a, Str proposal) {
	bool out;
	Str  name = {0};
	TRY(score_knocked_out(c, a, &out, &name));
	return out && str_eq(proposal, S("in"))
	       ? fail(c, ERR_INVALID, "proposal", "Hodnotitelé dali v kritériu „%.*s“ nula bodů, a bez něj žádost neprojde. Navrhněte nezařazení nebo odložení.", STR_ARG(name)) : OK;
}

/* ---- the order ---- */

/* Money for a unit, compared without dividing; without numbers it stands last. */
static int by_unit_cost(const Application *x, const Application *y) {
	bool a = x->vp.halere != BLANK && x->capacity.hundredths > 0, b = y->vp.halere != BLANK && y->capacity.hundredths > 0;
	i64  left, right;
	if (!a || !b)
		return a == b ? 0 : a ? -1 : 1;
	if (!mul_div(x->vp.halere, y->capacity.hundredths, 1, &left) || !mul_div(y->vp.halere, x->capacity.hundredths, 1, &right))
		return 0;
	return left < right ? -1 : left > right;
}

static int by_order(const void *p, const void *q) {
	const Application *x = *(Application *const *)p, *y = *(Application *const *)q;
	if (x->points != y->points)
		return x->points > y->points ? -1 : 1;
	int cost = by_unit_cost(x, y);
	return cost ? cost : x->head.id < y->head.id ? -1 : 1;
}

Err score_ranking(Ctx *c, Id call, Applications *ret) {
	Applications all;
	*ret = (Applications){0};
	TRY(application_list(c, call, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i]->points != BLANK)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = all.at[i];
	if (ret->len > 1)
		qsort(ret->at, ret->len, sizeof *ret->at, by_order);
	return OK;
}
