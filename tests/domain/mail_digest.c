/* mail_digest.c, notice_read.c: letters of the day, wishes, the way out of a letter. */
#include "core/mail_send.h"

#include "core/settings.h"
#include "core/trail.h"
#include "domain/people/people.h"
#include "tests/domain/mail_given.h"

static Actor jana_actor;

static Ctx as(Ctx *c, Id account) {
	ctx_end(c);
	jana_actor = (Actor){.account = account, .name = S("Jana Nová")};
	return ctx_make(t_arena, c->db, &jana_actor, c->now);
}

static void tell(Ctx *c, Id account, const char *topic, const char *title) {
	MUST(notice_add(c, account, (Notice){.topic = topic, .title = str_c(title), .link = S("/app/zpravy/1"), .object = "thread", .object_id = 1}));
}

static int digest_at(Ctx *c, Date day, int hour, int minute) {
	int made;
	c->now = prague_instant(day, hour * 3600 + minute * 60);
	c->today = day;
	ctx_end(c);
	MUST(mail_digest(c, &made));
	return made;
}

static Str last_digest(Ctx *c) {
	ctx_end(c);
	return mail_text_of(c, "SELECT body FROM mail_letter WHERE kind = 'core.digest' ORDER BY id DESC LIMIT 1");
}

TEST("mail digest: once a day after the hour everything that waits goes in one letter, and nothing of it a second time") {
	Ctx c = given_mail();
	Id  jana = given_person(&c, "jana@example.org", "Jana Nová", "NET"), petr = given_person(&c, "petr@example.org", "Petr Malý", "ANA");
	tell(&c, jana, "test.daily", "První věc");
	tell(&c, jana, "test.daily", "Druhá věc");
	tell(&c, petr, "test.daily", "Třetí věc");
	EQ_INT(digest_at(&c, D(2026, 11, 23), 6, 59), 0);
	EQ_INT(digest_at(&c, D(2026, 11, 23), 7, 0), 2);
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_letter"), 2);
	EQ_TEXT(mail_text_of(&c, "SELECT subject FROM mail_letter WHERE address = 'jana@example.org'"), "Síťovka: 2 upozornění");
	Str body = mail_text_of(&c, "SELECT body FROM mail_letter WHERE address = 'jana@example.org'");
	EXPECT(str_has(body, S("– První věc\n  https://sit.example.org/app/zpravy/1\n– Druhá věc\n")) && !str_has(body, S("Třetí")));
	EQ_INT(digest_at(&c, D(2026, 11, 23), 7, 1), 0);
	tell(&c, jana, "test.daily", "Čtvrtá věc");
	EQ_INT(digest_at(&c, D(2026, 11, 23), 23, 59), 0);
	EQ_INT(digest_at(&c, D(2026, 11, 24), 12, 0), 1);
	body = last_digest(&c);
	EXPECT(str_has(body, S("Čtvrtá věc")) && !str_has(body, S("První věc")));
}

TEST("mail digest: on the days when the clock changes there is one letter too, also at an hour that does not exist or comes twice") {
	Ctx c = given_mail();
	Id  jana = given_person(&c, "jana@example.org", "Jana Nová", "NET");
	MUST(setting_set(&c, S("mail.digest_hour"), S("02:30")));
	tell(&c, jana, "test.daily", "Jarní");
	EQ_INT(digest_at(&c, D(2027, 3, 28), 1, 59), 0);
	EQ_INT(digest_at(&c, D(2027, 3, 28), 3, 0), 1);
	c.now = (Instant){prague_instant(D(2027, 10, 31), 0).ms};
	tell(&c, jana, "test.daily", "Podzimní");
	int    made, all = 0;
	Instant midnight = prague_instant(D(2027, 10, 31), 0);
	for (int minutes = 0; minutes < 25 * 60; minutes += 15) {
		c.now = (Instant){midnight.ms + (i64)minutes * 60000};
		c.today = prague_day(c.now);
		ctx_end(&c);
		if (minutes == 160)
			tell(&c, jana, "test.daily", "Mezi hodinami");
		MUST(mail_digest(&c, &made));
		all += made;
	}
	EQ_INT(all, 1);
}

