/* mail_digest.c: the letter of the day: everything that waits for a person since the last one, in one letter, once a Prague day. The letter,
 * the day and the notices that stand in it are written in one transaction: nothing is told twice or forgotten. */
#include <stdio.h>

#include "core/mail_inside.h"
#include "core/mail_send.h"
#include "core/notice.sql.h"
#include "core/settings.h"

enum { LINES_MAX = 100 };

/* A clock that jumps in spring passes the hour all the same; the doubled hour of autumn finds its day written. */
static bool hour_has_come(Ctx *c, Date *day) {
	int seconds, hour, minute;
	prague_wall(c->now, day, &seconds);
	Str text = setting_text(c, "mail.digest_hour");
	if (text.len != 5 || sscanf(str_z(c->arena, text), "%2d:%2d", &hour, &minute) != 2)
		return false;
	return seconds >= hour * 3600 + minute * 60;
}

static Err waiting_accounts(Ctx *c, Date day, Ids *ret) {
	Rows rows = db_query(ctx_conn(c), &sql_digest_accounts, P(V(day)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "digest");
}

/* What is read already or no longer wanted is not told. */
static Err lines_of(Ctx *c, Id account, Str *list, i64 *count) {
	CLEANUP(buf_free) Buf b = {0};
	*count = 0;
	Rows rows = db_query(c->conn, &sql_digest_notices, P(V(account)));
	while (rows_next(&rows)) {
		Str title = col_text(&rows, 0), link = col_text(&rows, 1);
		if (++*count > LINES_MAX)
			continue;
		buf_format(&b, "– %.*s\n", STR_ARG(title));
		if (link.len)
			buf_format(&b, "  %.*s%.*s\n", STR_ARG(mail_origin()), STR_ARG(link));
	}
	if (*count > LINES_MAX)
		buf_format(&b, "… a dalších %lld\n", (long long)(*count - LINES_MAX));
	*list = buf_take(&b, c->arena);
	buf_free(&b);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "digest");
}

static Err send_to(Ctx *c, Id account, Date day, bool *made) {
	Str list, address, name;
	i64 count;
	static const Topic everything = {"*", "Denní souhrn", "", MAIL_DIGEST};
	CLEANUP(tx_end) Tx tx = {0};
	*made = false;
	TRY(tx_begin(c, &tx));
	TRY(lines_of(c, account, &list, &count));
	TRY(mail_account_address(c, account, &address, &name));
	i64 first;
	if (db_get_int(c->conn, &sql_digest_done_on, P(V(account), V(day)), 0, &first) != OK)
		return fail_internal(c, "digest");
	if (first)                                   /* another process was faster */
		return tx_commit(&tx);
	if (count && address.len) {
		const MailHole holes[] = {{"jmeno", name}, {"pocet", str_format(c->arena, "%lld", (long long)count)}, {"seznam", list}};
		TRY(mail_add_topic(c, "core.digest", &everything, account, address, holes, LEN(holes)));
		if (db_run(c->conn, &sql_digest_day_put, P(V(account), V(day)), NULL) != OK)
			return fail_internal(c, "digest");
		*made = true;
	}
	if (db_run(c->conn, &sql_digest_done, P(V(account)), NULL) != OK)
		return fail_internal(c, "digest");
	return tx_commit(&tx);
}

Err mail_digest(Ctx *c, int *made) {
	Ids  accounts = {0};
	Date day;
	*made = 0;
	if (!hour_has_come(c, &day))
		return OK;
	TRY(waiting_accounts(c, day, &accounts));
	for (size_t i = 0; i < accounts.len; i++) {
		bool one;
		TRY(send_to(c, accounts.at[i], day, &one));
		*made += one;
	}
	return OK;
}
