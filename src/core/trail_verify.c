/* trail_verify.c: the whole chain is read and recomputed; the first record that does not fit is named. */
#include "core/trail_record.h"

#include "core/trail.sql.h"

typedef struct Chain {
	Ctx          *c;
	TrailVerdict *verdict;
	Buf           scratch;
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

static bool record_fits(Chain *chain, Rows *rows) {
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
	if (r.seq != chain->seq + 1)
		return broken(chain, chain->seq + 1, "Záznam chybí. Porovnejte úložiště se zálohou.");
	if (col_int(rows, 12) != TRAIL_FORMAT)
		return broken(chain, r.seq, "Záznam má podobu, kterou tento program nezná. Použijte novější verzi programu.");
	if (!is_hash(col_bytes(rows, 13), &chain->hash))
		return broken(chain, r.seq, "Záznam nenavazuje na předchozí. Některý z nich byl vyměněn, porovnejte je se zálohou.");
	Sha256 hash = trail_hash(&chain->scratch, &chain->hash, &r);
	if (!is_hash(col_bytes(rows, 14), &hash))
		return broken(chain, r.seq, "Obsah záznamu byl změněn. Porovnejte jej se zálohou.");
	chain->seq = r.seq;
	chain->hash = hash;
	chain->verdict->records++;
	return true;
}

/* Page by page: memory stays flat and no single statement meets the store's time limit. */
static Err read_chain(Chain *chain) {
	for (;;) {
		i64  begin = chain->seq;
		Rows rows = db_stream(ctx_conn(chain->c), &sql_trail_after, P(V(begin), V(TRAIL_PAGE)));
		bool fits = true;
		while (fits && rows_next(&rows))
			fits = record_fits(chain, &rows);
		TRY(rows_end(&rows));
		if (!fits || chain->seq < begin + TRAIL_PAGE)
			return OK;
	}
}

static void compare_head(Chain *chain, i64 seq, const Sha256 *hash) {
	if (chain->verdict->broken_seq)
		return;
	if (chain->seq < seq)
		broken(chain, chain->seq + 1, "Od tohoto záznamu dál konec řetězu chybí. Obnovte jej ze zálohy.");
	else if (chain->seq > seq)
		broken(chain, seq + 1, "Záznam stojí za koncem řetězu. Nezapsal jej tento program.");
	else if (memcmp(hash, &chain->hash, sizeof *hash) != 0)
		broken(chain, chain->seq, "Poslední záznam nesouhlasí s uloženou hlavou řetězu. Porovnejte jej se zálohou.");
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
	i64    seq = has_head ? col_int(&rows, 0) : 0;
	if (has_head && col_bytes(&rows, 1).len == sizeof head.bytes)
		memcpy(head.bytes, col_bytes(&rows, 1).ptr, sizeof head.bytes);
	TRY(rows_end(&rows));
	TRY(read_chain(chain));
	compare_head(chain, seq, &head);
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
	buf_free(&chain.scratch);
	return e == OK ? OK : fail_internal(c, "trail_verify");
}
