/* needs: who writes them where, their steps, their order, offers, links, and answers that say no. */
#include "core/history.h"
#include "domain/needs/machines.h"
#include "domain/needs/privacy.h"
#include "tests/domain/needs_given.h"

static Need *need_of(Given *g, Id id) {
	void *row;
	Ctx   c = acting(g, &actor_program);
	MUST(store_get(&c, &need_entity, TODAY, id, &row));
	ctx_end(&c);
	return row;
}

/* ---- writing ---- */

TEST("needs: a municipality writes down a need of its own, the district follows from the place, and the author is noted") {
	Given g = given_needs();
	Ctx   c = acting(&g, g.town);
	Need  n = a_need(&g, "Večerní pečovatelská služba");
	MUST(need_add(&c, &n, false));
	ctx_end(&c);
	Need *stored = need_of(&g, n.head.id);
	EQ_STR(stored->state, S(NEED_DRAFT));
	EQ_INT(stored->district, g.orp_tanvald);
	EQ_INT(stored->municipality, g.smrzovka);
	EQ_TEXT(stored->author, "obec@example.org");
	EQ_INT(stored->rank_district, BLANK);
}

TEST("needs: a municipality cannot write for another one, nor a coordinator for another district") {
	Given g = given_needs();
	Ctx   c = acting(&g, g.town);
	Need  n = a_need(&g, "Cizí potřeba");
	n.territory = g.tanvald;
	EQ_INT(need_add(&c, &n, false), ERR_NOT_FOUND);
	ctx_end(&c);
	c = acting(&g, g.coordinator);
	n = a_need(&g, "Potřeba z Turnova");
	n.territory = g.orp_turnov;
	EQ_INT(need_add(&c, &n, false), ERR_NOT_FOUND);
	n = a_need(&g, "Potřeba celého Tanvaldska");
	n.territory = g.orp_tanvald;
	MUST(need_add(&c, &n, true));
	ctx_end(&c);
	EQ_STR(state_of(&g, n.head.id), S(NEED_PROPOSED));
}

TEST("needs: everybody who is meant to can enter one: groups for their own group, the region anywhere; the officer of the network cannot") {
	Given g = given_needs();
	Ctx   c = acting(&g, g.member);
	Need  n = a_need(&g, "Zjistila to skupina");
	MUST(need_add(&c, &n, false));
	EQ_INT(n.body, g.group);
	REFUSED_TELLING(workflow_do(&c, &need_machine, n.head.id, "submit", NULL), ERR_FORBIDDEN, "předseda skupiny");
	ctx_end(&c);
	c = acting(&g, g.chair);
	MUST(workflow_do(&c, &need_machine, n.head.id, "submit", NULL));
	ctx_end(&c);
	c = acting(&g, g.planner);
	n = a_need(&g, "Zjistil to kraj");
	n.territory = territory_region(&c)->id;
	MUST(need_add(&c, &n, true));
	EQ_INT(n.district, 0);
	ctx_end(&c);
	c = acting(&g, g.officer);
	n = a_need(&g, "Nesmí");
	REFUSED_TELLING(need_add(&c, &n, false), ERR_FORBIDDEN, "zakládat");
	ctx_end(&c);
}

