/* score_order.c: the order of applications and the money that it meets. */
#include "domain/network/score_order.h"

#include <stdlib.h>

#include "base/format.h"
#include "domain/network/application_inside.h"
#include "domain/network/draft_inside.h"
#include "domain/network/score.sql.h"

/* ---- what decides where points are the same ---- */

static Str tie_name(Arena *a, int i) { return str_format(a, "shoda_%d", i + 1); }

static int tie_count(Arena *a, const RuleSet *set) {
	int n = 0;
	while (n < SCORE_TIES_MAX && rule_set_find(set, tie_name(a, n)))
		n++;
	return n;
}

void score_order_note(Ctx *c, ScoreRun *run, Application *a) {
	CLEANUP(buf_free) Buf b = {0};
	int ties = tie_count(c->arena, run->rules->set);
	for (int i = 0; i < ties; i++) {
		RuleValue v = rule_eval(run->run, tie_name(c->arena, i))->value;
		if (i)
			buf_char(&b, ';');
		if (v.state == RULE_KNOWN && rule_type_is_number(v.type))
			buf_str(&b, exact_plain(c->arena, v.number));
	}
	a->ties = buf_take(&b, c->arena);
	RuleValue money = rule_eval(run->run, S(SCORE_RULE_MONEY))->value;
	Money     needed;
	a->money_needed = money.state == RULE_KNOWN && rule_as_money(money, &needed) ? needed.halere : a->vp.halere;
}

/* An empty one stands behind all others. *at: which of them decided. */
static int by_ties(Arena *a, Str x, Str y, int *at) {
	for (*at = 0; x.len || y.len; ++*at) {
		Str   p = str_cut(&x, ';'), q = str_cut(&y, ';');
		Exact m, n;
		bool  has_p = p.len && exact_read_plain(a, p, &m), has_q = q.len && exact_read_plain(a, q, &n);
		int   order = has_p && has_q ? exact_cmp(m, n) : has_p ? -1 : has_q ? 1 : 0;
		if (order)
			return order;
	}
	*at = -1;
	return 0;
}

static int by_order(const void *p, const void *q, void *arena) {
	const Application *x = ((const Placed *)p)->a, *y = ((const Placed *)q)->a;
	int at, order;
	if (x->points != y->points)
		return x->points > y->points ? -1 : 1;
	order = by_ties(arena, x->ties, y->ties, &at);
	return order ? order : x->head.id < y->head.id ? -1 : 1;
}

/* Why this one stands behind the one before, when their points are the same. */
static Str tie_words(Ctx *c, const RuleSet *set, const Application *before, const Application *a) {
	int at;
	if (before->points != a->points)
		return (Str){0};
	int             order = by_ties(c->arena, before->ties, a->ties, &at);
	const RuleName *n = order ? rule_set_find(set, tie_name(c->arena, at)) : NULL;
	return n ? str_format(c->arena, "Stejné body jako předchozí; rozhodlo: %.*s.", STR_ARG(n->title)) : S("Stejné body jako předchozí; rozhodlo dřívější číslo žádosti.");
}

/* ---- the room of the year ---- */

static const LineWhole *own_line(const LineWholes *lines, const Application *a) {
	for (size_t i = 0; i < lines->len; i++) {
		const Line *l = lines->at[i].line;
		bool same = a->service > 0 ? l->service == a->service : l->provider == a->provider && str_eq(l->name, a->name);
		if (same && line_counts(l))
			return &lines->at[i];
	}
	return NULL;
}

/* What it asks for above what its line has already. */
static i64 needs_of(const LineWholes *lines, const Application *a, int year) {
	const LineWhole *own = own_line(lines, a);
	i64 wanted = a->money_needed != BLANK ? a->money_needed : a->vp.halere, has = own ? line_ceiling(own, year) : BLANK;
	wanted = wanted == BLANK ? 0 : wanted;
	return has == BLANK ? wanted : wanted > has ? wanted - has : 0;
}

static Err lines_on(Ctx *c, Date day, LineWholes *ret) {
	Network *basic;
	size_t   said = c->problems.len;
	Err      e = network_of_tier(c, (Str){0}, &basic);
	*ret = (LineWholes){0};
	if (e == ERR_NOT_FOUND)
		c->problems.len = said;
	return e == ERR_NOT_FOUND ? OK : e == OK ? lines_of(c, basic->head.id, (AsOf){.valid = day}, ret) : e;
}

