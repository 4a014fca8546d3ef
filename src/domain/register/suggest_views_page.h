/* suggest_views_page.h: what the templates of suggestions get. */
#pragma once
#include "domain/register/suggest.h"
#include "web/screen.h"

typedef struct SuggestGroup {
	Str        title;
	FieldView *fields;
	size_t     count, cap;
} SuggestGroup;
VIEW_LIST(SuggestGroup, SuggestGroups);

typedef struct SuggestForm {
	Str           service, action, csrf, back;
	SuggestGroups groups;
	FieldView     request, note;
	ErrorsView   *errors;
} SuggestForm;

/* One suggestion in people's words. */
typedef struct SuggestionView {
	const Suggestion *s;
	Str     service, href, label, seen, now, suggested, who, state;
	TagKind state_kind;
	bool    moved, is_gone, is_request;      /* the stored value is not what the author saw; the record is no more */
	FieldView decision, answer;
	Str     work_href, withdraw_csrf;        /* its steps; the author may take it back */
} SuggestionView;
VIEW_LIST(SuggestionView, SuggestionViews);
MUST_USE Err suggestion_views(Req *r, const Suggestions *list, SuggestionViews *ret);

typedef struct MySuggestions {
	SuggestionViews list;
	Str             search;
	Links           found;                   /* services to suggest for */
	bool            searched, any_service;
	Str             more;
} MySuggestions;

typedef struct WaitingService { Str name, href, provider; i64 count; Instant newest; } WaitingService;
VIEW_LIST(WaitingService, WaitingServices);

typedef struct DecidePage {
	Str             service, action, csrf, back;
	SuggestionViews open, decided;
	FieldView       from;
	ErrorsView     *errors;
} DecidePage;
