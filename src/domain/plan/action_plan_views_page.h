/* action_plan_views_page.h: what the pages of action plans hand to their templates. */
#pragma once
#include "domain/plan/plan_views_page.h"

typedef struct ActionPage {
	Str      title, lead, state, office;
	TagKind  tone;
	NoteView note;
	Html     text, contents;
	Links    files, versions;
} ActionPage;

typedef struct ActionLine {
	Str     href, code, title, kind, milestone, cost, missing, state;
	TagKind tone;
} ActionLine;
VIEW_LIST(ActionLine, ActionLines);

typedef struct ActionOffice {
	Str         title, lead, href, csrf, back, public_href, sums;
	i64         version;
	bool        may_edit, is_compared;
	FieldView   activities;
	Html        text;                        /* the same, read */
	ErrorsView *errors;
	WorkPanel   work;
	ActionLines lines;
	PairViews   differences;
	Links       versions;
} ActionOffice;

typedef struct ActionList {
	Str         title, lead, action, csrf;
	bool        may_open;
	FieldView   year;
	ErrorsView *errors;
	PlanLines   lines;
} ActionList;
