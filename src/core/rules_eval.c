/* rules_eval.c: one case through a set. Every step leaves a node; a name is asked for once. */
#include <stdarg.h>
#include <stdio.h>

#include "base/format.h"
#include "base/text.h"
#include "core/rules_inside.h"

RuleNode *rule_node(RuleRun *run, RuleNodeKind kind, Str text) {
	run->steps++;
	return NEW(run->a, RuleNode, .kind = kind, .text = text);
}

/* Children have their numbers before. */
static RuleNode *done(RuleRun *run, RuleNode *n, RuleValue v) {
	n->value = v;
	n->id = ++run->last_id;
	return n;
}

RuleValue rule_fails(RuleRun *run, int type, int id, const char *format, ...) {
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, again);
	va_end(again);
	CHECK(size >= 0);
	char *text = arena_alloc(run->a, (size_t)size + 1);
	vsnprintf(text, (size_t)size + 1, format, args);
	va_end(args);
	RuleValue v = rule_failed(type < RULE_TYPES ? (RuleType)type : RULE_ANY, text_clean(run->a, str_of(text, (size_t)size)));
	v.fault = id;
	return v;
}

static RuleValue big(RuleRun *run, int type) {
	return rule_fails(run, type, RULE_FAULT_BIG, "Výsledek je příliš velké nebo příliš dlouhé číslo. Zkontrolujte vstupy, případně zaokrouhlete mezivýsledek.");
}

static RuleValue blank_fails(RuleRun *run, int type, const RuleNode *n) {
	Str what = str_empty(n->title) ? str_empty(n->name) ? n->text : n->name : n->title;
	return rule_fails(run, type, RULE_FAULT_BLANK, "Hodnota „%.*s“ není vyplněna%s%.*s. Doplňte ji; prázdná hodnota není nula.", STR_ARG(what),
		str_empty(n->source) ? "" : ": ", STR_ARG(n->source));
}

bool rule_emptiness(RuleRun *run, int type, RuleNode *const *nodes, size_t count, RuleValue *ret) {
	const RuleNode *blank = NULL, *outside = NULL;
	for (size_t i = 0; i < count; i++) {
		const RuleNode *n = nodes[i];
		if (n->value.state == RULE_FAILED) {
			*ret = n->value;
			return true;
		}
		if (n->value.state == RULE_BLANK && !blank)
			blank = n;
		if (n->value.state == RULE_NOT_APPLICABLE)
			outside = n;
	}
	if (blank)
		*ret = blank_fails(run, type, blank);
	else if (outside)
		*ret = rule_not_applicable(type < RULE_TYPES ? (RuleType)type : RULE_ANY);
	return blank || outside;
}

/* ---- operators ---- */

static RuleType value_type(const Expr *e, RuleValue x) {
	return e->type == TYPE_ZERO || e->type == RULE_ANY || e->type >= RULE_TYPES ? x.type : (RuleType)e->type;
}

static RuleValue date_plus(RuleRun *run, Date d, Exact days, bool minus) {
	i64 n;
	if (!exact_is_whole(days))
		return rule_fails(run, RULE_DATE, RULE_FAULT_DAY, "K datu lze přičíst jen celý počet dnů. Zaokrouhlete ho.");
	if (!exact_to_int(days, &n) || n > 4000000 || n < -4000000)
		return rule_fails(run, RULE_DATE, RULE_FAULT_DAY, "Výsledné datum je mimo kalendář. Zkontrolujte počet dnů.");
	i64 day = d.n + (minus ? -n : n);
	if (day < 1 || day > date(9999, 12, 31).n)
		return rule_fails(run, RULE_DATE, RULE_FAULT_DAY, "Výsledné datum je mimo kalendář. Zkontrolujte počet dnů.");
	return rule_date((Date){(i32)day});
}

