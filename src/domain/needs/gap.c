/* gap.c: the picture put together from needs, capacity and the optimum.
 *
 * Small numbers: a count of persons from one to four is not shown, and sums leave it out instead of covering it: from the shown numbers nothing about it
 * can be computed. Persons are told in one table only, districts by target groups; the table by kinds tells none, so the two cannot be compared. */
#include "domain/needs/gap.h"

#include "core/codelist.h"
#include "domain/needs/gap.sql.h"
#include "domain/needs/optimal.h"
#include "domain/register/catalogue.h"

i64 small_hidden(i64 persons) {
	return persons > 0 && persons < SMALL_NUMBER ? BLANK : persons;
}

/* ---- what the network gives: until a subject above knows, registered beds ---- */

static i64 beds_of(const Catalogue *k, const CatalogueService *s) {
	for (u32 i = 0; i < s->capacity_count; i++) {
		const CatalogueCapacity *c = &k->capacities[s->capacities + i];
		if (str_eq(k->capacity_types.at[c->type].code, S("luzka")))
			return c->count * 100;
	}
	return BLANK;
}

/* Registered capacity belongs to a registration: it counts where the first place is. */
static Id district_of(Ctx *c, const Catalogue *k, const CatalogueService *s) {
	if (!s->place_count)
		return s->secret_district != CAT_NOWHERE ? k->facets[CAT_DISTRICT].at[s->secret_district].id : 0;
	const Unit *u = territory_above(c, k->facets[CAT_PLACE].at[k->place_of[s->places]].id, LEVEL_DISTRICT, TODAY);
	return u ? u->id : 0;
}

static Err registered(Ctx *c, bool *known, NetworkCapacities *ret) {
	const Catalogue *k;
	*known = true;
	*ret = (NetworkCapacities){0};
	TRY(catalogue_get(c, &k));
	const CatalogueValues *groups = &k->facets[CAT_GROUP];
	for (size_t i = 0; i < k->count; i++) {
		const CatalogueService *s = &k->services[i];
		NetworkCapacity line = {.district = district_of(c, k, s), .kind = k->facets[CAT_KIND].at[s->kind].code, .fte = BLANK, .beds = beds_of(k, s)};
		if (line.beds == BLANK || s->outside_act)
			continue;
		for (size_t g = 0; g < groups->len; g++)
			if (!groups->at[g].is_whole && set_has(groups->at[g].set, i))
				strs_add(c->arena, &line.groups, groups->at[g].code);
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = line;
	}
	return OK;
}

static const NetworkSource registered_source = {
	"V síti znamená registrovanou kapacitu služeb v katalogu: kraj zatím nevede síť v této aplikaci. Registr uvádí lůžka, úvazky neuvádí; proto je u úvazků pomlčka.",
	false, registered};
static const NetworkSource *source = &registered_source;

const NetworkSource *needs_network_source(const NetworkSource *s) {
	const NetworkSource *before = source;
	source = s;
	return before;
}

/* ---- the frame ---- */

static size_t district_at(const Gap *g, Id id) {
	size_t i = 0;
	while (i < g->districts.len && g->districts.at[i]->id != id)
		i++;
	return i;
}

static GapCell *cells_of(Ctx *c, const Gap *g, bool fte_known) {
	GapCell *cells = NEW_ARRAY(c->arena, GapCell, g->districts.len + 1);
	for (size_t i = 0; i <= g->districts.len; i++)
		cells[i] = (GapCell){.network_fte = fte_known ? 0 : BLANK, .optimal_fte = BLANK, .optimal_beds = BLANK};
	return cells;
}

static Err add_rows(Ctx *c, Gap *g, const char *list, GapRows *to) {
	CodeItems items;
	TRY(codelist_items(c, list, c->today, &items));
	for (size_t i = 0; i < items.len; i++)
		*ARENA_PUSH(c->arena, to->at, to->len, to->cap) =
			(GapRow){.code = items.at[i]->code, .name = items.at[i]->name, .cells = cells_of(c, g, g->fte_known), .total = {.optimal_fte = BLANK, .optimal_beds = BLANK}};
	return OK;
}

static GapRow *row_of(GapRows *rows, Str code) {
	for (size_t i = 0; i < rows->len; i++)
		if (str_eq(rows->at[i].code, code))
			return &rows->at[i];
	return NULL;
}

/* ---- filling ---- */

static void add_need(GapCell *cell, Str unit, i64 needs, i64 persons, i64 missing) {
	cell->needs += needs;
	cell->persons += persons;
	if (str_eq(unit, S("L")))
		cell->missing_beds += missing;
	else
		cell->missing_fte += missing;
}

static Err add_needs(Ctx *c, Gap *g) {
	Rows rows = db_query(ctx_conn(c), &sql_gap_needs, DB_NONE);
	while (rows_next(&rows)) {
		size_t  d = district_at(g, col_int(&rows, 0));
		GapRow *group = row_of(&g->groups, col_text(&rows, 1)), *kind = row_of(&g->kinds, col_text(&rows, 2));
		Str     unit = col_text(&rows, 3);
		i64     needs = col_int(&rows, 4), persons = col_int(&rows, 5), missing = col_int(&rows, 6);
		bool    somewhere = d < g->districts.len;
		add_need(somewhere ? &g->of_district[d] : &g->whole_region, unit, needs, persons, missing);
		if (group && somewhere)
			add_need(&group->cells[d], unit, needs, persons, missing);
		if (kind && somewhere)
			add_need(&kind->cells[d], unit, needs, 0, missing);
		if (group)
			group->any = true;
		if (kind)
			kind->any = true;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "picture of needs");
}

