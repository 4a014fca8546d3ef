/* task.h: what waits for whom: a row that says what to do, why, by when, and where the button is. Tasks of a machine's state are opened and closed by the
 * engine (workflow.h); a subject may open its own. A task is for one account, or for everybody who holds a role over something. */
#pragma once
#include "core/ctx.h"

typedef struct Task {
	Id        id;
	Str       kind;                          /* "suggestion.open": what it is, with object and object_id the same task */
	Str       title, why;                    /* "Rozhodněte o návrhu změny: telefon, Domov U Lípy"; a sentence */
	Str       object;
	Id        object_id;
	Str       link, button;                  /* where it is done, and what the button says */
	Id        account;                       /* either one person */
	Str       role;                          /* … or a role, with the place over which it is held (0 = the whole region) */
	Id        ref;
	Instant   due;                           /* none = no deadline */
	Str       due_why;
	Instant   opened, closed;
} Task;
typedef struct Tasks { Task *at; size_t len, cap; } Tasks;

/* Open it; one that is open already for the same kind, object and person or role gets the new words and deadline. In a transaction. */
MUST_USE Err task_open(Ctx *c, const Task *t);
/* Done, for everybody who had it. kind {0} = all of the object. */
MUST_USE Err task_close(Ctx *c, Str kind, const char *object, Id object_id);
/* Every reminder of an open task that is due after `from` and not after `to`, by the plan of the region: once per person, deadline and line of the plan,
 * however often and by how many nodes it is called. After the deadline, too, as long as the task is open; a line that says so goes to the heads of
 * department as well. *sent = notices. A reminder of a coming deadline that has passed meanwhile, or from before the task was opened, is not sent. */
MUST_USE Err tasks_remind(Ctx *c, Instant from, Instant to, i64 *sent);
/* From rows of the columns of task.sql. */
MUST_USE Err tasks_read(Ctx *c, Rows rows, Tasks *ret);
/* Open tasks of whoever asks, the nearest deadline first, those without one last. *more: there are others. */
MUST_USE Err tasks_waiting(Ctx *c, i64 limit, Tasks *ret, bool *more);

/* ---- what waits without being a task of its own: counted when somebody looks, by the modules (.waiting) ---- */

typedef struct Waiting {
	Str     title, why, link, button;
	i64     count;                           /* 0 = not shown */
	Instant due;
	Str     due_shift, due_why;              /* "30. 6. 2024 je neděle → 1. 7. 2024"; how the deadline came about, lines */
	bool    is_late, is_calm;                /* late: should have been done; calm: good to know, nobody waits */
} Waiting;
typedef struct WaitingList { Waiting *at; size_t len, cap; } WaitingList;
void waiting_add(Ctx *c, WaitingList *list, Waiting w);

/* ---- what changed since the last visit, told by the modules (.changes) ---- */

typedef struct Change {
	Instant at;
	Str     who, text, link;                 /* link {0}: nowhere to go */
} Change;
typedef struct Changes { Change *at; size_t len, cap; } Changes;
void change_add(Ctx *c, Changes *list, Change change);

/* When the account was here last before this visit; none = never. A visit ends after half an hour without a page. */
MUST_USE Err visit_before(Ctx *c, Instant *ret);
/* The account is here now. In a transaction of its own; called at most once a minute. */
MUST_USE Err visit_note(Ctx *c, Id account);