static Err add_decided(Ctx *c, const LineWholes *lines, ScoreRoom *room) {
	struct { Id *at; size_t len, cap; } ids = {0};
	Rows r = db_query(ctx_conn(c), &sql_application_included_for, P(V((i64)room->year)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&r, 0);
	if (rows_end(&r) != OK)
		return fail_internal(c, "applications of a year");
	for (size_t i = 0; i < ids.len; i++) {
		Application *a;
		TRY(application_stored(c, ids.at[i], &a));
		room->promised += needs_of(lines, a, room->year);
	}
	return OK;
}

static Err read_room(Ctx *c, const LineWholes *lines, ScoreRoom *room) {
	YearMeans means;
	TRY(network_means(c, room->year, &means));
	for (size_t i = 0; i < lines->len; i++) {
		i64 of = line_ceiling(&lines->at[i], room->year);
		if (!line_counts(lines->at[i].line))
			continue;
		room->without += of == BLANK;
		room->promised += of == BLANK ? 0 : of;
	}
	TRY(add_decided(c, lines, room));
	room->known = means.known;
	room->why = means.why;
	room->from = means.from;
	room->means = means.amount;
	room->left = room->means - room->promised;
	return OK;
}

/* ---- the order ---- */

static bool is_decided(const Application *a) {
	return application_is(a, APPLICATION_INCLUDED) || application_is(a, APPLICATION_REFUSED) || application_is(a, APPLICATION_WITHDRAWN);
}

/* What stands already is what counts: a decision, then a proposal; others are judged by points and money. */
static void suggest(Placed *p, Ranking *r, bool skips, bool *ended) {
	const Application *a = p->a;
	bool by_rules = a->money_needed != BLANK || a->ties.len, enough = a->level.len || !by_rules;      /* points from before there were rule sets have no level */
	bool fits = !r->room.known || p->needs <= r->room.left;
	if (is_decided(a)) {
		p->suggested = application_is(a, APPLICATION_INCLUDED) ? PROPOSE_IN : PROPOSE_OUT;
		p->why = S("Rozhodnuto.");
		return;
	}
	if (!enough) {
		p->suggested = PROPOSE_OUT;
		p->why = S("Body na síť nestačí, nebo chybí, bez čeho žádost neprojde.");
		return;
	}
	if (r->room.known && (*ended || !fits)) {
		p->suggested = PROPOSE_LATER;
		p->money_ends = !*ended;
		p->why = *ended ? S("Peníze skončily u žádosti, která je v pořadí dřív.") : S("Peníze roku na ni nestačí.");
		*ended = *ended || !skips;
		return;
	}
	p->suggested = PROPOSE_IN;
	p->why = r->room.known ? S("Body i peníze stačí.") : S("Body stačí; peníze roku nejsou známé.");
	bool takes = !a->proposal.len || str_eq(a->proposal, S(PROPOSE_IN));
	if (r->room.known && takes)
		r->room.left -= p->needs;
}

void score_order(Arena *a, Ranking *r) {
	if (r->len > 1)
		qsort_r(r->at, r->len, sizeof *r->at, by_order, a);
	for (size_t i = 0; i < r->len; i++)
		r->at[i].place = i + 1;
}

void score_hand_out(Ranking *r, bool skips) {
	ScoreRoom whole = r->room;
	bool      ended = false;
	for (size_t i = 0; i < r->len; i++) {
		suggest(&r->at[i], r, skips, &ended);
		r->at[i].left = r->room.known ? r->room.left : BLANK;
	}
	r->room = whole;
}

Err score_ranking(Ctx *c, const Call *k, Ranking *ret) {
	Applications all;
	LineWholes   lines;
	ScoreRules  *rules;
	Str          why;
	*ret = (Ranking){.room = {.year = (int)k->target_year}};
	TRY(application_list(c, k->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		ret->waiting += words_have(APPLICATION_SUBMITTED " " APPLICATION_CHECKED " " APPLICATION_STATED, all.at[i]->state);
		if (all.at[i]->points != BLANK)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Placed){.a = all.at[i], .left = BLANK};
	}
	if (!ret->len)
		return OK;
	TRY(score_rules_if(c, k, &rules, &why));
	TRY(lines_on(c, date((int)k->target_year, 1, 1), &lines));
	TRY(read_room(c, &lines, &ret->room));
	for (size_t i = 0; i < ret->len; i++)
		ret->at[i].needs = needs_of(&lines, ret->at[i].a, ret->room.year);
	score_order(c->arena, ret);
	score_hand_out(ret, rules && rules->skips);
	for (size_t i = 1; rules && i < ret->len; i++) {
		Str tie = tie_words(c, rules->set, ret->at[i - 1].a, ret->at[i].a);
		if (tie.len)
			ret->at[i].why = str_format(c->arena, "%.*s %.*s", STR_ARG(ret->at[i].why), STR_ARG(tie));
	}
	return OK;
}

/* ---- proposing ---- */

static Err funding(Ctx *c, const WorkObject *o, Verdict *ret) {
	Call      *k;
	LineWholes lines;
	const Application *a = o->row;
	TRY(call_stored(c, a->call, &k));
	ScoreRoom room = {.year = (int)k->target_year};
	TRY(lines_on(c, date(room.year, 1, 1), &lines));
	TRY(read_room(c, &lines, &room));
	if (!room.known)
		*ret = (Verdict){WAIVED, str_format(c->arena, "Peníze roku se neověřují. %.*s", STR_ARG(room.why)), (Str){0}};
	return OK;
}
const Guard application_funding = {"funding", "Vyrovnávací platba se vejde do možností objednatele (F18, F19).", funding, NULL, NULL, NULL};

Err score_allows(Ctx *c, const Application *a, Str proposal, i64 *place) {
	Call   *k;
	Ranking r;
	TRY(call_stored(c, a->call, &k));
	TRY(score_ranking(c, k, &r));
	for (size_t i = 0; i < r.len; i++) {
		const Placed *p = &r.at[i];
		if (p->a->head.id != a->head.id)
			continue;
		*place = (i64)p->place;
		if (!str_eq(proposal, S(PROPOSE_IN)) || strcmp(p->suggested, PROPOSE_IN) == 0 || acts_as_head(c))
			return OK;
		if (strcmp(p->suggested, PROPOSE_OUT) == 0)
			return fail(c, ERR_INVALID, "proposal", "Podle pravidel výzvy body na síť nestačí, nebo chybí potřeba, bez které žádost neprojde. Navrhněte nezařazení nebo odložení; "
			            "výjimku s důvodem může zapsat vedoucí odboru.");
		return fail(c, ERR_INVALID, "proposal", "Peníze roku %d na žádost v pořadí nestačí: chce %.*s a před ní v pořadí zbývá %.*s. Navrhněte odložení; výjimku s důvodem může zapsat "
		            "vedoucí odboru.", r.room.year, STR_ARG(money_text(c->arena, p->needs, "–")), STR_ARG(money_text(c->arena, p->left, "–")));
	}
	return OK;
}
