/* snapshot.h: how the needs stood at half-year ends, and whenever somebody wished to keep it. Snapshots are never changed: a digest of all rows stands
 * in the head, so that a change would be found. */
#pragma once
#include "core/check.h"
#include "core/jobs.h"
#include "domain/needs/need.h"

typedef struct Snapshot {
	Id      id;
	Date    day;
	Str     kind, title, author;             /* regular, manual */
	Instant made_at;
	i64     needs;
	u8      sha256[32];
} Snapshot;
typedef struct Snapshots { Snapshot *at; size_t len, cap; } Snapshots;

typedef struct SnapshotRow {
	Id  need;
	Str title, territory, district, target_group, kind, unit, state;     /* names as they were; codes of lists */
	i64 year, missing_capacity, persons, rank_district, rank_region;
} SnapshotRow;
typedef struct SnapshotRows { SnapshotRow *at; size_t len, cap; } SnapshotRows;

/* By hand, needs.snapshot; titles tell them apart. */
MUST_USE Err snapshot_make(Ctx *c, Str title, Id *ret);
/* The last 30 June or 31 December before today, unless its snapshot is there or nothing had been entered by then. *made 0 = there was nothing to do. */
MUST_USE Err snapshot_regular(Ctx *c, Id *made);
/* Newest first. */
MUST_USE Err snapshots_list(Ctx *c, Snapshots *ret);
MUST_USE Err snapshot_get(Ctx *c, Id id, Snapshot *ret);
MUST_USE Err snapshot_rows(Ctx *c, Id id, SnapshotRows *ret);
/* Are the rows those that the digest was made of. */
MUST_USE Err snapshot_holds(Ctx *c, Id id, bool *ret);

typedef enum SnapshotChange { SNAP_SAME, SNAP_NEW, SNAP_GONE, SNAP_CHANGED } SnapshotChange;
typedef struct SnapshotDiff {
	SnapshotChange     change;
	const SnapshotRow *before, *after;       /* NULL when it was not there */
} SnapshotDiff;
typedef struct SnapshotDiffs { SnapshotDiff *at; size_t len, cap; } SnapshotDiffs;
/* What is different, in the order of numbers. */
void snapshots_compare(Arena *a, const SnapshotRows *before, const SnapshotRows *after, SnapshotDiffs *ret);

/* The last end of a half-year before the day. */
Date half_year_end(Date day);
extern const JobKind needs_jobs[1];
extern const Check   needs_checks[1];
Err  needs_regular(Ctx *c);