TEST("needs: what cannot be is refused with a sentence at its field") {
	Given g = given_needs();
	Ctx   c = acting(&g, g.planner);
	Need  n = a_need(&g, "Potřeba");
	n.persons = BLANK;
	REFUSED_TELLING(need_add(&c, &n, false), ERR_INVALID, "Počet osob");
	n = a_need(&g, "Potřeba");
	n.persons = 0;
	REFUSED_TELLING(need_add(&c, &n, false), ERR_INVALID, "Počet osob");
	n = a_need(&g, "Potřeba");
	n.served_now = 15;
	REFUSED_TELLING(need_add(&c, &n, false), ERR_INVALID, "větší než počet osob (14)");
	n = a_need(&g, "Potřeba");
	n.unit = S("L");
	REFUSED_TELLING(need_add(&c, &n, false), ERR_INVALID, "pečovatelská služba");
	n = a_need(&g, "Potřeba");
	n.kind = S("49");
	n.form = S("ter");
	n.unit = S("L");
	REFUSED_TELLING(need_add(&c, &n, false), ERR_INVALID, "nemá formu");
	n = a_need(&g, "Potřeba");
	n.kind = n.form = S("");
	n.unit = S("L");
	REFUSED_TELLING(need_add(&c, &n, false), ERR_INVALID, "celým číslem");
	n = a_need(&g, "Potřeba");
	n.unit = S("");
	REFUSED_TELLING(need_add(&c, &n, false), ERR_INVALID, "vyberte, zda chybí úvazky, nebo lůžka");
	n = a_need(&g, "Potřeba");
	n.missing_capacity.hundredths = BLANK;
	REFUSED_TELLING(need_add(&c, &n, false), ERR_INVALID, "kolik jednotek chybí");
	n = a_need(&g, "Potřeba");
	n.territory = g.group;
	EQ_INT(need_add(&c, &n, false), ERR_INVALID);
	c.problems.len = 0;
	n = a_need(&g, "Potřeba");
	n.body = g.smrzovka;
	EQ_INT(need_add(&c, &n, false), ERR_INVALID);
	ctx_end(&c);
}

TEST("needs: the same need is not written twice; when the first is withdrawn it can be") {
	Given g = given_needs();
	Id    first = need_in(&g, "Večerní služba", NEED_DRAFT);
	Ctx   c = acting(&g, g.town);
	Need  n = a_need(&g, "Večerní služba");
	REFUSED_TELLING(need_add(&c, &n, false), ERR_INVALID, "stejná potřeba");
	ctx_end(&c);
	c = acting(&g, g.town);
	MUST(workflow_do(&c, &need_machine, first, "withdraw", &(WorkInput){.reason = S("Zapíšeme ji znovu.")}));
	n = a_need(&g, "Večerní služba");
	MUST(need_add(&c, &n, false));
	ctx_end(&c);
}

TEST("needs: the neighbour does not know of a need: not in lists, not by number, not for a step or an offer") {
	Given      g = given_needs();
	Id         id = need_in(&g, "Večerní služba", NEED_PROPOSED);
	EntityList list;
	void      *row;
	Ctx        c = acting(&g, g.neighbour);
	EQ_INT(entity_get(&c, &need_entity, TODAY, id, &row), ERR_NOT_FOUND);
	MUST(entity_list(&c, &need_entity, &(ListQuery){.limit = -1}, &list));
	EQ_INT(list.len, 0);
	EQ_INT(workflow_do(&c, &need_machine, id, "agree_group", NULL), ERR_NOT_FOUND);
	EQ_INT(need_rank(&c, id, false, RANK_LAST, 0), ERR_NOT_FOUND);
	EQ_INT(need_offer_add(&c, &(NeedOffer){.need = id, .kind = S(OFFER_PREMISES), .text = S("Místnost"), .year = BLANK, .amount.halere = BLANK}), ERR_NOT_FOUND);
	ctx_end(&c);
	c = acting(&g, g.coordinator);
	MUST(entity_list(&c, &need_entity, &(ListQuery){.limit = -1}, &list));
	EQ_INT(list.len, 1);
	ctx_end(&c);
}

TEST("needs: the author changes a need until a group has agreed on it, the coordinator until the region has decided; then the region alone") {
	Given g = given_needs();
	Id    id = need_in(&g, "Večerní služba", NEED_AGREED_GROUP);
	void *row;
	Ctx   c = acting(&g, g.town);
	MUST(entity_get(&c, &need_entity, TODAY, id, &row));
	Need *n = row;
	n->persons = 20;
	REFUSED_TELLING(need_save(&c, n), ERR_INVALID, "už změnit nemůžete");
	ctx_end(&c);
	c = acting(&g, g.coordinator);
	MUST(entity_get(&c, &need_entity, TODAY, id, &row));
	n = row;
	n->persons = 20;
	MUST(need_save(&c, n));
	ctx_end(&c);
	EQ_INT(need_of(&g, id)->persons, 20);
}

