/* move.c: moving a line between versions, and the drafts that follow it. */
#include "domain/network/move.h"

#include "domain/network/draft.sql.h"
#include "domain/network/draft_inside.h"

Err line_today(Ctx *c, Id line, Line **ret) {
	void *row;
	TRY(store_get(c, &line_entity, TODAY, line, &row));
	*ret = row;
	return OK;
}

/* ---- drafts ---- */

typedef struct Copy { DraftLine *d; Line *before; Date day; } Copy;
typedef struct Copies { Copy *at; size_t len, cap; } Copies;

/* Copies of the line in drafts that are still written, and that were made of what the network says now. */
static Err true_copies(Ctx *c, Id line, Copies *ret) {
	DraftIds ids;
	TRY(draft_ids(c, &sql_draft_lines_of_origin, line, &ids));
	for (size_t i = 0; i < ids.len; i++) {
		void           *row, *before;
		NetworkVersion *v;
		size_t          said = c->problems.len;
		TRY(store_get(c, &draft_line_entity, TODAY, ids.at[i], &row));
		TRY(network_version_stored(c, ((DraftLine *)row)->by_version, &v));
		Err e = store_get(c, &line_entity, (AsOf){.valid = v->effective_from}, line, &before);
		c->problems.len = said;
		if (e == OK && str_eq(v->state, S(VERSION_IS_DRAFT)) && ((Line *)before)->head.version == ((DraftLine *)row)->origin_version)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Copy){row, before, v->effective_from};
	}
	return OK;
}

/* What the draft itself decided of the status or level stays; else it says what the network says. */
static Err follow(Ctx *c, const Copy *x) {
	void *row;
	TRY(store_get(c, &line_entity, (AsOf){.valid = x->day}, x->before->head.id, &row));
	const Line *after = row;
	DraftLine  *d = x->d;
	if (str_eq(d->status, x->before->status)) {
		d->status = after->status;
		d->merged_under = after->merged_under;
	}
	if (str_eq(d->level, x->before->level))
		d->level = after->level;
	d->origin_version = after->head.version;
	return entity_update(c, &draft_line_entity, d);
}

/* ---- the line ---- */

/* Spans of later days move while the line stands in the same status then. */
Err line_move(Ctx *c, Id line, const LineMove *m) {
	void           *row;
	NetworkVersions all;
	EntityList      spans;
	Copies          copies = {0};
	Date            day = date_is(m->from) ? m->from : c->today;
	TRY(store_get(c, &line_entity, (AsOf){.valid = day}, line, &row));
	const Line     *today = row;
	TRY(true_copies(c, line, &copies));
	TRY(network_versions(c, today->network, false, &all));
	TRY(store_spans(c, &line_entity, line, (Instant){0}, &spans));
	const NetworkVersion *v = network_version_on(&all, day);
	i64                   newest = today->head.version;
	for (size_t i = 0; i < spans.len; i++) {
		Line *l = spans.at[i];
		Date  from = l->head.valid_from;
		bool  is_now = l->head.row == today->head.row;
		if ((!is_now && date_before(from, day)) || !str_eq(l->status, today->status))
			continue;
		l->status = str_c(m->status);
		l->level = m->level ? m->level(c, l->level) : l->level;
		l->merged_under = m->merged_under ? m->merged_under : l->merged_under;
		l->by_version = is_now && v ? v->head.id : l->by_version;
		l->resolution = is_now && m->resolution ? m->resolution : l->resolution;
		l->change_reason = utf8_first(m->reason, 500);
		l->head.version = newest;
		TRY(line_write(c, l, is_now && date_after(day, from) ? day : from, l->head.valid_to));
		newest = l->head.version;
	}
	for (size_t i = 0; i < copies.len; i++)
		TRY(follow(c, &copies.at[i]));
	return OK;
}
