/* exchange_apply.c: a judged file takes effect, all of it or nothing. Judged once more as the writer, so nobody can come in between. */
#include "base/format.h"
#include "core/data_version.h"
#include "core/exchange_inside.h"
#include "core/history.h"
#include "core/trail.h"
#include "core/workflow.h"

#include "core/exchange.sql.h"

/* ---- one row ---- */

/* What holds on the day, with the cells that the sender changed: other changes that were decided for that day stay. */
static Err change(Ctx *c, const Entity *e, const Judged *row, Date from) {
	void *now;
	if (entity_get(c, e, (AsOf){.valid = from}, row->id, &now) != OK)
		return fail(c, ERR_INVALID, "valid_from", "Řádek %lld: záznam v den, od kterého mají změny platit, neexistuje. Zvolte jiný den.", (long long)row->line);
	void *next = entity_copy(c->arena, e, now);
	for (size_t i = 0; i < row->len; i++)
		if (row->cells[i].changed)
			field_copy(row->cells[i].field, next, row->after);
	return e->dated ? history_change(c, e, next, from, ((const EntityHead *)now)->valid_to) : entity_update(c, e, next);
}

/* What moves by steps begins by its first one. */
static Err create(Ctx *c, const Entity *e, void *row, Date from) {
	const Machine *m = machine_of_entity(e);
	for (size_t i = 0; m && i < m->action_count; i++)
		if (strcmp(m->actions[i].from, START) == 0)
			return workflow_start(c, m, m->actions[i].action, row, &(WorkInput){.from = from});
	return e->dated ? history_create(c, e, row, from, (Date){0}) : entity_insert(c, e, row);
}

static Err write_row(Ctx *c, const Entity *e, const Judged *row, Date from) {
	if (row->verdict == IMPORT_CHANGED)
		return change(c, e, row, from);
	return row->verdict == IMPORT_NEW ? create(c, e, row->after, from) : OK;
}

/* Judged again to have the values at hand: memory stays that of one row. */
static Err write_rows(Ctx *c, const StoredPreview *p, TableReader *r, Date from) {
	Judge  *j;
	Judged *row;
	Err     err = OK;
	TRY(table_read_again(r));
	TRY(judge_open(c, p->entity, r, &j));
	while (err == OK && judge_next(j, &row)) {
		Inside before = ctx_enter(c, j->row);
		err = write_row(c, p->entity, row, from);
		Problem why = c->problems.len ? c->problems.at[0] : (Problem){0};
		ctx_leave(c, &before);
		if (err != OK)
			fail(c, err, why.field && strcmp(why.field, "valid_from") == 0 ? "valid_from" : NULL, "%.*s: %.*s", STR_ARG(table_row_place(r)), STR_ARG(why.text));
	}
	Err end = judge_end(j);
	return err != OK ? err : end;
}

/* ---- the file ---- */

static bool same_judgement(const Judgement *x, const Judgement *y) {
	return memcmp(x->digest.bytes, y->digest.bytes, sizeof x->digest.bytes) == 0;
}

static Err refuse_errors(Ctx *c, i64 errors) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, errors, "řádek má chybu", "řádky mají chyby", "řádků má chyby");
	return fail(c, ERR_INVALID, NULL, "Soubor se nenačetl: %.*s. Opravte je a nahrajte soubor znovu.", (int)b.len, b.ptr);
}

static Err note(Ctx *c, const StoredPreview *p, const Judgement *sum) {
	Str text = str_format(c->arena, "Import č. %lld (%s) ze souboru „%.*s“: přidáno %lld, změněno %lld, beze změny %lld.", (long long)p->id, p->entity->many,
	                      STR_ARG(p->file_name), (long long)sum->added, (long long)sum->changed, (long long)sum->same);
	return trail_add(c, (TrailEntry){.action = "import", .object = "import", .object_id = p->id, .text = text});
}

static Err refuse_state(Ctx *c, const StoredPreview *p) {
	if (str_eq(p->state, S("applied")))
		return fail(c, ERR_GONE, NULL, "Tento soubor už je načtený. Chcete-li změnit něco dalšího, nahrajte nový.");
	return str_eq(p->state, S("open")) ? OK : fail(c, ERR_GONE, NULL, "Tento náhled už neplatí. Nahrajte soubor znovu.");
}

static Err write_all(Ctx *c, const StoredPreview *p, TableReader *r, const Judgement *sum, Date from) {
	Str reason = c->reason;
	if (reason.len == 0)
		c->reason = str_format(c->arena, "import č. %lld", (long long)p->id);
	Err err = sum->added + sum->changed ? write_rows(c, p, r, from) : OK;
	c->reason = reason;
	TRY(err);
	if (db_run(c->conn, &sql_import_applied, P(V(p->id), V(c->now)), NULL) != OK)
		return fail_internal(c, "import");
	return note(c, p, sum);
}

/* The file is read before anybody waits for the writer: another process does that, and the content of a stored file never changes. Then one
 * transaction. *moved: the file would now do something else than what the sender saw; nothing was written then. */
static Err apply(Ctx *c, Id id, Date from, StoredPreview *p, Judgement *sum, ImportPreview *ret, bool *moved) {
	TableReader *r;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(preview_find(c, id, p));
	TRY(require(c, p->entity->write));
	TRY(refuse_state(c, p));
	TRY(preview_reader(c, p, &r));
	TRY(tx_begin(c, &tx));
	TRY(preview_find(c, id, p));             /* somebody may have been faster */
	TRY(refuse_state(c, p));
	TRY(preview_judge(c, p->entity, r, sum, ret));
	preview_fill(ret, p, sum);
	*moved = !same_judgement(sum, &p->seen);
	if (*moved)
		return ERR_CONFLICT;
	if (sum->errors)
		return refuse_errors(c, sum->errors);
	TRY(write_all(c, p, r, sum, from));
	TRY(tx_commit(&tx));
	ret->state = S("applied");
	return OK;
}

/* What the sender sees next is what the next attempt is compared with. */
static Err remember(Ctx *c, const StoredPreview *p, const Judgement *sum) {
	i64 version;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(data_version(c, &version));
	if (db_run(c->conn, &sql_import_judged,
	           P(V(p->id), V(sum->same), V(sum->added), V(sum->changed), V(sum->errors),
	             db_value_bytes(str_of((const char *)sum->digest.bytes, sizeof sum->digest.bytes)), V(version)), NULL) != OK)
		return fail_internal(c, "import");
	return tx_commit(&tx);
}

Err exchange_apply(Ctx *c, Id id, Date from, ImportPreview *ret) {
	StoredPreview p;
	Judgement     sum = {0};
	bool          moved = false;
	*ret = (ImportPreview){0};
	if (!date_is(from))
		from = c->today;
	Err err = apply(c, id, from, &p, &sum, ret, &moved);
	if (!moved)
		return err;
	TRY(remember(c, &p, &sum));
	return fail(c, ERR_CONFLICT, NULL, "Data se od náhledu změnila, proto se nic neuložilo. Zkontrolujte nový náhled a potvrďte jej znovu.");
}
