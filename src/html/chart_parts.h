/* chart_parts.h: what the files of charts share and nobody else needs. */
#pragma once
#include "html/chart.h"
#include "html/svg.h"

/* "1 797", "42,50" */
void chart_put_value(Buf *b, i64 value, int places);
/* "2026, Stát: 978 mil. Kč"; the series is left out when it is the only one. The view is valid until the next call with `b`. */
Str  chart_mark_title(Buf *b, const Chart *c, size_t label, size_t series);
Str  chart_value(Buf *b, const Chart *c, i64 value);
/* Smallest and largest value that is not BLANK; false when there is none. */
bool chart_range(const Chart *c, i64 *min, i64 *max);
int  chart_labels_width(const Chart *c);

void chart_bars(Out *out, const Chart *c, int width);
void chart_lines(Out *out, const Chart *c, int width);
