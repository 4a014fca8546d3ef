/* plan_version.c: chapters become one frozen version of the plan's document. */
#include "base/buf.h"
#include "core/access.h"
#include "domain/plan/action_plan.h"
#include "domain/plan/annex.h"
#include "domain/plan/inside.h"
#include "domain/plan/outlook.h"
#include "domain/plan/plan.sql.h"

typedef struct Settling {
	Ctx *c;
} Settling;

static Err settle(void *arg, Str name, Str caption, bool is_block, Str *ret) {
	return plan_live_markdown(((Settling *)arg)->c, name, caption, is_block, ret);
}

Err plan_compose(Ctx *c, const Plan *p, bool settled, Str *ret) {
	PlanChapters chapters;
	CLEANUP(buf_free) Buf out = {0};
	TRY(plan_chapters(c, p->head.id, &chapters));
	for (size_t i = 0; i < chapters.len; i++) {
		Paragraphs text;
		TRY(plan_chapter_paragraphs(c, chapters.at[i], &text));
		if (settled)
			TRY(paragraphs_settle_live(c->arena, &text, settle, &(Settling){c}));
		/* the heading's anchor follows from the chapter itself, so it stays whatever the chapter is called */
		buf_format(&out, "# %.*s\n{#kap%lld}\n\n", STR_ARG(chapters.at[i]->title), (long long)chapters.at[i]->head.id);
		buf_str(&out, paragraphs_write(c->arena, &text, true));
		buf_char(&out, '\n');
	}
	TRY(plan_annexes(c, p, &out));
	*ret = buf_take(&out, c->arena);
	return OK;
}

static Err document_for(Ctx *c, Plan *p) {
	Resolution r;
	if (p->document)
		return OK;
	TRY(resolution_get(c, p->opening_resolution, &r));
	return document_add(c, &(DocumentNew){.title = p->title, .kind = S("plan"), .owner = r.body,
		.summary = str_format(c->arena, "Plán na roky %lld–%lld. Zpracovává: %.*s.", (long long)p->year_from, (long long)p->year_to, STR_ARG(p->author_unit))},
		&p->document);
}

Err plan_step_freeze(Ctx *c, WorkMove *m) {
	Plan *p = m->object->row;
	Cards cards;
	Str   text;
	TRY(document_for(c, p));
	TRY(plan_compose(c, p, true, &text));
	bool is_draft = !str_eq(p->state, S(PLAN_SETTLING));
	Str  note = str_format(c->arena, "%s", !is_draft ? "Konečné znění po vypořádání připomínek" : "Návrh plánu k projednání");
	TRY(version_add(c, p->document, &(VersionNew){.text = text, .note = note, .is_held = is_draft}, &p->newest_version));
	TRY(version_freeze(c, p->newest_version));
	TRY(outlook_freeze(c, p, p->newest_version));
	TRY(cards_of(c, p, CARDS_ALL, &cards));
	return cards_freeze(c, p, p->newest_version, &cards);
}

Err plan_step_publish(Ctx *c, WorkMove *m) {
	const Plan *p = m->object->row;
	Document   *d;
	TRY(document_get(c, p->document, &d));
	d->is_public = true;
	TRY(document_change(c, d));
	return version_release(c, p->newest_version);
}

Err plan_step_approve(Ctx *c, WorkMove *m) {
	Plan      *p = m->object->row;
	Resolution r;
	Date       first = date((int)p->year_from, 1, 1);
	TRY(plan_resolution(c, m->input->resolution, &r));
	TRY(version_put_in_force(c, p->newest_version, date_after(c->today, first) ? c->today : first));
	p->approval_resolution = r.head.id;
	p->valid_version = p->newest_version;
	return OK;
}

/* What holds is decided by the assembly: only the version that it has before it, by who writes its decision down. Of an action plan the same. */
static Err being_approved(Ctx *c, Id document, bool *is_text, Id *version) {
	Plan       *p;
	ActionPlan *a;
	Id          plan, year;
	if (db_get_int(ctx_conn(c), &sql_plan_of_document, P(V(document)), 0, &plan) != OK ||
	    db_get_int(ctx_conn(c), &sql_action_plan_of_document, P(V(document)), 0, &year) != OK)
		return fail_internal(c, "plan of a document");
	*is_text = plan || year;
	*version = 0;
	if (plan) {
		TRY(plan_stored(c, plan, &p));
		if (str_eq(p->state, S(PLAN_IN_APPROVAL)))
			*version = p->newest_version;
	} else if (year) {
		TRY(action_plan_stored(c, year, &a));
		if (str_eq(a->state, S(ACTION_IN_APPROVAL)))
			*version = a->newest_version;
	}
	return OK;
}

Err plan_keeps_document(Ctx *c, Id document, Id version, DocumentDeed deed) {
	bool is_text = false;
	Id   decided = 0;
	TRY(being_approved(c, document, &is_text, &decided));
	if (!is_text)
		return OK;
	if (deed == DEED_PUT_IN_FORCE && !(version && version == decided && may(c, CAP_PLAN_APPROVE)))
		return fail(c, ERR_CONFLICT, NULL, "Je to text plánu. Platit začne krokem „Zapsat schválení“ na stránce plánu, ne tady.");
	if (!may(c, CAP_PLAN_PUBLISH))
		return fail(c, ERR_FORBIDDEN, NULL, "Je to text plánu. Jeho verze zakládá, zveřejňuje a odvolává koordinátor plánu na stránce plánu.");
	return OK;
}

/* ---- reading ---- */

Err plan_shown_version(Ctx *c, const Plan *p, DocumentVersion *ret) {
	size_t said = c->problems.len;
	if (p->valid_version)
		return version_get(c, p->valid_version, ret);
	Err e = p->newest_version ? version_get(c, p->newest_version, ret) : ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND && p->document) {     /* the newest one is not for everybody yet; an older one may be */
		c->problems.len = said;
		e = document_newest(c, p->document, ret);
	}
	if (e != ERR_NOT_FOUND)
		return e;
	c->problems.len = said;
	return fail(c, ERR_NOT_FOUND, NULL, "Text plánu zatím není zveřejněný. Zveřejní se k připomínkám.");
}

Err plan_parts(Ctx *c, Id version, PlanParts *ret) {
	Paragraphs all;
	int        top = 6;
	*ret = (PlanParts){0};
	TRY(version_paragraphs(c, version, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].kind == PARAGRAPH_HEADING && all.at[i].level < top)
			top = all.at[i].level;
	for (size_t i = 0; i < all.len; i++) {
		const Paragraph *p = &all.at[i];
		if (p->kind == PARAGRAPH_HEADING && p->level == top) {
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (PlanPart){.anchor = p->anchor, .title = p->text};
			continue;
		}
		if (!ret->len)                           /* a version from elsewhere that begins without a heading */
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (PlanPart){.title = S("Úvod")};
		Paragraphs *text = &ret->at[ret->len - 1].text;
		*ARENA_PUSH(c->arena, text->at, text->len, text->cap) = *p;
	}
	return OK;
}
