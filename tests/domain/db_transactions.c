/* One writer, readers that see one moment, and what an error or a killed process leaves behind. */
#include "tests/domain/db.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/postgres.h"

TEST("db: what was rolled back is not there, what was committed is") {
	Db *db = given_things();
	Conn *c;
	MUST(db_write_begin(db, &c));
	EXPECT(db_is_writer(c));
	MUST(add_thing(c, 1, "a", 1));
	db_rollback(c);
	EXPECT(!db_is_writer(c));
	EQ_INT(asked_int(db, &count_things), 0);
	MUST(db_write_begin(db, &c));
	MUST(add_thing(c, 1, "a", 1));
	MUST(db_commit(c));
	EQ_INT(asked_int(db, &count_things), 1);
}

/* ---- refusals ---- */

static void expect_refused(Db *db, const Sql *sql, Err want) {
	Conn *c;
	MUST(db_write_begin(db, &c));
	MUST(add_thing(c, 50, "before", 1));
	EQ_INT(db_run(c, sql, DB_NONE, NULL), want);
	EQ_INT(add_thing(c, 51, "after", 1), want);        /* nothing runs after an error, on both engines */
	EQ_INT(db_commit(c), want);
	EQ_INT(asked_int(db, &count_things), 1);
}

TEST("db: a broken constraint is a conflict, and nothing of its transaction stays") {
	Db *db = given_things();
	Conn *c;
	MUST(db_write_begin(db, &c));
	MUST(add_thing(c, 1, "a", 1));
	MUST(db_commit(c));
	static const Sql again = {"test_again", "INSERT INTO thing (id, name) VALUES (2, 'a')", NULL};
	static const Sql same_id = {"test_same_id", "INSERT INTO thing (id, name) VALUES (1, 'b')", NULL};
	static const Sql negative = {"test_negative", "UPDATE thing SET amount = -1", NULL};
	static const Sql orphan = {"test_orphan", "INSERT INTO part (id, thing_id) VALUES (1, 99)", NULL};
	static const Sql no_name = {"test_no_name", "INSERT INTO thing (id) VALUES (3)", NULL};
	expect_refused(db, &again, ERR_CONFLICT);
	expect_refused(db, &same_id, ERR_CONFLICT);
	expect_refused(db, &negative, ERR_CONFLICT);
	expect_refused(db, &orphan, ERR_CONFLICT);
	expect_refused(db, &no_name, ERR_INTERNAL);
	MUST(db_write_begin(db, &c));
	MUST(add_thing(c, 2, "b", 1));
	MUST(db_commit(c));
	EQ_INT(asked_int(db, &count_things), 2);
}

TEST("db: a row that something refers to is not deleted") {
	Db *db = given_things();
	Conn *c;
	static const Sql part = {"test_part", "INSERT INTO part (id, thing_id) VALUES (1, 1)", NULL}, del = {"test_del", "DELETE FROM thing", NULL};
	MUST(db_write_begin(db, &c));
	MUST(add_thing(c, 1, "a", 1));
	MUST(db_run(c, &part, DB_NONE, NULL));
	EQ_INT(db_run(c, &del, DB_NONE, NULL), ERR_CONFLICT);
	db_rollback(c);
}

TEST("db: a reader cannot write") {
	Db *db = given_things();
	Conn *c = db_reader(db);
	EQ_INT(add_thing(c, 1, "a", 1), ERR_INTERNAL);
	MUST(db_read_begin(c));
	EQ_INT(add_thing(c, 1, "a", 1), ERR_INTERNAL);
	db_read_end(c);
	EQ_INT(asked_int(db, &count_things), 0);
}

/* ---- who sees what ---- */

TEST("db: a read transaction sees one moment while a writer commits") {
	Db *db = given_things();
	Conn *w, *r = db_reader(db);
	i64 n;
	MUST(db_read_begin(r));
	MUST(db_get_int(r, &count_things, DB_NONE, 0, &n));
	EQ_INT(n, 0);
	MUST(db_write_begin(db, &w));
	MUST(add_thing(w, 1, "a", 1));
	MUST(db_get_int(r, &count_things, DB_NONE, 0, &n));
	EQ_INT(n, 0);
	MUST(db_commit(w));
	MUST(db_get_int(r, &count_things, DB_NONE, 0, &n));
	EQ_INT(n, 0);
	db_read_end(r);
	EQ_INT(asked_int(db, &count_things), 1);
}

