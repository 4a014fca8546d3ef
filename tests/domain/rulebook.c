/* rulebook: versions of rule sets, four eyes, rehearsal. */
#include "tests/domain/rulebook_given.h"

#include "core/access.h"
#include "core/codelist.h"

static const WorkInput unrehearsed = {.reason = {"Zkouška", sizeof "Zkouška" - 1}};

TEST("rulebook: the shipped set is published once, and what was handed over does not change") {
	Book         b = given_book();
	Ctx          c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	RuleVersions all;
	MUST(rule_versions(&c, false, &all));
	EQ_INT(all.len, 1);
	EQ_INT(all.at[0]->no, 1);
	EQ_INT(all.at[0]->digest.len, 64);
	EQ_STR(all.at[0]->digest, rule_set_digest(set_of(&c, all.at[0])));
	RuleVersion *v = all.at[0];
	v->source = S("sada: vychozi-1\n");
	REFUSED_TELLING(rule_version_save(&c, v), ERR_CONFLICT, "Založte její kopii");
	REFUSED_TELLING(entity_update(&c, &rule_version_entity, v), ERR_CONFLICT, "Založte její kopii");
	ctx_end(&c);
}

TEST("rulebook: G14: a copy is drafted, refused while the check finds something, and approved by a second pair of eyes; the day decides which holds") {
	Book         b = given_book();
	Ctx          c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	RuleVersion *copy, *held;
	MUST(rule_version_copy(&c, b.shipped, &copy));
	EQ_INT(copy->no, 2);
	Str good = copy->source;
	copy->source = str_replace(t_arena, good, S("vzorec: optimální_návrh <= maximální_návrh"), S("vzorec: optimalni_navr <= maximální_návrh"));
	MUST(rule_version_save(&c, copy));
	REFUSED_TELLING(workflow_do(&c, &rule_set_machine, copy->head.id, "check", NULL), ERR_INVALID, "Mysleli jste");
	copy = version_of(&c, copy->head.id);
	copy->source = str_replace(t_arena, good, S("sada: vychozi-1"), S("sada: jina"));
	MUST(rule_version_save(&c, copy));
	REFUSED_TELLING(workflow_do(&c, &rule_set_machine, copy->head.id, "check", NULL), ERR_INVALID, "označení");
	copy = version_of(&c, copy->head.id);
	copy->source = good;
	copy->valid_from = D(2027, 7, 1);
	MUST(rule_version_save(&c, copy));
	MUST(workflow_do(&c, &rule_set_machine, copy->head.id, "check", NULL));
	EQ_INT(workflow_do(&c, &rule_set_machine, copy->head.id, "publish", NULL), ERR_FORBIDDEN);
	copy = version_of(&c, copy->head.id);
	REFUSED_TELLING(rule_version_save(&c, copy), ERR_CONFLICT, "předána ke schválení");
	ctx_end(&c);

	c = at_time(&b.k, b.head, D(2027, 2, 11), 9, 0, 0);
	MUST(workflow_do(&c, &rule_set_machine, copy->head.id, "publish", &unrehearsed));
	MUST(rule_version_in_force(&c, S("vychozi-1"), D(2027, 6, 30), &held));
	EQ_INT(held->head.id, b.shipped);
	MUST(rule_version_in_force(&c, S("vychozi-1"), D(2027, 7, 1), &held));
	EQ_INT(held->head.id, copy->head.id);
	REFUSED_TELLING(rule_version_in_force(&c, S("neznama"), D(2027, 7, 1), &held), ERR_NOT_FOUND, "Zveřejněte ji");
	MUST(workflow_do(&c, &rule_set_machine, copy->head.id, "retire", &(WorkInput){.reason = S("Chyba v bodech")}));
	MUST(rule_version_in_force(&c, S("vychozi-1"), D(2027, 7, 1), &held));
	EQ_INT(held->head.id, b.shipped);
	ctx_end(&c);
}

