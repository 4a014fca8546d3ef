/* postgres_link.c: connecting to PostgreSQL and again after a loss, errors, transactions. */
#include "db/postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { STATEMENT_MS = 5000, LOCK_MS = 3000, IDLE_MS = 10000, RETRY_FIRST_MS = 100, RETRY_MAX_MS = 5000 };

/* ---- errors ---- */

static bool state_is(const char *state, const char *one_of) {
	for (; *one_of; one_of += strcspn(one_of, " "), one_of += *one_of == ' ' ? 1 : 0)
		if (strncmp(state, one_of, strcspn(one_of, " ")) == 0)
			return true;
	return false;
}

/* Groups of SQLSTATE, the first letters of a code or all five. */
static Err kind_of(const char *state) {
	if (state_is(state, "23505 23503 23514 23P01 23001 P0001"))
		return ERR_CONFLICT;
	if (state_is(state, "40001 40P01 55P03 57014 57P 08000 08001 08003 08004 08006 53300 53200 25P03 25P04 0A000"))
		return ERR_BUSY;
	if (state_is(state, "53100 58 XX001 XX002"))
		return ERR_STORAGE;
	if (state_is(state, "54000"))
		return ERR_TOO_LARGE;
	return ERR_INTERNAL;
}

Err pg_failed(Conn *c, const Sql *sql, const PGresult *res) {
	Pg *p = pg_of(c);
	switch (res ? PQresultStatus(res) : PGRES_FATAL_ERROR) {
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
	case PGRES_SINGLE_TUPLE:
		return OK;
	default:
		break;
	}
	const char *state = res ? PQresultErrorField(res, PG_DIAG_SQLSTATE) : NULL;
	if (state && state_is(state, "0A000"))     /* "cached plan must not change result type" */
		p->stale = true;
	Err e = PQstatus(p->link) != CONNECTION_OK ? ERR_BUSY : state ? kind_of(state) : ERR_INTERNAL;
	return conn_error(c, sql, e, res ? PQresultErrorMessage(res) : PQerrorMessage(p->link));
}

Err pg_exec(Conn *c, const char *text) {
	TRY(pg_settle(c));
	PGresult *res = PQexec(pg_of(c)->link, text);
	Err e = pg_failed(c, NULL, res);
	PQclear(res);
	return e;
}

/* First column of the first row as a text in `to`; empty when there is none. */
static Err ask(Conn *c, const char *text, char *to, size_t size) {
	TRY(pg_settle(c));
	PGresult *res = PQexec(pg_of(c)->link, text);
	Err e = pg_failed(c, NULL, res);
	if (size)
		to[0] = '\0';
	if (e == OK && PQntuples(res) > 0 && PQnfields(res) > 0)
		snprintf(to, size, "%s", PQgetvalue(res, 0, 0));
	PQclear(res);
	return e;
}

/* ---- connecting ---- */

static i64 now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void be_quiet(void *arg, const PGresult *res) {
	(void)arg;
	(void)res;
}

static Err set_up(Conn *c) {
	int lock_ms = db_busy_ms(c->db) < LOCK_MS ? db_busy_ms(c->db) : LOCK_MS;
	bool care = c->role == ROLE_CARE;
	char text[512];
	snprintf(text, sizeof text,
		"SET statement_timeout = %d; SET lock_timeout = %d; SET idle_in_transaction_session_timeout = %d;"
		"SET timezone = 'UTC'; SET bytea_output = 'hex'; SET standard_conforming_strings = on; SET client_min_messages = warning;"
		"SET default_transaction_read_only = %s",
		care ? 0 : STATEMENT_MS, lock_ms, care ? 0 : IDLE_MS, c->role == ROLE_READER ? "on" : "off");
	return pg_exec(c, text);
}

static bool link_up(Conn *c) {
	Pg *p = pg_of(c);
	static const char *const keys[] = {"connect_timeout", "keepalives_idle", "tcp_user_timeout", "fallback_application_name",
		"client_encoding", "dbname", NULL};
	const char *values[] = {"5", "30", "10000", "sitovka", "UTF8", db_where(c->db), NULL};   /* the address comes last and wins */
	PQfinish(p->link);
	p->ahead_count = 0;
	p->link = PQconnectdbParams(keys, values, 1);
	p->session++;
	p->stale = false;
	if (PQstatus(p->link) == CONNECTION_OK) {
		PQsetNoticeReceiver(p->link, be_quiet, NULL);
		PQsetErrorVerbosity(p->link, PQERRORS_TERSE);          /* details quote values of rows, and errors go to the log */
		if (set_up(c) == OK) {
			p->retry_wait = 0;
			return true;
		}
	} else {
		conn_error(c, NULL, ERR_BUSY, PQerrorMessage(p->link));
	}
	p->retry_wait = p->retry_wait == 0 ? RETRY_FIRST_MS : p->retry_wait * 2 > RETRY_MAX_MS ? RETRY_MAX_MS : p->retry_wait * 2;
	p->retry_at = now_ms() + p->retry_wait;
	return false;
}

bool pg_alive(Conn *c) {
	Pg *p = pg_of(c);
	if (PQstatus(p->link) == CONNECTION_OK)
		return true;
	return now_ms() >= p->retry_at && link_up(c);
}

static Err refuse_other_order(Conn *c) {
	char order[64], encoding[64];
	TRY(ask(c, "SELECT CASE WHEN datlocprovider = 'c' THEN datcollate ELSE 'icu' END FROM pg_database WHERE datname = current_database()",
		order, sizeof order));
	TRY(ask(c, "SHOW server_encoding", encoding, sizeof encoding));
	if (strcmp(encoding, "UTF8") == 0 && (strcmp(order, "C") == 0 || strcmp(order, "POSIX") == 0))
		return OK;
	conn_why(c, "Databáze %s má kódování %s a řazení %s. Založte ji znovu příkazem "
		"CREATE DATABASE … ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0.", PQdb(pg_of(c)->link), encoding, order);
	return ERR_TYPE;
}

