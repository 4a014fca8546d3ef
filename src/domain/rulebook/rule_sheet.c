/* rule_sheet.c: the text of a set is changed only where the spreadsheet says something else. */
#include "domain/rulebook/rule_sheet.h"

#include <stdlib.h>

#include "base/format.h"
#include "base/text.h"
#include "core/rules_inside.h"
#include "core/table_inside.h"

enum { COL_KIND, COL_NAME, COL_TITLE, COL_TYPE, COL_SINCE, COL_ROW, COL_VALUE, COL_LEGAL, COLS };
enum { ERRORS_MAX = 500 };

static const TableColumn columns[COLS] = {
	{"druh", "Druh", CELL_TEXT, 0, 12}, {"nazev", "Název ve vzorcích", CELL_TEXT, 0, 30}, {"vyznam", "Význam", CELL_TEXT, 0, 50}, {"typ", "Typ", CELL_TEXT, 0, 14},
	{"plati_od", "Platí od", CELL_DATE, 0, 14}, {"radek", "Řádek tabulky", CELL_TEXT, 0, 30}, {"hodnota", "Hodnota", CELL_TEXT, 0, 18}, {"zdroj", "Zdroj", CELL_TEXT, 0, 40},
};

/* "1 až 3: 10" in two; both lie in the text of the set. */
static void split_row(Str line, Str *key, Str *value) {
	size_t colon = 0;
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] == ':')
			colon = i;
	*key = str_trim(str_first(line, colon));
	*value = str_trim(str_from(line, colon + 1));
}

/* ---- out ---- */

void rule_sheet_rows(Arena *a, const RuleSet *set, ParameterRows *ret) {
	*ret = (ParameterRows){0};
	for (size_t i = 0; i < set->len; i++) {
		const RuleItem *item = set->items[i];
		ParameterRow row = {.name = item->n.name, .title = item->n.title, .type = rule_type_name(item->n.type), .legal = item->n.legal};
		row.kind = item->n.kind == RULE_PARAMETER ? "parametr" : "tabulka";
		for (size_t k = 0; k < item->value_count && item->n.kind == RULE_PARAMETER; k++) {
			row.since = item->values[k].since;
			row.value = item->values[k].at;
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = row;
		}
		for (size_t k = 0; k < item->version_count && item->n.kind == RULE_TABLE; k++)
			for (size_t x = 0; x < item->versions[k].len; x++) {
				row.since = item->versions[k].since;
				split_row(item->versions[k].rows[x].at, &row.row, &row.value);
				*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = row;
			}
	}
}

Err rule_sheet_write(Ctx *c, const ParameterRows *rows, FileFormat format, Str sheet, Buf *out) {
	TableWriter *w = table_open(c->arena, out, format, sheet, columns, COLS, export_note(c));
	for (size_t i = 0; i < rows->len; i++) {
		const ParameterRow *r = &rows->at[i];
		table_text(w, str_c(r->kind));
		table_text(w, r->name);
		table_text(w, r->title);
		table_text(w, r->type);
		table_date(w, r->since);
		table_text(w, r->row);
		table_text(w, r->value);
		table_text(w, r->legal);
		table_row_end(w);
	}
	return table_close(w);
}

/* ---- in ---- */

/* A piece of the text that is replaced: a value, or nothing where a line is added. */
typedef struct Edit { size_t from, len, order; Str by, place; } Edit;

typedef struct Intake {
	Ctx           *c;
	const RuleSet *set;
	Str            source;
	TableReader   *reader;
	int            at[COLS];                 /* columns of the file, -1 = it has none */
	Edit          *edits;
	size_t         edit_count, edit_cap;
	Strs           seen;
	SheetPreview  *p;
	/* a day of a table that the text does not have yet: the last one that a row was added for */
	const RuleItem *new_table;
	Date           new_since;
} Intake;

static void wrong(Intake *s, int column, Str text) {
	if (s->p->error_count < ERRORS_MAX)
		*ARENA_PUSH(s->c->arena, s->p->errors, s->p->error_count, s->p->error_cap) =
			(SheetError){str_dup(s->c->arena, table_place(s->reader, s->at[column] < 0 ? 0 : (size_t)s->at[column])), text};
}

