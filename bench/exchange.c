/* exchange.c: a workbook of 10,000 rows and 30 columns into a store, judged cell by cell, and given back with its errors marked:
 * bench-exchange STORE FOLDER ROWS. The store is one that `sitovka init` made; the entity is the benchmark's own. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "core/exchange.h"

#define SHEET_FIELDS(F, T) \
	F(T, mark, text, "Značka", .required = true, .unique = true) \
	F(T, name, text, "Název", .required = true, .search = true, .sort = true) \
	F(T, street, text, "Ulice") F(T, town, text, "Obec") F(T, contact, text, "Kontaktní osoba") F(T, note, longtext, "Poznámka") \
	F(T, mail, email, "E-mail") F(T, phone, phone, "Telefon") F(T, kind, code, "Druh", .codelist = "service_kind") \
	F(T, since, date, "Od") F(T, until, date, "Do") F(T, checked, date, "Kontrola") F(T, open, bool, "Otevřeno") F(T, own, bool, "Vlastní") \
	F(T, beds, int, "Lůžka", .max = 500) F(T, clients, int, "Klienti", .max = 100000) F(T, hours, int, "Hodiny") F(T, visits, int, "Návštěvy") \
	F(T, refused, int, "Odmítnutí") F(T, waiting, int, "Čekající") F(T, wages, money, "Mzdy") F(T, rent, money, "Nájem") F(T, energy, money, "Energie") \
	F(T, fees, money, "Úhrady") F(T, grants, money, "Dotace") F(T, gifts, money, "Dary") F(T, care, fte, "Úvazky v péči") F(T, others, fte, "Ostatní úvazky") \
	F(T, share, percent, "Podíl") F(T, occupancy, percent, "Obložnost")
ENTITY_STRUCT(Wide, SHEET_FIELDS)
ENTITY(wide_entity, Wide, SHEET_FIELDS, .name = "bench_sheet", .table = "bench_sheet", .one = "řádek", .many = "řádky", .of_many = "řádků", .article = "m",
       .key = "mark", .title = "name", .read = "public", .write = "public", .is_public = true)

static const char table[] =
	"CREATE TABLE bench_sheet (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, mark TEXT NOT NULL UNIQUE, name TEXT NOT NULL, name_sort BLOB NOT NULL,"
	" name_fold TEXT NOT NULL, street TEXT NOT NULL, town TEXT NOT NULL, contact TEXT NOT NULL, note TEXT NOT NULL, mail TEXT NOT NULL, phone TEXT NOT NULL,"
	" kind TEXT NOT NULL, since TEXT, until TEXT, checked TEXT, open INTEGER NOT NULL, own INTEGER NOT NULL, beds INTEGER, clients INTEGER, hours INTEGER,"
	" visits INTEGER, refused INTEGER, waiting INTEGER, wages INTEGER, rent INTEGER, energy INTEGER, fees INTEGER, grants INTEGER, gifts INTEGER, care INTEGER,"
	" others INTEGER, share INTEGER, occupancy INTEGER) STRICT";

static const Entity *const entities[] = {&wide_entity};

/* ---- the workbook ---- */

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

static Str text_of(Arena *a, const Field *f, i64 n) {
	if (f->type == TYPE_CODE)
		return n % 2 ? S("40") : S("49");
	if (f->type == TYPE_EMAIL)
		return str_format(a, "osoba%lld@example.cz", (long long)n);
	if (f->type == TYPE_PHONE)
		return str_format(a, "+420 485 %03lld %03lld", (long long)(n / 1000 % 1000), (long long)(n % 1000));
	return str_format(a, "%s č. %lld", f->label, (long long)(strcmp(f->name, "mark") == 0 ? n : n % 1000));
}

static void put_cell(TableWriter *w, Arena *a, const Field *f, i64 n) {
	switch (cell_type(f)) {
	case CELL_TEXT:
		table_text(w, text_of(a, f, n));
		break;
	case CELL_DATE:
		table_date(w, date(2020 + (int)(n % 6), 1 + (int)(n % 12), 1 + (int)(n % 28)));
		break;
	case CELL_BOOL:
		table_bool(w, n % 2 == 0);
		break;
	default:
		table_int(w, n % 400);
	}
}

