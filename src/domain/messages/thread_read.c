/* thread_read.c: lists, one thread with its messages, files. */
#include "base/text.h"
#include "domain/messages/thread.sql.h"
#include "domain/messages/thread_inside.h"

static Thread read_row(Arena *a, Rows *r) {
	return (Thread){.id = col_int(r, 0), .side = {side_kind(col_text(r, 1)), col_int(r, 2), str_dup(a, col_text(r, 3))}, .object = str_dup(a, col_text(r, 4)),
	                .object_id = col_int(r, 5), .object_title = str_dup(a, col_text(r, 6)), .subject = str_dup(a, col_text(r, 7)), .state = str_dup(a, col_text(r, 8)),
	                .opened_at = col_instant(r, 9), .last_at = col_instant(r, 10), .last_author = str_dup(a, col_text(r, 11)), .message_count = col_int(r, 12),
	                .last_message = col_int(r, 13), .unread = col_bool(r, 14)};
}

static Str like_part(Arena *a, Str s) {
	s = str_replace(a, text_fold(a, s), S("!"), S("!!"));
	return str_replace(a, str_replace(a, s, S("%"), S("!%")), S("_"), S("!_"));
}

Err threads_list(Ctx *c, ThreadQuery q, Threads *ret) {
	Reach reach;
	*ret = (Threads){0};
	TRY(require(c, CAP_MESSAGE_READ));
	TRY(thread_reach(c, &reach));
	Str state = q.unread ? S("") : q.closed ? S("closed") : S("open");
	Rows r = db_query(ctx_conn(c), &sql_thread_list, P(V(c->actor->account), V(reach.all), V(reach.providers), V(reach.municipalities), V(reach.districts),
	                  V(state), V(q.unread), V(q.mine), V(q.object), V(q.object_id), V(like_part(c->arena, q.text)), V(q.offset), V(q.limit)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = read_row(c->arena, &r);
	return rows_end(&r) == OK ? OK : fail_internal(c, "threads");
}

/* For an officer those in which the officer writes: all others are somebody's too. */
Err threads_unread(Ctx *c, i64 *ret) {
	Threads all;
	TRY(threads_list(c, (ThreadQuery){.unread = true, .mine = sides_of_region(c), .limit = 100}, &all));
	*ret = (i64)all.len;
	return OK;
}

Err thread_get(Ctx *c, Id id, Thread *ret) {
	Reach reach;
	bool  found = false;
	TRY(require(c, CAP_MESSAGE_READ));
	TRY(thread_reach(c, &reach));
	Rows r = db_query(ctx_conn(c), &sql_thread_get, P(V(id), V(c->actor->account)));
	if (rows_next(&r)) {
		*ret = read_row(c->arena, &r);
		found = true;
	}
	if (rows_end(&r) != OK)
		return fail_internal(c, "thread");
	if (!found || !reach_has(c, &reach, &ret->side))
		return fail(c, ERR_NOT_FOUND, NULL, "Zpráva s tímto číslem neexistuje, nebo k ní nemáte přístup.");
	ret->may_write = may_act_for(c, CAP_MESSAGE_CREATE, &ret->side);
	ret->may_close = may_act_for(c, CAP_MESSAGE_UPDATE, &ret->side);
	return OK;
}

static Err read_files(Ctx *c, Id thread, Messages *all) {
	size_t at = 0;
	Rows   r = db_query(ctx_conn(c), &sql_message_file_list, P(V(thread)));
	while (rows_next(&r)) {
		while (at < all->len && all->at[at].id != col_int(&r, 0))
			at++;
		if (at == all->len)
			break;
		Message *m = &all->at[at];
		*ARENA_PUSH(c->arena, m->files, m->file_count, m->file_cap) = (StoredFile){.id = col_int(&r, 1), .name = str_dup(c->arena, col_text(&r, 2)),
			.type = str_dup(c->arena, col_text(&r, 3)), .sha256 = str_dup(c->arena, col_text(&r, 4)), .size = col_int(&r, 5), .at = col_instant(&r, 6)};
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "message files");
}

Err thread_messages(Ctx *c, const Thread *t, Messages *ret) {
	i64 seen;
	*ret = (Messages){0};
	if (db_get_int(ctx_conn(c), &sql_message_seen_get, P(V(t->id), V(c->actor->account)), 0, &seen) != OK)
		return fail_internal(c, "message seen");
	Rows r = db_query(ctx_conn(c), &sql_message_list, P(V(t->id)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Message){.id = col_int(&r, 0), .kind = str_dup(c->arena, col_text(&r, 1)), .account = col_int(&r, 2),
			.author = str_dup(c->arena, col_text(&r, 3)), .organisation = str_dup(c->arena, col_text(&r, 4)), .from_region = col_bool(&r, 5),
			.text = str_dup(c->arena, col_text(&r, 6)), .at = col_instant(&r, 7), .is_new = col_int(&r, 0) > seen};
	if (rows_end(&r) != OK)
		return fail_internal(c, "messages");
	return read_files(c, t->id, ret);
}

Err thread_file(Ctx *c, Id thread, Id file, StoredFile *ret) {
	Thread t;
	i64    found;
	TRY(thread_get(c, thread, &t));
	if (db_get_int(ctx_conn(c), &sql_message_file_find, P(V(thread), V(file)), 0, &found) != OK)
		return fail_internal(c, "message file");
	if (!found)
		return fail(c, ERR_NOT_FOUND, NULL, "Takovou přílohu zpráva nemá.");
	return files_get(c, file, ret);
}
