/* value.c: values of a submission: what was typed, the number in it, sums of trees, saving a draft. */
#include <inttypes.h>

#include "base/format.h"
#include "base/hash.h"
#include "base/text.h"
#include "core/access.h"
#include "core/trail.h"
#include "domain/collection/collection.sql.h"
#include "domain/collection/submission.h"

bool form_is_not_applicable(Str typed) { return str_eq(typed, S(NOT_APPLICABLE)); }

bool form_amount(const FormField *f, Str typed, i64 *ret, const char **why) {
	Money m;
	Date  d;
	*ret = BLANK;
	*why = NULL;
	if (!typed.len || form_is_not_applicable(typed))
		return true;
	if (form_is(f, FORM_INT))
		return read_int(typed, ret, why);
	if (form_is(f, FORM_FTE) || form_is(f, FORM_PERCENT))
		return read_decimal(str_ends(typed, S("%")) ? str_trim(str_first(typed, typed.len - 1)) : typed, 2, ret, why);
	if (form_is(f, FORM_MONEY)) {
		if (!read_money(typed, &m, why))
			return false;
		*ret = m.halere;
	}
	if (form_is(f, FORM_DAY)) {
		if (!read_date(typed, &d, why))
			return false;
		*ret = date_is(d) ? d.n : BLANK;
	}
	return true;
}

Str form_amount_text(Arena *a, const FormField *f, i64 amount) {
	CLEANUP(buf_free) Buf b = {0};
	if (amount == BLANK)
		return (Str){0};
	if (form_is(f, FORM_MONEY))
		fmt_money(&b, (Money){amount});
	else if (form_is(f, FORM_FTE))
		fmt_fte(&b, fte(amount));
	else if (form_is(f, FORM_PERCENT))
		fmt_percent(&b, (Percent){amount});
	else if (form_is(f, FORM_DAY))
		fmt_date(&b, (Date){(i32)amount});
	else
		fmt_int(&b, amount);
	return buf_take(&b, a);
}

Err submission_values(Ctx *c, Id submission, FormValues *ret) {
	Arena *a = c->arena;
	*ret = (FormValues){0};
	Rows r = db_query(ctx_conn(c), &sql_submission_values, P(V(submission)));
	while (rows_next(&r))
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (FormValue){
			.field = str_dup(a, col_text(&r, 0)), .line = col_int(&r, 1), .typed = str_dup(a, col_text(&r, 2)), .amount = col_int(&r, 3), .before = col_int(&r, 4),
			.origin = str_dup(a, col_text(&r, 5)), .note = str_dup(a, col_text(&r, 6))};
	return rows_end(&r) == OK ? OK : fail_internal(c, "values of a submission");
}

const FormValue *form_value(const FormValues *v, Str field, i64 line) {
	for (size_t i = 0; i < v->len; i++)
		if (v->at[i].line == line && str_eq(v->at[i].field, field))
			return &v->at[i];
	return NULL;
}

i64 form_lines(const FormValues *v, const FormTree *t, Str grid) {
	i64 last = 0;
	for (size_t i = 0; i < v->len; i++) {
		const FormField *f = form_tree_field(t, v->at[i].field);
		if (f && str_eq(f->grid, grid) && v->at[i].typed.len && v->at[i].line > last)
			last = v->at[i].line;
	}
	return last;
}

static bool is_below(const FormField *f, const FormField *parent) { return f->parent.len && str_eq(f->parent, parent->stable); }

/* "A sum over a blank required cell is an error, not a number." */
i64 form_sum(const FormTree *t, const FormValues *v, const FormField *f) {
	const FormValue *own = form_value(v, f->stable, 0);
	i64              sum = 0;
	if (!f->computed)
		return own ? own->amount : BLANK;
	for (size_t i = 0; i < t->len; i++) {
		const FormField *child = t->at[i];
		if (!is_below(child, f))
			continue;
		i64              n = form_sum(t, v, child);
		const FormValue *typed = form_value(v, child->stable, 0);
		bool             skipped = typed && form_is_not_applicable(typed->typed);
		if (n == BLANK && (child->computed || (child->required && !skipped) || (typed && typed->typed.len && !skipped)))
			return BLANK;
		if (n != BLANK && __builtin_add_overflow(sum, n, &sum))
			return BLANK;
	}
	return sum;
}

