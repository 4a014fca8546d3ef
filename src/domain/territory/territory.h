/* territory.h: region, counties (okresy), districts (ORP), subdistricts (POÚ), municipalities and territories of one's own, as one table of units with
 * dated membership; population; boundaries. Units are keyed by their RÚIAN code within a level, never by name (two are called Pěnčín).
 *
 * Membership is a dated entity: on 1 January 2021 sixteen municipalities of the Liberec Region moved to another county. */
#pragma once
#include "core/entity.h"

/* Levels are states of the program, not data of a region: other code depends on them. */
#define LEVEL_REGION       "region"
#define LEVEL_COUNTY       "county"
#define LEVEL_DISTRICT     "district"
#define LEVEL_SUBDISTRICT  "subdistrict"
#define LEVEL_MUNICIPALITY "municipality"
#define LEVEL_CUSTOM       "custom"

#define TERRITORY_FIELDS(F, T) \
	F(T, level, code, "Úroveň", .codelist = "territory_level", .required = true, .filter = true, .list = 2) \
	F(T, code, text, "Kód RÚIAN", .required = true, .max = 20, .list = 3, .search = true) \
	F(T, csu_code, text, "Kód ČSÚ", .max = 20, .list = 4, .help = "Číselník správních obvodů ORP (51xx), LAU okresu nebo NUTS 3 kraje.") \
	F(T, name, text, "Název", .required = true, .max = 120, .search = true, .sort = true, .list = 1) \
	F(T, slug, text, "Název v adrese", .max = 80, .readonly = true, .help = "Jedinečný v rámci úrovně; u stejných názvů s kódem.") \
	F(T, seat, text, "Kód sídelní obce", .max = 20) \
	F(T, lon, int, "Zeměpisná délka (miliontiny stupně)", .min = -180000000, .max = 180000000) \
	F(T, lat, int, "Zeměpisná šířka (miliontiny stupně)", .min = -90000000, .max = 90000000) \
	F(T, note, longtext, "Poznámka")
ENTITY_STRUCT(Territory, TERRITORY_FIELDS)
extern const Entity territory_entity;

#define MEMBERSHIP_FIELDS(F, T) \
	F(T, child, ref, "Území", .target = &territory_entity, .required = true, .filter = true, .list = 1) \
	F(T, parent, ref, "Patří do", .target = &territory_entity, .required = true, .filter = true, .list = 2) \
	F(T, parent_level, code, "Úroveň nadřazeného", .codelist = "territory_level", .required = true, .filter = true, .list = 3)
ENTITY_STRUCT(Membership, MEMBERSHIP_FIELDS)
extern const Entity membership_entity;       /* dated */

#define POPULATION_FIELDS(F, T) \
	F(T, territory, ref, "Území", .target = &territory_entity, .required = true, .filter = true, .list = 1) \
	F(T, counted_on, date, "Stav ke dni", .required = true, .filter = true, .list = 2) \
	F(T, sex, code, "Pohlaví", .codelist = "sex", .required = true, .filter = true, .list = 3) \
	F(T, age_from, int, "Věk od", .required = true, .max = 120, .list = 4) \
	F(T, age_to, int, "Věk do", .required = true, .max = 150, .list = 5, .help = "150 = bez horní meze.") \
	F(T, count, int, "Počet obyvatel", .required = true, .max = 100000000, .list = 6) \
	F(T, source, text, "Zdroj", .required = true, .max = 120, .list = 7)
ENTITY_STRUCT(Population, POPULATION_FIELDS)
extern const Entity population_entity;       /* rows of "sex": all, men, women; the row 0-150 is the total */

/* ---- all units in memory, under the data version; lives until the request ends ---- */

typedef struct Unit {
	Id   id;
	Str  level, code, csu_code, name, slug, seat;
	i64  lon, lat;                           /* BLANK when unknown */
	u32  order;                              /* position in Czech order of all units */
} Unit;
typedef struct Units { const Unit **at; size_t len, cap; } Units;

const Unit *territory_by_id(Ctx *c, Id id);
const Unit *territory_by_code(Ctx *c, const char *level, Str code);
const Unit *territory_by_slug(Ctx *c, const char *level, Str slug);
/* The unit of `level` that `id` belongs to on a day, through any number of steps (municipality → district → region); NULL when none. */
const Unit *territory_above(Ctx *c, Id id, const char *level, AsOf at);
/* Units of a level below `parent` on a day, in Czech order; parent 0 = all of the level. */
MUST_USE Err territory_below(Ctx *c, Id parent, const char *level, AsOf at, Units *ret);
/* The region of this installation (setting region.code), NULL on an empty store. */
const Unit *territory_region(Ctx *c);

/* ---- population ---- */

typedef struct AgeGroups {
	Date counted_on;                         /* none: nothing is known */
	Str  source;
	i64  total, by_age[18][3];               /* five-year groups 0-4 … 85+ ; all, men, women; BLANK where not known */
	i64  age_0_14, age_15_64, age_65, age_80;
} AgeGroups;
/* Newest count on or before the day, summed over the municipalities that belong to the unit on the day `at`. */
MUST_USE Err population_of(Ctx *c, Id unit, AsOf at, AgeGroups *ret);
