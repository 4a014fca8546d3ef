/* sit_front_page.c: what the network puts on pages of all subjects: key numbers, new versions, hits of the search, addresses; and on the page of a service what it is
 * in the network. */
#include "core/codelist.h"
#include "core/search.h"
#include "domain/network/line_supply.h"
#include "domain/network/line_today.h"
#include "domain/network/sit_front_page.h"
#include "domain/register/catalogue.h"
#include "html/html.h"

static bool is_public_line(const Line *l) {
	return line_counts(l) || str_eq(l->status, S(LINE_PREPARED));
}

static Err read_today(Ctx *c, Network **n, LineWholes *all) {
	TRY(network_of_tier(c, (Str){0}, n));
	return lines_of(c, (*n)->head.id, TODAY, all);
}

static Str href_of(Ctx *c, const Line *l) {
	return str_format(c->arena, "/sit/sluzba/%lld", (long long)l->head.id);
}

Err network_figures(Ctx *c, KeyFigures *list) {
	Network   *n;
	LineWholes all;
	i64        lines = 0;
	TRY(read_today(c, &n, &all));
	for (size_t i = 0; i < all.len; i++)
		lines += line_counts(all.at[i].line);
	if (!lines)
		return OK;
	CLEANUP(buf_free) Buf value = {0}, day = {0};
	fmt_int(&value, lines);
	buf_lit(&day, "ke dni ");
	fmt_date(&day, c->today);
	figure_add(c, list, (KeyFigure){.label = S("Služby v Základní síti"), .value = buf_take(&value, c->arena), .unit = S("služeb"), .as_of = buf_take(&day, c->arena),
		.how = S("Řádky sítě, které dnes platí. Připravované, sloučené a ukončené se nepočítají."), .href = S("/sit#seznam")});
	return OK;
}

/* Versions that the assembly approved. */
Err network_latest(Ctx *c, i64 limit, FrontLines *list) {
	Network        *n;
	NetworkVersions all;
	TRY(network_of_tier(c, (Str){0}, &n));
	TRY(network_versions(c, n->head.id, false, &all));
	for (size_t i = 0; i < all.len && (i64)i < limit; i++) {
		const NetworkVersion *v = all.at[i];
		char                  iso[DATE_ISO_LEN];
		CLEANUP(buf_free) Buf day = {0};
		if (!date_is(v->approved_on))
			continue;
		fmt_date(&day, v->approved_on);
		front_add(c, list, (FrontLine){.label = S("síť"), .title = v->title, .text = str_format(c->arena, "Verze %.*s Základní sítě.", STR_ARG(v->number)),
			.href = str_format(c->arena, "/sit?ke-dni=%.*s", STR_ARG(date_iso(v->effective_from, iso))), .when = buf_take(&day, c->arena),
			.at = prague_instant(v->approved_on, 0), .day = v->approved_on});
	}
	return OK;
}

Err network_find(Ctx *c, Str query, i64 limit, FoundGroups *list) {
	Network     *n;
	LineWholes   all;
	SearchTokens t = search_tokens(c->arena, query);
	FoundGroup  *g = found_group(c, list, S("Služby v síti"));
	TRY(read_today(c, &n, &all));
	for (size_t i = 0; i < all.len && t.len; i++) {
		const Line *l = all.at[i].line;
		Str words = str_format(c->arena, "%.*s %.*s %.*s síť", STR_ARG(l->name), STR_ARG(all.at[i].provider), STR_ARG(all.at[i].identifier));
		if (!is_public_line(l) || !search_matches(&t, search_words(c->arena, words)))
			continue;
		if (g->total++ < limit)
			found_add(c, g, (FoundLine){.title = l->name, .href = href_of(c, l),
				.text = str_format(c->arena, "%.*s, úroveň %.*s v Základní síti", STR_ARG(all.at[i].provider), STR_ARG(codelist_name(c, "network_level", l->level)))});
	}
	CLEANUP(buf_free) Buf more = {0};
	buf_lit(&more, "/sit?q=");
	html_url_str(&more, query);
	buf_lit(&more, "#seznam");
	g->more = buf_take(&more, c->arena);
	return OK;
}

Err network_addresses(Ctx *c, SiteAddresses *list) {
	Network   *n;
	LineWholes all;
	TRY(read_today(c, &n, &all));
	for (size_t i = 0; i < all.len; i++)
		if (is_public_line(all.at[i].line))
			address_add(c, list, (SiteAddress){S("Služby v síti"), all.at[i].line->name, href_of(c, all.at[i].line)});
	return OK;
}

/* ---- on the page of a service ---- */

/* "Z1 (v síti)", and where it stands; nothing when it is not in a network today. */
static Err of_service(Ctx *c, Id service, Str *text, Str *href) {
	const LineToday *l;
	TRY(line_of_service_today(c, service, &l));
	if (!l)
		return OK;
	*text = str_format(c->arena, "úroveň %.*s, %.*s", STR_ARG(codelist_name(c, "network_level", l->level)), STR_ARG(codelist_name(c, "line_status", l->status)));
	*href = str_format(c->arena, "/sit/sluzba/%lld", (long long)l->line);
	return OK;
}

Err network_start(Ctx *c) {
	(void)c;
	catalogue_set_network(of_service);
	needs_network_source(&line_supply);
	return OK;
}
