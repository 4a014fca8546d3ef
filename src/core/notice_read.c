/* notice_read.c: the list of a person, and how they wish to be told. */
#include "core/mail_inside.h"
#include "core/notice.sql.h"
#include "core/trail.h"

/* ---- the list ---- */

Err notice_list(Ctx *c, bool unread_only, Id before, i64 limit, NoticeRows *ret) {
	*ret = (NoticeRows){0};
	Arena *a = c->arena;
	Rows   r = db_query(ctx_conn(c), &sql_notice_list, P(V(c->actor->account), V(before ? before : INT64_MAX), V(limit), V(unread_only)));
	while (rows_next(&r))
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (NoticeRow){
			.id = col_int(&r, 0), .topic = str_dup(a, col_text(&r, 1)), .title = str_dup(a, col_text(&r, 2)), .text = str_dup(a, col_text(&r, 3)),
			.link = str_dup(a, col_text(&r, 4)), .at = col_instant(&r, 5), .read_at = col_instant(&r, 6)};
	return rows_end(&r) == OK ? OK : fail_internal(c, "notices");
}

Err notice_unread(Ctx *c, i64 *ret) {
	if (db_get_int(ctx_conn(c), &sql_notice_unread, P(V(c->actor->account), V((i64)NOTICES_COUNTED)), 0, ret) != OK)
		return fail_internal(c, "notices");
	return OK;
}

Err notice_read(Ctx *c, Id id, Str *link) {
	bool found = false;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Rows rows = db_query(c->conn, &sql_notice_link, P(V(id), V(c->actor->account)));
	if (rows_next(&rows)) {
		*link = str_dup(c->arena, col_text(&rows, 0));
		found = true;
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "notice");
	if (!found)
		return fail(c, ERR_NOT_FOUND, NULL, "Takové upozornění nemáte.");
	if (db_run(c->conn, &sql_notice_read, P(V(id), V(c->actor->account), V(c->now)), NULL) != OK)
		return fail_internal(c, "notice");
	return tx_commit(&tx);
}

Err notice_read_all(Ctx *c) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_notice_read_all, P(V(c->actor->account), V(c->now)), NULL) != OK)
		return fail_internal(c, "notices");
	return tx_commit(&tx);
}

Err notice_read_object(Ctx *c, const char *object, Id object_id) {
	i64 n;
	if (db_get_int(ctx_conn(c), &sql_notice_unread_object, P(V(c->actor->account), V(str_c(object)), V(object_id)), 0, &n) != OK)
		return fail_internal(c, "notices");
	if (n == 0)
		return OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_notice_read_object, P(V(c->actor->account), V(str_c(object)), V(object_id), V(c->now)), NULL) != OK)
		return fail_internal(c, "notices");
	return tx_commit(&tx);
}

/* ---- wishes ---- */

Err notice_choice_set(Ctx *c, Id account, const Topic *t, NoticeChoice choice) {
	NoticeChoice before;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(notice_choice(c, account, t, &before));
	if (before != choice) {
		if (db_run(c->conn, &sql_notice_choice_put, P(V(account), V(str_c(t->key)), V(str_c(notice_choice_words[choice]))), NULL) != OK)
			return fail_internal(c, "notice choice");
		TrailChange change = {.field = t->key, .before = str_c(notice_choice_words[before]), .after = str_c(notice_choice_words[choice])};
		TRY(trail_add(c, (TrailEntry){.action = "change", .object = "notice_choice", .object_id = account, .changes = &change, .change_count = 1}));
	}
	return tx_commit(&tx);
}

/* ---- the way out of a letter ---- */

Err mail_leave_find(Ctx *c, Str token, MailLeave *ret) {
	bool found = false;
	Str  topic = {0};
	*ret = (MailLeave){0};
	Rows rows = db_query(ctx_conn(c), &sql_mail_leave_find, P(V(token)));
	if (rows_next(&rows)) {
		found = true;
		*ret = (MailLeave){.account = col_int(&rows, 0), .address = str_dup(c->arena, col_text(&rows, 1))};
		topic = str_dup(c->arena, col_text(&rows, 2));
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "leave");
	ret->topic = mail_topic_find(topic);
	if (!found || (!ret->topic && !str_eq(topic, S("*"))))
		return fail(c, ERR_NOT_FOUND, NULL, "Tento odkaz už neplatí. Zasílání pošty nastavíte po přihlášení na stránce Můj účet.");
	return OK;
}

static Err leave_topic(Ctx *c, const MailLeave *l, const Topic *t) {
	if (l->account)
		return notice_choice_set(c, l->account, t, CHOICE_NONE);
	return db_run(c->conn, &sql_mail_refusal_put, P(V(l->address), V(str_c(t->key)), V(c->now)), NULL) == OK ? OK : fail_internal(c, "leave");
}

Err mail_leave(Ctx *c, const MailLeave *l) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (l->topic)
		TRY(leave_topic(c, l, l->topic));
	for (size_t i = 0; !l->topic && mail_topic(i); i++) {
		NoticeChoice choice;
		TRY(notice_choice(c, l->account, mail_topic(i), &choice));
		if (choice == CHOICE_DIGEST)
			TRY(leave_topic(c, l, mail_topic(i)));
	}
	return tx_commit(&tx);
}
