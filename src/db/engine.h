/* engine.h: what db.c knows of an engine, and what the engines know of a connection. Inside db/ only. */
#pragma once
#include <pthread.h>

#include "db/db.h"

enum { DB_ERROR_TEXT = 512, BUSY_MS = 5000, PARAMS_MAX = 256 };

typedef enum Begin { BEGIN_READ, BEGIN_WRITE, BEGIN_MIGRATION } Begin;
typedef enum Role { ROLE_READER, ROLE_WRITER, ROLE_CARE } Role;   /* care: copies and checks, its own connection each time */

typedef struct EngineOps {
	Engine engine;
	Err  (*open)(Conn *c);                                     /* the reason of a failure goes to conn_why */
	void (*close)(Conn *c);
	bool (*alive)(Conn *c);                                    /* connected, or connected again just now */
	Err  (*begin)(Conn *c, Begin kind);
	Err  (*commit)(Conn *c);                                   /* on an error the transaction is still to be rolled back */
	void (*rollback)(Conn *c);
	Err  (*prepare)(Conn *c, const Sql *sql);
	Err  (*run)(Conn *c, const Sql *sql, const DbValue *values, int count, i64 *changed);
	void (*query)(Rows *r, const Sql *sql, const DbValue *values, int count);
	bool (*next)(Rows *r);
	void (*end)(Rows *r);
	void (*abandon)(Conn *c, void *stmt);                      /* of rows whose reader was left for want of memory: there is no Rows any more */
	bool (*is_null)(Rows *r, int column);
	i64  (*get_int)(Rows *r, int column);
	Str  (*get_text)(Rows *r, int column);
	Str  (*get_bytes)(Rows *r, int column);
	Err  (*script)(Conn *c, const char *text);
	Err  (*backup)(Conn *c, const char *file);
	Err  (*check)(Conn *c, Arena *a, Str *report);
	void (*optimize)(Conn *c);
	Err  (*reindex)(Conn *c);                                  /* what was loaded past the application's own statements; NULL = nothing */
} EngineOps;

extern const EngineOps sqlite_engine, postgres_engine;

/* Prepared statements of a connection by the address of their Sql; open addressing, never emptied one by one. */
typedef struct Cache {
	struct CacheSlot {
		const Sql *sql;
		void      *prepared;
	}     *slots;
	size_t cap, len;
} Cache;

void *prepared_get(const Cache *k, const Sql *sql);
void  prepared_put(Cache *k, const Sql *sql, void *prepared);
void  prepared_clear(Cache *k, void (*release)(void *prepared));

struct Conn {
	Db              *db;
	const EngineOps *ops;
	void            *native;                   /* sqlite3 *, or Pg * of postgres.c */
	Conn            *next;                     /* in the list of readers */
	pthread_t        owner;                    /* of a reader */
	Cache            cache;
	Role             role;
	bool             in_tx, migrating;
	bool             ahead;                    /* db_write_ahead was called in this transaction */
	bool             streaming;                /* a stream is being read: nothing else may run */
	void            *open[32];                 /* Rows.stmt of what is being read */
	int              open_count;
	Err              dead;                     /* first error in this transaction: nothing runs after it, on both engines */
	i64              next_id, first_id;        /* 0 = the counter was not read in this transaction */
	char             error[DB_ERROR_TEXT];
	char             why[DB_ERROR_TEXT];       /* a Czech sentence when open failed */
};

const char      *db_where(const Db *db);
const DbOptions *db_options(const Db *db);
int              db_busy_ms(const Db *db);

/* Note the engine's words for the log, with the statement's name in front; gives back e. */
Err  conn_error(Conn *c, const Sql *sql, Err e, const char *text);
void conn_why(Conn *c, const char *format, ...) PRINTF_LIKE(2, 3);

Err  db_migration_begin(Db *db, Conn **ret);
Conn *db_care_open(Db *db);
void db_care_close(Conn *c);

/* A fair lock: who came first writes first, and nobody waits longer than they said. */
typedef struct Waiter Waiter;
typedef struct Turn {
	pthread_mutex_t mutex;
	Waiter         *first, *last;
	bool            taken;
	pthread_t       holder;
} Turn;

void turn_init(Turn *t);
void turn_free(Turn *t);
bool turn_take(Turn *t, int wait_ms);
void turn_give(Turn *t);
bool turn_is_mine(Turn *t);

static inline Str value_text(const DbValue *v) {
	return v->iso_len ? str_of(v->iso, v->iso_len) : v->s;
}
