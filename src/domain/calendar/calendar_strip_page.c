/* calendar_strip_page.c: the year as a picture: months as columns, windows as bars below each other, single days as short marks. */
#include "domain/calendar/calendar_views_page.h"
#include "html/svg.h"

enum { HEAD = 22, ROW = 11, BAR = 8, SHORTEST = 4, EDGE = 2 };

static int place(const YearStrip *s, int day, int width) {
	return EDGE + day * (width - 2 * EDGE) / s->days;
}

static void draw_months(Out *out, const YearStrip *s, int width, int bottom) {
	static const char *const wide[] = {"led", "úno", "bře", "dub", "kvě", "čvn", "čvc", "srp", "zář", "říj", "lis", "pro"};
	static const char *const narrow[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"};
	for (int m = 1; m <= 12; m++) {
		int from = place(s, date(s->year, m, 1).n - date(s->year, 1, 1).n, width);
		int to = place(s, (m == 12 ? date(s->year + 1, 1, 1).n : date(s->year, m + 1, 1).n) - date(s->year, 1, 1).n, width);
		svg_line(out, "rule", from, HEAD - 6, from, bottom);
		svg_text(out, "tick", (from + to) / 2, 12, "middle", str_c(svg_is_wide(width) ? wide[m - 1] : narrow[m - 1]));
	}
	svg_line(out, "rule", place(s, s->days, width), HEAD - 6, place(s, s->days, width), bottom);
}

static void draw(Out *out, const YearStrip *s, int width) {
	int height = HEAD + (int)s->bars.len * ROW + EDGE;
	svg_open(out, width, height, S("rok"), s->title, s->desc);
	draw_months(out, s, width, height);
	for (size_t i = 0; i < s->bars.len; i++) {
		const StripBar *b = &s->bars.at[i];
		int from = place(s, b->from, width), to = place(s, b->to + 1, width), y = HEAD + (int)i * ROW;
		svg_rect(out, b->series, from, y, to - from < SHORTEST ? SHORTEST : to - from, BAR, b->title);
	}
	if (s->today >= 0)
		svg_line(out, "axis", place(s, s->today, width), HEAD - 6, place(s, s->today, width), height);
	svg_close(out);
}

void view_year_strip(Out *out, const YearStrip *s) {
	draw(out, s, SVG_WIDE);
	draw(out, s, SVG_NARROW);
}
