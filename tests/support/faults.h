/* faults.h: a store that fails: the n-th statement of this thread is refused by the engine, as a full disk, a lost connection or a time limit
 * would do it. Counted are beginnings, commits, statements and queries of the store's writer and of this thread's reader. */
#pragma once
#include "core/ctx.h"

/* From now on the statement number `nth` gives `e`; 0 = none, they are only counted. */
void faults_arm(Db *db, i64 nth, Err e);
/* Back to the engine. Was the armed statement reached? */
bool faults_disarm(void);
/* Name of the statement that failed last. */
const char *faults_where(void);
/* Changes when anything was committed; of a thread outside of transactions. */
i64 faults_state(Db *db);

/* Runs an operation with its first, second, … statement failing until it runs to its end, each time in a Ctx of its own with the actor and the time of
 * *c (which is ended). Each time: refused as a whole, with a sentence, and nothing committed, unless the operation commits in `several` steps.
 * Otherwise what is wrong is printed and the test fails. */
void faults_survived(Ctx *c, const char *what, Err (*act)(Ctx *c), bool several);
#define SURVIVES(act) faults_survived(&c, #act, act, false)
#define SURVIVES_IN_STEPS(act) faults_survived(&c, #act, act, true)
