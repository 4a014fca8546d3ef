/* territory_page.h: the pages of territory and what their templates are given. */
#pragma once
#include "domain/territory/territory_map_page.h"
#include "html/chart.h"
#include "html/map.h"
#include "web/parts.h"
#include "web/web.h"

#define TERRITORY_PARAMETERS      "ukazatel,kraj"
#define MUNICIPALITIES_PARAMETERS "q,orp,kraj,radit,na-stranku"

Err page_territory(Req *r);
Err page_district(Req *r);
Err page_municipalities(Req *r);
Err page_municipality(Req *r);

/* ---- what the pages share ---- */

/* One unit with its people and services. */
typedef struct UnitRow {
	const Unit       *unit;
	AgeGroups         people;
	TerritoryServices services;
	i64               value;                 /* of the chosen indicator */
	Str               value_text;
	Str               href;
} UnitRow;
VIEW_LIST(UnitRow, UnitRows);

MUST_USE Err unit_row(Req *r, const Unit *u, AsOf at, UnitRow *ret);
MUST_USE Err unit_rows(Req *r, const Units *units, AsOf at, UnitRows *ret);
/* Hundredths of `part` in a hundred of `whole`: 2052 = 20,52 %; BLANK where one is not known or the whole is zero. */
Percent      share_of(i64 part, i64 whole);
/* n × 1 000 / people with two decimals more than n has: of the form that fmt_decimal prints with places + 2. */
i64          per_thousand(i64 n, i64 people);
Str          text_number(Arena *a, i64 n);               /* "76 704", "–" */
Str          text_share(Arena *a, i64 part, i64 whole);  /* "18,6 %", "–" */
Str          text_date(Arena *a, Date d);
/* Selector of the moment with the days on which something below `unit` changed. */
MUST_USE Err territory_as_of(Req *r, AsOf at, Id unit, AsOfView *ret);
/* "Stav k 31. 12. 2020" and what is missing, {0} when there is nothing to say. */
NoteView     people_note(Req *r, AsOf at, const AgeGroups *g);
/* Of ?kraj=, else the installation's region. ERR_NOT_FOUND with what to do on a store without territory. */
MUST_USE Err chosen_region(Req *r, const Unit **ret);
Links        download_links(Req *r, bool tables);
Str          url_of(Req *r, const char *format, Str slug);       /* keeps the moment: "/uzemi/%.*s" */

KpiViews     people_kpis(Req *r, const UnitRow *row, size_t districts);
Html         drawn_map(Req *r, const UnitRows *rows, const TerritoryShapes *shapes, int places, bool labels, Str title, Str desc);

void         json_moment(Req *r, JsonWriter *w, AsOf at);
void         json_unit(JsonWriter *w, const Unit *u);
void         json_people(JsonWriter *w, const AgeGroups *g);
Str          territory_data_note(Req *r);                        /* where the numbers come from; sample data are said to be so */

typedef struct BandRow { Str label; i64 count; Str share, compared; } BandRow;
VIEW_LIST(BandRow, BandRows);
BandRows     band_rows(Req *r, const AgeGroups *g, const AgeGroups *compared);
/* NULL when the sexes are not known. */
ChartPyramid *pyramid_of(Req *r, const AgeGroups *g, Str name);

typedef struct MoveRow { Str name, href, before, after; } MoveRow;
VIEW_LIST(MoveRow, MoveRows);
typedef struct ChangeDay { Str title; MoveRows rows; } ChangeDay;
VIEW_LIST(ChangeDay, ChangeDays);
MUST_USE Err change_days(Req *r, Id unit, ChangeDays *ret);

typedef struct RateRow { Str label, count, people, rate; } RateRow;
VIEW_LIST(RateRow, RateRows);

/* ---- /uzemi ---- */

typedef struct CountyRow { const Unit *unit; AgeGroups people; } CountyRow;
VIEW_LIST(CountyRow, CountyRows);

typedef struct TerritoryView {
	Str        title, lead;
	AsOfView   as_of;
	NoteView   note;
	KpiViews   kpis;
	TabViews   indicators;
	FigureView figure;
	bool       has_services;
	UnitRows   rows;
	UnitRow    total;
	Links      downloads;
	CountyRows counties;
	ChangeDays changes;
	Links      regions;                      /* others that are loaded */
	Str        municipalities_href;
} TerritoryView;

/* ---- /uzemi/{orp}, /uzemi/obec/{slug} ---- */

typedef struct ProfileView {
	Str        title, lead;
	AsOfView   as_of;
	NoteView   note;
	KpiViews   kpis;
	Str        catalogue_href, network_href;
	RateRows   rates;
	Str        rates_note;
	ChartPyramid *pyramid;
	BandRows   bands;
	Str        people_day, source, compared;
	Html       map, map_legend;
	Str        map_title;
	Links      downloads;
	UnitRows   municipalities;
	Strs       counties;                     /* of each municipality */
	ChangeDays changes;
	PairViews  pairs;
	Parts      parts;
} ProfileView;

/* ---- /uzemi/obce ---- */

typedef struct MunicipalityRow {
	const Unit *unit, *district, *county;
	AgeGroups   people;
	Str         href, district_href;
} MunicipalityRow;
VIEW_LIST(MunicipalityRow, MunicipalityRows);

typedef struct MunicipalitiesView {
	Str              title, found, search;
	AsOfView         as_of;
	FieldView        districts;
	HiddenViews      keep;
	Links            chips, downloads;
	ColumnViews      columns;
	MunicipalityRows rows;
	PagerView        pager;
	EmptyView        empty;
} MunicipalitiesView;
