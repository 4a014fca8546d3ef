/* comment_work.c: comments are checked, split, joined, given to somebody, answered and decided. */
#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "core/data_version.h"
#include "core/trail.h"
#include "domain/consultation/consultation_inside.h"
#include "domain/consultation/version_card.h"

static Err step(Ctx *c, Id id, i64 version, const char *action, Str reason, void *more) {
	return workflow_do(c, &comment_machine, id, action, &(WorkInput){.version = version, .reason = reason, .more = more});
}

/* ---- check, assign ---- */

Err comment_check(Ctx *c, Id id, i64 version, Str kind) { return step(c, id, version, "check", (Str){0}, &kind); }

Err comment_check_run(Ctx *c, WorkMove *m) {
	Comment   *k = m->object->row;
	const Str *kind = m->input ? m->input->more : NULL;
	if (!kind || !codelist_find(c, "comment_kind", *kind))
		return fail(c, ERR_INVALID, "kind", "Vyberte, zda je připomínka obsahová, formální, nebo dotaz. Podle toho o ní rozhodne orgán, nebo úřad.");
	k->kind = *kind;
	return OK;
}

Err comment_assign(Ctx *c, Id id, i64 version, Id account) { return step(c, id, version, "assign", (Str){0}, &account); }

Err comment_assign_run(Ctx *c, WorkMove *m) {
	Comment  *k = m->object->row;
	const Id *account = m->input ? m->input->more : NULL;
	Account  *who;
	TRY(comment_editor(c, account ? *account : 0, &who));
	k->assigned = who->head.id;
	k->assigned_name = who->name;
	return OK;
}

/* ---- split ---- */

/* Words alone, so that line ends and double blanks do not matter. */
static Str bare(Arena *a, Str s) { return text_clean(a, s); }

static Str all_words(Ctx *c, const Str *texts, size_t count) {
	Strs list = {0};
	for (size_t i = 0; i < count; i++)
		strs_add(c->arena, &list, bare(c->arena, texts[i]));
	return bare(c->arena, str_join(c->arena, S(" "), list));
}

typedef struct Parts { const Str *texts; size_t count; Comments *made; } Parts;

static Err check_parts(Ctx *c, const Comment *k, const Parts *p) {
	if (p->count < 2)
		return fail(c, ERR_INVALID, "text", "Rozdělit jde aspoň na dvě části. Mezi části vložte prázdný řádek se třemi pomlčkami (---).");
	for (size_t i = 0; i < p->count; i++)
		if (!str_trim(p->texts[i]).len)
			return fail(c, ERR_INVALID, "text", "Část č. %zu je prázdná. Každá část musí mít slova z původní připomínky.", i + 1);
	if (!str_eq(all_words(c, p->texts, p->count), bare(c->arena, k->text)))
		return fail(c, ERR_INVALID, "text", "Části dohromady musí říkat přesně totéž, co připomínka: žádné slovo nesmí chybět, přibýt ani změnit pořadí. "
		            "Opravte části podle původního znění.");
	return OK;
}

static Err make_part(Ctx *c, const Comment *whole, Str text, i64 no, Comment **ret) {
	Comment *part = entity_copy(c->arena, &comment_entity, whole);
	part->head = (EntityHead){0};
	part->split_from = whole->head.id;
	part->kind = (Str){0};                       /* it was split because its parts are about different things: each is looked at again */
	part->part = no;
	part->number = str_format(c->arena, "%.*s/%lld", STR_ARG(whole->number), (long long)no);
	part->text = text_clean_lines(c->arena, text);
	if (part->redacted_text.len)
		part->redacted_text = S("[…]");          /* what was covered stays so until somebody has read the part */
	if (no > 1)
		part->proposal = part->justification = (Str){0};     /* said once, with the first part */
	TRY(workflow_start(c, &comment_machine, "part", part, NULL));
	*ret = part;
	return OK;
}

/* Those that were joined into it would be left without an answer: the program does not know which part says the same. */
static Err refuse_joined(Ctx *c, const Comment *k) {
	Comments joined;
	TRY(comment_load_rows(c, db_query(ctx_conn(c), &sql_comment_joined, P(V(k->head.id))), &joined));
	if (!joined.len)
		return OK;
	return fail(c, ERR_INVALID, "text", "S touto připomínkou je sloučená připomínka %.*s a po rozdělení by neměla odpověď. Zrušte nejdřív sloučení, "
	            "po rozdělení ji slučte s částí, která říká totéž.", STR_ARG(joined.at[0]->number));
}

