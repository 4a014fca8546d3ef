/* territory_given.h: a store with territory, for tests of the subject. */
#pragma once
#include "domain/territory/territory.h"
#include "tests/support/store.h"

/* An empty store with its code lists, as the program itself sees it at noon of 22 November 2026. */
Ctx  given_territory_lists(void);
/* The Liberec Region from the tables of the program; without ages by five years, boundaries and parts of municipalities. */
Ctx  given_territory(void);
/* All that the program has of it. */
Ctx  given_whole_territory(void);
/* A copy of the store that one of these, or a test's own that begins with one of them, filled once. */
Ctx  given_filled(void (*fill)(Db *db));
void fill_territory(Db *db);
void fill_whole_territory(Db *db);
Err  territory_import_text(Ctx *c, const char *name, const char *text, TerritoryImport *done);
/* The only problem said, as "place: text"; forgets it. */
Str  territory_said(Ctx *c);
#define REFUSED_WITH(call, err, part) \
	do { \
		EQ_INT((call), (err)); \
		Str words_ = territory_said(&c); \
		if (!str_has(words_, S(part))) \
			test_fail(__FILE__, __LINE__, "said: %.*s", STR_ARG(words_)); \
	} while (0)
