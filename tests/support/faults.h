/* faults.h: a store that fails: the n-th statement of this thread is refused by the engine, as a full disk, a lost connection or a time limit
 * would do it. Counted are beginnings, commits, statements and queries of the store's writer and of this thread's reader. */
#pragma once
#include "db/db.h"

/* From now on the statement number `nth` gives `e`; 0 = none, they are only counted. */
void faults_arm(Db *db, i64 nth, Err e);
/* Back to the engine. Was the armed statement reached? */
bool faults_disarm(void);
/* Name of the statement that failed last. */
const char *faults_where(void);
/* Changes when anything was committed; of a thread outside of transactions. */
i64 faults_state(Db *db);
