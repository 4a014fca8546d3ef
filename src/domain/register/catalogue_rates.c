/* catalogue_rates.c: what the catalogue says about a territory: services that have a place there, and beds for its people. */
#include "domain/register/catalogue.h"

/* DOMAIN F26; units of direct care are known to the network only. */
static const struct { const char *label, *kinds; AgeBand people; } rates[] = {
	{"Lůžka v domovech pro seniory a se zvláštním režimem (§ 49 a 50)", "49+50", AGE_80},
	{"Lůžka v domovech pro osoby se zdravotním postižením a v chráněném bydlení (§ 48 a 51)", "48+51", AGE_ALL},
	{"Lůžka v azylových domech (§ 57)", "57", AGE_ALL},
};

static bool is_of_kind(const Catalogue *k, const CatalogueService *s, const char *kinds) {
	for (Str rest = str_c(kinds); rest.len;)
		if (str_eq(str_cut(&rest, '+'), k->facets[CAT_KIND].at[s->kind].code))
			return true;
	return false;
}

static i64 beds_of(const Catalogue *k, const CatalogueService *s) {
	for (u32 i = 0; i < s->capacity_count; i++) {
		const CatalogueCapacity *c = &k->capacities[s->capacities + i];
		if (str_eq(k->capacity_types.at[c->type].code, S("luzka")))
			return c->count;
	}
	return 0;
}

/* Is the unit this one, or in it? */
static bool belongs(Ctx *c, Id id, const Unit *u) {
	if (id == u->id)
		return true;
	const Unit *above = territory_above(c, id, str_z(c->arena, u->level), TODAY);
	return above && above->id == u->id;
}

/* Services of a unit of any level: those of its municipalities. */
static Err services_of(Ctx *c, const Catalogue *k, const Unit *u, u64 *set) {
	Units below = {0};
	memset(set, 0, k->set_words * sizeof *set);
	if (str_eq(u->level, S(LEVEL_MUNICIPALITY)))
		*ARENA_PUSH(c->arena, below.at, below.len, below.cap) = u;
	else
		TRY(territory_below(c, u->id, LEVEL_MUNICIPALITY, TODAY, &below));
	const CatalogueValues *places = &k->facets[CAT_PLACE], *districts = &k->facets[CAT_DISTRICT];
	for (size_t i = 0; i < below.len; i++) {
		i64 at = catalogue_value(k, CAT_PLACE, below.at[i]->slug);
		for (u32 n = 0; at >= 0 && n < places->at[at].total; n++) {
			u32 service = k->place_services[places->at[at].first + n];
			set[service / 64] |= (u64)1 << (service % 64);
		}
	}
	for (size_t i = 0; i < districts->len; i++)  /* districts, and the region of theirs, also have those of secret places */
		for (size_t w = 0; belongs(c, districts->at[i].id, u) && w < k->set_words; w++)
			set[w] |= districts->at[i].set[w];
	return OK;
}

/* Registered capacity belongs to a registration: a home with beds in two districts is counted where its first place is. */
static bool has_first_place(Ctx *c, const Catalogue *k, const CatalogueService *s, const Unit *u) {
	if (s->place_count)
		return belongs(c, k->facets[CAT_PLACE].at[k->place_of[s->places]].id, u);
	return s->secret_district != CAT_NOWHERE && belongs(c, k->facets[CAT_DISTRICT].at[s->secret_district].id, u);
}

Err catalogue_territory_services(Ctx *c, const Units *units, AsOf at, TerritoryServices *ret) {
	const Catalogue *k;
	TRY(catalogue_get(c, &k));
	u64 *set = NEW_ARRAY(c->arena, u64, k->set_words + 1);
	for (size_t i = 0; i < units->len; i++) {
		TerritoryServices *t = &ret[i];
		*t = (TerritoryServices){.services = BLANK};
		if ((date_is(at.valid) && !date_eq(at.valid, c->today)) || at.recorded.ms)
			continue;                            /* the index knows today only */
		TRY(services_of(c, k, units->at[i], set));
		t->services = set_count(set, k->set_words);
		for (size_t n = 0; n < LEN(rates); n++)
			t->rates[t->rate_count++] = (TerritoryRate){.label = str_c(rates[n].label), .people = rates[n].people};
		for (size_t w = 0; w < k->set_words; w++)
			for (u64 bits = set[w]; bits; bits &= bits - 1) {
				const CatalogueService *s = &k->services[w * 64 + (size_t)__builtin_ctzll(bits)];
				for (size_t n = 0; n < LEN(rates); n++)
					if (is_of_kind(k, s, rates[n].kinds) && has_first_place(c, k, s, units->at[i]))
						t->rates[n].count += beds_of(k, s);
			}
	}
	return OK;
}
