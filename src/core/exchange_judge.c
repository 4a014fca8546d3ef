/* exchange_judge.c: what each row of a file would do to the store, and what is wrong with its cells. Writes nothing. */
#include "core/codelist.h"
#include "core/exchange_inside.h"
#include "core/store_sql.h"

static const size_t NO_COLUMN = SIZE_MAX;

/* ---- memory ---- */

static void free_work(void *arg) {
	arena_free(arg);
}

Arena *work_arena(Ctx *c) {
	Arena *a = NEW(c->arena, Arena, .on_full = c->arena->on_full);
	arena_defer(c->arena, free_work, a);
	return a;
}

Inside ctx_enter(Ctx *c, Arena *row) {
	Inside before = {.arena = c->arena, .problems = c->problems, .shared = c->shared, .units = c->units};
	c->arena = row;
	c->problems = (Problems){0};
	return before;
}

void ctx_leave(Ctx *c, const Inside *before) {
	c->arena = before->arena;
	c->problems = before->problems;
	c->shared = before->shared;
	c->units = before->units;
}

/* ---- problems of cells ---- */

static JudgedCell *cell_of(Judge *j, size_t column, const Field *f) {
	Judged *now = &j->now;
	for (size_t i = 0; i < now->len; i++)
		if (now->cells[i].column == column && now->cells[i].field == f)
			return &now->cells[i];
	JudgedCell *cell = ARENA_PUSH(j->row, now->cells, now->len, now->cap);
	*cell = (JudgedCell){.column = column, .field = f};
	return cell;
}

static void blame(Judge *j, size_t column, const Field *f, Str sentence) {
	JudgedCell *cell = cell_of(j, column, f);
	if (cell->error.len == 0)                /* the first reason is enough */
		cell->error = sentence;
}

static size_t column_of(const Judge *j, const Field *f) {
	for (size_t i = 0; f && i < j->columns.len; i++)
		if (j->columns.at[i].role == COLUMN_FIELD && j->columns.at[i].field == f)
			return i;
	return NO_COLUMN;
}

static void blame_field(Judge *j, const Field *f, Str sentence) {
	blame(j, column_of(j, f), f, sentence);
}

static bool has_error(const Judge *j) {
	for (size_t i = 0; i < j->now.len; i++)
		if (j->now.cells[i].error.len)
			return true;
	return false;
}

/* A refusal is a property of the row; anything else ends the judgement. */
static bool is_refusal(Err e) {
	return e == ERR_INVALID || e == ERR_NOT_FOUND || e == ERR_CONFLICT || e == ERR_FORBIDDEN;
}

/* ---- which row of the store is meant ---- */

static bool reads(const Column *column) {
	return column->role == COLUMN_FIELD && !column->ignored;
}

/* The named fields of the row at hand into `row`; false when one cannot be read: it will be said with the other cells. */
static Err read_naming(Judge *j, const Field *const *fields, size_t count, void *row, bool *fine) {
	*fine = true;
	for (size_t i = 0; i < count; i++) {
		size_t column = column_of(j, fields[i]);
		Str    error, note;
		if (column == NO_COLUMN)
			continue;
		Err err = cell_read(j, column, j->now.raw->at[column], row, &error, &note);
		if (err != OK && !is_refusal(err))
			return err;
		*fine = *fine && err == OK;
	}
	return OK;
}

static Err take_id(Judge *j, Id id, size_t column, const Field *f) {
	size_t said = j->c->problems.len;
	Err    err = entity_get(j->c, j->e, TODAY, id, &j->now.before);
	if (err == OK) {
		j->now.id = id;
		return OK;
	}
	j->now.before = NULL;
	if (!is_refusal(err))
		return err;
	j->c->problems.len = said;
	blame(j, column, f, str_format(j->row, "Záznam (%s) neexistuje, nebo k němu nemáte přístup. Stáhněte si seznam znovu.", j->e->one));
	return OK;
}

static Err by_number(Judge *j, Str raw) {
	Id id;
	if (str_to_int(raw, &id) && id > 0)
		return take_id(j, id, j->id_column, NULL);
	blame(j, j->id_column, NULL, S("ID opište beze změny ze staženého souboru; u nového záznamu nechte buňku prázdnou."));
	return OK;
}

static Err by_found(Judge *j, KeyFound found, const Field *f) {
	if (found.id == 0)
		return OK;
	if (found.doubled) {
		blame_field(j, f, S("Podle tohoto údaje se dá najít víc záznamů. Stáhněte si seznam znovu, pozná je podle sloupce „ID“."));
		return OK;
	}
	if (!found.now) {
		char iso[DATE_ISO_LEN];
		blame_field(j, f, str_format(j->row, "Záznam v evidenci je, ale ke dni %.*s neplatí. Změňte jeho platnost v aplikaci, nebo řádek smažte.",
		                             STR_ARG(date_iso(j->c->today, iso))));
		return OK;
	}
	return take_id(j, found.id, column_of(j, f), f);
}

