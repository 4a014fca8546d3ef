/* Editable pages: standard texts, drafts, what was published stays, what must stand in a text, reading through. */
#include "core/search.h"
#include "core/trail.h"
#include "domain/library/pages.h"
#include "domain/library/pages_rows.h"
#include "tests/domain/register_edit.h"

typedef struct Pages {
	App         *app;
	Ctx          c;
	const Actor *planner, *writer;           /* PLN publishes; KKS writes drafts only */
} Pages;

static Pages given_pages(void) {
	Pages p = {.app = test_app_empty()};
	p.planner = edit_actor("Plánovačka Nová", "PLN", SCOPE_REGION, 1);
	p.writer = edit_actor("Karel Píšící", "KKS", SCOPE_REGION, 2);
	p.c = ctx_make(t_arena, p.app->db, p.planner, prague_instant(D(2026, 11, 22), 9 * 3600));
	return p;
}

static Id page_of(Ctx *c, const char *address) {
	PageText t;
	MUST(page_text_on(c, str_c(address), c->today, &t));
	return t.page;
}

static i64 publish(Ctx *c, const char *address, const char *body, Date from) {
	PageVersion *v;
	MUST(page_draft(c, page_of(c, address), &v));
	v->body = str_c(body);
	v->holds_from = from;
	MUST(page_publish(c, v));
	return v->no;
}

static Str body_on(Ctx *c, const char *address, Date on) {
	PageText t;
	MUST(page_text_on(c, str_c(address), on, &t));
	return t.body;
}

static Str last_problem(Ctx *c) {
	Str s = c->problems.len ? c->problems.at[c->problems.len - 1].text : (Str){0};
	c->problems = (Problems){0};
	return s;
}

TEST("pages: a new store has a standard text at every obligatory address, and the second seeding adds nothing") {
	Pages       p = given_pages();
	StaticPages all, again;
	MUST(pages_list(&p.c, &all));
	EXPECT(all.len >= 9);
	MUST(pages_seed(&p.c));
	MUST(pages_list(&p.c, &again));
	EQ_INT(all.len, again.len);
	EXPECT(str_has(body_on(&p.c, "/pristupnost", p.c.today), S("částečně v souladu")));
	EXPECT(str_has(body_on(&p.c, "/planovani/pravni-zaklad", p.c.today), S("505/2006")));
	ctx_end(&p.c);
}

TEST("pages: a draft is nobody's business, a published text holds from its day, the earlier one before it") {
	Pages        p = given_pages();
	PageVersion *v;
	Id           id = page_of(&p.c, "/o-webu");
	Str          standard = body_on(&p.c, "/o-webu", p.c.today);
	MUST(page_draft(&p.c, id, &v));
	v->body = S("Nový text");
	MUST(page_draft_save(&p.c, v));
	EQ_STR(body_on(&p.c, "/o-webu", p.c.today), standard);
	v->holds_from = D(2026, 12, 1);
	MUST(page_publish(&p.c, v));
	EQ_STR(body_on(&p.c, "/o-webu", D(2026, 11, 30)), standard);
	EQ_TEXT(body_on(&p.c, "/o-webu", D(2026, 12, 1)), "Nový text");
	publish(&p.c, "/o-webu", "Text na přechodnou dobu", p.c.today);
	EQ_TEXT(body_on(&p.c, "/o-webu", D(2026, 11, 30)), "Text na přechodnou dobu");
	EQ_TEXT(body_on(&p.c, "/o-webu", D(2026, 12, 1)), "Nový text");
	ctx_end(&p.c);
}

