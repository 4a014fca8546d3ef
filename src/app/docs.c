/* docs.c: the verb that writes the pages, what they share, and the two that list addresses. */
#include "app/docs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "domain/people/people.h"

const DocsPage docs_pages[] = {
	{"data-dictionary.md", docs_data_dictionary},
	{"api.md", docs_api},
	{"access.md", docs_access},
	{"site-map.md", docs_site_map},
	{"machines.md", docs_machines},
};
const size_t docs_page_count = LEN(docs_pages);

/* ---- shared ---- */

Str docs_holders(Arena *a, const char *capability) {
	if (!capability)
		return S("nobody");
	if (strcmp(capability, ANYONE) == 0)
		return S("everybody");
	if (strcmp(capability, SIGNED_IN) == 0)
		return S("everybody signed in");
	size_t      count;
	const Role *roles = access_roles(&count);
	Strs        names = {0};
	for (size_t i = 0; i < count; i++)
		if (access_role_has(&roles[i], capability))
			strs_add(a, &names, str_c(roles[i].code));
	return names.len ? str_join(a, S(" "), names) : S("nobody");
}

void docs_cell(Buf *b, Str s) {
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '|')
			buf_lit(b, "\\|");
		else
			buf_char(b, s.ptr[i] == '\n' ? ' ' : s.ptr[i]);
}

RoutesAt docs_routes(Arena *a) {
	RoutesAt all = {0};
	for (size_t i = 0; i < module_count; i++)
		for (size_t k = 0; k < modules[i]->route_count; k++)
			*ARENA_PUSH(a, all.at, all.len, all.cap) = (RouteAt){modules[i], &modules[i]->routes[k]};
	return all;
}

bool docs_is_public(const Route *r) {
	return strcmp(r->capability, ANYONE) == 0;
}

/* ---- api.md ---- */

static void put_names(Buf *b, const char *names) {
	Str  rest = str_c(names);
	bool first = true;
	while (rest.len) {
		Str name = str_trim(str_cut(&rest, ','));
		buf_format(b, "%s`%.*s`", first ? "" : ", ", STR_ARG(name));
		first = false;
	}
}

/* "/uzemi/{orp}" as an address that one can try in the demo. */
static const char *example_of(Str argument) {
	static const struct { const char *argument, *value; } known[] = {
		{"orp", "tanvald"}, {"obec", "liberec"}, {"kod", "40"}, {"slug", "zavislost"}, {"ico", "12345679"},
	};
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(str_c(known[i].argument), argument))
			return known[i].value;
	return "12";
}

static void put_example(Buf *b, const char *path, const char *suffix) {
	Str rest = str_c(path);
	buf_lit(b, "`");
	while (rest.len) {
		i64 open = str_find_char(rest, '{');
		buf_str(b, open < 0 ? rest : str_first(rest, (size_t)open));
		if (open < 0)
			break;
		rest = str_from(rest, (size_t)open + 1);
		buf_str(b, str_c(example_of(str_cut(&rest, '}'))));
	}
	buf_format(b, "%s`", suffix);
}

static void put_api_route(Buf *b, const Route *r) {
	buf_format(b, "### `%s`\n\n", r->path);
	if (r->title)
		buf_format(b, "%s.\n\n", r->title);
	if (r->entity)
		buf_format(b, "Rows of [`%s`](data-dictionary.md#%s). Each filtered field is a parameter of its own.\n\n", r->entity->name, r->entity->name);
	buf_str(b, r->only_json ? S("- formats: HTML, `.json`\n") : S("- formats: HTML, `.json`, `.csv`, `.xlsx`\n"));
	if (r->parameters && *r->parameters) {
		buf_lit(b, "- parameters: ");
		put_names(b, r->parameters);
		buf_lit(b, "; others are refused\n");
	}
	if (r->lists && *r->lists) {
		buf_lit(b, "- may come more than once: ");
		put_names(b, r->lists);
		buf_lit(b, "\n");
	}
	buf_lit(b, "- example: ");
	put_example(b, r->path, ".json");
	buf_lit(b, "\n\n");
}

