/* calendar_views_page.h: what the templates of the calendar get. */
#pragma once
#include "domain/calendar/window.h"
#include "web/screen.h"

/* One day on which something opens or ends. */
typedef struct CalendarEvent {
	const Window *w;
	Str      word;                           /* "Otevírá se", "Uzavírá se", "Termín" */
	Str      audience, href, link, link_label;
	Str      state;                          /* of the window: "probíhá", "zrušeno"; blank when it is as expected */
	TagKind  state_kind;
	bool     is_first;
	Instant  at;
	DeadlineView deadline;
} CalendarEvent;
VIEW_LIST(CalendarEvent, CalendarEvents);

typedef struct CalendarMonth {
	int  month;
	Str  name, id;
	CalendarEvents events;
} CalendarMonth;

/* A window as a bar of the year: days from its first of January. */
typedef struct StripBar { Str title; int from, to, series; } StripBar;
VIEW_LIST(StripBar, StripBars);
typedef struct YearStrip {
	int  year, days, today;                  /* today: day of the year, -1 when it is another year */
	Str  title, desc;
	StripBars bars;
} YearStrip;
void view_year_strip(Out *out, const YearStrip *s);

typedef struct CalendarView {
	int       year;
	Str       title, lead;
	TabViews  years, audiences;
	CalendarEvents now;                      /* open or next to come */
	CalendarMonth  months[12];
	Links     jumps;
	FigureView strip;
	Links     feeds;
	bool      is_empty, is_mine;
	Str       office;                        /* address of the working page, blank for visitors */
	Str       make_year;                     /* address of making this year, blank where there is nothing to make or no right to */
} CalendarView;

typedef struct WindowPage {
	const Window *w;
	Str       state, audience, href;
	TagKind   state_kind;
	DeadlineView opens, closes;
	PairViews pairs;
	struct { WindowException *x; DeadlineView deadline; } *exceptions;
	size_t    exception_count, exception_cap;
	DeadlineView own;                        /* of the person, when it differs */
	Str       own_for;
	NoteView  note;                          /* cancelled; or the rules would give another day now */
	bool      may_edit, may_decide, sees_history, is_over;
} WindowPage;

/* A form of the calendar: fields in their order, why, and what it does. */
typedef struct WindowForm {
	Str        title, lead, action, back, csrf, button, help;
	i64        version;
	FieldView *fields;
	size_t     count, cap;
	ErrorsView *errors;
} WindowForm;

typedef struct YearRow {
	Str  title, opens, closes, shift, state;
	TagKind kind;
	Strs why;
} YearRow;
VIEW_LIST(YearRow, YearRows);
typedef struct YearForm {
	int        year, to_make;
	Str        title;
	Str        csrf;
	YearRows   rows;
	Links      on_demand;                    /* templates without a day of their own */
	ErrorsView *errors;
} YearForm;

/* Shared by pages: words and pieces of a window. */
Str  audience_words(Req *r, const Strs *codes);
Str  window_state_words(Req *r, const Window *w, TagKind *kind);
DeadlineView window_opens_view(Req *r, const Window *w);
DeadlineView window_closes_view(Req *r, const Window *w);
MUST_USE Err calendar_year(Req *r, int *ret);            /* ?rok=, the present one unless said */
MUST_USE Err calendar_audience(Req *r, Str *ret);        /* ?pro=, blank = all; ERR_MALFORMED when it is none */
/* What other subjects put into the public calendar between two instants, in the order of its ends with the windows; for an audience that it is not for, nothing. */
MUST_USE Err calendar_add_events(Req *r, Str audience, Instant from, Instant to, Windows *list);
bool window_is_event(const Window *w);                   /* of another subject: in no store */
bool window_happens(const Window *w);                    /* such that takes place once: a hearing */
Str  window_kind_name(const Window *w);                  /* "okno", "hearing": with its number its name in feeds */
MUST_USE Err calendar_view(Req *r, Str path, bool mine, CalendarView *ret);
