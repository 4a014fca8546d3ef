/* colleague_views_page.h: what the pages of a local administrator show. */
#pragma once
#include "domain/people/colleague.h"
#include "web/parts.h"

typedef struct ColleagueRow {
	Str     href, name, login, roles;
	Str     state;
	TagKind state_kind;
	Instant last_sign_in;
	bool    is_me;
} ColleagueRow;

typedef struct ColleagueList {
	Str           organisation;
	ColleagueRow *rows;
	size_t        count, cap;
} ColleagueList;

typedef struct ColleagueForm {
	Str         action, csrf, organisation;
	ErrorsView *errors;
	FieldView   fields[5];
	size_t      count;
} ColleagueForm;

typedef struct ColleagueRole {
	Id   id;
	Str  title;
	Date first_day, last_day;
	bool is_over, may_end;
} ColleagueRole;

typedef struct ColleagueAction { Str state, text, meaning; } ColleagueAction;

typedef struct ColleaguePage {
	ColleagueRow     head;
	Str              note;                   /* why nothing can be done here */
	ColleagueRole   *roles;
	size_t           role_count, role_cap;
	ColleagueForm    form;                   /* another role; without fields: none can be given */
	ColleagueAction *actions;
	size_t           action_count, action_cap;
	Str              end_action, end_csrf, state_action, state_csrf;
} ColleaguePage;
