#include "core/mail_admin.h"

#include "base/text.h"
#include "core/mail_admin.sql.h"
#include "core/mail.sql.h"
#include "core/mail_inside.h"
#include "core/mail_send.h"
#include "core/trail.h"

enum { SUBJECT_MAX = 200, BODY_MAX = 8000, WEEK_MS = 7 * 24 * 3600 * 1000 };

/* ---- the log ---- */

static LetterRow read_letter(Arena *a, Rows *r) {
	return (LetterRow){.id = col_int(r, 0), .account = col_int(r, 1), .kind = str_dup(a, col_text(r, 2)), .topic = str_dup(a, col_text(r, 3)),
	                   .address = str_dup(a, col_text(r, 4)), .subject = str_dup(a, col_text(r, 5)), .body = str_dup(a, col_text(r, 6)),
	                   .state = str_dup(a, col_text(r, 7)), .answer = str_dup(a, col_text(r, 8)), .secret = col_bool(r, 9), .attempts = col_int(r, 10),
	                   .created = col_instant(r, 11), .next_attempt = col_instant(r, 12), .ended = col_instant(r, 13)};
}

static Str like_part(Arena *a, Str s) {
	s = str_replace(a, str_lower_ascii(a, s), S("!"), S("!!"));
	return str_replace(a, str_replace(a, s, S("%"), S("!%")), S("_"), S("!_"));
}

Err letters_list(Ctx *c, LetterQuery q, LetterRows *ret) {
	*ret = (LetterRows){0};
	Str  part = like_part(c->arena, q.address);
	Rows r = db_query(ctx_conn(c), &sql_letter_list, P(V(q.before ? q.before : INT64_MAX), V(q.state), V(part), V(q.limit)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = read_letter(c->arena, &r);
	return rows_end(&r) == OK ? OK : fail_internal(c, "letters");
}

Err letter_get(Ctx *c, Id id, LetterRow *ret) {
	bool found = false;
	Rows r = db_query(ctx_conn(c), &sql_letter_get, P(V(id)));
	if (rows_next(&r)) {
		*ret = read_letter(c->arena, &r);
		found = true;
	}
	if (rows_end(&r) != OK)
		return fail_internal(c, "letter");
	return found ? OK : fail(c, ERR_NOT_FOUND, NULL, "Dopis s tímto číslem neexistuje, nebo už uplynula doba, po kterou se záznam uchovává.");
}

static bool is_over(Str state) {
	return str_eq(state, S("failed")) || str_eq(state, S("given_up")) || str_eq(state, S("cancelled"));
}

bool letter_may_go_again(const LetterRow *l) {
	bool waits = str_eq(l->state, S("queued"));
	return waits || (is_over(l->state) && l->body.len > 0);
}

static Err note(Ctx *c, const char *action, Id id, const char *text) {
	return trail_add(c, (TrailEntry){.action = action, .object = "mail_letter", .object_id = id, .text = str_c(text)});
}

Err letter_again(Ctx *c, Id id) {
	LetterRow l;
	i64       changed;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(letter_get(c, id, &l));
	if (db_run(c->conn, &sql_letter_again, P(V(id), V(c->now)), &changed) != OK)
		return fail_internal(c, "letter");
	if (!changed)
		return fail(c, ERR_CONFLICT, NULL, "Tento dopis už znovu poslat nejde: odešel, nebo jeho text už není uložený. Vyžádejte si nový tam, kde vznikl.");
	TRY(note(c, "resend", id, "Dopis se pošle znovu."));
	return tx_commit(&tx);
}

Err letter_cancel(Ctx *c, Id id) {
	LetterRow l;
	i64       changed;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(letter_get(c, id, &l));
	if (db_run(c->conn, &sql_letter_cancel, P(V(id), V(c->now)), &changed) != OK)
		return fail_internal(c, "letter");
	if (!changed)
		return fail(c, ERR_CONFLICT, NULL, "Zastavit jde jen dopis, který čeká. Tento už odešel, nebo právě odchází.");
	TRY(note(c, "cancel", id, "Dopis se nepošle."));
	return tx_commit(&tx);
}

const char *letter_state_word(Str state) {
	static const struct { const char *state, *word; } words[] = {
		{"queued", "čeká"}, {"sending", "odchází"}, {"sent", "odeslán"}, {"failed", "odmítnut"}, {"given_up", "vzdán"}, {"cancelled", "zastaven"},
	};
	for (size_t i = 0; i < LEN(words); i++)
		if (str_eq(state, str_c(words[i].state)))
			return words[i].word;
	return "";
}

/* ---- the server ---- */

static Err read_state(Ctx *c, MailHealth *h) {
	Rows r = db_query(ctx_conn(c), &sql_mail_state_get, DB_NONE);
	if (rows_next(&r)) {
		h->paused_until = col_instant(&r, 0);
		h->problem = str_dup(c->arena, col_text(&r, 1));
		h->problem_at = col_instant(&r, 2);
		h->sent_at = col_instant(&r, 4);
	}
	TRY(rows_end(&r));
	r = db_query(ctx_conn(c), &sql_mail_overdue, P(V(c->now)));
	if (rows_next(&r))
		h->oldest = col_instant(&r, 0);
	return rows_end(&r);
}

Err mail_health(Ctx *c, MailHealth *h) {
	SmtpServer s;
	Str        from, from_name;
	*h = (MailHealth){0};
	TRY(mail_server(c, &s, &from, &from_name, &h->ready, &h->why));
	Instant week_ago = {c->now.ms - WEEK_MS};
	if (read_state(c, h) != OK || db_get_int(ctx_conn(c), &sql_mail_waiting, DB_NONE, 0, &h->queued) != OK ||
	    db_get_int(ctx_conn(c), &sql_mail_undelivered, P(V(week_ago)), 0, &h->failed) != OK ||
	    db_get_int(ctx_conn(c), &sql_bounce_count, DB_NONE, 0, &h->bounces) != OK)
		return fail_internal(c, "mail state");
	return OK;
}

Err mail_ask_now(Ctx *c) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_mail_state_ask, DB_NONE, NULL) != OK)
		return fail_internal(c, "mail state");
	return tx_commit(&tx);
}

