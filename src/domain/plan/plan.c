/* plan.c: plans themselves: opening, reading, what is valid when; days of preparation. */
#include <stdlib.h>

#include "base/text.h"
#include "core/codelist.h"
#include "domain/plan/inside.h"
#include "domain/plan/plan.sql.h"

enum { YEARS = 3 };                          /* § 3 of Act 108/2006: a plan covers three years */

static Err prepare(Ctx *c, void *row) {
	Plan *p = row;
	if (p->year_from != BLANK) {
		p->year_to = p->year_from + YEARS - 1;
		p->slug = str_format(c->arena, "%lld-%lld", (long long)p->year_from, (long long)p->year_to);
	}
	return OK;
}

ENTITY(plan_entity, Plan, PLAN_FIELDS, .name = "plan", .table = "plan", .one = "plán", .many = "plány", .of_many = "plánů", .article = "m", .key = "slug",
       .title = "title", .order = "year_from", .read = CAP_PLAN_READ, .write = CAP_PLAN_UPDATE, .path = "/app/plan", .is_public = true, .prepare = prepare,
       .raises_data_version = true)
ENTITY(plan_chapter_entity, PlanChapter, PLAN_CHAPTER_FIELDS, .name = "plan_chapter", .table = "plan_chapter", .one = "kapitola plánu",
       .many = "kapitoly plánů", .of_many = "kapitol plánů", .article = "f", .title = "title", .order = "no", .read = CAP_PLAN_DRAFT, .write = CAP_PLAN_UPDATE)
ENTITY(plan_note_entity, PlanNote, PLAN_NOTE_FIELDS, .name = "plan_note", .table = "plan_note", .one = "poznámka k plánu", .many = "poznámky k plánům",
       .of_many = "poznámek k plánům", .article = "f", .order = "made_at", .read = CAP_PLAN_DRAFT, .write = CAP_PLAN_DRAFT)
ENTITY(plan_milestone_entity, PlanMilestone, PLAN_MILESTONE_FIELDS, .name = "plan_milestone", .table = "plan_milestone", .one = "termín přípravy plánu",
       .many = "termíny přípravy plánů", .of_many = "termínů přípravy plánů", .article = "m", .title = "title", .order = "day", .read = CAP_PLAN_READ,
       .write = CAP_PLAN_UPDATE, .is_public = true, .raises_data_version = true)

/* ---- reading ---- */

