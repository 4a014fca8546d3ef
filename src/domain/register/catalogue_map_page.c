/* catalogue_map_page.c: how many found services each district of the region has, as a map and as a table. The shapes are made once per
 * index. */
#include "domain/register/catalogue_parts_page.h"

#include "html/geo.h"

enum { MAP_WIDTH = 720, MAP_SNAP = 2 };

typedef struct Outline { GeoRing *at; size_t len, cap; } Outline;
typedef struct Drawing {
	size_t    count;                         /* of districts, the first ones of the facet */
	GeoShape *shapes;
	int       width, height;
} Drawing;

/* ---- shapes ---- */

/* "lon lat,lon lat;…" in millionths of a degree; the map wants ten-millionths. */
static bool read_ring(Arena *a, Str text, GeoRing *ret) {
	GeoPoint *points = NULL;
	size_t    len = 0, cap = 0;
	while (text.len) {
		Str lat = str_cut(&text, ','), lon = str_cut(&lat, ' ');
		i64 x, y;
		if (!str_to_int(lon, &x) || !str_to_int(lat, &y) || x < -180000000 || x > 180000000 || y < -90000000 || y > 90000000)
			return false;
		*ARENA_PUSH(a, points, len, cap) = (GeoPoint){(i32)(x * 10), (i32)(y * 10)};
	}
	*ret = (GeoRing){points, len};
	return len >= 3;
}

static bool read_outline(Arena *a, Str text, Outline *ret) {
	while (text.len)
		if (!read_ring(a, str_cut(&text, ';'), ARENA_PUSH(a, ret->at, ret->len, ret->cap)))
			return false;
	return ret->len > 0;
}

Err catalogue_draw(Ctx *c, Arena *a, const Catalogue *k, void **ret) {
	const CatalogueValues *districts = &k->facets[CAT_DISTRICT];
	*ret = NULL;
	if (k->region.len == 0 || districts->len < 2)
		return OK;
	size_t   count = districts->len - 1;         /* the last one is what lies elsewhere */
	Outline *outlines = NEW_ARRAY(c->arena, Outline, count), all = {0};
	for (size_t i = 0; i < count; i++) {
		Str text;
		TRY(territory_boundary(c, districts->at[i].id, BOUNDARY_OVERVIEW, &text));
		if (!read_outline(c->arena, text, &outlines[i]))
			return OK;                           /* a map with a hole would mislead: there is none */
		for (size_t r = 0; r < outlines[i].len; r++)
			*ARENA_PUSH(c->arena, all.at, all.len, all.cap) = outlines[i].at[r];
	}
	GeoFrame frame = geo_frame(all.at, all.len, MAP_WIDTH, MAP_SNAP);
	Drawing *d = NEW(a, Drawing, .count = count, .shapes = NEW_ARRAY(a, GeoShape, count), .width = frame.width, .height = frame.height);
	for (size_t i = 0; i < count; i++)
		d->shapes[i] = geo_shape(a, &frame, outlines[i].at, outlines[i].len);
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
