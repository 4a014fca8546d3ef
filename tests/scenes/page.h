/* page.h: what a scene needs to know of a page: its readable text, the hidden fields of its forms, a value in JSON. */
#pragma once
#include "base/str.h"

/* Text as a reader sees it: no tags, entities decoded, every run of blanks (hard ones too) one blank. */
Str  page_text(Arena *a, Str html);
/* The same for other kinds of files: only the blanks are evened out. */
Str  page_plain(Arena *a, Str text);

typedef struct Field {
	Str name, value;
} Field;

typedef struct Fields {
	Field *at;
	size_t len, cap;
} Fields;

/* Hidden fields of the POST form whose action is `path` (an empty action is the page's own path `self`). False: no such form. */
bool page_form(Arena *a, Str html, Str self, Str path, Fields *ret);
bool page_has_form(Str html);
/* A value by a path: "polozky.0.nazev"; a last part "#" counts the items of a list. False: not there, or not JSON. */
bool page_json(Arena *a, Str text, Str path, Str *ret);
