/* comment_place.c: comments follow their paragraphs into later versions of the document. */
#include "base/text.h"
#include "core/access.h"
#include "core/trail.h"
#include "domain/consultation/consultation_inside.h"
#include "domain/consultation/settlement.h"
#include "domain/consultation/version_card.h"

static const char *const hows[] = {"same", "moved", "changed", "unsure", "gone", "person"};

static Str how_of(AnchorHow how) {
	switch (how) {
	case ANCHOR_SAME:
		return S("same");
	case ANCHOR_MOVED:
		return S("moved");
	case ANCHOR_CHANGED:
		return S("changed");
	case ANCHOR_GONE:
		return S("gone");
	default:
		return S("unsure");
	}
}

static Err put(Ctx *c, Id comment, Id version, Str anchor, Str how, Str guess) {
	Err e = db_run(c->conn, &sql_place_put, P(V(comment), V(version), V(anchor), V(how), V(guess), V(S("")), V(c->now)), NULL);
	return e == OK ? OK : fail_internal(c, "place of a comment");
}

static Err follow_one(Ctx *c, Following *f, const Comment *k, Id version) {
	AnchorFollowed to = following_find(f, k->anchor, k->quote);
	bool           certain = to.how != ANCHOR_UNSURE;
	return put(c, k->head.id, version, certain ? to.anchor : S(""), how_of(to.how), certain ? S("") : to.anchor);
}

/* Comments on one earlier version: both texts are compared once. */
static Err follow_version(Ctx *c, Id from, Id to) {
	Paragraphs before, now;
	Comments   all;
	TRY(comment_load_rows(c, db_query(c->conn, &sql_place_missing, P(V(from), V(to))), &all));
	if (!all.len)
		return OK;
	TRY(version_paragraphs(c, from, &before));
	TRY(version_paragraphs(c, to, &now));
	Following *f = following_start(c->arena, &before, &now);
	for (size_t i = 0; i < all.len; i++)
		if (!anchor_is_card(all.at[i]->anchor))      /* version_card.c follows these */
			TRY(follow_one(c, f, all.at[i], to));
	return OK;
}

Err places_follow(Ctx *c, Id version) {
	DocumentVersion v;
	struct { Id *at; size_t len, cap; } earlier = {0};
	CHECK(c->tx_depth > 0);
	TRY(version_get(c, version, &v));
	Rows rows = db_query(c->conn, &sql_place_earlier, P(V(v.document), V(v.no)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, earlier.at, earlier.len, earlier.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "versions with comments");
	for (size_t i = 0; i < earlier.len; i++)
		TRY(follow_version(c, earlier.at[i], version));
	return OK;
}

Err place_follow_on(Ctx *c, const Comment *k) {
	struct { Id *at; size_t len, cap; } later = {0};
	CHECK(c->tx_depth > 0);
	if (!k->anchor.len)
		return OK;
	Rows rows = db_query(c->conn, &sql_place_later, P(V(k->consultation)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, later.at, later.len, later.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "later versions");
	const Actor *who = c->actor;
	Err          e = OK;
	c->actor = &actor_program;               /* the author need not be somebody who may read those versions */
	for (size_t i = 0; i < later.len && e == OK; i++)
		e = places_follow(c, later.at[i]);
	c->actor = who;
	return e;
}

static Err after_freeze(Ctx *c, const WorkMove *m) {
	return places_follow(c, m->object->id);
}
const Reaction consultation_reactions[3] = {
	{"document_version", "freeze", after_freeze},
	{"plan", "freeze", version_cards_after_freeze},
	{"plan", "finish", version_cards_after_freeze},
};

/* ---- reading, deciding ---- */

static Err read_places(Ctx *c, Rows rows, CommentPlaces *ret) {
	*ret = (CommentPlaces){0};
	while (rows_next(&rows)) {
		CommentPlace *p = ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap);
		*p = (CommentPlace){.comment = col_int(&rows, 0), .version = col_int(&rows, 1), .anchor = str_dup(c->arena, col_text(&rows, 2)),
		                    .guess = str_dup(c->arena, col_text(&rows, 4)), .decided_by = str_dup(c->arena, col_text(&rows, 5))};
		for (size_t i = 0; i < LEN(hows); i++)
			if (str_eq(col_text(&rows, 3), str_c(hows[i])))
				p->how = (unsigned)i;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "places of comments");
}

Err places_of(Ctx *c, Id comment, CommentPlaces *ret) {
	return read_places(c, db_query(ctx_conn(c), &sql_place_of_comment, P(V(comment))), ret);
}

Err places_unsure(Ctx *c, Id version, CommentPlaces *ret) {
	TRY(require(c, CAP_COMMENT_UPDATE));
	return read_places(c, db_query(ctx_conn(c), &sql_place_unsure, P(V(version))), ret);
}

Err place_decide(Ctx *c, Id comment, Id version, Str anchor) {
	Paragraphs text;
	Comment   *k;
	VersionCards cards;
	i64        changed;
	TRY(require(c, CAP_COMMENT_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(comment_get(c, comment, &k));
	TRY(version_paragraphs(c, version, &text));
	TRY(version_cards_of(c, version, &cards));
	const VersionCard *card = version_card_find(&cards, anchor);
	i64 at = anchor.len ? paragraphs_find(&text, anchor) : -1;
	if (anchor.len && at < 0 && !card)
		return fail(c, ERR_INVALID, "anchor", "Odstavec „%.*s“ v této verzi není. Vyberte ho ze seznamu.", STR_ARG(utf8_first(anchor, 40)));
	Str found = card ? card->anchor : at < 0 ? S("") : text.at[at].anchor;
	if (db_run(c->conn, &sql_place_decide, P(V(comment), V(version), V(found), V(c->actor->name)), &changed) != OK)
		return fail_internal(c, "place of a comment");
	if (!changed)
		return fail(c, ERR_CONFLICT, NULL, "O umístění této připomínky už někdo rozhodl. Načtěte seznam znovu.");
	TRY(trail_add(c, (TrailEntry){.action = "place", .object = "comment", .object_id = comment,
	                              .text = found.len ? str_format(c->arena, "Připomínka umístěna k místu %.*s.", STR_ARG(found)) : S("Připomínka v nové verzi k žádnému místu nepatří.")}));
	return tx_commit(&tx);
}
