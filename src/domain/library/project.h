/* project.h: records of projects that paid for planning, services or this application, as their funds demand them to be shown: number, period, sources,
 * publicity. The whole cost is the sum of the sources. */
#pragma once
#include "core/entity.h"
#include "domain/library/pages.h"

#define PROJECT_FIELDS(F, T) \
	F(T, name, text, "Název projektu", .required = true, .search = true, .sort = true, .list = 1, .max = 300) \
	F(T, number, text, "Registrační číslo", .required = true, .unique = true, .list = 2, .max = 60) \
	F(T, programme, text, "Program nebo fond", .required = true, .list = 3, .max = 200, .hint = "Například Operační program Zaměstnanost.") \
	F(T, first_day, date, "Začátek", .required = true, .sort = true, .filter = true, .list = 4) \
	F(T, last_day, date, "Konec", .required = true, .sort = true, .filter = true, .list = 5) \
	F(T, goal, longtext, "Cíl projektu", .required = true, .max = 4000) \
	F(T, for_whom, longtext, "Pro koho projekt je", .max = 2000) \
	F(T, outputs, longtext, "Co z projektu vzešlo", .max = 4000) \
	F(T, publicity, longtext, "Věta o podpoře", .max = 500, .hint = "Povinná publicita, například „Projekt je spolufinancován Evropskou unií.“") \
	F(T, url, url, "Stránka projektu jinde") \
	F(T, is_public, bool, "Zveřejnit", .filter = true, .list = 6)
ENTITY_STRUCT(Project, PROJECT_FIELDS)
extern const Entity project_entity;

#define PROJECT_SOURCE_FIELDS(F, T) \
	F(T, project, ref, "Projekt", .target = &project_entity, .required = true, .filter = true, .list = 1) \
	F(T, name, text, "Zdroj", .required = true, .list = 2, .max = 120, .hint = "Evropský sociální fond, státní rozpočet, rozpočet kraje…") \
	F(T, amount, money, "Částka", .required = true, .min = 0, .list = 3) \
	F(T, position, int, "Pořadí")
ENTITY_STRUCT(ProjectSource, PROJECT_SOURCE_FIELDS)
extern const Entity project_source_entity;

typedef struct Projects { Project **at; size_t len, cap; } Projects;
typedef struct ProjectSources { ProjectSource **at; size_t len, cap; Money total; } ProjectSources;
/* Public ones, those that began last first; officers who write texts see all. */
MUST_USE Err projects_list(Ctx *c, Projects *ret);
/* ERR_NOT_FOUND for one that is not public. */
MUST_USE Err project_get(Ctx *c, Id id, Project **ret);
/* With shares of the whole where they are wanted. */
MUST_USE Err project_sources(Ctx *c, Id project, ProjectSources *ret);
/* Whole months from the first to the last day, both included: 1 Jan 2017–31 Dec 2019 are 36. Days beyond whole months are left out. */
int project_months(const Project *p);
MUST_USE Err projects_demo(Ctx *c);
