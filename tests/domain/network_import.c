/* A whole network as a workbook: what goes out comes back as no change, also through another program, and each wrong cell is reported at its own place. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/hash.h"
#include "tests/domain/exchange.h"
#include "tests/domain/network_given.h"

enum { LINES = 500, KINDS = 25, EACH = 12 };

/* Lines that differ in everything that a sheet shows. */
static void fill(NetGiven *n) {
	static const char *const areas[] = {"Liberec 60; Tanvald 40", "Liberec", "Jilemnice 33,33; Semily 33,33; Turnov 33,34", "Nový Bor 50; Česká Lípa 50",
	                                    "obec Desná 25,5; obec Pěnčín (ORP Turnov) 34,5; Turnov 40"};
	static const char *const levels[] = {"Z1", "Z2", "Z1v"}, *const notes[] = {"", "první řádek\ndruhý; řádek", "=vzorec", "„uvozovky“ a \"uvozovky\""};
	Rand r = rand_seed(500);
	Tx   tx = {0};
	MUST(tx_begin(n->c, &tx));
	for (int i = 0; i < LINES; i++) {
		Line *l = network_line(n, "");
		l->number = str_format(t_arena, "%04d", i + 1);
		l->name = str_format(t_arena, "Služba č. %d, pobočka „Žlutý kůň“", i + 1);
		MUST(line_areas.read(n->c, entity_field(&line_entity, S("areas")), str_c(areas[(size_t)i % LEN(areas)]), &l->areas));
		l->capacity = fte(rand_range(&r, 1, 400) * 25);
		l->level = str_c(levels[i % 3]);
		l->note = str_c(notes[i % 4]);
		l->points = rand_range(&r, 0, 100);
		l->project_financed = i % 7 == 0;
		l->until = i % 7 == 0 ? D(2027, 12, 31) : (Date){0};
		l->regionality = (Percent){i % 5 ? 10000 : 8333};
		l->ceilings = i % 11 ? str_format(t_arena, "2025=%lld,2026=%lld", (long long)rand_range(&r, 0, 9000000) * 100, (long long)rand_range(&r, 0, 900000000)) : S("");
		MUST(history_create_judged(n->c, &line_entity, l, D(2025, 1, 1), (Date){0}));
	}
	MUST(tx_commit(&tx));
}

static Str whole_file(const char *name) {
	int    fd = open(name, O_RDONLY | O_CLOEXEC);
	char  *bytes = arena_alloc(t_arena, 4 << 20);
	ssize_t n = fd < 0 ? -1 : read(fd, bytes, 4 << 20);
	if (n <= 0)
		test_fail(__FILE__, __LINE__, "%s cannot be read", name);
	close(fd);
	return str_of(bytes, (size_t)n);
}

static void keep(const char *name, Str bytes) {
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	EXPECT(fd >= 0 && write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len);
	close(fd);
}

static void no_change(Ctx *c, const char *name, Str bytes) {
	ImportPreview p = preview_of(c, &line_entity, name, bytes);
	for (size_t i = 0; i < p.len; i++)
		for (size_t k = 0; k < p.at[i].cell_count; k++) {
			const ImportCell *x = &p.at[i].cells[k];
			test_fail(__FILE__, __LINE__, "%s, %.*s: %.*s → %.*s %.*s", name, STR_ARG(x->place), STR_ARG(x->before), STR_ARG(x->after), STR_ARG(x->error));
		}
	EQ_INT(p.same, LINES);
	EQ_INT(p.added + p.changed + p.errors, 0);
}

/* tests/proofs/network.sh sets NETWORK_WORKBOOK to keep the workbook, and NETWORK_WORKBOOK_BACK to read one that another program wrote. */
TEST("network: G13: a network of 500 lines as a workbook or a table comes back as no change") {
	const char *keep_as = getenv("NETWORK_WORKBOOK"), *back = getenv("NETWORK_WORKBOOK_BACK");
	NetGiven    n;
	network_given(&n);
	given_files_folder();
	fill(&n);
	for (size_t i = 0; i < LEN(all_formats); i++) {
		Str bytes = export_of(n.c, &line_entity, all_formats[i]);
		if (keep_as && all_formats[i] == FORMAT_XLSX)
			keep(keep_as, bytes);
		no_change(n.c, format_name(all_formats[i]), bytes);
	}
	if (back)
		no_change(n.c, "zpet.xlsx", whole_file(back));
}

/* ---- wrong cells ---- */

static const struct { const char *column, *wrong, *part; } faults[KINDS] = {
	{"Síť", "neexistuje", "v evidenci není"},
	{"Síť", "", "povinný"},
	{"Služba", "9999999", "v evidenci není"},
	{"Služba", "", "doplňte identifikátor"},
	{"Poskytovatel", "12345678", "v evidenci není"},
	{"Poskytovatel", "", "povinný"},
	{"Název služby", "", "povinný"},
	{"Název služby", NULL, "Zkraťte"},
	{"Druh služby", "létání", "číselník nezná"},
	{"Druh služby", "osobní asistence", "vedena jako"},
	{"Formy", "letecká", "číselník nezná"},
	{"Formy", "", "povinný"},
	{"Cílové skupiny", "marťani", "číselník nezná"},
	{"Územní působnost", "Liberec 60 %; Tanvald 30 %", "mají dát 100"},
	{"Územní působnost", "Atlantida 100 %", "neznáme"},
	{"Územní působnost", "", "povinný"},
	{"Jednotka", "bochník", "číselník nezná"},
	{"Kapacita v síti", "hodně", "Kapacita v síti"},
	{"Kapacita v síti", "0", "větší než nula"},
	{"Úroveň", "Z9", "číselník nezná"},
	{"Stav", "vyřazená", "nový řádek"},
	{"Regionalita", "120", "od 0 do 100"},
	{"V síti od", "31. 2. 2026", "V síti od"},
	{"Zařazena do", "1. 1. 1999", "je dřív"},
	{"Strop vyrovnávací platby", "1999: 5", "není rok"},
};

