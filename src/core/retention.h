/* retention.h: what is kept for how long and why, as rows of modules (.retention). A daily job asks every rule; each deletion leaves a
 * record in the trail. Before the first run, and at any time, a dry run lists what would go. */
#pragma once
#include "core/ctx.h"

typedef struct RetentionSample {
	Str     what;                            /* Czech, without personal data that the reader does not need: "přihlášení ze 3. 2. 2026" */
	Instant since;                           /* from when the term counts */
} RetentionSample;
typedef struct RetentionSamples { RetentionSample *at; size_t len, cap; } RetentionSamples;

typedef struct RetentionRule {
	const char *key;                         /* "sessions" */
	const char *title;                       /* "Ukončená přihlášení" */
	const char *purpose, *basis;             /* Czech: why it is kept; legal basis of keeping and of the term */
	const char *setting;                     /* key of an int setting: the term in days, or in hours when .in_hours */
	bool        in_hours;
	/* What would go: everything whose term began before `before`. *count of all of it; a few samples, oldest first. Reads only. */
	Err       (*look)(Ctx *c, Instant before, i64 *count, RetentionSamples *samples);
	/* The same things go, in transactions of its own of a bearable size; *removed how many. Not inside a transaction. */
	Err       (*run)(Ctx *c, Instant before, i64 *removed);
} RetentionRule;

enum { RETENTION_SAMPLES = 5 };

typedef struct RetentionView {
	const RetentionRule *rule;
	i64     term;                            /* days, or hours */
	Instant before;
	i64     count;
	RetentionSamples samples;
} RetentionView;
typedef struct RetentionViews { RetentionView *at; size_t len, cap; } RetentionViews;

void retention_setup(const RetentionRule *const *lists, const size_t *counts, size_t list_count);
const RetentionRule *retention_at(size_t i); /* NULL past the end */
/* Dry run of every rule. */
MUST_USE Err retention_look(Ctx *c, RetentionViews *ret);
/* Every rule; a rule that removed something leaves a record in the trail. A rule that fails does not stop the others: its error is
 * returned at the end. *removed = all together. */
MUST_USE Err retention_run(Ctx *c, i64 *removed);
