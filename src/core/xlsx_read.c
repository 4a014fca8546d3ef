#include "core/xlsx_read.h"

#include "core/xlsx_zip.h"

enum { PIECE = 64 * 1024 };

static const char WHY_NO_SHEET[] = "V souboru není žádný list s tabulkou. Zkopírujte data do nového sešitu a nahrajte ten.";
static const char WHY_ODS[] = "Soubor je sešit LibreOffice (.ods). Uložte jej jako .xlsx nebo CSV a nahrajte znovu.";
static const char WHY_NO_WORKBOOK[] = "Soubor není sešit .xlsx. Uložte data v tabulkovém programu jako .xlsx nebo CSV a nahrajte znovu.";
static const char WHY_STRINGS[] = "V sešitu je příliš mnoho textu. Rozdělte ho na menší.";

struct Xlsx {
	Arena        *arena;
	Zip          *zip;
	Arena         rows, open;                /* of one piece, and of the row that is not complete yet */
	Str           name;
	Styles        styles;
	SharedStrings strings;
	Workbook      book;
	Sheet         sheet;
	ZipPart      *part;
	size_t        given;                     /* rows of the piece that were taken */
	bool          ended;
	Str           why;
};

/* The whole of a small part. False with x->why. */
static bool read_part(Xlsx *x, Str name, XmlHandler h, Xml **stopper) {
	static const char broken[] = "Soubor je poškozený nebo neúplný. Otevřete jej v tabulkovém programu, uložte znovu jako .xlsx a nahrajte.";
	ZipPart *part = zip_part_open(x->zip, name);
	Arena    own = {.on_full = x->arena->on_full};
	Xml     *xml = xml_open(&own, h);
	char     piece[8192];
	i64      n = -1;
	if (stopper)
		*stopper = xml;
	while (part && (n = zip_part_read(part, piece, sizeof piece)) > 0)
		if (!xml_feed(xml, str_of(piece, (size_t)n), false))
			break;
	bool fine = n == 0 && xml_feed(xml, (Str){0}, true);
	if (!fine)
		x->why = str_c(n < 0 ? (zip_why(x->zip) ? zip_why(x->zip) : broken) : xml_why(xml) ? xml_why(xml) : broken);
	if (part)
		zip_part_close(part);
	arena_free(&own);
	return fine;
}

static Str relations_of(Arena *a, Str part) {
	size_t at = part.len;
	while (at > 0 && part.ptr[at - 1] != '/')
		at--;
	return str_format(a, "%.*s_rels/%.*s.rels", (int)at, part.ptr, STR_ARG(str_from(part, at)));
}

static bool refuse(Xlsx *x, const char *why) {
	x->why = str_c(why);
	return false;
}

static bool find_workbook(Xlsx *x, Str *ret) {
	Relations root = {.arena = x->arena};
	if (!zip_has(x->zip, S("[Content_Types].xml")) || !zip_has(x->zip, S("_rels/.rels")))
		return refuse(x, zip_has(x->zip, S("content.xml")) ? WHY_ODS : WHY_NO_WORKBOOK);
	if (!read_part(x, S("_rels/.rels"), relations_handler(&root), NULL))
		return false;
	const Relation *book = relation_by_type(&root, S("officeDocument"));
	if (!book)
		return refuse(x, WHY_NO_WORKBOOK);
	*ret = relation_part(x->arena, S(""), book->target);
	return zip_has(x->zip, *ret) && str_has(*ret, S("workbook")) ? true : refuse(x, WHY_NO_WORKBOOK);
}

static bool read_styles(Xlsx *x, const Relations *r, Str book) {
	const Relation *styles = relation_by_type(r, S("styles"));
	Str             part = styles ? relation_part(x->arena, book, styles->target) : (Str){0};
	return !styles || !zip_has(x->zip, part) || read_part(x, part, styles_handler(&x->styles), NULL);
}

