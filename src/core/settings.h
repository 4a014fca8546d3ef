/* settings.h: dated choices of a region that are not code lists: its name, texts, limits. One table of the modules' rows; unknown keys are
 * refused; values are kept in memory under the data version. */
#pragma once
#include "core/ctx.h"

typedef struct Setting {
	const char *key;                         /* "region.name" */
	const char *title, *help;                /* Czech */
	const char *standard;                    /* value when nothing is stored */
	enum { SETTING_TEXT, SETTING_INT, SETTING_BOOL } type;
	i64         min, max;
} Setting;

void settings_setup(const Setting *const *lists, const size_t *counts, size_t list_count);
const Setting *setting_at(size_t i);         /* NULL past the end */
Str  setting_text(Ctx *c, const char *key);
i64  setting_int(Ctx *c, const char *key);
MUST_USE Err setting_set(Ctx *c, Str key, Str value);
