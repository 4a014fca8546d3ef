/* document_page.h: pages of documents and resolutions, and the pieces that they share. */
#pragma once
#include "domain/library/document_list.h"
#include "domain/library/document_views_page.h"
#include "domain/library/inside.h"
#include "domain/library/upload.h"
#include "web/screen.h"

/* public */
Err page_documents(Req *r);
Err page_document(Req *r);
Err page_document_version(Req *r);
Err page_document_file(Req *r);
Err page_document_difference(Req *r);
Err page_document_pdf(Req *r);
Err page_document_docx(Req *r);
/* office */
Err page_office_documents(Req *r);
Err page_office_document(Req *r);
Err page_document_new(Req *r);
Err post_document_new(Req *r);
Err page_document_edit(Req *r);
Err post_document_edit(Req *r);
Err page_version_new(Req *r);
Err post_version_new(Req *r);
Err page_version_edit(Req *r);
Err post_version_edit(Req *r);
Err page_version_step(Req *r);
Err post_version_step(Req *r);

/* ---- pieces ---- */

Str     document_kind_name(Req *r, Str code);
/* "v platnosti", "návrh", "rozpracovaná", "odvolaná", "už neplatí", "bude platit" of a version, given the one in force today. */
TagKind version_tag(Req *r, const DocumentVersion *v, const DocumentVersion *in_force, Str *word);
Str     version_href(Req *r, const DocumentVersion *v);          /* "/dokumenty/3/verze/2" */
Str     format_text(Arena *a, void (*format)(Buf *, Date), Date d);
/* What a version says, as a web text with anchors, and its chapters. */
MUST_USE Err version_html(Req *r, const DocumentVersion *v, Html *ret, Links *contents);
/* The same for print: without links at paragraphs, its headings `shift` below the page's. */
MUST_USE Err version_print_html(Req *r, const DocumentVersion *v, int shift, Html *ret);
/* What there is to say about the words of a file: they are being read, or could not be. */
MUST_USE Err file_text_note(Req *r, const StoredFile *f, NoteView *ret);
/* Send a stored file: always to be saved, never shown by the browser as a page of ours. */
MUST_USE Err send_stored_file(Req *r, i64 file);
/* The file chosen in the form's field; *ret is NULL when none was. */
MUST_USE Err upload_of_form(Req *r, const char *field, StoredFile **ret);
FieldView upload_field(Req *r, const char *name, const char *label, bool optional);
/* The list of the address as a file, and links to the three kinds of it. */
MUST_USE Err documents_export(Req *r, const DocumentRows *rows);
Links library_downloads(Req *r);
DocumentLine document_line_of(Req *r, const DocumentRow *row, bool office);
/* Versions as rows of a table; `here` is the one that the page shows. */
MUST_USE Err version_lines(Req *r, const Document *d, const DocumentVersions *all, Id here, VersionLines *ret);
void    add_pair_text(Req *r, PairViews *pairs, const char *label, Str value);
