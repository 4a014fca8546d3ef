/* mail_send.c, mail_smtp.c: letters through a real SMTP server on loopback. */
#include "core/mail_send.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/settings.h"
#include "tests/domain/mail_given.h"
#include "tests/support/smtp.h"

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE };

static void set(Ctx *c, const char *key, const char *value) {
	MUST(setting_set(c, str_c(key), str_c(value)));
}

static void use_server(Ctx *c, const SmtpHost *h, const char *tls) {
	char port[16];
	snprintf(port, sizeof port, "%d", h->port);
	set(c, "mail.host", strcmp(tls, "none") ? "localhost" : "127.0.0.1");
	set(c, "mail.port", port);
	set(c, "mail.tls", tls);
	set(c, "mail.from", "sit@kraj.example.org");
	set(c, "mail.from_name", "Síťovka – Ukázkový kraj");
	mail_set_files((Str){0}, (Str){0});
}

static void write_to(Ctx *c, const char *address, const char *what) {
	MailHole holes[] = {{"co", str_c(what)}};
	MUST(mail_add(c, "test.news", 0, str_c(address), holes, 1));
}

static MailRound round_at(Ctx *c, i64 later_ms) {
	MailRound m;
	ctx_end(c);
	MUST(mail_send_due(c->db, (Instant){c->now.ms + later_ms}, 50, &m));
	return m;
}

static Str state_of(Ctx *c, const char *address) {
	ctx_end(c);
	return mail_text_of(c, str_z(t_arena, str_format(t_arena, "SELECT state FROM mail_letter WHERE address = '%s'", address)));
}

static Str answer_of(Ctx *c, const char *address) {
	ctx_end(c);
	return mail_text_of(c, str_z(t_arena, str_format(t_arena, "SELECT answer FROM mail_letter WHERE address = '%s'", address)));
}

static Str secret_file(const SmtpHost *h, const char *password) {
	Str   name = str_format(t_arena, "%s/password", h->folder);
	FILE *f = fopen(str_z(t_arena, name), "w");
	CHECK(f && fputs(password, f) >= 0 && fclose(f) == 0 && chmod(str_z(t_arena, name), 0600) == 0);
	return name;
}

TEST("mail sending: a Czech letter arrives, and Python reads in it what was written") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	use_server(&c, h, "none");
	write_to(&c, "jana@example.org", "Příliš žluťoučký kůň úpěl ďábelské ódy – a to celé odpoledne, i s řádkem, který je delší než sedmdesát šest znaků");
	MailRound m = round_at(&c, 1000);
	EQ_INT(m.sent, 1);
	EQ_TEXT(state_of(&c, "jana@example.org"), "sent");
	EQ_TEXT(smtp_letter(h, 1, "Subject"),
	        "Nové: Příliš žluťoučký kůň úpěl ďábelské ódy – a to celé odpoledne, i s řádkem, který je delší než sedmdesát šest znaků");
	EXPECT(str_starts(smtp_letter(h, 1, "text"), S("Stalo se: Příliš žluťoučký kůň úpěl ďábelské ódy")));
	EQ_TEXT(smtp_letter(h, 1, "From"), "Síťovka – Ukázkový kraj <sit@kraj.example.org>");
	EQ_TEXT(smtp_letter(h, 1, "To"), "jana@example.org");
	EXPECT(str_has(smtp_letter(h, 1, "List-Unsubscribe"), S("https://sit.example.org/odhlaseni-posty/")));
	EXPECT(str_ends(smtp_letter(h, 1, "Message-ID"), S("@sit.example.org>")));
	EQ_INT(round_at(&c, HOUR).sent, 0);
	EQ_INT(smtp_letters(h), 1);
}

TEST("mail sending: a line that is a dot alone ends nothing") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	use_server(&c, h, "none");
	write_to(&c, "jana@example.org", "první\n.\nQUIT\nposlední");
	EQ_INT(round_at(&c, 1000).sent, 1);
	EXPECT(str_has(smtp_letter(h, 1, "text"), S("první\n.\nQUIT\nposlední")));
}

