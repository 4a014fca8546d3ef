/* catalogue_build.h: the index while it is being made: catalogue_build.c reads the store, catalogue_sets.c arranges what was read. */
#pragma once
#include "domain/register/catalogue_inside.h"

/* What hangs on a service: a form, a group, a place. Gathered first, sorted by service, looked up when the service comes. */
typedef struct Hung {
	Id  service;
	u32 what, more;                          /* value of a facet; flags of a place, type of a capacity */
	i64 count;
} Hung;
typedef struct HungList { Hung *at; size_t len; Buf bytes; } HungList;
enum { PLACE_SECRET = 1, PLACE_CONTACT = 2, PLACE_CLOSED = 4 };
#define NO_TYPE UINT32_MAX
/* A bit each. Beyond them an age group covers only itself, and a form is not told at a service. */
enum { AGES_MAX = 64, FORMS_MAX = 32 };

typedef struct ProviderPlace { Id id; u32 at; } ProviderPlace;

typedef struct Build {
	Ctx        *c;
	Arena      *a, scratch;                  /* of the index; of one name */
	Catalogue  *k;
	WordsDraft *words;
	HungList    places, forms, groups, ages;
	ProviderPlace *provider_by_id;
	Str        *kind_text;                   /* of a kind: its name and what else people call it */
	u64         age_covers[AGES_MAX];        /* of an age group: the groups that lie inside it */
	size_t      kind_count;
	Buf         services, place_of, capacities;
} Build;

/* Sets of the facets' values, services of municipalities and providers, orders, the table of ids. */
void catalogue_arrange(Build *b);
