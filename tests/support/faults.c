#include "tests/support/faults.h"

#include <stdio.h>

#include "core/shared.h"
#include "db/engine.h"
#include "tests/test.h"

static EngineOps        failing;
static const EngineOps *true_ops;
static Conn            *conns[2];
static i64              seen, fail_at;
static Err              fail_with;
static const char      *where = "";

static Err judge(Conn *c, const char *name) {
	if (++seen != fail_at)
		return OK;
	where = name;
	return conn_error(c, NULL, fail_with, name);
}

static Err failing_begin(Conn *c, Begin kind) {
	TRY(judge(c, "begin"));
	return true_ops->begin(c, kind);
}

static Err failing_commit(Conn *c) {
	TRY(judge(c, "commit"));
	return true_ops->commit(c);
}

static Err failing_run(Conn *c, const Sql *sql, const DbValue *values, int count, i64 *changed) {
	TRY(judge(c, sql->name));
	return true_ops->run(c, sql, values, count, changed);
}

static void failing_query(Rows *r, const Sql *sql, const DbValue *values, int count) {
	r->err = judge(r->conn, sql->name);
	if (r->err == OK)
		true_ops->query(r, sql, values, count);
}

void faults_arm(Db *db, i64 nth, Err e) {
	Conn *writer;
	MUST(db_write_begin(db, &writer));
	db_rollback(writer);
	CHECK(!conns[0]);
	conns[0] = writer;
	conns[1] = db_reader(db);
	true_ops = writer->ops;
	failing = *true_ops;
	failing.begin = failing_begin;
	failing.commit = failing_commit;
	failing.run = failing_run;
	failing.query = failing_query;
	for (size_t i = 0; i < LEN(conns); i++)
		conns[i]->ops = &failing;
	seen = 0;
	fail_at = nth;
	fail_with = e;
	where = "";
}

bool faults_disarm(void) {
	for (size_t i = 0; i < LEN(conns); i++) {
		conns[i]->ops = true_ops;
		conns[i] = NULL;
	}
	return fail_at > 0 && seen >= fail_at;
}

const char *faults_where(void) {
	return where;
}

/* SQLite counts the commits of other connections; on PostgreSQL the end of the trail stands for all that is written. */
i64 faults_state(Db *db) {
	static const Sql state = {"test_faults_state", "PRAGMA data_version", "SELECT COALESCE(MAX(seq), 0) FROM trail"};
	Conn *c = db_reader(db);
	i64   n;
	MUST(db_read_begin(c));
	MUST(db_get_int(c, &state, DB_NONE, 0, &n));
	db_read_end(c);
	return n;
}

/* ---- an operation ---- */

static bool is_said(const Ctx *c) { return c->problems.len > 0 && str_ends(c->problems.at[c->problems.len - 1].text, S(".")); }

void faults_survived(Ctx *whole, const char *what, Err (*act)(Ctx *c), bool several) {
	static const Err kinds[] = {ERR_STORAGE, ERR_BUSY, ERR_INTERNAL};
	int wrong = 0;
	ctx_end(whole);
	for (i64 nth = 1;; nth++) {
		CLEANUP(arena_free) Arena a = {0};
		Ctx c = ctx_make(&a, whole->db, whole->actor, (Instant){whole->now.ms + nth});
		shared_forget(whole->db);
		i64 before = faults_state(whole->db);
		faults_arm(whole->db, nth, kinds[nth % 3]);
		Err  e = act(&c);
		bool failed = faults_disarm(), said = is_said(&c);
		ctx_end(&c);
		if (!failed && e == OK && !wrong && nth > 1)
			return;
		if (!failed) {
			arena_free(&a);
			test_fail(__FILE__, __LINE__, "%s: %d things wrong in %lld statements, at last %s", what, wrong, (long long)nth - 1, err_name(e));
		}
		const char *fault = e == OK ? "it went on" : !said ? "nothing is said" : NULL;
		if (!several && faults_state(whole->db) != before)
			fault = "something was left behind";
		if (fault)
			printf("# %s: %s when statement %lld, %s, fails\n", what, fault, (long long)nth, faults_where());
		wrong += fault != NULL;
	}
}