Err comment_split_run(Ctx *c, WorkMove *m) {
	const Comment *k = m->object->row;
	const Parts   *p = m->input ? m->input->more : NULL;
	if (!p)
		return fail(c, ERR_INVALID, "text", "Rozdělte připomínku na části na její stránce.");
	TRY(refuse_joined(c, k));
	TRY(check_parts(c, k, p));
	for (size_t i = 0; i < p->count; i++) {
		Comment *part;
		TRY(make_part(c, k, p->texts[i], (i64)i + 1, &part));
		*ARENA_PUSH(c->arena, p->made->at, p->made->len, p->made->cap) = part;
	}
	return OK;
}

Err comment_split(Ctx *c, Id id, i64 version, const Str *texts, size_t count, Comments *parts) {
	Parts p = {texts, count, parts};
	*parts = (Comments){0};
	return step(c, id, version, "split", (Str){0}, &p);
}

/* ---- merge ---- */

#define NEVER_ANSWERED COMMENT_UNCONFIRMED " " COMMENT_EXPIRED " " COMMENT_MERGED " " COMMENT_JOINED " " COMMENT_SPLIT " " COMMENT_LATE " " COMMENT_LATE_CLOSED

/* Joined is only what another comment of the same period can answer: one that is not joined itself, and not a part's own whole. */
static Err check_target(Ctx *c, const Comment *k, const Comment *into) {
	if (into->head.id == k->head.id)
		return fail(c, ERR_INVALID, "into", "Připomínku nejde sloučit samu se sebou. Zadejte číslo jiné.");
	if (into->consultation != k->consultation)
		return fail(c, ERR_INVALID, "into", "Připomínka č. %.*s patří do jiného řízení. Sloučit jde jen připomínky téhož řízení.", STR_ARG(into->number));
	if (words_have(NEVER_ANSWERED, into->state))
		return fail(c, ERR_INVALID, "into", "Připomínka č. %.*s sama odpověď nedostane (je sloučená, rozdělená, nebo opožděná). Zadejte tu, která se vypořádá.", STR_ARG(into->number));
	return OK;
}

/* What was joined into the one that is now joined follows it: an answer is never more than one step away. */
static Err follow_joined(Ctx *c, const Comment *k, const Comment *into) {
	Comments before;
	TRY(comment_load_rows(c, db_query(ctx_conn(c), &sql_comment_joined, P(V(k->head.id))), &before));
	for (size_t i = 0; i < before.len; i++) {
		before.at[i]->merged_into = into->head.id;
		TRY(store_update(c, &comment_entity, before.at[i]));
	}
	return OK;
}

Err comment_merge_run(Ctx *c, WorkMove *m) {
	Comment  *k = m->object->row, *into;
	const Id *target = m->input ? m->input->more : NULL;
	if (!target)
		return fail(c, ERR_INVALID, "into", "Zadejte číslo připomínky, se kterou se tato sloučí.");
	TRY(comment_load(c, *target, &into));
	TRY(check_target(c, k, into));
	TRY(follow_joined(c, k, into));
	k->merged_into = into->head.id;
	return OK;
}

Err comment_merge(Ctx *c, Id id, i64 version, Id into, Str reason) { return step(c, id, version, "merge", reason, &into); }

Err comment_unmerge_run(Ctx *c, WorkMove *m) {
	(void)c;
	((Comment *)m->object->row)->merged_into = 0;
	return OK;
}

Err comment_unmerge(Ctx *c, Id id, i64 version, Str reason) { return step(c, id, version, "unmerge", reason, NULL); }

/* ---- late ---- */

Err comment_admit(Ctx *c, Id id, i64 version, Str reason) { return step(c, id, version, "admit", reason, NULL); }

/* ---- answer, decision ---- */

Err comment_propose(Ctx *c, Id id, i64 version, const CommentAnswer *answer) {
	CommentAnswer a = *answer;
	return step(c, id, version, "propose", (Str){0}, &a);
}

