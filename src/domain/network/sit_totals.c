/* sit_totals.c: capacities of the network by kind and territory. Each number of a territory is a sum of parts that line_split gave, so rows and columns agree. */
#include <stdlib.h>

#include "core/codelist.h"
#include "domain/network/sit.h"

void lines_in_network(Arena *a, const LineWholes *all, LineWholes *ret) {
	*ret = (LineWholes){0};
	for (size_t i = 0; i < all->len; i++)
		if (line_counts(all->at[i].line))
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = all->at[i];
}

i64 line_step(const LineWhole *l) {
	return str_eq(l->line->unit, S("L")) ? 100 : 1;
}

void line_split(const LineWhole *l, i64 whole, i64 step, i64 *parts) {
	i64 steps = whole / step, given = 0, remainder[64];
	CHECK(l->area_count <= LEN(remainder));
	for (size_t i = 0; i < l->area_count; i++) {
		i64 floor = steps * l->areas[i].share.basis_points / 10000;
		remainder[i] = steps * l->areas[i].share.basis_points % 10000;
		parts[i] = floor * step;
		given += floor;
	}
	while (given < steps && l->area_count) {
		size_t best = 0;
		for (size_t i = 1; i < l->area_count; i++)
			if (remainder[i] > remainder[best])
				best = i;
		parts[best] += step;
		remainder[best] = -1;
		given++;
	}
	if (l->area_count)                           /* what is less than a step stays with the first */
		parts[0] += whole % step;
}

static TotalRow *row_of(Ctx *c, NetworkTotals *t, const Line *l, size_t districts) {
	for (size_t i = 0; i < t->len; i++)
		if (str_eq(t->rows[i].kind, l->kind) && str_eq(t->rows[i].unit, l->unit))
			return &t->rows[i];
	TotalRow *row = ARENA_PUSH(c->arena, t->rows, t->len, t->cap);
	*row = (TotalRow){.kind = l->kind, .unit = l->unit, .cells = NEW_ARRAY(c->arena, i64, districts + 1)};
	return row;
}

static int by_order(const void *x, const void *y) {
	const Unit *a = *(const Unit *const *)x, *b = *(const Unit *const *)y;
	return a->order < b->order ? -1 : a->order > b->order;
}

static void collect_districts(Ctx *c, const LineWholes *lines, Units *ret) {
	for (size_t i = 0; i < lines->len; i++)
		for (size_t k = 0; k < lines->at[i].area_count; k++) {
			const Unit *u = lines->at[i].areas[k].district;
			bool        known = false;
			for (size_t n = 0; n < ret->len && !known; n++)
				known = ret->at[n]->id == u->id;
			if (!known)
				*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = u;
		}
	if (ret->len > 1)
		qsort(ret->at, ret->len, sizeof *ret->at, by_order);
}

static size_t place_of(const Units *districts, const Unit *u) {
	size_t i = 0;
	while (i < districts->len && districts->at[i]->id != u->id)
		i++;
	return i;
}

/* Beds first, then by the order of the list of kinds. */
static void sort_rows(Ctx *c, NetworkTotals *t) {
	for (size_t i = 1; i < t->len; i++)
		for (size_t k = i; k > 0; k--) {
			TotalRow *x = &t->rows[k - 1], *y = &t->rows[k], swap;
			const CodeItem *kx = codelist_find(c, "service_kind", x->kind), *ky = codelist_find(c, "service_kind", y->kind);
			i64 px = kx ? kx->position : 9999, py = ky ? ky->position : 9999;
			int unit = str_cmp(x->unit, y->unit);
			if (unit < 0 || (unit == 0 && px <= py))
				break;
			swap = *x;
			*x = *y;
			*y = swap;
		}
}

static int by_id(const void *x, const void *y) {
	Id a = *(const Id *)x, b = *(const Id *)y;
	return a < b ? -1 : a > b;
}

static i64 count_providers(Ctx *c, const LineWholes *lines) {
	Id *ids = NEW_ARRAY(c->arena, Id, lines->len + 1);
	i64 n = 0;
	for (size_t i = 0; i < lines->len; i++)
		ids[i] = lines->at[i].line->provider;
	if (lines->len > 1)
		qsort(ids, lines->len, sizeof *ids, by_id);
	for (size_t i = 0; i < lines->len; i++)
		n += i == 0 || ids[i] != ids[i - 1];
	return n;
}

Err network_totals(Ctx *c, const LineWholes *all, int year, NetworkTotals *ret) {
	LineWholes lines;
	i64        parts[64];
	*ret = (NetworkTotals){0};
	lines_in_network(c->arena, all, &lines);
	collect_districts(c, &lines, &ret->districts);
	for (size_t i = 0; i < lines.len; i++) {
		const LineWhole *l = &lines.at[i];
		i64              capacity = l->line->capacity.hundredths, ceiling = line_ceiling(l, year);
		TotalRow        *row = row_of(c, ret, l->line, ret->districts.len);
		line_split(l, capacity, line_step(l), parts);
		for (size_t k = 0; k < l->area_count; k++)
			row->cells[place_of(&ret->districts, l->areas[k].district)] += parts[k];
		row->total += capacity;
		row->lines++;
		ret->lines++;
		if (str_eq(l->line->unit, S("L")))
			ret->beds += capacity;
		else if (str_eq(l->line->unit, S("U")))
			ret->fte += capacity;
		ret->ceilings += ceiling == BLANK ? 0 : ceiling;
	}
	ret->providers = count_providers(c, &lines);
	sort_rows(c, ret);
	return OK;
}
