/* merge.h: two records of one thing become one.
 *
 * What belonged to the merged record belongs to the target from today on; what the target has already (a form, a contact, a place with the same
 * address) is ended instead of doubled. The merged record ends today, says where it went (merged_into), and its addresses lead there
 * (register_redirect). Nothing is deleted: its history, and what points to it from other subjects, stays. */
#pragma once
#include "domain/register/edit.h"

/* What would move. */
typedef struct MergePart {
	const Entity *entity;                    /* NULL: suggestions and accounts */
	const char   *what;                      /* "Formy" */
	Strs          moved, doubled;            /* by name; doubled: the target has it already, so it ends */
} MergePart;
typedef struct MergePlan {
	const Entity *entity;                    /* provider or service */
	void         *from, *to;
	MergePart     parts[6];
	size_t        part_count;
	Strs          warnings;                  /* "Služby mají jiný druh." */
} MergePlan;

/* ERR_CONFLICT with the sentence why not: into itself, into a merged one, of one that was merged, or of one into which others were. */
MUST_USE Err merge_plan(Ctx *c, const Entity *e, Id from, Id to, MergePlan *ret);
/* All or nothing. `typed` must be the name of the merged record; wants c->reason. ERR_CONFLICT when it was saved since (version). */
MUST_USE Err merge_apply(Ctx *c, const Entity *e, Id from, i64 version, Id to, Str typed);
