/* demo_line.c: services of the sample register as lines of the sample network. Capacities and amounts are invented. */
#include "domain/network/demo_inside.h"
#include "domain/needs/optimal.h"
#include "domain/network/demo.sql.h"
#include "domain/rulebook/rulebook.h"

u64 demo_dice(u64 a, u64 b, u64 c) {
	u64 x = a * UINT64_C(0x9E3779B97F4A7C15) + b * UINT64_C(0xBF58476D1CE4E5B9) + c * UINT64_C(0x94D049BB133111EB);
	x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
	return x ^ (x >> 31);
}

static Strs split(Arena *a, Str joined) {
	Strs all = {0};
	while (joined.len)
		strs_add(a, &all, str_cut(&joined, ','));
	return all;
}

static bool is_residential(const DemoService *s) {
	for (size_t i = 0; i < s->forms.len; i++)
		if (str_eq(s->forms.at[i], S("pob")))
			return true;
	return false;
}

static Str unit_of(NetworkTale *t, const DemoService *s) {
	Strs units = optimal_units(t->c, s->kind);
	if (units.len > 1)
		return is_residential(s) ? S("L") : S("U");
	return units.len ? units.at[0] : S("U");
}

Err demo_services(NetworkTale *t, i64 most) {
	Ctx *c = t->c;
	AsOf at = as_of_full(c, TODAY);
	TRY(territory_below(c, 0, LEVEL_DISTRICT, TODAY, &t->districts));
	Rows rows = db_query(ctx_conn(c), &sql_network_demo_services, P(V(at.valid), V(at.recorded), V(most)));
	while (rows_next(&rows)) {
		const Unit *place = territory_by_id(c, col_int(&rows, 6));
		const Unit *district = place ? territory_above(c, place->id, LEVEL_DISTRICT, TODAY) : NULL;
		DemoService s = {.id = col_int(&rows, 0), .provider = col_int(&rows, 1), .name = str_dup(c->arena, col_text(&rows, 2)),
		                 .kind = str_dup(c->arena, col_text(&rows, 3)), .from = col_date(&rows, 4), .to = col_date(&rows, 5), .district = district, .place = place,
		                 .forms = split(c->arena, str_dup(c->arena, col_text(&rows, 7))), .groups = split(c->arena, str_dup(c->arena, col_text(&rows, 8))),
		                 .beds = col_int(&rows, 9)};
		bool has_no_beds = str_eq(unit_of(t, &s), S("L")) && s.beds <= 0;
		if (district && s.forms.len && !has_no_beds)         /* beds that nobody registered cannot stand in the network (G2) */
			*ARENA_PUSH(c->arena, t->services, t->count, t->cap) = s;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "services of the sample");
}

static Str two_areas(NetworkTale *t, const Unit *x, int x_share, const Unit *y, int y_share) {
	bool first = str_cmp(x->code, y->code) < 0;
	return str_format(t->c->arena, "%.*s=%d,%.*s=%d", STR_ARG(first ? x->code : y->code), first ? x_share : y_share, STR_ARG(first ? y->code : x->code),
	                  first ? y_share : x_share);
}

/* Care in the field goes to people of the next district too, or first of all to those of its own town. */
static Str areas_of(NetworkTale *t, const DemoService *s) {
	static const int shares[] = {10000, 10000, 8000, 7000, 6667};
	int   own = is_residential(s) ? 10000 : shares[demo_dice((u64)s->id, 1, 0) % LEN(shares)];
	const Unit *other = t->districts.at[demo_dice((u64)s->id, 2, 0) % t->districts.len];
	if (!is_residential(s) && demo_dice((u64)s->id, 6, 0) % 7 == 0)
		return two_areas(t, s->place, 6000, s->district, 4000);
	if (own == 10000 || other == s->district)
		return str_format(t->c->arena, "%.*s=10000", STR_ARG(s->district->code));
	return two_areas(t, s->district, own, other, 10000 - own);
}

/* What the rules give for a whole year; before the first reference values 5 % less each year, in whole thousands. Kinds without a reference value have one of ours. */
static i64 ceiling_of(Ctx *c, Str kind, Str unit, Fte capacity, int year) {
	enum { FIRST = 2026 };
	ReferenceValue *v;
	size_t said = c->problems.len;
	bool   known = reference_value(c, kind, unit, year > FIRST ? year : FIRST, &v) == OK;
	i64    each = known ? v->cost.halere - v->revenue.halere : str_eq(unit, S("L")) ? 41200000 : 87000000, whole;
	c->problems.len = said;
	for (int y = year; y < FIRST; y++)
		each -= each / 21;
	if (year >= FIRST && known)
		return each * capacity.hundredths / 100;
	CHECK(mul_div(each, capacity.hundredths, 100 * 100000, &whole));
	return whole * 100000;
}

Str demo_ceilings(Ctx *c, Str now, const Line *l, int year) {
	return str_format(c->arena, "%.*s%s%d=%lld", STR_ARG(now), now.len ? "," : "", year, (long long)ceiling_of(c, l->kind, l->unit, l->capacity, year));
}

Line *demo_line(NetworkTale *t, DemoService *s, const char *level) {
	Line *l = entity_new(t->c->arena, &line_entity);
	l->number = str_format(t->c->arena, "%04d", ++t->line_no);
	l->network = t->network->head.id;
	l->service = s->id;
	l->provider = s->provider;
	l->name = s->name;
	l->kind = s->kind;
	l->forms = s->forms;
	l->target_groups = s->groups;
	l->areas = areas_of(t, s);
	l->unit = unit_of(t, s);
	u64 dice = demo_dice((u64)s->id, 3, 0);
	l->capacity = str_eq(l->unit, S("L")) ? fte(100 * (s->beds > 4 ? s->beds - (i64)(dice % 3) : s->beds))
	                                      : fte(200 + 25 * (i64)(dice % 33));
	l->level = str_c(level);
	l->status = S(LINE_IN_NETWORK);
	l->regionality = (Percent){dice % 9 ? 10000 : 8500};
	l->since = t->from;
	l->points = 55 + (i64)(dice % 41);
	if (dice % 17 == 3) {
		l->project_financed = true;
		l->until = date(date_year(t->from) + 3, 12, 31);
	}
	l->ceilings = demo_ceilings(t->c, l->ceilings, l, date_year(t->from));
	l->ceilings = demo_ceilings(t->c, l->ceilings, l, date_year(t->from) + 1);
	s->line = l;
	return l;
}

/* What writing takes is given back at once; code lists and territory, which the tale has read before, stay. */
Err demo_put(NetworkTale *t, Line *l, const char *reason) {
	CLEANUP(arena_free) Arena scratch = {0};
	Ctx        *c = t->c;
	Arena      *lasting = c->arena;
	SharedSeen *shared = c->shared;
	void       *units = c->units;
	l->by_version = t->version->head.id;
	l->resolution = t->resolution_id;
	l->change_reason = str_c(reason);
	c->reason = l->change_reason;
	c->arena = &scratch;
	Err e = l->head.id ? history_change_judged(c, &line_entity, l, t->from, (Date){0}) : history_create_judged(c, &line_entity, l, t->from, (Date){0});
	Str why = e == OK ? (Str){0} : str_dup(lasting, first_problem(c));
	c->arena = lasting;
	c->shared = shared;
	c->units = units;
	if (e == OK)
		return OK;
	c->problems = (Problems){0};
	return fail(c, e, NULL, "%.*s", STR_ARG(why));
}
