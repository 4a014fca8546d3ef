/* journal.h: the journal as people read it: failed sign-ins, refused access, files taken out, and who looked at whose record. It stands
 * outside the chain of the trail and is kept for a time (SECURITY §§ 4, 10). Adding to it is in trail.h. */
#pragma once
#include "core/ctx.h"

#define JOURNAL_VIEW "view"                  /* somebody looked at a record about a person */

typedef struct JournalSearch {
	Str     what;                            /* {0} = every event */
	Id      account;                         /* who; 0 = anybody */
	Str     object;                          /* of which kind of record; {0} = any */
	Id      object_id;
	Instant from, to;                        /* from <= at < to; zero = open */
	i64     before_id, limit;
} JournalSearch;

typedef struct JournalEvent {
	i64     id;
	Instant at;
	Str     what, actor, address, detail, object;
	Id      account, object_id;
} JournalEvent;
typedef struct JournalEvents { JournalEvent *at; size_t len, cap; } JournalEvents;
/* Newest first. Whoever calls decides whether the person may read it: their own record, or trail.read. */
MUST_USE Err journal_search(Ctx *c, JournalSearch q, JournalEvents *ret);

/* Somebody looks at record `id` of kind `object`, which is about a person: noted unless it is their own. */
void         journal_viewed(Ctx *c, const char *object, Id id, Id owner_account);
/* Events before an instant are forgotten; at most `most` at once. */
MUST_USE Err journal_sweep(Ctx *c, Instant before, i64 *removed);
MUST_USE Err journal_count(Ctx *c, Instant before, i64 *count);
