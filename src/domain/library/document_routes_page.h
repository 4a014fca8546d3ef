/* document_routes_page.h: addresses of documents and resolutions, for the module row. */
#pragma once
#include "domain/library/document_page.h"

#define DOCUMENT_ROUTES \
	{GET, "/dokumenty", page_documents, ANYONE, .cached = true, .formats = true, .parameters = "q,druh,ke-dni,stav,strana", .title = "Dokumenty"}, \
	{GET, "/dokumenty/{id}", page_document, ANYONE, .cached = true, .lane = LANE_WORK, .parameters = ""}, \
	{GET, "/dokumenty/{id}/verze/{no}", page_document_version, ANYONE, .cached = true, .lane = LANE_WORK, .parameters = ""}, \
	{GET, "/dokumenty/{id}/verze/{no}/soubor", page_document_file, ANYONE, .parameters = ""}, \
	{GET, "/dokumenty/{id}/verze/{no}/pdf", page_document_pdf, ANYONE, .lane = LANE_EXPORT, .parameters = "priprava"}, \
	{POST, "/dokumenty/{id}/verze/{no}/pdf", page_document_pdf, ANYONE, .lane = LANE_EXPORT, .own_token = true}, \
	{GET, "/dokumenty/{id}/verze/{no}/docx", page_document_docx, ANYONE, .lane = LANE_EXPORT, .parameters = ""}, \
	{GET, "/dokumenty/{id}/rozdil", page_document_difference, ANYONE, .cached = true, .lane = LANE_WORK, .parameters = "od,do"}, \
	{GET, "/app/dokumenty", page_office_documents, CAP_DOCUMENT_READ, .parameters = "q,druh,ke-dni,stav,strana", .title = "Dokumenty"}, \
	{GET, "/app/dokumenty/novy", page_document_new, CAP_DOCUMENT_CREATE}, \
	{POST, "/app/dokumenty/novy", post_document_new, CAP_DOCUMENT_CREATE}, \
	{GET, "/app/dokumenty/{id}", page_office_document, CAP_DOCUMENT_READ}, \
	{GET, "/app/dokumenty/{id}/upravit", page_document_edit, CAP_DOCUMENT_UPDATE}, \
	{POST, "/app/dokumenty/{id}/upravit", post_document_edit, CAP_DOCUMENT_UPDATE}, \
	{GET, "/app/dokumenty/{id}/historie", screen_history, CAP_DOCUMENT_READ, .entity = &document_entity}, \
	{GET, "/app/dokumenty/{id}/verze/nova", page_version_new, CAP_DOCUMENT_UPDATE}, \
	{POST, "/app/dokumenty/{id}/verze/nova", post_version_new, CAP_DOCUMENT_UPDATE, .uploads = true, .body_limit = UPLOAD_BODY, .field_limit = 2 << 20, .seconds = 120}, \
	{GET, "/app/dokumenty/{id}/verze/{no}/upravit", page_version_edit, CAP_DOCUMENT_UPDATE}, \
	{POST, "/app/dokumenty/{id}/verze/{no}/upravit", post_version_edit, CAP_DOCUMENT_UPDATE, .uploads = true, .body_limit = UPLOAD_BODY, .field_limit = 2 << 20, .seconds = 120}, \
	{GET, "/app/dokumenty/{id}/verze/{no}/{step}", page_version_step, CAP_DOCUMENT_UPDATE}, \
	{POST, "/app/dokumenty/{id}/verze/{no}/{step}", post_version_step, CAP_DOCUMENT_UPDATE}
