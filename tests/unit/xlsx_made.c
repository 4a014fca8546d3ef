/* Workbooks made by hand, each with one thing that offices do not write: what is unusual is read, what is hostile is refused with a sentence. */
#include <zlib.h>

#include "base/buf.h"
#include "core/table_inside.h"
#include "core/xlsx_parts.h"
#include "tests/test.h"

typedef struct Made {
	Buf zip, directory;
	int entries;
} Made;

static void put_number(Buf *b, u64 n, int width) {
	for (int i = 0; i < width; i++, n >>= 8)
		buf_char(b, (char)n);
}

typedef struct Odd {
	int  method, flags;
	bool is_wide;                            /* its sizes stand in an extra field, as those of large files do */
	bool other_extra;                        /* another field stands before it */
	int  wide_len;                           /* of that field, 0 = as it should be */
	u64  unpacked_lie;                       /* 0 = the truth */
} Odd;

/* An entry that is stored as it is. */
static void add_odd(Made *m, const char *name, Str text, Odd odd) {
	CLEANUP(buf_free) Buf extra = {0};
	u32 at = (u32)m->zip.len, crc = (u32)crc32(0, (const Bytef *)text.ptr, (uInt)text.len), name_len = (u32)strlen(name);
	u64 size = odd.unpacked_lie ? odd.unpacked_lie : text.len;
	if (odd.other_extra)
		put_number(&extra, 0x00009999u, 4);
	if (odd.is_wide) {
		put_number(&extra, 1, 2);
		put_number(&extra, odd.wide_len ? (u64)odd.wide_len : 16, 2);
		put_number(&extra, size, 8);
		put_number(&extra, text.len, 8);
	}
	put_number(&m->zip, 0x04034b50, 4);
	put_number(&m->zip, 20, 2);
	put_number(&m->zip, (u64)odd.flags, 2);
	put_number(&m->zip, (u64)odd.method, 2);
	put_number(&m->zip, 0, 4);
	put_number(&m->zip, crc, 4);
	put_number(&m->zip, text.len, 4);
	put_number(&m->zip, text.len, 4);
	put_number(&m->zip, name_len, 2);
	put_number(&m->zip, 0, 2);
	buf_put(&m->zip, name, name_len);
	buf_str(&m->zip, text);
	Buf *d = &m->directory;
	put_number(d, 0x02014b50, 4);
	put_number(d, 20, 2);
	put_number(d, 20, 2);
	put_number(d, (u64)odd.flags, 2);
	put_number(d, (u64)odd.method, 2);
	put_number(d, 0, 4);
	put_number(d, crc, 4);
	put_number(d, odd.is_wide ? UINT32_MAX : text.len, 4);
	put_number(d, odd.is_wide ? UINT32_MAX : size, 4);
	put_number(d, name_len, 2);
	put_number(d, extra.len, 2);
	put_number(d, 0, 2 + 2 + 2 + 4);
	put_number(d, at, 4);
	buf_put(d, name, name_len);
	buf_str(d, buf_view(&extra));
	m->entries++;
}

static void add(Made *m, const char *name, const char *text) {
	add_odd(m, name, str_c(text), (Odd){0});
}

/* `declared`: entries in the end record. */
static Str finish(Made *m, int declared) {
	u64 at = m->zip.len;
	buf_str(&m->zip, buf_view(&m->directory));
	put_number(&m->zip, 0x06054b50, 4);
	put_number(&m->zip, 0, 4);
	put_number(&m->zip, (u64)declared, 2);
	put_number(&m->zip, (u64)declared, 2);
	put_number(&m->zip, m->directory.len, 4);
	put_number(&m->zip, at, 4);
	put_number(&m->zip, 0, 2);
	Str all = buf_take(&m->zip, t_arena);
	buf_free(&m->zip);
	buf_free(&m->directory);
	return all;
}

#define TYPES "<Types/>"
#define ROOT(target) "<Relationships><Relationship Id=\"r1\" Type=\"x/officeDocument\" Target=\"" target "\"/></Relationships>"
#define BOOK "<workbook xmlns:r=\"r\"><workbookPr date1904=\"false\"/><sheets><sheet name=\"List\" r:id=\"r1\"/></sheets></workbook>"
#define RELATIONS "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"./s.xml\"/><Relationship Id=\"r2\" Type=\"x/sharedStrings\" " \
	"Target=\"/xl/t.xml\"/><Relationship Id=\"r3\" Type=\"x/hyperlink\" Target=\"http://a.example\" TargetMode=\"External\"/></Relationships>"

