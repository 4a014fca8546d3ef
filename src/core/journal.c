/* journal.c: events that visitors can cause. They wait in memory, so that a flood of them neither fails a request nor keeps the writer busy. */
#include "core/journal.h"
#include "base/log.h"
#include "base/lock.h"
#include "core/trail.h"

#include <pthread.h>
#include <stdio.h>

#include "core/trail.sql.h"

enum { QUEUE = 512 };

typedef struct Event {
	Db     *db;                              /* NULL: written already */
	Instant at;
	Id      account, object_id;
	u16     what_len, actor_len, address_len, detail_len, object_len;
	char    object[40], what[40], actor[160], address[64], detail[400];
} Event;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Event           queue[QUEUE];
static size_t          queued;
static u64             dropped;                  /* since the last flush */

/* As much as fits, never half a letter, nothing that a store would refuse. */
static u16 put(char *to, size_t room, Str s) {
	size_t n = 0;
	for (size_t pos = 0; pos < s.len;) {
		char letter[4];
		u32  cp = utf8_next(s, &pos);
		size_t width = utf8_put(letter, cp ? cp : 0xFFFD);
		if (n + width > room)
			break;
		memcpy(to + n, letter, width);
		n += width;
	}
	return (u16)n;
}

static void add(Ctx *c, const char *what, Str detail, const char *object, Id object_id) {
	pthread_mutex_lock(&lock);
	if (queued < QUEUE) {
		Event *e = &queue[queued++];
		e->db = c->db;
		e->at = c->now;
		e->account = c->actor->viewer ? c->actor->viewer : c->actor->account;
		e->what_len = put(e->what, sizeof e->what, str_c(what));
		e->actor_len = put(e->actor, sizeof e->actor, c->actor->viewer ? c->actor->viewer_name : c->actor->name);
		e->address_len = put(e->address, sizeof e->address, c->actor->address);
		e->detail_len = put(e->detail, sizeof e->detail, detail);
		e->object_len = put(e->object, sizeof e->object, str_c(object));
		e->object_id = object_id;
	} else {
		dropped++;
	}
	pthread_mutex_unlock(&lock);
}

void journal_add(Ctx *c, const char *what, Str detail) {
	add(c, what, detail, "", 0);
}

void journal_viewed(Ctx *c, const char *object, Id id, Id owner_account) {
	if (!c->actor->is_program && c->actor->account != owner_account)
		add(c, JOURNAL_VIEW, (Str){0}, object, id);
}

/* The events of a store, in order; the others move up. */
static size_t take(Arena *a, Db *db, Event **ret, u64 *lost) {
	LOCKED(&lock);
	Event *mine = NEW_ARRAY(a, Event, queued);
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < queued; i++)
		if (queue[i].db == db)
			mine[n++] = queue[i];
		else
			queue[kept++] = queue[i];
	queued = kept;
	*lost = n ? dropped : 0;
	dropped -= *lost;
	*ret = mine;
	return n;
}

static Err write_all(Conn *w, Arena *a, const Event *events, size_t n, u64 lost) {
	i64 id;
	TRY(db_get_int(w, &sql_journal_last, DB_NONE, 0, &id));
	for (size_t i = 0; i < n; i++) {
		const Event *e = &events[i];
		id++;
		TRY(db_run(w, &sql_journal_append,
		           P(V(id), V(e->at), V(str_of(e->what, e->what_len)), V(e->account), V(str_of(e->actor, e->actor_len)), V(str_of(e->address, e->address_len)),
		             V(str_of(e->detail, e->detail_len)), V(str_of(e->object, e->object_len)), V(e->object_id)), NULL));
	}
	if (!lost)
		return OK;
	Str none = {0}, count = str_format(a, "%llu", (unsigned long long)lost);
	return db_run(w, &sql_journal_append, P(V(id + 1), V(events[n - 1].at), V(S("dropped")), V((Id)0), V(none), V(none), V(count), V(none), V((Id)0)), NULL);
}

void journal_flush(Db *db) {
	CLEANUP(arena_free) Arena a = {0};
	Event *events;
	u64    lost;
	size_t n = take(&a, db, &events, &lost);
	if (n == 0)
		return;
	Conn *w;
	Err   e = db_write_begin(db, &w);
	if (e == OK) {
		e = write_all(w, &a, events, n, lost);
		if (e == OK)
			e = db_commit(w);
		else
			db_rollback(w);
	}
	if (e != OK)
		log_line(LOGS_WARNING, "journal", 0, "%zu events were lost: %s", n, err_name(e));
}

void journal_forget(Db *db) {
	CLEANUP(arena_free) Arena a = {0};
	Event *events;
	u64    lost;
	take(&a, db, &events, &lost);
}
