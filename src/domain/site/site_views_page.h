/* site_views_page.h: parameters of the subject's templates. */
#pragma once
#include "domain/site/site.h"
#include "html/map.h"
#include "domain/library/news_views_page.h"
#include "web/front.h"
#include "web/parts.h"

/* Something one may take part in now. */
typedef struct HomeCard {
	const FrontLine *line;
	int day;                                 /* of the block with the date; 0 = none */
	Str month;
} HomeCard;
VIEW_LIST(HomeCard, HomeCards);

typedef struct HomeView {
	Str         region;                      /* "Liberecký kraj" */
	OptionViews places;                      /* of the search: the whole region, then its districts */
	const Map  *map;                         /* NULL when there are no boundaries */
	TileViews   situations;
	HomeCards   cards;
	FrontLines  happening, latest;           /* happening: what is not among the cards */
	KeyFigures  figures;
	ContactRows contacts;
	ItemViews   newest;
	Str         last_import;                 /* a sentence */
	bool        is_empty;                    /* nothing in the catalogue yet */
	Links       often;
} HomeView;

/* /hledat */
typedef struct SearchView {
	Str         query, title;
	FoundGroups groups;                      /* those with hits */
	i64         total;
	bool        asked, cut;                  /* cut: more words than are looked at */
	Links       kinds;                       /* of the same, to their places on the page: "Karty aktivit (3)" */
	LinkView    suggestion;
} SearchView;

typedef struct TrailLine { Instant at; Str who, what, href; } TrailLine;
VIEW_LIST(TrailLine, TrailLines);

/* One thing that waits for the person: a task, several of a kind, or what a module counted. */
typedef struct WaitView {
	Str     title, why, href, button;
	DeadlineView due;                        /* blank without one */
	bool    is_late;                         /* … though it should have been done */
	bool    is_calm;
	enum { RANK_LATE, RANK_DUE, RANK_OPEN, RANK_CALM } rank;
	Instant at;                              /* the deadline, to sort by */
} WaitView;
VIEW_LIST(WaitView, WaitViews);

typedef struct ChangeLine { Str time, who, text, href; } ChangeLine;
VIEW_LIST(ChangeLine, ChangeLines);
typedef struct ChangeDay { Str day; ChangeLines lines; } ChangeDay;
VIEW_LIST(ChangeDay, ChangeDays);

/* What a role is here for, and when something comes to it. */
typedef struct RoleView { Str title, does, waits; LinkView first; } RoleView;
VIEW_LIST(RoleView, RoleViews);

typedef struct OverviewView {
	Str        day;                          /* "neděle 22. listopadu 2026" */
	WaitViews  waits;
	bool       has_more;                     /* the rest is on /app/ukoly */
	RoleViews  roles;
	Str        since;                        /* "Od vaší poslední návštěvy (pondělí 16. 11. 2026, 9:12)" */
	ChangeDays changes;
	bool       changes_more;
	KpiViews   numbers;
	JobList    jobs;                         /* waiting and running */
	ItemViews  ended;                        /* jobs that ended within a day */
	ItemViews  territories;
	Links      quick;
	bool       sees_trail;
	TrailState trail;
	TrailLines last;
	Str        csrf_trail;
} OverviewView;

/* A set of open data. */
typedef struct DataSetView {
	Str       id, title, text;
	Links     files;                         /* "Katalog služeb (CSV)" → /katalog.csv */
} DataSetView;
VIEW_LIST(DataSetView, DataSets);

/* Pages of one menu or area, for the map of the site. */
typedef struct MapSection { Str title; Links links; } MapSection;
VIEW_LIST(MapSection, MapSections);