/* A row without any key means the row of the store that looks like it, so that the same file twice changes nothing. */
static Err by_looks(Judge *j) {
	bool  fine;
	void *probe = entity_new(j->row, j->e);
	TRY(read_naming(j, j->all, j->all_count, probe, &fine));
	if (!fine)
		return OK;
	if (!j->by_all)
		TRY(keys_load(j->c, j->work, j->e, j->all, j->all_count, j->c->today, &j->by_all));
	KeyFound found = keys_find(j->by_all, key_text(j->row, j->all, j->all_count, probe));
	found.doubled = false;                   /* any of them: they look the same */
	return by_found(j, found, j->all_count ? j->all[0] : NULL);
}

/* As it is written; a part of the key that was left out may follow from the others. */
static KeyFound find_key(Judge *j, Str text, void *probe) {
	KeyFound found = keys_find(j->by_key, text);
	size_t   said = j->c->problems.len;
	if (found.id || !j->e->prepare || j->e->dated)
		return found;
	if (j->e->prepare(j->c, probe) == OK)
		return keys_find(j->by_key, key_text(j->row, j->key.at, j->key.len, probe));
	j->c->problems.len = said;
	return found;
}

static Err find_row(Judge *j) {
	Str raw = j->id_column != NO_COLUMN ? str_trim(j->now.raw->at[j->id_column]) : (Str){0};
	if (raw.len)
		return by_number(j, raw);
	bool  fine = true;
	void *probe = entity_new(j->row, j->e);
	TRY(read_naming(j, j->key.at, j->key.len, probe, &fine));
	if (!fine)
		return OK;
	Str text = key_text(j->row, j->key.at, j->key.len, probe);
	return text.len ? by_found(j, find_key(j, text, probe), j->key.at[0]) : by_looks(j);
}

/* ---- cells ---- */

/* Written as an export writes what is there: nothing to read, also when the value would be refused today. */
static bool is_same_text(Judge *j, const Field *f, Str raw, bool was_refused) {
	const void *before = j->now.before;
	if (!before)
		return false;
	if (f->type == TYPE_PAIRS && str_eq(raw, field_people(j->c, f, before)))
		return true;
	if (f->type <= TYPE_POSTCODE)
		return str_eq(raw, *(const Str *)field_in(f, before));
	if (!was_refused)
		return false;
	return str_eq(raw, names_data(&j->names, j->row, f, before)) ||
	       ((f->type == TYPE_CODE || f->type == TYPE_CODES) && str_eq(raw, names_of_codes(&j->names, j->row, f, before)));
}

static Err read_cell(Judge *j, size_t i) {
	const Column *column = &j->columns.at[i];
	const Field  *f = column->field;
	Judged       *now = &j->now;
	Str           raw = now->raw->at[i], error, note;
	if (is_same_text(j, f, raw, false))
		return OK;
	Err err = cell_read(j, i, raw, now->after, &error, &note);
	if (err != OK) {
		if (!is_refusal(err))
			return err;
		if (!is_same_text(j, f, raw, true))
			blame(j, i, f, error);
		if (now->before)
			field_copy(f, now->after, now->before);
		return OK;
	}
	if (now->before ? field_equal(f, now->before, now->after) : field_is_blank(f, now->after) || (f->type == TYPE_BOOL && raw.len == 0))
		return OK;
	JudgedCell *cell = cell_of(j, i, f);
	cell->changed = true;
	cell->note = note;
	if (!column->may_write) {
		blame(j, i, f, str_format(j->row, "%s: tento údaj nemáte právo měnit. Vraťte do buňky původní hodnotu.", f->label));
		if (now->before)
			field_copy(f, now->after, now->before);
	}
	return OK;
}

static Err read_cells(Judge *j) {
	for (size_t i = 0; i < j->columns.len; i++) {
		const Column *column = &j->columns.at[i];
		if (column->role == COLUMN_NAMELESS && j->now.raw->at[i].len)
			blame(j, i, NULL, S("Sloupec nemá nadpis. Doplňte jej, nebo buňku smažte."));
		if (reads(column))
			TRY(read_cell(j, i));
	}
	return OK;
}

/* ---- rows that stand in the way of each other ---- */

