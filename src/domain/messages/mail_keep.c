/* mail_keep.c: how long letters and notices are kept, what is known about one person, and what doctor asks. */
#include "core/mail_admin.h"
#include "domain/messages/mail_keep.h"
#include "domain/messages/mail.sql.h"

/* ---- keeping ---- */

static Err look_texts(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	*samples = (RetentionSamples){0};
	return mail_keep_texts_look(c, before, count);
}

static Err look_log(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	*samples = (RetentionSamples){0};
	return mail_keep_log_look(c, before, count);
}

static Err look_notices(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	*samples = (RetentionSamples){0};
	return notice_keep_look(c, before, count);
}

const RetentionRule mail_retention[3] = {
	{"mail_texts", "Texty odeslaných dopisů", "Aby šlo ověřit, co komu přišlo, a nedoručený dopis poslat znovu.", "Oprávněný zájem správce.", "mail.keep_days",
	 false, look_texts, mail_keep_texts},
	{"mail_log", "Záznamy o doručení pošty", "Doložení, že a kdy byla zpráva odeslána.", "Oprávněný zájem správce.", "mail.log_days", false, look_log,
	 mail_keep_log},
	{"notices", "Upozornění v aplikaci", "Přehled člověka o tom, co se ho týká.", "Plnění úkolu ve veřejném zájmu.", "mail.log_days", false, look_notices,
	 notice_keep},
};

/* ---- one person ---- */

static Err export_letters(Ctx *c, Id account, JsonWriter *w) {
	Rows r = db_query(ctx_conn(c), &sql_person_letters, P(V(account)));
	jw_array(w);
	while (rows_next(&r)) {
		jw_object(w);
		jw_member(w, "adresa", col_text(&r, 0));
		jw_member(w, "predmet", col_text(&r, 1));
		jw_member(w, "stav", str_c(letter_state_word(col_text(&r, 2))));
		jw_member_at(w, "vznikl", col_instant(&r, 3));
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&r) == OK ? OK : fail_internal(c, "letters of a person");
}

static Err export_notices(Ctx *c, Id account, JsonWriter *w) {
	Rows r = db_query(ctx_conn(c), &sql_person_notices, P(V(account)));
	jw_array(w);
	while (rows_next(&r)) {
		jw_object(w);
		jw_member(w, "nadpis", col_text(&r, 0));
		jw_member(w, "text", col_text(&r, 1));
		jw_member_at(w, "kdy", col_instant(&r, 2));
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&r) == OK ? OK : fail_internal(c, "notices of a person");
}

static Err erase_letters(Ctx *c, Id account, i64 *erased) {
	return db_run(c->conn, &sql_person_letters_erase, P(V(account)), erased) == OK ? OK : fail_internal(c, "letters of a person");
}

static Err erase_notices(Ctx *c, Id account, i64 *erased) {
	if (db_run(c->conn, &sql_person_notices_erase, P(V(account)), erased) != OK || db_run(c->conn, &sql_person_choices_erase, P(V(account)), NULL) != OK)
		return fail_internal(c, "notices of a person");
	return OK;
}

static Err export_messages(Ctx *c, Id account, JsonWriter *w) {
	Rows r = db_query(ctx_conn(c), &sql_person_messages, P(V(account)));
	jw_array(w);
	while (rows_next(&r)) {
		jw_object(w);
		jw_member(w, "predmet", col_text(&r, 0));
		jw_member(w, "text", col_text(&r, 1));
		jw_member_at(w, "kdy", col_instant(&r, 2));
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&r) == OK ? OK : fail_internal(c, "messages of a person");
}

const PersonData mail_person_data[3] = {
	{"dopisy", "Odeslané dopisy", "Doložení, že byla zpráva odeslána.", export_letters, erase_letters, NULL},
	{"zpravy", "Zprávy a dotazy", "Úřední korespondence kraje s organizacemi.", export_messages, NULL,
	 "Zprávy a dotazy zůstávají jako součást spisu (zákon č. 499/2004 Sb., o archivnictví a spisové službě)."},
	{"upozorneni", "Upozornění", "Přehled člověka o tom, co se ho týká.", export_notices, erase_notices, NULL},
};

/* ---- doctor ---- */

static Err check_server(Ctx *c, bool *fine, Str *detail) {
	MailHealth h;
	TRY(mail_health(c, &h));
	*fine = h.ready;
	*detail = h.why;
	return OK;
}

static Err check_going(Ctx *c, bool *fine, Str *detail) {
	MailHealth h;
	enum { HOUR_MS = 3600 * 1000 };
	TRY(mail_health(c, &h));
	bool late = h.ready && h.oldest.ms && c->now.ms - h.oldest.ms > HOUR_MS;
	*fine = !late && h.problem.len == 0;
	*detail = h.problem.len ? h.problem : late ? S("Dopisy čekají déle než hodinu, ačkoli server je nastaven. Běží program?") : (Str){0};
	return OK;
}

static Err check_delivered(Ctx *c, bool *fine, Str *detail) {
	MailHealth h;
	TRY(mail_health(c, &h));
	*fine = h.failed == 0;
	*detail = h.failed ? str_format(c->arena, "Nedoručených dopisů za sedm dní: %lld.", (long long)h.failed) : (Str){0};
	return OK;
}

const Check mail_checks[3] = {
	{"mail.server", "Poštovní server je nastaven", SEVERITY_WARNING, "Vyplňte v nastavení pošty server a adresu odesílatele.", check_server},
	{"mail.going", "Pošta odchází", SEVERITY_WARNING, "Podívejte se na stránku Správa, Pošta; je tam, co poštovní server odpověděl.", check_going},
	{"mail.delivered", "V posledních sedmi dnech došly všechny dopisy", SEVERITY_HINT, "Projděte na stránce Správa, Pošta odmítnuté dopisy a opravte adresy lidí.",
	 check_delivered},
};
