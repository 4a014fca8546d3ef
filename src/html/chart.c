#include "html/chart.h"

#include "html/chart_parts.h"

void chart_put_value(Buf *b, i64 value, int places) {
	if (value == BLANK)
		buf_lit(b, "–");
	else if (places)
		fmt_decimal(b, value, places);
	else
		fmt_int(b, value);
}

Str chart_value(Buf *b, const Chart *c, i64 value) {
	b->len = 0;
	chart_put_value(b, value, c->places);
	return buf_view(b);
}

Str chart_mark_title(Buf *b, const Chart *c, size_t label, size_t series) {
	b->len = 0;
	buf_str(b, c->labels[label]);
	if (c->series_count > 1) {
		buf_lit(b, ", ");
		buf_str(b, c->series[series].name);
	}
	buf_lit(b, ": ");
	chart_put_value(b, c->series[series].at[label], c->places);
	if (c->unit.len) {
		buf_lit(b, "\u00A0");
		buf_str(b, c->unit);
	}
	return buf_view(b);
}

bool chart_range(const Chart *c, i64 *min, i64 *max) {
	bool any = false;
	for (size_t s = 0; s < c->series_count; s++)
		for (size_t i = 0; i < c->label_count; i++) {
			i64 v = c->series[s].at[i];
			if (v == BLANK)
				continue;
			*min = any && *min < v ? *min : v;
			*max = any && *max > v ? *max : v;
			any = true;
		}
	return any;
}

int chart_labels_width(const Chart *c) {
	int widest = 0;
	for (size_t i = 0; i < c->label_count; i++) {
		int width = svg_text_width(c->labels[i]);
		widest = width > widest ? width : widest;
	}
	return widest;
}

void view_chart(Out *out, const Chart *c) {
	CHECK(c->series_count >= 1 && c->series_count <= (c->kind == CHART_LINES ? 2 : CHART_SERIES_MAX));
	static const int widths[] = {SVG_WIDE, SVG_NARROW};
	for (size_t i = 0; i < LEN(widths); i++) {
		if (c->kind == CHART_LINES)
			chart_lines(out, c, widths[i]);
		else
			chart_bars(out, c, widths[i]);
	}
}

void view_chart_legend(Out *out, const Chart *c) {
	if (c->series_count < 2)
		return;
	buf_lit(out, "<ul class=\"legend\">");
	for (size_t s = 0; s < c->series_count; s++) {
		buf_lit(out, "<li><svg viewBox=\"0 0 14 14\" aria-hidden=\"true\">");
		if (c->kind == CHART_LINES)
			buf_format(out, "<path class=\"chart-key%s\" d=\"M0 7h14\"/>", s ? " plan" : "");
		else
			buf_format(out, "<rect class=\"c%zu\" width=\"14\" height=\"14\" rx=\"3\"/>", s + 1);
		buf_lit(out, "</svg>");
		html_escape(out, c->series[s].name);
		buf_lit(out, "</li>");
	}
	buf_lit(out, "</ul>");
}

/* Rows are labels, columns are series: the same for two years as for two hundred. */
void view_chart_table(Out *out, const Chart *c) {
	buf_lit(out, "<details><summary>Údaje jako tabulka</summary><div class=\"table\"><table class=\"dense\"><caption class=\"vh\">");
	html_escape(out, c->title);
	if (c->unit.len) {
		buf_lit(out, ", ");
		html_escape(out, c->unit);
	}
	buf_lit(out, "</caption><thead><tr><th scope=\"col\">");
	html_escape(out, c->label_head.len ? c->label_head : S("Položka"));
	buf_lit(out, "</th>");
	for (size_t s = 0; s < c->series_count; s++) {
		buf_lit(out, "<th class=\"num\" scope=\"col\">");
		html_escape(out, c->series[s].name);
		buf_lit(out, "</th>");
	}
	buf_lit(out, "</tr></thead><tbody>");
	for (size_t i = 0; i < c->label_count; i++) {
		buf_lit(out, "<tr><th scope=\"row\">");
		html_escape(out, c->labels[i]);
		buf_lit(out, "</th>");
		for (size_t s = 0; s < c->series_count; s++) {
			buf_lit(out, "<td class=\"num\">");
			chart_put_value(out, c->series[s].at[i], c->places);
			buf_lit(out, "</td>");
		}
		buf_lit(out, "</tr>");
	}
	buf_lit(out, "</tbody></table></div></details>");
}

void view_chart_figure(Out *out, const Chart *c) {
	buf_lit(out, "<figure class=\"card flow\"><figcaption>");
	html_escape(out, c->title);
	if (c->unit.len) {
		buf_lit(out, "<small>");
		html_escape(out, c->unit);
		buf_lit(out, "</small>");
	}
	buf_lit(out, "</figcaption>");
	view_chart(out, c);
	view_chart_legend(out, c);
	view_chart_table(out, c);
	buf_lit(out, "</figure>");
}
