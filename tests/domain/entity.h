/* entity.h: a plain entity with every field type, made for the tests of stored rows and lists. */
#pragma once
#include "core/access.h"
#include "core/codelist.h"
#include "core/data_version.h"
#include "core/history.h"
#include "core/settings.h"
#include "core/trail.h"
#include "tests/support/store.h"
#include "tests/test.h"

#define HOUSE_FIELDS(F, T) \
	F(T, name, text, "Název", .required = true, .search = true, .sort = true, .list = 1, .max = 40) \
	F(T, note, longtext, "Poznámka") \
	F(T, mail, email, "E-mail") \
	F(T, phone, phone, "Telefon") \
	F(T, web, url, "Web") \
	F(T, ico, ico, "IČO", .unique = true, .filter = true) \
	F(T, postcode, postcode, "PSČ") \
	F(T, beds, int, "Lůžka", .filter = true, .sort = true, .min = 0, .max = 500) \
	F(T, is_open, bool, "Otevřeno", .filter = true) \
	F(T, since, date, "Od", .filter = true) \
	F(T, seen, instant, "Viděno") \
	F(T, price, money, "Cena") \
	F(T, staff, fte, "Úvazky") \
	F(T, share, percent, "Podíl") \
	F(T, kind, code, "Druh", .codelist = "house_kind", .filter = true) \
	F(T, groups, codes, "Skupiny", .codelist = "house_group", .filter = true) \
	F(T, owner, ref, "Vlastník", .target = &house_entity, .filter = true)
extern const Entity house_entity, open_house_entity;
ENTITY_STRUCT(House, HOUSE_FIELDS)

/* A store with the tables, the lists house_kind (a, b, c; c only until 2020) and house_group (x, y, z), and a Ctx of the program on
 * 22 November 2026. */
Ctx    given_houses(void);
House *house(Ctx *c, const char *name);                  /* filled, not stored */
House *given_house(Ctx *c, const char *name);            /* stored */
Ctx    as(Ctx *c, const Actor *actor);
/* The last sentence said; the list is emptied. */
Str    said(Ctx *c);
#define REFUSED(call, code, part) \
	do { \
		EQ_INT((call), (code)); \
		Str refused_ = said(c); \
		if (!str_has(refused_, S(part))) \
			test_fail(__FILE__, __LINE__, "said \"%.*s\", which has no \"%s\"", STR_ARG(refused_), part); \
	} while (0)
