/* settings_views_page.h: what the templates of settings get. */
#pragma once
#include "web/parts.h"

typedef struct SettingRow {
	Str     key, title, help, value, standard, who;
	Instant at;
	bool    changed, dangerous;
} SettingRow;
VIEW_LIST(SettingRow, SettingRows);

typedef struct SettingsGroup {
	Str         title, slug;
	SettingRows rows;
} SettingsGroup;
VIEW_LIST(SettingsGroup, SettingsGroups);

typedef struct SettingsForm {
	Str               title, slug, action, csrf, heading, lead;
	const ErrorsView *errors;
	FieldView        *fields;
	size_t            count;
} SettingsForm;

typedef struct SettingsGroupView {
	Str          title, reset_csrf, reset_dangerous_csrf;
	SettingsForm plain, dangerous;           /* either may have no field */
	SettingRows  changed;                    /* can go back to the standard */
} SettingsGroupView;
