/* store.c: rows of entities in and out of the store; every write is in the trail. */
#include "core/access.h"
#include "core/data_version.h"
#include "core/store_sql.h"
#include "core/trail.h"

enum { MAX_COLUMNS = 160 };

AsOf as_of_full(const Ctx *c, AsOf at) {
	if (!date_is(at.valid))
		at.valid = c->today;
	if (at.recorded.ms == 0)
		at.recorded = (Instant){INT64_C(253402300799999)};       /* 9999-12-31: everything recorded so far */
	return at;
}

static Err not_found(Ctx *c, const Entity *e) {
	return fail(c, ERR_NOT_FOUND, NULL, "Záznam (%s) neexistuje, nebo k němu nemáte přístup.", e->one);
}

/* Row scope of reading: public entities are open; others need the capability and, when it is limited, a matching owner. */
static bool in_scope(Ctx *c, const Entity *e, const void *row) {
	if (e->is_public || c->actor->is_program || c->scope_decided)
		return true;
	if (!may(c, e->read))
		return false;
	RowScope s = access_scope(c, e->read);
	if (s.all)
		return true;
	const struct { const char *column; const Id *ids; size_t n; } by[] = {
		{e->scope_provider, s.providers, s.provider_count},
		{e->scope_municipality, s.municipalities, s.municipality_count},
		{e->scope_district, s.districts, s.district_count},
		{e->scope_body, s.bodies, s.body_count},
	};
	for (size_t k = 0; k < LEN(by); k++) {
		if (!by[k].column)
			continue;
		const EntityHead *h = row;
		const Field *f = entity_field(e, str_c(by[k].column));
		Id owner = f ? *(const Id *)field_in(f, row) : h->id;    /* the column "id": the thing itself */
		for (size_t i = 0; i < by[k].n; i++)
			if (by[k].ids[i] == owner)
				return true;
	}
	return (e->scope_row_count || e->scope_parent) && list_scope_has(c, e, ((const EntityHead *)row)->id);
}

bool entity_in_scope(Ctx *c, const Entity *e, const void *row) {
	return in_scope(c, e, row);
}

static Err any_row(Ctx *c, const Entity *e, Rows rows, void **ret) {
	*ret = rows_next(&rows) ? row_read(c->arena, e, &rows) : NULL;
	Err err = rows_end(&rows);
	if (err != OK)
		return fail_store(c, err, e->name);
	return *ret ? OK : not_found(c, e);
}

static Err first_row(Ctx *c, const Entity *e, Rows rows, void **ret) {
	TRY(any_row(c, e, rows, ret));
	if (!in_scope(c, e, *ret))
		return not_found(c, e);
	row_hide(c, e, *ret);
	return OK;
}

static Rows row_of_id(Ctx *c, const Entity *e, AsOf at, Id id) {
	at = as_of_full(c, at);
	const Sql *sql = entity_sql(e)->get;
	return e->dated ? db_query(ctx_conn(c), sql, P(V(id), V(at.valid), V(at.recorded))) : db_query(ctx_conn(c), sql, P(V(id)));
}

Err entity_get(Ctx *c, const Entity *e, AsOf at, Id id, void **ret) {
	return first_row(c, e, row_of_id(c, e, at, id), ret);
}

Err store_get(Ctx *c, const Entity *e, AsOf at, Id id, void **ret) {
	return any_row(c, e, row_of_id(c, e, at, id), ret);
}

Err entity_find(Ctx *c, const Entity *e, AsOf at, const char *field, Str value, void **ret) {
	const Field *f = entity_field(e, str_c(field));
	CHECK(f && !field_is_linked(f));
	void *probe = entity_new(c->arena, e);
	if (field_is_text(f))
		*(Str *)field_at(f, probe) = value;
	else
		TRY(field_read(c, f, value, probe));
	at = as_of_full(c, at);
	CLEANUP(buf_free) Buf b = {0};
	buf_format(&b, "SELECT %.*s FROM %s t WHERE t.%s = $1", STR_ARG(entity_sql(e)->columns), e->table, f->name);
	if (e->dated)
		sql_as_of(&b, 2, 3);
	buf_lit(&b, " ORDER BY t.id");
	const Sql *sql = sql_intern(e->name, buf_view(&b));
	buf_free(&b);
	DbValue wanted = field_is_text(f) ? V(value) : V(*(const i64 *)field_in(f, probe));
	return first_row(c, e, e->dated ? db_query(ctx_conn(c), sql, P(wanted, V(at.valid), V(at.recorded)))
	                                : db_query(ctx_conn(c), sql, P(wanted)), ret);
}