/* ---- waiting for the writer ---- */

static i64 now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

typedef struct Job {
	Db        *db;
	Err        got;
	i64        waited;
	int        rounds;
} Job;

static void *try_to_write(void *arg) {
	Job *j = arg;
	Conn *c;
	i64 start = now_ms();
	j->got = db_write_begin(j->db, &c);
	j->waited = now_ms() - start;
	if (j->got == OK)
		db_rollback(c);
	return NULL;
}

static Job write_beside(Db *db) {
	Job j = {.db = db};
	pthread_t t;
	EXPECT(pthread_create(&t, NULL, try_to_write, &j) == 0);
	pthread_join(t, NULL);
	return j;
}

TEST("db: who waits for the writer longer than the limit is told busy") {
	Db *db = test_store_open(given_things_where(), (DbOptions){.busy_ms = 200});
	Conn *c;
	MUST(db_write_begin(db, &c));
	Job j = write_beside(db);
	EQ_INT(j.got, ERR_BUSY);
	EXPECT(j.waited >= 150 && j.waited < 2000);
	db_rollback(c);
	EQ_INT(write_beside(db).got, OK);
}

TEST("db: the writer of another program is waited for, and then busy as well") {
	const char *where = given_things_where();
	Db *one = test_store_open(where, (DbOptions){0}), *two = test_store_open(where, (DbOptions){.busy_ms = 200});
	Conn *a, *b;
	MUST(db_write_begin(one, &a));
	i64 start = now_ms();
	EQ_INT(db_write_begin(two, &b), ERR_BUSY);
	EXPECT(now_ms() - start >= 150 && now_ms() - start < 2000);
	db_rollback(a);
	MUST(db_write_begin(two, &b));
	db_rollback(b);
}

/* Reads before it writes: right only when writers take turns. */
static void *count_up(void *arg) {
	Job *j = arg;
	static const Sql write = {"test_write_amount", "UPDATE thing SET amount = $1", NULL};
	for (int i = 0; i < j->rounds && j->got == OK; i++) {
		Conn *c;
		i64 n = 0;
		j->got = db_write_begin(j->db, &c);
		if (j->got != OK)
			break;
		j->got = db_get_int(c, &sum_things, DB_NONE, 0, &n);
		if (j->got == OK)
			j->got = db_run(c, &write, P(V(n + 1)), NULL);
		Err e = db_commit(c);
		j->got = j->got != OK ? j->got : e;
		Conn *r = db_reader(j->db);            /* and read in between, over a connection of its own */
		if (j->got == OK && (db_read_begin(r) != OK || db_get_int(r, &sum_things, DB_NONE, 0, &n) != OK || n <= i))
			j->got = ERR_INTERNAL;
		db_read_end(r);
	}
	db_thread_end(j->db);
	return NULL;
}

TEST("db: writers take turns, so that none overwrites another, in one program and in two") {
	const char *where = given_things_where();
	Db *one = test_store_open(where, (DbOptions){0}), *two = test_store_open(where, (DbOptions){0});
	Conn *c;
	MUST(db_write_begin(one, &c));
	MUST(add_thing(c, 1, "a", 0));
	MUST(db_commit(c));
	Job jobs[4] = {{.db = one, .rounds = 40}, {.db = one, .rounds = 40}, {.db = one, .rounds = 40}, {.db = two, .rounds = 40}};
	pthread_t threads[4];
	for (size_t i = 0; i < 4; i++)
		EXPECT(pthread_create(&threads[i], NULL, count_up, &jobs[i]) == 0);
	for (size_t i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	for (size_t i = 0; i < 4; i++)
		MUST(jobs[i].got);
	EQ_INT(asked_int(two, &sum_things), 160);
}

static struct {
	Db        *db;
	atomic_int order[3], arrived;
} queue;

static void *arrive(void *arg) {
	Conn *c;
	if (db_write_begin(queue.db, &c) != OK)
		return NULL;
	atomic_store(&queue.order[atomic_fetch_add(&queue.arrived, 1)], (int)(intptr_t)arg);
	db_rollback(c);
	return NULL;
}

static void sleep_ms(int ms) {
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000}, NULL);
}

