/* bulk.c: one change to many rows: chosen, previewed, done in all of them or in none. */
#include "web/bulk.h"

#include "base/format.h"
#include "core/access.h"
#include "web/bulk.html.h"
#include "web/screen.h"

enum { ROWS_MAX = 500, FAULTS_MAX = 10, FIELDS_MAX = 16 };

typedef struct Chosen {
	Id    id;
	i64   version;
	void *row;                               /* as it is stored */
	void *after;                             /* as it would be; NULL = was not tried */
	Str   state_after, error;
} Chosen;
typedef struct ChosenRows { Chosen *at; size_t len, cap; } ChosenRows;

typedef struct Change {
	const Field *fields[FIELDS_MAX];         /* that are set */
	size_t       count;
	const char  *step;                       /* NULL = none */
	WorkInput    input;
} Change;

/* ---- which rows ---- */

static Err choose(Req *r, const Bulk *b, Id id, i64 version, ChosenRows *ret) {
	void *row;
	for (size_t i = 0; i < ret->len; i++)
		if (ret->at[i].id == id)
			return OK;
	if (ret->len == ROWS_MAX)
		return fail(r->c, ERR_INVALID, NULL, "Najednou lze změnit nejvýš %d záznamů. Vyberte jich méně.", ROWS_MAX);
	TRY(entity_get(r->c, b->entity, TODAY, id, &row));
	if (b->belongs && !b->belongs(row, b->arg))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Některý z vybraných záznamů sem nepatří. Vyberte je znovu ze seznamu.");
	*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (Chosen){.id = id, .version = version ? version : ((EntityHead *)row)->version, .row = row};
	return OK;
}

/* "12", or "12:3" with the version that was shown. */
static Err choose_all(Req *r, const Bulk *b, const Strs *keys, ChosenRows *ret) {
	*ret = (ChosenRows){0};
	for (size_t i = 0; i < keys->len; i++) {
		Str rest = keys->at[i], id_text = str_cut(&rest, ':');
		i64 id, version = 0;
		if (!str_to_int(id_text, &id) || id <= 0 || (rest.len && !str_to_int(rest, &version)))
			return fail(r->c, ERR_MALFORMED, NULL, "Formulář není úplný. Vyberte záznamy znovu.");
		TRY(choose(r, b, id, version, ret));
	}
	return ret->len ? OK : fail(r->c, ERR_INVALID, NULL, "Není vybraný žádný záznam. Vraťte se k seznamu a zaškrtněte aspoň jeden.");
}

/* ---- which change ---- */

static bool may_take(Ctx *c, const Transition *t) {
	return !t->by_system && strcmp(t->from, START) != 0 && may(c, t->capability);
}

static Err read_step(Req *r, const Bulk *b, Change *ret) {
	Str step = form(r, "krok");
	if (!step.len)
		return OK;
	for (size_t i = 0; b->machine && i < b->machine->action_count; i++)
		if (may_take(r->c, &b->machine->actions[i]) && str_eq(str_c(b->machine->actions[i].action), step))
			ret->step = b->machine->actions[i].action;
	ret->input = (WorkInput){.reason = form(r, "reason"), .resolution = form(r, "resolution")};
	return ret->step ? OK : fail(r->c, ERR_MALFORMED, NULL, "Takový krok tu není. Načtěte stránku znovu.");
}

static Err put_value(Req *r, const Field *f, void *row) {
	Str typed = form(r, f->name);
	i64 id;
	if (f->type != TYPE_REF)
		return field_read(r->c, f, typed, row);
	if (!str_to_int(typed, &id) || id <= 0)          /* of many records one is named, not chosen */
		return field_read(r->c, f, typed, row);
	*(Id *)field_at(f, row) = id;
	return OK;
}

