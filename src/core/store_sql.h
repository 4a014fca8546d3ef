/* store_sql.h: the statements that the store makes from an entity's table. Inside core only.
 *
 * Every name in them is a literal of a field table; every value is a parameter. A text is made once and kept for the life of the
 * process, so that connections can prepare it once. */
#pragma once
#include "core/entity.h"

enum { PARTS_SIZES = 4, PARTS_OWNERS = 1 << (PARTS_SIZES - 1) };

typedef struct EntitySql {
	const Entity *entity;
	const Sql *get;                          /* $1 id; dated: $2 valid, $3 recorded */
	const Sql *insert, *update, *remove;     /* in the order of store_columns; update: + $n id, $n+1 version */
	const Sql *close, *spans, *believed, *all_rows, *newest_version, *by_rows;      /* dated; by_rows: $1 a JSON list of row ids */
	const Sql **link_add, **link_clear;      /* per field, NULL unless it is linked */
	const Sql **parts;                       /* per field and PARTS_SIZES, NULL until asked for: of 1, 2, 4, 8 owners, which follow $1 valid, $2 recorded */
	Str        columns;                      /* "t.id, t.version, …", as row_read expects them */
} EntitySql;

const EntitySql *entity_sql(const Entity *e);
/* Rows whose `field` refers to one of 1 << size owners, in the usual order. */
const Sql *entity_parts_sql(const Entity *e, const Field *field, int size);
/* "ORDER BY …" of a list that asks for no order of its own, or for `by`. */
void sql_order(Buf *b, const Entity *e, const Field *by, bool descending);
/* As Entity.due and .newest_first say. */
void sql_order_on_pages(Buf *b, Ctx *c, const Entity *e);
/* The one kept Sql with this text; made when it is new. */
const Sql *sql_intern(const char *name, Str text);
/* Of a list: kept as long as there is room for lists, then only in the arena, for one use. */
const Sql *sql_of_list(Arena *a, const char *name, Str text);
/* "AND …" that lets through what holds and is believed at parameters $v and $r. */
void sql_as_of(Buf *b, int v, int r);

/* Column values of a row in the order of `insert` ($1 …): head, fields, their sort and fold keys. */
size_t row_values(Arena *a, const Entity *e, const void *row, DbValue *to, size_t room);
/* Does the row scope of reading reach a stored row, by columns, other rows and the parent; for an actor whose scope is narrower than all. */
bool  list_scope_has(Ctx *c, const Entity *e, Id id);
/* One row of the columns text, texts copied into the arena. */
void  *row_read(Arena *a, const Entity *e, Rows *rows);
/* One column into its field; without an arena texts live until the next row (then never a field of codes). */
void   column_read(Arena *a, const Field *f, Rows *rows, int col, void *field);
/* The row as this person may see it. */
static inline void row_hide(Ctx *c, const Entity *e, void *row) {
	if (e->hide && !c->actor->is_program)
		e->hide(c, row);
}
static inline bool field_is_text(const Field *f) { return f->type <= TYPE_POSTCODE || f->type == TYPE_CODE; }
static inline bool field_has_sort_key(const Field *f) { return f->sort && f->type <= TYPE_POSTCODE; }
static inline bool field_has_fold(const Field *f) { return (f->fold || f->search) && f->type <= TYPE_POSTCODE; }
