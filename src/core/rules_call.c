/* rules_call.c: the functions of the language. */
#include "base/text.h"
#include "core/rules_inside.h"

static RuleType type_of(const Expr *e, RuleValue first) {
	return e->type > RULE_ANY && e->type < RULE_TYPES ? (RuleType)e->type : first.type;
}

static RuleNode *take(RuleRun *run, const Expr *e, RuleNode *n, u32 i) {
	RuleNode *child = rule_eval_expr(run, e->args[i]);
	n->children[n->count++] = child;
	return child;
}

/* ---- those that look only at what they need ---- */

static RuleValue call_when(RuleRun *run, const Expr *e, RuleNode *n) {
	RuleValue v;
	for (u32 i = 0; i + 1 < e->count; i += 2) {
		RuleNode *asked = take(run, e, n, i);
		if (rule_emptiness(run, e->type, &asked, 1, &v))
			return v;
		if (asked->value.yes)
			return take(run, e, n, i + 1)->value;
	}
	return take(run, e, n, e->count - 1)->value;
}

static RuleValue call_instead(RuleRun *run, const Expr *e, RuleNode *n, RuleState state) {
	RuleNode *first = take(run, e, n, 0);
	return first->value.state == state ? take(run, e, n, 1)->value : first->value;
}

static RuleValue call_ask(RuleRun *run, const Expr *e, RuleNode *n, RuleState state) {
	RuleNode *x = take(run, e, n, 0);
	return x->value.state == RULE_FAILED ? x->value : rule_yes_no(x->value.state == state);
}

/* ---- those over many values ---- */

/* Values of all arguments; those of a list stand in its place. */
static RuleNode **all_values(RuleRun *run, const RuleNode *n, size_t *count) {
	RuleNode **all = NULL;
	size_t cap = 0;
	*count = 0;
	for (size_t i = 0; i < n->count; i++) {
		const RuleNode *arg = n->children[i];
		if (arg->kind != RULE_NODE_LIST) {
			*ARENA_PUSH(run->a, all, *count, cap) = n->children[i];
			continue;
		}
		for (size_t j = 0; j < arg->count; j++)
			*ARENA_PUSH(run->a, all, *count, cap) = arg->children[j];
	}
	return all;
}

/* First failed or blank one decides; "nevztahuje se" is passed over. */
static bool broken(RuleRun *run, int type, RuleNode *const *all, size_t count, RuleValue *ret) {
	for (size_t i = 0; i < count; i++)
		if (all[i]->value.state == RULE_FAILED) {
			*ret = all[i]->value;
			return true;
		}
	for (size_t i = 0; i < count; i++)
		if (all[i]->value.state == RULE_BLANK)
			return rule_emptiness(run, type, all + i, 1, ret);
	return false;
}

static RuleValue call_many(RuleRun *run, const Expr *e, RuleNode *n) {
	RuleValue best = rule_not_applicable(e->type < RULE_TYPES ? (RuleType)e->type : RULE_ANY), v;
	size_t count;
	RuleNode **all = all_values(run, n, &count);
	if (broken(run, e->type, all, count, &v))
		return v;
	if (count == 0 && e->function == FN_SUM)              /* an empty list: nothing was listed, and that is known */
		return rule_number(type_of(e, best), (Exact){0});
	for (size_t i = 0; i < count; i++) {
		RuleValue x = all[i]->value;
		if (x.state != RULE_KNOWN)
			continue;
		if (best.state != RULE_KNOWN) {
			best = x;
		} else if (e->function == FN_SUM) {
			if (!exact_add(run->a, best.number, x.number, &best.number))
				return rule_fails(run, e->type, RULE_FAULT_BIG, "Součet je příliš velké číslo. Zkontrolujte vstupy.");
		} else if (rule_compare(e->function == FN_MIN ? '<' : '>', x, best).yes) {
			best = x;
		}
	}
	best.type = type_of(e, best);
	return best;
}

static RuleValue call_count(RuleRun *run, RuleNode *n) {
	size_t count;
	i64 filled = 0;
	RuleNode **all = all_values(run, n, &count);
	for (size_t i = 0; i < count; i++) {
		if (all[i]->value.state == RULE_FAILED)
			return all[i]->value;
		filled += all[i]->value.state == RULE_KNOWN;
	}
	return rule_int(run->a, RULE_NUMBER, filled);
}

/* ---- the others ---- */

