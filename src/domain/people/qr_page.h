/* qr_page.h: a picture that a telephone reads, as SVG in the page. */
#pragma once
#include "html/html.h"

/* Nothing is drawn when the text is too long for a picture. */
void view_qr(Out *out, Str text);
