/* Reports of errors: who may send how many, and what becomes of the sender's e-mail. */
#include "core/trail.h"
#include "domain/register/error_report.h"
#include "tests/domain/catalogue_given.h"

static Id given_service(Ctx *c, TrueCatalogue *t) {
	*c = given_catalogue(0, t);
	TrueService s = {.name = S("Domov Jilm"), .identifier = S("1234567"), .provider = S("Jilm"), .ico = S("27000011"), .kind = S("49")};
	put_true_service(c, &s);
	return s.id;
}

#define REFUSED_FIELD(call, code, name) \
	do { \
		EQ_INT(call, code); \
		EQ_STR(str_c(c.problems.at[c.problems.len - 1].field ? c.problems.at[c.problems.len - 1].field : ""), S(name)); \
		c.problems.len = 0; \
	} while (0)

TEST("error report: a sentence is enough; nothing to say and half an e-mail are refused at their fields") {
	TrueCatalogue t;
	Ctx           c;
	Id            service = given_service(&c, &t);
	REFUSED_FIELD(error_report_add(&c, service, S("  "), S(""), S("10.0.0.1")), ERR_INVALID, "text");
	REFUSED_FIELD(error_report_add(&c, service, S("Telefon nefunguje."), S("jana@"), S("10.0.0.1")), ERR_INVALID, "email");
	MUST(error_report_add(&c, service, S("Telefon nefunguje."), S(""), S("10.0.0.1")));
	ErrorReports list;
	MUST(error_report_list(&c, false, &list));
	EQ_INT(list.len, 1);
	EQ_TEXT(list.at[0]->text, "Telefon nefunguje.");
	EQ_INT(list.at[0]->service, service);
}

TEST("error report: the sixth one of an hour from one network waits; another network and the next hour do not") {
	TrueCatalogue t;
	Ctx           c;
	Id            service = given_service(&c, &t);
	for (int i = 0; i < 5; i++)
		MUST(error_report_add(&c, service, S("Telefon nefunguje."), S(""), S("10.0.0.1")));
	EQ_INT(error_report_add(&c, service, S("Telefon nefunguje."), S(""), S("10.0.0.77")), ERR_RATE);
	MUST(error_report_add(&c, service, S("Telefon nefunguje."), S(""), S("10.0.1.1")));
	c.now.ms += 3600 * 1000;
	MUST(error_report_add(&c, service, S("Telefon nefunguje."), S(""), S("10.0.0.1")));
}

static bool trail_holds(Ctx *c, Id id, Str text) {
	TrailRecords all;
	MUST(trail_of(c, "error_report", id, 0, 50, &all));
	for (size_t i = 0; i < all.len; i++)
		for (size_t k = 0; k < all.at[i].change_count; k++)
			if (str_eq(all.at[i].changes[k].before, text) || str_eq(all.at[i].changes[k].after, text))
				return true;
	return false;
}

TEST("error report: when it is dealt with, the sender's e-mail is gone, from the trail too, and the chain still holds") {
	TrueCatalogue t;
	Ctx           c;
	ErrorReports  list;
	TrailVerdict  verdict;
	Id            service = given_service(&c, &t);
	Str           email = S("jana@example.org");
	MUST(error_report_add(&c, service, S("Služba se přestěhovala."), email, S("10.0.0.1")));
	MUST(error_report_list(&c, false, &list));
	const ErrorReport *r = list.at[0];
	EQ_STR(r->email, email);
	EXPECT(trail_holds(&c, r->head.id, email));
	MUST(error_report_do(&c, r->head.id, "take", NULL));
	EXPECT(trail_holds(&c, r->head.id, email));
	MUST(error_report_do(&c, r->head.id, "answer", &(WorkInput){.reason = S("Adresu jsme opravili.")}));
	EXPECT(!trail_holds(&c, r->head.id, email));
	MUST(error_report_list(&c, false, &list));
	EQ_INT(list.len, 0);
	MUST(error_report_list(&c, true, &list));
	EQ_INT(list.len, 1);
	EQ_TEXT(list.at[0]->email, "");
	EXPECT(list.at[0]->done_at.ms != 0);
	MUST(trail_verify(&c, &verdict));
	EQ_INT(verdict.broken_seq, 0);
	EQ_INT(error_report_do(&c, r->head.id, "answer", NULL), ERR_CONFLICT);
	i64  sent = 0;
	Rows rows = db_query(ctx_conn(&c), &(Sql){"test_sent", "SELECT COUNT(*) FROM mail_letter", NULL}, DB_NONE);
	if (rows_next(&rows))
		sent = col_int(&rows, 0);
	MUST(rows_end(&rows));
	EQ_INT(sent, 1);
}

TEST("error report: nobody without the right reads what people wrote") {
	TrueCatalogue t;
	Ctx           c;
	ErrorReports  list;
	Id            service = given_service(&c, &t);
	MUST(error_report_add(&c, service, S("Telefon nefunguje."), S(""), S("10.0.0.1")));
	c.actor = &actor_public;
	EQ_INT(error_report_list(&c, false, &list), ERR_AUTH);
		ErrorReports all;
	c.actor = &actor_program;
	MUST(error_report_list(&c, false, &all));
	c.actor = &actor_public;
	EQ_INT(error_report_do(&c, all.at[0]->head.id, "answer", NULL), ERR_AUTH);
}

TEST("error report: a refusal wants a reason, an answered one can come back to be solved, and after its days it closes by itself") {
	TrueCatalogue t;
	Ctx           c;
	ErrorReports  list;
	i64           moved;
	Id            service = given_service(&c, &t);
	MUST(error_report_add(&c, service, S("Telefon nefunguje."), S(""), S("10.0.0.1")));
	MUST(error_report_list(&c, false, &list));
	Id id = list.at[0]->head.id;
	EQ_INT(error_report_do(&c, id, "refuse", NULL), ERR_INVALID);
	EQ_INT(error_report_do(&c, id, "reopen", NULL), ERR_CONFLICT);
	MUST(error_report_do(&c, id, "refuse", &(WorkInput){.reason = S("Telefon funguje, ověřeno.")}));
	MUST(error_report_do(&c, id, "reopen", NULL));
	MUST(error_report_list(&c, false, &list));
	EQ_INT(list.len, 1);
	EQ_TEXT(list.at[0]->done_by, "");
	MUST(error_report_do(&c, id, "answer", NULL));
	MUST(workflow_tick(&c, &moved));
	EQ_INT(moved, 0);
	c.now.ms += (i64)40 * 24 * 3600 * 1000;
	c.today = prague_day(c.now);
	MUST(workflow_tick(&c, &moved));
	EQ_INT(moved, 1);
	EQ_INT(error_report_do(&c, id, "reopen", NULL), ERR_CONFLICT);
}