static void add_capacity(i64 *to, i64 n) {
	if (n != BLANK)
		*to = (*to == BLANK ? 0 : *to) + n;
}

static Err read_network(Ctx *c, const NetworkSource **from, NetworkCapacities *ret) {
	bool known;
	*from = source;
	TRY(source->read(c, &known, ret));
	if (known)
		return OK;
	*from = &registered_source;
	return registered(c, &known, ret);
}

static void add_network(Gap *g, const NetworkCapacities *all) {
	for (size_t i = 0; i < all->len; i++) {
		const NetworkCapacity *line = &all->at[i];
		size_t  d = district_at(g, line->district);
		GapRow *kind = row_of(&g->kinds, line->kind);
		if (d == g->districts.len)
			continue;
		if (kind) {
			add_capacity(&kind->cells[d].network_beds, line->beds);
			add_capacity(&kind->cells[d].network_fte, line->fte);
			kind->any = true;
		}
		add_capacity(&g->of_district[d].network_beds, line->beds);
		for (size_t n = 0; n < line->groups.len; n++) {
			GapRow *group = row_of(&g->groups, line->groups.at[n]);
			if (!group)
				continue;
			add_capacity(&group->cells[d].network_beds, line->beds);
			add_capacity(&group->cells[d].network_fte, line->fte);
			group->any = true;
		}
	}
}

static Err add_optimum(Ctx *c, Gap *g, i64 year) {
	OptimalRows rows;
	OptimalYears       years;
	TRY(optimal_years(c, &years));
	g->optimal_year = year != BLANK ? year : years.len ? years.at[years.len - 1] : BLANK;
	if (g->optimal_year == BLANK)
		return OK;
	TRY(optimal_of_year(c, TODAY, g->optimal_year, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		size_t  d = district_at(g, rows.at[i].district);
		GapRow *kind = row_of(&g->kinds, rows.at[i].kind);
		if (d == g->districts.len || !kind)
			continue;
		add_capacity(str_eq(rows.at[i].unit, S("L")) ? &kind->cells[d].optimal_beds : &kind->cells[d].optimal_fte, rows.at[i].value);
		kind->any = true;
	}
	return OK;
}

/* Hide small numbers first, then add up what is left. */
static void hide(GapCell *cell) {
	cell->is_small = cell->persons > 0 && cell->persons < SMALL_NUMBER;
	cell->persons = small_hidden(cell->persons);
}

static void add_cell(GapCell *to, const GapCell *from) {
	to->needs += from->needs;
	to->persons += from->persons == BLANK ? 0 : from->persons;
	to->is_small = to->is_small || from->is_small;
	to->missing_fte += from->missing_fte;
	to->missing_beds += from->missing_beds;
	add_capacity(&to->network_fte, from->network_fte);
	add_capacity(&to->network_beds, from->network_beds);
	add_capacity(&to->optimal_fte, from->optimal_fte);
	add_capacity(&to->optimal_beds, from->optimal_beds);
}

static void add_up(Gap *g, GapRows *rows) {
	for (size_t i = 0; i < rows->len; i++) {
		GapRow *row = &rows->at[i];
		row->total.network_fte = g->fte_known ? 0 : BLANK;
		for (size_t d = 0; d < g->districts.len; d++) {
			hide(&row->cells[d]);
			add_cell(&row->total, &row->cells[d]);
		}
	}
}

/* Persons of a district are the sum of what its target groups show, so that the sum tells no more than they do. */
static void add_up_districts(Gap *g) {
	for (size_t d = 0; d < g->districts.len; d++) {
		GapCell *cell = &g->of_district[d];
		cell->persons = 0;
		for (size_t i = 0; i < g->groups.len; i++) {
			const GapCell *from = &g->groups.at[i].cells[d];
			cell->persons += from->persons == BLANK ? 0 : from->persons;
			cell->is_small = cell->is_small || from->is_small;
		}
	}
	hide(&g->whole_region);
}

Err gap_read(Ctx *c, i64 optimal_year, Gap *ret) {
	const Unit *region = territory_region(c);
	const NetworkSource *from;
	NetworkCapacities    network;
	TRY(read_network(c, &from, &network));
	*ret = (Gap){.source = str_c(from->sentence), .fte_known = from->knows_fte, .optimal_year = BLANK};
	TRY(territory_below(c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &ret->districts));
	ret->of_district = cells_of(c, ret, ret->fte_known);
	TRY(add_rows(c, ret, "target_group", &ret->groups));
	TRY(add_rows(c, ret, "service_kind", &ret->kinds));
	TRY(add_needs(c, ret));
	add_network(ret, &network);
	TRY(add_optimum(c, ret, optimal_year));
	add_up(ret, &ret->groups);
	add_up(ret, &ret->kinds);
	add_up_districts(ret);
	return OK;
}