TEST("mail sending: after 4xx the letter comes again, later and later, and arrives once") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	use_server(&c, h, "none");
	write_to(&c, "pozde2.x@example.org", "trpělivost");
	MailRound m = round_at(&c, 1000);
	EQ_INT(m.later, 1);
	EXPECT(!m.out_of_order);
	EXPECT(str_has(answer_of(&c, "pozde2.x@example.org"), S("451 4.7.1 Greylisted")));
	EQ_INT(round_at(&c, 30 * 1000).later, 0);
	EQ_INT(round_at(&c, MINUTE + 2000).later, 1);
	EQ_INT(round_at(&c, 3 * MINUTE).sent, 0);
	EQ_INT(round_at(&c, 7 * MINUTE).sent, 1);
	EQ_TEXT(state_of(&c, "pozde2.x@example.org"), "sent");
	EQ_INT(smtp_letters(h), 1);
}

TEST("mail sending: after as many attempts as the setting allows the letter is given up, with the server's words") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	use_server(&c, h, "none");
	set(&c, "mail.attempts", "2");
	write_to(&c, "pozde9.x@example.org", "nikdy");
	EQ_INT(round_at(&c, 1000).later, 1);
	EQ_INT(round_at(&c, HOUR).later, 1);
	EQ_TEXT(state_of(&c, "pozde9.x@example.org"), "given_up");
	EQ_INT(round_at(&c, 48 * HOUR).later, 0);
}

TEST("mail sending: 5xx is the end of a letter; an address where nobody lives gets no more letters of topics, but those that must go") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	use_server(&c, h, "none");
	write_to(&c, "neznamy.a@example.org", "jedna");
	write_to(&c, "pravidla.a@example.org", "dvě");
	write_to(&c, "obsah.a@example.org", "tři");
	write_to(&c, "jana@example.org", "čtyři");
	MailRound m = round_at(&c, 1000);
	EQ_INT(m.failed, 3);
	EQ_INT(m.sent, 1);
	EQ_TEXT(state_of(&c, "neznamy.a@example.org"), "failed");
	EXPECT(str_has(answer_of(&c, "obsah.a@example.org"), S("554 5.6.0")));
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_bounce"), 1);
	EQ_TEXT(mail_text_of(&c, "SELECT address FROM mail_bounce"), "neznamy.a@example.org");
	write_to(&c, "neznamy.a@example.org", "pět");
	write_to(&c, "pravidla.a@example.org", "šest");
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_letter WHERE state = 'queued'"), 1);
	MailHole holes[] = {{"jmeno", S("X")}, {"odkaz", S("y")}};
	MUST(mail_add(&c, "test.invitation", 0, S("neznamy.a@example.org"), holes, 2));
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_letter WHERE state = 'queued'"), 2);
}

TEST("mail sending: a connection that dies over the text counts as an attempt of that letter, the others go on later") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	use_server(&c, h, "none");
	write_to(&c, "mrtvy.a@example.org", "jedna");
	EQ_INT(round_at(&c, 1000).later, 1);
	write_to(&c, "jana@example.org", "dvě");
	EQ_INT(round_at(&c, 2000).sent, 1);
}

TEST("mail sending: one address gets as many letters in an hour as the setting allows; the rest waits and is not lost") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	use_server(&c, h, "none");
	set(&c, "mail.per_hour", "3");
	for (int i = 0; i < 5; i++)
		write_to(&c, "jana@example.org", "mnoho");
	write_to(&c, "petr@example.org", "jednou");
	MailRound m = round_at(&c, 1000);
	EQ_INT(m.sent, 4);
	EQ_INT(m.postponed, 2);
	EQ_INT(round_at(&c, 30 * MINUTE).sent, 0);
	EQ_INT(round_at(&c, HOUR + MINUTE).sent, 2);
	EQ_INT(smtp_letters(h), 6);
}

TEST("mail sending: STARTTLS with a certificate that we were told to trust and the right password carries the letter") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host((const char *[]){"--starttls", "--auth", "sit:tajné heslo", NULL});
	use_server(&c, h, "starttls");
	set(&c, "mail.user", "sit");
	mail_set_files(secret_file(h, "tajné heslo\n"), str_format(t_arena, "%s/ca.pem", h->folder));
	write_to(&c, "jana@example.org", "bezpečně");
	EQ_INT(round_at(&c, 1000).sent, 1);
	EXPECT(str_has(smtp_talk(h), S("RCPT jana@example.org tls auth")));
	mail_set_files((Str){0}, (Str){0});
}

TEST("mail sending: TLS from the beginning of the connection works too") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host((const char *[]){"--smtps", NULL});
	use_server(&c, h, "tls");
	mail_set_files((Str){0}, str_format(t_arena, "%s/ca.pem", h->folder));
	write_to(&c, "jana@example.org", "bezpečně");
	EQ_INT(round_at(&c, 1000).sent, 1);
	mail_set_files((Str){0}, (Str){0});
}

