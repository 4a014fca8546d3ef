/* catalogue_page.h: handlers of the public catalogue, for the module row of the subject. */
#pragma once
#include "domain/register/catalogue.h"
#include "web/module.h"

Err page_catalogue(Req *r);
Err page_catalogue_service(Req *r);
Err page_catalogue_report(Req *r);
Err post_catalogue_report(Req *r);
Err page_catalogue_provider(Req *r);
Err page_catalogue_kinds(Req *r);
Err page_catalogue_kind(Req *r);
Err page_life_situations(Req *r);
Err page_life_situation(Req *r);
Err page_reports(Req *r);
Err page_report(Req *r);
Err post_report(Req *r);

/* Hooks of the module row (web/front.h). */
Err catalogue_find(Ctx *c, Str query, i64 limit, FoundGroups *list);
Err catalogue_suggest(Ctx *c, Str query, Str *ret);
Err catalogue_addresses(Ctx *c, SiteAddresses *list);

/* At the program's start: the first index, the map with it, and what territory may ask. */
MUST_USE Err catalogue_pages_start(Ctx *c);

#define CATALOGUE_PARAMETERS "q,pro,forma,druh,orp,obec,vek,zakon,zobrazit,radit,od,pred"
#define CATALOGUE_ROUTES \
	{GET, "/katalog", page_catalogue, ANYONE, .formats = true, .cached = true, .lists = "pro,forma,druh,orp,obec,vek,zakon", \
	 .parameters = CATALOGUE_PARAMETERS, .title = "Katalog služeb"}, \
	{GET, "/katalog/sluzba/{id}", page_catalogue_service, ANYONE, .formats = true, .only_json = true, .cached = true}, \
	{GET, "/katalog/sluzba/{id}/chyba", page_catalogue_report, ANYONE}, \
	{POST, "/katalog/sluzba/{id}/chyba", post_catalogue_report, ANYONE, .own_token = true, .field_limit = 10}, \
	{GET, "/katalog/poskytovatel/{ico}", page_catalogue_provider, ANYONE, .formats = true, .only_json = true, .cached = true}, \
	{GET, "/katalog/druhy", page_catalogue_kinds, ANYONE, .formats = true, .only_json = true, .cached = true, .title = "Druhy služeb"}, \
	{GET, "/katalog/druhy/{kod}", page_catalogue_kind, ANYONE, .formats = true, .only_json = true, .cached = true}, \
	{GET, "/zivotni-situace", page_life_situations, ANYONE, .formats = true, .only_json = true, .cached = true, .title = "Životní situace"}, \
	{GET, "/zivotni-situace/{slug}", page_life_situation, ANYONE, .formats = true, .only_json = true, .cached = true}, \
	{GET, "/app/hlaseni", page_reports, "register.edit", .parameters = "stav"}, \
	{GET, "/app/hlaseni/{id}", page_report, "register.edit", .parameters = ""}, \
	{POST, "/app/hlaseni/{id}", post_report, "register.edit"}