TEST("db: who came first writes first") {
	queue.db = given_things();
	atomic_store(&queue.arrived, 0);
	Conn *c;
	pthread_t threads[3];
	MUST(db_write_begin(queue.db, &c));
	for (intptr_t i = 0; i < 3; i++) {
		EXPECT(pthread_create(&threads[i], NULL, arrive, (void *)(i + 1)) == 0);
		sleep_ms(150);
	}
	db_rollback(c);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	for (int i = 0; i < 3; i++)
		EQ_INT(atomic_load(&queue.order[i]), i + 1);
}

static void *read_here(void *arg) {
	Job *j = arg;
	Conn *c = db_reader(j->db);
	i64 n = -1;
	j->got = c && c == db_reader(j->db) ? db_get_int(c, &count_things, DB_NONE, 0, &n) : ERR_INTERNAL;
	db_thread_end(j->db);
	return NULL;
}

TEST("db: each thread reads through a connection of its own, of each store") {
	Db *db = given_things(), *other = given_things();
	EXPECT(db_reader(db) != db_reader(other));
	EXPECT(db_reader(db) == db_reader(db));
	for (int i = 0; i < 3; i++) {
		Job j = {.db = i == 1 ? other : db};
		pthread_t t;
		EXPECT(pthread_create(&t, NULL, read_here, &j) == 0);
		pthread_join(t, NULL);
		MUST(j.got);
	}
	EQ_INT(asked_int(db, &count_things), 0);
}

/* ---- other processes ---- */

/* Runs f in a child that ends as it likes; gives the signal that ended it, 0 when it returned. */
static int signal_of_child(void (*f)(const char *where), const char *where) {
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		fclose(stderr);
		f(where);
		_exit(0);
	}
	int status = 0;
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static Db *open_in_child(const char *where) {
	static Arena a;
	Db *db;
	Str why;
	return db_open(&a, where, (DbOptions){0}, &db, &why) == OK ? db : NULL;
}

static void write_and_be_killed(const char *where) {
	Db *db = open_in_child(where);
	Conn *c;
	if (!db || db_write_begin(db, &c) != OK || add_thing(c, 1, "kept", 1) != OK || db_commit(c) != OK)
		return;
	if (db_write_begin(db, &c) != OK)
		return;
	for (int i = 0; i < 2000; i++) {           /* enough to leave the cache */
		char name[300];
		memset(name, 'x', sizeof name);
		snprintf(name, 20, "%d", i);
		name[strlen(name)] = '-';
		name[sizeof name - 1] = '\0';
		if (add_thing(c, 10 + i, name, 1) != OK)
			return;
	}
	raise(SIGKILL);
}

TEST("db: a process killed while it writes leaves only what it had committed") {
	const char *where = given_things_where();
	EQ_INT(signal_of_child(write_and_be_killed, where), SIGKILL);
	Db *db = test_store_open(where, (DbOptions){.busy_ms = 3000});
	EQ_INT(asked_int(db, &count_things), 1);
	Conn *c;
	MUST(db_write_begin(db, &c));              /* and its lock is gone */
	MUST(add_thing(c, 2, "next", 1));
	MUST(db_commit(c));
	Str report;
	MUST(db_check_integrity(t_arena, db, &report));
	EQ_INT(asked_int(db, &count_things), 2);
}

static void write_twice(const char *where) {
	Db *db = open_in_child(where);
	Conn *c, *again;
	if (db && db_write_begin(db, &c) == OK)
		(void)!db_write_begin(db, &again);
}

TEST("db: a thread that writes and begins to write again is a bug and ends the process") {
	EQ_INT(signal_of_child(write_twice, given_things_where()), SIGABRT);
}

/* ---- lost connections ---- */

static void lose_connections(void) {
	test_postgres_do("SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE datname LIKE 'test_%'");
}

