/* rule_steps_page.c: the tree of a computation as a list that unfolds: what each rule came to first, its own steps on demand. */
#include "domain/rulebook/rulebook_page.h"

enum { TREE_MAX = 2000 };

typedef struct TreeMaker {
	Arena     *a;
	RuleStep **path;                                      /* the last step of each depth */
	size_t     depth_cap, steps;
	RuleStep  *root;
} TreeMaker;

static Str what_of(const RuleNode *n) {
	if (n->kind == RULE_NODE_LITERAL || n->kind == RULE_NODE_OPERATION || n->kind == RULE_NODE_CALL)
		return (Str){0};
	return n->title.len ? n->title : n->name;
}

static bool failed_below(const RuleNode *n) {
	for (size_t i = 0; i < n->count; i++)
		if (n->children[i]->value.state == RULE_FAILED)
			return true;
	return false;
}

/* Why something failed is said once, where it began. */
static RuleStep step_of(TreeMaker *m, const RuleNode *n, int depth, bool again) {
	bool     is_rule_below = depth > 0 && n->kind == RULE_NODE_RULE;
	RuleStep s = {.what = what_of(n), .name = n->text, .source = n->source, .link = n->link, .legal = n->legal, .failed = n->value.state == RULE_FAILED, .again = again,
		.is_open = !is_rule_below};
	if (!s.failed || !failed_below(n))
		s.value = rule_value_show(m->a, n->value);
	return s;
}

/* Room for the children is made before they are walked, so that a list never moves under its last step. Numbers of the formula say themselves. */
static void each(void *arg, const RuleNode *n, int depth, bool again) {
	TreeMaker *m = arg;
	size_t     d = (size_t)depth;
	if (m->steps >= TREE_MAX || d >= m->depth_cap || (d && n->kind == RULE_NODE_LITERAL))
		return;
	RuleStep *s = NEW_ZERO(m->a, RuleStep);
	if (d) {
		RuleSteps *to = &m->path[d - 1]->steps;
		if (to->len == to->cap)
			return;
		s = &to->at[to->len++];
	} else {
		m->root = s;
	}
	*s = step_of(m, n, depth, again);
	if (!again)
		s->steps = (RuleSteps){.at = NEW_ARRAY(m->a, RuleStep, n->count), .cap = n->count};
	m->path[d] = s;
	m->steps++;
}

RuleStep *rule_steps_of(Arena *a, const RuleNode *root) {
	TreeMaker m = {.a = a, .depth_cap = 200};
	m.path = NEW_ARRAY(a, RuleStep *, m.depth_cap);
	rule_tree_walk(root, each, &m);
	return m.root;
}
