/* review.c: rounds of re-evaluation, what figures suggest, and the fields of one review. */
#include "domain/network/review.h"

#include "base/format.h"
#include "core/codelist.h"
#include "core/settings.h"
#include "domain/network/review.sql.h"
#include "domain/network/review_inside.h"
#include "domain/rulebook/rulebook.h"

ENTITY(review_round_entity, ReviewRound, REVIEW_ROUND_FIELDS, .name = "review_round", .table = "review_round", .one = "kolo přehodnocení", .many = "kola přehodnocení",
       .of_many = "kol přehodnocení", .article = "n", .title = "title", .order = "year", .read = CAP_REVIEW_READ, .write = CAP_REVIEW_CREATE)

/* What is being weighed, or was given up, is for the region; the provider and the district read it from the hearing on. */
static void hide(Ctx *c, void *row) {
	Review *x = row;
	bool    is_the_regions = str_eq(x->state, S(REVIEW_OPEN)) || str_eq(x->state, S(REVIEW_CANCELLED));
	if (access_scope(c, CAP_REVIEW_READ).all || !is_the_regions)
		return;
	x->filling = x->filling_before = x->occupancy = (Percent){BLANK};
	x->average = x->new_capacity = (Fte){BLANK};
	x->unit_cost = (Money){BLANK};
	x->figures_note = x->proposal = x->why = x->measure = (Str){0};
	x->due = (Date){0};
}

ENTITY(review_entity, Review, REVIEW_FIELDS, .name = "network_review", .table = "network_review", .one = "přehodnocení služby", .many = "přehodnocení služeb",
       .of_many = "přehodnocení služeb", .article = "n", .title = "service_name", .order = "service_name", .read = CAP_REVIEW_READ, .write = CAP_REVIEW_UPDATE,
       .path = "/app/prehodnoceni", .scope_provider = "provider", .scope_district = "district", .hide = hide)

/* ---- reading ---- */

