#include "base/csv.h"
#include "base/format.h"

/* Would a spreadsheet take the cell for a formula, or its apostrophe for a sign of its own? The first character that is not
 * blank decides; programs differ in what they call blank, so we take more. */
static bool needs_guard(Str s) {
	for (size_t pos = 0; pos < s.len;) {
		u32 c = utf8_next(s, &pos);
		switch (c) {
		case '=': case '+': case '-': case '@': case '|': case '%': case '\t': case '\r': case '\'':
			return true;
		case ' ': case '\n': case '\v': case '\f': case 0xA0: case 0x200B: case 0x202F: case 0x3000: case 0xFEFF:
			continue;
		default:
			return false;
		}
	}
	return false;
}

Str csv_unguard(Str cell) {
	return str_starts(cell, S("'")) && needs_guard(str_from(cell, 1)) ? str_from(cell, 1) : cell;
}

static bool needs_quotes(Str s) {
	for (size_t i = 0; i < s.len; i++)
		switch (s.ptr[i]) {
		case ';': case ',': case '\t': case '"': case '\r': case '\n': return true;
		}
	return s.len > 0 && (s.ptr[0] == ' ' || s.ptr[s.len - 1] == ' ');
}

static bool start_cell(CsvWriter *w) {
	bool is_first = !w->in_row;
	if (!w->started && w->kind == CSV_PEOPLE)
		buf_lit(w->out, "\xEF\xBB\xBF");
	if (!is_first)
		buf_char(w->out, w->kind == CSV_PEOPLE ? ';' : ',');
	w->started = w->in_row = true;
	return is_first;
}

/* An empty cell at the start of a row has quotes, or a row of one empty cell would be an empty line. */
static void put_empty(CsvWriter *w, bool is_first) {
	if (is_first)
		buf_lit(w->out, "\"\"");
}

void csv_text(CsvWriter *w, Str s) {
	bool is_first = start_cell(w), quoted = needs_quotes(s);
	if (s.len == 0)
		put_empty(w, is_first);
	if (quoted)
		buf_char(w->out, '"');
	if (needs_guard(s))
		buf_char(w->out, '\'');
	while (s.len) {
		i64 at = str_find_char(s, '"');
		size_t n = at < 0 ? s.len : (size_t)at + 1;
		buf_put(w->out, s.ptr, n);
		if (at >= 0)
			buf_char(w->out, '"');
		s = str_from(s, n);
	}
	if (quoted)
		buf_char(w->out, '"');
}

void csv_number(CsvWriter *w, i64 n, int places) {
	bool is_first = start_cell(w);
	if (n == BLANK)
		put_empty(w, is_first);
	else
		fmt_plain(w->out, n, places, w->kind == CSV_PEOPLE ? ',' : '.');
}

void csv_row_end(CsvWriter *w) {
	buf_lit(w->out, "\r\n");
	w->in_row = false;
}
