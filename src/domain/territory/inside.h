/* inside.h: what the files of territory/ share. */
#pragma once
#include <pthread.h>
#include <stdatomic.h>

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

/* A count of one unit on one day by one source; -1 where not known. */
typedef struct Count {
	u32  unit;
	Date on;
	Str  source;
	i32  total, by_age[18][3], age_0_14, age_15_64, age_65, age_80;
} Count;

typedef struct UnitSet UnitSet;
struct UnitSet {
	UnitSet        *next;                    /* of other stores */
	Db             *db;
	i64             version;
	atomic_int      users;
	Arena           arena;
	Unit           *units;                   /* in Czech order */
	u8             *ranks;
	size_t          len;
	u32            *by_id, *by_code, *by_slug;       /* open addressing; `mask` + 1 places */
	u32             mask;
	Bonds           now;
	pthread_mutex_t lock;                    /* of what is read later: */
	bool            counted;
	Count          *counts;                  /* by unit, day, source */
	size_t          count_len, count_cap;
	u32            *first_count;
};

/* What a context has seen; lives in its arena. */
typedef struct UnitsSeen UnitsSeen;
MUST_USE Err units_seen(Ctx *c, const UnitSet **set);
/* The memberships as of a moment. */
MUST_USE Err units_bonds(Ctx *c, AsOf at, const Bonds **ret);
/* After a write of territory inside a transaction: what was seen is no longer so. */
void         units_forget(Ctx *c);
u32          unit_place(const UnitSet *s, Id id);        /* NO_UNIT */
bool         bond_holds(const Bond *b, Date on);

const char  *boundary_layer_name(BoundaryLayer layer);
