#include "html/map.h"

#include "base/data_file.h"
#include "base/json.h"
#include "html/geo.h"
#include "tests/unit/golden.h"

static Str drawn(const Map *m) {
	Out out = {0};
	view_map(&out, m);
	view_map_legend(&out, m);
	Str s = buf_take(&out, t_arena);
	buf_free(&out);
	return s;
}

static GeoPoint at(double lon, double lat) {
	return (GeoPoint){(i32)(lon * 1e7), (i32)(lat * 1e7)};
}

TEST("map: areas are links with their value, names and numbers stand on them, the legend has the bounds") {
	MapArea areas[] = {
		{.id = S("liberec"), .label = S("Liberec"), .href = S("/katalog?orp=liberec"), .value_text = S("23 služeb"), .value = 23,
		 .path_data = S("M4 4h20v20h-20z"), .label_x = 14, .label_y = 14, .current = true},
		{.id = S("jablonec"), .label = S("Jablonec nad Nisou"), .short_label = S("Jablonec\nn. N."), .href = S("/katalog?orp=jablonec&\"x"),
		 .value_text = S("12 služeb"), .value = 12, .path_data = S("M24 4h20v20h-20z"), .label_x = 34, .label_y = 14},
		{.id = S("brod"), .label = S("Železný Brod"), .href = S("javascript:x"), .value_text = S("1 služba"), .value = 1,
		 .path_data = S("M4 24h20v20h-20z"), .label_x = 14, .label_y = 34},
		{.id = S("as"), .label = S("Aš <&>"), .value_text = S("bez údaje"), .value = BLANK, .path_data = S("M24 24h20v20h-20z"), .label_x = 34, .label_y = 34},
	};
	Map m = {.id = S("mapa"), .title = S("Počet služeb"), .desc = S("Nejvíce má Liberec."), .width = 720, .height = 490, .areas = areas, .count = 4,
	         .labels = true};
	map_choose_bounds(&m);
	Str s = drawn(&m);
	GOLDEN("map.html", s);
	EXPECT(str_has(s, S("<a href=\"/katalog?orp=liberec\" aria-label=\"Liberec: 23 služeb\" aria-current=\"true\">")));
	EXPECT(str_has(s, S("<a href=\"#\" aria-label=\"Železný Brod")));
	EXPECT(str_has(s, S("<g role=\"img\" aria-label=\"Aš &lt;&amp;&gt;: bez údaje\"><path id=\"mapa-as\" class=\"blank\" fill=\"none\"")));
	EXPECT(str_has(s, S(">bez údaje</li>")));
}

TEST("map: bounds rise and every class that has one holds an area") {
	MapArea areas[50] = {0};
	for (size_t seed = 1; seed < 200; seed++) {
		Map m = {.areas = areas, .count = 1 + seed % 50};
		for (size_t i = 0; i < m.count; i++)
			areas[i].value = (i64)(i * seed * 7919 % (1 + seed % 23));
		map_choose_bounds(&m);
		EXPECT(m.bound_count < MAP_CLASSES);
		for (size_t class = 1; class <= m.bound_count + 1; class++) {
			size_t n = 0;
			for (size_t i = 0; i < m.count; i++)
				n += map_class(&m, areas[i].value) == (int)class;
			EXPECT(n > 0);
		}
		for (size_t i = 1; i < m.bound_count; i++)
			EXPECT(m.bounds[i] > m.bounds[i - 1]);
	}
	EQ_INT(map_class(&(Map){0}, BLANK), 0);
}

TEST("geo: degrees are read as they stand in files") {
	i32 n;
	EXPECT(geo_degrees(S("14.61892"), &n));
	EQ_INT(n, 146189200);
	EXPECT(geo_degrees(S("-0.5"), &n));
	EQ_INT(n, -5000000);
	EXPECT(geo_degrees(S("50"), &n));
	EQ_INT(n, 500000000);
	EXPECT(geo_degrees(S("14.123456789"), &n));
	EQ_INT(n, 141234567);
	EXPECT(!geo_degrees(S(""), &n) && !geo_degrees(S("x"), &n) && !geo_degrees(S("1.x"), &n) && !geo_degrees(S("181"), &n) &&
	       !geo_degrees(S("1e5"), &n) && !geo_degrees(S("-"), &n) && !geo_degrees(S("1.12345678x"), &n) && !geo_degrees(S("9999"), &n));
}

TEST("geo: a rectangle becomes four snapped corners with a point in its middle") {
	GeoPoint points[] = {at(14, 51), at(15, 51), at(15, 50.5), at(14, 50.5), at(14, 51)};
	GeoRing ring = {points, LEN(points)};
	GeoFrame f = geo_frame(&ring, 1, 720, 2);
	EQ_INT(f.width, 720);
	EQ_INT(f.height % 2, 0);
	GeoShape s = geo_shape(t_arena, &f, &ring, 1);
	EQ_TEXT(s.path, "M4 4h712v562h-712z");
	EXPECT(s.x > 280 && s.x < 440 && s.y > 280 && s.y < 290);
}

TEST("geo: neighbours share their border, holes and islands are kept") {
	GeoPoint west[] = {at(14, 51), at(14.5001, 51), at(14.52, 50.7), at(14.5, 50.5), at(14, 50.5)};
	GeoPoint east[] = {at(14.5001, 51), at(15, 51), at(15, 50.5), at(14.5, 50.5), at(14.52, 50.7)};
	GeoPoint hole[] = {at(14.1, 50.9), at(14.1, 50.6), at(14.3, 50.6), at(14.3, 50.9)};
	GeoRing rings[] = {{west, 5}, {east, 5}, {hole, 4}};
	GeoFrame f = geo_frame(rings, 3, 720, 2);
	GeoShape w = geo_shape(t_arena, &f, (GeoRing[]){rings[0], rings[2]}, 2);
	GeoShape e = geo_shape(t_arena, &f, &rings[1], 1);
	EQ_TEXT(w.path, "M4 4h356l14 338-14 224h-356zM76 116v338h142v-338z");
	EQ_TEXT(e.path, "M360 4h356v562h-356l14-224z");
	EXPECT(w.x < 76 || w.x > 218 || w.y < 116 || w.y > 454);
}

