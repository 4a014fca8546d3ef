/* staging.c: what of a block or a workbook goes where, and writing it into the draft. */
#include "domain/collection/staging.h"

#include "base/text.h"
#include "core/codelist.h"
#include "domain/collection/receipt.h"
#include "domain/collection/staging.sql.h"
#include "domain/collection/staging_inside.h"

/* ---- one cell ---- */

/* People paste names; forms keep codes. What is no name of the list stays as it is and is judged as that. */
static Str code_of(Ctx *c, const FormField *f, Str typed) {
	Str       folded = text_fold(c->arena, typed);
	CodeItems items;
	Units     units = {0};
	size_t    said = c->problems.len;
	if (form_is(f, FORM_YES))
		return str_eq(folded, S("ano")) || str_eq(folded, S("true")) || str_eq(folded, S("1")) ? S("ano")
		       : str_eq(folded, S("ne")) || str_eq(folded, S("false")) || str_eq(folded, S("0")) ? S("ne") : typed;
	if (str_eq(f->list, S("obvody"))) {
		const Unit *region = territory_region(c);
		if (territory_below(c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &units) == OK)
			for (size_t i = 0; i < units.len; i++)
				if (str_eq(text_fold(c->arena, units.at[i]->name), folded))
					return units.at[i]->code;
	} else if (codelist_items(c, str_z(c->arena, f->list), c->today, &items) == OK)
		for (size_t i = 0; i < items.len; i++)
			if (str_eq(text_fold(c->arena, items.at[i]->name), folded))
				return items.at[i]->code;
	c->problems.len = said;
	return typed;
}

/* What the check would say of this value by itself. */
static Str fault_of(Ctx *c, const FormField *f, Str typed, Str note) {
	FormField  alone = *f;
	FormField *at = &alone;
	FormTree   t = {.at = &at, .len = 1};
	FormValue  x = {.field = f->stable, .typed = typed, .note = note, .amount = BLANK, .before = BLANK};
	FormValues v = {&x, 1, 1};
	Faults     faults;
	const char *why;
	alone.grid = alone.equals = alone.parent = (Str){0};
	alone.required = alone.needs_note = false;
	alone.sum_is = alone.jump = BLANK;
	if (utf8_count(typed) > VALUE_MAX || !text_acceptable(typed))
		return S("text je příliš dlouhý, nebo obsahuje znaky, které nejde uložit.");
	if (!form_amount(f, typed, &x.amount, &why))
		x.amount = BLANK;
	form_check(c, &t, &v, &faults);
	return faults.hard ? faults.at[0].text : (Str){0};
}

void stage_cell(Ctx *c, const FormValues *there, const FormField *f, i64 line, Str place, Str typed, Str note, bool has_note, Staging *to) {
	const FormValue *x = form_value(there, f->stable, line);
	StagedCell       cell = {.f = f, .line = line, .place = place, .note = text_clean_lines(c->arena, note), .has_note = has_note};
	cell.label = line ? str_format(c->arena, "%.*s, řádek %lld, %.*s", STR_ARG(f->grid), (long long)line, STR_ARG(f->label)) : f->label;
	cell.typed = form_is(f, FORM_LONG) ? text_clean_lines(c->arena, typed) : text_clean(c->arena, typed);
	if (str_eq(text_fold(c->arena, cell.typed), S(NOT_APPLICABLE)))
		cell.typed = S(NOT_APPLICABLE);
	else if (cell.typed.len && (form_is(f, FORM_CHOICE) || form_is(f, FORM_YES)))
		cell.typed = code_of(c, f, cell.typed);
	FormValue now = {.field = f->stable, .typed = cell.typed, .amount = BLANK};
	const char *why;
	if (!form_amount(f, cell.typed, &now.amount, &why))
		now.amount = BLANK;
	bool same_number = x && x->amount != BLANK && x->amount == now.amount, same_text = x ? str_eq(x->typed, cell.typed) : !cell.typed.len;
	bool same_note = !has_note || (x ? str_eq(x->note, cell.note) : !cell.note.len);
	cell.is_same = (same_number || same_text) && same_note;
	cell.before = x && x->typed.len ? form_people(c, f, x) : S("prázdné");
	cell.after = cell.typed.len ? form_people(c, f, &now) : S("prázdné");
	cell.error = fault_of(c, f, cell.typed, cell.note);
	to->same += cell.is_same;
	to->wrong += !cell.is_same && cell.error.len > 0;
	to->changed += !cell.is_same && !cell.error.len;
	*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = cell;
}

