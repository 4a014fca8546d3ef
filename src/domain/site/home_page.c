/* home_page.c: the home page. */
#include "base/format.h"
#include "core/codelist.h"
#include "core/settings.h"
#include "domain/library/news_page.h"
#include "domain/register/catalogue_views_page.h"
#include "domain/site/home.html.h"
#include "domain/site/site_page.h"
#include "domain/territory/territory_map_page.h"

enum { MAP_WIDTH = 480, NEWS = 4, LATEST = 6, CARDS = 2, DAYS = 6 };

static Err situations(Req *r, TileViews *ret) {
	CodeItems items;
	TRY(codelist_items(r->c, "life_situation", r->c->today, &items));
	for (size_t i = 0; i < items.len; i++)
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (TileView){
			.icon = icon_known(code_attribute(items.at[i], S("icon"))), .title = items.at[i]->name, .text = items.at[i]->description,
			.href = str_cat(r->c->arena, S("/zivotni-situace/"), items.at[i]->code)};
	return OK;
}

static OptionViews places(Req *r, const HomeDistricts *districts) {
	OptionViews options = {0};
	*ARENA_PUSH(r->c->arena, options.at, options.len, options.cap) = (OptionView){.label = S("V celém kraji")};
	for (size_t i = 0; i < districts->len; i++)
		*ARENA_PUSH(r->c->arena, options.at, options.len, options.cap) =
			(OptionView){.value = districts->at[i].unit->slug, .label = districts->at[i].unit->name};
	return options;
}

/* ---- the map ---- */

static Str counted(Arena *a, i64 n, const char *one, const char *few, const char *many) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, n, one, few, many);
	return buf_take(&b, a);
}

/* "Jablonec nad Nisou" has no room beside its neighbours. */
static Str short_name(Str name) {
	i64 at = str_find(name, S(" nad "));
	return at > 0 ? str_first(name, (size_t)at) : name;
}

/* Districts as links; NULL when the store has no boundaries. */
static Err district_map(Req *r, const HomeDistricts *d, const Map **ret) {
	Arena          *a = r->c->arena;
	Units           units = {0};
	TerritoryShapes shapes;
	*ret = NULL;
	for (size_t i = 0; i < d->len; i++)
		*ARENA_PUSH(a, units.at, units.len, units.cap) = d->at[i].unit;
	TRY(territory_shapes(r->c, &units, BOUNDARY_OVERVIEW, MAP_WIDTH, &shapes));
	if (!shapes.at)
		return OK;
	MapArea *areas = NEW_ARRAY(a, MapArea, d->len);
	for (size_t i = 0; i < d->len; i++) {
		const Unit *unit = d->at[i].unit;
		areas[i] = (MapArea){.id = unit->slug, .label = unit->name, .short_label = short_name(unit->name), .href = str_cat(a, S("/uzemi/"), unit->slug),
		                     .value = d->at[i].services, .value_text = counted(a, d->at[i].services, "služba", "služby", "služeb"),
		                     .path_data = shapes.at[i].path, .label_x = shapes.at[i].x, .label_y = shapes.at[i].y};
	}
	*ret = NEW(a, Map, .id = S("uzemi"), .title = S("Vyberte území na mapě"), .desc = S("Správní obvody obcí s rozšířenou působností a počet služeb v každém z nich."),
	           .width = shapes.frame.width, .height = shapes.frame.height, .areas = areas, .count = d->len, .labels = true);
	return OK;
}

/* ---- numbers and news ---- */

static Str number(Arena *a, i64 n) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_int(&b, n);
	return buf_take(&b, a);
}

static Str on_day(Arena *a, const char *before, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, str_c(before));
	fmt_date(&b, d);
	return buf_take(&b, a);
}

/* What the catalogue and the territory say in numbers; subjects above add theirs (.figures). */
static Err numbers(Req *r, HomeView *v) {
	Ctx        *c = r->c;
	HomeNumbers n;
	Str         day = on_day(c->arena, "v provozu ", c->today);
	TRY(home_numbers(c, &n));
	v->is_empty = n.services == 0;
	figure_add(c, &v->figures, (KeyFigure){.label = S("Služby v katalogu"), .value = number(c->arena, n.services), .as_of = day, .href = S("/katalog"),
		.how = S("Registrace veřejných služeb, které mají dnes aspoň jedno otevřené místo. Jedna registrace je jedna služba, i když pomáhá na více místech.")});
	figure_add(c, &v->figures, (KeyFigure){.label = S("Poskytovatelé"), .value = number(c->arena, n.providers), .as_of = day, .href = S("/katalog.csv"),
		.how = S("Organizace, které mají v katalogu aspoň jednu službu. Každá se počítá jednou podle IČO.")});
	figure_add(c, &v->figures, (KeyFigure){.label = S("Obce, kde služby působí"), .value = number(c->arena, n.municipalities), .as_of = day, .href = S("/uzemi/obce"),
		.how = S("Obce, ve kterých má některá služba místo. Terénní pomoc v okolních obcích se nepočítá, utajené adresy také ne.")});
	if (n.inhabitants != BLANK)
		figure_add(c, &v->figures, (KeyFigure){.label = S("Obyvatelé kraje"), .value = number(c->arena, n.inhabitants), .as_of = on_day(c->arena, "stav k ", n.counted_on), .href = S("/uzemi"),
			.how = S("Součet obyvatel obcí kraje podle Českého statistického úřadu k uvedenému dni.")});
	return site_figures(r, &v->figures);
}

