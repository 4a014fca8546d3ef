#include "domain/register/generate_parts.h"

const int register_trap_one_in[REGISTER_TRAPS] = {
	[TRAP_ICO_ZEROS] = 8, [TRAP_ICO_CHECK_DIGIT] = 100, [TRAP_PROVIDER_SPACES] = 25, [TRAP_ICO_SHORT] = 3,
	[TRAP_IDENTIFIER_NUMBER] = 10, [TRAP_IDENTIFIER_SHARED] = 100, [TRAP_NO_FACILITY] = 60, [TRAP_SERVICE_ENDED] = 25,
	[TRAP_DATE_TIME] = 20, [TRAP_CAPACITY_TWICE] = 50, [TRAP_FACILITY_SPACES] = 30, [TRAP_FACILITY_ENDED] = 12,
	[TRAP_NO_ADDRESS_POINT] = 28, [TRAP_PART_ELSEWHERE] = 50, [TRAP_SECRET] = 2,
};

static const struct { i64 services, providers, facilities; } sizes[] = {
	[REGISTER_S] = {230, 115, 420},
	[REGISTER_L] = {7000, 2300, 20000},
	[REGISTER_XL] = {200000, 60000, 260000},
};

enum { DEMO_REGION = 78, ICO_MADE_UP = 9900000, ICO_MADE_UP_ZEROS = 90000, MOST_PROVIDERS = 80000 };

bool gen_hits(const GenPlan *p, RegisterTrap trap, i64 n) {
	i64 every = register_trap_one_in[trap];
	u64 chosen = gen_mix(gen_mix(p->o.seed, (u64)trap + 1), (u64)(n / every)) % (u64)every;
	return n % every == (i64)chosen;
}

u32 gen_municipality(const GenPlan *p, Rand *r, size_t first, size_t end) {
	u64 before = first ? p->people[first - 1] : 0;
	u64 drawn = before + rand_next(r) % (p->people[end - 1] - before);
	while (end - first > 1) {                        /* the first one whose sum is above what was drawn */
		size_t middle = first + (end - first) / 2;
		if (p->people[middle - 1] > drawn)
			end = middle;
		else
			first = middle;
	}
	return (u32)first;
}

static void choose_territory(Arena *a, GenPlan *p) {
	const RegisterTerritory *t = &p->territory;
	p->people = NEW_ARRAY(a, u64, t->count);
	u64 sum = 0;
	for (size_t i = 0; i < t->count; i++)
		p->people[i] = sum += t->municipalities[i].population + 1;      /* nobody is left out, not even the unknown */
	p->end = t->count;
	if (p->o.size == REGISTER_S) {
		u32 region = p->o.region ? p->o.region : DEMO_REGION;
		while (p->first < t->count && t->municipalities[p->first].region != region)
			p->first++;
		p->end = p->first;
		while (p->end < t->count && t->municipalities[p->end].region == region)
			p->end++;
	}
	CHECK(p->first < p->end);
}

static void make_providers(Arena *a, GenPlan *p) {
	CHECK(p->providers <= MOST_PROVIDERS);
	p->provider = NEW_ARRAY(a, GenProvider, p->providers);
	Rand r = rand_seed(gen_mix(p->o.seed, 0x9807));
	for (i64 n = 0; n < p->providers; n++) {
		GenProvider *to = &p->provider[n];
		gen_provider_name(a, p->o.seed, n, to);
		to->zeros = gen_hits(p, TRAP_ICO_ZEROS, n);
		to->wrong_check = gen_hits(p, TRAP_ICO_CHECK_DIGIT, n);
		to->spaces = gen_hits(p, TRAP_PROVIDER_SPACES, n);
		u32 seven = to->zeros ? ICO_MADE_UP_ZEROS + (u32)(n / register_trap_one_in[TRAP_ICO_ZEROS]) : ICO_MADE_UP + (u32)n;
		to->ico = gen_ico(seven);
		if (to->wrong_check)
			to->ico = to->ico / 10 * 10 + (to->ico + 1) % 10;
		to->home = gen_municipality(p, &r, p->first, p->end);
	}
}

static void shuffle_u32(Rand *r, u32 *list, i64 count) {
	for (i64 i = count - 1; i > 0; i--) {
		i64 k = rand_range(r, 0, i);
		u32 x = list[i];
		list[i] = list[k];
		list[k] = x;
	}
}

