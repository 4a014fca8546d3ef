/* Sets as large, as deep and as contrary as the limits let them be: each is read to its end in little memory and little depth, and refused with sentences or computed. */
#include "core/rules_inside.h"
#include "tests/test.h"

#define MEMORY_MAX (48u * 1024 * 1024)

static void rule_begin(Buf *b, const char *name, int no) {
	buf_format(b, "[pravidlo %s%d]\ntyp: číslo\nvzorec: ", name, no);
}

static void times(Buf *b, int count, const char *what) {
	for (int i = 0; i < count; i++)
		buf_format(b, "%s", what);
}

static bool any_cell(void *arg, Arena *a, const RuleName *input, RuleCell *ret) {
	(void)arg;
	ret->value = input->type == RULE_TEXT ? rule_text(S("a1")) : rule_int(a, input->type, 3);
	return true;
}

static void keep(Arena *a, const RuleRun *run, const RuleNode *n) {
	CLEANUP(buf_free) Buf json = {0};
	RuleTree t = rule_tree(run, n), back;
	Str why;
	rule_tree_write(&json, &t);
	EXPECT(rule_tree_read(a, buf_view(&json), &back, &why));
	EXPECT(rule_value_equal(back.root->value, n->value));
}

/* The id of its first fault; NONE when it is accepted, then every rule was computed and the last one's tree kept. */
static int outcome(const Buf *text) {
	CLEANUP(arena_free) Arena a = {0};
	RuleFaults faults = {0};
	RuleSet *set = rule_set_read(&a, buf_view(text), &faults);
	EXPECT(faults.len <= 200 && (set != NULL) != faults.has_error);
	if (set) {
		const RuleNode *last = NULL;
		RuleRun *run = rule_run(&a, set, D(2026, 3, 1), any_cell, NULL);
		for (size_t i = 0; i < rule_set_count(set); i++)
			if (rule_set_at(set, i)->kind == RULE_RULE)
				last = rule_eval(run, rule_set_at(set, i)->name);
		keep(&a, run, last);
	}
	EXPECT(a.held <= MEMORY_MAX);
	return set ? RULE_FAULT_NONE : faults.at[0].id;
}

TEST("rules: hundreds of rules that lean on each other behind long formulas are refused, not walked to the bottom") {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "sada: x\n");
	for (int i = 1; i < 460; i++) {
		rule_begin(&b, "p", i);
		buf_format(&b, "p%d", i + 1);
		times(&b, 240, "+1");
		buf_char(&b, '\n');
	}
	EQ_INT(outcome(&b), RULE_FAULT_DEEP);
}

TEST("rules: five hundred rules in one chain are refused at the one that is too far") {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "sada: x\n");
	for (int i = 1; i < 500; i++) {
		rule_begin(&b, "p", i);
		buf_format(&b, "p%d", i + 1);
		times(&b, 120, "+1");
		buf_char(&b, '\n');
	}
	buf_lit(&b, "[pravidlo p500]\ntyp: číslo\nvzorec: 1\n");
	EQ_INT(outcome(&b), RULE_FAULT_CHAIN);
}

TEST("rules: the longest chain of the deepest formulas that is allowed is computed, kept and read again") {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "sada: x\n[pravidlo p0]\ntyp: číslo\nvzorec: 1\n");
	for (int i = 1; i < RULE_CHAIN_MAX; i++) {
		rule_begin(&b, "p", i);
		buf_format(&b, "p%d", i - 1);
		times(&b, 2 * RULE_DEPTH_MAX - 1, "+1");
		buf_char(&b, '\n');
	}
	EQ_INT(outcome(&b), RULE_FAULT_NONE);
}

TEST("rules: conditions of hundreds of comparisons of one name are looked through without piling up") {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "sada: x\n[vstup x]\ntyp: číslo\n");
	for (int i = 0; i < 40; i++) {
		rule_begin(&b, "p", i);
		buf_lit(&b, "když(x=1");
		for (int k = 1; k < 120; k++)
			buf_format(&b, " nebo x=%d", k * 2);
		buf_lit(&b, "; 1; 2)\n");
	}
	EQ_INT(outcome(&b), RULE_FAULT_NONE);
}

TEST("rules: tens of thousands of names that nobody knows end in two hundred sentences") {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "sada: x\n");
	for (int i = 0; i < 150; i++)
		buf_format(&b, "[vstup vstup_s_velmi_dlouhým_názvem_který_se_podobá_%d]\ntyp: číslo\n", i);
	for (int i = 0; i < 60; i++) {
		rule_begin(&b, "p", i);
		buf_lit(&b, "0");
		for (int k = 0; k < 60; k++)
			buf_format(&b, "+vstup_s_velmi_dlouhým_názvem_který_se_nepodobá_%d", k);
		buf_char(&b, '\n');
	}
	EQ_INT(outcome(&b), RULE_FAULT_UNKNOWN);
}

TEST("rules: an input with thousands of choices is refused") {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "sada: x\n[vstup t]\ntyp: text\nhodnoty: a1");
	for (int i = 2; i < 20000; i++)
		buf_format(&b, ";a%d", i);
	buf_lit(&b, "\n[tabulka tt]\nklíč: text\ntyp: číslo\n");
	for (int i = 1; i < 500; i++)
		buf_format(&b, "- a%d: 1\n", i);
	buf_lit(&b, "- jinak: 2\n");
	for (int i = 0; i < 10; i++) {
		rule_begin(&b, "p", i);
		buf_lit(&b, "0");
		times(&b, 200, "+vyhledej(t;tt)");
		buf_char(&b, '\n');
	}
	EQ_INT(outcome(&b), RULE_FAULT_MANY);
}

TEST("rules: two thousand rows in tables are read and searched") {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "sada: x\n[vstup n]\ntyp: číslo\n");
	for (int t = 0; t < 10; t++) {
		buf_format(&b, "[tabulka t%d]\nklíč: počet\ntyp: číslo\n", t);
		for (int i = 0; i < 198; i++)
			buf_format(&b, "- %d až %d: %d\n", i * 10, i * 10 + 9, i);
		buf_lit(&b, "- jinak: 0\n");
		rule_begin(&b, "p", t);
		times(&b, 90, "vyhledej(n; t0)+");
		buf_format(&b, "vyhledej(n; t%d)\n", t);
	}
	EQ_INT(outcome(&b), RULE_FAULT_NONE);
}

TEST("rules: numbers that grow until they are too large fail with a sentence, all the way up") {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "sada: x\n[pravidlo p0]\ntyp: číslo\nvzorec: 99999999999999999999999999999999999999999999999999999999999/7\n");
	for (int i = 1; i < RULE_CHAIN_MAX; i++) {
		rule_begin(&b, "p", i);
		buf_format(&b, "p%d*p%d\n", i - 1, i - 1);
	}
	EQ_INT(outcome(&b), RULE_FAULT_NONE);
}
