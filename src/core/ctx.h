/* ctx.h: what domain code works with: memory, the store, the time, the person, and what went wrong.
 *
 * A Ctx lives for one request, job step or test. Pages, imports, jobs and tests call the same domain functions with it. */
#pragma once
#include "base/date.h"
#include "base/err.h"
#include "base/str.h"
#include "db/db.h"

/* ---- who ---- */

typedef enum ScopeKind { SCOPE_NONE, SCOPE_REGION, SCOPE_DISTRICT, SCOPE_MUNICIPALITY, SCOPE_PROVIDER, SCOPE_BODY } ScopeKind;

/* A role held by the person: a right to act within a scope. `ref` is the id of the district, municipality, provider or body. */
typedef struct Grant {
	Str       role;                          /* PUB, ADM, NET … (DOMAIN § 3) */
	ScopeKind scope;
	Id        ref;
	Date      last_day;                      /* it holds until then; none = without end */
} Grant;

typedef struct Actor {
	Id     account;                          /* 0 = nobody signed in, or the program itself */
	Str    name;                             /* as shown; "veřejnost" and "program" for 0 */
	Id     organisation;
	Str    organisation_name;
	Grant *grants;                           /* valid today; nobody has PUB alone */
	size_t grant_count;
	bool   is_program;                       /* CLI, jobs, demo: may do what its caller decided */
	Str    address;                          /* network address */
	bool   by_key;                           /* a program with a key of this person: `capabilities` are fewer than the grants say */
	Id     viewer;                           /* who really sits there, when an officer looks as this person; 0 = nobody. Then nothing is written */
	Str    viewer_name;
	u64    capabilities[4];                  /* union over the grants; filled by access_prepare */
} Actor;

/* ---- what went wrong ---- */

typedef struct Problem {
	Err         code;
	const char *field;                       /* of a form, or NULL */
	Str         place;                       /* "řádek 12, sloupec Název" of a file, or {0} */
	Str         text;                        /* a whole Czech sentence that says what to do */
} Problem;

typedef struct Problems {
	Problem *at;
	size_t   len, cap;
} Problems;

/* ---- the context ---- */

/* What history.c and trail.c remember during one write transaction; tx_begin empties it. */
typedef struct TxMemory {
	Instant      recorded;                   /* at which this transaction records, none = not asked yet */
	bool         version_raised;
	bool         has_head, head_moved;       /* of the trail; the moved head is written at commit */
	i64          trail_seq;
	u8           trail_hash[32];
	const Actor *who_of;                     /* the actor whose digest `who` is */
	u8           who[32];
} TxMemory;

typedef struct SharedSeen SharedSeen;

typedef struct Ctx {
	Arena       *arena;
	Db          *db;
	Conn        *conn;                       /* in a transaction; use ctx_conn */
	int          tx_depth;
	bool         reading;                    /* a read transaction is open on conn */
	bool         tx_doomed;                  /* an inner block failed: the outer one cannot commit */
	TxMemory     tx;
	Date         today;
	Instant      now;
	const Actor *actor;
	Str          reason;                     /* why, as the person wrote it; goes into the trail */
	u64          request;                    /* for the log and the error page */
	Problems     problems;
	bool         stepping;                   /* the engine of workflow.h is storing a state; nobody else may */
	SharedSeen  *shared;                     /* sets in memory that this context has seen (shared.c) */
	void        *units;                      /* the same of territory (domain/territory/territory_memory.c) */
	i64          version_seen;               /* data version of this moment of reading, plus one; 0 = not asked yet */
	bool        *cancelled;                  /* a job may be stopped here; NULL = never */
	bool         scope_decided;              /* whose row it is was decided by the caller, who says why; the store does not ask again */
	bool         stale;                      /* something in memory that it was given is older than the data: its page is not kept */
} Ctx;

/* A context at the given moment; the day is the one in Prague. Reading begins by itself at the first query. */
Ctx   ctx_make(Arena *a, Db *db, const Actor *actor, Instant now);
void  ctx_end(Ctx *c);                       /* ends reading, rolls back what is open */
/* The connection to ask now: this thread's reader inside its read transaction, or the writer inside a write transaction. NULL when
 * the store cannot be reached (db_query on NULL gives ERR_BUSY). */
Conn *ctx_conn(Ctx *c);
extern const Actor actor_public, actor_program;

/* Say what went wrong, for people, where it happens; returns `code`. `field` names a form field or is NULL. */
Err   fail(Ctx *c, Err code, const char *field, const char *format, ...) PRINTF_LIKE(4, 5);
/* Without a sentence of its own: the store or the program failed; a general sentence is shown, details go to the log. */
Err   fail_internal(Ctx *c, const char *what);
/* The store refused a statement with `e`: a sentence by the kind of the refusal. */
Err   fail_store(Ctx *c, Err e, const char *what);
Str   first_problem(const Ctx *c);

/* ---- writing ---- */

/*     CLEANUP(tx_end) Tx tx = {0};
 *     TRY(tx_begin(c, &tx));
 *     …
 *     TRY(tx_commit(&tx));
 * Blocks nest: only the outermost one commits, and it cannot when an inner one was left without tx_commit. Waits for the one
 * writer of the store, at most 5 s, then ERR_BUSY. Everything read inside sees the newest state. */
typedef struct Tx {
	Ctx *c;
	bool open;
} Tx;
MUST_USE Err tx_begin(Ctx *c, Tx *tx);
MUST_USE Err tx_commit(Tx *tx);
void         tx_end(Tx *tx);                 /* rolls back unless committed */

/* Sizes of the sample data: one region, 14 regions, 200 000 services. */
typedef enum DemoSize { DEMO_S, DEMO_L, DEMO_XL } DemoSize;
