/* list.c: filtered, ordered, paged reading of any entity. The text of a list follows from the field table and from which filters are in
 * use; their values are parameters. */
#include "core/access.h"
#include "core/search.h"
#include "core/store_sql.h"

enum { MAX_VALUES = 2000, MAX_SCOPE_IDS = 64 };

typedef struct Builder {
	Ctx    *c;
	Buf     text;
	DbValue values[MAX_VALUES];
	int     count;
} Builder;

static int add_value(Builder *b, DbValue v) {
	CHECK(b->count < MAX_VALUES);
	b->values[b->count++] = v;
	return b->count;
}

/* "t.provider IN ($3, $4)": the number of parameters grows by doubling, so that few texts exist; spare ones repeat the last id. Whoever acts for many (all
 * districts of a large region with their municipalities) has the numbers in the text: a store takes only so many parameters. */
static void add_ids(Builder *b, const char *alias, const char *column, const Id *ids, size_t n) {
	size_t room = 1;
	buf_format(&b->text, "%s.%s IN (", alias, column);
	if (n > MAX_SCOPE_IDS) {
		for (size_t i = 0; i < n; i++)
			buf_format(&b->text, "%s%lld", i ? ", " : "", (long long)ids[i]);
		buf_lit(&b->text, ")");
		return;
	}
	while (room < n)
		room *= 2;
	for (size_t i = 0; i < room; i++)
		buf_format(&b->text, "%s$%d", i ? ", " : "", add_value(b, V(ids[i < n ? i : n - 1])));
	buf_lit(&b->text, ")");
}

static void add_or(Builder *b, bool *any) {
	if (*any)
		buf_lit(&b->text, " OR ");
	*any = true;
}

static void add_columns(Builder *b, const Entity *e, const char *alias, const RowScope *s, bool *any) {
	const struct { const char *column; const Id *ids; size_t n; } by[] = {
		{e->scope_provider, s->providers, s->provider_count},
		{e->scope_municipality, s->municipalities, s->municipality_count},
		{e->scope_district, s->districts, s->district_count},
		{e->scope_body, s->bodies, s->body_count},
	};
	for (size_t k = 0; k < LEN(by); k++)
		if (by[k].column && by[k].n) {
			add_or(b, any);
			add_ids(b, alias, by[k].column, by[k].ids, by[k].n);
		}
}

/* Owners that stand in other rows. */
static Err add_rows(Builder *b, const Entity *e, const char *alias, const RowScope *s, bool *any) {
	for (size_t k = 0; k < e->scope_row_count; k++) {
		const ScopeRows *rows = &e->scope_rows[k];
		Id    *ids = rows->kind == SCOPE_PROVIDER ? s->providers : rows->kind == SCOPE_MUNICIPALITY ? s->municipalities : s->districts;
		size_t n = rows->kind == SCOPE_PROVIDER ? s->provider_count : rows->kind == SCOPE_MUNICIPALITY ? s->municipality_count : s->district_count;
		if (rows->within)
			TRY(access_within(b->c, s, &ids, &n));
		if (!n)
			continue;
		add_or(b, any);
		buf_format(&b->text, "EXISTS (SELECT 1 FROM %s o%s WHERE o%s.%s = %s.id AND ", rows->rows, alias, alias, rows->row, alias);
		add_ids(b, str_z(b->c->arena, str_format(b->c->arena, "o%s", alias)), rows->owner, ids, n);
		buf_lit(&b->text, ")");
	}
	return OK;
}

static Err add_owners(Builder *b, const Entity *e, const RowScope *s) {
	bool any = false, within = false;
	buf_lit(&b->text, " AND (");
	add_columns(b, e, "t", s, &any);
	TRY(add_rows(b, e, "t", s, &any));
	if (e->scope_parent) {
		const Entity *parent = entity_field(e, str_c(e->scope_parent))->target;
		CHECK(!parent->dated);
		add_or(b, &any);
		buf_format(&b->text, "EXISTS (SELECT 1 FROM %s u WHERE u.id = t.%s AND (", parent->table, e->scope_parent);
		add_columns(b, parent, "u", s, &within);
		TRY(add_rows(b, parent, "u", s, &within));
		buf_str(&b->text, within ? S("))") : S("1 = 0))"));
	}
	buf_str(&b->text, any ? S(")") : S("1 = 0)"));
	return OK;
}

static Err add_scope(Builder *b, const Entity *e) {
	if (e->is_public || b->c->actor->is_program || b->c->scope_decided)
		return OK;
	RowScope s = access_scope(b->c, e->read);
	return s.all ? OK : add_owners(b, e, &s);
}

static bool is_searched(const Entity *e) {
	for (size_t i = 0; i < e->field_count; i++)
		if (e->fields[i].search && field_has_fold(&e->fields[i]))
			return true;
	return false;
}

