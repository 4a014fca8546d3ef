#include "core/codelist_use.h"

#include <pthread.h>

#include "core/codelist_use.sql.h"

enum { MAX_FIELDS = 512, HOPS = 20 };

/* A field that holds codes, with its statement: made once, because connections keep statements by their address. */
static struct Holder {
	const Entity *entity;
	const Field  *field;
	Sql           count;
} holders[MAX_FIELDS];
static size_t holder_count;
static Arena  kept;

static void count_by(struct Holder *h) {
	const Entity *e = h->entity;
	const Field  *f = h->field;
	const char   *now = e->dated ? " AND t.recorded_to IS NULL AND (t.valid_to IS NULL OR t.valid_to >= $2)" : " AND $2 <> ''";
	Str text = f->type == TYPE_CODES
		? str_format(&kept, "SELECT COUNT(DISTINCT t.id) FROM %s AS l JOIN %s AS t ON t.%s = l.owner WHERE l.code = $1%s", str_z(&kept, str_format(&kept, "%s_%s", e->table, f->name)),
		             e->table, e->dated ? "row_id" : "id", now)
		: str_format(&kept, "SELECT COUNT(DISTINCT t.id) FROM %s AS t WHERE t.%s = $1%s", e->table, f->name, now);
	h->count = (Sql){.name = str_z(&kept, str_format(&kept, "uses_%s_%s", e->table, f->name)), .text = str_z(&kept, text)};
}

static bool is_known(const Entity *e, const Field *f) {
	for (size_t i = 0; i < holder_count; i++)
		if (holders[i].entity == e && holders[i].field == f)
			return true;
	return false;
}

/* Again and again in tests: what was made stays. */
void codelist_use_setup(const Entity *const *const *lists, const size_t *counts, size_t list_count) {
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < counts[i]; k++)
			for (size_t n = 0; n < lists[i][k]->field_count; n++) {
				const Field *f = &lists[i][k]->fields[n];
				if ((f->type != TYPE_CODE && f->type != TYPE_CODES) || !f->codelist || is_known(lists[i][k], f))
					continue;
				CHECK(holder_count < MAX_FIELDS);
				holders[holder_count] = (struct Holder){.entity = lists[i][k], .field = f};
				count_by(&holders[holder_count++]);
			}
}

Err codelist_uses(Ctx *c, Str list, Str code, CodeUses *ret) {
	*ret = (CodeUses){0};
	for (size_t i = 0; i < holder_count; i++) {
		i64 n = 0;
		if (!str_eq(str_c(holders[i].field->codelist), list))
			continue;
		if (db_get_int(ctx_conn(c), &holders[i].count, P(V(code), V(c->today)), 0, &n) != OK)
			return fail_internal(c, "uses of a code");
		if (n > 0)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (CodeUse){holders[i].entity, holders[i].field, n};
		ret->total += n;
	}
	i64 children = 0;
	if (db_get_int(ctx_conn(c), &sql_codelist_children, P(V(list), V(code), V(c->today)), 0, &children) != OK)
		return fail_internal(c, "uses of a code");
	if (children > 0)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (CodeUse){&code_item_entity, entity_field(&code_item_entity, S("parent")), children};
	ret->total += children;
	return OK;
}

Str codelist_successor(Ctx *c, const char *list, Str code) {
	for (int i = 0; i < HOPS; i++) {
		const CodeItem *item = codelist_find(c, list, code);
		if (!item || !item->replaced_by.len || str_eq(item->replaced_by, code))
			break;
		code = item->replaced_by;
	}
	return code;
}

Err codelist_lists(Ctx *c, Date on, CodeLists *ret) {
	*ret = (CodeLists){0};
	Rows rows = db_query(ctx_conn(c), &sql_codelist_lists, P(V(on)));
	while (rows_next(&rows)) {
		CodeList l = {.list = str_dup(c->arena, col_text(&rows, 0)), .items = col_int(&rows, 1), .ended = col_int(&rows, 2) - col_int(&rows, 1)};
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = l;
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "code lists");
	for (size_t i = 0; i < ret->len; i++) {
		const CodeItem *named = codelist_find(c, "code_list", ret->at[i].list);
		ret->at[i].name = named ? named->name : ret->at[i].list;
		ret->at[i].description = named ? named->description : (Str){0};
	}
	return OK;
}

Err codelist_spans(Ctx *c, Str list, Date on, bool all, CodeItems *ret) {
	*ret = (CodeItems){0};
	Rows rows = db_query(ctx_conn(c), &sql_codelist_spans, P(V(list), V(on), V((i64)(all ? 1 : 0))));
	while (rows_next(&rows)) {
		CodeItem *item = NEW_ZERO(c->arena, CodeItem);
		item->head = (EntityHead){.row = col_int(&rows, 0), .id = col_int(&rows, 1), .version = col_int(&rows, 2), .valid_from = col_date(&rows, 3),
		                          .valid_to = col_date(&rows, 4)};
		item->list = list;
		item->code = str_dup(c->arena, col_text(&rows, 5));
		item->name = str_dup(c->arena, col_text(&rows, 6));
		item->position = col_int(&rows, 7);
		item->replaced_by = str_dup(c->arena, col_text(&rows, 8));
		item->external_id = str_dup(c->arena, col_text(&rows, 9));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = item;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "code lists");
}
