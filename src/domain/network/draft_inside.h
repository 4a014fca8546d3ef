/* draft_inside.h: what the files of drafts share. */
#pragma once
#include "domain/network/draft.h"

typedef struct DraftIds { Id *at; size_t len, cap; } DraftIds;
/* The first column of a query with one parameter. */
MUST_USE Err draft_ids(Ctx *c, const Sql *sql, Id of, DraftIds *ret);
MUST_USE Err draft_must_be_open(Ctx *c, Id version);
/* Of everything that the annex prints: the copy, why its lines change, why their ceilings are other ones than those of the rules. */
MUST_USE Err draft_annex_digest(Ctx *c, Id version, Str *sha256);
/* What the rules of a line say of the copy, sentences. */
MUST_USE Err draft_judge(Ctx *c, const NetworkVersion *v, const DraftLine *d, Strs *ret);
/* Lines that guards of a draft speak of while they are asked on this thread, each once for a place where it is mended: the page links them. NULL ends it. */
typedef struct DraftNamed { Id line; Str label; const char *place; } DraftNamed;      /* place: "radek", "platby" */
typedef struct DraftNames { DraftNamed *at; size_t len, cap; } DraftNames;
void draft_names_listen(DraftNames *to);
void draft_names_add(Ctx *c, const DraftLine *d, const char *place);
/* What both say. */
void draft_to_line(Line *to, const DraftLine *from);
/* The ceiling of a year in haléře; false when there is none. */
bool draft_ceiling(const DraftLine *d, int year, i64 *ret);
bool draft_ceiling_in(Str ceilings, int year, i64 *ret);
/* "2026=1,2027=2" with another amount of one year. */
Str  draft_ceilings_with(Arena *a, Str ceilings, int year, i64 amount);
/* The version of a network that is being written; NULL when none is. */
MUST_USE Err draft_of_network(Ctx *c, Id network, NetworkVersion **ret);
/* The copy of a line of the network; NULL when the draft has none. */
MUST_USE Err draft_line_of_origin(Ctx *c, Id version, Id line, DraftLine **ret);
/* The number that the next new line of a network gets; `version`: of a draft whose lines count too, 0 = none. */
MUST_USE Err draft_next_number(Ctx *c, Id network, Id version, Str *ret);
