/* admin_views_page.h: what the templates of the subject get. */
#pragma once
#include "core/jobs.h"
#include "web/parts.h"

typedef struct TrailRow {
	i64     seq;
	Instant at;
	Str     who, what, record, href, why;
} TrailRow;

typedef struct TrailView {
	Str       who, object, object_id, older;
	TrailRow *rows;
	size_t    count, cap;
} TrailView;

const char *job_state_word(Str state);
