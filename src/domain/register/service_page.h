/* service_page.h: working pages of services and providers: lists, records by tabs, history. */
#pragma once
#include "domain/register/service_views_page.h"

Err page_service_list(Req *r);
Err page_service_stale(Req *r);
Err page_service(Req *r);
Err page_service_capacities(Req *r);
Err page_service_places(Req *r);
Err page_service_contacts(Req *r);
Err page_service_history(Req *r);
Err page_provider_list(Req *r);
Err page_provider(Req *r);
Err page_provider_services(Req *r);
Err page_provider_history(Req *r);

/* ---- shared with the pages of providers' people ---- */

typedef enum ServiceTab { TAB_DATA, TAB_CAPACITIES, TAB_PLACES, TAB_CONTACTS, TAB_HISTORY } ServiceTab;
/* Filled from the parts that this person may see; `base` is the address below which parts are edited, {0} = they are not. */
MUST_USE Err service_forms_view(Req *r, AsOf at, Id service, Str base, FormBlocks *ret);
MUST_USE Err service_places_view(Req *r, AsOf at, Id service, Str base, PlaceRows *ret);
/* Somebody is shown a place of a service: when its address is secret and they may know it, that stands in the log of views. */
void         service_place_seen(Ctx *c, Id service, const Facility *f);
MUST_USE Err service_contacts_view(Req *r, AsOf at, Id service, Str base, ContactRows *ret);
PairViews    service_pairs(Req *r, const Service *s);
/* Changes of a service and of everything that ever was its part, newest first; *older is the address of what follows, or {0}. */
MUST_USE Err service_history_views(Req *r, Id service, i64 before_seq, HistoryViews *ret, Str *older);
/* The spans of days of a record, as links to its state then. */
MUST_USE Err record_spans(Req *r, const Entity *e, Id id, Links *ret);
/* One row of a table of services; asks for its forms and places. */
MUST_USE Err service_row(Req *r, const Service *s, AsOf at, ServiceRow *ret);
