/* router.c: the routes of all modules as one table, and the match of an address. */
#include <stdlib.h>

#include "web/inside.h"

enum { MAX_ROUTES = 1024, MAX_SEGMENTS = 8, BUCKETS = 64 };

typedef struct Entry {
	const Route  *route;
	const char   *module;
	Str           segments[MAX_SEGMENTS];
	int           count;
	struct Entry *next;
} Entry;

static Entry  entries[MAX_ROUTES];
static size_t entry_count;
static Entry *by_first[BUCKETS];             /* by the first segment, which is never an argument */

static int split(Str path, Str to[MAX_SEGMENTS]) {
	int n = 0;
	path = str_from(path, 1);
	while (path.len) {
		if (n == MAX_SEGMENTS)
			return -1;
		to[n++] = str_cut(&path, '/');
	}
	return n;
}

static bool is_argument(Str segment) {
	return segment.len > 2 && segment.ptr[0] == '{';
}

static size_t bucket(const Str *segments, int n) {
	return n ? str_hash(segments[0]) % BUCKETS : 0;
}

static bool same_address(const Entry *x, const Entry *y) {
	if (x->count != y->count || x->route->method != y->route->method)
		return false;
	for (int i = 0; i < x->count; i++)
		if (!(is_argument(x->segments[i]) && is_argument(y->segments[i])) && !str_eq(x->segments[i], y->segments[i]))
			return false;
	return true;
}

static Err add(Arena *a, const Route *route, const char *module, Str *why) {
	if (route->files_need && !access_known(route->files_need)) {
		*why = str_format(a, "Adresa %s chce pro soubory neznámé oprávnění „%s“.", route->path, route->files_need);
		return ERR_INVALID;
	}
	if (!route->capability || !access_known(route->capability)) {
		*why = str_format(a, "Adresa %s (modul %s) nemá platné oprávnění: „%s“. Program se nespustí.", route->path, module,
		                  route->capability ? route->capability : "");
		return ERR_INVALID;
	}
	CHECK(entry_count < MAX_ROUTES && route->handler && route->path[0] == '/');
	CHECK(!route->dangerous || (route->method == POST && !route->uploads));      /* a file cannot be kept while the password is asked */
	Entry *e = &entries[entry_count++];
	*e = (Entry){.route = route, .module = module};
	e->count = split(str_c(route->path), e->segments);
	CHECK(e->count >= 0 && (e->count == 0 || !is_argument(e->segments[0])));
	Entry **place = &by_first[bucket(e->segments, e->count)];
	for (Entry *other = *place; other; other = other->next)
		if (same_address(e, other)) {
			*why = str_format(a, "Adresu %s mají dva moduly: %s a %s.", route->path, module, other->module);
			return ERR_INVALID;
		}
	while (*place)
		place = &(*place)->next;
	*place = e;
	return OK;
}

Err routes_build(Arena *a, const WebOptions *o, Str *why) {
	entry_count = 0;
	memset(by_first, 0, sizeof by_first);
	for (size_t i = 0; i < o->module_count; i++)
		for (size_t k = 0; k < o->modules[i]->route_count; k++)
			TRY(add(a, &o->modules[i]->routes[k], o->modules[i]->name, why));
	return OK;
}

const Route *web_route(size_t i, const char **module) {
	if (i >= entry_count)
		return NULL;
	if (module)
		*module = entries[i].module;
	return entries[i].route;
}

/* ---- matching ---- */

static PageFormat cut_suffix(Str *last) {
	static const struct { const char *suffix; PageFormat format; } known[] = {{".json", PAGE_JSON}, {".csv", PAGE_CSV}, {".xlsx", PAGE_XLSX}};
	for (size_t i = 0; i < LEN(known); i++)
		if (str_ends(*last, str_c(known[i].suffix)) && last->len > strlen(known[i].suffix)) {
			last->len -= strlen(known[i].suffix);
			return known[i].format;
		}
	return PAGE_HTML;
}

/* Fixed segments win over arguments: the number of fixed ones, or -1 when it does not fit. */
static int fit(const Entry *e, const Str *segments, int n) {
	int fixed = 0;
	if (e->count != n)
		return -1;
	for (int i = 0; i < n; i++) {
		if (is_argument(e->segments[i])) {
			if (segments[i].len == 0)
				return -1;
		} else if (str_eq(e->segments[i], segments[i])) {
			fixed++;
		} else {
			return -1;
		}
	}
	return fixed;
}

static const Entry *best_of(Method method, const Str *segments, int n, bool formats_only, Match *m) {
	const Entry *best = NULL;
	int          best_fit = -1;
	for (const Entry *e = by_first[bucket(segments, n)]; e; e = e->next) {
		int f = fit(e, segments, n);
		if (f < 0 || (formats_only && !e->route->formats))
			continue;
		bool wanted = (int)method == e->route->method || (method == METHOD_HEAD && e->route->method == GET);
		if (!wanted) {
			m->wrong_method = true;
			m->allow = e->route->method == GET ? S("GET, HEAD") : S("POST");
		} else if (f > best_fit) {
			best = e;
			best_fit = f;
		}
	}
	return best;
}

const Route *web_route_of(Arena *a, int method, Str path) {
	Match m = {0};
	routes_find(a, (Method)method, path, &m);
	return m.route;
}

bool web_may_open(Req *r, Str path) {
	const Route *route = web_route_of(r->c->arena, METHOD_GET, path);
	return route && may(r->c, route->capability);
}

void routes_find(Arena *a, Method method, Str path, Match *ret) {
	Str segments[MAX_SEGMENTS] = {0};
	*ret = (Match){0};
	if (path.len > 1 && str_ends(path, S("/")))
		path.len--;
	int n = split(path, segments);
	if (n < 0)
		return;
	const Entry *e = best_of(method, segments, n, false, ret);
	if (n > 0) {
		Str        whole = segments[n - 1];
		PageFormat format = cut_suffix(&segments[n - 1]);
		const Entry *other = format == PAGE_HTML ? NULL : best_of(method, segments, n, true, ret);
		bool exact = e && !is_argument(e->segments[n - 1]);
		if (other && !exact) {
			e = other;
			ret->format = format;
		} else {
			segments[n - 1] = whole;
		}
	}
	if (!e)
		return;
	ret->wrong_method = false;
	ret->route = e->route;
	for (int i = 0, k = 0; i < e->count; i++)
		if (is_argument(e->segments[i]) && k < (int)LEN(ret->args))
			ret->args[k++] = str_dup(a, segments[i]);
}
