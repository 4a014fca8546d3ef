/* search_page.c: one box for everything: hits of all subjects in groups; and what else all subjects add to common pages. */
#include "core/search.h"
#include "domain/site/search.html.h"
#include "domain/site/site_page.h"
#include "web/module.h"

enum { SHOWN = 5, QUERY_MAX = 200, HOME_HAPPENING = 6 };

/* ---- asking all modules ---- */

#define EACH_MODULE(m, hook) \
	for (size_t i_ = 0; i_ < web_options()->module_count; i_++) \
		for (const Module *m = web_options()->modules[i_]; m; m = NULL) \
			if (m->hook)

Err site_addresses(Req *r, SiteAddresses *ret) {
	*ret = (SiteAddresses){0};
	EACH_MODULE(m, addresses)
		TRY(m->addresses(r->c, ret));
	return OK;
}

Err site_happening(Req *r, FrontLines *ret) {
	*ret = (FrontLines){0};
	EACH_MODULE(m, happening)
		TRY(m->happening(r->c, ret));
	front_sort_happening(ret);
	ret->len = ret->len < HOME_HAPPENING ? ret->len : HOME_HAPPENING;
	return OK;
}

Err site_latest(Req *r, i64 limit, FrontLines *ret) {
	*ret = (FrontLines){0};
	EACH_MODULE(m, latest)
		TRY(m->latest(r->c, limit, ret));
	front_sort_latest(ret);
	ret->len = ret->len < (size_t)limit ? ret->len : (size_t)limit;
	return OK;
}

Err site_figures(Req *r, KeyFigures *ret) {
	EACH_MODULE(m, figures)
		TRY(m->figures(r->c, ret));
	return OK;
}

/* ---- the search ---- */

/* Pages of the program itself, by their names. */
static void find_routes(Req *r, const SearchTokens *t, FoundGroups *list) {
	const Route *route;
	FoundGroup  *g = found_group(r->c, list, S("Části webu"));
	for (size_t i = 0; (route = web_route(i, NULL)); i++)
		if (route->method == GET && route->title && strcmp(route->capability, ANYONE) == 0 && !strchr(route->path, '{') &&
		    search_matches(t, search_words(r->c->arena, str_c(route->title))) && g->total++ < SHOWN)
			found_add(r->c, g, (FoundLine){.title = str_c(route->title), .href = str_c(route->path)});
}

static Err find_all(Req *r, Str query, const SearchTokens *t, SearchView *v) {
	FoundGroups all = {0};
	find_routes(r, t, &all);
	EACH_MODULE(m, find)
		TRY(m->find(r->c, query, SHOWN, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].total > 0) {
			v->total += all.at[i].total;
			*ARENA_PUSH(r->c->arena, v->groups.at, v->groups.len, v->groups.cap) = all.at[i];
			*ARENA_PUSH(r->c->arena, v->kinds.at, v->kinds.len, v->kinds.cap) =
				(LinkView){.label = str_format(r->c->arena, "%.*s (%lld)", STR_ARG(all.at[i].title), (long long)all.at[i].total), .href = str_format(r->c->arena, "#druh-%zu", i)};
		}
	return OK;
}

static Err suggest(Req *r, Str query, SearchView *v) {
	Str better = {0};
	EACH_MODULE(m, suggest)
		if (!better.len)
			TRY(m->suggest(r->c, query, &better));
	if (!better.len)
		return OK;
	CLEANUP(buf_free) Buf href = {0};
	buf_lit(&href, "/hledat?q=");
	html_url_str(&href, better);
	v->suggestion = (LinkView){.label = better, .href = buf_take(&href, r->c->arena)};
	return OK;
}

/* A place narrows services only: then the catalogue answers. */
static Err to_catalogue(Req *r, Str query_text, Str district) {
	CLEANUP(buf_free) Buf to = {0};
	buf_lit(&to, "/katalog?q=");
	html_url_str(&to, query_text);
	buf_lit(&to, "&orp=");
	html_url_str(&to, district);
	return redirect(r, "%.*s", STR_ARG(buf_view(&to)));
}

Err page_search(Req *r) {
	Str        q = query(r, "q"), district = query(r, "orp");
	SearchView v = {.query = q, .title = S("Hledání")};
	if (utf8_count(q) > QUERY_MAX)
		return fail(r->c, ERR_MALFORMED, NULL, "Hledaný text má víc než 200 znaků. Zkraťte jej.");
	if (district.len)
		return to_catalogue(r, q, district);
	SearchTokens t = search_tokens(r->c->arena, q);
	v.asked = t.len > 0;
	v.cut = t.cut;
	if (v.asked) {
		TRY(find_all(r, q, &t, &v));
		v.title = str_format(r->c->arena, "Hledání: %.*s", STR_ARG(q));
	}
	if (v.asked && !v.total)
		TRY(suggest(r, q, &v));
	r->no_index = true;
	view_search_page(page(r, v.title), &v);
	return OK;
}
