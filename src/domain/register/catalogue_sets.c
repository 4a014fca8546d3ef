/* catalogue_sets.c: the services that were read, arranged for asking: sets of bits, lists of municipalities, orders. */
#include "domain/register/catalogue_build.h"

static void index_ids(Catalogue *k, Arena *a) {
	k->by_id_size = 64;
	while (k->by_id_size < k->count * 2)
		k->by_id_size *= 2;
	k->by_id = NEW_ARRAY(a, u32, k->by_id_size);
	for (size_t i = 0; i < k->count; i++) {
		size_t at = catalogue_id_slot(k, k->services[i].id);
		while (k->by_id[at])
			at = (at + 1) & (k->by_id_size - 1);
		k->by_id[at] = (u32)i + 1;
	}
}

static void add_hung_sets(Catalogue *k, CatalogueFacet f, const HungList *list, const u64 *covers) {
	CatalogueValues *values = &k->facets[f];
	for (size_t i = 0; i < list->len; i++) {
		const CatalogueService *s = catalogue_service(k, list->at[i].service);
		if (!s)
			continue;
		size_t n = (size_t)(s - k->services), what = list->at[i].what;
		set_add(values->at[what].set, n);
		for (size_t v = 0; covers && what < AGES_MAX && v < values->len && v < AGES_MAX; v++)
			if (covers[what] >> v & 1)
				set_add(values->at[v].set, n);
		for (size_t v = 0; values->at[what].parent.len && v < values->len; v++)
			if (values->at[v].is_whole && str_eq(values->at[v].code, values->at[what].parent))
				set_add(values->at[v].set, n);
	}
}

/* Of secret places the district is told, of each of them. */
static void add_secret_places(Catalogue *k, const HungList *places) {
	for (size_t i = 0; i < places->len; i++) {
		const Hung             *h = &places->at[i];
		const CatalogueService *s = (h->more & PLACE_SECRET) && !(h->more & PLACE_CLOSED) && h->what != CAT_NOWHERE ? catalogue_service(k, h->service) : NULL;
		u32 district = s ? k->facets[CAT_PLACE].at[h->what].district : CAT_NOWHERE;
		if (district != CAT_NOWHERE)
			set_add(k->facets[CAT_DISTRICT].at[district].set, (size_t)(s - k->services));
	}
}

static void fill_sets(Build *b) {
	Catalogue *k = b->k;
	for (int f = 0; f < CAT_FACETS; f++)
		for (size_t i = 0; i < k->facets[f].len && f != CAT_PLACE; i++)
			k->facets[f].at[i].set = set_new(b->a, k);
	CatalogueValues *places = &k->facets[CAT_PLACE], *districts = &k->facets[CAT_DISTRICT];
	for (size_t n = 0; n < k->count; n++) {
		const CatalogueService *s = &k->services[n];
		set_add(k->facets[CAT_KIND].at[s->kind].set, n);
		set_add(k->facets[CAT_ACT].at[s->outside_act ? 1 : 0].set, n);
		for (size_t i = 0; i < k->facets[CAT_FORM].len && i < FORMS_MAX; i++)
			if (s->forms >> i & 1)
				set_add(k->facets[CAT_FORM].at[i].set, n);
		for (u32 i = 0; i < s->place_count; i++) {
			CatalogueValue *v = &places->at[k->place_of[s->places + i]];
			v->total++;
			if (v->district != CAT_NOWHERE)
				set_add(districts->at[v->district].set, n);
		}
	}
	add_secret_places(k, &b->places);
	add_hung_sets(k, CAT_GROUP, &b->groups, NULL);
	add_hung_sets(k, CAT_AGE, &b->ages, b->age_covers);
	for (int f = 0; f < CAT_FACETS; f++)
		for (size_t i = 0; i < k->facets[f].len && f != CAT_PLACE; i++)
			k->facets[f].at[i].total = set_count(k->facets[f].at[i].set, k->set_words);
}

/* Services of each municipality, one list behind the other. */
static void list_places(Build *b) {
	Catalogue *k = b->k;
	CatalogueValues *places = &k->facets[CAT_PLACE];
	u32 *used = NEW_ARRAY(b->c->arena, u32, places->len + 1), sum = 0;
	for (size_t i = 0; i < places->len; i++) {
		places->at[i].first = sum;
		sum += places->at[i].total;
	}
	k->place_services = NEW_ARRAY(b->a, u32, sum + 1);
	for (u32 n = 0; n < k->count; n++)
		for (u32 i = 0; i < k->services[n].place_count; i++) {
			u32 at = k->place_of[k->services[n].places + i];
			k->place_services[places->at[at].first + used[at]++] = n;
		}
}

/* Stable by rank: places of equal rank keep the order of names. `ranks` values are counted, the last one is for those without. */
static u32 *ordered_by(Arena *a, Arena *scratch, const u32 *rank, size_t count, size_t ranks) {
	u32 *order = NEW_ARRAY(a, u32, count + 1), *next = NEW_ARRAY(scratch, u32, ranks + 2);
	for (size_t i = 0; i < count; i++)
		next[rank[i] + 1]++;
	for (size_t r = 0; r < ranks; r++)
		next[r + 1] += next[r];
	for (size_t i = 0; i < count; i++)
		order[next[rank[i]]++] = (u32)i;
	return order;
}

/* Neighbours of one name are one place of the order: there the names of services decide. */
static u32 *ranks_of_providers(Build *b) {
	const Catalogue *k = b->k;
	u32 *rank = NEW_ARRAY(b->c->arena, u32, k->provider_count + 1);
	for (u32 i = 1; i < k->provider_count; i++)
		rank[i] = str_eq(k->providers[i].name, k->providers[i - 1].name) ? rank[i - 1] : i;
	return rank;
}

static u32 *ranks_of_places(Build *b) {
	const CatalogueValues *places = &b->k->facets[CAT_PLACE];
	u32 *rank = NEW_ARRAY(b->c->arena, u32, places->len + 1);
	for (u32 i = 1; i < places->len; i++)
		rank[i] = str_eq(places->at[i].name, places->at[i - 1].name) ? rank[i - 1] : i;
	return rank;
}

static void fill_orders(Build *b) {
	Catalogue *k = b->k;
	u32 *rank = NEW_ARRAY(b->c->arena, u32, k->count + 1), *provider_rank = ranks_of_providers(b), *place_rank = ranks_of_places(b);
	u32 *in_rank = NEW_ARRAY(b->c->arena, u32, k->provider_count + 1);
	u32  places = (u32)k->facets[CAT_PLACE].len, sum = 0;
	for (size_t i = 0; i < k->count; i++) {
		rank[i] = provider_rank[k->services[i].provider];
		in_rank[rank[i]]++;
		k->providers[k->services[i].provider].count++;
	}
	k->by_provider = ordered_by(b->a, b->c->arena, rank, k->count, k->provider_count + 1);
	for (size_t i = 0; i < k->provider_count; i++) {
		bool is_first = provider_rank[i] == i;
		k->providers[i].first = is_first ? sum : k->providers[provider_rank[i]].first;
		k->providers[i].range = in_rank[provider_rank[i]];
		sum += is_first ? in_rank[i] : 0;
	}
	for (size_t i = 0; i < k->count; i++)
		rank[i] = k->services[i].place_count ? place_rank[k->place_of[k->services[i].places]] : places;
	k->by_place = ordered_by(b->a, b->c->arena, rank, k->count, places + 1);
}

void catalogue_arrange(Build *b) {
	index_ids(b->k, b->a);
	fill_sets(b);
	list_places(b);
	fill_orders(b);
}
