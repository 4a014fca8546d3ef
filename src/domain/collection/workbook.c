/* workbook.c: the form as a workbook: a row per value, named by the stable name of its field, so that sorting and other columns do no harm. */
#include "base/text.h"
#include "core/exchange.h"
#include "domain/collection/receipt.h"
#include "domain/collection/staging_inside.h"

enum { SPARE_LINES = 5 };
enum { COL_SECTION, COL_LABEL, COL_LINE, COL_VALUE, COL_NOTE, COL_HINT, COL_CODE, COLUMNS };
static const TableColumn columns[COLUMNS] = {
	{"cast", "Část", CELL_TEXT, .width = 20}, {"udaj", "Údaj", CELL_TEXT, .width = 44}, {"radek", "Řádek", CELL_INT, .width = 8}, {"hodnota", "Hodnota", CELL_TEXT, .width = 30},
	{"poznamka", "Poznámka", CELL_TEXT, .width = 30}, {"jak", "Jak vyplnit", CELL_TEXT, .width = 40}, {"kod", "Kód údaje", CELL_TEXT, .width = 18},
};

static Str how(Ctx *c, const FormField *f) {
	Str kind = form_is(f, FORM_MONEY) ? S("částka v Kč") : form_is(f, FORM_PERCENT) ? S("podíl v %") : form_is(f, FORM_FTE) ? S("číslo na dvě desetinná místa")
	           : form_is(f, FORM_INT) ? S("celé číslo") : form_is(f, FORM_DAY) ? S("den, např. 1. 1. 2028") : form_is(f, FORM_YES) ? S("ano, nebo ne")
	           : form_is(f, FORM_CHOICE) ? S("název z nabídky") : S("text");
	return f->computed ? S("počítá se samo, nevyplňuje se") : str_format(c->arena, "%.*s%s%s%.*s", STR_ARG(kind), f->required ? ", povinné" : "", f->hint.len ? ". " : "",
	                                                                  STR_ARG(f->hint));
}

static Str plain(Ctx *c, const FormTree *t, const FormValues *v, const FormField *f, i64 line) {
	const FormValue *x = form_value(v, f->stable, line);
	if (f->computed)
		return form_amount_text(c->arena, f, form_sum(t, v, f));
	return !x || !x->typed.len ? (Str){0} : form_is(f, FORM_CHOICE) ? form_people(c, f, x) : x->typed;
}

static void put_row(Ctx *c, TableWriter *w, const FormTree *t, const FormValues *v, const FormField *f, i64 line) {
	const FormValue *x = form_value(v, f->stable, line);
	table_text(w, f->section);
	table_text(w, line ? str_format(c->arena, "%.*s: %.*s", STR_ARG(f->grid), STR_ARG(f->label)) : f->label);
	table_int(w, line ? line : BLANK);
	table_text(w, plain(c, t, v, f, line));
	table_text(w, x ? x->note : (Str){0});
	table_text(w, how(c, f));
	table_text(w, f->stable);
	table_row_end(w);
}

static bool starts_grid(const FormTree *t, size_t i) {
	for (size_t k = 0; k < i; k++)
		if (str_eq(t->at[k]->grid, t->at[i]->grid))
			return false;
	return true;
}

static void put_grid(Ctx *c, TableWriter *w, const FormTree *t, const FormValues *v, Str grid) {
	i64 last = form_lines(v, t, grid) + SPARE_LINES;
	for (i64 line = 1; line <= (last < GRID_LINES ? last : GRID_LINES); line++)
		for (size_t i = 0; i < t->len; i++)
			if (str_eq(t->at[i]->grid, grid))
				put_row(c, w, t, v, t->at[i], line);
}

Err submission_workbook(Ctx *c, const Submission *s, Buf *out) {
	FormTree   t;
	FormValues v;
	TRY(form_tree(c, s->form_version, &t));
	TRY(submission_values(c, s->head.id, &v));
	TableWriter *w = table_open(c->arena, out, FORMAT_XLSX, S("Formulář"), columns, COLUMNS, s->title);
	for (size_t i = 0; i < t.len; i++) {
		if (form_is(t.at[i], FORM_FILE))
			continue;
		if (!t.at[i]->grid.len)
			put_row(c, w, &t, &v, t.at[i], 0);
		else if (starts_grid(&t, i))
			put_grid(c, w, &t, &v, t.at[i]->grid);
	}
	return table_close(w);
}

