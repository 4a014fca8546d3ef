/* score.c: COUNT applications of the store of the sample, in turn, each read anew and computed by the rule set of its call, with the trees of its points and of its
 * level written as they are kept: bench-score STORE COUNT. Prints "scored MS APPLICATIONS NODES". */
#include <time.h>

#include "bench/fill.h"
#include "domain/network/score.h"

typedef struct Asked {
	Application *a;
	Call        *call;
	ScoreRules  *rules;
	ScoreWorld  *world;                      /* what applications of one call have in common is read once, in the measured time */
} Asked;

/* Processor time of this thread: what else the machine does is not counted. */
static double now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1000000;
}

static Err read_all(Ctx *c, Asked *all, size_t most, size_t *count) {
	EntityList list;
	TRY(entity_list(c, &application_entity, &(ListQuery){.limit = -1}, &list));
	for (size_t i = 0; i < list.len && *count < most; i++) {
		Application *a = list.at[i];
		if (application_is(a, APPLICATION_DRAFT) || !a->submission || !a->areas.len)
			continue;
		all[*count].a = a;
		TRY(call_stored(c, a->call, &all[*count].call));
		++*count;
	}
	return *count ? OK : fail(c, ERR_NOT_FOUND, NULL, "V ukázce není žádná podaná žádost.");
}

static Err prepare(Ctx *c, Asked *all, size_t at) {
	for (size_t i = 0; i < at; i++)
		if (all[i].call->head.id == all[at].call->head.id) {
			all[at].rules = all[i].rules;
			all[at].world = all[i].world;
			return OK;
		}
	TRY(score_rules(c, all[at].call, &all[at].rules));
	return score_world(c, all[at].call, &all[at].world);
}

static Err score_one(Ctx *c, const Asked *x, u64 *nodes) {
	static const char *const wanted[] = {SCORE_RULE_TOTAL, SCORE_RULE_LEVEL};
	CaseCells cells;
	TRY(score_cells_now(x->world, x->a, &cells));
	RuleRun *run = rule_run(c->arena, x->rules->set, x->rules->day, score_cell, &cells);
	for (size_t i = 0; i < LEN(wanted); i++) {
		CLEANUP(buf_free) Buf json = {0};
		RuleTree tree = rule_tree(run, rule_eval(run, str_c(wanted[i])));
		rule_tree_write(&json, &tree);
		*nodes += tree.nodes;
	}
	return OK;
}

static Err measure(Ctx *c, i64 count) {
	Asked  all[200] = {0};
	size_t known = 0;
	u64    nodes = 0;
	TRY(read_all(c, all, LEN(all), &known));
	double began = now_ms();
	for (size_t i = 0; i < known; i++)
		TRY(prepare(c, all, i));
	for (i64 i = 0; i < count; i++)
		TRY(score_one(c, &all[(size_t)i % known], &nodes));
	printf("scored %.1f %zu %llu\n", now_ms() - began, known, (unsigned long long)nodes);
	return OK;
}

int main(int argc, char **argv) {
	return bench_fill("bench-score", argc, argv, measure);
}
