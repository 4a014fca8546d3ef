/* admin_views_page.h: what the templates of the subject get. */
#pragma once
#include "core/jobs.h"
#include "web/parts.h"

const char *job_state_word(Str state);
