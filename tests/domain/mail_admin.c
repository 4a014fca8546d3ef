/* mail_admin.c: the log, texts, keeping. */
#include "core/mail_admin.h"

#include "core/retention.h"
#include "core/settings.h"
#include "core/trail.h"
#include "tests/domain/mail_given.h"

static void news(Ctx *c, const char *address) {
	MailHole holes[] = {{"co", S("zpráva")}};
	MUST(mail_add(c, "test.news", 0, str_c(address), holes, 1));
}

static void change(Ctx *c, const char *sql) {
	static Arena kept;
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(c, &tx));
	MUST(db_run(c->conn, NEW(&kept, Sql, .name = "test_change", .text = str_z(&kept, str_c(sql))), DB_NONE, NULL));
	MUST(tx_commit(&tx));
}

TEST("mail texts: an edited text is used from now on, with the trail holding both; the standard one comes back") {
	Ctx c = given_mail();
	const MailKind *k = mail_kind_find(S("test.news"));
	Str  subject, body;
	bool edited;
	MUST(mail_text_set(&c, k, S("Novinka: {co}"), S("Píšeme vám: {co}.\n{kraj}")));
	news(&c, "a@example.org");
	EQ_TEXT(mail_text_of(&c, "SELECT subject FROM mail_letter"), "Novinka: zpráva");
	MUST(mail_text(&c, k, &subject, &body, &edited));
	EXPECT(edited);
	TrailRecords t;
	MUST(trail_search(&c, (TrailSearch){.object = S("mail_text"), .before_seq = INT64_MAX, .limit = 10}, &t));
	EQ_INT(t.len, 1);
	EQ_TEXT(t.at[0].changes[0].before, "Nové: {co}");
	MUST(mail_text_reset(&c, k));
	MUST(mail_text(&c, k, &subject, &body, &edited));
	EXPECT(!edited);
	EQ_TEXT(subject, "Nové: {co}");
}

TEST("mail texts: a hole that the letter does not have, two lines in the subject and an empty text are refused, each at its field") {
	Ctx c = given_mail();
	const MailKind *k = mail_kind_find(S("test.news"));
	EQ_INT(mail_text_set(&c, k, S("x"), S("Dobrý den, {jmeno}")), ERR_INVALID);
	EXPECT(strcmp(c.problems.at[0].field, "body") == 0 && str_has(c.problems.at[0].text, S("{jmeno}")));
	c.problems.len = 0;
	EQ_INT(mail_text_check(&c, k, S("a\nBcc: x"), S("")), ERR_INVALID);
	EQ_INT(c.problems.len, 2);
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_text"), 0);
}

TEST("mail texts: sample values stand in every hole, also in those that a letter does not have") {
	Ctx c = given_mail();
	Str s;
	mail_text_sample(&c, S("{jmeno}: {neznama} {kraj} {odkaz} {"), &s);
	EQ_TEXT(s, "Jana Nová: [neznama] Ukázkový kraj https://sit.example.org/ukazka {");
}

TEST("mail log: letters are found by state and part of an address; % and _ mean themselves") {
	Ctx        c = given_mail();
	LetterRows rows;
	news(&c, "jana_nova@example.org");
	news(&c, "jana@jinde.org");
	change(&c, "UPDATE mail_letter SET state = 'failed', ended = '2026-11-22T09:00:00.000Z' WHERE address = 'jana@jinde.org'");
	MUST(letters_list(&c, (LetterQuery){.address = S("JANA"), .limit = 10}, &rows));
	EQ_INT(rows.len, 2);
	MUST(letters_list(&c, (LetterQuery){.address = S("a_n"), .limit = 10}, &rows));
	EQ_INT(rows.len, 1);
	MUST(letters_list(&c, (LetterQuery){.address = S("%"), .limit = 10}, &rows));
	EQ_INT(rows.len, 0);
	MUST(letters_list(&c, (LetterQuery){.state = S("failed"), .limit = 10}, &rows));
	EQ_INT(rows.len, 1);
}

TEST("mail log: what did not arrive goes again, what arrived or has lost its text does not; a waiting letter can be stopped") {
	Ctx c = given_mail();
	news(&c, "a@example.org");
	Id id = mail_number_of(&c, "SELECT id FROM mail_letter");
	MUST(letter_cancel(&c, id));
	EQ_INT(letter_cancel(&c, id), ERR_CONFLICT);
	MUST(letter_again(&c, id));
	EQ_TEXT(mail_text_of(&c, "SELECT state FROM mail_letter"), "queued");
	change(&c, "UPDATE mail_letter SET state = 'sent', ended = '2026-11-22T09:00:00.000Z'");
	EQ_INT(letter_again(&c, id), ERR_CONFLICT);
	change(&c, "UPDATE mail_letter SET state = 'failed', body = ''");
	EQ_INT(letter_again(&c, id), ERR_CONFLICT);
	EQ_INT(letter_again(&c, 987654), ERR_NOT_FOUND);
}

TEST("mail log: the text of a letter with a one-time link is shown to nobody") {
	Ctx       c = given_mail();
	LetterRow l;
	MailHole  holes[] = {{"jmeno", S("X")}, {"odkaz", S("https://sit.example.org/pozvanka/tajny-token")}};
	MUST(mail_add(&c, "test.invitation", 0, S("jana@example.org"), holes, 2));
	MUST(letter_get(&c, mail_number_of(&c, "SELECT id FROM mail_letter"), &l));
	EXPECT(l.body.len == 0 && l.secret);
}

TEST("mail keeping: texts of ended letters go after thirty days, the log later, letters that wait stay; the dry run counts the same") {
	Ctx c = given_mail();
	news(&c, "stary@example.org");
	news(&c, "novy@example.org");
	news(&c, "ceka@example.org");
	change(&c, "UPDATE mail_letter SET state = 'sent', ended = '2026-10-01T09:00:00.000Z' WHERE address = 'stary@example.org'");
	change(&c, "UPDATE mail_letter SET state = 'sent', ended = '2026-11-20T09:00:00.000Z' WHERE address = 'novy@example.org'");
	RetentionViews v;
	i64            removed, found = 0;
	MUST(retention_look(&c, &v));
	for (size_t i = 0; i < v.len; i++)
		if (strcmp(v.at[i].rule->key, "mail_texts") == 0)
			found = v.at[i].count;
	EQ_INT(found, 1);
	ctx_end(&c);
	MUST(retention_run(&c, &removed));
	EQ_TEXT(mail_text_of(&c, "SELECT body FROM mail_letter WHERE address = 'stary@example.org'"), "");
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_letter WHERE body <> ''"), 2);
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_letter"), 3);
}
