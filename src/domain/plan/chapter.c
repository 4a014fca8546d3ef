/* chapter.c: chapters of a plan while they are written, and the notes of those who write. */
#include "base/text.h"
#include "domain/plan/inside.h"
#include "domain/plan/plan.sql.h"

/* ---- reading ---- */

Err plan_chapter_stored(Ctx *c, Id id, PlanChapter **ret) {
	void *row;
	TRY(store_get(c, &plan_chapter_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

static Err ids_of(Ctx *c, const Sql *sql, const DbValue *values, int count, Id **ret, size_t *len) {
	size_t cap = 0;
	*ret = NULL;
	*len = 0;
	Rows r = db_query(ctx_conn(c), sql, values, count);
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, *ret, *len, cap) = col_int(&r, 0);
	return rows_end(&r) == OK ? OK : fail_internal(c, "rows of a plan");
}

Err plan_chapters(Ctx *c, Id plan, PlanChapters *ret) {
	Id    *ids;
	size_t n;
	*ret = (PlanChapters){0};
	TRY(require(c, CAP_PLAN_DRAFT));
	TRY(ids_of(c, &sql_plan_chapter_ids, P(V(plan)), &ids, &n));
	for (size_t i = 0; i < n; i++)
		TRY(plan_chapter_stored(c, ids[i], ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap)));
	return OK;
}

Err plan_chapter_by_no(Ctx *c, Id plan, i64 no, PlanChapter **ret) {
	i64 id;
	TRY(require(c, CAP_PLAN_DRAFT));
	if (db_get_int(ctx_conn(c), &sql_plan_chapter_id, P(V(plan), V(no)), 0, &id) != OK)
		return fail_internal(c, "chapter of a plan");
	if (!id)
		return fail(c, ERR_NOT_FOUND, NULL, "Takovou kapitolu plán nemá. Vyberte ji z osnovy.");
	return plan_chapter_stored(c, id, ret);
}

static Err read_text(Ctx *c, Str text, Paragraphs *ret) {
	Str why;
	return paragraphs_read(c->arena, text, ret, &why) == OK ? OK : fail(c, ERR_INVALID, "text", "%.*s", STR_ARG(why));
}

Err plan_chapter_paragraphs(Ctx *c, const PlanChapter *ch, Paragraphs *ret) {
	return read_text(c, ch->text, ret);
}

Err plan_chapter_source(Ctx *c, const PlanChapter *ch, Str *ret) {
	Paragraphs p;
	TRY(read_text(c, ch->text, &p));
	*ret = paragraphs_write(c->arena, &p, false);
	return OK;
}

/* ---- writing ---- */

static Err refuse_closed(Ctx *c, const Plan *p) {
	if (plan_is_written(p) || str_eq(p->state, S(PLAN_PREPARING)))
		return OK;
	return fail(c, ERR_CONFLICT, NULL, "Plán je ve stavu „%.*s“ a jeho kapitoly se teď nepíší. Vraťte ho k dopracování, nebo založte aktualizaci.",
	            STR_ARG(state_title(&plan_machine, p->state)));
}

static Err chapter_for_writing(Ctx *c, Id chapter, PlanChapter **ret) {
	Plan *p;
	TRY(require(c, CAP_PLAN_UPDATE));
	TRY(plan_chapter_stored(c, chapter, ret));
	TRY(plan_stored(c, (*ret)->plan, &p));
	return refuse_closed(c, p);
}

static void mark_change(Ctx *c, PlanChapter *ch) {
	ch->changed_at = c->now;
	ch->changed_by = c->actor->name;
}

Err plan_chapter_add(Ctx *c, Id plan, Str part, Str title, Id *ret) {
	Plan *p;
	i64   last;
	TRY(require(c, CAP_PLAN_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(plan_stored(c, plan, &p));
	TRY(refuse_closed(c, p));
	if (db_get_int(c->conn, &sql_plan_chapter_last, P(V(plan)), 0, &last) != OK)
		return fail_internal(c, "last chapter of a plan");
	PlanChapter *ch = entity_new(c->arena, &plan_chapter_entity);
	ch->plan = plan;
	ch->part = part;
	ch->no = last + 1;
	ch->title = text_clean(c->arena, title);
	mark_change(c, ch);
	TRY(entity_insert(c, &plan_chapter_entity, ch));
	*ret = ch->head.id;
	return tx_commit(&tx);
}

static void take_words(Arena *a, Strs *to, Str words) {
	while (words.len) {
		Str one = str_cut(&words, ' ');
		if (one.len)
			strs_add(a, to, one);
	}
}

/* Anchors of the other chapters: within one plan an anchor means one paragraph. */
static Err add_taken(Ctx *c, const PlanChapter *ch, Paragraphs *p) {
	Arena *a = c->arena;
	Strs   texts = {0};
	Rows   r = db_query(c->conn, &sql_plan_anchors, P(V(ch->plan), V(ch->head.id)));
	while (rows_next(&r)) {
		strs_add(a, &texts, str_dup(a, col_text(&r, 0)));
		take_words(a, &p->taken, str_dup(a, col_text(&r, 1)));
	}
	if (rows_end(&r) != OK)
		return fail_internal(c, "anchors of a plan");
	for (size_t i = 0; i < texts.len; i++) {
		Paragraphs other;
		TRY(read_text(c, texts.at[i], &other));
		for (size_t k = 0; k < other.len; k++) {
			strs_add(a, &p->taken, other.at[k].anchor);
			take_words(a, &p->taken, other.at[k].also);
		}
	}
	return OK;
}

/* Anchors written by hand would be somebody's mistake or trick: they come only from what stood there before. */
static void forget_anchors(Paragraphs *p) {
	for (size_t i = 0; i < p->len; i++)
		p->at[i].anchor = p->at[i].also = (Str){0};
}

/* Of what was taken, only this chapter's own is stored with it. */
static Str own_taken(Arena *a, const Paragraphs *before, size_t own, const Paragraphs *now) {
	Strs keep = {0};
	for (size_t i = 0; i < own; i++)
		strs_add(a, &keep, before->taken.at[i]);
	for (size_t i = 0; i < before->len; i++)
		if (before->at[i].anchor.len && paragraphs_find(now, before->at[i].anchor) < 0)
			strs_add(a, &keep, before->at[i].anchor);
	return str_join(a, S(" "), keep);
}

static Err store_text(Ctx *c, PlanChapter *ch, const PlanChapter *was, Str text) {
	Paragraphs before, now;
	TRY(read_text(c, was->text, &before));
	take_words(c->arena, &before.taken, was->taken);
	size_t own = before.taken.len;
	TRY(add_taken(c, was, &before));
	TRY(read_text(c, text_clean_paste(c->arena, text), &now));
	forget_anchors(&now);
	paragraphs_keep_anchors(c->arena, &before, &now);
	ch->text = paragraphs_write(c->arena, &now, true);
	ch->taken = own_taken(c->arena, &before, own, &now);
	mark_change(c, ch);
	return entity_update(c, &plan_chapter_entity, ch);
}

Err plan_chapter_save(Ctx *c, PlanChapter *ch) {
	PlanChapter *was;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(chapter_for_writing(c, ch->head.id, &was));
	if (!utf8_valid(ch->text))
		return fail(c, ERR_INVALID, "text", "Text obsahuje znaky, které se nedají uložit. Vložte jej znovu jako prostý text.");
	ch->plan = was->plan;
	ch->no = was->no;
	TRY(store_text(c, ch, was, ch->text));
	return tx_commit(&tx);
}

Err plan_chapter_drop(Ctx *c, Id chapter, i64 version) {
	PlanChapter *ch;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(chapter_for_writing(c, chapter, &ch));
	if (ch->text.len)
		return fail(c, ERR_CONFLICT, NULL, "Kapitola „%.*s“ má text. Smazat jde jen prázdná; text nejdřív přesuňte jinam.", STR_ARG(ch->title));
	TRY(entity_delete(c, &plan_chapter_entity, chapter, version));
	return tx_commit(&tx);
}

Err plan_chapter_up(Ctx *c, Id chapter) {
	PlanChapter *ch, *other = NULL;
	PlanChapters all;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(chapter_for_writing(c, chapter, &ch));
	TRY(plan_chapters(c, ch->plan, &all));
	for (size_t i = 1; i < all.len; i++)
		if (all.at[i]->head.id == chapter)
			other = all.at[i - 1];
	if (!other)
		return fail(c, ERR_CONFLICT, NULL, "Kapitola je už první.");
	i64 no = ch->no;
	ch->no = other->no;
	other->no = no;
	TRY(entity_update(c, &plan_chapter_entity, ch));
	TRY(entity_update(c, &plan_chapter_entity, other));
	return tx_commit(&tx);
}

/* ---- notes ---- */

Err plan_notes(Ctx *c, Id plan, Id chapter, PlanNotes *ret) {
	Id    *ids;
	size_t n;
	void  *row;
	*ret = (PlanNotes){0};
	TRY(require(c, CAP_PLAN_DRAFT));
	TRY(ids_of(c, &sql_plan_note_ids, P(V(plan), V(chapter)), &ids, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(store_get(c, &plan_note_entity, TODAY, ids[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

static bool is_prepared(const Plan *p) {
	return str_eq(p->state, S(PLAN_PREPARING)) || str_eq(p->state, S(PLAN_DRAFTING));
}

static bool is_too_late(const Ctx *c, const Plan *p) {
	return date_is(p->inputs_until) && date_after(c->today, p->inputs_until);
}

bool plan_takes_contributions(Ctx *c, const Plan *p) {
	return may(c, CAP_PLAN_READ) && is_prepared(p) && !is_too_late(c, p);
}

static Err check_contribution(Ctx *c, const Plan *p) {
	TRY(require(c, CAP_PLAN_READ));
	if (!is_prepared(p))
		return fail(c, ERR_CONFLICT, NULL, "Podněty k plánu se přijímají, dokud se připravuje. Teď je ve stavu „%.*s“.", STR_ARG(state_title(&plan_machine, p->state)));
	if (is_too_late(c, p))
		return fail(c, ERR_CONFLICT, NULL, "Podněty k plánu se už nepřijímají, poslední den uplynul. Napište koordinátorovi plánu.");
	return OK;
}

static Err check_place(Ctx *c, const PlanNote *n) {
	PlanChapter *ch;
	Paragraphs   p;
	TRY(require(c, CAP_PLAN_DRAFT));
	TRY(plan_chapter_stored(c, n->chapter, &ch));
	TRY(plan_chapter_paragraphs(c, ch, &p));
	if (ch->plan != n->plan || paragraphs_find(&p, n->anchor) < 0)
		return fail(c, ERR_INVALID, "anchor", "Odstavec %.*s v kapitole není. Vyberte ho ze seznamu.", STR_ARG(n->anchor));
	return OK;
}

Err plan_note_add(Ctx *c, PlanNote *n) {
	Plan *p;
	bool  contribution = str_eq(n->kind, S(NOTE_CONTRIBUTION));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(plan_stored(c, n->plan, &p));
	TRY(contribution ? check_contribution(c, p) : check_place(c, n));
	n->text = text_clean_lines(c->arena, n->text);
	n->proposal = text_clean_paste(c->arena, n->proposal);
	if (!n->text.len && !n->proposal.len)
		return fail(c, ERR_INVALID, "text", "Napište, co máte na mysli.");
	if (str_eq(n->kind, S(NOTE_PROPOSAL)) && !n->proposal.len)
		return fail(c, ERR_INVALID, "proposal", "Napište nové znění odstavce.");
	n->state = S(NOTE_OPEN);
	n->account = c->actor->account ? c->actor->account : BLANK;
	n->author = c->actor->organisation_name.len ? str_format(c->arena, "%.*s (%.*s)", STR_ARG(c->actor->name), STR_ARG(c->actor->organisation_name)) : c->actor->name;
	n->made_at = c->now;
	if (contribution)
		n->chapter = 0;
	c->scope_decided = true;                 /* whoever may read the plan may contribute to it */
	Err e = entity_insert(c, &plan_note_entity, n);
	c->scope_decided = false;
	TRY(e);
	return tx_commit(&tx);
}

/* The wording takes the place of the paragraph, and the paragraph stays the same one. */
static Err put_proposal(Ctx *c, const PlanNote *n) {
	PlanChapter *ch;
	Paragraphs   p;
	TRY(chapter_for_writing(c, n->chapter, &ch));
	TRY(plan_chapter_paragraphs(c, ch, &p));
	i64 at = paragraphs_find(&p, n->anchor);
	if (at < 0)
		return fail(c, ERR_CONFLICT, NULL, "Odstavec, ke kterému návrh patří, v kapitole už není. Zapracujte ho ručně a poznámku uzavřete.");
	Str anchor = p.at[at].anchor, also = p.at[at].also;
	Paragraphs wording;
	TRY(read_text(c, n->proposal, &wording));
	if (wording.len != 1)
		return fail(c, ERR_CONFLICT, NULL, "Navržené znění má víc odstavců. Zapracujte ho do kapitoly ručně a poznámku uzavřete.");
	p.at[at] = wording.at[0];
	p.at[at].anchor = anchor;
	p.at[at].also = also;
	ch->text = paragraphs_write(c->arena, &p, true);
	mark_change(c, ch);
	return entity_update(c, &plan_chapter_entity, ch);
}

Err plan_note_settle(Ctx *c, Id note, bool accept, Str reply) {
	void *row;
	TRY(require(c, CAP_PLAN_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(store_get(c, &plan_note_entity, TODAY, note, &row));
	PlanNote *n = row;
	if (!str_eq(n->state, S(NOTE_OPEN)))
		return fail(c, ERR_CONFLICT, NULL, "Poznámku už vyřídil %.*s. Načtěte stránku znovu.", STR_ARG(n->settled_by));
	if (accept && str_eq(n->kind, S(NOTE_PROPOSAL)))
		TRY(put_proposal(c, n));
	n->state = accept ? S(NOTE_ACCEPTED) : S(NOTE_DECLINED);
	n->reply = text_clean_lines(c->arena, reply);
	n->settled_by = c->actor->name;
	n->settled_at = c->now;
	TRY(entity_update(c, &plan_note_entity, n));
	return tx_commit(&tx);
}