TEST("needs: of two people who change one at once the second is told, and a move in the order is no change of the text") {
	Given g = given_needs();
	Id    id = need_in(&g, "Večerní služba", NEED_PROPOSED);
	void *mine, *theirs;
	Ctx   c = acting(&g, g.town);
	MUST(entity_get(&c, &need_entity, TODAY, id, &mine));
	ctx_end(&c);
	c = acting(&g, g.coordinator);
	MUST(entity_get(&c, &need_entity, TODAY, id, &theirs));
	MUST(need_rank(&c, id, false, RANK_LAST, 0));
	ctx_end(&c);
	c = acting(&g, g.town);
	((Need *)mine)->persons = 15;
	MUST(need_save(&c, mine));
	ctx_end(&c);
	EQ_INT(need_of(&g, id)->rank_district, 1);
	c = acting(&g, g.coordinator);
	((Need *)theirs)->persons = 16;
	REFUSED_TELLING(need_save(&c, theirs), ERR_CONFLICT, "mezitím uložil někdo jiný");
	ctx_end(&c);
	EQ_INT(need_of(&g, id)->persons, 15);
}

/* ---- steps ---- */

TEST("needs: who prepares does not submit, who submits does not agree, and nobody gets around the order") {
	Given g = given_needs();
	Id    id = need_in(&g, "Večerní služba", NEED_DRAFT);
	Ctx   c = acting(&g, g.town);
	REFUSED_TELLING(workflow_do(&c, &need_machine, id, "submit", NULL), ERR_FORBIDDEN, "podepisující za obec");
	ctx_end(&c);
	c = acting(&g, g.mayor);
	MUST(workflow_do(&c, &need_machine, id, "submit", NULL));
	REFUSED_TELLING(workflow_do(&c, &need_machine, id, "agree_group", NULL), ERR_FORBIDDEN, "předseda skupiny");
	ctx_end(&c);
	c = acting(&g, g.coordinator);
	REFUSED_TELLING(workflow_do(&c, &need_machine, id, "agree_steering", NULL), ERR_CONFLICT, "navržená");
	MUST(workflow_do(&c, &need_machine, id, "agree_group", NULL));
	REFUSED_TELLING(workflow_do(&c, &need_machine, id, "agree_steering", NULL), ERR_INVALID, "nemá místo v pořadí");
	MUST(need_rank(&c, id, false, RANK_LAST, 0));
	MUST(workflow_do(&c, &need_machine, id, "agree_steering", NULL));
	REFUSED_TELLING(workflow_do(&c, &need_machine, id, "accept", NULL), ERR_FORBIDDEN, "rozhoduje za kraj");
	ctx_end(&c);
	c = acting(&g, g.planner);
	MUST(workflow_do(&c, &need_machine, id, "accept", NULL));
	REFUSED_TELLING(workflow_do(&c, &need_machine, id, "cover", NULL), ERR_INVALID, "co na potřebu odpovídá");
	ctx_end(&c);
}

TEST("needs: a need sent back wants a reason and loses its place in the order") {
	Given g = given_needs();
	Id    id = need_in(&g, "Večerní služba", NEED_PROPOSED);
	Ctx   c = acting(&g, g.coordinator);
	MUST(need_rank(&c, id, false, RANK_LAST, 0));
	REFUSED_TELLING(workflow_do(&c, &need_machine, id, "return", NULL), ERR_INVALID, "Co je třeba doplnit");
	MUST(workflow_do(&c, &need_machine, id, "return", &(WorkInput){.reason = S("Doplňte, kolik lidí už službu má.")}));
	ctx_end(&c);
	EQ_STR(state_of(&g, id), S(NEED_DRAFT));
	EQ_INT(need_of(&g, id)->rank_district, BLANK);
}

