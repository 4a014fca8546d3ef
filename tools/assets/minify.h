/* minify.h: style sheets and scripts without comments and needless blanks. Nothing is renamed or rewritten. */
#pragma once
#include "base/buf.h"

void minify_css(Str css, Buf *out);
/* Keeps line ends, because a script may lean on them instead of semicolons. */
void minify_js(Str js, Buf *out);
