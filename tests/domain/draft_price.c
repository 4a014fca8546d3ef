/* draft_price: what the rules give for lines of a draft, their ceilings, reasons where they differ, trees that are kept with the approval (F1, F2, G2). */
#include "domain/network/draft_inside.h"
#include "domain/network/draft_price.h"
#include "domain/rulebook/calculation.h"
#include "tests/domain/draft_given.h"

static DraftPrices prices(Given *g, Id version) {
	DraftPrices all;
	MUST(draft_prices(as_person(g, g->officer), draft_version(g, version), &all));
	return all;
}

static void set_ceilings(Given *g, Id version, const char *ceilings) {
	DraftLine *d = draft_line_at(g, version, 0);
	d->ceilings = str_c(ceilings);
	d->change_reason = S("Jiný strop.");
	MUST(draft_line_save(as_person(g, g->officer), d));
}

/* The same reason for every line that the page shows without one. */
static Err explain(Given *g, const Actor *who, Id version, const char *why) {
	DraftPrices all = prices(g, version);
	Id          lines[8];
	size_t      count = 0;
	for (size_t i = 0; i < all.len && count < LEN(lines); i++)
		if (!all.at[i].stands)
			lines[count++] = all.at[i].line->head.id;
	return draft_prices_explain(as_person(g, who), draft_version(g, version), lines, count, str_c(why));
}

static void print(Given *g, Id version) {
	MUST(draft_annex(as_person(g, g->officer), draft_version(g, version)));
}

static ReferenceValue *value_of_2027(Given *g) {
	ReferenceValue *v;
	MUST(reference_value(as_program(g), S("40"), S("U"), 2027, &v));
	return v;
}

