/* task.c: tasks of people and roles, and when people were here. */
#include "core/task.h"

#include <stdlib.h>

#include "core/access.h"
#include "core/task.sql.h"

enum { VISIT_GAP_MS = 30 * 60 * 1000 };

/* ---- opening and closing ---- */

Err task_open(Ctx *c, const Task *t) {
	Id  id;
	Err err = db_get_int(c->conn, &sql_task_find, P(V(t->kind), V(t->object), V(t->object_id), V(t->account), V(t->role), V(t->ref)), 0, &id);
	CHECK((t->account != 0) != (t->role.len != 0));
	if (err == OK && id)
		err = db_run(c->conn, &sql_task_change, P(V(id), V(t->title), V(t->why), V(t->link), V(t->button), V(t->due), V(t->due_why)), NULL);
	else if (err == OK && (err = db_new_id(c->conn, &id)) == OK)
		err = db_run(c->conn, &sql_task_add, P(V(id), V(t->kind), V(t->title), V(t->why), V(t->object), V(t->object_id), V(t->link), V(t->button), V(t->account),
		                                       V(t->role), V(t->ref), V(t->due), V(t->due_why), V(c->now)), NULL);
	return err == OK ? OK : fail_internal(c, "task");
}

Err task_close(Ctx *c, Str kind, const char *object, Id object_id) {
	return db_run(c->conn, &sql_task_close, P(V(kind), V(str_c(object)), V(object_id), V(c->now)), NULL) == OK ? OK : fail_internal(c, "task");
}

/* ---- reading ---- */

Err tasks_read(Ctx *c, Rows rows, Tasks *ret) {
	Arena *a = c->arena;
	while (rows_next(&rows)) {
		Task t = {.id = col_int(&rows, 0), .object_id = col_int(&rows, 5), .account = col_int(&rows, 8), .ref = col_int(&rows, 10), .opened = col_instant(&rows, 13)};
		struct { Str *to; int column; } texts[] = {
			{&t.kind, 1}, {&t.title, 2}, {&t.why, 3}, {&t.object, 4}, {&t.link, 6}, {&t.button, 7}, {&t.role, 9}, {&t.due_why, 12},
		};
		for (size_t i = 0; i < LEN(texts); i++)
			*texts[i].to = str_dup(a, col_text(&rows, texts[i].column));
		t.due = col_null(&rows, 11) ? (Instant){0} : col_instant(&rows, 11);
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = t;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "tasks");
}

static int sooner(const void *x, const void *y) {
	const Task *a = x, *b = y;
	i64 p = a->due.ms ? a->due.ms : INT64_MAX, q = b->due.ms ? b->due.ms : INT64_MAX;
	return p != q ? (p < q ? -1 : 1) : a->id < b->id ? -1 : a->id > b->id;
}

/* The same role over the same place held twice gives its tasks once. */
static bool is_repeated(const Actor *who, size_t i) {
	for (size_t k = 0; k < i; k++)
		if (str_eq(who->grants[k].role, who->grants[i].role) && who->grants[k].ref == who->grants[i].ref)
			return true;
	return false;
}

Err tasks_waiting(Ctx *c, i64 limit, Tasks *ret, bool *more) {
	const Actor *who = c->actor;
	*ret = (Tasks){0};
	if (who->account)
		TRY(tasks_read(c, db_query(ctx_conn(c), &sql_task_of_account, P(V(who->account), V(limit + 1))), ret));
	for (size_t i = 0; i < who->grant_count; i++)
		if (!is_repeated(who, i))
			TRY(tasks_read(c, db_query(ctx_conn(c), &sql_task_of_role, P(V(who->grants[i].role), V(who->grants[i].ref), V(limit + 1))), ret));
	if (ret->len > 1)
		qsort(ret->at, ret->len, sizeof *ret->at, sooner);
	*more = (i64)ret->len > limit;
	if (*more)
		ret->len = (size_t)limit;
	return OK;
}

void waiting_add(Ctx *c, WaitingList *list, Waiting w) {
	if (w.count > 0)
		*ARENA_PUSH(c->arena, list->at, list->len, list->cap) = w;
}

void change_add(Ctx *c, Changes *list, Change change) {
	*ARENA_PUSH(c->arena, list->at, list->len, list->cap) = change;
}

/* ---- visits ---- */

static Err read_visit(Ctx *c, Id account, Instant *last, Instant *before) {
	*last = *before = (Instant){0};
	Rows rows = db_query(ctx_conn(c), &sql_visit_get, P(V(account)));
	if (rows_next(&rows)) {
		*last = col_instant(&rows, 0);
		*before = col_null(&rows, 1) ? (Instant){0} : col_instant(&rows, 1);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "visit");
}

Err visit_before(Ctx *c, Instant *ret) {
	Instant last, before;
	TRY(read_visit(c, c->actor->account, &last, &before));
	*ret = c->now.ms - last.ms > VISIT_GAP_MS ? last : before;
	return OK;
}

Err visit_note(Ctx *c, Id account) {
	Instant last, before;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(read_visit(c, account, &last, &before));
	if (c->now.ms - last.ms > VISIT_GAP_MS)
		before = last;
	if (db_run(c->conn, &sql_visit_put, P(V(account), V(c->now), V(before)), NULL) != OK)
		return fail_internal(c, "visit");
	return tx_commit(&tx);
}
