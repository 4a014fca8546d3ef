/* What the pages of the network say is what their files say: sums by unit on random days, each number and its rows, differences and totals, histories. */
#include <sys/mman.h>
#include <unistd.h>

#include "base/format.h"
#include "base/hash.h"
#include "base/json.h"
#include "core/codelist.h"
#include "domain/network/mandate.h"
#include "tests/domain/exchange.h"
#include "tests/domain/network_given.h"
#include "tests/support/web.h"

typedef struct Sums { i64 lines, beds, fte; } Sums;

static void add(Ctx *c, Sums *to, Str unit, Str status, i64 capacity) {
	static const char *const counted[] = {LINE_IN_NETWORK, LINE_WITH_RESERVATION, LINE_EXIT_PROPOSED};
	bool counts = false;
	for (size_t i = 0; i < LEN(counted); i++)
		counts = counts || str_eq(status, codelist_name(c, "line_status", str_c(counted[i])));
	if (!counts)
		return;
	to->lines++;
	to->beds += str_eq(unit, codelist_name(c, "network_unit", S("L"))) ? capacity : 0;
	to->fte += str_eq(unit, codelist_name(c, "network_unit", S("U"))) ? capacity : 0;
}

/* A page reads by itself on this thread: what the test reads ends before. */
static Answer ask(Ctx *c, Browser *b, Str target) {
	ctx_end(c);
	return web_get(b, str_z(t_arena, target));
}

static i64 hundredths(Str text) {
	i64         n = 0;
	const char *why;
	EXPECT(read_decimal(str_replace(t_arena, text, S("."), S(",")), 2, &n, &why));
	return n;
}

