/* hearing_views_page.h: what the templates of hearings and sign-ups get. */
#pragma once
#include "domain/consultation/signup.h"
#include "web/screen.h"
#include "web/work.h"

/* A hearing in people's words, for lists and cards. */
typedef struct HearingView {
	const Hearing *h;
	Seats   seats;
	Str     href, when, where, until, state, district;
	int     day;                             /* for the block with the date */
	Str     month;
	TagKind tone;
	bool    takes, is_over, is_cancelled;
	Str     seats_words;                     /* "volných 12 z 45 míst", "obsazeno, čekají 3 lidé" */
} HearingView;
VIEW_LIST(HearingView, HearingViews);

typedef struct HearingList { HearingViews coming, past; } HearingList;

typedef struct HearingOfficeList {
	HearingViews list;                       /* of the office: drafts too, links lead into the office */
	Links        downloads;
	bool         may_add, may_see_people;
} HearingOfficeList;

typedef struct HearingPage {
	HearingView v;
	Strs        about, minutes;              /* paragraphs */
	Str         cancelled_why, ics, minutes_file, slides_file, mail_href;
	LinkView    phone;
	Str         action, csrf, keep_days;
	FieldView   fields[6], consent;
	size_t      field_count;
	ErrorsView *errors;
	bool        is_sent, may_manage;
	Str         manage_href;
	LinkView    bound;
} HearingPage;

/* A page behind a link of a letter. */
typedef struct SignupPage {
	HearingView v;
	const Signup *s;
	Str         state, code, place;          /* place: "3." while it waits */
	TagKind     tone;
	Str         action, csrf, edit_action, edit_csrf, ics, here, leave_href;
	FieldView   fields[5];
	size_t      field_count;
	ErrorsView *errors;
	bool        has_seat, waits, may_change, asks;         /* asks: really give it up? */
	NoteView    note;
} SignupPage;

typedef struct HearingOffice {
	HearingView v;
	PairViews   pairs;
	KpiViews    numbers;
	Links       links;
	const WorkPanel *panel;
	bool        may_edit;
	Str         edit_href;
	LinkView    bound;                       /* the comment period that it belongs to */
	FieldView   bind;
	Str         bind_action, bind_csrf, oral_href;
} HearingOffice;

typedef struct HearingForm {
	Str         title, lead, action, back, csrf;
	i64         version;
	FieldView   fields[24];
	size_t      count;
	ErrorsView *errors;
} HearingForm;

typedef struct SignupRow {
	const Signup *s;
	Str     code, state, channel, cancel_href, undo_csrf, place;
	TagKind tone;
	bool    may_cancel, may_check_in, may_undo;
} SignupRow;
VIEW_LIST(SignupRow, SignupRows);

typedef struct SignupList {
	HearingView v;
	TabViews    tabs;
	SignupRows  rows;
	Links       downloads;
	Str         action, csrf, admit_csrf, admit_action;
	FieldView   fields[6], channel, reserved, consent;
	size_t      field_count;
	ErrorsView *errors;
	bool        may_record, may_admit;
} SignupList;

typedef struct CheckInPage {
	HearingView v;
	Str         action, csrf, search, problem, last;
	SignupRows  rows;
	i64         present, expected;
	bool        is_the_day;
} CheckInPage;

typedef struct CancelPage {
	HearingView v;
	SignupRow   row;
	Str         action, csrf, back;
	FieldView   reason;
	ErrorsView *errors;
} CancelPage;

typedef struct MinutesForm {
	HearingView v;
	Str         action, csrf, back;
	i64         version;
	FieldView   text, minutes, slides;
	Str         minutes_name, slides_name;
	ErrorsView *errors;
} MinutesForm;

typedef struct SeatLine { Str when, what, cause; i64 free, reserved, taken, capacity; } SeatLine;
VIEW_LIST(SeatLine, SeatLines);
typedef struct SeatPage { HearingView v; SeatLines lines; } SeatPage;