static Err read_change(Req *r, const Bulk *b, Change *ret) {
	void *trial = entity_new(r->c->arena, b->entity);
	Err   all = OK, e;
	*ret = (Change){0};
	for (const char *const *name = b->fields; *name; name++) {
		const Field *f = entity_field(b->entity, str_c(*name));
		CHECK(f && !f->readonly && f->type != TYPE_CODES && f->type != TYPE_BOOL);
		if (!form(r, *name).len)
			continue;
		CHECK(ret->count < FIELDS_MAX);
		ret->fields[ret->count++] = f;
		if ((e = put_value(r, f, trial)) != OK)
			all = e;
	}
	TRY(all);
	TRY(read_step(r, b, ret));
	return ret->count || ret->step ? OK : fail(r->c, ERR_INVALID, NULL, "Vyplňte aspoň jedno pole nebo vyberte krok, jinak není co změnit.");
}

/* ---- doing it ---- */

static Err change_row(Req *r, const Bulk *b, const Change *change, Chosen *k) {
	void *row;
	bool  differs = false;
	TRY(entity_get(r->c, b->entity, TODAY, k->id, &row));
	if (((EntityHead *)row)->version != k->version)
		return fail(r->c, ERR_CONFLICT, NULL, "Záznam mezitím změnil někdo jiný. Vyberte záznamy znovu ze seznamu.");
	for (size_t i = 0; i < change->count; i++) {
		TRY(put_value(r, change->fields[i], row));
		differs = differs || !field_equal(change->fields[i], row, k->row);
	}
	if (differs)
		TRY(entity_update(r->c, b->entity, row));
	k->after = row;
	if (!change->step)
		return OK;
	WorkObject o;
	TRY(workflow_do(r->c, b->machine, k->id, change->step, &change->input));
	TRY(workflow_object(r->c, b->machine, k->id, &o));
	k->state_after = o.state;
	return OK;
}

/* A refusal belongs to its row; the store that failed, or memory, belongs to nobody. */
static bool is_refusal(Err e) {
	return e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_FORBIDDEN || e == ERR_NOT_FOUND;
}

/* All rows that have not been refused yet, in one transaction; `keep` commits it. *faulty = the row that was refused now. */
static Err try_all(Req *r, const Bulk *b, const Change *change, ChosenRows *rows, bool keep, Chosen **faulty) {
	CLEANUP(tx_end) Tx tx = {0};
	*faulty = NULL;
	TRY(tx_begin(r->c, &tx));
	for (size_t i = 0; i < rows->len; i++) {
		size_t said = r->c->problems.len;
		if (rows->at[i].error.len)
			continue;
		Err e = change_row(r, b, change, &rows->at[i]);
		if (e == OK)
			continue;
		if (!is_refusal(e))
			return e;
		rows->at[i].error = said < r->c->problems.len ? r->c->problems.at[said].text : S("Tento záznam změnit nejde.");
		r->c->problems.len = said;
		*faulty = &rows->at[i];
		return OK;
	}
	return keep ? tx_commit(&tx) : OK;
}

/* Who is refused stays out of the next try, so that every refused row is named, not just the first. */
static Err judge(Req *r, const Bulk *b, const Change *change, ChosenRows *rows, size_t *faults) {
	Chosen *faulty;
	for (*faults = 0; *faults < FAULTS_MAX; ++*faults) {
		TRY(try_all(r, b, change, rows, false, &faulty));
		if (!faulty)
			return OK;
	}
	return OK;
}

/* ---- the page ---- */

static void add_option(Arena *a, FieldView *f, Str value, Str label, Str chosen) {
	*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = value, .label = label, .chosen = str_eq(value, chosen)};
}

static Err add_fields(Req *r, const Bulk *b, BulkPage *v) {
	bool  typed = r->http->method == METHOD_POST;
	void *none = entity_new(r->c->arena, b->entity);
	v->fields = NEW_ARRAY(r->c->arena, FieldView, FIELDS_MAX);
	for (const char *const *name = b->fields; *name; name++) {
		const Field *f = entity_field(b->entity, str_c(*name));
		FieldView   *at = &v->fields[v->field_count++];
		CHECK(f && v->field_count <= FIELDS_MAX);
		*at = field_view(r, f, none, typed);
		at->hint = (Str){0};
		at->optional = true;
		if (b->options)
			TRY(b->options(r, f, at, b->arg));
	}
	return OK;
}

