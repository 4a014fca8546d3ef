/* needs_parts_page.h: what the pages of needs share. */
#pragma once
#include "domain/needs/needs_views_page.h"

MUST_USE Err need_open(Req *r, Need **ret);
Str          need_href(Req *r, const Need *n);
/* The page of a need; link_typed: the form of links came back with problems. */
MUST_USE Err need_show(Req *r, const Need *n, bool link_typed);
Str          year_text(Arena *a, i64 year);                  /* "2027": a year has no thousands */
Str          unit_name(Ctx *c, Id id);                       /* "Smržovka", "celé území ORP Tanvald" */
TagKind      need_tone(Str state);
