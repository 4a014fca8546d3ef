/* catalogue_map_page.c: how many found services each district of the region has, as a map and as a table. The shapes are made once per
 * index. */
#include "domain/register/catalogue_parts_page.h"

#include "domain/territory/territory_map_page.h"

typedef struct Drawing {
	size_t    count;                         /* of districts, the first ones of the facet */
	GeoShape *shapes;
	int       width, height;
} Drawing;

Err catalogue_draw(Ctx *c, Arena *a, const Catalogue *k, void **ret) {
	const CatalogueValues *districts = &k->facets[CAT_DISTRICT];
	Units                  units = {0};
	TerritoryShapes        shapes;
	*ret = NULL;
	if (k->region.len == 0 || districts->len < 2)
		return OK;
	for (size_t i = 0; i + 1 < districts->len; i++) {        /* the last one is what lies elsewhere */
		const Unit *unit = territory_by_id(c, districts->at[i].id);
		CHECK(unit != NULL);
		*ARENA_PUSH(c->arena, units.at, units.len, units.cap) = unit;
	}
	TRY(territory_shapes(c, &units, BOUNDARY_OVERVIEW, TERRITORY_MAP_WIDTH, &shapes));
	if (!shapes.at)
		return OK;
	Drawing *d = NEW(a, Drawing, .count = units.len, .shapes = NEW_ARRAY(a, GeoShape, units.len), .width = shapes.frame.width, .height = shapes.frame.height);
	for (size_t i = 0; i < units.len; i++)
		d->shapes[i] = (GeoShape){.path = str_dup(a, shapes.at[i].path), .x = shapes.at[i].x, .y = shapes.at[i].y};
	*ret = d;
	return OK;
}

/* ---- the figure ---- */

static Str services(Arena *a, i64 n) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, n, "služba", "služby", "služeb");
	return buf_take(&b, a);
}

static Str message(Arena *a, const CatalogueValues *districts, const u32 *counts, size_t n) {
	size_t most = 0, least = 0;
	for (size_t i = 1; i < n; i++) {
		most = counts[i] > counts[most] ? i : most;
		least = counts[i] < counts[least] ? i : least;
	}
	return str_format(a, "Nejvíce služeb má území %.*s (%u), nejméně %.*s (%u). Stejné údaje jsou v tabulce vedle mapy.",
	                  STR_ARG(districts->at[most].name), counts[most], STR_ARG(districts->at[least].name), counts[least]);
}

CatalogueMapView *catalogue_map_view(Req *r, const Catalogue *k, const u32 *counts, const CatalogueChoice *chosen) {
	Arena                 *a = r->c->arena;
	const Drawing         *d = k->drawing;
	const CatalogueValues *districts = &k->facets[CAT_DISTRICT];
	CatalogueMapView      *v = NEW(a, CatalogueMapView, .is_drawn = d != NULL, .title = S("Služby podle území"),
	                               .hint = S("Kliknutím na území výběr zúžíte."));
	MapArea *areas = NEW_ARRAY(a, MapArea, districts->len + 1);
	for (size_t i = 0; i < districts->len; i++) {
		const CatalogueValue *district = &districts->at[i];
		bool is_chosen = false;
		for (size_t n = 0; n < chosen->len; n++)
			is_chosen |= chosen->at[n] == i;
		if (counts[i] == 0 && (!d || i >= d->count))
			continue;
		Str href = url_with(r, "orp", district->code);
		*ARENA_PUSH(a, v->rows.at, v->rows.len, v->rows.cap) = (CatalogueMapRow){.label = district->name, .href = href, .count = counts[i]};
		v->most = counts[i] > v->most ? counts[i] : v->most;
		if (d && i < d->count)
			areas[i] = (MapArea){.id = district->code, .label = district->name, .href = href, .value_text = services(a, counts[i]), .value = counts[i],
			                     .path_data = d->shapes[i].path, .label_x = d->shapes[i].x, .label_y = d->shapes[i].y, .current = is_chosen};
	}
	if (d) {
		v->map = (Map){.id = S("mapa"), .title = S("Počet nalezených služeb podle území"), .desc = message(a, districts, counts, d->count),
		               .width = d->width, .height = d->height, .areas = areas, .count = d->count, .labels = true};
		map_choose_bounds(&v->map);
	}
	return v->rows.len ? v : NULL;
}
