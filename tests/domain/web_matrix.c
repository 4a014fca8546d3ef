/* web_matrix.c: every route as every role, and as a neighbour of the same role: another provider, municipality, district or body. */
#include <stdio.h>

#include "base/text.h"
#include "core/access.h"
#include "domain/network/application.h"
#include "domain/people/demo.h"
#include "tests/domain/web_everybody.h"

/* Of the signed-in part: what everybody with the right may see by its address, and why. Whatever is not here belongs to somebody. */
static const struct { const char *prefix, *why; } common[] = {
	{"/app/sluzby/", "the public register; secret parts are left out of the page"},
	{"/app/poskytovatele/", "the public register"},
	{"/app/kalendar/", "the calendar of the year is for all of them"},
	{"/app/dokumenty/", "documents of the region, before they are published too, for whoever may read them there"},
	{"/app/usneseni/", "resolutions of bodies of the region"},
	{"/app/plan/", "the plan of the region is written by all who may read plans there"},
	{"/app/sit/radky/", "lines of the network are public"},
	{"/app/sit/verze/", "approved versions of the network are public"},
	{"/app/sit/site/", "which networks there are is public"},
	{"/app/sit/nezarazene/", "what was not included is public"},
	{"/app/optimalni-kapacity/", "what the region wants in each district is public, too"},
	{"/app/pravidla/", "published rules are public; drafts are not found by others"},
	{"/app/sit/navrh/", "the draft of the network is read by coordinators of all districts; proposals of others are left out of it"},
	{"/app/dotazy/", "answered questions are read by everybody who signs in"},
};

static bool is_common(Str path) {
	for (size_t i = 0; i < LEN(common); i++)
		if (str_starts(path, str_c(common[i].prefix)))
			return true;
	return false;
}

TEST("matrix: the people of these tests hold every role of the program, and one and the same elsewhere each role that is narrower than the region") {
	size_t      n, roles;
	Somebody   *all = web_everybody(&n);
	const Role *r = access_roles(&roles);
	EXPECT(roles >= 21);
	for (size_t i = 0; i < roles; i++) {
		size_t holders = 0;
		for (size_t k = 0; k < n; k++)
			holders += strcmp(r[i].code, all[k].role) == 0;
		EXPECT(holders >= (r[i].scope == SCOPE_REGION ? 1u : 2u));
	}
}

/* A refusal asks the store only who somebody is: in the short run on PostgreSQL a quarter of them, for each person of other routes. */
static bool is_left_to_sqlite(size_t person, size_t route) {
	return test_is_short() && (person + route) % 4;
}

TEST("matrix: every page as every role is answered to who may and refused to who may not, never with an error of ours") {
	static const char *const with[] = {"1", "999999", "x"};
	size_t    n, asked = 0;
	Somebody *all = web_everybody(&n);
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; web_route(i, NULL); i++) {
			const Route *route = web_route(i, NULL);
			bool         has_brace = strchr(route->path, '{'), may_enter = web_may(&all[k], route->capability);
			if (route->method != GET || strcmp(route->path, "/prihlaseni") == 0 || (!may_enter && is_left_to_sqlite(k, i)))
				continue;
			/* what is refused is refused before the address is read; what is public is the same for all */
			size_t ways = !has_brace || !may_enter || (k && strcmp(route->capability, ANYONE) == 0) ? 1 : LEN(with);
			for (size_t w = 0; w < ways; w++, asked++) {
				Answer a = web_get(&all[k].b, web_filled(route, with[w]));
				if (a.status >= 500)
					test_fail(__FILE__, __LINE__, "%s as %s answers %d: %.*s", web_filled(route, with[w]), all[k].role, a.status, STR_ARG(str_first(a.body, 3000)));
				if (!may_enter && a.status != 403)
					test_fail(__FILE__, __LINE__, "%s as %s, who may not, answers %d", route->path, all[k].role, a.status);
				if (may_enter && !has_brace && a.status == 403 && strcmp(route->capability, ANYONE) != 0)
					test_fail(__FILE__, __LINE__, "%s as %s, who may, is refused", route->path, all[k].role);
			}
			arena_free(t_arena);
		}
	EXPECT(asked > 2000);
}

/* Addresses of a page's own formats that it names, each once. */
static Strs files_of(Str body, Str path) {
	static const char *const suffixes[] = {".json", ".csv", ".xlsx"};
	Strs found = {0};
	for (size_t i = 0; i < LEN(suffixes); i++) {
		Str wanted = str_format(t_arena, "href=\"%.*s%s", STR_ARG(path), suffixes[i]);
		i64 at = str_find(body, wanted);
		if (at < 0)
			continue;
		Str rest = str_from(body, (size_t)at + 6);
		strs_add(t_arena, &found, str_replace(t_arena, str_first(rest, (size_t)str_find(rest, S("\""))), S("&amp;"), S("&")));
	}
	return found;
}

