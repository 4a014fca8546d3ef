/* service_history_page.c: what happened to a service and its parts, told as one story. */
#include "domain/register/service_page.h"

#include <stdlib.h>

#include "base/format.h"
#include "domain/register/edit.sql.h"

enum { HISTORY_ROWS = 50 };

typedef struct Moment {
	i64         seq;
	HistoryView view;
} Moment;
typedef struct Moments { Moment *at; size_t len, cap; } Moments;

static int newest_first(const void *x, const void *y) {
	i64 a = ((const Moment *)x)->seq, b = ((const Moment *)y)->seq;
	return a < b ? 1 : a > b ? -1 : 0;
}

static const Entity *entity_of(Str name) {
	static const Entity *const all[] = {&form_row_entity, &capacity_entity, &facility_entity, &contact_entity};
	for (size_t i = 0; i < LEN(all); i++)
		if (str_eq(str_c(all[i]->name), name))
			return all[i];
	return NULL;
}

/* "Kontakt 485 226 111: změněno" */
static Str part_words(Req *r, const Entity *e, Id id, Str what) {
	EntityList rows;
	Str        title = {0};
	if (store_all_rows(r->c, e, id, &rows) == OK && rows.len)
		title = field_people(r->c, entity_field(e, str_c(e->title)), rows.at[rows.len - 1]);
	return str_format(r->c->arena, "%.*s %.*s: %.*s", STR_ARG(screen_capital(r->c->arena, e->one)), STR_ARG(title), STR_ARG(what));
}

static Err add_records(Req *r, const Entity *e, Id id, i64 before_seq, Moments *ret) {
	TrailRecords records;
	TRY(trail_of(r->c, e->name, id, before_seq, HISTORY_ROWS + 1, &records));
	HistoryViews views = history_views(r, e, &records);
	for (size_t i = 0; i < records.len; i++) {
		Moment m = {.seq = records.at[i].seq, .view = views.at[i]};
		if (e != &service_entity)
			m.view.what = part_words(r, e, id, m.view.what);
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = m;
	}
	return OK;
}

typedef struct PartId { const Entity *entity; Id id; } PartId;
typedef struct PartIds { PartId *at; size_t len, cap; } PartIds;

static Err parts_ever(Ctx *c, Id service, PartIds *ret) {
	*ret = (PartIds){0};
	Rows rows = db_query(ctx_conn(c), &sql_edit_parts_ever, P(V(service)));
	while (rows_next(&rows)) {
		const Entity *e = entity_of(col_text(&rows, 0));
		CHECK(e);
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (PartId){e, col_int(&rows, 1)};
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "parts");
}

Err service_history_views(Req *r, Id service, i64 before_seq, HistoryViews *ret, Str *older) {
	PartIds parts;
	Moments all = {0};
	*ret = (HistoryViews){0};
	*older = (Str){0};
	TRY(add_records(r, &service_entity, service, before_seq, &all));
	TRY(parts_ever(r->c, service, &parts));
	for (size_t i = 0; i < parts.len; i++)
		TRY(add_records(r, parts.at[i].entity, parts.at[i].id, before_seq, &all));
	PlaceRows places;                            /* their addresses stand in the history too: that they were seen is noted */
	TRY(service_places_view(r, TODAY, service, (Str){0}, &places));
	if (all.len > 1)
		qsort(all.at, all.len, sizeof *all.at, newest_first);
	for (size_t i = 0; i < all.len && i < HISTORY_ROWS; i++)
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = all.at[i].view;
	if (all.len > HISTORY_ROWS)
		*older = str_format(r->c->arena, "/app/sluzby/%lld/historie?pred=%lld", (long long)service, (long long)all.at[HISTORY_ROWS - 1].seq);
	return OK;
}

Err record_spans(Req *r, const Entity *e, Id id, Links *ret) {
	EntityList spans;
	if (store_spans(r->c, e, id, (Instant){0}, &spans) != OK)
		return fail_internal(r->c, e->name);
	for (size_t i = 0; i < spans.len; i++) {
		const EntityHead *h = spans.at[i];
		char              iso[DATE_ISO_LEN];
		CLEANUP(buf_free) Buf b = {0};
		fmt_date_range(&b, h->valid_from, h->valid_to);
		buf_lit(&b, ": ");
		buf_str(&b, field_people(r->c, entity_field(e, str_c(e->title)), spans.at[i]));
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (LinkView){.label = buf_take(&b, r->c->arena),
			.href = e == &service_entity ? str_format(r->c->arena, "%s/%lld?ke-dni=%.*s", e->path, (long long)id, STR_ARG(date_iso(h->valid_from, iso))) : (Str){0}};
	}
	return OK;
}
