/* chart_lines.c: what is and what was planned, over time. */
#include "html/chart_parts.h"

typedef struct Lines {
	Out         *out;
	const Chart *c;
	Buf         *text;
	int          left, length, top, bottom;
	Axis         axis;
} Lines;

static int x_of(const Lines *l, size_t i) {
	size_t steps = l->c->label_count > 1 ? l->c->label_count - 1 : 1;
	return l->left + (int)div_round((i64)i * l->length, (i64)steps);
}

static int y_of(const Lines *l, i64 v) {
	return axis_place(l->axis, v, l->bottom, l->top - l->bottom);
}

static void put_axes(Lines *l) {
	for (i64 v = l->axis.min; v <= l->axis.max; v += l->axis.step) {
		int y = y_of(l, v);
		svg_line(l->out, v == l->axis.min ? "axis" : "rule", l->left, y, l->left + l->length, y);
		svg_text(l->out, "tick", l->left - 8, y + 4, "end", chart_value(l->text, l->c, v));
	}
	/* the last label always, the others as far as they do not touch */
	size_t n = l->c->label_count;
	int room = chart_labels_width(l->c) + 6;
	int pitch = n > 1 ? l->length / (int)(n - 1) : room;
	size_t every = pitch >= room ? 1 : pitch > 0 ? (size_t)((room + pitch - 1) / pitch) : n;
	for (size_t i = 0; i < n; i++)
		if ((n - 1 - i) % every == 0)
			svg_text(l->out, "tick", x_of(l, i), l->bottom + 20, "middle", l->c->labels[i]);
}

/* A missing value breaks the line. */
static void put_line(Lines *l, size_t s) {
	const i64 *at = l->c->series[s].at;
	for (size_t i = 0; i < l->c->label_count;) {
		if (at[i] == BLANK) {
			i++;
			continue;
		}
		buf_format(l->out, "<polyline class=\"series%s\" points=\"", s ? " plan" : "");
		for (size_t from = i; i < l->c->label_count && at[i] != BLANK; i++)
			buf_format(l->out, "%s%d,%d", i > from ? " " : "", x_of(l, i), y_of(l, at[i]));
		buf_lit(l->out, "\"/>");
	}
}

static void put_dots(Lines *l) {
	for (size_t i = 0; i < l->c->label_count; i++) {
		i64 v = l->c->series[0].at[i];
		if (v == BLANK)
			continue;
		buf_format(l->out, "<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"5\"><title>", x_of(l, i), y_of(l, v));
		html_escape(l->out, chart_mark_title(l->text, l->c, i, 0));
		buf_lit(l->out, "</title></circle>");
	}
}

static bool last_of(const Chart *c, size_t s, size_t *ret) {
	for (size_t i = c->label_count; i-- > 0;)
		if (c->series[s].at[i] != BLANK)
			return *ret = i, true;
	return false;
}

/* Name and number of one end on a wide screen, the number on a narrow one. */
static Str end_text(Lines *l, size_t s, i64 v, bool wide) {
	l->text->len = 0;
	if (wide && l->c->series_count > 1) {
		buf_str(l->text, l->c->series[s].name);
		buf_lit(l->text, "\u00A0");
	}
	chart_put_value(l->text, v, l->c->places);
	return buf_view(l->text);
}

static int end_room(Lines *l) {
	int widest = 0;
	for (size_t s = 0; s < l->c->series_count; s++) {
		size_t i;
		if (!last_of(l->c, s, &i))
			continue;
		int width = svg_text_width(end_text(l, s, l->c->series[s].at[i], true));
		widest = width > widest ? width : widest;
	}
	return widest < 200 ? widest : 200;
}

static void put_ends(Lines *l, bool wide) {
	int y[2] = {0}, x[2] = {0};
	bool has[2] = {false};
	for (size_t s = 0; s < l->c->series_count; s++) {
		size_t i;
		has[s] = last_of(l->c, s, &i);
		if (!has[s])
			continue;
		x[s] = x_of(l, i);
		y[s] = y_of(l, l->c->series[s].at[i]) + (wide ? 5 : -10);
	}
	if (has[0] && has[1]) {                  /* the numbers must not lie on each other */
		int *upper = y[0] < y[1] ? &y[0] : &y[1], *lower = upper == &y[0] ? &y[1] : &y[0];
		if (!wide)
			*lower += 36;                    /* below its line */
		if (*lower - *upper < 16)
			*lower = *upper + 16;
	}
	for (size_t s = 0; s < l->c->series_count; s++) {
		size_t i;
		if (last_of(l->c, s, &i))
			svg_text(l->out, "strong", wide ? x[s] + 12 : x[s], y[s], wide ? "start" : "end", end_text(l, s, l->c->series[s].at[i], wide));
	}
}

void chart_lines(Out *out, const Chart *c, int width) {
	CLEANUP(buf_free) Buf text = {0};
	bool wide = svg_is_wide(width);
	Lines l = {.out = out, .c = c, .text = &text, .top = wide ? 12 : 24, .bottom = wide ? 234 : 204};
	i64 min = 0, max = 0;
	chart_range(c, &min, &max);
	l.axis = axis_nice(min, max, wide ? 5 : 4);
	int low = svg_text_width(chart_value(&text, c, l.axis.min)), high = svg_text_width(chart_value(&text, c, l.axis.max));
	l.left = (low > high ? low : high) + 8;
	l.length = width - l.left - (wide ? end_room(&l) + 16 : 16);
	CHECK(l.length > 0);
	svg_open(out, width, l.bottom + 26, c->id, c->title, c->desc);
	put_axes(&l);
	for (size_t s = c->series_count; s-- > 0;)
		put_line(&l, s);
	put_dots(&l);
	put_ends(&l, wide);
	svg_close(out);
}