Err comment_propose_run(Ctx *c, WorkMove *m) {
	enum { LEAST = 10 };
	Comment             *k = m->object->row;
	const CommentAnswer *a = m->input ? m->input->more : NULL;
	Err                  e = OK;
	if (!a || !codelist_find(c, "settlement_result", a->result))
		e = fail(c, ERR_INVALID, "result", "Vyberte, jak se připomínka vypořádá.");
	if (!a || utf8_count(str_trim(a->reasoning)) < LEAST)
		e = fail(c, ERR_INVALID, "reasoning", "Napište odůvodnění, které autor pochopí: co a kde se mění, nebo proč se nemění nic.");
	else if (utf8_count(a->reasoning) > COMMENT_TEXT_MAX || !text_acceptable(a->reasoning))
		e = fail(c, ERR_INVALID, "reasoning", "Odůvodnění zkraťte na nejvýše 20 000 znaků prostého textu.");
	if (a && a->changed_anchor.len && !anchor_valid(a->changed_anchor) && !anchor_is_card(a->changed_anchor))
		e = fail(c, ERR_INVALID, "changed_anchor", "Změněné místo: zapište značku odstavce nebo karty, jak je v odkazu, například o3k7 nebo karta-12.");
	TRY(e);
	k->result = a->result;
	k->reasoning = text_clean_lines(c->arena, a->reasoning);
	k->changed_anchor = a->changed_anchor;
	return OK;
}

Err comment_return(Ctx *c, Id id, i64 version, Str reason) { return step(c, id, version, "return", reason, NULL); }

Err comment_decide(Ctx *c, Id id, i64 version, const CommentDecision *d) {
	CommentDecision copy = *d;
	return step(c, id, version, "decide", (Str){0}, &copy);
}

static bool is_formal(const Comment *k) { return !str_eq(k->kind, S("content")); }

Err comment_decide_run(Ctx *c, WorkMove *m) {
	Comment               *k = m->object->row;
	const CommentDecision *d = m->input ? m->input->more : NULL;
	Str                    body = d ? text_clean(c->arena, d->body) : (Str){0}, meeting = d ? text_clean(c->arena, d->meeting) : (Str){0};
	Date                   on = d && date_is(d->decided_on) ? d->decided_on : is_formal(k) ? c->today : (Date){0};
	Err                    e = OK;
	if (!is_formal(k) && !body.len)
		e = fail(c, ERR_INVALID, "body", "O obsahové připomínce rozhoduje orgán. Napište který, například Koordinační skupina.");
	if (!is_formal(k) && !meeting.len)
		e = fail(c, ERR_INVALID, "meeting", "Doplňte jednání a výsledek hlasování, například „5. jednání, pro 9, proti 0, zdržel se 1“.");
	if (!date_is(on) || date_after(on, c->today))
		e = fail(c, ERR_INVALID, "decided_on", "Doplňte den, kdy se rozhodlo; nemůže být v budoucnu.");
	TRY(e);
	k->body = utf8_first(body, 200);
	k->meeting = utf8_first(meeting, 300);
	k->decided_on = on;
	return OK;
}

/* ---- what must not be shown ---- */

/* Covering is moderation: who did it and why stays in the history of the comment. */
static Err note_cover(Ctx *c, const Comment *before, const Comment *k) {
	TrailChange *changes;
	size_t       n = trail_changes(c, &comment_entity, before, k, &changes);
	TRY(trail_add(c, (TrailEntry){.action = "redact", .object = comment_entity.name, .object_id = k->head.id, .changes = changes, .change_count = n,
	                              .text = k->redacted_text.len ? S("Veřejnost čte připomínku jinak, než přišla.") : S("Veřejnost čte připomínku, jak přišla.")}));
	return data_version_raise(c);
}

Err comment_redact(Ctx *c, Id id, i64 version, Str text, Str why) {
	Comment      *k;
	Consultation *n;
	TRY(require(c, CAP_COMMENT_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(comment_get(c, id, &k));
	TRY(consultation_load(c, k->consultation, &n));
	text = text_clean_lines(c->arena, text);
	why = text_clean(c->arena, why);
	if (text.len && !why.len)
		return fail(c, ERR_INVALID, "redacted_why", "Napište, proč se připomínka zveřejní jinak, než přišla. Důvod uvidí i veřejnost.");
	if (consultation_is(n, CONSULTATION_PUBLISHED) && !text.len)
		return fail(c, ERR_CONFLICT, NULL, "Zveřejněné znění nejde odkrýt. Text je jen v interní evidenci.");
	const Comment *before = entity_copy(c->arena, &comment_entity, k);
	k->head.version = version;
	k->redacted_text = text;
	k->redacted_why = text.len ? why : (Str){0};
	c->reason = why.len ? why : S("Zveřejní se původní znění.");
	TRY(store_update(c, &comment_entity, k));
	TRY(note_cover(c, before, k));
	if (words_have(COMMENT_PUBLISHED " " COMMENT_JOINED " " COMMENT_LATE_CLOSED, k->state))
		TRY(comment_index(c, k));
	return tx_commit(&tx);
}
