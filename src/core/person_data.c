#include "core/person_data.h"

#include "core/trail.h"

enum { MAX_ROWS = 64 };
static const PersonData *known[MAX_ROWS];
static size_t            known_count;

void person_data_setup(const PersonData *const *lists, const size_t *counts, size_t list_count) {
	known_count = 0;
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < counts[i]; k++) {
			CHECK(known_count < MAX_ROWS);
			known[known_count++] = &lists[i][k];
		}
}

const PersonData *person_data_at(size_t i) {
	return i < known_count ? known[i] : NULL;
}

Err person_data_export(Ctx *c, Id account, JsonWriter *w) {
	char iso[INSTANT_ISO_LEN];
	jw_object(w);
	jw_key(w, "porizeno");
	jw_str(w, instant_iso(c->now, iso));
	jw_key(w, "ucet");
	jw_int(w, account);
	for (size_t i = 0; i < known_count; i++) {
		jw_key(w, known[i]->key);
		TRY(known[i]->export(c, account, w));
	}
	jw_object_end(w);
	return OK;
}

Err person_rows_export(Ctx *c, const Sql *sql, Id account, const char *const *names, size_t count, JsonWriter *w) {
	Rows rows = db_query(ctx_conn(c), sql, P(V(account)));
	jw_array(w);
	while (rows_next(&rows)) {
		jw_object(w);
		for (size_t i = 0; i < count; i++)
			jw_member(w, names[i], col_text(&rows, (int)i));
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "data of a person");
}

Err person_rows_erase(Ctx *c, const Sql *const *statements, size_t count, Id account, i64 *erased) {
	*erased = 0;
	for (size_t i = 0; i < count; i++) {
		i64 n;
		if (db_run(c->conn, statements[i], P(V(account)), &n) != OK)
			return fail_internal(c, "data of a person");
		*erased += n;
	}
	return OK;
}

static Err erase_those(Ctx *c, bool last, Id account, i64 *erased, Strs *stays) {
	for (size_t i = 0; i < known_count; i++) {
		i64 n = 0;
		if (known[i]->last != last)
			continue;
		if (known[i]->erase)
			TRY(known[i]->erase(c, account, &n));
		*erased += n;
		if (known[i]->exception)
			strs_add(c->arena, stays, str_c(known[i]->exception));
	}
	return OK;
}

Err person_data_erase(Ctx *c, Id account, i64 *erased) {
	Strs stays = {0};
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	*erased = 0;
	TRY(erase_those(c, false, account, erased, &stays));
	TRY(erase_those(c, true, account, erased, &stays));
	Str text = str_format(c->arena, "Vymazány osobní údaje účtu, %lld záznamů.", (long long)*erased);
	if (stays.len)
		text = str_format(c->arena, "%.*s Zůstává: %.*s", STR_ARG(text), STR_ARG(str_join(c->arena, S(" "), stays)));
	TRY(trail_add(c, (TrailEntry){.action = "erase", .object = "account", .object_id = account, .text = text}));
	return tx_commit(&tx);
}
