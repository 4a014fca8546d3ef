/* reckon.c: shares no arithmetic with the program. */
#include "tests/support/reckon.h"

#include "tests/test.h"

static Wide gcd(Wide a, Wide b) {
	a = a < 0 ? -a : a;
	b = b < 0 ? -b : b;
	while (b) {
		Wide rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

Frac reckon_frac(Wide n, Wide d) {
	Wide g = gcd(n, d);
	if (d < 0)
		g = -g;
	return g ? (Frac){n / g, d / g} : (Frac){0, 1};
}

Frac reckon_read(Str s) {
	Wide n = 0, d = 0;
	bool minus = str_starts(s, S("-")), bottom = false;
	for (size_t i = minus; i < s.len; i++) {
		if (s.ptr[i] == '/')
			bottom = true;
		else if (bottom)
			d = d * 10 + (s.ptr[i] - '0');
		else
			n = n * 10 + (s.ptr[i] - '0');
	}
	return reckon_frac(minus ? -n : n, bottom ? d : 1);
}

static Wide floor_div(Wide n, Wide d) {
	Wide q = n / d;
	return n % d != 0 && (n < 0) != (d < 0) ? q - 1 : q;
}

static Result leaf(const RuleNode *n) {
	Result r = {.state = n->value.state, .x = {0, 1}, .yes = n->value.yes, .text = n->value.text, .day = n->value.date.n};
	if (r.state == RULE_KNOWN && rule_type_is_number(n->value.type))
		r.x = reckon_read(exact_plain(t_arena, n->value.number));
	return r;
}

static bool op_is(const RuleNode *n, const char *op) { return str_eq(n->op, str_c(op)); }

static Result reckon_binary(const RuleNode *n) {
	Result x = reckon(n->children[0]), y = n->count > 1 ? reckon(n->children[1]) : x, r = {.state = RULE_KNOWN, .x = {0, 1}};
	if (op_is(n, "a") || op_is(n, "nebo")) {
		bool decides = op_is(n, "nebo");
		if (x.state != RULE_KNOWN || x.yes == decides)
			return x;
		return y;
	}
	if (x.state == RULE_FAILED || y.state == RULE_FAILED || x.state == RULE_BLANK || y.state == RULE_BLANK)
		return (Result){.state = RULE_FAILED};
	if (x.state == RULE_NOT_APPLICABLE || y.state == RULE_NOT_APPLICABLE)
		return (Result){.state = RULE_NOT_APPLICABLE};
	if (op_is(n, "ne")) {
		r.yes = !x.yes;
		return r;
	}
	if (n->count == 1) {
		r.x = reckon_frac(-x.x.n, x.x.d);
		return r;
	}
	if (op_is(n, "+"))
		r.x = reckon_frac(x.x.n * y.x.d + y.x.n * x.x.d, x.x.d * y.x.d);
	else if (op_is(n, "-"))
		r.x = reckon_frac(x.x.n * y.x.d - y.x.n * x.x.d, x.x.d * y.x.d);
	else if (op_is(n, "*"))
		r.x = reckon_frac(x.x.n * y.x.n, x.x.d * y.x.d);
	else if (op_is(n, "/") && y.x.n == 0)
		r.state = RULE_FAILED;
	else if (op_is(n, "/"))
		r.x = reckon_frac(x.x.n * y.x.d, x.x.d * y.x.n);
	else if (n->children[0]->value.type == RULE_TEXT)
		r.yes = rule_value_equal(n->children[0]->value, n->children[1]->value) == op_is(n, "=");
	else {
		Wide left = x.x.n * y.x.d, right = y.x.n * x.x.d;
		r.yes = op_is(n, "=") ? left == right : op_is(n, "<>") ? left != right : op_is(n, "<") ? left < right : op_is(n, ">") ? left > right :
			op_is(n, "<=") ? left <= right : left >= right;
	}
	return r;
}

static Result reckon_many(const RuleNode *n) {
	Result all[64], best = {.state = RULE_NOT_APPLICABLE};
	size_t count = 0;
	for (size_t i = 0; i < n->count; i++)
		all[count++] = reckon(n->children[i]);
	for (size_t i = 0; i < count; i++)
		if (all[i].state == RULE_FAILED || all[i].state == RULE_BLANK)
			return (Result){.state = RULE_FAILED};
	for (size_t i = 0; i < count; i++) {
		Wide left = all[i].x.n * best.x.d, right = best.x.n * all[i].x.d;
		if (all[i].state != RULE_KNOWN)
			continue;
		if (best.state != RULE_KNOWN)
			best = all[i];
		else if (op_is(n, "součet"))
			best.x = reckon_frac(left + right, all[i].x.d * best.x.d);
		else if (op_is(n, "min") ? left < right : left > right)
			best = all[i];
	}
	return best;
}

static Result reckon_call(const RuleNode *n) {
	if (op_is(n, "když") || op_is(n, "vyhledej") || op_is(n, "doplň") || op_is(n, "když_chyba")) {
		Result last = reckon(n->children[n->count - 1]);      /* what was taken; a row is a leaf */
		return op_is(n, "když") && n->count == 1 ? (Result){.state = last.state == RULE_NOT_APPLICABLE ? last.state : RULE_FAILED} :
			op_is(n, "vyhledej") && n->count == 1 ? (Result){.state = last.state == RULE_NOT_APPLICABLE ? last.state : RULE_FAILED} : last;
	}
	if (op_is(n, "součet") || op_is(n, "min") || op_is(n, "max"))
		return reckon_many(n);
	Result x = reckon(n->children[0]), step = n->count > 1 ? reckon(n->children[1]) : (Result){.x = {1, 1}}, r = {.state = RULE_KNOWN, .x = {0, 1}};
	if (op_is(n, "prázdné") || op_is(n, "nevztahuje_se")) {
		r.yes = x.state == (op_is(n, "prázdné") ? RULE_BLANK : RULE_NOT_APPLICABLE);
		return x.state == RULE_FAILED ? x : r;
	}
	if (x.state != RULE_KNOWN)
		return (Result){.state = x.state == RULE_NOT_APPLICABLE ? x.state : RULE_FAILED};
	Frac steps = reckon_frac(x.x.n * step.x.d, x.x.d * step.x.n);
	Wide whole = op_is(n, "dolů") ? floor_div(steps.n, steps.d) : op_is(n, "nahoru") ? -floor_div(-steps.n, steps.d) :
		(steps.n < 0 ? -1 : 1) * floor_div(2 * (steps.n < 0 ? -steps.n : steps.n) + steps.d, 2 * steps.d);
	r.x = op_is(n, "číslo") ? x.x : reckon_frac(whole * step.x.n, step.x.d);
	return r;
}

Result reckon(const RuleNode *n) {
	switch (n->kind) {
	case RULE_NODE_OPERATION: return reckon_binary(n);
	case RULE_NODE_CALL: return reckon_call(n);
	case RULE_NODE_RULE: return reckon(n->children[0]);
	case RULE_NODE_LITERAL: case RULE_NODE_CELL: case RULE_NODE_PARAMETER: case RULE_NODE_ROW: case RULE_NODE_LIST: break;
	}
	return leaf(n);
}

bool reckon_agrees(const RuleNode *n) {
	Result r = reckon(n);
	Frac got = rule_type_is_number(n->value.type) && n->value.state == RULE_KNOWN ? reckon_read(exact_plain(t_arena, n->value.number)) : (Frac){0, 1};
	return r.state == n->value.state && (r.state != RULE_KNOWN || !rule_type_is_number(n->value.type) || (r.x.n == got.n && r.x.d == got.d)) &&
		(r.state != RULE_KNOWN || n->value.type != RULE_YES_NO || r.yes == n->value.yes);
}
