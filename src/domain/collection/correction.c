/* correction.c: answers to notes, and the difference between two submissions of the same thing. */
#include "domain/collection/correction.h"

#include "base/text.h"
#include "core/access.h"
#include "domain/collection/correction.sql.h"

Err submission_note_answer(Ctx *c, Id submission, Id note, Str answer) {
	Submission *s;
	void       *row;
	Str         why;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(require(c, CAP_SUBMISSION_UPDATE));
	TRY(tx_begin(c, &tx));
	TRY(submission_get(c, submission, &s));
	if (!submission_may_fill(c, s, &why))
		return fail(c, ERR_CONFLICT, NULL, "%.*s", STR_ARG(why));
	TRY(store_get(c, &submission_note_entity, TODAY, note, &row));
	SubmissionNote *n = row;
	if (n->submission != submission)
		return fail(c, ERR_NOT_FOUND, NULL, "Taková poznámka u podání není. Načtěte stránku znovu.");
	if (n->settled_at.ms)
		return fail(c, ERR_CONFLICT, NULL, "Poznámka je vypořádaná dřívějším podáním, odpověď se už nemění.");
	n->answer = text_clean_lines(c->arena, answer);
	if (!n->answer.len)
		return fail(c, ERR_INVALID, "answer", "Odpověď: napište, jak jste poznámku vyřešili, třeba „Doplněno“.");
	n->answered_at = c->now;
	n->answered_by = c->actor->name;
	n->answer_owner = c->actor->account;
	bool decided = c->scope_decided;
	c->scope_decided = true;                     /* notes are the region's rows; whoever corrects the submission answers them */
	Err e = entity_update(c, &submission_note_entity, n);
	c->scope_decided = decided;
	TRY(e);
	return tx_commit(&tx);
}

Err submission_notes_unanswered(Ctx *c, const Submission *s, i64 *ret) {
	EntityList all;
	Id         id = s->head.id;
	bool       decided = c->scope_decided;
	*ret = 0;
	c->scope_decided = true;
	Err e = entity_parts(c, &submission_note_entity, TODAY, "submission", &id, 1, &all);
	c->scope_decided = decided;
	TRY(e);
	for (size_t i = 0; i < all.len; i++) {
		const SubmissionNote *n = all.at[i];
		*ret += !n->settled_at.ms && !n->answer.len;
	}
	return OK;
}

static Err are_answered(Ctx *c, const WorkObject *o, Verdict *ret) {
	i64 n;
	TRY(submission_notes_unanswered(c, o->row, &n));
	if (n)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Bez odpovědi je poznámek kraje: %lld.", (long long)n), S("Na stránce Poznámky a změny napište ke každé, jak jste ji vyřešili.")};
	return OK;
}
const Guard notes_answered = {"notes_answered", "Na každou poznámku kraje je odpověď.", are_answered, NULL, NULL, NULL};

/* ---- what changed ---- */

static Err values_of(Ctx *c, const FormTree *t, Str number, FormValues *ret) {
	*ret = (FormValues){0};
	Rows r = db_query(ctx_conn(c), &sql_receipt_values, P(V(number)));
	while (rows_next(&r)) {
		FormValue        v = {.field = str_dup(c->arena, col_text(&r, 0)), .line = col_int(&r, 1), .typed = str_dup(c->arena, col_text(&r, 2)),
		                      .note = str_dup(c->arena, col_text(&r, 3)), .amount = BLANK, .before = BLANK};
		const FormField *f = form_tree_field(t, v.field);
		const char      *why;
		if (f && !form_amount(f, v.typed, &v.amount, &why))
			v.amount = BLANK;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = v;
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "receipts");
}

static void put_change(Ctx *c, ReceiptChanges *to, Str section, Str label, Str before, Str after) {
	*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = (ReceiptChange){.section = section, .label = label, .before = before, .after = after};
}

static Str note_of(const FormValue *x) { return x ? x->note : (Str){0}; }

static void compare(Ctx *c, const FormField *f, const FormValue *x, const FormValue *y, i64 line, ReceiptChanges *to) {
	Str label = line ? str_format(c->arena, "%.*s, řádek %lld, %.*s", STR_ARG(f->grid), (long long)line, STR_ARG(f->label)) : f->label;
	Str was = x ? x->typed : (Str){0}, now = y ? y->typed : (Str){0};
	if (!str_eq(was, now))
		put_change(c, to, f->section, label, form_people(c, f, x), form_people(c, f, y));
	if (!str_eq(note_of(x), note_of(y)))
		put_change(c, to, f->section, str_cat(c->arena, label, S(", poznámka")), note_of(x), note_of(y));
}

static Err compare_files(Ctx *c, const Submission *s, Instant since, Instant until, ReceiptChanges *to) {
	Rows r = db_query(ctx_conn(c), &sql_files_between, P(V(s->head.id), V(since), V(until)));
	while (rows_next(&r)) {
		Str  name = str_dup(c->arena, col_text(&r, 0));
		bool is_new = col_instant(&r, 1).ms > since.ms, is_gone = col_instant(&r, 2).ms != 0 && col_instant(&r, 2).ms <= until.ms;
		if (!(is_new && is_gone))
			put_change(c, to, S("Přílohy"), name, is_new ? S("–") : S("přiložený"), is_gone ? S("odebraný") : S("přiložený"));
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "attachments");
}

Err submission_changes(Ctx *c, const Submission *s, ReceiptChanges *ret) {
	Receipts   all;
	FormTree   t;
	FormValues before, now;
	bool       is_received = s->submitted_at.ms != 0 && !submission_is(s, SUBMISSION_DRAFT) && !submission_is(s, SUBMISSION_LOCKED);
	size_t     base = is_received ? 1 : 0;
	*ret = (ReceiptChanges){0};
	TRY(submission_receipts(c, s->head.id, &all));
	if (all.len <= base)
		return OK;
	TRY(form_tree(c, s->form_version, &t));
	TRY(values_of(c, &t, all.at[base].number, &before));
	if (!before.len)
		return OK;                               /* from before receipts kept their values */
	if (is_received)
		TRY(values_of(c, &t, all.at[0].number, &now));
	else
		TRY(submission_values(c, s->head.id, &now));
	ret->since = all.at[base].number;
	for (size_t i = 0; i < t.len; i++) {
		const FormField *f = t.at[i];
		i64 old_lines = f->grid.len ? form_lines(&before, &t, f->grid) : 0, new_lines = f->grid.len ? form_lines(&now, &t, f->grid) : 0;
		i64 last = old_lines > new_lines ? old_lines : new_lines;
		for (i64 line = f->grid.len ? 1 : 0; !f->computed && line <= last; line++)
			compare(c, f, form_value(&before, f->stable, line), form_value(&now, f->stable, line), line, ret);
	}
	return compare_files(c, s, all.at[base].at, is_received ? all.at[0].at : c->now, ret);
}
