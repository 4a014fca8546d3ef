/* application.c: applications: who may read what of one, who may begin one, what the register already knows. Their form: application_form.c. */
#include "domain/network/application_inside.h"

#include <stdlib.h>

#include "base/format.h"
#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "domain/network/call.sql.h"

bool application_is(const Application *a, const char *state) { return str_eq(a->state, str_c(state)); }

bool application_is_own(Ctx *c, const Application *a) {
	RowScope own = access_scope(c, CAP_APPLICATION_CREATE);
	return !own.all && scope_has_provider(&own, a->provider);
}

bool application_sees_points(Ctx *c, const Application *a) {
	bool decided = application_is(a, APPLICATION_INCLUDED) || application_is(a, APPLICATION_REFUSED) || application_is(a, APPLICATION_DEFERRED);
	bool of_region = access_scope(c, CAP_SCORE_READ).all && a->points != BLANK;
	if (application_is_own(c, a))
		return decided && may(c, CAP_SCORE_READ);        /* the applicant, also when the same person scores for the region elsewhere */
	return may(c, CAP_SCORE_APPROVE) || (may(c, CAP_SCORE_READ) && (decided || of_region));
}

/* Points before the decision are for those who decide and, once the scoring is closed, for officers; never for the applicant and the towns. */
static void application_hide(Ctx *c, void *row) {
	Application *a = row;
	if (application_sees_points(c, a))
		return;
	a->points = a->place = a->money_needed = BLANK;
	a->level = a->ties = (Str){0};
	if (!application_is(a, APPLICATION_REFUSED))
		a->refusal_reason = (Str){0};
}

/* Whoever is asked to state on it reads it: every district with a share that matters, and its municipality; not only the main one. */
static const ScopeRows also_for[] = {
	{SCOPE_MUNICIPALITY, "municipal_statement", "application", "municipality"},
	{SCOPE_DISTRICT, "municipal_statement", "application", "district"},
};

ENTITY(application_entity, Application, APPLICATION_FIELDS, .name = "network_application", .table = "network_application", .one = "žádost o zařazení do sítě",
       .many = "žádosti o zařazení do sítě", .of_many = "žádostí o zařazení do sítě", .article = "f", .title = "name", .order = "name", .newest_first = true,
       .read = CAP_APPLICATION_READ, .write = CAP_APPLICATION_APPROVE, .path = "/app/zadosti", .scope_provider = "provider", .scope_district = "district",
       .scope_rows = also_for, .scope_row_count = LEN(also_for),
       .hide = application_hide)

