/* rate.c: how often something may be tried. The key (a name, a network) is hashed: the table holds no personal data. */
#include "base/hash.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

enum { FINE = 1000 };                        /* parts of a token */

static Str bucket_of(Ctx *c, const Rate *rate, Str key) {
	Sha256 digest = sha256(str_format(c->arena, "%s|%.*s", rate->kind, STR_ARG(key)));
	return str_dup(c->arena, str_of((const char *)digest.bytes, 16));
}

static Err write_tokens(Ctx *c, Str bucket, i64 tokens) {
	return db_run(c->conn, &sql_attempt_put, P(db_value_bytes(bucket), V(tokens), V(c->now.ms)), NULL);
}

Err rate_take(Ctx *c, const Rate *rate, Str key, bool *fine, i64 *wait_s) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Str  bucket = bucket_of(c, rate, key);
	i64  tokens = rate->size * FINE;
	Rows rows = db_query(c->conn, &sql_attempt_get, P(db_value_bytes(bucket)));
	if (rows_next(&rows)) {
		i64 passed = c->now.ms - col_int(&rows, 1);
		i64 back = passed > 0 ? passed * rate->size * FINE / (rate->seconds * 1000) : 0;
		tokens = col_int(&rows, 0) + back < tokens ? col_int(&rows, 0) + back : tokens;
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "rate");
	*fine = tokens >= FINE;
	*wait_s = *fine ? 0 : (FINE - tokens) * rate->seconds / (rate->size * FINE) + 1;
	if (*fine && write_tokens(c, bucket, tokens - FINE) != OK)
		return fail_internal(c, "rate");
	return tx_commit(&tx);
}

void rate_forget(Ctx *c, const Rate *rate, Str key) {
	CLEANUP(tx_end) Tx tx = {0};
	if (tx_begin(c, &tx) == OK && write_tokens(c, bucket_of(c, rate, key), rate->size * FINE) == OK && tx_commit(&tx) == OK)
		return;
	c->problems.len = 0;                         /* the bucket fills by itself */
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