static void add_frame(Made *m) {
	add(m, "[Content_Types].xml", TYPES);
	add(m, "_rels/.rels", ROOT("xl/workbook.xml"));
	add(m, "xl/workbook.xml", BOOK);
	add(m, "xl/_rels/workbook.xml.rels", RELATIONS);
}

static Str workbook(Str sheet) {
	Made m = {0};
	add_frame(&m);
	add_odd(&m, "xl/s.xml", sheet, (Odd){0});
	return finish(&m, m.entries);
}

/* "a|b/1|2", or why not. */
static Str read_bytes(Str bytes) {
	Ctx          c = ctx_make(t_arena, NULL, &actor_program, (Instant){1});
	TableReader *r;
	Strs         cells, all = {0};
	if (table_read_bytes(&c, bytes, S("x.xlsx"), &r) != OK)
		return first_problem(&c);
	strs_add(t_arena, &all, str_join(t_arena, S("|"), *table_header(r)));
	while (table_read_next(r, &cells))
		strs_add(t_arena, &all, str_join(t_arena, S("|"), cells));
	return table_read_end(r) == OK ? str_join(t_arena, S("/"), all) : first_problem(&c);
}

#define CELL(text) "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define SHEET(rows) "<worksheet><sheetData><row>" CELL("A") CELL("B") "</row>" rows "</sheetData></worksheet>"

static Str read_sheet(const char *sheet) { return read_bytes(workbook(str_c(sheet))); }

static void says(Str got, const char *part) {
	if (!str_has(got, str_c(part)))
		test_fail(__FILE__, __LINE__, "\"%.*s\" has no \"%s\"", STR_ARG(utf8_first(got, 300)), part);
}

TEST("workbook: cells without addresses, relations with ./ and / and links to other sites are read or passed over") {
	EQ_TEXT(read_sheet(SHEET("<row>" CELL("1") CELL("x") "</row>")), "A|B/1|x");
	EQ_TEXT(read_sheet(SHEET("<row/><row r=\"7\"><c r=\"B7\"><v>0.1</v></c></row>")), "A|B/|0.1");
}

TEST("workbook: a cell that calls itself a number and holds none is text") {
	EQ_TEXT(read_sheet(SHEET("<row><c><v>1,5</v></c><c t=\"x\"><v>y</v></c></row>")), "A|B/1,5|y");
}

TEST("workbook: cells and rows out of order, control characters and long texts are refused") {
	says(read_sheet(SHEET("<row r=\"5\"/><row r=\"4\"/>")), "Řádky sešitu jsou v souboru přeházené");
	says(read_sheet(SHEET("<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row>")), "Buňky sešitu jsou v souboru přeházené");
	says(read_sheet(SHEET("<row r=\"2\"><c r=\"A3\"><v>1</v></c></row>")), "Buňky sešitu jsou v souboru přeházené");
	says(read_sheet(SHEET("<row>" CELL("_x0007_") "</row>")), "řídicí znak");
	says(read_sheet("<worksheet><sheetData><row>"), "poškozený");
	Buf b = {0};
	buf_lit(&b, "<worksheet><sheetData><row>" CELL("A") "</row><row><c t=\"inlineStr\"><is><t>");
	for (int i = 0; i < TABLE_MAX_CELL + 1; i++)
		buf_char(&b, 'x');
	buf_lit(&b, "</t></is></c></row></sheetData></worksheet>");
	says(read_bytes(workbook(buf_view(&b))), "příliš dlouhý");
	buf_free(&b);
}

TEST("workbook: 100 000 rows are read, one more is refused") {
	Buf b = {0};
	buf_lit(&b, "<worksheet><sheetData><row>" CELL("A") "</row>");
	for (int i = 0; i < TABLE_MAX_ROWS; i++)
		buf_lit(&b, "<row><c><v>1</v></c></row>");
	size_t fits = b.len;
	buf_lit(&b, "</sheetData></worksheet>");
	Str all = read_bytes(workbook(buf_view(&b)));
	EQ_INT(all.len, 1 + 2 * TABLE_MAX_ROWS);
	b.len = fits;
	buf_lit(&b, "<row><c><v>1</v></c></row></sheetData></worksheet>");
	says(read_bytes(workbook(buf_view(&b))), "víc než 100 000 řádků");
	buf_free(&b);
}