TEST("pages: nothing is published back in time, without rights, or twice from one draft") {
	Pages        p = given_pages();
	PageVersion *v, *again;
	Id           id = page_of(&p.c, "/o-webu");
	MUST(page_draft(&p.c, id, &v));
	v->body = S("Nový text");
	v->holds_from = D(2026, 11, 21);
	EQ_INT(page_publish(&p.c, v), ERR_INVALID);
	EXPECT(str_has(last_problem(&p.c), S("nejdříve od dneška")));
	v->holds_from = (Date){0};
	p.c.actor = p.writer;
	EQ_INT(page_publish(&p.c, v), ERR_FORBIDDEN);
	p.c.problems = (Problems){0};
	MUST(page_draft_save(&p.c, v));
	again = entity_copy(t_arena, &page_version_entity, v);
	p.c.actor = p.planner;
	MUST(page_publish(&p.c, v));
	EQ_INT(page_publish(&p.c, again), ERR_CONFLICT);
	ctx_end(&p.c);
}

TEST("pages: the second of two people who save one draft learns of the first") {
	Pages        p = given_pages();
	PageVersion *mine, *theirs;
	Id           id = page_of(&p.c, "/o-webu");
	MUST(page_draft(&p.c, id, &mine));
	mine->body = S("Můj text");
	theirs = entity_copy(t_arena, &page_version_entity, mine);
	MUST(page_draft_save(&p.c, mine));
	EQ_INT(page_draft_save(&p.c, theirs), ERR_CONFLICT);
	p.c.problems = (Problems){0};
	MUST(page_draft(&p.c, id, &theirs));
	theirs->body = S("Náš text");
	MUST(page_draft_save(&p.c, theirs));
	EQ_INT(page_draft_save(&p.c, mine), ERR_CONFLICT);
	ctx_end(&p.c);
}

TEST("pages: an older text comes back as a draft; a draft that is there is not lost") {
	Pages        p = given_pages();
	PageVersion *v;
	PageVersions all;
	Id           id = page_of(&p.c, "/cookies");
	Str          standard = body_on(&p.c, "/cookies", p.c.today);
	publish(&p.c, "/cookies", "Nepovedený text", p.c.today);
	MUST(page_restore(&p.c, id, 1));
	EQ_TEXT(body_on(&p.c, "/cookies", p.c.today), "Nepovedený text");
	EQ_INT(page_restore(&p.c, id, 1), ERR_CONFLICT);
	p.c.problems = (Problems){0};
	MUST(page_draft(&p.c, id, &v));
	MUST(page_publish(&p.c, v));
	EQ_STR(body_on(&p.c, "/cookies", p.c.today), standard);
	MUST(page_versions(&p.c, id, &all));
	EQ_INT(all.len, 3);
	EQ_TEXT(all.at[0].note, "Obnovená verze 1");
	EQ_TEXT(all.at[1].body, "Nepovedený text");
	ctx_end(&p.c);
}

TEST("pages: the statement of accessibility cannot lose an obligatory part, however its heading is written") {
	Pages        p = given_pages();
	PageVersion *v;
	Id           id = page_of(&p.c, "/pristupnost");
	MUST(page_draft(&p.c, id, &v));
	v->body = S("## Stav souladu\n\nV souladu.\n\nVypracování prohlášení\n\n## Zpětná vazba a kontakt\n\n{kontakt}\n");
	EQ_INT(page_publish(&p.c, v), ERR_INVALID);
	EQ_INT(p.c.problems.len, 3);
	EXPECT(str_has(p.c.problems.at[0].text, S("Nepřístupný obsah")));
	EXPECT(str_has(p.c.problems.at[1].text, S("Vypracování prohlášení")));
	p.c.problems = (Problems){0};
	v->body = S("# Stav souladu\n\n## NEPŘÍSTUPNÝ OBSAH\n\n## Vypracování prohlášení\n\n### Zpětná vazba *a* kontakt\n\n## Postup pro prosazování práva\n");
	MUST(page_publish(&p.c, v));
	ctx_end(&p.c);
}

