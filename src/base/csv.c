#include "base/csv.h"
#include "base/text.h"

struct CsvReader {
	Arena      *arena;
	Str         text;                        /* UTF-8 without a byte order mark */
	size_t      pos;
	char        delimiter;
	const char *encoding;
	CsvLimits   limits;
	Strs        cells;
	u64         row;
	Str         why;
	bool        failed;
	char       *room;                        /* for cells of this row that hold doubled quotes */
	size_t      room_used, room_size;
};

/* ---- the file ---- */

/* UTF-16 without a mark: the header line of an office file has ASCII letters, whose other half is zero. */
static bool looks_utf16(Str s, size_t zero_at) {
	return s.len >= 4 && s.len % 2 == 0 && s.ptr[zero_at] == 0 && s.ptr[zero_at + 2] == 0 && s.ptr[1 - zero_at] != 0;
}

static void decode(CsvReader *r, Str bytes) {
	r->encoding = "UTF-8";
	r->text = bytes;
	if (str_starts(bytes, S("\xEF\xBB\xBF"))) {
		r->text = str_from(bytes, 3);        /* says that it is UTF-8; a cell that is not will be named */
		return;
	}
	bool little = str_starts(bytes, S("\xFF\xFE")) || looks_utf16(bytes, 1);
	bool big = str_starts(bytes, S("\xFE\xFF")) || looks_utf16(bytes, 0);
	if (little || big) {
		r->encoding = "UTF-16";
		r->text = text_from_utf16(r->arena, bytes, little);
	} else if (!utf8_valid(bytes)) {
		r->encoding = "windows-1250";
		r->text = text_from_cp1250(r->arena, bytes);
	}
}

/* The one of ; TAB , that stands most often in the header line outside quotes; the first of equals. */
static char sniff_delimiter(Str text) {
	static const char kinds[] = {';', '\t', ','};
	size_t count[LEN(kinds)] = {0}, best = 0;
	bool quoted = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (c == '"')
			quoted = !quoted;
		if (!quoted && (c == '\n' || c == '\r'))
			break;
		for (size_t k = 0; k < LEN(kinds); k++)
			count[k] += !quoted && c == kinds[k];
	}
	for (size_t k = 1; k < LEN(kinds); k++)
		if (count[k] > count[best])
			best = k;
	return kinds[best];
}

CsvReader *csv_open(Arena *a, Str bytes, CsvLimits limits) {
	CsvReader *r = NEW(a, CsvReader, .arena = a, .limits = limits);
	if (r->limits.rows == 0)
		r->limits.rows = 100000;
	if (r->limits.columns == 0)
		r->limits.columns = 256;
	if (r->limits.cell == 0)
		r->limits.cell = 32 * 1024;
	decode(r, bytes);
	r->delimiter = sniff_delimiter(r->text);
	return r;
}

/* ---- one row ---- */

/* A problem in the cell that is being read: the next one after those in `cells`. */
static bool fail(CsvReader *r, const char *sentence) {
	r->failed = true;
	r->why = str_format(r->arena, "Řádek %llu, sloupec %zu: %s", (unsigned long long)r->row, r->cells.len + 1, sentence);
	return false;
}

static bool at_line_end(const CsvReader *r) {
	return r->pos == r->text.len || r->text.ptr[r->pos] == '\n' || r->text.ptr[r->pos] == '\r';
}

/* Past CRLF, LF or CR. */
static void pass_line_end(CsvReader *r) {
	bool is_cr = r->text.ptr[r->pos++] == '\r';
	if (is_cr && r->pos < r->text.len && r->text.ptr[r->pos] == '\n')
		r->pos++;
}

/* Memory of this row; what earlier cells hold stays where it is. */
static char *row_room(CsvReader *r, size_t n) {
	if (r->room_size - r->room_used < n) {
		r->room_size = n > r->room_size * 2 ? n : r->room_size * 2;
		r->room = arena_alloc(r->arena, r->room_size);
		r->room_used = 0;
	}
	char *p = r->room + r->room_used;
	r->room_used += n;
	return p;
}

