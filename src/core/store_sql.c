#include "core/store_sql.h"

#include <pthread.h>

#include "base/lock.h"
#include "core/access.h"
#include "core/workflow.h"

enum { TABLE = 8192, LISTS_KEPT = 512, ENTITIES = 128 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Arena           kept;                 /* for ever */
static const Sql      *interned[TABLE];      /* open addressing by text */
static size_t          interned_count;
static EntitySql       sets[ENTITIES];
static size_t          set_count;

static size_t slot_of(Str text) {
	size_t at = str_hash(text) % TABLE;
	while (interned[at] && !str_eq(str_c(interned[at]->text), text))
		at = (at + 1) % TABLE;
	return at;
}

static const Sql *intern_locked(const char *name, Str text) {
	size_t at = slot_of(text);
	if (interned[at])
		return interned[at];
	CHECK(++interned_count < TABLE / 2);     /* a few for each entity: far from it */
	return interned[at] = NEW(&kept, Sql, .name = name, .text = str_z(&kept, text));
}

const Sql *sql_intern(const char *name, Str text) {
	LOCKED(&lock);
	return intern_locked(name, text);
}

/* Filters of a list combine to thousands of texts, and who asks for all of them must not fill the memory of the program. */
const Sql *sql_of_list(Arena *a, const char *name, Str text) {
	static size_t lists;
	LOCKED(&lock);
	const Sql *known = interned[slot_of(text)];
	if (known)
		return known;
	return lists++ < LISTS_KEPT ? intern_locked(name, text) : NEW(a, Sql, .name = name, .text = str_z(a, text), .once = true);
}

/* ---- pieces ---- */

static void head_columns(Buf *b, const Entity *e, const char *prefix) {
	static const char *const plain[] = {"id", "version"};
	static const char *const dated[] = {"id", "version", "row_id", "valid_from", "valid_to", "recorded_from", "recorded_to"};
	const char *const *names = e->dated ? dated : plain;
	size_t n = e->dated ? LEN(dated) : LEN(plain);
	for (size_t i = 0; i < n; i++)
		buf_format(b, "%s%s%s", i ? ", " : "", prefix, names[i]);
}

static const char *owner_column(const Entity *e) {
	return e->dated ? "row_id" : "id";
}

static void select_columns(Buf *b, const Entity *e) {
	head_columns(b, e, "t.");
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		if (field_is_linked(f) && e->joined)
			buf_format(b, ", t.%s_joined", f->name);
		else if (f->type == TYPE_CODES)
			buf_format(b, ", (SELECT string_agg(k.code, ',') FROM (SELECT code FROM %s_%s WHERE owner = t.%s ORDER BY code) k)",
			           e->table, f->name, owner_column(e));
		else if (f->type == TYPE_PAIRS)
			buf_format(b, ", (SELECT string_agg(k.code || '=' || CAST(k.amount AS TEXT), ',') FROM (SELECT code, amount FROM %s_%s WHERE owner = t.%s"
			              " ORDER BY code) k)", e->table, f->name, owner_column(e));
		else
			buf_format(b, ", t.%s", f->name);
	}
}

/* Columns that are written, in the order of row_values. */
static int write_columns(Buf *b, const Entity *e, bool with_parameters) {
	int n = e->dated ? 7 : 2;
	if (with_parameters)
		buf_str(b, e->dated ? S("id = $1, version = $2, row_id = $3, valid_from = $4, valid_to = $5, recorded_from = $6, recorded_to = $7")
		                    : S("id = $1, version = $2"));
	else
		head_columns(b, e, "");
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		const char  *suffixes[] = {!field_is_linked(f) ? "" : e->joined ? "_joined" : NULL, field_has_sort_key(f) ? "_sort" : NULL,
		                           field_has_fold(f) ? "_fold" : NULL};
		for (size_t k = 0; k < LEN(suffixes); k++) {
			if (!suffixes[k])
				continue;
			buf_format(b, ", %s%s", f->name, suffixes[k]);
			n++;
			if (with_parameters)
				buf_format(b, " = $%d", n);
		}
	}
	return n;
}

void sql_as_of(Buf *b, int v, int r) {
	buf_format(b,
	           " AND t.valid_from <= $%d AND (t.valid_to IS NULL OR t.valid_to >= $%d)"
	           " AND t.recorded_from <= $%d AND (t.recorded_to IS NULL OR t.recorded_to > $%d)",
	           v, v, r, r);
}

void sql_order(Buf *b, const Entity *e, const Field *by, bool descending) {
	const Field *f = by ? by : e->order || e->title ? entity_field(e, str_c(e->order ? e->order : e->title)) : NULL;
	const char  *way = descending ? " DESC" : "";
	buf_lit(b, " ORDER BY ");
	if (f && !field_is_linked(f))
		buf_format(b, "t.%s%s%s, ", f->name, field_has_sort_key(f) ? "_sort" : "", way);
	buf_format(b, "t.id%s", way);
}