TEST("workbook: sizes beyond 32 bits are read from their extra field, wherever it stands") {
	for (int other = 0; other < 2; other++) {
		Made m = {0};
		add_frame(&m);
		add_odd(&m, "xl/s.xml", S(SHEET("<row>" CELL("1") CELL("2") "</row>")), (Odd){.is_wide = true, .other_extra = other == 1});
		EQ_TEXT(read_bytes(finish(&m, m.entries)), "A|B/1|2");
	}
	Made m = {0};
	add_frame(&m);
	add_odd(&m, "xl/s.xml", S(SHEET("")), (Odd){.is_wide = true, .wide_len = 60000});     /* longer than the entry */
	says(read_bytes(finish(&m, m.entries)), "poškozený");
	m = (Made){0};
	add_frame(&m);
	add_odd(&m, "xl/s.xml", S(SHEET("")), (Odd){.is_wide = true, .wide_len = 8});         /* holds one of the two */
	says(read_bytes(finish(&m, m.entries)), "poškozený");
	m = (Made){0};
	add_frame(&m);
	add_odd(&m, "xl/s.xml", S(SHEET("")), (Odd){.is_wide = true, .unpacked_lie = (u64)1 << 40});
	says(read_bytes(finish(&m, m.entries)), "příliš velký");
}

TEST("workbook: names that leave the folder, double names, other packings and too many parts are refused") {
	static const char *const names[] = {"/abs", "a/../b", "..", "a\\b", "c:d", ""};
	for (size_t i = 0; i < LEN(names); i++) {
		Made m = {0};
		add_frame(&m);
		add(&m, names[i], "x");
		says(read_bytes(finish(&m, m.entries)), "uspořádaný jinak");
	}
	Made m = {0};
	add_frame(&m);
	add(&m, "XL/Workbook.xml", BOOK);
	says(read_bytes(finish(&m, m.entries)), "uspořádaný jinak");
	m = (Made){0};
	add_odd(&m, "a", S("x"), (Odd){.method = 12});
	says(read_bytes(finish(&m, m.entries)), "uspořádaný jinak");
	m = (Made){0};
	add_odd(&m, "a", S("x"), (Odd){.flags = 1});
	says(read_bytes(finish(&m, m.entries)), "heslem");
	m = (Made){0};
	add(&m, "a", "x");
	says(read_bytes(finish(&m, 2001)), "příliš mnoho částí");
	m = (Made){0};
	add(&m, "a", "x");
	says(read_bytes(finish(&m, 2)), "poškozený");
}

TEST("workbook: archives that are other things than a workbook are told apart") {
	Made m = {0};
	add(&m, "content.xml", "<office/>");
	says(read_bytes(finish(&m, 1)), ".ods");
	m = (Made){0};
	add(&m, "[Content_Types].xml", TYPES);
	add(&m, "_rels/.rels", "<Relationships/>");
	says(read_bytes(finish(&m, 2)), "není sešit");
	m = (Made){0};
	add(&m, "[Content_Types].xml", TYPES);
	add(&m, "_rels/.rels", ROOT("word/document.xml"));
	add(&m, "word/document.xml", "<w/>");
	says(read_bytes(finish(&m, 3)), "není sešit");
	m = (Made){0};
	add_frame(&m);                               /* the sheet that is named is not there */
	says(read_bytes(finish(&m, m.entries)), "žádný list");
	m = (Made){0};
	add(&m, "[Content_Types].xml", TYPES);
	add(&m, "_rels/.rels", "<Relationships><a>");
	says(read_bytes(finish(&m, 2)), "poškozený");
}

TEST("workbook: elements nested without end and a tag that never ends are refused") {
	Buf b = {0};
	buf_lit(&b, "<worksheet>");
	for (int i = 0; i < 40; i++)
		buf_lit(&b, "<x>");
	says(read_bytes(workbook(buf_view(&b))), "uspořádaný jinak");
	b.len = 0;
	buf_lit(&b, "<worksheet><!--");
	for (int i = 0; i < 1300000; i++)
		buf_char(&b, 'x');
	says(read_bytes(workbook(buf_view(&b))), "uspořádaný jinak");
	buf_free(&b);
}
