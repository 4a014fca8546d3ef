/* network_page.c: /app/sit: what the network is today, what changed since the last assembly, its versions and their steps. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/draft_page.h"
#include "domain/network/network.html.h"
#include "domain/network/network_page.h"
#include "domain/network/review.h"
#include "domain/network/start.h"
#include "domain/territory/territory_page.h"

static void add_way(Arena *a, ItemViews *list, const char *href, const char *text, const char *meta) {
	*ARENA_PUSH(a, list->at, list->len, list->cap) = (ItemView){.href = str_c(href), .text = str_c(text), .meta = str_c(meta)};
}

static Str tier_part(Req *r) {
	return query(r, "sit").len ? str_format(r->c->arena, "sit=%.*s&", STR_ARG(query(r, "sit"))) : (Str){0};
}

/* The network as people knew it on the eve of the day on which the last version was decided, against today. */
static void add_since(Req *r, const NetworkVersions *all, OfficeNetworkView *v) {
	const NetworkVersion *last = network_last_decided(all);
	v->has_since = last != NULL;
	if (!v->has_since)
		return;
	v->since_words = network_since_words(r->c, last);
	v->since_href = network_since_href(r->c, last, tier_part(r));
}

static void add_versions(Req *r, const NetworkVersions *all, OfficeNetworkView *v) {
	Ctx *c = r->c;
	for (size_t i = 0; i < all->len; i++) {
		const NetworkVersion *x = all->at[i];
		const State          *s = machine_state(&network_version_machine, x->state);
		OfficeVersion         row = {.href = str_format(c->arena, "/app/sit/verze/%lld", (long long)x->head.id), .number = x->number, .title = x->title,
		                             .day = sit_day(c->arena, x->effective_from), .state = s ? str_c(s->title) : x->state, .tone = s ? work_tone(s->tone) : TAG_PLAIN};
		row.resolution_href = sit_resolution_href(c, x->resolution, &row.resolution);
		*ARENA_PUSH(c->arena, v->versions.at, v->versions.len, v->versions.cap) = row;
	}
}

static Err add_kpis(Req *r, Id network, OfficeNetworkView *v) {
	Arena        *a = r->c->arena;
	LineWholes    all;
	NetworkTotals t;
	int           year = date_year(r->c->today);
	TRY(lines_of(r->c, network, TODAY, &all));
	TRY(network_totals(r->c, &all, year, &t));
	const KpiView kpis[] = {
		{.label = S("Služby v síti"), .value = text_number(a, t.lines), .note = S("dnes")}, {.label = S("Lůžka"), .value = sit_number(a, t.beds, S("L"))},
		{.label = S("Úvazky v přímé péči"), .value = sit_number(a, t.fte, S("U"))},
		{.label = S("Strop vyrovnávacích plateb"), .value = money_text(a, t.ceilings, "–"), .note = str_format(a, "za rok %d", year)},
	};
	for (size_t i = 0; i < LEN(kpis); i++)
		*ARENA_PUSH(a, v->kpis.at, v->kpis.len, v->kpis.cap) = kpis[i];
	return OK;
}

Err page_office_network(Req *r) {
	Ctx              *c = r->c;
	Network          *n;
	Networks          networks;
	NetworkVersions   all;
	OfficeNetworkView v = {0};
	TRY(sit_chosen(r, &n));
	TRY(networks_all(c, &networks));
	TRY(network_versions(c, n->head.id, may(c, CAP_NETWORK_UPDATE) || may(c, CAP_NETWORK_APPROVE), &all));
	v.title = n->title;
	for (size_t i = 0; networks.len > 1 && i < networks.len; i++)
		*ARENA_PUSH(c->arena, v.networks.at, v.networks.len, v.networks.cap) = (LinkView){.label = networks.at[i]->title,
			.href = str_format(c->arena, "/app/sit?sit=%.*s", STR_ARG(networks.at[i]->tier)), .current = networks.at[i]->head.id == n->head.id};
	add_since(r, &all, &v);
	TRY(add_kpis(r, n->head.id, &v));
	add_way(c->arena, &v.ways, "/app/sit/radky", "Řádky sítě", "Seznam, opravy, stažení a načtení celé sítě ze sešitu");
	add_way(c->arena, &v.ways, access_scope(c, CAP_NETWORK_READ).all ? "/app/sit/nezarazene" : "/sit/nezarazene", "Nezařazené služby", "Koho zastupitelstvo nezařadilo a proč");
	add_way(c->arena, &v.ways, "/app/sit/rozhodnuti", "Rozhodnutí o řádcích", "Vystoupení, sloučení, vyřazení, opravy přepisu a naléhavá zařazení");
	if (may(c, CAP_NETWORK_UPDATE))
		add_way(c->arena, &v.ways, "/app/sit/rozhodnuti/nove", "Rozhodnout o řádku", "Mimo verzi sítě");
	if (may(c, CAP_NETWORK_CREATE) && !network_has_approved(&all))
		add_way(c->arena, &v.ways, "/app/sit/prevzit", "Převzít dosavadní síť", "Verze z doby před touto aplikací, s řádky ze sešitu");
	if (may(c, CAP_REVIEW_CREATE))
		add_way(c->arena, &v.ways, "/app/sit/prehodnoceni", "Přehodnocení služeb", "Roční kola: ponechat, zkrátit, uložit výhradu, vyřadit");
	else if (may(c, CAP_REVIEW_READ))
		add_way(c->arena, &v.ways, "/app/prehodnoceni", "Přehodnocení služeb", "Co kraj u služby navrhl, jak se poskytovatel vyjádřil a jak se rozhodlo");
	add_way(c->arena, &v.ways, "/app/sit/vyhrady", "Výhrady", "Co má služba v síti splnit a do kdy");
	if (may(c, CAP_MEANS_READ))
		add_way(c->arena, &v.ways, "/app/sit/penize", "Peníze na síť", "Částka roku, na který výhled platného plánu není");
	add_way(c->arena, &v.ways, "/sit", "Síť pro veřejnost", "Ke kterémukoli dni, s mapou a soubory");
	add_way(c->arena, &v.ways, "/sit/zmeny", "Změny po verzích", "Co která verze přinesla");
	add_way(c->arena, &v.ways, "/app/sit/site", "Druhy sítí", "Názvy a úvodní texty");
	add_versions(r, &all, &v);
	view_office_network(page(r, S("Síť služeb")), &v);
	return OK;
}