/* Steps that lead from the state of at least one of the rows. */
static void add_steps(Req *r, const Bulk *b, const ChosenRows *rows, BulkPage *v) {
	Arena *a = r->c->arena;
	Str    chosen = form(r, "krok");
	v->step = (FieldView){.kind = FIELD_SELECT, .name = S("krok"), .label = S("Krok"), .optional = true};
	add_option(a, &v->step, (Str){0}, S("beze změny stavu"), chosen);
	for (size_t i = 0; b->machine && i < b->machine->action_count; i++) {
		const Transition *t = &b->machine->actions[i];
		const Field      *state = entity_field(b->entity, S("state"));
		bool              leads = false;
		for (size_t k = 0; k < rows->len && state; k++)
			leads = leads || transition_leaves(b->machine, t, *(const Str *)field_in(state, rows->at[k].row));
		if (!may_take(r->c, t) || !leads)
			continue;
		add_option(a, &v->step, str_c(t->action), str_c(t->title), chosen);
		v->has_steps = true;
		if (t->reason != REASON_NONE)
			v->reason = (FieldView){.kind = FIELD_AREA, .name = S("reason"), .label = S("Důvod kroku"), .optional = true, .rows = 3, .value = form(r, "reason"),
				.hint = S("Vyplňte ho ke kroku, který důvod potřebuje."), .error = field_problem(r, "reason")};
		if (t->resolution)
			v->resolution = (FieldView){.name = S("resolution"), .label = S("Usnesení"), .optional = true, .value = form(r, "resolution"), .error = field_problem(r, "resolution")};
	}
}

static CellView cell(Req *r, const Field *f, const Chosen *k) {
	Str before = field_people(r->c, f, k->row), now = k->after ? field_people(r->c, f, k->after) : before;
	bool same = !k->after || field_equal(f, k->row, k->after);
	return (CellView){.before = same ? (Str){0} : before.len ? before : S("nic"), .now = now};
}

static void add_lines(Req *r, const Bulk *b, const Change *change, const ChosenRows *rows, BulkPage *v) {
	Arena       *a = r->c->arena;
	const Field *state = entity_field(b->entity, S("state"));
	for (size_t i = 0; change && i < change->count; i++)
		*ARENA_PUSH(a, v->columns.at, v->columns.len, v->columns.cap) = (ColumnView){.label = str_c(change->fields[i]->label)};
	if (b->machine && state)
		*ARENA_PUSH(a, v->columns.at, v->columns.len, v->columns.cap) = (ColumnView){.label = S("Stav")};
	for (size_t i = 0; i < rows->len; i++) {
		const Chosen *k = &rows->at[i];
		BulkLine      l = {.name = b->name(r->c, k->row), .href = row_href(r, b->entity, k->id), .error = k->error,
			.key = str_format(a, "%lld:%lld", (long long)k->id, (long long)k->version)};
		for (size_t n = 0; change && n < change->count; n++)
			*ARENA_PUSH(a, l.cells.at, l.cells.len, l.cells.cap) = cell(r, change->fields[n], k);
		if (b->machine && state) {
			Str before = state_title(b->machine, *(const Str *)field_in(state, k->row));
			Str now = k->state_after.len ? state_title(b->machine, k->state_after) : before;
			*ARENA_PUSH(a, l.cells.at, l.cells.len, l.cells.cap) = (CellView){.before = str_eq(before, now) ? (Str){0} : before, .now = now};
		}
		*ARENA_PUSH(a, v->lines.at, v->lines.len, v->lines.cap) = l;
	}
}

