/* rehearsal.c: the job that rehearses a version on stored records, and what it kept. */
#include "domain/rulebook/rehearsal.h"

#include "core/access.h"
#include "core/trail.h"
#include "domain/rulebook/rehearsal.sql.h"

enum { YEAR_MIN = 2000, YEAR_MAX = 2100 };

/* ---- asking ---- */

static Err check_order(Ctx *c, const RehearsalOrder *o) {
	RuleVersion *v, *against;
	TRY(require(c, CAP_RULES_UPDATE));
	TRY(rule_version_get(c, o->version, &v));
	if (o->kind.len && (!rule_case_kind(o->kind) || !rule_case_kind(o->kind)->list))
		return fail(c, ERR_INVALID, "kind", "Takový druh záznamů tu není. Vyberte jiný.");
	if (o->year_from < YEAR_MIN || o->year_from > YEAR_MAX)
		return fail(c, ERR_INVALID, "year_from", "Od roku: napište rok od %d do %d.", YEAR_MIN, YEAR_MAX);
	if (o->year_to < o->year_from || o->year_to > YEAR_MAX)
		return fail(c, ERR_INVALID, "year_to", "Do roku: napište rok, který není před začátkem a je nejvýše %d.", YEAR_MAX);
	if (rule_version_get(c, o->against, &against) != OK || !str_eq(against->code, v->code) || o->against == o->version)
		return fail(c, ERR_INVALID, "against", "Vyberte jinou verzi téže sady, se kterou se má porovnat.");
	return OK;
}

/* Both texts without errors: warnings don't keep anybody from looking. */
static Err open_version(Ctx *c, Id id, const char *field, RuleVersion **v, RuleSet **set) {
	RuleFaults faults;
	TRY(rule_version_get(c, id, v));
	TRY(rule_version_open(c, *v, set, &faults));
	return *set ? OK : fail(c, ERR_INVALID, field, "V textu verze %lld jsou chyby, přehrát ji proto nejde. Opravte je a zkuste to znovu.", (long long)(*v)->no);
}

Err rehearsal_ask(Ctx *c, const RehearsalOrder *o, Id *job) {
	RuleVersion *v, *against;
	RuleSet     *set;
	TRY(check_order(c, o));
	TRY(open_version(c, o->version, NULL, &v, &set));
	TRY(open_version(c, o->against, "against", &against, &set));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(job_add(c, REHEARSAL_JOB, str_format(c->arena, "Přehrání pravidel na minulých letech: verze %lld proti verzi %lld", (long long)v->no, (long long)against->no),
	            str_format(c->arena, "%lld %lld %lld %lld %.*s", (long long)o->version, (long long)o->against, (long long)o->year_from, (long long)o->year_to, STR_ARG(o->kind)),
	            str_format(c->arena, "/app/pravidla/%lld/prehrani", (long long)o->version), job));
	return tx_commit(&tx);
}

Err job_rehearsal(Ctx *c, Job *job) {
	RehearsalOrder o = {0};
	Str            rest = job->input;
	Id             id;
	CHECK(str_to_int(str_cut(&rest, ' '), &o.version) && str_to_int(str_cut(&rest, ' '), &o.against) && str_to_int(str_cut(&rest, ' '), &o.year_from) &&
	      str_to_int(str_cut(&rest, ' '), &o.year_to));
	o.kind = rest;
	TRY(rehearsal_run(c, &o, job, &id));
	job->link = str_format(c->arena, "/app/pravidla/%lld/prehrani/%lld", (long long)o.version, (long long)id);
	return OK;
}

/* ---- computing ---- */

typedef struct Record { const RuleCaseKind *kind; RuleCase of; } Record;
typedef struct Records { Record *at; size_t len, cap; } Records;

typedef struct Play {
	Ctx           *c;
	const RuleSet *before, *after;
	Rehearsal      sum;                      /* its totals live in c->arena */
	KeptChanges    changes;
	size_t         changed_cases;
} Play;

