/* import_geo.c: boundaries from GeoJSON and TopoJSON. Coordinates stay whole numbers: millionths of a degree. */
#include "base/buf.h"
#include "base/json.h"
#include "domain/territory/import.h"

__extension__ typedef __int128 Wide;

enum { FINE = 15 };                              /* decimal places of a degree while it is computed with */

/* A file of boundaries is small: it is read as a tree. */
typedef struct Node {
	JsonEvent    kind;
	Str          key, text;
	struct Node *first, *next;
	size_t       count;
} Node;

typedef struct Point { i64 x, y; } Point;
typedef struct Ring { Point *at; size_t len, cap; } Ring;
typedef struct Rings { Ring *at; size_t len, cap; } Rings;

typedef struct Geo {
	Plan *p;
	Str   file;
	bool  is_topology;
	Wide  scale[2], translate[2];
	Rings arcs;                              /* of a topology, in millionths of a degree */
} Geo;

/* ---- the tree ---- */

static Node *read_node(Arena *a, JsonReader *json, JsonEvent e, Str key) {
	if (e == JSON_ERROR)
		return NULL;
	Node *n = NEW(a, Node, .kind = e, .key = key);
	if (e == JSON_STRING || e == JSON_NUMBER)
		n->text = str_dup(a, json_text(json));
	if (e != JSON_OBJECT && e != JSON_ARRAY)
		return n;
	Node **last = &n->first;
	while ((e = json_next(json)) != JSON_OBJECT_END && e != JSON_ARRAY_END) {
		Str name = e == JSON_KEY ? str_dup(a, json_text(json)) : (Str){0};
		*last = read_node(a, json, e == JSON_KEY ? json_next(json) : e, name);
		if (!*last)
			return NULL;
		last = &(*last)->next;
		n->count++;
	}
	return n;
}

static const Node *member(const Node *n, const char *key) {
	for (const Node *m = n && n->kind == JSON_OBJECT ? n->first : NULL; m; m = m->next)
		if (str_eq(m->key, str_c(key)))
			return m;
	return NULL;
}

static Str text_of(const Node *n, const char *key) {
	const Node *m = member(n, key);
	return m ? m->text : (Str){0};
}

static void wrong(Geo *g, Str what, const char *why) {
	plan_wrong(g->p, str_format(g->p->c->arena, "%.*s, území „%.*s“", STR_ARG(g->file), STR_ARG(utf8_first(what, 60))), "%s", why);
}

/* ---- numbers ---- */

/* "14.61892" with `places` digits behind the dot; an exponent is not understood. */
static bool decimal(Str text, int places, Wide *ret) {
	bool minus = str_starts(text, S("-"));
	Str  fraction = str_from(text, minus), whole = str_cut(&fraction, '.');
	Wide n = 0;
	if (!whole.len || whole.len > 6)
		return false;
	for (size_t i = 0; i < whole.len + (size_t)places; i++) {
		size_t behind = i - whole.len;
		char   ch = i < whole.len ? whole.ptr[i] : behind < fraction.len ? fraction.ptr[behind] : '0';
		if (ch < '0' || ch > '9')
			return false;
		n = n * 10 + (ch - '0');
	}
	*ret = minus ? -n : n;
	return true;
}

static i64 millionths(Wide n) {
	Wide unit = 1;
	for (int i = 6; i < FINE; i++)
		unit *= 10;
	return (i64)((n >= 0 ? n + unit / 2 : n - unit / 2) / unit);
}

static bool is_on_earth(Point p) {
	return p.x >= -180000000 && p.x <= 180000000 && p.y >= -90000000 && p.y <= 90000000;
}

static bool read_pair(const Node *n, int places, Wide to[2]) {
	return n && n->kind == JSON_ARRAY && n->count >= 2 && n->first->kind == JSON_NUMBER && n->first->next->kind == JSON_NUMBER &&
	       decimal(n->first->text, places, &to[0]) && decimal(n->first->next->text, places, &to[1]);
}

