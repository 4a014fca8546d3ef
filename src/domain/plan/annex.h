/* annex.h: the annexes that close the text of a plan. */
#pragma once
#include "base/buf.h"
#include "domain/plan/plan.h"

/* As Markdown with anchors of their headings; nothing when the plan has neither cards nor an outlook. */
MUST_USE Err plan_annexes(Ctx *c, const Plan *p, Buf *out);
/* What a person typed into a field, inside of a paragraph or a cell: its marks mean nothing. */
Str markdown_plain(Arena *a, Str s);