/* States that a task stands for, of the reader alone or of anybody. "owner" is meant for whoever sees only rows of their own. */
static bool waits_for(Ctx *c, const Entity *e, const State *state) {
	if (words_have(state->waits_for, S("owner")) && !access_scope(c, e->read).all)
		return true;
	for (size_t i = 0; i < c->actor->grant_count; i++)
		if (words_have(state->waits_for, c->actor->grants[i].role))
			return true;
	return false;
}

static void open_states(Buf *b, Ctx *c, const Entity *e, const Machine *m, bool readers_alone) {
	bool any = false;
	buf_lit(b, "t.state IN (");
	for (size_t i = 0; i < m->state_count; i++)
		if (m->states[i].task && (!readers_alone || waits_for(c, e, &m->states[i]))) {
			buf_format(b, "%s'%s'", any ? ", " : "", m->states[i].key);
			any = true;
		}
	buf_str(b, any ? S(")") : S("NULL)"));
}

static void latest_of(Buf *b, const char *fields) {
	CLEANUP(buf_free) Buf so_far = {0};
	Str rest = str_c(fields), first = str_cut(&rest, ' ');
	buf_format(&so_far, "t.%.*s", STR_ARG(first));
	while (rest.len) {
		CLEANUP(buf_free) Buf next = {0};
		Str f = str_cut(&rest, ' '), x = buf_view(&so_far);
		buf_format(&next, "CASE WHEN %.*s IS NULL OR t.%.*s > %.*s THEN t.%.*s ELSE %.*s END", STR_ARG(x), STR_ARG(f), STR_ARG(x), STR_ARG(f), STR_ARG(x));
		so_far.len = 0;
		buf_str(&so_far, buf_view(&next));
	}
	buf_str(b, buf_view(&so_far));
}

/* Blank instants stand first in one store and last in the other: here they stand behind those that say when. */
void sql_order_on_pages(Buf *b, Ctx *c, const Entity *e) {
	const Machine *m = machine_of_entity(e);
	CLEANUP(buf_free) Buf due = {0}, mine = {0}, open = {0};
	if (!e->due || !m) {
		if (e->newest_first)
			buf_lit(b, " ORDER BY t.id DESC");
		else
			sql_order(b, e, NULL, false);
		return;
	}
	latest_of(&due, e->due);
	open_states(&mine, c, e, m, true);
	open_states(&open, c, e, m, false);
	Str d = buf_view(&due), my = buf_view(&mine), any = buf_view(&open);
	buf_format(b, " ORDER BY CASE WHEN %.*s THEN 0 WHEN %.*s THEN 1 ELSE 2 END, CASE WHEN %.*s AND %.*s IS NULL THEN 1 ELSE 0 END, CASE WHEN %.*s THEN %.*s END, t.id DESC",
	           STR_ARG(my), STR_ARG(any), STR_ARG(any), STR_ARG(d), STR_ARG(any), STR_ARG(d));
}

/* ---- statements ---- */

/* Rows by a list of their ids, as many as there are: one parameter, a list in JSON, which each engine takes apart in its own words. */
static const Sql *make_by_rows(const EntitySql *s, const Entity *e) {
	static const char *const lists[] = {"SELECT value FROM json_each($1)", "SELECT CAST(v AS BIGINT) FROM jsonb_array_elements_text(CAST(CAST($1 AS TEXT) AS JSONB)) v"};
	const char *texts[LEN(lists)];
	for (size_t i = 0; i < LEN(lists); i++) {
		CLEANUP(buf_free) Buf b = {0};
		buf_format(&b, "SELECT %.*s FROM %s t WHERE t.row_id IN (%s)", STR_ARG(s->columns), e->table, lists[i]);
		sql_order(&b, e, NULL, false);
		texts[i] = str_z(&kept, buf_view(&b));
	}
	return NEW(&kept, Sql, .name = e->name, .text = texts[0], .postgres = texts[1]);
}

static const Sql *keep(Buf *b, const Entity *e) {
	const Sql *s = intern_locked(e->name, buf_view(b));
	b->len = 0;
	return s;
}

static void make_links(EntitySql *s, const Entity *e, Buf *b) {
	s->link_add = NEW_ARRAY(&kept, const Sql *, e->field_count);
	s->link_clear = NEW_ARRAY(&kept, const Sql *, e->field_count);
	for (size_t i = 0; i < e->field_count; i++) {
		if (!field_is_linked(&e->fields[i]))
			continue;
		buf_format(b, e->fields[i].type == TYPE_PAIRS ? "INSERT INTO %s_%s (owner, code, amount) VALUES ($1, $2, $3)" : "INSERT INTO %s_%s (owner, code) VALUES ($1, $2)",
		           e->table, e->fields[i].name);
		s->link_add[i] = keep(b, e);
		buf_format(b, "DELETE FROM %s_%s WHERE owner = $1", e->table, e->fields[i].name);
		s->link_clear[i] = keep(b, e);
	}
}

