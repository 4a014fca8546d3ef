/* trail_verify.c: the whole chain is read and recomputed; the first record that does not fit is named. A long chain is read in several pieces
 * at once: every record holds the hash of the one before it, so a piece is checked by itself and then against the end of the piece before. */
#include "core/trail_record.h"

#include <pthread.h>
#include <unistd.h>

#include "core/trail.sql.h"

enum { MAX_PIECES = 4, READ_ALONE = 100000 };

static i64 read_alone = READ_ALONE;

typedef struct Piece {
	Ctx    *c;                               /* of the caller */
	i64     first, last;                     /* records that should be here */
	i64     seq;                             /* of the last good record, first - 1 before any */
	Sha256  before, hash;                    /* what its first record says of the one before; of the last good record */
	bool    linked;                          /* `before` is known */
	i64     broken_seq;
	const char *why;
	Buf     scratch;
	Err     err;
} Piece;

typedef struct Chain {
	Ctx          *c;
	TrailVerdict *verdict;
	i64           seq;                       /* of the last good record */
	Sha256        hash;
} Chain;

static bool broken(Chain *chain, i64 seq, const char *why) {
	chain->verdict->broken_seq = seq;
	chain->verdict->why = str_c(why);
	return false;
}

static bool is_hash(Str stored, const Sha256 *h) {
	return stored.len == sizeof h->bytes && memcmp(stored.ptr, h->bytes, sizeof h->bytes) == 0;
}

/* ---- a piece ---- */

static const char say_missing[] = "Záznam chybí. Porovnejte úložiště se zálohou.",
                  say_strange[] = "Záznam má podobu, kterou tento program nezná. Použijte novější verzi programu.",
                  say_unlinked[] = "Záznam nenavazuje na předchozí. Některý z nich byl vyměněn, porovnejte je se zálohou.",
                  say_altered[] = "Obsah záznamu byl změněn. Porovnejte jej se zálohou.";

static bool piece_broken(Piece *p, i64 seq, const char *why) {
	p->broken_seq = seq;
	p->why = why;
	return false;
}

/* The first record of a later piece is taken at its word; whether the piece before ends so is seen when both were read. */
static bool is_linked(Piece *p, Str stored) {
	if (!p->linked && stored.len == sizeof p->before.bytes) {
		memcpy(p->before.bytes, stored.ptr, stored.len);
		p->hash = p->before;
		p->linked = true;
	}
	return is_hash(stored, &p->hash);
}

static bool record_fits(Piece *p, Rows *rows) {
	TrailStored r = {
		.seq = col_int(rows, 0),
		.at = col_instant(rows, 1),
		.account = col_int(rows, 2),
		.who = col_bytes(rows, 3),
		.role = col_text(rows, 4),
		.organisation = col_text(rows, 5),
		.action = col_text(rows, 6),
		.object = col_text(rows, 7),
		.object_id = col_int(rows, 8),
		.text = col_text(rows, 9),
		.reason = col_text(rows, 10),
		.changes = col_text(rows, 11),
	};
	if (r.seq != p->seq + 1)
		return piece_broken(p, p->seq + 1, say_missing);
	if (col_int(rows, 12) != TRAIL_FORMAT)
		return piece_broken(p, r.seq, say_strange);
	if (!is_linked(p, col_bytes(rows, 13)))
		return piece_broken(p, r.seq, say_unlinked);
	Sha256 hash = trail_hash(&p->scratch, &p->hash, &r);
	if (!is_hash(col_bytes(rows, 14), &hash))
		return piece_broken(p, r.seq, say_altered);
	p->seq = r.seq;
	p->hash = hash;
	return true;
}

/* Page by page: memory stays flat and no single statement meets the store's time limit. */
static Err read_piece(Ctx *c, Piece *p) {
	while (p->seq < p->last) {
		i64  begin = p->seq, room = p->last - begin < TRAIL_PAGE ? p->last - begin : TRAIL_PAGE;
		Rows rows = db_stream(ctx_conn(c), &sql_trail_after, P(V(begin), V(room)));
		bool fits = true;
		while (fits && rows_next(&rows))
			fits = record_fits(p, &rows);
		TRY(rows_end(&rows));
		if (!fits || p->seq < begin + room)
			return OK;
	}
	return OK;
}

/* ---- pieces side by side ---- */

void trail_verify_alone_up_to(i64 records) {
	read_alone = records;
}

static void *read_aside(void *arg) {
	Piece *p = arg;
	CLEANUP(arena_free) Arena a = {0};
	Ctx c = ctx_make(&a, p->c->db, &actor_program, p->c->now);
	p->err = read_piece(&c, p);
	ctx_end(&c);
	db_thread_end(c.db);
	return NULL;
}

/* Inside a write transaction nobody else sees the newest records. */
static size_t piece_count(const Ctx *c, i64 records) {
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	if (records <= read_alone || c->tx_depth > 0)
		return 1;
	return cores < 2 ? 2 : cores > MAX_PIECES ? MAX_PIECES : (size_t)cores;
}

static Err read_pieces(Piece *pieces, size_t n) {
	pthread_t threads[MAX_PIECES];
	bool      aside[MAX_PIECES] = {0};
	for (size_t i = 1; i < n; i++)
		aside[i] = pthread_create(&threads[i], NULL, read_aside, &pieces[i]) == 0;
	for (size_t i = 0; i < n; i++)
		if (!aside[i])
			pieces[i].err = read_piece(pieces[i].c, &pieces[i]);
	Err e = OK;
	for (size_t i = 0; i < n; i++) {
		if (aside[i])
			pthread_join(threads[i], NULL);
		buf_free(&pieces[i].scratch);
		e = e == OK ? pieces[i].err : e;
	}
	return e;
}

