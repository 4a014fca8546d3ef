/* News and notices: from a day to a day, drafts, urgent ones, what was withdrawn, what is found. */
#include "core/codelist.h"
#include "core/search.h"
#include "core/trail.h"
#include "domain/library/news.h"
#include "tests/domain/register_edit.h"

typedef struct Office {
	App         *app;
	Ctx          c;
	const Actor *planner, *writer;
} Office;

static Office given_office(void) {
	Office o = {.app = test_app_empty()};
	o.planner = edit_actor("Plánovačka Nová", "PLN", SCOPE_REGION, 1);
	o.writer = edit_actor("Karel Píšící", "KKS", SCOPE_REGION, 2);
	o.c = ctx_make(t_arena, o.app->db, o.planner, prague_instant(D(2026, 11, 22), 9 * 3600));
	return o;
}

static News *given_news(const char *title, const char *kind, Date first, Date last) {
	News *n = entity_new(t_arena, &news_entity);
	n->title = str_c(title);
	n->kind = str_c(kind);
	n->summary = S("Shrnutí");
	n->first_day = first;
	n->last_day = last;
	return n;
}

static Id published(Ctx *c, const char *title, const char *kind, Date first, Date last, bool urgent) {
	News *n = given_news(title, kind, first, last);
	n->urgent = urgent;
	MUST(news_publish(c, n));
	return n->head.id;
}

#define REFUSED(call, code, field_name, part) \
	do { \
		EQ_INT((call), (code)); \
		const Problem *p_ = &o.c.problems.at[o.c.problems.len - 1]; \
		EXPECT(str_has(p_->text, S(part))); \
		EXPECT(!(field_name) || (p_->field && strcmp(p_->field, (field_name) ? (field_name) : "") == 0)); \
		o.c.problems = (Problems){0}; \
	} while (0)

TEST("news: each is planned before its first day, current through its last one, past afterwards") {
	News *n = given_news("x", "notice", D(2026, 11, 22), D(2026, 11, 23));
	EQ_INT(news_time(n, D(2026, 11, 21)), NEWS_PLANNED);
	EQ_INT(news_time(n, D(2026, 11, 22)), NEWS_CURRENT);
	EQ_INT(news_time(n, D(2026, 11, 23)), NEWS_CURRENT);
	EQ_INT(news_time(n, D(2026, 11, 24)), NEWS_PAST);
	n->last_day = (Date){0};
	EQ_INT(news_time(n, D(2099, 1, 1)), NEWS_CURRENT);
}

TEST("news: the board shows what holds today and is meant for it, urgent ones first; the list all that has begun, newest first") {
	Office   o = given_office();
	NewsList list;
	published(&o.c, "Aktualita", "news", D(2026, 11, 20), (Date){0}, false);
	published(&o.c, "Oznámení", "notice", D(2026, 11, 21), D(2026, 12, 1), false);
	published(&o.c, "Výpadek", "news", D(2026, 11, 1), D(2026, 11, 22), true);
	published(&o.c, "Skončilo", "notice", D(2026, 10, 1), D(2026, 11, 21), true);
	published(&o.c, "Teprve bude", "notice", D(2026, 11, 23), (Date){0}, true);
	MUST(news_save(&o.c, given_news("Koncept", "notice", D(2026, 11, 1), (Date){0})));
	MUST(news_board(&o.c, &list));
	EQ_INT(list.len, 2);
	EQ_TEXT(list.at[0]->title, "Výpadek");
	EQ_TEXT(list.at[1]->title, "Oznámení");
	MUST(news_urgent(&o.c, &list));
	EQ_INT(list.len, 1);
	MUST(news_of_year(&o.c, 2026, 10, &list));
	EQ_INT(list.len, 4);
	EQ_TEXT(list.at[0]->title, "Oznámení");
	EQ_TEXT(list.at[3]->title, "Skončilo");
	MUST(news_of_year(&o.c, 2025, 10, &list));
	EQ_INT(list.len, 0);
	ctx_end(&o.c);
}

TEST("news: wrong days, links and hours are refused at their fields") {
	Office o = given_office();
	News  *n = given_news("x", "notice", D(2026, 11, 22), D(2026, 11, 21));
	REFUSED(news_save(&o.c, n), ERR_INVALID, "last_day", "před prvním");
	n->last_day = (Date){0};
	static const char *const bad[] = {"javascript:alert(1)", "//x.cz", "http://x.cz", "kalendar", "/\\x.cz"};
	for (size_t i = 0; i < LEN(bad); i++) {
		n->link = str_c(bad[i]);
		REFUSED(news_save(&o.c, n), ERR_INVALID, "link", "začíná lomítkem");
	}
	n->link = S("/kalendar");
	n->hours = S("nikdy");
	REFUSED(news_save(&o.c, n), ERR_INVALID, "hours", "nezačíná dnem");
	n->hours = S("Po 8–12");
	n->kind = S("neznámý");
	EQ_INT(news_save(&o.c, n), ERR_INVALID);
	o.c.problems = (Problems){0};
	n->kind = S("hours");
	MUST(news_save(&o.c, n));
	ctx_end(&o.c);
}

