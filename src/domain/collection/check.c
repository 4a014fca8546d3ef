/* check.c: what is wrong with what was filled in (G8). Hard faults keep it from being locked, soft ones want a note; each message says both sides. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/collection/attachment.h"

typedef struct Checking {
	Ctx              *c;
	const FormTree   *t;
	const FormValues *v;
	Faults           *to;
} Checking;

static void add(Checking *k, const FormField *f, i64 line, bool is_hard, Str text) {
	const FormValue *x = form_value(k->v, f->stable, line);
	bool             noted = x && x->note.len;
	Str              where = line ? str_format(k->c->arena, "%.*s, řádek %lld, %.*s: ", STR_ARG(f->grid), (long long)line, STR_ARG(f->label))
	                              : str_format(k->c->arena, "%.*s: ", STR_ARG(f->label));
	*ARENA_PUSH(k->c->arena, k->to->at, k->to->len, k->to->cap) =
		(Fault){.field = f->stable, .section = f->section, .line = line, .text = str_cat(k->c->arena, where, text),
		        .is_hard = is_hard, .is_explained = !is_hard && noted};
	k->to->hard += is_hard;
	k->to->unexplained += !is_hard && !noted;
}

static Str amount(Checking *k, const FormField *f, i64 n) { return form_amount_text(k->c->arena, f, n); }

static void check_bounds(Checking *k, const FormField *f, i64 line, i64 n) {
	Arena *a = k->c->arena;
	if (f->least != BLANK && n < f->least)
		add(k, f, line, true, str_format(a, "zapsáno %.*s, nejméně může být %.*s.", STR_ARG(amount(k, f, n)), STR_ARG(amount(k, f, f->least))));
	if (f->most != BLANK && n > f->most)
		add(k, f, line, true, str_format(a, "zapsáno %.*s, nejvýše může být %.*s.", STR_ARG(amount(k, f, n)), STR_ARG(amount(k, f, f->most))));
}

/* |now - before| > before * percent / 100, without dividing. */
static bool jumps(i64 now, i64 before, i64 percent) {
	i64 difference, allowed;
	if (__builtin_sub_overflow(now, before, &difference) || __builtin_mul_overflow(difference < 0 ? -difference : difference, (i64)100, &difference) ||
	    __builtin_mul_overflow(before < 0 ? -before : before, percent, &allowed))
		return true;
	return difference > allowed;
}

static bool is_known_choice(Ctx *c, const FormField *f, Str typed) {
	const Unit *u = str_eq(f->list, S("obvody")) ? territory_by_code(c, LEVEL_DISTRICT, typed) : NULL;
	return u || (!str_eq(f->list, S("obvody")) && codelist_find(c, str_z(c->arena, f->list), typed));
}

static void check_value(Checking *k, const FormField *f, i64 line) {
	Arena           *a = k->c->arena;
	const FormValue *x = form_value(k->v, f->stable, line);
	const char      *why = NULL;
	i64              n;
	if (!x || !x->typed.len) {
		if (f->required)
			add(k, f, line, true, form_is_number(f) ? S("údaj chybí. Napište číslo; když nic není, napište 0, a když se služby netýká, napište „nevztahuje se“.")
			                                        : S("údaj chybí. Doplňte ho."));
		return;
	}
	if (form_is_not_applicable(x->typed)) {
		if (form_is(f, FORM_CHOICE) || form_is(f, FORM_YES))
			add(k, f, line, true, S("vyberte jednu z nabízených možností."));
		return;
	}
	if (!form_amount(f, x->typed, &n, &why)) {
		add(k, f, line, true, str_format(a, "„%.*s“ nejde přečíst. %s", STR_ARG(utf8_first(x->typed, 40)), why ? why : ""));
		return;
	}
	if (form_is(f, FORM_CHOICE) && !is_known_choice(k->c, f, x->typed))
		add(k, f, line, true, S("vyberte jednu z nabízených možností."));
	if (form_is(f, FORM_YES) && !str_eq(x->typed, S("ano")) && !str_eq(x->typed, S("ne")))
		add(k, f, line, true, S("vyberte ano, nebo ne."));
	if (n == BLANK)
		return;
	check_bounds(k, f, line, n);
	if (f->needs_note && n != 0)
		add(k, f, line, false, str_format(a, "%.*s je víc než 0; do poznámky napište, co to je.", STR_ARG(amount(k, f, n))));
	if (f->jump != BLANK && x->before != BLANK && jumps(n, x->before, f->jump))
		add(k, f, line, false, str_format(a, "%.*s proti %.*s minule je rozdíl větší než %lld %%; vysvětlete ho v poznámce.", STR_ARG(amount(k, f, n)),
		                                  STR_ARG(amount(k, f, x->before)), (long long)f->jump));
}

