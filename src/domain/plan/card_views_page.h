/* card_views_page.h: what the pages of cards hand to their templates. */
#pragma once
#include "domain/plan/card.h"
#include "html/chart.h"
#include "web/parts.h"
#include "web/work.h"

typedef struct CardLine {
	Str     href, code, title, measure, places, capacity, dates, state;
	i64     id;
	TagKind tone;
} CardLine;
VIEW_LIST(CardLine, CardLines);

typedef struct BoardStep { Str action, title; } BoardStep;
VIEW_LIST(BoardStep, BoardSteps);
typedef struct BoardCard {
	Str        href, code, title, note, state, missing, move, csrf, change;
	i64        version;
	TagKind    tone;
	BoardSteps steps;                        /* that need nothing more than a click */
} BoardCard;
VIEW_LIST(BoardCard, BoardCards);
typedef struct BoardColumn { Str id, title, count, cost, missing; BoardCards cards; } BoardColumn;
VIEW_LIST(BoardColumn, BoardColumns);
typedef struct CardBoard { BoardColumns columns; Str next; } CardBoard;

typedef struct CardsPage {
	Str       title, lead, count, action, new_href, office;
	FieldView fields[6];
	HiddenViews keep;                        /* of the filter: how the cards are shown */
	Links     shapes;                        /* list, board by state, board by priority */
	bool      is_board, may_choose;
	Str       bulk;                          /* address of the change of many */
	CardBoard board;
	CardLines lines;
	Links     downloads, ways;
	Html      drawing;
	EmptyView empty;
	bool      is_filtered;
} CardsPage;

typedef struct MoneyLine { Str label; Strs cells; bool is_sum; } MoneyLine;
VIEW_LIST(MoneyLine, MoneyLines);

typedef struct IndicatorLine { Str name, unit, baseline, target, value, progress, day; } IndicatorLine;
VIEW_LIST(IndicatorLine, IndicatorLines);
typedef struct MonitoringLine { Str day, indicator, value, text; } MonitoringLine;
VIEW_LIST(MonitoringLine, MonitoringLines);

typedef struct CardPage {
	Str             title, lead, description, justification, risks, conditions, progress, office, comment_href;
	Str             state;
	TagKind         tone;
	PairViews       pairs;
	Links           needs, depends, excludes;
	Strs            heads;                   /* years, and the sum */
	MoneyLines      money;
	Strs            milestones;
	IndicatorLines  indicators;
	MonitoringLines monitoring;
	MomentViews     moments;
} CardPage;

typedef struct FinancePage {
	Str        title, lead, count;
	Strs       heads;
	MoneyLines money;
	Chart      chart;
	bool       has_chart;
	Links      downloads, ways;
} FinancePage;

typedef struct ProgressLine { Str code, title, href, progress, note, groups; int depth; i64 done; } ProgressLine;
VIEW_LIST(ProgressLine, ProgressLines);
typedef struct ProgressPage {
	Str           title, lead;
	ProgressLines lines;
	Links         downloads, ways;
} ProgressPage;

/* ---- office ---- */

typedef struct CardGridLine { Str label; FieldView cells[PLAN_YEARS]; } CardGridLine;
VIEW_LIST(CardGridLine, CardGridLines);
VIEW_LIST(FieldView, CardFields);

typedef struct CardOffice {
	CardPage      card;
	WorkPanel     work;
	Str           edit, public_href, href, year_action, year_csrf, year_seen;
	bool          may_edit;
	CardGridLines grid;
	CardFields    all;                       /* the same cells in one row, for the summary of errors */
	ErrorsView   *errors;
	Links         parts;
} CardOffice;

typedef struct StrategyLine {
	Str         code, title, level, edit, add, groups, judge, up, down, csrf_up, csrf_down;
	Links       judged;                      /* indicators by which it is judged */
	const char *add_label;
	int         depth;
} StrategyLine;
VIEW_LIST(StrategyLine, StrategyLines);
typedef struct StrategyPage {
	Str           title, lead, new_href;
	StrategyLines lines;
	bool          may_edit;
} StrategyPage;

/* ---- annex 2 ---- */

typedef struct OutlookPart { Str title; MoneyLines lines; } OutlookPart;
VIEW_LIST(OutlookPart, OutlookParts);
typedef struct OutlookPage {
	Str          title, lead, note, about, accepted;
	Strs         heads;
	OutlookParts parts;
	NoteView     agreement;                  /* with annex 1 */
	NoteView     which;                      /* of which version it is, when it is not that of the valid one */
	Links        downloads, ways;
	EmptyView    empty;
	Str          office;
} OutlookPage;

typedef struct OutlookCell { Str name, value, error, text; } OutlookCell;      /* text instead of a field: a sum */
typedef struct OutlookRow { Str id, label; OutlookCell cells[PLAN_YEARS]; Str total; bool is_sum; } OutlookRow;
VIEW_LIST(OutlookRow, OutlookRows);
typedef struct OutlookGrid { Str id, title; OutlookRows rows; } OutlookGrid;
VIEW_LIST(OutlookGrid, OutlookGrids);
typedef struct OutlookOffice {
	Str          title, lead, action, csrf, take_action, take_csrf, accept_action, accept_csrf, public_href, back, saved, accepted;
	i64          version, missing;           /* missing: haléře, as the page tells them */
	Str          years[PLAN_YEARS];
	OutlookGrids grids;
	FieldView    note, why;
	bool         may_edit, may_accept;
	NoteView     agreement, balance, closed;
	ErrorsView  *errors;
} OutlookOffice;
