#include "core/reorder.h"

#include "base/text.h"
#include "core/check.h"
#include "db/dump.h"

enum { PAGE = 1000 };

static Arena statements;                         /* connections keep what they prepared by its address */

typedef struct Pair { Str table, key, text, sort; } Pair;
typedef struct Pairs { Pair *at; size_t len, cap; } Pairs;

static void add_pairs(Arena *a, const DumpTable *t, Pairs *ret) {
	for (size_t i = 0; i < t->column_count; i++) {
		Str name = t->columns[i].name;
		if (t->columns[i].type != DB_BYTES || !str_ends(name, S("_sort")) || t->columns[0].type != DB_INT)
			continue;
		for (size_t k = 0; k < t->column_count; k++)
			if (t->columns[k].type == DB_TEXT && str_eq(t->columns[k].name, str_first(name, name.len - 5)))
				*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (Pair){t->name, t->columns[0].name, t->columns[k].name, name};
	}
}

static Err find_pairs(Ctx *c, Pairs *ret) {
	Dump *d;
	if (db_dump_begin(c->arena, c->db, &d) != OK)
		return fail_internal(c, "reorder");
	DumpTables *all = db_dump_tables(d);
	for (size_t i = 0; i < all->len; i++)
		add_pairs(c->arena, &all->at[i], ret);
	db_dump_end(d);
	return OK;
}

static const Sql *statement(Str text) {
	return NEW(&statements, Sql, .name = "reorder", .text = str_z(&statements, text));
}

static const Sql *reading(const Pair *p) {
	return statement(str_format(&statements, "SELECT %.*s, %.*s FROM %.*s WHERE %.*s > $1 ORDER BY %.*s LIMIT $2", STR_ARG(p->key), STR_ARG(p->text),
	                            STR_ARG(p->table), STR_ARG(p->key), STR_ARG(p->key)));
}

static const Sql *writing(const Pair *p) {
	return statement(str_format(&statements, "UPDATE %.*s SET %.*s = $2 WHERE %.*s = $1 AND %.*s <> $2", STR_ARG(p->table), STR_ARG(p->sort),
	                            STR_ARG(p->key), STR_ARG(p->sort)));
}

typedef struct Row { Id id; Str text; } Row;

static Err page(Ctx *c, const Sql *read, const Sql *write, Id *after, i64 *rows, bool *more) {
	CLEANUP(arena_free) Arena a = {0};
	Row   *list = NULL;
	size_t len = 0, cap = 0;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Rows found = db_query(c->conn, read, P(V(*after), V((i64)PAGE)));
	while (rows_next(&found))
		*ARENA_PUSH(&a, list, len, cap) = (Row){col_int(&found, 0), str_dup(&a, col_text(&found, 1))};
	if (rows_end(&found) != OK)
		return fail_internal(c, "reorder");
	for (size_t i = 0; i < len; i++) {
		i64 changed = 0;
		if (db_run(c->conn, write, P(V(list[i].id), db_value_bytes(text_sort_key(&a, list[i].text))), &changed) != OK)
			return fail_internal(c, "reorder");
		*rows += changed;
		*after = list[i].id;
	}
	*more = len == PAGE;
	return tx_commit(&tx);
}

Err reorder_all(Ctx *c, i64 *rows) {
	Pairs pairs = {0};
	*rows = 0;
	TRY(find_pairs(c, &pairs));
	for (size_t i = 0; i < pairs.len; i++) {
		const Sql *read = reading(&pairs.at[i]), *write = writing(&pairs.at[i]);
		Id   after = INT64_MIN + 1;
		bool more = true;
		while (more)
			TRY(page(c, read, write, &after, rows, &more));
	}
	return fact_put(c, "sort.version", text_sort_version(c->arena));
}
