#include "core/trail.h"
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

const Actor actor_public = {.name = {"veřejnost", sizeof "veřejnost" - 1}};
const Actor actor_program = {.name = {"program", 7}, .is_program = true};

Ctx ctx_make(Arena *a, Db *db, const Actor *actor, Instant now) {
	return (Ctx){.arena = a, .db = db, .actor = actor, .now = now, .today = prague_day(now)};
}

static void stop_reading(Ctx *c) {
	if (c->reading)
		db_read_end(c->conn);
	c->reading = false;
	c->conn = NULL;
	c->shared = NULL;
	c->units = NULL;
	c->version_seen = 0;
}

void ctx_end(Ctx *c) {
	if (c->tx_depth > 0)
		db_rollback(c->conn);
	c->tx_depth = 0;
	if (c->reading)
		stop_reading(c);
	c->conn = NULL;
}

Conn *ctx_conn(Ctx *c) {
	if (c->conn)
		return c->conn;
	Conn *reader = db_reader(c->db);
	if (!reader || db_read_begin(reader) != OK)
		return NULL;
	c->conn = reader;
	c->reading = true;
	return reader;
}

/* ---- problems ---- */

Err fail(Ctx *c, Err code, const char *field, const char *format, ...) {
	char    text[2000];
	va_list ap;
	va_start(ap, format);
	int n = vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	CHECK(n >= 0);
	size_t len = (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
	while (len && (size_t)n > len && !utf8_valid(str_of(text, len)))
		len--;                               /* never half a letter */
	Problem *p = ARENA_PUSH(c->arena, c->problems.at, c->problems.len, c->problems.cap);
	*p = (Problem){.code = code, .field = field, .text = str_dup(c->arena, str_of(text, len))};
	return code;
}

Err fail_internal(Ctx *c, const char *what) {
	log_line(LOGS_ERROR, what, c->request, "%.*s", STR_ARG(c->conn ? db_last_error(c->conn) : S("")));
	return fail(c, ERR_INTERNAL, NULL, "V programu nastala chyba. Zkuste to prosím znovu; trvá-li, ohlaste ji správci s číslem požadavku.");
}

Err fail_store(Ctx *c, Err e, const char *what) {
	if (e == ERR_BUSY)
		return fail(c, e, NULL, "Server je zaneprázdněný. Zkuste to za chvíli znovu.");
	if (e == ERR_STORAGE)
		return fail(c, e, NULL, "Na disku serveru došlo místo nebo zápis selhal. Nic se neuložilo, ohlaste to správci.");
	return fail_internal(c, what);
}

Str first_problem(const Ctx *c) {
	return c->problems.len ? c->problems.at[0].text : (Str){0};
}

/* ---- writing ---- */

Err tx_begin(Ctx *c, Tx *tx) {
	if (c->tx_depth == 0) {
		stop_reading(c);
		Conn *writer;
		Err   e = db_write_begin(c->db, &writer);
		if (e != OK)
			return fail(c, e, NULL, "Právě se zapisuje něco jiného. Zkuste to za chvíli znovu, nic se neztratilo.");
		c->conn = writer;
		c->tx_doomed = false;
		c->tx = (TxMemory){0};
	}
	c->tx_depth++;
	*tx = (Tx){.c = c, .open = true};
	return OK;
}

/* Back to reading: the next query begins a new read transaction that sees what was written. */
static void leave(Tx *tx) {
	tx->open = false;
	if (--tx->c->tx_depth == 0) {
		tx->c->conn = NULL;
		tx->c->shared = NULL;
		tx->c->units = NULL;
	}
}

Err tx_commit(Tx *tx) {
	Ctx *c = tx->c;
	CHECK(tx->open);
	if (c->tx_depth > 1) {
		leave(tx);
		return OK;
	}
	Err e = ERR_INTERNAL;
	if (c->tx_doomed)
		db_rollback(c->conn);
	else if ((e = trail_write_head(c)) == OK)
		e = db_commit(c->conn);
	else
		db_rollback(c->conn);
	leave(tx);
	if (e == ERR_STORAGE)
		return fail_store(c, e, "commit");
	if (e != OK)
		return fail(c, e, NULL, "Uložení se nepodařilo dokončit, nic se nezměnilo. Zkuste to znovu.");
	return OK;
}

void tx_end(Tx *tx) {
	if (!tx->open)
		return;
	Ctx *c = tx->c;
	if (c->tx_depth > 1)
		c->tx_doomed = true;
	else
		db_rollback(c->conn);
	leave(tx);
}