i64 form_amount_of(const FormTree *t, const FormValues *v, const char *stable) {
	const FormField *f = form_tree_field(t, str_c(stable));
	return f ? form_sum(t, v, f) : BLANK;
}

Str form_text_of(const FormValues *v, const char *stable) {
	const FormValue *x = form_value(v, str_c(stable), 0);
	return x ? x->typed : (Str){0};
}

/* ---- saving ---- */

static Str cleaned(Ctx *c, const FormField *f, Str typed) {
	Str s = form_is(f, FORM_LONG) ? text_clean_lines(c->arena, typed) : text_clean(c->arena, typed);
	return str_eq(text_fold(c->arena, s), S(NOT_APPLICABLE)) ? S(NOT_APPLICABLE) : s;
}

static Err check_one(Ctx *c, const FormTree *t, const Typed *x) {
	const FormField *f = form_tree_field(t, x->field);
	if (!f || f->computed || form_is(f, FORM_FILE))
		return fail(c, ERR_MALFORMED, NULL, "Formulář poslal údaj, který nemá. Načtěte stránku znovu.");
	if (f->grid.len ? x->line < 1 || x->line > GRID_LINES : x->line != 0)
		return fail(c, ERR_MALFORMED, NULL, "Formulář poslal řádek, který nemá. Načtěte stránku znovu.");
	if (utf8_count(x->value) > VALUE_MAX || utf8_count(x->note) > NOTE_MAX)
		return fail(c, ERR_INVALID, NULL, "%.*s: text je příliš dlouhý; údaj může mít %d znaků a poznámka %d.", STR_ARG(f->label), VALUE_MAX, NOTE_MAX);
	if (!text_acceptable(x->value) || !text_acceptable(x->note))
		return fail(c, ERR_INVALID, NULL, "%.*s: text obsahuje znaky, které nejde uložit. Napište ho znovu.", STR_ARG(f->label));
	return OK;
}

/* Keeps what it was filled with before until the person types something else. */
static Err save_one(Ctx *c, const Submission *s, const FormTree *t, const FormValues *v, const Typed *x, bool *changed) {
	const FormField *f = form_tree_field(t, x->field);
	const FormValue *before = form_value(v, x->field, x->line);
	const char      *why;
	Str              value = cleaned(c, f, x->value), note = x->has_note ? text_clean_lines(c->arena, x->note) : before ? before->note : (Str){0};
	if (before ? str_eq(before->typed, value) && str_eq(before->note, note) : !value.len && !note.len)
		return OK;
	FormValue now = {.amount = BLANK, .before = before ? before->before : BLANK};
	if (!form_amount(f, value, &now.amount, &why))
		now.amount = BLANK;
	now.origin = before && str_eq(before->typed, value) ? before->origin : (Str){0};
	*changed = true;
	if (db_run(c->conn, &sql_submission_value_drop, P(V(s->head.id), V(x->field), V(x->line)), NULL) != OK)
		return fail_internal(c, "values of a submission");
	if (!value.len && !note.len && now.before == BLANK)
		return OK;
	return db_run(c->conn, &sql_submission_value_put,
	              P(V(s->head.id), V(x->field), V(x->line), V(value), V(now.amount), V(now.before), V(now.origin), V(note)), NULL) == OK
	       ? OK : fail_internal(c, "values of a submission");
}

static Str digest_of(Ctx *c, const FormValues *v) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < v->len; i++)
		buf_format(&b, "%.*s\t%" PRId64 "\t%zu\t%.*s\t%zu\t%.*s\n", STR_ARG(v->at[i].field), v->at[i].line, v->at[i].typed.len, STR_ARG(v->at[i].typed), v->at[i].note.len,
		           STR_ARG(v->at[i].note));
	Sha256 d = sha256(buf_view(&b));
	return hex(c->arena, d.bytes, sizeof d.bytes);
}

static Err note_saved(Ctx *c, Submission *s) {
	FormValues v;
	TRY(submission_values(c, s->head.id, &v));
	s->content = digest_of(c, &v);
	s->saved_at = c->now;
	s->saved_by = c->actor->name;
	return entity_update(c, &submission_entity, s);
}

