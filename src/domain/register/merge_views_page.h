/* merge_views_page.h: what the template of merging gets. */
#pragma once
#include "domain/register/merge.h"
#include "web/screen_views.h"

typedef struct MergeChoice { Str href, name, note; } MergeChoice;
VIEW_LIST(MergeChoice, MergeChoices);

typedef struct MergePage {
	Str              lead, action, csrf, back, search, more;
	bool             searched;
	MergeChoices     choices;
	const MergePlan *plan;                   /* NULL while the target is chosen */
	Str              from_name, from_note, to_name, to_note;
	Id               to;
	i64              version;
	FieldView        name, reason;
	ErrorsView      *errors;
} MergePage;
