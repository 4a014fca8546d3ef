/* collection_page.h: handlers of forms and submissions, their routes, what they hand to the templates. */
#pragma once
#include "domain/collection/receipt.h"
#include "domain/library/upload.h"
#include "web/parts.h"
#include "web/print.h"
#include "web/screen.h"
#include "web/work.h"

Err page_forms(Req *r);
Err page_form_version(Req *r);
Err post_form_version(Req *r);
Err post_form_copy(Req *r);
Err post_form_field_delete(Req *r);
Err page_submission(Req *r);
Err post_submission(Req *r);
Err page_submission_part(Req *r);
Err post_submission_part(Req *r);
Err page_submission_files(Req *r);
Err post_submission_files(Req *r);
Err page_submission_file(Req *r);
Err post_submission_file_remove(Req *r);
Err page_submission_template(Req *r);
Err page_submission_check(Req *r);
Err page_submission_send(Req *r);
Err post_submission_send(Req *r);
Err page_submission_receipt(Req *r);
Err page_submission_paste(Req *r);
Err post_submission_paste(Req *r);
Err page_submission_book(Req *r);
Err post_submission_book(Req *r);
Err post_submission_stage(Req *r);
Err post_submission_unstage(Req *r);
Err page_submission_exception(Req *r);
Err post_submission_exception(Req *r);
Err page_submissions_overdue(Req *r);
Err page_submission_notes(Req *r);
Err post_submission_note(Req *r);
Err page_submission_review(Req *r);
Err post_submission_review(Req *r);

