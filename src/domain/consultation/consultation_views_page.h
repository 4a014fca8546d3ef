/* consultation_views_page.h: what the pages of comment periods hand to their templates. */
#pragma once
#include "domain/consultation/settlement.h"
#include "web/parts.h"
#include "web/work.h"

typedef struct PeriodLine {
	Str     href, title, when, state, who, about, left;    /* left: "zbývá 7 dnů" while it takes comments */
	TagKind tone;
} PeriodLine;
VIEW_LIST(PeriodLine, PeriodLines);

typedef struct PeriodsPage {
	PeriodLines now, coming, past;
	ItemViews   hearings;
	Str         new_href;
	bool        office;
} PeriodsPage;

typedef struct PeriodPage {
	const Consultation *n;
	Str          when, document, document_href, read_href, write_href, print_href, settlement_href, office_href, cards_href, cards, state;
	TagKind      tone;
	NoteView     note;
	DeadlineView due;
	bool         takes, takes_late;
	Strs         channels;
	PairViews    counts;
	ItemViews    hearings;                   /* that belong to the period */
} PeriodPage;

typedef struct PeriodText {
	Str  title, lead, back, write_href, cards_href, cards;
	Html contents, text;
	bool takes;
} PeriodText;

typedef struct PeriodCard { Str anchor, name, text, write_href; } PeriodCard;
VIEW_LIST(PeriodCard, PeriodCardViews);
typedef struct PeriodCards {
	Str             lead, back, text_href;
	PeriodCardViews cards;
} PeriodCards;

typedef struct CommentForm {
	Str         title, lead, action, csrf, back, quote, place_href, anchor, done_text, card;     /* card: its name, when it is about one */
	FieldView   text, proposal, justification, author_kind, organisation, name, email, consent;
	ErrorsView *errors;
	NoteView    note;
	bool        is_sent, is_known;           /* is_known: signed in, no letter is needed */
} CommentForm;

typedef struct OwnComment {
	Settlement answers;                      /* one, or one of each part */
	const Comment *k;
	Str       period, period_href, place_href, csrf, action, state, delivered;
	TagKind   tone;
	bool      waits;                         /* for the button that confirms it */
	PairViews places;
	NoteView  note;                          /* what was just done */
} OwnComment;

typedef struct SettlementLine {
	SettlementRow row;
	Str     href, place_href;                /* place as it was commented on; what was changed, as it is now */
	TagKind tone;
} SettlementLine;
VIEW_LIST(SettlementLine, SettlementLines);
typedef struct SettlementPage {
	Str             title, lead, action, back, did_href;
	FieldView       search, result, chapter;
	SettlementLines lines;
	PairViews       sums;
	PagerView       pager;
	Links           downloads;
	Str             count;
	bool            is_filtered;
} SettlementPage;

/* ---- office ---- */

typedef struct CommentLine {
	const Comment *k;
	Str     href, state, result, excerpt, who, kind;
	TagKind tone;
} CommentLine;
VIEW_LIST(CommentLine, CommentLines);

typedef struct PeriodDesk {
	const Consultation *n;
	Str          when, public_href, edit_href, record_href, settlement_href, places_href, action, csrf;
	TabViews     tabs;
	FieldView    search, kind, editor;
	CommentLines lines;
	PagerView    pager;
	Str          count, tab, unsure;
	bool         is_filtered, may_assign;
	WorkPanel    panel;
	FieldView    last_day;                   /* the later end, of the form that prolongs */
	bool         may_prolong;
} PeriodDesk;

typedef struct CommentStep {
	Str        id, title, button, step;      /* step: what the form sends as "krok" */
	FieldView *fields;
	size_t     count, cap;
	Str        help;
	bool       is_main, alarms;
} CommentStep;
VIEW_LIST(CommentStep, CommentSteps);

typedef struct CommentDesk {
	const Comment *k;
	Str          period, period_href, place_href, paragraph, card_href, state, action, csrf;     /* card_href: its page today */
	TagKind      tone;
	PairViews    facts, author;
	CommentSteps steps;
	ItemViews    parts, joined;
	ErrorsView  *errors;
	NoteView     problem;
	WorkPanel    panel;
	Str          history_href;
} CommentDesk;

typedef struct PlaceLine {
	const Comment *k;
	Str       href, was, csrf, action;
	FieldView choice;
} PlaceLine;
VIEW_LIST(PlaceLine, PlaceLines);
typedef struct PlacesPage {
	Str        title, back;
	PlaceLines lines;
} PlacesPage;

typedef struct DeskForm {
	Str         title, lead, action, csrf, back, button, help;
	i64         version;
	bool        uploads;
	FieldView  *fields;
	size_t      count, cap;
	ErrorsView *errors;
} DeskForm;
