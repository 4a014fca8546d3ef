#include "core/xlsx_sheet.h"

#include "base/text.h"
#include "core/xlsx_value.h"

static void refuse(Sheet *s, const char *why) {
	if (str_empty(s->why)) {
		s->why = str_c(why);
		s->place = s->row ? str_format(s->kept, "řádek %lld, buňka %.*s%lld", (long long)s->row, STR_ARG(xlsx_column_name(s->kept, s->column)),
		                               (long long)s->row)
		                  : (Str){0};
	}
	xml_stop(s->xml);
}

/* ---- rows ---- */

static void start_row(Sheet *s, const char **attributes) {
	i64         n = s->row + 1;
	const char *r = xml_attribute(attributes, "r");
	if (r && (!str_to_int(str_c(r), &n) || n <= s->row || n > 1048576)) {
		refuse(s, "Řádky sešitu jsou v souboru přeházené. Zkopírujte data do nového sešitu a nahrajte ten.");
		return;
	}
	arena_reset(s->open);
	s->row = n;
	s->column = 0;
	s->width = 0;
}

static void end_row(Sheet *s) {
	if (s->width == 0)
		return;
	if (s->rows++ > TABLE_MAX_ROWS) {                     /* the header is not counted */
		refuse(s, "List má víc než 100 000 řádků. Rozdělte ho na menší.");
		return;
	}
	for (size_t i = 0; i < s->width; i++)
		if (!s->shared[i] && s->cells[i].len)
			s->cells[i] = str_dup(s->arena, s->cells[i]);
	SheetRow *row = ARENA_PUSH(s->arena, s->at, s->len, s->cap);
	*row = (SheetRow){.number = s->row, .len = s->width, .cells = arena_copy(s->arena, s->cells, s->width * sizeof *s->cells),
	                  .kinds = arena_copy(s->arena, s->kinds, s->width)};
}

/* ---- cells ---- */

static char type_of(const char *t) {
	if (!t)
		return 'n';
	if (strcmp(t, "inlineStr") == 0 || strcmp(t, "str") == 0)
		return 't';
	return t[0] && !t[1] && strchr("nsbed", t[0]) ? t[0] : 't';
}

static void start_cell(Sheet *s, const char **attributes) {
	const char *ref = xml_attribute(attributes, "r"), *style = xml_attribute(attributes, "s");
	size_t column;
	i64    row, n;
	s->type = type_of(xml_attribute(attributes, "t"));
	s->is_date = style && str_to_int(str_c(style), &n) && n >= 0 && (u64)n < s->styles->len && s->styles->is_date[n];
	s->has_value = s->has_formula = s->in_value = false;
	s->text.text.len = 0;
	s->text.skip = 0;
	s->text.in_text = false;
	if (!ref)
		return;
	if (!xlsx_cell_read(str_c(ref), &column, &row) || row != s->row || column < s->column) {
		refuse(s, "Buňky sešitu jsou v souboru přeházené. Zkopírujte data do nového sešitu a nahrajte ten.");
		return;
	}
	s->column = column;
}

static void put_cell(Sheet *s, Str text, CellKind kind) {
	if (s->column >= TABLE_MAX_COLUMNS) {
		refuse(s, "List má víc než 256 sloupců. Nechte v něm jen sloupce, které se mají načíst.");
		return;
	}
	if (text.len > TABLE_MAX_CELL) {
		refuse(s, "Text v buňce je příliš dlouhý. Zkraťte ho.");
		return;
	}
	if (!text_acceptable(text)) {
		refuse(s, "V buňce je řídicí znak. Smažte ho a napište text znovu.");
		return;
	}
	while (s->width < s->column) {
		s->cells[s->width] = (Str){0};
		s->shared[s->width] = false;
		s->kinds[s->width++] = CELL_IS_TEXT;
	}
	s->cells[s->column] = text;
	s->kinds[s->column] = (u8)kind;
	s->shared[s->column] = false;
	s->width = s->column + 1;
}