/* A kind that this person may not see has no records for them. */
static Err gather(Ctx *c, const RehearsalOrder *o, Records *ret) {
	const RuleCaseKind *k;
	*ret = (Records){0};
	for (size_t i = 0; (k = rule_case_kind_at(i)); i++) {
		RuleCases some;
		size_t    said = c->problems.len;
		if (!k->list || (o->kind.len && !str_eq(o->kind, str_c(k->code))))
			continue;
		for (i64 year = o->year_from; year <= o->year_to; year++) {
			Err e = k->list(c, (Str){0}, year, -1, &some);
			if (e == ERR_FORBIDDEN)
				c->problems.len = said;
			else if (e != OK)
				return e;
			for (size_t x = 0; e == OK && x < some.len; x++)
				*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Record){k, some.at[x]};
		}
	}
	return OK;
}

static Exact kept(Arena *a, Arena *scratch, Exact x) {
	Exact ret = exact_int(a, 0);
	return exact_read_plain(a, exact_plain(scratch, x), &ret) ? ret : exact_int(a, 0);
}

static Str difference(Arena *a, RuleType type, bool known, Exact before, Exact after) {
	Exact d;
	return known && rule_type_is_number(type) && exact_sub(a, after, before, &d) ? rule_value_show(a, rule_number(type, d)) : (Str){0};
}

/* What lives for one record is let go; what is kept is copied. */
static void keep_results(Play *p, const Record *r, Rehearsal *one, Arena *scratch) {
	Arena *a = p->c->arena;
	for (size_t i = 0; i < one->total_count; i++) {
		RehearsalTotal *t = &p->sum.totals[i];
		t->computed += one->totals[i].computed;
		t->changed += one->totals[i].changed;
		t->adds_up = t->adds_up && one->totals[i].adds_up && exact_add(a, t->before, kept(a, scratch, one->totals[i].before), &t->before) &&
		             exact_add(a, t->after, kept(a, scratch, one->totals[i].after), &t->after);
	}
	for (size_t i = 0; i < one->len; i++) {
		RehearsalChange *x = &one->at[i];
		bool known = x->before.state == RULE_KNOWN && x->after.state == RULE_KNOWN && x->before.type == x->after.type;
		Str  by = known ? difference(scratch, x->after.type, true, x->before.number, x->after.number) : (Str){0};
		*ARENA_PUSH(a, p->changes.at, p->changes.len, p->changes.cap) = (KeptChange){.kind = str_c(r->kind->code), .object = r->of.id, .label = r->of.label,
			.rule = x->rule, .title = x->rule_title.len ? x->rule_title : x->rule, .before = str_dup(a, rule_value_show(scratch, x->before)),
			.after = str_dup(a, rule_value_show(scratch, x->after)), .difference = str_dup(a, by)};
	}
	p->changed_cases += one->len > 0;
}

static Err play_one(Play *p, const Record *r) {
	CLEANUP(arena_free) Arena scratch = {0};
	Ctx           own = *p->c;
	Rehearsal     one;
	RehearsalCase x = {.title = r->of.label, .day = r->of.day};
	own.arena = &scratch;
	own.problems = (Problems){0};
	Err e = r->kind->cells(&own, r->of.id, &x.cells, &x.arg);
	if (e != OK)
		return fail(p->c, e, NULL, "Záznam „%.*s“ nejde přečíst. %.*s", STR_ARG(r->of.label), STR_ARG(first_problem(&own)));
	rehearse(&scratch, p->before, p->after, &x, 1, &one);
	keep_results(p, r, &one, &scratch);
	return OK;
}

/* ---- keeping ---- */

