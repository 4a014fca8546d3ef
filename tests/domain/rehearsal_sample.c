/* rehearsal_sample: a changed set over everything that the sample computes by rules: points of applications, compensations of lines, reference values. */
#include "domain/network/line_case.h"
#include "domain/network/score_cases.h"
#include "domain/people/demo.h"
#include "domain/rulebook/rehearsal.h"
#include "tests/support/web.h"
#include "tests/test.h"

typedef struct Played {
	Ctx           c;
	Actor         author;
	RuleVersion  *held;
	KeptRehearsal kept;
	KeptChanges   changes;
} Played;

/* The set in force with one piece of its text changed, over the records of 2026; the transaction is given up, other tests read the sample too. */
static void play(Played *p, Tx *tx, const char *from, const char *to) {
	RuleVersion   *copy;
	KeptRehearsals all;
	Id             id;
	size_t         hidden;
	*p = (Played){.c = ctx_make(t_arena, test_app_demo()->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600))};
	MUST(people_demo_actor(&p->c, "metodik@demo.invalid", &p->author));
	MUST(tx_begin(&p->c, tx));
	p->c.actor = &p->author;
	MUST(rule_version_in_force(&p->c, S("vychozi-1"), p->c.today, &p->held));
	MUST(rule_version_copy(&p->c, p->held->head.id, &copy));
	if (*from) {
		Str text = str_replace(t_arena, copy->source, str_c(from), str_c(to));
		EXPECT(!str_eq(text, copy->source));
		copy->source = text;
		MUST(rule_version_save(&p->c, copy));
	}
	MUST(rehearsal_run(&p->c, &(RehearsalOrder){.version = copy->head.id, .against = p->held->head.id, .year_from = 2026, .year_to = 2026}, NULL, &id));
	MUST(rehearsals_of(&p->c, copy->head.id, &all));
	EQ_INT(all.at[0].id, id);
	p->kept = all.at[0];
	MUST(rehearsal_changes(&p->c, &p->kept, &p->changes, &hidden));
	EQ_INT(hidden, 0);
}

static size_t cases_of(Played *p, Str kind, RuleCases *ret) {
	const RuleCaseKind *k = rule_case_kind(kind);
	MUST(k->list(&p->c, (Str){0}, 2026, -1, ret));
	return ret->len;
}

static RuleValue value_of(Played *p, RuleSet *set, Str kind, const RuleCase *of, const char *rule) {
	RuleCells cells;
	void     *arg;
	MUST(rule_case_kind(kind)->cells(&p->c, of->id, &cells, &arg));
	return rule_eval(rule_run(t_arena, set, of->day, cells, arg), str_c(rule))->value;
}

static bool is_named(const Played *p, Str kind, Id id) {
	for (size_t i = 0; i < p->changes.len; i++)
		if (str_eq(p->changes.at[i].kind, kind) && p->changes.at[i].object == id)
			return true;
	return false;
}

TEST("G14: over all applications, lines and reference values of the sample the same set flips nothing") {
	Played    p;
	RuleCases some;
	Tx        tx = {0};
	play(&p, &tx, "", "");
	EQ_INT(p.changes.len, 0);
	EQ_INT(p.kept.changed_cases, 0);
	size_t applications = cases_of(&p, S(APPLICATION_CASES), &some), lines = cases_of(&p, S(LINE_CASES), &some);
	EXPECT(applications >= 6 && lines > 100);
	EQ_INT(p.kept.cases, (i64)(applications + lines + cases_of(&p, S("reference_value"), &some)));
	tx_end(&tx);
	ctx_end(&p.c);
}

TEST("G14: a changed price step names exactly the lines whose compensation is no multiple of it") {
	Played     p;
	RuleCases  lines;
	RuleFaults faults = {0};
	RuleSet   *set;
	Tx         tx = {0};
	size_t     wanted = 0;
	play(&p, &tx, "[parametr krok_částek]\nnázev: Na kolik se částky zaokrouhlují\ntyp: Kč\nhodnota: 1\n", "[parametr krok_částek]\nnázev: Na kolik se částky zaokrouhlují\ntyp: Kč\nhodnota: 10 000\n");
	MUST(rule_version_open(&p.c, p.held, &set, &faults));
	cases_of(&p, S(LINE_CASES), &lines);
	for (size_t i = 0; i < lines.len; i++) {
		RuleValue v = value_of(&p, set, S(LINE_CASES), &lines.at[i], "vyrovnávací_platba");
		Money     m;
		bool      differs = v.state == RULE_KNOWN && rule_as_money(v, &m) && m.halere % 1000000;
		wanted += differs;
		if (differs != is_named(&p, S(LINE_CASES), lines.at[i].id))
			test_fail(__FILE__, __LINE__, "%.*s: %.*s", STR_ARG(lines.at[i].label), STR_ARG(rule_value_show(t_arena, v)));
	}
	EXPECT(wanted > 0 && wanted < lines.len);
	tx_end(&tx);
	ctx_end(&p.c);
}

