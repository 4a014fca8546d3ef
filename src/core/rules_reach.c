/* rules_reach.c: branches of když that nothing can reach, because their condition is always no, or an earlier one already took every case.
 *
 * What is known is a set of values per name, from comparisons of that name with numbers: enough to see x >= 5 behind x >= 3. Where a condition says
 * more than that, nothing is concluded. */
#include "core/rules_inside.h"

#define FACTS_MAX 24
#define COMPARISONS_MAX 100                                /* of one condition that are thought through together */

typedef struct Fact {
	const RuleItem *item;
	Spans           values;
} Fact;
typedef struct Facts {
	Fact   at[FACTS_MAX];
	size_t len;
} Facts;

static bool is_whole(const RuleItem *item) {
	return item->n.type == RULE_COUNT;
}

static Spans domain(Arena *a, const RuleItem *item) {
	return is_whole(item) ? spans_of(a, (Span){.has_low = true}) : spans_all(a);
}

static Spans facts_of(Arena *a, const Facts *f, const RuleItem *item) {
	for (size_t i = 0; i < f->len; i++)
		if (f->at[i].item == item)
			return f->at[i].values;
	return domain(a, item);
}

static void facts_set(Facts *f, const RuleItem *item, Spans values) {
	size_t i = 0;
	while (i < f->len && f->at[i].item != item)
		i++;
	if (i == FACTS_MAX)
		return;
	f->at[i] = (Fact){item, values};
	f->len = i == f->len ? i + 1 : f->len;
}

/* A name with a number that is known now: parameters change, so they are names too. */
static bool atom(const Expr *e, const Expr **name, Exact *bound, char *op) {
	if (e->kind != EXPR_BINARY || !strchr("=<>nmv", e->op))
		return false;
	const Expr *x = e->args[0], *y = e->args[1];
	bool swapped = x->kind != EXPR_NAME;
	*name = swapped ? y : x;
	const Expr *other = swapped ? x : y, *number = other->kind == EXPR_NEGATE ? other->args[0] : other;
	if ((*name)->kind != EXPR_NAME || !(*name)->item || !rule_type_is_number((*name)->item->n.type))
		return false;
	if (number->kind != EXPR_LITERAL || number->literal.state != RULE_KNOWN || !rule_type_is_number(number->literal.type))
		return false;
	*bound = other->kind == EXPR_NEGATE ? exact_neg(number->literal.number) : number->literal.number;
	static const char mirror[][2] = {{'<', '>'}, {'>', '<'}, {SIGN_AT_MOST, SIGN_AT_LEAST}, {SIGN_AT_LEAST, SIGN_AT_MOST}};
	*op = e->op;
	for (size_t i = 0; swapped && i < LEN(mirror); i++)
		if (e->op == mirror[i][0])
			*op = mirror[i][1];
	return true;
}

static Spans values_of_atom(Arena *a, const RuleItem *item, char op, Exact bound) {
	Span s = {.low = bound, .high = bound};
	s.has_low = op == '=' || op == SIGN_NOT_EQUAL || op == '>' || op == SIGN_AT_LEAST;
	s.has_high = op == '=' || op == SIGN_NOT_EQUAL || op == '<' || op == SIGN_AT_MOST;
	s.low_open = op == '>';
	s.high_open = op == '<';
	if (is_whole(item))
		span_whole(a, &s);
	Spans values = spans_of(a, s);
	return op == SIGN_NOT_EQUAL ? spans_rest(a, values, is_whole(item)) : values;
}

/* The one name that the condition is about; NULL when there are more, or something else stands in it. */
static const RuleItem *subject_of(const Expr *e, int *comparisons) {
	const Expr *name;
	Exact bound;
	char op;
	if (e->kind == EXPR_NOT)
		return subject_of(e->args[0], comparisons);
	if (e->kind == EXPR_BINARY && (e->op == OP_AND || e->op == OP_OR)) {
		const RuleItem *x = subject_of(e->args[0], comparisons), *y = x ? subject_of(e->args[1], comparisons) : NULL;
		return x == y ? x : NULL;
	}
	return ++*comparisons <= COMPARISONS_MAX && atom(e, &name, &bound, &op) ? name->item : NULL;
}