static void make_dated(EntitySql *s, const Entity *e, Buf *b) {
	buf_format(b, "UPDATE %s SET recorded_to = $2 WHERE row_id = $1 AND recorded_to IS NULL", e->table);
	s->close = keep(b, e);
	buf_format(b, "SELECT %.*s FROM %s t WHERE t.id = $1 AND t.recorded_from <= $2 AND (t.recorded_to IS NULL OR t.recorded_to > $2) "
	              "ORDER BY t.valid_from, t.row_id", STR_ARG(s->columns), e->table);
	s->spans = keep(b, e);
	buf_format(b, "SELECT %.*s FROM %s t WHERE t.id = $1 AND t.recorded_to IS NULL ORDER BY t.valid_from, t.row_id", STR_ARG(s->columns), e->table);
	s->believed = keep(b, e);
	buf_format(b, "SELECT %.*s FROM %s t WHERE t.id = $1 ORDER BY t.recorded_from, t.valid_from, t.row_id", STR_ARG(s->columns), e->table);
	s->all_rows = keep(b, e);
	buf_format(b, "SELECT MAX(version) FROM %s WHERE id = $1", e->table);
	s->newest_version = keep(b, e);
	s->by_rows = make_by_rows(s, e);
}

static void make(EntitySql *s, const Entity *e) {
	CLEANUP(buf_free) Buf b = {0};
	s->entity = e;
	select_columns(&b, e);
	s->columns = buf_take(&b, &kept);

	buf_format(&b, "SELECT %.*s FROM %s t WHERE t.id = $1", STR_ARG(s->columns), e->table);
	if (e->dated)
		sql_as_of(&b, 2, 3);
	s->get = keep(&b, e);

	buf_format(&b, "INSERT INTO %s (", e->table);
	int n = write_columns(&b, e, false);
	buf_lit(&b, ") VALUES (");
	for (int i = 1; i <= n; i++)
		buf_format(&b, "%s$%d", i > 1 ? ", " : "", i);
	buf_lit(&b, ")");
	s->insert = keep(&b, e);

	s->parts = NEW_ARRAY(&kept, const Sql *, e->field_count * PARTS_SIZES);
	make_links(s, e, &b);
	if (e->dated) {
		make_dated(s, e, &b);
	} else {
		buf_format(&b, "UPDATE %s SET ", e->table);
		n = write_columns(&b, e, true);
		buf_format(&b, " WHERE id = $%d AND version = $%d", n + 1, n + 2);
		s->update = keep(&b, e);
		buf_format(&b, "DELETE FROM %s WHERE id = $1 AND version = $2", e->table);
		s->remove = keep(&b, e);
	}
	buf_free(&b);
}

static const Sql *make_parts(const EntitySql *s, const Field *field, int size) {
	CLEANUP(buf_free) Buf b = {0};
	int n = s->entity->dated ? 3 : 1;
	buf_format(&b, "SELECT %.*s FROM %s t WHERE t.%s IN (", STR_ARG(s->columns), s->entity->table, field->name);
	for (int i = 0; i < 1 << size; i++)
		buf_format(&b, "%s$%d", i ? ", " : "", n + i);
	buf_lit(&b, ")");
	if (s->entity->dated)
		sql_as_of(&b, 1, 2);
	sql_order(&b, s->entity, NULL, false);
	const Sql *made = keep(&b, s->entity);
	buf_free(&b);
	return made;
}

const Sql *entity_parts_sql(const Entity *e, const Field *field, int size) {
	const EntitySql *s = entity_sql(e);
	LOCKED(&lock);
	const Sql **place = &s->parts[(size_t)(field - e->fields) * PARTS_SIZES + (size_t)size];
	if (!*place)
		*place = make_parts(s, field, size);
	return *place;
}

const EntitySql *entity_sql(const Entity *e) {
	static __thread const EntitySql *last;   /* mostly the same one as before */
	if (last && last->entity == e)
		return last;
	LOCKED(&lock);
	size_t i = 0;
	while (i < set_count && sets[i].entity != e)
		i++;
	CHECK(i < ENTITIES);
	if (i == set_count) {
		make(&sets[i], e);
		set_count++;
	}
	return last = &sets[i];
}

void store_statements(Arena *a, const Entity *e, Sqls *ret) {
	const EntitySql *s = entity_sql(e);
	for (size_t i = 0; i < e->field_count; i++)
		for (int size = 0; e->fields[i].type == TYPE_REF && size < PARTS_SIZES; size++)
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = entity_parts_sql(e, &e->fields[i], size);
	const Sql *all[] = {s->get, s->insert, s->update, s->remove, s->close, s->spans, s->believed, s->all_rows, s->newest_version, s->by_rows};
	for (size_t i = 0; i < LEN(all); i++)
		if (all[i])
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = all[i];
	for (size_t i = 0; i < e->field_count; i++)
		if (s->link_add[i]) {
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = s->link_add[i];
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = s->link_clear[i];
		}
}
