/* chart_bars.c: horizontal bars: single, in groups, stacked. */
#include "html/chart_parts.h"

enum { FITS = 34 };                              /* a bar this wide holds its number */

typedef struct Bars {
	Out         *out;
	const Chart *c;
	Buf         *text;
	int          width, left, length;        /* of the svg; of the part with bars */
	int          top, thick, row, pitch;     /* first bar; one bar; bars of one label; label to label */
	bool         label_above;
	Axis         axis;
} Bars;

static i64 total_of(const Chart *c, size_t label) {
	i64 sum = 0;
	bool any = false;
	for (size_t s = 0; s < c->series_count; s++) {
		i64 v = c->series[s].at[label];
		any |= v != BLANK;
		sum += v == BLANK ? 0 : v;
	}
	return any ? sum : BLANK;
}

static i64 positive_total(const Chart *c, size_t label) {
	i64 sum = 0;
	for (size_t s = 0; s < c->series_count; s++)
		sum += c->series[s].at[label] > 0 ? c->series[s].at[label] : 0;
	return sum;
}

static int value_width(const Bars *b) {
	int widest = 0;
	for (size_t i = 0; i < b->c->label_count; i++)
		for (size_t s = 0; s < b->c->series_count; s++) {
			i64 v = b->c->kind == CHART_STACKED ? total_of(b->c, i) : b->c->series[s].at[i];
			int width = svg_text_width(chart_value(b->text, b->c, v));
			widest = width > widest ? width : widest;
		}
	return widest;
}

static Axis scale(const Chart *c, int parts) {
	i64 min = 0, max = 0;
	if (c->kind == CHART_STACKED) {
		for (size_t i = 0; i < c->label_count; i++)
			max = positive_total(c, i) > max ? positive_total(c, i) : max;
	} else {
		chart_range(c, &min, &max);
	}
	min = min < 0 ? min : 0;
	max = max > 0 ? max : 0;
	Axis a = axis_nice(min, max, parts);
	if (max > min)                           /* marks are round numbers, the ends are those of the data */
		a.min = min, a.max = max;
	return a;
}

static void lay_out(Bars *b) {
	bool wide = svg_is_wide(b->width);
	bool grouped = b->c->kind == CHART_BARS && b->c->series_count > 1;
	int labels = chart_labels_width(b->c), values = value_width(b);
	b->top = wide ? 14 : 12;
	b->thick = grouped ? 14 : wide ? 28 : 24;
	b->row = grouped ? (int)b->c->series_count * 16 - 2 : b->thick;
	b->pitch = b->row + (wide ? 16 : 14);
	b->label_above = labels > (wide ? 200 : 110);
	b->left = b->label_above ? 12 : labels + 8;
	if (b->label_above) {
		b->pitch += 18;
		b->top += 18;
	}
	b->axis = scale(b->c, wide ? 5 : 3);
	if (b->axis.min < 0)
		b->left += values + 8;
	b->length = b->width - b->left - values - 12;
	CHECK(b->length > 0);
}

static void put_axis(Bars *b, int bottom) {
	i64 first = b->axis.min / b->axis.step * b->axis.step;
	for (i64 v = first; v <= b->axis.max; v += b->axis.step) {
		int x = axis_place(b->axis, v, b->left, b->length);
		svg_line(b->out, v == 0 && b->axis.min < 0 ? "axis" : "rule", x, 6, x, bottom);
		svg_text(b->out, "tick", x, bottom + 16, "middle", chart_value(b->text, b->c, v));
	}
}

static void put_label(Bars *b, size_t i, int y) {
	if (b->label_above)
		svg_text(b->out, "strong", 0, y - 6, "start", b->c->labels[i]);
	else {
		int labels_end = b->left - 8 - (b->axis.min < 0 ? value_width(b) + 8 : 0);
		svg_text(b->out, "strong", labels_end, y + b->row / 2 + 5, "end", b->c->labels[i]);
	}
}

/* One bar from zero with its number at the end. */
static void put_bar(Bars *b, size_t i, size_t s, int y) {
	i64 v = b->c->series[s].at[i];
	int zero = axis_place(b->axis, 0, b->left, b->length);
	int baseline = y + b->thick / 2 + 5;
	const char *class = b->c->series_count > 1 ? "value" : "strong";
	if (v == BLANK) {
		svg_text(b->out, "tick", zero + 8, baseline, "start", S("bez údaje"));
		return;
	}
	int end = axis_place(b->axis, v, b->left, b->length);
	int from = end < zero ? end : zero, width = end < zero ? zero - end : end - zero;
	if (width > 0)
		svg_rect(b->out, (int)s + 1, from, y, width, b->thick, chart_mark_title(b->text, b->c, i, s));
	svg_text(b->out, class, v < 0 ? end - 8 : end + 8, baseline, v < 0 ? "end" : "start", chart_value(b->text, b->c, v));
}

static void put_stack(Bars *b, size_t i, int y) {
	int baseline = y + b->thick / 2 + 5;
	i64 sum = 0;
	int end = b->left;
	for (size_t s = 0; s < b->c->series_count; s++) {
		i64 v = b->c->series[s].at[i];
		if (v <= 0)                          /* BLANK is below zero, too */
			continue;
		int from = axis_place(b->axis, sum, b->left, b->length);
		sum += v;
		end = axis_place(b->axis, sum, b->left, b->length);
		int width = end - from > 2 ? end - from - 2 : 1;      /* a gap parts the colours */
		svg_rect(b->out, (int)s + 1, from, y, width, b->thick, chart_mark_title(b->text, b->c, i, s));
		Str value = chart_value(b->text, b->c, v);
		if (width >= FITS && svg_text_width(value) <= width) {
			char class[8] = {'o', 'n', (char)('1' + (int)s), 0};
			svg_text(b->out, class, from + width / 2, baseline, "middle", value);
		}
	}
	i64 total = total_of(b->c, i);
	if (total == BLANK)
		svg_text(b->out, "tick", end + 8, baseline, "start", S("bez údaje"));
	else
		svg_text(b->out, "strong", end + 8, baseline, "start", chart_value(b->text, b->c, total));
}

void chart_bars(Out *out, const Chart *c, int width) {
	CLEANUP(buf_free) Buf text = {0};
	Bars b = {.out = out, .c = c, .text = &text, .width = width};
	lay_out(&b);
	int rows = c->label_count ? (int)c->label_count : 1;
	int bottom = b.top + (rows - 1) * b.pitch + b.row + 10;
	svg_open(out, width, bottom + 24, c->id, c->title, c->desc);
	put_axis(&b, bottom);
	for (size_t i = 0; i < c->label_count; i++) {
		int y = b.top + (int)i * b.pitch;
		put_label(&b, i, y);
		if (c->kind == CHART_STACKED)
			put_stack(&b, i, y);
		for (size_t s = 0; c->kind == CHART_BARS && s < c->series_count; s++)
			put_bar(&b, i, s, y + (int)s * 16);
	}
	svg_close(out);
}
