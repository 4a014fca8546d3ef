/* The ledger: balances, floors, moments, and what verify finds. The random operations on seats stand in hearing_random.c. */
#include "core/ledger.h"
#include "tests/support/store.h"

typedef struct Seats { LedgerAccount capacity, free, taken; } Seats;

static LedgerAccount account(Ctx *c, const char *book, Id hearing, const char *name, i64 floor) {
	LedgerAccount a = {.book = book, .object = "hearing", .object_id = hearing, .name = name, .floor = floor};
	MUST(ledger_open(c, &a));
	return a;
}

static Ctx given_store(void) {
	return ctx_make(t_arena, test_store(), &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
}

static Seats given_seats(Ctx *c, Id hearing, i64 count) {
	Tx tx = {0};
	MUST(tx_begin(c, &tx));
	Seats s = {account(c, "seats", hearing, "capacity", BLANK), account(c, "seats", hearing, "free", 0), account(c, "seats", hearing, "taken", 0)};
	MUST(ledger_post(c, &(LedgerEntry){.book = "seats", .object = "hearing", .object_id = hearing, .reason = "open",
	                                   LEDGER_SIDES({s.capacity.id, -count}, {s.free.id, count})}));
	MUST(tx_commit(&tx));
	return s;
}

static Err take(Ctx *c, const Seats *s, i64 count) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(ledger_post(c, &(LedgerEntry){.book = "seats", .object = "signup", .object_id = 1, .reason = "confirm", LEDGER_SIDES({s->free.id, -count}, {s->taken.id, count})}));
	return tx_commit(&tx);
}

static i64 balance(Ctx *c, Id account_id) {
	i64 n;
	MUST(ledger_balance(c, account_id, &n));
	return n;
}

static void later(Ctx *c, i64 ms) {
	ctx_end(c);
	*c = ctx_make(c->arena, c->db, c->actor, (Instant){c->now.ms + ms});
}

TEST("ledger: a balance is the sum of what was posted, now and at any instant before") {
	Ctx   c = given_store();
	Seats s = given_seats(&c, 1, 3);
	Instant opened = c.now;
	later(&c, 1000);
	MUST(take(&c, &s, 2));
	i64 then = -1;
	EQ_INT(balance(&c, s.free.id), 1);
	EQ_INT(balance(&c, s.taken.id), 2);
	EQ_INT(balance(&c, s.capacity.id), -3);
	MUST(ledger_balance_at(&c, s.free.id, opened, &then));
	EQ_INT(then, 3);
	MUST(ledger_balance_at(&c, s.free.id, (Instant){opened.ms - 1}, &then));
	EQ_INT(then, 0);
	MUST(ledger_balance_at(&c, s.free.id, c.now, &then));
	EQ_INT(then, 1);
	MUST(ledger_balance_of(&c, "seats", "hearing", 1, "taken", &then));
	EQ_INT(then, 2);
	MUST(ledger_balance_of(&c, "seats", "hearing", 2, "taken", &then));
	EQ_INT(then, 0);
	LedgerLines lines;
	MUST(ledger_lines(&c, "seats", "hearing", 1, 10, &lines));
	EQ_INT(lines.len, 4);
	EQ_TEXT(lines.at[0].reason, "confirm");
	EQ_TEXT(lines.at[3].reason, "open");
	ctx_end(&c);
}

TEST("ledger: an entry below the floor is refused whole, and the transaction may go on") {
	Ctx   c = given_store();
	Seats s = given_seats(&c, 1, 1);
	Tx    tx = {0};
	MUST(tx_begin(&c, &tx));
	EQ_INT(ledger_post(&c, &(LedgerEntry){.book = "seats", .object = "signup", .object_id = 1, .reason = "confirm", LEDGER_SIDES({s.taken.id, 2}, {s.free.id, -2})}), ERR_CONFLICT);
	EXPECT(first_problem(&c).len > 0);
	MUST(ledger_post(&c, &(LedgerEntry){.book = "seats", .object = "signup", .object_id = 1, .reason = "confirm", LEDGER_SIDES({s.taken.id, 1}, {s.free.id, -1})}));
	MUST(tx_commit(&tx));
	EQ_INT(balance(&c, s.free.id), 0);
	EQ_INT(take(&c, &s, 1), ERR_CONFLICT);
	EQ_INT(balance(&c, s.free.id), 0);
	EQ_INT(balance(&c, s.taken.id), 1);
	LedgerVerdict v;
	MUST(ledger_verify(&c, &v));
	EQ_INT(v.broken, 0);
	EQ_INT(v.entries, 2);
	EQ_INT(v.accounts, 3);
	ctx_end(&c);
}

