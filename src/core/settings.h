/* settings.h: dated choices of a region that are not code lists: its name, texts, limits. One table of the modules' rows; unknown keys are
 * refused; values are read once per context. Every change is in the trail with both values. */
#pragma once
#include "core/ctx.h"

typedef enum SettingType {
	SETTING_TEXT,                            /* min, max: characters; max 0 = 500. A line unless .lines */
	SETTING_INT,                             /* min, max: bounds, both 0 = none */
	SETTING_BOOL,                            /* 0 or 1 */
	SETTING_CHOICE,                          /* one of .choices */
	SETTING_EMAIL,                           /* blank or an address */
	SETTING_HOUR,                            /* "07:00" */
} SettingType;

typedef struct Setting {
	const char *key;                         /* "region.name" */
	const char *title, *help;                /* Czech */
	const char *standard;                    /* value when nothing is stored */
	SettingType type;
	i64         min, max;
	/* only where they differ from the default */
	const char *choices;                     /* "nikdy=Nikdy;denne=Každý den" */
	const char *unit;                        /* behind a number: "dnů" */
	const char *group;                       /* heading of this row and of those below it in the module's table; NULL = as above */
	bool        dangerous;                   /* weakens or strengthens protection: changed only after the password was given again */
	bool      (*fits)(Arena *a, Str value, const char **why);       /* more that a text must be; *why: a whole Czech sentence */
	bool        lines;                       /* a text of several lines */
	bool        by_program;                  /* not changed by people */
} Setting;

void settings_setup(const Setting *const *lists, const size_t *counts, size_t list_count);
const Setting *setting_at(size_t i);         /* NULL past the end */
const Setting *setting_find(Str key);        /* NULL when the program does not know it */
const char    *setting_group(const Setting *s);
Str  setting_text(Ctx *c, const char *key);
i64  setting_int(Ctx *c, const char *key);
bool setting_is_changed(Ctx *c, const Setting *s);              /* it differs from the standard */
/* The value as people read it: "30 dnů", "ano", the label of a choice. */
Str  setting_people(Ctx *c, const Setting *s, Str value);
/* What a person typed, as it is stored; ERR_INVALID at the field named by the key. */
MUST_USE Err setting_read(Ctx *c, const Setting *s, Str typed, Str *ret);
MUST_USE Err setting_set(Ctx *c, Str key, Str value);
/* Back to the standard. */
MUST_USE Err setting_reset(Ctx *c, Str key);

/* The choices in order; false past the end. */
bool setting_choice(const Setting *s, size_t i, Str *value, Str *label);

/* The last change of each setting, from the trail. */
typedef struct SettingChange { Str key, before, after, who, reason; Instant at; } SettingChange;
typedef struct SettingChanges { SettingChange *at; size_t len, cap; } SettingChanges;
/* Newest first, of one key or ({0}) of all; at most `limit` records of the trail are looked at. */
MUST_USE Err setting_changes(Ctx *c, Str key, i64 limit, SettingChanges *ret);