#define COLLECTION_ROUTES \
	{GET, "/app/formulare", page_forms, CAP_COLLECTION_READ, .parameters = "", .title = "Formuláře"}, \
	{GET, "/app/formulare/verze/{id}", page_form_version, CAP_COLLECTION_READ, .parameters = ""}, \
	{POST, "/app/formulare/verze/{id}", post_form_version, CAP_COLLECTION_READ}, \
	{POST, "/app/formulare/verze/{id}/kopie", post_form_copy, CAP_COLLECTION_CREATE, .fields = ""}, \
	{GET, "/app/formulare/verze/{id}/upravit", screen_edit, CAP_COLLECTION_UPDATE, .entity = &form_version_entity}, \
	{POST, "/app/formulare/verze/{id}/upravit", screen_save, CAP_COLLECTION_UPDATE, .entity = &form_version_entity}, \
	ENTITY_SCREENS("/app/formulare/pole", &form_field_entity, CAP_COLLECTION_READ, CAP_COLLECTION_UPDATE, NULL), \
	{POST, "/app/formulare/pole/{id}/smazat", post_form_field_delete, CAP_COLLECTION_UPDATE, .fields = ""}, \
	{GET, "/app/formulare/{id}", screen_detail, CAP_COLLECTION_READ, .entity = &form_entity}, \
	{GET, "/app/formulare/{id}/upravit", screen_edit, CAP_COLLECTION_CREATE, .entity = &form_entity}, \
	{POST, "/app/formulare/{id}/upravit", screen_save, CAP_COLLECTION_CREATE, .entity = &form_entity}, \
	{GET, "/app/formulare/{id}/historie", screen_history, CAP_COLLECTION_READ, .entity = &form_entity}, \
	{GET, "/app/vykaz", screen_list, CAP_SUBMISSION_READ, .entity = &submission_entity, .formats = true, .title = "Podání"}, \
	{GET, "/app/vykaz/neodevzdana", page_submissions_overdue, CAP_SUBMISSION_READ, .parameters = "", .title = "Neodevzdaná podání"}, \
	{GET, "/app/vykaz/{id}/vyjimka", page_submission_exception, CAP_SUBMISSION_EXCEPT, .parameters = ""}, \
	{POST, "/app/vykaz/{id}/vyjimka", post_submission_exception, CAP_SUBMISSION_EXCEPT, .fields = "closes_rule"}, \
	{GET, "/app/vykaz/{id}", page_submission, CAP_SUBMISSION_READ, .parameters = ""}, \
	{POST, "/app/vykaz/{id}", post_submission, CAP_SUBMISSION_READ}, \
	{GET, "/app/vykaz/{id}/cast/{n}", page_submission_part, CAP_SUBMISSION_READ, .parameters = "radky"}, \
	{POST, "/app/vykaz/{id}/cast/{n}", post_submission_part, CAP_SUBMISSION_UPDATE, .fields = "v-*,n-*,dal", .body_limit = 1 << 20, .field_limit = 64 << 10}, \
	{GET, "/app/vykaz/{id}/prilohy", page_submission_files, CAP_SUBMISSION_READ, .parameters = ""}, \
	{POST, "/app/vykaz/{id}/prilohy", post_submission_files, CAP_SUBMISSION_UPDATE, .fields = "zadani", .uploads = true, .body_limit = UPLOAD_BODY, .seconds = 120}, \
	{GET, "/app/vykaz/{id}/prilohy/{soubor}", page_submission_file, CAP_SUBMISSION_READ, .parameters = "", .lane = LANE_EXPORT, .seconds = 60}, \
	{POST, "/app/vykaz/{id}/prilohy/{soubor}/odebrat", post_submission_file_remove, CAP_SUBMISSION_UPDATE, .fields = ""}, \
	{GET, "/app/vykaz/{id}/prilohy/vzor/{prilohy}", page_submission_template, CAP_SUBMISSION_READ, .parameters = "", .lane = LANE_EXPORT, .seconds = 60}, \
	{GET, "/app/vykaz/{id}/vlozit", page_submission_paste, CAP_SUBMISSION_UPDATE, .parameters = "od"}, \
	{POST, "/app/vykaz/{id}/vlozit", post_submission_paste, CAP_SUBMISSION_UPDATE, .fields = "od,radek,blok", .body_limit = 1 << 20, .field_limit = 512 << 10}, \
	{POST, "/app/vykaz/{id}/vlozit/potvrdit", post_submission_stage, CAP_SUBMISSION_UPDATE, .fields = "bunky,co", .body_limit = 4 << 20, .field_limit = 3 << 20}, \
	{POST, "/app/vykaz/{id}/vlozit/zpet", post_submission_unstage, CAP_SUBMISSION_UPDATE, .fields = ""}, \
	{GET, "/app/vykaz/{id}/sesit", page_submission_book, CAP_SUBMISSION_READ, .parameters = "", .lane = LANE_EXPORT, .seconds = 60}, \
	{POST, "/app/vykaz/{id}/sesit", post_submission_book, CAP_SUBMISSION_UPDATE, .fields = "", .uploads = true, .body_limit = 10 << 20, .seconds = 60}, \
	{GET, "/app/vykaz/{id}/kontrola", page_submission_check, CAP_SUBMISSION_READ, .parameters = ""}, \
	{GET, "/app/vykaz/{id}/odeslat", page_submission_send, CAP_SUBMISSION_SUBMIT, .parameters = ""}, \
	{POST, "/app/vykaz/{id}/odeslat", post_submission_send, CAP_SUBMISSION_SUBMIT, .fields = "declared"}, \
	{GET, "/app/vykaz/{id}/potvrzeni/{cislo}", page_submission_receipt, CAP_SUBMISSION_READ, .lane = LANE_EXPORT, .seconds = 60}, \
	{POST, "/app/vykaz/{id}/potvrzeni/{cislo}", page_submission_receipt, CAP_SUBMISSION_READ, .lane = LANE_EXPORT, .seconds = 60, .fields = ""}, \
	{GET, "/app/vykaz/{id}/poznamky", page_submission_notes, CAP_SUBMISSION_READ, .parameters = ""}, \
	{POST, "/app/vykaz/{id}/poznamky/{poznamka}", post_submission_note, CAP_SUBMISSION_UPDATE, .fields = "answer"}, \
	{GET, "/app/vykaz/{id}/posouzeni", page_submission_review, CAP_SUBMISSION_APPROVE, .parameters = ""}, \
	{POST, "/app/vykaz/{id}/posouzeni", post_submission_review, CAP_SUBMISSION_APPROVE, .fields = "field,line,text"}

/* ---- forms ---- */

typedef struct FormLine { Str href, title, no, state, about; TagKind tone; } FormLine;
VIEW_LIST(FormLine, FormLines);
typedef struct FormFieldLine { const FormField *f; Str type, edit_href, delete_action, csrf, rules; } FormFieldLine;
VIEW_LIST(FormFieldLine, FormFieldLines);
typedef struct FormPart { Str title; FormFieldLines fields; } FormPart;
VIEW_LIST(FormPart, FormParts);
typedef struct FormVersionPage {
	const FormVersion *v;
	Str        title, edit_href, new_href, import_href, copy_action, copy_csrf;
	FormParts  parts;
	WorkPanel  panel;
} FormVersionPage;

/* ---- filling in ---- */