TEST("rulebook: who prepared a version does not approve it, even with both rights") {
	Book         b = given_book();
	Ctx          c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	RuleVersion *copy;
	Actor       *both = NEW_ZERO(t_arena, Actor);
	Grant       *grants = NEW_ARRAY(t_arena, Grant, 2);
	grants[0] = (Grant){.role = S("MET"), .scope = SCOPE_REGION};
	grants[1] = (Grant){.role = S("VED"), .scope = SCOPE_REGION};
	*both = (Actor){.account = b.author->account, .name = b.author->name, .grants = grants, .grant_count = 2};
	access_prepare(both);
	MUST(rule_version_copy(&c, b.shipped, &copy));
	MUST(workflow_do(&c, &rule_set_machine, copy->head.id, "check", NULL));
	ctx_end(&c);
	c = at_time(&b.k, both, D(2027, 2, 10), 10, 0, 0);
	REFUSED_TELLING(workflow_do(&c, &rule_set_machine, copy->head.id, "publish", NULL), ERR_INVALID, "Krok");
	ctx_end(&c);
}

TEST("rulebook: a draft is nothing for others, and neither is writing") {
	Book         b = given_book();
	Ctx          c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	RuleVersion *copy, *seen;
	MUST(rule_version_copy(&c, b.shipped, &copy));
	ctx_end(&c);
	c = at_time(&b.k, b.k.worker, D(2027, 2, 10), 9, 0, 0);
	EQ_INT(rule_version_get(&c, copy->head.id, &seen), ERR_NOT_FOUND);
	MUST(rule_version_get(&c, b.shipped, &seen));
	EQ_INT(rule_version_copy(&c, b.shipped, &seen), ERR_FORBIDDEN);
	seen = entity_copy(t_arena, &rule_version_entity, copy);
	EQ_INT(rule_version_save(&c, seen), ERR_FORBIDDEN);
	ctx_end(&c);
}

TEST("rulebook: a draft that was dropped was never published, and nobody else reads it") {
	Book         b = given_book();
	Ctx          c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	RuleVersion *copy, *seen;
	MUST(rule_version_copy(&c, b.shipped, &copy));
	MUST(workflow_do(&c, &rule_set_machine, copy->head.id, "drop", &(WorkInput){.reason = S("Nepotřebujeme ji")}));
	MUST(rule_version_get(&c, copy->head.id, &seen));
	ctx_end(&c);
	c = at_time(&b.k, b.k.worker, D(2027, 2, 10), 10, 0, 0);
	EQ_INT(rule_version_get(&c, copy->head.id, &seen), ERR_NOT_FOUND);
	ctx_end(&c);
	c = at_time(&b.k, b.head, D(2027, 2, 10), 11, 0, 0);
	MUST(workflow_do(&c, &rule_set_machine, b.shipped, "retire", &(WorkInput){.reason = S("Nahrazena")}));
	ctx_end(&c);
	c = at_time(&b.k, b.k.worker, D(2027, 2, 10), 12, 0, 0);
	MUST(rule_version_get(&c, b.shipped, &seen));
	ctx_end(&c);
}

