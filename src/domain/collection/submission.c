/* submission.c: the record of a form filled in: whose it is, who may fill it in and see it. */
#include "domain/collection/submission.h"

#include "base/text.h"
#include "core/access.h"
#include "domain/collection/collection.sql.h"

ENTITY(submission_entity, Submission, SUBMISSION_FIELDS, .name = "submission", .table = "submission", .one = "podání", .many = "podání", .of_many = "podání",
       .article = "n", .title = "title", .due = "closes_at fix_until", .read = CAP_SUBMISSION_READ, .write = CAP_SUBMISSION_UPDATE, .path = "/app/vykaz", .scope_provider = "provider",
       .scope_municipality = "municipality", .scope_district = "district")

static void note_hide(Ctx *c, void *row) {
	SubmissionNote *n = row;
	if (!access_scope(c, CAP_SUBMISSION_READ).all)
		n->author = S("krajský úřad");
}
ENTITY(submission_note_entity, SubmissionNote, SUBMISSION_NOTE_FIELDS, .name = "submission_note", .table = "submission_note", .one = "poznámka k podání",
       .many = "poznámky k podání", .of_many = "poznámek k podání", .article = "f", .title = "text", .order = "made_at", .read = CAP_SUBMISSION_APPROVE,
       .write = CAP_SUBMISSION_APPROVE, .path = "/app/vykaz/poznamky", .hide = note_hide)

bool submission_is(const Submission *s, const char *state) { return str_eq(s->state, str_c(state)); }

