/* exchange_annotate.c: the sender's table back as a workbook, with a colour and a comment at each wrong cell and a list of what to mend. */
#include "base/format.h"
#include "core/exchange_inside.h"
#include "core/xlsx_value.h"

enum { MAX_COMMENTS = 5000, MAX_LISTED = 20000 };

typedef struct Annotation {
	XlsxOut *out;
	size_t   data, list;                     /* sheets */
	u32      row, listed;
	i64      comments;
} Annotation;

static const JudgedCell *problem_at(const Judged *row, size_t column) {
	for (size_t i = 0; i < row->len; i++)
		if (row->cells[i].column == column && row->cells[i].error.len)
			return &row->cells[i];
	return NULL;
}

/* A value as what it was: numbers and days stay such, so that the sender can go on working. */
static void put_value(const Annotation *n, u32 column, Str s, u8 kind, XlsxStyle style) {
	Date day;
	i64  whole;
	if (kind == CELL_IS_DATE && date_read_iso(s, &day)) {
		xlsx_out_date(n->out, n->data, n->row, column, day, style);
		return;
	}
	i64 point = str_find_char(s, '.');
	int places = point < 0 ? 0 : (int)(s.len - (size_t)point - 1);
	if (kind == CELL_IS_NUMBER && places <= 4 && s.len < 17) {
		CLEANUP(arena_free) Arena a = {0};
		if (str_to_int(str_replace(&a, s, S("."), S("")), &whole)) {
			xlsx_out_number(n->out, n->data, n->row, column, whole, places, style);
			return;
		}
	}
	xlsx_out_text(n->out, n->data, n->row, column, s, style);
}

static void list_problem(Annotation *n, Str place, Str value, Str what) {
	if (n->listed > MAX_LISTED)
		return;
	bool is_last = n->listed++ == MAX_LISTED;
	xlsx_out_text(n->out, n->list, n->listed, 0, is_last ? S("…") : place, STYLE_PLAIN);
	xlsx_out_text(n->out, n->list, n->listed, 1, is_last ? (Str){0} : value, STYLE_PLAIN);
	xlsx_out_text(n->out, n->list, n->listed, 2, is_last ? S("Chyb je víc. Opravte nejdřív tyto a nahrajte soubor znovu.") : what, STYLE_PLAIN);
}

static void put_row(Ctx *c, Annotation *n, const Judge *j, const Judged *row) {
	const u8 *kinds = table_kinds(j->reader);
	n->row++;
	for (size_t i = 0; i < row->raw->len; i++) {
		const JudgedCell *wrong = problem_at(row, i);
		put_value(n, (u32)i, row->raw->at[i], kinds[i], wrong ? STYLE_WRONG : STYLE_PLAIN);
		if (wrong && n->comments++ < MAX_COMMENTS)
			xlsx_out_comment(n->out, n->data, n->row, (u32)i, wrong->error);
	}
	for (size_t i = 0; i < row->len; i++) {
		const JudgedCell *cell = &row->cells[i];
		if (cell->error.len == 0)
			continue;
		Inside before = ctx_enter(c, j->row);
		Str    place = cell->column < row->raw->len
		                   ? str_format(j->row, "buňka %.*s%u (%.*s)", STR_ARG(xlsx_column_name(j->row, cell->column)), n->row + 1, STR_ARG(judged_place(j, cell)))
		                   : str_format(j->row, "řádek %u (%.*s)", n->row + 1, STR_ARG(judged_place(j, cell)));
		list_problem(n, place, cell->column < row->raw->len ? row->raw->at[cell->column] : (Str){0}, cell->error);
		ctx_leave(c, &before);
	}
}

static void put_headers(Annotation *n, const Strs *header) {
	static const struct { const char *title; int width; } list[] = {{"Místo", 40}, {"Hodnota", 30}, {"Co s tím", 90}};
	for (size_t i = 0; i < header->len; i++)
		xlsx_out_header(n->out, n->data, 0, (u32)i, header->at[i], 20);
	for (size_t i = 0; i < LEN(list); i++)
		xlsx_out_header(n->out, n->list, 0, (u32)i, str_c(list[i].title), list[i].width);
}

static Err annotate(Ctx *c, const Entity *e, TableReader *r, Buf *out) {
	static const char why[] = "Sešit s chybami se nepodařilo zapsat: na disku serveru došlo místo. Zkuste to za chvíli znovu.";
	Judge  *j;
	Judged *row;
	TRY(judge_open(c, e, r, &j));
	Annotation n = {.out = xlsx_out_open(c->arena, out)};
	if (!n.out)
		return fail(c, ERR_STORAGE, NULL, "%s", why);
	n.data = xlsx_out_sheet(n.out, S("Data"));
	n.list = xlsx_out_sheet(n.out, S("Chyby"));
	put_headers(&n, table_header(r));
	while (judge_next(j, &row))
		put_row(c, &n, j, row);
	TRY(judge_end(j));
	xlsx_out_table(n.out, n.data, 0, n.row, (u32)table_header(r)->len);
	xlsx_out_table(n.out, n.list, 0, n.listed, 3);
	return xlsx_out_close(n.out) == OK ? OK : fail(c, ERR_STORAGE, NULL, "%s", why);
}

Err exchange_annotated(Ctx *c, Id id, Buf *out) {
	StoredPreview p;
	TableReader  *r;
	TRY(preview_find(c, id, &p));
	TRY(require(c, p.entity->write));
	TRY(preview_reader(c, &p, &r));
	return annotate(c, p.entity, r, out);
}
