/* staging_inside.h: what the readers of blocks and of workbooks share. */
#pragma once
#include "domain/collection/staging.h"

/* Judges one cell against what is there and adds it. */
void stage_cell(Ctx *c, const FormValues *there, const FormField *f, i64 line, Str place, Str typed, Str note, bool has_note, Staging *to);
/* A row or cell that belongs nowhere. */
void stage_wrong(Ctx *c, Str place, Str label, Str error, Staging *to);
