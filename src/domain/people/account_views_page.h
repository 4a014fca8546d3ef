/* account_views_page.h: parameters of the templates of one's own account. */
#pragma once
#include "domain/people/people.h"
#include "web/parts.h"

typedef struct AccountView {
	Str          name, login, csrf_end;
	SessionViews sessions;
	bool         has_password, has_codes, has_oidc, is_linked;
	Str          csrf_link, csrf_unlink;
	i64          recovery_left;
} AccountView;

typedef struct SecondView {
	Str         csrf_offer, csrf_confirm, csrf_remove, csrf_recovery;
	bool        has_codes, must, is_open;    /* is_open: a seed is offered and waits for its first code */
	Str         uri, secret;
	i64         recovery_left;
	FieldView   code;
	ErrorsView *errors;
} SecondView;

/* A page of a one-time link where a password is chosen. */
typedef struct LinkPage {
	Str         title, lead, action, csrf;
	Str         login, name, organisation;
	Str         organisation_label, organisation_href;       /* accept by the organisation's own sign-in; {0} = not offered */
	FieldView   field;
	ErrorsView *errors;
} LinkPage;

typedef struct AccountStep {
	Str step, text, meaning;                 /* what the button sends, says, and means */
} AccountStep;

/* The account as an administrator sees it. */
typedef struct AccountAdminView {
	Str          name, login, href, action, csrf, state;
	TagKind      state_kind;
	PairViews    pairs;
	Str          invitation;                 /* a sentence about the letter that waits */
	Links        roles;
	AccountStep  steps[8];
	size_t       step_count;
	bool         is_me, may_change, may_handle_data;
	Id           id;
} AccountAdminView;

typedef struct KeyRow {
	Id      id;
	Str     name, may, state;
	Date    last_day;
	Instant last_used;
	bool    holds;
} KeyRow;

typedef struct KeysPage {
	Str        csrf, csrf_end;
	KeyRow    *rows;
	size_t     row_count, row_cap;
	FieldView *fields;
	size_t     field_count;
	ErrorsView *errors;
} KeysPage;