TEST("db: a lost connection is busy for this request and is there again for the next") {
	if (!test_on_postgres())
		return;
	Db *db = given_things();
	Conn *c = db_reader(db), *w;
	i64 n;
	MUST(db_read_begin(c));
	lose_connections();
	EQ_INT(db_get_int(c, &count_things, DB_NONE, 0, &n), ERR_BUSY);
	db_read_end(c);
	EQ_INT(asked_int(db, &count_things), 0);
	lose_connections();
	EQ_INT(asked_int(db, &count_things), 0);    /* lost while idle: nobody notices */
	MUST(db_write_begin(db, &w));
	MUST(add_thing(w, 1, "a", 1));
	lose_connections();
	EQ_INT(db_commit(w), ERR_BUSY);
	EQ_INT(asked_int(db, &count_things), 0);
	MUST(db_write_begin(db, &w));
	MUST(add_thing(w, 1, "a", 1));
	MUST(db_commit(w));
	EQ_INT(asked_int(db, &count_things), 1);
}

/* ---- writing ahead ---- */

static const Sql thing_amount = {"test_thing_amount", "SELECT amount FROM thing WHERE name = $1", NULL};

TEST("db: what is written ahead is seen by whoever asks in the same transaction, and is all there after commit") {
	Db   *db = given_things();
	Conn *w;
	i64   n;
	MUST(db_write_begin(db, &w));
	db_write_ahead(w);
	for (int i = 1; i <= 1000; i++) {
		MUST(add_thing(w, i, str_z(t_arena, str_format(t_arena, "věc %d", i)), i));
		if (i % 300 == 0) {
			MUST(db_get_int(w, &count_things, DB_NONE, 0, &n));
			EQ_INT(n, i);
		}
	}
	MUST(db_run(w, &(Sql){"test_thing_more", "UPDATE thing SET amount = amount + 1 WHERE id <= $1", NULL}, P(V(500)), &n));
	EQ_INT(n, 500);
	MUST(db_commit(w));
	EQ_INT(asked_int(db, &sum_things), (i64)1000 * 1001 / 2 + 500);
	MUST(db_write_begin(db, &w));                /* the next transaction waits for each answer again */
	MUST(add_thing(w, 2000, "nová", 1));
	EQ_INT(add_thing(w, 2001, "nová", 1), ERR_CONFLICT);
	db_rollback(w);
}

TEST("db: a refusal of something written ahead is told by a later call, and nothing of the transaction stays") {
	for (int how = 0; how < 3; how++) {          /* told by a question, by commit, by further writing */
		Db   *db = given_things();
		Conn *w;
		i64   n;
		MUST(db_write_begin(db, &w));
		db_write_ahead(w);
		MUST(add_thing(w, 1, "jedna", 1));
		Err e = add_thing(w, 2, "jedna", 2);
		if (how == 0 && e == OK)
			e = db_get_int(w, &thing_amount, P(V(S("jedna"))), 0, &n);
		for (int i = 3; how == 2 && e == OK && i < 1000; i++)
			e = add_thing(w, i, str_z(t_arena, str_format(t_arena, "věc %d", i)), i);
		if (e == OK)
			e = db_commit(w);
		else
			db_rollback(w);
		EQ_INT(e, ERR_CONFLICT);
		EQ_INT(asked_int(db, &count_things), 0);
		MUST(db_write_begin(db, &w));            /* and the connection is as good as before */
		MUST(add_thing(w, 1, "jedna", 1));
		MUST(db_commit(w));
		EQ_INT(asked_int(db, &count_things), 1);
	}
}

TEST("db: what was written ahead is gone after a rollback, also beside a stream that was left early") {
	Db   *db = given_things();
	Conn *w;
	i64   n;
	MUST(db_write_begin(db, &w));
	db_write_ahead(w);
	for (int i = 1; i <= 100; i++)
		MUST(add_thing(w, i, str_z(t_arena, str_format(t_arena, "věc %d", i)), i));
	Rows rows = db_stream(w, &(Sql){"test_thing_stream", "SELECT id FROM thing ORDER BY id", NULL}, DB_NONE);
	EXPECT(rows_next(&rows) && col_int(&rows, 0) == 1);
	MUST(rows_end(&rows));
	MUST(add_thing(w, 101, "další", 1));
	MUST(db_get_int(w, &count_things, DB_NONE, 0, &n));
	EQ_INT(n, 101);
	MUST(add_thing(w, 102, "na cestě", 1));
	db_rollback(w);
	EQ_INT(asked_int(db, &count_things), 0);
}
