/* shared.h: what is read from the store once and used by all requests until public data change: code lists, settings, units of territory.
 *
 * A set is one per store, kind and data version, and counted: it lives as long as somebody reads it. A context sees one and the same set for its whole moment of
 * reading. Inside a write transaction that has changed something the set may hold what is not committed: it is that context's own.
 *
 * Public data change all the time, code lists hardly ever: a kind that can tell by its stamp that nothing of it changed is not read anew. */
#pragma once
#include "core/ctx.h"

/* Of the rows that a set is made of: another one after every change of them. */
typedef struct SharedStamp { i64 last, count; } SharedStamp;

typedef struct SharedKind {
	const char *name;                        /* "code lists": for the log when the store fails */
	size_t      size;                        /* of the set, which is zeroed before `load` */
	/* Reads the store. Everything of the set stands in its own memory; 0 rows are a set, too. */
	Err       (*load)(Ctx *c, Arena *memory, void *set);
	void      (*end)(void *set);             /* what memory alone does not free; NULL = nothing */
	Err       (*stamp)(Ctx *c, SharedStamp *ret);      /* NULL = the set is read anew for each data version */
} SharedKind;

MUST_USE Err shared_set(Ctx *c, const SharedKind *kind, void **ret);
/* This context has changed what the set is made of: the next question reads it anew. */
void         shared_unsee(Ctx *c, const SharedKind *kind);
/* A store closes. */
void         shared_forget(Db *db);