Err bounces_list(Ctx *c, i64 limit, BounceRows *ret) {
	*ret = (BounceRows){0};
	Rows r = db_query(ctx_conn(c), &sql_bounce_list, P(V(limit)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (BounceRow){.address = str_dup(c->arena, col_text(&r, 0)),
			.answer = str_dup(c->arena, col_text(&r, 1)), .at = col_instant(&r, 2), .times = col_int(&r, 3)};
	return rows_end(&r) == OK ? OK : fail_internal(c, "bounces");
}

Err bounce_forget(Ctx *c, Str address) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_mail_bounce_forget, P(V(address)), NULL) != OK)
		return fail_internal(c, "bounce");
	TRY(note(c, "change", 0, "Adresa, která nešla doručit, se zkusí znovu."));
	return tx_commit(&tx);
}

/* ---- texts ---- */

Err mail_text(Ctx *c, const MailKind *k, Str *subject, Str *body, bool *edited) {
	TRY(mail_text_now(c, k, subject, body));
	*edited = !str_eq(*subject, str_c(k->subject)) || !str_eq(*body, str_c(k->body));
	return OK;
}

Err mail_text_check(Ctx *c, const MailKind *k, Str subject, Str body) {
	Str    unknown;
	size_t said = c->problems.len;
	if (str_empty(subject) || utf8_count(subject) > SUBJECT_MAX || str_find_char(subject, '\n') >= 0 || !text_acceptable(subject))
		fail(c, ERR_INVALID, "subject", "Předmět: napište jeden řádek, nejvýše %d znaků.", SUBJECT_MAX);
	else if (!mail_holes_known(k, subject, &unknown))
		fail(c, ERR_INVALID, "subject", "Předmět: {%.*s} tento dopis nezná. Použijte jen slova ze seznamu.", STR_ARG(unknown));
	if (str_empty(body) || utf8_count(body) > BODY_MAX || !text_acceptable(body))
		fail(c, ERR_INVALID, "body", "Text: napište jej, nejvýše %d znaků.", BODY_MAX);
	else if (!mail_holes_known(k, body, &unknown))
		fail(c, ERR_INVALID, "body", "Text: {%.*s} tento dopis nezná. Použijte jen slova ze seznamu.", STR_ARG(unknown));
	return c->problems.len == said ? OK : ERR_INVALID;
}

