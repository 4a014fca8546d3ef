/* rehearsal_page.h: rehearsals of a version: the form that begins one, what was rehearsed, and what would change. */
#pragma once
#include "domain/rulebook/rehearsal.h"
#include "web/parts.h"
#include "web/web.h"

Err page_rehearsals(Req *r);
Err post_rehearsal(Req *r);
Err page_rehearsal(Req *r);

typedef struct RehearsalLine { Str href, label, note; Instant made_at; bool is_current; } RehearsalLine;
VIEW_LIST(RehearsalLine, RehearsalLines);

typedef struct RehearsalsPage {
	Str            title, lead, action, back, csrf;
	FieldView      kind, from, to, against;
	ErrorsView    *errors;
	NoteView       state;
	RehearsalLines lines;
	bool           may_begin;
} RehearsalsPage;

typedef struct RehearsalPage {
	Str         title, lead, back;
	PairViews   facts;
	KeptTotals  totals;
	KeptChanges changes;                     /* the first ones */
	Str         more, hidden;
	Links       downloads;
} RehearsalPage;
