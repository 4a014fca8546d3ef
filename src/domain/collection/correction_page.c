/* correction_page.c: notes of the region with answers, and what changed since the last submission: one page for both sides. */
#include "domain/collection/collection.html.h"
#include "domain/collection/collection_page.h"
#include "domain/collection/correction.h"

static Err show(Req *r, Submission *s, Id tried) {
	CorrectionPage  v = {.title = S("Poznámky a změny"), .lead = s->title, .back = submission_href(r, s)};
	FormTree        t;
	SubmissionNotes notes;
	ReceiptChanges  changes = {0};
	FieldView       wrong = {0};
	Str             why;
	bool            fills = submission_may_fill(r->c, s, &why);
	TRY(form_tree(r->c, s->form_version, &t));
	TRY(submission_notes(r->c, s, &notes));
	ItemViews items = submission_note_items(r, &t, &notes);
	for (size_t i = 0; i < notes.len; i++) {
		const SubmissionNote *n = notes.at[i];
		NoteLine              line = {.n = n, .text = items.at[i].text, .href = items.at[i].href, .state = items.at[i].meta};
		if (fills && !n->settled_at.ms) {
			line.action = str_format(r->c->arena, "%.*s/poznamky/%lld", STR_ARG(v.back), (long long)n->head.id);
			line.csrf = csrf_token(r, line.action);
			line.answer = (FieldView){.kind = FIELD_AREA, .name = S("answer"), .id = str_format(r->c->arena, "odpoved-%lld", (long long)n->head.id), .rows = 2,
			                          .label = S("Jak jste poznámku vyřešili"), .value = tried == n->head.id ? form(r, "answer") : n->answer,
			                          .error = tried == n->head.id ? field_problem(r, "answer") : (Str){0}};
			if (line.answer.error.len)
				wrong = line.answer;
		}
		*ARENA_PUSH(r->c->arena, v.notes.at, v.notes.len, v.notes.cap) = line;
	}
	if (submission_may_see(r->c, s))
		TRY(submission_changes(r->c, s, &changes));
	v.since = changes.since;
	if (!fills && notes.len && submission_is(s, SUBMISSION_RETURNED))
		v.why = why;
	for (size_t i = 0; i < changes.len; i++)
		*ARENA_PUSH(r->c->arena, v.changes.at, v.changes.len, v.changes.cap) =
			(ChangeView){.label = str_format(r->c->arena, "%.*s: %.*s", STR_ARG(changes.at[i].section), STR_ARG(changes.at[i].label)), .before = changes.at[i].before,
			             .after = changes.at[i].after};
	v.errors = tried ? errors_view(r, &wrong, 1) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Podání"), S("/app/vykaz"));
	crumb(r, s->title, v.back);
	view_correction(page(r, v.title), &v);
	return OK;
}

Err page_submission_notes(Req *r) {
	Submission *s;
	TRY(submission_open(r, &s));
	return show(r, s, 0);
}

Err post_submission_note(Req *r) {
	Submission *s;
	Id          note;
	TRY(submission_open(r, &s));
	TRY(arg_id(r, 1, &note));
	Err e = submission_note_answer(r->c, s->head.id, note, form(r, "answer"));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show(r, s, note);
	}
	TRY(e);
	notice(r, "Odpověď je uložená. Kraj ji uvidí, až podání znovu odešlete.");
	return redirect(r, "/app/vykaz/%lld/poznamky", (long long)s->head.id);
}