static RuleValue add(RuleRun *run, const Expr *e, RuleValue x, RuleValue y) {
	bool minus = e->op == '-';
	if (x.type == RULE_DATE && y.type == RULE_DATE)
		return rule_int(run->a, RULE_NUMBER, x.date.n - y.date.n);
	if (x.type == RULE_DATE)
		return date_plus(run, x.date, y.number, minus);
	if (y.type == RULE_DATE)
		return date_plus(run, y.date, x.number, false);
	Exact sum;
	bool fits = minus ? exact_sub(run->a, x.number, y.number, &sum) : exact_add(run->a, x.number, y.number, &sum);
	return fits ? rule_number(value_type(e, x), sum) : big(run, e->type);
}

static RuleValue multiply(RuleRun *run, const Expr *e, RuleValue x, RuleValue y) {
	Exact product;
	if (e->op == '*')
		return exact_mul(run->a, x.number, y.number, &product) ? rule_number(value_type(e, x), product) : big(run, e->type);
	if (exact_is_zero(y.number)) {
		Str what = e->args[1]->at;
		return rule_fails(run, e->type, RULE_FAULT_ZERO, "Dělí se nulou: „%.*s“ je 0. Opravte hodnotu, nebo tento případ ošetřete funkcí když.", STR_ARG(what));
	}
	return exact_div(run->a, x.number, y.number, &product) ? rule_number(value_type(e, x), product) : big(run, e->type);
}

RuleValue rule_compare(char op, RuleValue x, RuleValue y) {
	if (x.type == RULE_TEXT || x.type == RULE_YES_NO)
		return rule_yes_no(rule_value_equal(x, y) == (op == '='));
	int order = x.type == RULE_DATE ? (x.date.n > y.date.n) - (x.date.n < y.date.n) : exact_cmp(x.number, y.number);
	switch (op) {
	case '=': return rule_yes_no(order == 0);
	case '<': return rule_yes_no(order < 0);
	case '>': return rule_yes_no(order > 0);
	case SIGN_AT_MOST: return rule_yes_no(order <= 0);
	case SIGN_AT_LEAST: return rule_yes_no(order >= 0);
	default: return rule_yes_no(order != 0);
	}
}

static Str op_text(char op) {
	switch (op) {
	case OP_AND: return S("a");
	case OP_OR: return S("nebo");
	case SIGN_NOT_EQUAL: return S("<>");
	case SIGN_AT_MOST: return S("<=");
	case SIGN_AT_LEAST: return S(">=");
	case '+': return S("+");
	case '-': return S("-");
	case '*': return S("*");
	case '/': return S("/");
	case '=': return S("=");
	case '<': return S("<");
	case '>': return S(">");
	default: return S("ne");
	}
}

/* a, nebo: what stands on the right is not looked at when the left decides. */
static RuleNode *eval_logic(RuleRun *run, const Expr *e, RuleNode *n) {
	bool stops_at = e->op == OP_OR;
	RuleValue v;
	n->children = NEW_ARRAY(run->a, RuleNode *, 2);
	for (int i = 0; i < 2; i++) {
		n->children[n->count++] = rule_eval_expr(run, e->args[i]);
		if (rule_emptiness(run, RULE_YES_NO, n->children + i, 1, &v))
			return done(run, n, v);
		v = rule_yes_no(n->children[i]->value.yes);
		if (v.yes == stops_at)
			break;
	}
	return done(run, n, v);
}

static RuleNode *eval_operation(RuleRun *run, const Expr *e) {
	RuleNode *n = rule_node(run, RULE_NODE_OPERATION, e->at);
	n->op = op_text(e->op);
	if (e->kind == EXPR_BINARY && (e->op == OP_AND || e->op == OP_OR))
		return eval_logic(run, e, n);
	n->children = NEW_ARRAY(run->a, RuleNode *, 2);
	for (u32 i = 0; i < e->count; i++)
		n->children[n->count++] = rule_eval_expr(run, e->args[i]);
	RuleValue v, x = n->children[0]->value, y = n->children[n->count - 1]->value;
	if (rule_emptiness(run, e->type, n->children, n->count, &v))
		return done(run, n, v);
	if (e->kind == EXPR_NOT)
		v = rule_yes_no(!x.yes);
	else if (e->kind == EXPR_NEGATE)
		v = rule_number(x.type, exact_neg(x.number));
	else if (e->op == '+' || e->op == '-')
		v = add(run, e, x, y);
	else if (e->op == '*' || e->op == '/')
		v = multiply(run, e, x, y);
	else
		v = rule_compare(e->op, x, y);
	return done(run, n, v);
}

