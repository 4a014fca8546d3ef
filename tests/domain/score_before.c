/* score_before: calls and points from before rule sets gave points: a store that was brought up to date has them. */
#include "core/settings.h"
#include "domain/network/score_order.h"
#include "tests/domain/call_given.h"

/* The call names no version, and the set of the setting is not there. */
static void without_rules(Calling *g, Ctx *c) {
	Call *k;
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(c, &tx));
	MUST(call_stored(c, g->call, &k));
	k->rules = BLANK;
	MUST(store_update(c, &call_entity, k));
	MUST(setting_set(c, S("network.score_rules"), S("neznama")));
	MUST(tx_commit(&tx));
}

TEST("score: points of a call from before rule sets gave points are still read and ordered; what would compute more is refused and says why") {
	Calling    g = given_call();
	Sheets     sheets;
	ScoreItems items;
	Ranking    ranking;
	WorkObject o;
	WorkActions all;
	Call      *k;
	stated(&g);
	scored(&g, 0, 10, 0);
	Ctx c = when(&g, &actor_program, D(2027, 4, 5), 9, 0, 0);
	without_rules(&g, &c);
	MUST(sheets_of(&c, g.application, &sheets));
	MUST(sheet_items(&c, sheets.at[0], &items));
	EXPECT(items.len > 5);
	EQ_INT(items.at[0].points, 10);
	EQ_STR(items.at[0].name, items.at[0].criterion);
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 4, 5), 10, 0, 0);
	MUST(workflow_object(&c, &application_machine, g.application, &o));
	MUST(workflow_actions(&c, &application_machine, &o, &all));
	REFUSED_TELLING(workflow_do(&c, &application_machine, g.application, "score", NULL), ERR_INVALID, "nemá sadu pravidel");
	Application *a = the_application(&c, g.application);
	a->points = 9750;
	ctx_end(&c);
	c = when(&g, &actor_program, D(2027, 4, 5), 11, 0, 0);
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(store_update(&c, &application_entity, a));
	MUST(tx_commit(&tx));
	MUST(call_stored(&c, g.call, &k));
	MUST(score_ranking(&c, k, &ranking));
	EQ_INT(ranking.len, 1);
	EQ_INT(ranking.at[0].place, 1);
	ctx_end(&c);
}
