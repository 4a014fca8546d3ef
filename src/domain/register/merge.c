/* merge.c: doubled records become one. */
#include "domain/register/merge.h"

#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "core/history.h"
#include "core/trail.h"
#include "domain/register/machines.h"
#include "domain/register/register_import.h"

#include "domain/register/merge.sql.h"

/* ---- may it be merged ---- */

static Str name_of(const Entity *e, const void *row) {
	return e == &provider_entity ? ((const Provider *)row)->name : ((const Service *)row)->name;
}

static Id merged_into(const Entity *e, const void *row) {
	return e == &provider_entity ? ((const Provider *)row)->merged_into : ((const Service *)row)->merged_into;
}

static Err refuse(Ctx *c, const Entity *e, Id from, Id to, MergePlan *ret) {
	i64 chain;
	CHECK(e == &provider_entity || e == &service_entity);
	TRY(entity_get(c, e, TODAY, from, &ret->from));
	if (from == to)
		return fail(c, ERR_CONFLICT, "cil", "Záznam nejde sloučit sám se sebou. Vyberte jiný cíl.");
	if (merged_into(e, ret->from))
		return fail(c, ERR_CONFLICT, NULL, "Tento záznam už sloučený je.");
	size_t said = c->problems.len;
	if (entity_get(c, e, TODAY, to, &ret->to) != OK) {
		Id moved = 0;
		c->problems.len = said;
		TRY(register_redirect(c, e->name, to, &moved));
		return moved ? fail(c, ERR_CONFLICT, "cil", "Vybraný cíl už byl sloučen do jiného záznamu. Slučte rovnou s tím.")
		             : fail(c, ERR_NOT_FOUND, NULL, "Cíl sloučení neexistuje, nebo už neplatí.");
	}
	if (merged_into(e, ret->to))
		return fail(c, ERR_CONFLICT, "cil", "Vybraný cíl už byl sloučen do jiného záznamu. Slučte rovnou s tím.");
	const Sql *sql = e == &provider_entity ? &sql_merge_providers_into : &sql_merge_services_into;
	if (db_get_int(ctx_conn(c), sql, P(V(from)), 0, &chain) != OK)
		return fail_internal(c, "merge");
	if (chain)
		return fail(c, ERR_CONFLICT, NULL, "Do záznamu „%.*s“ už byl sloučen jiný, vznikl by řetěz přesměrování. Slučte je opačným směrem.", STR_ARG(name_of(e, ret->from)));
	return OK;
}

/* ---- what moves ---- */

/* Has the target the same part? */
static bool is_double(const Entity *e, const void *x, const void *y) {
	if (e == &form_row_entity)
		return str_eq(((const FormRow *)x)->form, ((const FormRow *)y)->form);
	if (e == &contact_entity)
		return str_eq(((const Contact *)x)->kind, ((const Contact *)y)->kind) && str_eq(((const Contact *)x)->value, ((const Contact *)y)->value);
	const Facility *f = x, *g = y;
	return f->municipality == g->municipality && str_eq(f->street, g->street) && str_eq(f->house_no, g->house_no) && str_eq(f->part, g->part)
	       && str_eq(f->name, g->name) && f->secret_address == g->secret_address;
}

static const void *double_in(const Entity *e, const void *row, const EntityList *others) {
	for (size_t i = 0; i < others->len; i++)
		if (is_double(e, row, others->at[i]))
			return others->at[i];
	return NULL;
}

static Err plan_parts(Ctx *c, const Entity *e, const char *what, Id from, Id to, MergePlan *ret) {
	EntityList mine, theirs;
	MergePart *p = &ret->parts[ret->part_count++];
	*p = (MergePart){.entity = e, .what = what};
	TRY(parts_list(c, e, TODAY, from, &mine));
	TRY(parts_list(c, e, TODAY, to, &theirs));
	for (size_t i = 0; i < mine.len; i++)
		strs_add(c->arena, double_in(e, mine.at[i], &theirs) ? &p->doubled : &p->moved, field_people(c, entity_field(e, str_c(e->title)), mine.at[i]));
	return OK;
}