/* ---- names ---- */

static Str since_text(RuleRun *run, Date since) {
	if (!date_is(since))
		return (Str){0};
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "platí od ");
	fmt_date(&b, since);
	return buf_take(&b, run->a);
}

/* What the outside gave must be of the type that was declared. */
static RuleValue judge(RuleRun *run, const RuleName *input, RuleValue v) {
	Str type = rule_type_name(input->type), name = str_empty(input->title) ? input->name : input->title;
	if (v.state != RULE_KNOWN) {
		v.type = input->type;
		return v;
	}
	bool number = rule_type_is_number(input->type);
	if (v.type != input->type && !(number && rule_type_fits((int)v.type, input->type)))
		return rule_fails(run, (int)input->type, RULE_FAULT_CELL_TYPE, "Hodnota „%.*s“ má být %.*s, dostali jsme ale jiný typ. Opravte vstup.", STR_ARG(name), STR_ARG(type));
	v.type = input->type;
	if (input->type == RULE_COUNT && (!exact_is_whole(v.number) || exact_sign(v.number) < 0))
		return rule_fails(run, (int)input->type, RULE_FAULT_NOT_WHOLE, "Hodnota „%.*s“ má být celé číslo, které není záporné. Opravte ji.", STR_ARG(name));
	for (size_t i = 0; i < input->choices.len; i++)
		if (rule_value_equal(v, rule_text(input->choices.at[i])))
			return v;
	if (input->choices.len)
		return rule_fails(run, (int)input->type, RULE_FAULT_CELL_TYPE, "Hodnota „%.*s“ není mezi možnostmi, které pravidla znají: „%.*s“. Opravte vstup.", STR_ARG(name), STR_ARG(v.text));
	return v;
}

static RuleNode *list_node(RuleRun *run, RuleNode *n, const RuleName *input, const RuleCell *cell) {
	n->kind = RULE_NODE_LIST;
	n->children = NEW_ARRAY(run->a, RuleNode *, cell->item_count + 1);
	for (size_t i = 0; i < cell->item_count; i++) {
		RuleNode *child = rule_node(run, RULE_NODE_CELL, n->text);
		child->name = input->name;
		child->title = str_format(run->a, "%.*s, %zu. položka", STR_ARG(str_empty(input->title) ? input->name : input->title), i + 1);
		child->source = n->source;
		n->children[n->count++] = done(run, child, judge(run, input, cell->items[i]));
	}
	return done(run, n, (RuleValue){.type = input->type, .state = RULE_KNOWN});
}

static RuleNode *eval_input(RuleRun *run, const RuleItem *item, RuleNode *n) {
	RuleCell cell = {0};
	n->kind = RULE_NODE_CELL;
	if (!run->cells || !run->cells(run->arg, run->a, &item->n, &cell))
		return done(run, n, rule_fails(run, (int)item->n.type, RULE_FAULT_NO_CELL, "Vstup „%.*s“ u tohoto případu není. Doplňte ho, nebo pravidlo upravte.", STR_ARG(item->n.name)));
	n->source = cell.source;
	n->link = cell.link;
	if (item->n.is_list)
		return list_node(run, n, &item->n, &cell);
	return done(run, n, judge(run, &item->n, cell.value));
}

static RuleNode *eval_parameter(RuleRun *run, const RuleItem *item, RuleNode *n) {
	const ParameterValue *p = rule_parameter_value(item, run->day);
	n->kind = RULE_NODE_PARAMETER;
	if (!p) {
		CLEANUP(buf_free) Buf day = {0};
		fmt_date(&day, run->day);
		Str on = buf_take(&day, run->a);
		return done(run, n, rule_fails(run, (int)item->n.type, RULE_FAULT_NO_VALUE, "Parametr „%.*s“ nemá k %.*s žádnou hodnotu. Doplňte ji v pravidlech.", STR_ARG(item->n.name),
			STR_ARG(on)));
	}
	n->source = since_text(run, p->since);
	return done(run, n, p->value);
}