/* ---- one version ---- */

static Err version_of(Req *r, NetworkVersion **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(network_version_stored(r->c, id, ret));
	if (network_version_is_public(*ret) || may(r->c, CAP_NETWORK_UPDATE) || may(r->c, CAP_NETWORK_APPROVE))
		return OK;
	return fail(r->c, ERR_NOT_FOUND, NULL, "Taková verze sítě není, nebo ještě není schválená. Schválené verze najdete v přehledu sítě.");
}

static void add_pair(Arena *a, PairViews *list, const char *label, Str value, Str href) {
	if (value.len)
		*ARENA_PUSH(a, list->at, list->len, list->cap) = (PairView){.label = str_c(label), .value = value, .href = href};
}

static void add_link(Arena *a, Links *list, const char *label, Str href) {
	*ARENA_PUSH(a, list->at, list->len, list->cap) = (LinkView){.label = str_c(label), .href = href};
}

static Err show_version(Req *r, const NetworkVersion *x) {
	Ctx              *c = r->c;
	Arena            *a = c->arena;
	NetworkVersion   *base;
	Networks          networks;
	Str               tier = {0};
	Str               number, here = str_format(a, "/app/sit/verze/%lld", (long long)x->head.id), href = sit_resolution_href(c, x->resolution, &number);
	char              from[DATE_ISO_LEN], to[DATE_ISO_LEN];
	OfficeVersionView v = {.title = str_cat(a, S("Verze sítě "), x->number), .lead = x->title};
	TRY(networks_all(c, &networks));
	for (size_t i = 0; i < networks.len; i++)
		if (networks.at[i]->head.id == x->network && i)           /* the basic one, the first, needs no name */
			tier = str_format(a, "sit=%.*s&", STR_ARG(networks.at[i]->tier));
	add_pair(a, &v.pairs, "Účinná od", sit_day(a, x->effective_from), (Str){0});
	add_pair(a, &v.pairs, "Usnesení", number, href);
	add_pair(a, &v.pairs, "Schválena dne", sit_day(a, x->approved_on), (Str){0});
	if (x->base && network_version_stored(c, x->base, &base) == OK)
		add_pair(a, &v.pairs, "Vychází z verze", base->number, str_format(a, "/app/sit/verze/%lld", (long long)base->head.id));
	add_pair(a, &v.pairs, "Poznámka", x->note, (Str){0});
	add_pair(a, &v.pairs, "Převzetí uzavřeno", x->snapshot_sha256.len ? (Str){0} : sit_day(a, x->closed_on), (Str){0});
	add_pair(a, &v.pairs, "Otisk schváleného znění", x->snapshot_sha256, (Str){0});
	if (network_version_is_public(x)) {
		Str before = date_iso(date_add(x->effective_from, -1), from), after = date_iso(x->effective_from, to);
		add_link(a, &v.ways, "Co verze změnila", str_format(a, "/sit/rozdil?%.*sdrive=%.*s&pozdeji=%.*s", STR_ARG(tier), STR_ARG(before), STR_ARG(after)));
		add_link(a, &v.ways, "Síť v této verzi", str_format(a, "/sit?%.*ske-dni=%.*s", STR_ARG(tier), STR_ARG(after)));
	}
	Str draft = str_format(a, "/app/sit/navrh/%lld", (long long)x->head.id);
	if (words_have(VERSION_IS_DRAFT " " VERSION_IN_ROUTE, x->state) && draft_may_look(r))
		add_link(a, &v.ways, "Pracovní kopie verze", draft);
	if (network_version_is_loading(x) && may(c, CAP_NETWORK_UPDATE)) {
		add_pair(a, &v.pairs, "Převzetí", S("Řádky se načítají; vedoucí odboru je zkontroluje a převzetí uzavře."), (Str){0});
		add_link(a, &v.ways, "Načíst řádky ze sešitu", S("/app/sit/radky/import"));
	}
	add_link(a, &v.ways, "Zpět na síť", S("/app/sit"));
	TRY(work_panel(r, &network_version_machine, x->head.id, str_cat(a, here, S("/krok")), &v.work));
	crumb(r, S("Síť služeb"), S("/app/sit"));
	view_network_version(page(r, v.title), &v);
	return OK;
}

Err page_office_version(Req *r) {
	NetworkVersion *v;
	TRY(version_of(r, &v));
	return show_version(r, v);
}

Err post_office_version_step(Req *r) {
	NetworkVersion *v;
	TRY(version_of(r, &v));
	Err e = work_submit(r, &network_version_machine, v->head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_version(r, v);
	TRY(e);
	return redirect(r, "/app/sit/verze/%lld", (long long)v->head.id);
}
