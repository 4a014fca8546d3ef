/* catalogue_given.h: a register of invented services in the real territory of the region, and what is known about each of them apart from
 * the store: the plain truth that the index is compared with. */
#pragma once
#include "base/hash.h"
#include "domain/register/catalogue.h"
#include "tests/domain/territory_given.h"

enum { TRUE_PLACES = 3 };

typedef struct TrueService {
	Id   id;
	Str  name, identifier, description, note, provider, ico;
	Str  kind, kind_words;                   /* code; its name and what people call it */
	Strs groups, ages, forms;
	const Unit *town[TRUE_PLACES];
	bool secret[TRUE_PLACES], closed[TRUE_PLACES];
	int  places;
	bool hidden, ended, merged, outside_act;
} TrueService;

typedef struct TrueCatalogue {
	TrueService *at;
	size_t       len;
	Units        towns;
	Rand         rand;
} TrueCatalogue;

/* `count` services, deterministic, written without the trail. The index is forgotten when the test ends. */
Ctx  given_catalogue(int count, TrueCatalogue *ret);
/* Add one more; `s` gets its id. Provider names and numbers belong together. */
void put_true_service(Ctx *c, TrueService *s);
/* Is it one that the catalogue shows? */
bool is_shown(const TrueService *s);
/* All that it is found by, in one text. */
Str  true_text(Arena *a, const TrueService *s);
const TrueService *true_service(const TrueCatalogue *t, Id id);
