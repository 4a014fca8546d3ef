/* history_diff.c: two states of all things of an entity, compared. */
#include "core/history.h"

#include <stdlib.h>

static int by_id(const void *x, const void *y) {
	Id a = (*(EntityHead *const *)x)->id, b = (*(EntityHead *const *)y)->id;
	return a < b ? -1 : a > b;
}

static Err state(Ctx *c, const Entity *e, AsOf at, EntityList *ret) {
	TRY(entity_list(c, e, &(ListQuery){.at = at, .limit = -1}, ret));
	if (ret->len > 1)
		qsort(ret->at, ret->len, sizeof *ret->at, by_id);
	return OK;
}

/* The same row believed at both times has the same content. */
static bool differ(const Entity *e, const void *x, const void *y) {
	if (((const EntityHead *)x)->row == ((const EntityHead *)y)->row)
		return false;
	for (size_t i = 0; i < e->field_count; i++)
		if (!field_equal(&e->fields[i], x, y))
			return true;
	return false;
}

Err history_diff(Ctx *c, const Entity *e, AsOf before, AsOf after, Diff *ret) {
	CHECK(e->dated);
	EntityList x, y;
	*ret = (Diff){0};
	TRY(state(c, e, before, &x));
	TRY(state(c, e, after, &y));
	for (size_t i = 0, k = 0; i < x.len || k < y.len;) {
		int order = i == x.len ? 1 : k == y.len ? -1 : by_id(&x.at[i], &y.at[k]);
		DiffItem d = {.before = order <= 0 ? x.at[i++] : NULL, .after = order >= 0 ? y.at[k++] : NULL};
		if (d.before && d.after && !differ(e, d.before, d.after))
			continue;
		d.kind = !d.before ? HISTORY_ADDED : !d.after ? HISTORY_ENDED : HISTORY_CHANGED;
		d.id = ((EntityHead *)(d.after ? d.after : d.before))->id;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = d;
	}
	return OK;
}
