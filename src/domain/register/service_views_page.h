/* service_views_page.h: what the templates of the working pages of services and providers get. */
#pragma once
#include "domain/register/edit.h"
#include "web/screen_views.h"

typedef struct ServiceRow {
	const Service *service;
	Str            href, kind, provider, provider_href, places, forms, state, confirmed;
	bool           is_stale, is_over, may_confirm;
} ServiceRow;
VIEW_LIST(ServiceRow, ServiceRows);

typedef struct ServiceList {
	Str         title, lead, found, action, csrf, bulk_action;
	FieldView   filters[8];
	size_t      filter_count;
	Links       chips, downloads, views;
	HiddenViews keep;
	ServiceRows rows;
	ColumnViews columns;
	PagerView   pager;
	EmptyView   empty;
	bool        may_edit, has_ticks, is_filtered;
	i64         open_suggestions;
} ServiceList;

typedef struct ProviderRow { const Provider *provider; Str href, kind, town, confirmed; i64 services; } ProviderRow;
VIEW_LIST(ProviderRow, ProviderRows);
typedef struct ProviderList {
	Str          found;
	FieldView    filters[4];
	size_t       filter_count;
	Links        chips, downloads;
	ProviderRows rows;
	ColumnViews  columns;
	PagerView    pager;
	EmptyView    empty;
	bool         may_edit;
} ProviderList;

/* Above every tab of a record. */
typedef struct RecordHead {
	Id       id;
	Str      title, lead, href, public_href, messages_href;
	TabViews tabs;
	NoteView note;
	bool     may_edit, is_now;
	AsOfView as_of;
} RecordHead;

typedef struct ServiceData {
	RecordHead head;
	PairViews  pairs;
	Str        confirm_action, confirm_csrf, confirmed, state;
	i64        version, open_suggestions;
	bool       is_stale, may_confirm;
} ServiceData;

typedef struct CapacityRow { const Capacity *capacity; Str type, count, effective, href; } CapacityRow;
typedef struct FormBlock {
	Str          name, hours, href, add_href, id;
	bool         nonstop;
	CapacityRow *capacities;
	size_t       count;
} FormBlock;
VIEW_LIST(FormBlock, FormBlocks);

typedef struct PlaceRow { const Facility *facility; Str address, accessible, state, href; bool is_hidden; } PlaceRow;
VIEW_LIST(PlaceRow, PlaceRows);
typedef struct ContactRow { const Contact *contact; Str kind, value_href, href; } ContactRow;
VIEW_LIST(ContactRow, ContactRows);

typedef struct ServiceParts {
	RecordHead head;
	FormBlocks forms;
	PlaceRows  places;
	ContactRows contacts;
	Str        new_form, new_place, new_contact;
} ServiceParts;

typedef struct RecordHistory {
	RecordHead   head;
	Links        spans;
	HistoryViews list;
	Str          older;
} RecordHistory;
