/* document_views_page.h: what the pages of documents hand to their templates. */
#pragma once
#include "domain/library/document.h"
#include "web/parts.h"
#include "web/work.h"

typedef struct DocumentLine {
	Str     href, title, summary, kind, version, since, file, file_href, state, url, owner;
	TagKind state_kind;
} DocumentLine;
VIEW_LIST(DocumentLine, DocumentLines);

typedef struct DocumentsPage {
	Str           action, caption, new_href, file_number, empty_title, empty_text;
	TabViews      tabs;
	FieldView     search, kind, day;
	Str           tab;                       /* kept by the form */
	DocumentLines lines;
	Str           count;
	PagerView     pager;
	bool          office, is_filtered;
	Links         links, downloads;
} DocumentsPage;

typedef struct VersionLine {
	const DocumentVersion *v;
	Str     href, word, since, until, file, file_href, difference, office;
	TagKind kind;
	bool    is_this;
} VersionLine;
VIEW_LIST(VersionLine, VersionLines);

typedef struct DocumentPage {
	const Document        *d;
	const DocumentVersion *v;                /* NULL: none to show */
	Str           title, lead;
	NoteView      note;
	Html          text;
	bool          has_text;
	Links         contents;                  /* headings of the text */
	Str           file, file_href, file_name;
	NoteView      file_note;                 /* about the text of the file */
	PairViews     pairs;
	VersionLines  versions;
	DocumentLines annexes;
	Str           permanent, office, newer;
	Str           print;                     /* address of its text as PDF and DOCX, without the end; blank = it has no text */
} DocumentPage;

typedef struct DifferencePage {
	Str       lead, back, action, summary;
	FieldView before, after;
	NoteView  note;
	Html      difference;
	bool      has_difference;
} DifferencePage;

/* ---- office ---- */

typedef struct OfficeVersion {
	VersionLine line;
	Str         edit, freeze, drop, put, withdraw, look;
	Str         by, why;
	NoteView    file_note;
} OfficeVersion;
VIEW_LIST(OfficeVersion, OfficeVersions);

typedef struct OfficeDocument {
	const Document *d;
	Str             lead, edit, add, history, public_href;
	NoteView        note;
	PairViews       pairs;
	OfficeVersions  versions;
	DocumentLines   annexes;
} OfficeDocument;

typedef struct LibraryForm {
	Str         title, lead, action, csrf, back, button, help, file, warning;
	i64         version;
	FieldView  *fields;
	size_t      count, cap;
	ErrorsView *errors;
	bool        uploads;
	PairViews   pairs;
	Html        difference;                  /* of what was typed and what somebody else stored meanwhile */
	bool        has_difference;
	bool        is_question;                 /* a step is asked about, nothing is being written */
} LibraryForm;