static Err put_rows(Ctx *c, Id id, const Play *p) {
	Id row;
	for (size_t i = 0; i < p->sum.total_count; i++) {
		const RehearsalTotal *t = &p->sum.totals[i];
		Str before = t->adds_up ? rule_value_show(c->arena, rule_number(t->type, t->before)) : (Str){0};
		Str after = t->adds_up ? rule_value_show(c->arena, rule_number(t->type, t->after)) : (Str){0};
		Str by = difference(c->arena, t->type, t->adds_up, t->before, t->after);
		if (!t->computed)
			continue;
		if (db_new_id(c->conn, &row) != OK || db_run(c->conn, &sql_rehearsal_total_add, P(V(row), V(id), V(t->rule), V(t->title.len ? t->title : t->rule),
		    V((i64)t->computed), V((i64)t->changed), V(before), V(after), V(by)), NULL) != OK)
			return fail_internal(c, "rehearsal");
	}
	for (size_t i = 0; i < p->changes.len; i++) {
		const KeptChange *x = &p->changes.at[i];
		if (db_new_id(c->conn, &row) != OK || db_run(c->conn, &sql_rehearsal_change_add, P(V(row), V(id), V(x->kind), V(x->object), V(x->label), V(x->rule), V(x->title),
		    V(x->before), V(x->after), V(x->difference)), NULL) != OK)
			return fail_internal(c, "rehearsal");
	}
	return OK;
}

static Err put(Ctx *c, const RehearsalOrder *o, const RuleVersion *v, const RuleVersion *against, const Records *all, const Play *p, Id *ret) {
	Str only_before = str_join(c->arena, S("; "), p->sum.only_before), only_after = str_join(c->arena, S("; "), p->sum.only_after);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_new_id(c->conn, ret) != OK)
		return fail_internal(c, "rehearsal");
	if (db_run(c->conn, &sql_rehearsal_add, P(V(*ret), V(o->version), V(o->against), V(against->digest), V(v->digest), V(o->kind), V(o->year_from), V(o->year_to),
	           V((i64)all->len), V((i64)p->changed_cases), V((i64)p->changes.len), V(only_before), V(only_after), V(c->now)), NULL) != OK)
		return fail_internal(c, "rehearsal");
	TRY(put_rows(c, *ret, p));
	TRY(trail_add(c, (TrailEntry){.action = "rehearse", .object = "rule_set", .object_id = o->version,
		.text = str_format(c->arena, "Přehráno na letech %lld až %lld proti verzi %lld: záznamů %zu, jinak vychází u %zu. Otisk %.*s.", (long long)o->year_from,
			(long long)o->year_to, (long long)against->no, all->len, p->changed_cases, STR_ARG(v->digest))}));
	return tx_commit(&tx);
}

Err rehearsal_run(Ctx *c, const RehearsalOrder *o, Job *job, Id *ret) {
	RuleVersion *v, *against;
	RuleSet     *before, *after;
	Records      all;
	TRY(check_order(c, o));
	TRY(open_version(c, o->version, NULL, &v, &after));
	TRY(open_version(c, o->against, "against", &against, &before));
	TRY(gather(c, o, &all));
	if (!all.len)
		return fail(c, ERR_INVALID, "year_from", "V těchto letech není žádný záznam, na kterém by se pravidla počítala. Zvolte jiné roky nebo druh záznamů.");
	Play p = {.c = c, .before = before, .after = after};
	rehearse(c->arena, before, after, NULL, 0, &p.sum);
	for (size_t i = 0; i < all.len; i++) {
		TRY(play_one(&p, &all.at[i]));
		if (job)
			TRY(job_progress(c, job, (i64)i + 1, (i64)all.len, "přehrávají se záznamy"));
	}
	return put(c, o, v, against, &all, &p, ret);
}

/* ---- reading ---- */

static Strs names_of(Arena *a, Str joined) {
	Strs ret = {0};
	while (joined.len)
		strs_add(a, &ret, str_trim(str_cut(&joined, ';')));
	return ret;
}

