/* ledger.h: what must never get lost or be given twice, counted by entries: seats of a hearing now, money later. There are no counters: a balance is
 * the sum of postings, now or at any instant, so nothing ever has to be rebuilt.
 *
 * A *book* is one kind of what is counted ("seats"). Its *accounts* belong to objects: free and taken seats of hearing 12. An *entry* moves amounts
 * between accounts of one book, says what caused it, and its postings sum to nothing. An account may have a floor; an entry that would take it below
 * is refused inside the transaction that holds the one writer, so two people cannot both get the last one. With an example: docs/ledger.md.
 *
 *     LedgerAccount free = {.book = "seats", .object = "hearing", .object_id = 12, .name = "free", .floor = 0}, taken = …;
 *     TRY(ledger_open(c, &free));
 *     TRY(ledger_post(c, &(LedgerEntry){.book = "seats", .object = "signup", .object_id = 55, .reason = "confirm", LEDGER_SIDES({free.id, -1}, {taken.id, 1})})); */
#pragma once
#include "core/ctx.h"

typedef struct LedgerAccount {
	const char *book, *object;               /* "seats", "hearing" */
	Id          object_id;
	const char *name;                        /* "free" */
	i64         floor;                       /* the least that its balance may be; BLANK = none. Said when it is opened, kept for ever */
	Id          id;                          /* set by ledger_open and ledger_find; 0 = there is no such account */
} LedgerAccount;

typedef struct LedgerSide { Id account; i64 amount; } LedgerSide;

typedef struct LedgerEntry {
	const char *book;                        /* that of all its accounts */
	const char *object;                      /* what caused it: "signup" */
	Id          object_id;
	const char *reason;                      /* "confirm": a word of the subject's own */
	const LedgerSide *sides;
	size_t      side_count;
} LedgerEntry;
#define LEDGER_SIDES(...) .sides = (const LedgerSide[]){__VA_ARGS__}, .side_count = LEN(((const LedgerSide[]){__VA_ARGS__}))

/* Inside a write transaction: the account with this name, made when it is new. */
MUST_USE Err ledger_open(Ctx *c, LedgerAccount *a);
/* Reads only. */
MUST_USE Err ledger_find(Ctx *c, LedgerAccount *a);

/* Inside a write transaction. Who and when come from the Ctx. ERR_CONFLICT when an account would go below its floor: then nothing was written and the
 * caller may go on with something else. Sides that do not sum to nothing, that are zero, name an account twice or one of another book are a bug. */
MUST_USE Err ledger_post(Ctx *c, const LedgerEntry *e);

MUST_USE Err ledger_balance(Ctx *c, Id account, i64 *ret);
/* What had been posted until an instant, that instant included. */
MUST_USE Err ledger_balance_at(Ctx *c, Id account, Instant at, i64 *ret);
/* The balance of a name of an object's accounts; 0 when there is no such account. */
MUST_USE Err ledger_balance_of(Ctx *c, const char *book, const char *object, Id object_id, const char *name, i64 *ret);

typedef struct LedgerLine {
	Id      entry, object_id, account;       /* account: of the person */
	Str     object, reason, name;            /* name of the ledger's account */
	i64     amount;
	Instant at;
} LedgerLine;
typedef struct LedgerLines { LedgerLine *at; size_t len, cap; } LedgerLines;
/* Postings of all accounts of an object, newest entry first. */
MUST_USE Err ledger_lines(Ctx *c, const char *book, const char *object, Id object_id, i64 limit, LedgerLines *ret);

typedef struct LedgerVerdict {
	i64 entries, accounts;
	Id  broken;                              /* the first entry that is wrong; 0 = none */
	Str why;                                 /* Czech */
} LedgerVerdict;
/* Reads every posting: each entry sums to nothing and stays in its book, no account was ever below its floor. */
MUST_USE Err ledger_verify(Ctx *c, LedgerVerdict *ret);
/* The same as a question of the doctor (check.h). */
MUST_USE Err ledger_check(Ctx *c, bool *fine, Str *detail);