static void expect_problem(Ctx *c, const char *what) {
	MailRound m = round_at(c, 1000);
	EXPECT(m.out_of_order);
	EQ_INT(m.sent, 0);
	Str problem = mail_text_of(c, "SELECT problem FROM mail_state");
	if (!str_has(problem, str_c(what)))
		test_fail(__FILE__, __LINE__, "the problem is: %.*s", STR_ARG(problem));
	EQ_TEXT(state_of(c, "jana@example.org"), "queued");
	EQ_INT(mail_number_of(c, "SELECT attempts FROM mail_letter"), 0);
}

TEST("mail sending: a certificate that nobody vouches for stops all mail, says why, and costs no letter an attempt") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host((const char *[]){"--starttls", NULL});
	use_server(&c, h, "starttls");
	write_to(&c, "jana@example.org", "nedůvěra");
	expect_problem(&c, "Certifikátu poštovního serveru localhost nelze věřit");
	EQ_INT(smtp_letters(h), 0);
	mail_set_files((Str){0}, str_format(t_arena, "%s/ca.pem", h->folder));
	EQ_INT(round_at(&c, 30 * 1000).sent, 0);
	EQ_INT(round_at(&c, 2 * MINUTE).sent, 1);
	EQ_TEXT(mail_text_of(&c, "SELECT problem FROM mail_state"), "");
	mail_set_files((Str){0}, (Str){0});
}

TEST("mail sending: a wrong password is told in words that the administrator can use, and the password is not in them") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host((const char *[]){"--starttls", "--auth", "sit:správné", NULL});
	use_server(&c, h, "starttls");
	set(&c, "mail.user", "sit");
	mail_set_files(secret_file(h, "jiné-než-správné"), str_format(t_arena, "%s/ca.pem", h->folder));
	write_to(&c, "jana@example.org", "heslo");
	expect_problem(&c, "nepřijal přihlašovací jméno nebo heslo");
	EXPECT(!str_has(mail_text_of(&c, "SELECT problem FROM mail_state"), S("jiné-než")));
	mail_set_files((Str){0}, (Str){0});
}

TEST("mail sending: a password that others may read is not used") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host((const char *[]){"--starttls", "--auth", "sit:x", NULL});
	use_server(&c, h, "starttls");
	set(&c, "mail.user", "sit");
	Str file = secret_file(h, "x");
	CHECK(chmod(str_z(t_arena, file), 0644) == 0);
	mail_set_files(file, str_format(t_arena, "%s/ca.pem", h->folder));
	write_to(&c, "jana@example.org", "heslo");
	expect_problem(&c, "chmod 600");
	mail_set_files((Str){0}, (Str){0});
}

TEST("mail sending: a server without STARTTLS gets neither letter nor password when STARTTLS is wanted") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	use_server(&c, h, "starttls");
	write_to(&c, "jana@example.org", "nezabezpečeně");
	expect_problem(&c, "nenabízí zabezpečení STARTTLS");
	EQ_INT(smtp_letters(h), 0);
}

TEST("mail sending: without a server, without a sender or in the clear to another machine letters wait") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	SmtpServer s;
	Str        from, name, why;
	bool       ready;
	write_to(&c, "jana@example.org", "čekání");
	EQ_INT(round_at(&c, 1000).sent, 0);
	MUST(mail_server(&c, &s, &from, &name, &ready, &why));
	EXPECT(!ready && str_has(why, S("není nastaven")));
	use_server(&c, h, "none");
	set(&c, "mail.host", "posta.example.org");
	MUST(mail_server(&c, &s, &from, &name, &ready, &why));
	EXPECT(!ready && str_has(why, S("Bez zabezpečení")));
	set(&c, "mail.host", "127.0.0.1/x@jinam");
	MUST(mail_server(&c, &s, &from, &name, &ready, &why));
	EXPECT(!ready && str_has(why, S("není platné")));
	set(&c, "mail.host", "127.0.0.1");
	set(&c, "mail.from", "");
	MUST(mail_server(&c, &s, &from, &name, &ready, &why));
	EXPECT(!ready && str_has(why, S("Chybí adresa odesílatele")));
	EQ_TEXT(state_of(&c, "jana@example.org"), "queued");
}