TEST("needs: a refusal says why, from the list and in words, and when it will be looked at again; the general form cannot skip that") {
	Given      g = given_needs();
	Id         id = need_in(&g, "Večerní služba", NEED_AGREED_STEERING);
	NeedAnswer a = {.text = S("V území je služba, která má volnou kapacitu."), .reason = S("jina-sluzba"), .review = D(2028, 6, 30)}, bad = a;
	Ctx        c = acting(&g, g.planner);
	REFUSED_TELLING(workflow_do(&c, &need_machine, id, "reject", &(WorkInput){.reason = S("Ne.")}), ERR_INVALID, "datum přezkumu");
	bad.reason = S("protoze");
	REFUSED_TELLING(need_answer(&c, id, "reject", &bad), ERR_INVALID, "vyberte jeden ze seznamu");
	bad = a;
	bad.review = g.c.today;
	REFUSED_TELLING(need_answer(&c, id, "reject", &bad), ERR_INVALID, "v budoucnosti");
	bad.review = (Date){0};
	REFUSED_TELLING(need_answer(&c, id, "reject", &bad), ERR_INVALID, "kdy se kraj k potřebě vrátí");
	bad.review = D(2032, 1, 1);
	REFUSED_TELLING(need_answer(&c, id, "reject", &bad), ERR_INVALID, "do pěti let");
	bad = a;
	bad.text = S(" ");
	REFUSED_TELLING(need_answer(&c, id, "reject", &bad), ERR_INVALID, "aspoň větu");
	MUST(need_answer(&c, id, "reject", &a));
	ctx_end(&c);
	Need *n = need_of(&g, id);
	EQ_STR(n->state, S(NEED_REJECTED));
	EQ_TEXT(n->answer_reason, "jina-sluzba");
	EQ_INT(n->review_date.n, D(2028, 6, 30).n);
	EQ_INT(n->rank_district, BLANK);
}

TEST("needs: what the network will not answer is public with reason, decision and day of review, and ends when it is taken up again") {
	Given      g = given_needs();
	Id         id = need_in(&g, "Večerní služba", NEED_ACCEPTED);
	NeedAnswer a = {.text = S("Rozpočet kraje na rok 2027 na službu nestačí."), .reason = S("zdroje"), .review = D(2027, 12, 31)};
	EntityList list;
	Ctx        c = acting(&g, g.head);
	REFUSED_TELLING(need_answer(&c, id, "leave", &a), ERR_INVALID, "usnesení");
	a.resolution = S("123/26/RK");
	MUST(need_answer(&c, id, "leave", &a));
	ctx_end(&c);
	EQ_STR(state_of(&g, id), S(NEED_UNANSWERED));
	c = acting(&g, &actor_public);
	MUST(entity_list(&c, &unanswered_entity, &(ListQuery){.limit = -1}, &list));
	EQ_INT(list.len, 1);
	const UnansweredNeed *u = list.at[0];
	EQ_TEXT(u->title, "Večerní služba");
	EQ_TEXT(u->resolution, "123/26/RK");
	EQ_INT(u->district, g.orp_tanvald);
	EXPECT(!date_is(u->ended_on));
	ctx_end(&c);
	c = acting(&g, g.planner);
	MUST(workflow_do(&c, &need_machine, id, "reconsider", &(WorkInput){.reason = S("V rozpočtu se našly peníze.")}));
	ctx_end(&c);
	c = acting(&g, &actor_public);
	MUST(entity_list(&c, &unanswered_entity, &(ListQuery){.limit = -1}, &list));
	EQ_INT(list.len, 1);
	EXPECT(date_is(((UnansweredNeed *)list.at[0])->ended_on));
	EQ_TEXT(((UnansweredNeed *)list.at[0])->ended_why, "V rozpočtu se našly peníze.");
	ctx_end(&c);
	EXPECT(!date_is(need_of(&g, id)->review_date));
}

/* ---- order ---- */

static void expect_order(Given *g, const Id *ids, size_t n) {
	for (size_t i = 0; i < n; i++)
		EQ_INT(need_of(g, ids[i])->rank_district, (i64)i + 1);
}

