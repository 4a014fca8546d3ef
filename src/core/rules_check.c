/* rules_check.c: what is wrong with rules together: cycles, names that nobody uses, formulas that always fail. */
#include "core/rules_inside.h"

enum { NEW_MARK, OPEN_MARK, DONE_MARK };

static void visit(Reading *r, RuleItem *item, int open);

/* Every name in the expression; a rule that is being looked at right now closes a cycle. `open`: how many of them there are. */
static void visit_expr(Reading *r, RuleItem *from, const Expr *e, int open) {
	if (e->item && e->item->n.kind == RULE_RULE) {
		RuleItem *to = e->item;
		if (to->mark == OPEN_MARK) {
			r->block = from;
			rule_fault(r, e->at, RULE_FAULT_CYCLE, "Pravidlo „%.*s“ závisí samo na sobě%s. Přerušte kruh: jedno z pravidel musí vycházet jen ze vstupů.",
				STR_ARG(to->n.name), to == from ? "" : " přes jiná pravidla");
			return;
		}
		bool too_far = to->mark == NEW_MARK && open > RULE_CHAIN_MAX;
		if (to->mark == NEW_MARK && !too_far)
			visit(r, to, open + 1);
		int chain = too_far ? RULE_CHAIN_MAX + 1 : to->chain + 1;
		if (chain > from->chain)
			from->chain = chain;
	}
	for (u32 i = 0; i < e->count; i++)
		visit_expr(r, from, e->args[i], open);
}

static void visit(Reading *r, RuleItem *item, int open) {
	item->mark = OPEN_MARK;
	item->chain = 1;
	if (item->expr)
		visit_expr(r, item, item->expr, open);
	item->mark = DONE_MARK;
}

/* Pieces without names are computed now: what fails here fails always. */
static bool check_constants(Reading *r, const Expr *e) {
	if (e->type == TYPE_BAD)
		return false;
	if (e->kind != EXPR_LITERAL && rule_expr_is_constant(e)) {
		struct RuleRun run = {.a = r->a, .set = r->set};
		RuleNode *n = rule_eval_expr(&run, e);
		return n->value.state != RULE_FAILED || rule_fault(r, e->at, RULE_FAULT_FAILS_ALWAYS, "Tento výpočet se nikdy nepovede: %.*s", STR_ARG(n->value.text));
	}
	for (u32 i = 0; i < e->count; i++)
		if (!check_constants(r, e->args[i]))
			return false;
	return true;
}

/* More points than the rule may give, where that can be seen: a number written as a result, a row of a table. */
static void check_points(Reading *r, const RuleItem *rule, const Expr *e, Exact most) {
	if (e->kind == EXPR_LITERAL && e->literal.state == RULE_KNOWN && exact_cmp(e->literal.number, most) > 0)
		rule_fault(r, e->at, RULE_FAULT_POINTS, "Pravidlo smí dát nejvýše %d, tady dává víc. Opravte hodnotu, nebo řádek „nejvýše“.", rule->n.max);
	if (e->kind != EXPR_CALL)
		return;
	if (e->function == FN_WHEN)
		for (u32 i = 1; i < e->count; i += i + 2 < e->count ? 2 : 1)
			check_points(r, rule, e->args[i], most);
	const RuleItem *table = e->function == FN_FIND ? e->args[1]->item : NULL;
	for (size_t i = 0; table && i < table->version_count; i++)
		for (size_t j = 0; j < table->versions[i].len; j++) {
			const TableRow *row = &table->versions[i].rows[j];
			if (row->value.state == RULE_KNOWN && exact_cmp(row->value.number, most) > 0)
				rule_fault(r, row->at, RULE_FAULT_POINTS, "Pravidlo „%.*s“ smí dát nejvýše %d, tento řádek dává víc. Opravte ho, nebo řádek „nejvýše“.",
					STR_ARG(rule->n.name), rule->n.max);
		}
}

static void check_rule(Reading *r, RuleItem *rule) {
	r->block = rule;
	if (rule->chain == RULE_CHAIN_MAX + 1)                /* those that lean on it are no mistakes of their own */
		rule_fault(r, rule->at, RULE_FAULT_CHAIN, "Pravidla tu na sebe navazují ve více než %d krocích. Spojte některá z nich.", RULE_CHAIN_MAX);
	if (!check_constants(r, rule->expr))
		return;
	rule_reach(r, rule->expr);
	if (rule->n.max && rule_type_is_number(rule->n.type))
		check_points(r, rule, rule->expr, exact_int(r->a, rule->n.max));
}

static void check_unused(Reading *r, RuleItem *item) {
	static const char *const what[] = {"Vstup", "Parametr", "Tabulku"};
	if (item->n.kind == RULE_RULE || item->used || item->n.is_for_program || !item->at.ptr)
		return;
	r->block = item;
	rule_warn(r, item->at, RULE_FAULT_UNUSED, "%s „%.*s“ žádné pravidlo nepoužívá. Použijte ho ve vzorci, nebo blok smažte.%s", what[item->n.kind],
		STR_ARG(item->n.name), item->n.kind == RULE_PARAMETER ? " Čte-li ho sám program, doplňte řádek „čte: program“." : "");
}

void rule_check(Reading *r) {
	RuleSet *set = r->set;
	for (size_t i = 0; i < set->len; i++)
		if (set->items[i]->mark == NEW_MARK)
			visit(r, set->items[i], 1);
	for (size_t i = 0; i < set->len; i++) {
		if (set->items[i]->expr)
			check_rule(r, set->items[i]);
	}
	for (size_t i = 0; i < set->len && !r->faults->has_error; i++)        /* a name may look unused only because its formula is wrong */
		check_unused(r, set->items[i]);
}

/* ---- what leans on what ---- */

static bool expr_uses(const Expr *e, const RuleItem *item, u8 *seen) {
	if (e->item == item)
		return true;
	if (e->item && e->item->n.kind == RULE_RULE && e->item->expr && !seen[e->item->index]) {
		seen[e->item->index] = 1;
		if (expr_uses(e->item->expr, item, seen))
			return true;
	}
	for (u32 i = 0; i < e->count; i++)
		if (expr_uses(e->args[i], item, seen))
			return true;
	return false;
}

bool rule_set_uses(const RuleSet *set, const RuleName *rule, const RuleName *name) {
	CLEANUP(arena_free) Arena scratch = {0};
	const RuleItem *from = (const RuleItem *)rule;
	return from->expr && expr_uses(from->expr, (const RuleItem *)name, NEW_ARRAY(&scratch, u8, set->len));
}

const ParameterValue *rule_parameter_value(const RuleItem *parameter, Date day) {
	const ParameterValue *best = NULL;
	for (size_t i = 0; i < parameter->value_count; i++) {
		const ParameterValue *v = &parameter->values[i];
		if (!date_after(v->since, day) && (!best || date_after(v->since, best->since)))
			best = v;
	}
	return best;
}
