/* catalogue.h: the public catalogue of services, kept in memory under the data version: what anybody may see today.
 *
 * Services in operation that are public and were not merged, numbered in Czech order of their names. Each value of a facet has the set of
 * its services as bits, each word of their texts the list of theirs, so that searching, counting and a page of results need no SQL. A
 * service whose places were all closed counts as ended. Of a secret place the index knows the district only.
 *
 * A set has one bit per service: bit n of word n / 64. */
#pragma once
#include "core/search.h"
#include "domain/register/register.h"

typedef enum CatalogueFacet { CAT_GROUP, CAT_FORM, CAT_KIND, CAT_DISTRICT, CAT_PLACE, CAT_AGE, CAT_ACT, CAT_FACETS } CatalogueFacet;
#define CAT_NOWHERE UINT32_MAX

/* One value of a facet, in the order of its code list or of the alphabet. */
typedef struct CatalogueValue {
	Str  code;                               /* in addresses: code of the list, slug of the territory, word */
	Str  name, plain;                        /* name begins with a capital letter, plain is as the list has it */
	Str  parent;                             /* of a target group: the code of its working group */
	Id   id;                                 /* of a district or municipality */
	u64 *set;                                /* NULL for municipalities: they have lists */
	u32  total;                              /* services in the whole catalogue */
	u32  first;                              /* of a municipality: in place_services */
	u32  district;                           /* of a municipality: index of its district, CAT_NOWHERE = none */
	bool is_whole;                           /* a working group: stands for all its target groups */
} CatalogueValue;

typedef struct CatalogueValues { CatalogueValue *at; size_t len, cap; } CatalogueValues;

typedef struct CatalogueProvider {
	Id  id;
	Str name, shown, ico;                    /* shown: with the blanks that hold together on a page */
	u32 count;                               /* services */
	u32 first, range;                        /* in by_provider: there are its services, among those of others of the same name */
} CatalogueProvider;

/* DOMAIN F15: registered capacity of one type; types are never added together. */
typedef struct CatalogueCapacity { u32 type; i64 count; } CatalogueCapacity;

typedef struct CatalogueService {
	Id  id;
	Str name, shown, identifier, slug;       /* slug: of its address */
	u32 provider;                            /* in Czech order of providers */
	u32 kind;                                /* value of CAT_KIND */
	u32 forms;                               /* bits of values of CAT_FORM */
	u32 places, place_count;                 /* in place_of: municipalities of its places, the contact place first */
	u32 capacities, capacity_count;
	u32 secret_district;                     /* of the first place with a secret address; CAT_NOWHERE = none, or not known */
	bool has_secret, more_secret, outside_act;       /* more_secret: other districts too */
} CatalogueService;

typedef struct CatalogueWord {
	u32 text, len;                           /* in word_text */
	u32 first, count;                        /* in postings; of a dense one: number of its set */
	bool dense;
} CatalogueWord;

typedef struct Catalogue {
	Date               today;
	size_t             count, set_words;     /* services; length of a set */
	CatalogueService  *services;
	CatalogueProvider *providers;
	size_t             provider_count;
	CatalogueValues    facets[CAT_FACETS];
	CatalogueValues    capacity_types;
	CatalogueCapacity *capacities;
	u32               *place_of, *place_services;
	u32               *by_provider, *by_place;       /* services in other orders */
	u32               *by_id;                /* table of positions + 1, open addressing */
	size_t             by_id_size;
	CatalogueWord     *words;                /* in the order of bytes */
	size_t             word_count;
	const char        *word_text;
	u32               *postings;
	u64               *dense;                /* sets of words that stand in many services */
	Str                region;               /* name, empty when there is none */
	void              *drawing;              /* what the pages keep with it */
	size_t             bytes;                /* of memory */
} Catalogue;

/* The index for this request: of the newest data version, or of the one before while another reader builds. Lives as long as c->arena. */
MUST_USE Err catalogue_get(Ctx *c, const Catalogue **ret);
/* Pages hand over what they want to have made with each index: the map of its districts. */
typedef Err (*CatalogueDraw)(Ctx *c, Arena *a, const Catalogue *k, void **ret);
void catalogue_draw_by(CatalogueDraw draw);
/* Drops what is kept in memory for a store. */
void catalogue_forget(Db *db);

