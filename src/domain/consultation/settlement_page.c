/* settlement_page.c: the table of answers as a page, a file for a spreadsheet, a PDF and a document. */
#include "base/format.h"
#include "core/exchange.h"
#include "core/search.h"
#include "core/settings.h"
#include "domain/consultation/consultation.html.h"
#include "domain/consultation/consultation_page.h"

enum { ROWS_OF_PAGE = 100 };

typedef struct Asked {
	Consultation *n;
	Settlement    all;
	Str           base;
	SearchTokens  words;
	Str           result, chapter;
	DocumentVersion newest;                  /* of the document: where answers say that they changed something */
	Paragraphs    text;
} Asked;

static Err find_newest(Req *r, Asked *q) {
	DocumentVersion subject;
	TRY(version_get(r->c, q->n->subject, &subject));
	size_t said = r->c->problems.len;
	if (document_newest(r->c, subject.document, &q->newest) != OK) {
		r->c->problems.len = said;               /* all were withdrawn: answers stay to be read */
		return OK;
	}
	return version_paragraphs(r->c, q->newest.head.id, &q->text);
}

static Err ask(Req *r, Asked *q) {
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(consultation_public(r->c, id, &q->n));
	TRY(settlement_table(r->c, id, &q->all));
	q->base = str_format(r->c->arena, "/pripominky/%lld", (long long)id);
	q->words = search_tokens(r->c->arena, query(r, "q"));
	q->result = query(r, "vysledek");
	q->chapter = query(r, "kapitola");
	return find_newest(r, q);
}

static bool passes(Req *r, const Asked *q, const SettlementRow *row) {
	Str parts[] = {row->number, row->author, row->chapter, row->text, row->proposal, row->reasoning};
	if (q->result.len && !str_eq(row->answer->result, q->result))
		return false;
	if (q->chapter.len && !str_eq(row->chapter, q->chapter))
		return false;
	return !q->words.len || search_matches(&q->words, search_words(r->c->arena, str_join(r->c->arena, S(" "), (Strs){parts, LEN(parts), LEN(parts)})));
}

static TagKind result_tone(Str result) {
	return str_eq(result, S("accepted")) ? TAG_OK : str_eq(result, S("partly")) ? TAG_INFO : str_eq(result, S("rejected")) ? TAG_WARN : TAG_PLAIN;
}

/* What the answer changed, in the newest version; a card where it is today. */
static Str changed_href(Req *r, const Asked *q, Str anchor) {
	Str href = {0};
	if (anchor_is_card(anchor))
		return version_card_href(r->c, anchor, &href) == OK ? href : (Str){0};
	if (q->newest.head.id == q->n->subject || !anchor.len || paragraphs_find(&q->text, anchor) < 0)
		return (Str){0};
	return str_format(r->c->arena, "/dokumenty/%lld/verze/%lld#%.*s", (long long)q->newest.document, (long long)q->newest.no, STR_ARG(anchor));
}

static SettlementLine line_of(Req *r, const Asked *q, const SettlementRow *row) {
	SettlementLine l = {.row = *row, .href = period_place_href(r, q->n->head.id, row->anchor),
	                    .place_href = changed_href(r, q, row->place), .tone = result_tone(row->answer->result)};
	return l;
}

/* ---- files ---- */

static Err send_table(Req *r, const Asked *q) {
	static const TableColumn columns[] = {
		{"cislo", "Číslo", CELL_TEXT, 0, 24}, {"pripominkujici", "Připomínkující", CELL_TEXT, 0, 24}, {"kapitola", "Kapitola", CELL_TEXT, 0, 24},
		{"pripominka", "Připomínka", CELL_TEXT, 0, 24}, {"navrh", "Navrhovaná změna", CELL_TEXT, 0, 24}, {"vysledek", "Vypořádání", CELL_TEXT, 0, 24},
		{"oduvodneni", "Odůvodnění", CELL_TEXT, 0, 24}, {"rozhodl", "Rozhodl", CELL_TEXT, 0, 24}, {"odstavec", "Odstavec", CELL_TEXT, 0, 24},
		{"zakryto", "Zveřejněno jinak, než přišlo", CELL_TEXT, 0, 24},
	};
	FileFormat f = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);
	TRY(download_start(r, format_type(f), str_format(r->c->arena, "vyporadani-pripominek-%lld.%s", (long long)q->n->head.id, format_suffix(f)), out));
	TableWriter *w = table_open(r->c->arena, out, f, S("Vypořádání"), columns, LEN(columns), q->n->title);
	for (size_t i = 0; i < q->all.len; i++) {
		const SettlementRow *row = &q->all.at[i];
		if (!passes(r, q, row))
			continue;
		Str cells[] = {row->number, row->author, row->chapter.len ? row->chapter : S("celý dokument"), row->text, row->proposal,
		               row->result, row->reasoning, row->decided, row->anchor, row->hidden_why};
		for (size_t c = 0; c < LEN(cells); c++)
			table_text(w, cells[c]);
		table_row_end(w);
	}
	if (table_close(w) != OK)
		return fail(r->c, ERR_STORAGE, NULL, "Soubor se nepodařilo připravit, na serveru došlo místo. Zkuste to později.");
	return download_end(r, out);
}

