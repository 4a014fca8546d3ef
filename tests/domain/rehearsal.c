/* rehearsal: a version on stored records of past years; nothing is published without it, or without a reason why. */
#include "domain/rulebook/rehearsal.h"

#include "core/access.h"
#include "core/codelist.h"
#include "tests/domain/rulebook_given.h"

static Book given_values(void) {
	Book b = given_book();
	Ctx  c = at_time(&b.k, &actor_program, D(2027, 2, 10), 8, 40, 0);
	MUST(codelist_seed(&c, "code_lists/register.csv"));
	MUST(codelist_seed(&c, "code_lists/needs.csv"));
	MUST(reference_values_seed(&c));
	ctx_end(&c);
	return b;
}

/* A copy of the shipped set with one piece of its text changed. */
static Id drafted(Ctx *c, Book *b, const char *from, const char *to) {
	RuleVersion *copy;
	MUST(rule_version_copy(c, b->shipped, &copy));
	Str text = str_replace(t_arena, copy->source, str_c(from), str_c(to));
	EXPECT(!*from || !str_eq(text, copy->source));
	copy->source = *from ? text : copy->source;
	MUST(rule_version_save(c, copy));
	return copy->head.id;
}

static KeptRehearsal rehearsed(Ctx *c, Book *b, Id version, i64 from, i64 to) {
	RehearsalOrder o = {.version = version, .against = b->shipped, .year_from = from, .year_to = to};
	KeptRehearsals all;
	Id             id;
	MUST(rehearsal_run(c, &o, NULL, &id));
	MUST(rehearsals_of(c, version, &all));
	EQ_INT(all.at[0].id, id);
	return all.at[0];
}

static KeptTotal total_of(Ctx *c, const KeptRehearsal *k, const char *rule) {
	KeptTotals all;
	MUST(rehearsal_totals(c, k, &all));
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(all.at[i].rule, str_c(rule)))
			return all.at[i];
	test_fail(__FILE__, __LINE__, "no total of %s", rule);
	return (KeptTotal){0};
}

TEST("rehearsal: G14 the same text over every stored record flips nothing") {
	Book          b = given_values();
	Ctx           c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	KeptRehearsal k = rehearsed(&c, &b, drafted(&c, &b, "", ""), 2024, 2027);
	KeptChanges   changes;
	size_t        hidden;
	EXPECT(k.cases > 30);
	EQ_INT(k.changed, 0);
	EQ_INT(k.changed_cases, 0);
	MUST(rehearsal_changes(&c, &k, &changes, &hidden));
	EQ_INT(changes.len, 0);
	KeptTotal t = total_of(&c, &k, "vyrovnávací_platba");
	EQ_INT(t.computed, k.cases);
	EQ_STR(t.before, t.after);
	EQ_TEXT(t.difference, "0\u00a0Kč");
	ctx_end(&c);
}

TEST("rehearsal: a changed formula lists every record that changes with its difference, and the sums differ by as much") {
	Book          b = given_values();
	Ctx           c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	Id            version = drafted(&c, &b, "krok_částek)\n\n# ---------------------------------------------------------------- referenční hodnota", "krok_částek) + 1 000 Kč\n\n#");
	KeptRehearsal k = rehearsed(&c, &b, version, 2026, 2026);
	KeptChanges   changes;
	size_t        hidden;
	MUST(rehearsal_changes(&c, &k, &changes, &hidden));
	EQ_INT(changes.len, k.cases);
	EQ_INT(k.changed_cases, k.cases);
	EQ_INT(hidden, 0);
	for (size_t i = 0; i < changes.len; i++) {
		EQ_TEXT(changes.at[i].rule, "vyrovnávací_platba");
		EQ_TEXT(changes.at[i].difference, "1\u00a0000\u00a0Kč");
		EXPECT(str_starts(changes.at[i].label, S("2026, ")) && changes.at[i].link.len);
	}
	KeptTotal t = total_of(&c, &k, "vyrovnávací_platba");
	EQ_INT(t.changed, k.cases);
	EQ_STR(t.difference, rule_value_show(t_arena, rule_money(t_arena, czk(1000 * k.cases))));
	ctx_end(&c);
}

