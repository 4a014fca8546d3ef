/* import.h: what the files of an import share: a plan, read from files and judged, before anything is stored. */
#pragma once
#include "domain/territory/inside.h"

/* To which unit of a level a unit belongs: to `before` until the day before `since`, then to `now`. */
typedef struct PlanBond {
	u32  before, now;                        /* places in the plan; before: NO_UNIT when the file knows of no change */
	Date since;
	Str  file;
} PlanBond;

typedef struct PlanUnit {
	int         rank;
	Str         code, csu_code, name, seat;
	Str         likely_name;                 /* where no file names it: a county that came into being */
	i64         lon, lat;
	Str         file;                        /* that named it; {0} = only referred to, it is in the store */
	const Unit *stored;
	Id          id;                          /* once it is in the store */
	PlanBond    bonds[RANK_SUBDISTRICT + 1];
} PlanUnit;

typedef struct PlanCustom {
	u32  child, parent;
	Date since;
} PlanCustom;

typedef struct PlanCount {
	u32         unit;
	Date        on;
	int         sex, from, to;               /* sex: 0 all, 1 men, 2 women */
	i64         count;
	const char *source;
} PlanCount;

typedef struct PlanPart {
	u32 unit;
	Str code, name, postcode;
} PlanPart;

typedef struct PlanShape {
	u32           unit;
	BoundaryLayer layer;
	Str           rings, source;
} PlanShape;

#define SOURCE_REGISTER "ČSÚ, evidence obyvatel"
#define SOURCE_CENSUS   "ČSÚ, sčítání lidu 2021"

typedef struct Plan {
	Ctx        *c;
	Str         region;                      /* RÚIAN code, {0} = all */
	Str         region_nuts;                 /* its NUTS 3 code, once known */
	PlanUnit   *units;
	size_t      unit_len, unit_cap;
	u32        *index;                       /* open addressing by level and code */
	u32         index_mask;
	PlanCustom *customs;
	size_t      custom_len, custom_cap;
	PlanCount  *counts;
	size_t      count_len, count_cap;
	PlanPart   *parts;
	size_t      part_len, part_cap;
	PlanShape  *shapes;
	size_t      shape_len, shape_cap;
	i64         skipped;
	size_t      errors;
} Plan;

enum { MOST_ERRORS = 50 };

/* Note what is wrong at a place of a file; the import goes on reading, so that all of it is said at once. */
void plan_wrong(Plan *p, Str place, const char *format, ...) PRINTF_LIKE(3, 4);
/* The unit in the plan or in the store; NO_UNIT. */
u32  plan_find(Plan *p, int rank, Str code);
/* The same, entered when it is not there yet. */
u32  plan_enter(Plan *p, int rank, Str code);
/* A file says the name, code … of a unit; two files must say the same. Blank says nothing. */
void plan_name(Plan *p, u32 unit, Str name, Str csu_code, Str seat, Str file, Str place);
void plan_bond(Plan *p, u32 child, u32 before, u32 now, Date since, Str file, Str place);
/* Is the region wanted? By RÚIAN code. */
bool plan_wants(const Plan *p, Str region);
/* RÚIAN code of the region of a unit, by the plan and then by the store; {0} when it is in none. */
Str  plan_region_of(Plan *p, u32 unit);

/* One file into the plan. False when its header is none that we know. */
typedef struct FileKind FileKind;
const FileKind *import_kind_of(Arena *a, const ImportFile *f);  /* NULL = not recognised */
int             import_kind_order(const FileKind *k);           /* files that others refer to come first */
void            import_read(Plan *p, const FileKind *k, const ImportFile *f);
/* import_geo.c */
void            import_geo_read(Plan *p, const ImportFile *f);
/* import_store.c: inside a write transaction. */
MUST_USE Err    import_store(Plan *p, TerritoryImport *ret);