Err submission_get(Ctx *c, Id id, Submission **ret) {
	void *row;
	TRY(require(c, CAP_SUBMISSION_READ));
	TRY(entity_get(c, &submission_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err submission_of(Ctx *c, const char *object, Id object_id, Submission **ret) {
	struct { Id *at; size_t len, cap; } ids = {0};
	*ret = NULL;
	Rows rows = db_query(ctx_conn(c), &sql_submission_of, P(V(str_c(object)), V(object_id)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "submissions");
	for (size_t i = 0; i < ids.len && !*ret; i++) {
		void *row;
		TRY(store_get(c, &submission_entity, TODAY, ids.at[i], &row));
		if (!submission_is(row, SUBMISSION_CANCELLED))
			*ret = row;
	}
	return OK;
}

static bool is_in(const RowScope *s, const Submission *row) {
	return s->all || (row->provider > 0 && scope_has_provider(s, row->provider)) || (row->municipality > 0 && scope_has_municipality(s, row->municipality)) ||
	       (row->district > 0 && scope_has_district(s, row->district));
}

bool submission_may_fill(Ctx *c, const Submission *s, Str *why) {
	RowScope scope = access_scope(c, CAP_SUBMISSION_UPDATE);
	*why = (Str){0};
	if (!is_in(&scope, s) && !c->actor->is_program)
		*why = S("Údaje vyplňuje jen ten, kdo podání podává.");
	else if (submission_is(s, SUBMISSION_LOCKED))
		*why = S("Podání je zamčené k odeslání a nikdo ho nemůže změnit. Odemkne ho ten, kdo za organizaci odesílá.");
	else if (submission_is(s, SUBMISSION_SUBMITTED))
		*why = S("Podání je podané a nikdo ho nemůže změnit. Do konce lhůty ho může odesílatel vzít zpět, potom ho k opravě vrací kraj.");
	else if (submission_is(s, SUBMISSION_RETURNED))
		*why = S("Podání kraj vrátil. Nejdřív ho otevřete k opravě tlačítkem „Opravit“.");
	else if (!submission_is(s, SUBMISSION_DRAFT))
		*why = S("O podání je rozhodnuto a už se nemění.");
	return !why->len;
}

bool submission_may_see(Ctx *c, const Submission *s) {
	RowScope fills = access_scope(c, CAP_SUBMISSION_UPDATE);
	bool     unsent = submission_is(s, SUBMISSION_CANCELLED) && s->saved_at.ms > s->submitted_at.ms;     /* written while it was corrected, then given up */
	bool     is_open = unsent || submission_is(s, SUBMISSION_DRAFT) || submission_is(s, SUBMISSION_LOCKED);       /* also again, after it was returned */
	return c->actor->is_program || is_in(&fills, s) || (s->submitted_at.ms != 0 && !is_open);
}

static Err put_known(Ctx *c, const Submission *s, const FormField *f, const Prefill *p, i64 amount) {
	bool before = p->is_before;
	return db_run(c->conn, &sql_submission_value_put,
	              P(V(s->head.id), V(f->stable), V(f->grid.len ? 1 : 0), V(before ? S("") : p->value), V(before ? (i64)BLANK : amount), V(before ? amount : (i64)BLANK),
	                V(str_c(p->origin ? p->origin : "")), V(S(""))), NULL) == OK ? OK : fail_internal(c, "values of a submission");
}

static Err prefill(Ctx *c, const Submission *s, const Prefill *known, size_t count) {
	FormTree    t;
	const char *why;
	TRY(form_tree(c, s->form_version, &t));
	for (size_t i = 0; i < t.len; i++)
		for (size_t k = 0; t.at[i]->prefill.len && k < count; k++) {
			i64 amount = BLANK;
			if (!known[k].value.len || !str_eq(t.at[i]->prefill, str_c(known[k].name)))
				continue;
			if (!form_amount(t.at[i], known[k].value, &amount, &why))
				amount = BLANK;
			TRY(put_known(c, s, t.at[i], &known[k], amount));
			break;
		}
	return OK;
}

Err submission_start(Ctx *c, Submission *s, const Prefill *known, size_t count) {
	Submission *there;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(require(c, CAP_SUBMISSION_CREATE));
	TRY(tx_begin(c, &tx));
	TRY(submission_of(c, str_z(c->arena, s->object), s->object_id, &there));
	if (there)
		return fail(c, ERR_CONFLICT, NULL, "Podání k této věci už je založené. Pokračujte v něm.");
	s->title = text_clean(c->arena, s->title);
	s->owner = c->actor->account;
	s->author = c->actor->name;
	s->organisation = c->actor->organisation_name;
	s->made_at = c->now;
	TRY(workflow_start(c, &submission_machine, "prepare", s, NULL));
	TRY(prefill(c, s, known, count));
	return tx_commit(&tx);
}

Err submission_window(Ctx *c, Id id, Instant opens_at, Instant closes_at) {
	void *row;
	TRY(store_get(c, &submission_entity, TODAY, id, &row));
	Submission *s = row;
	s->opens_at = opens_at;
	if (s->closes_at.ms < closes_at.ms)
		s->closes_at = closes_at;
	bool decided = c->scope_decided;
	c->scope_decided = true;
	Err e = entity_update(c, &submission_entity, s);
	c->scope_decided = decided;
	TRY(e);
	return submission_is(s, SUBMISSION_DRAFT) || submission_is(s, SUBMISSION_LOCKED) ? workflow_due_again(c, &submission_machine, id) : OK;
}

Err submissions_overdue(Ctx *c, Submissions *ret) {
	struct { Id *at; size_t len, cap; } ids = {0};
	*ret = (Submissions){0};
	TRY(require(c, CAP_SUBMISSION_READ));
	Rows rows = db_query(ctx_conn(c), &sql_submission_overdue, P(V(c->now)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "submissions");
	for (size_t i = 0; i < ids.len; i++) {
		void *row;
		TRY(store_get(c, &submission_entity, TODAY, ids.at[i], &row));
		if (entity_in_scope(c, &submission_entity, row))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

/* ---- notes ---- */

Err submission_note_add(Ctx *c, Id submission, Str field, i64 line, Str text) {
	Submission *s;
	FormTree    t;
	TRY(require(c, CAP_SUBMISSION_APPROVE));
	TRY(submission_get(c, submission, &s));
	TRY(form_tree(c, s->form_version, &t));
	if (!submission_is(s, SUBMISSION_SUBMITTED))
		return fail(c, ERR_CONFLICT, NULL, "Poznámky se píšou k podanému podání. Toto je ve stavu „%.*s“.", STR_ARG(state_title(&submission_machine, s->state)));
	if (field.len && !form_tree_field(&t, field))
		return fail(c, ERR_INVALID, "field", "Vyberte údaj, ke kterému poznámka patří.");
	SubmissionNote *n = entity_new(c->arena, &submission_note_entity);
	n->submission = submission;
	n->field = field;
	n->line = line;
	n->text = text_clean_lines(c->arena, text);
	n->owner = c->actor->account;
	n->author = c->actor->name;
	n->made_at = c->now;
	n->answer_owner = 0;
	return entity_insert(c, &submission_note_entity, n);
}

Err submission_notes(Ctx *c, const Submission *s, SubmissionNotes *ret) {
	EntityList all;
	Id         id = s->head.id;
	*ret = (SubmissionNotes){0};
	if (submission_is(s, SUBMISSION_SUBMITTED) && !may(c, CAP_SUBMISSION_APPROVE))
		return OK;                               /* written, not sent yet */
	bool decided = c->scope_decided;
	c->scope_decided = true;
	Err e = entity_parts(c, &submission_note_entity, TODAY, "submission", &id, 1, &all);
	c->scope_decided = decided;
	TRY(e);
	for (size_t i = 0; i < all.len; i++) {
		SubmissionNote *n = all.at[i];
		if (!n->settled_at.ms && !submission_may_see(c, s))
			n->answer = n->answered_by = (Str){0};   /* written, not sent yet */
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = n;
	}
	return OK;
}
