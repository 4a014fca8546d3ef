/* gap.h: the picture of needs: per district and target group how many people, what is in the network, what is missing; per kind of service what would
 * be the optimum. Numbers for everybody: counts of persons below five are not told and cannot be computed from sums. */
#pragma once
#include "domain/needs/need.h"

enum { SMALL_NUMBER = 5 };                   /* DOMAIN § 12 */

/* One place of a table. Hundredths; BLANK = not known. */
typedef struct GapCell {
	i64  needs, persons;                     /* persons: as they may be shown; BLANK when they are fewer than five */
	bool is_small;
	i64  missing_fte, missing_beds;          /* of needs that nothing covers */
	i64  network_fte, network_beds;
	i64  optimal_fte, optimal_beds;          /* of kinds only */
} GapCell;

typedef struct GapRow {
	Str      code, name;                     /* target group or kind of service */
	GapCell *cells;                          /* one per district */
	GapCell  total;                          /* sums of what is shown */
	bool     any;                            /* something is known about it */
} GapRow;
typedef struct GapRows { GapRow *at; size_t len, cap; } GapRows;

typedef struct Gap {
	Units   districts;                       /* of the region, in Czech order */
	GapRows groups, kinds;
	GapCell *of_district;                    /* over all target groups, of needs that lie in it */
	GapCell whole_region;                    /* needs of no single district */
	i64     optimal_year;                    /* the year whose optimum is shown; BLANK = there is none */
	Str     source;                          /* where „v síti“ comes from, a sentence */
	bool    fte_known;                       /* the source knows units of direct care */
} Gap;
/* Needs that the region has decided about and that stand today. */
MUST_USE Err gap_read(Ctx *c, i64 optimal_year, Gap *ret);

/* What the network gives today: by a subject above that knows it; until then registered capacity of the catalogue, which tells beds only. Each line
 * counts for every target group that it serves: groups must not be added up. */
typedef struct NetworkCapacity {
	Id  district;                            /* 0 = not known */
	Str kind;
	Strs groups;
	i64 fte, beds;                           /* hundredths; BLANK = not known */
} NetworkCapacity;
typedef struct NetworkCapacities { NetworkCapacity *at; size_t len, cap; } NetworkCapacities;
typedef struct NetworkSource {
	const char *sentence;                    /* "V síti je kapacita řádků verze sítě platné dnes." */
	bool        knows_fte;
	Err       (*read)(Ctx *c, bool *known, NetworkCapacities *ret);        /* *known = false: it knows nothing yet, registered capacity is shown */
} NetworkSource;
/* At start of the subject that knows; gives back the source that was used until now. */
const NetworkSource *needs_network_source(const NetworkSource *s);

/* Persons as the public may see them: BLANK below five. */
i64 small_hidden(i64 persons);