static Err plan_service(Ctx *c, Id from, Id to, MergePlan *ret) {
	i64 n;
	TRY(plan_parts(c, &form_row_entity, "Formy s kapacitami", from, to, ret));
	TRY(plan_parts(c, &facility_entity, "Zařízení", from, to, ret));
	TRY(plan_parts(c, &contact_entity, "Kontakty", from, to, ret));
	if (db_get_int(ctx_conn(c), &sql_merge_suggestion_count, P(V(from)), 0, &n) != OK)
		return fail_internal(c, "merge");
	MergePart *p = &ret->parts[ret->part_count++];
	*p = (MergePart){.what = "Návrhy změn"};
	if (n)
		strs_add(c->arena, &p->moved, str_format(c->arena, "%lld", (long long)n));
	const Service *x = ret->from, *y = ret->to;
	if (!str_eq(x->kind, y->kind))
		strs_add(c->arena, &ret->warnings, str_format(c->arena, "Služby mají jiný druh: %.*s a %.*s.", STR_ARG(codelist_name(c, "service_kind", x->kind)),
		                                              STR_ARG(codelist_name(c, "service_kind", y->kind))));
	if (x->provider != y->provider)
		strs_add(c->arena, &ret->warnings, S("Služby mají jiného poskytovatele."));
	return OK;
}

static Err services_of(Ctx *c, Id provider, EntityList *ret) {
	ListFilter of = {.field = entity_field(&service_entity, S("provider")), .value = str_format(c->arena, "%lld", (long long)provider)};
	return entity_list(c, &service_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, ret);
}

static Err plan_provider(Ctx *c, Id from, MergePlan *ret) {
	EntityList services;
	MergePart *p = &ret->parts[ret->part_count++], *people = &ret->parts[ret->part_count++];
	*p = (MergePart){.entity = &service_entity, .what = "Služby"};
	*people = (MergePart){.what = "Lidé, kteří za poskytovatele jednají"};
	TRY(services_of(c, from, &services));
	for (size_t i = 0; i < services.len; i++)
		strs_add(c->arena, &p->moved, ((Service *)services.at[i])->name);
	Rows rows = db_query(ctx_conn(c), &sql_merge_roles, P(V(from)));
	while (rows_next(&rows)) {
		Str name = str_dup(c->arena, col_text(&rows, 1)), role = codelist_name(c, "role", str_dup(c->arena, col_text(&rows, 2)));
		strs_add(c->arena, &people->moved, str_format(c->arena, "%.*s (%.*s)", STR_ARG(name), STR_ARG(role)));
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "merge");
	const Provider *x = ret->from, *y = ret->to;
	if (x->ico.len && y->ico.len && !str_eq(x->ico, y->ico))
		strs_add(c->arena, &ret->warnings, str_format(c->arena, "Poskytovatelé mají jiné IČO: %.*s a %.*s.", STR_ARG(x->ico), STR_ARG(y->ico)));
	return OK;
}

Err merge_plan(Ctx *c, const Entity *e, Id from, Id to, MergePlan *ret) {
	*ret = (MergePlan){.entity = e};
	TRY(require(c, CAP_REGISTER_EDIT));
	TRY(refuse(c, e, from, to, ret));
	return e == &provider_entity ? plan_provider(c, from, ret) : plan_service(c, from, to, ret);
}

/* ---- moving ---- */

static Err move(Ctx *c, const Entity *e, void *row, const char *field, Id to) {
	*(Id *)field_at(entity_field(e, str_c(field)), row) = to;
	return history_change(c, e, row, c->today, ((EntityHead *)row)->valid_to);
}

