/* bulk.h: one change to many rows: values of some fields, a step of their machine, or both. A list sends the ids of chosen rows (`id`, many times) to
 * bulk_page; its form is answered by bulk_post, which first shows what would change in each row and then does it in all of them or in none.
 *
 *     {GET,  "/app/plan/{obdobi}/karty/hromadne", page_bulk, CAP_CARD_UPDATE, .lists = "id", .parameters = "id"},
 *     {POST, "/app/plan/{obdobi}/karty/hromadne", post_bulk, CAP_CARD_UPDATE, .lists = "radek", .fields = BULK_FIELDS ",measure,responsible"},
 *
 * The preview is the change itself, undone: what it says is what happens, unless somebody changes a row meanwhile; then nothing is done. */
#pragma once
#include "core/workflow.h"
#include "web/parts.h"
#include "web/web.h"

#define BULK_FIELDS "radek,akce,krok,resolution"

typedef struct Bulk {
	const Entity      *entity;
	const Machine     *machine;              /* its steps may be taken; NULL = only fields are set */
	const char *const *fields;               /* that may be set, ends with NULL; a blank one stays as it is */
	Str                title, action, back;
	Str              (*name)(Ctx *c, const void *row);
	/* Options of a reference; NULL = the field as it is. */
	Err              (*options)(Req *r, const Field *f, FieldView *v, void *arg);
	/* Is the row one of those that this page is about; NULL = every row that the person may know of. */
	bool             (*belongs)(const void *row, void *arg);
	void              *arg;
} Bulk;

MUST_USE Err bulk_page(Req *r, const Bulk *b);
MUST_USE Err bulk_post(Req *r, const Bulk *b);

/* ---- for the template ---- */

typedef struct BulkLine { Str name, href, key, error; CellViews cells; } BulkLine;      /* key: "12:3", id and version */
VIEW_LIST(BulkLine, BulkLines);
typedef struct BulkPage {
	Str         title, action, back, csrf, count;
	FieldView  *fields;
	size_t      field_count;
	FieldView   step, reason, resolution;
	bool        has_steps, is_preview, may_apply;
	BulkLines   lines;
	ColumnViews columns;                     /* of the preview, behind the name */
	HiddenViews kept;                        /* what was typed, for the form that applies it */
	ErrorsView *errors;
	NoteView    note;
} BulkPage;