static bool read_strings(Xlsx *x, const Relations *r, Str book) {
	const Relation *strings = relation_by_type(r, S("sharedStrings"));
	Str             part = strings ? relation_part(x->arena, book, strings->target) : (Str){0};
	if (!strings || !zip_has(x->zip, part))
		return true;
	bool fine = read_part(x, part, strings_handler(&x->strings), &x->strings.xml);
	if (!fine && x->strings.too_much)
		x->why = str_c(WHY_STRINGS);
	return fine;
}

/* The first sheet in the order of its tabs that is a sheet of cells. */
static bool open_sheet(Xlsx *x, const Relations *r, Str book) {
	for (size_t i = 0; i < x->book.len && !x->part; i++) {
		const Relation *sheet = relation_by_id(r, x->book.at[i].relation);
		if (!sheet || !str_eq(sheet->type, S("worksheet")))
			continue;
		x->name = x->book.at[i].name;
		x->part = zip_part_open(x->zip, relation_part(x->arena, book, sheet->target));
	}
	return x->part ? true : refuse(x, WHY_NO_SHEET);
}

static void free_rows(void *arg) {
	arena_free(arg);
}

static bool read_book(Xlsx *x) {
	Str       book;
	Relations r = {.arena = x->arena};
	x->book = (Workbook){.arena = x->arena};
	x->styles = (Styles){.arena = x->arena};
	x->strings = (SharedStrings){.arena = x->arena};
	return find_workbook(x, &book) && read_part(x, book, workbook_handler(&x->book), NULL) &&
	       read_part(x, relations_of(x->arena, book), relations_handler(&r), NULL) && read_styles(x, &r, book) && read_strings(x, &r, book) &&
	       open_sheet(x, &r, book);
}

Xlsx *xlsx_open(Arena *a, Str bytes, Str *why) {
	const char *zip_says;
	Xlsx       *x = NEW(a, Xlsx, .arena = a, .rows = {.on_full = a->on_full});
	arena_defer(a, free_rows, &x->rows);
	arena_defer(a, free_rows, &x->open);
	x->zip = zip_open(a, bytes, &zip_says);
	if (!x->zip || !read_book(x)) {
		*why = x->zip ? x->why : str_c(zip_says);
		return NULL;
	}
	x->sheet = (Sheet){.arena = &x->rows, .open = &x->open, .kept = a, .strings = &x->strings, .styles = &x->styles, .is_1904 = x->book.is_1904};
	x->sheet.xml = xml_open(a, sheet_handler(&x->sheet));
	return x;
}

Str xlsx_sheet_name(const Xlsx *x) { return x->name; }
Str xlsx_why(const Xlsx *x) { return x->why; }
Str xlsx_why_place(const Xlsx *x) { return x->sheet.place; }

/* Unpack and parse until rows stand ready. */
static bool more_rows(Xlsx *x) {
	Sheet *s = &x->sheet;
	arena_reset(&x->rows);
	s->at = NULL;
	s->len = s->cap = x->given = 0;
	for (char piece[PIECE]; s->len == 0 && !x->ended;) {
		i64 n = zip_part_read(x->part, piece, sizeof piece);
		x->ended = n <= 0 || !xml_feed(s->xml, str_of(piece, (size_t)n), false);
		if (n < 0)
			x->why = str_c(zip_why(x->zip));
		else if (n == 0 && !xml_feed(s->xml, (Str){0}, true) && xml_why(s->xml))
			x->why = str_c(xml_why(s->xml));
		else if (s->why.len)
			x->why = s->why;
		else if (xml_why(s->xml))
			x->why = str_c(xml_why(s->xml));
	}
	return s->len > 0 && x->why.len == 0;
}

bool xlsx_next(Xlsx *x, SheetRow *ret) {
	if (x->given == x->sheet.len && (x->ended || !more_rows(x)))
		return false;
	*ret = x->sheet.at[x->given++];
	return true;
}
