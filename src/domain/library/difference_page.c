/* difference_page.c: two versions of a document compared: paragraphs, words, cells of tables. */
#include "domain/library/document.html.h"
#include "domain/library/document_page.h"
#include "domain/library/paragraphs_page.h"

static void version_options(Req *r, const DocumentVersions *all, i64 chosen, FieldView *f) {
	for (size_t i = 0; i < all->len; i++) {
		const DocumentVersion *v = &all->at[i];
		OptionView o = {.value = str_format(r->c->arena, "%lld", (long long)v->no), .chosen = v->no == chosen, .label = str_format(r->c->arena, "verze č. %lld", (long long)v->no)};
		*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) = o;
	}
}

/* Withdrawn texts are not read by way of a difference either. */
static Err readable(Req *r, Id document, i64 no, DocumentVersion *ret) {
	TRY(version_by_no(r->c, document, no, ret));
	if (str_eq(ret->state, S(VERSION_WITHDRAWN)) && !may(r->c, CAP_DOCUMENT_READ))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Verze č. %lld byla odvolána, porovnat ji nejde.", (long long)no);
	return OK;
}

static Str counts_of(Req *r, const ParagraphDiffs *d) {
	static const struct { DiffHow how; const char *words[3]; } kinds[] = {
		{DIFF_CHANGED, {"změněný odstavec", "změněné odstavce", "změněných odstavců"}}, {DIFF_ADDED, {"přidaný", "přidané", "přidaných"}},
		{DIFF_REMOVED, {"odstraněný", "odstraněné", "odstraněných"}}, {DIFF_MOVED, {"přesunutý", "přesunuté", "přesunutých"}},
	};
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < LEN(kinds); i++) {
		if (i)
			buf_lit(&b, ", ");
		fmt_count(&b, (i64)d->count[kinds[i].how], kinds[i].words[0], kinds[i].words[1], kinds[i].words[2]);
	}
	buf_lit(&b, ".");
	return buf_take(&b, r->c->arena);
}

static NoteView note_of(const DocumentVersion *before, const DocumentVersion *after, const ParagraphDiffs *d) {
	if (!before->text.len || !after->text.len)
		return (NoteView){.kind = NOTE_INFO, .title = S("Jen soubor:"), .text = S("Jedna z verzí nemá text na webu, jen soubor. Porovnejte soubory obou verzí.")};
	if (d->len == d->count[DIFF_SAME])
		return (NoteView){.kind = NOTE_OK, .title = S("Text je stejný."), .text = S("Verze se liší jen souborem, poznámkou nebo platností.")};
	return (NoteView){0};
}

Err page_document_difference(Req *r) {
	Id               id;
	i64              from, to;
	Document        *d;
	DocumentVersions all;
	DocumentVersion  before, after;
	Paragraphs       p, q;
	TRY(arg_id(r, 0, &id));
	TRY(document_get(r->c, id, &d));
	TRY(versions_of(r->c, id, &all));
	if (all.len < 2)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Dokument má jen jednu verzi, není co porovnat.");
	TRY(query_int(r, "od", all.at[1].no, 1, 100000, &from));
	TRY(query_int(r, "do", all.at[0].no, 1, 100000, &to));
	TRY(readable(r, id, from, &before));
	TRY(readable(r, id, to, &after));
	TRY(version_paragraphs_of(r->c, &before, &p));
	TRY(version_paragraphs_of(r->c, &after, &q));
	ParagraphDiffs diffs = paragraphs_difference(r->c->arena, &p, &q);
	Str            href = str_format(r->c->arena, "/dokumenty/%lld", (long long)id);
	DifferencePage v = {.lead = str_format(r->c->arena, "%.*s: co se změnilo z verze č. %lld na verzi č. %lld", STR_ARG(d->title), (long long)from, (long long)to),
	                    .back = href, .action = str_cat(r->c->arena, href, S("/rozdil")), .note = note_of(&before, &after, &diffs)};
	v.before = (FieldView){.kind = FIELD_SELECT, .name = S("od"), .label = S("Z verze")};
	v.after = (FieldView){.kind = FIELD_SELECT, .name = S("do"), .label = S("Na verzi")};
	version_options(r, &all, from, &v.before);
	version_options(r, &all, to, &v.after);
	if (!v.note.text.len) {
		v.summary = counts_of(r, &diffs);
		v.difference = paragraphs_difference_html(r->c->arena, &diffs, false);
		v.has_difference = true;
	}
	crumb(r, S("Dokumenty"), S("/dokumenty"));
	crumb(r, d->title, href);
	r->no_index = true;
	view_difference(page(r, S("Rozdíl dvou verzí")), &v);
	return OK;
}