static Err note_text(Ctx *c, const MailKind *k, Str subject, Str body, Str new_subject, Str new_body) {
	TrailChange changes[] = {{.field = "subject", .before = subject, .after = new_subject}, {.field = "body", .before = body, .after = new_body}};
	return trail_add(c, (TrailEntry){.action = "change", .object = "mail_text", .text = str_c(k->key), .changes = changes, .change_count = LEN(changes)});
}

static Err write_text(Ctx *c, const MailKind *k, Str subject, Str body) {
	Str before_subject, before_body;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(mail_text_now(c, k, &before_subject, &before_body));
	bool standard = str_eq(subject, str_c(k->subject)) && str_eq(body, str_c(k->body));
	Err  e = standard ? db_run(c->conn, &sql_mail_text_forget, P(V(str_c(k->key))), NULL)
	                  : db_run(c->conn, &sql_mail_text_put, P(V(str_c(k->key)), V(subject), V(body), V(c->now), V(c->actor->account)), NULL);
	if (e != OK)
		return fail_internal(c, "mail text");
	if (!str_eq(before_subject, subject) || !str_eq(before_body, body))
		TRY(note_text(c, k, before_subject, before_body, subject, body));
	return tx_commit(&tx);
}

Err mail_text_set(Ctx *c, const MailKind *k, Str subject, Str body) {
	subject = text_clean(c->arena, subject);
	body = str_cat(c->arena, str_trim(text_clean_lines(c->arena, body)), S("\n"));
	TRY(mail_text_check(c, k, subject, body));
	return write_text(c, k, subject, body);
}

Err mail_text_reset(Ctx *c, const MailKind *k) {
	return write_text(c, k, str_c(k->subject), str_c(k->body));
}

static Str sample_of(Ctx *c, Str hole) {
	static const struct { const char *name, *value; } known[] = {
		{"jmeno", "Jana Nová"}, {"kdo", "Petr Správný"}, {"platnost", "24. 11. 2026 do 12.00"}, {"pocet", "3"}, {"nadpis", "Ke službě přišla nová zpráva"},
		{"text", "Poskytovatel Jilm, p. o., píše k Domovu u řeky."}, {"tema", "Zprávy"}, {"organizace", "Jilm, p. o."},
		{"seznam", "– Ke službě přišla nová zpráva\n  (odkaz)\n– Návrh změny byl přijat\n  (odkaz)\n"},
	};
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(hole, str_c(known[i].name)))
			return str_c(known[i].value);
	if (str_eq(hole, S("odkaz")))
		return str_cat(c->arena, mail_origin(), S("/ukazka"));
	return str_format(c->arena, "[%.*s]", STR_ARG(hole));
}

/* The holes one after another: each unknown one is given a sample until nothing is missing. */
void mail_text_sample(Ctx *c, Str text, Str *ret) {
	MailHole holes[64];
	size_t   n = 0;
	Str      missing;
	while (!mail_fill(c, text, holes, n, ret, &missing) && n < LEN(holes)) {
		holes[n] = (MailHole){.name = str_z(c->arena, missing), .value = sample_of(c, missing)};
		n++;
	}
}

/* ---- keeping ---- */

static Err count_of(Ctx *c, const Sql *q, Instant before, i64 *ret) {
	return db_get_int(ctx_conn(c), q, P(V(before)), 0, ret) == OK ? OK : fail_internal(c, "keeping");
}

static Err run_of(Ctx *c, const Sql *q, Instant before, i64 *removed) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, q, P(V(before)), removed) != OK)
		return fail_internal(c, "keeping");
	return tx_commit(&tx);
}

Err mail_keep_texts_look(Ctx *c, Instant before, i64 *count) { return count_of(c, &sql_mail_keep_texts_count, before, count); }
Err mail_keep_texts(Ctx *c, Instant before, i64 *removed) { return run_of(c, &sql_mail_keep_texts, before, removed); }
Err mail_keep_log_look(Ctx *c, Instant before, i64 *count) { return count_of(c, &sql_mail_keep_log_count, before, count); }
Err mail_keep_log(Ctx *c, Instant before, i64 *removed) { return run_of(c, &sql_mail_keep_log, before, removed); }
Err notice_keep_look(Ctx *c, Instant before, i64 *count) { return count_of(c, &sql_notice_keep_count, before, count); }
Err notice_keep(Ctx *c, Instant before, i64 *removed) { return run_of(c, &sql_notice_keep, before, removed); }