TEST("mail digest: what was read, what is no longer wanted and what belongs to a blocked account is not told") {
	Ctx c = given_mail();
	Id  jana = given_person(&c, "jana@example.org", "Jana Nová", "NET"), petr = given_person(&c, "petr@example.org", "Petr Malý", "ANA");
	tell(&c, jana, "test.daily", "Přečtená");
	tell(&c, petr, "test.daily", "Zablokovaná");
	Ctx j = as(&c, jana);
	NoticeRows rows;
	Str        link;
	MUST(notice_list(&j, true, 0, 10, &rows));
	EQ_INT(rows.len, 1);
	MUST(notice_read(&j, rows.at[0].id, &link));
	EQ_TEXT(link, "/app/zpravy/1");
	ctx_end(&j);
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	static const Sql block = {"test_block", "UPDATE account SET state = 'blocked' WHERE login = 'petr@example.org'", NULL};
	MUST(db_run(c.conn, &block, DB_NONE, NULL));
	MUST(tx_commit(&tx));
	EQ_INT(digest_at(&c, D(2026, 11, 23), 8, 0), 0);
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM notice WHERE mail = 'digest'"), 0);
	tell(&c, jana, "test.daily", "Nechtěná");
	MUST(notice_choice_set(&c, jana, mail_topic_find(S("test.daily")), CHOICE_NONE));
	EQ_INT(digest_at(&c, D(2026, 11, 24), 8, 0), 0);
}

TEST("notice: a person reads, opens and counts their own notices only") {
	Ctx c = given_mail();
	Id  jana = given_person(&c, "jana@example.org", "Jana Nová", "NET"), petr = given_person(&c, "petr@example.org", "Petr Malý", "ANA");
	for (int i = 0; i < 3; i++)
		tell(&c, jana, "test.quiet", "Pro Janu");
	tell(&c, petr, "test.quiet", "Pro Petra");
	Ctx        p = as(&c, petr);
	NoticeRows rows;
	i64        unread;
	Str        link;
	MUST(notice_list(&p, false, 0, 10, &rows));
	EQ_INT(rows.len, 1);
	Id his = rows.at[0].id;
	ctx_end(&p);
	Ctx j = as(&c, jana);
	EQ_INT(notice_read(&j, his, &link), ERR_NOT_FOUND);
	MUST(notice_unread(&j, &unread));
	EQ_INT(unread, 3);
	MUST(notice_list(&j, true, 0, 2, &rows));
	EQ_INT(rows.len, 2);
	MUST(notice_list(&j, true, rows.at[1].id, 2, &rows));
	EQ_INT(rows.len, 1);
	MUST(notice_read_object(&j, "thread", 1));
	MUST(notice_unread(&j, &unread));
	EQ_INT(unread, 0);
	ctx_end(&j);
	p = as(&c, petr);
	MUST(notice_unread(&p, &unread));
	EQ_INT(unread, 1);
}

TEST("notice: a choice takes effect for what comes next, stands in the trail, and none means no letter but still a notice") {
	Ctx c = given_mail();
	Id  jana = given_person(&c, "jana@example.org", "Jana Nová", "NET");
	const Topic *daily = mail_topic_find(S("test.daily")), *news = mail_topic_find(S("test.news"));
	MUST(notice_choice_set(&c, jana, daily, CHOICE_IMMEDIATE));
	MUST(notice_choice_set(&c, jana, news, CHOICE_NONE));
	tell(&c, jana, "test.daily", "Hned");
	tell(&c, jana, "test.news", "Vůbec");
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_letter"), 1);
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM notice"), 2);
	TrailRecords t;
	MUST(trail_of(&c, "notice_choice", jana, INT64_MAX, 10, &t));
	EQ_INT(t.len, 2);
	EQ_TEXT(t.at[0].changes[0].after, "none");
}

static Str token_of(Ctx *c, const char *address) {
	ctx_end(c);
	return mail_text_of(c, str_z(t_arena, str_format(t_arena, "SELECT leave_token FROM mail_letter WHERE address = '%s' ORDER BY id DESC LIMIT 1", address)));
}

