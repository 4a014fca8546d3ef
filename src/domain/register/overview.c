/* overview.c: what waits in the register, and what changed there. */
#include "domain/register/overview.h"

#include "base/format.h"
#include "core/access.h"
#include "core/trail.h"
#include "domain/register/confirm.h"
#include "domain/register/overview.sql.h"
#include "domain/register/register_import.h"

enum { ANSWERS_DAYS = 30, RECORDS_READ = 1000, LINES_OF_ONE = 8, DAY_MS = 24 * 3600 * 1000 };

/* ---- what waits ---- */

Err register_freshness(Ctx *c, Id provider, Freshness *ret) {
	*ret = (Freshness){0};
	Rows rows = db_query(ctx_conn(c), &sql_register_freshness, P(V(c->today), V(c->now), V(provider), V(confirm_limit(c))));
	if (rows_next(&rows))
		*ret = (Freshness){col_int(&rows, 0), col_int(&rows, 1)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "freshness");
}

Err register_own_freshness(Ctx *c, Freshness *ret) {
	RowScope scope = access_scope(c, "register.own");
	*ret = (Freshness){0};
	for (size_t i = 0; i < scope.provider_count; i++) {
		Freshness one;
		TRY(register_freshness(c, scope.providers[i], &one));
		ret->services += one.services;
		ret->stale += one.stale;
	}
	return OK;
}

static Str counted(Ctx *c, i64 n, const char *one, const char *few, const char *many) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, n, one, few, many);
	return buf_take(&b, c->arena);
}

static Err wait_for_provider(Ctx *c, WaitingList *list) {
	Freshness own;
	bool      confirms = may(c, CAP_REGISTER_CONFIRM);
	if (!may(c, "register.own"))
		return OK;
	TRY(register_own_freshness(c, &own));
	Str n = counted(c, own.stale, "vaše služba", "vaše služby", "vašich služeb");
	waiting_add(c, list, (Waiting){
		.count = own.stale, .is_late = confirms, .is_calm = !confirms, .link = S("/app/moje-sluzby"), .button = confirms ? S("Zkontrolovat a potvrdit") : S("Zobrazit"),
		.title = confirms ? str_format(c->arena, "Potvrďte údaje: %.*s", STR_ARG(n)) : str_format(c->arena, "Na potvrzení údajů čeká %.*s", STR_ARG(n)),
		.why = confirms ? S("Jednou za rok potvrzujete, že to, co o vašich službách vidí veřejnost, platí.")
		                : S("Potvrzuje statutární zástupce; vy můžete navrhnout, co je jinak.")});
	return OK;
}

static Err wait_for_imports(Ctx *c, WaitingList *list) {
	RegisterImports imports = {0};
	i64             n = 0;
	if (!may(c, CAP_REGISTER_IMPORT))
		return OK;
	TRY(register_imports(c, 50, &imports));
	for (size_t i = 0; i < imports.len; i++)
		n += str_eq(imports.at[i].state, S("previewed"));
	waiting_add(c, list, (Waiting){.count = n, .link = S("/app/sluzby/import"), .button = S("Projít načtení"), .title = S("Potvrďte načtení registru"),
	                               .why = S("Soubor je porovnaný s evidencí; dokud ho nepotvrdíte, nic se nezmění.")});
	return OK;
}

static Err wait_for_officer(Ctx *c, WaitingList *list) {
	RepairCounts repairs = {0};
	Freshness    all;
	i64          n = 0;
	if (!may(c, CAP_REGISTER_EDIT))
		return OK;
	TRY(register_repair_counts(c, &repairs));
	for (size_t i = 0; i < repairs.len; i++)
		n += repairs.at[i].count;
	waiting_add(c, list, (Waiting){.count = n, .is_calm = true, .link = S("/app/sluzby/opravy"), .button = S("Zobrazit"),
	                               .title = str_format(c->arena, "K opravě v registru: %.*s", STR_ARG(counted(c, n, "záznam", "záznamy", "záznamů"))),
	                               .why = S("Co při načtení nesedělo; většinu opraví poskytovatel ve své registraci.")});
	TRY(register_freshness(c, 0, &all));
	waiting_add(c, list, (Waiting){.count = all.stale, .is_calm = true, .link = S("/app/sluzby/neaktualni"), .button = S("Zobrazit"),
	                               .title = str_format(c->arena, "Nepotvrzené údaje: %.*s", STR_ARG(counted(c, all.stale, "služba", "služby", "služeb"))),
	                               .why = S("Poskytovatel je nepotvrdil déle než rok. Připomeňte se mu, nebo údaje ověřte sami.")});
	return OK;
}