Err review_stored(Ctx *c, Id id, Review **ret) {
	void *row;
	TRY(store_get(c, &review_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err reviews_of(Ctx *c, Id round, Reviews *ret) {
	EntityList list;
	ListFilter of = {.field = entity_field(&review_entity, S("round")), .value = str_format(c->arena, "%lld", (long long)round)};
	*ret = (Reviews){0};
	TRY(entity_list(c, &review_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, &list));
	for (size_t i = 0; i < list.len; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = list.at[i];
	return OK;
}

/* ---- what the figures say ---- */

Fte review_round_up(Fte average, Str unit) {
	i64 step = str_eq(unit, S("L")) ? 100 : 25;
	return fte((average.hundredths + step - 1) / step * step);
}

static i64 limit_of(Ctx *c, const char *setting) {
	return setting_int(c, setting) * 100;
}

static bool is_below(Percent p, i64 limit) {
	return p.basis_points != BLANK && p.basis_points < limit;
}

static Str percent_words(Arena *a, i64 basis_points) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_percent(&b, (Percent){basis_points});
	return buf_take(&b, a);
}

Str review_suggest(Ctx *c, const Review *x, Str *why) {
	i64 cut = limit_of(c, "network.review_cut"), filling = limit_of(c, "network.review_filling"), occupancy = limit_of(c, "network.review_occupancy");
	*why = (Str){0};
	if (x->filling.basis_points == BLANK && x->occupancy.basis_points == BLANK)
		return (Str){0};
	if (is_below(x->filling, cut) && is_below(x->filling_before, cut)) {
		*why = str_format(c->arena, "Naplnění je dva roky po sobě pod %.*s.", STR_ARG(percent_words(c->arena, cut)));
		return S(RESULT_CUT);
	}
	if (is_below(x->filling, filling)) {
		*why = str_format(c->arena, "Naplnění je pod %.*s.", STR_ARG(percent_words(c->arena, filling)));
		return S(RESULT_RESERVE);
	}
	if (is_below(x->occupancy, occupancy)) {
		*why = str_format(c->arena, "Obložnost je pod %.*s.", STR_ARG(percent_words(c->arena, occupancy)));
		return S(RESULT_RESERVE);
	}
	*why = S("Naplnění ani obložnost nejsou pod hranicí.");
	return S(RESULT_KEEP);
}

Str review_cost_words(Ctx *c, const Review *x) {
	ReviewRound    *round;
	ReferenceValue *v;
	void           *line, *row;
	size_t          said = c->problems.len;
	Str             words = {0};
	if (x->unit_cost.halere == BLANK || store_get(c, &review_round_entity, TODAY, x->round, &row) != OK || store_get(c, &line_entity, TODAY, x->line, &line) != OK) {
		c->problems.len = said;
		return words;
	}
	round = row;
	i64 share, net;
	if (reference_value(c, ((Line *)line)->kind, x->unit, round->year, &v) == OK && (net = v->cost.halere - v->revenue.halere) > 0 &&
	    mul_div(x->unit_cost.halere, 10000, net, &share)) {
		CLEANUP(buf_free) Buf b = {0};
		fmt_money(&b, (Money){net});
		words = str_format(c->arena, "%.*s referenční hodnoty (%.*s)", STR_ARG(percent_words(c->arena, share)), STR_ARG(buf_view(&b)));
	}
	c->problems.len = said;
	return words;
}

/* ---- a round ---- */

static Err check_round(Ctx *c, const ReviewRound *x) {
	bool by_kind = str_eq(x->scope, S("kind"));
	if (by_kind != (x->kind.len > 0))
		return fail(c, ERR_INVALID, "kind", by_kind ? "Druh služby: vyberte ho, kolo je podle druhu." : "Druh služby: vyplňuje se jen u kola podle druhu. Smažte ho, nebo změňte výběr služeb.");
	return OK;
}

static Err has_open_reservation(Ctx *c, Id line, bool *ret) {
	i64 n;
	if (db_get_int(ctx_conn(c), &sql_review_reservations_open, P(V(line)), 0, &n) != OK)
		return fail_internal(c, "reservations of a line");
	*ret = n > 0;
	return OK;
}

static Err belongs(Ctx *c, const ReviewRound *x, const Line *l, bool *ret) {
	*ret = line_counts(l) && (!str_eq(x->scope, S("kind")) || str_eq(l->kind, x->kind));
	if (*ret && str_eq(x->scope, S("reservation")))
		TRY(has_open_reservation(c, l->head.id, ret));
	return OK;
}

/* A line is in one open review at a time. */
static Err is_reviewed(Ctx *c, Id line, bool *ret) {
	i64 n;
	if (db_get_int(ctx_conn(c), &sql_reviews_open_of_line, P(V(line)), 0, &n) != OK)
		return fail_internal(c, "reviews of a line");
	*ret = n > 0;
	return OK;
}

static Err add_one(Ctx *c, Id round, const LineWhole *w) {
	const LineArea *most = NULL;
	Review         *x = entity_new(c->arena, &review_entity);
	for (size_t i = 0; i < w->area_count; i++)
		if (!most || w->areas[i].share.basis_points > most->share.basis_points)
			most = &w->areas[i];
	x->round = round;
	x->line = w->line->head.id;
	x->service_name = w->line->name;
	x->provider = w->line->provider;
	x->district = most && most->district ? most->district->id : BLANK;
	x->unit = w->line->unit;
	x->capacity = w->line->capacity;
	return workflow_start(c, &review_machine, "begin", x, NULL);
}

Err review_round_add(Ctx *c, ReviewRound *x, size_t *lines) {
	Network   *basic;
	LineWholes all;
	*lines = 0;
	TRY(require(c, CAP_REVIEW_CREATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(check_round(c, x));
	TRY(network_of_tier(c, (Str){0}, &basic));
	TRY(lines_of(c, basic->head.id, TODAY, &all));
	TRY(workflow_start(c, &review_round_machine, "open", x, NULL));
	for (size_t i = 0; i < all.len; i++) {
		bool takes, other = false;
		TRY(belongs(c, x, all.at[i].line, &takes));
		if (takes)
			TRY(is_reviewed(c, all.at[i].line->head.id, &other));
		if (!takes || other)
			continue;
		TRY(add_one(c, x->head.id, &all.at[i]));
		++*lines;
	}
	if (!*lines)
		return fail(c, ERR_INVALID, "scope", "Které služby: výběru dnes neodpovídá žádný řádek sítě, který by se už nepřehodnocoval. Vyberte jinak.");
	return tx_commit(&tx);
}

/* ---- one review ---- */

Err review_save(Ctx *c, Review *x) {
	Review *stored;
	TRY(require(c, CAP_REVIEW_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(review_stored(c, x->head.id, &stored));
	if (!str_eq(stored->state, S(REVIEW_OPEN)))
		return fail(c, ERR_CONFLICT, NULL, "Přehodnocení je ve stavu „%.*s“ a čísla ani návrh se už nemění. Vraťte ho k přepracování.", STR_ARG(state_title(&review_machine, stored->state)));
	TRY(entity_update(c, &review_entity, x));
	return tx_commit(&tx);
}