TEST("matrix: files of a page that it names, in its head too, are had by whoever reads the page; what it does not have it does not name") {
	size_t    n, asked = 0;
	Somebody *all = web_everybody(&n);
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; web_route(i, NULL); i++) {
			const Route *route = web_route(i, NULL);
			if (route->method != GET || !route->formats || !web_may(&all[k], route->capability) || (k && strcmp(route->capability, ANYONE) == 0))
				continue;
			const char *path = web_filled(route, "1");
			Answer      page = web_get(&all[k].b, path);
			Strs        files = page.status == 200 ? files_of(page.body, str_c(path)) : (Strs){0};
			for (size_t f = 0; f < files.len; f++) {
				if (k && f != (i + k) % files.len)       /* roles take turns, the public asks for all: who has a right to one format has it to each */
					continue;
				Answer a = web_get(&all[k].b, str_z(t_arena, files.at[f]));
				asked++;
				if (a.status != 200)
					test_fail(__FILE__, __LINE__, "%.*s as %s, which the page names, answers %d", STR_ARG(files.at[f]), all[k].role, a.status);
			}
			arena_free(t_arena);
		}
	EXPECT(asked > 200);
}

TEST("matrix: every form as every role that may not is refused before anything is read") {
	size_t    n, refused = 0;
	Somebody *all = web_everybody(&n);
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; web_route(i, NULL); i++) {
			const Route *route = web_route(i, NULL);
			if (route->method != POST || web_may(&all[k], route->capability) || is_left_to_sqlite(k, i))
				continue;
			Answer a = web_post(&all[k].b, web_filled(route, "1"), "");
			if (a.status != 403)
				test_fail(__FILE__, __LINE__, "POST %s as %s, who may not, answers %d", route->path, all[k].role, a.status);
			refused++;
			arena_free(t_arena);
		}
	EXPECT(refused > 1000);
}

/* ---- neighbours ---- */

/* The same address with the number of a record that nobody has. */
static const char *missing(const Route *route) {
	return web_filled(route, "999999999");
}

/* An application for several districts is read by each that was asked to state on it: by its own statement, not by being a neighbour. */
static bool is_asked_to_state(const Somebody *who, Str path) {
	Str        prefix = S("/app/zadosti/"), number = str_starts(path, prefix) ? str_from(path, prefix.len) : (Str){0};
	i64        application;
	Statements all;
	Actor      a;
	bool       is_one = str_to_int(str_cut(&number, '/'), &application);
	if (!is_one)
		return false;
	Ctx  c = app_ctx(test_app_demo(), t_arena);
	bool asked = false;
	MUST(people_demo_actor(&c, who->login, &a));
	c.actor = &actor_program;
	MUST(statements_of(&c, application, &all));
	for (size_t i = 0; i < all.len; i++)
		for (size_t k = 0; k < a.grant_count; k++)
			asked |= a.grants[k].ref && (a.grants[k].ref == all.at[i]->municipality || a.grants[k].ref == all.at[i]->district);
	ctx_end(&c);
	return asked;
}

static int compare(Somebody *who, Str path, int method) {
	const Route *route = web_route_of(t_arena, method, path);
	if (!route || !strchr(route->path, '{') || strcmp(route->capability, ANYONE) == 0 || !web_may(who, route->capability))
		return 0;
	if (is_common(path) || is_asked_to_state(who, path))
		return 0;
	const char *there = str_z(t_arena, path);
	Answer      real = method == METHOD_GET ? web_get(&who->b, there) : web_post(&who->b, there, "");
	Answer      none = method == METHOD_GET ? web_get(&who->b, missing(route)) : web_post(&who->b, missing(route), "");
	if (real.status < 400 || real.status != none.status)
		test_fail(__FILE__, __LINE__, "%s %s of a neighbour answers %d to %s, a record that is not there %d", method == METHOD_GET ? "GET" : "POST", there, real.status,
		          who->login, none.status);
	return 1;
}

TEST("matrix: whatever a person reaches by their own pages and forms is for a neighbour of the same role as if it were not there") {
	size_t    n;
	Somebody *all = web_everybody(&n);
	for (size_t k = 0; k < n; k++) {
		if (!all[k].neighbour_of)
			continue;
		Somebody *owner = web_somebody(all[k].neighbour_of);
		Walk      walk;
		int       pages = 0, forms = 0;
		web_walk(&owner->b, 150, &walk);
		for (size_t i = 0; i < walk.pages.len; i++)
			pages += compare(&all[k], walk.pages.at[i], METHOD_GET);
		for (size_t i = 0; i < walk.forms.len; i++)
			forms += compare(&all[k], walk.forms.at[i], METHOD_POST);
		printf("# %s: %d pages, %d forms of a neighbour\n", all[k].role, pages, forms);
		EXPECT(walk.pages.len > 8);
		/* services, colleagues, threads: in the sample data providers have most of their own */
		EXPECT(pages >= (str_starts(str_c(all[k].role), S("P")) ? 10 : 0));
		arena_free(t_arena);
	}
}