/* The register does not know that the target has this part: the next import keeps it. */
static Err move_part(Ctx *c, const Entity *e, void *row, const char *field, Id to) {
	TRY(move(c, e, row, field, to));
	return register_note_override(c, e, NULL, row);
}

/* From today on it is not there. */
static Err end_today(Ctx *c, const Entity *e, const EntityHead *h) {
	return history_end(c, e, h->id, h->version, c->today, (Date){0});
}

/* Capacities of a form that the target has, too: kinds that it lacks move to its form. */
static Err merge_capacities(Ctx *c, Id from_form, Id to_form) {
	EntityList mine, theirs;
	ListFilter of = {.field = entity_field(&capacity_entity, S("form_row")), .value = str_format(c->arena, "%lld", (long long)from_form)};
	TRY(entity_list(c, &capacity_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, &mine));
	of.value = str_format(c->arena, "%lld", (long long)to_form);
	TRY(entity_list(c, &capacity_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, &theirs));
	for (size_t i = 0; i < mine.len; i++) {
		Capacity *k = mine.at[i];
		bool      has = false;
		for (size_t j = 0; j < theirs.len; j++)
			has = has || str_eq(((Capacity *)theirs.at[j])->type, k->type);
		TRY(has ? end_today(c, &capacity_entity, &k->head) : move_part(c, &capacity_entity, k, "form_row", to_form));
	}
	return OK;
}

static Err move_parts(Ctx *c, const Entity *e, Id from, Id to) {
	EntityList mine, theirs;
	TRY(parts_list(c, e, TODAY, from, &mine));
	TRY(parts_list(c, e, TODAY, to, &theirs));
	for (size_t i = 0; i < mine.len; i++) {
		const EntityHead *same = double_in(e, mine.at[i], &theirs), *own = mine.at[i];
		TRY(part_writable(c, e, mine.at[i]));
		if (!same) {
			TRY(move_part(c, e, mine.at[i], "service", to));
			continue;
		}
		if (e == &form_row_entity)
			TRY(merge_capacities(c, own->id, same->id));
		TRY(end_today(c, e, own));
	}
	return OK;
}

static Err move_suggestions(Ctx *c, Id from, Id to) {
	TRY(db_run(c->conn, &sql_merge_suggestions, P(V(from), V(to)), NULL));
	TRY(db_run(c->conn, &sql_merge_suggestions_own, P(V(from), V(to)), NULL));
	Suggestions open;
	TRY(suggestions_read(c, (SuggestionQuery){.service = to, .open_only = true, .limit = 1000}, &open));
	for (size_t i = 0; i < open.len; i++)
		TRY(workflow_refresh(c, &suggestion_machine, open.at[i].head.id));
	return OK;
}

static Err move_services(Ctx *c, Id from, Id to) {
	EntityList services;
	TRY(services_of(c, from, &services));
	for (size_t i = 0; i < services.len; i++)
		TRY(move(c, &service_entity, services.at[i], "provider", to));
	return OK;
}