static const RuleItem *subject(const Expr *e) {
	int comparisons = 0;
	return subject_of(e, &comparisons);
}

/* For which values of its subject it holds. */
static Spans holds_for(Arena *a, const Expr *e, const RuleItem *item) {
	const Expr *name;
	Exact bound;
	char op;
	if (e->kind == EXPR_NOT)
		return spans_rest(a, holds_for(a, e->args[0], item), is_whole(item));
	if (atom(e, &name, &bound, &op))
		return values_of_atom(a, item, op, bound);
	Spans x = holds_for(a, e->args[0], item), y = holds_for(a, e->args[1], item);
	return e->op == OP_AND ? spans_meet(a, x, y) : spans_join(a, x, y, is_whole(item));
}

/* What must be true of names when the condition holds; false when it cannot hold. *exact stays true while that is all the condition says. */
static bool assume(Arena *a, const Expr *e, Facts *f, bool *exact) {
	const RuleItem *item = subject(e);
	if (item) {
		Spans left = spans_meet(a, facts_of(a, f, item), holds_for(a, e, item));
		facts_set(f, item, left);
		return left.len > 0;
	}
	if (e->kind == EXPR_BINARY && e->op == OP_AND) {
		*exact = false;
		return assume(a, e->args[0], f, exact) && assume(a, e->args[1], f, exact);
	}
	*exact = false;
	return true;
}

static void look(Reading *r, Arena *a, const Expr *e, const Facts *facts);

static bool constant_condition(Reading *r, const Expr *e, bool *yes) {
	if (!rule_expr_is_constant(e))
		return false;
	struct RuleRun run = {.a = r->a, .set = r->set};
	RuleNode *n = rule_eval_expr(&run, e);
	*yes = n->value.yes;
	return n->value.state == RULE_KNOWN;
}

static void say_never(Reading *r, const Expr *condition, bool by_itself) {
	rule_fault(r, condition->at, RULE_FAULT_NEVER, "Na tuto větev nikdy nedojde: podmínka „%.*s“ %s. Opravte ji, nebo větev smažte.", STR_ARG(condition->at),
		by_itself ? "nikdy neplatí" : "nemůže platit, protože předchozí podmínky už všechny takové případy vyřídily");
}

static void say_always(Reading *r, const Expr *condition) {
	rule_fault(r, condition->at, RULE_FAULT_ALWAYS, "Podmínka „%.*s“ tu platí vždy, na další větve tedy nikdy nedojde. Opravte ji, nebo další větve smažte.",
		STR_ARG(condition->at));
}

static void look_when(Reading *r, Arena *a, const Expr *e, const Facts *before) {
	Facts left = *before;
	for (u32 i = 0; i + 1 < e->count; i += 2) {
		const Expr *condition = e->args[i];
		Facts taken = left, alone = {0};
		bool exact = true, yes = false, ignored = true;
		if (constant_condition(r, condition, &yes)) {
			if (yes)
				say_always(r, condition);
			else
				say_never(r, condition, true);
			return;
		}
		look(r, a, condition, &left);
		if (!assume(a, condition, &taken, &exact)) {
			say_never(r, condition, !assume(a, condition, &alone, &ignored));
			return;
		}
		look(r, a, e->args[i + 1], &taken);
		const RuleItem *item = subject(condition);
		if (!item)
			continue;
		Spans rest = spans_meet(a, facts_of(a, &left, item), spans_rest(a, holds_for(a, condition, item), is_whole(item)));
		if (rest.len == 0) {
			say_always(r, condition);
			return;
		}
		facts_set(&left, item, rest);
	}
	look(r, a, e->args[e->count - 1], &left);
}

static void look(Reading *r, Arena *a, const Expr *e, const Facts *facts) {
	if (e->kind == EXPR_CALL && e->function == FN_WHEN) {
		look_when(r, a, e, facts);
		return;
	}
	for (u32 i = 0; i < e->count; i++)
		look(r, a, e->args[i], facts);
}

void rule_reach(Reading *r, Expr *e) {
	CLEANUP(arena_free) Arena scratch = {0};
	look(r, &scratch, e, &(Facts){0});
}
