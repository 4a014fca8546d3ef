#include "html/svg.h"

void svg_open(Out *out, int width, int height, Str id, Str title, Str desc) {
	const char *size = svg_is_wide(width) ? "wide" : "narrow";
	buf_format(out, "<svg class=\"chart %s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%.*s-%s-t %.*s-%s-d\">", size, width, height,
	           STR_ARG(id), size, STR_ARG(id), size);
	buf_format(out, "<title id=\"%.*s-%s-t\">", STR_ARG(id), size);
	html_escape(out, title);
	buf_format(out, "</title><desc id=\"%.*s-%s-d\">", STR_ARG(id), size);
	html_escape(out, desc);
	buf_lit(out, "</desc>");
}

void svg_close(Out *out) {
	buf_lit(out, "</svg>");
}

void svg_line(Out *out, const char *class, int x1, int y1, int x2, int y2) {
	buf_format(out, "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", class, x1, x2, y1, y2);
}

void svg_text(Out *out, const char *class, int x, int y, const char *anchor, Str text) {
	buf_format(out, "<text class=\"%s\" x=\"%d\" y=\"%d\"", class, x, y);
	if (anchor[0] != 's')
		buf_format(out, " text-anchor=\"%s\"", anchor);
	buf_char(out, '>');
	html_escape(out, text);
	buf_lit(out, "</text>");
}

void svg_rect(Out *out, int series, int x, int y, int width, int height, Str title) {
	buf_format(out, "<rect class=\"c%d\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><title>", series, x, y, width, height);
	html_escape(out, title);
	buf_lit(out, "</title></rect>");
}

int svg_text_width(Str text) {
	return ((int)utf8_count(text) * SVG_LETTER + 1) / 2;
}

static i64 floor_to(i64 v, i64 step) {
	i64 down = v / step * step;
	return down > v ? down - step : down;
}

Axis axis_nice(i64 lo, i64 hi, int parts) {
	CHECK(lo <= hi && lo > -1000000000000000 && hi < 1000000000000000 && parts > 0);
	for (i64 power = 1;; power *= 10) {
		static const int nice[] = {1, 2, 5};
		for (size_t i = 0; i < LEN(nice); i++) {
			i64 step = power * nice[i];
			i64 min = floor_to(lo, step), max = -floor_to(-hi, step);
			if (max == min)
				max = min + step;
			if ((max - min) / step <= parts)
				return (Axis){min, max, step};
		}
	}
}

int axis_place(Axis a, i64 v, int from, int length) {
	i64 place;
	CHECK(mul_div(v - a.min, length, a.max - a.min, &place) && place > -100000 && place < 100000);
	return from + (int)place;
}
