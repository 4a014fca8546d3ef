/* Comments on activity cards of a plan: under the code and title that the commented version has, whatever becomes of the card later. */
#include "core/access.h"
#include "domain/consultation/settlement.h"
#include "domain/consultation/version_card.h"
#include "domain/people/people.h"
#include "tests/domain/card_given.h"
#include "tests/support/web.h"

typedef struct Draft {
	App *app;
	Ctx  c;
	Id   plan, measure, period, cards[2];
} Draft;

static void at(Draft *d, Date day, int hour) {
	ctx_end(&d->c);
	d->c = ctx_make(t_arena, d->app->db, &actor_program, prague_instant(day, hour * 3600));
}

static Id card_of(Draft *d, const char *code, const char *title) {
	ActivityCard *k = card_typed(d->plan, d->measure, code);
	k->title = str_c(title);
	return given_card(&d->c, k);
}

static Plan *plan_now(Draft *d) {
	Plan *p;
	MUST(plan_by_slug(&d->c, S("2027-2029"), &p));
	return p;
}

static void step(Draft *d, const char *action) {
	MUST(workflow_do(&d->c, &plan_machine, d->plan, action, &(WorkInput){.reason = S("podle rozhodnutí")}));
}

static void write_chapters(Draft *d) {
	PlanChapters all;
	MUST(plan_chapters(&d->c, d->plan, &all));
	for (size_t i = 0; i < all.len; i++) {
		all.at[i]->text = str_format(t_arena, "Odstavec kapitoly číslo %d o službách kraje.", (int)i + 1);
		MUST(plan_chapter_save(&d->c, all.at[i]));
	}
}

/* Frozen and published with two cards, commented on from 1 to 14 March 2026; it is the noon of 3 March. */
static Draft given(void) {
	Draft        d = {.app = test_app_empty()};
	Organisation o = {.kind = S("body"), .name = S("Rada kraje"), .ref = BLANK};
	Id           id;
	d.c = ctx_make(t_arena, d.app->db, &actor_program, prague_instant(D(2026, 2, 2), 36000));
	MUST(entity_insert(&d.c, &organisation_entity, &o));
	MUST(resolution_add(&d.c, &(ResolutionNew){.number = S("100/26/RK"), .body = o.head.id, .decided_on = D(2026, 1, 20), .title = S("Plán"), .result = S("approved")}, &id));
	MUST(plan_open(&d.c, &(PlanNew){.author_unit = S("Odbor"), .resolution = S("100/26/RK"), .year_from = 2027, .inputs_until = D(2026, 2, 2)}, &d.plan));
	at(&d, D(2026, 2, 10), 9);
	step(&d, "draft");
	d.measure = given_measure(&d.c, d.plan);
	d.cards[0] = card_of(&d, "A01-01", "Pečovatelská služba večer");
	d.cards[1] = card_of(&d, "A01-02", "Odlehčovací lůžka");
	write_chapters(&d);
	step(&d, "freeze");
	step(&d, "publish");
	Consultation n = {.title = S("Připomínky k návrhu plánu"), .subject = plan_now(&d)->newest_version, .first_day = D(2026, 3, 1), .last_day = D(2026, 3, 14),
	                  .who = S("kdokoli"), .min_length = 10};
	strs_add(t_arena, &n.channels, S("web"));
	MUST(consultation_add(&d.c, &n));
	d.period = n.head.id;
	MUST(workflow_do(&d.c, &consultation_machine, d.period, "announce", NULL));
	at(&d, D(2026, 3, 3), 12);
	web_clock(d.c.now);
	return d;
}

static const char *address(Draft *d, const char *rest) { return str_z(t_arena, str_format(t_arena, "/pripominky/%lld%s", (long long)d->period, rest)); }

/* The test's own reading must be over: a request uses the same connection. */
static Answer get(Draft *d, const char *path) {
	Browser b = {.app = d->app};
	Instant now = d->c.now;
	ctx_end(&d->c);
	d->c = ctx_make(t_arena, d->app->db, &actor_program, now);
	return web_get(&b, path);
}

static Comment *on_card(Draft *d, size_t card) {
	CommentNew n = {.anchor = card_anchor(t_arena, d->cards[card]), .text = S("Přidejte i víkendy, prosím."), .author_kind = S("citizen"), .channel = S("paper"),
	                .delivered_at = d->c.now};
	Comment   *k;
	MUST(comment_record(&d->c, d->period, &n, &k));
	return k;
}

static void rename_card(Draft *d, size_t card, const char *code, const char *title) {
	ActivityCard *k;
	MUST(card_stored(&d->c, d->cards[card], &k));
	k->code = str_c(code);
	k->title = str_c(title);
	MUST(entity_update(&d->c, &card_entity, k));
}

