/* docs.h: pages of the manual that the modules' rows say by themselves: data dictionary, API, access, site map. No store is needed: code
 * lists are read from the files that every new store gets. The same rows give the same bytes; a test compares them with docs/. */
#pragma once
#include "app/app.h"

Str docs_data_dictionary(Arena *a);
Str docs_api(Arena *a);
Str docs_access(Arena *a);
Str docs_site_map(Arena *a);
Str docs_machines(Arena *a);
/* The drawing of a machine, docs/img/machine-NAME.svg. */
Str docs_machine_drawing(Arena *a, const Machine *m);

/* Roles × capabilities, and whom each route and entity lets in: what `sitovka access` prints. */
Str access_matrix(Arena *a);

/* One page of docs/. */
typedef struct DocsPage {
	const char *file;                        /* "api.md" */
	Str       (*text)(Arena *a);
} DocsPage;
extern const DocsPage docs_pages[];
extern const size_t   docs_page_count;

/* The verbs. */
int app_docs(App *app);                      /* docs FOLDER */
int app_access(App *app);                    /* access */

/* ---- shared by the pages ---- */

/* Who holds a capability: "NET ADM", "everybody", "everybody signed in"; "nobody" when no role has it. */
Str  docs_holders(Arena *a, const char *capability);
/* A cell of a Markdown table: bars and line ends would break it. */
void docs_cell(Buf *b, Str s);
/* The routes of all modules, in their order. */
typedef struct RouteAt { const Module *module; const Route *route; } RouteAt;
typedef struct RoutesAt { RouteAt *at; size_t len, cap; } RoutesAt;
RoutesAt docs_routes(Arena *a);
bool docs_is_public(const Route *r);