static void refuse_double(Judge *j, TextMap *seen, Str text, const Field *f) {
	bool is_new;
	i64 *line = text_map_at(seen, text, &is_new);
	if (is_new)
		*line = j->now.line;
	else
		blame_field(j, f, str_format(j->row, "Stejný záznam je už na řádku %lld. Nechte jen jeden z nich.", (long long)*line));
}

static Err refuse_taken(Judge *j, size_t column) {
	const Field *f = j->columns.at[column].field;
	Str          value = *(const Str *)field_in(f, j->now.after);
	void        *other;
	size_t       said = j->c->problems.len;
	if (value.len == 0)
		return OK;
	refuse_double(j, &j->seen_unique[column], value, f);
	Err err = entity_find(j->c, j->e, TODAY, f->name, value, &other);
	j->c->problems.len = said;
	if (err != OK)
		return is_refusal(err) ? OK : err;
	if (((EntityHead *)other)->id != j->now.id)
		blame(j, column, f, str_format(j->row, "%s: „%.*s“ už patří jinému záznamu (%s). Zkontrolujte zápis.", f->label, STR_ARG(utf8_first(value, 60)), j->e->one));
	return OK;
}

static Err refuse_doubles(Judge *j) {
	const Judged *now = &j->now;
	if (now->id) {
		refuse_double(j, &j->seen, str_format(j->row, "#%lld", (long long)now->id), j->key.len ? j->key.at[0] : NULL);
	} else if (!has_error(j)) {
		Str text = key_text(j->row, j->key.at, j->key.len, now->after);
		if (text.len == 0)
			text = key_text(j->row, j->all, j->all_count, now->after);
		if (text.len)
			refuse_double(j, &j->seen, text, j->key.len ? j->key.at[0] : NULL);
	}
	for (size_t i = 0; i < j->columns.len; i++)
		if (reads(&j->columns.at[i]) && j->columns.at[i].field->unique && field_is_text(j->columns.at[i].field))
			TRY(refuse_taken(j, i));
	return OK;
}

/* ---- the whole row ---- */

static bool in_scope(const Judge *j, const void *row) {
	const RowScope *s = &j->scope;
	if (s->all || !row)
		return true;
	const struct { const char *column; const Id *ids; size_t n; } by[] = {
		{j->e->scope_provider, s->providers, s->provider_count},
		{j->e->scope_municipality, s->municipalities, s->municipality_count},
		{j->e->scope_district, s->districts, s->district_count},
		{j->e->scope_body, s->bodies, s->body_count},
	};
	for (size_t k = 0; k < LEN(by); k++) {
		if (!by[k].column)
			continue;
		const Field *f = entity_field(j->e, str_c(by[k].column));
		Id owner = f ? *(const Id *)field_in(f, row) : ((const EntityHead *)row)->id;
		for (size_t i = 0; i < by[k].n; i++)
			if (by[k].ids[i] == owner)
				return true;
	}
	return false;
}

static void blame_problems(Judge *j) {
	for (size_t i = 0; i < j->c->problems.len; i++) {
		const Problem *p = &j->c->problems.at[i];
		blame_field(j, p->field ? entity_field(j->e, str_c(p->field)) : NULL, p->text);
	}
	j->c->problems.len = 0;
}

/* What the entity says of the row as it would be stored. */
static Err check_row(Judge *j) {
	void *row = entity_copy(j->row, j->e, j->now.after);
	Err   err = OK;
	j->c->problems.len = 0;
	if (j->e->prepare && !j->e->dated)           /* whose it is may follow from other fields */
		err = j->e->prepare(j->c, row);
	if (!in_scope(j, j->now.before) || !in_scope(j, row))
		blame(j, NO_COLUMN, NULL, S("Záznam nepatří do vaší působnosti, nemůžete jej měnit. Řádek smažte, nebo požádejte správce."));
	EntityHead *h = row;
	if (j->e->dated && !h->id && !date_is(h->valid_from))
		h->valid_from = j->c->today;             /* the day is chosen after the preview; rules that ask for one are asked now */
	if (err == OK)
		err = entity_check(j->c, j->e, row);
	if (err != OK && !is_refusal(err))
		return err;
	blame_problems(j);
	return OK;
}

/* A cell left empty because its value follows from others changes nothing when that is the stored one. */
static void forget_what_follows(Judge *j) {
	Judged *now = &j->now;
	if (!now->before || !j->e->prepare || j->e->dated || now->len == 0)
		return;
	void  *row = entity_copy(j->row, j->e, now->after);
	size_t said = j->c->problems.len;
	if (j->e->prepare(j->c, row) != OK) {
		j->c->problems.len = said;
		return;
	}
	for (size_t i = 0; i < now->len; i++) {
		JudgedCell  *cell = &now->cells[i];
		const Field *f = cell->field;
		if (!f || !cell->changed || !field_is_blank(f, now->after) || !field_equal(f, now->before, row))
			continue;
		cell->changed = false;
		field_copy(f, now->after, now->before);
	}
}

