/* line_read.c: lines as of two times, with the names of what they speak of. */
#include <stdlib.h>

#include "domain/network/inside.h"
#include "domain/network/line.sql.h"

typedef struct ProviderName { Id id; Date from, to; Str name, ico, legal_form; Id seat; } ProviderName;
typedef struct ServiceFact { Id id, beds; Str identifier; } ServiceFact;
typedef struct Facts {
	ProviderName *providers;                 /* by id, then by days */
	size_t        provider_count, provider_cap;
	ServiceFact  *services;                  /* by id */
	size_t        service_count, service_cap;
} Facts;

/* ---- what the register says ---- */

static Err load_providers(Ctx *c, Id network, Facts *f) {
	Rows rows = db_query(ctx_conn(c), &sql_line_providers, P(V(network)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, f->providers, f->provider_count, f->provider_cap) = (ProviderName){
			.id = col_int(&rows, 0), .from = col_date(&rows, 1), .to = col_date(&rows, 2), .name = str_dup(c->arena, col_text(&rows, 3)),
			.ico = str_dup(c->arena, col_text(&rows, 4)), .legal_form = str_dup(c->arena, col_text(&rows, 5)), .seat = col_null(&rows, 6) ? 0 : col_int(&rows, 6)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "providers of lines");
}

static ServiceFact *service_fact(Facts *f, Id id) {
	size_t low = 0, high = f->service_count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (f->services[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < f->service_count && f->services[low].id == id ? &f->services[low] : NULL;
}

static int by_service(const void *x, const void *y) {
	Id a = ((const ServiceFact *)x)->id, b = ((const ServiceFact *)y)->id;
	return a < b ? -1 : a > b;
}

static Err load_services(Ctx *c, Id network, AsOf at, Facts *f) {
	Instant known = as_of_full(c, TODAY).recorded;
	Rows rows = db_query(ctx_conn(c), &sql_line_identifiers, P(V(network)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, f->services, f->service_count, f->service_cap) =
			(ServiceFact){.id = col_int(&rows, 0), .beds = BLANK, .identifier = str_dup(c->arena, col_text(&rows, 1))};
	if (rows_end(&rows) != OK)
		return fail_internal(c, "services of lines");
	if (f->service_count > 1)
		qsort(f->services, f->service_count, sizeof *f->services, by_service);
	rows = db_query(ctx_conn(c), &sql_line_beds, P(V(at.valid), V(known), V(network)));
	while (rows_next(&rows)) {
		ServiceFact *s = service_fact(f, col_int(&rows, 0));
		if (s)
			s->beds = col_int(&rows, 1);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "registered beds");
}

/* The name of the day; without one the nearest that there is. */
static const ProviderName *provider_on(const Facts *f, Id id, Date day) {
	size_t low = 0, high = f->provider_count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (f->providers[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	const ProviderName *best = NULL;
	for (size_t i = low; i < f->provider_count && f->providers[i].id == id; i++)
		if (!best || !date_after(f->providers[i].from, day))
			best = &f->providers[i];
	return best;
}

/* ---- the parts of a line ---- */

static size_t count_parts(Str s) {
	size_t n = s.len > 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] == ',';
	return n;
}

static void fill_areas(Ctx *c, LineWhole *w) {
	Str rest = w->line->areas;
	w->areas = NEW_ARRAY(c->arena, LineArea, count_parts(rest) + 1);
	while (rest.len) {
		i64         share = 0;
		Str         one = str_cut(&rest, ','), code = str_cut(&one, '=');
		const Unit *u = territory_by_code(c, LEVEL_DISTRICT, code);
		CHECK(str_to_int(one, &share));
		if (u)
			w->areas[w->area_count++] = (LineArea){u, {share}};
	}
}

static void fill_ceilings(Ctx *c, LineWhole *w) {
	Str rest = w->line->ceilings;
	w->ceilings = NEW_ARRAY(c->arena, LineCeiling, count_parts(rest) + 1);
	while (rest.len) {
		i64 amount = 0, year = 0;
		Str one = str_cut(&rest, ','), code = str_cut(&one, '=');
		CHECK(str_to_int(code, &year) && str_to_int(one, &amount));
		w->ceilings[w->ceiling_count++] = (LineCeiling){(int)year, {amount}};
	}
}

static void fill(Ctx *c, Facts *f, Date day, LineWhole *w) {
	const ProviderName *p = provider_on(f, w->line->provider, day);
	ServiceFact        *s = service_fact(f, w->line->service);
	w->registered_beds = BLANK;
	if (p) {
		w->provider = p->name;
		w->ico = p->ico;
		w->legal_form = p->legal_form;
		w->seat = p->seat;
	}
	if (s) {
		w->identifier = s->identifier;
		w->registered_beds = s->beds;
	}
	fill_areas(c, w);
	fill_ceilings(c, w);
}

i64 line_ceiling(const LineWhole *l, int year) {
	for (size_t i = 0; i < l->ceiling_count; i++)
		if (l->ceilings[i].year == year)
			return l->ceilings[i].amount.halere;
	return BLANK;
}

/* ---- reading ---- */

Err lines_of(Ctx *c, Id network, AsOf at, LineWholes *ret) {
	EntityList list;
	Facts      facts = {0};
	ListFilter own = {.field = entity_field(&line_entity, S("network")), .value = str_format(c->arena, "%lld", (long long)network)};
	at = as_of_full(c, at);
	*ret = (LineWholes){0};
	TRY(entity_list(c, &line_entity, &(ListQuery){.at = at, .filters = &own, .filter_count = 1, .limit = -1}, &list));
	TRY(load_providers(c, network, &facts));
	TRY(load_services(c, network, at, &facts));
	for (size_t i = 0; i < list.len; i++) {
		LineWhole *w = ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap);
		*w = (LineWhole){.line = list.at[i]};
		fill(c, &facts, at.valid, w);
	}
	return OK;
}

Err line_whole(Ctx *c, Id line, AsOf at, LineWhole *ret) {
	void *row;
	Facts facts = {0};
	at = as_of_full(c, at);
	TRY(store_get(c, &line_entity, at, line, &row));
	*ret = (LineWhole){.line = row};
	TRY(load_providers(c, ret->line->network, &facts));
	TRY(load_services(c, ret->line->network, at, &facts));
	fill(c, &facts, at.valid, ret);
	return OK;
}
