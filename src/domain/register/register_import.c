/* register_import.c: imports and their previews as they are stored. */
#include "domain/register/register_import.h"

#include "core/access.h"
#include "domain/register/register_inside.h"

#include "domain/register/register_import.sql.h"

static RegisterImport read_import(Ctx *c, Rows *rows) {
	RegisterImport r = {
		.id = col_int(rows, 0), .made_at = col_instant(rows, 1), .state = str_dup(c->arena, col_text(rows, 2)),
		.file_name = str_dup(c->arena, col_text(rows, 3)), .file = col_null(rows, 4) ? 0 : col_int(rows, 4), .size = col_int(rows, 5),
		.reason = str_dup(c->arena, col_text(rows, 6)), .account = col_int(rows, 7), .account_name = str_dup(c->arena, col_text(rows, 8)),
		.applied_at = col_instant(rows, 23), .used = col_int(rows, 24),
	};
	i64 *const counts[] = {&r.records, &r.services, &r.providers, &r.facilities, &r.added, &r.changed, &r.ended,
	                       &r.missing, &r.held, &r.same, &r.fields, &r.derived, &r.kept, &r.faults};
	for (size_t i = 0; i < LEN(counts); i++)
		*counts[i] = col_int(rows, 9 + (int)i);
	return r;
}

Err register_import_get(Ctx *c, Id id, RegisterImport *ret) {
	TRY(require(c, CAP_REGISTER_IMPORT));
	Rows rows = db_query(ctx_conn(c), &sql_register_import_one, P(V(id)));
	bool found = rows_next(&rows);
	if (found)
		*ret = read_import(c, &rows);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "register_import");
	return found ? OK : fail(c, ERR_NOT_FOUND, NULL, "Takový import registru není.");
}

Err register_imports(Ctx *c, i64 limit, RegisterImports *ret) {
	*ret = (RegisterImports){0};
	TRY(require(c, CAP_REGISTER_IMPORT));
	Rows rows = db_query(ctx_conn(c), &sql_register_import_list, P(V(limit)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = read_import(c, &rows);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "register_import");
}

/* ---- rows ---- */

static void read_place(RegisterRow *r) {
	Str rest = r->places;
	str_cut(&rest, ':');
	Str number = str_cut(&rest, ':'), line = str_cut(&rest, ';');
	if (!str_to_int(number, &r->number) || !str_to_int(line, &r->line))
		r->number = r->line = 0;
}

Err register_rows(Ctx *c, Id import, Str kind, i64 after, i64 limit, RegisterRows *ret) {
	*ret = (RegisterRows){0};
	TRY(require(c, CAP_REGISTER_IMPORT));
	Rows rows = db_query(ctx_conn(c), &sql_register_import_rows, P(V(import), V(kind), V(after), V(limit + 1)));
	while (rows_next(&rows)) {
		RegisterRow *r = ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap);
		*r = (RegisterRow){
			.position = col_int(&rows, 0), .entity = str_dup(c->arena, col_text(&rows, 1)), .kind = str_dup(c->arena, col_text(&rows, 2)),
			.code = str_dup(c->arena, col_text(&rows, 3)), .object_id = col_int(&rows, 4), .title = str_dup(c->arena, col_text(&rows, 5)),
			.subtitle = str_dup(c->arena, col_text(&rows, 6)), .places = str_dup(c->arena, col_text(&rows, 7)), .fields = col_int(&rows, 8),
			.derived = col_int(&rows, 9), .kept = col_int(&rows, 10), .accepted = col_bool(&rows, 11),
		};
		read_place(r);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "register_import_row");
}

Err register_row_changes(Ctx *c, Id import, i64 row, RegisterChanges *ret) {
	*ret = (RegisterChanges){0};
	TRY(require(c, CAP_REGISTER_IMPORT));
	Rows rows = db_query(ctx_conn(c), &sql_register_import_changes, P(V(import), V(row)));
	while (rows_next(&rows)) {
		const Entity *e = register_entity(col_text(&rows, 0));
		if (!e)
			continue;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (RegisterChange){
			.row = row, .entity = e, .object_id = col_int(&rows, 1), .object_name = str_dup(c->arena, col_text(&rows, 2)),
			.field = entity_field(e, col_text(&rows, 3)), .kind = str_dup(c->arena, col_text(&rows, 4)),
			.before = str_dup(c->arena, col_text(&rows, 5)), .after = str_dup(c->arena, col_text(&rows, 6)),
		};
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "register_import_change");
}

static Err open_import(Ctx *c, Id id, RegisterImport *ret) {
	TRY(register_import_get(c, id, ret));
	if (!str_eq(ret->state, S("previewed")))
		return fail(c, ERR_CONFLICT, NULL, "Tento import už byl použit nebo zrušen. Načtěte soubor znovu.");
	return OK;
}

static Err accept_inside(Ctx *c, Id import, i64 from, i64 to, const i64 *positions, size_t count) {
	TRY(db_run(c->conn, &sql_register_import_row_refuse, P(V(import), V(from), V(to)), NULL));
	for (size_t i = 0; i < count; i++)
		if (positions[i] >= from && positions[i] <= to)
			TRY(db_run(c->conn, &sql_register_import_row_accept, P(V(import), V(positions[i])), NULL));
	return OK;
}

Err register_accept(Ctx *c, Id import, i64 from, i64 to, const i64 *positions, size_t count) {
	RegisterImport r;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(open_import(c, import, &r));
	if (accept_inside(c, import, from, to, positions, count) != OK)
		return fail_internal(c, "register_import_row");
	return tx_commit(&tx);
}

Err register_import_drop(Ctx *c, Id id) {
	RegisterImport r;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(open_import(c, id, &r));
	if (db_run(c->conn, &sql_register_import_state, P(V(id), V(S("dropped")), V(c->now), V(0)), NULL) != OK)
		return fail_internal(c, "register_import");
	return tx_commit(&tx);
}

/* Rows of imports that are over, and of a preview that nobody used: the newest one is the one to work with. */
Err register_imports_clear(Ctx *c) {
	if (db_run(c->conn, &sql_register_import_changes_clear, DB_NONE, NULL) != OK || db_run(c->conn, &sql_register_import_rows_clear, DB_NONE, NULL) != OK ||
	    db_run(c->conn, &sql_register_imports_drop, P(V(c->now)), NULL) != OK)
		return fail_internal(c, "register_import");
	return OK;
}

Err register_rescue(Ctx *c, Err e) {
	Problem *at = NEW_ARRAY(c->arena, Problem, c->problems.len + 1);
	for (size_t i = 0; i < c->problems.len; i++) {
		at[i] = c->problems.at[i];
		at[i].place = str_dup(c->arena, at[i].place);
		at[i].text = str_dup(c->arena, at[i].text);
	}
	c->problems = (Problems){at, c->problems.len, c->problems.len};
	return e;
}