TEST("comment on a card: from its page or from the list of cards one gets to a form that says which card, and the comment keeps it") {
	Draft   d = given();
	Browser b = {.app = d.app};
	Answer  card = get(&d, "/plan/2027-2029/karty/A01-02");
	Str     anchor = card_anchor(t_arena, d.cards[1]), link = str_format(t_arena, "%s%.*s", address(&d, "/napsat?odstavec="), STR_ARG(anchor));
	EXPECT(str_has(card.body, S("Připomínkovat tuto kartu")) && str_has(card.body, link));
	Answer list = get(&d, address(&d, "/karty"));
	EXPECT(str_has(list.body, link) && str_has(list.body, S("Služba bude i večer.")) && str_has(list.body, S("3,50 → 5,00")));
	EXPECT(str_has(get(&d, address(&d, "")).body, S("Karty aktivit (2)")));
	EXPECT(str_has(get(&d, address(&d, "/text")).body, S("Karty aktivit (2)")));
	Answer form = get(&d, str_z(t_arena, link));
	EXPECT(str_has(form.body, S("Ke kartě")) && str_has(form.body, S("Karta A01-02 Odlehčovací lůžka")));
	Answer sent = web_post(&b, address(&d, "/napsat"), str_z(t_arena, str_format(t_arena, "anchor=%.*s&text=Osm l%%C5%%AF%%C5%%BEek je m%%C3%%A1lo.&author_kind=citizen&email=jana%%40example.org",
		STR_ARG(anchor))));
	EQ_INT(sent.status, 303);
	static const Sql last = {.name = "test_comment_chapter", .text = "SELECT chapter FROM comment WHERE anchor = $1"};
	Rows rows = db_query(ctx_conn(&d.c), &last, P(V(anchor)));
	EXPECT(rows_next(&rows));
	EQ_TEXT(str_dup(t_arena, col_text(&rows, 0)), "Karta A01-02 Odlehčovací lůžka");
	EXPECT(rows_end(&rows) == OK);
	ctx_end(&d.c);
}

TEST("comment on a card: a card that came after the version was frozen cannot be commented on, nor one that is not there") {
	Draft   d = given();
	Id      later = card_of(&d, "A01-03", "Nová karta");
	EXPECT(!str_has(get(&d, "/plan/2027-2029/karty/A01-03").body, S("Připomínkovat tuto kartu")));
	EXPECT(!str_has(get(&d, address(&d, "/karty")).body, S("Nová karta")));
	Str link = str_format(t_arena, "%s%.*s", address(&d, "/napsat?odstavec="), STR_ARG(card_anchor(t_arena, later)));
	EQ_INT(get(&d, str_z(t_arena, link)).status, 404);
	Comment   *k;
	CommentNew n = {.anchor = S("karta-999999"), .text = S("Přidejte i víkendy."), .author_kind = S("citizen"), .channel = S("paper"), .delivered_at = d.c.now};
	EQ_INT(comment_record(&d.c, d.period, &n, &k), ERR_INVALID);
	web_clock(prague_instant(D(2026, 3, 15), 0));
	EXPECT(!str_has(get(&d, "/plan/2027-2029/karty/A01-02").body, S("Připomínkovat tuto kartu")));
	ctx_end(&d.c);
}

TEST("comment on a card: the table of answers has it behind the text, under the title that the version had") {
	Draft      d = given();
	Settlement t;
	Comment   *card = on_card(&d, 0), *text;
	Paragraphs p;
	MUST(version_paragraphs(&d.c, plan_now(&d)->newest_version, &p));
	CommentNew n = {.anchor = p.at[1].anchor, .text = S("Doplňte obce v prvním odstavci."), .author_kind = S("citizen"), .channel = S("paper"), .delivered_at = d.c.now};
	MUST(comment_record(&d.c, d.period, &n, &text));
	rename_card(&d, 0, "Z09-01", "Jiný název");
	MUST(settlement_table(&d.c, d.period, &t));
	EQ_INT(t.len, 2);
	EQ_INT(t.at[0].comment->head.id, text->head.id);
	EQ_INT(t.at[1].comment->head.id, card->head.id);
	EQ_TEXT(t.at[1].chapter, "Karta A01-01 Pečovatelská služba večer");
	ctx_end(&d.c);
}

static void keep(Draft *d, Id version) {
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&d->c, &tx));
	Err e = version_cards_keep(&d->c, d->plan, version);
	e = e == OK ? tx_commit(&tx) : e;
	tx_end(&tx);
	MUST(e);
}

static CommentPlace place_in(Draft *d, Id comment) {
	CommentPlaces all;
	MUST(places_of(&d->c, comment, &all));
	EQ_INT(all.len, 1);
	return all.at[0];
}

TEST("comment on a card: it follows the card into the next version by identity; without the card a person decides, also for another card") {
	Draft    d = given();
	Comment *kept = on_card(&d, 0), *lost = on_card(&d, 1);
	Id       next;
	rename_card(&d, 0, "Z09-01", "Jiný název");
	MUST(workflow_do(&d.c, &card_machine, d.cards[1], "stop", &(WorkInput){.reason = S("Nejsou peníze.")}));
	MUST(version_add(&d.c, plan_now(&d)->document, &(VersionNew){.text = S("# Nové znění\n\nText.\n")}, &next));
	MUST(version_freeze(&d.c, next));
	keep(&d, next);
	keep(&d, next);
	CommentPlace at_kept = place_in(&d, kept->head.id), at_lost = place_in(&d, lost->head.id);
	EQ_INT(at_kept.how, PLACE_CHANGED);
	EQ_STR(at_kept.anchor, kept->anchor);
	EQ_INT(at_lost.how, PLACE_UNSURE);
	EQ_INT(place_decide(&d.c, lost->head.id, next, card_anchor(t_arena, d.cards[1])), ERR_INVALID);
	d.c.problems.len = 0;
	MUST(place_decide(&d.c, lost->head.id, next, kept->anchor));
	EQ_INT(place_in(&d, lost->head.id).how, PLACE_PERSON);
	ctx_end(&d.c);
}
