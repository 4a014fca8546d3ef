/* public_views_page.h: what the public pages of needs get, and those of the optimum and of snapshots. */
#pragma once
#include "domain/needs/gap.h"
#include "domain/needs/needs_parts_page.h"
#include "domain/needs/snapshot.h"

typedef struct GapLine {
	Str label, href;
	Str needs, persons, network, missing, wanted, fte, network_fte, optimal, difference;
} GapLine;
VIEW_LIST(GapLine, GapLines);

typedef struct GapView {
	Str        title, lead, source, year;
	KpiViews   kpis;
	FieldView  fields[3];
	size_t     field_count;
	Str        action;
	FigureView figure;
	GapLines   districts, groups;
	GapLine    total;
	Links      downloads;
	bool       has_groups, has_small, is_empty, has_region;
	Str        region_note;
} GapView;

typedef struct UnansweredRow {
	const UnansweredNeed *u;
	Str id, place, group, kind, capacity, reason, resolution_href;
	bool is_over;
} UnansweredRow;
VIEW_LIST(UnansweredRow, UnansweredRows);

typedef struct UnansweredView {
	Str       found;
	TabViews  tabs;
	FieldView fields[3];
	UnansweredRows rows;
	Links     downloads;
	PagerView pager;
} UnansweredView;

typedef struct GridCell { Str name, value, label; bool is_wrong; } GridCell;
VIEW_LIST(GridCell, GridCells);
typedef struct GridRow { Str label, unit; GridCells cells; Str sum; } GridRow;
VIEW_LIST(GridRow, GridRows);
typedef struct OptimalView {
	Str         action, csrf, year, seen;
	Links       years;
	ColumnViews columns;
	GridRows    rows;
	FieldView   year_field, source, resolution;
	ErrorsView *errors;
	bool        may_write;
} OptimalView;

typedef struct SnapshotLine { Str href, day, title, made, needs; bool holds; Id id; } SnapshotLine;
VIEW_LIST(SnapshotLine, SnapshotLines);
typedef struct SnapshotsView {
	SnapshotLines list;
	Str           action, csrf, next;
	FieldView     title, before, after;
	ErrorsView   *errors;
	bool          may_make;
} SnapshotsView;

typedef struct SnapRow { Str title, place, group, capacity, persons, state, place_in_order; } SnapRow;
VIEW_LIST(SnapRow, SnapRows);
typedef struct SnapDiffRow { RowState state; Str title, place, what; } SnapDiffRow;
VIEW_LIST(SnapDiffRow, SnapDiffRows);
typedef struct SnapshotView {
	Str          title, lead, digest;
	PairViews    pairs;
	SnapRows     rows;
	SnapDiffRows diffs;
	Links        downloads;
	KpiViews     kpis;
	bool         is_diff;
} SnapshotView;
