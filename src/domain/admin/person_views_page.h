/* person_views_page.h: what the templates of a person's data get. */
#pragma once
#include "domain/admin/person.h"
#include "web/parts.h"

typedef struct PersonItem { PairViews pairs; } PersonItem;
VIEW_LIST(PersonItem, PersonItems);
typedef struct PersonSection {
	Str         title, purpose, exception;
	PersonItems items;                       /* the first of them; `more` says how many others are in the file */
	i64         count, more;
} PersonSection;
VIEW_LIST(PersonSection, PersonSections);

typedef struct PersonPage {
	const PersonState *p;
	PersonSections     sections;
	Str                json, base, csrf_restrict, csrf_release, csrf_erase, reason, reason_error;
	bool               own, may_change;
	const ErrorsView  *errors;
} PersonPage;
