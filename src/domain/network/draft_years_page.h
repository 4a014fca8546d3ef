/* draft_years_page.h: years and co-funders of an application, as a part of pages of the draft. */
#pragma once
#include "domain/network/draft_years.h"
#include "web/screen.h"

typedef struct AskedRow { Str year, asked, computed, ceiling, note; } AskedRow;
VIEW_LIST(AskedRow, AskedRows);
typedef struct FunderRow { Str who, amount, proof; } FunderRow;
VIEW_LIST(FunderRow, FunderRows);
typedef struct AskedView { AskedRows years; FunderRows funders; } AskedView;

/* Empty lists when the application asks for nothing; only for those who see its money. */
MUST_USE Err asked_view(Req *r, const Application *a, const AskedYears *years, AskedView *ret);
/* Of the application that a line of the draft comes from, with the ceilings that it has now; empty when it comes from none. */
MUST_USE Err asked_of_line(Req *r, const NetworkVersion *v, DraftLine *d, AskedView *ret);