static Str single_quotes(CsvReader *r, Str raw) {
	char *start = row_room(r, raw.len), *to = start;
	for (size_t i = 0; i < raw.len; i++) {
		*to++ = raw.ptr[i];
		i += raw.ptr[i] == '"';              /* quotes come in pairs here */
	}
	return (Str){start, (size_t)(to - start)};
}

static bool read_quoted(CsvReader *r, Str *ret) {
	size_t from = ++r->pos;
	bool doubled = false;
	for (;; r->pos += 2, doubled = true) {
		i64 at = str_find_char(str_from(r->text, r->pos), '"');
		if (at < 0)
			return fail(r, "buňka začíná uvozovkou, ale druhá uvozovka, která ji ukončí, v souboru není. Doplňte ji.");
		r->pos += (size_t)at;
		if (r->pos + 1 == r->text.len || r->text.ptr[r->pos + 1] != '"')
			break;
	}
	*ret = (Str){r->text.ptr + from, r->pos - from};
	r->pos++;
	if (!at_line_end(r) && r->text.ptr[r->pos] != r->delimiter)
		return fail(r, "za uvozovkou, která končí buňku, smí stát jen oddělovač nebo konec řádku. Uvozovku uvnitř textu zdvojte.");
	if (doubled)
		*ret = single_quotes(r, *ret);
	return true;
}

static bool read_plain(CsvReader *r, Str *ret) {
	size_t from = r->pos;
	for (; !at_line_end(r) && r->text.ptr[r->pos] != r->delimiter; r->pos++)
		if (r->text.ptr[r->pos] == '"')
			return fail(r, "uvozovka stojí uprostřed buňky. Dejte celou buňku do uvozovek a uvozovku uvnitř zdvojte.");
	*ret = (Str){r->text.ptr + from, r->pos - from};
	return true;
}

static bool read_cell(CsvReader *r) {
	Str cell;
	if (r->cells.len == r->limits.columns)
		return fail(r, "řádek má víc sloupců, než soubor smí mít. Odstraňte sloupce navíc.");
	bool quoted = !at_line_end(r) && r->text.ptr[r->pos] == '"';
	if (!(quoted ? read_quoted(r, &cell) : read_plain(r, &cell)))
		return false;
	if (cell.len > r->limits.cell)
		return fail(r, "text v buňce je příliš dlouhý. Zkraťte ho.");
	if (!utf8_valid(cell))
		return fail(r, "text není v kódování UTF-8. Uložte soubor znovu jako „CSV UTF-8“.");
	if (!text_acceptable(cell))
		return fail(r, "v buňce je řídicí znak. Smažte ho a napište text znovu.");
	if (r->encoding[0] != 'U' && str_has(cell, S("\xEF\xBF\xBD")))
		return fail(r, "v buňce je znak, který kódování windows-1250 nezná. Uložte soubor znovu jako „CSV UTF-8“.");
	strs_add(r->arena, &r->cells, cell);
	return true;
}

bool csv_next(CsvReader *r, Strs *cells) {
	if (r->failed)
		return false;
	r->cells.len = 0;
	r->room_used = 0;
	for (; r->pos < r->text.len && at_line_end(r); r->row++)     /* empty lines count, but say nothing */
		pass_line_end(r);
	if (r->pos == r->text.len)
		return false;
	if (r->row++ > r->limits.rows)           /* the header is not counted */
		return fail(r, "soubor má víc řádků, než smí mít. Rozdělte ho na menší.");
	for (;; r->pos++) {
		if (!read_cell(r))
			return false;
		if (at_line_end(r))
			break;
	}
	if (r->pos < r->text.len)
		pass_line_end(r);
	*cells = r->cells;
	return true;
}

Str csv_why(const CsvReader *r) {
	return r->why;
}

u64 csv_row(const CsvReader *r) {
	return r->row;
}

char csv_delimiter(const CsvReader *r) {
	return r->delimiter;
}

const char *csv_encoding(const CsvReader *r) {
	return r->encoding;
}