TEST("geo: an area too small for the map is still there") {
	GeoPoint all[] = {at(14, 51), at(15, 51), at(15, 50.5)};
	GeoPoint tiny[] = {at(14.5, 50.7), at(14.50001, 50.7), at(14.50001, 50.70001)};
	GeoRing rings[] = {{all, 3}, {tiny, 3}};
	GeoFrame f = geo_frame(rings, 2, 720, 2);
	EQ_TEXT(geo_shape(t_arena, &f, &rings[1], 1).path, "M360 342h2v2h-2z");
	EQ_INT(geo_shape(t_arena, &f, NULL, 0).path.len, 0);
}

/* ---- the real region ---- */

typedef struct Region {
	MapArea  areas[300];
	GeoRing  rings[2000];
	size_t   first[301];                     /* ring of each area */
	size_t   count, ring_count;
} Region;

static void read_ring(JsonReader *r, Region *g) {
	GeoPoint *points = NULL;
	size_t len = 0, cap = 0;
	while (json_next(r) == JSON_ARRAY) {
		GeoPoint p;
		EXPECT(json_next(r) == JSON_NUMBER && geo_degrees(json_text(r), &p.lon));
		EXPECT(json_next(r) == JSON_NUMBER && geo_degrees(json_text(r), &p.lat));
		EXPECT(json_next(r) == JSON_ARRAY_END);
		*ARENA_PUSH(t_arena, points, len, cap) = p;
	}
	EXPECT(g->ring_count < LEN(g->rings));
	g->rings[g->ring_count++] = (GeoRing){points, len};
}

/* Coordinates of a Polygon or MultiPolygon: rings are the arrays whose first item is an array of numbers. */
static void read_coordinates(JsonReader *r, Region *g, bool multi) {
	EXPECT(json_next(r) == JSON_ARRAY);
	for (JsonEvent e = json_next(r); e == JSON_ARRAY; e = json_next(r)) {
		if (!multi) {
			read_ring(r, g);
			continue;
		}
		while (json_next(r) == JSON_ARRAY)
			read_ring(r, g);
	}
}

static Region *read_region(const char *file) {
	Region *g = arena_alloc(t_arena, sizeof *g);
	Str text = data_file(t_arena, file);
	EXPECT(text.len > 0);
	JsonReader *r = json_open_str(t_arena, text);
	bool multi = false;
	for (JsonEvent e = json_next(r); e != JSON_END; e = json_next(r)) {
		EXPECT(e != JSON_ERROR);
		if (e != JSON_KEY)
			continue;
		if (str_eq(json_text(r), S("geometry")))
			g->first[g->count++] = g->ring_count;
		if (str_eq(json_text(r), S("type")) && json_next(r) == JSON_STRING)
			multi = str_eq(json_text(r), S("MultiPolygon"));
		else if (str_eq(json_text(r), S("coordinates")))
			read_coordinates(r, g, multi);
	}
	g->first[g->count] = g->ring_count;
	return g;
}

static size_t path_bytes(Region *g, GeoFrame *frame) {
	*frame = geo_frame(g->rings, g->ring_count, 720, 2);
	size_t bytes = 0;
	for (size_t i = 0; i < g->count; i++) {
		GeoShape s = geo_shape(t_arena, frame, g->rings + g->first[i], g->first[i + 1] - g->first[i]);
		EXPECT(s.path.len > 10 && s.x > 0 && s.x < 720 && s.y > 0 && s.y < frame->height);
		g->areas[i] = (MapArea){.id = str_format(t_arena, "%zu", i), .label = S("Území"), .href = S("/uzemi"), .value = (i64)i, .path_data = s.path,
		                        .label_x = s.x, .label_y = s.y};
		bytes += s.path.len;
	}
	return bytes;
}

TEST("geo: the map of ten districts takes about 6 kB, that of all municipalities less than 60 kB") {
	GeoFrame f;
	Region *orp = read_region("geo/orp_lbk.geojson");
	EQ_INT(orp->count, 10);
	size_t bytes = path_bytes(orp, &f);
	EXPECT(bytes > 3000 && bytes < 9000);
	Map m = {.id = S("orp"), .title = S("Území"), .desc = S("Deset území."), .width = f.width, .height = f.height, .areas = orp->areas, .count = 10, .labels = true};
	map_choose_bounds(&m);
	GOLDEN("map_orp.html", drawn(&m));

	Region *towns = read_region("geo/obce_lbk.geojson");
	EQ_INT(towns->count, 215);
	path_bytes(towns, &f);
	Map all = {.id = S("obce"), .title = S("Obce"), .desc = S("Obce."), .width = f.width, .height = f.height, .areas = towns->areas, .count = 215};
	map_choose_bounds(&all);
	bytes = drawn(&all).len;
	EXPECT(bytes > 20000 && bytes < 60000);
}

TEST("data file: what is not there is empty") {
	EQ_INT(data_file(t_arena, "geo/nowhere.csv").len, 0);
	EQ_INT(data_file(t_arena, "README.md").len, 0);
	EXPECT(str_has(data_file(t_arena, "territory/orp.csv"), S("Liberec")));
}
