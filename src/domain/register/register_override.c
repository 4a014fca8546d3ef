/* register_override.c: what people corrected against the register. */
#include <stdlib.h>

#include "domain/register/register_inside.h"

#include "domain/register/register_import.sql.h"

static int by_object(const void *x, const void *y) {
	Id a = ((const LiveOverride *)x)->object, b = ((const LiveOverride *)y)->object;
	return a < b ? -1 : a > b;
}

Err register_corrections(Ctx *c, Arena *a, Corrections *ret) {
	*ret = (Corrections){0};
	Rows rows = db_query(ctx_conn(c), &sql_register_override_all, DB_NONE);
	while (rows_next(&rows)) {
		const Entity *e = register_entity(col_text(&rows, 1));
		if (e)
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (LiveOverride){
				.id = col_int(&rows, 0), .entity = e, .object = col_int(&rows, 2), .field = str_dup(a, col_text(&rows, 3)),
				.value = str_dup(a, col_text(&rows, 4)), .register_value = str_dup(a, col_text(&rows, 5)),
			};
	}
	if (ret->len)
		qsort(ret->at, ret->len, sizeof *ret->at, by_object);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "register_override");
}

Err register_overrides_of(Ctx *c, const Entity *e, Id object, RegisterOverrides *ret) {
	*ret = (RegisterOverrides){0};
	Rows rows = db_query(ctx_conn(c), &sql_register_override_live, P(V(str_c(e->name)), V(object)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (RegisterOverride){
			.id = col_int(&rows, 0), .entity = e, .object_id = object, .field = entity_field(e, col_text(&rows, 1)),
			.value = str_dup(c->arena, col_text(&rows, 2)), .register_value = str_dup(c->arena, col_text(&rows, 3)),
			.reason = str_dup(c->arena, col_text(&rows, 4)), .account = col_int(&rows, 5),
			.account_name = str_dup(c->arena, col_text(&rows, 6)), .made_at = col_instant(&rows, 7),
		};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "register_override");
}

static const RegisterOverride *override_of(const RegisterOverrides *all, const Field *f) {
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i].field == f)
			return &all->at[i];
	return NULL;
}

static Err add(Ctx *c, const Entity *e, Id object, Str field, Str value, Str register_value) {
	Id id;
	TRY(db_new_id(c->conn, &id));
	return db_run(c->conn, &sql_register_override_add,
	              P(V(id), V(str_c(e->name)), V(object), V(field), V(value), V(register_value), V(c->reason), V(c->actor->account),
	                V(c->actor->name), V(c->now)), NULL);
}

/* A field was changed by hand: the correction begins, gets another value, or ends because it is the register's value again. */
static Err note_field(Ctx *c, const Entity *e, const Field *f, const RegisterOverrides *live, const void *before, const void *after) {
	const EntityHead       *h = after;
	const RegisterOverride *o = override_of(live, f);
	Str                     value = field_machine(c->arena, f, after);
	if (!o)
		return add(c, e, h->id, str_c(f->name), value, field_machine(c->arena, f, before));
	if (str_eq(value, o->register_value))
		return db_run(c->conn, &sql_register_override_end, P(V(o->id), V(c->now)), NULL);
	return db_run(c->conn, &sql_register_override_value, P(V(o->id), V(value)), NULL);
}

Err register_note_override(Ctx *c, const Entity *e, const void *before, const void *after) {
	CHECK(c->tx_depth > 0 && (before || after));
	const EntityHead *h = after ? after : before;
	RegisterOverrides live;
	TRY(register_overrides_of(c, e, h->id, &live));
	const RegisterOverride *whole = override_of(&live, NULL);
	if (!before)
		return whole ? OK : add(c, e, h->id, S(""), S("added"), S("")) == OK ? OK : fail_internal(c, "register_override");
	if (!after) {
		bool  was_ours = whole && str_eq(whole->value, S("added"));
		Err   err = was_ours ? db_run(c->conn, &sql_register_override_end, P(V(whole->id), V(c->now)), NULL)
		            : whole ? OK : add(c, e, h->id, S(""), S("removed"), S(""));
		return err == OK ? OK : fail_internal(c, "register_override");
	}
	if (whole)                                   /* people added it: the register says nothing about it */
		return OK;
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		if (register_field_source(e, f) == SOURCE_NONE || field_equal(f, before, after))
			continue;
		if (note_field(c, e, f, &live, before, after) != OK)
			return fail_internal(c, "register_override");
	}
	return OK;
}
