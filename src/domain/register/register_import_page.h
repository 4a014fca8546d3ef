/* register_import_page.h: pages and jobs of the import. */
#pragma once
#include "web/module.h"

Err page_register_upload(Req *r);
Err post_register_upload(Req *r);
Err page_register_preview(Req *r);
Err post_register_preview(Req *r);
Err page_register_repairs(Req *r);
extern const JobKind register_jobs[2];

#define REGISTER_IMPORT_ROUTES \
	{GET, "/app/sluzby/import", page_register_upload, CAP_REGISTER_IMPORT, .parameters = "", .title = "Import registru poskytovatelů"}, \
	{POST, "/app/sluzby/import", post_register_upload, CAP_REGISTER_IMPORT, .lane = LANE_WORK, .uploads = true, .fields = "duvod,mensi", \
	 .body_limit = (u64)REGISTER_FILE_MAX + 65536, .seconds = 120}, \
	{GET, "/app/sluzby/import/{import}", page_register_preview, CAP_REGISTER_IMPORT, .parameters = "druh,za", .title = "Náhled importu registru"}, \
	{POST, "/app/sluzby/import/{import}", post_register_preview, CAP_REGISTER_IMPORT, .lists = "radek", .fields = "akce,druh,od,do,radek"}, \
	{GET, "/app/sluzby/opravy", page_register_repairs, CAP_REGISTER_EDIT, .parameters = "druh,za", .title = "K opravě v registru"}
