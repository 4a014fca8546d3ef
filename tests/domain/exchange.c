/* Files in and out: what goes out comes back as no change, what was edited is exactly what the preview shows, and all or nothing is applied. */
#include "tests/domain/exchange.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "core/access.h"
#include "core/codelist.h"
#include "core/history.h"
#include "core/table_inside.h"
#include "core/trail.h"
#include "core/xlsx_zip.h"

#define OWNER_FIELDS(F, T) \
	F(T, ico, ico, "IČO", .required = true) \
	F(T, name, text, "Jméno", .required = true, .sort = true) \
	F(T, login, email, "E-mail", .unique = true)
ENTITY_STRUCT(Owner, OWNER_FIELDS)
ENTITY(owner_entity, Owner, OWNER_FIELDS, .name = "x_owner", .table = "x_owner", .one = "vlastník", .many = "vlastníci", .of_many = "vlastníků",
       .article = "m", .key = "ico", .title = "name", .read = "public", .write = "x.edit", .is_public = true)

#define THING_FIELDS(F, T) \
	F(T, mark, text, "Značka", .required = true) \
	F(T, name, text, "Název", .required = true, .sort = true) \
	F(T, owner, ref, "Vlastník", .target = &owner_entity) \
	F(T, kind, code, "Druh", .codelist = "x_kind") \
	F(T, kinds, codes, "Skupiny", .codelist = "x_kind") \
	F(T, amount, money, "Částka", .min = 0, .max = 100000000000) \
	F(T, staff, fte, "Úvazky") \
	F(T, share, percent, "Podíl") \
	F(T, count, int, "Počet") \
	F(T, open, bool, "Otevřeno") \
	F(T, since, date, "Působí od") \
	F(T, note, longtext, "Poznámka", .max = 5000) \
	F(T, hidden, text, "Skryté", .secret = true) \
	F(T, stamped, date, "Potvrzeno", .readonly = true)
ENTITY_STRUCT(Thing, THING_FIELDS)

static Err check_thing(Ctx *c, const void *row) {
	const Thing *t = row;
	if (t->count == 13)
		return fail(c, ERR_INVALID, "count", "Počet: třináct nosí smůlu. Napište jiné číslo.");
	return OK;
}

ENTITY(thing_entity, Thing, THING_FIELDS, .name = "x_thing", .table = "x_thing", .one = "věc", .many = "věci", .of_many = "věcí", .article = "f",
       .dated = true, .key = "mark", .title = "name", .read = "public", .write = "x.edit", .is_public = true, .scope_provider = "owner",
       .check = check_thing)

#define PART_FIELDS(F, T) \
	F(T, thing, ref, "Věc", .target = &thing_entity, .required = true) \
	F(T, kind, code, "Druh", .codelist = "x_kind", .required = true) \
	F(T, size, int, "Velikost") \
	F(T, sibling, ref, "Sousední část", .target = &part_entity)
extern const Entity part_entity;
ENTITY_STRUCT(Part, PART_FIELDS)
ENTITY(part_entity, Part, PART_FIELDS, .name = "x_part", .table = "x_part", .one = "část", .many = "části", .of_many = "částí", .article = "f",
       .key = "thing,kind", .title = "kind", .read = "public", .write = "x.edit", .is_public = true)

#define LOOSE_FIELDS(F, T) \
	F(T, name, text, "Název", .required = true) \
	F(T, size, int, "Velikost")
ENTITY_STRUCT(Loose, LOOSE_FIELDS)
ENTITY(loose_entity, Loose, LOOSE_FIELDS, .name = "x_loose", .table = "x_loose", .one = "volný záznam", .many = "volné záznamy",
       .of_many = "volných záznamů", .article = "m", .title = "name", .read = "public", .write = "x.edit", .is_public = true)

static const char tables[] =
	"CREATE TABLE x_owner (id $ID, version $INT NOT NULL, ico $TEXT NOT NULL UNIQUE, name $TEXT NOT NULL, name_sort $BYTES NOT NULL, login $TEXT NOT NULL);\n"
	"CREATE TABLE x_thing (row_id $ID, id $INT NOT NULL, version $INT NOT NULL, valid_from $TEXT NOT NULL, valid_to $TEXT, recorded_from $TEXT NOT NULL,"
	" recorded_to $TEXT, mark $TEXT NOT NULL, name $TEXT NOT NULL, name_sort $BYTES NOT NULL, owner $INT, kind $TEXT NOT NULL, amount $INT, staff $INT,"
	" share $INT, count $INT, open $INT NOT NULL, since $TEXT, note $TEXT NOT NULL, hidden $TEXT NOT NULL, stamped $TEXT);\n"
	"CREATE INDEX x_thing_id ON x_thing (id, recorded_from);\n"
	"CREATE TABLE x_thing_kinds (owner $INT NOT NULL, code $TEXT NOT NULL, PRIMARY KEY (owner, code));\n"
	"CREATE TABLE x_part (id $ID, version $INT NOT NULL, thing $INT NOT NULL, kind $TEXT NOT NULL, size $INT, sibling $INT, UNIQUE (thing, kind));\n"
	"CREATE TABLE x_loose (id $ID, version $INT NOT NULL, name $TEXT NOT NULL, size $INT);\n";

const FileFormat all_formats[4] = {FORMAT_CSV, FORMAT_CSV_DATA, FORMAT_XLSX, FORMAT_JSON};
static const Date forever;

/* ---- helpers ---- */