/* What a spreadsheet holds as a number comes with a point. */
static Str cell(Intake *s, const Strs *cells, int column) {
	if (s->at[column] < 0 || (size_t)s->at[column] >= cells->len)
		return (Str){0};
	Str typed = text_clean(s->c->arena, cells->at[s->at[column]]);
	bool number = table_kinds(s->reader)[s->at[column]] == CELL_IS_NUMBER;
	return number ? str_replace(s->c->arena, typed, S("."), S(",")) : typed;
}

static bool read_day(Str typed, Date *ret) {
	const char *why = NULL;
	*ret = (Date){0};
	return !typed.len || date_read_iso(typed, ret) || (read_date(typed, ret, &why) && date_is(*ret));
}

static Str day_text(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, a);
}

static bool same_value(Intake *s, const RuleItem *item, Str x, Str y) {
	RuleValue v, w;
	Str       why;
	return str_eq(text_clean(s->c->arena, x), text_clean(s->c->arena, y)) || (rule_value_read(s->c->arena, item->n.type, x, &v, &why) &&
	       rule_value_read(s->c->arena, item->n.type, y, &w, &why) && v.state == w.state && rule_value_equal(v, w));
}

static void edit(Intake *s, size_t from, size_t len, Str by, const ParameterRow *row, Str before) {
	Str place = str_dup(s->c->arena, table_place(s->reader, (size_t)s->at[COL_VALUE]));
	*ARENA_PUSH(s->c->arena, s->edits, s->edit_count, s->edit_cap) = (Edit){from, len, s->edit_count, by, place};
	*ARENA_PUSH(s->c->arena, s->p->changes, s->p->change_count, s->p->change_cap) =
		(SheetChange){.place = place, .name = row->name, .row = row->row, .since = row->since, .before = before, .after = row->value};
}

static size_t offset_of(const Intake *s, Str piece) { return (size_t)(piece.ptr - s->source.ptr); }

/* Behind the line in which a piece of the text ends. */
static size_t line_end(const Intake *s, Str piece) {
	size_t at = offset_of(s, piece) + piece.len;
	while (at < s->source.len && s->source.ptr[at] != '\n')
		at++;
	return at;
}

static void replace(Intake *s, const RuleItem *item, Str old, const ParameterRow *row) {
	if (same_value(s, item, old, row->value))
		s->p->same++;
	else
		edit(s, offset_of(s, old), old.len, row->value, row, old);
}

static void put_parameter(Intake *s, const RuleItem *item, const ParameterRow *row) {
	Arena *a = s->c->arena;
	for (size_t i = 0; i < item->value_count; i++)
		if (date_eq(item->values[i].since, row->since)) {
			replace(s, item, item->values[i].at, row);
			return;
		}
	Str day = date_is(row->since) ? str_format(a, " od %.*s", STR_ARG(day_text(a, row->since))) : (Str){0};
	edit(s, line_end(s, item->values[item->value_count - 1].at), 0, str_format(a, "\nhodnota%.*s: %.*s", STR_ARG(day), STR_ARG(row->value)), row, (Str){0});
}

/* Behind the last row of the last day that the text has for the table. */
static size_t table_end(const Intake *s, const RuleItem *item) {
	size_t end = 0;
	for (size_t i = 0; i < item->version_count; i++)
		for (size_t k = 0; k < item->versions[i].len; k++) {
			size_t at = line_end(s, item->versions[i].rows[k].at);
			end = at > end ? at : end;
		}
	return end;
}

