#include "html/geo.h"

#include "base/buf.h"
#include "base/money.h"

enum { EDGE = 4 };                               /* room for the stroke around the map */

/* cos 50.7°, in millionths: a degree of longitude is that much shorter than one of latitude in our regions */
static const i64 COS = 633381;

typedef struct Dot { int x, y; } Dot;

typedef struct Ring {
	Dot   *at;
	size_t len;
} Ring;

typedef struct Rings {
	Ring  *at;
	size_t len;
} Rings;

bool geo_degrees(Str text, i32 *ret) {
	bool minus = str_starts(text, S("-"));
	Str fraction = str_from(text, minus);
	Str whole = str_cut(&fraction, '.');
	if (whole.len == 0 || whole.len > 3)
		return false;
	i64 n = 0;
	for (size_t i = 0; i < whole.len + 7; i++) {
		size_t behind = i - whole.len;
		char c = i < whole.len ? whole.ptr[i] : behind < fraction.len ? fraction.ptr[behind] : '0';
		if (c < '0' || c > '9')
			return false;
		n = n * 10 + (c - '0');
	}
	for (size_t i = 7; i < fraction.len; i++)
		if (fraction.ptr[i] < '0' || fraction.ptr[i] > '9')
			return false;
	if (n > 1800000000)
		return false;
	*ret = (i32)(minus ? -n : n);
	return true;
}

GeoFrame geo_frame(const GeoRing *rings, size_t count, int width, int snap) {
	i32 west = INT32_MAX, east = INT32_MIN, south = INT32_MAX, north = INT32_MIN;
	for (size_t r = 0; r < count; r++)
		for (size_t i = 0; i < rings[r].len; i++) {
			GeoPoint p = rings[r].at[i];
			west = p.lon < west ? p.lon : west;
			east = p.lon > east ? p.lon : east;
			south = p.lat < south ? p.lat : south;
			north = p.lat > north ? p.lat : north;
		}
	CHECK(west < east && south < north && width > 4 * EDGE && snap > 0);
	GeoFrame f = {.west = west, .north = north, .span = (i64)east - west, .width = width, .snap = snap};
	i64 inner = div_round(((i64)north - south) * (width - 2 * EDGE) * 1000000, f.span * COS);
	f.height = (int)inner + 2 * EDGE + snap;
	f.height -= f.height % snap;
	return f;
}

static Dot place(const GeoFrame *f, GeoPoint p) {
	i64 inner = f->width - 2 * EDGE;
	i64 x = div_round(((i64)p.lon - f->west) * inner, f->span * f->snap);
	i64 y = div_round(((i64)f->north - p.lat) * inner * 1000000, f->span * f->snap * COS);
	return (Dot){EDGE + (int)x * f->snap, EDGE + (int)y * f->snap};
}

/* Does b lie on the way from a to c? Then it need not be written. */
static bool on_the_way(Dot a, Dot b, Dot c) {
	i64 x1 = b.x - a.x, y1 = b.y - a.y, x2 = c.x - b.x, y2 = c.y - b.y;
	return x1 * y2 == y1 * x2 && x1 * x2 + y1 * y2 > 0;
}

static Ring snap_ring(Arena *a, const GeoFrame *f, GeoRing from) {
	Ring r = {NEW_ARRAY(a, Dot, from.len), 0};
	for (size_t i = 0; i < from.len; i++) {
		Dot d = place(f, from.at[i]);
		if (r.len && d.x == r.at[r.len - 1].x && d.y == r.at[r.len - 1].y)
			continue;
		if (r.len >= 2 && on_the_way(r.at[r.len - 2], r.at[r.len - 1], d))
			r.len--;
		r.at[r.len++] = d;
	}
	while (r.len > 1 && r.at[0].x == r.at[r.len - 1].x && r.at[0].y == r.at[r.len - 1].y)
		r.len--;
	return r;
}

static i64 twice_area(Ring r) {
	i64 sum = 0;
	for (size_t i = 0; i < r.len; i++) {
		Dot p = r.at[i], q = r.at[(i + 1) % r.len];
		sum += (i64)p.x * q.y - (i64)q.x * p.y;
	}
	return sum < 0 ? -sum : sum;
}

/* Rings of at least some size; an area too small for the map becomes the smallest square. */
static Rings snap_rings(Arena *a, const GeoFrame *f, const GeoRing *rings, size_t count) {
	Rings all = {NEW_ARRAY(a, Ring, count ? count : 1), 0};
	for (size_t i = 0; i < count; i++) {
		Ring r = snap_ring(a, f, rings[i]);
		if (r.len >= 3 && twice_area(r) > 0)
			all.at[all.len++] = r;
	}
	if (all.len || count == 0 || rings[0].len == 0)
		return all;
	Dot d = place(f, rings[0].at[0]);
	Dot square[] = {d, {d.x + f->snap, d.y}, {d.x + f->snap, d.y + f->snap}, {d.x, d.y + f->snap}};
	all.at[all.len++] = (Ring){arena_copy(a, square, sizeof square), LEN(square)};
	return all;
}

