/* overview_page.h: the parts of /app. */
#pragma once
#include "domain/site/site_page.h"
#include "domain/site/site_views_page.h"

/* Tasks and what the modules count, by deadline; tasks of one kind that are done in one place are one line. */
MUST_USE Err overview_waits(Req *r, i64 limit, OverviewView *v);
/* What happened since the last visit to what the person may know of, by days. */
MUST_USE Err overview_changes(Req *r, OverviewView *v);
void overview_roles(Req *r, OverviewView *v);
/* The program has the address and the person may go there. */
bool overview_is_open(Req *r, const char *path);
