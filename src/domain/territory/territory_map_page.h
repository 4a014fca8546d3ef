/* territory_map_page.h: boundaries of units as shapes for a map (html/geo.h). */
#pragma once
#include "domain/territory/territory.h"
#include "html/geo.h"

enum { TERRITORY_MAP_WIDTH = 720 };           /* unless the place on the page is smaller */

typedef struct TerritoryShapes {
	GeoFrame  frame;
	GeoShape *at;                            /* one per unit; NULL when a boundary is missing: a map with a hole would mislead */
} TerritoryShapes;
/* All units in the `finest` layer where each of them has it, else all in the overview: edges of two layers don't meet. `width` of the map. */
MUST_USE Err territory_shapes(Ctx *c, const Units *units, BoundaryLayer finest, int width, TerritoryShapes *ret);
/* Drops the maps that are kept for a store. */
void         territory_shapes_forget(Db *db);
