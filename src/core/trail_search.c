/* trail_search.c: the auditor's search over the whole trail. */
#include "core/trail_record.h"

#include "core/access.h"
#include "core/trail.sql.h"

enum { EACH_PAGE = 500, WORDS_FROM = 50000 };

static Str without_wildcards(Arena *a, Str s) {
	return str_replace(a, str_replace(a, s, S("%"), S("")), S("_"), S(""));
}

static DbValue text(Str s) {
	return s.len ? V(s) : db_value_null();
}

static Err search(Ctx *c, TrailSearch q, TrailRecords *ret) {
	*ret = (TrailRecords){0};
	Rows rows = db_query(ctx_conn(c), &sql_trail_search,
	                     P(q.account ? V(q.account) : db_value_null(), text(without_wildcards(c->arena, q.who)), text(q.object),
	                       q.object_id ? V(q.object_id) : db_value_null(), text(q.action), q.from.ms ? V(q.from) : db_value_null(),
	                       q.to.ms ? V(q.to) : db_value_null(), V(q.before_seq ? q.before_seq : INT64_MAX), V(q.limit)));
	while (rows_next(&rows)) {
		const char *object = str_z(c->arena, col_text(&rows, 11));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = trail_read_record(c, &rows, object, col_int(&rows, 12));
	}
	Err err = rows_end(&rows);
	if (err != OK)
		return fail_store(c, err, "trail");
	for (size_t i = 0; i < ret->len; i++)
		TRY(trail_read_values(c, ret->at[i].seq, ret->at[i].changes, ret->at[i].change_count));
	return OK;
}

Err trail_search(Ctx *c, TrailSearch q, TrailRecords *ret) {
	TRY(require(c, "trail.read"));
	return search(c, q, ret);
}

/* Page by page, each in memory of its own. */
Err trail_each(Ctx *c, TrailSearch q, Err (*each)(void *arg, const TrailRecord *t), void *arg) {
	TRY(require(c, "trail.read"));
	CLEANUP(arena_free) Arena page = {.on_full = c->arena->on_full};
	Arena *whole = c->arena;
	Err    e = OK;
	q.limit = EACH_PAGE;
	for (size_t n = EACH_PAGE; e == OK && n == EACH_PAGE;) {
		TrailRecords records;
		c->arena = &page;
		e = search(c, q, &records);
		n = records.len;
		for (size_t i = 0; e == OK && i < n; i++)
			e = each(arg, &records.at[i]);
		if (n)
			q.before_seq = records.at[n - 1].seq;
		c->arena = whole;
		arena_reset(&page);
	}
	return e;
}

static void add_once(Arena *a, Strs *list, Str word) {
	size_t at = 0;
	while (at < list->len && str_cmp(list->at[at], word) < 0)
		at++;
	if (at < list->len && str_eq(list->at[at], word))
		return;
	strs_add(a, list, S(""));
	for (size_t i = list->len - 1; i > at; i--)
		list->at[i] = list->at[i - 1];
	list->at[at] = str_dup(a, word);
}

Err trail_words(Ctx *c, Strs *actions, Strs *objects) {
	*actions = *objects = (Strs){0};
	Rows rows = db_query(ctx_conn(c), &sql_trail_words, P(V((i64)WORDS_FROM)));
	while (rows_next(&rows)) {
		add_once(c->arena, actions, col_text(&rows, 0));
		add_once(c->arena, objects, col_text(&rows, 1));
	}
	Err err = rows_end(&rows);
	return err == OK ? OK : fail_store(c, err, "trail");
}
