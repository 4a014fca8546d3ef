/* document_parts_page.c: words, files and fields that the pages of the library share. */
#include "domain/library/document_page.h"

#include <unistd.h>

#include "domain/library/file_text.h"
#include "domain/library/paragraphs_page.h"

Str document_kind_name(Req *r, Str code) {
	return codelist_name(r->c, "document_kind", code);
}

Str format_text(Arena *a, void (*format)(Buf *, Date), Date d) {
	CLEANUP(buf_free) Buf b = {0};
	format(&b, d);
	return buf_take(&b, a);
}

Str version_href(Req *r, const DocumentVersion *v) {
	return str_format(r->c->arena, "/dokumenty/%lld/verze/%lld", (long long)v->document, (long long)v->no);
}

TagKind version_tag(Req *r, const DocumentVersion *v, const DocumentVersion *in_force, Str *word) {
	*word = S("rozpracovaná");
	if (str_eq(v->state, S(VERSION_DRAFT)))
		return TAG_INFO;
	*word = S("odvolaná");
	if (str_eq(v->state, S(VERSION_WITHDRAWN)))
		return TAG_WARN;
	*word = S("v platnosti");
	if (in_force && in_force->head.id == v->head.id)
		return TAG_OK;
	*word = S("návrh");
	if (!date_is(v->valid_from))
		return TAG_INFO;
	*word = S("bude platit");
	if (date_after(v->valid_from, r->c->today))
		return TAG_INFO;
	*word = S("už neplatí");
	return TAG_PLAIN;
}

/* Whatever level a text begins with, its highest headings come right below the heading of the page. */
static int highest(const Paragraphs *p) {
	int level = 6;
	for (size_t i = 0; i < p->len; i++)
		if (p->at[i].kind == PARAGRAPH_HEADING && p->at[i].level < level)
			level = p->at[i].level;
	return level;
}

Err version_html(Req *r, const DocumentVersion *v, Html *ret, Links *contents) {
	Paragraphs p;
	TRY(version_paragraphs_of(r->c, v, &p));
	int top = highest(&p);
	for (size_t i = 0; i < p.len; i++) {
		if (p.at[i].kind != PARAGRAPH_HEADING)
			continue;
		if (p.at[i].level == top)
			*ARENA_PUSH(r->c->arena, contents->at, contents->len, contents->cap) =
				(LinkView){.label = p.at[i].text, .href = str_format(r->c->arena, "#%.*s", STR_ARG(p.at[i].anchor))};
		p.at[i].level -= top - 1;
	}
	*ret = paragraphs_html(r->c->arena, &p, &(ParagraphsView){.linked = !str_eq(v->state, S(VERSION_DRAFT)), .base = version_href(r, v)});
	return OK;
}

/* For paper: without the links behind paragraphs. */
Err version_print_html(Req *r, const DocumentVersion *v, int shift, Html *ret) {
	Paragraphs p;
	TRY(version_paragraphs_of(r->c, v, &p));
	int top = highest(&p);
	for (size_t i = 0; i < p.len; i++)
		if (p.at[i].kind == PARAGRAPH_HEADING)
			p.at[i].level -= top - 1;
	*ret = paragraphs_html(r->c->arena, &p, &(ParagraphsView){.shift = shift});
	return OK;
}

void add_pair_text(Req *r, PairViews *pairs, const char *label, Str value) {
	if (value.len)
		*ARENA_PUSH(r->c->arena, pairs->at, pairs->len, pairs->cap) = (PairView){.label = str_c(label), .value = value};
}

/* ---- files ---- */

Err file_text_note(Req *r, const StoredFile *f, NoteView *ret) {
	FileText t;
	bool     office = may(r->c, CAP_DOCUMENT_READ);
	*ret = (NoteView){0};
	TRY(file_text_of(r->c, f, &t));
	if (t.state == FILE_TEXT_WAITING)
		*ret = (NoteView){.kind = NOTE_INFO, .title = S("Text souboru se připravuje:"), .text = S("Soubor si můžete stáhnout už teď, hledání v jeho textu bude fungovat za chvíli.")};
	if (t.state == FILE_TEXT_FAILED && office)
		*ret = (NoteView){.kind = NOTE_WARN, .title = S("V textu souboru se nehledá:"), .text = t.why};
	return OK;
}

Err send_stored_file(Req *r, i64 file) {
	StoredFile f;
	TRY(files_get(r->c, file, &f));
	return send_file(r, &f, false);
}

Err upload_of_form(Req *r, const char *field, StoredFile **ret) {
	const Upload *u = form_file(r, field);
	*ret = NULL;
	if (!u || (!u->file_name.len && !u->size))
		return OK;
	StoredFile *f = NEW_ZERO(r->c->arena, StoredFile);
	TRY(upload_stage(r->c, field, u->file_name, u->bytes, u->fd, u->size, f));
	*ret = f;
	return OK;
}

FieldView upload_field(Req *r, const char *name, const char *label, bool optional) {
	return (FieldView){.kind = FIELD_FILE, .name = str_c(name), .label = str_c(label), .optional = optional, .accept = S(UPLOAD_ACCEPT),
	                   .hint = str_format(r->c->arena, "PDF, DOCX, XLSX, CSV, PNG nebo JPG, nejvýše %lld MB.", (long long)setting_int(r->c, "library.upload_mb")),
	                   .error = field_problem(r, name)};
}
