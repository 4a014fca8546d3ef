/* mail_return.c: letters that came back, told by reports as mail servers write them (tests/data/mail). */
#include "core/mail_return.h"

#include <stdio.h>
#include "core/mail_send.h"
#include "core/settings.h"
#include "tests/domain/mail_given.h"
#include "tests/support/smtp.h"

/* A letter that a real server took. */
static Str sent_letter(Ctx *c, const SmtpHost *h, const char *address) {
	char      port[16];
	MailRound m;
	MailHole  holes[] = {{"co", S("novinka")}};
	snprintf(port, sizeof port, "%d", h->port);
	const char *const settings[][2] = {{"mail.host", "localhost"}, {"mail.port", port}, {"mail.tls", "none"}, {"mail.from", "sit@kraj.example.org"},
	                                   {"mail.return_to", "vracene@kraj.example.org"}};
	for (size_t i = 0; i < LEN(settings); i++)
		MUST(setting_set(c, str_c(settings[i][0]), str_c(settings[i][1])));
	mail_set_files((Str){0}, (Str){0});
	MUST(mail_add(c, "test.news", 0, str_c(address), holes, 1));
	ctx_end(c);
	MUST(mail_send_due(c->db, c->now, 50, &m));
	EQ_INT(m.sent, 1);
	i64 id = mail_number_of(c, str_z(t_arena, str_format(t_arena, "SELECT id FROM mail_letter WHERE address = '%s'", address)));
	return str_format(t_arena, "%lld.%lld@localhost", (long long)id, (long long)c->now.ms);
}

static Str read_report(const char *file) {
	Str   name = str_format(t_arena, "tests/data/mail/%s", file);
	FILE *f = fopen(str_z(t_arena, name), "rb");
	EXPECT(f != NULL);
	char  *p = arena_alloc(t_arena, 10000);
	size_t n = fread(p, 1, 10000, f);
	fclose(f);
	EXPECT(n > 100 && n < 10000);
	return str_of(p, n);
}

static MailReturn comes_back(Ctx *c, const char *file, Str identifier) {
	MailReturn end;
	ctx_end(c);
	MUST(mail_returned(c, str_replace(t_arena, read_report(file), S("@LETTER@"), identifier), &end));
	ctx_end(c);
	return end;
}

static Str fate_of(Ctx *c, const char *address, const char *column) {
	ctx_end(c);
	return mail_text_of(c, str_z(t_arena, str_format(t_arena, "SELECT %s FROM mail_letter WHERE address = '%s'", column, address)));
}

static i64 struck_off(Ctx *c) {
	ctx_end(c);
	return mail_number_of(c, "SELECT COUNT(*) FROM mail_bounce");
}

TEST("mail return: a letter that a server took and another sent back is one that failed, and an address that does not exist is struck off") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	Str       id = sent_letter(&c, h, "nikdo@obec.example.org");
	EQ_TEXT(fate_of(&c, "nikdo@obec.example.org", "state"), "sent");
	EQ_INT(comes_back(&c, "postfix.eml", id), MAIL_RETURN_TAKEN);
	EQ_TEXT(fate_of(&c, "nikdo@obec.example.org", "state"), "failed");
	EQ_TEXT(fate_of(&c, "nikdo@obec.example.org", "answer"),
	        "Vráceno (5.1.1): 550 5.1.1 <nikdo@obec.example.org>: Recipient address rejected: User unknown in local recipient table");
	EQ_INT(struck_off(&c), 1);
	EQ_INT(comes_back(&c, "postfix.eml", id), MAIL_RETURN_KNOWN);
	EQ_INT(struck_off(&c), 1);
}

TEST("mail return: a full mailbox makes the letter fail and leaves the address; the reference may stand in another header, folded, with CRLF") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	Str       id = sent_letter(&c, h, "plna@obec.example.org");
	EQ_INT(comes_back(&c, "exchange.eml", id), MAIL_RETURN_TAKEN);
	EQ_TEXT(fate_of(&c, "plna@obec.example.org", "state"), "failed");
	EQ_INT(struck_off(&c), 0);
}

TEST("mail return: a delay, an automatic answer and a forged report change nothing") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	Str       id = sent_letter(&c, h, "jana@obec.example.org");
	EQ_INT(comes_back(&c, "delayed.eml", id), MAIL_RETURN_LATER);
	EQ_INT(comes_back(&c, "auto-reply.eml", id), MAIL_RETURN_NOT_OURS);
	static const char *const forged[] = {"1.1@localhost", "999999.1763802000000@localhost", "-1.5@x", "x.y@z", "", "1763802000000@localhost"};
	for (size_t i = 0; i < LEN(forged); i++)
		EQ_INT(comes_back(&c, "postfix.eml", str_c(forged[i])), MAIL_RETURN_NOT_OURS);
	Str number = id, rest = id;
	number = str_cut(&rest, '.');
	EQ_INT(comes_back(&c, "postfix.eml", str_format(t_arena, "%.*s.%lld@localhost", STR_ARG(number), (long long)c.now.ms + 1)), MAIL_RETURN_NOT_OURS);
	EQ_TEXT(fate_of(&c, "jana@obec.example.org", "state"), "sent");
	EQ_INT(struck_off(&c), 0);
}

TEST("mail return: the envelope bears the address for letters that come back, the letter that of the sender") {
	Ctx       c = given_mail();
	SmtpHost *h = smtp_host(NULL);
	(void)sent_letter(&c, h, "jana@obec.example.org");
	EXPECT(str_has(smtp_talk(h), S(" from vracene@kraj.example.org")));
	EXPECT(str_has(smtp_letter(h, 1, "From"), S("sit@kraj.example.org")));
}
