/* chart_small.c: population pyramid, sparkline, bar in a cell. */
#include "html/chart_parts.h"

static const Str age_groups[PYRAMID_GROUPS] = {
	{"0–4", 5},     {"5–9", 5},     {"10–14", 7},   {"15–19", 7},   {"20–24", 7},   {"25–29", 7},
	{"30–34", 7},   {"35–39", 7},   {"40–44", 7},   {"45–49", 7},   {"50–54", 7},   {"55–59", 7},
	{"60–64", 7},   {"65–69", 7},   {"70–74", 7},   {"75–79", 7},   {"80–84", 7},   {"85 a více", 10},
};

enum { PYRAMID_TOP = 26, PYRAMID_PITCH = 17, PYRAMID_THICK = 14, PYRAMID_MIDDLE = 84 };

static Chart pyramid_chart(const ChartPyramid *p, ChartSeries series[2]) {
	series[0] = (ChartSeries){S("Muži"), p->men};
	series[1] = (ChartSeries){S("Ženy"), p->women};
	return (Chart){.kind = CHART_BARS, .id = p->id, .title = p->title, .desc = p->desc, .unit = S("obyvatel"), .label_head = S("Věk"),
	               .labels = age_groups, .label_count = PYRAMID_GROUPS, .series = series, .series_count = 2};
}

static void pyramid_axis(Out *out, const Chart *c, Buf *text, Axis axis, int width, int side) {
	int bottom = PYRAMID_TOP + PYRAMID_GROUPS * PYRAMID_PITCH + 4;
	for (i64 v = 0; v <= axis.max; v += axis.step) {
		int reach = axis_place(axis, v, 0, side);
		Str value = chart_value(text, c, v);
		for (int right = 0; right < 2; right++) {
			int x = right ? width - side + reach : side - reach;
			svg_line(out, "rule", x, PYRAMID_TOP - 6, x, bottom);
			svg_text(out, "tick", x, bottom + 16, v == 0 ? "middle" : right ? "end" : "start", value);
		}
	}
}

static void pyramid_svg(Out *out, const Chart *c, int width) {
	CLEANUP(buf_free) Buf text = {0};
	int side = (width - PYRAMID_MIDDLE) / 2;
	i64 min = 0, max = 0;
	chart_range(c, &min, &max);
	Axis axis = axis_nice(0, max > 0 ? max : 0, svg_is_wide(width) ? 4 : 2);
	svg_open(out, width, PYRAMID_TOP + PYRAMID_GROUPS * PYRAMID_PITCH + 28, c->id, c->title, c->desc);
	svg_text(out, "strong", side, 14, "end", c->series[0].name);
	svg_text(out, "strong", width - side, 14, "start", c->series[1].name);
	pyramid_axis(out, c, &text, axis, width, side);
	for (size_t i = 0; i < PYRAMID_GROUPS; i++) {
		int y = PYRAMID_TOP + (int)(PYRAMID_GROUPS - 1 - i) * PYRAMID_PITCH;      /* the youngest at the bottom */
		svg_text(out, "tick", width / 2, y + 11, "middle", age_groups[i]);
		for (size_t s = 0; s < 2; s++) {
			i64 v = c->series[s].at[i];
			int length = v > 0 ? axis_place(axis, v, 0, side) : 0;
			if (length > 0)
				svg_rect(out, s ? 4 : 2, s ? width - side : side - length, y, length, PYRAMID_THICK, chart_mark_title(&text, c, i, s));
		}
	}
	svg_close(out);
}

void view_chart_pyramid(Out *out, const ChartPyramid *p) {
	ChartSeries series[2];
	Chart c = pyramid_chart(p, series);
	pyramid_svg(out, &c, SVG_WIDE);
	pyramid_svg(out, &c, SVG_NARROW);
}

void view_chart_pyramid_figure(Out *out, const ChartPyramid *p) {
	ChartSeries series[2];
	Chart c = pyramid_chart(p, series);
	buf_lit(out, "<figure class=\"card flow\"><figcaption>");
	html_escape(out, p->title);
	buf_lit(out, "<small>obyvatelé podle věku a pohlaví</small></figcaption>");
	view_chart_pyramid(out, p);
	view_chart_table(out, &c);
	buf_lit(out, "</figure>");
}

void view_chart_spark(Out *out, const i64 *values, size_t count, Str label) {
	enum { WIDTH = 80, HEIGHT = 20, EDGE = 4 };
	ChartSeries series = {.at = values};
	Chart c = {.label_count = count, .series = &series, .series_count = 1};
	i64 min, max;
	if (!chart_range(&c, &min, &max))
		return;
	Axis axis = {min, max > min ? max : min + 1, 1};
	buf_format(out, "<svg class=\"chart spark\" viewBox=\"0 0 %d %d\"", WIDTH, HEIGHT);
	if (label.len) {
		buf_lit(out, " role=\"img\" aria-label=\"");
		html_escape(out, label);
		buf_lit(out, "\">");
	} else {
		buf_lit(out, " aria-hidden=\"true\">");
	}
	int x = 0, y = 0;
	bool in_line = false;
	for (size_t i = 0; i < count; i++) {
		if (values[i] == BLANK) {
			if (in_line)
				buf_lit(out, "\"/>");
			in_line = false;
			continue;
		}
		x = EDGE + (int)div_round((i64)i * (WIDTH - 2 * EDGE), count > 1 ? (i64)count - 1 : 1);
		y = axis_place(axis, values[i], HEIGHT - EDGE, 2 * EDGE - HEIGHT);
		buf_format(out, "%s%d,%d", in_line ? " " : "<polyline class=\"series\" points=\"", x, y);
		in_line = true;
	}
	if (in_line)
		buf_lit(out, "\"/>");
	buf_format(out, "<circle class=\"dot\" cx=\"%d\" cy=\"%d\" r=\"3\"/></svg>", x, y);
}

void view_chart_cell(Out *out, i64 value, i64 max) {
	if (max < 1 || value == BLANK)
		return;
	i64 shown = value < 0 ? 0 : value > max ? max : value;
	buf_format(out, "<svg viewBox=\"0 0 %lld 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"up\" width=\"%lld\" height=\"1\"/></svg>",
	           (long long)max, (long long)shown);
}
