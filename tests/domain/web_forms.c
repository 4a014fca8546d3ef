/* web_forms.c: what holds of every form: forged variants and fields that do not belong there are refused. */
#include "tests/domain/web_everybody.h"

static Params headers(const char *name, const char *value) {
	Params p = {0};
	if (name)
		*ARENA_PUSH(t_arena, p.at, p.len, p.cap) = (Param){str_c(name), str_c(value)};
	return p;
}

/* Somebody who may send the form; a visitor where nobody has to sign in. */
static Browser *sender(const Route *route, Browser *visitor) {
	if (strcmp(route->capability, ANYONE) == 0)
		return visitor;
	Somebody *s = web_who_may(route->capability);
	if (!s)
		test_fail(__FILE__, __LINE__, "nobody may send %s", route->path);
	return &s->b;
}

static const char *with_token(Str token) {
	return str_z(t_arena, str_format(t_arena, "csrf=%.*s", STR_ARG(token)));
}

enum { FORGERIES = 11 };

/* The whole of what an attacker can bring: a token that is right from a wrong place, and wrong tokens from the right place. */
static Answer forged(int which, Browser *b, Browser *other, const char *target) {
	static const char *const places[][2] = {{NULL, NULL}, {"sec-fetch-site", "cross-site"}, {"sec-fetch-site", "same-site"}, {"origin", "https://evil.example"},
	                                        {"origin", "null"}, {"origin", "http://127.0.0.1:8081"}};
	if ((size_t)which < LEN(places)) {
		Params from = headers(places[which][0], places[which][1]);
		return web_send(b, "POST", target, with_token(web_token(b, target)), &from, false);
	}
	Str     right = web_token(b, target);
	Str     wrong[] = {{0}, S("abc"), str_first(right, right.len - 1), web_token(b, "/jiny-formular"),
	                   b->cookie.len ? web_token(other, target) : str_cat(t_arena, S("1"), right)};
	Params  ours = which % 2 ? headers("origin", "http://127.0.0.1:8080") : headers("sec-fetch-site", "same-origin");
	Str     token = wrong[(size_t)which - LEN(places)];
	return web_send(b, "POST", target, token.len ? with_token(token) : "", &ours, false);
}

TEST("forms: eleven forged variants of each form of the program are refused") {
	size_t    n;
	int       forms = 0;
	Somebody *all = web_everybody(&n);
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		if (route->method != POST)
			continue;
		Browser     visitor = {.app = all[0].b.app};
		Browser    *b = sender(route, &visitor), *other = b == &all[1].b ? &all[0].b : &all[1].b;
		const char *target = web_filled(route, "1");
		for (int k = 0; k < FORGERIES; k++) {
			Answer a = forged(k, b, other, target);
			if (a.status != 403)
				test_fail(__FILE__, __LINE__, "forgery %d of POST %s answers %d", k, route->path, a.status);
		}
		forms++;
		arena_free(t_arena);
	}
	EXPECT(forms > 60);
}

/* As a field that does not belong there, or, where any name may come, as a setting that does not exist. */
static bool is_refused(const Answer *a) {
	return a->status == 400 || (a->status == 422 && str_has(a->body, S("is_admin")));
}

TEST("forms: a field that no form has is refused by each of them, and nothing is done") {
	size_t    n;
	int       told = 0;
	Somebody *all = web_everybody(&n);
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		if (route->method != POST)
			continue;
		Browser  visitor = {.app = all[0].b.app};
		Browser *b = sender(route, &visitor);
		Answer   a = web_post(b, web_filled(route, "1"), "is_admin=1");
		/* a record that is not there, a link that is over: the next test has real ones */
		bool no_record = strchr(route->path, '{') && (a.status == 404 || a.status == 410);
		if (!is_refused(&a) && !no_record)
			test_fail(__FILE__, __LINE__, "POST %s answers %d to a field that does not belong there: say .fields in its row", route->path, a.status);
		told += !no_record;
		arena_free(t_arena);
	}
	EXPECT(told > 60);
}

TEST("forms: so do the forms of real records, those that people find on their pages") {
	static const char *const who[] = {"sit@demo.invalid", "spravce@demo.invalid", "statutar@demo.invalid", "spravce.poskytovatele@demo.invalid", "obec.jablonec@demo.invalid"};
	size_t n, told = 0;
	web_everybody(&n);
	for (size_t k = 0; k < LEN(who); k++) {
		Somebody *s = web_somebody(who[k]);
		Walk      walk;
		web_walk(&s->b, 60, &walk);
		for (size_t i = 0; i < walk.forms.len; i++) {
			const Route *route = web_route_of(t_arena, METHOD_POST, walk.forms.at[i]);
			if (!route || !web_may(s, route->capability) || !strchr(route->path, '{'))
				continue;
			Answer a = web_post(&s->b, str_z(t_arena, walk.forms.at[i]), "is_admin=1");
			if (!is_refused(&a))
				test_fail(__FILE__, __LINE__, "POST %.*s answers %d to a field that does not belong there", STR_ARG(walk.forms.at[i]), a.status);
			told++;
		}
		arena_free(t_arena);
	}
	EXPECT(told > 30);
}

static size_t count(Str text, Str what) {
	size_t n = 0;
	for (size_t at = 0; at + what.len <= text.len; at++)
		n += str_eq((Str){text.ptr + at, what.len}, what);
	return n;
}

/* The program refuses what comes twice: a record that calls one of its fields like a field of every form could never be saved. */
TEST("forms: no form of a new record has one of the common fields twice") {
	static const char *const common[] = {"name=\"reason\"", "name=\"version\"", "name=\"csrf\"", "name=\"valid_from\""};
	size_t n, forms = 0;
	web_everybody(&n);
	for (size_t i = 0; web_route(i, NULL); i++) {
		const Route *route = web_route(i, NULL);
		Somebody    *s = route->method == GET && route->entity && str_ends(str_c(route->path), S("/novy")) ? web_who_may(route->capability) : NULL;
		if (!s)
			continue;
		Answer a = web_get(&s->b, route->path);
		size_t main = 0;
		for (size_t at = 0; at + 5 < a.body.len && !main; at++)
			main = str_eq((Str){a.body.ptr + at, 5}, S("<main")) ? at : 0;
		Str body = {a.body.ptr + main, a.body.len - main};
		for (size_t k = 0; k < LEN(common); k++)
			if (count(body, str_c(common[k])) > 1)
				test_fail(__FILE__, __LINE__, "%s has %s twice", route->path, common[k]);
		forms += a.status == 200;
		arena_free(t_arena);
	}
	EXPECT(forms > 10);
}