TEST("mail leave: looking at the page of a link changes nothing, its form switches the topic off, an invented link is not found") {
	App *app;
	Ctx  c = given_mail_app(&app);
	Id   jana = given_person(&c, "jana@example.org", "Jana Nová", "NET");
	tell(&c, jana, "test.news", "Zpráva");
	Str     token = token_of(&c, "jana@example.org");
	Browser b = {.app = app};
	char   *path = str_z(t_arena, str_format(t_arena, "/odhlaseni-posty/%.*s", STR_ARG(token)));
	ctx_end(&c);
	Answer  a = web_get(&b, path);
	EQ_INT(a.status, 200);
	EXPECT(str_has(a.body, S("jana@example.org")) && str_has(a.body, S("Ano, vypnout")));
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM notice_choice"), 0);
	ctx_end(&c);
	EQ_INT(web_send(&b, "POST", path, "", NULL, false).status, 403);
	EQ_INT(web_post(&b, path, "").status, 200);
	EQ_TEXT(mail_text_of(&c, "SELECT choice FROM notice_choice WHERE topic = 'test.news'"), "none");
	tell(&c, jana, "test.news", "Už ne");
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_letter"), 1);
	ctx_end(&c);
	EQ_INT(web_get(&b, "/odhlaseni-posty/vymyslene").status, 404);
}

TEST("mail leave: a mail program switches the topic off by one click, without a cookie and a form; nothing else passes that way") {
	App *app;
	Ctx  c = given_mail_app(&app);
	Id   jana = given_person(&c, "jana@example.org", "Jana Nová", "NET");
	tell(&c, jana, "test.news", "Zpráva");
	Browser b = {.app = app};
	char   *path = str_z(t_arena, str_format(t_arena, "/odhlaseni-posty/%.*s", STR_ARG(token_of(&c, "jana@example.org"))));
	ctx_end(&c);
	EQ_INT(web_send(&b, "POST", path, "List-Unsubscribe=Two-Clicks", NULL, false).status, 403);
	EQ_INT(web_send(&b, "POST", path, "List-Unsubscribe=One-Click&x=1", NULL, false).status, 403);
	EQ_INT(web_send(&b, "POST", "/odhlaseni-posty/vymyslene", "List-Unsubscribe=One-Click", NULL, false).status, 404);
	EQ_INT(web_send(&b, "POST", "/prihlaseni", "List-Unsubscribe=One-Click", NULL, false).status, 403);
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM notice_choice"), 0);
	ctx_end(&c);
	EQ_INT(web_send(&b, "POST", path, "List-Unsubscribe=One-Click", NULL, false).status, 200);
	EQ_TEXT(mail_text_of(&c, "SELECT choice FROM notice_choice WHERE topic = 'test.news'"), "none");
	ctx_end(&c);
}

TEST("mail leave: an address without an account refuses a topic; the letter of the day is left for all its topics at once") {
	Ctx       c = given_mail();
	MailLeave l;
	MailHole  holes[] = {{"co", S("x")}};
	MUST(mail_add(&c, "test.news", 0, S("obcan@example.org"), holes, 1));
	MUST(mail_leave_find(&c, token_of(&c, "obcan@example.org"), &l));
	MUST(mail_leave(&c, &l));
	MUST(mail_leave(&c, &l));
	MUST(mail_add(&c, "test.news", 0, S("Obcan@example.org"), holes, 1));
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM mail_letter"), 1);
	Id jana = given_person(&c, "jana@example.org", "Jana Nová", "NET");
	tell(&c, jana, "test.daily", "Denní");
	EQ_INT(digest_at(&c, D(2026, 11, 23), 8, 0), 1);
	MUST(mail_leave_find(&c, token_of(&c, "jana@example.org"), &l));
	EXPECT(l.topic == NULL && l.account == jana);
	MUST(mail_leave(&c, &l));
	EQ_TEXT(mail_text_of(&c, "SELECT choice FROM notice_choice WHERE topic = 'test.daily'"), "none");
	EQ_TEXT(mail_text_of(&c, "SELECT choice FROM notice_choice WHERE topic = 'tasks'"), "none");                    /* the program's own daily one */
	EQ_INT(mail_number_of(&c, "SELECT COUNT(*) FROM notice_choice"), 2);
}