/* Words stand between blanks, also what was written beside a dash or in brackets: POV-2027-0001 are three. Only rows that hold the letters at all are looked
 * at that closely. */
#define WORDS_OF(column) "REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(" column ", '-', ' '), '.', ' '), ',', ' '), '/', ' '), '(', ' '), ')', ' '), '\"', ' ')"

static void add_search(Builder *b, const Entity *e, Str words) {
	if (!is_searched(e))
		return;
	SearchTokens t = search_tokens(b->c->arena, words);
	for (size_t i = 0; i < t.len; i++) {
		int  rough = add_value(b, V(str_format(b->c->arena, "%%%.*s%%", STR_ARG(t.at[i].text))));
		int  n = add_value(b, V(str_format(b->c->arena, "%% %.*s%s", STR_ARG(t.at[i].text), t.at[i].prefix ? "%" : " %")));
		bool any = false;
		for (size_t k = 0; k < e->field_count; k++) {
			const Field *f = &e->fields[k];
			if (!f->search || !field_has_fold(f))
				continue;
			buf_format(&b->text, "%s(t.%s_fold LIKE $%d AND ' ' || " WORDS_OF("t.%s_fold") " || ' ' LIKE $%d)", any ? " OR " : " AND (", f->name, rough, f->name, n);
			any = true;
		}
		buf_str(&b->text, any ? S(")") : S(""));
	}
}

static void add_filter(Builder *b, const Entity *e, const ListFilter *f) {
	const Field *field = f->field;
	if (field_is_linked(field)) {
		buf_format(&b->text, " AND EXISTS (SELECT 1 FROM %s_%s k WHERE k.owner = t.%s AND k.code = $%d)", e->table, field->name,
		           e->dated ? "row_id" : "id", add_value(b, V(f->value)));
		return;
	}
	if (field_is_text(field)) {
		buf_format(&b->text, " AND t.%s = $%d", field->name, add_value(b, V(f->value)));
		return;
	}
	void  *probe = entity_new(b->c->arena, e);
	size_t said = b->c->problems.len;
	bool   fine = field->type == TYPE_REF ? str_to_int(f->value, field_at(field, probe)) : field_read(b->c, field, f->value, probe) == OK;
	b->c->problems.len = said;
	if (!fine) {
		buf_lit(&b->text, " AND 1 = 0");         /* a value of another type fits no row */
		return;
	}
	const void *p = field_in(field, probe);
	DbValue     v = field->type == TYPE_DATE ? V(*(const Date *)p) : field->type == TYPE_INSTANT ? V(*(const Instant *)p)
	              : field->type == TYPE_BOOL ? V(*(const bool *)p) : V(*(const i64 *)p);
	const char *how = f->is_from ? ">=" : f->is_to ? "<=" : "=";
	if (f->or_blank)
		buf_format(&b->text, " AND (t.%s %s $%d OR t.%s IS NULL)", field->name, how, add_value(b, v), field->name);
	else
		buf_format(&b->text, " AND t.%s %s $%d", field->name, how, add_value(b, v));
}

static Err add_where(Builder *b, const Entity *e, const ListQuery *q) {
	AsOf at = as_of_full(b->c, q->at);
	buf_format(&b->text, " FROM %s t WHERE 1 = 1", e->table);
	if (e->dated) {
		int v = add_value(b, V(at.valid)), r = add_value(b, V(at.recorded));
		sql_as_of(&b->text, v, r);
	}
	TRY(add_scope(b, e));
	if (!str_empty(q->search))
		add_search(b, e, q->search);
	for (size_t i = 0; i < q->filter_count; i++)
		add_filter(b, e, &q->filters[i]);
	return OK;
}

static void builder_free(Builder *b) {
	buf_free(&b->text);
}

static Rows run(Builder *b, const Entity *e, bool stream) {
	const Sql *sql = sql_of_list(b->c->arena, e->name, buf_view(&b->text));
	return stream ? db_stream(ctx_conn(b->c), sql, b->values, b->count) : db_query(ctx_conn(b->c), sql, b->values, b->count);
}

static Err count_rows(Ctx *c, const Entity *e, const ListQuery *q, i64 *ret) {
	CLEANUP(builder_free) Builder b = {.c = c};
	buf_lit(&b.text, "SELECT COUNT(*)");
	TRY(add_where(&b, e, q));
	Rows rows = run(&b, e, false);
	*ret = rows_next(&rows) ? col_int(&rows, 0) : 0;
	return rows_end(&rows);
}