static Err wait_for_author(Ctx *c, WaitingList *list) {
	i64     n;
	Instant since = {c->now.ms - (i64)ANSWERS_DAYS * DAY_MS};
	if (!may(c, CAP_REGISTER_SUGGEST))
		return OK;
	if (db_get_int(ctx_conn(c), &sql_register_suggestions_answered, P(V(c->actor->account), V(since)), 0, &n) != OK)
		return fail_internal(c, "answers");
	waiting_add(c, list, (Waiting){.count = n, .is_calm = true, .link = S("/app/moje-sluzby/navrhy"), .button = S("Přečíst odpovědi"),
	                               .title = str_format(c->arena, "Odpovědi na vaše návrhy: %lld", (long long)n), .why = S("Rozhodnuto za posledních 30 dní.")});
	return OK;
}

Err register_waiting(Ctx *c, WaitingList *list) {
	TRY(wait_for_provider(c, list));
	TRY(wait_for_imports(c, list));
	TRY(wait_for_officer(c, list));
	return wait_for_author(c, list);
}

/* ---- what changed ---- */

typedef struct Touched { Id service; const Service *row; bool is_shown; } Touched;
typedef struct Line { Id service; Date day; Str who, what; Instant at; i64 count; const Service *row; bool is_merged; } Line;
typedef struct Told {
	Ctx      *c;
	RowScope  own;
	bool      sees_all;
	struct { Touched *at; size_t len, cap; } services;
	struct { Line *at; size_t len, cap; } lines;
} Told;

/* Has a place in one of the person's municipalities or districts. */
static bool is_around(Ctx *c, const RowScope *s, Id service) {
	EntityList places;
	if (!s->municipality_count && !s->district_count)
		return false;
	if (parts_list(c, &facility_entity, TODAY, service, &places) != OK)
		return false;
	for (size_t i = 0; i < places.len; i++) {
		const Facility *f = places.at[i];
		const Unit     *district = f->municipality ? territory_above(c, f->municipality, LEVEL_DISTRICT, TODAY) : NULL;
		if ((f->municipality && scope_has_municipality(s, f->municipality)) || (district && scope_has_district(s, district->id)))
			return true;
	}
	return false;
}

static const Touched *touched(Told *t, Id service) {
	void *row;
	for (size_t i = 0; i < t->services.len; i++)
		if (t->services.at[i].service == service)
			return &t->services.at[i];
	Touched *new = ARENA_PUSH(t->c->arena, t->services.at, t->services.len, t->services.cap);
	size_t   said = t->c->problems.len;
	*new = (Touched){.service = service};
	if (store_get(t->c, &service_entity, TODAY, service, &row) == OK) {
		new->row = row;
		new->is_shown = t->sees_all || scope_has_provider(&t->own, new->row->provider) || is_around(t->c, &t->own, service);
	}
	t->c->problems.len = said;
	return new;
}

static Err service_of(Ctx *c, Str object, Id id, Id *ret) {
	static const Entity *const parts[] = {&form_row_entity, &capacity_entity, &facility_entity, &contact_entity};
	EntityList rows;
	*ret = 0;
	if (str_eq(object, str_c(service_entity.name)))
		*ret = id;
	for (size_t i = 0; i < LEN(parts); i++) {
		if (!str_eq(object, str_c(parts[i]->name)))
			continue;
		TRY(store_all_rows(c, parts[i], id, &rows));
		if (rows.len)
			TRY(part_service(c, parts[i], rows.at[rows.len - 1], ret));
	}
	return OK;
}

