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
/* At start: row scope of a district reaches into its municipalities (core/access.h). */
void territory_tell_access(void);
/* The region of this installation (setting region.code), NULL on an empty store. */
const Unit *territory_region(Ctx *c);
/* The municipality that a part of a municipality (RÚIAN CastObce) lies in; NULL when the part is not known. */
const Unit *territory_by_part(Ctx *c, Str part_code);
/* First day on which imported memberships hold: earlier than any fact of this field. */
Date territory_beginning(void);

/* To which units a unit belongs directly, now and in other days, the highest level first and oldest days first. */
typedef struct Belonging { const Unit *parent; Date from, to; } Belonging;
typedef struct Belongings { Belonging *at; size_t len, cap; } Belongings;
MUST_USE Err territory_belongings(Ctx *c, Id id, AsOf at, Belongings *ret);

/* ---- what moved ---- */

typedef struct Move {
	const Unit *unit, *before, *after;       /* before, after: NULL when it belonged nowhere */
} Move;
typedef struct Moves { Move *at; size_t len, cap; } Moves;
/* Municipalities below `parent` (0 = all), at either moment, that belong to another unit of `level` at the second than at the first. */
MUST_USE Err territory_moves(Ctx *c, Id parent, const char *level, AsOf before, AsOf after, Moves *ret);
/* Days on which a municipality below `parent` came to another unit, oldest first; the beginning is not one of them. */
typedef struct Dates { Date *at; size_t len, cap; } Dates;
MUST_USE Err territory_change_days(Ctx *c, Id parent, Dates *ret);

/* ---- population ---- */

typedef struct AgeGroups {
	Date counted_on;                         /* none: nothing is known */
	Str  source;
	i64  total, by_age[18][3];               /* five-year groups 0-4 … 85+ ; all, men, women; BLANK where not known */
	i64  age_0_14, age_15_64, age_65, age_80;
	i64  municipalities, missing;            /* summed, and those of them for which that count does not exist */
} AgeGroups;
/* The count on or before the day that most of its municipalities have (then the newest), summed over the municipalities that belong to the unit
 * on the day `at`. Where no municipality was counted: the unit's own count, then the sum over its districts. */
MUST_USE Err population_of(Ctx *c, Id unit, AsOf at, AgeGroups *ret);
/* Counts that were published for the unit itself, newest first: the census beside the register. */
typedef struct AgeGroupsList { AgeGroups *at; size_t len, cap; } AgeGroupsList;
MUST_USE Err population_own(Ctx *c, Id unit, AgeGroupsList *ret);

/* Parts of a municipality in Czech order, with their postcodes as people write them. */
typedef struct Part { Str name, code, postcodes; } Part;
typedef struct Parts { Part *at; size_t len, cap; } Parts;
MUST_USE Err territory_parts(Ctx *c, Id municipality, Parts *ret);

/* ---- services, counted by the subject above ---- */

typedef enum AgeBand { AGE_ALL, AGE_0_14, AGE_15_64, AGE_65, AGE_80 } AgeBand;
i64 age_band(const AgeGroups *g, AgeBand band);          /* BLANK where not known */
Str age_band_name(AgeBand band);                         /* "lidí od 65 let" */

/* One line of "per 1,000 inhabitants of the target age" (DOMAIN F26). */
typedef struct TerritoryRate {
	Str     label;                           /* "Lůžka domovů (§ 49 a 50)" */
	i64     count;                           /* with `places` digits behind the decimal comma */
	int     places;
	AgeBand people;
} TerritoryRate;
typedef struct TerritoryServices {
	i64           services;                  /* that have a place there; BLANK = not known */
	TerritoryRate rates[12];
	size_t        rate_count;
} TerritoryServices;
/* Fills one answer for each unit. The subject that knows services hands it over at its start; without it pages show no services. */
typedef Err (*TerritoryServicesHook)(Ctx *c, const Units *units, AsOf at, TerritoryServices *ret);
void territory_count_services(TerritoryServicesHook hook);
TerritoryServicesHook territory_services_hook(void);     /* NULL when nobody counts */

/* ---- boundaries ---- */

/* Rings of a unit as text "lon lat,lon lat;…" in millionths of a degree, of the finer layer or the overview; {0} when there are none. */
typedef enum BoundaryLayer { BOUNDARY_DETAIL, BOUNDARY_OVERVIEW } BoundaryLayer;
MUST_USE Err territory_boundary(Ctx *c, Id unit, BoundaryLayer layer, Str *ret);

/* ---- import ---- */

typedef struct TerritoryImport {
	i64 files, added, changed, same, skipped;        /* skipped: rows of other regions */
} TerritoryImport;
typedef struct ImportFile { Str name, bytes; } ImportFile;
typedef struct ImportFiles { ImportFile *at; size_t len, cap; } ImportFiles;
/* Read files in the formats of data/territory and data/geo, in any order, and store what is new in them: all or nothing. Only rows of `region`
 * (RÚIAN code; {0} = all). ERR_INVALID with every problem, place first: "obce.csv, řádek 12, sloupec kod_obce". */
MUST_USE Err territory_import(Ctx *c, const ImportFiles *files, Str region, TerritoryImport *ret);
/* The files that the program carries. */
MUST_USE Err territory_import_builtin(Ctx *c, Str region, TerritoryImport *ret);