static void keep(Req *r, BulkPage *v, Str name) {
	Str value = form(r, str_z(r->c->arena, name));
	if (value.len)
		*ARENA_PUSH(r->c->arena, v->kept.at, v->kept.len, v->kept.cap) = (HiddenView){name, value};
}

static Err show(Req *r, const Bulk *b, const Change *change, const ChosenRows *rows, size_t faults) {
	BulkPage v = {.title = b->title, .action = b->action, .back = b->back, .csrf = csrf_token(r, b->action), .is_preview = change != NULL,
		.may_apply = change && !faults};
	CLEANUP(buf_free) Buf count = {0};
	fmt_count(&count, (i64)rows->len, "záznam", "záznamy", "záznamů");
	v.count = buf_take(&count, r->c->arena);
	TRY(add_fields(r, b, &v));
	add_steps(r, b, rows, &v);
	add_lines(r, b, change, rows, &v);
	for (size_t i = 0; i < v.field_count; i++)
		keep(r, &v, v.fields[i].name);
	keep(r, &v, S("krok"));
	keep(r, &v, S("reason"));
	keep(r, &v, S("resolution"));
	if (faults)
		v.note = (NoteView){.kind = NOTE_ERR, .title = S("Nic se nezměnilo."), .text = faults >= FAULTS_MAX
			? S("U několika záznamů změna nejde; prvních deset je vyznačeno v tabulce. Vyberte jiné záznamy nebo jinou změnu.")
			: S("U vyznačených záznamů změna nejde. Vynechte je, nebo vyberte jinou změnu.")};
	else if (change)
		v.note = (NoteView){.kind = NOTE_INFO, .title = S("Náhled:"), .text = S("takto budou záznamy vypadat. Zatím se nic nezměnilo.")};
	FieldView *all = NEW_ARRAY(r->c->arena, FieldView, v.field_count + 2);
	for (size_t i = 0; i < v.field_count; i++)
		all[i] = v.fields[i];
	all[v.field_count] = v.reason;
	all[v.field_count + 1] = v.resolution;
	v.errors = errors_view(r, all, v.field_count + 2);
	r->is_error = v.errors != NULL || faults;
	view_bulk(page(r, v.title), &v);
	return OK;
}

Err bulk_page(Req *r, const Bulk *b) {
	Strs       ids = query_all(r, "id");
	ChosenRows rows;
	Err        e = choose_all(r, b, &ids, &rows);
	if (e == ERR_INVALID) {
		notice(r, "%.*s", STR_ARG(first_problem(r->c)));
		return redirect(r, "%.*s", STR_ARG(b->back));
	}
	TRY(e);
	return show(r, b, NULL, &rows, 0);
}

Err bulk_post(Req *r, const Bulk *b) {
	Strs       keys = form_all(r, "radek");
	ChosenRows rows;
	Change     change;
	Chosen    *faulty;
	size_t     faults;
	TRY(choose_all(r, b, &keys, &rows));
	Err e = read_change(r, b, &change);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show(r, b, NULL, &rows, 0);
	}
	TRY(e);
	if (!str_eq(form(r, "akce"), S("provest"))) {
		TRY(judge(r, b, &change, &rows, &faults));
		if (faults)
			set_status(r, 422);
		return show(r, b, &change, &rows, faults);
	}
	TRY(try_all(r, b, &change, &rows, true, &faulty));
	if (faulty) {
		set_status(r, 409);
		TRY(judge(r, b, &change, &rows, &faults));
		return show(r, b, &change, &rows, faults ? faults : 1);
	}
	CLEANUP(buf_free) Buf count = {0};
	fmt_count(&count, (i64)rows.len, "záznam je změněný.", "záznamy jsou změněné.", "záznamů je změněno.");
	notice(r, "%.*s", STR_ARG(buf_view(&count)));
	return redirect(r, "%.*s", STR_ARG(b->back));
}