Str docs_api(Arena *a) {
	CLEANUP(buf_free) Buf b = {0};
	RoutesAt all = docs_routes(a);
	buf_lit(&b, "# API\n\n"
	            "Written by `sitovka docs docs`; do not edit.\n\n"
	            "Every list and detail below is a page for people and data for programs: the same address with `.json`, `.csv` or `.xlsx` before the\n"
	            "question mark gives the same filtered set, whole, without paging. No key is needed; visitors and programs see the same. HTML and JSON carry\n"
	            "`ETag`: ask with `If-None-Match` and unchanged data cost nothing (304). JSON may be read from pages of any origin.\n\n"
	            "JSON holds days as `2026-01-31`, instants as `2026-01-31T12:00:00.000Z`, whole numbers as numbers, amounts and fractions as text with a\n"
	            "decimal point. CSV is for spreadsheets: UTF-8 with BOM, semicolon, decimal comma ([files](exchange.md)). Errors are HTTP statuses: 400 for\n"
	            "a parameter that the page does not know or cannot read, 404 for what is not there, 429 and 503 with `Retry-After` when there is too much.\n\n"
	            "Where facts are dated, `ke-dni=2026-01-01` asks for that day and `znalost=2026-01-01` for what was known then ([history](history.md)).\n\n"
	            "## Data\n\n");
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].route->method == GET && all.at[i].route->formats && docs_is_public(all.at[i].route))
			put_api_route(&b, all.at[i].route);
	buf_lit(&b, "## Pages without data\n\n| address | title |\n|---|---|\n");
	for (size_t i = 0; i < all.len; i++) {
		const Route *r = all.at[i].route;
		if (r->method != GET || r->formats || !docs_is_public(r) || !r->title)
			continue;
		buf_format(&b, "| `%s` | ", r->path);
		docs_cell(&b, str_c(r->title));
		buf_lit(&b, " |\n");
	}
	return buf_take(&b, a);
}

/* ---- site-map.md ---- */

static const char *kind_of(const Route *r) {
	return r->formats ? "list or detail, also data" : r->cached ? "kept in memory" : "";
}

Str docs_site_map(Arena *a) {
	CLEANUP(buf_free) Buf b = {0};
	RoutesAt      all = docs_routes(a);
	const Module *module = NULL;
	buf_lit(&b, "# Site map\n\nWritten by `sitovka docs docs`; do not edit. Pages that are read; what a form sends is in [access](access.md).\n");
	for (size_t i = 0; i < all.len; i++) {
		const Route *r = all.at[i].route;
		if (r->method != GET)
			continue;
		if (all.at[i].module != module)
			buf_format(&b, "\n## %s\n\n| address | title | who | |\n|---|---|---|---|\n", all.at[i].module->name);
		module = all.at[i].module;
		buf_format(&b, "| `%s` | ", r->path);
		docs_cell(&b, str_c(r->title ? r->title : ""));
		buf_format(&b, " | %.*s | %s |\n", STR_ARG(docs_holders(a, r->capability)), kind_of(r));
	}
	return buf_take(&b, a);
}

/* ---- docs FOLDER ---- */

static bool write_file(Arena *a, const char *folder, const char *name, Str text) {
	char *path = str_z(a, str_format(a, "%s/%s", folder, name));
	FILE *f = fopen(path, "wb");
	bool  fine = f && fwrite(text.ptr, 1, text.len, f) == text.len;
	if (f && fclose(f) != 0)
		fine = false;
	if (!fine)
		fprintf(stderr, "sitovka: %s cannot be written: %s.\n", path, strerror(errno));
	return fine;
}

static bool write_drawings(Arena *a, const char *folder) {
	const Machine *m;
	char          *images = str_z(a, str_format(a, "%s/img", folder));
	if (mkdir(images, 0755) != 0 && errno != EEXIST) {
		fprintf(stderr, "sitovka: %s cannot be made: %s.\n", images, strerror(errno));
		return false;
	}
	for (size_t i = 0; (m = machine_at(i)); i++)
		if (!write_file(a, images, str_z(a, str_format(a, "machine-%s.svg", m->name)), docs_machine_drawing(a, m)))
			return false;
	return true;
}

int app_docs(App *app) {
	CLEANUP(arena_free) Arena a = {0};
	if (app->o.argc != 1) {
		fprintf(stderr, "sitovka docs FOLDER: name one folder, \"docs\" at the root of the sources.\n");
		return 2;
	}
	for (size_t i = 0; i < docs_page_count; i++)
		if (!write_file(&a, app->o.argv[0], docs_pages[i].file, docs_pages[i].text(&a)))
			return 1;
	return write_drawings(&a, app->o.argv[0]) ? 0 : 1;
}
