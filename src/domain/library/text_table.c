/* Pipe tables. */
#include "base/buf.h"
#include "domain/library/text_inside.h"

enum { COLUMNS_MAX = 60, ROWS_MAX = 5000 };

/* Cells between unescaped pipes; the outer ones are margins. */
static void cut_cells(Arena *a, Str line, Strs *ret) {
	line = str_trim(line);
	if (str_starts(line, S("|")))
		line = str_from(line, 1);
	for (size_t from = 0, i = 0; line.len && i <= line.len; i++) {
		if (i < line.len && line.ptr[i] == '\\') {
			i++;
			continue;
		}
		if (i < line.len && line.ptr[i] != '|')
			continue;
		Str cell = str_trim(str_of(line.ptr + from, (i < line.len ? i : line.len) - from));
		if (i < line.len || cell.len)
			strs_add(a, ret, str_replace(a, cell, S("\\|"), S("|")));
		from = i + 1;
	}
}

Table table_read(Arena *a, Str source) {
	Table t = {0};
	Strs *lines = NULL;
	size_t len = 0, cap = 0;
	Strs marks = {0};
	while (source.len) {
		Str line = str_trim(str_cut(&source, '\n'));
		if (str_starts(line, S(": "))) {
			t.caption = str_trim(str_from(line, 2));
			continue;
		}
		Strs cells = {0};
		cut_cells(a, line, &cells);
		if (len == 1 && !marks.len && mark_table_line(line))
			marks = cells;
		else if (len < ROWS_MAX)
			*ARENA_PUSH(a, lines, len, cap) = cells;
	}
	for (size_t i = 0; i < len; i++)
		if (lines[i].len > t.columns)
			t.columns = lines[i].len;
	t.columns = t.columns > COLUMNS_MAX ? COLUMNS_MAX : t.columns;
	t.rows = len;
	t.at = NEW_ARRAY(a, Str, t.rows * t.columns + 1);
	t.is_number = NEW_ARRAY(a, bool, t.columns + 1);
	for (size_t i = 0; i < len; i++)
		for (size_t j = 0; j < lines[i].len && j < t.columns; j++)
			t.at[i * t.columns + j] = lines[i].at[j];
	for (size_t j = 0; j < marks.len && j < t.columns; j++)
		t.is_number[j] = str_ends(marks.at[j], S(":")) && !str_starts(marks.at[j], S(":"));
	return t;
}

Str table_write(Arena *a, const Table *t) {
	CLEANUP(buf_free) Buf out = {0};
	for (size_t i = 0; i < t->rows; i++) {
		buf_char(&out, '|');
		for (size_t j = 0; j < t->columns; j++) {
			Str cell = str_replace(a, str_replace(a, t->at[i * t->columns + j], S("|"), S("\\|")), S("\n"), S(" "));
			buf_format(&out, " %.*s |", STR_ARG(cell));
		}
		buf_char(&out, '\n');
		if (i > 0)
			continue;
		buf_char(&out, '|');
		for (size_t j = 0; j < t->columns; j++)
			buf_str(&out, t->is_number && t->is_number[j] ? S(" ---: |") : S(" --- |"));
		buf_char(&out, '\n');
	}
	if (t->caption.len)
		buf_format(&out, ": %.*s\n", STR_ARG(t->caption));
	Str s = buf_view(&out);
	return str_dup(a, str_trim(s));
}