/* ---- writing ---- */

static Err put_pairs(Ctx *c, const Sql *add, Id owner, Str pairs) {
	while (pairs.len) {
		i64 amount;
		Str one = str_cut(&pairs, ','), code = str_cut(&one, '=');
		CHECK(str_to_int(one, &amount));
		TRY(db_run(c->conn, add, P(V(owner), V(code), V(amount)), NULL));
	}
	return OK;
}

static Err put_links(Ctx *c, const Entity *e, const void *row, Id owner, bool clear) {
	const EntitySql *s = entity_sql(e);
	for (size_t i = 0; i < e->field_count; i++) {
		if (!field_is_linked(&e->fields[i]))
			continue;
		if (clear)
			TRY(db_run(c->conn, s->link_clear[i], P(V(owner)), NULL));
		if (e->fields[i].type == TYPE_PAIRS) {
			TRY(put_pairs(c, s->link_add[i], owner, *(const Str *)field_in(&e->fields[i], row)));
			continue;
		}
		const Strs *codes = field_in(&e->fields[i], row);
		for (size_t k = 0; k < codes->len; k++)
			TRY(db_run(c->conn, s->link_add[i], P(V(owner), V(codes->at[k])), NULL));
	}
	return OK;
}

Err store_put_row(Ctx *c, const Entity *e, void *row) {
	EntityHead *h = row;
	DbValue     values[MAX_COLUMNS];
	if (h->id == 0)
		TRY(db_new_id(c->conn, &h->id));
	if (e->dated && h->row == 0)
		TRY(db_new_id(c->conn, &h->row));
	size_t n = row_values(c->arena, e, row, values, LEN(values));
	TRY(db_run(c->conn, entity_sql(e)->insert, values, (int)n, NULL));
	return put_links(c, e, row, e->dated ? h->row : h->id, false);
}

/* What the store refused, said for people, unless it was said already. */
static Err refused(Ctx *c, const Entity *e, Err err, size_t said) {
	if (c->problems.len > said)
		return err;
	if (err == ERR_CONFLICT)
		return fail(c, err, NULL, "Takový záznam (%s) už existuje nebo odkazuje na záznam, který není. Zkontrolujte vyplněné údaje.", e->one);
	return fail_store(c, err, e->name);
}

static Err trail_row(Ctx *c, const Entity *e, const char *action, const void *before, const void *after) {
	TrailChange *changes;
	size_t       n = trail_changes(c, e, before, after, &changes);
	const EntityHead *h = after ? after : before;
	TRY(trail_add(c, (TrailEntry){.action = action, .object = e->name, .object_id = h->id, .changes = changes, .change_count = n}));
	return e->raises_data_version ? data_version_raise(c) : OK;
}

/* A state that anybody but the engine writes would be a step without guards and history. */
static Err check_states(Ctx *c, const Entity *e, const void *before, const void *row) {
	for (size_t i = 0; i < e->field_count; i++)
		if (e->fields[i].by_workflow && !c->stepping && !(before && field_equal(&e->fields[i], before, row)))
			return fail(c, ERR_INVALID, NULL, "Záznam (%s) se zakládá a mění krokem svého postupu, souborem ani obecným formulářem to nejde.", e->one);
	return OK;
}

static Err insert_inside(Ctx *c, const Entity *e, void *row) {
	TRY(store_put_row(c, e, row));
	return trail_row(c, e, "create", NULL, row);
}

Err entity_insert(Ctx *c, const Entity *e, void *row) {
	CHECK(!e->dated);
	TRY(check_states(c, e, NULL, row));
	if (e->prepare)
		TRY(e->prepare(c, row));
	TRY(entity_check(c, e, row));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	((EntityHead *)row)->version = 1;
	size_t said = c->problems.len;
	Err    err = insert_inside(c, e, row);
	if (err != OK)
		return refused(c, e, err, said);
	return tx_commit(&tx);
}

static Err changed_meanwhile(Ctx *c, const Entity *e) {
	return fail(c, ERR_CONFLICT, NULL, "Záznam (%s) mezitím uložil někdo jiný. Porovnejte obě podoby a vyberte, co má platit.", e->one);
}

