/* print_inside.h: what the files of core/print share. */
#pragma once
#include "core/print.h"

/* What the program is and how it is called: another program, or a newer one, makes other PDFs. */
Str  print_tool_mark(Arena *a);
bool print_tool_is_there(void);
/* HTML in, PDF out; not OK with a sentence for people. */
MUST_USE Err print_run(Ctx *c, Str html, bool is_large, Buf *pdf);
/* For tests: another child instead of the program; NULL = the program. */
void print_use(const ChildKind *k);

/* Walks through the markup of a print view: false with *why when something in it would be fetched, read or run. `heading` (may be NULL) is told of
 * each h2 and h3 that has an id. */
typedef void PrintHeading(void *arg, int level, Str id, Str words);
bool print_walk(Arena *a, Str html, PrintHeading *heading, void *arg, Str *why);
