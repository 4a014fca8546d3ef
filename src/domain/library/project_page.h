/* project_page.h: projects as the public reads them, for the row of the subject; they are written by the generic screens. */
#pragma once
#include "domain/library/pages_page.h"
#include "domain/library/project.h"

typedef struct ProjectRow { const Project *p; Str href, period, length; Money total; } ProjectRow;
VIEW_LIST(ProjectRow, ProjectRows);

typedef struct SourceRow { const ProjectSource *s; Percent share; } SourceRow;
VIEW_LIST(SourceRow, SourceRows);
typedef struct ProjectView {
	ProjectRow row;
	PairViews  facts;
	SourceRows sources;
	Str        edit_href;
} ProjectView;

Err page_projects(Req *r);
Err page_project(Req *r);

#define PROJECT_ROUTES \
	{GET, "/projekty", page_projects, ANYONE, .cached = true, .parameters = "", .title = "Projekty"}, \
	{GET, "/projekty/{id}", page_project, ANYONE, .cached = true}, \
	ENTITY_SCREENS(CONTENT_HOME "/projekty", &project_entity, CAP_LIBRARY_TEXTS, CAP_LIBRARY_PUBLISH, NULL), \
	ENTITY_SCREENS(CONTENT_HOME "/zdroje-projektu", &project_source_entity, CAP_LIBRARY_TEXTS, CAP_LIBRARY_PUBLISH, NULL)
