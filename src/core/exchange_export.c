/* exchange_export.c: the rows of a list as a file, streamed. */
#include "base/format.h"
#include "core/exchange_inside.h"
#include "core/settings.h"
#include "core/store_sql.h"
#include "core/trail.h"

typedef struct Export {
	Ctx          *c;
	const Entity *e;
	TableWriter  *writer;
	Columns      columns;
	Names        names;
	bool         for_people;
	Arena        row;
	i64          count;
} Export;

Str export_note(Ctx *c) {
	bool known = false;
	for (size_t i = 0; setting_at(i) && !known; i++)
		known = strcmp(setting_at(i)->key, "site.demo") == 0;
	if (!known || setting_int(c, "site.demo") != 1)
		return (Str){0};
	return S("Ukázková data: smyšlené údaje, které nepatří žádné skutečné organizaci ani osobě.");
}

/* ---- columns ---- */

static CellType cell_type(const Field *f) {
	switch (f->type) {
	case TYPE_INT:
		return CELL_INT;
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
		return CELL_DECIMAL;
	case TYPE_DATE:
		return CELL_DATE;
	case TYPE_BOOL:
		return CELL_BOOL;
	default:
		return CELL_TEXT;
	}
}

static int width_of(const Column *column) {
	if (column->role == COLUMN_TITLE)
		return 32;
	if (column->role != COLUMN_FIELD)
		return 14;
	switch (column->field->type) {
	case TYPE_LONGTEXT:
		return 48;
	case TYPE_TEXT:
	case TYPE_EMAIL:
	case TYPE_URL:
	case TYPE_CODES:
	case TYPE_PAIRS:
		return 30;
	case TYPE_BOOL:
	case TYPE_INT:
		return 12;
	default:
		return 16;
	}
}

static TableColumn *table_columns(Arena *a, const Columns *columns) {
	TableColumn *all = NEW_ARRAY(a, TableColumn, columns->len);
	for (size_t i = 0; i < columns->len; i++) {
		const Column *from = &columns->at[i];
		CellType type = from->role == COLUMN_ID ? CELL_INT : from->role == COLUMN_FROM || from->role == COLUMN_TO ? CELL_DATE
		              : from->role == COLUMN_FIELD ? cell_type(from->field) : CELL_TEXT;
		all[i] = (TableColumn){.key = str_z(a, column_name(a, from)), .title = str_z(a, column_label(a, from)), .type = type,
		                       .places = type == CELL_DECIMAL ? 2 : 0, .width = width_of(from)};
	}
	return all;
}

/* ---- rows ---- */

static void put_field(Export *x, const Field *f, const void *row) {
	const void *p = field_in(f, row);
	switch (f->type) {
	case TYPE_INT:
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
		table_int(x->writer, *(const i64 *)p);
		break;
	case TYPE_DATE:
		table_date(x->writer, *(const Date *)p);
		break;
	case TYPE_BOOL:
		table_bool(x->writer, *(const bool *)p);
		break;
	case TYPE_CODE:
	case TYPE_CODES:
		table_text(x->writer, x->for_people ? names_of_codes(&x->names, &x->row, f, row) : field_machine(&x->row, f, row));
		break;
	case TYPE_PAIRS:
		table_text(x->writer, x->for_people ? field_people(x->names.c, f, row) : field_machine(&x->row, f, row));
		break;
	default:
		table_text(x->writer, names_data(&x->names, &x->row, f, row));
	}
}

static Err put_row(void *arg, void *row) {
	Export           *x = arg;
	const EntityHead *h = row;
	if (is_held_back(x->e, row))
		return OK;
	arena_reset(&x->row);
	for (size_t i = 0; i < x->columns.len; i++) {
		const Column *column = &x->columns.at[i];
		switch (column->role) {
		case COLUMN_ID:
			table_int(x->writer, h->id);
			break;
		case COLUMN_FROM:
			table_date(x->writer, h->valid_from);
			break;
		case COLUMN_TO:
			table_date(x->writer, h->valid_to);
			break;
		case COLUMN_TITLE:
			table_text(x->writer, names_title(&x->names, column->field, *(const Id *)field_in(column->field, row)));
			break;
		default:
			put_field(x, column->field, row);
		}
	}
	table_row_end(x->writer);
	if (++x->count % 256 == 0 && x->c->cancelled && *x->c->cancelled)
		return fail(x->c, ERR_CANCELLED, NULL, "Stahování bylo zastaveno.");
	return OK;
}

/* ---- the file ---- */

/* Lines that say what the file is. */
static Str about(Ctx *c, const Entity *e, AsOf at) {
	CLEANUP(buf_free) Buf b = {0};
	Str note = export_note(c);
	buf_format(&b, "Seznam: %s", e->many);
	if (e->dated) {
		buf_lit(&b, "\nStav ke dni: ");
		fmt_date(&b, as_of_full(c, at).valid);
	}
	buf_lit(&b, "\nStaženo: ");
	fmt_instant(&b, c->now);
	if (note.len)
		buf_format(&b, "\n%.*s", STR_ARG(note));
	Str s = buf_take(&b, c->arena);
	buf_free(&b);
	return s;
}

/* Who took personal or secret values away stands in the journal. */
static void note_secrets(Ctx *c, const Entity *e, const Export *x) {
	bool any = false;
	for (size_t i = 0; i < x->columns.len; i++)
		any = any || (x->columns.at[i].field && x->columns.at[i].field->secret);
	if (any && !c->actor->is_program)
		journal_add(c, "export", str_format(c->arena, "%s: %lld řádků s neveřejnými údaji", e->many, (long long)x->count));
}

static Err write_rows(Export *x, const Entity *e, const ListQuery *q, FileFormat f, Buf *out) {
	Ctx *c = x->c;
	for (size_t i = 0; i < x->columns.len; i++) {
		const Field *field = x->columns.at[i].field;
		if (field)
			TRY(names_load(&x->names, field));
		if (field && field->type == TYPE_PAIRS)      /* what it keeps in memory is there before rows stream */
			(void)field->pairs->people(c, (Str){0});
	}
	Str note = about(c, e, q->at);
	x->writer = table_open(c->arena, out, f, str_c(e->many), table_columns(c->arena, &x->columns), x->columns.len, note);
	ListQuery all = *q;
	all.limit = -1;
	all.offset = 0;
	TRY(entity_each(c, e, &all, put_row, x));
	if (table_close(x->writer) != OK)
		return fail(c, ERR_STORAGE, NULL, "Soubor se nepodařilo zapsat: na disku serveru došlo místo, nebo je některý text delší, než sešit dovolí. Zkuste formát CSV.");
	note_secrets(c, e, x);
	return OK;
}

Err exchange_export(Ctx *c, const Entity *e, const ListQuery *q, FileFormat f, Buf *out) {
	bool   tells_apart;
	Arena *work = work_arena(c);
	if (!e->is_public)
		TRY(require(c, e->read));
	TRY(keys_tell_apart(c, e, q->at, &tells_apart));
	Export x = {.c = c, .e = e, .names = {.c = c, .work = work, .at = q->at}, .for_people = f == FORMAT_CSV || f == FORMAT_XLSX,
	            .row = {.on_full = c->arena->on_full}};
	x.columns = columns_out(c, e, !tells_apart, x.for_people);
	Err err = write_rows(&x, e, q, f, out);
	arena_free(&x.row);
	arena_free(work);
	return err;
}