static RuleValue call_round(RuleRun *run, const Expr *e, RuleNode *n) {
	RuleValue x = n->children[0]->value;
	Exact step = n->count > 1 ? n->children[1]->value.number : exact_int(run->a, 1), result;
	if (n->count == 1 && x.type == RULE_PERCENT)
		step = exact_ratio(run->a, 1, 100);               /* whole percents */
	if (exact_sign(step) <= 0)
		return rule_fails(run, e->type, RULE_FAULT_STEP, "Krok zaokrouhlení musí být větší než nula. Opravte ho.");
	ExactWay way = e->function == FN_ROUND ? EXACT_NEAR : e->function == FN_DOWN ? EXACT_DOWN : EXACT_UP;
	if (!exact_round(run->a, x.number, step, way, &result))
		return rule_fails(run, e->type, RULE_FAULT_BIG, "Výsledek je příliš velké číslo. Zkontrolujte vstupy.");
	return rule_number(type_of(e, x), result);
}

static RuleValue call_date(RuleRun *run, const Expr *e, Date d) {
	int year, month, day;
	date_parts(d, &year, &month, &day);
	return rule_int(run->a, RULE_NUMBER, e->function == FN_YEAR ? year : e->function == FN_MONTH ? month : day);
}

static RuleValue call_find(RuleRun *run, const Expr *e, RuleNode *n) {
	const RuleItem *table = e->args[1]->item;
	RuleValue key = n->children[0]->value;
	const TableVersion *v = rule_table_version(table, run->day);
	Str shown = rule_value_show(run->a, key);
	if (!v)
		return rule_fails(run, e->type, RULE_FAULT_NO_VALUE, "Tabulka „%.*s“ k tomuto dni ještě neplatí. Doplňte její znění v pravidlech.", STR_ARG(table->n.name));
	if (table->key_type == RULE_COUNT && (!exact_is_whole(key.number) || exact_sign(key.number) < 0))
		return rule_fails(run, e->type, RULE_FAULT_NOT_WHOLE, "V tabulce „%.*s“ se hledá podle celého čísla, ale je tu %.*s. Zaokrouhlete ho.", STR_ARG(table->n.name), STR_ARG(shown));
	const TableRow *row = rule_table_find(run->a, v, table->key_type, key);
	if (!row)
		return rule_fails(run, e->type, RULE_FAULT_NO_ROW, "Tabulka „%.*s“ nemá řádek pro „%.*s“. Doplňte ho, nebo přidejte řádek „jinak“.", STR_ARG(table->n.name), STR_ARG(shown));
	RuleNode *leaf = rule_node(run, RULE_NODE_ROW, row->at);
	leaf->name = table->n.name;
	leaf->title = table->n.title;
	leaf->legal = table->n.legal;
	leaf->value = row->value;
	leaf->id = ++run->last_id;
	n->children[n->count++] = leaf;
	return row->value;
}

RuleNode *rule_eval_call(RuleRun *run, const Expr *e) {
	RuleNode *n = rule_node(run, RULE_NODE_CALL, e->at);
	n->op = str_c(rule_functions[e->function].name);
	n->children = NEW_ARRAY(run->a, RuleNode *, e->count + 1);
	if (e->function == FN_WHEN || e->function == FN_FILL || e->function == FN_WHEN_FAILED || e->function == FN_IS_BLANK || e->function == FN_IS_NOT_APPLICABLE) {
		n->value = e->function == FN_WHEN ? call_when(run, e, n) : e->function == FN_FILL ? call_instead(run, e, n, RULE_BLANK) :
			e->function == FN_WHEN_FAILED ? call_instead(run, e, n, RULE_FAILED) :
			call_ask(run, e, n, e->function == FN_IS_BLANK ? RULE_BLANK : RULE_NOT_APPLICABLE);
		return n;
	}
	for (u32 i = 0; i < e->count; i++)
		if (e->function != FN_FIND || i == 0)
			take(run, e, n, i);
	if (e->function == FN_COUNT)
		n->value = call_count(run, n);
	else if (e->function == FN_SUM || e->function == FN_MIN || e->function == FN_MAX)
		n->value = call_many(run, e, n);
	else if (rule_emptiness(run, e->type, n->children, n->count, &n->value))
		return n;
	else if (e->function == FN_FIND)
		n->value = call_find(run, e, n);
	else if (e->function == FN_NUMBER)
		n->value = rule_number(RULE_NUMBER, n->children[0]->value.number);
	else if (e->function == FN_YEAR || e->function == FN_MONTH || e->function == FN_DAY)
		n->value = call_date(run, e, n->children[0]->value.date);
	else
		n->value = call_round(run, e, n);
	return n;
}
