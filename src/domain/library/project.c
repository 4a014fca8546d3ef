#include "domain/library/project.h"

#include "core/access.h"
#include "core/search.h"

enum { LIST_MAX = 200 };

static Err check(Ctx *c, const void *row) {
	const Project *p = row;
	return date_before(p->last_day, p->first_day) ? fail(c, ERR_INVALID, "last_day", "Projekt končí dřív, než začíná. Opravte jeden z dnů.") : OK;
}

/* Rows are read by everybody's pages, which leave out what is not public; the screens of officers need their capability. */
ENTITY(project_entity, Project, PROJECT_FIELDS, .name = "project", .table = "project", .one = "projekt", .many = "projekty", .of_many = "projektů", .article = "m",
       .key = "number", .title = "name", .order = "first_day", .read = "public", .is_public = true, .write = CAP_LIBRARY_PUBLISH, .path = "/app/obsah/projekty", .check = check,
       .raises_data_version = true)

ENTITY(project_source_entity, ProjectSource, PROJECT_SOURCE_FIELDS, .name = "project_source", .table = "project_source", .one = "zdroj peněz projektu",
       .many = "zdroje peněz projektů", .of_many = "zdrojů peněz projektů", .article = "m", .key = "project,name", .title = "name", .order = "position",
       .read = "public", .is_public = true, .write = CAP_LIBRARY_PUBLISH, .path = "/app/obsah/zdroje-projektu", .raises_data_version = true)

static bool may_see(Ctx *c, const Project *p) {
	return p->is_public || may(c, CAP_LIBRARY_TEXTS);
}

Err projects_list(Ctx *c, Projects *ret) {
	EntityList list;
	*ret = (Projects){0};
	TRY(entity_list(c, &project_entity, &(ListQuery){.descending = true, .order = entity_field(&project_entity, S("first_day")), .limit = LIST_MAX}, &list));
	for (size_t i = 0; i < list.len; i++)
		if (may_see(c, list.at[i]))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = list.at[i];
	return OK;
}

Err project_get(Ctx *c, Id id, Project **ret) {
	void *row;
	TRY(entity_get(c, &project_entity, TODAY, id, &row));
	*ret = row;
	return may_see(c, row) ? OK : fail(c, ERR_NOT_FOUND, NULL, "Takový projekt tu není.");
}

Err project_sources(Ctx *c, Id project, ProjectSources *ret) {
	EntityList list;
	*ret = (ProjectSources){0};
	TRY(entity_parts(c, &project_source_entity, TODAY, "project", &project, 1, &list));
	for (size_t i = 0; i < list.len; i++) {
		ProjectSource *s = list.at[i];
		ret->total = (Money){ret->total.halere + s->amount.halere};
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = s;
	}
	return OK;
}

int project_months(const Project *p) {
	Date end = date_add(p->last_day, 1);
	int  n = 0;
	while (n < 1200 && !date_after(date_add_months(p->first_day, n + 1), end))
		n++;
	return n;
}

/* ---- sample data: the project that once paid for an application like this, as its page shows it ---- */

static Err source(Ctx *c, Id project, i64 position, const char *name, Money amount) {
	ProjectSource *s = entity_new(c->arena, &project_source_entity);
	*s = (ProjectSource){.project = project, .name = str_c(name), .amount = amount, .position = position};
	return entity_insert(c, &project_source_entity, s);
}

Err projects_demo(Ctx *c) {
	Project *p = entity_new(c->arena, &project_entity);
	*p = (Project){.name = S("Rozvoj a podpora plánování sociálních služeb (ukázka)"), .number = S("CZ.03.2.63/0.0/0.0/15_007/0003861"),
	               .programme = S("Operační program Zaměstnanost"), .first_day = date(2017, 1, 1), .last_day = date(2019, 12, 31),
	               .goal = S("Zajistit dostupnost a kvalitu sociálních služeb a procesy, kterými kraj síť služeb sestavuje. Vznikne mechanismus sběru, třídění, analýzy a vyhodnocení dat a webová aplikace "
	                         "pro spolupráci kraje, obcí a poskytovatelů."),
	               .for_whom = S("Poskytovatelé a zadavatelé sociálních služeb, zaměstnanci veřejné správy, pracovníci v sociálních službách a sociální pracovníci."),
	               .outputs = S("Stabilní systém plánování a financování, koncepce sítě, webová aplikace."),
	               .publicity = S("Projekt je spolufinancován Evropskou unií z Evropského sociálního fondu."), .is_public = true};
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_insert(c, &project_entity, p));
	TRY(source(c, p->head.id, 1, "Evropský sociální fond", (Money){827003780}));
	TRY(source(c, p->head.id, 2, "státní rozpočet", (Money){97294562}));
	TRY(source(c, p->head.id, 3, "rozpočet kraje", (Money){48647282}));
	return tx_commit(&tx);
}
