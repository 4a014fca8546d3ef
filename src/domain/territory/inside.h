/* inside.h: what the files of territory/ share. */
#pragma once
#include "domain/territory/territory.h"

/* Rank of a level in the hierarchy, the highest first; -1 for an unknown word. */
enum { RANK_REGION, RANK_COUNTY, RANK_DISTRICT, RANK_SUBDISTRICT, RANK_MUNICIPALITY, RANK_CUSTOM, RANK_COUNT };
int         level_rank(Str level);
const char *level_word(int rank);

#define NO_UNIT UINT32_MAX

/* ---- the set in memory (territory_memory.c) ---- */

/* A span of membership, by places of the units in the set. */
typedef struct Bond {
	u32  child, parent;
	Date from, to;
} Bond;

/* What was believed at one instant. Bonds of one child stand together: first[child] up to first[child + 1]. */
typedef struct Bonds {
	Bond  *at;
	u32   *first;
	size_t len, cap;
} Bonds;

typedef struct UnitSet {
	Unit  *units;                            /* in Czech order */
	u8    *ranks;
	size_t len;
	u32   *by_id, *by_code, *by_slug;        /* open addressing; `mask` + 1 places */
	u32    mask;
	Bonds  now;
} UnitSet;

/* What a context has seen; lives in its arena. */
typedef struct UnitsSeen UnitsSeen;
MUST_USE Err units_seen(Ctx *c, const UnitSet **set);
/* The memberships as of a moment. */
MUST_USE Err units_bonds(Ctx *c, AsOf at, const Bonds **ret);
/* After a write of territory inside a transaction: what was seen is no longer so. */
void         units_forget(Ctx *c);
void         counts_forget(Ctx *c);                      /* population.c, with units_forget */
u32          unit_place(const UnitSet *s, Id id);        /* NO_UNIT */
bool         bond_holds(const Bond *b, Date on);

const char  *boundary_layer_name(BoundaryLayer layer);