Err plan_stored(Ctx *c, Id id, Plan **ret) {
	void *row;
	TRY(store_get(c, &plan_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err plan_by_slug(Ctx *c, Str slug, Plan **ret) {
	i64 id;
	if (db_get_int(ctx_conn(c), &sql_plan_by_slug, P(V(slug)), 0, &id) != OK)
		return fail_internal(c, "plan by its period");
	if (!id)
		return fail(c, ERR_NOT_FOUND, NULL, "Plán na období %.*s tu není. Vyberte ho ze seznamu plánů.", STR_ARG(slug));
	return plan_stored(c, id, ret);
}

/* Ids first: rows are read one by one after the query has ended. */
static Err ids_of(Ctx *c, const Sql *sql, const DbValue *values, int count, Id **ret, size_t *len) {
	size_t cap = 0;
	*ret = NULL;
	*len = 0;
	Rows r = db_query(ctx_conn(c), sql, values, count);
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, *ret, *len, cap) = col_int(&r, 0);
	return rows_end(&r) == OK ? OK : fail_internal(c, "rows of a plan");
}

Err plans_all(Ctx *c, Plans *ret) {
	Id    *ids;
	size_t n;
	*ret = (Plans){0};
	TRY(ids_of(c, &sql_plan_ids, DB_NONE, &ids, &n));
	for (size_t i = 0; i < n; i++)
		TRY(plan_stored(c, ids[i], ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap)));
	return OK;
}

Err plan_of_day(Ctx *c, Date day, Plan **ret) {
	Plans all;
	*ret = NULL;
	TRY(plans_all(c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i]->valid_version && date_year(day) >= all.at[i]->year_from && date_year(day) <= all.at[i]->year_to)
			*ret = all.at[i];
	return OK;
}

bool plan_is_written(const Plan *p) {
	return str_eq(p->state, S(PLAN_DRAFTING)) || str_eq(p->state, S(PLAN_SETTLING));
}

/* ---- opening ---- */

/* Decree 505/2006 § 39a: what a plan must have, from the code list of the region. */
static Err add_mandatory_parts(Ctx *c, Id plan) {
	CodeItems parts;
	Id        id;
	TRY(codelist_items(c, "plan_part", c->today, &parts));
	for (size_t i = 0; i < parts.len; i++)
		if (code_attribute(parts.at[i], S("mandatory")).len)
			TRY(plan_chapter_add(c, plan, parts.at[i]->code, parts.at[i]->name, &id));
	return OK;
}

static Err refuse_overlap(Ctx *c, i64 from) {
	i64 other;
	if (from == BLANK || from < 2000 || from > 2100)
		return fail(c, ERR_INVALID, "year_from", "První rok: zapište rok od 2000 do 2100, například 2027.");
	if (db_get_int(c->conn, &sql_plan_overlapping, P(V(from), V(from + YEARS - 1)), 0, &other) != OK)
		return fail_internal(c, "plans that overlap");
	if (other)
		return fail(c, ERR_INVALID, "year_from", "Na některý z let %lld–%lld už plán je. Zvolte jiný první rok.", (long long)from, (long long)from + YEARS - 1);
	return OK;
}

Err plan_resolution(Ctx *c, Str number, Resolution *ret) {
	size_t said = c->problems.len;
	Err    e = resolution_by_number(c, number, ret);
	if (e != ERR_NOT_FOUND)
		return e;
	c->problems.len = said;
	return fail(c, ERR_INVALID, "resolution", "Usnesení %.*s není v evidenci usnesení. Zapište ho tam nejdřív.", STR_ARG(number));
}

Err plan_step_open(Ctx *c, WorkMove *m) {
	Plan      *p = m->object->row;
	Resolution r;
	TRY(plan_resolution(c, m->input->resolution, &r));
	p->opening_resolution = r.head.id;
	return OK;
}

Err plan_open(Ctx *c, const PlanNew *n, Id *ret) {
	TRY(require(c, CAP_PLAN_CREATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(refuse_overlap(c, n->year_from));
	Plan *p = entity_new(c->arena, &plan_entity);
	p->title = n->title.len ? n->title : str_format(c->arena, "Střednědobý plán rozvoje sociálních služeb %lld–%lld", (long long)n->year_from,
	                                                (long long)n->year_from + YEARS - 1);
	p->year_from = n->year_from;
	p->author_unit = n->author_unit;
	p->inputs_until = n->inputs_until;
	TRY(prepare(c, p));
	TRY(workflow_start(c, &plan_machine, "open", p, &(WorkInput){.resolution = n->resolution}));
	TRY(add_mandatory_parts(c, p->head.id));
	*ret = p->head.id;
	return tx_commit(&tx);
}

Err plan_change(Ctx *c, Plan *p) {
	TRY(require(c, CAP_PLAN_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_update(c, &plan_entity, p));
	return tx_commit(&tx);
}

/* ---- from before the program ---- */

static Err add_old(Ctx *c, Id document, OldPlans *ret) {
	DocumentVersion v;
	Document       *d;
	size_t          said = c->problems.len;
	Err             e = document_get(c, document, &d);
	if (e == OK)
		e = document_newest(c, document, &v);
	if (e == ERR_NOT_FOUND) {                /* a draft, or not public */
		c->problems.len = said;
		return OK;
	}
	TRY(e);
	*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (OldPlan){.document = document, .title = d->title, .from = v.valid_from, .to = d->valid_to};
	return OK;
}

static int later_first(const void *x, const void *y) {
	const OldPlan *a = x, *b = y;
	return a->from.n != b->from.n ? (a->from.n < b->from.n) - (a->from.n > b->from.n) : (a->document < b->document) - (a->document > b->document);
}

Err plans_before_program(Ctx *c, OldPlans *ret) {
	Id    *ids;
	size_t n;
	*ret = (OldPlans){0};
	TRY(ids_of(c, &sql_plan_documents_alone, NULL, 0, &ids, &n));
	for (size_t i = 0; i < n; i++)
		TRY(add_old(c, ids[i], ret));
	if (ret->len > 1)
		qsort(ret->at, ret->len, sizeof *ret->at, later_first);
	return OK;
}

/* ---- days of preparation ---- */

Err plan_milestones(Ctx *c, Id plan, PlanMilestones *ret) {
	Id    *ids;
	size_t n;
	void  *row;
	*ret = (PlanMilestones){0};
	TRY(ids_of(c, &sql_plan_milestone_ids, P(V(plan)), &ids, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(store_get(c, &plan_milestone_entity, TODAY, ids[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

Err plan_milestone_add(Ctx *c, Id plan, Date day, Str title) {
	TRY(require(c, CAP_PLAN_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_insert(c, &plan_milestone_entity, &(PlanMilestone){.plan = plan, .day = day, .title = text_clean(c->arena, title)}));
	return tx_commit(&tx);
}

Err plan_milestone_done(Ctx *c, Id milestone, bool done) {
	void *row;
	TRY(require(c, CAP_PLAN_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(store_get(c, &plan_milestone_entity, TODAY, milestone, &row));
	((PlanMilestone *)row)->is_done = done;
	TRY(entity_update(c, &plan_milestone_entity, row));
	return tx_commit(&tx);
}
