/* chart.h: charts that the server draws (UX § 9). Each is written twice, for wide and for narrow screens; CSS shows one.
 *
 * Names begin with view_, so that a template says {% use chart_figure(&chart) %}. Numbers are integers; `places` says how many of
 * their digits stand behind the decimal comma. BLANK is a missing value, which no chart draws as zero. */
#pragma once
#include "html/html.h"

enum { CHART_SERIES_MAX = 5, PYRAMID_GROUPS = 18 };

typedef enum ChartKind {
	CHART_BARS,                              /* horizontal; several series stand in groups */
	CHART_STACKED,                           /* parts of a whole; parts below zero show only in the total */
	CHART_LINES,                             /* one or two series: what is, and the plan (dashed) */
} ChartKind;

typedef struct ChartSeries {
	Str        name;
	const i64 *at;                           /* one value per label */
} ChartSeries;

typedef struct Chart {
	ChartKind          kind;
	Str                id;                   /* of the figure in the page: letters, digits, "-" */
	Str                title;                /* what is shown */
	Str                desc;                 /* the message, one sentence made from the data */
	Str                unit;                 /* "mil. Kč", after values that stand alone */
	Str                label_head;           /* head of the table's first column: "Rok" */
	int                places;
	const Str         *labels;
	size_t             label_count;
	const ChartSeries *series;
	size_t             series_count;
} Chart;

/* Population by five-year age group, the youngest first: 0–4 … 80–84, 85 and more. */
typedef struct ChartPyramid {
	Str        id, title, desc;
	const i64 *men, *women;                  /* PYRAMID_GROUPS each */
} ChartPyramid;

/* Caption, drawing, legend and the table with the same numbers. */
void view_chart_figure(Out *out, const Chart *c);
void view_chart_pyramid_figure(Out *out, const ChartPyramid *p);
/* The parts of the figure. */
void view_chart(Out *out, const Chart *c);
void view_chart_legend(Out *out, const Chart *c);           /* nothing for a single series */
void view_chart_table(Out *out, const Chart *c);
void view_chart_pyramid(Out *out, const ChartPyramid *p);

/* A line of a table row's past; an empty label hides it from screen readers, the numbers stand beside it. */
void view_chart_spark(Out *out, const i64 *values, size_t count, Str label);
/* A bar inside <td class="bar">; its number stands in the next cell. */
void view_chart_cell(Out *out, i64 value, i64 max);
