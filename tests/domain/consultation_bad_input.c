/* Bad input by the form that people use: it becomes clean text, is shown as text, or is refused with a sentence at its field; nothing typed is lost. */
#include "tests/domain/consultation.h"
#include "tests/domain/exchange.h"
#include "tests/support/web.h"

#define RTL   "\xE2\x80\xAE"                     /* right-to-left override */
#define ZERO  "\xE2\x80\x8B"                     /* zero-width space */

static Str escaped(Str s) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < s.len; i++)
		buf_format(&b, "%%%02X", (unsigned char)s.ptr[i]);
	return buf_take(&b, t_arena);
}

static const char *period_address(Period *p, const char *rest) { return str_z(t_arena, str_format(t_arena, "/pripominky/%lld%s", (long long)p->id, rest)); }

/* Sent by a visitor at a moment; the author follows the letter. */
static Answer sent_at(Period *p, Instant at, const char *text, const char *name, const char *organisation) {
	Browser b = {.app = p->lib.app};
	ctx_end(&p->c);
	p->c = ctx_make(t_arena, p->lib.app->db, p->planner, at);
	web_clock(at);
	return web_post(&b, period_address(p, "/napsat"), str_z(t_arena, str_format(t_arena, "anchor=&text=%.*s&author_name=%.*s&organisation=%.*s&author_kind=%s&email=jana@example.org",
		STR_ARG(escaped(str_c(text))), STR_ARG(escaped(str_c(name))), STR_ARG(escaped(str_c(organisation))), *organisation ? "organisation" : "citizen")));
}

static Answer sent(Period *p, const char *text, const char *name, const char *organisation) {
	return sent_at(p, prague_instant(D(2023, 11, 3), 12 * 3600), text, name, organisation);
}

/* What was sent last, as it is stored. */
static Comment *newest(Period *p) {
	static const Sql last = {.name = "test_newest_comment", .text = "SELECT MAX(id) FROM comment WHERE id > $1"};
	i64 id;
	MUST(db_get_int(ctx_conn(&p->c), &last, P(V((i64)0)), 0, &id));
	return stored_comment(p, id);
}

/* "x" so many times. */
static const char *many(const char *x, int times) {
	CLEANUP(buf_free) Buf b = {0};
	for (int i = 0; i < times; i++)
		buf_str(&b, str_c(x));
	return str_z(t_arena, buf_view(&b));
}

TEST("bad input: text pasted from Word with its markup is kept as clean words") {
	Period p = period_given();
	EQ_INT(sent(&p, "<p class=MsoNormal>Kraj&nbsp;má <b>přidat</b><o:p></o:p></p>\r\n<p class=MsoListParagraph>dvě lůžka</p>", "", "").status, 303);
	EQ_TEXT(newest(&p)->text, "Kraj má přidat\n\n- dvě lůžka");
	EQ_INT(sent(&p, "První řádek  \r\n\r\n\r\n\r\nDruhý\třádek\xC2\xA0konec", "", "").status, 303);
	EXPECT(str_starts(newest(&p)->text, S("První řádek\n")) && str_ends(newest(&p)->text, S("Druhý řádek konec")) && !str_has(newest(&p)->text, S("\\")));
	ctx_end(&p.c);
}

TEST("bad input: characters that nobody sees and switches of direction are not kept, in texts, names and addresses") {
	Period p = period_given();
	EQ_INT(sent(&p, "Přidejte " RTL "lůžka" ZERO " do Frýdlantu.", "Jana " RTL "Ukázková" ZERO, "Charita" ZERO " " RTL "Ukázka").status, 303);
	EQ_TEXT(newest(&p)->text, "Přidejte lůžka do Frýdlantu.");
	EQ_TEXT(newest(&p)->author_name, "Jana Ukázková");
	EQ_TEXT(newest(&p)->organisation, "Charita Ukázka");
	EQ_INT(sent(&p, many(ZERO, 40), "", "").status, 422);
	ctx_end(&p.c);
}