/* ---- rings ---- */

static bool read_ring(Geo *g, const Node *points, Ring *ret) {
	*ret = (Ring){0};
	for (const Node *n = points->first; n; n = n->next) {
		Wide at[2];
		if (!read_pair(n, FINE, at))
			return false;
		Point p = {millionths(at[0]), millionths(at[1])};
		if (!is_on_earth(p))
			return false;
		*ARENA_PUSH(g->p->c->arena, ret->at, ret->len, ret->cap) = p;
	}
	return ret->len >= 4;
}

/* Steps on a grid, each from the point before. */
static bool read_arc(Geo *g, const Node *steps, Ring *ret) {
	Wide x = 0, y = 0;
	*ret = (Ring){0};
	for (const Node *n = steps->first; n; n = n->next) {
		Wide step[2];
		if (!read_pair(n, 0, step))
			return false;
		x += step[0];
		y += step[1];
		Point p = {millionths(g->translate[0] + x * g->scale[0]), millionths(g->translate[1] + y * g->scale[1])};
		if (x < -1000000 || x > 1000000 || y < -1000000 || y > 1000000 || !is_on_earth(p))
			return false;
		*ARENA_PUSH(g->p->c->arena, ret->at, ret->len, ret->cap) = p;
	}
	return ret->len >= 2;
}

/* A ring of arcs; ~n is arc n backwards. Arcs share their ends. */
static bool join_arcs(Geo *g, const Node *list, Ring *ret) {
	*ret = (Ring){0};
	for (const Node *n = list->first; n; n = n->next) {
		i64 which;
		if (n->kind != JSON_NUMBER || !str_to_int(n->text, &which))
			return false;
		bool backwards = which < 0;
		size_t arc = (size_t)(backwards ? ~which : which);
		if (arc >= g->arcs.len)
			return false;
		const Ring *from = &g->arcs.at[arc];
		for (size_t i = ret->len ? 1 : 0; i < from->len; i++)
			*ARENA_PUSH(g->p->c->arena, ret->at, ret->len, ret->cap) = from->at[backwards ? from->len - 1 - i : i];
	}
	return ret->len >= 4;
}

static bool read_polygon(Geo *g, const Node *rings, Rings *to) {
	if (!rings || rings->kind != JSON_ARRAY || rings->count == 0)
		return false;
	for (const Node *n = rings->first; n; n = n->next) {
		Ring ring;
		if (n->kind != JSON_ARRAY || !(g->is_topology ? join_arcs(g, n, &ring) : read_ring(g, n, &ring)))
			return false;
		*ARENA_PUSH(g->p->c->arena, to->at, to->len, to->cap) = ring;
	}
	return true;
}

static bool read_geometry(Geo *g, const Node *geometry, Rings *to) {
	const Node *inside = member(geometry, g->is_topology ? "arcs" : "coordinates");
	if (str_eq(text_of(geometry, "type"), S("Polygon")))
		return read_polygon(g, inside, to);
	if (!str_eq(text_of(geometry, "type"), S("MultiPolygon")) || !inside || inside->kind != JSON_ARRAY || !inside->count)
		return false;
	for (const Node *n = inside->first; n; n = n->next)
		if (!read_polygon(g, n, to))
			return false;
	return true;
}

static Str write_rings(Arena *a, const Rings *rings) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t r = 0; r < rings->len; r++)
		for (size_t i = 0; i < rings->at[r].len; i++) {
			if (r || i)
				buf_char(&b, i ? ',' : ';');
			buf_int(&b, rings->at[r].at[i].x);
			buf_char(&b, ' ');
			buf_int(&b, rings->at[r].at[i].y);
		}
	return buf_take(&b, a);
}

/* ---- units ---- */