TEST("needs: places in a district are 1, 2, 3 without a hole, whatever moves, comes or leaves") {
	Given g = given_needs();
	Id    a = need_in(&g, "První", NEED_PROPOSED), b = need_in(&g, "Druhá", NEED_PROPOSED), d = need_in(&g, "Třetí", NEED_PROPOSED);
	Ctx   c = acting(&g, g.coordinator);
	MUST(need_rank(&c, a, false, RANK_LAST, 0));
	MUST(need_rank(&c, b, false, RANK_UP, 0));   /* without a place every button puts it last */
	MUST(need_rank(&c, d, false, RANK_LAST, 0));
	ctx_end(&c);
	expect_order(&g, (Id[]){a, b, d}, 3);
	c = acting(&g, g.coordinator);
	MUST(need_rank(&c, d, false, RANK_UP, 3));
	ctx_end(&c);
	expect_order(&g, (Id[]){a, d, b}, 3);
	c = acting(&g, g.coordinator);
	MUST(need_rank(&c, a, false, RANK_UP, 1));   /* the first stays first */
	MUST(need_rank(&c, b, false, RANK_DOWN, 3));
	MUST(need_rank(&c, a, false, RANK_OUT, 1));
	ctx_end(&c);
	expect_order(&g, (Id[]){d, b}, 2);
	c = acting(&g, g.town);
	MUST(workflow_do(&c, &need_machine, d, "withdraw", &(WorkInput){.reason = S("Už to není potřeba.")}));
	ctx_end(&c);
	expect_order(&g, (Id[]){b}, 1);
}

TEST("needs: of two coordinators who move the same need the second is told of the new place") {
	Given g = given_needs();
	Id    a = need_in(&g, "První", NEED_PROPOSED), b = need_in(&g, "Druhá", NEED_PROPOSED);
	Ctx   c = acting(&g, g.coordinator);
	MUST(need_rank(&c, a, false, RANK_LAST, 0));
	MUST(need_rank(&c, b, false, RANK_LAST, 0));
	MUST(need_rank(&c, b, false, RANK_UP, 2));
	REFUSED_TELLING(need_rank(&c, b, false, RANK_UP, 2), ERR_CONFLICT, "1. místo");
	ctx_end(&c);
	c = acting(&g, g.planner);
	MUST(need_rank(&c, a, true, RANK_LAST, 0));
	ctx_end(&c);
	EQ_INT(need_of(&g, a)->rank_region, 1);
	EQ_INT(need_of(&g, a)->rank_district, 2);
	c = acting(&g, g.coordinator);
	REFUSED_TELLING(need_rank(&c, b, true, RANK_LAST, 0), ERR_FORBIDDEN, "odbor sociálních věcí");
	ctx_end(&c);
}

/* ---- offers ---- */

TEST("needs: co-funding says a year and an amount, zero is an answer and blank is none") {
	Given     g = given_needs();
	Id        id = need_in(&g, "Večerní služba", NEED_PROPOSED);
	NeedOffer o = {.need = id, .kind = S(OFFER_CO_FUNDING), .text = S("Příspěvek obce na provoz."), .year = 2027, .amount.halere = BLANK};
	NeedOffers offers;
	Ctx       c = acting(&g, g.town);
	REFUSED_TELLING(need_offer_add(&c, &o), ERR_INVALID, "zapište 0");
	o.amount = czk(0);
	o.year = BLANK;
	REFUSED_TELLING(need_offer_add(&c, &o), ERR_INVALID, "doplňte rok");
	o.year = 2027;
	MUST(need_offer_add(&c, &o));
	EQ_INT(o.municipality, g.smrzovka);
	NeedOffer place = {.need = id, .kind = S(OFFER_PREMISES), .text = S("Bývalá školní družina, 40 m²."), .year = BLANK, .amount = czk(5)};
	REFUSED_TELLING(need_offer_add(&c, &place), ERR_INVALID, "jen ke spolufinancování");
	place.amount.halere = BLANK;
	MUST(need_offer_add(&c, &place));
	MUST(need_offers(&c, id, &offers));
	EQ_INT(offers.len, 2);
	EQ_INT(offers.at[0]->amount.halere, 0);
	ctx_end(&c);
	c = acting(&g, g.member);
	EQ_INT(need_offer_withdraw(&c, id, place.head.id), ERR_NOT_FOUND);
	c.problems.len = 0;
	ctx_end(&c);
	c = acting(&g, g.mayor);
	MUST(need_offer_withdraw(&c, id, place.head.id));
	REFUSED_TELLING(need_offer_withdraw(&c, id, place.head.id), ERR_CONFLICT, "už je stažená");
	ctx_end(&c);
}