const char *format_name(FileFormat f) {
	return f == FORMAT_XLSX ? "x.xlsx" : f == FORMAT_JSON ? "x.json" : "x.csv";
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at) {
	(void)st, (void)kind, (void)at;
	return remove(path);
}

static void remove_folder(void *path) {
	nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void given_files_folder(void) {
	char *folder = str_z(t_arena, S("/tmp/sitovka-files-XXXXXX"));
	CHECK(mkdtemp(folder));
	arena_defer(t_arena, remove_folder, folder);
	files_set_folder(folder);
}

static void must(Ctx *c, Err e, const char *what) {
	if (e != OK)
		test_fail(__FILE__, __LINE__, "%s: %s: %.*s", what, err_name(e), STR_ARG(first_problem(c)));
}

Str export_of(Ctx *c, const Entity *e, FileFormat f) {
	Buf out = {0};
	must(c, exchange_export(c, e, &(ListQuery){.limit = -1}, f, &out), e->name);
	Str s = buf_take(&out, t_arena);
	buf_free(&out);
	return s;
}

ImportPreview preview_of(Ctx *c, const Entity *e, const char *name, Str bytes) {
	ImportPreview p;
	must(c, exchange_preview(c, e, str_c(name), bytes, -1, &p), e->name);
	return p;
}

static const ImportCell *first_error(const ImportPreview *p) {
	for (size_t i = 0; i < p->len; i++)
		for (size_t k = 0; k < p->at[i].cell_count; k++)
			if (p->at[i].cells[k].error.len)
				return &p->at[i].cells[k];
	test_fail(__FILE__, __LINE__, "the preview has no error");
}

static void has_error(const ImportPreview *p, const char *place, const char *part) {
	const ImportCell *cell = first_error(p);
	if (!str_has(cell->error, str_c(part)) || !str_has(cell->place, str_c(place)))
		test_fail(__FILE__, __LINE__, "\"%.*s\" at \"%.*s\", not \"%s\" at \"%s\"", STR_ARG(cell->error), STR_ARG(cell->place), part, place);
}

static void counts(const ImportPreview *p, i64 same, i64 added, i64 changed, i64 errors) {
	if (p->same != same || p->added != added || p->changed != changed || p->errors != errors) {
		const char *why = p->errors ? str_z(t_arena, first_error(p)->error) : "";
		test_fail(__FILE__, __LINE__, "same %lld, new %lld, changed %lld, wrong %lld, not %lld, %lld, %lld, %lld. %s", (long long)p->same, (long long)p->added,
		          (long long)p->changed, (long long)p->errors, (long long)same, (long long)added, (long long)changed, (long long)errors, why);
	}
}

static i64 number(Ctx *c, const char *sql) {
	i64 n;
	MUST(db_get_int(ctx_conn(c), NEW(t_arena, Sql, .name = "test_number", .text = sql), DB_NONE, 0, &n));
	return n;
}

/* ---- a store with things ---- */

static void given_kind(Ctx *c, const char *code, const char *name) {
	CodeItem *item = entity_new(c->arena, &code_item_entity);
	item->list = S("x_kind");
	item->code = str_c(code);
	item->name = str_c(name);
	MUST(history_create(c, &code_item_entity, item, D(2000, 1, 1), forever));
}

static const char *const kinds[] = {"amb", "ter", "pob", "dva", "tri"};

static Id given_owner(Ctx *c, const char *ico, const char *name) {
	Owner *o = entity_new(c->arena, &owner_entity);
	o->ico = str_c(ico);
	o->name = str_c(name);
	MUST(entity_insert(c, &owner_entity, o));
	return o->head.id;
}

/* Texts that formats like to spoil. */
static Str nasty(Rand *r) {
	static const char *const pieces[] = {"Domov U Lípy", "=SUM(A1)", "'apostrof", "-5", "+420 485 226 111", "a;b,c\tx", "\"uvozovky\"", "_x0041_", "@x",
	                                     "žluťoučký kůň", "1.5.2024", "007", "ano", "#DIV/0!", "|", "%", "<b>&amp;</b>", "\xC2\xA0x", "x  y", "1e5"};
	Strs parts = {0};
	for (i64 n = rand_range(r, 1, 3); n > 0; n--)
		strs_add(t_arena, &parts, str_c(pieces[rand_range(r, 0, (i64)LEN(pieces) - 1)]));
	return str_join(t_arena, S(" "), parts);
}

static Str nasty_lines(Rand *r) {
	Str first = nasty(r), second = nasty(r);
	return str_format(t_arena, "%.*s\n%.*s", STR_ARG(first), STR_ARG(second));
}

static Thing *random_thing(Ctx *c, Rand *r, int i, const Id *owners) {
	Thing *t = entity_new(c->arena, &thing_entity);
	t->mark = str_format(t_arena, "%s%03d", i % 3 ? "" : "=", i);
	t->name = nasty(r);
	t->owner = rand_chance(r, 70) ? owners[rand_range(r, 0, 2)] : 0;
	t->kind = rand_chance(r, 70) ? str_c(kinds[rand_range(r, 0, 4)]) : S("");
	for (size_t k = 0; k < LEN(kinds); k++)
		if (rand_chance(r, 40))
			strs_add(t_arena, &t->kinds, str_c(kinds[k]));
	t->amount = rand_chance(r, 80) ? (Money){rand_range(r, 0, INT64_C(100000000000))} : (Money){BLANK};
	t->staff = rand_chance(r, 80) ? fte(rand_range(r, -500, 5000)) : (Fte){BLANK};
	t->share = rand_chance(r, 80) ? (Percent){rand_range(r, 0, 10000)} : (Percent){BLANK};
	t->count = rand_chance(r, 80) ? rand_range(r, 14, INT64_C(900719925474099)) : BLANK;
	t->open = rand_chance(r, 50);
	t->since = rand_chance(r, 80) ? D(1890 + (int)rand_range(r, 0, 200), 1 + (int)rand_range(r, 0, 11), 28) : forever;
	t->note = rand_chance(r, 50) ? nasty_lines(r) : S("");
	t->hidden = rand_chance(r, 50) ? nasty(r) : S("");
	return t;
}

static Ctx given_store(Db **ret) {
	static const Entity *const all[] = {&owner_entity, &thing_entity, &part_entity, &loose_entity};
	static const Entity *const *lists[] = {all};
	static const size_t         count = LEN(all);
	exchange_setup(lists, &count, 1);
	given_files_folder();
	*ret = test_store();
	Ctx c = ctx_make(t_arena, *ret, &actor_program, (Instant){INT64_C(1735689600000)});     /* 2025-01-01 */
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(db_script(c.conn, str_z(t_arena, db_ddl_for(t_arena, db_engine(*ret), str_c(tables)))));
	MUST(tx_commit(&tx));
	given_kind(&c, "amb", "ambulantní");
	given_kind(&c, "ter", "terénní, v rodině");           /* a comma: has to go out as the code */
	given_kind(&c, "pob", "ter");                         /* named like another code */
	given_kind(&c, "dva", "stejné jméno");
	given_kind(&c, "tri", "Stejné Jméno");
	return c;
}

static void given_things(Ctx *c, int n, u64 seed) {
	Rand     r = rand_seed(seed);
	const Id owners[] = {given_owner(c, "26404567", "Charita = dobrá"), given_owner(c, "00262978", "Obec"), given_owner(c, "70891508", "Kraj")};
	for (int i = 0; i < n; i++)
		MUST(history_create(c, &thing_entity, random_thing(c, &r, i, owners), D(2024, 1, 1), forever));
	for (int i = 0; i < n / 4; i++) {
		Part *p = entity_new(c->arena, &part_entity);
		void *thing;
		MUST(entity_find(c, &thing_entity, TODAY, "mark", str_format(t_arena, "%s%03d", i % 3 ? "" : "=", i), &thing));
		p->thing = ((EntityHead *)thing)->id;
		p->kind = str_c(kinds[i % 5]);
		p->size = i;
		MUST(entity_insert(c, &part_entity, p));
		if (i % 2) {
			p->sibling = p->head.id;
			MUST(entity_update(c, &part_entity, p));
		}
		Loose *l = entity_new(c->arena, &loose_entity);
		l->name = nasty(&r);
		l->size = i % 3;
		MUST(entity_insert(c, &loose_entity, l));
	}
}

/* ---- there and back ---- */

TEST("exchange: what is exported and imported again is no change, in every format, for every kind of key") {
	static const Entity *const all[] = {&owner_entity, &thing_entity, &part_entity, &loose_entity};
	Db *db;
	Ctx c = given_store(&db);
	given_things(&c, 60, 1);
	for (size_t i = 0; i < LEN(all); i++)
		for (size_t k = 0; k < LEN(all_formats); k++) {
			ImportPreview p = preview_of(&c, all[i], format_name(all_formats[k]), export_of(&c, all[i], all_formats[k]));
			if (p.added + p.changed + p.errors) {
				const Field *f = p.at[0].cells[0].field;
				Str          first = p.errors ? first_error(&p)->error : f ? str_c(f->label) : S("");
				test_fail(__FILE__, __LINE__, "%s as %s: %lld new, %lld changed, %lld wrong: %.*s", all[i]->name, format_name(all_formats[k]),
				          (long long)p.added, (long long)p.changed, (long long)p.errors, STR_ARG(first));
			}
			EQ_INT(p.same, i == 0 ? 3 : i == 1 ? 60 : 15);
		}
	ctx_end(&c);
}

TEST("exchange: files for people have names, files for data have codes; both say who is meant") {
	Db *db;
	Ctx c = given_store(&db);
	Thing *t = entity_new(c.arena, &thing_entity);
	t->mark = S("A1");
	t->name = S("Lípa");
	t->owner = given_owner(&c, "26404567", "Charita");
	t->kind = S("amb");
	strs_add(t_arena, &t->kinds, S("amb"));
	strs_add(t_arena, &t->kinds, S("ter"));
	t->amount = (Money){1250050};
	t->since = D(2024, 2, 29);
	MUST(history_create(&c, &thing_entity, t, D(2024, 1, 1), forever));
	EQ_TEXT(export_of(&c, &thing_entity, FORMAT_CSV_DATA),
	        "mark,name,owner,kind,kinds,amount,staff,share,count,open,since,note,hidden,stamped,valid_from,valid_to\r\n"
	        "A1,Lípa,26404567,amb,\"amb,ter\",12500.50,,,,false,2024-02-29,,,,2024-01-01,\r\n");
	EQ_TEXT(export_of(&c, &thing_entity, FORMAT_CSV),
	        "\xEF\xBB\xBFZnačka;Název;Vlastník;Vlastník – název;Druh;Skupiny;Částka;Úvazky;Podíl;Počet;Otevřeno;Působí od;Poznámka;Skryté;Potvrzeno;Platí od;Platí do\r\n"
	        "A1;Lípa;26404567;Charita;ambulantní;\"ambulantní, ter\";12500,50;;;;ne;29.2.2024;;;;1.1.2024;\r\n");
	Str json = export_of(&c, &thing_entity, FORMAT_JSON);
	EXPECT(str_has(json, S("\"data\":[{\"mark\":\"A1\",\"name\":\"Lípa\",\"owner\":\"26404567\",\"kind\":\"amb\",\"kinds\":\"amb,ter\",\"amount\":\"12500.50\",\"staff\":null")));
	EXPECT(str_starts(json, S("{\"meta\":{\"note\":\"Seznam: věci\\nStav ke dni: 1.")));
	ctx_end(&c);
}

/* ---- random edits ---- */

typedef struct Grid { Strs header; Strs *rows; size_t len, cap; } Grid;

static Grid grid_of(Ctx *c, Str csv) {
	Grid         g = {0};
	TableReader *r;
	Strs         cells;
	MUST(table_read_bytes(c, csv, S("x.csv"), &r));
	g.header = *table_header(r);
	while (table_read_next(r, &cells)) {
		Strs row = {0};
		for (size_t i = 0; i < cells.len; i++)
			strs_add(t_arena, &row, str_dup(t_arena, cells.at[i]));
		*ARENA_PUSH(t_arena, g.rows, g.len, g.cap) = row;
	}
	MUST(table_read_end(r));
	return g;
}

static Str written(const Grid *g, FileFormat f) {
	Buf          out = {0};
	TableColumn *columns = NEW_ARRAY(t_arena, TableColumn, g->header.len);
	for (size_t i = 0; i < g->header.len; i++)
		columns[i] = (TableColumn){.key = str_z(t_arena, g->header.at[i]), .title = str_z(t_arena, g->header.at[i])};
	TableWriter *w = table_open(t_arena, &out, f, S("Data"), columns, g->header.len, (Str){0});
	for (size_t i = 0; i < g->len; i++) {
		for (size_t k = 0; k < g->header.len; k++)
			table_text(w, g->rows[i].at[k]);
		table_row_end(w);
	}
	MUST(table_close(w));
	Str s = buf_take(&out, t_arena);
	buf_free(&out);
	return s;
}

TEST("exchange: of N edited cells the preview shows exactly these N, and applying them once leaves none") {
	static const struct { const char *column, *value; } edits[] = {
		{"Název", "Jiný název"}, {"Druh", "ter"}, {"Částka", "1 234,50 Kč"}, {"Úvazky", "3,25"}, {"Počet", "77"}, {"Působí od", "1. 2. 2003"},
		{"Poznámka", "nová poznámka"}, {"Skupiny", "dva; tri"}, {"Vlastník", "262978"},
	};
	for (u64 seed = 1; seed <= 6; seed++) {
		Db  *db;
		Ctx  c = given_store(&db);
		Rand r = rand_seed(seed);
		given_things(&c, 40, seed);
		Grid g = grid_of(&c, export_of(&c, &thing_entity, FORMAT_CSV));
		bool touched[40][LEN(edits)] = {0};
		i64  cells = 0, rows = 0;
		for (int n = 0; n < 25; n++) {
			size_t row = (size_t)rand_range(&r, 0, 39), k = (size_t)rand_range(&r, 0, (i64)LEN(edits) - 1), column = 0;
			while (!str_eq(g.header.at[column], str_c(edits[k].column)))
				column++;
			void *stored, *probe = entity_new(t_arena, &thing_entity);
			MUST(entity_find(&c, &thing_entity, TODAY, "mark", g.rows[row].at[0], &stored));
			const Field *f = NULL;
			for (size_t i = 0; i < thing_entity.field_count; i++)
				if (strcmp(thing_entity.fields[i].label, edits[k].column) == 0)
					f = &thing_entity.fields[i];
			Str typed = f->type == TYPE_REF ? S("00262978") : str_replace(t_arena, str_c(edits[k].value), S(";"), S(","));
			MUST(field_read(&c, f, typed, probe));
			if (field_equal(f, stored, probe) || touched[row][k])
				continue;
			bool is_new_row = true;
			for (size_t i = 0; i < LEN(edits); i++)
				is_new_row = is_new_row && !touched[row][i];
			touched[row][k] = true;
			g.rows[row].at[column] = str_c(edits[k].value);
			cells++;
			rows += is_new_row;
		}
		FileFormat    f = seed % 2 ? FORMAT_XLSX : FORMAT_CSV;
		Str           bytes = written(&g, f);
		ImportPreview p = preview_of(&c, &thing_entity, format_name(f), bytes);
		counts(&p, 40 - rows, 0, rows, 0);
		i64 shown = 0;
		for (size_t i = 0; i < p.len; i++)
			for (size_t k = 0; k < p.at[i].cell_count; k++) {
				size_t e = 0;
				while (e < LEN(edits) && strcmp(edits[e].column, p.at[i].cells[k].field->label) != 0)
					e++;
				EXPECT(e < LEN(edits) && !str_eq(p.at[i].cells[k].before, p.at[i].cells[k].after));
				shown++;
			}
		EQ_INT(shown, cells);
		must(&c, exchange_apply(&c, p.id, (Date){0}, &p), "apply");
		EXPECT(str_eq(p.state, S("applied")));
		p = preview_of(&c, &thing_entity, format_name(f), bytes);
		counts(&p, 40, 0, 0, 0);
		ctx_end(&c);
	}
}

/* ---- what is wrong, and where ---- */

TEST("exchange: wrong cells are named with their place; nothing of the file is stored") {
	static const struct { const char *csv, *place, *part; } cases[] = {
		{"Značka;Název;Počet\r\nA1;a;mnoho\r\n", "řádek 2, sloupec 3 (Počet)", "Tady má být číslo"},
		{"Značka;Název;Počet\r\nA1;a;1\r\nA2;b;13\r\n", "řádek 3, sloupec 3 (Počet)", "smůlu"},
		{"Značka;Název\r\nA1;a\r\nA1;b\r\n", "řádek 3, sloupec 1 (Značka)", "už na řádku 2"},
		{"Značka;Název\r\nA1;\r\n", "řádek 2, sloupec 2 (Název)", "povinný"},
		{"Značka;Počet\r\nA1;5\r\n", "řádek 2", "povinný"},
		{"Značka;Název;Druh\r\nA1;a;nic takového\r\n", "řádek 2, sloupec 3 (Druh)", "číselník nezná"},
		{"Značka;Název;Vlastník\r\nA1;a;12345678\r\n", "řádek 2, sloupec 3 (Vlastník)", "v evidenci není"},
		{"Značka;Název;Působí od\r\nA1;a;31. 2. 2024\r\n", "řádek 2, sloupec 3 (Působí od)", "v kalendáři není"},
		{"Značka;Název;Částka\r\nA1;a;-5\r\n", "řádek 2, sloupec 3 (Částka)", "zapište číslo od"},
		{"Značka;Název;\r\nA1;a;x\r\n", "řádek 2, sloupec 3", "nemá nadpis"},
		{"id;Název\r\n77;a\r\n", "řádek 2, sloupec 1 (id)", "neexistuje"},
		{"id;Název\r\nsedm;a\r\n", "řádek 2, sloupec 1 (id)", "opište beze změny"},
	};
	Db *db;
	Ctx c = given_store(&db);
	for (size_t i = 0; i < LEN(cases); i++) {
		ImportPreview p = preview_of(&c, &thing_entity, "x.csv", str_c(cases[i].csv));
		EQ_INT(p.errors, 1);
		has_error(&p, cases[i].place, cases[i].part);
		c.problems.len = 0;
		EQ_INT(exchange_apply(&c, p.id, (Date){0}, &p), ERR_INVALID);
		EXPECT(str_has(first_problem(&c), S("řádek má chybu")));
		c.problems.len = 0;
	}
	EQ_INT(number(&c, "SELECT COUNT(*) FROM x_thing"), 0);
	ctx_end(&c);
}

TEST("exchange: columns that are unknown, doubled or missing refuse the file by name") {
	static const struct { const char *csv, *part; } cases[] = {
		{"Značka;Barva\r\nA1;x\r\n", "„Barva“"},
		{"Značka;Název;nazev\r\nA1;x;y\r\n", "dvakrát"},
		{"Název\r\nx\r\n", "chybí sloupec „Značka“"},
		{"Značka;Název\r\n", "žádný řádek"},
	};
	Db *db;
	Ctx c = given_store(&db);
	for (size_t i = 0; i < LEN(cases); i++) {
		ImportPreview p;
		EQ_INT(exchange_preview(&c, &thing_entity, S("x.csv"), str_c(cases[i].csv), -1, &p), ERR_INVALID);
		EXPECT(str_has(first_problem(&c), str_c(cases[i].part)));
		c.problems.len = 0;
	}
	ctx_end(&c);
}

TEST("exchange: missing columns stay as they are, read-only ones are ignored, headers may be field names in any order") {
	Db *db;
	Ctx c = given_store(&db);
	given_things(&c, 3, 5);
	ImportPreview p = preview_of(&c, &thing_entity, "x.csv", S("count;stamped;MARK;Vlastník – název\r\n55;2020-01-01;001;kdokoli\r\n"));
	EQ_INT(p.errors, 0);
	EQ_INT(p.changed, 1);
	EQ_INT(p.at[0].cell_count, 1);
	EXPECT(strcmp(p.at[0].cells[0].field->name, "count") == 0);
	void *before, *after;
	MUST(entity_find(&c, &thing_entity, TODAY, "mark", S("001"), &before));
	must(&c, exchange_apply(&c, p.id, (Date){0}, &p), "apply");
	MUST(entity_find(&c, &thing_entity, TODAY, "mark", S("001"), &after));
	EQ_INT(((Thing *)after)->count, 55);
	EXPECT(!date_is(((Thing *)after)->stamped));
	EQ_STR(((Thing *)after)->note, ((Thing *)before)->note);
	ctx_end(&c);
}

TEST("exchange: staff with more places than two is rounded and says so; results of broken formulas are errors") {
	Db *db;
	Ctx c = given_store(&db);
	ImportPreview p = preview_of(&c, &thing_entity, "x.csv", S("Značka;Název;Úvazky\r\nA1;a;3,5450000001\r\n"));
	counts(&p, 0, 1, 0, 0);
	const ImportCell *cell = &p.at[0].cells[2];
	EXPECT(str_has(cell->note, S("zaokrouhleno z 3,5450000001")));
	EQ_TEXT(cell->after, "3,55");
	ctx_end(&c);
}

/* ---- applying ---- */

TEST("exchange: applying changes all rows in one transaction, once, and stands in the trail") {
	Db *db;
	Ctx c = given_store(&db);
	given_things(&c, 5, 3);
	ImportPreview p = preview_of(&c, &thing_entity, "nové.csv", S("Značka;Název\r\n001;Přejmenovaná\r\nZ9;Nová\r\n"));
	counts(&p, 0, 1, 1, 0);
	EQ_TEXT(p.source, "CSV, kódování UTF-8, oddělovač ;");
	EQ_TEXT(p.at[0].title, "Přejmenovaná");
	must(&c, exchange_apply(&c, p.id, D(2025, 3, 1), &p), "apply");
	void *row;
	EQ_INT(entity_find(&c, &thing_entity, TODAY, "mark", S("Z9"), &row), ERR_NOT_FOUND);
	MUST(entity_find(&c, &thing_entity, (AsOf){.valid = D(2025, 3, 1)}, "mark", S("Z9"), &row));
	MUST(entity_find(&c, &thing_entity, (AsOf){.valid = D(2025, 3, 1)}, "mark", S("001"), &row));
	EQ_TEXT(((Thing *)row)->name, "Přejmenovaná");
	MUST(entity_find(&c, &thing_entity, TODAY, "mark", S("001"), &row));
	EXPECT(!str_eq(((Thing *)row)->name, S("Přejmenovaná")));
	TrailRecords trail;
	MUST(trail_of(&c, "import", p.id, 0, 10, &trail));
	EQ_INT(trail.len, 1);
	EXPECT(str_has(trail.at[0].text, S("ze souboru „nové.csv“: přidáno 1, změněno 1")));
	c.problems.len = 0;
	EQ_INT(exchange_apply(&c, p.id, (Date){0}, &p), ERR_GONE);
	ctx_end(&c);
}

TEST("exchange: a change that was already decided for later days stays") {
	Db *db;
	Ctx c = given_store(&db);
	given_things(&c, 2, 3);
	void *row;
	MUST(entity_find(&c, &thing_entity, TODAY, "mark", S("001"), &row));
	((Thing *)row)->count = 500;
	((Thing *)row)->name = S("Od června");
	MUST(history_change(&c, &thing_entity, row, D(2025, 6, 1), forever));
	ImportPreview p = preview_of(&c, &thing_entity, "x.csv", S("Značka;Název\r\n001;Od března\r\n"));
	must(&c, exchange_apply(&c, p.id, D(2025, 3, 1), &p), "apply");
	MUST(entity_find(&c, &thing_entity, (AsOf){.valid = D(2025, 5, 31)}, "mark", S("001"), &row));
	EQ_TEXT(((Thing *)row)->name, "Od března");
	MUST(entity_find(&c, &thing_entity, (AsOf){.valid = D(2025, 6, 1)}, "mark", S("001"), &row));
	EQ_TEXT(((Thing *)row)->name, "Od června");
	EQ_INT(((Thing *)row)->count, 500);
	ctx_end(&c);
}

TEST("exchange: when the data changed since the preview nothing is stored and the new judgement is shown; once more applies it") {
	Db *db;
	Ctx c = given_store(&db);
	given_things(&c, 3, 3);
	ImportPreview p = preview_of(&c, &thing_entity, "x.csv", S("Značka;Název\r\n001;Nový název\r\n002;Druhý název\r\n"));
	counts(&p, 0, 0, 2, 0);
	void *row;
	MUST(entity_find(&c, &thing_entity, TODAY, "mark", S("001"), &row));
	((Thing *)row)->name = S("Nový název");
	MUST(history_change(&c, &thing_entity, row, c.today, forever));
	ImportPreview again;
	EQ_INT(exchange_apply(&c, p.id, (Date){0}, &again), ERR_CONFLICT);
	EXPECT(str_has(first_problem(&c), S("změnila")));
	counts(&again, 1, 0, 1, 0);
	c.problems.len = 0;
	MUST(entity_find(&c, &thing_entity, TODAY, "mark", S("002"), &row));
	EXPECT(!str_eq(((Thing *)row)->name, S("Druhý název")));
	must(&c, exchange_apply(&c, p.id, (Date){0}, &again), "apply again");
	MUST(entity_find(&c, &thing_entity, TODAY, "mark", S("002"), &row));
	EQ_TEXT(((Thing *)row)->name, "Druhý název");
	ctx_end(&c);
}

TEST("exchange: rows without a key are not added twice by the same file") {
	Db *db;
	Ctx c = given_store(&db);
	Str csv = S("Název;Velikost\r\nvolný;1\r\nvolný;2\r\n");
	ImportPreview p = preview_of(&c, &loose_entity, "x.csv", csv);
	counts(&p, 0, 2, 0, 0);
	must(&c, exchange_apply(&c, p.id, (Date){0}, &p), "apply");
	p = preview_of(&c, &loose_entity, "x.csv", csv);
	counts(&p, 2, 0, 0, 0);
	ctx_end(&c);
}

TEST("exchange: a thing that holds on other days only is not created a second time") {
	Db *db;
	Ctx c = given_store(&db);
	Thing *t = entity_new(c.arena, &thing_entity);
	t->mark = S("A1");
	t->name = S("Skončená");
	MUST(history_create(&c, &thing_entity, t, D(2020, 1, 1), D(2021, 12, 31)));
	ImportPreview p = preview_of(&c, &thing_entity, "x.csv", S("Značka;Název\r\nA1;Znovu\r\n"));
	counts(&p, 0, 0, 0, 1);
	has_error(&p, "řádek 2, sloupec 1", "neplatí");
	ctx_end(&c);
}

TEST("exchange: a value of a unique field that somebody else has is refused at its cell") {
	Db *db;
	Ctx c = given_store(&db);
	Owner *o = entity_new(c.arena, &owner_entity);
	o->ico = S("26404567");
	o->name = S("První");
	o->login = S("a@example.org");
	MUST(entity_insert(&c, &owner_entity, o));
	ImportPreview p = preview_of(&c, &owner_entity, "x.csv", S("IČO;Jméno;E-mail\r\n262978;Obec;a@example.org\r\n"));
	counts(&p, 0, 0, 0, 1);
	has_error(&p, "sloupec 3 (E-mail)", "už patří jinému");
	ctx_end(&c);
}

TEST("exchange: killed in the middle of applying, the store is as before or as after") {
	Db *db;
	Ctx c = given_store(&db);
	const char *where = test_store_new(true);
	Db *other = test_store_open(where, (DbOptions){0});
	Ctx o = ctx_make(t_arena, other, &actor_program, (Instant){INT64_C(1735689600000)});
	Tx  tx = {0};
	MUST(tx_begin(&o, &tx));
	MUST(db_script(o.conn, str_z(t_arena, db_ddl_for(t_arena, db_engine(other), str_c(tables)))));
	MUST(tx_commit(&tx));
	Buf csv = {0};
	buf_lit(&csv, "Značka;Název\r\n");
	for (int i = 0; i < 400; i++)
		buf_format(&csv, "K%d;Věc %d\r\n", i, i);
	for (int round = 0; round < 4; round++) {
		ImportPreview p = preview_of(&o, &thing_entity, "x.csv", buf_view(&csv));
		if (p.added == 0)
			break;
		counts(&p, 0, 400, 0, 0);
		ctx_end(&o);
		pid_t child = fork();
		CHECK(child >= 0);
		if (child == 0) {
			Arena a = {0};
			Db   *mine;
			Str   why;
			if (db_open(&a, where, (DbOptions){0}, &mine, &why) != OK)
				_exit(2);
			Ctx m = ctx_make(&a, mine, &actor_program, (Instant){INT64_C(1735689600000)});
			_exit(exchange_apply(&m, p.id, (Date){0}, &p) == OK ? 0 : 1);
		}
		nanosleep(&(struct timespec){.tv_nsec = (round + 1) * 40000000L}, NULL);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		i64 n = number(&o, "SELECT COUNT(*) FROM x_thing");
		if (n != 0 && n != 400)
			test_fail(__FILE__, __LINE__, "%lld of 400 rows are stored", (long long)n);
		ctx_end(&o);
	}
	buf_free(&csv);
	ctx_end(&c);
}

/* ---- rights ---- */

static const Capability x_capabilities[] = {{"x.edit", "měnit věci"}, {"x.look", "dívat se"}};
static const char *x_edit[] = {"x.edit", NULL}, *x_look[] = {"x.look", NULL};
static const Role x_roles[] = {{"EDI", "správce věcí", SCOPE_REGION, x_edit}, {"OWN", "vlastník", SCOPE_PROVIDER, x_edit}, {"LOO", "čtenář", SCOPE_REGION, x_look}};

static Actor person(Id account, const char *role, ScopeKind scope, Id ref) {
	const Capability *lists[] = {x_capabilities};
	const size_t      n = LEN(x_capabilities);
	Str               why;
	EXPECT(access_setup(t_arena, lists, &n, 1, x_roles, LEN(x_roles), &why));
	Actor a = {.account = account, .name = S("Jana Vzorová"), .grants = NEW(t_arena, Grant, .role = str_c(role), .scope = scope, .ref = ref), .grant_count = 1};
	access_prepare(&a);
	return a;
}

TEST("exchange: secret fields are exported to and imported from those only who may see them") {
	Db *db;
	Ctx c = given_store(&db);
	given_things(&c, 2, 3);
	Actor reader = person(5, "LOO", SCOPE_REGION, 0), editor = person(6, "EDI", SCOPE_REGION, 0);
	c.actor = &reader;
	Str csv = export_of(&c, &thing_entity, FORMAT_CSV_DATA);
	EXPECT(!str_has(csv, S("hidden")));
	ImportPreview p;
	EQ_INT(exchange_preview(&c, &thing_entity, S("x.csv"), csv, -1, &p), ERR_FORBIDDEN);
	c.problems.len = 0;
	c.actor = &editor;
	EXPECT(str_has(export_of(&c, &thing_entity, FORMAT_CSV_DATA), S("hidden")));
	ctx_end(&c);
}

TEST("exchange: somebody with a narrower scope changes rows of his own only and sees his own previews only") {
	Db *db;
	Ctx c = given_store(&db);
	Id mine = given_owner(&c, "26404567", "Můj"), others = given_owner(&c, "00262978", "Cizí");
	const Id owners[] = {mine, others};
	for (size_t i = 0; i < 2; i++) {
		Thing *t = entity_new(c.arena, &thing_entity);
		t->mark = i ? S("B") : S("A");
		t->name = S("x");
		t->owner = owners[i];
		MUST(history_create(&c, &thing_entity, t, D(2024, 1, 1), forever));
	}
	Actor owner = person(7, "OWN", SCOPE_PROVIDER, mine), somebody = person(8, "EDI", SCOPE_REGION, 0);
	c.actor = &owner;
	ImportPreview p = preview_of(&c, &thing_entity, "x.csv", S("Značka;Název\r\nA;moje\r\nB;cizí\r\n"));
	counts(&p, 0, 0, 1, 1);
	has_error(&p, "řádek 3", "nepatří do vaší působnosti");
	p = preview_of(&c, &thing_entity, "x.csv", S("Značka;Vlastník\r\nA;00262978\r\n"));
	counts(&p, 0, 0, 0, 1);
	c.actor = &somebody;
	ImportPreview got;
	EQ_INT(exchange_preview_get(&c, p.id, &got), ERR_NOT_FOUND);
	EQ_INT(exchange_apply(&c, p.id, (Date){0}, &got), ERR_NOT_FOUND);
	c.actor = &owner;
	MUST(exchange_preview_get(&c, p.id, &got));
	counts(&got, 0, 0, 0, 1);
	ctx_end(&c);
}

/* ---- the annotated workbook ---- */

Str xlsx_part(Str xlsx, const char *name) {
	const char *why;
	Zip        *z = zip_open(t_arena, xlsx, &why);
	EXPECT(z != NULL);
	ZipPart *part = zip_part_open(z, str_c(name));
	EXPECT(part != NULL);
	Buf  b = {0};
	char piece[4096];
	for (i64 n; (n = zip_part_read(part, piece, sizeof piece)) > 0;)
		buf_put(&b, piece, (size_t)n);
	Str s = buf_take(&b, t_arena);
	buf_free(&b);
	return s;
}

TEST("exchange: the annotated workbook has the sender's values, a comment at each wrong cell and a list; mended, it is a valid import") {
	Db *db;
	Ctx c = given_store(&db);
	ImportPreview p = preview_of(&c, &thing_entity, "x.csv", S("Značka;Název;Počet;Působí od\r\n007;=a;5;1.2.2024\r\nA2;b;mnoho;\r\nA3;;13;31.2.2024\r\n"));
	counts(&p, 0, 1, 0, 2);
	Buf out = {0};
	MUST(exchange_annotated(&c, p.id, &out));
	Str xlsx = buf_take(&out, t_arena);
	buf_free(&out);
	TableReader *r;
	Strs cells;
	MUST(table_read_bytes(&c, xlsx, S("x.xlsx"), &r));
	EXPECT(table_read_next(r, &cells));
	EQ_TEXT(str_join(t_arena, S("|"), cells), "007|=a|5|1.2.2024");
	EXPECT(table_read_next(r, &cells));
	EQ_TEXT(str_join(t_arena, S("|"), cells), "A2|b|mnoho|");
	Str comments = xlsx_part(xlsx, "xl/comments1.xml");
	EXPECT(str_has(comments, S("ref=\"C3\"")) && str_has(comments, S("Tady má být číslo")) && str_has(comments, S("ref=\"B4\"")) && str_has(comments, S("ref=\"D4\"")));
	EXPECT(!str_has(comments, S("ref=\"A2\"")));
	EXPECT(str_has(xlsx_part(xlsx, "xl/worksheets/sheet2.xml"), S("buňka C3 (řádek 3, sloupec 3 (Počet))")));
	EXPECT(str_has(xlsx_part(xlsx, "xl/workbook.xml"), S("name=\"Chyby\"")));
	ctx_end(&c);
}

TEST("exchange: a workbook is judged cell by cell and comes back with its numbers and days as such") {
	static const TableColumn columns[] = {{"a", "Značka"}, {"b", "Název"}, {"c", "Částka", CELL_DECIMAL, .places = 2}, {"d", "Působí od", CELL_DATE}, {"e", "Počet"}};
	Db *db;
	Ctx c = given_store(&db);
	Buf out = {0};
	TableWriter *w = table_open(t_arena, &out, FORMAT_XLSX, S("Věci"), columns, LEN(columns), (Str){0});
	for (int i = 0; i < 2; i++) {
		table_text(w, i ? S("A2") : S("A1"));
		table_text(w, S("x"));
		table_int(w, 995);
		table_date(w, D(2025, 1, 31));
		table_text(w, i ? S("mnoho") : S("5"));
		table_row_end(w);
	}
	MUST(table_close(w));
	ImportPreview p = preview_of(&c, &thing_entity, "x.xlsx", buf_view(&out));
	counts(&p, 0, 1, 0, 1);
	has_error(&p, "List Věci, řádek 3, buňka E3", "Tady má být číslo");
	out.len = 0;
	MUST(exchange_annotated(&c, p.id, &out));
	TableReader *r;
	Strs         cells;
	MUST(table_read_bytes(&c, buf_take(&out, t_arena), S("x.xlsx"), &r));
	buf_free(&out);
	EXPECT(table_read_next(r, &cells) && table_read_next(r, &cells));
	EQ_TEXT(str_join(t_arena, S("|"), cells), "A2|x|9.95|2025-01-31|mnoho");
	EQ_INT(table_kinds(r)[2], CELL_IS_NUMBER);
	EQ_INT(table_kinds(r)[3], CELL_IS_DATE);
	Grid   g = {0};
	Strs   row = {0}, header = {0};
	strs_add(t_arena, &header, S("Značka"));
	strs_add(t_arena, &row, S("A1"));
	g.header = header;
	*ARENA_PUSH(t_arena, g.rows, g.len, g.cap) = row;
	p = preview_of(&c, &thing_entity, "x.xlsx", written(&g, FORMAT_XLSX));
	has_error(&p, "List Data, řádek 2", "povinný");
	ctx_end(&c);
}

TEST("exchange: files of old previews are forgotten, what was applied stays known") {
	Db *db;
	Ctx c = given_store(&db);
	ImportPreview p = preview_of(&c, &loose_entity, "x.csv", S("Název\r\na\r\n")), got;
	i64 n;
	MUST(exchange_sweep(&c, (Instant){c.now.ms + 1}, &n));
	EQ_INT(n, 1);
	MUST(exchange_preview_get(&c, p.id, &got));
	EQ_TEXT(got.state, "dropped");
	EQ_INT(exchange_apply(&c, p.id, (Date){0}, &got), ERR_GONE);
	ctx_end(&c);
}