static Err write_row(Ctx *c, const Entity *e, void *row) {
	EntityHead *h = row;
	i64         seen = h->version, touched = 0;
	DbValue     values[MAX_COLUMNS];
	h->version = seen + 1;
	size_t n = row_values(c->arena, e, row, values, LEN(values) - 2);
	values[n] = V(h->id);
	values[n + 1] = V(seen);
	TRY(db_run(c->conn, entity_sql(e)->update, values, (int)n + 2, &touched));
	if (touched == 0)
		return changed_meanwhile(c, e);
	return put_links(c, e, row, h->id, true);
}

static Err update_inside(Ctx *c, const Entity *e, const void *before, void *row) {
	TRY(write_row(c, e, row));
	return trail_row(c, e, "change", before, row);
}

Err store_update(Ctx *c, const Entity *e, void *row) {
	CHECK(!e->dated);
	i64    seen = ((EntityHead *)row)->version;
	size_t said = c->problems.len;
	Err    err = write_row(c, e, row);
	if (err == OK)
		return OK;
	((EntityHead *)row)->version = seen;
	return refused(c, e, err, said);
}

static bool rows_equal(const Entity *e, const void *x, const void *y) {
	for (size_t i = 0; i < e->field_count; i++)
		if (!field_equal(&e->fields[i], x, y))
			return false;
	return true;
}

Err entity_update(Ctx *c, const Entity *e, void *row) {
	CHECK(!e->dated);
	if (e->prepare)
		TRY(e->prepare(c, row));
	TRY(entity_check(c, e, row));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	void       *before;
	EntityHead *h = row;
	TRY(entity_get(c, e, TODAY, h->id, &before));
	if (((EntityHead *)before)->version != h->version)
		return changed_meanwhile(c, e);
	TRY(check_states(c, e, before, row));
	if (rows_equal(e, before, row))
		return tx_commit(&tx);
	i64    seen = h->version;
	size_t said = c->problems.len;
	Err    err = update_inside(c, e, before, row);
	if (err != OK) {
		h->version = seen;
		return refused(c, e, err, said);
	}
	return tx_commit(&tx);
}

Err entity_delete(Ctx *c, const Entity *e, Id id, i64 version) {
	CHECK(!e->dated);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	void *before;
	i64   touched;
	TRY(entity_get(c, e, TODAY, id, &before));
	size_t said = c->problems.len;
	Err    err = put_links(c, e, entity_new(c->arena, e), id, true);
	if (err == OK)
		err = db_run(c->conn, entity_sql(e)->remove, P(V(id), V(version)), &touched);
	if (err == OK && touched == 0)
		return changed_meanwhile(c, e);
	if (err == OK)
		err = trail_row(c, e, "delete", before, NULL);
	if (err != OK)
		return refused(c, e, err, said);
	return tx_commit(&tx);
}

/* ---- dated rows ---- */

static Err all_of(Ctx *c, const Entity *e, Rows rows, EntityList *ret) {
	*ret = (EntityList){0};
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row_read(c->arena, e, &rows);
	return rows_end(&rows);
}

Err store_spans(Ctx *c, const Entity *e, Id id, Instant recorded, EntityList *ret) {
	if (!recorded.ms)                            /* before each change: found by an index of its own, however long the history is */
		return all_of(c, e, db_query(ctx_conn(c), entity_sql(e)->believed, P(V(id))), ret);
	return all_of(c, e, db_query(ctx_conn(c), entity_sql(e)->spans, P(V(id), V(recorded))), ret);
}

Err store_all_rows(Ctx *c, const Entity *e, Id id, EntityList *ret) {
	return all_of(c, e, db_query(ctx_conn(c), entity_sql(e)->all_rows, P(V(id))), ret);
}

Str store_row_list(Arena *a, const Id *rows, size_t count) {
	CLEANUP(buf_free) Buf list = {0};
	for (size_t i = 0; i < count; i++)
		buf_format(&list, "%c%lld", i ? ',' : '[', (long long)rows[i]);
	buf_str(&list, count ? S("]") : S("[]"));
	return buf_take(&list, a);
}

Err store_rows(Ctx *c, const Entity *e, const Id *rows, size_t count, EntityList *ret) {
	return all_of(c, e, db_query(ctx_conn(c), entity_sql(e)->by_rows, P(V(store_row_list(c->arena, rows, count)))), ret);
}

Err store_close_row(Ctx *c, const Entity *e, Id row_id, Instant recorded_to) {
	return db_run(c->conn, entity_sql(e)->close, P(V(row_id), V(recorded_to)), NULL);
}