TEST("pages: the statement is to be read again a year after somebody read it, and doctor says so") {
	Pages       p = given_pages();
	StaticPage *s;
	Date        due;
	bool        fine;
	Str         detail;
	WaitingList list = {0};
	Id          id = page_of(&p.c, "/pristupnost");
	MUST(page_get(&p.c, id, &s));
	MUST(pages_check_statement(&p.c, &fine, &detail));
	EXPECT(!fine);
	MUST(pages_waiting(&p.c, &list));
	EQ_INT(list.len, 1);
	MUST(page_review(&p.c, id, S("Beze změny")));
	MUST(page_review_due(&p.c, s, &due));
	EQ_INT(due.n, D(2027, 11, 22).n);
	MUST(pages_check_statement(&p.c, &fine, &detail));
	EXPECT(fine);
	ctx_end(&p.c);
	p.c = ctx_make(t_arena, p.app->db, p.planner, prague_instant(D(2027, 11, 22), 9 * 3600));
	MUST(pages_check_statement(&p.c, &fine, &detail));
	EXPECT(!fine);
	p.c.actor = p.writer;
	EQ_INT(page_review(&p.c, id, S("")), ERR_FORBIDDEN);
	ctx_end(&p.c);
}

TEST("pages: words of the installation stand in a text as words, whatever they hold") {
	const PageHole holes[] = {{"kraj", S("Kraj *hvězd* <b>")}, {"telefon", {0}}};
	EQ_TEXT(page_fill(t_arena, S("{kraj}, {telefon}; {neznamy} { {{kraj}"), holes, LEN(holes)),
	        "Kraj \\*hvězd\\* \\<b\\>, \\(zatím neuvedeno\\); {neznamy} { {Kraj \\*hvězd\\* \\<b\\>");
}

TEST("pages: a published text is found, one that waits for its day only then") {
	Pages      p = given_pages();
	SearchHits hits;
	publish(&p.c, "/planovani/zapojit-se", "Půjčovna berlí v Semilech", p.c.today);
	MUST(search_find(&p.c, "static_page", S("pujcovna berli"), true, 10, &hits));
	EQ_INT(hits.len, 1);
	publish(&p.c, "/planovani/zapojit-se", "Ergoterapie v Turnově", D(2026, 12, 1));
	MUST(pages_index(&p.c));
	MUST(search_find(&p.c, "static_page", S("ergoterapie"), true, 10, &hits));
	EQ_INT(hits.len, 0);
	ctx_end(&p.c);
	p.c = ctx_make(t_arena, p.app->db, &actor_program, prague_instant(D(2026, 12, 1), 60));
	MUST(pages_index(&p.c));
	MUST(search_find(&p.c, "static_page", S("ergoterapie"), true, 10, &hits));
	EQ_INT(hits.len, 1);
	MUST(search_find(&p.c, "static_page", S("pujcovna berli"), true, 10, &hits));
	EQ_INT(hits.len, 0);
	ctx_end(&p.c);
}

TEST("pages: a page of the region's own is at an address of its name, once") {
	Pages    p = given_pages();
	Id       id, other;
	PageText t;
	MUST(page_add(&p.c, S("Půjčovny pomůcek"), &id));
	EQ_INT(page_add(&p.c, S("půjčovny  pomůcek"), &other), ERR_INVALID);
	EQ_INT(page_add(&p.c, S("???"), &other), ERR_INVALID);
	p.c.problems = (Problems){0};
	EQ_INT(page_text_on(&p.c, S("/stranky/pujcovny-pomucek"), p.c.today, &t), ERR_NOT_FOUND);
	p.c.problems = (Problems){0};
	PageVersion *v;
	MUST(page_draft(&p.c, id, &v));
	EQ_TEXT(v->title, "Půjčovny pomůcek");
	v->body = S("Kde půjčit vozík.");
	MUST(page_publish(&p.c, v));
	MUST(page_text_on(&p.c, S("/stranky/pujcovny-pomucek"), p.c.today, &t));
	ctx_end(&p.c);
}
