/* document_rows_page.h: what the module row needs about documents and resolutions: home, search, map of the site, threads bound to them, data of a person. */
#pragma once
#include "core/person_data.h"
#include "core/record.h"
#include "web/front.h"

MUST_USE Err documents_latest(Ctx *c, i64 limit, FrontLines *list);
MUST_USE Err documents_find(Ctx *c, Str query, i64 limit, FoundGroups *list);
MUST_USE Err documents_addresses(Ctx *c, SiteAddresses *list);
MUST_USE Err documents_person_export(Ctx *c, Id account, JsonWriter *w);
MUST_USE Err document_record(Ctx *c, Id id, Record *ret);
MUST_USE Err resolution_record(Ctx *c, Id id, Record *ret);

#define DOCUMENT_RECORDS {"document", "Dokument", document_record}, {"resolution", "Usnesení", resolution_record}
#define DOCUMENT_PERSON_DATA \
	{"dokumenty", "Verze dokumentů, které jste založili", "Aby bylo vidět, kdo verzi připravil.", documents_person_export, NULL, \
	 "Autor zmrazené verze zůstává po dobu uchování dokumentu (zákon č. 499/2004 Sb., o archivnictví a spisové službě)."}