/* Every tenth row has a wrong cell, each time of another column. Returns how many. */
static i64 write_workbook(Arena *a, Buf *out, i64 rows) {
	TableColumn *columns = NEW_ARRAY(a, TableColumn, wide_entity.field_count);
	for (size_t i = 0; i < wide_entity.field_count; i++) {
		const Field *f = &wide_entity.fields[i];
		CellType     type = cell_type(f);
		columns[i] = (TableColumn){.key = f->name, .title = f->label, .type = type, .places = type == CELL_DECIMAL ? 2 : 0};
	}
	TableWriter *w = table_open(a, out, FORMAT_XLSX, S("Data"), columns, wide_entity.field_count, (Str){0});
	i64 wrong = 0;
	for (i64 n = 0; n < rows; n++) {
		CLEANUP(arena_free) Arena one = {0};
		size_t bad = n % 10 == 5 ? 8 + (size_t)(n / 10) % 22 : SIZE_MAX;      /* those that are more than texts */
		for (size_t i = 0; i < wide_entity.field_count; i++)
			if (i == bad)
				table_text(w, S("kolem deseti"));
			else
				put_cell(w, &one, &wide_entity.fields[i], n);
		wrong += bad != SIZE_MAX;
		table_row_end(w);
	}
	return table_close(w) == OK ? wrong : -1;
}

/* ---- measuring ---- */

static double wall(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu(void) {
	struct rusage u, children;
	getrusage(RUSAGE_SELF, &u);
	getrusage(RUSAGE_CHILDREN, &children);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec + children.ru_utime.tv_sec + children.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec + children.ru_utime.tv_usec + children.ru_stime.tv_usec) / 1e6;
}

static Err measure(Ctx *c, i64 rows) {
	CLEANUP(buf_free) Buf in = {0};
	CLEANUP(buf_free) Buf out = {0};
	i64           wrong = write_workbook(c->arena, &in, rows);
	ImportPreview p;
	double        wall0 = wall(), cpu0 = cpu();
	TRY(exchange_preview(c, &wide_entity, S("vykaz.xlsx"), buf_view(&in), -1, &p));
	double wall1 = wall(), cpu1 = cpu();
	TRY(exchange_annotated(c, p.id, &out));
	double wall2 = wall(), cpu2 = cpu();
	printf("rows %lld columns %zu kilobytes %zu wrong %lld found %lld new %lld\n", (long long)rows, wide_entity.field_count, in.len / 1000, (long long)wrong,
	       (long long)p.errors, (long long)p.added);
	printf("judged %.2f %.2f\nmarked %.2f %.2f\n", wall1 - wall0, cpu1 - cpu0, wall2 - wall1, cpu2 - cpu1);
	return p.errors == wrong ? OK : ERR_INTERNAL;
}

int main(int argc, char **argv) {
	CLEANUP(arena_free) Arena a = {0};
	Db          *db;
	Conn        *conn;
	Str          why = {0};
	i64          rows;
	size_t       count = LEN(entities);
	const Entity *const *list = entities;
	crypto_start();
	if (argc != 4 || !str_to_int(str_c(argv[3]), &rows) || db_open(&a, argv[1], (DbOptions){0}, &db, &why) != OK) {
		fprintf(stderr, "bench-exchange STORE FOLDER ROWS\n%.*s\n", STR_ARG(why));
		return 2;
	}
	files_set_folder(argv[2]);
	exchange_setup(&list, &count, 1);
	Err e = db_write_begin(db, &conn);
	if (e == OK)
		e = db_script(conn, table);
	if (e == OK)
		e = db_commit(conn);
	Ctx c = ctx_make(&a, db, &actor_program, instant_now());
	if (e == OK)
		e = measure(&c, rows);
	if (e != OK)
		fprintf(stderr, "%s: %.*s\n", err_name(e), STR_ARG(first_problem(&c)));
	ctx_end(&c);
	db_close(db);
	return e == OK ? 0 : 1;
}