TEST("rulebook: who wrote the text does not approve it, even when somebody else handed it over") {
	Book         b = given_book();
	Actor       *colleague = NULL, *both = NEW_ZERO(t_arena, Actor);
	Grant       *grants = NEW_ARRAY(t_arena, Grant, 2);
	RuleVersion *copy;
	Ctx          c = at_time(&b.k, &actor_program, D(2027, 2, 10), 8, 30, 0);
	colleague = officer(&c, "druhy.pisar@example.org", "MET");
	ctx_end(&c);
	grants[0] = (Grant){.role = S("MET"), .scope = SCOPE_REGION};
	grants[1] = (Grant){.role = S("VED"), .scope = SCOPE_REGION};
	*both = (Actor){.account = b.author->account, .name = b.author->name, .grants = grants, .grant_count = 2};
	access_prepare(both);
	c = at_time(&b.k, colleague, D(2027, 2, 10), 9, 0, 0);
	MUST(rule_version_copy(&c, b.shipped, &copy));
	ctx_end(&c);
	c = at_time(&b.k, both, D(2027, 2, 10), 10, 0, 0);
	copy = version_of(&c, copy->head.id);
	copy->valid_from = D(2027, 7, 1);
	MUST(rule_version_save(&c, copy));
	ctx_end(&c);
	c = at_time(&b.k, colleague, D(2027, 2, 10), 11, 0, 0);
	MUST(workflow_do(&c, &rule_set_machine, copy->head.id, "check", NULL));
	ctx_end(&c);
	c = at_time(&b.k, both, D(2027, 2, 10), 12, 0, 0);
	REFUSED_TELLING(workflow_do(&c, &rule_set_machine, copy->head.id, "publish", NULL), ERR_INVALID, "psali vy");
	ctx_end(&c);
	c = at_time(&b.k, b.head, D(2027, 2, 10), 13, 0, 0);
	MUST(workflow_do(&c, &rule_set_machine, copy->head.id, "publish", &unrehearsed));
	ctx_end(&c);
}

TEST("rulebook: a version without a day holds from the day of its publication, and of two the one that began last") {
	Book         b = given_book();
	Ctx          c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	RuleVersion *later, *undated, *held;
	MUST(rule_version_copy(&c, b.shipped, &later));
	later->valid_from = D(2028, 1, 1);
	MUST(rule_version_save(&c, later));
	MUST(workflow_do(&c, &rule_set_machine, later->head.id, "check", NULL));
	MUST(rule_version_copy(&c, b.shipped, &undated));
	MUST(workflow_do(&c, &rule_set_machine, undated->head.id, "check", NULL));
	ctx_end(&c);
	c = at_time(&b.k, b.head, D(2027, 3, 5), 0, 30, 0);
	MUST(workflow_do(&c, &rule_set_machine, later->head.id, "publish", &unrehearsed));
	MUST(workflow_do(&c, &rule_set_machine, undated->head.id, "publish", &unrehearsed));
	MUST(rule_version_in_force(&c, S("vychozi-1"), D(2027, 3, 4), &held));
	EQ_INT(held->head.id, b.shipped);        /* what was computed before it came stays as it was */
	MUST(rule_version_in_force(&c, S("vychozi-1"), D(2027, 3, 5), &held));
	EQ_INT(held->head.id, undated->head.id);
	EXPECT(date_eq(held->valid_from, D(2027, 3, 5)));
	MUST(rule_version_in_force(&c, S("vychozi-1"), D(2028, 1, 1), &held));
	EQ_INT(held->head.id, later->head.id);
	MUST(rule_version_in_force(&c, S("vychozi-1"), D(2020, 1, 1), &held));
	EQ_INT(held->head.id, b.shipped);        /* the first one has none before it */
	ctx_end(&c);
}

/* ---- rehearsal ---- */

static RehearsalCase written(const char *title, const char *text) {
	WrittenCase *one = NEW(t_arena, WrittenCase, .text = str_c(text));
	return (RehearsalCase){.title = str_c(title), .day = D(2027, 2, 10), .cells = written_cell, .arg = one};
}

