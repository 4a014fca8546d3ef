/* rules_people.c: a rule whose value people gave instead of its formula. The tree keeps both: what they gave, and the formula where one of them agreed with it. */
#include "core/rules_inside.h"

static const char mean_text[] = "průměr hodnotitelů";      /* no formula is written so: words of a name are joined */

static RuleNode *done(RuleRun *run, RuleNode *n, RuleValue v) {
	n->value = v;
	n->id = ++run->last_id;
	return n;
}

static RuleNode *given_node(RuleRun *run, const RuleNode *rule, const RuleGiven *g) {
	if (g->agrees && rule->count)
		return rule->children[0];
	RuleNode *n = rule_node(run, RULE_NODE_CELL, g->name);
	n->name = n->title = g->name;
	n->source = g->source;
	n->link = g->link;
	return done(run, n, g->value);
}

static RuleValue added(RuleRun *run, const RuleNode *sum, RuleType type) {
	Exact all = {0};
	for (size_t i = 0; i < sum->count; i++) {
		RuleValue v = sum->children[i]->value;
		if (v.state != RULE_KNOWN || !rule_type_is_number(v.type) || !exact_add(run->a, all, v.number, &all))
			return rule_fails(run, (int)type, RULE_FAULT_BLANK, "Některý z hodnotitelů hodnotu nedal. Doplňte ji; prázdná hodnota není nula.");
	}
	return rule_number(type, all);
}

void rule_give(RuleRun *run, Str rule, const RuleGiven *given, size_t count) {
	const RuleNode *formula = rule_eval(run, rule);
	RuleItem       *item = (RuleItem *)rule_set_find(run->set, rule);
	CHECK(item && item->n.kind == RULE_RULE && count > 0);
	RuleNode *sum = rule_node(run, RULE_NODE_CALL, S("součet hodnotitelů")), *size = rule_node(run, RULE_NODE_LITERAL, S("počet hodnotitelů"));
	sum->op = S("součet");
	sum->children = NEW_ARRAY(run->a, RuleNode *, count);
	for (size_t i = 0; i < count; i++)
		sum->children[sum->count++] = given_node(run, formula, &given[i]);
	done(run, sum, added(run, sum, item->n.type));
	done(run, size, rule_int(run->a, RULE_NUMBER, (i64)count));
	RuleNode *mean = rule_node(run, RULE_NODE_OPERATION, str_c(mean_text));
	mean->op = S("/");
	mean->children = NEW_ARRAY(run->a, RuleNode *, 2);
	mean->children[mean->count++] = sum;
	mean->children[mean->count++] = size;
	RuleValue v = sum->value;
	if (v.state == RULE_KNOWN && !exact_div(run->a, v.number, size->value.number, &v.number))
		v = rule_fails(run, (int)item->n.type, RULE_FAULT_BIG, "Výsledek je příliš dlouhé číslo. Zkontrolujte hodnoty.");
	done(run, mean, v);
	RuleNode *n = rule_node(run, RULE_NODE_RULE, formula->text);
	n->name = formula->name;
	n->title = formula->title;
	n->legal = formula->legal;
	n->children = NEW_ARRAY(run->a, RuleNode *, 1);
	n->children[n->count++] = mean;
	run->of_item[item->index] = done(run, n, v);
}

bool rule_node_is_given(const RuleNode *n) {
	const RuleNode *mean = n->kind == RULE_NODE_RULE && n->count == 1 ? n->children[0] : NULL;
	return mean && mean->kind == RULE_NODE_OPERATION && mean->count == 2 && mean->children[0]->count && str_eq(mean->text, str_c(mean_text));
}

void rule_give_again(RuleRun *run, const RuleNode *given) {
	const RuleNode *sum = given->children[0]->children[0];
	RuleGiven      *all = NEW_ARRAY(run->a, RuleGiven, sum->count);
	for (size_t i = 0; i < sum->count; i++) {
		const RuleNode *n = sum->children[i];
		bool by_hand = n->kind == RULE_NODE_CELL && str_eq(n->text, n->name) && str_eq(n->name, n->title);
		all[i] = (RuleGiven){.name = n->name, .source = n->source, .link = n->link, .value = n->value, .agrees = !by_hand};
	}
	rule_give(run, given->name, all, sum->count);
}
