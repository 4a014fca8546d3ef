/* icons.h: line drawings, 24 × 24, that stand beside words. They are decoration: hidden from screen readers, never alone. */
#pragma once
#include "html/html.h"

/* Names: see the table in icons.c. An unknown name is a bug and ends the process; the component page draws all of them. */
Html icon(const char *name);
Html icon_small(const char *name);               /* 18 px, for buttons and lines of text */
size_t icon_count(void);
const char *icon_name(size_t i);
/* For a name that people edit as data: the one in the table, or "info" when there is none like it. */
const char *icon_known(Str name);
