/* score_sample: rules over every application of the sample: rehearsed, reckoned a second time from the leaves alone, and what is kept computed again; the money of a
 * year that has an outlook. */
#include "domain/network/score_order.h"
#include "domain/people/demo.h"
#include "domain/plan/outlook.h"
#include "domain/rulebook/calculation.h"
#include "tests/domain/needs_given.h"
#include "tests/support/reckon.h"
#include "tests/support/web.h"
#include "tests/test.h"

typedef struct Sample {
	Ctx       c;
	RuleSet  *set;
	RuleCases all;
} Sample;

static Sample given_sample(void) {
	Sample       s = {.c = ctx_make(t_arena, test_app_demo()->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600))};
	RuleVersion *v;
	RuleFaults   faults = {0};
	MUST(network_cases[0].list(&s.c, (Str){0}, BLANK, -1, &s.all));
	EXPECT(s.all.len >= 6);
	MUST(rule_version_in_force(&s.c, S("vychozi-1"), s.c.today, &v));
	MUST(rule_version_open(&s.c, v, &s.set, &faults));
	return s;
}

TEST("6.3: over all applications of the sample the same set flips nothing") {
	Sample         s = given_sample();
	Rehearsal      result;
	RehearsalCase *cases = NEW_ARRAY(t_arena, RehearsalCase, s.all.len);
	for (size_t i = 0; i < s.all.len; i++) {
		cases[i] = (RehearsalCase){.title = s.all.at[i].label, .day = s.all.at[i].day};
		MUST(network_cases[0].cells(&s.c, s.all.at[i].id, &cases[i].cells, &cases[i].arg));
	}
	rehearse(t_arena, s.set, s.set, cases, s.all.len, &result);
	EQ_INT(result.len, 0);
	EXPECT(result.compared > s.all.len * 13);
	ctx_end(&s.c);
}

TEST("6.3: over all applications of the sample every rule is what an independent reckoning of its tree gives") {
	Sample s = given_sample();
	size_t known = 0;
	for (size_t i = 0; i < s.all.len; i++) {
		RuleCells cells;
		void     *arg;
		MUST(network_cases[0].cells(&s.c, s.all.at[i].id, &cells, &arg));
		RuleRun *run = rule_run(t_arena, s.set, s.all.at[i].day, cells, arg);
		for (size_t k = 0; k < rule_set_count(s.set); k++) {
			const RuleName *n = rule_set_at(s.set, k);
			if (n->kind != RULE_RULE)
				continue;
			const RuleNode *node = rule_eval(run, n->name);
			known += node->value.state == RULE_KNOWN;
			if (!reckon_agrees(node))
				test_fail(__FILE__, __LINE__, "%.*s: %.*s", STR_ARG(s.all.at[i].label), STR_ARG(n->name));
		}
	}
	EXPECT(known > s.all.len * 13);
	ctx_end(&s.c);
}

TEST("6.3: every computation that the sample keeps comes out again, by its rules and by an independent reckoning of its tree") {
	Sample s = given_sample();
	size_t count = 0, totals = 0;
	for (size_t i = 0; i < s.all.len; i++) {
		Calculations kept;
		MUST(calculations_of(&s.c, APPLICATION_CASES, s.all.at[i].id, (Str){0}, &kept));
		for (size_t k = 0; k < kept.len; k++) {
			bool     agrees;
			Str      why = {0};
			RuleTree tree;
			MUST(calculation_again(&s.c, &kept.at[k], &agrees, &why));
			if (!agrees)
				test_fail(__FILE__, __LINE__, "%.*s: %.*s", STR_ARG(s.all.at[i].label), STR_ARG(why));
			EXPECT(rule_tree_read(t_arena, kept.at[k].tree, &tree, &why));
			EXPECT(reckon_agrees(tree.root));
			totals += str_eq(kept.at[k].rule, rule_key(t_arena, S(SCORE_RULE_TOTAL))) || str_eq(kept.at[k].rule, S(SCORE_RULE_TOTAL));
			count++;
		}
	}
	EXPECT(count >= 10);
	EXPECT(totals >= 5);
	ctx_end(&s.c);
}

/* ---- the money of a year ---- */

/* What the outlook of the plan in force has for the network, less what its lines may cost, one by one; *own: the line of this service. */
static i64 room_by_hand(Ctx *c, int year, Id service, i64 *means, i64 *own) {
	Plan       *p;
	Outlook    *o = NEW_ZERO(t_arena, Outlook);
	Network    *basic;
	LineWholes  lines;
	i64         promised = 0;
	MUST(plan_of_day(c, date(year, 1, 1), &p));
	MUST(outlook_of_version(c, p, p->valid_version, o));
	for (size_t i = 0; i < o->parts.len; i++)
		if (str_eq(o->parts.at[i]->code, S("network")))
			for (int s = 0; s < SOURCES_MAX; s++) {
				i64 amount = o->at[i][year - p->year_from].by_source[s].halere;
				*means += amount == BLANK ? 0 : amount;
			}
	MUST(network_of_tier(c, (Str){0}, &basic));
	MUST(lines_of(c, basic->head.id, (AsOf){.valid = date(year, 1, 1)}, &lines));
	for (size_t i = 0; i < lines.len; i++)
		if (line_counts(lines.at[i].line) && line_ceiling(&lines.at[i], year) != BLANK) {
			promised += line_ceiling(&lines.at[i], year);
			*own += lines.at[i].line->service == service ? line_ceiling(&lines.at[i], year) : 0;
		}
	return *means - promised;
}