TEST("prices: G2, F1, E2: a line of 6,5 workers may cost 4 777 500 Kč a year; a ceiling that says another amount hinders and is named with both") {
	Given g = given_network();
	Id    id = given_draft(&g);
	size_t changed;
	DraftPrices all = prices(&g, id);
	EQ_INT(all.len, 1);
	EQ_INT(all.at[0].computed, 477750000);
	EQ_INT(all.departing, 0);
	set_ceilings(&g, id, "2026=420000000,2027=430000000");
	print(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "je 1: 101 (strop 4\u00a0300\u00a0000\u00a0Kč, podle pravidel 4\u00a0777\u00a0500\u00a0Kč)");
	REFUSED_SAYING(&g, draft_prices_take(as_person(&g, g.statutory), draft_version(&g, id), &changed), ERR_FORBIDDEN, "");
	MUST(draft_prices_take(as_person(&g, g.officer), draft_version(&g, id), &changed));
	EQ_INT(changed, 1);
	EQ_TEXT(draft_line_at(&g, id, 0)->ceilings, "2026=420000000,2027=477750000");
	print(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
	REFUSED_SAYING(&g, draft_prices_take(as_person(&g, g.officer), draft_version(&g, id), &changed), ERR_CONFLICT, "se už nemění");
}

TEST("prices: a reason holds for the lines that were ticked and no others; a line that agrees with the rules, or one of another draft, is refused") {
	Given     g = given_network();
	Id        other = given_line(&g, "102"), id = given_draft(&g), none = 0;
	DraftLine *first = draft_line_at(&g, id, 0), *second = draft_line_at(&g, id, 1);
	(void)other;
	set_ceilings(&g, id, "2026=420000000,2027=430000000");
	REFUSED_SAYING(&g, draft_prices_explain(as_person(&g, g.officer), draft_version(&g, id), &none, 0, S("Tak.")), ERR_INVALID, "zaškrtněte aspoň jeden");
	const Id both[] = {first->head.id, second->head.id};
	REFUSED_SAYING(&g, draft_prices_explain(as_person(&g, g.officer), draft_version(&g, id), both, 2, S("Tak.")), ERR_INVALID, "U řádku 102 není co zdůvodnit");
	EQ_INT(prices(&g, id).waiting, 1);                      /* all of them or none */
	REFUSED_SAYING(&g, draft_prices_explain(as_person(&g, g.officer), draft_version(&g, id), &none, 1, S("Tak.")), ERR_INVALID, "Načtěte stránku znovu");
	MUST(draft_prices_explain(as_person(&g, g.officer), draft_version(&g, id), both, 1, S("Nájem je nižší.")));
	second->ceilings = S("2027=1");
	second->change_reason = S("Jiný strop.");
	MUST(draft_line_save(as_person(&g, g.officer), second));
	MUST(draft_prices_explain(as_person(&g, g.officer), draft_version(&g, id), both + 1, 1, S("Provoz jen část roku.")));
	DraftPrices all = prices(&g, id);
	EQ_TEXT(all.at[0].why, "Nájem je nižší.");
	EQ_TEXT(all.at[1].why, "Provoz jen část roku.");
	EQ_INT(all.waiting, 0);
}

TEST("prices: another ceiling stands with a reason, until the ceiling or what the rules give is another amount") {
	Given  g = given_network();
	Id     id = given_draft(&g);
	size_t n;
	set_ceilings(&g, id, "2026=420000000,2027=430000000");
	REFUSED_SAYING(&g, explain(&g, g.officer, id, "  "), ERR_INVALID, "napište důvod");
	REFUSED_SAYING(&g, explain(&g, g.head, id, "Tak."), ERR_FORBIDDEN, "");
	MUST(explain(&g, g.officer, id, "Plánované náklady jsou nižší."));
	DraftPrices all = prices(&g, id);
	EQ_INT(all.departing, 1);
	EQ_INT(all.waiting, 0);
	EQ_TEXT(all.at[0].why, "Plánované náklady jsou nižší.");
	MUST(draft_prices_take(as_person(&g, g.officer), draft_version(&g, id), &n));
	EQ_INT(n, 0);
	set_ceilings(&g, id, "2026=420000000,2027=440000000");
	EQ_INT(prices(&g, id).waiting, 1);
	set_ceilings(&g, id, "2026=420000000,2027=430000000");
	EQ_INT(prices(&g, id).waiting, 0);
	DraftLine *d = draft_line_at(&g, id, 0);
	d->capacity = fte(700);
	MUST(draft_line_save(as_person(&g, g.officer), d));
	EQ_INT(prices(&g, id).waiting, 1);
	MUST(draft_prices_explain(as_person(&g, g.officer), draft_version(&g, id), &d->head.id, 1, S("Plánované náklady jsou nižší.")));
	EQ_INT(prices(&g, id).waiting, 0);
}

TEST("prices: a line without a ceiling needs one, not a reason; one that a project pays needs none") {
	Given  g = given_network();
	Id     id = given_draft(&g);
	set_ceilings(&g, id, "2026=420000000");
	EQ_INT(prices(&g, id).waiting, 1);
	REFUSED_SAYING(&g, explain(&g, g.officer, id, "Tak."), ERR_INVALID, "nejdřív zapsat");
	DraftLine *d = draft_line_at(&g, id, 0);
	d->project_financed = true;
	MUST(draft_line_save(as_person(&g, g.officer), d));
	EQ_INT(prices(&g, id).len, 0);
}

TEST("prices: F1: a line that begins in July has months of half a year, one that ends in June as well; one that begins next year has none") {
	Given g = given_network();
	Id    id = given_draft(&g);
	const struct { Date since, until; i64 want; } asked[] = {
		{D(2027, 7, 1), {0}, 238875000}, {D(2025, 1, 1), D(2027, 6, 30), 238875000}, {D(2027, 12, 31), {0}, 39812500}, {D(2025, 1, 1), D(2027, 12, 31), 477750000},
	};
	for (size_t i = 0; i < LEN(asked); i++) {
		DraftLine *d = draft_line_at(&g, id, 0);
		d->since = asked[i].since;
		d->until = asked[i].until;
		MUST(draft_line_save(as_person(&g, g.officer), d));
		EQ_INT(prices(&g, id).at[0].computed, asked[i].want);
	}
	DraftLine *d = draft_line_at(&g, id, 0);
	d->since = D(2028, 1, 1);
	d->until = (Date){0};
	MUST(draft_line_save(as_person(&g, g.officer), d));
	EQ_INT(prices(&g, id).len, 0);
}

TEST("prices: F2: the reference cost is the one that the rules choose from both values; another one hinders and says which") {
	Given g = given_network();
	Id    id = given_draft(&g);
	ReferenceValue *v = value_of_2027(&g);
	v->region_value = czk(610000);
	v->national_value = czk(590000);
	v->providers = 9;
	MUST(entity_update(&g.c, &reference_value_entity, v));
	DraftPrices all = prices(&g, id);
	EQ_INT(all.waiting, 1);
	EXPECT(str_has(all.at[0].fault, S("má být 610\u00a0000\u00a0Kč")));
	v = value_of_2027(&g);
	v->cost = czk(610000);
	MUST(entity_update(&g.c, &reference_value_entity, v));
	all = prices(&g, id);
	EQ_INT(all.at[0].fault.len, 0);
	EQ_INT(all.at[0].computed, (610000 - 245000) * 650);
	v = value_of_2027(&g);
	v->providers = 4;                                /* fewer than the rules ask for: the national one holds */
	MUST(entity_update(&g.c, &reference_value_entity, v));
	EXPECT(str_has(prices(&g, id).at[0].fault, S("má být 590\u00a0000\u00a0Kč")));
}

TEST("prices: a kind without a reference value is said so, and its ceiling needs a reason") {
	Given      g = given_network();
	Id         id = given_draft(&g);
	size_t     n;
	DraftLine *d = draft_line_at(&g, id, 0);
	d->unit = S("L");
	MUST(draft_line_save(as_person(&g, g.officer), d));
	DraftPrices all = prices(&g, id);
	EQ_INT(all.at[0].computed, BLANK);
	EXPECT(str_has(all.at[0].fault, S("referenční hodnotu")));
	MUST(draft_prices_take(as_person(&g, g.officer), draft_version(&g, id), &n));
	EQ_INT(n, 0);
	MUST(explain(&g, g.officer, id, "Podle plánovaných nákladů."));
	EQ_INT(prices(&g, id).waiting, 0);
}

TEST("prices: taking a ceiling is no reason for another change, and does not make the one who pressed it the author of the line") {
	Given      g = given_network();
	Id         id = given_draft(&g);
	size_t     n;
	DraftLine *d = draft_line_at(&g, id, 0);
	Grant     *rights = NEW(t_arena, Grant, .role = S("NET"), .scope = SCOPE_REGION);
	Actor     *second = NEW(t_arena, Actor, .account = 907, .name = S("druhý správce"), .grants = rights, .grant_count = 1);
	access_prepare(second);
	d->capacity = fte(700);
	MUST(draft_line_save(as_person(&g, second), d));
	MUST(draft_prices_take(as_person(&g, g.officer), draft_version(&g, id), &n));
	EQ_INT(n, 1);
	d = draft_line_at(&g, id, 0);
	EQ_INT(d->account, 907);
	EQ_INT(d->change_reason.len, 0);
	print(&g, id);
	REFUSED_SAYING(&g, draft_step(&g, id, g.officer, "route"), ERR_INVALID, "bez důvodu: 101");
}

TEST("prices: trees are kept with the approval, come out again from their own cells, and are read by others only then") {
	Given        g = given_network();
	Id           id = given_draft(&g);
	LinePrices   kept;
	Calculations trees;
	Calculation  k;
	bool         agrees;
	Str          why;
	set_ceilings(&g, id, "2026=420000000,2027=430000000");
	MUST(explain(&g, g.officer, id, "Plánované náklady jsou nižší."));
	MUST(line_prices_of_version(&g.c, id, &kept));
	RuleCase owner;
	MUST(price_find_case(&g.c, kept.at[0]->head.id, &owner));
	EQ_INT(price_find_case(as_person(&g, g.statutory), kept.at[0]->head.id, &owner), ERR_NOT_FOUND);
	print(&g, id);
	MUST(draft_step(&g, id, g.officer, "route"));
	MUST(draft_step(&g, id, g.head, "approve"));
	MUST(line_prices(as_person(&g, g.officer), g.line, &kept));
	EQ_INT(kept.len, 1);
	EQ_INT(kept.at[0]->computed.halere, 477750000);
	EQ_INT(kept.at[0]->ceiling.halere, 430000000);
	EQ_TEXT(kept.at[0]->why, "Plánované náklady jsou nižší.");
	MUST(calculations_of(&g.c, PRICE_CASES, kept.at[0]->head.id, S(PRICE_RULE), &trees));
	EQ_INT(trees.len, 1);
	EQ_TEXT(trees.at[0].result, "4\u00a0777\u00a0500\u00a0Kč");
	MUST(calculation_get(&g.c, trees.at[0].id, &k));
	MUST(calculation_again(&g.c, &k, &agrees, &why));
	EXPECT(agrees);
	MUST(price_find_case(as_person(&g, g.statutory), kept.at[0]->head.id, &owner));
}

TEST("prices: a draft that is given up leaves no reasons behind") {
	Given      g = given_network();
	Id         id = given_draft(&g);
	LinePrices kept;
	set_ceilings(&g, id, "2026=420000000,2027=430000000");
	MUST(explain(&g, g.officer, id, "Plánované náklady jsou nižší."));
	MUST(draft_step(&g, id, g.head, "cancel"));
	MUST(line_prices_of_version(&g.c, id, &kept));
	EQ_INT(kept.len, 0);
}

TEST("draft: lines that hinder handing over are named for links, each once for the place where it is mended, and only while somebody listens") {
	Given       g = given_network();
	Id          id = given_draft(&g);
	DraftNames  names = {0};
	WorkObject  o;
	WorkActions all;
	set_ceilings(&g, id, "2027=1");
	DraftLine *d = draft_line_at(&g, id, 0);
	d->until = D(2026, 12, 31);                             /* over before the version begins */
	MUST(draft_line_save(as_person(&g, g.officer), d));
	d = draft_line_at(&g, id, 0);
	MUST(workflow_object(as_person(&g, g.officer), &network_version_machine, id, &o));
	draft_names_listen(&names);
	MUST(workflow_actions(&g.c, &network_version_machine, &o, &all));
	MUST(workflow_actions(&g.c, &network_version_machine, &o, &all));
	draft_names_listen(NULL);
	MUST(workflow_actions(&g.c, &network_version_machine, &o, &all));
	EQ_INT(names.len, 1);
	EQ_INT(names.at[0].line, d->head.id);
	EXPECT(strcmp(names.at[0].place, "radek") == 0);
	d->until = (Date){0};
	MUST(draft_line_save(as_person(&g, g.officer), d));
	names = (DraftNames){0};
	MUST(workflow_object(&g.c, &network_version_machine, id, &o));
	draft_names_listen(&names);
	MUST(workflow_actions(&g.c, &network_version_machine, &o, &all));
	draft_names_listen(NULL);
	EQ_INT(names.len, 1);
	EXPECT(strcmp(names.at[0].place, "platby") == 0);
}
