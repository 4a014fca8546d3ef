/* machine_page.c: what machines ask: search engines, and whoever watches over the program. */
#include "domain/register/catalogue_views_page.h"
#include "domain/site/site.h"
#include "domain/site/site_page.h"
#include "web/module.h"

Err page_robots(Req *r) {
	send_as(r, S("text/plain; charset=utf-8"), (Str){0});
	buf_lit(r->out, "User-agent: *\nDisallow: /app\nDisallow: /prihlaseni\nDisallow: /_ui\n");
	buf_format(r->out, "Sitemap: %.*s\n", STR_ARG(url_absolute(r, S("/sitemap.xml"))));
	return OK;
}

/* ---- sitemap.xml ---- */

static void put_address(Req *r, Str path) {
	buf_lit(r->out, "<url><loc>");
	html_escape(r->out, url_absolute(r, path));
	buf_lit(r->out, "</loc></url>\n");
}

static void put_routes(Req *r) {
	const Route *route;
	for (size_t i = 0; (route = web_route(i, NULL)); i++)
		if (route->method == GET && route->title && strcmp(route->capability, ANYONE) == 0 && !strchr(route->path, '{') &&
		    strcmp(route->path, "/prihlaseni") != 0)
			put_address(r, str_c(route->path));
}

/* Feeds are for readers of feeds. */
static Err put_addresses(Req *r) {
	SiteAddresses all;
	TRY(site_addresses(r, &all));
	for (size_t i = 0; i < all.len; i++)
		if (str_find_char(all.at[i].href, '.') < 0)
			put_address(r, all.at[i].href);
	return OK;
}

/* One file may hold 50 000 addresses; the services of one region are far from it, and what is above is left to the links of the pages. */
enum { SITEMAP_SERVICES = 45000 };

static Err put_services(Req *r) {
	const Catalogue *k;
	TRY(catalogue_get(r->c, &k));
	Str start = url_absolute(r, S("/katalog/sluzba/"));
	for (size_t i = 0; i < k->count && i < SITEMAP_SERVICES; i++) {
		const CatalogueService *s = &k->services[i];
		buf_lit(r->out, "<url><loc>");
		html_escape(r->out, start);
		buf_format(r->out, "%lld%s", (long long)s->id, s->slug.len ? "-" : "");
		html_escape(r->out, s->slug);
		buf_lit(r->out, "</loc></url>\n");
	}
	return OK;
}

Err page_sitemap(Req *r) {
	send_as(r, S("application/xml; charset=utf-8"), (Str){0});
	buf_lit(r->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	put_routes(r);
	TRY(put_addresses(r));
	TRY(put_services(r));
	buf_lit(r->out, "</urlset>\n");
	return OK;
}

/* ---- health ---- */

/* Whether pages can be answered from the store; says nothing else about the machine to strangers. */
Err page_health(Req *r) {
	Instant changed;
	bool    fine = site_last_change(r->c, &changed) == OK;
	if (!fine)
		set_status(r, 503);
	JsonWriter w = json_page(r);
	jw_object(&w);
	jw_key(&w, "stav");
	jw_str(&w, fine ? S("ok") : S("chyba"));
	jw_object_end(&w);
	return OK;
}
