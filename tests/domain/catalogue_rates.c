/* catalogue_rates.c: services and beds of territories, against the plain truth of each service. */
#include "tests/domain/catalogue_given.h"

enum { SENIORS, DISABLED, SHELTERS, RATES };

static bool lies_in(Ctx *c, const Unit *town, const Unit *u) {
	const Unit *above = town->id == u->id ? town : territory_above(c, town->id, str_z(t_arena, u->level), TODAY);
	return above && above->id == u->id;
}

/* Has it an open place there? Of a secret one its municipality is not told, its district and the region are. */
static bool is_there(Ctx *c, const TrueService *s, const Unit *u) {
	bool may_tell = str_eq(u->level, S(LEVEL_DISTRICT)) || str_eq(u->level, S(LEVEL_REGION));
	for (int i = 0; i < s->places; i++)
		if (!s->closed[i] && (!s->secret[i] || may_tell) && lies_in(c, s->town[i], u))
			return true;
	return false;
}

static bool has_open_place(const TrueService *s) {
	for (int i = 0; i < s->places; i++)
		if (!s->closed[i])
			return true;
	return false;
}

static int rate_of(const TrueService *s) {
	static const char *const kinds[RATES] = {"49+50", "48+51", "57"};
	for (int n = 0; n < RATES; n++)
		for (Str rest = str_c(kinds[n]); rest.len;)
			if (str_eq(str_cut(&rest, '+'), s->kind))
				return n;
	return RATES;
}

static i64 true_beds(const TrueService *s) {
	for (size_t i = 0; i < s->forms.len; i++)
		if (str_eq(s->forms.at[i], S("pob")))
			return 10;
	return 0;
}

static TerritoryServices *services_of(Ctx *c, Units *units) {
	TerritoryServices *ret = NEW_ARRAY(t_arena, TerritoryServices, units->len);
	MUST(catalogue_territory_services(c, units, TODAY, ret));
	return ret;
}

static i64 true_services(Ctx *c, const TrueCatalogue *t, const Unit *u) {
	i64 n = 0;
	for (size_t i = 0; i < t->len; i++)
		n += is_shown(&t->at[i]) && is_there(c, &t->at[i], u);
	return n;
}

TEST("catalogue: a municipality, a district and the region have the services with an open place there") {
	TrueCatalogue t;
	Ctx           c = given_catalogue(500, &t);
	Units         all = {0}, districts;
	MUST(territory_below(&c, 0, LEVEL_DISTRICT, TODAY, &districts));
	for (size_t i = 0; i < t.towns.len; i += 5)
		*ARENA_PUSH(t_arena, all.at, all.len, all.cap) = t.towns.at[i];
	for (size_t i = 0; i < districts.len; i++)
		*ARENA_PUSH(t_arena, all.at, all.len, all.cap) = districts.at[i];
	*ARENA_PUSH(t_arena, all.at, all.len, all.cap) = territory_region(&c);
	TerritoryServices *got = services_of(&c, &all);
	for (size_t i = 0; i < all.len; i++)
		if (got[i].services != true_services(&c, &t, all.at[i]))
			test_fail(__FILE__, __LINE__, "%.*s %.*s: %lld services, in truth %lld", STR_ARG(all.at[i]->level), STR_ARG(all.at[i]->name), (long long)got[i].services,
			          (long long)true_services(&c, &t, all.at[i]));
	ctx_end(&c);
}

TEST("catalogue: each bed is counted in one district only, and all of them in the region") {
	TrueCatalogue t;
	Ctx           c = given_catalogue(900, &t);
	Units         all;
	i64           beds[RATES] = {0}, sum[RATES] = {0};
	MUST(territory_below(&c, 0, LEVEL_DISTRICT, TODAY, &all));
	*ARENA_PUSH(t_arena, all.at, all.len, all.cap) = territory_region(&c);
	for (size_t i = 0; i < t.len; i++)
		if (rate_of(&t.at[i]) < RATES && is_shown(&t.at[i]) && has_open_place(&t.at[i]))
			beds[rate_of(&t.at[i])] += true_beds(&t.at[i]);
	TerritoryServices *got = services_of(&c, &all);
	for (size_t i = 0; i < all.len; i++) {
		EQ_INT(got[i].rate_count, RATES);
		for (int n = 0; n < RATES && i + 1 < all.len; n++)
			sum[n] += got[i].rates[n].count;
	}
	for (int n = 0; n < RATES; n++) {
		EXPECT(beds[n] > 0);
		EQ_INT(sum[n], beds[n]);
		EQ_INT(got[all.len - 1].rates[n].count, beds[n]);
	}
	EQ_INT(got[0].rates[SENIORS].people, AGE_80);
	EQ_INT(got[0].rates[SHELTERS].people, AGE_ALL);
	ctx_end(&c);
}

TEST("catalogue: of another day than today, and of what was known earlier, nothing is said") {
	TrueCatalogue     t;
	Ctx               c = given_catalogue(5, &t);
	const Unit       *region = territory_region(&c);
	Units             one = {&region, 1, 1};
	TerritoryServices got;
	MUST(catalogue_territory_services(&c, &one, (AsOf){.valid = D(2021, 1, 1)}, &got));
	EQ_INT(got.services, BLANK);
	EQ_INT(got.rate_count, 0);
	MUST(catalogue_territory_services(&c, &one, (AsOf){.recorded = (Instant){c.now.ms - 1}}, &got));
	EQ_INT(got.services, BLANK);
	MUST(catalogue_territory_services(&c, &one, (AsOf){.valid = c.today}, &got));
	EXPECT(got.services != BLANK);
	ctx_end(&c);
}