TEST("news: who writes drafts lets nothing out and changes nothing that is out") {
	Office o = given_office();
	News  *n = given_news("Moje zpráva", "news", D(2026, 11, 22), (Date){0});
	o.c.actor = o.writer;
	REFUSED(news_publish(&o.c, n), ERR_FORBIDDEN, NULL, "");
	MUST(news_save(&o.c, n));
	o.c.actor = o.planner;
	MUST(news_publish(&o.c, n));
	o.c.actor = o.writer;
	n->title = S("Jiná zpráva");
	REFUSED(news_save(&o.c, n), ERR_FORBIDDEN, NULL, "");
	REFUSED(news_withdraw(&o.c, n->head.id, S("protože")), ERR_FORBIDDEN, NULL, "");
	REFUSED(news_drop(&o.c, n->head.id), ERR_CONFLICT, NULL, "nemaže");
	ctx_end(&o.c);
}

TEST("news: a withdrawn one says so at its address, keeps its reason, is on no list and is not found") {
	Office       o = given_office();
	News        *n;
	NewsList     list;
	SearchHits   hits;
	TrailRecords trail;
	Id           id = published(&o.c, "Chybná zpráva o berlích", "news", D(2026, 11, 22), (Date){0}, false);
	MUST(search_find(&o.c, "news", S("berlich"), true, 10, &hits));
	EQ_INT(hits.len, 1);
	REFUSED(news_withdraw(&o.c, id, S("  ")), ERR_INVALID, "reason", "Napište, proč");
	MUST(news_withdraw(&o.c, id, S("Nebyla to pravda.")));
	REFUSED(news_get(&o.c, id, &n), ERR_GONE, NULL, "stáhl");
	MUST(news_of_year(&o.c, 0, 10, &list));
	EQ_INT(list.len, 0);
	MUST(search_find(&o.c, "news", S("berlich"), true, 10, &hits));
	EQ_INT(hits.len, 0);
	MUST(trail_of(&o.c, "news", id, 0, 5, &trail));
	EQ_TEXT(trail.at[0].reason, "Nebyla to pravda.");
	REFUSED(news_withdraw(&o.c, id, S("podruhé")), ERR_CONFLICT, NULL, "zveřejněné");
	ctx_end(&o.c);
}

TEST("news: what waits for its day is nobody's business before it and is found from it on") {
	Office     o = given_office();
	News      *n;
	SearchHits hits;
	Id         id = published(&o.c, "Otevření denního stacionáře", "news", D(2026, 12, 1), (Date){0}, false);
	REFUSED(news_get(&o.c, id, &n), ERR_NOT_FOUND, NULL, "");
	MUST(news_index(&o.c));
	MUST(search_find(&o.c, "news", S("stacionar"), true, 10, &hits));
	EQ_INT(hits.len, 0);
	ctx_end(&o.c);
	o.c = ctx_make(t_arena, o.app->db, &actor_program, prague_instant(D(2026, 12, 1), 0));
	MUST(news_index(&o.c));
	MUST(search_find(&o.c, "news", S("stacionar"), true, 10, &hits));
	EQ_INT(hits.len, 1);
	MUST(news_get(&o.c, id, &n));
	ctx_end(&o.c);
}

TEST("news: the second of two who change one learns of the first") {
	Office o = given_office();
	News  *mine = given_news("Zpráva", "news", D(2026, 11, 22), (Date){0});
	MUST(news_save(&o.c, mine));
	News *theirs = entity_copy(t_arena, &news_entity, mine);
	mine->summary = S("Moje");
	MUST(news_save(&o.c, mine));
	EQ_INT(news_save(&o.c, theirs), ERR_CONFLICT);
	ctx_end(&o.c);
}

TEST("contacts: one needs some way to reach it, and hours that can be read") {
	Office         o = given_office();
	OfficeContact *k = entity_new(t_arena, &office_contact_entity);
	k->title = S("Koordinátor plánování");
	REFUSED(entity_insert(&o.c, &office_contact_entity, k), ERR_INVALID, "phone", "Doplňte");
	k->email = S("plan@kraj.invalid");
	k->hours = S("Po někdy");
	REFUSED(entity_insert(&o.c, &office_contact_entity, k), ERR_INVALID, "hours", "nejdou přečíst");
	k->hours = S("");
	MUST(entity_insert(&o.c, &office_contact_entity, k));
	ctx_end(&o.c);
}