void stage_wrong(Ctx *c, Str place, Str label, Str error, Staging *to) {
	*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = (StagedCell){.place = place, .label = label, .error = error};
	to->wrong++;
}

/* ---- a block ---- */

static bool takes(const FormField *f) { return !f->computed && !form_is(f, FORM_FILE); }

static void paste_grid(Ctx *c, const FormTree *t, const FormValues *v, size_t first, i64 line, Str block, Staging *ret) {
	Str grid = t->at[first]->grid;
	for (; block.len; line++) {
		Str    row = str_cut(&block, '\n');
		size_t at = first;
		for (bool more = true; more;) {
			more = str_find(row, S("\t")) >= 0;
			Str cell = str_cut(&row, '\t');
			while (at < t->len && !str_eq(t->at[at]->grid, grid))
				at++;
			if (at >= t->len || line > GRID_LINES)
				ret->left_over++;
			else
				stage_cell(c, v, t->at[at], line, (Str){0}, cell, (Str){0}, false, ret);
			at++;
		}
	}
}

static void paste_column(Ctx *c, const FormTree *t, const FormValues *v, size_t at, Str block, Staging *ret) {
	Str section = t->at[at]->section;
	while (block.len) {
		Str  row = str_cut(&block, '\n'), cell;
		bool has_note = str_find(row, S("\t")) >= 0;
		cell = str_cut(&row, '\t');
		while (at < t->len && (!takes(t->at[at]) || t->at[at]->grid.len))
			at++;
		if (at >= t->len || !str_eq(t->at[at]->section, section)) {
			ret->left_over += 1 + has_note;
			continue;
		}
		stage_cell(c, v, t->at[at++], 0, (Str){0}, cell, str_cut(&row, '\t'), has_note, ret);
		ret->left_over += row.len > 0;
	}
}

Err staging_paste(Ctx *c, const Submission *s, Str field, i64 line, Str block, Staging *ret) {
	FormTree   t;
	FormValues v;
	size_t     at = 0;
	*ret = (Staging){0};
	TRY(form_tree(c, s->form_version, &t));
	TRY(submission_values(c, s->head.id, &v));
	while (at < t.len && !str_eq(t.at[at]->stable, field))
		at++;
	if (at == t.len || !takes(t.at[at]))
		return fail(c, ERR_INVALID, "od", "Vyberte údaj, kterým blok začíná.");
	if (t.at[at]->grid.len && (line < 1 || line > GRID_LINES))
		return fail(c, ERR_INVALID, "radek", "Od řádku: napište číslo od 1 do %d.", GRID_LINES);
	block = str_replace(c->arena, block, S("\r"), S(""));
	while (str_ends(block, S("\n")))
		block.len--;
	if (!block.len)
		return fail(c, ERR_INVALID, "blok", "Vložte buňky z tabulkového programu.");
	if (t.at[at]->grid.len)
		paste_grid(c, &t, &v, at, line, block, ret);
	else
		paste_column(c, &t, &v, at, block, ret);
	return OK;
}

/* ---- from the preview to the draft ---- */

static void put_packed(Buf *b, Str s) {
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (ch == '\\' || ch == '\n' || ch == '\t')
			buf_format(b, "\\%c", ch == '\n' ? 'n' : ch == '\t' ? 't' : '\\');
		else
			buf_str(b, (Str){&s.ptr[i], 1});
	}
}

static Str unpacked(Arena *a, Str s) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != '\\' || i + 1 == s.len)
			buf_str(&b, (Str){&s.ptr[i], 1});
		else
			buf_str(&b, s.ptr[++i] == 'n' ? S("\n") : s.ptr[i] == 't' ? S("\t") : S("\\"));
	}
	return buf_take(&b, a);
}

