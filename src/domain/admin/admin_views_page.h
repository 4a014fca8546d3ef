/* admin_views_page.h: what the templates of the subject get. */
#pragma once
#include "core/jobs.h"
#include "web/parts.h"

const char *job_state_word(Str state);
TagKind     job_tone(Str state);

typedef struct JobPage {
	const Job          *job;
	TagKind             tone;
	const ProgressView *progress;            /* NULL when it is over */
	bool                is_stopping, may_change, may_again;
	Str                 why_not;             /* of a failed one that cannot be run again from here */
	Str                 csrf;
} JobPage;