static RuleValue result_of(RuleRun *run, const RuleItem *rule, RuleValue v) {
	if (v.state != RULE_KNOWN) {
		v.type = v.state == RULE_FAILED ? v.type : rule->n.type;
		return v;
	}
	if (rule_type_is_number(rule->n.type))
		v.type = rule->n.type;
	if (rule->n.type == RULE_COUNT && (!exact_is_whole(v.number) || exact_sign(v.number) < 0))
		return rule_fails(run, RULE_COUNT, RULE_FAULT_NOT_WHOLE, "Výsledek pravidla „%.*s“ má být celé číslo, které není záporné. Upravte vzorec, například ho zaokrouhlete.",
			STR_ARG(rule->n.name));
	if (rule->n.max && rule_type_is_number(v.type) && exact_cmp(v.number, exact_int(run->a, rule->n.max)) > 0)
		return rule_fails(run, (int)v.type, RULE_FAULT_POINTS, "Pravidlo „%.*s“ smí dát nejvýše %d, vyšlo ale víc. Opravte vzorec.", STR_ARG(rule->n.name), rule->n.max);
	return v;
}

static RuleNode *eval_rule(RuleRun *run, const RuleItem *rule, RuleNode *n) {
	n->kind = RULE_NODE_RULE;
	n->children = NEW_ARRAY(run->a, RuleNode *, 1);
	n->children[0] = rule_eval_expr(run, rule->expr);
	n->count = 1;
	return done(run, n, result_of(run, rule, n->children[0]->value));
}

static RuleNode *eval_item(RuleRun *run, const RuleItem *item, Str text) {
	if (run->of_item[item->index])
		return run->of_item[item->index];
	RuleNode *n = rule_node(run, RULE_NODE_CELL, text);
	n->name = item->n.name;
	n->title = item->n.title;
	n->legal = item->n.legal;
	n = item->n.kind == RULE_INPUT ? eval_input(run, item, n) : item->n.kind == RULE_PARAMETER ? eval_parameter(run, item, n) : eval_rule(run, item, n);
	run->of_item[item->index] = n;
	return n;
}

RuleNode *rule_eval_expr(RuleRun *run, const Expr *e) {
	if (run->steps >= RULE_STEPS_MAX) {
		RuleNode *n = rule_node(run, RULE_NODE_LITERAL, e->at);
		return done(run, n, rule_fails(run, e->type, RULE_FAULT_STEPS, "Výpočet má příliš mnoho kroků. Zjednodušte pravidla, nebo zkraťte seznamy."));
	}
	switch (e->kind) {
	case EXPR_LITERAL: return done(run, rule_node(run, RULE_NODE_LITERAL, e->at), e->literal);
	case EXPR_NAME: return eval_item(run, e->item, e->at);
	case EXPR_CALL: {
		RuleNode *n = rule_eval_call(run, e);
		return done(run, n, n->value);
	}
	case EXPR_NEGATE: case EXPR_NOT: case EXPR_BINARY: break;
	}
	return eval_operation(run, e);
}

/* ---- from outside ---- */

RuleRun *rule_run(Arena *a, const RuleSet *set, Date day, RuleCells cells, void *arg) {
	RuleRun *run = NEW(a, RuleRun, .a = a, .set = set, .day = day, .cells = cells, .arg = arg);
	run->of_item = NEW_ARRAY(a, RuleNode *, set->len + 1);
	return run;
}

const RuleNode *rule_eval(RuleRun *run, Str rule) {
	const RuleItem *item = (const RuleItem *)rule_set_find(run->set, rule);
	run->steps = 0;
	if (item && item->n.kind == RULE_RULE)
		return eval_item(run, item, item->n.name);
	RuleNode *n = rule_node(run, RULE_NODE_RULE, rule);
	return done(run, n, rule_fails(run, RULE_ANY, RULE_FAULT_NO_RULE, "Pravidlo „%.*s“ v této sadě není. Vyberte jiné.", STR_ARG(rule)));
}