static size_t column_of(const Strs *heads, const char *title) {
	for (size_t i = 0; i < heads->len; i++)
		if (str_eq(heads->at[i], str_c(title)))
			return i;
	test_fail(__FILE__, __LINE__, "the sheet has no column %s", title);
}

static Str cell_name(size_t column, size_t row) {
	return column < 26 ? str_format(t_arena, "%c%zu", (char)('A' + column), row) : str_format(t_arena, "%c%c%zu", (char)('A' + column / 26 - 1), (char)('A' + column % 26), row);
}

/* One whole row, as an export for people writes it. */
static void sample(NetGiven *n, Strs *heads, Strs *cells) {
	Str        bytes = export_of(n->c, &line_entity, FORMAT_CSV);
	CsvReader *r = csv_open(t_arena, bytes, (CsvLimits){0});
	Strs       row;
	EXPECT(csv_next(r, &row));
	for (size_t i = 0; i < row.len; i++)
		strs_add(t_arena, heads, str_dup(t_arena, row.at[i]));
	EXPECT(csv_next(r, &row));
	for (size_t i = 0; i < row.len; i++)
		strs_add(t_arena, cells, csv_unguard(str_dup(t_arena, row.at[i])));
}

TEST("network: G13: in a workbook of 500 lines with 300 wrong cells of 25 kinds exactly those 300 cells are reported, each with what to do") {
	NetGiven n;
	Strs     heads = {0}, cells = {0};
	network_given(&n);
	given_files_folder();
	MUST(line_write(n.c, network_line(&n, "VZOR"), D(2025, 1, 1), (Date){0}));
	sample(&n, &heads, &cells);
	TableColumn *columns = NEW_ARRAY(t_arena, TableColumn, heads.len);
	for (size_t i = 0; i < heads.len; i++)
		columns[i] = (TableColumn){.key = str_z(t_arena, heads.at[i]), .title = str_z(t_arena, heads.at[i])};
	CLEANUP(buf_free) Buf out = {0}, long_name = {0};
	for (int i = 0; i < 301; i++)
		buf_lit(&long_name, "ž");
	TableWriter *w = table_open(t_arena, &out, FORMAT_XLSX, S("Síť"), columns, heads.len, (Str){0});
	Str          expected[LINES];
	size_t       kind_of[LINES];
	for (size_t i = 0; i < LINES; i++) {
		size_t kind = i * 3 % 5 < 3 ? i : SIZE_MAX;              /* three rows of five are wrong */
		static size_t wrong;
		if (i == 0)
			wrong = 0;
		expected[i] = (Str){0};
		kind_of[i] = kind == SIZE_MAX || wrong >= KINDS * EACH ? SIZE_MAX : wrong++ % KINDS;
		size_t bad = kind_of[i] == SIZE_MAX ? SIZE_MAX : column_of(&heads, faults[kind_of[i]].column);
		for (size_t k = 0; k < heads.len; k++) {
			Str cell = str_eq(heads.at[k], S("Číslo řádku")) ? str_format(t_arena, "N%04zu", i + 1) : cells.at[k];
			if (k == bad) {
				cell = faults[kind_of[i]].wrong ? str_c(faults[kind_of[i]].wrong) : buf_view(&long_name);
				expected[i] = cell_name(k, i + 2);
			}
			table_text(w, cell);
		}
		table_row_end(w);
	}
	MUST(table_close(w));
	ImportPreview p = preview_of(n.c, &line_entity, "sit.xlsx", buf_view(&out));
	size_t found = 0, kinds[KINDS] = {0};
	for (size_t i = 0; i < p.len; i++)
		for (size_t k = 0; k < p.at[i].cell_count; k++) {
			const ImportCell *x = &p.at[i].cells[k];
			if (!x->error.len)
				continue;
			size_t line = (size_t)p.at[i].line - 2;
			EXPECT(line < LINES);
			if (kind_of[line] == SIZE_MAX || !str_ends(x->place, expected[line]) || !str_has(x->error, str_c(faults[kind_of[line]].part)))
				test_fail(__FILE__, __LINE__, "%.*s (expected %.*s): %.*s", STR_ARG(x->place), STR_ARG(expected[line]), STR_ARG(x->error));
			kinds[kind_of[line]]++;
			found++;
		}
	EQ_INT(found, KINDS * EACH);
	for (size_t i = 0; i < KINDS; i++)
		EQ_INT(kinds[i], EACH);
	EQ_INT(p.errors, KINDS * EACH);
	EQ_INT(p.added, LINES - KINDS * EACH);
}