static Err no_changes(Ctx *c, const Submission *s) {
	CLEANUP(buf_free) Buf at = {0};
	if (!s->saved_at.ms)                         /* a step of it, or its deadline, moved the version */
		return fail(c, ERR_CONFLICT, NULL, "Podání se mezitím změnilo. Načtěte stránku znovu a údaje uložte.");
	fmt_instant(&at, s->saved_at);
	return fail(c, ERR_CONFLICT, NULL, "Mezitím podání změnil někdo jiný: %.*s, %.*s. Zkontrolujte rozdíly a uložte znovu.", STR_ARG(s->saved_by.len ? s->saved_by : S("člověk s vymazaným účtem")), STR_ARG(buf_view(&at)));
}

Err submission_save(Ctx *c, Id id, i64 version, const TypedList *typed, i64 *ret_version) {
	Submission *s;
	FormTree    t;
	FormValues  v;
	Str         why;
	bool        changed = false;
	TRY(require(c, CAP_SUBMISSION_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(submission_get(c, id, &s));
	if (!submission_may_fill(c, s, &why))
		return fail(c, ERR_CONFLICT, NULL, "%.*s", STR_ARG(why));
	if (version != s->head.version)
		return no_changes(c, s);
	TRY(form_tree(c, s->form_version, &t));
	TRY(submission_values(c, id, &v));
	for (size_t i = 0; i < typed->len; i++)
		TRY(check_one(c, &t, &typed->at[i]));
	for (size_t i = 0; i < typed->len; i++)
		TRY(save_one(c, s, &t, &v, &typed->at[i], &changed));
	if (changed)
		TRY(note_saved(c, s));
	*ret_version = s->head.version;
	return tx_commit(&tx);
}

/* ---- taking over ---- */

static Err take_one(Ctx *c, Id to, const FormField *f, const FormValue *then, const FormValue *now, Str origin, i64 *count) {
	bool      is_kept = now && now->typed.len;
	FormValue v = is_kept ? *now : (FormValue){.typed = then->typed, .amount = then->amount, .origin = origin, .note = (Str){0}};
	if (db_run(c->conn, &sql_submission_value_drop, P(V(to), V(f->stable), V(then->line)), NULL) != OK ||
	    db_run(c->conn, &sql_submission_value_put, P(V(to), V(f->stable), V(then->line), V(v.typed), V(v.amount), V(then->amount), V(v.origin), V(v.note)), NULL) != OK)
		return fail_internal(c, "values of a submission");
	*count += !is_kept;
	return OK;
}

Err submission_copy(Ctx *c, Id from, Id to, i64 *count) {
	Submission *old, *made;
	FormTree    t, was;
	FormValues  then, now;
	Str         why;
	*count = 0;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(submission_get(c, from, &old));
	TRY(submission_get(c, to, &made));
	if (!submission_may_fill(c, made, &why))
		return fail(c, ERR_CONFLICT, NULL, "%.*s", STR_ARG(why));
	if (old->provider != made->provider || !old->number.len)
		return fail(c, ERR_NOT_FOUND, NULL, "Takové podání vaší organizace tu není.");
	TRY(form_tree(c, made->form_version, &t));
	TRY(form_tree(c, old->form_version, &was));
	TRY(submission_values(c, from, &then));
	TRY(submission_values(c, to, &now));
	Str origin = str_cat(c->arena, S("z podání č. "), old->number);
	for (size_t i = 0; i < then.len; i++) {
		const FormValue *x = &then.at[i];
		const FormField *f = form_tree_field(&t, x->field), *g = form_tree_field(&was, x->field);
		bool is_same_kind = f && g && str_eq(f->type, g->type) && str_eq(f->grid, g->grid) && !f->computed && !form_is(f, FORM_DAY) && !form_is(f, FORM_FILE);
		if (is_same_kind && x->typed.len)
			TRY(take_one(c, to, f, x, form_value(&now, x->field, x->line), origin, count));
	}
	if (*count)
		TRY(note_saved(c, made));
	return tx_commit(&tx);
}
