#include "base/csv.h"
#include "domain/register/generate.h"

#include <stdlib.h>

enum { MOST_COLUMNS = 8 };

/* Rows of a file as the wanted columns, in the wanted order. */
typedef struct Table {
	CsvReader  *csv;
	int         place[MOST_COLUMNS];
	int         columns;
	const char *file;
} Table;

static Err wrong(Arena *a, Str *why, const Table *t, Str what) {
	*why = str_format(a, "Soubor %s nelze použít: %.*s", t->file, STR_ARG(what));
	return ERR_INVALID;
}

static Err open_table(Arena *a, Str bytes, const char *file, const char *const *names, int columns, Table *t, Str *why) {
	*t = (Table){.csv = csv_open(a, bytes, (CsvLimits){0}), .columns = columns, .file = file};
	Strs header;
	if (!csv_next(t->csv, &header))
		return wrong(a, why, t, str_empty(csv_why(t->csv)) ? S("Soubor je prázdný.") : csv_why(t->csv));
	for (int i = 0; i < columns; i++) {
		size_t at = 0;
		while (at < header.len && !str_eq(header.at[at], str_c(names[i])))
			at++;
		if (at == header.len)
			return wrong(a, why, t, str_format(a, "V hlavičce chybí sloupec %s.", names[i]));
		t->place[i] = (int)at;
	}
	return OK;
}

static Str cell(const Table *t, const Strs *row, int column) {
	size_t at = (size_t)t->place[column];
	return at < row->len ? row->at[at] : (Str){0};
}

static Err read_code(Arena *a, const Table *t, const Strs *row, int column, bool may_be_empty, u32 *ret, Str *why) {
	Str text = cell(t, row, column);
	i64 n = 0;
	if (!(may_be_empty && str_empty(text)) && (!str_to_int(text, &n) || n < 0 || n > UINT32_MAX))
		return wrong(a, why, t, str_format(a, "Na řádku %llu není číslo, kde má být: %.*s.",
			(unsigned long long)csv_row(t->csv), STR_ARG(text)));
	*ret = (u32)n;
	return OK;
}

static int by_place(const void *x, const void *y) {
	const RegisterMunicipality *a = x, *b = y;
	if (a->region != b->region)
		return a->region < b->region ? -1 : 1;
	if (a->county != b->county)
		return a->county < b->county ? -1 : 1;
	return a->code < b->code ? -1 : a->code > b->code;
}

static int by_municipality(const void *x, const void *y) {
	const RegisterPart *a = x, *b = y;
	if (a->municipality != b->municipality)
		return a->municipality < b->municipality ? -1 : 1;
	return a->code < b->code ? -1 : a->code > b->code;
}

static void join_parts(RegisterTerritory *t) {
	for (size_t i = 0; i < t->count; i++) {
		RegisterMunicipality *m = &t->municipalities[i];
		size_t low = 0, high = t->part_count;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (t->parts[middle].municipality < m->code)
				low = middle + 1;
			else
				high = middle;
		}
		m->first_part = (u32)low;
		while (low < t->part_count && t->parts[low].municipality == m->code)
			low++;
		m->part_count = (u32)low - m->first_part;
	}
}

Err register_territory_read(Arena *a, Str municipalities_csv, Str parts_csv, RegisterTerritory *ret, Str *why) {
	static const char *const columns[] = {"kod_obce", "nazev", "kod_okresu_ruian_od_2021", "kod_kraje_ruian", "obyvatel_2020_12_31"};
	static const char *const part_columns[] = {"kod_casti_obce", "kod_obce", "psc"};
	RegisterTerritory t = {0};
	size_t room = 0;
	Table table;
	Strs row;
	TRY(open_table(a, municipalities_csv, "obce_cr.csv", columns, LEN(columns), &table, why));
	while (csv_next(table.csv, &row)) {
		RegisterMunicipality *m = ARENA_PUSH(a, t.municipalities, t.count, room);
		*m = (RegisterMunicipality){.name = str_dup(a, cell(&table, &row, 1))};
		TRY(read_code(a, &table, &row, 0, false, &m->code, why));
		TRY(read_code(a, &table, &row, 2, false, &m->county, why));
		TRY(read_code(a, &table, &row, 3, false, &m->region, why));
		TRY(read_code(a, &table, &row, 4, true, &m->population, why));
	}
	if (!str_empty(csv_why(table.csv)))
		return wrong(a, why, &table, csv_why(table.csv));

	room = 0;
	TRY(open_table(a, parts_csv, "casti_obci_psc_lbk.csv", part_columns, LEN(part_columns), &table, why));
	while (csv_next(table.csv, &row)) {
		RegisterPart *part = ARENA_PUSH(a, t.parts, t.part_count, room);
		*part = (RegisterPart){.postcode = str_dup(a, cell(&table, &row, 2))};
		TRY(read_code(a, &table, &row, 0, false, &part->code, why));
		TRY(read_code(a, &table, &row, 1, false, &part->municipality, why));
	}
	if (!str_empty(csv_why(table.csv)))
		return wrong(a, why, &table, csv_why(table.csv));

	if (t.count)
		qsort(t.municipalities, t.count, sizeof *t.municipalities, by_place);
	if (t.part_count)
		qsort(t.parts, t.part_count, sizeof *t.parts, by_municipality);
	join_parts(&t);
	*ret = t;
	return OK;
}
