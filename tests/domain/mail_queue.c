/* mail.c, mail_kinds.c, notice.c: what comes into the outbox, and what does not. */
#include "core/mail_inside.h"
#include "tests/domain/mail_given.h"

#define COUNT "SELECT COUNT(*) FROM mail_letter"

static bool setup(MailKind kind, Str *why) {
	static const Topic topics[] = {{"t", "T", "", MAIL_DIGEST}};
	static MailKind    kept;
	kept = kind;
	const MailKind *kinds[] = {&kept};
	const Topic    *all[] = {topics};
	return mail_setup(t_arena, kinds, &(size_t){1}, all, &(size_t){1}, 1, why);
}

TEST("mail: a kind whose text has a hole that it does not name keeps the program from starting") {
	Str why = {0};
	EXPECT(setup((MailKind){"a.b", "A", "B", "t", "jmeno", "Pro {jmeno}", "{jmeno} {kraj} {odbor} {adresa} {neni hole} {} {"}, &why));
	EXPECT(!setup((MailKind){"a.b", "A", "B", NULL, "jmeno", "Pro {jmeno}", "{odkaz}"}, &why));
	EXPECT(str_has(why, S("{odkaz}")));
	EXPECT(!setup((MailKind){"a.b", "A", "B", NULL, "jmeno", "Pro {prijmeni}", "{jmeno}"}, &why));
	EXPECT(!setup((MailKind){"a.b", "A", "B", "nic", "jmeno", "x", "y"}, &why));
	EXPECT(str_has(why, S("unknown topic")));
}

TEST("mail: a letter is a row with its text filled in, an unknown kind or hole is refused, and so is a hole left out") {
	Ctx c = given_mail();
	MailHole holes[] = {{"jmeno", S("Jana {odkaz}\r\nBcc: x@y.cz")}, {"odkaz", S("https://sit.example.org/pozvanka/abc")}};
	MUST(mail_add(&c, "test.invitation", 0, S("Jana@Example.org"), holes, 2));
	EQ_STR(mail_text_of(&c, "SELECT address FROM mail_letter"), S("jana@example.org"));
	EQ_STR(mail_text_of(&c, "SELECT subject FROM mail_letter"), S("Pozvánka pro Jana {odkaz} Bcc: x@y.cz"));
	EXPECT(str_has(mail_text_of(&c, "SELECT body FROM mail_letter"), S("odkaz: https://sit.example.org/pozvanka/abc\nUkázkový kraj")));
	EQ_INT(mail_add(&c, "test.unknown", 0, S("a@b.cz"), holes, 2), ERR_INTERNAL);
	EQ_INT(mail_add(&c, "test.news", 0, S("a@b.cz"), holes, 2), ERR_INTERNAL);
	EQ_INT(mail_add(&c, "test.invitation", 0, S("a@b.cz"), holes, 1), ERR_INTERNAL);
	EQ_INT(mail_add(&c, "test.invitation", 0, S("a@b.cz\nBcc: x@y.cz"), holes, 2), ERR_INVALID);
	EQ_INT(mail_number_of(&c, COUNT), 1);
}

TEST("mail: a letter belongs to the transaction of what it tells about") {
	Ctx c = given_mail();
	MailHole holes[] = {{"co", S("nic")}};
	{
		CLEANUP(tx_end) Tx tx = {0};
		MUST(tx_begin(&c, &tx));
		MUST(mail_add(&c, "test.news", 0, S("a@b.cz"), holes, 1));
	}
	EQ_INT(mail_number_of(&c, COUNT), 0);
}

TEST("notice: it stands in the application at once; by mail it goes as the topic says, and the role's holders get it once each") {
	Ctx c = given_mail();
	Id  jana = given_person(&c, "jana@example.org", "Jana Nová", "NET"), petr = given_person(&c, "petr@example.org", "Petr Malý", "ANA");
	Notice n = {.topic = "test.news", .title = S("Služba se změnila"), .text = S("Podívejte se."), .link = S("/app/sluzby/1"), .object = "service", .object_id = 1};
	MUST(notice_add(&c, petr, n));
	EQ_STR(mail_text_of(&c, "SELECT subject FROM mail_letter WHERE address = 'petr@example.org'"), S("Služba se změnila"));
	EXPECT(str_has(mail_text_of(&c, "SELECT body FROM mail_letter"), S("https://sit.example.org/app/sluzby/1")));
	EXPECT(str_has(mail_text_of(&c, "SELECT body FROM mail_letter"), S("https://sit.example.org/odhlaseni-posty/")));
	n.topic = "test.daily";
	MUST(notice_add_role(&c, "NET", SCOPE_NONE, 0, n));
	MUST(notice_add_role(&c, "NET", SCOPE_REGION, 0, n));
	MUST(notice_add_role(&c, "NET", SCOPE_DISTRICT, 0, n));
	MUST(notice_add_role(&c, "PAY", SCOPE_NONE, 0, n));
	EQ_INT(mail_number_of(&c, str_z(t_arena, str_format(t_arena, "SELECT COUNT(*) FROM notice WHERE account = %lld AND mail = 'digest'", (long long)jana))), 2);
	n.topic = "test.quiet";
	MUST(notice_add(&c, jana, n));
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM notice WHERE mail = 'none'"), 1);
	n.topic = "test.nothing";
	EQ_INT(notice_add(&c, jana, n), ERR_INTERNAL);
	EQ_INT(mail_number_of(&c, COUNT), 1);
}