TEST("bad input: names of 5 000 characters and texts of 20 001 are refused at their fields, and everything typed is still in the form") {
	Period p = period_given();
	Answer a = sent(&p, "Přidejte lůžka do Frýdlantu.", many("ž", 5000), many("ř", 5000));
	EQ_INT(a.status, 422);
	EXPECT(str_has(a.body, S("Název má nejvýše 200 znaků")) && str_has(a.body, S("Přidejte lůžka do Frýdlantu.")) && str_has(a.body, str_c(many("ž", 5000))));
	a = sent(&p, "Přidejte lůžka do Frýdlantu.", many("ž", 5000), "");
	EXPECT(a.status == 422 && str_has(a.body, S("Jméno má nejvýše 120 znaků")));
	a = sent(&p, many("ř", 20001), "", "");
	EXPECT(a.status == 422 && str_has(a.body, S("delší než 20 000 znaků")) && str_has(a.body, str_c(many("ř", 20001))));
	EQ_INT(sent(&p, many("ř", 20000), "", "").status, 303);
	ctx_end(&p.c);
}

TEST("bad input: a form with a field that it does not have is refused, whatever it would set") {
	Period  p = period_given();
	Browser b = {.app = p.lib.app};
	ctx_end(&p.c);
	web_clock(prague_instant(D(2023, 11, 3), 12 * 3600));
	EQ_INT(web_post(&b, period_address(&p, "/napsat"), "anchor=&text=Dost+dlouha+pripominka&author_kind=citizen&email=jana@example.org&state=decided").status, 400);
}

TEST("bad input: the second before the end counts, the second of the end is late, and where late ones are not taken what was typed comes back") {
	Period        p = period_given();
	Consultation *n;
	EQ_INT(sent_at(&p, prague_instant(D(2023, 11, 14), 24 * 3600 - 1), "Přidejte lůžka do Frýdlantu.", "", "").status, 303);
	EXPECT(!newest(&p)->late);
	EQ_INT(sent_at(&p, prague_instant(D(2023, 11, 15), 0), "Přidejte lůžka do Tanvaldu.", "", "").status, 303);
	EXPECT(newest(&p)->late);
	ctx_end(&p.c);
	p.c = ctx_make(t_arena, p.lib.app->db, p.planner, prague_instant(D(2023, 11, 3), 0));
	MUST(consultation_get(&p.c, p.id, &n));
	n->accept_late = false;
	MUST(consultation_change(&p.c, n));
	Answer a = sent_at(&p, prague_instant(D(2023, 11, 15), 0), "Přidejte lůžka do Semil.", "", "");
	EQ_INT(a.status, 409);
	EXPECT(str_has(a.body, S("do konce dne 14.")) && !str_has(a.body, S("zapíšeme jako opožděnou")) && str_has(a.body, S("Přidejte lůžka do Semil.")));
	ctx_end(&p.c);
}

/* Answered and published. */
static void publish(Period *p, Id comment) {
	settle_it(p, comment, "formal", "explained");
	tick_at(p, D(2023, 11, 15), 0);
	MUST(workflow_do(at_moment(p, p->planner, D(2023, 11, 20), 9, 0, 0), &consultation_machine, p->id, "submit_settlement", NULL));
	MUST(workflow_do(at_moment(p, p->head, D(2023, 11, 20), 11, 0, 0), &consultation_machine, p->id, "publish", NULL));
	ctx_end(&p->c);
	web_clock(prague_instant(D(2023, 11, 21), 36000));
}

TEST("bad input: scripts are text on the page, formulas are text in a spreadsheet") {
	Period   p = period_given();
	Browser  b = {.app = p.lib.app};
	Comment *k = record_one(&p, "=HYPERLINK(\"http://example.org\";\"klik\") <script>alert(1)</script>", "");
	publish(&p, k->head.id);
	Answer page = web_get(&b, period_address(&p, "/vyporadani")), csv = web_get(&b, period_address(&p, "/vyporadani.csv")), xlsx = web_get(&b, period_address(&p, "/vyporadani.xlsx"));
	EXPECT(str_has(page.body, S("&lt;script&gt;alert(1)")) && !str_has(page.body, S("<script>alert(1)")));
	EXPECT(str_has(csv.body, S("'=HYPERLINK(")));
	Str sheet = xlsx_part(xlsx.body, "xl/worksheets/sheet1.xml");
	EXPECT(str_has(sheet, S("=HYPERLINK(")) && !str_has(sheet, S("<f>")) && !str_has(sheet, S("<script>")));
}
