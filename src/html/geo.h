/* geo.h: boundaries on the globe to shapes for map.h: once, at the start of the program or of an import.
 *
 * Whole numbers only, so that two machines draw the same map and neighbours that share a border on the globe share it on the map. */
#pragma once
#include "base/str.h"

/* WGS84 in ten-millionths of a degree. */
typedef struct GeoPoint { i32 lon, lat; } GeoPoint;

/* An outline or a hole; the last point may repeat the first. */
typedef struct GeoRing {
	const GeoPoint *at;
	size_t          len;
} GeoRing;

/* How the globe is laid on the paper: the same frame for all areas of one map. */
typedef struct GeoFrame {
	i32 west, north;
	i64 span;                                /* from west to east */
	int width, height;                       /* of the map, edge included */
	int snap;                                /* coordinates are multiples of it */
} GeoFrame;

typedef struct GeoShape {
	Str path;                                /* "M64 224l-6-2-2 2v4z" */
	int x, y;                                /* far inside: where a label can stand */
} GeoShape;

/* "14.61892" as it stands in files; false when it is no number of degrees. */
bool     geo_degrees(Str text, i32 *ret);
/* A frame around all the rings; `width` 720 and `snap` 2 is what UX § 9 wants. */
GeoFrame geo_frame(const GeoRing *rings, size_t count, int width, int snap);
/* The rings of one area, outlines and holes in any order. */
GeoShape geo_shape(Arena *a, const GeoFrame *f, const GeoRing *rings, size_t count);
