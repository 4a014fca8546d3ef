/* mail.c: from a kind of letter and values to a row of the outbox. */
#include "core/mail_inside.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/log.h"
#include "core/mail.sql.h"
#include "core/mail_message.h"

Err mail_text_now(Ctx *c, const MailKind *k, Str *subject, Str *body) {
	*subject = str_c(k->subject);
	*body = str_c(k->body);
	Rows rows = db_query(ctx_conn(c), &sql_mail_text_get, P(V(str_c(k->key))));
	if (rows_next(&rows)) {
		*subject = str_dup(c->arena, col_text(&rows, 0));
		*body = str_dup(c->arena, col_text(&rows, 1));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "mail text");
}

static Str one_line(Arena *a, Str s) {
	return str_replace(a, str_replace(a, s, S("\r"), S("")), S("\n"), S(" "));
}

static Str with_way_out(Ctx *c, Str body, Str token) {
	return str_format(c->arena, "%.*s\n\n-- \nNechcete-li takové zprávy dostávat, vypněte je zde (bez přihlášení):\n%.*s/odhlaseni-posty/%.*s\n",
	                  STR_ARG(str_trim(body)), STR_ARG(mail_origin()), STR_ARG(token));
}

Err mail_queue(Ctx *c, const Letter *l) {
	Id  id;
	Str token = {0}, body = l->body;
	if (l->topic.len) {
		token = random_token(c->arena);
		body = with_way_out(c, body, token);
	}
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_new_id(c->conn, &id) != OK ||
	    db_run(c->conn, &sql_mail_letter_add, P(V(id), V(l->kind), V(l->topic), V(l->account), V(str_lower_ascii(c->arena, l->address)),
	           V(one_line(c->arena, l->subject)), V(body), V(l->secret), V(c->now), token.len ? V(token) : db_value_null()), NULL) != OK)
		return fail_internal(c, "mail outbox");
	return tx_commit(&tx);
}

/* ---- who wants it ---- */

static Err is_wanted(Ctx *c, const Topic *t, Id account, Str address, bool *ret) {
	NoticeChoice choice = CHOICE_IMMEDIATE;
	i64          refused;
	*ret = true;
	if (!t)
		return OK;
	if (account && !str_eq(str_c(t->key), S("*")))           /* the letter of the day asked about each of its topics */
		TRY(notice_choice(c, account, t, &choice));
	if (db_get_int(ctx_conn(c), &sql_mail_refused, P(V(str_lower_ascii(c->arena, address)), V(str_c(t->key))), 0, &refused) != OK)
		return fail_internal(c, "mail refusals");
	*ret = choice != CHOICE_NONE && refused == 0;
	return OK;
}

static Err bug(Ctx *c, const char *kind, const char *what, Str name) {
	log_line(LOGS_ERROR, "mail", 0, "kind %s: %s %.*s", kind, what, (int)name.len, name.len ? name.ptr : "");
	return fail_internal(c, "mail");
}

static bool names_hole(const MailKind *k, const char *name) {
	Str rest = str_c(k->holes);
	while (rest.len)
		if (str_eq(str_cut(&rest, ' '), str_c(name)))
			return true;
	return false;
}

Err mail_add_topic(Ctx *c, const char *kind, const Topic *topic, Id account, Str address, const MailHole *holes, size_t count) {
	const MailKind *k = mail_kind_find(str_c(kind));
	if (!k)
		return bug(c, kind, "is not known", (Str){0});
	for (size_t i = 0; i < count; i++)
		if (!names_hole(k, holes[i].name))
			return bug(c, kind, "has no hole", str_c(holes[i].name));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Str subject, body, missing = {0}, name;
	if (account && str_empty(address)) {
		TRY(mail_account_address(c, account, &address, &name));
		if (str_empty(address))
			return tx_commit(&tx);               /* the account is not active: nobody reads there */
	}
	if (!mail_address_fine(address))
		return fail(c, ERR_INVALID, "email", "Adresa „%.*s“ není platná e-mailová adresa. Opravte ji.", STR_ARG(utf8_first(address, 120)));
	bool wanted;
	TRY(is_wanted(c, topic, account, address, &wanted));
	if (!wanted)
		return tx_commit(&tx);
	TRY(mail_text_now(c, k, &subject, &body));
	if (!mail_fill(c, subject, holes, count, &subject, &missing) || !mail_fill(c, body, holes, count, &body, &missing))
		return bug(c, kind, "was given no value of", missing);
	Letter letter = {.kind = str_c(kind), .topic = topic ? str_c(topic->key) : (Str){0}, .address = address, .subject = subject,
	                 .body = body, .account = account, .secret = k->secret};
	TRY(mail_queue(c, &letter));
	return tx_commit(&tx);
}

Err mail_add(Ctx *c, const char *kind, Id account, Str address, const MailHole *holes, size_t count) {
	const MailKind *k = mail_kind_find(str_c(kind));
	return mail_add_topic(c, kind, k && k->topic ? mail_topic_find(str_c(k->topic)) : NULL, account, address, holes, count);
}
