/* trail_text.h: what a record of the trail holds of a long text that changed. */
#pragma once
#include "base/str.h"

/* "[15230 bajtů beze změny]…the change with some words around it…[3200 bajtů beze změny; celý text má 18530 bajtů, SHA-256 …]" for both, when they are long and
 * mostly the same; else they stay as they are. */
void trail_text_shorten(Arena *a, Str *before, Str *after);
