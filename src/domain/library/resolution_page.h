/* resolution_page.h: pages of resolutions. */
#pragma once
#include "domain/library/document_page.h"
#include "domain/library/resolution.h"
#include "web/work.h"

typedef struct ResolutionLine { const ResolutionRow *row; Str href, result; TagKind kind; } ResolutionLine;
VIEW_LIST(ResolutionLine, ResolutionLines);

typedef struct ResolutionsPage {
	Str             action, caption, new_href, empty_text;
	FieldView       search, body, year, result;
	ResolutionLines lines;
	PagerView       pager;
	Links           downloads;
	bool            is_filtered;
} ResolutionsPage;

typedef struct ResolutionPage {
	const Resolution *x;
	Str       title, lead, file, file_href, edit, history, office, permanent, result;
	TagKind   kind;
	PairViews pairs;
} ResolutionPage;

MUST_USE Err resolutions_export(Req *r, const ResolutionRows *rows);

Err page_resolutions(Req *r);
Err page_resolution(Req *r);
Err page_resolution_file(Req *r);
Err page_office_resolutions(Req *r);
Err page_office_resolution(Req *r);
Err page_resolution_new(Req *r);
Err post_resolution_new(Req *r);
Err page_resolution_edit(Req *r);
Err post_resolution_edit(Req *r);

/* What steps of anything need to know of resolutions. */
extern const WorkResolutions work_resolutions;

#define RESOLUTION_PARAMETERS "q,organ,rok,vysledek,strana"
#define RESOLUTION_ROUTES \
	{GET, "/usneseni", page_resolutions, ANYONE, .cached = true, .formats = true, .parameters = RESOLUTION_PARAMETERS, .title = "Usnesení"}, \
	{GET, "/usneseni/{number}", page_resolution, ANYONE, .cached = true, .parameters = ""}, \
	{GET, "/usneseni/{number}/soubor", page_resolution_file, ANYONE, .parameters = ""}, \
	{GET, "/app/usneseni", page_office_resolutions, CAP_RESOLUTION_READ, .parameters = RESOLUTION_PARAMETERS, .title = "Usnesení"}, \
	{GET, "/app/usneseni/nove", page_resolution_new, CAP_RESOLUTION_CREATE}, \
	{POST, "/app/usneseni/nove", post_resolution_new, CAP_RESOLUTION_CREATE, .uploads = true, .body_limit = UPLOAD_BODY, .field_limit = 1 << 20, .seconds = 120}, \
	{GET, "/app/usneseni/{id}", page_office_resolution, CAP_RESOLUTION_READ}, \
	{GET, "/app/usneseni/{id}/upravit", page_resolution_edit, CAP_RESOLUTION_UPDATE}, \
	{POST, "/app/usneseni/{id}/upravit", post_resolution_edit, CAP_RESOLUTION_UPDATE, .uploads = true, .body_limit = UPLOAD_BODY, .field_limit = 1 << 20, .seconds = 120}, \
	{GET, "/app/usneseni/{id}/historie", screen_history, CAP_DOCUMENT_READ, .entity = &resolution_entity}
