/* document_print_page.c: one version of a document with the annexes in force, as PDF and DOCX from one template. */
#include "domain/library/document_print_page.h"

#include "base/text.h"
#include "domain/library/document_page.h"
#include "domain/library/document_print.html.h"
#include "web/print.h"

enum { LONG_TEXT = 3000, LARGE_TEXT = 100 * 1000 };

static Str about_of(Req *r, const DocumentVersion *v) {
	Str from = date_is(v->valid_from) ? str_format(r->c->arena, ", platí od %.*s", STR_ARG(format_text(r->c->arena, fmt_date, v->valid_from))) : (Str){0};
	return str_format(r->c->arena, "Verze č. %lld%.*s.", (long long)v->no, STR_ARG(from));
}

/* An annex stands as it is in force today; a file is named, because the renderer cannot take it in. */
static Err add_annex(Req *r, const DocumentRow *row, DocumentPrint *p, size_t *length) {
	DocumentVersion v;
	StoredFile      f;
	AnnexPrint      a = {.title = row->d.title};
	Err             e = document_in_force(r->c, row->d.head.id, r->c->today, &v);
	if (e == ERR_NOT_FOUND) {
		r->c->problems.len = 0;
		return OK;
	}
	TRY(e);
	*length += v.text.len;
	if (v.text.len)
		TRY(version_print_html(r, &v, 2, &a.text));
	if (v.file != BLANK && v.file) {
		TRY(files_get(r->c, v.file, &f));
		a.file = upload_words(r->c->arena, &f);
		a.href = url_absolute(r, str_cat(r->c->arena, version_href(r, &v), S("/soubor")));
	}
	*ARENA_PUSH(r->c->arena, p->annexes.at, p->annexes.len, p->annexes.cap) = a;
	return OK;
}

static Err add_annexes(Req *r, Id document, DocumentPrint *p, size_t *length) {
	DocumentRows rows;
	TRY(documents_list(r->c, (DocumentQuery){.part_of = document, .everything = true}, &rows));
	for (size_t i = 0; i < rows.len; i++)
		TRY(add_annex(r, &rows.at[i], p, length));
	return OK;
}

static Err print_of(Req *r, PrintDoc *ret, Str *back) {
	Arena          *a = r->c->arena;
	Document       *d;
	DocumentVersion v;
	Id              id;
	i64             no;
	TRY(arg_id(r, 0, &id));
	TRY(document_get(r->c, id, &d));
	if (!str_to_int(arg(r, 1), &no))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takovou verzi dokument nemá. Vyberte ji ze seznamu u dokumentu.");
	TRY(version_by_no(r->c, id, no, &v));
	if (!v.text.len || (str_eq(v.state, S(VERSION_WITHDRAWN)) && !may(r->c, CAP_DOCUMENT_READ)))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Tato verze nemá text, nebo byla odvolána. Vyberte jinou ze seznamu u dokumentu.");
	size_t length = v.text.len;
	*back = version_href(r, &v);
	DocumentPrint p = {.d = d, .owner = library_owner_name(r->c, d->owner), .about = about_of(r, &v), .permanent = url_absolute(r, *back)};
	TRY(version_print_html(r, &v, 1, &p.text));
	TRY(add_annexes(r, id, &p, &length));
	CLEANUP(buf_free) Buf body = {0};
	view_document_print(&body, &p);
	*ret = (PrintDoc){.title = d->title, .body = buf_take(&body, a), .author = p.owner, .note = p.about, .contents = length > LONG_TEXT, .is_large = length > LARGE_TEXT,
	                  .file_name = str_format(a, "%.*s-verze-%lld.pdf", STR_ARG(text_slug(a, d->title)), (long long)no)};
	return OK;
}

Err page_document_pdf(Req *r) {
	PrintDoc d;
	Str      back;
	TRY(print_of(r, &d, &back));
	return print_answer(r, &d, back);
}

Err page_document_docx(Req *r) {
	PrintDoc d;
	Str      back;
	TRY(print_of(r, &d, &back));
	return docx_answer(r, &d);
}