Err application_stored(Ctx *c, Id id, Application **ret) {
	void *row;
	TRY(store_get(c, &application_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err application_get(Ctx *c, Id id, Application **ret) {
	void *row;
	TRY(require(c, CAP_APPLICATION_READ));
	TRY(entity_get(c, &application_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err application_list(Ctx *c, Id call, Applications *ret) {
	EntityList all;
	ListFilter of = {.field = entity_field(&application_entity, S("call")), .value = str_format(c->arena, "%lld", (long long)call)};
	*ret = (Applications){0};
	TRY(entity_list(c, &application_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = all.at[i];
	return OK;
}

/* ---- territory ---- */

static int by_share(const void *x, const void *y) {
	const AreaShare *a = x, *b = y;
	return a->share.basis_points != b->share.basis_points ? (a->share.basis_points < b->share.basis_points ? 1 : -1) : str_cmp(a->district->code, b->district->code);
}

void application_areas(Ctx *c, const Application *a, AreaShares *ret) {
	Str rest = a->areas;
	*ret = (AreaShares){0};
	while (rest.len) {
		Str         one = str_cut(&rest, ','), code = str_cut(&one, '=');
		i64         share = 0;
		const Unit *u = territory_by_code(c, LEVEL_DISTRICT, code);
		if (u && str_to_int(one, &share))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (AreaShare){u, {share}};
	}
	if (ret->len > 1)
		qsort(ret->at, ret->len, sizeof *ret->at, by_share);
}

/* ---- beginning ---- */

typedef struct Known { Prefill at[12]; size_t len; } Known;

static void know(Known *k, const char *name, Str value) {
	if (value.len)
		k->at[k->len++] = (Prefill){name, value, "z registru služeb", false};
}

/* Beds of a residential service are registered; units of direct care are not, so nothing is guessed for others. */
static void know_capacity(Ctx *c, const ServiceWhole *w, Known *k) {
	CapacitySums sums;
	i64          beds = 0;
	service_capacity_sums(c->arena, w, &sums);
	for (size_t i = 0; i < sums.len; i++)
		if (str_eq(sums.at[i].form, S("pob")) && str_eq(sums.at[i].type, S("luzka")))
			beds += sums.at[i].count;
	if (beds) {
		know(k, "service.capacity", str_format(c->arena, "%lld", (long long)beds));
		know(k, "service.unit", S("L"));
	}
}

static Err know_service(Ctx *c, Id service, Known *k) {
	ServiceWhole w;
	TRY(service_whole(c, TODAY, service, &w));
	know(k, "service.identifier", w.service->identifier);
	know(k, "service.name", w.service->name);
	know(k, "service.kind", w.service->kind);
	if (w.service->target_groups.len)
		know(k, "service.group", w.service->target_groups.at[0]);
	if (w.form_count) {
		know(k, "service.form", w.forms[0].row->form);
		know(k, "service.hours", w.forms[0].row->hours);
	}
	know_capacity(c, &w, k);
	return OK;
}

static Err check_start(Ctx *c, const Call *k, Str type, const Service *s, Id provider) {
	if (!call_takes(k, c->now))
		return fail(c, ERR_CONFLICT, NULL, "Do výzvy teď žádat nejde. %.*s Rozhoduje čas serveru.", STR_ARG(call_when(c->arena, k, c->now)));
	if (!call_form(k, type))
		return fail(c, ERR_INVALID, "type", "Vyberte typ žádosti, který výzva dovoluje.");
	if (!s && !str_eq(type, S("C")))
		return fail(c, ERR_INVALID, "service", "Vyberte službu. Bez registrované služby jde podat jen projektový záměr C.");
	if (s && s->provider != provider)
		return fail(c, ERR_INVALID, "service", "Vyberte službu své organizace.");
	if (s && date_is(s->provided_to) && date_before(s->provided_to, c->today))
		return fail(c, ERR_INVALID, "service", "Registrace této služby skončila. Vyberte jinou.");
	if (s && !call_has_kind(k, s->kind))
		return fail(c, ERR_INVALID, "service", "Výzva je jen pro vyjmenované druhy služeb a %.*s mezi nimi není.", STR_ARG(codelist_name(c, "service_kind", s->kind)));
	return OK;
}

static Err only_once(Ctx *c, Id call, Str type, Id service) {
	i64 n;
	if (db_get_int(c->conn, &sql_application_same, P(V(call), V(type), V(service)), 0, &n) != OK)
		return fail_internal(c, "applications");
	return n ? fail(c, ERR_CONFLICT, NULL, "Žádost tohoto typu pro tuto službu už v této výzvě máte. Pokračujte v ní, nebo ji zrušte.") : OK;
}

static Err start_submission(Ctx *c, const Call *k, Application *a, const Known *known) {
	Submission s = {.form_version = call_form(k, a->type), .object = S("network_application"), .object_id = a->head.id, .provider = a->provider, .municipality = BLANK,
	                .district = BLANK, .opens_at = k->opens_at, .closes_at = k->closes_at,
	                .asked_by = str_c(call_entity.name), .asked_by_id = k->head.id};
	s.title = str_format(c->arena, "Žádost %.*s: %.*s", STR_ARG(a->type), STR_ARG(a->name));
	TRY(submission_start(c, &s, known->at, known->len));
	TRY(application_stored(c, a->head.id, &a));
	a->submission = s.head.id;
	bool decided = c->scope_decided;
	c->scope_decided = true;                     /* the row was made here, a moment ago */
	Err e = entity_update(c, &application_entity, a);
	c->scope_decided = decided;
	return e;
}

static Err whose(Ctx *c, const RowScope *mine, const Service *s, Id chosen, Id *ret) {
	if (!mine->provider_count)
		return fail(c, ERR_FORBIDDEN, NULL, "Žádost zakládá pracovník poskytovatele.");
	*ret = s && scope_has_provider(mine, s->provider) ? s->provider : chosen ? chosen : mine->providers[0];
	if (!s && !chosen && mine->provider_count > 1)
		return fail(c, ERR_INVALID, "provider", "Jednáte za víc poskytovatelů. Vyberte, kdo o novou službu žádá.");
	if (chosen && !scope_has_provider(mine, chosen))
		return fail(c, ERR_INVALID, "provider", "Vyberte poskytovatele, za kterého jednáte.");
	return !chosen || chosen == *ret ? OK : fail(c, ERR_INVALID, "provider", "Vybraná služba patří jinému poskytovateli. Vyberte jeho, nebo jinou službu.");
}

Err application_start(Ctx *c, Id call, Str type, Id service, Str name, Application **ret) {
	return application_start_for(c, call, type, service, 0, name, ret);
}

Err application_start_for(Ctx *c, Id call, Str type, Id service, Id chosen, Str name, Application **ret) {
	Call    *k;
	Id       provider = 0;
	void    *s = NULL;
	Known    known = {0};
	RowScope mine = access_scope(c, CAP_APPLICATION_CREATE);
	TRY(require(c, CAP_APPLICATION_CREATE));
	TRY(call_get(c, call, &k));
	if (service && mine.provider_count)
		TRY(store_get(c, &service_entity, TODAY, service, &s));
	TRY(whose(c, &mine, s, chosen, &provider));
	TRY(check_start(c, k, type, s, provider));
	name = s ? ((Service *)s)->name : text_clean(c->arena, name);
	if (!name.len)
		return fail(c, ERR_INVALID, "name", "Napište název zamýšlené služby.");
	if (service)
		TRY(know_service(c, service, &known));
	else
		know(&known, "service.name", name);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (service)
		TRY(only_once(c, call, type, service));
	Application *a = entity_new(c->arena, &application_entity);
	a->call = call;
	a->type = type;
	a->provider = provider;
	a->service = service ? service : BLANK;
	a->name = utf8_first(name, 300);
	a->kind = s ? ((Service *)s)->kind : (Str){0};
	a->owner = c->actor->account;
	a->author = c->actor->name;
	a->made_at = c->now;
	TRY(workflow_start(c, &application_machine, "apply", a, NULL));
	TRY(start_submission(c, k, a, &known));
	TRY(application_stored(c, a->head.id, ret));
	return tx_commit(&tx);
}

Err application_copy_last(Ctx *c, const Application *a, i64 *count) {
	Id from = 0;
	*count = 0;
	if (a->service <= 0)
		return OK;
	if (db_get_int(ctx_conn(c), &sql_application_last, P(V(a->provider), V(a->service), V(a->head.id)), 0, &from) != OK)
		return fail_internal(c, "applications");
	return from ? submission_copy(c, from, a->submission, count) : OK;
}
