/* screen.h: list, detail, form, history and import of any entity, from its field table. A subject gets them by rows of its route table:
 *
 *     ENTITY_SCREENS("/app/sprava/ciselniky", &code_item_entity, "admin.code_lists", "admin.code_lists"),
 *
 * A screen that needs more is written by hand with the pieces below. The routes' path must be the entity's .path. */
#pragma once
#include "core/codelist.h"
#include "core/trail.h"
#include "web/parts.h"
#include "web/web.h"

Err screen_list(Req *r);
Err screen_new(Req *r);
Err screen_detail(Req *r);
Err screen_edit(Req *r);
Err screen_save(Req *r);
Err screen_end(Req *r);
Err screen_history(Req *r);
Err screen_import(Req *r);
Err screen_import_upload(Req *r);
Err screen_import_preview(Req *r);
Err screen_import_apply(Req *r);
Err screen_import_annotated(Req *r);

/* Names of fields that may come more than once are refused elsewhere; many-valued ones come as lists. */
#define ENTITY_SCREENS(where, what, read_cap, write_cap, many) ENTITY_SCREENS_WITH(where, what, read_cap, write_cap, many, false)
/* The same for records that say who may what: whoever changes one is asked for the password again. */
#define ENTITY_SCREENS_DANGEROUS(where, what, read_cap, write_cap, many) ENTITY_SCREENS_WITH(where, what, read_cap, write_cap, many, true)
#define ENTITY_SCREENS_WITH(where, what, read_cap, write_cap, many, asks) \
	ENTITY_SCREENS_LASTING(where, what, read_cap, write_cap, many, asks), \
	{POST, where "/{id}/ukoncit", screen_end, write_cap, .entity = what, .dangerous = asks, .fields = "last_day"}
/* The same for dated records that end by what they say, with a reason, and never just stop being: without „Ukončit záznam“. */
#define ENTITY_SCREENS_LASTING(where, what, read_cap, write_cap, many, asks) \
	{GET, where, screen_list, read_cap, .entity = what, .formats = true, .lists = many}, \
	{GET, where "/novy", screen_new, write_cap, .entity = what}, \
	{POST, where "/novy", screen_save, write_cap, .entity = what, .lists = many, .dangerous = asks}, \
	{GET, where "/import", screen_import, write_cap, .entity = what}, \
	{POST, where "/import", screen_import_upload, write_cap, .entity = what, .uploads = true, .body_limit = 10 << 20, .seconds = 60, .fields = ""}, \
	{GET, where "/import/{id}", screen_import_preview, write_cap, .entity = what}, \
	{GET, where "/import/{id}/chyby", screen_import_annotated, write_cap, .entity = what, .lane = LANE_EXPORT}, \
	{POST, where "/import/{id}", screen_import_apply, write_cap, .entity = what, .seconds = 60, .dangerous = asks, .fields = "valid_from"}, \
	{GET, where "/{id}", screen_detail, read_cap, .entity = what, .formats = false}, \
	{GET, where "/{id}/upravit", screen_edit, write_cap, .entity = what}, \
	{POST, where "/{id}/upravit", screen_save, write_cap, .entity = what, .lists = many, .dangerous = asks}, \
	{GET, where "/{id}/historie", screen_history, read_cap, .entity = what}

/* ---- pieces ---- */

/* Filters, order, paging and as-of of the address, by the entity's table. */
typedef struct ListState {
	ListQuery query;
	i64       page, page_size;
	Links     chips;                         /* of the filters in use */
} ListState;
MUST_USE Err list_state_read(Req *r, const Entity *e, ListState *ret);
/* Download of the whole filtered set in the format of the address. */
MUST_USE Err list_export(Req *r, const Entity *e, const ListQuery *q);
/* One field of a form, with its value as typed (after an error) or as stored. */
FieldView    field_view(Req *r, const Field *f, const void *row, bool as_typed);
/* Problems that belong to no field of the list stand first. NULL when there are none. */
ErrorsView  *errors_view(Req *r, const FieldView *fields, size_t count);
PairView     pair_view(Req *r, const Field *f, const void *row);
bool         may_see_field(const Req *r, const Entity *e, const Field *f);
HistoryViews history_views(Req *r, const Entity *e, const TrailRecords *records);
/* "/app/sluzby/12" */
Str          row_href(Req *r, const Entity *e, Id id);
AsOfView     as_of_view(Req *r, Str label);
/* The day of the form's „Platí od“, `standard` when it was left blank. */
MUST_USE Err form_valid_from(Req *r, Date standard, Date *ret);
/* The second of two people who changed the record of `mine` sees both values: status 409, what was typed is kept, and the form that posts to
 * `action` sends it again with the choice of each field. `fields` ends with NULL. */
Err          conflict_show(Req *r, const Entity *e, const char *const *fields, const void *mine, Str action, Str back);
/* form_read that understands the answer of that page too: fields where `stored` (NULL = new record) was chosen take it. */
MUST_USE Err form_read_resolved(Req *r, const Entity *e, const char *const *fields, void *row, const void *stored);
