/* territory_map_page.c: boundaries to shapes; the last few maps are kept in memory under the data version. */
#include "domain/territory/territory_map_page.h"

#include <pthread.h>

#include "base/lock.h"
#include "core/data_version.h"

enum { MAP_SNAP = 2, KEPT = 16 };

typedef struct Outline { GeoRing *at; size_t len, cap; } Outline;

typedef struct Kept {
	const Db       *db;
	i64             version;
	u64             units;                   /* hash of their ids */
	size_t          count;
	BoundaryLayer   finest;
	int             width;
	Arena           arena;
	TerritoryShapes shapes;
} Kept;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static Kept            kept[KEPT];
static size_t          next_kept;

/* "lon lat,lon lat" in millionths of a degree; a map wants ten-millionths. */
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
	*ret = (Outline){0};
	while (text.len)
		if (!read_ring(a, str_cut(&text, ';'), ARENA_PUSH(a, ret->at, ret->len, ret->cap)))
			return false;
	return ret->len > 0;
}

static Err read_layer(Ctx *c, const Units *units, BoundaryLayer layer, Outline *outlines, bool *whole) {
	*whole = true;
	for (size_t i = 0; i < units->len && *whole; i++) {
		Str text;
		TRY(territory_boundary(c, units->at[i]->id, layer, &text));
		*whole = read_outline(c->arena, text, &outlines[i]);
	}
	return OK;
}

static Err draw(Ctx *c, const Units *units, const Kept *key, TerritoryShapes *ret) {
	Outline *outlines = NEW_ARRAY(c->arena, Outline, units->len + 1), all = {0};
	bool     whole;
	TRY(read_layer(c, units, key->finest, outlines, &whole));
	if (!whole && key->finest != BOUNDARY_OVERVIEW)
		TRY(read_layer(c, units, BOUNDARY_OVERVIEW, outlines, &whole));
	if (!whole)
		return OK;
	for (size_t i = 0; i < units->len; i++)
		for (size_t r = 0; r < outlines[i].len; r++)
			*ARENA_PUSH(c->arena, all.at, all.len, all.cap) = outlines[i].at[r];
	ret->frame = geo_frame(all.at, all.len, key->width, MAP_SNAP);
	ret->at = NEW_ARRAY(c->arena, GeoShape, units->len);
	for (size_t i = 0; i < units->len; i++)
		ret->at[i] = geo_shape(c->arena, &ret->frame, outlines[i].at, outlines[i].len);
	return OK;
}

/* ---- what was drawn before ---- */

static TerritoryShapes copied(Arena *a, const TerritoryShapes *from, size_t count) {
	TerritoryShapes to = {.frame = from->frame};
	if (!from->at)
		return to;
	to.at = arena_copy(a, from->at, size_mul(count, sizeof *to.at));
	for (size_t i = 0; i < count; i++)
		to.at[i].path = str_dup(a, to.at[i].path);
	return to;
}

static bool recall(Ctx *c, const Kept *key, TerritoryShapes *ret) {
	LOCKED(&lock);
	for (size_t i = 0; i < KEPT; i++) {
		const Kept *k = &kept[i];
		bool found = k->db == key->db && k->version == key->version && k->units == key->units && k->count == key->count &&
		        k->finest == key->finest && k->width == key->width;
		if (found) {
			*ret = copied(c->arena, &k->shapes, k->count);
			return true;
		}
	}
	return false;
}

static void keep(const Kept *key, const TerritoryShapes *shapes) {
	LOCKED(&lock);
	Kept *k = &kept[next_kept++ % KEPT];
	arena_free(&k->arena);
	*k = (Kept){0};                          /* nobody's until it is whole */
	TerritoryShapes whole = copied(&k->arena, shapes, key->count);
	Arena           own = k->arena;
	*k = *key;
	k->arena = own;
	k->shapes = whole;
}

void territory_shapes_forget(Db *db) {
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < KEPT; i++)
		if (kept[i].db == db) {
			arena_free(&kept[i].arena);
			kept[i] = (Kept){0};
		}
	pthread_mutex_unlock(&lock);
}

Err territory_shapes(Ctx *c, const Units *units, BoundaryLayer finest, int width, TerritoryShapes *ret) {
	Kept key = {.db = c->db, .count = units->len, .finest = finest, .width = width};
	*ret = (TerritoryShapes){0};
	if (units->len == 0)
		return OK;
	TRY(data_version(c, &key.version));
	for (size_t i = 0; i < units->len; i++)
		key.units = key.units * 0x9e3779b97f4a7c15U + (u64)units->at[i]->id;
	if (c->tx_depth == 0 && recall(c, &key, ret))
		return OK;
	TRY(draw(c, units, &key, ret));
	if (c->tx_depth == 0)
		keep(&key, ret);
	return OK;
}
