/* work.h: "Průběh" on the page of anything that moves by steps: its state, who is to act and by when, what this person may do now, what happened, and the
 * drawing with the state marked. A page shows it by work_panel and answers its form by work_submit; objects without a page of their own have
 * /app/prubeh/{machine}/{id}. */
#pragma once
#include "core/workflow.h"
#include "web/parts.h"
#include "web/web.h"

typedef struct WorkActionView {
	const Transition *transition;
	FieldView         reason, resolution;
	Str               resolution_add;        /* where one that is not offered is added */
	bool              asks;                  /* has a field, so it unfolds */
	bool              is_open;               /* came back with an error */
	bool              is_main;
	Refusals          refusals, waived;
} WorkActionView;
VIEW_LIST(WorkActionView, WorkActionViews);

typedef struct WorkStepView {
	Instant at;
	Str     action, what, who, state, reason, reason_label, resolution, waived;
	Str     resolution_href;                 /* where that decision can be read; blank when it is not known */
} WorkStepView;
VIEW_LIST(WorkStepView, WorkStepViews);

typedef struct WorkKey { int number; Str title, who; } WorkKey;      /* what a number of the drawing means */
VIEW_LIST(WorkKey, WorkKeys);

typedef struct WorkPanel {
	Str             state, help;
	TagKind         tone;
	bool            is_final, has_own_steps;                /* has_own_steps: the page itself offers what the person may do */
	Instant         since;
	Str             waits_for;               /* "správce sítě" */
	DeadlineView    due;                     /* blank without a deadline */
	WorkActionViews actions;
	WorkStepViews   steps;                   /* the newest first */
	Html            drawing;
	WorkKeys        keys;
	Str             post_to, csrf;
	i64             version;
	NoteView        problem;                 /* of the step that was refused */
} WorkPanel;

MUST_USE Err work_panel(Req *r, const Machine *m, Id id, Str post_to, WorkPanel *ret);
/* The form of the panel. OK: the step is taken and a notice left; the caller redirects. ERR_INVALID and ERR_CONFLICT: the status is set, show the page again. */
MUST_USE Err work_submit(Req *r, const Machine *m, Id id);
/* What the subject that keeps resolutions lends to steps; set once at start. */
typedef struct WorkResolutions {
	Str       (*link)(Ctx *c, Str number);   /* address of one by its number, {0} when there is none */
	Err       (*newest)(Ctx *c, OptionViews *ret);       /* number and what it is about */
	const char *add, *capability;            /* where one is added, and the right to it */
} WorkResolutions;
void    work_set_resolutions(const WorkResolutions *all);
/* The field "resolution" of a form: a number, with the newest ones offered; *ret comes with its label, and with its hint if it has one of its own. */
MUST_USE Err work_resolution_field(Req *r, FieldView *ret, bool as_typed);
/* {0}: nobody keeps resolutions, or the person may not add one. */
Str     work_resolution_add(Req *r);
bool    work_may_look(Req *r, const Machine *m, const WorkObject *o);
TagKind work_tone(Tone t);

/* /app/prubeh/{machine}/{id} */
Err page_work(Req *r);
Err post_work(Req *r);