Err rehearsals_of(Ctx *c, Id version, KeptRehearsals *ret) {
	*ret = (KeptRehearsals){0};
	if (!may(c, CAP_RULES_UPDATE) && !may(c, CAP_RULES_APPROVE))
		return fail(c, ERR_NOT_FOUND, NULL, "Přehrání pravidel vidí metodik a ten, kdo pravidla schvaluje.");
	Rows r = db_query(ctx_conn(c), &sql_rehearsals_of_version, P(V(version)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (KeptRehearsal){.id = col_int(&r, 0), .version = col_int(&r, 1), .against = col_int(&r, 2),
			.digest_before = str_dup(c->arena, col_text(&r, 3)), .digest_after = str_dup(c->arena, col_text(&r, 4)), .kinds = str_dup(c->arena, col_text(&r, 5)),
			.year_from = col_int(&r, 6), .year_to = col_int(&r, 7), .cases = col_int(&r, 8), .changed_cases = col_int(&r, 9), .changed = col_int(&r, 10),
			.only_before = names_of(c->arena, str_dup(c->arena, col_text(&r, 11))), .only_after = names_of(c->arena, str_dup(c->arena, col_text(&r, 12))),
			.made_at = col_instant(&r, 13), .against_no = col_int(&r, 14)};
	return rows_end(&r) == OK ? OK : fail_internal(c, "rehearsals");
}

Err rehearsal_totals(Ctx *c, const KeptRehearsal *k, KeptTotals *ret) {
	Arena *a = c->arena;
	*ret = (KeptTotals){0};
	if (!access_scope(c, CAP_RULES_READ).all)    /* a sum over few records says what each of them is, also those that the reader may not know */
		return OK;
	Rows r = db_query(ctx_conn(c), &sql_rehearsal_totals, P(V(k->id)));
	while (rows_next(&r))
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (KeptTotal){.rule = str_dup(a, col_text(&r, 0)), .title = str_dup(a, col_text(&r, 1)), .computed = col_int(&r, 2),
			.changed = col_int(&r, 3), .before = str_dup(a, col_text(&r, 4)), .after = str_dup(a, col_text(&r, 5)), .difference = str_dup(a, col_text(&r, 6))};
	return rows_end(&r) == OK ? OK : fail_internal(c, "rehearsals");
}

/* Rows of one record stand together: each record is asked for once. */
Err rehearsal_changes(Ctx *c, const KeptRehearsal *k, KeptChanges *ret, size_t *hidden) {
	Arena      *a = c->arena;
	KeptChanges all = {0};
	RuleCase    of = {0};
	bool        seen = false;
	Rows        r = db_query(ctx_conn(c), &sql_rehearsal_changes, P(V(k->id)));
	*ret = (KeptChanges){0};
	*hidden = 0;
	while (rows_next(&r))
		*ARENA_PUSH(a, all.at, all.len, all.cap) = (KeptChange){.kind = str_dup(a, col_text(&r, 0)), .object = col_int(&r, 1), .label = str_dup(a, col_text(&r, 2)),
			.rule = str_dup(a, col_text(&r, 3)), .title = str_dup(a, col_text(&r, 4)), .before = str_dup(a, col_text(&r, 5)), .after = str_dup(a, col_text(&r, 6)),
			.difference = str_dup(a, col_text(&r, 7))};
	if (rows_end(&r) != OK)
		return fail_internal(c, "rehearsals");
	for (size_t i = 0; i < all.len; i++) {
		size_t said = c->problems.len;
		if (!i || all.at[i].object != all.at[i - 1].object || !str_eq(all.at[i].kind, all.at[i - 1].kind))
			seen = rule_case_find(c, all.at[i].kind, all.at[i].object, &of) == OK;
		c->problems.len = said;
		all.at[i].link = of.link;
		if (seen)
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = all.at[i];
		else
			++*hidden;
	}
	return OK;
}

Err rehearsal_of_text(Ctx *c, const RuleVersion *v, KeptRehearsal *ret, bool *needed) {
	RuleVersion   *held;
	KeptRehearsals all;
	size_t         said = c->problems.len;
	*ret = (KeptRehearsal){0};
	Err e = rule_version_in_force(c, v->code, c->today, &held);
	*needed = e == OK && held->head.id != v->head.id;
	if (e == ERR_NOT_FOUND)
		c->problems.len = said;
	else
		TRY(e);
	if (!*needed)
		return OK;
	TRY(rehearsals_of(c, v->head.id, &all));
	for (size_t i = all.len; i--;)
		if (str_eq(all.at[i].digest_after, v->digest) && str_eq(all.at[i].digest_before, held->digest))
			*ret = all.at[i];
	return OK;
}