/* Goes on with a piece that was read by itself; false where the chain ends or breaks. */
static bool join(Chain *chain, const Piece *p) {
	if (p->linked && memcmp(&p->before, &chain->hash, sizeof chain->hash) != 0)
		return broken(chain, p->first, say_unlinked);
	chain->verdict->records += p->seq - p->first + 1;
	chain->seq = p->seq;
	if (p->linked)
		chain->hash = p->hash;
	return p->broken_seq ? broken(chain, p->broken_seq, p->why) : p->seq == p->last;
}

/* Records 1 to `last`. */
static Err read_chain(Chain *chain, i64 last) {
	Piece  pieces[MAX_PIECES] = {0};
	size_t n = piece_count(chain->c, last);
	for (size_t i = 0; i < n; i++) {
		i64 first = last / (i64)n * (i64)i + 1;
		pieces[i] = (Piece){.c = chain->c, .first = first, .last = i + 1 < n ? last / (i64)n * (i64)(i + 1) : last, .seq = first - 1, .linked = i == 0};
	}
	TRY(read_pieces(pieces, n));
	size_t i = 0;
	while (i < n && join(chain, &pieces[i]))
		i++;
	return OK;
}

/* Where reading ended without a fault: is that the end that the head tells of? */
static Err compare_head(Chain *chain, i64 seq, const Sha256 *hash) {
	if (chain->verdict->broken_seq)
		return OK;
	Rows rows = db_query(ctx_conn(chain->c), &sql_trail_after, P(V(chain->seq), V((i64)1)));
	bool has_more = rows_next(&rows);
	TRY(rows_end(&rows));
	if (chain->seq < seq)
		broken(chain, chain->seq + 1, has_more ? say_missing : "Od tohoto záznamu dál konec řetězu chybí. Obnovte jej ze zálohy.");
	else if (has_more)
		broken(chain, seq + 1, "Záznam stojí za koncem řetězu. Nezapsal jej tento program.");
	else if (memcmp(hash, &chain->hash, sizeof *hash) != 0)
		broken(chain, chain->seq, "Poslední záznam nesouhlasí s uloženou hlavou řetězu. Porovnejte jej se zálohou.");
	return OK;
}

/* ---- what lies beside the chain ---- */

static Err check_people(Chain *chain) {
	Ctx *c = chain->c;
	Str  altered = {0};
	Rows rows = db_stream(ctx_conn(c), &sql_trail_person_all, DB_NONE);
	while (!altered.len && rows_next(&rows)) {
		Str    stored = col_bytes(&rows, 0);
		Sha256 digest = trail_person_digest(col_bytes(&rows, 4), col_text(&rows, 1), col_text(&rows, 2), col_text(&rows, 3));
		if (!is_hash(stored, &digest))
			altered = str_cat(c->arena, stored, S("\n"));        /* never empty */
	}
	TRY(rows_end(&rows));
	if (!altered.len)
		return OK;
	i64 seq;
	TRY(db_get_int(ctx_conn(c), &sql_trail_person_first, P(db_value_bytes(str_first(altered, altered.len - 1))), 1, &seq));
	broken(chain, seq, "Jméno nebo adresa toho, kdo záznam způsobil, byly změněny. Porovnejte je se zálohou.");
	return OK;
}

static bool value_fits(Arena *a, Rows *rows) {
	TrailChange *changes;
	size_t       n;
	i64          place = col_int(rows, 1);
	Str          salt = col_bytes(rows, 4);
	return trail_changes_read(a, col_text(rows, 5), &changes, &n) && place >= 0 && (size_t)place < n && changes[place].personal &&
	       str_eq(changes[place].before, trail_value_digest(a, salt, false, col_text(rows, 2))) &&
	       str_eq(changes[place].after, trail_value_digest(a, salt, true, col_text(rows, 3)));
}

static Err check_values(Chain *chain) {
	CLEANUP(arena_free) Arena one = {.on_full = chain->c->arena->on_full};
	Rows rows = db_stream(ctx_conn(chain->c), &sql_trail_value_all, DB_NONE);
	while (!chain->verdict->broken_seq && rows_next(&rows)) {
		if (!value_fits(&one, &rows))
			broken(chain, col_int(&rows, 0), "Osobní údaj v záznamu byl změněn. Porovnejte jej se zálohou.");
		arena_reset(&one);
	}
	return rows_end(&rows);
}

/* ---- all of it ---- */

static Err verify(Chain *chain) {
	Sha256 head = {0};
	Rows   rows = db_query(ctx_conn(chain->c), &sql_trail_head, DB_NONE);
	bool   has_head = rows_next(&rows);
	i64    seq = has_head && col_int(&rows, 0) > 0 ? col_int(&rows, 0) : 0;
	if (has_head && col_bytes(&rows, 1).len == sizeof head.bytes)
		memcpy(head.bytes, col_bytes(&rows, 1).ptr, sizeof head.bytes);
	TRY(rows_end(&rows));
	TRY(read_chain(chain, seq));
	TRY(compare_head(chain, seq, &head));
	if (!chain->verdict->broken_seq)
		TRY(check_people(chain));
	if (!chain->verdict->broken_seq)
		TRY(check_values(chain));
	return OK;
}

Err trail_verify(Ctx *c, TrailVerdict *ret) {
	*ret = (TrailVerdict){0};
	Chain chain = {.c = c, .verdict = ret};
	Err   e = verify(&chain);
	ret->head = hex(c->arena, chain.hash.bytes, sizeof chain.hash.bytes);
	return e == OK ? OK : fail_internal(c, "trail_verify");
}