static PrintDoc print_of(Req *r, const Asked *q) {
	CLEANUP(buf_free) Out out = {0};
	SettlementPage v = {.title = str_cat(r->c->arena, S("Vypořádání připomínek: "), q->n->title), .lead = consultation_when(r->c->arena, q->n)};
	for (size_t i = 0; i < q->all.len; i++)
		*ARENA_PUSH(r->c->arena, v.lines.at, v.lines.len, v.lines.cap) = line_of(r, q, &q->all.at[i]);
	view_settlement_print(&out, &v);
	return (PrintDoc){.title = v.title, .body = buf_take(&out, r->c->arena), .file_name = str_format(r->c->arena, "vyporadani-pripominek-%lld.pdf", (long long)q->n->head.id),
	                  .author = setting_text(r->c, "region.name"), .is_landscape = true, .is_large = q->all.len > 200};
}

Err page_settlement_pdf(Req *r) {
	Asked q = {0};
	TRY(ask(r, &q));
	PrintDoc d = print_of(r, &q);
	return print_answer(r, &d, str_cat(r->c->arena, q.base, S("/vyporadani")));
}

Err page_settlement_docx(Req *r) {
	Asked q = {0};
	TRY(ask(r, &q));
	PrintDoc d = print_of(r, &q);
	return docx_answer(r, &d);
}

/* ---- the page ---- */

static void add_fields(Req *r, const Asked *q, SettlementPage *v) {
	Arena *a = r->c->arena;
	Str    last = {0};
	v->search = (FieldView){.name = S("q"), .label = S("Hledat v připomínkách"), .value = query(r, "q"), .type = "search", .optional = false};
	v->result = comment_choice(r, "settlement_result", "vysledek", "Vypořádání", q->result, true);
	v->result.options.at[0].label = S("všechna");
	v->chapter = (FieldView){.kind = FIELD_SELECT, .name = S("kapitola"), .label = S("Kapitola")};
	*ARENA_PUSH(a, v->chapter.options.at, v->chapter.options.len, v->chapter.options.cap) = (OptionView){.label = S("všechny"), .chosen = !q->chapter.len};
	for (size_t i = 0; i < q->all.len; i++) {                /* rows are in the order of the document */
		Str name = q->all.at[i].chapter;
		if (name.len && !str_eq(name, last))
			*ARENA_PUSH(a, v->chapter.options.at, v->chapter.options.len, v->chapter.options.cap) =
				(OptionView){.value = name, .label = name, .chosen = str_eq(name, q->chapter)};
		last = name;
	}
}

static void add_sums(Req *r, const Asked *q, SettlementPage *v) {
	CodeItems items;
	if (codelist_items(r->c, "settlement_result", r->c->today, &items) != OK)
		return;
	for (size_t i = 0; i < items.len && i < LEN(q->all.by_result); i++)
		if (q->all.by_result[i])
			add_pair(r, &v->sums, str_z(r->c->arena, items.at[i]->name), str_format(r->c->arena, "%lld", (long long)q->all.by_result[i]));
}

Err page_settlement(Req *r) {
	Asked q = {0};
	i64   at, found = 0;
	TRY(ask(r, &q));
	if (r->format != PAGE_HTML)
		return send_table(r, &q);
	TRY(query_int(r, "strana", 1, 1, 100000, &at));
	Arena         *a = r->c->arena;
	SettlementPage v = {.title = S("Vypořádání připomínek"), .lead = q.n->title, .action = str_cat(a, q.base, S("/vyporadani")), .back = q.base,
	                    .is_filtered = query(r, "q").len || q.result.len || q.chapter.len};
	for (size_t i = 0; i < q.all.len; i++) {
		if (!passes(r, &q, &q.all.at[i]))
			continue;
		if (found >= (at - 1) * ROWS_OF_PAGE && found < at * ROWS_OF_PAGE)
			*ARENA_PUSH(a, v.lines.at, v.lines.len, v.lines.cap) = line_of(r, &q, &q.all.at[i]);
		found++;
	}
	CLEANUP(buf_free) Buf count = {0};
	fmt_count(&count, found, "připomínka", "připomínky", "připomínek");
	v.count = buf_take(&count, a);
	v.pager = (PagerView){.label = S("Stránkování připomínek"), .base = str_cat(a, url_with(r, "strana", (Str){0}), str_find_char(url_with(r, "strana", (Str){0}), '?') >= 0 ? S("&strana=") : S("?strana=")),
	                      .page = at, .pages = (found + ROWS_OF_PAGE - 1) / ROWS_OF_PAGE};
	add_fields(r, &q, &v);
	add_sums(r, &q, &v);
	static const char *const files[][2] = {{"Tabulka (XLSX)", "xlsx"}, {"CSV", "csv"}, {"JSON", "json"}};
	for (size_t i = 0; i < LEN(files); i++)
		*ARENA_PUSH(a, v.downloads.at, v.downloads.len, v.downloads.cap) = (LinkView){.label = str_c(files[i][0]), .href = url_with_format(r, files[i][1])};
	*ARENA_PUSH(a, v.downloads.at, v.downloads.len, v.downloads.cap) = (LinkView){.label = S("Dokument (DOCX)"), .href = str_cat(a, v.action, S("/docx"))};
	*ARENA_PUSH(a, v.downloads.at, v.downloads.len, v.downloads.cap) = (LinkView){.label = S("PDF"), .href = str_cat(a, v.action, S("/pdf"))};
	crumb(r, S("Připomínky a projednání"), S("/pripominky"));
	crumb(r, q.n->title, q.base);
	view_settlement(page(r, v.title), &v);
	return OK;
}