TEST("mail sending: the text of a letter with a one-time link goes when it was sent, other texts stay") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	MailHole  holes[] = {{"jmeno", S("X")}, {"odkaz", S("https://sit.example.org/pozvanka/tajny-token")}};
	use_server(&c, h, "none");
	MUST(mail_add(&c, "test.invitation", 0, S("jana@example.org"), holes, 2));
	write_to(&c, "petr@example.org", "zůstane");
	EQ_INT(round_at(&c, 1000).sent, 2);
	EXPECT(str_has(smtp_letter(h, 1, "text"), S("tajny-token")));
	EQ_TEXT(mail_text_of(&c, "SELECT body FROM mail_letter WHERE kind = 'test.invitation'"), "");
	EXPECT(str_has(mail_text_of(&c, "SELECT body FROM mail_letter WHERE kind = 'test.news'"), S("zůstane")));
}

/* ---- a program that dies, and two that work at once ---- */

static pid_t sender_of(const char *where, Instant now) {
	pid_t child = fork();
	if (child == 0) {
		Arena     a = {0};
		Db       *db;
		Str       why;
		MailRound m;
		bool      fine = db_open(&a, where, (DbOptions){0}, &db, &why) == OK && mail_send_due(db, now, 50, &m) == OK;
		_exit(fine ? m.sent : 99);
	}
	return child;
}

/* A file that tells the forked senders where the store is: the app's own connection must not be used after fork. */
static const char *where_is(Ctx *c, App *app) {
	ctx_end(c);
	return str_z(t_arena, app->o.db);
}

TEST("mail sending: killed while the server thinks about the text, the letter is not lost; it waits five minutes and goes again") {
	App      *app;
	Ctx       c = given_mail_app(&app);
	SmtpHost *h = smtp_host(NULL);
	use_server(&c, h, "none");
	write_to(&c, "ceka.a@example.org", "jednou");
	pid_t child = sender_of(where_is(&c, app), c.now);
	for (int i = 0; i < 500 && smtp_letters(h) == 0; i++)
		usleep(10 * 1000);
	EQ_INT(smtp_letters(h), 1);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	fclose(fopen(str_z(t_arena, str_format(t_arena, "%s/pust", h->folder)), "w"));
	EQ_TEXT(state_of(&c, "ceka.a@example.org"), "sending");
	EQ_INT(round_at(&c, 4 * MINUTE).sent, 0);
	EQ_INT(round_at(&c, 6 * MINUTE).sent, 1);
	EQ_TEXT(state_of(&c, "ceka.a@example.org"), "sent");
	EQ_STR(smtp_letter(h, 1, "Message-ID"), smtp_letter(h, 2, "Message-ID"));
}

TEST("mail sending: several processes that send from one store send each letter once") {
	enum { LETTERS = 40, SENDERS = 4 };
	App      *app;
	Ctx       c = given_mail_app(&app);
	SmtpHost *h = smtp_host(NULL);
	use_server(&c, h, "none");
	for (int i = 0; i < LETTERS; i++)
		write_to(&c, str_z(t_arena, str_format(t_arena, "a%d@example.org", i)), "jednou");
	pid_t children[SENDERS];
	for (int i = 0; i < SENDERS; i++)
		children[i] = sender_of(where_is(&c, app), c.now);
	int sent = 0;
	for (int i = 0; i < SENDERS; i++) {
		int status;
		waitpid(children[i], &status, 0);
		EXPECT(WIFEXITED(status) && WEXITSTATUS(status) != 99);
		sent += WEXITSTATUS(status);
	}
	EQ_INT(sent, LETTERS);
	EQ_INT(smtp_letters(h), LETTERS);
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_letter WHERE state = 'sent'"), LETTERS);
}

TEST("mail sending: the thread that sends finds what was written, and ends when it is told") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	use_server(&c, h, "none");
	c.now = instant_now();
	write_to(&c, "jana@example.org", "pošta");
	ctx_end(&c);
	mail_start(c.db);
	for (int i = 0; i < 1000 && mail_number_of(&c, "SELECT COUNT(*) FROM mail_letter WHERE state = 'sent'") == 0; i++) {
		ctx_end(&c);
		usleep(10000);
	}
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_letter WHERE state = 'sent'"), 1);
	ctx_end(&c);
	Instant told = instant_now();
	mail_stop();
	mail_stop();                                 /* nothing runs: nothing to do */
	EXPECT(instant_now().ms - told.ms < 5000);
}
