/* needs_views_page.h: what the templates of needs get. */
#pragma once
#include "domain/needs/need.h"
#include "web/screen.h"
#include "web/work.h"

typedef struct NeedRow {
	Str     href, title, place, year, group, capacity, place_in_order, state;
	TagKind tone;
	i64     persons;
} NeedRow;
VIEW_LIST(NeedRow, NeedRows);

typedef struct NeedsView {
	Str         lead, found, search;
	KpiViews    sums;
	NeedRows    rows;
	ColumnViews columns;
	FieldView   filters[6];
	size_t      filter_count;
	Links       chips, downloads;
	PagerView   pager;
	BtnViews    buttons;
	EmptyView   empty;
} NeedsView;

typedef struct OfferView {
	const NeedOffer *o;
	Str  kind, who, amount, until;
	Str  withdraw_action, csrf;              /* blank: not this person's */
} OfferView;
VIEW_LIST(OfferView, OfferViews);

typedef struct LinkRow {
	Str kind, name, href, note, remove_action, csrf;
} LinkRow;
VIEW_LIST(LinkRow, LinkRows);

typedef struct NeedView {
	const Need *n;
	Str         number, title, lead, href;
	PairViews   what, how_many, answer;
	OfferViews  offers;
	LinkRows    links;
	WorkPanel   work;
	FieldView   link_fields[3];
	ErrorsView *link_errors;
	Str         link_action, link_csrf;
	bool        may_edit, may_answer, may_offer, may_link;
	Links       rail;
} NeedView;

typedef struct NeedForm {
	Str         title, lead, action, back, csrf;
	i64         version;
	FieldView  *fields, reason;
	size_t      field_count, field_cap;
	ErrorsView *errors;
	bool        is_new, may_submit;
} NeedForm;

typedef struct AnswerForm {
	Str         title, lead, action, back, csrf;
	i64         version;
	FieldView   fields[6];
	size_t      field_count;
	ErrorsView *errors;
	bool        is_public;
} AnswerForm;

typedef struct RankRow {
	Str  href, title, about, state;
	TagKind tone;
	i64  place;
	Id   id;
	bool is_first, is_last;
} RankRow;
VIEW_LIST(RankRow, RankRows);
typedef struct RankView {
	Str       title, lead, action, csrf, hidden_district;
	Links     districts;
	RankRows  ranked, others;
	bool      may_rank;
	NoteView  problem;
} RankView;