static void put_number(Sheet *s, Str written) {
	Str number;
	if (!xlsx_number(s->open, written, &number)) {
		put_cell(s, str_dup(s->open, written), CELL_IS_TEXT);   /* no number after all: the field will say what it wants */
		return;
	}
	Str day = s->is_date ? xlsx_serial(s->open, number, s->is_1904) : (Str){0};
	put_cell(s, day.len ? day : number, day.len ? CELL_IS_DATE : CELL_IS_NUMBER);
}

/* "2024-01-31T00:00:00" of strict files is a day. */
static void put_iso(Sheet *s, Str written) {
	Str time = str_from(written, 10);
	bool is_day = time.len == 0 || str_starts(time, S("T00:00:00"));
	put_cell(s, str_dup(s->open, is_day ? str_first(written, 10) : str_replace(s->open, written, S("T"), S(" "))), CELL_IS_DATE);
}

static void put_shared(Sheet *s, Str written) {
	i64 n;
	if (!str_to_int(str_trim(written), &n) || n < 0 || (u64)n >= s->strings->len) {
		refuse(s, "Sešit odkazuje na text, který v něm není. Otevřete jej v tabulkovém programu, uložte znovu a nahrajte.");
		return;
	}
	Str text = shared_string(s->strings, (size_t)n);
	if (text.len == 0)
		return;
	put_cell(s, text, CELL_IS_TEXT);
	if (s->column < TABLE_MAX_COLUMNS)
		s->shared[s->column] = true;
}

static void end_cell(Sheet *s) {
	Str text = buf_view(&s->text.text);
	if (!s->has_value && s->has_formula) {
		put_cell(s, S("vzorec"), CELL_HAS_NO_VALUE);
	} else if (text.len) {
		switch (s->type) {
		case 'n':
			put_number(s, text);
			break;
		case 's':
			put_shared(s, text);
			break;
		case 'b':
			put_cell(s, str_eq(text, S("1")) || str_eq(text, S("true")) ? S("ano") : S("ne"), CELL_IS_BOOL);
			break;
		case 'd':
			put_iso(s, text);
			break;
		default:
			put_cell(s, xlsx_unescape(s->open, str_dup(s->open, text)), s->type == 'e' ? CELL_IS_ERROR : CELL_IS_TEXT);
		}
	}
	s->column++;
}

/* ---- events ---- */

static void on_start(void *arg, const char *name, const char **attributes) {
	Sheet *s = arg;
	if (strcmp(name, "sheetData") == 0) {
		s->in_data = true;
	} else if (!s->in_data) {
		return;
	} else if (strcmp(name, "row") == 0) {
		start_row(s, attributes);
	} else if (strcmp(name, "c") == 0) {
		start_cell(s, attributes);
	} else if (strcmp(name, "v") == 0) {
		s->in_value = s->has_value = true;
	} else if (strcmp(name, "f") == 0) {
		s->has_formula = true;
	} else {
		rich_start(&s->text, name);
		s->has_value |= s->text.in_text;
	}
}

static void on_end(void *arg, const char *name) {
	Sheet *s = arg;
	if (strcmp(name, "sheetData") == 0) {
		s->in_data = false;
		xml_stop(s->xml);                            /* what follows is looks */
	} else if (!s->in_data) {
		return;
	} else if (strcmp(name, "row") == 0) {
		end_row(s);
	} else if (strcmp(name, "c") == 0) {
		end_cell(s);
	} else if (strcmp(name, "v") == 0) {
		s->in_value = false;
	} else {
		rich_end(&s->text, name);
	}
}

static void on_text(void *arg, Str piece) {
	Sheet *s = arg;
	if (s->in_value)
		buf_str(&s->text.text, piece);
	else
		rich_text(&s->text, piece);
	if (s->text.text.len > 4 * TABLE_MAX_CELL)
		refuse(s, "Text v buňce je příliš dlouhý. Zkraťte ho.");
}

static void free_text(void *arg) {
	Sheet *s = arg;
	buf_free(&s->text.text);
}

XmlHandler sheet_handler(Sheet *s) {
	arena_defer(s->kept, free_text, s);
	return (XmlHandler){s, on_start, on_end, on_text};
}
