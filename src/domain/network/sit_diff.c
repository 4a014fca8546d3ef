/* sit_diff.c: what is different in the network between two moments. Both are compared by line; the sums of the differences are the differences of
 * the sums, because both are made of the same parts. */
#include <stdlib.h>

#include "domain/network/sit.h"

static const char *const untold[] = {"by_version", "resolution", "change_reason", "note"};

static bool is_told(const Field *f) {
	for (size_t i = 0; i < LEN(untold); i++)
		if (strcmp(f->name, untold[i]) == 0)
			return false;
	return true;
}

bool line_same(const Line *x, const Line *y) {
	if (x->head.row && x->head.row == y->head.row)
		return true;
	for (size_t i = 0; i < line_entity.field_count; i++)
		if (is_told(&line_entity.fields[i]) && !field_equal(&line_entity.fields[i], x, y))
			return false;
	return true;
}

static bool differs(const char *field, const LineWhole *x, const LineWhole *y) {
	return x && y && x->line != y->line && !field_equal(entity_field(&line_entity, str_c(field)), x->line, y->line);
}

/* Anything else than what has a mark of its own. */
static bool differs_otherwise(const LineWhole *x, const LineWhole *y) {
	static const char *const marked[] = {"capacity", "unit", "areas", "level", "status", "ceilings"};
	if (!x || !y || x->line == y->line)          /* one row, read once */
		return false;
	for (size_t i = 0; i < line_entity.field_count; i++) {
		const Field *f = &line_entity.fields[i];
		bool         has_mark = !is_told(f);
		for (size_t k = 0; k < LEN(marked); k++)
			has_mark = has_mark || strcmp(f->name, marked[k]) == 0;
		if (!has_mark && !field_equal(f, x->line, y->line))
			return true;
	}
	return false;
}

static i64 amount(const LineWhole *l, const char *unit) {
	return l && line_counts(l->line) && str_eq(l->line->unit, str_c(unit)) ? l->line->capacity.hundredths : 0;
}

static i64 money(const LineWhole *l, int year) {
	i64 n = l && line_counts(l->line) ? line_ceiling(l, year) : 0;
	return n == BLANK ? 0 : n;
}

/* Shares are the same, districts are not. */
static bool has_moved(const LineWhole *x, const LineWhole *y) {
	for (size_t i = 0; i < x->part_count && i < y->part_count; i++)
		if (x->parts[i].unit == y->parts[i].unit && x->parts[i].district != y->parts[i].district)
			return true;
	return false;
}

static i64 part_of(const LineWhole *l, Str unit, Str kind, const Unit *district) {
	i64 parts[64], n = 0;
	if (!l || !line_counts(l->line) || !str_eq(l->line->unit, unit) || (kind.len && !str_eq(l->line->kind, kind)))
		return 0;
	if (!district)
		return l->line->capacity.hundredths;
	line_split(l, l->line->capacity.hundredths, line_step(l), parts);
	for (size_t i = 0; i < l->area_count; i++)
		n += l->areas[i].district->id == district->id ? parts[i] : 0;
	return n;
}

i64 delta_part(const LineDelta *d, Str unit, Str kind, const Unit *district) {
	return part_of(d->after, unit, kind, district) - part_of(d->before, unit, kind, district);
}

typedef struct YearPair { int before, after; } YearPair;

static LineDelta delta_of(const LineWhole *x, const LineWhole *y, YearPair years) {
	bool      was = x && line_counts(x->line), is = y && line_counts(y->line);
	LineDelta d = {.before = x, .after = y, .kind = was && is ? DELTA_CHANGED : is ? DELTA_CAME : was ? DELTA_LEFT : DELTA_OTHER};
	d.capacity = differs("capacity", x, y) || differs("unit", x, y);
	d.territory = differs("areas", x, y);
	d.level = differs("level", x, y);
	d.status = differs("status", x, y);
	d.fte = amount(y, "U") - amount(x, "U");
	d.beds = amount(y, "L") - amount(x, "L");
	d.ceiling = money(y, years.after) - money(x, years.before);
	d.money = x && y && (d.ceiling || differs("ceilings", x, y));
	d.other = differs_otherwise(x, y);
	d.moved = was && is && !d.territory && has_moved(x, y);
	if (d.moved && !d.ceiling && line_same(x->line, y->line))
		d.kind = DELTA_MOVED;
	return d;
}

bool delta_is_only_money(const LineDelta *d) {
	return d->kind == DELTA_CHANGED && !(d->capacity || d->territory || d->level || d->status || d->other);
}

static int by_id(const void *x, const void *y) {
	Id a = (*(const LineWhole *const *)x)->line->head.id, b = (*(const LineWhole *const *)y)->line->head.id;
	return a < b ? -1 : a > b;
}

static const LineWhole **ordered(Ctx *c, const LineWholes *list) {
	const LineWhole **all = arena_alloc(c->arena, size_mul(list->len + 1, sizeof *all));
	for (size_t i = 0; i < list->len; i++)
		all[i] = &list->at[i];
	if (list->len > 1)
		qsort(all, list->len, sizeof *all, by_id);
	return all;
}

static int by_kind(const void *x, const void *y) {
	const LineDelta *a = x, *b = y;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return str_cmp((a->after ? a->after : a->before)->line->number, (b->after ? b->after : b->before)->line->number);
}

Err network_diff_of(Ctx *c, const LineWholes *before, int year_before, const LineWholes *after, int year_after, NetworkDiff *ret) {
	const LineWhole **x = ordered(c, before), **y = ordered(c, after);
	YearPair          years = {year_before, year_after};
	*ret = (NetworkDiff){.before = *before, .after = *after, .from = ret->from, .to = ret->to};
	for (size_t i = 0, k = 0; i < before->len || k < after->len;) {
		int order = i == before->len ? 1 : k == after->len ? -1 : by_id(&x[i], &y[k]);
		const LineWhole *was = order <= 0 ? x[i++] : NULL, *is = order >= 0 ? y[k++] : NULL;
		LineDelta        d = delta_of(was, is, years);
		if (was && is && line_same(was->line, is->line) && !d.ceiling && !d.moved)
			continue;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = d;
		ret->counts[d.kind]++;
		ret->fte += d.fte;
		ret->beds += d.beds;
		ret->ceiling += d.ceiling;
	}
	if (ret->len > 1)
		qsort(ret->at, ret->len, sizeof *ret->at, by_kind);
	return OK;
}

Err network_diff(Ctx *c, Id network, AsOf from, AsOf to, NetworkDiff *ret) {
	LineWholes before, after;
	*ret = (NetworkDiff){.from = as_of_full(c, from), .to = as_of_full(c, to)};
	TRY(lines_bare_two(c, network, ret->from, ret->to, &before, &after));
	return network_diff_of(c, &before, date_year(ret->from.valid), &after, date_year(ret->to.valid), ret);
}

Err network_diff_name(Ctx *c, const NetworkDiff *d, const bool *wanted) {
	LineWhole **before = arena_alloc(c->arena, size_mul(d->len + 1, sizeof *before)), **after = arena_alloc(c->arena, size_mul(d->len + 1, sizeof *after));
	size_t      was = 0, is = 0;
	for (size_t i = 0; i < d->len; i++) {
		if (d->at[i].before && (!wanted || wanted[i]))
			before[was++] = &d->before.at[d->at[i].before - d->before.at];
		if (d->at[i].after && (!wanted || wanted[i]))
			after[is++] = &d->after.at[d->at[i].after - d->after.at];
	}
	TRY(lines_name(c, d->from, before, was));
	return lines_name(c, d->to, after, is);
}
