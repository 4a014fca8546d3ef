/* exchange_keys.c: which row of the store a row of a file means. Keys are read in one pass, so that no index is needed. */
#include "base/text.h"
#include "core/exchange_inside.h"
#include "core/store_sql.h"

typedef struct KeyEntry {
	Str  text;
	Id   id;
	bool now, doubled;
} KeyEntry;

struct KeyMap {
	KeyEntry *at;
	size_t    len, cap;
	TextMap   map;                           /* text → index + 1 */
};

/* ---- texts ---- */

typedef struct TextSlot {
	Str text;
	i64 number;
} TextSlot;

static TextSlot *slot_of(TextSlot *slots, size_t size, Str text) {
	size_t i = fast_hash(text) % size;
	while (slots[i].text.ptr && !str_eq(slots[i].text, text))
		i = (i + 1) % size;
	return &slots[i];
}

i64 *text_map_at(TextMap *m, Str text, bool *is_new) {
	if (m->len * 2 >= m->size) {
		size_t    size = m->size ? m->size * 2 : 64;
		TextSlot *bigger = NEW_ARRAY(m->arena, TextSlot, size);
		for (size_t i = 0; i < m->size; i++)
			if (m->slots[i].text.ptr)
				*slot_of(bigger, size, m->slots[i].text) = m->slots[i];
		m->slots = bigger;
		m->size = size;
	}
	TextSlot *s = slot_of(m->slots, m->size, text);
	*is_new = s->text.ptr == NULL;
	if (*is_new) {
		char *copy = arena_alloc(m->arena, text.len + 1);
		if (text.len)
			memcpy(copy, text.ptr, text.len);
		s->text = str_of(copy, text.len);
		m->len++;
	}
	return &s->number;
}

/* ---- keys ---- */

Str key_text(Arena *a, const Field *const *fields, size_t count, const void *row) {
	Strs parts = {0};
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		Str part = field_is_linked(fields[i]) ? (Str){0} : field_machine(a, fields[i], row);
		part = field_is_text(fields[i]) ? text_clean(a, part) : part;
		any = any || (part.len && fields[i]->type != TYPE_BOOL);
		strs_add(a, &parts, part);
	}
	return any ? str_join(a, S("\x1F"), parts) : S("");
}

static bool holds(Rows *rows, Date day) {
	Date from = col_date(rows, 1), to = col_date(rows, 2);
	return !date_after(from, day) && !(date_is(to) && date_before(to, day));
}

/* A row that holds on the day stands before rows of other things on other days. */
static void put_key(KeyMap *m, Arena *a, Str text, Id id, bool now) {
	bool is_new;
	i64 *number = text_map_at(&m->map, text, &is_new);
	if (is_new) {
		*ARENA_PUSH(a, m->at, m->len, m->cap) = (KeyEntry){.id = id, .now = now};
		*number = (i64)m->len;
		return;
	}
	KeyEntry *e = &m->at[*number - 1];
	if (e->id == id)
		e->now = e->now || now;
	else if (now && !e->now)
		*e = (KeyEntry){.id = id, .now = true};
	else if (now == e->now)
		e->doubled = true;
}

static const Sql *select_keys(const Entity *e, const Field *const *fields, size_t count) {
	CLEANUP(buf_free) Buf b = {0};
	buf_format(&b, "SELECT t.id%s", e->dated ? ", t.valid_from, t.valid_to" : "");
	for (size_t i = 0; i < count; i++)
		if (!field_is_linked(fields[i]))
			buf_format(&b, ", t.%s", fields[i]->name);
	buf_format(&b, " FROM %s t%s", e->table, e->dated ? " WHERE t.recorded_to IS NULL" : "");
	return sql_intern(e->name, buf_view(&b));
}

Err keys_load(Ctx *c, Arena *work, const Entity *e, const Field *const *fields, size_t count, Date day, KeyMap **ret) {
	KeyMap *m = *ret = NEW(work, KeyMap, .map = {.arena = work});
	Arena   scratch = {.on_full = work->on_full};
	void   *row = entity_new(work, e);
	Rows    rows = db_stream(ctx_conn(c), select_keys(e, fields, count), DB_NONE);
	while (rows_next(&rows)) {
		int col = e->dated ? 3 : 1;
		for (size_t i = 0; i < count; i++)
			if (!field_is_linked(fields[i]))
				column_read(NULL, fields[i], &rows, col++, field_at(fields[i], row));
		Str text = key_text(&scratch, fields, count, row);
		if (text.len)
			put_key(m, work, text, col_int(&rows, 0), !e->dated || holds(&rows, day));
		arena_reset(&scratch);
	}
	arena_free(&scratch);
	return rows_end(&rows) == OK ? OK : fail_internal(c, e->name);
}

KeyFound keys_find(const KeyMap *m, Str text) {
	if (text.len == 0 || m->map.size == 0)
		return (KeyFound){0};
	const TextSlot *s = slot_of(m->map.slots, m->map.size, text);
	if (!s->text.ptr)
		return (KeyFound){0};
	const KeyEntry *e = &m->at[s->number - 1];
	return (KeyFound){.id = e->id, .now = e->now, .doubled = e->doubled};
}

Err keys_tell_apart(Ctx *c, const Entity *e, AsOf at, bool *ret) {
	KeyFields key = entity_key(e);
	*ret = false;
	if (key.len == 0)
		return OK;
	at = as_of_full(c, at);
	CLEANUP(buf_free) Buf b = {0};
	buf_format(&b, "SELECT COUNT(*) FROM (SELECT 1 AS one FROM %s t WHERE 1 = 1", e->table);
	if (e->dated)
		sql_as_of(&b, 1, 2);
	for (size_t i = 0; i < key.len; i++)
		buf_format(&b, "%s t.%s", i ? "," : " GROUP BY", key.at[i]->name);
	buf_lit(&b, " HAVING COUNT(*) > 1");
	if (key.len == 1)
		buf_format(&b, " OR t.%s %s", key.at[0]->name, field_is_text(key.at[0]) ? "= ''" : "IS NULL");
	buf_lit(&b, ") k");
	const Sql *sql = sql_intern(e->name, buf_view(&b));
	i64 wrong;
	Err err = e->dated ? db_get_int(ctx_conn(c), sql, P(V(at.valid), V(at.recorded)), 0, &wrong) : db_get_int(ctx_conn(c), sql, DB_NONE, 0, &wrong);
	if (err != OK)
		return fail_internal(c, e->name);
	*ret = wrong == 0;
	return OK;
}
