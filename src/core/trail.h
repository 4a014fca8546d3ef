/* trail.h: every change and security event, in the transaction of the change, append-only, chained by hashes (SECURITY § 8).
 *
 * hash = SHA-256(previous hash ‖ canonical record); the record is length-prefixed binary in fixed order, version byte first. */
#pragma once
#include "core/entity.h"

typedef struct TrailChange {
	const char *field;                       /* name in the entity, or a word of the action */
	Str         before, after;               /* machine form */
	bool        personal;                    /* the chain holds salted digests; the values lie beside it and can be erased */
	bool        erased;                      /* of a record that was read: a personal value that is no more */
} TrailChange;

typedef struct TrailEntry {
	const char        *action;               /* "create", "change", "end", "import", "sign_in", … */
	const char        *object;               /* entity or subject name */
	Id                 object_id;
	Str                text;                 /* a short Czech sentence, where the changes don't say it */
	const TrailChange *changes;
	size_t             change_count;
} TrailEntry;

/* Append; inside a write transaction. Actor, role, organisation, address, reason and time come from the Ctx. */
MUST_USE Err trail_add(Ctx *c, TrailEntry e);
/* tx_commit writes the head of the chain once, however many records the transaction has. */
MUST_USE Err trail_write_head(Ctx *c);
/* The changes between two rows of an entity (either may be NULL), skipping what is equal. Secret fields are personal. */
size_t trail_changes(Ctx *c, const Entity *e, const void *before, const void *after, TrailChange **ret);

typedef struct TrailRecord {
	i64     seq;
	Instant at;
	Id      account;
	Str     actor, role, organisation, address;      /* actor and address are empty when they were erased */
	Str     action, object, text, reason;
	Id      object_id;
	TrailChange *changes;
	size_t  change_count;
} TrailRecord;
typedef struct TrailRecords { TrailRecord *at; size_t len, cap; } TrailRecords;
/* Newest first; seq < before_seq (0 = from the end). */
MUST_USE Err trail_of(Ctx *c, const char *object, Id object_id, i64 before_seq, i64 limit, TrailRecords *ret);

typedef struct TrailSearch {
	Id      account;                         /* who; 0 = anybody */
	Str     who, object, action;             /* beginning of the actor's name; {0} = anybody, anything */
	Id      object_id;
	Instant from, to;                        /* from <= at < to; zero = open */
	i64     before_seq, limit;
} TrailSearch;
/* Newest first. The whole trail: for people with trail.read. */
MUST_USE Err trail_search(Ctx *c, TrailSearch q, TrailRecords *ret);
/* The same, all of it, in flat memory: `each` gets a record that lives until it returns; not OK stops. */
MUST_USE Err trail_each(Ctx *c, TrailSearch q, Err (*each)(void *arg, const TrailRecord *t), void *arg);
/* Actions and objects that occur in the newest part of the trail, each once, in the order of the alphabet. */
MUST_USE Err trail_words(Ctx *c, Strs *actions, Strs *objects);

/* Of the newest `look` records those after an instant that others caused, newest first, without values and reasons. Asks no right: the caller shows
 * each person only what is theirs to know. */
MUST_USE Err trail_since(Ctx *c, Instant since, i64 look, TrailRecords *ret);

typedef struct TrailVerdict {
	i64 records;
	i64 broken_seq;                          /* 0 = the chain holds */
	Str why;                                 /* Czech: what is wrong with that record */
	Str head;                                /* hex of the last hash */
} TrailVerdict;
/* Read everything and recompute. */
MUST_USE Err trail_verify(Ctx *c, TrailVerdict *ret);

/* Personal data go when their time is over or their owner asks; the chain still holds. Each call leaves a record of itself.
 * Values of secret fields in the records about one object; names and addresses of actors in months before `before`, of one account or
 * of everybody (0). *erased may be NULL. */
MUST_USE Err trail_erase_object(Ctx *c, const char *object, Id object_id, i64 *erased);
MUST_USE Err trail_erase_people(Ctx *c, Id account, Date before, i64 *erased);

/* Security events that visitors can cause go to the journal, outside the chain: failed sign-ins, refused access. Never fails and never
 * waits for the store: events stand in a bounded queue (the newest are dropped and counted when it is full) until journal_flush. */
void journal_add(Ctx *c, const char *what, Str detail);
/* Write what waits for this store in one small transaction; called every second and before a store is closed, on a thread that may wait. */
void journal_flush(Db *db);
/* Drop what still waits for a store that closes. */
void journal_forget(Db *db);
