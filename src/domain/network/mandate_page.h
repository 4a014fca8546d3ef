/* mandate_page.h: handlers of mandates, and pieces that they share. */
#pragma once
#include "domain/network/mandate_views_page.h"
#include "web/web.h"

Err page_mandates(Req *r);
Err page_mandate(Req *r);
Err page_mandate_pdf(Req *r);
Err page_office_mandates(Req *r);
Err page_office_mandate(Req *r);
Err post_mandate_step(Req *r);
Err page_uncovered(Req *r);
Err page_mandate_new(Req *r);
Err post_mandate_new(Req *r);
Err page_mandate_edit(Req *r);
Err post_mandate_edit(Req *r);
Err page_mandate_end(Req *r);
Err post_mandate_end(Req *r);
Err page_amendment_new(Req *r);
Err post_amendment_new(Req *r);
Err page_amendment(Req *r);
Err post_amendment_step(Req *r);

Str        mandate_capacity_text(Ctx *c, Fte f, Str unit);
Str        mandate_period_text(Arena *a, Date from, Date to);
/* What people read about it today: "platí", "končí 31. 12. 2026", "platí od …", "skončilo …", or the state of a draft. */
Str        mandate_state_text(Ctx *c, const Mandate *m, Date day, TagKind *tone);
MUST_USE Err mandate_row(Req *r, const Mandate *m, Date day, bool is_public, MandateRow *ret);
/* Facts, papers and amendments, for both pages. */
MUST_USE Err mandate_describe(Req *r, const Mandate *m, bool is_public, MandatePage *v);
MUST_USE Err mandate_export(Req *r, const Mandates *rows, Date day);
MUST_USE Err mandate_open(Req *r, Mandate **ret);                /* of /app, within the scope of the person */
void       mandate_pair(Req *r, PairViews *list, const char *label, Str value);
MUST_USE Err mandate_paper_rows(Req *r, const Mandate *m, i64 only /* -1 = all */, PaperRows *ret);
