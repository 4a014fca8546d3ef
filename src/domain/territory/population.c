/* population.c: counts in memory beside the units, and their sums over territories as of a day. */
#include "core/shared.h"
#include "domain/territory/inside.h"
#include "domain/territory/territory.sql.h"

/* A count of one unit on one day by one source; -1 where not known. */
typedef struct Count {
	u32  unit;
	Date on;
	Str  source;
	i32  total, by_age[18][3], age_0_14, age_15_64, age_65, age_80;
} Count;

/* By unit, day and source; those of one unit from first[unit] up to first[unit + 1], units by their places in the UnitSet of the same data version. */
typedef struct CountSet {
	const UnitSet *units;                    /* while loading */
	Count         *at;
	size_t         len, cap;
	u32           *first;
} CountSet;

/* ---- loading ---- */

/* Where a row of ages belongs; NULL for a range that nobody asks for (it stays in the store). */
static i32 *place_of(Count *n, int sex, i64 from, i64 to) {
	if (from % 5 == 0 && from <= 85 && (to == from + 4 || (from == 85 && to >= 120)))
		return from < 85 && to != from + 4 ? NULL : &n->by_age[from / 5][sex];
	if (sex != 0)
		return NULL;
	if (from == 0)
		return to >= 120 ? &n->total : to == 14 ? &n->age_0_14 : NULL;
	if (from == 15 && to == 64)
		return &n->age_15_64;
	return to < 120 ? NULL : from == 65 ? &n->age_65 : from == 80 ? &n->age_80 : NULL;
}

static i32 sum_of(const Count *n, int first, int last) {
	i32 sum = 0;
	for (int i = first; i <= last; i++) {
		if (n->by_age[i][0] < 0)
			return -1;
		sum += n->by_age[i][0];
	}
	return sum;
}

/* What five-year groups say about the wider ones. */
static void complete(Count *n) {
	for (int i = 0; i < 18; i++)
		if (n->by_age[i][0] < 0 && n->by_age[i][1] >= 0 && n->by_age[i][2] >= 0)
			n->by_age[i][0] = n->by_age[i][1] + n->by_age[i][2];
	if (n->total < 0)
		n->total = sum_of(n, 0, 17);
	if (n->age_0_14 < 0)
		n->age_0_14 = sum_of(n, 0, 2);
	if (n->age_15_64 < 0)
		n->age_15_64 = sum_of(n, 3, 12);
	if (n->age_65 < 0)
		n->age_65 = sum_of(n, 13, 17);
	if (n->age_80 < 0)
		n->age_80 = sum_of(n, 16, 17);
}

static int sex_of(Str code) {
	return str_eq(code, S("all")) ? 0 : str_eq(code, S("men")) ? 1 : str_eq(code, S("women")) ? 2 : -1;
}

static Count *add_count(Arena *a, CountSet *s, u32 unit, Date on, Str source) {
	Count *n = ARENA_PUSH(a, s->at, s->len, s->cap);
	memset(n, 0xFF, sizeof *n);                  /* every number -1 */
	n->unit = unit;
	n->on = on;
	const Count *before = s->len > 1 ? n - 1 : NULL;
	n->source = before && str_eq(before->source, source) ? before->source : str_dup(a, source);
	return n;
}

/* Counts come together by unit; the units do not come in the order of the set. */
static void index_counts(Arena *a, CountSet *s) {
	size_t units = s->units->len;
	s->first = NEW_ARRAY(a, u32, units + 1);
	u32   *next = NEW_ARRAY(a, u32, units + 1);
	Count *sorted = NEW_ARRAY(a, Count, s->len + 1);
	for (size_t i = 0; i < s->len; i++)
		s->first[s->at[i].unit + 1]++;
	for (size_t i = 0; i < units; i++)
		s->first[i + 1] += s->first[i];
	memcpy(next, s->first, (units + 1) * sizeof *next);
	for (size_t i = 0; i < s->len; i++) {
		complete(&s->at[i]);
		sorted[next[s->at[i].unit]++] = s->at[i];
	}
	s->at = sorted;
}