static void put_row(Intake *s, const RuleItem *item, const ParameterRow *row) {
	Arena *a = s->c->arena;
	Str    line = str_format(a, "\n- %.*s: %.*s", STR_ARG(row->row), STR_ARG(row->value)), key, value;
	for (size_t i = 0; i < item->version_count; i++) {
		const TableVersion *v = &item->versions[i];
		if (!date_eq(v->since, row->since) || !v->len)
			continue;
		for (size_t k = 0; k < v->len; k++) {
			split_row(v->rows[k].at, &key, &value);
			if (str_eq(text_fold(a, text_clean(a, key)), text_fold(a, row->row))) {
				replace(s, item, value, row);
				return;
			}
		}
		edit(s, line_end(s, v->rows[v->len - 1].at), 0, line, row, (Str){0});
		return;
	}
	if (!date_is(row->since)) {
		wrong(s, COL_SINCE, S("Tabulka má hodnoty od určitého dne. Napište, od kterého dne řádek platí."));
		return;
	}
	bool goes_on = s->new_table == item && date_eq(s->new_since, row->since);
	Str  head = goes_on ? (Str){0} : str_format(a, "\nplatí od: %.*s", STR_ARG(day_text(a, row->since)));
	s->new_table = item;
	s->new_since = row->since;
	edit(s, table_end(s, item), 0, str_cat(a, head, line), row, (Str){0});
}

static bool seen_before(Intake *s, const RuleItem *item, const ParameterRow *row) {
	char iso[DATE_ISO_LEN];
	Str  mark = str_format(s->c->arena, "%.*s|%.*s|%.*s", STR_ARG(item->n.key), STR_ARG(date_iso(row->since, iso)), STR_ARG(text_fold(s->c->arena, row->row)));
	for (size_t i = 0; i < s->seen.len; i++)
		if (str_eq(s->seen.at[i], mark))
			return true;
	strs_add(s->c->arena, &s->seen, mark);
	return false;
}

static void take_row(Intake *s, const Strs *cells) {
	Arena    *a = s->c->arena;
	Str       kind = text_fold(a, cell(s, cells, COL_KIND)), why = {0};
	ParameterRow  row = {.name = cell(s, cells, COL_NAME), .row = cell(s, cells, COL_ROW), .value = cell(s, cells, COL_VALUE)};
	RuleValue v;
	const RuleItem *item = (const RuleItem *)rule_set_find(s->set, row.name);
	size_t    errors = s->p->error_count;
	if (!item || (item->n.kind != RULE_PARAMETER && item->n.kind != RULE_TABLE)) {
		wrong(s, COL_NAME, str_format(a, "Parametr ani tabulku „%.*s“ sada nemá. Opravte název, nebo ji nejdřív založte v textu pravidel.", STR_ARG(row.name)));
		return;
	}
	if (kind.len && !str_eq(kind, item->n.kind == RULE_PARAMETER ? S("parametr") : S("tabulka")))
		wrong(s, COL_KIND, str_format(a, "„%.*s“ je v sadě %s. Opravte druh.", STR_ARG(row.name), item->n.kind == RULE_PARAMETER ? "parametr" : "tabulka"));
	if (!read_day(cell(s, cells, COL_SINCE), &row.since))
		wrong(s, COL_SINCE, S("Dni nerozumíme. Napište ho například 1. 1. 2027, nebo nechte prázdné."));
	if (item->n.kind == RULE_PARAMETER && row.row.len)
		wrong(s, COL_ROW, S("Parametr nemá řádky. Vyprázdněte buňku."));
	if (item->n.kind == RULE_TABLE && !row.row.len)
		wrong(s, COL_ROW, S("Napište, pro co řádek tabulky platí, například „1 až 3“ nebo „jinak“."));
	if (!row.value.len)
		wrong(s, COL_VALUE, S("Hodnota chybí. Doplňte ji; má-li řádek zmizet, smažte ho v textu pravidel."));
	else if (!rule_value_read(a, item->n.type, row.value, &v, &why))
		wrong(s, COL_VALUE, str_format(a, "Hodnota má být %.*s. %.*s", STR_ARG(rule_type_name(item->n.type)), STR_ARG(why)));
	if (errors != s->p->error_count)
		return;
	if (seen_before(s, item, &row)) {
		wrong(s, COL_NAME, S("Tento řádek je v souboru dvakrát. Jeden z nich smažte."));
		return;
	}
	row.name = item->n.name;
	if (item->n.kind == RULE_PARAMETER)
		put_parameter(s, item, &row);
	else
		put_row(s, item, &row);
}