typedef struct FillRow {
	const FormField *f;
	FieldView  field, note;
	Str        computed, before, id;         /* computed: the sum; blank for what is typed */
	int        depth;
	bool       has_note, is_head;            /* is_head: the first row of a grid, which is drawn as a whole */
	Str        grid;
} FillRow;
VIEW_LIST(FillRow, FillRows);
typedef struct GridLine { Str label; FieldView *cells; size_t count; } GridLine;
VIEW_LIST(GridLine, GridLines);
typedef struct FillGrid { Str title, sum; Strs heads; GridLines lines; } FillGrid;
VIEW_LIST(FillGrid, FillGrids);
typedef struct FillPage {
	Str         title, lead, action, csrf, saved, next, previous, why, more_href, notes_href, paste_href;
	i64         version;
	TabViews    parts;
	FillRows    rows, money;                 /* money: of a tree, drawn as a table */
	FillGrids   grids;
	ReceiptSection text;                     /* instead, for those who only read */
	ErrorsView *errors;
	NoteView    note;
	ItemViews   notes, files;                /* files: what is attached elsewhere */
	bool        may_fill, money_first;       /* the part begins with a tree of amounts */
} FillPage;

typedef struct FileLine { Str href, words, name, meta, remove_action, csrf; } FileLine;
VIEW_LIST(FileLine, FileLines);
typedef struct AskLine { Str code, label, hint, template_href; FileLines files; FieldView file; bool required, is_missing, may_add; } AskLine;
VIEW_LIST(AskLine, AskLines);
typedef struct AttachmentsPage {
	Str         title, lead, action, csrf, next, why;
	TabViews    parts;
	AskLines    asks;
	ErrorsView *errors;
	bool        may_fill;
} AttachmentsPage;

typedef struct SubmissionPage {
	const Submission *s;
	Str        title, lead, form, part_href, check_href, send_href, review_href, object_href, object_label, except_href, notes_href, paste_href, locked, csrf, action;
	ItemViews  parts, notes, receipts;
	PairViews  facts;
	WorkPanel  panel;
	ErrorsView *errors;
	bool       may_fill, may_send, may_reopen, sees;
} SubmissionPage;

typedef struct PastePage {
	Str         title, lead, back, action, csrf, book_href, book_action, book_csrf, undo_action, undo_csrf, undo_what;
	FieldView   start, line, block, file;
	ErrorsView *errors;
} PastePage;
typedef struct StageRow { Str label, place, before, after, note, error; } StageRow;
VIEW_LIST(StageRow, StageRows);
typedef struct StagePreview {
	Str       title, lead, what, back, action, csrf, packed;
	StageRows cells;
	i64       version, changed, same, wrong, left_over;
} StagePreview;

typedef struct NoteLine { const SubmissionNote *n; Str text, href, state, action, csrf; FieldView answer; } NoteLine;
VIEW_LIST(NoteLine, NoteLines);
typedef struct CorrectionPage {
	Str         title, lead, back, since, why;      /* why nobody answers just now */
	NoteLines   notes;
	ChangeViews changes;
	ErrorsView *errors;
} CorrectionPage;

typedef struct ExceptionPage {
	Str         title, lead, organisation, until, action, csrf, back;
	FieldView   closes_rule, reason;
	ErrorsView *errors;
	i64         version;
} ExceptionPage;

typedef struct CheckPage {
	Str             title, lead, action, csrf, back, verdict;
	ItemViews       lines;
	ReceiptSections sections;
	i64             version;
	bool            may_lock;
} CheckPage;

typedef struct SendPage {
	Str             title, lead, action, csrf, back, declaration, due;
	ReceiptSections sections;
	ErrorsView     *errors;
	FieldView       declared;
	i64             version;
	NoteView        note;
} SendPage;

typedef struct ReviewPage {
	Str             title, lead, action, csrf, back, notes_href;
	ReceiptSections sections;
	FieldView       field, line, text;
	ErrorsView     *errors;
	ItemViews       notes;
} ReviewPage;

/* ---- pieces ---- */

MUST_USE Err submission_open(Req *r, Submission **ret);
Str       submission_href(Req *r, const Submission *s);
ItemViews submission_note_items(Req *r, const FormTree *t, const SubmissionNotes *n);
Str       submission_part_href(Req *r, const Submission *s, const FormTree *t, Str section);
TagKind   submission_tone(const Submission *s);
/* Parts with the number of what is wrong in each; `now`: the part shown, sections.len for attachments. */
void      submission_tabs(Req *r, const Submission *s, const FormTree *t, const Faults *f, size_t now, TabViews *to);
/* Of the input of a value ("v") or of its note ("n"): where the check leads to. */
Str form_input_id(Req *r, const char *kind, Str stable, i64 line);
/* At a field, when two saved at once: what the other one left there. */
Str kept_meanwhile(Arena *a, Str kept);
/* The file to be filled in of what an object asks for. */
MUST_USE Err send_asked_template(Req *r, const char *object, Id object_id, Id id);