/* Roles and organisations belong to the subject people; here only whom they stand for changes, and each change is in the trail. */
static Err move_people_rows(Ctx *c, const Sql *list, const Sql *one, const char *object, const char *field, Id from, Id to) {
	Ids  ids = {0};
	Rows rows = db_query(c->conn, list, P(V(from)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	TRY(rows_end(&rows));
	TrailChange change = {.field = field, .before = str_format(c->arena, "%lld", (long long)from), .after = str_format(c->arena, "%lld", (long long)to)};
	for (size_t i = 0; i < ids.len; i++) {
		TRY(db_run(c->conn, one, P(V(ids.at[i]), V(to)), NULL));
		TRY(trail_add(c, (TrailEntry){.action = "change", .object = object, .object_id = ids.at[i], .changes = &change, .change_count = 1}));
	}
	return OK;
}

static Err move_people(Ctx *c, Id from, Id to) {
	TRY(move_people_rows(c, &sql_merge_roles, &sql_merge_role, "account_role", "scope_ref", from, to));
	return move_people_rows(c, &sql_merge_organisations, &sql_merge_organisation, "organisation", "ref", from, to);
}

/* The record says on its last day where it goes, and ends. One that began today has that day only and keeps it. */
static Err end_merged(Ctx *c, const Entity *e, Id from, Id to) {
	Date   last = date_add(c->today, -1);
	size_t said = c->problems.len;
	void  *row;
	if (entity_get(c, e, (AsOf){.valid = last}, from, &row) != OK) {
		c->problems.len = said;
		last = c->today;
		TRY(entity_get(c, e, TODAY, from, &row));
	}
	EntityHead *h = row;
	*(Id *)field_at(entity_field(e, S("merged_into")), row) = to;
	TRY(history_change(c, e, row, last, last));
	void *now;
	TRY(entity_get(c, e, (AsOf){.valid = last}, h->id, &now));
	return history_end(c, e, h->id, ((EntityHead *)now)->version, date_add(last, 1), (Date){0});
}

/* The next import neither compares the merged record nor brings it back. */
static Err tell_import(Ctx *c, const Entity *e, Id from, Id to) {
	DbValue mark = db_value_bytes(S(REGISTER_PASSED_OVER));
	return e == &service_entity ? db_run(c->conn, &sql_merge_register_service, P(V(from), V(mark)), NULL)
	                            : db_run(c->conn, &sql_merge_register_provider, P(V(from), V(to), V(mark)), NULL);
}

static Err apply(Ctx *c, const Entity *e, MergePlan *plan) {
	Id from = ((EntityHead *)plan->from)->id, to = ((EntityHead *)plan->to)->id;
	if (e == &service_entity) {
		TRY(move_parts(c, &form_row_entity, from, to));
		TRY(move_parts(c, &facility_entity, from, to));
		TRY(move_parts(c, &contact_entity, from, to));
		TRY(move_suggestions(c, from, to));
	} else {
		TRY(move_services(c, from, to));
		TRY(move_people(c, from, to));
	}
	TRY(trail_add(c, (TrailEntry){.action = "merge", .object = e->name, .object_id = from,
		.text = str_format(c->arena, "sloučeno do záznamu „%.*s“", STR_ARG(name_of(e, plan->to)))}));
	TRY(trail_add(c, (TrailEntry){.action = "merge", .object = e->name, .object_id = to,
		.text = str_format(c->arena, "přijal údaje záznamu „%.*s“", STR_ARG(name_of(e, plan->from)))}));
	TRY(tell_import(c, e, from, to));
	return end_merged(c, e, from, to);
}

static bool same_name(Ctx *c, Str x, Str y) {
	return str_eq(text_fold(c->arena, text_clean(c->arena, x)), text_fold(c->arena, text_clean(c->arena, y)));
}

Err merge_apply(Ctx *c, const Entity *e, Id from, i64 version, Id to, Str typed) {
	MergePlan plan;
	TRY(require(c, CAP_REGISTER_EDIT));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(merge_plan(c, e, from, to, &plan));
	if (((EntityHead *)plan.from)->version != version)
		return fail(c, ERR_CONFLICT, NULL, "Záznam mezitím uložil někdo jiný. Projděte náhled ještě jednou.");
	Err err = OK;
	if (!same_name(c, typed, name_of(e, plan.from)))
		err = fail(c, ERR_INVALID, "nazev", "Opište název záznamu, který zanikne: %.*s.", STR_ARG(name_of(e, plan.from)));
	if (!str_trim(c->reason).len)
		err = fail(c, ERR_INVALID, "reason", "Důvod sloučení: doplňte větu, podle čeho jste poznali, že jde o totéž.");
	TRY(err);
	size_t said = c->problems.len;
	err = apply(c, e, &plan);
	if (err != OK)
		return c->problems.len > said ? err : fail_internal(c, "merge");
	return tx_commit(&tx);
}