/* Whose boundary it is, by the most exact code among its properties. */
static u32 unit_of(Geo *g, const Node *properties, bool *is_ours) {
	static const struct { const char *key; int rank; } keys[] = {
		{"kod_obce", RANK_MUNICIPALITY}, {"kod_orp_ruian", RANK_DISTRICT}, {"kod_okresu_ruian", RANK_COUNTY}, {"kod_kraje_ruian", RANK_REGION},
	};
	Str region = text_of(properties, "kod_kraje_ruian");
	*is_ours = !region.len || plan_wants(g->p, region);
	for (size_t i = 0; i < LEN(keys); i++) {
		Str code = text_of(properties, keys[i].key);
		if (code.len)
			return plan_find(g->p, keys[i].rank, code);
	}
	return NO_UNIT;
}

static void read_feature(Geo *g, const Node *properties, const Node *geometry) {
	bool  is_ours;
	Rings rings = {0};
	Str   name = text_of(properties, "nazev");
	u32   unit = unit_of(g, properties, &is_ours);
	if (!is_ours) {
		g->p->skipped++;
		return;
	}
	if (unit == NO_UNIT)
		wrong(g, name, "Území hranice není v evidenci ani v načítaných souborech. Doplňte vlastnost kod_obce, kod_orp_ruian nebo kod_kraje_ruian "
		               "s kódem RÚIAN, nebo načtěte zároveň seznam území.");
	else if (!read_geometry(g, geometry, &rings))
		wrong(g, name, "Hranice není uzavřený mnohoúhelník v souřadnicích WGS84. Uložte ji jako Polygon nebo MultiPolygon.");
	else
		*ARENA_PUSH(g->p->c->arena, g->p->shapes, g->p->shape_len, g->p->shape_cap) =
			(PlanShape){unit, g->is_topology ? BOUNDARY_OVERVIEW : BOUNDARY_DETAIL, write_rings(g->p->c->arena, &rings), g->file};
}

static bool read_topology(Geo *g, const Node *root) {
	const Node *transform = member(root, "transform"), *arcs = member(root, "arcs"), *objects = member(root, "objects");
	if (!read_pair(member(transform, "scale"), FINE, g->scale) || !read_pair(member(transform, "translate"), FINE, g->translate) || !arcs || !objects)
		return false;
	for (const Node *n = arcs->first; n; n = n->next)
		if (n->kind != JSON_ARRAY || !read_arc(g, n, ARENA_PUSH(g->p->c->arena, g->arcs.at, g->arcs.len, g->arcs.cap)))
			return false;
	for (const Node *o = objects->first; o; o = o->next) {
		const Node *list = member(o, "geometries");
		for (const Node *n = list ? list->first : NULL; n; n = n->next)
			read_feature(g, member(n, "properties"), n);
	}
	return true;
}

void import_geo_read(Plan *p, const ImportFile *f) {
	Geo         g = {.p = p, .file = f->name};
	Str         bytes = str_trim(f->bytes);
	JsonReader *json = json_open_str(p->c->arena, bytes);
	Node       *root = read_node(p->c->arena, json, json_next(json), (Str){0});
	if (!root) {
		plan_wrong(p, str_format(p->c->arena, "%.*s, řádek %llu", STR_ARG(f->name), (unsigned long long)json_line(json)), "%.*s",
		           STR_ARG(json_why(json)));
		return;
	}
	const Node *features = member(root, "features");
	g.is_topology = str_eq(text_of(root, "type"), S("Topology"));
	if (g.is_topology ? !read_topology(&g, root) : !features || features->kind != JSON_ARRAY)
		plan_wrong(p, f->name, "Soubor není GeoJSON (FeatureCollection) ani TopoJSON s převodem souřadnic. Uložte hranice v jednom z těchto formátů.");
	for (const Node *n = g.is_topology || !features ? NULL : features->first; n; n = n->next)
		read_feature(&g, member(n, "properties"), member(n, "geometry"));
}
