/* settlement.c: the table of answers. */
#include "domain/consultation/settlement.h"

#include <stdlib.h>

#include "base/format.h"
#include "core/access.h"
#include "core/codelist.h"
#include "domain/consultation/consultation_inside.h"
#include "domain/consultation/version_card.h"

static Str decided_words(Ctx *c, const Comment *k) {
	Strs parts = {0};
	CLEANUP(buf_free) Buf day = {0};
	if (!date_is(k->decided_on))
		return (Str){0};
	fmt_date(&day, k->decided_on);
	if (k->body.len)
		strs_add(c->arena, &parts, k->body);
	if (k->meeting.len)
		strs_add(c->arena, &parts, k->meeting);
	strs_add(c->arena, &parts, buf_take(&day, c->arena));
	return str_join(c->arena, S(", "), parts);
}

static Str no_answer(const Comment *k) {
	return k->late ? S("Opožděná připomínka, bez vypořádání.") : (Str){0};
}

static void fill(Ctx *c, const Comment *k, const Comment *answer, SettlementRow *ret) {
	bool covered = k->redacted_text.len > 0;
	*ret = (SettlementRow){.comment = k, .answer = answer, .number = k->number, .author = comment_public_author(c, k), .chapter = k->chapter, .anchor = k->anchor,
	                       .text = comment_public_text(k), .proposal = covered ? (Str){0} : k->proposal, .justification = covered ? (Str){0} : k->justification,
	                       .hidden_why = k->redacted_why, .late = k->late, .place = answer->changed_anchor};
	ret->result = answer->result.len ? codelist_name(c, "settlement_result", answer->result) : (Str){0};
	ret->reasoning = answer->reasoning.len ? answer->reasoning : no_answer(k);
	if (answer != k)
		ret->reasoning = str_format(c->arena, "Vypořádáno s připomínkou %.*s. %.*s", STR_ARG(answer->number), STR_ARG(ret->reasoning));
	ret->decided = decided_words(c, answer);
}

/* Where each paragraph of the commented version stands: the order of rows. */
typedef struct Ordered { SettlementRow row; i64 place; } Ordered;

static int by_place(const void *x, const void *y) {
	const Ordered *a = x, *b = y;
	const Comment *k = a->row.comment, *l = b->row.comment;
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	if (k->serial != l->serial)
		return k->serial < l->serial ? -1 : 1;
	return k->part < l->part ? -1 : k->part > l->part;
}

static const Comment *find_by_id(const Comments *all, Id id) {
	size_t low = 0, high = all->len;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (all->at[middle]->head.id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < all->len && all->at[low]->head.id == id ? all->at[low] : NULL;
}

static int by_id(const void *x, const void *y) {
	const Comment *a = *(Comment *const *)x, *b = *(Comment *const *)y;
	return a->head.id < b->head.id ? -1 : a->head.id > b->head.id;
}

/* Anchors of the text in the order of their names, so that each comment finds its place by halves. */
typedef struct Spot { Str anchor; i64 place; } Spot;
typedef struct Spots { Spot *at; size_t len, cap; } Spots;

static int by_anchor(const void *x, const void *y) {
	return str_cmp(((const Spot *)x)->anchor, ((const Spot *)y)->anchor);
}

static Spots spots_of(Arena *a, const Paragraphs *text, const VersionCards *cards) {
	Spots s = {0};
	for (size_t i = 0; i < text->len; i++)
		*ARENA_PUSH(a, s.at, s.len, s.cap) = (Spot){text->at[i].anchor, (i64)i};
	for (size_t i = 0; i < cards->len; i++)      /* annexes stand behind the text */
		*ARENA_PUSH(a, s.at, s.len, s.cap) = (Spot){cards->at[i].anchor, (i64)(text->len + i)};
	if (s.len > 1)
		qsort(s.at, s.len, sizeof *s.at, by_anchor);
	return s;
}

/* Comments on the whole document come first. */
static i64 place_of(const Spots *s, Str anchor) {
	Spot        wanted = {anchor, 0};
	const Spot *found = anchor.len && s->len ? bsearch(&wanted, s->at, s->len, sizeof *s->at, by_anchor) : NULL;
	return found ? found->place : -1;
}

static void count_result(Ctx *c, Settlement *s, Str result) {
	CodeItems items;
	if (codelist_items(c, "settlement_result", c->today, &items) != OK)
		return;
	for (size_t i = 0; i < items.len && i < LEN(s->by_result); i++)
		s->by_result[i] += str_eq(items.at[i]->code, result);
}

static Err may_read(Ctx *c, const Consultation *n) {
	if (consultation_is(n, CONSULTATION_PUBLISHED) || access_scope(c, CAP_SETTLEMENT_READ).all)
		return OK;
	return fail(c, ERR_NOT_FOUND, NULL, "Vypořádání ještě nebylo zveřejněno. Zveřejní se najednou, až bude rozhodnuto o všech připomínkách.");
}

Err settlement_table(Ctx *c, Id consultation, Settlement *ret) {
	Consultation   *n;
	Comments        all;
	Document       *d;
	DocumentVersion v;
	Paragraphs      text;
	VersionCards    cards;
	struct { Ordered *at; size_t len, cap; } rows = {0};
	*ret = (Settlement){0};
	TRY(consultation_load(c, consultation, &n));
	TRY(may_read(c, n));
	TRY(consultation_text(c, n, &d, &v, &text));
	TRY(version_cards_of(c, n->subject, &cards));
	TRY(comment_load_rows(c, db_query(ctx_conn(c), &sql_comment_all_of, P(V(consultation))), &all));
	if (all.len > 1)
		qsort(all.at, all.len, sizeof *all.at, by_id);
	Spots spots = spots_of(c->arena, &text, &cards);
	for (size_t i = 0; i < all.len; i++) {
		const Comment *k = all.at[i], *answer = k->merged_into ? find_by_id(&all, k->merged_into) : k;
		if (comment_is(k, COMMENT_SPLIT))
			continue;                            /* its parts have rows, and all its words */
		Ordered *o = ARENA_PUSH(c->arena, rows.at, rows.len, rows.cap);
		*o = (Ordered){.place = place_of(&spots, k->anchor)};
		fill(c, k, answer ? answer : k, &o->row);
		count_result(c, ret, o->row.answer->result);
	}
	if (rows.len > 1)
		qsort(rows.at, rows.len, sizeof *rows.at, by_place);
	for (size_t i = 0; i < rows.len; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = rows.at[i].row;
	return OK;
}

/* One row, or one of each part, however often it was split. */
static Err own_rows(Ctx *c, const Comment *k, bool is_out, Settlement *ret) {
	Comment *answer = NULL;
	Comments parts;
	if (comment_is(k, COMMENT_SPLIT)) {
		TRY(comment_load_rows(c, db_query(ctx_conn(c), &sql_comment_parts, P(V(k->head.id))), &parts));
		for (size_t i = 0; i < parts.len; i++)
			TRY(own_rows(c, parts.at[i], is_out, ret));
		return OK;
	}
	if (k->merged_into)
		TRY(comment_load(c, k->merged_into, &answer));
	SettlementRow *row = ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap);
	fill(c, k, answer ? answer : k, row);
	row->text = k->text;                         /* the author reads the own words */
	if (!is_out)
		row->result = row->reasoning = row->decided = row->place = (Str){0};
	return OK;
}

Err settlement_of(Ctx *c, const Comment *k, Settlement *ret) {
	Consultation *n;
	*ret = (Settlement){0};
	TRY(consultation_load(c, k->consultation, &n));
	return own_rows(c, k, consultation_is(n, CONSULTATION_PUBLISHED), ret);
}