static int file_of(Str bytes) {
	int fd = memfd_create("network", MFD_CLOEXEC);
	CHECK(fd >= 0 && write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len && lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

/* Of any file that the table reader takes. */
static Sums sums_of_file(Ctx *c, Str bytes, const char *name) {
	Sums         sums = {0};
	TableReader *r;
	Strs         cells;
	size_t       unit = 0, capacity = 0, status = 0;
	MUST(table_read_open(c, file_of(bytes), str_c(name), &r));
	const Strs *head = table_header(r);
	for (size_t i = 0; i < head->len; i++) {
		unit = str_eq(head->at[i], S("Jednotka")) ? i : unit;
		capacity = str_eq(head->at[i], S("Kapacita v síti")) ? i : capacity;
		status = str_eq(head->at[i], S("Stav")) ? i : status;
	}
	EXPECT(unit && capacity && status);
	while (table_read_next(r, &cells))
		add(c, &sums, cells.at[unit], cells.at[status], hundredths(cells.at[capacity]));
	MUST(table_read_end(r));
	return sums;
}

static Sums sums_of_json(Ctx *c, Str text) {
	Sums        sums = {0};
	JsonReader *r = json_open_str(t_arena, text);
	Str         key = {0}, unit = {0}, status = {0};
	i64         capacity = BLANK;
	for (JsonEvent e = json_next(r); e != JSON_END; e = json_next(r)) {
		EXPECT(e != JSON_ERROR);
		if (e == JSON_ERROR)
			break;
		if (e == JSON_KEY)
			key = str_dup(t_arena, json_text(r));
		else if (e == JSON_STRING && str_eq(key, S("jednotka")))
			unit = str_dup(t_arena, json_text(r));
		else if (e == JSON_STRING && str_eq(key, S("stav")))
			status = str_dup(t_arena, json_text(r));
		else if (e == JSON_STRING && str_eq(key, S("kapacita_v_siti")))        /* decimals are texts, exact ones */
			capacity = hundredths(json_text(r));
		else if (e == JSON_OBJECT_END && capacity != BLANK) {
			add(c, &sums, unit, status, capacity);
			capacity = BLANK;
		}
	}
	return sums;
}

static void same(Sums x, const NetworkTotals *t) {
	EQ_INT(x.lines, t->lines);
	EQ_INT(x.beds, t->beds);
	EQ_INT(x.fte, t->fte);
}

/* As pages come to tests. */
static Str with_plain_blanks(const Buf *b) {
	return str_replace(t_arena, buf_view(b), S("\u00A0"), S(" "));
}

TEST("network: F17: on random days, and as known on random days, the page, CSV, XLSX and JSON say the same sums") {
	App     *app = test_app_demo();
	Rand     rand = rand_seed(17);
	Browser  b = {.app = app};
	Ctx      c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	Network *n;
	web_clock(c.now);
	MUST(network_of_tier(&c, (Str){0}, &n));
	for (int i = 0; i < 8; i++) {
		char          day_iso[DATE_ISO_LEN], known_iso[DATE_ISO_LEN];
		Date          day = date_add(D(2020, 1, 1), (int)rand_range(&rand, 0, 2700)), known = date_add(D(2020, 2, 1), (int)rand_range(&rand, 0, 2400));
		bool          past = i % 2;
		Str           query = str_format(t_arena, "ke-dni=%.*s%s%.*s", STR_ARG(date_iso(day, day_iso)), past ? "&znalost=" : "",
		                                  STR_ARG(past ? date_iso(known, known_iso) : (Str){0}));
		AsOf          at = {day, past ? prague_instant(date_add(known, 1), 0) : (Instant){0}};
		LineWholes    all;
		NetworkTotals t;
		MUST(lines_of(&c, n->head.id, at, &all));
		MUST(network_totals(&c, &all, date_year(day), &t));
		Answer csv = ask(&c, &b, str_cat(t_arena, S("/sit.csv?"), query)), xlsx = ask(&c, &b, str_cat(t_arena, S("/sit.xlsx?"), query));
		Answer json = ask(&c, &b, str_cat(t_arena, S("/sit.json?"), query)), page = ask(&c, &b, str_cat(t_arena, S("/sit?"), query));
		same(sums_of_file(&c, csv.body, "sit.csv"), &t);
		same(sums_of_file(&c, xlsx.body, "sit.xlsx"), &t);
		same(sums_of_json(&c, json.body), &t);
		CLEANUP(buf_free) Buf beds = {0}, fte_text = {0};
		fmt_int(&beds, t.beds / 100);
		fmt_decimal(&fte_text, t.fte, 2);
		EXPECT(str_has(page.body, with_plain_blanks(&beds)) && str_has(page.body, with_plain_blanks(&fte_text)));
	}
	ctx_end(&c);
}

TEST("network: each number of the table of kinds and districts leads to rows whose parts in that district are the number") {
	App          *app = test_app_demo();
	Rand          rand = rand_seed(171);
	Browser       b = {.app = app};
	Ctx           c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	Network      *n;
	LineWholes    all;
	NetworkTotals t;
	web_clock(c.now);
	MUST(network_of_tier(&c, (Str){0}, &n));
	MUST(lines_of(&c, n->head.id, TODAY, &all));
	MUST(network_totals(&c, &all, 2026, &t));
	for (int i = 0; i < 10; i++) {
		const TotalRow *row = &t.rows[rand_range(&rand, 0, (i64)t.len - 1)];
		size_t          d = (size_t)rand_range(&rand, 0, (i64)t.districts.len - 1);
		i64             sum = 0, lines = 0, parts[64];
		for (size_t k = 0; k < all.len; k++) {
			const LineWhole *l = &all.at[k];
			if (!line_counts(l->line) || !str_eq(l->line->kind, row->kind) || !str_eq(l->line->unit, row->unit))
				continue;
			line_split(l, l->line->capacity.hundredths, line_step(l), parts);
			for (size_t p = 0; p < l->area_count; p++)
				if (l->areas[p].district->id == t.districts.at[d]->id) {
					sum += parts[p];
					lines++;
				}
		}
		EQ_INT(row->cells[d], sum);
		Answer csv = ask(&c, &b, str_format(t_arena, "/sit.csv?druh=%.*s&jednotka=%.*s&orp=%.*s", STR_ARG(row->kind), STR_ARG(row->unit), STR_ARG(t.districts.at[d]->slug)));
		EQ_INT(sums_of_file(&c, csv.body, "sit.csv").lines, lines);
	}
	ctx_end(&c);
}

/* Numbers of one column of a table, together, and how many rows there are. */
typedef struct Column { i64 sum, rows; } Column;
static Column column_of(Ctx *c, Str bytes, const char *title) {
	Column       all = {0};
	TableReader *r;
	Strs         cells;
	size_t       at = SIZE_MAX;
	MUST(table_read_open(c, file_of(bytes), S("rozdil.csv"), &r));
	const Strs *head = table_header(r);
	for (size_t i = 0; i < head->len; i++)
		at = str_eq(head->at[i], str_c(title)) ? i : at;
	CHECK(at != SIZE_MAX);
	while (table_read_next(r, &cells)) {
		all.sum += hundredths(cells.at[at]);
		all.rows++;
	}
	MUST(table_read_end(r));
	return all;
}

static i64 in_district(const NetworkTotals *t, const char *unit, const Unit *district) {
	i64 n = 0;
	for (size_t i = 0; i < t->len; i++)
		for (size_t d = 0; str_eq(t->rows[i].unit, str_c(unit)) && d < t->districts.len; d++)
			n += t->districts.at[d]->id == district->id ? t->rows[i].cells[d] : 0;
	return n;
}

static const char two_days[] = "drive=2023-12-31&pozdeji=2026-01-01";

TEST("network: F28: each sum of a district in a difference leads to the lines that changed it, on the page and in the file") {
	App          *app = test_app_demo();
	Browser       b = {.app = app};
	Ctx           c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	Network      *n;
	LineWholes    before, after;
	NetworkTotals x, y;
	web_clock(c.now);
	MUST(network_of_tier(&c, (Str){0}, &n));
	MUST(lines_of(&c, n->head.id, (AsOf){.valid = D(2023, 12, 31)}, &before));
	MUST(lines_of(&c, n->head.id, (AsOf){.valid = D(2026, 1, 1)}, &after));
	MUST(network_totals(&c, &before, 2023, &x));
	MUST(network_totals(&c, &after, 2026, &y));
	Answer page = ask(&c, &b, str_format(t_arena, "/sit/rozdil?%s", two_days));
	int    others = 0;
	for (size_t d = 0; d < y.districts.len; d++) {
		const Unit *u = y.districts.at[d];
		i64         fte_more = in_district(&y, "U", u) - in_district(&x, "U", u), beds_more = in_district(&y, "L", u) - in_district(&x, "L", u);
		if (!fte_more && !beds_more)
			continue;
		others++;
		EXPECT(str_has(page.body, str_format(t_arena, "href=\"/sit/rozdil?drive=2023-12-31&amp;pozdeji=2026-01-01&amp;orp=%.*s\"", STR_ARG(u->slug))));
		Str    part = str_format(t_arena, "%s&orp=%.*s", two_days, STR_ARG(u->slug));
		Answer csv = ask(&c, &b, str_cat(t_arena, S("/sit/rozdil.csv?"), part)), some = ask(&c, &b, str_cat(t_arena, S("/sit/rozdil?"), part));
		EQ_INT(column_of(&c, csv.body, "Rozdíl úvazků").sum, fte_more);
		EQ_INT(column_of(&c, csv.body, "Rozdíl lůžek").sum, beds_more);
		EXPECT(str_has(some.body, str_format(t_arena, "obvodu %.*s", STR_ARG(u->name))) && str_has(some.body, S("Zobrazit celý rozdíl")));
	}
	EXPECT(others > 3);
	EQ_INT(ask(&c, &b, S("/sit/rozdil?orp=praha")).status, 404);
	EQ_INT(ask(&c, &b, S("/sit/rozdil?druh=nic")).status, 404);
	EQ_INT(ask(&c, &b, S("/sit/rozdil?skupina=nic")).status, 400);
	ctx_end(&c);
}

static i64 rows_on(Str page) {
	i64 n = 0;
	for (i64 at; (at = str_find(page, S("<a href=\"/sit/sluzba/"))) >= 0; n++)
		page = str_from(page, (size_t)at + 1);
	return n;
}

TEST("network: a difference of more than a hundred lines in one group says so and goes by pages; the file has all of them") {
	App    *app = test_app_demo();
	Browser b = {.app = app};
	Ctx     c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	Str     days = S("drive=2010-01-01&pozdeji=2026-11-22");
	i64     on_pages = 0, pages = 0;
	web_clock(c.now);
	Answer  whole = ask(&c, &b, str_cat(t_arena, S("/sit/rozdil?"), days)), csv = ask(&c, &b, str_format(t_arena, "/sit/rozdil.csv?%.*s&skupina=prislo", STR_ARG(days)));
	i64     all = column_of(&c, csv.body, "Rozdíl úvazků").rows;
	EXPECT(all > 150);
	EXPECT(str_has(whole.body, str_format(t_arena, "Zobrazeno je prvních 100 řádků z %lld", (long long)all)) && str_has(whole.body, S("skupina=prislo#prislo")));
	for (i64 rows = 1; rows && pages < 20; pages++) {
		Answer one = ask(&c, &b, str_format(t_arena, "/sit/rozdil?%.*s&skupina=prislo&strana=%lld", STR_ARG(days), (long long)pages + 1));
		rows = rows_on(one.body);
		EXPECT(rows <= 100);
		on_pages += rows;
		if (!rows)
			EXPECT(str_has(one.body, S("Výběru neodpovídá žádný řádek.")));
	}
	EQ_INT(on_pages, all);
	EQ_INT(pages, all / 100 + (all % 100 != 0) + 1);
	ctx_end(&c);
}

TEST("network: a network without a version says so on each of its pages, and ways between them stay in it") {
	NetGiven n;
	network_given(&n);
	by(&n.g, &actor_program);
	MUST(entity_insert(n.c, &network_entity, &(Network){.tier = S("temporary"), .title = S("Dočasná síť"), .note = S("Na zkoušku.")}));
	Browser b = {.app = n.g.app};
	static const struct { const char *address, *words; } asked[] = {
		{"/sit?sit=temporary", "Tato síť je zatím prázdná."}, {"/sit/zmeny?sit=temporary", "Žádná verze sítě zatím není schválená."},
		{"/sit/rozdil?sit=temporary", "Beze změny."}, {"/sit/nezarazene?sit=temporary", "nezařazených služeb"},
	};
	for (size_t i = 0; i < LEN(asked); i++) {
		Answer a = ask(n.c, &b, str_c(asked[i].address));
		EQ_INT(a.status, 200);
		EXPECT(str_has(a.body, str_c(asked[i].words)));
		for (size_t k = 0; k < LEN(asked); k++) {
			EXPECT(i == k || str_has(a.body, str_format(t_arena, "href=\"%s\"", asked[k].address)));
		}
	}
	EXPECT(!str_has(ask(n.c, &b, S("/sit?sit=temporary")).body, S("id=\"seznam\"")));
	EXPECT(str_has(ask(n.c, &b, S("/sit/zmeny?sit=temporary")).body, S("Dočasná síť")));
}

TEST("network: the day before the first version and the last day of all answer, with a sentence; the number of a mandate stands beside its line in page and files") {
	App    *app = test_app_demo();
	Browser b = {.app = app};
	Ctx     c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	web_clock(c.now);
	Str early = ask(&c, &b, S("/sit?ke-dni=2010-01-01")).body;
	EXPECT(str_has(early, S("V ten den síť ještě nebyla.")) && str_has(early, S("Její první verze je účinná od")) && str_has(early, S("/sit?ke-dni=2020-01-01")));
	EQ_INT(ask(&c, &b, S("/sit?ke-dni=2999-12-31")).status, 200);
	EQ_INT(ask(&c, &b, S("/sit.csv?ke-dni=2010-01-01")).status, 200);
	EXPECT(str_has(ask(&c, &b, S("/sit?ke-dni=2022-03-01&znalost=2022-02-01")).body, S("Pozdější opravy v ní nejsou")));
	Mandates all;
	i64      total;
	MUST(mandates_find(&c, &(MandateQuery){.public_only = true, .when = MANDATE_HOLDING, .day = c.today, .limit = 1}, &all, &total));
	EXPECT(total > 0);
	Answer csv = ask(&c, &b, S("/sit.csv")), json = ask(&c, &b, S("/sit.json"));
	EXPECT(str_has(json.body, S("podle toho, co víme dnes")));
	EXPECT(str_has(csv.body, S("Číslo pověření")) && str_has(csv.body, all.at[0]->number) && str_has(json.body, all.at[0]->number));
	EXPECT(!str_has(ask(&c, &b, S("/sit.csv?ke-dni=2020-06-01")).body, all.at[0]->number));
	Answer line = ask(&c, &b, str_format(t_arena, "/sit/sluzba/%lld", (long long)all.at[0]->line));
	EXPECT(str_has(line.body, str_format(t_arena, "/povereni/%lld", (long long)all.at[0]->head.id)));
	ctx_end(&c);
}

TEST("network: the history of a line and of the whole network are files with each belief once; the same rows in CSV and JSON") {
	App      *app = test_app_demo();
	Browser   b = {.app = app};
	Ctx       c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	Network  *n;
	LineWholes all;
	i64        rows = 0, of_line = 0, in_json = 0;
	web_clock(c.now);
	MUST(network_of_tier(&c, (Str){0}, &n));
	MUST(lines_of(&c, n->head.id, TODAY, &all));
	EntityList ever;
	MUST(store_all_rows(&c, &line_entity, all.at[0].line->head.id, &ever));
	for (size_t i = 0; i < ever.len; i++) {
		const Line *l = ever.at[i];
		of_line += l->head.recorded_to.ms == 0 || l->head.recorded_to.ms != l->head.recorded_from.ms;
	}
	TableReader *r;
	Strs         cells;
	Str          target = str_format(t_arena, "/sit/sluzba/%lld.csv", (long long)all.at[0].line->head.id);
	MUST(table_read_open(&c, file_of(ask(&c, &b, target).body), S("a.csv"), &r));
	while (table_read_next(r, &cells))
		rows++;
	MUST(table_read_end(r));
	EQ_INT(rows, of_line);
	rows = 0;
	MUST(table_read_open(&c, file_of(ask(&c, &b, S("/sit/zmeny.csv")).body), S("b.csv"), &r));
	while (table_read_next(r, &cells))
		rows++;
	MUST(table_read_end(r));
	Str json = ask(&c, &b, S("/sit/zmeny.json")).body;
	for (Str rest = json; rest.len;) {
		i64 at = str_find(rest, S("\"vedeli_jsme_do\""));
		if (at < 0)
			break;
		in_json++;
		rest = str_of(rest.ptr + at + 5, rest.len - (size_t)at - 5);
	}
	EQ_INT(in_json, rows);
	EXPECT(rows > (i64)all.len);
	EQ_INT(ask(&c, &b, S("/sit/sluzba/999999999.csv")).status, 404);
	ctx_end(&c);
}
