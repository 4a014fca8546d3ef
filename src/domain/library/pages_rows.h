/* pages_rows.h: rows of editable pages for the subject's module row; their addresses are in pages_page.h. */
#pragma once
#include "core/person_data.h"
#include "core/task.h"
#include "domain/library/pages.h"

#define PAGES_ENTITIES &static_page_entity, &page_version_entity
#define PAGES_CAPABILITIES \
	{CAP_LIBRARY_TEXTS, "psát koncepty textů pro web"}, \
	{CAP_LIBRARY_PUBLISH, "zveřejňovat texty na webu"}
#define PAGES_MENU {"Obsah webu", "/app/obsah", CAP_LIBRARY_TEXTS, false, 80}
#define PAGES_PERSON_DATA \
	{"texty_webu", "Texty webu", "Kdo napsal a zveřejnil text stránky.", pages_person_export, pages_person_erase, "Texty samotné, bez jména autora."}

/* Asked by `sitovka doctor`: has anybody read the statement of accessibility within a year? */
Err pages_check_statement(Ctx *c, bool *fine, Str *detail);
Err pages_person_export(Ctx *c, Id account, JsonWriter *w);
Err pages_person_erase(Ctx *c, Id account, i64 *erased);
Err pages_waiting(Ctx *c, WaitingList *list);
