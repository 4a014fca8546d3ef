/* catalogue_views_page.h: what the pages of the catalogue hand to their templates. */
#pragma once
#include "domain/register/catalogue.h"
#include "html/map.h"
#include "web/parts.h"

/* ---- pieces (catalogue_pieces_page.c) ---- */

/* Text with the words that the query asked for in <mark>. */
void view_catalogue_marked(Out *out, Str text, const SearchTokens *tokens, Arena *a);
/* "Terénní, ambulantní" */
void view_catalogue_forms(Out *out, const Catalogue *k, const CatalogueService *s);
/* "Liberec, Tanvald a 3 další obce"; of a secret place its district. */
void view_catalogue_places(Out *out, const Catalogue *k, const CatalogueService *s, const SearchTokens *tokens, Arena *a);
/* "20 lůžek, 45 klientů" */
void view_catalogue_capacity(Out *out, const Catalogue *k, const CatalogueService *s);
Str  catalogue_capacity_text(Arena *a, const CatalogueValue *type, i64 count);
Str  catalogue_service_href(Arena *a, Id id, Str name);
Str  catalogue_provider_href(Arena *a, Id id, Str ico);
Str  catalogue_found(Arena *a, i64 n);                      /* "Nalezeno 78 služeb" */

/* ---- map (catalogue_map_page.c) ---- */

/* The map of districts as CatalogueDraw makes it. */
MUST_USE Err catalogue_draw(Ctx *c, Arena *a, const Catalogue *k, void **ret);
typedef struct CatalogueMapRow { Str label, href, value; i64 count; } CatalogueMapRow;
VIEW_LIST(CatalogueMapRow, CatalogueMapRows);
typedef struct CatalogueMapView {
	bool             is_drawn;               /* without boundaries only the table is there */
	Map              map;
	CatalogueMapRows rows;
	i64              most;
	Str              title, hint;
} CatalogueMapView;

/* ---- list ---- */

typedef struct CatalogueRow {
	const CatalogueService *s;
} CatalogueRow;
VIEW_LIST(CatalogueRow, CatalogueRowViews);

typedef struct CatalogueGroupOption {
	Str  value, label;
	i64  count;
	bool chosen, opens;                      /* opens: a new group of options begins; its label */
} CatalogueGroupOption;
VIEW_LIST(CatalogueGroupOption, CatalogueGroupOptions);

typedef struct CatalogueListView {
	const Catalogue    *k;
	const SearchTokens *tokens;
	Arena              *arena;
	FilterView          filter;
	FieldView           q, forms, kinds, district, place, age, act;
	bool                has_place, has_act;
	CatalogueGroupOptions groups;
	Str                 clear;
	Str                 found;
	Links               downloads, chips;
	TabViews            tabs;
	const CatalogueMapView *map;             /* NULL = none */
	CatalogueMapRows    towns;               /* of the map page */
	Str                 note;
	const EmptyView    *empty;
	LinkView            suggestion;
	bool                is_table;            /* the detailed one */
	TableView           table;
	CatalogueRowViews   rows;
	KeyPagerView        pager;
} CatalogueListView;

/* ---- one service ---- */

typedef struct CatalogueFormView {
	Str        name, plain, explain;
	bool       nonstop;
	HoursViews hours;
	Strs       notes;                        /* lines of hours that name no day */
	Strs       capacities;
} CatalogueFormView;
VIEW_LIST(CatalogueFormView, CatalogueFormViews);

typedef struct CataloguePlaceView {
	Str  name, accessible;
	Strs address;                            /* lines */
	LinkView map, district;
	bool is_secret, is_contact, is_shown;    /* shown: a secret address to those who may see it */
} CataloguePlaceView;
VIEW_LIST(CataloguePlaceView, CataloguePlaceViews);

typedef struct CatalogueContactView {
	const char *icon;
	Str         kind, note;
	LinkView    link;
} CatalogueContactView;
VIEW_LIST(CatalogueContactView, CatalogueContactViews);

typedef struct CatalogueServiceView {
	Str                   name, report_href;
	LinkView              kind, provider;
	const NoteView       *note;              /* ended, or as of another day */
	bool                  outside_act;
	Strs                  description;       /* paragraphs */
	Strs                  groups, ages;
	Str                   target_note;
	CatalogueFormViews    forms;
	CataloguePlaceViews   places;
	CatalogueContactViews contacts;
	PairViews             pairs;
	MomentViews           history;
	AsOfView              as_of;
	LinkView              edit;              /* for those who may */
	Links                 files;
} CatalogueServiceView;

/* ---- provider, kind, life situation ---- */

typedef struct CatalogueProviderView {
	Str       name, lead;
	PairViews pairs;
	const NoteView *note;
	Str       found;
	TableView table;
	const Catalogue *k;
	Arena    *arena;
	CatalogueRowViews rows;
} CatalogueProviderView;

typedef struct CatalogueKindRow { Str href, name, text, law; i64 count; } CatalogueKindRow;
VIEW_LIST(CatalogueKindRow, CatalogueKindRows);
typedef struct CatalogueKindArea { Str title; CatalogueKindRows kinds; } CatalogueKindArea;
VIEW_LIST(CatalogueKindArea, CatalogueKindAreas);

typedef struct CatalogueKindView {
	Str  name, text, law;
	Str  found, list_href;
	CatalogueMapRows forms, districts;
	i64  most_in_form, most_in_district;
	TileViews situations;
	CatalogueProviderView services;          /* its table, the first ones */
} CatalogueKindView;

typedef struct CatalogueHelpLine { Str name, text, phone, href; } CatalogueHelpLine;
VIEW_LIST(CatalogueHelpLine, CatalogueHelpLines);

typedef struct CatalogueSituationView {
	Str  name, text;
	const char *icon;
	CatalogueKindRows kinds;
	Strs steps;
	Str  found, list_href;
	CatalogueMapRows districts;
	CatalogueHelpLines lines;
	Links others;
} CatalogueSituationView;

/* ---- reports of errors ---- */

typedef struct CatalogueReportForm {
	Str         service, href, action, csrf;
	ErrorsView *errors;
	FieldView   what, email;
	bool        is_sent;
} CatalogueReportForm;

typedef struct CatalogueReportRow {
	Instant at, done_at;
	Str     service, href, edit_href, public_href, text, email, mail_href, taken_by, done_by, answer, state;
	TagKind tone;
} CatalogueReportRow;
VIEW_LIST(CatalogueReportRow, CatalogueReportRows);
typedef struct CatalogueReportList {
	TabViews  tabs;
	CatalogueReportRows rows;
	bool      more;
} CatalogueReportList;