static ItemViews news(Req *r, const NamedServices *services, const char *words) {
	Arena    *a = r->c->arena;
	ItemViews items = {0};
	for (size_t i = 0; i < services->len; i++) {
		const NamedService *s = &services->at[i];
		*ARENA_PUSH(a, items.at, items.len, items.cap) = (ItemView){
			.href = catalogue_service_href(a, s->id, s->name), .text = s->name,
			.meta = str_format(a, "%.*s, %.*s", STR_ARG(codelist_name(r->c, "service_kind", s->kind)), STR_ARG(on_day(a, words, s->day)))};
	}
	return items;
}

/* "Registr poskytovatelů načten 12. 11. 2026: 3 nové služby a poskytovatelé, 12 změn, 1 ukončení." */
static Err import_words(Req *r, Str *ret) {
	LastImport i;
	*ret = (Str){0};
	TRY(home_last_import(r->c, &i));
	if (!i.at.ms)
		return OK;
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "Registr poskytovatelů jsme naposledy načetli ");
	fmt_date_long(&b, prague_day(i.at));
	buf_lit(&b, ": ");
	fmt_count(&b, i.added, "nový záznam", "nové záznamy", "nových záznamů");
	buf_lit(&b, ", ");
	fmt_count(&b, i.changed, "změněný", "změněné", "změněných");
	buf_lit(&b, ", ");
	fmt_count(&b, i.ended, "ukončený", "ukončené", "ukončených");
	buf_lit(&b, ".");
	*ret = buf_take(&b, r->c->arena);
	return OK;
}

/* What one may take part in stands in front with a button, the rest follows as a line of time. */
static Err happening(Req *r, HomeView *v) {
	Arena     *a = r->c->arena;
	FrontLines all = {0};
	TRY(site_happening(r, &all));
	for (size_t i = 0; i < all.len; i++) {
		const FrontLine *line = &all.at[i];
		int              year, month;
		if (line->act.len && v->cards.len < CARDS) {
			HomeCard *card = ARENA_PUSH(a, v->cards.at, v->cards.len, v->cards.cap);
			*card = (HomeCard){.line = line, .month = fmt_month(line->day)};
			if (date_is(line->day))
				date_parts(line->day, &year, &month, &card->day);
		} else if (line->urgent || v->happening.len < DAYS) {
			front_add(r->c, &v->happening, *line);
		}
	}
	return OK;
}

static Links often(Req *r) {
	static const struct { const char *label, *href; } known[] = {
		{"pečovatelská služba", "/katalog?q=pe%C4%8Dovatelsk%C3%A1+slu%C5%BEba"}, {"domov pro seniory", "/katalog?q=domov+pro+seniory"},
		{"osobní asistence", "/katalog?q=osobn%C3%AD+asistence"}, {"odborné poradenství", "/katalog?q=odborn%C3%A9+poradenstv%C3%AD"},
	};
	Links links = {0};
	for (size_t i = 0; i < LEN(known); i++)
		*ARENA_PUSH(r->c->arena, links.at, links.len, links.cap) = (LinkView){.label = str_c(known[i].label), .href = str_c(known[i].href)};
	return links;
}

Err page_home(Req *r) {
	HomeView      v = {.region = setting_text(r->c, "region.name")};
	HomeDistricts districts;
	NamedServices newest;
	Instant       changed;
	TRY(home_districts(r->c, &districts));
	TRY(district_map(r, &districts, &v.map));
	TRY(situations(r, &v.situations));
	TRY(numbers(r, &v));
	TRY(home_newest(r->c, NEWS, &newest));
	TRY(site_last_change(r->c, &changed));
	TRY(import_words(r, &v.last_import));
	TRY(happening(r, &v));
	TRY(site_latest(r, LATEST, &v.latest));
	TRY(contact_rows(r, &v.contacts));
	v.places = places(r, &districts);
	v.newest = news(r, &newest, "od ");
	if (!v.is_empty)
		v.often = often(r);
	r->is_home = true;
	r->feed = S("/aktuality.atom");
	r->feed_title = S("Aktuality");
	r->changed_on = changed.ms ? prague_day(changed) : (Date){0};
	r->description = S("Sociální služby v kraji: katalog, životní situace, plánování, oznámení a čísla.");
	view_home(page(r, S("Úvod")), &v);
	return OK;
}
