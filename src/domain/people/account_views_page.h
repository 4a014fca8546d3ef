/* account_views_page.h: parameters of the templates of one's own account. */
#pragma once
#include "domain/people/people.h"
#include "web/parts.h"

typedef struct AccountView {
	Str          name, login, csrf_end;
	SessionViews sessions;
	bool         has_password, has_codes;
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