TEST("rulebook: G14: rehearsing the same set flips nothing; a changed one lists exactly the results that change") {
	Book          b = given_book();
	Ctx           c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	RuleVersion  *v = version_of(&c, b.shipped);
	RuleSet      *set = set_of(&c, v);
	RehearsalCase cases[] = {
		written("lůžka", "referenční náklad = 720 000\nreferenční výnos = 390 000\njednotky = 40\nměsíce_pověření = 12"),
		written("návrh", "požadavek = 4 200 000\nneuznatelné = 150 000\nnadhodnocené = 50 000\noptimální_návrh = 3 900 000"),
		written("rozbitý", "požadavek = hodně\nneuznatelné = \nnadhodnocené = 1"),
		written("pořadí", "pořadí_potřeby = 3"),
	};
	Rehearsal same, changed;
	rehearse(t_arena, set, set, cases, LEN(cases), &same);
	EQ_INT(same.len, 0);
	EXPECT(same.compared > 80 && same.only_before.len == 0 && same.only_after.len == 0);

	Str text = str_replace(t_arena, v->source, S("- 1 až 3: 10"), S("- 1 až 3: 9"));
	text = str_replace(t_arena, text, S("* část_roku); krok_částek"), S("* část_roku * 50 %); krok_částek"));
	text = str_replace(t_arena, text, S("[pravidlo E2]"), S("[pravidlo E3]"));
	text = str_replace(t_arena, text, S("E1; E2)"), S("E1; E3)"));
	RuleVersion other = *v;
	other.source = text;
	rehearse(t_arena, set, set_of(&c, &other), cases, LEN(cases), &changed);
	EQ_INT(changed.len, 2);
	EQ_TEXT(changed.at[0].rule, "vyrovnávací_platba");
	EQ_TEXT(rule_value_show(t_arena, changed.at[0].after), "6\u00a0600\u00a0000\u00a0Kč");
	EQ_TEXT(changed.at[1].rule, "A2");
	EQ_TEXT(rule_value_show(t_arena, changed.at[1].before), "10");
	EQ_INT(changed.only_before.len, 1);
	EQ_INT(changed.only_after.len, 1);
	ctx_end(&c);
}

TEST("rulebook: reference values of a kind are those of the year, else of the last one before; none is said in a sentence") {
	Book            b = given_book();
	Ctx             c = at_time(&b.k, &actor_program, D(2027, 2, 10), 9, 0, 0);
	ReferenceValue *v;
	MUST(codelist_seed(&c, "code_lists/register.csv"));
	MUST(reference_values_seed(&c));
	MUST(reference_value(&c, S("40"), S("U"), 2026, &v));
	EQ_INT(v->cost.halere, 98000000);
	EQ_INT(v->revenue.halere, 24500000);
	v->cost = czk(990000);
	MUST(entity_update(&c, &reference_value_entity, v));
	MUST(reference_values_seed(&c));
	MUST(reference_value(&c, S("40"), S("U"), 2026, &v));
	EQ_INT(v->cost.halere, 99000000);
	MUST(reference_value(&c, S("44"), S("L"), 2040, &v));
	EQ_INT(v->year, 2027);
	EQ_INT(v->revenue.halere, 34000000);
	REFUSED_TELLING(reference_value(&c, S("40"), S("L"), 2026, &v), ERR_NOT_FOUND, "Doplňte ji");
	REFUSED_TELLING(reference_value(&c, S("40"), S("U"), 2025, &v), ERR_NOT_FOUND, "Doplňte ji");
	ReferenceValue bad = *v;
	bad.revenue = czk(-1);
	REFUSED_TELLING(entity_update(&c, &reference_value_entity, &bad), ERR_INVALID, "od 0 do");
	ctx_end(&c);
}

TEST("rulebook: the longest and densest text that a set may have is opened within the memory of a page") {
	Book b = given_book();
	CLEANUP(buf_free) Buf text = {0};
	CLEANUP(arena_free) Arena a = {.limit = 8 * 1024 * 1024};
	RuleFaults faults = {0};
	buf_lit(&text, "sada: x\n[vstup x]\ntyp: číslo\n");
	for (int i = 0; text.len < RULE_SET_MAX - RULE_FORMULA_MAX; i++) {
		buf_format(&text, "[pravidlo p%d]\ntyp: číslo\nvzorec: 0", i);
		for (int k = 0; k < 115; k++)
			buf_lit(&text, "+(x+x*x+1-1/2*4-x+x*7-9+x*8/3)");
		buf_char(&text, '\n');
	}
	Ctx c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	c.arena = &a;
	RuleSet *set = rule_text_open(&c, buf_view(&text), &faults);
	EXPECT(set != NULL && faults.len == 0);
	EXPECT(a.held < 1024 * 1024);
	ctx_end(&c);
}