TEST("ledger: opening an account again gives the same one; what was rolled back never was") {
	Ctx   c = given_store();
	Seats s = given_seats(&c, 1, 1);
	Tx    tx = {0};
	MUST(tx_begin(&c, &tx));
	EQ_INT(account(&c, "seats", 1, "free", 0).id, s.free.id);
	EXPECT(account(&c, "seats", 2, "free", 0).id != s.free.id);
	EXPECT(account(&c, "money", 1, "free", 0).id != s.free.id);
	tx_end(&tx);
	LedgerAccount other = {.book = "seats", .object = "hearing", .object_id = 2, .name = "free"};
	MUST(ledger_find(&c, &other));
	EQ_INT(other.id, 0);
	ctx_end(&c);
}

/* ---- what verify finds ---- */

static void force(Ctx *c, const char *sql) {
	Tx tx = {0};
	MUST(tx_begin(c, &tx));
	MUST(db_script(c->conn, sql));
	MUST(tx_commit(&tx));
}

static void found(Ctx *c, const char *word) {
	LedgerVerdict v;
	bool fine;
	Str  detail;
	MUST(ledger_verify(c, &v));
	EXPECT(v.broken != 0);
	EXPECT(str_has(v.why, str_c(word)));
	MUST(ledger_check(c, &fine, &detail));
	EXPECT(!fine && str_has(detail, str_c(word)));
}

TEST("ledger: what was posted can be neither altered nor removed") {
	static const char *const tries[] = {"UPDATE ledger_posting SET amount = 2", "DELETE FROM ledger_posting", "UPDATE ledger_entry SET reason = 'x'",
	                                    "DELETE FROM ledger_entry"};
	Ctx   c = given_store();
	Seats s = given_seats(&c, 1, 5);
	for (size_t i = 0; i < LEN(tries); i++) {
		Tx tx = {0};
		MUST(tx_begin(&c, &tx));
		EXPECT(db_script(c.conn, tries[i]) != OK);
		tx_end(&tx);
	}
	EQ_INT(balance(&c, s.free.id), 5);
	ctx_end(&c);
}

TEST("ledger: verify finds a seat that came from nowhere") {
	Ctx c = given_store();
	(void)given_seats(&c, 1, 5);
	force(&c, "INSERT INTO ledger_entry (id, book, object, object_id, reason, account, at) VALUES (900001, 'seats', 'hearing', 1, 'x', 0, '2026-11-22T08:00:00.000Z');\n"
	          "INSERT INTO ledger_posting (entry, account, amount, at) SELECT 900001, id, 1, '2026-11-22T08:00:00.000Z' FROM ledger_account WHERE name = 'free'");
	found(&c, "nulu");
	ctx_end(&c);
}

TEST("ledger: verify finds an account that was below its floor, even if it no longer is") {
	Ctx c = given_store();
	(void)given_seats(&c, 1, 5);
	force(&c, "INSERT INTO ledger_entry (id, book, object, object_id, reason, account, at) VALUES (900001, 'seats', 'hearing', 1, 'x', 0, '2026-11-22T08:00:00.000Z');\n"
	          "INSERT INTO ledger_posting (entry, account, amount, at) SELECT 900001, id, CASE name WHEN 'free' THEN -6 ELSE 6 END, '2026-11-22T08:00:00.000Z' FROM ledger_account WHERE name <> 'capacity';\n"
	          "INSERT INTO ledger_entry (id, book, object, object_id, reason, account, at) VALUES (900002, 'seats', 'hearing', 1, 'x', 0, '2026-11-22T08:00:00.000Z');\n"
	          "INSERT INTO ledger_posting (entry, account, amount, at) SELECT 900002, id, CASE name WHEN 'free' THEN 6 ELSE -6 END, '2026-11-22T08:00:00.000Z' FROM ledger_account WHERE name <> 'capacity'");
	found(&c, "pod svou mez");
	ctx_end(&c);
}

TEST("ledger: verify finds a side in another book") {
	Ctx c = given_store();
	(void)given_seats(&c, 1, 5);
	force(&c, "INSERT INTO ledger_account (id, book, object, object_id, name, floor) VALUES (900000, 'money', 'hearing', 1, 'free', NULL);\n"
	          "INSERT INTO ledger_entry (id, book, object, object_id, reason, account, at) VALUES (900001, 'seats', 'hearing', 1, 'x', 0, '2026-11-22T08:00:00.000Z');\n"
	          "INSERT INTO ledger_posting (entry, account, amount, at) SELECT 900001, id, CASE book WHEN 'money' THEN 1 ELSE -1 END, '2026-11-22T08:00:00.000Z' FROM ledger_account WHERE name = 'free'");
	found(&c, "jiné knize");
	ctx_end(&c);
}