static void pack_one(Buf *b, Str field, i64 line, Str value, Str note, bool has_note) {
	buf_format(b, "%.*s\t%lld\t%d\t", STR_ARG(field), (long long)line, has_note);
	put_packed(b, value);
	buf_lit(b, "\t");
	put_packed(b, note);
	buf_lit(b, "\n");
}

Str staging_pack(Arena *a, const Staging *g) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < g->len; i++) {
		const StagedCell *x = &g->at[i];
		if (x->f && !x->is_same && !x->error.len)
			pack_one(&b, x->f->stable, x->line, x->typed, x->note, x->has_note);
	}
	return buf_take(&b, a);
}

static Err unpack(Ctx *c, Str packed, TypedList *ret) {
	*ret = (TypedList){0};
	packed = str_replace(c->arena, packed, S("\r"), S(""));
	while (packed.len) {
		Str   row = str_cut(&packed, '\n');
		Typed x = {.field = str_cut(&row, '\t')};
		Str   line = str_cut(&row, '\t');
		if (!x.field.len)
			continue;
		if (!str_to_int(line, &x.line))
			return fail(c, ERR_MALFORMED, NULL, "Náhled se cestou porušil. Vložte údaje znovu.");
		x.has_note = str_eq(str_cut(&row, '\t'), S("1"));
		x.value = unpacked(c->arena, str_cut(&row, '\t'));
		x.note = unpacked(c->arena, row);
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = x;
	}
	return OK;
}

static Str pack_before(Arena *a, const FormValues *v, const TypedList *list) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < list->len; i++) {
		const FormValue *x = form_value(v, list->at[i].field, list->at[i].line);
		pack_one(&b, list->at[i].field, list->at[i].line, x ? x->typed : (Str){0}, x ? x->note : (Str){0}, true);
	}
	return buf_take(&b, a);
}

Err staging_apply(Ctx *c, Id submission, i64 version, Str packed, Str what, i64 *count) {
	TypedList  list;
	FormValues before;
	i64        now;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(unpack(c, packed, &list));
	if (!list.len)
		return fail(c, ERR_INVALID, NULL, "V náhledu není nic, co by se dalo vložit.");
	TRY(submission_values(c, submission, &before));
	TRY(submission_save(c, submission, version, &list, &now));
	if (db_run(c->conn, &sql_staging_undo_drop, P(V(submission)), NULL) != OK ||
	    db_run(c->conn, &sql_staging_undo_put, P(V(submission), V(now), V(pack_before(c->arena, &before, &list)), V(utf8_first(what, 120)), V(c->now)), NULL) != OK)
		return fail_internal(c, "staging");
	*count = (i64)list.len;
	return tx_commit(&tx);
}

static Err undo_of(Ctx *c, Id submission, i64 *version, Str *cells, StagingUndo *ret) {
	*ret = (StagingUndo){0};
	Rows r = db_query(ctx_conn(c), &sql_staging_undo_get, P(V(submission)));
	while (rows_next(&r)) {
		*version = col_int(&r, 0);
		*cells = str_dup(c->arena, col_text(&r, 1));
		*ret = (StagingUndo){.what = str_dup(c->arena, col_text(&r, 2)), .at = col_instant(&r, 3), .is_there = true};
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "staging");
}

Err staging_undo_there(Ctx *c, const Submission *s, StagingUndo *ret) {
	i64 version = 0;
	Str cells;
	TRY(undo_of(c, s->head.id, &version, &cells, ret));
	ret->is_there = ret->is_there && version == s->head.version;
	return OK;
}

Err staging_undo(Ctx *c, Id submission) {
	Submission *s;
	StagingUndo undo;
	TypedList   list;
	i64         version = 0, now;
	Str         cells;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(submission_get(c, submission, &s));
	TRY(undo_of(c, submission, &version, &cells, &undo));
	if (!undo.is_there || version != s->head.version)
		return fail(c, ERR_CONFLICT, NULL, "Vrátit vložení už nejde, protože se podání mezitím změnilo. Opravte údaje ručně.");
	TRY(unpack(c, cells, &list));
	TRY(submission_save(c, submission, version, &list, &now));
	if (db_run(c->conn, &sql_staging_undo_drop, P(V(submission)), NULL) != OK)
		return fail_internal(c, "staging");
	return tx_commit(&tx);
}
