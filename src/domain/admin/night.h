/* night.h: what the program does once a day by itself, as a job. */
#pragma once
#include "core/jobs.h"

Err job_night(Ctx *c, Job *job);
int cli_reorder(Ctx *c, int argc, char **argv);
/* Notes by which rules names were ordered when the store was new. */
Err night_start(Ctx *c);