/* What a column makes together with another field of the form; rows without an amount add nothing. */
static void check_column_equal(Checking *k, const FormField *f, i64 lines) {
	const FormField *other = form_tree_field(k->t, f->equals);
	i64              whole = other ? form_sum(k->t, k->v, other) : BLANK, sum = 0;
	for (i64 line = 1; line <= lines; line++) {
		const FormValue *x = form_value(k->v, f->stable, line);
		if (x && x->amount != BLANK && __builtin_add_overflow(sum, x->amount, &sum))
			return;
	}
	if (whole != BLANK && sum != whole)
		add(k, f, lines ? lines : 1, true, str_format(k->c->arena, "součet sloupce je %.*s, má se rovnat údaji „%.*s“, kde je %.*s.", STR_ARG(amount(k, f, sum)),
		                                              STR_ARG(other->label), STR_ARG(amount(k, other, whole))));
}

static void check_column(Checking *k, const FormField *f) {
	i64  lines = form_lines(k->v, k->t, f->grid), sum = 0;
	bool all = true;
	for (i64 line = 1; line <= lines; line++) {
		const FormValue *x = form_value(k->v, f->stable, line);
		check_value(k, f, line);
		if (x && form_is_not_applicable(x->typed))
			continue;                        /* nothing of that row; the others still make the whole */
		all = all && x && x->amount != BLANK && !__builtin_add_overflow(sum, x->amount, &sum);
	}
	if (!lines && f->required)
		add(k, f, 1, true, S("tabulka je prázdná. Doplňte aspoň jeden řádek."));
	if (lines && all && f->sum_is != BLANK && sum != f->sum_is)
		add(k, f, lines, true, str_format(k->c->arena, "součet sloupce je %.*s, má být %.*s.", STR_ARG(amount(k, f, sum)), STR_ARG(amount(k, f, f->sum_is))));
	if (f->equals.len)
		check_column_equal(k, f, lines);
}

static void check_equal(Checking *k, const FormField *f) {
	const FormField *other = form_tree_field(k->t, f->equals);
	if (!other)
		return;
	i64 left = form_sum(k->t, k->v, f), right = form_sum(k->t, k->v, other), difference;
	if (left == BLANK || right == BLANK || left == right || __builtin_sub_overflow(left, right, &difference))
		return;                              /* what is missing was said at its own field */
	add(k, f, 0, true, str_format(k->c->arena, "%.*s se má rovnat údaji „%.*s“, kde je %.*s; rozdíl je %.*s.", STR_ARG(amount(k, f, left)), STR_ARG(other->label),
	                              STR_ARG(amount(k, f, right)), STR_ARG(amount(k, f, difference))));
}

void form_check(Ctx *c, const FormTree *t, const FormValues *v, Faults *ret) {
	Checking k = {c, t, v, ret};
	*ret = (Faults){0};
	for (size_t i = 0; i < t->len; i++) {
		const FormField *f = t->at[i];
		if (f->grid.len)
			check_column(&k, f);
		else if (!f->computed && !form_is(f, FORM_FILE))
			check_value(&k, f, 0);
		if (f->equals.len && !f->grid.len)
			check_equal(&k, f);
	}
}

static Err check_files(Ctx *c, const Submission *s, const FormTree *t, Faults *ret) {
	Asks asks;
	TRY(submission_asks(c, s, t, &asks));
	for (size_t i = 0; i < asks.len; i++) {
		const Ask *a = &asks.at[i];
		if (!a->required || a->files.len)
			continue;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) =
			(Fault){.field = a->code, .section = S("Přílohy"), .text = str_format(c->arena, "%.*s: povinná příloha chybí. Přiložte ji na stránce Přílohy.", STR_ARG(a->label)),
			        .is_hard = true, .is_file = true};
		ret->hard++;
	}
	return OK;
}

Err submission_check(Ctx *c, const Submission *s, Faults *ret) {
	FormTree   t;
	FormValues v;
	TRY(form_tree(c, s->form_version, &t));
	TRY(submission_values(c, s->head.id, &v));
	form_check(c, &t, &v, ret);
	return check_files(c, s, &t, ret);
}
