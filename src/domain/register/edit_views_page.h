/* edit_views_page.h: what the templates of the register's forms get. */
#pragma once
#include "domain/register/edit.h"
#include "web/screen_views.h"

/* Beside a form: what saving does, and for a part the small form that ends it. */
typedef struct EditRail {
	size_t    corrections;                   /* fields that differ from the national register by hand */
	Str       end_action, end_csrf;          /* empty: it is not ended here */
	i64       version;
	FieldView last_day, reason;
	bool      is_open;
} EditRail;