static const Placed *placed(const Ranking *r, Id id) {
	for (size_t i = 0; i < r->len; i++)
		if (r->at[i].a->head.id == id)
			return &r->at[i];
	test_fail(__FILE__, __LINE__, "not in the order");
}

TEST("F18, F19: the room of a year is the network's part of the outlook in force less the ceilings of its lines; to the haléř it is enough, a haléř more is refused with both amounts") {
	static const Sql year = {.name = "test_call_year", .text = "UPDATE call SET target_year = $2 WHERE id = $1"};
	static const Sql money = {.name = "test_money", .text = "UPDATE network_application SET money_needed = $2 WHERE id = $1"};
	Sample       s = given_sample();
	Ctx          c = s.c;
	Application *a = NULL;
	Call        *k;
	Actor        officer, head;
	Tx           tx = {0};
	Ranking      r;
	i64          known = 0, own = 0, place;
	for (size_t i = 0; i < s.all.len && !a; i++) {
		Application *x;
		MUST(application_stored(&c, s.all.at[i].id, &x));
		if (application_is(x, APPLICATION_SCORED))
			a = x;
	}
	EXPECT(a != NULL);
	MUST(people_demo_actor(&c, "sit@demo.invalid", &officer));
	MUST(people_demo_actor(&c, "vedouci@demo.invalid", &head));
	MUST(tx_begin(&c, &tx));                   /* given up at the end: other tests read the sample too */
	EQ_INT(db_run(c.conn, &year, P(V(a->call), V((i64)2026)), NULL), OK);
	MUST(call_stored(&c, a->call, &k));
	EQ_INT(k->target_year, 2026);
	i64 room = room_by_hand(&c, 2026, a->service, &known, &own);
	MUST(score_ranking(&c, k, &r));
	EXPECT(r.room.known);
	EQ_INT(r.room.means, known);
	EQ_INT(r.room.left, room);
	EXPECT(known > 0);
	const Placed *p = placed(&r, a->head.id);
	i64 wanted = a->money_needed != BLANK ? a->money_needed : a->vp.halere;
	EQ_INT(p->needs, wanted > own ? wanted - own : 0);      /* of a line that has a ceiling already only what is above it counts */
	c.actor = &officer;
	for (i64 more = 0; more < 2; more++) {
		EQ_INT(db_run(c.conn, &money, P(V(a->head.id), V(own + room + more)), NULL), OK);
		MUST(score_ranking(&c, k, &r));
		EQ_STR(str_c(placed(&r, a->head.id)->suggested), more ? S(PROPOSE_LATER) : S(PROPOSE_IN));
		EQ_INT(placed(&r, a->head.id)->money_ends, more);
		if (more)
			REFUSED_TELLING(score_allows(&c, a, S(PROPOSE_IN), &place), ERR_INVALID, "Peníze roku 2026 na žádost v pořadí nestačí");
		else
			MUST(score_allows(&c, a, S(PROPOSE_IN), &place));
		MUST(score_allows(&c, a, S(PROPOSE_LATER), &place));
	}
	c.actor = &head;
	MUST(score_allows(&c, a, S(PROPOSE_IN), &place));
	tx_end(&tx);
	ctx_end(&c);
}

TEST("§ 12: why the region proposes what it does is not read before the decision by those whom it concerns, and is by whoever decides") {
	static const char *const asked[] = {"statutar", "soused", "poskytovatel", "koordinator.tanvald", "starosta.turnov", "starosta.smrzovka", "obec.jablonec"};
	static const Sql proposed = {"test_proposed", "SELECT MIN(id) FROM network_application WHERE state = 'proposed'", NULL};
	Str     why = S("Podle pořadí bodů a potřeb území");
	App    *app = test_app_demo();
	Ctx     c = app_ctx(app, t_arena);
	i64     id = 0;
	Browser officer = {.app = app};
	int     readers = 0;
	MUST(db_get_int(ctx_conn(&c), &proposed, DB_NONE, 0, &id));
	ctx_end(&c);
	const char *page = str_z(t_arena, str_format(t_arena, "/app/zadosti/%lld", (long long)id));
	web_sign_in(&officer, "vedouci@demo.invalid");
	EXPECT(str_has(web_get(&officer, page).body, why));
	for (size_t i = 0; i < LEN(asked); i++) {
		Browser b = {.app = app, .network = str_format(t_arena, "10.90.%zu.1", i)};
		web_sign_in(&b, str_z(t_arena, str_format(t_arena, "%s@demo.invalid", asked[i])));
		Answer a = web_get(&b, page);
		EXPECT(!str_has(a.body, why));
		readers += a.status == 200;
	}
	EXPECT(readers > 0);
}
