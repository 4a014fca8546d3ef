/* trail_views_page.h: what the pages of the trail and of the log of views show. */
#pragma once
#include "web/parts.h"

typedef struct TrailRow {
	i64         seq;
	Instant     at;
	Str         who, what, record, href, why;
	ChangeViews changes;
} TrailRow;

typedef struct TrailView {
	Str       who, object_id, from, to, older;
	FieldView what, action;
	Str       person;                        /* whose records are shown */
	Links     people;                        /* to choose from */
	Links     files;
	TrailRow *rows;
	size_t    count, cap;
} TrailView;

/* Who looked at whose record. */
typedef struct ViewRow {
	Instant at;
	Str     who, what, address, href;
} ViewRow;

typedef struct ViewLog {
	Str      who, number, from, to, older;   /* what was asked */
	Links    files;
	ViewRow *rows;
	size_t   count, cap;
} ViewLog;
