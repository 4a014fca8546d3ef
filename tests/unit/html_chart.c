#include "html/chart.h"

#include "html/svg.h"
#include "tests/unit/golden.h"

static Out out;

static Str taken(void) {
	Str s = buf_take(&out, t_arena);
	buf_free(&out);
	return s;
}

#define T(text) {text, sizeof text - 1}            /* a Str in a static table */

static const Str years[] = {T("2026"), T("2027"), T("2028"), T("2029")};
static const ChartSeries sources[] = {
	{T("Stát (§ 101a)"), (const i64[]){978, 1034, 1079, 1121}},
	{T("Rozpočet kraje"), (const i64[]){127, 136, 142, 149}},
	{T("Rozpočty obcí"), (const i64[]){171, 178, 184, 190}},
	{T("Úhrady uživatelů"), (const i64[]){455, 471, 488, 503}},
	{T("Ostatní"), (const i64[]){66, 68, 70, 72}},
};

static Chart funding(void) {
	return (Chart){.kind = CHART_STACKED, .id = S("fin"), .title = S("Výhled financování podle zdrojů"), .desc = S("Celkem roste z 1 797 na 2 035."),
	               .unit = S("mil. Kč"), .label_head = S("Rok"), .labels = years, .label_count = 4, .series = sources, .series_count = 5};
}

TEST("chart: stacked bars, their legend and their table") {
	Chart c = funding();
	view_chart_figure(&out, &c);
	Str s = taken();
	GOLDEN("chart_stacked.html", s);
	EXPECT(str_has(s, S("<title>2026, Stát (§ 101a): 978\u00A0mil. Kč</title>")));
	EXPECT(str_has(s, S("class=\"strong\" x=\"")));
}

TEST("chart: groups of bars show what is missing and what is below zero") {
	const ChartSeries two[] = {
		{T("skutečnost"), (const i64[]){1050, BLANK, -425, 0}},
		{T("plán"), (const i64[]){1200, 900, 300, 250}},
	};
	Chart c = funding();
	c.kind = CHART_BARS;
	c.id = S("uvazky");
	c.unit = S("úvazku");
	c.places = 2;
	c.series = two;
	c.series_count = 2;
	view_chart_figure(&out, &c);
	Str s = taken();
	GOLDEN("chart_grouped.html", s);
	EXPECT(str_has(s, S("bez údaje")));
	EXPECT(str_has(s, S(">−4,25</text>")));
}

TEST("chart: bars of one series with long names put the names above the bars on narrow screens") {
	static const Str names[] = {T("Jablonec nad Nisou <&>"), T("Aš")};
	const ChartSeries one[] = {{T("Služby"), (const i64[]){12, 0}}};
	Chart c = {.kind = CHART_BARS, .id = S("orp"), .title = S("Služby podle území"), .desc = S("Nejvíce má Jablonec."), .labels = names, .label_count = 2,
	           .series = one, .series_count = 1};
	view_chart_figure(&out, &c);
	Str s = taken();
	GOLDEN("chart_bars.html", s);
	EXPECT(!str_has(s, S("<&>")));
	EXPECT(!str_has(s, S("class=\"legend\"")));
}

TEST("chart: a line of what is and a dashed line of what was planned") {
	static const Str y[] = {T("2021"), T("2022"), T("2023"), T("2024"), T("2025"), T("2026")};
	const ChartSeries two[] = {
		{T("skutečnost"), (const i64[]){2574, 2602, BLANK, 2701, 2752, 2806}},
		{T("plán"), (const i64[]){2574, 2615, 2670, 2730, 2790, 2850}},
	};
	Chart c = {.kind = CHART_LINES, .id = S("luzka"), .title = S("Kapacita pobytových služeb"), .desc = S("Skutečnost roste."), .unit = S("lůžek"),
	           .label_head = S("Rok"), .labels = y, .label_count = 6, .series = two, .series_count = 2};
	view_chart_figure(&out, &c);
	Str s = taken();
	GOLDEN("chart_lines.html", s);
	EXPECT(str_has(s, S("class=\"series plan\"")));
	EXPECT(str_has(s, S(">plán\u00A02\u00A0850</text>")));
}

TEST("chart: a chart without any number still is a chart") {
	static const i64 none[] = {BLANK, BLANK, BLANK, BLANK};
	const ChartSeries one[] = {{T("nic"), none}};
	Chart c = funding();
	c.series = one;
	c.series_count = 1;
	for (int kind = CHART_BARS; kind <= CHART_LINES; kind++) {
		c.kind = (ChartKind)kind;
		view_chart(&out, &c);
		Str s = taken();
		EXPECT(str_starts(s, S("<svg class=\"chart wide\"")) && str_ends(s, S("</svg>")));
		EXPECT(!str_has(s, S("<rect")) && !str_has(s, S("<polyline")));
	}
	c.label_count = 0;
	view_chart(&out, &c);
	EXPECT(str_ends(taken(), S("</svg>")));
}

TEST("chart: a population pyramid has the youngest at the bottom, men left, women right") {
	i64 men[PYRAMID_GROUPS], women[PYRAMID_GROUPS];
	for (int i = 0; i < PYRAMID_GROUPS; i++) {
		men[i] = 12000 - 550 * i;
		women[i] = 11500 - 500 * i;
	}
	women[17] = BLANK;
	view_chart_pyramid_figure(&out, &(ChartPyramid){S("vek"), S("Obyvatelé podle věku"), S("Nejvíce je dětí."), men, women});
	Str s = taken();
	GOLDEN("chart_pyramid.html", s);
	EXPECT(str_has(s, S("<title>0–4, Muži: 12\u00A0000\u00A0obyvatel</title>")));
}

TEST("chart: a sparkline breaks where values are missing, a cell has its bar") {
	static const i64 v[] = {3, 5, BLANK, 4, 9};
	view_chart_spark(&out, v, LEN(v), S("Vývoj \"počtu\""));
	EQ_TEXT(taken(), "<svg class=\"chart spark\" viewBox=\"0 0 80 20\" role=\"img\" aria-label=\"Vývoj &quot;počtu&quot;\"><polyline class=\"series\" "
	        "points=\"4,16 22,12\"/><polyline class=\"series\" points=\"58,14 76,4\"/><circle class=\"dot\" cx=\"76\" cy=\"4\" r=\"3\"/></svg>");
	view_chart_spark(&out, (const i64[]){BLANK}, 1, S(""));
	EQ_TEXT(taken(), "");
	view_chart_cell(&out, 11, 23);
	EQ_TEXT(taken(), "<svg viewBox=\"0 0 23 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"up\" width=\"11\" height=\"1\"/></svg>");
	view_chart_cell(&out, BLANK, 23);
	EQ_TEXT(taken(), "");
	view_chart_cell(&out, 99, 23);
	EXPECT(str_has(taken(), S("width=\"23\"")));
}

TEST("chart: axis marks are round numbers that cover the data") {
	for (i64 lo = -2000; lo <= 2000; lo += 137)
		for (i64 span = 0; span < 400000; span = span * 3 / 2 + 41) {
			i64 hi = lo + span;
			Axis a = axis_nice(lo, hi, 5);
			EXPECT(a.min <= lo && a.max >= hi && a.min < a.max && a.min % a.step == 0 && a.max % a.step == 0);
			EXPECT((a.max - a.min) / a.step <= 5);
		}
	EQ_INT(axis_nice(2574, 2850, 5).step, 100);
	EQ_INT(axis_place((Axis){0, 100, 10}, 50, 10, 200), 110);
}