static Err load(Ctx *c, Arena *a, void *set) {
	CountSet *s = set;
	Count    *n = NULL;
	TRY(units_seen(c, &s->units));
	Rows rows = db_stream(ctx_conn(c), &sql_population_all, DB_NONE);
	while (rows_next(&rows)) {
		u32  unit = unit_place(s->units, col_int(&rows, 2));
		Date on = col_date(&rows, 3);
		int  sex = sex_of(col_text(&rows, 4));
		Str  source = col_text(&rows, 8);
		if (unit == NO_UNIT || sex < 0)
			continue;
		if (!n || n->unit != unit || !date_eq(n->on, on) || !str_eq(n->source, source))
			n = add_count(a, s, unit, on, source);
		i32 *place = place_of(n, sex, col_int(&rows, 5), col_int(&rows, 6));
		if (place)
			*place = (i32)col_int(&rows, 7);
	}
	TRY(rows_end(&rows));
	index_counts(a, s);
	s->units = NULL;                             /* of this reader; who reads later has its own of the same version */
	return OK;
}

/* Read when somebody asks first. */
static const SharedKind count_sets = {"population", sizeof(CountSet), load, NULL};

static Err counts_seen(Ctx *c, const UnitSet **units, const CountSet **ret) {
	void *set;
	TRY(units_seen(c, units));
	TRY(shared_set(c, &count_sets, &set));
	*ret = set;
	return OK;
}

void counts_forget(Ctx *c) {
	shared_unsee(c, &count_sets);
}

/* ---- sums ---- */

/* One day and source that some of the units have. */
typedef struct Candidate {
	Date   on;
	Str    source;
	size_t units;
} Candidate;

static const Count *count_of(const CountSet *s, u32 unit, const Candidate *k) {
	for (u32 i = s->first[unit]; i < s->first[unit + 1]; i++)
		if (date_eq(s->at[i].on, k->on) && str_eq(s->at[i].source, k->source))
			return &s->at[i];
	return NULL;
}

static bool is_better(const Candidate *x, const Candidate *y) {
	if (x->units != y->units)
		return x->units > y->units;
	if (!date_eq(x->on, y->on))
		return date_after(x->on, y->on);
	return str_cmp(x->source, y->source) < 0;
}

/* The count that most of the units have. */
static bool choose(const CountSet *s, const u32 *units, size_t len, Date day, Candidate *ret) {
	Candidate list[32];
	size_t    n = 0;
	for (size_t u = 0; u < len; u++)
		for (u32 i = s->first[units[u]]; i < s->first[units[u] + 1]; i++) {
			const Count *count = &s->at[i];
			if (date_after(count->on, day))
				continue;
			size_t k = 0;
			while (k < n && !(date_eq(list[k].on, count->on) && str_eq(list[k].source, count->source)))
				k++;
			if (k == n && n == LEN(list))
				continue;
			if (k == n)
				list[n++] = (Candidate){count->on, count->source, 0};
			list[k].units++;
		}
	for (size_t k = 0; k < n; k++)
		if (k == 0 || is_better(&list[k], ret))
			*ret = list[k];
	return n > 0;
}

/* What one unit does not say is not known of the whole. */
static void add(i64 *sum, i32 n) {
	*sum = *sum == BLANK || n < 0 ? BLANK : *sum + n;
}

static AgeGroups blank_groups(void) {
	AgeGroups g = {.total = BLANK, .age_0_14 = BLANK, .age_15_64 = BLANK, .age_65 = BLANK, .age_80 = BLANK};
	for (int i = 0; i < 18; i++)
		for (int k = 0; k < 3; k++)
			g.by_age[i][k] = BLANK;
	return g;
}