/* Every provider has a service; who is lower in the list has more of them. */
static void give_services_to_providers(Arena *a, GenPlan *p) {
	Rand r = rand_seed(gen_mix(p->o.seed, 0x03E5));
	p->owner = NEW_ARRAY(a, u32, p->services);
	for (i64 i = 0; i < p->services; i++) {
		u64 drawn = rand_next(&r) >> 32;
		p->owner[i] = i < p->providers ? (u32)i : (u32)((drawn * drawn >> 32) * (u64)p->providers >> 32);
	}
	shuffle_u32(&r, p->owner, p->services);
	for (i64 i = 1; i < p->services; i++)
		if (gen_shares_identifier(p, i))
			p->owner[i] = p->owner[i - 1];
}

/* Kinds in proportion to the whole country, each of them at least once. */
static void give_kinds(Arena *a, GenPlan *p) {
	i64 weights = 0;
	for (int k = 0; k < REGISTER_KINDS; k++)
		weights += register_kinds[k].weight;
	u32 *kind = NEW_ARRAY(a, u32, p->services);
	i64 n = 0;
	for (u32 k = 0; k < REGISTER_KINDS && n < p->services; k++) {
		i64 quota = p->services * register_kinds[k].weight / weights;
		for (i64 q = 0; q < (quota ? quota : 1) && n < p->services; q++)
			kind[n++] = k;
	}
	Rand r = rand_seed(gen_mix(p->o.seed, 0x1D5));
	while (n < p->services) {                        /* what rounding left over */
		i64 drawn = rand_range(&r, 0, weights - 1);
		u32 k = 0;
		while (drawn >= register_kinds[k].weight)
			drawn -= register_kinds[k++].weight;
		kind[n++] = k;
	}
	shuffle_u32(&r, kind, n);
	p->kind = NEW_ARRAY(a, u8, p->services);
	for (i64 i = 0; i < p->services; i++)
		p->kind[i] = (u8)(i && gen_shares_identifier(p, i) ? p->kind[i - 1] : kind[i]);
}

/* One facility each, two where one is to be listed twice, none by the trap; the rest by chance: homes have fewer places. */
static void give_facilities(Arena *a, GenPlan *p) {
	p->places = NEW_ARRAY(a, u8, p->services);
	i64 left = p->facilities;
	for (i64 i = 0; i < p->services; i++) {
		p->places[i] = gen_hits(p, TRAP_NO_FACILITY, i) ? 0 : gen_hits(p, TRAP_CAPACITY_TWICE, i) ? 2 : 1;
		left -= p->places[i];
	}
	Rand r = rand_seed(gen_mix(p->o.seed, 0xFAC));
	for (i64 tries = p->facilities * 50; left > 0 && tries > 0; tries--) {
		i64 i = rand_range(&r, 0, p->services - 1);
		bool residential = register_kinds[p->kind[i]].forms == 1 << FORM_RESIDENTIAL;
		if (p->places[i] == 0 || p->places[i] >= MOST_PLACES || (residential && rand_chance(&r, 75)))
			continue;
		p->places[i]++;
		left--;
	}
	p->facilities -= left;                           /* a file of a few services may not have the room */
	p->first_place = NEW_ARRAY(a, u32, p->services + 1);
	for (i64 i = 0; i < p->services; i++)
		p->first_place[i + 1] = p->first_place[i] + p->places[i];
}

static i64 in_proportion(i64 n, i64 services, i64 whole) {
	i64 part = n * services / whole;
	return part ? part : 1;
}

GenPlan *gen_plan(Arena *a, RegisterGenerateOptions o, RegisterTerritory territory) {
	CHECK(o.services >= 0 && o.drop_percent >= 0 && o.drop_percent <= 100);
	GenPlan *p = NEW(a, GenPlan, .o = o, .territory = territory, .lean = o.size == REGISTER_XL);
	i64 whole = sizes[o.size].services;
	p->services = o.services ? o.services : whole;
	p->providers = in_proportion(sizes[o.size].providers, p->services, whole);
	p->facilities = in_proportion(sizes[o.size].facilities, p->services, whole);
	p->kept = p->services - p->services * o.drop_percent / 100;
	int day;
	date_parts(o.as_of, &p->year, &p->month, &day);
	CHECK(p->year >= 2010);                          /* records begin in 2007 and some end before as_of */

	choose_territory(a, p);
	make_providers(a, p);
	give_services_to_providers(a, p);
	give_kinds(a, p);
	give_facilities(a, p);
	if (!p->lean)
		gen_texts(a, o.seed, p->texts);
	gen_plan_edits(a, p);
	return p;
}
