#include "web/front.h"

#include <stdlib.h>

#include "core/search.h"
#include "web/module.h"

void announcement_add(Ctx *c, Announcements *list, Announcement a) {
	*ARENA_PUSH(c->arena, list->at, list->len, list->cap) = a;
}

void front_add(Ctx *c, FrontLines *list, FrontLine line) {
	*ARENA_PUSH(c->arena, list->at, list->len, list->cap) = line;
}

void figure_add(Ctx *c, KeyFigures *list, KeyFigure f) {
	*ARENA_PUSH(c->arena, list->at, list->len, list->cap) = f;
}

void found_add(Ctx *c, FoundGroup *g, FoundLine line) {
	*ARENA_PUSH(c->arena, g->lines.at, g->lines.len, g->lines.cap) = line;
}

void address_add(Ctx *c, SiteAddresses *list, SiteAddress a) {
	*ARENA_PUSH(c->arena, list->at, list->len, list->cap) = a;
}

void event_add(Ctx *c, SiteEvents *list, SiteEvent e) {
	*ARENA_PUSH(c->arena, list->at, list->len, list->cap) = e;
}

FoundGroup *found_group(Ctx *c, FoundGroups *list, Str title) {
	FoundGroup *g = ARENA_PUSH(c->arena, list->at, list->len, list->cap);
	*g = (FoundGroup){.title = title};
	return g;
}

Err all_events(Ctx *c, Instant from, Instant to, SiteEvents *ret) {
	*ret = (SiteEvents){0};
	for (size_t i = 0; i < web_options()->module_count; i++) {
		const Module *m = web_options()->modules[i];
		if (m->events)
			TRY(m->events(c, from, to, ret));
	}
	return OK;
}

/* ---- order ---- */

/* Equal ones stay as they came: modules add them in their own order. */
static void sort(FrontLines *list, bool (*before)(const FrontLine *x, const FrontLine *y)) {
	for (size_t i = 1; i < list->len; i++) {
		FrontLine line = list->at[i];
		size_t    k = i;
		for (; k > 0 && before(&line, &list->at[k - 1]); k--)
			list->at[k] = list->at[k - 1];
		list->at[k] = line;
	}
}

static bool ends_sooner(const FrontLine *x, const FrontLine *y) {
	if (x->urgent != y->urgent)
		return x->urgent;
	return x->at.ms && (!y->at.ms || x->at.ms < y->at.ms);
}

static bool is_newer(const FrontLine *x, const FrontLine *y) {
	return x->at.ms > y->at.ms;
}

void front_sort_happening(FrontLines *list) {
	sort(list, ends_sooner);
}

void front_sort_latest(FrontLines *list) {
	sort(list, is_newer);
}

/* ---- from the index ---- */

Err found_by_index(Ctx *c, FoundGroups *list, const char *title, const char *kind, Str query, i64 limit, Err (*describe)(Ctx *c, Id id, FoundLine *line)) {
	SearchHits  hits;
	FoundGroup *g = found_group(c, list, str_c(title));
	TRY(search_find(c, kind, query, true, 0, &hits));
	g->at_least = hits.more;
	for (size_t i = 0; i < hits.len; i++) {
		FoundLine line = {.title = hits.at[i].title};
		size_t    said = c->problems.len;
		g->total++;
		if ((i64)g->lines.len >= limit)
			continue;
		Err e = describe(c, hits.at[i].object_id, &line);
		if (e == OK)
			found_add(c, g, line);
		else if (e != ERR_NOT_FOUND && e != ERR_GONE)
			return e;
		else
			g->total--;
		c->problems.len = said;
	}
	return OK;
}
