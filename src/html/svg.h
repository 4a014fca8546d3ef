/* svg.h: the few marks that charts and maps are made of, and the scale they share. Coordinates are whole units (UX § 9). */
#pragma once
#include "html/html.h"

enum { SVG_WIDE = 560, SVG_NARROW = 340, SVG_LETTER = 18 };   /* a letter is at most SVG_LETTER half units wide */

static inline bool svg_is_wide(int width) { return width == SVG_WIDE; }

/* <svg> with its <title> and <desc>; their ids are id-wide-t, id-wide-d. */
void svg_open(Out *out, int width, int height, Str id, Str title, Str desc);
void svg_close(Out *out);
void svg_line(Out *out, const char *class, int x1, int y1, int x2, int y2);
/* anchor: "start", "middle" or "end" */
void svg_text(Out *out, const char *class, int x, int y, const char *anchor, Str text);
/* A mark that names its value: <rect><title>2026, Stát: 978 mil. Kč</title></rect>. */
void svg_rect(Out *out, int series, int x, int y, int width, int height, Str title);
/* Room that a text takes, estimated generously. */
int  svg_text_width(Str text);

/* Marks of an axis: multiples of 1, 2 or 5 × 10ⁿ that cover lo..hi in at most `parts` parts; lo <= hi. */
typedef struct Axis { i64 min, max, step; } Axis;
Axis axis_nice(i64 lo, i64 hi, int parts);
/* Where v lies when min..max is drawn from..from+length. */
int  axis_place(Axis a, i64 v, int from, int length);
