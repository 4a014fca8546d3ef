/* journal.c: events that visitors can cause. They wait in memory, so that a flood of them neither fails a request nor keeps the writer busy. */
#include "core/trail.h"

#include <pthread.h>
#include <stdio.h>

#include "core/trail.sql.h"

enum { QUEUE = 512 };

typedef struct Event {
	Db     *db;                              /* NULL: written already */
	Instant at;
	Id      account;
	u16     what_len, actor_len, address_len, detail_len;
	char    what[40], actor[160], address[64], detail[400];
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

void journal_add(Ctx *c, const char *what, Str detail) {
	pthread_mutex_lock(&lock);
	if (queued < QUEUE) {
		Event *e = &queue[queued++];
		e->db = c->db;
		e->at = c->now;
		e->account = c->actor->account;
		e->what_len = put(e->what, sizeof e->what, str_c(what));
		e->actor_len = put(e->actor, sizeof e->actor, c->actor->name);
		e->address_len = put(e->address, sizeof e->address, c->actor->address);
		e->detail_len = put(e->detail, sizeof e->detail, detail);
	} else {
		dropped++;
	}
	pthread_mutex_unlock(&lock);
}

/* The events of a store, in order; the others move up. */
static size_t take(Arena *a, Db *db, Event **ret, u64 *lost) {
	pthread_mutex_lock(&lock);
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
	pthread_mutex_unlock(&lock);
	*ret = mine;
	return n;
}

static Err insert(Conn *w, i64 id, Instant at, Str what, Id account, Str actor, Str address, Str detail) {
	return db_run(w, &sql_journal_append, P(V(id), V(at), V(what), V(account), V(actor), V(address), V(detail)), NULL);
}

static Err write_all(Conn *w, Arena *a, const Event *events, size_t n, u64 lost) {
	i64 id;
	TRY(db_get_int(w, &sql_journal_last, DB_NONE, 0, &id));
	for (size_t i = 0; i < n; i++) {
		const Event *e = &events[i];
		TRY(insert(w, ++id, e->at, str_of(e->what, e->what_len), e->account, str_of(e->actor, e->actor_len),
		           str_of(e->address, e->address_len), str_of(e->detail, e->detail_len)));
	}
	if (lost)
		TRY(insert(w, ++id, events[n - 1].at, S("dropped"), 0, S(""), S(""), str_format(a, "%llu", (unsigned long long)lost)));
	return OK;
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
		fprintf(stderr, "journal: %zu events were lost: %s\n", n, err_name(e));
}

void journal_forget(Db *db) {
	CLEANUP(arena_free) Arena a = {0};
	Event *events;
	u64    lost;
	take(&a, db, &events, &lost);
}
