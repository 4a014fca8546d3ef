/* rate.c: how often something may be tried. The key (a name, a network) is hashed: the table holds no personal data. */
#include "base/hash.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

enum {
	FINE = 1000,                             /* parts of a token */
	PATIENCE = 5,                            /* failures in a row before a delay */
	FIRST_DELAY_MS = 60 * 1000,
	LONGEST_DELAY_MS = 15 * 60 * 1000,
	FORGOTTEN_MS = 24 * 60 * 60 * 1000,
};

typedef struct Bucket {
	Str digest;
	i64 tokens, failures, until_ms;
} Bucket;

static Str bucket_of(Ctx *c, const Rate *rate, Str key) {
	Sha256 digest = sha256(str_format(c->arena, "%s|%.*s", rate->kind, STR_ARG(key)));
	return str_dup(c->arena, str_of((const char *)digest.bytes, 16));
}

/* As it stands now: tokens have come back, old failures are forgotten. */
static Err read_bucket(Ctx *c, const Rate *rate, Str key, Bucket *b) {
	i64 full = rate->size * FINE;
	*b = (Bucket){.digest = bucket_of(c, rate, key), .tokens = full};
	Rows rows = db_query(c->conn, &sql_attempt_get, P(db_value_bytes(b->digest)));
	if (rows_next(&rows)) {
		i64 passed = c->now.ms - col_int(&rows, 1);
		i64 back = passed > 0 ? passed * full / (rate->seconds * 1000) : 0;
		b->tokens = col_int(&rows, 0) + back < full ? col_int(&rows, 0) + back : full;
		b->failures = passed < FORGOTTEN_MS ? col_int(&rows, 2) : 0;
		b->until_ms = col_int(&rows, 3);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "rate");
}

static Err write_bucket(Ctx *c, const Bucket *b) {
	Err e = db_run(c->conn, &sql_attempt_put, P(db_value_bytes(b->digest), V(b->tokens), V(c->now.ms), V(b->failures), V(b->until_ms)), NULL);
	return e == OK ? OK : fail_internal(c, "rate");
}

Err rate_take(Ctx *c, const Rate *rate, Str key, bool *fine, i64 *wait_s) {
	Bucket b;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(read_bucket(c, rate, key, &b));
	i64 for_token = b.tokens >= FINE ? 0 : (FINE - b.tokens) * rate->seconds / (rate->size * FINE) + 1;
	i64 for_delay = b.until_ms > c->now.ms ? (b.until_ms - c->now.ms + 999) / 1000 : 0;
	*wait_s = for_token > for_delay ? for_token : for_delay;
	*fine = *wait_s == 0;
	if (*fine) {
		b.tokens -= FINE;
		TRY(write_bucket(c, &b));
	}
	return tx_commit(&tx);
}

/* Counting must not fail what it counts: a busy writer only loses one. */
static void change(Ctx *c, const Rate *rate, Str key, bool failed) {
	size_t said = c->problems.len;
	Bucket b;
	CLEANUP(tx_end) Tx tx = {0};
	if (tx_begin(c, &tx) == OK && read_bucket(c, rate, key, &b) == OK) {
		b.failures = failed ? b.failures + 1 : 0;
		b.tokens = failed ? b.tokens : rate->size * FINE;
		i64 doublings = b.failures - PATIENCE;
		i64 delay = doublings < 0 ? 0 : doublings > 4 ? LONGEST_DELAY_MS : (i64)FIRST_DELAY_MS << doublings;
		b.until_ms = c->now.ms + (delay < LONGEST_DELAY_MS ? delay : LONGEST_DELAY_MS);
		if (write_bucket(c, &b) == OK && tx_commit(&tx) == OK)
			return;
	}
	c->problems.len = said;
}

void rate_failed(Ctx *c, const Rate *rate, Str key) {
	change(c, rate, key, true);
}

void rate_forget(Ctx *c, const Rate *rate, Str key) {
	change(c, rate, key, false);
}

Str rate_network(Arena *a, Str address) {
	bool is_six = str_find_char(address, ':') >= 0;
	Str  rest = address;
	CLEANUP(buf_free) Buf b = {0};
	for (int i = 0; i < 3 && rest.len; i++) {
		buf_str(&b, str_cut(&rest, is_six ? ':' : '.'));
		buf_char(&b, '.');
	}
	return buf_take(&b, a);
}