static Err judge_row(Judge *j) {
	Judged *now = &j->now;
	TRY(find_row(j));
	now->after = now->before ? entity_copy(j->row, j->e, now->before) : entity_new(j->row, j->e);
	if (!now->before && has_error(j)) {      /* no use to judge cells against nothing */
		now->verdict = IMPORT_ERROR;
		return OK;
	}
	TRY(read_cells(j));
	forget_what_follows(j);
	TRY(refuse_doubles(j));
	bool changed = !now->before;
	for (size_t i = 0; i < now->len; i++)
		changed = changed || now->cells[i].changed;
	if (changed)
		TRY(check_row(j));
	now->verdict = has_error(j) ? IMPORT_ERROR : !changed ? IMPORT_SAME : now->before ? IMPORT_CHANGED : IMPORT_NEW;
	return OK;
}

bool judge_next(Judge *j, Judged **ret) {
	Ctx *c = j->c;
	Strs raw;
	if (j->err != OK || !table_read_next(j->reader, &raw))
		return false;
	if (++j->rows % 64 == 0 && c->cancelled && *c->cancelled) {
		j->err = fail(c, ERR_CANCELLED, NULL, "Načítání bylo zastaveno. Nic se neuložilo.");
		return false;
	}
	arena_reset(j->row);
	j->now = (Judged){.line = table_line(j->reader), .raw = NEW(j->row, Strs, .at = raw.at, .len = raw.len)};
	Inside before = ctx_enter(c, j->row);
	Err err = judge_row(j);
	Str why = first_problem(c);
	ctx_leave(c, &before);
	if (err != OK) {
		j->err = why.len ? fail(c, err, NULL, "%.*s", STR_ARG(why)) : fail_internal(c, j->e->name);
		return false;
	}
	*ret = &j->now;
	return true;
}

Err judge_end(Judge *j) {
	Err err = j->err != OK ? j->err : table_read_end(j->reader);
	arena_free(j->row);
	arena_free(j->work);
	return err;
}

/* ---- beginning ---- */

static Err load(Judge *j) {
	Ctx         *c = j->c;
	const Field *title = j->e->title ? entity_field(j->e, str_c(j->e->title)) : NULL;
	TRY(columns_in(c, j->e, table_header(j->reader), &j->columns));
	j->id_column = NO_COLUMN;
	j->all = NEW_ARRAY(j->work, const Field *, j->columns.len + 1);
	j->seen_unique = NEW_ARRAY(j->work, TextMap, j->columns.len + 1);
	for (size_t i = 0; i < j->columns.len; i++) {
		const Column *column = &j->columns.at[i];
		j->seen_unique[i].arena = j->work;
		if (column->role == COLUMN_ID)
			j->id_column = i;
		if (reads(column)) {
			TRY(names_load(&j->names, column->field));
			j->all[j->all_count++] = column->field;
		}
	}
	for (size_t i = 0; i < j->key.len; i++)     /* read only, too: it says which row is meant */
		TRY(names_load(&j->names, j->key.at[i]));
	if (title)
		TRY(names_load(&j->names, title));
	memos_make(j);
	return j->key.len ? keys_load(c, j->work, j->e, j->key.at, j->key.len, c->today, &j->by_key) : OK;
}

Err judge_open(Ctx *c, const Entity *e, TableReader *r, Judge **ret) {
	CodeItems none;
	TRY(require(c, e->write));
	TRY(codelist_items(c, "-", c->today, &none));        /* the lists come into memory in the arena of the whole, not of one row */
	Judge *j = *ret = NEW(c->arena, Judge, .c = c, .e = e, .reader = r, .work = work_arena(c), .row = work_arena(c), .key = entity_key(e));
	j->names = (Names){.c = c, .work = j->work};
	j->seen = (TextMap){.arena = j->work};
	j->scope = access_scope(c, e->write);
	return load(j);
}

/* ---- words ---- */

Str judged_place(const Judge *j, const JudgedCell *cell) {
	return cell->column == NO_COLUMN ? table_row_place(j->reader) : table_place(j->reader, cell->column);
}

Str judged_title(const Judge *j, Arena *a, const Judged *row) {
	const Field *title = j->e->title ? entity_field(j->e, str_c(j->e->title)) : NULL;
	Str          s = title && row->after ? names_people(&j->names, a, title, row->after) : (Str){0};
	return s.len ? utf8_first(s, 200) : table_row_place(j->reader);
}
