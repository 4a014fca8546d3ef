/* import_plan.c: what files say about territory, gathered and compared before anything is stored. */
#include <stdarg.h>
#include <stdio.h>

#include "domain/territory/import.h"

void plan_wrong(Plan *p, Str place, const char *format, ...) {
	char    text[600];
	va_list ap;
	va_start(ap, format);
	int n = vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	CHECK(n >= 0);
	if (p->errors++ >= MOST_ERRORS)
		return;
	size_t len = (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
	while (len && (size_t)n >= sizeof text && ((u8)text[len - 1] & 0xC0) == 0x80)
		len--;
	fail(p->c, ERR_INVALID, NULL, "%.*s", (int)len, text);
	p->c->problems.at[p->c->problems.len - 1].place = str_dup(p->c->arena, place);
}

/* ---- index ---- */

static u32 start_of(const Plan *p, int rank, Str code) {
	u64 h = (str_hash(code) + (u64)(i64)rank) * 0x9e3779b97f4a7c15U;
	return (u32)(h >> 32) & p->index_mask;
}

static void put(Plan *p, u32 place) {
	u32 at = start_of(p, p->units[place].rank, p->units[place].code);
	while (p->index[at])
		at = (at + 1) & p->index_mask;
	p->index[at] = place + 1;
}

static void grow_index(Plan *p) {
	if (p->index && p->unit_len * 2 < p->index_mask)
		return;
	p->index_mask = p->index_mask ? p->index_mask * 4 + 3 : 1023;
	p->index = NEW_ARRAY(p->c->arena, u32, p->index_mask + 1);
	for (u32 i = 0; i < p->unit_len; i++)
		put(p, i);
}

static u32 in_plan(const Plan *p, int rank, Str code) {
	for (u32 at = p->index ? start_of(p, rank, code) : 0; p->index && p->index[at]; at = (at + 1) & p->index_mask) {
		const PlanUnit *u = &p->units[p->index[at] - 1];
		if (u->rank == rank && str_eq(u->code, code))
			return p->index[at] - 1;
	}
	return NO_UNIT;
}

static u32 add_unit(Plan *p, int rank, Str code, const Unit *stored) {
	grow_index(p);
	u32       place = (u32)p->unit_len;
	PlanUnit *u = ARENA_PUSH(p->c->arena, p->units, p->unit_len, p->unit_cap);
	*u = (PlanUnit){.rank = rank, .code = str_dup(p->c->arena, code), .lon = BLANK, .lat = BLANK, .stored = stored, .id = stored ? stored->id : 0};
	for (size_t i = 0; i < LEN(u->bonds); i++)
		u->bonds[i].now = u->bonds[i].before = NO_UNIT;
	put(p, place);
	return place;
}

u32 plan_find(Plan *p, int rank, Str code) {
	u32 place = in_plan(p, rank, code);
	if (place != NO_UNIT || !code.len)
		return place;
	const Unit *stored = territory_by_code(p->c, level_word(rank), code);
	return stored ? add_unit(p, rank, code, stored) : NO_UNIT;
}

u32 plan_enter(Plan *p, int rank, Str code) {
	u32 place = plan_find(p, rank, code);
	return place != NO_UNIT ? place : add_unit(p, rank, code, NULL);
}

/* ---- what files say ---- */

static void say(Plan *p, Str *known, Str said, const char *what, const PlanUnit *u, Str place) {
	if (!said.len || str_eq(*known, said))
		return;
	if (known->len)
		plan_wrong(p, place, "%s „%.*s“ nesouhlasí: soubor %.*s uvádí u kódu %.*s „%.*s“. Sjednoťte oba údaje.", what, STR_ARG(utf8_first(said, 60)),
		           STR_ARG(u->file), STR_ARG(u->code), STR_ARG(utf8_first(*known, 60)));
	else
		*known = str_dup(p->c->arena, said);
}

void plan_name(Plan *p, u32 unit, Str name, Str csu_code, Str seat, Str file, Str place) {
	PlanUnit *u = &p->units[unit];
	say(p, &u->name, name, "Název", u, place);
	say(p, &u->csu_code, csu_code, "Kód ČSÚ", u, place);
	say(p, &u->seat, seat, "Kód sídelní obce", u, place);
	if (!u->file.len)
		u->file = file;
}

void plan_bond(Plan *p, u32 child, u32 before, u32 now, Date since, Str file, Str place) {
	int       rank = p->units[now].rank;
	PlanBond *b = &p->units[child].bonds[rank];
	if (before == now) {
		before = NO_UNIT;
		since = territory_beginning();
	}
	if (b->now == NO_UNIT)
		*b = (PlanBond){before, now, since, file};
	else if (b->now != now || b->before != before)
		plan_wrong(p, place, "Území s kódem %.*s patří podle souboru %.*s jinam než podle souboru %.*s. Sjednoťte oba soubory.",
		           STR_ARG(p->units[child].code), STR_ARG(file), STR_ARG(b->file));
}

bool plan_wants(const Plan *p, Str region) {
	return !p->region.len || str_eq(p->region, region);
}

Str plan_region_of(Plan *p, u32 unit) {
	static const int ways[] = {RANK_REGION, RANK_DISTRICT, RANK_COUNTY};
	const PlanUnit  *u = &p->units[unit];
	if (u->rank == RANK_REGION)
		return u->code;
	for (size_t i = 0; i < LEN(ways); i++)
		if (u->bonds[ways[i]].now != NO_UNIT)
			return plan_region_of(p, u->bonds[ways[i]].now);
	const Unit *region = u->stored ? territory_above(p->c, u->stored->id, LEVEL_REGION, TODAY) : NULL;
	return region ? region->code : (Str){0};
}
