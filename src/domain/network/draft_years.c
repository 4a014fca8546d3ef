/* draft_years.c: amounts and co-funders of an application's form; ceilings by year. */
#include "domain/network/draft_years.h"

#include "domain/network/draft_inside.h"
#include "domain/network/draft_price.h"

bool asked_more(const AskedYear *y) {
	return y->computed != BLANK && y->asked > y->computed;
}

/* ---- the form ---- */

typedef struct AskedForm { FormTree tree; FormValues values; bool known; } AskedForm;

static Err form_of(Ctx *c, const Application *a, AskedForm *ret) {
	Submission *s;
	*ret = (AskedForm){0};
	TRY(submission_of(c, application_entity.name, a->head.id, &s));
	if (!s)
		return OK;
	TRY(form_tree(c, s->form_version, &ret->tree));
	TRY(submission_values(c, s->head.id, &ret->values));
	ret->known = true;
	return OK;
}

static i64 amount_at(const AskedForm *f, const char *field, i64 line) {
	const FormValue *v = form_value(&f->values, str_c(field), line);
	return v ? v->amount : BLANK;
}

static Str text_at(const AskedForm *f, const char *field, i64 line) {
	const FormValue *v = form_value(&f->values, str_c(field), line);
	return v ? v->typed : (Str){0};
}

/* Into its place by the year; the first row of a year counts. */
static void put_year(Arena *a, AskedYears *list, int year, i64 asked) {
	size_t at = list->len;
	for (size_t i = 0; i < list->len; i++)
		if (list->at[i].year == year)
			return;
	while (at > 0 && list->at[at - 1].year > year)
		at--;
	*ARENA_PUSH(a, list->at, list->len, list->cap) = (AskedYear){0};
	for (size_t i = list->len - 1; i > at; i--)
		list->at[i] = list->at[i - 1];
	list->at[at] = (AskedYear){.year = year, .asked = asked, .computed = BLANK, .ceiling = BLANK};
}

Err application_years(Ctx *c, const Application *a, int first, AskedYears *ret) {
	AskedForm f;
	*ret = (AskedYears){0};
	if (a->vp.halere != BLANK)
		put_year(c->arena, ret, first, a->vp.halere);
	TRY(form_of(c, a, &f));
	for (i64 line = 1; f.known && line <= form_lines(&f.values, &f.tree, S("Vyrovnávací platba v dalších letech")); line++) {
		i64 year = amount_at(&f, "vp_rok", line), asked = amount_at(&f, "vp_dalsi", line);
		if (year != BLANK && year > first && year < 10000 && asked != BLANK)
			put_year(c->arena, ret, (int)year, asked);
	}
	return OK;
}

Err application_funders(Ctx *c, const Application *a, Funders *ret) {
	AskedForm f;
	*ret = (Funders){0};
	TRY(form_of(c, a, &f));
	for (i64 line = 1; f.known && line <= form_lines(&f.values, &f.tree, S("Kdo spolufinancuje")); line++) {
		Funder x = {text_at(&f, "spf_kdo", line), text_at(&f, "spf_doklad", line), amount_at(&f, "spf_castka", line)};
		if (x.who.len || x.amount != BLANK)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = x;
	}
	return OK;
}

/* ---- ceilings ---- */

static bool stands_in(const DraftLine *d, int year) {
	return !(date_is(d->since) && date_year(d->since) > year) && !(date_is(d->until) && date_year(d->until) < year);
}

Err draft_years(Ctx *c, const NetworkVersion *v, const Application *a, DraftLine *d, AskedYears *ret) {
	AskedYears all;
	int        first = date_year(date_is(d->since) && date_after(d->since, v->effective_from) ? d->since : v->effective_from);
	*ret = (AskedYears){0};
	TRY(application_years(c, a, first, &all));
	for (size_t i = 0; i < all.len; i++) {
		AskedYear *y = &all.at[i];
		if (!stands_in(d, y->year))
			continue;
		TRY(draft_price_of_year(c, v, d, y->year, &y->computed, &y->fault));
		y->ceiling = asked_more(y) ? y->computed : y->asked;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = *y;
	}
	return OK;
}