/* ---- back ---- */

static size_t column_of(const Strs *header, const char *title) {
	for (size_t i = 0; i < header->len; i++)
		if (str_eq(str_trim(header->at[i]), str_c(title)))
			return i;
	return SIZE_MAX;
}

static Str cell_of(const Strs *cells, size_t column) { return column < cells->len ? cells->at[column] : (Str){0}; }

static bool is_seen(Strs *seen, Arena *a, Str code, i64 line) {
	Str key = str_format(a, "%.*s/%lld", STR_ARG(code), (long long)line);
	for (size_t i = 0; i < seen->len; i++)
		if (str_eq(seen->at[i], key))
			return true;
	strs_add(a, seen, key);
	return false;
}

static Err read_rows(Ctx *c, const Submission *s, TableReader *r, Staging *ret) {
	size_t     at[COLUMNS];
	FormTree   t;
	FormValues v;
	Strs       cells, seen = {0};
	for (size_t i = 0; i < COLUMNS; i++)
		at[i] = column_of(table_header(r), columns[i].title);
	if (at[COL_CODE] == SIZE_MAX || at[COL_VALUE] == SIZE_MAX || at[COL_LINE] == SIZE_MAX)
		return fail(c, ERR_INVALID, "soubor", "Soubor není sešit tohoto formuláře: chybí sloupec Kód údaje, Řádek nebo Hodnota. Stáhněte si sešit znovu a vyplňte ten.");
	TRY(form_tree(c, s->form_version, &t));
	TRY(submission_values(c, s->head.id, &v));
	while (table_read_next(r, &cells)) {
		Str              code = str_trim(cell_of(&cells, at[COL_CODE])), line_text = str_trim(cell_of(&cells, at[COL_LINE])), label = cell_of(&cells, at[COL_LABEL]);
		const FormField *f = form_tree_field(&t, code);
		i64              line = 0;
		if (!code.len && !cell_of(&cells, at[COL_VALUE]).len)
			continue;                        /* a blank line, a heading */
		Str place = str_dup(c->arena, table_place(r, at[COL_VALUE]));
		bool line_fits = !line_text.len || str_to_int(line_text, &line);
		if (!f || form_is(f, FORM_FILE))
			stage_wrong(c, str_dup(c->arena, table_place(r, at[COL_CODE])), str_dup(c->arena, label),
			            str_format(c->arena, "údaj s kódem „%.*s“ formulář nemá. Kód neměňte.", STR_ARG(utf8_first(code, 40))), ret);
		else if (f->computed)
			continue;
		else if (!line_fits || (f->grid.len ? line < 1 || line > GRID_LINES : line != 0))
			stage_wrong(c, str_dup(c->arena, table_place(r, at[COL_LINE])), f->label,
			            f->grid.len ? str_format(c->arena, "řádek tabulky je číslo od 1 do %d.", GRID_LINES) : S("tento údaj řádky nemá, nechte číslo prázdné."), ret);
		else if (is_seen(&seen, c->arena, code, line))
			stage_wrong(c, place, f->label, S("stejný údaj je v sešitu dvakrát. Nechte jen jeden."), ret);
		else
			stage_cell(c, &v, f, line, place, str_dup(c->arena, cell_of(&cells, at[COL_VALUE])), str_dup(c->arena, cell_of(&cells, at[COL_NOTE])),
			           at[COL_NOTE] != SIZE_MAX, ret);
	}
	return OK;
}

Err staging_workbook(Ctx *c, const Submission *s, Str name, int fd, Staging *ret) {
	TableReader *r;
	*ret = (Staging){0};
	TRY(table_read_open(c, fd, name, &r));
	Err e = read_rows(c, s, r, ret), end = table_read_end(r);
	return e == OK ? end : e;
}