static Err select_rows(Ctx *c, const Entity *e, const ListQuery *q, bool stream, Rows *ret) {
	CLEANUP(builder_free) Builder b = {.c = c};
	buf_format(&b.text, "SELECT %.*s", STR_ARG(entity_sql(e)->columns));
	TRY(add_where(&b, e, q));
	if (q->as_on_pages && !q->order)
		sql_order_on_pages(&b.text, c, e);
	else
		sql_order(&b.text, e, q->order, q->descending);
	if (q->limit >= 0) {
		int limit = add_value(&b, V(q->limit ? q->limit : 25)), offset = add_value(&b, V(q->offset));
		buf_format(&b.text, " LIMIT $%d OFFSET $%d", limit, offset);
	}
	*ret = run(&b, e, stream);
	return OK;
}

bool list_scope_has(Ctx *c, const Entity *e, Id id) {
	CLEANUP(builder_free) Builder b = {.c = c};
	CHECK(!e->dated);
	RowScope s = access_scope(c, e->read);
	buf_format(&b.text, "SELECT 1 FROM %s t WHERE t.id = $%d", e->table, add_value(&b, V(id)));
	if (add_owners(&b, e, &s) != OK)
		return false;
	Rows rows = run(&b, e, false);
	bool found = rows_next(&rows);
	return rows_end(&rows) == OK && found;
}

static Err may_read(Ctx *c, const Entity *e) {
	return e->is_public || c->actor->is_program || c->scope_decided ? OK : require(c, e->read);
}

Err entity_list(Ctx *c, const Entity *e, const ListQuery *q, EntityList *ret) {
	*ret = (EntityList){0};
	TRY(may_read(c, e));
	if (q->want_total && count_rows(c, e, q, &ret->total) != OK)
		return fail_internal(c, e->name);
	Rows rows;
	TRY(select_rows(c, e, q, false, &rows));
	while (rows_next(&rows)) {
		void *row = row_read(c->arena, e, &rows);
		row_hide(c, e, row);
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, e->name);
}

/* Whom the row scope limits gets the list that minds it. */
static Err scoped_parts(Ctx *c, const Entity *e, AsOf at, const Field *field, const Id *owners, size_t count, EntityList *ret) {
	for (size_t i = 0; i < count; i++) {
		EntityList some;
		ListFilter of = {.field = field, .value = str_format(c->arena, "%lld", (long long)owners[i])};
		TRY(entity_list(c, e, &(ListQuery){.at = at, .filters = &of, .filter_count = 1, .limit = -1}, &some));
		for (size_t k = 0; k < some.len; k++)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = some.at[k];
	}
	return OK;
}

static Err some_parts(Ctx *c, const Entity *e, AsOf at, const Field *field, const Id *owners, size_t count, EntityList *ret) {
	int size = 0;
	while (((size_t)1 << size) < count)
		size++;
	DbValue values[2 + PARTS_OWNERS] = {V(at.valid), V(at.recorded)};
	size_t  first = e->dated ? 2 : 0, n = (size_t)1 << size;
	for (size_t i = 0; i < n; i++)
		values[first + i] = V(owners[i < count ? i : count - 1]);
	Rows rows = db_query(ctx_conn(c), entity_parts_sql(e, field, size), values, (int)(first + n));
	while (rows_next(&rows)) {
		void *row = row_read(c->arena, e, &rows);
		row_hide(c, e, row);
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, e->name);
}

Err entity_parts(Ctx *c, const Entity *e, AsOf at, const char *field, const Id *owners, size_t count, EntityList *ret) {
	const Field *f = entity_field(e, str_c(field));
	CHECK(f && f->type == TYPE_REF);
	*ret = (EntityList){0};
	TRY(may_read(c, e));
	if (!e->is_public && !c->actor->is_program && !access_scope(c, e->read).all)
		return scoped_parts(c, e, at, f, owners, count, ret);
	at = as_of_full(c, at);
	for (size_t i = 0; i < count; i += PARTS_OWNERS)
		TRY(some_parts(c, e, at, f, owners + i, count - i < PARTS_OWNERS ? count - i : PARTS_OWNERS, ret));
	return OK;
}

Err entity_each(Ctx *c, const Entity *e, const ListQuery *q, Err (*each)(void *arg, void *row), void *arg) {
	TRY(may_read(c, e));
	ListQuery all = *q;
	all.limit = -1;
	CLEANUP(arena_free) Arena one = {.on_full = c->arena->on_full};
	Rows rows;
	TRY(select_rows(c, e, &all, true, &rows));
	Err  err = OK;
	while (err == OK && rows_next(&rows)) {
		void *row = row_read(&one, e, &rows);
		row_hide(c, e, row);
		err = each(arg, row);
		arena_reset(&one);
	}
	Err end = rows_end(&rows);
	return err != OK ? err : end == OK ? OK : fail_internal(c, e->name);
}
