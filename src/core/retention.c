#include "core/retention.h"

#include "core/check.h"
#include "core/settings.h"
#include "core/trail.h"

enum { MAX_RULES = 64 };
static const RetentionRule *known[MAX_RULES];
static size_t               known_count;

void retention_setup(const RetentionRule *const *lists, const size_t *counts, size_t list_count) {
	known_count = 0;
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < counts[i]; k++) {
			CHECK(known_count < MAX_RULES);
			known[known_count++] = &lists[i][k];
		}
}

const RetentionRule *retention_at(size_t i) {
	return i < known_count ? known[i] : NULL;
}

static Instant before_of(Ctx *c, const RetentionRule *rule, i64 *term) {
	*term = setting_int(c, rule->setting);
	return (Instant){c->now.ms - *term * (rule->in_hours ? 1 : 24) * 3600 * 1000};
}

Err retention_look(Ctx *c, RetentionViews *ret) {
	*ret = (RetentionViews){0};
	for (size_t i = 0; i < known_count; i++) {
		RetentionView v = {.rule = known[i]};
		v.before = before_of(c, v.rule, &v.term);
		TRY(v.rule->look(c, v.before, &v.count, &v.samples));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = v;
	}
	return OK;
}

static Err note(Ctx *c, const RetentionRule *rule, Instant before, i64 removed) {
	char iso[INSTANT_ISO_LEN];
	Str  moment = instant_iso(before, iso);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Str text = str_format(c->arena, "%s: po lhůtě odstraněno %lld záznamů starších než %.*s.", rule->title, (long long)removed, STR_ARG(moment));
	TRY(trail_add(c, (TrailEntry){.action = "retention", .object = rule->key, .text = text}));
	return tx_commit(&tx);
}

Err retention_run(Ctx *c, i64 *removed) {
	Err first = OK;
	*removed = 0;
	for (size_t i = 0; i < known_count; i++) {
		i64     term, gone = 0;
		Instant before = before_of(c, known[i], &term);
		Err     e = known[i]->run(c, before, &gone);
		if (gone > 0) {                          /* also when it failed half-way: what went is told */
			Err told = note(c, known[i], before, gone);
			e = e == OK ? told : e;
		}
		*removed += gone;
		first = first == OK ? e : first;
	}
	char iso[INSTANT_ISO_LEN];
	if (first == OK)
		first = fact_put(c, "retention.done", instant_iso(c->now, iso));
	return first;
}
