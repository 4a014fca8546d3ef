/* notice.c: telling people. */
#include <stdio.h>

#include "core/mail_inside.h"
#include "base/log.h"
#include "core/notice.sql.h"

const char *const notice_choice_words[3] = {[CHOICE_NONE] = "none", [CHOICE_DIGEST] = "digest", [CHOICE_IMMEDIATE] = "at_once"};

Err notice_choice(Ctx *c, Id account, const Topic *t, NoticeChoice *ret) {
	*ret = (NoticeChoice)t->standard;
	Rows rows = db_query(ctx_conn(c), &sql_notice_choice_get, P(V(account), V(str_c(t->key))));
	if (rows_next(&rows))
		for (int i = 0; i < (int)LEN(notice_choice_words); i++)
			if (str_eq(col_text(&rows, 0), str_c(notice_choice_words[i])))
				*ret = (NoticeChoice)i;
	return rows_end(&rows) == OK ? OK : fail_internal(c, "notice choice");
}

static Err send_at_once(Ctx *c, Id account, const Topic *t, const Notice *n) {
	Str link = n->link.len ? str_format(c->arena, "\n\n%.*s%.*s", STR_ARG(mail_origin()), STR_ARG(n->link)) : (Str){0};
	Str address, name;
	TRY(mail_account_address(c, account, &address, &name));
	const MailHole holes[] = {{"jmeno", name}, {"nadpis", n->title}, {"text", n->text}, {"odkaz", link}, {"tema", str_c(t->title)}};
	return str_empty(address) ? OK : mail_add_topic(c, "core.notice", t, account, address, holes, LEN(holes));
}

Err notice_add(Ctx *c, Id account, Notice n) {
	const Topic *t = mail_topic_find(str_c(n.topic));
	Id           id;
	NoticeChoice choice;
	if (!t) {
		log_line(LOGS_ERROR, "notice", 0, "unknown topic %s", n.topic ? n.topic : "(none)");
		return fail_internal(c, "notice");
	}
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(notice_choice(c, account, t, &choice));
	Str mail = choice == CHOICE_DIGEST ? S("digest") : choice == CHOICE_IMMEDIATE ? S("done") : S("none");
	if (db_new_id(c->conn, &id) != OK ||
	    db_run(c->conn, &sql_notice_add, P(V(id), V(account), V(str_c(n.topic)), V(n.title), V(n.text), V(n.link), V(str_c(n.object)),
	           V(n.object_id), V(c->now), V(mail)), NULL) != OK)
		return fail_internal(c, "notice");
	if (choice == CHOICE_IMMEDIATE)
		TRY(send_at_once(c, account, t, &n));
	return tx_commit(&tx);
}

Err notice_add_role(Ctx *c, const char *role, ScopeKind scope, Id ref, Notice n) {
	Ids ids;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(mail_holders(c, str_c(role), scope, ref, &ids));
	for (size_t i = 0; i < ids.len; i++)
		TRY(notice_add(c, ids.at[i], n));
	return tx_commit(&tx);
}