/* ---- path ---- */

static void put_number(Buf *b, int n, bool first) {
	if (!first && n >= 0)
		buf_char(b, ' ');
	buf_int(b, n);
}

static void put_ring(Buf *b, Ring r) {
	buf_char(b, 'M');
	buf_int(b, r.at[0].x);
	put_number(b, r.at[0].y, false);
	char last = 'M';
	for (size_t i = 1; i < r.len; i++) {
		int dx = r.at[i].x - r.at[i - 1].x, dy = r.at[i].y - r.at[i - 1].y;
		char command = dy == 0 ? 'h' : dx == 0 ? 'v' : 'l';
		bool again = command == last;
		if (!again)
			buf_char(b, command);
		if (command != 'v')
			put_number(b, dx, !again);
		if (command != 'h')
			put_number(b, dy, command == 'v' && !again);
		last = command;
	}
	buf_char(b, 'z');
}

/* ---- the point far inside ---- */

static bool is_inside(Rings rings, Dot p) {
	bool inside = false;
	for (size_t r = 0; r < rings.len; r++)
		for (size_t i = 0; i < rings.at[r].len; i++) {
			Dot a = rings.at[r].at[i], b = rings.at[r].at[(i + 1) % rings.at[r].len];
			if ((a.y > p.y) == (b.y > p.y))
				continue;
			i64 cross = (i64)(b.x - a.x) * (p.y - a.y) - (i64)(p.x - a.x) * (b.y - a.y);
			inside ^= (cross > 0) == (b.y > a.y);
		}
	return inside;
}

static i64 distance2_to_line(Dot p, Dot a, Dot b) {
	i64 dx = b.x - a.x, dy = b.y - a.y, px = p.x - a.x, py = p.y - a.y;
	i64 length2 = dx * dx + dy * dy, along = px * dx + py * dy;
	if (along <= 0)
		return px * px + py * py;
	if (along >= length2)
		return (p.x - b.x) * (i64)(p.x - b.x) + (p.y - b.y) * (i64)(p.y - b.y);
	i64 cross = px * dy - py * dx;
	return cross * cross / length2;
}

/* Square of the distance to the nearest border; -1 outside. */
static i64 depth2(Rings rings, Dot p) {
	if (!is_inside(rings, p))
		return -1;
	i64 least = INT64_MAX;
	for (size_t r = 0; r < rings.len; r++)
		for (size_t i = 0; i < rings.at[r].len; i++) {
			i64 d = distance2_to_line(p, rings.at[r].at[i], rings.at[r].at[(i + 1) % rings.at[r].len]);
			least = d < least ? d : least;
		}
	return least;
}

static Dot deepest_near(Rings rings, Dot from, Dot to, int step, Dot best) {
	i64 depth = depth2(rings, best);
	for (int y = from.y; y <= to.y; y += step)
		for (int x = from.x; x <= to.x; x += step) {
			i64 d = depth2(rings, (Dot){x, y});
			if (d > depth) {
				depth = d;
				best = (Dot){x, y};
			}
		}
	return best;
}

static Dot inner_point(Rings rings) {
	Dot low = rings.at[0].at[0], high = low;
	for (size_t r = 0; r < rings.len; r++)
		for (size_t i = 0; i < rings.at[r].len; i++) {
			Dot d = rings.at[r].at[i];
			low = (Dot){d.x < low.x ? d.x : low.x, d.y < low.y ? d.y : low.y};
			high = (Dot){d.x > high.x ? d.x : high.x, d.y > high.y ? d.y : high.y};
		}
	int span = high.x - low.x > high.y - low.y ? high.x - low.x : high.y - low.y;
	int step = span / 24 > 0 ? span / 24 : 1;
	Dot best = deepest_near(rings, low, high, step, rings.at[0].at[0]);
	while (step > 1) {                       /* look closer around the best */
		int around = step;
		step = step / 2;
		best = deepest_near(rings, (Dot){best.x - around, best.y - around}, (Dot){best.x + around, best.y + around}, step, best);
	}
	return best;
}

GeoShape geo_shape(Arena *a, const GeoFrame *f, const GeoRing *rings, size_t count) {
	Rings snapped = snap_rings(a, f, rings, count);
	if (snapped.len == 0)
		return (GeoShape){0};
	CLEANUP(buf_free) Buf path = {0};
	for (size_t i = 0; i < snapped.len; i++)
		put_ring(&path, snapped.at[i]);
	Dot inner = inner_point(snapped);
	return (GeoShape){buf_take(&path, a), inner.x, inner.y};
}