TEST("§ 12: sums of a rehearsal are read by the region alone: over few records they would say what one of them is that the reader may not know") {
	Book          b = given_values();
	Ctx           c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	KeptRehearsal k = rehearsed(&c, &b, drafted(&c, &b, "", ""), 2026, 2026);
	KeptTotals    all;
	MUST(rehearsal_totals(&c, &k, &all));
	EXPECT(all.len > 0);
	ctx_end(&c);
	c = at_time(&b.k, b.k.worker, D(2027, 2, 10), 10, 0, 0);
	MUST(rehearsal_totals(&c, &k, &all));
	EQ_INT(all.len, 0);
	ctx_end(&c);
}

TEST("rehearsal: what cannot be rehearsed is refused at the field that says why") {
	Book           b = given_values();
	Ctx            c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	Id             version = drafted(&c, &b, "", ""), id;
	RehearsalOrder o = {.version = version, .against = b.shipped, .year_from = 2026, .year_to = 2026};
	RehearsalOrder x = o;
	x.year_from = 2005;
	x.year_to = 2006;
	REFUSED_TELLING(rehearsal_run(&c, &x, NULL, &id), ERR_INVALID, "žádný záznam");
	x = o;
	x.year_to = 2025;
	REFUSED_TELLING(rehearsal_ask(&c, &x, &id), ERR_INVALID, "Do roku");
	x = o;
	x.against = version;
	REFUSED_TELLING(rehearsal_ask(&c, &x, &id), ERR_INVALID, "jinou verzi");
	x = o;
	x.kind = S("nic");
	REFUSED_TELLING(rehearsal_ask(&c, &x, &id), ERR_INVALID, "druh záznamů");
	RuleVersion *v = version_of(&c, version);
	v->source = S("sada: vychozi-1\n[pravidlo p]\ntyp: Kč\nvzorec: 1 +\n");
	MUST(rule_version_save(&c, v));
	REFUSED_TELLING(rehearsal_ask(&c, &o, &id), ERR_INVALID, "jsou chyby");
	ctx_end(&c);
	c = at_time(&b.k, b.k.worker, D(2027, 2, 10), 9, 0, 0);
	KeptRehearsals all;
	EQ_INT(rehearsal_ask(&c, &o, &id), ERR_FORBIDDEN);
	EQ_INT(rehearsals_of(&c, version, &all), ERR_NOT_FOUND);
	ctx_end(&c);
}

TEST("rehearsal: a text that was not rehearsed against the version in force is published only with a reason; a rehearsal of an older text does not count") {
	Book          b = given_values();
	Ctx           c = at_time(&b.k, b.author, D(2027, 2, 10), 9, 0, 0);
	Id            version = drafted(&c, &b, "", "");
	KeptRehearsal k;
	bool          needed;
	rehearsed(&c, &b, version, 2026, 2026);
	MUST(rehearsal_of_text(&c, version_of(&c, version), &k, &needed));
	EXPECT(needed && k.id);
	RuleVersion *v = version_of(&c, version);
	v->source = str_cat(t_arena, v->source, S("\n# změna\n"));
	MUST(rule_version_save(&c, v));
	MUST(rehearsal_of_text(&c, version_of(&c, version), &k, &needed));
	EXPECT(needed && !k.id);
	MUST(workflow_do(&c, &rule_set_machine, version, "check", NULL));
	ctx_end(&c);
	c = at_time(&b.k, b.head, D(2027, 2, 11), 9, 0, 0);
	REFUSED_TELLING(workflow_do(&c, &rule_set_machine, version, "publish", NULL), ERR_INVALID, "nechte nejdřív přehrát");
	EQ_TEXT(version_of(&c, version)->state, RULES_CHECKED);
	ctx_end(&c);
	c = at_time(&b.k, b.author, D(2027, 2, 11), 10, 0, 0);
	rehearsed(&c, &b, version, 2026, 2026);
	ctx_end(&c);
	c = at_time(&b.k, b.head, D(2027, 2, 11), 11, 0, 0);
	MUST(workflow_do(&c, &rule_set_machine, version, "publish", NULL));
	EQ_TEXT(version_of(&c, version)->state, RULES_PUBLISHED);
	ctx_end(&c);
}