/* A reader may come up later (pg_alive); the first connection of a store says at once what is wrong. */
Err pg_open(Conn *c) {
	Pg *p = calloc(1, sizeof *p);
	CHECK(p != NULL);
	c->native = p;
	bool up = link_up(c);
	if (c->role == ROLE_READER)
		return OK;
	if (!up) {
		conn_why(c, "K databázi se nelze připojit (%s). Zkontrolujte její adresu a zda server běží.", c->error);
		return ERR_BUSY;
	}
	if (PQserverVersion(p->link) < 150000) {
		conn_why(c, "Databázový server má verzi %d. Je potřeba PostgreSQL 15 nebo novější.", PQserverVersion(p->link) / 10000);
		return ERR_TYPE;
	}
	return refuse_other_order(c);
}

void pg_close(Conn *c) {
	prepared_clear(&c->cache, free);
	if (c->native)
		PQfinish(pg_of(c)->link);
	free(c->native);
	c->native = NULL;
}

/* ---- transactions ---- */

/* LOCK TABLE comes before anything that takes a snapshot: who waited sees what the one before has written. */
static const char begin_read[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
static const char begin_write[] =
	"BEGIN ISOLATION LEVEL REPEATABLE READ; LOCK TABLE trail_head IN EXCLUSIVE MODE; SELECT pg_current_xact_id()";
static const char begin_migration[] =
	"BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '30s';"
	"SELECT pg_advisory_xact_lock(7164850326271);"
	"DO $$ BEGIN IF to_regclass('trail_head') IS NOT NULL THEN LOCK TABLE trail_head IN EXCLUSIVE MODE; END IF; END $$;"
	"SELECT pg_current_xact_id()";

static Err try_begin(Conn *c, Begin kind) {
	Pg *p = pg_of(c);
	if (p->stale) {
		TRY(pg_exec(c, "DEALLOCATE ALL"));
		p->session++;
		p->stale = false;
	}
	if (kind == BEGIN_READ)
		return pg_exec(c, begin_read);
	return ask(c, kind == BEGIN_WRITE ? begin_write : begin_migration, p->xid, sizeof p->xid);
}

Err pg_begin(Conn *c, Begin kind) {
	if (!pg_alive(c))
		return conn_error(c, NULL, ERR_BUSY, "no connection");
	Err e = try_begin(c, kind);
	if (e != OK && PQstatus(pg_of(c)->link) != CONNECTION_OK && link_up(c))
		e = try_begin(c, kind);                /* lost while idle; nothing was done yet */
	if (e != OK)
		pg_rollback(c);
	return e;
}

/* The connection broke while committing: ask over a new one what became of the transaction. */
static Err ask_outcome(Conn *c) {
	char text[80], outcome[32];
	snprintf(text, sizeof text, "SELECT pg_xact_status('%s'::xid8)", pg_of(c)->xid);
	for (int i = 0; i < 20; i++) {
		nanosleep(&(struct timespec){.tv_nsec = 100 * 1000000}, NULL);
		if (PQstatus(pg_of(c)->link) != CONNECTION_OK && !link_up(c))
			continue;
		if (ask(c, text, outcome, sizeof outcome) != OK || strcmp(outcome, "in progress") == 0)
			continue;
		return strcmp(outcome, "committed") == 0 ? OK : ERR_BUSY;
	}
	return conn_error(c, NULL, ERR_BUSY, "the connection broke at commit and the outcome is unknown");
}

Err pg_commit(Conn *c) {
	TRY(pg_settle(c));
	PGresult *res = PQexec(pg_of(c)->link, "COMMIT");
	Err e = pg_failed(c, NULL, res);
	if (e == OK && strcmp(PQcmdStatus(res), "COMMIT") != 0)    /* a failed transaction answers ROLLBACK, without an error */
		e = conn_error(c, NULL, ERR_INTERNAL, "the transaction had failed before");
	PQclear(res);
	return e != OK && PQstatus(pg_of(c)->link) != CONNECTION_OK ? ask_outcome(c) : e;
}

void pg_rollback(Conn *c) {
	PGconn *link = pg_of(c)->link;
	(void)pg_settle(c);                        /* what went ahead is undone with the rest */
	if (PQstatus(link) == CONNECTION_OK && PQtransactionStatus(link) != PQTRANS_IDLE)
		PQclear(PQexec(link, "ROLLBACK"));
}

/* ---- care ---- */

/* What the catalogue knows to be wrong; pages are checked by the server itself (data checksums, amcheck). */
Err pg_check(Conn *c, Arena *a, Str *report) {
	PGresult *res = PQexec(pg_of(c)->link,
		"SELECT 'index ' || CAST(indexrelid AS regclass) || ' is not valid' FROM pg_index WHERE NOT indisvalid "
		"UNION ALL SELECT 'constraint ' || conname || ' was not checked' FROM pg_constraint WHERE NOT convalidated");
	Err e = pg_failed(c, NULL, res);
	CLEANUP(buf_free) Buf found = {0};
	for (int i = 0; e == OK && i < PQntuples(res); i++)
		buf_format(&found, "%s\n", PQgetvalue(res, i, 0));
	PQclear(res);
	TRY(e);
	*report = str_dup(a, buf_view(&found));
	return found.len ? ERR_STORAGE : OK;
}

void pg_optimize(Conn *c) {
	(void)pg_exec(c, "ANALYZE");
}
