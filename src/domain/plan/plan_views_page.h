/* plan_views_page.h: what the pages of plans hand to their templates. */
#pragma once
#include "domain/plan/plan.h"
#include "web/parts.h"
#include "web/work.h"

typedef struct PlanLine {
	Str     href, title, state, text;
	TagKind kind;
	Links   actions;                         /* action plans of its years */
} PlanLine;
VIEW_LIST(PlanLine, PlanLines);
typedef struct PlanGroup { Str title; PlanLines lines; } PlanGroup;
VIEW_LIST(PlanGroup, PlanGroups);
typedef struct PlansPage {
	Str        lead, new_href;
	PlanGroups groups;
} PlansPage;

typedef struct PlanPage {
	Str         title, lead, vision, office, contribute;
	NoteView    note;
	Links       chapters;
	MomentViews moments;
	PairViews   pairs;
	Links       versions;                    /* with a difference to the one before */
	Links       files;
	PlanLines   actions;                     /* action plans */
	TileViews   cards;                       /* cards, money, progress */
} PlanPage;

typedef struct ChapterPage {
	Str         title, lead;
	NoteView    note;
	Html        text, contents;
	Links       chapters;                    /* of the rail; the one shown is current */
	LinkView    before, after;
	Str         permanent;
} ChapterPage;

typedef struct PlanDiffPage {
	Str    title, lead, summary, back;
	Html   text;
	Links  others;
} PlanDiffPage;

/* ---- office ---- */

typedef struct OutlineLine {
	Str  href, read, title, part, changed, up, csrf;
	i64  no, paragraphs, notes;
} OutlineLine;
VIEW_LIST(OutlineLine, OutlineLines);

typedef struct NoteLine {
	const PlanNote *n;
	Str     kind, state, settle, csrf, place, place_href;
	TagKind tone;
	Html    difference;                      /* of a proposal, against the paragraph as it stands */
	FieldView reply;
	bool    may_settle;
} NoteLine;
VIEW_LIST(NoteLine, NoteLines);

typedef struct MilestoneLine {
	const PlanMilestone *m;
	Str action, csrf;
} MilestoneLine;
VIEW_LIST(MilestoneLine, MilestoneLines);

typedef struct OfficePlan {
	Str            title, lead, href, edit, contribute, public_href;
	WorkPanel      work;
	OutlineLines   outline;
	bool           may_edit, may_write;
	FieldView      part, chapter_title, day, day_title;
	Str            chapter_action, chapter_csrf, day_action, day_csrf;
	NoteLines      contributions;
	MilestoneLines milestones;
	PairViews      pairs;
	Links          versions;
} OfficePlan;

typedef struct ChapterForm {
	Str         title, lead, action, csrf, back, read;
	i64         version;
	FieldView   fields[3];
	ErrorsView *errors;
	NoteView    warning;
	Html        difference, preview;         /* difference: of what another person saved to what was typed */
	Str         theirs;
	bool        has_preview, may_drop;
	PairViews   live;                        /* names that may stand in the text */
} ChapterForm;

typedef struct ChapterRead {
	Str       title, lead, edit, back;
	Html      text;
	NoteLines notes;
	Links     chapters;
} ChapterRead;