static void add_groups(AgeGroups *g, const Count *n) {
	add(&g->total, n->total);
	for (int i = 0; i < 18; i++)
		for (int k = 0; k < 3; k++)
			add(&g->by_age[i][k], n->by_age[i][k]);
	add(&g->age_0_14, n->age_0_14);
	add(&g->age_15_64, n->age_15_64);
	add(&g->age_65, n->age_65);
	add(&g->age_80, n->age_80);
}

static bool sum_units(Ctx *c, const CountSet *s, const u32 *units, size_t len, Date day, AgeGroups *ret) {
	Candidate k;
	if (!choose(s, units, len, day, &k))
		return false;
	*ret = (AgeGroups){.counted_on = k.on, .source = str_dup(c->arena, k.source)};
	for (size_t u = 0; u < len; u++) {
		const Count *n = count_of(s, units[u], &k);
		if (n)
			add_groups(ret, n);
		else
			ret->missing++;
	}
	return true;
}

static Err places_below(Ctx *c, const UnitSet *s, Id unit, const char *level, AsOf at, u32 **ret, size_t *len) {
	Units below;
	TRY(territory_below(c, unit, level, at, &below));
	*len = below.len;
	*ret = NEW_ARRAY(c->arena, u32, below.len + 1);
	for (size_t i = 0; i < below.len; i++)
		(*ret)[i] = (u32)(below.at[i] - s->units);
	return OK;
}

Err population_of(Ctx *c, Id unit, AsOf at, AgeGroups *ret) {
	const UnitSet  *units;
	const CountSet *s;
	u32            *places;
	size_t          len;
	*ret = blank_groups();
	TRY(counts_seen(c, &units, &s));
	u32  self = unit_place(units, unit);
	Date day = date_is(at.valid) ? at.valid : c->today;
	if (self == NO_UNIT)
		return OK;
	if (units->ranks[self] == RANK_MUNICIPALITY) {
		if (sum_units(c, s, &self, 1, day, ret))
			ret->municipalities = 1;
		return OK;
	}
	TRY(places_below(c, units, unit, LEVEL_MUNICIPALITY, at, &places, &len));
	i64 municipalities = (i64)len;
	if (!sum_units(c, s, places, len, day, ret) && !sum_units(c, s, &self, 1, day, ret)) {
		TRY(places_below(c, units, unit, LEVEL_DISTRICT, at, &places, &len));
		sum_units(c, s, places, len, day, ret);
	}
	ret->municipalities = municipalities;
	return OK;
}

Err population_own(Ctx *c, Id unit, AgeGroupsList *ret) {
	const UnitSet  *units;
	const CountSet *s;
	*ret = (AgeGroupsList){0};
	TRY(counts_seen(c, &units, &s));
	u32 self = unit_place(units, unit);
	for (u32 i = self == NO_UNIT ? 0 : s->first[self + 1]; self != NO_UNIT && i > s->first[self]; i--) {
		AgeGroups *g = ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap);
		*g = (AgeGroups){.counted_on = s->at[i - 1].on, .source = str_dup(c->arena, s->at[i - 1].source)};
		add_groups(g, &s->at[i - 1]);
	}
	return OK;
}

/* ---- bands ---- */

i64 age_band(const AgeGroups *g, AgeBand band) {
	switch (band) {
	case AGE_0_14:
		return g->age_0_14;
	case AGE_15_64:
		return g->age_15_64;
	case AGE_65:
		return g->age_65;
	case AGE_80:
		return g->age_80;
	default:
		return g->total;
	}
}

Str age_band_name(AgeBand band) {
	static const char *const names[] = {"obyvatel", "dětí do 14 let", "lidí od 15 do 64 let", "lidí od 65 let", "lidí od 80 let"};
	return str_c(names[band]);
}

/* ---- services, counted above ---- */

static TerritoryServicesHook services_hook;

void territory_count_services(TerritoryServicesHook hook) {
	services_hook = hook;
}

TerritoryServicesHook territory_services_hook(void) {
	return services_hook;
}
