/* project_page.c: the list of projects and the page of one. */
#include "domain/library/project_page.h"

#include "base/format.h"
#include "domain/library/project.html.h"

static ProjectRow row_of(Req *r, const Project *p, Money total) {
	CLEANUP(buf_free) Buf period = {0}, length = {0};
	fmt_date_range(&period, p->first_day, p->last_day);
	fmt_count(&length, project_months(p), "měsíc", "měsíce", "měsíců");
	return (ProjectRow){.p = p, .href = str_format(r->c->arena, "/projekty/%lld", (long long)p->head.id), .period = buf_take(&period, r->c->arena),
	                    .length = buf_take(&length, r->c->arena), .total = total};
}

Err page_projects(Req *r) {
	Projects    list;
	ProjectRows rows = {0};
	TRY(projects_list(r->c, &list));
	for (size_t i = 0; i < list.len; i++) {
		ProjectSources sources;
		TRY(project_sources(r->c, list.at[i]->head.id, &sources));
		*ARENA_PUSH(r->c->arena, rows.at, rows.len, rows.cap) = row_of(r, list.at[i], sources.total);
	}
	r->description = S("Projekty, které platí plánování a rozvoj sociálních služeb v kraji.");
	view_projects(page(r, S("Projekty")), rows, may(r->c, CAP_LIBRARY_TEXTS));
	return OK;
}

static void add_fact(Req *r, PairViews *facts, const char *label, Str value, Str href) {
	if (value.len)
		*ARENA_PUSH(r->c->arena, facts->at, facts->len, facts->cap) = (PairView){.label = str_c(label), .value = value, .href = href};
}

/* In basis points, rounded half up. */
static Percent share_of(Money part, Money whole) {
	return (Percent){whole.halere ? (part.halere * 10000 + whole.halere / 2) / whole.halere : 0};
}

Err page_project(Req *r) {
	Id             id;
	Project       *p;
	ProjectSources sources;
	TRY(arg_id(r, 0, &id));
	TRY(project_get(r->c, id, &p));
	TRY(project_sources(r->c, id, &sources));
	ProjectView v = {.row = row_of(r, p, sources.total)};
	add_fact(r, &v.facts, "Registrační číslo", p->number, (Str){0});
	add_fact(r, &v.facts, "Program nebo fond", p->programme, (Str){0});
	add_fact(r, &v.facts, "Období", str_format(r->c->arena, "%.*s (%.*s)", STR_ARG(v.row.period), STR_ARG(v.row.length)), (Str){0});
	add_fact(r, &v.facts, "Stránka projektu jinde", p->url, p->url);
	for (size_t i = 0; i < sources.len; i++)
		*ARENA_PUSH(r->c->arena, v.sources.at, v.sources.len, v.sources.cap) = (SourceRow){sources.at[i], share_of(sources.at[i]->amount, sources.total)};
	if (may(r->c, CAP_LIBRARY_TEXTS))
		v.edit_href = row_href(r, &project_entity, id);
	crumb(r, S("Projekty"), S("/projekty"));
	view_project(page(r, p->name), &v);
	return OK;
}