static Str what_of(const TrailRecord *r) {
	bool is_service = str_eq(r->object, str_c(service_entity.name));
	if (r->text.len)
		return r->text;
	if (str_eq(r->action, S("create")))
		return is_service ? S("nová v evidenci") : S("přibyl údaj");
	if (str_eq(r->action, S("end")))
		return is_service ? S("ukončena v evidenci") : S("údaj skončil");
	return str_eq(r->action, S("import")) ? S("změna načtená z registru") : S("změna údajů");
}

/* One line for a service, a day and a person, however many values changed. */
static void add_line(Told *t, const Touched *s, const TrailRecord *r) {
	Date day = prague_day(r->at);
	for (size_t i = 0; i < t->lines.len; i++) {
		Line *l = &t->lines.at[i];
		if (l->service == s->service && date_eq(l->day, day) && str_eq(l->who, r->actor)) {
			l->what = l->count++ && str_eq(l->what, what_of(r)) ? l->what : S("změny údajů");
			return;
		}
	}
	*ARENA_PUSH(t->c->arena, t->lines.at, t->lines.len, t->lines.cap) =
		(Line){.service = s->service, .day = day, .who = r->actor, .what = what_of(r), .at = r->at, .count = 1, .row = s->row};
}

static Err add_record(Told *t, const TrailRecord *r) {
	Id service;
	if (str_eq(r->action, S("suggest")) || str_eq(r->action, S("accept")) || str_eq(r->action, S("reject")))
		return OK;                               /* the steps of the suggestion tell it */
	TRY(service_of(t->c, r->object, r->object_id, &service));
	const Touched *s = service ? touched(t, service) : NULL;
	if (s && s->is_shown)
		add_line(t, s, r);
	return OK;
}

/* Somebody who changed many services in a day has one line for all of them. */
static void merge_lines(Told *t, size_t i) {
	Line *l = &t->lines.at[i];
	i64   n = 0;
	for (size_t k = 0; k < t->lines.len; k++)
		n += date_eq(t->lines.at[k].day, l->day) && str_eq(t->lines.at[k].who, l->who);
	if (n <= LINES_OF_ONE)
		return;
	for (size_t k = i + 1; k < t->lines.len; k++)
		t->lines.at[k].is_merged = t->lines.at[k].is_merged || (date_eq(t->lines.at[k].day, l->day) && str_eq(t->lines.at[k].who, l->who));
	l->count = n;
	l->row = NULL;
}

static Str link_of(Ctx *c, const Line *l, bool sees_all) {
	if (!l->row)
		return sees_all ? S("/app/sluzby") : may(c, "register.own") ? S("/app/moje-sluzby") : S("/katalog");
	RowScope own = access_scope(c, "register.own");
	if (sees_all)
		return str_format(c->arena, "/app/sluzby/%lld", (long long)l->service);
	if (scope_has_provider(&own, l->row->provider))
		return str_format(c->arena, "/app/moje-sluzby/%lld", (long long)l->service);
	return l->row->is_public ? str_format(c->arena, "/katalog/sluzba/%lld", (long long)l->service) : (Str){0};
}

static void tell(Told *t, Changes *list) {
	Ctx *c = t->c;
	for (size_t i = 0; i < t->lines.len; i++) {
		Line *l = &t->lines.at[i];
		if (l->is_merged)
			continue;
		merge_lines(t, i);
		Str text = l->row ? str_format(c->arena, "%.*s: %.*s", STR_ARG(l->row->name), STR_ARG(l->what))
		                  : str_format(c->arena, "Změny údajů: %.*s", STR_ARG(counted(c, l->count, "služba", "služby", "služeb")));
		change_add(c, list, (Change){l->at, l->who, text, link_of(c, l, t->sees_all)});
	}
}

Err register_changes(Ctx *c, Instant since, Changes *list) {
	Told         t = {.c = c, .own = access_scope(c, "overview.read"), .sees_all = may(c, "register.read") && access_scope(c, "register.read").all};
	TrailRecords found;
	if (!t.sees_all && !t.own.provider_count && !t.own.municipality_count && !t.own.district_count)
		return OK;
	TRY(trail_since(c, since, RECORDS_READ, &found));
	for (size_t i = 0; i < found.len; i++)
		TRY(add_record(&t, &found.at[i]));
	tell(&t, list);
	return OK;
}
