/* trail_erase.c: personal values beside the chain go; the digests in it stay. */
#include "core/trail.h"

#include "core/trail.sql.h"

static Err erase(Ctx *c, const Sql *sql, const DbValue *values, int count, TrailEntry note, i64 *erased) {
	i64 n;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Err err = db_run(c->conn, sql, values, count, &n);
	if (err != OK)
		return fail_store(c, err, "trail");
	c->tx.who_of = NULL;                         /* the digest of this transaction's actor may be among the erased */
	if (n > 0) {
		note.action = "erase";
		note.text = str_format(c->arena, "Počet vymazaných osobních údajů v záznamech: %lld.", (long long)n);
		TRY(trail_add(c, note));
	}
	TRY(tx_commit(&tx));
	if (erased)
		*erased = n;
	return OK;
}

Err trail_erase_object(Ctx *c, const char *object, Id object_id, i64 *erased) {
	return erase(c, &sql_trail_value_erase, P(V(str_c(object)), V(object_id)), (TrailEntry){.object = object, .object_id = object_id}, erased);
}

Err trail_erase_people(Ctx *c, Id account, Date before, i64 *erased) {
	char iso[DATE_ISO_LEN];
	Str  month = str_first(date_iso(before, iso), 7);
	TrailChange until = {.field = "before", .after = month};
	return erase(c, &sql_trail_person_erase, P(V(month), V(account)),
	             (TrailEntry){.object = "trail_person", .object_id = account, .changes = &until, .change_count = 1}, erased);
}
