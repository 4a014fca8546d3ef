#include "domain/consultation/version_card.h"

#include "base/format.h"
#include "domain/consultation/consultation_inside.h"
#include "domain/consultation/settlement.h"
#include "domain/plan/card.h"

#define PREFIX "karta-"

bool anchor_is_card(Str anchor) { return str_starts(anchor, S(PREFIX)); }

Str card_anchor(Arena *a, Id card) { return str_format(a, PREFIX "%lld", (long long)card); }

Err version_cards_of(Ctx *c, Id version, VersionCards *ret) {
	*ret = (VersionCards){0};
	Rows rows = db_query(ctx_conn(c), &sql_version_cards, P(V(version)));
	while (rows_next(&rows)) {
		VersionCard *k = ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap);
		*k = (VersionCard){.card = col_int(&rows, 0), .code = str_dup(c->arena, col_text(&rows, 1)), .title = str_dup(c->arena, col_text(&rows, 2)),
		                   .text = str_dup(c->arena, col_text(&rows, 3))};
		k->anchor = card_anchor(c->arena, k->card);
		k->name = str_format(c->arena, "Karta %.*s %.*s", STR_ARG(k->code), STR_ARG(k->title));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "cards of a version");
}

const VersionCard *version_card_find(const VersionCards *all, Str anchor) {
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].anchor, anchor))
			return &all->at[i];
	return NULL;
}

Err version_card_href(Ctx *c, Str anchor, Str *ret) {
	ActivityCard *k;
	Plans         all;
	i64           id;
	*ret = (Str){0};
	if (!anchor_is_card(anchor) || !str_to_int(str_from(anchor, strlen(PREFIX)), &id))
		return OK;
	TRY(card_stored(c, id, &k));
	TRY(plans_all(c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i]->head.id == k->plan)
			*ret = str_format(c->arena, "/plan/%.*s/karty/%.*s", STR_ARG(all.at[i]->slug), STR_ARG(k->code));
	return OK;
}

/* ---- keeping ---- */

static void add_part(Buf *b, const char *label, Str text) {
	if (text.len)
		buf_format(b, "%s%s: %.*s", b->len ? "\n\n" : "", label, STR_ARG(text));
}

static Err words_of(Ctx *c, const Plan *p, ActivityCard *k, Str *ret) {
	PlanMoney m;
	CLEANUP(buf_free) Buf out = {0}, capacity = {0}, days = {0}, money = {0};
	TRY(cards_money(c, p, &(Cards){&k, 1, 1}, &m));
	fmt_fte(&capacity, k->capacity_now);
	buf_lit(&capacity, " → ");
	fmt_fte(&capacity, k->capacity_target);
	buf_format(&capacity, " (%.*s)", STR_ARG(codelist_name(c, "network_unit", k->unit)));
	fmt_date(&days, k->starts_on);
	buf_lit(&days, " – ");
	fmt_date(&days, k->ends_on);
	if (m.total.cost != BLANK)
		fmt_money(&money, (Money){m.total.cost});
	add_part(&out, "Co se udělá", k->description);
	add_part(&out, "Proč", k->justification);
	add_part(&out, "Kapacita", buf_view(&capacity));
	add_part(&out, "Kdy", buf_view(&days));
	add_part(&out, "Náklady celkem", buf_view(&money));
	add_part(&out, "Odpovídá", k->responsible);
	add_part(&out, "Rizika", k->risks);
	add_part(&out, "Podmínky", k->conditions);
	*ret = buf_take(&out, c->arena);
	return OK;
}

static Err keep_one(Ctx *c, const Plan *p, ActivityCard *k, Id version) {
	Str text;
	if (!card_counts(k))
		return OK;
	TRY(words_of(c, p, k, &text));
	Err e = db_run(c->conn, &sql_version_card_put, P(V(version), V(k->head.id), V(k->code), V(k->title), V(text)), NULL);
	return e == OK ? OK : fail_internal(c, "card of a version");
}

/* ---- following ---- */

/* The card is there: certain. It is not: a person says where the comment belongs now. */
static Err follow(Ctx *c, const Comment *k, const VersionCards *before, const VersionCards *now, Id version) {
	const VersionCard *was = version_card_find(before, k->anchor), *is = version_card_find(now, k->anchor);
	const char *how = !is ? "unsure" : was && str_eq(was->name, is->name) && str_eq(was->text, is->text) ? "same" : "changed";
	Err e = db_run(c->conn, &sql_place_put, P(V(k->head.id), V(version), V(is ? k->anchor : S("")), V(str_c(how)), V(S("")), V(S("")), V(c->now)), NULL);
	return e == OK ? OK : fail_internal(c, "place of a comment on a card");
}

static Err follow_from(Ctx *c, Id from, const VersionCards *now, Id version) {
	VersionCards before;
	Comments     all;
	TRY(comment_load_rows(c, db_query(c->conn, &sql_place_missing, P(V(from), V(version))), &all));
	TRY(version_cards_of(c, from, &before));
	for (size_t i = 0; i < all.len; i++)
		if (anchor_is_card(all.at[i]->anchor))
			TRY(follow(c, all.at[i], &before, now, version));
	return OK;
}

static Err follow_all(Ctx *c, Id version, const VersionCards *now) {
	DocumentVersion v;
	struct { Id *at; size_t len, cap; } earlier = {0};
	TRY(version_get(c, version, &v));
	Rows rows = db_query(c->conn, &sql_place_earlier, P(V(v.document), V(v.no)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, earlier.at, earlier.len, earlier.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "versions with comments");
	for (size_t i = 0; i < earlier.len; i++)
		TRY(follow_from(c, earlier.at[i], now, version));
	return OK;
}

static Err plan_of_id(Ctx *c, Id id, Plan **ret) {
	void *row;
	TRY(store_get(c, &plan_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err version_cards_keep(Ctx *c, Id plan, Id version) {
	Plan        *p;
	Cards        cards;
	VersionCards kept;
	CHECK(c->tx_depth > 0);
	TRY(version_cards_of(c, version, &kept));
	if (!kept.len) {
		TRY(plan_of_id(c, plan, &p));
		TRY(cards_of(c, p, CARDS_ALL, &cards));
		for (size_t i = 0; i < cards.len; i++)
			TRY(keep_one(c, p, cards.at[i], version));
		TRY(version_cards_of(c, version, &kept));
	}
	return follow_all(c, version, &kept);
}

Err version_cards_after_freeze(Ctx *c, const WorkMove *m) {
	const Plan *p = m->object->row;
	return version_cards_keep(c, p->head.id, p->newest_version);
}
