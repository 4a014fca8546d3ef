/* decode.h: what counts as text in a request; inside the http floor. */
#pragma once
#include "base/str.h"

/* Valid UTF-8 without control characters (C0, DEL, C1); TAB, CR and LF are allowed in `lines`. */
bool http_is_clean(Str s, bool lines);
static inline char http_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
/* Equal but for ASCII case. */
bool http_same(Str a, Str b);