static Err find_columns(Intake *s) {
	const Strs *header = table_header(s->reader);
	Arena      *a = s->c->arena;
	for (int i = 0; i < COLS; i++) {
		s->at[i] = -1;
		for (size_t k = 0; k < header->len; k++) {
			Str fold = text_fold(a, text_clean(a, header->at[k]));
			if (str_eq(fold, text_fold(a, str_c(columns[i].title))) || str_eq(fold, str_c(columns[i].key)))
				s->at[i] = (int)k;
		}
	}
	for (int i = 0; i < COLS; i++)
		if (s->at[i] < 0 && (i == COL_NAME || i == COL_VALUE || i == COL_SINCE || i == COL_ROW))
			return fail(s->c, ERR_INVALID, FILE_FIELD, "Soubor nemá sloupec „%s“. Stáhněte si parametry této verze a upravte stažený soubor.", columns[i].title);
	return OK;
}

/* ---- the new text ---- */

static int by_place(const void *x, const void *y) {
	const Edit *a = x, *b = y;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static int line_of(Str text, size_t at) {
	int line = 1;
	for (size_t i = 0; i < at && i < text.len; i++)
		line += text.ptr[i] == '\n';
	return line;
}

typedef struct Made { size_t from, to; } Made;              /* where the piece of an edit lies in the new text */

static void add_error(Intake *s, Str place, Str why) {
	if (s->p->error_count < ERRORS_MAX)
		*ARENA_PUSH(s->c->arena, s->p->errors, s->p->error_count, s->p->error_cap) = (SheetError){place, why};
}

/* What the check of the set finds on a line that came from the file is said at its cell. Elsewhere it is said with its line, unless the text had faults before. */
static void judge(Intake *s, const Made *made) {
	RuleFaults faults = {0}, before = {0};
	(void)!rule_text_open(s->c, s->source, &before);
	(void)!rule_text_open(s->c, s->p->text, &faults);
	for (size_t i = 0; i < faults.len; i++) {
		size_t k = 0;
		while (k < s->edit_count && (faults.at[i].line < line_of(s->p->text, made[k].from) || faults.at[i].line > line_of(s->p->text, made[k].to)))
			k++;
		if (k < s->edit_count)
			add_error(s, s->edits[k].place, faults.at[i].text);
		else if (!before.len)
			add_error(s, str_format(s->c->arena, "text pravidel, řádek %d", faults.at[i].line), faults.at[i].text);
	}
}

static void assemble(Intake *s) {
	CLEANUP(buf_free) Buf b = {0};
	size_t done = 0;
	Made   *made = NEW_ARRAY(s->c->arena, Made, s->edit_count + 1);
	if (s->edit_count > 1)
		qsort(s->edits, s->edit_count, sizeof *s->edits, by_place);
	for (size_t i = 0; i < s->edit_count; i++) {
		const Edit *e = &s->edits[i];
		buf_str(&b, str_of(s->source.ptr + done, e->from - done));
		made[i].from = b.len + str_starts(e->by, S("\n"));
		buf_str(&b, e->by);
		made[i].to = b.len;
		done = e->from + e->len;
	}
	buf_str(&b, str_from(s->source, done));
	s->p->text = buf_take(&b, s->c->arena);
	if (s->edit_count)
		judge(s, made);
}

Err rule_sheet_read(Ctx *c, const RuleSet *set, Str source, Str file_name, Str bytes, int fd, SheetPreview *ret) {
	Intake s = {.c = c, .set = set, .source = set->source, .p = ret};
	Strs  cells = {0};
	*ret = (SheetPreview){.text = source};
	TRY(fd >= 0 ? table_read_open(c, fd, file_name, &s.reader) : table_read_bytes(c, bytes, file_name, &s.reader));
	Err e = find_columns(&s);
	while (e == OK && table_read_next(s.reader, &cells))
		take_row(&s, &cells);
	Err end = table_read_end(s.reader);
	TRY(e);
	TRY(end);
	assemble(&s);
	return OK;
}
