/* staging.h: many values at once into a draft: a block pasted from a spreadsheet, or the form filled in as a workbook. First everybody sees what would go
 * where, cell by cell; then the good cells are written as one saving of the draft, and until something else is saved it can be taken back. */
#pragma once
#include "domain/collection/submission.h"

typedef struct StagedCell {
	const FormField *f;                      /* NULL: nothing that the form has; error says why */
	i64  line;
	Str  place, label;                       /* "řádek 12, buňka D12"; what it is for people */
	Str  before, typed, after;               /* typed: as it will be stored; before and after as people read them */
	Str  note;
	bool has_note, is_same;
	Str  error;                              /* a sentence: this cell is left out */
} StagedCell;
typedef struct Staging {
	StagedCell *at;
	size_t      len, cap, changed, same, wrong;
	i64         left_over;                   /* of a block: did not fit */
} Staging;

/* A block of cells (tabs and line ends) from `field` (line of a grid, else 0) to the right and down: columns and rows of a grid, or fields one under the other
 * with their notes beside them; what is computed, and attachments, are skipped. */
MUST_USE Err staging_paste(Ctx *c, const Submission *s, Str field, i64 line, Str block, Staging *ret);
/* The workbook of the form (XLSX, CSV): cells that it has not are left alone. ERR_INVALID at "soubor" when it is not one. */
MUST_USE Err staging_workbook(Ctx *c, const Submission *s, Str name, int fd, Staging *ret);
/* The workbook to be filled in, with what is there already. */
MUST_USE Err submission_workbook(Ctx *c, const Submission *s, Buf *out);

/* The good cells that change something, as text that a form carries from the preview to the confirmation. */
Str          staging_pack(Arena *a, const Staging *g);
/* Saves them as submission_save does; *count = cells. `what` names it for taking it back. */
MUST_USE Err staging_apply(Ctx *c, Id submission, i64 version, Str packed, Str what, i64 *count);

typedef struct StagingUndo { Str what; Instant at; bool is_there; } StagingUndo;
MUST_USE Err staging_undo_there(Ctx *c, const Submission *s, StagingUndo *ret);
/* ERR_CONFLICT when something else was saved meanwhile. */
MUST_USE Err staging_undo(Ctx *c, Id submission);