/* ---- links ---- */

static Id given_service(Ctx *c) {
	Id       id;
	Provider p = {.name = S("Jilm, p. o."), .kind = S("nno"), .ico = S("")};
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(c, &tx));
	MUST(history_create_judged(c, &provider_entity, &p, D(2026, 1, 1), (Date){0}));
	Service *s = entity_new(t_arena, &service_entity);
	s->provider = p.head.id;
	s->identifier = S("1234567");
	s->name = S("Pečovatelská služba Smržovka");
	s->kind = S("40");
	s->provided_from = D(2020, 1, 1);
	s->is_public = true;
	MUST(history_create_judged(c, &service_entity, s, D(2026, 1, 1), (Date){0}));
	MUST(tx_commit(&tx));
	id = s->head.id;
	return id;
}

TEST("needs: a need is covered only by something that exists; the link is found from both sides and once") {
	Given     g = given_needs();
	Id        service = given_service(&g.c), early = need_in(&g, "Brzy", NEED_PROPOSED), id = need_in(&g, "Večerní služba", NEED_ACCEPTED);
	NeedLinks links;
	Ctx       c = acting(&g, g.planner);
	REFUSED_TELLING(need_link_add(&c, early, "service", service, S("")), ERR_CONFLICT, "kterou kraj přijal");
	REFUSED_TELLING(need_link_add(&c, id, "service", 999999, S("")), ERR_INVALID, "neexistuje");
	REFUSED_TELLING(need_link_add(&c, id, "account", 1, S("")), ERR_INVALID, "neexistuje");
	MUST(need_link_add(&c, id, "service", service, S("Rozšířila provoz do 22 hodin.")));
	MUST(need_link_add(&c, id, "service", service, S("Ještě jednou.")));
	MUST(need_links(&c, id, &links));
	EQ_INT(links.len, 1);
	EQ_TEXT(links.at[0].object_name, "Pečovatelská služba Smržovka");
	MUST(need_links_of(&c, "service", service, &links));
	EQ_INT(links.len, 1);
	EQ_INT(links.at[0].need, id);
	MUST(workflow_do(&c, &need_machine, id, "cover", NULL));
	ctx_end(&c);
	c = acting(&g, g.coordinator);
	REFUSED_TELLING(need_link_remove(&c, id, links.at[0].head.id), ERR_FORBIDDEN, "odbor sociálních věcí");
	ctx_end(&c);
	c = acting(&g, g.planner);
	MUST(need_link_remove(&c, id, links.at[0].head.id));
	EQ_INT(need_link_remove(&c, id, links.at[0].head.id), ERR_NOT_FOUND);
	ctx_end(&c);
}

TEST("needs: the name of an author goes when the person asks, the need and its organisation stay") {
	Given g = given_needs();
	Id    id = need_in(&g, "Večerní služba", NEED_PROPOSED);
	i64   erased;
	Buf   json = {0};
	Ctx   c = acting(&g, &actor_program);
	JsonWriter w = {.out = &json};
	MUST(needs_person_data[0].export(&c, g.town->account, &w));
	EXPECT(str_has(buf_view(&json), S("Večerní služba")));
	buf_free(&json);
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(needs_person_data[0].erase(&c, g.town->account, &erased));
	MUST(tx_commit(&tx));
	ctx_end(&c);
	EQ_INT(erased, 1);
	EQ_TEXT(need_of(&g, id)->author, "");
	EQ_TEXT(need_of(&g, id)->title, "Večerní služba");
}