TEST("G14: a changed point table names exactly the applications that stand in its row, with the points before and after") {
	Played     p;
	RuleCases  all;
	RuleFaults faults = {0};
	RuleSet   *set;
	Tx         tx = {0};
	size_t     wanted = 0;
	play(&p, &tx, "- dosud nebyla: 3", "- dosud nebyla: 2");
	MUST(rule_version_open(&p.c, p.held, &set, &faults));
	cases_of(&p, S(APPLICATION_CASES), &all);
	for (size_t i = 0; i < all.len; i++) {
		RuleValue v = value_of(&p, set, S(APPLICATION_CASES), &all.at[i], "E2");
		bool      differs = v.state == RULE_KNOWN && str_eq(rule_value_show(t_arena, v), S("3"));
		wanted += differs;
		EQ_INT(is_named(&p, S(APPLICATION_CASES), all.at[i].id), differs);
	}
	EXPECT(wanted > 0);
	for (size_t i = 0; i < p.changes.len; i++) {
		EQ_TEXT(p.changes.at[i].kind, APPLICATION_CASES);
		if (str_eq(p.changes.at[i].rule, S("E2"))) {
			EQ_TEXT(p.changes.at[i].before, "3");
			EQ_TEXT(p.changes.at[i].after, "2");
		}
	}
	tx_end(&tx);
	ctx_end(&p.c);
}

TEST("rehearsal: the sample shows what the rules that are prepared for the next year would change, of applications and of lines") {
	Ctx            c = ctx_make(t_arena, test_app_demo()->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	RuleVersions   all;
	KeptRehearsals kept = {0};
	KeptChanges    changes;
	size_t         hidden, of_lines = 0, of_applications = 0;
	Actor          author;
	MUST(people_demo_actor(&c, "metodik@demo.invalid", &author));
	c.actor = &author;
	MUST(rule_versions(&c, false, &all));
	for (size_t i = 0; i < all.len && !kept.len; i++)
		if (str_eq(all.at[i]->state, S(RULES_DRAFT)))
			MUST(rehearsals_of(&c, all.at[i]->head.id, &kept));
	EXPECT(kept.len == 1);
	MUST(rehearsal_changes(&c, &kept.at[0], &changes, &hidden));
	for (size_t i = 0; i < changes.len; i++) {
		of_lines += str_eq(changes.at[i].kind, S(LINE_CASES));
		of_applications += str_eq(changes.at[i].kind, S(APPLICATION_CASES));
	}
	EXPECT(of_lines > 10 && of_applications > 2);
	ctx_end(&c);
}

TEST("F1: a line that comes or goes within the year is a case with its part of the year; outside of it there is no part") {
	Date from, to;
	EXPECT(part_of_year(2027, D(2027, 4, 15), (Date){0}, &from, &to));
	EQ_INT(to.n - from.n, D(2027, 12, 31).n - D(2027, 4, 15).n);
	EXPECT(part_of_year(2027, D(2020, 1, 1), D(2027, 1, 1), &from, &to));
	EQ_INT(to.n, from.n);
	EXPECT(!part_of_year(2027, D(2028, 1, 1), (Date){0}, &from, &to));
	EXPECT(!part_of_year(2027, D(2020, 1, 1), D(2026, 12, 31), &from, &to));
}

TEST("F1: a line is found as a case of a year in which it stands in the network, and of no other; numbers that are none are refused") {
	Ctx       c = ctx_make(t_arena, test_app_demo()->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	RuleCases all, one;
	RuleCase  found;
	MUST(line_cases_list(&c, (Str){0}, 2026, -1, &all));
	MUST(line_case_find(&c, all.at[0].id, &found));
	EQ_STR(found.label, all.at[0].label);
	MUST(line_cases_list(&c, all.at[0].label, 2026, 1, &one));
	EQ_INT(one.at[0].id, all.at[0].id);
	MUST(line_cases_list(&c, (Str){0}, 1999, -1, &one));
	EQ_INT(one.len, 0);
	const i64 wrong[] = {0, -1, 2026, all.at[0].id / 10000, all.at[0].id / 10000 * 10000 + 1999, all.at[0].id / 10000 * 10000 + 9999, INT64_MAX};
	for (size_t i = 0; i < LEN(wrong); i++)
		EQ_INT(line_case_find(&c, wrong[i], &found), ERR_NOT_FOUND);
	ctx_end(&c);
}
