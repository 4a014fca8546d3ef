/* export_page.c: lists of documents and resolutions as CSV, XLSX and JSON: the same rows as on the page, all of them. */
#include "core/exchange.h"
#include "domain/library/resolution_page.h"

static FileFormat format_of(const Req *r) {
	return r->format == PAGE_JSON ? FORMAT_JSON : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_CSV;
}

static Err start(Req *r, const char *name, Buf **out) {
	FileFormat f = format_of(r);
	*out = NEW_ZERO(r->c->arena, Buf);
	return download_start(r, format_type(f), f == FORMAT_JSON ? (Str){0} : str_format(r->c->arena, "%s.%s", name, format_suffix(f)), *out);
}

Links library_downloads(Req *r) {
	static const struct { const char *suffix, *label; } formats[] = {{"csv", "CSV"}, {"xlsx", "XLSX"}, {"json", "JSON"}};
	Links links = {0};
	for (size_t i = 0; i < LEN(formats); i++)
		*ARENA_PUSH(r->c->arena, links.at, links.len, links.cap) = (LinkView){.label = str_c(formats[i].label), .href = url_with_format(r, formats[i].suffix)};
	return links;
}

Err documents_export(Req *r, const DocumentRows *rows) {
	static const TableColumn columns[] = {
		{"nazev", "Název", CELL_TEXT, 0, 60}, {"druh", "Druh", CELL_TEXT, 0, 24}, {"vydava", "Vydává", CELL_TEXT, 0, 30}, {"spisova_znacka", "Spisová značka", CELL_TEXT, 0, 18},
		{"verze", "Verze", CELL_INT, 0, 8}, {"stav", "Stav", CELL_TEXT, 0, 14}, {"plati_od", "V platnosti od", CELL_DATE, 0, 14}, {"plati_do", "Platí do", CELL_DATE, 0, 14},
		{"adresa", "Adresa verze", CELL_TEXT, 0, 50}, {"web_vydavatele", "Na webu vydavatele", CELL_TEXT, 0, 50},
	};
	Buf *out;
	TRY(start(r, "dokumenty", &out));
	TableWriter *t = table_open(r->c->arena, out, format_of(r), S("Dokumenty"), columns, LEN(columns), export_note(r->c));
	for (size_t i = 0; i < rows->len; i++) {
		const DocumentRow     *row = &rows->at[i];
		const DocumentVersion *v = row->shown;
		Str                    state = {0};
		if (v)
			version_tag(r, v, row->in_force ? v : NULL, &state);
		table_text(t, row->d.title);
		table_text(t, document_kind_name(r, row->d.kind));
		table_text(t, row->owner);
		table_text(t, row->d.file_number);
		table_int(t, v ? v->no : BLANK);
		table_text(t, state);
		table_date(t, v ? v->valid_from : (Date){0});
		table_date(t, row->d.valid_to);
		table_text(t, v ? url_absolute(r, version_href(r, v)) : (Str){0});
		table_text(t, row->d.url);
		table_row_end(t);
	}
	TRY(table_close(t));
	return download_end(r, out);
}

Err resolutions_export(Req *r, const ResolutionRows *rows) {
	static const TableColumn columns[] = {
		{"cislo", "Číslo", CELL_TEXT, 0, 14}, {"organ", "Orgán", CELL_TEXT, 0, 34}, {"den", "Den rozhodnutí", CELL_DATE, 0, 14}, {"vec", "Věc", CELL_TEXT, 0, 70},
		{"vysledek", "Výsledek", CELL_TEXT, 0, 20}, {"adresa", "Adresa", CELL_TEXT, 0, 50},
	};
	Buf *out;
	TRY(start(r, "usneseni", &out));
	TableWriter *t = table_open(r->c->arena, out, format_of(r), S("Usnesení"), columns, LEN(columns), export_note(r->c));
	for (size_t i = 0; i < rows->len; i++) {
		const Resolution *x = &rows->at[i].r;
		table_text(t, x->number);
		table_text(t, rows->at[i].body);
		table_date(t, x->decided_on);
		table_text(t, x->title);
		table_text(t, codelist_name(r->c, "resolution_result", x->result));
		table_text(t, url_absolute(r, resolution_href(r->c->arena, x->number)));
		table_row_end(t);
	}
	TRY(table_close(t));
	return download_end(r, out);
}