/* What a service is in the network, and where that stands: told by the subject above, which hands itself over at its start. Leaves both alone for a service outside. */
typedef Err (*CatalogueNetworkHook)(Ctx *c, Id service, Str *text, Str *href);
void catalogue_set_network(CatalogueNetworkHook hook);
/* Once at start, so that no visitor waits for the first build. */
MUST_USE Err catalogue_start(Ctx *c);

const CatalogueService  *catalogue_service(const Catalogue *k, Id id);      /* NULL when it is not in the catalogue */
const CatalogueProvider *catalogue_provider(const Catalogue *k, Id id);     /* NULL when it has no service there */
/* Index of a value, or -1. */
i64 catalogue_value(const Catalogue *k, CatalogueFacet f, Str code);
static inline bool set_has(const u64 *set, size_t n) { return set[n / 64] >> (n % 64) & 1; }
u32 set_count(const u64 *a, size_t words);
u32 set_count_both(const u64 *a, const u64 *b, size_t words);

/* "osobní asistence" gives "Osobní asistence". */
Str  catalogue_capital(Arena *a, Str s);

/* ---- asking ---- */

typedef enum CatalogueOrder { CAT_BY_NAME, CAT_BY_PROVIDER, CAT_BY_PLACE } CatalogueOrder;

/* The last row that was shown, by what it is sorted by: found again also when the row has changed or is gone. */
typedef struct CatalogueKey {
	Id  id;                                  /* 0 = none: from the start */
	Str sorted_by, name;                     /* provider or municipality, empty in the order of names; name of the service */
} CatalogueKey;

typedef struct CatalogueChoice { u32 *at; size_t len, cap; } CatalogueChoice;

typedef struct CatalogueQuery {
	Str             text;
	CatalogueChoice chosen[CAT_FACETS];      /* values of one facet are joined by OR, facets by AND */
	CatalogueOrder  order;
	bool            descending;
	CatalogueKey    after, before;           /* page that follows, or precedes */
	size_t          limit;                   /* 0 = none: everything */
} CatalogueQuery;

typedef struct CatalogueResult {
	SearchTokens tokens;
	u64         *set;                        /* what was found */
	u32          total;
	u32         *counts[CAT_FACETS];         /* per value: how many there would be with that value alone in its facet; NULL of CAT_PLACE */
	u32         *rows;                       /* of this page, positions of services */
	size_t       row_count;
	u32          before;                     /* how many rows stand before the first one */
} CatalogueResult;

/* Search and filters, without rows. */
void catalogue_search(Arena *a, const Catalogue *k, const CatalogueQuery *q, CatalogueResult *ret);
/* Counts of all facets but CAT_PLACE. */
void catalogue_counts(Arena *a, const Catalogue *k, const CatalogueQuery *q, CatalogueResult *ret);
/* Counts of municipalities: those that stand in the found services; zero elsewhere. Without regard to the municipalities chosen. */
u32 *catalogue_place_counts(Arena *a, const Catalogue *k, const CatalogueQuery *q);
void catalogue_rows(Arena *a, const Catalogue *k, const CatalogueQuery *q, CatalogueResult *ret);
CatalogueKey catalogue_key(const Catalogue *k, CatalogueOrder order, u32 row);
/* Number of services found by a query. */
u32  catalogue_total(Arena *a, const Catalogue *k, const CatalogueQuery *q);

/* Services and beds of units, for pages of territory (catalogue_rates.c). */
Err  catalogue_territory_services(Ctx *c, const Units *units, AsOf at, TerritoryServices *ret);

/* ---- words ---- */

/* Services that hold all tokens; NULL when there are no tokens. */
u64 *catalogue_holding(Arena *a, const Catalogue *k, const SearchTokens *t);
/* The text of a query with words that nothing holds replaced by the nearest ones that something does; {0} when there are none. */
Str  catalogue_suggestion(Arena *a, const Catalogue *k, Str query);
