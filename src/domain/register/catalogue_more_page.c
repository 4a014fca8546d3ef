/* catalogue_more_page.c: pages around the catalogue: providers, kinds of services in plain words, life situations. */
#include "core/codelist.h"
#include "domain/register/catalogue_detail.html.h"
#include "domain/register/catalogue_page.h"
#include "domain/register/catalogue_parts_page.h"

enum { FIRST_ROWS = 10 };

static Err only_page_and_json(Req *r) {
	if (r->format == PAGE_HTML || r->format == PAGE_JSON)
		return OK;
	return fail(r->c, ERR_NOT_FOUND, NULL, "Tuto adresu nabízíme jako stránku a jako JSON; v CSV a XLSX je seznam služeb na adrese /katalog.csv.");
}

static void add_pair(Arena *a, PairViews *to, const char *label, Str value, Str href) {
	if (value.len)
		*ARENA_PUSH(a, to->at, to->len, to->cap) = (PairView){.label = str_c(label), .value = value, .href = href};
}

static TableView table_of(Arena *a, const char *caption) {
	static const char *const heads[] = {"Služba", "Podoba", "Kde", "Kapacita"};
	TableView t = {.id = S("sluzby-popis"), .caption = str_c(caption), .kind = "stack"};
	for (size_t i = 0; i < LEN(heads); i++)
		*ARENA_PUSH(a, t.columns.at, t.columns.len, t.columns.cap) = (ColumnView){.label = str_c(heads[i])};
	return t;
}

static void add_row(Arena *a, CatalogueRowViews *to, const CatalogueService *s) {
	*ARENA_PUSH(a, to->at, to->len, to->cap) = (CatalogueRow){s};
}

static void put_services_json(Req *r, JsonWriter *j, const Catalogue *k, const CatalogueRowViews *rows) {
	jw_key(j, "sluzby");
	jw_array(j);
	for (size_t i = 0; i < rows->len; i++) {
		const CatalogueService *s = rows->at[i].s;
		jw_object(j);
		jw_key(j, "id");
		jw_int(j, s->id);
		jw_key(j, "identifikator");
		jw_str(j, s->identifier);
		jw_key(j, "nazev");
		jw_str(j, s->name);
		jw_key(j, "druh");
		jw_str(j, k->facets[CAT_KIND].at[s->kind].code);
		jw_key(j, "stranka");
		jw_str(j, url_absolute(r, catalogue_service_href(r->c->arena, s->id, s->name)));
		jw_object_end(j);
	}
	jw_array_end(j);
}

/* ---- provider ---- */

/* Never a guess: of two providers with one number the one with services. */
static Err find_provider(Req *r, const Catalogue *k, Provider **ret) {
	Str   typed = arg(r, 0);
	Id    id = 0;
	void *row;
	if (str_starts(typed, S("id-")) && str_to_int(str_from(typed, 3), &id) && id > 0) {
		TRY(entity_get(r->c, &provider_entity, TODAY, id, &row));
		*ret = row;
		return OK;
	}
	for (size_t i = 0; i < k->provider_count && id == 0; i++)
		if (k->providers[i].count && str_eq(k->providers[i].ico, typed))
			id = k->providers[i].id;
	TRY(id ? entity_get(r->c, &provider_entity, TODAY, id, &row) : entity_find(r->c, &provider_entity, TODAY, "ico", typed, &row));
	*ret = row;
	return OK;
}

static Err moved_provider(Req *r, Id id, bool *moved) {
	Id    to;
	void *row;
	TRY(register_redirect(r->c, "provider", id, &to));
	*moved = to != 0;
	if (!*moved)
		return OK;
	TRY(entity_get(r->c, &provider_entity, TODAY, to, &row));
	TRY(redirect(r, "%.*s", STR_ARG(catalogue_provider_href(r->c->arena, to, ((Provider *)row)->ico))));
	set_status(r, 301);
	return OK;
}

/* The seat of a natural person may be a home: the town is enough. */
static Str seat_of(Req *r, const Provider *p) {
	const Unit *town = p->municipality ? territory_by_id(r->c, p->municipality) : NULL;
	Arena *a = r->c->arena;
	if (!town)
		return (Str){0};
	if (str_starts(p->legal_form, S("fo-")) || !p->house_no.len)
		return town->name;
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, p->street.len ? p->street : town->name);
	buf_char(&b, ' ');
	buf_str(&b, p->house_no);
	buf_lit(&b, ", ");
	if (p->postcode.len) {
		fmt_postcode(&b, p->postcode);
		buf_char(&b, ' ');
	}
	buf_str(&b, town->name);
	return buf_take(&b, a);
}

static void add_provider_pairs(Req *r, const Provider *p, PairViews *to) {
	Arena *a = r->c->arena;
	struct { const char *label, *kind; Str value; } contacts[] = {{"Telefon", "phone", p->phone}, {"E-mail", "email", p->email}, {"Web", "web", p->web}};
	add_pair(a, to, "IČO", p->ico, (Str){0});
	add_pair(a, to, "Právní forma", codelist_name(r->c, "legal_form", p->legal_form), (Str){0});
	add_pair(a, to, "Druh poskytovatele", codelist_name(r->c, "provider_kind", p->kind), (Str){0});
	add_pair(a, to, "Sídlo", seat_of(r, p), (Str){0});
	add_pair(a, to, "Datová schránka", p->data_box, (Str){0});
	for (size_t i = 0; i < LEN(contacts); i++) {
		LinkView l = catalogue_contact(r->c, str_c(contacts[i].kind), contacts[i].value, (Str){0}).link;
		add_pair(a, to, contacts[i].label, l.label, l.href);
	}
}

Err page_catalogue_provider(Req *r) {
	const Catalogue *k;
	Provider        *p;
	bool             moved;
	TRY(only_page_and_json(r));
	TRY(catalogue_get(r->c, &k));
	TRY(find_provider(r, k, &p));
	TRY(moved_provider(r, p->head.id, &moved));
	if (moved)
		return OK;
	Arena *a = r->c->arena;
	CatalogueProviderView v = {.k = k, .arena = a, .name = p->name, .table = table_of(a, "Služby poskytovatele")};
	const CatalogueProvider *known = catalogue_provider(k, p->head.id);
	for (u32 i = 0; known && i < known->range; i++) {
		const CatalogueService *s = &k->services[k->by_provider[known->first + i]];
		if (&k->providers[s->provider] == known)
			add_row(a, &v.rows, s);
	}
	add_provider_pairs(r, p, &v.pairs);
	v.lead = codelist_name(r->c, "provider_kind", p->kind);
	v.lead = catalogue_capital(a, v.lead);
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, (i64)v.rows.len, "služba v katalogu", "služby v katalogu", "služeb v katalogu");
	v.found = buf_take(&b, a);
	if (r->format == PAGE_JSON) {
		JsonWriter j = json_page(r);
		jw_object(&j);
		jw_key(&j, "id");
		jw_int(&j, p->head.id);
		jw_key(&j, "ico");
		jw_str(&j, p->ico);
		jw_key(&j, "nazev");
		jw_str(&j, p->name);
		put_services_json(r, &j, k, &v.rows);
		jw_object_end(&j);
		return OK;
	}
	r->description = str_format(a, "%.*s: sociální služby, kontakty a místa.", STR_ARG(p->name));
	crumb(r, S("Katalog služeb"), S("/katalog"));
	view_catalogue_provider(page(r, p->name), &v);
	return OK;
}

/* ---- kinds ---- */

static CatalogueKindRow kind_row(Ctx *c, const Catalogue *k, const CodeItem *item) {
	i64 at = catalogue_value(k, CAT_KIND, item->code);
	return (CatalogueKindRow){.href = str_cat(c->arena, S("/katalog/druhy/"), item->code), .name = catalogue_capital(c->arena, item->name), .text = item->description,
	                          .law = item->law, .count = at >= 0 ? k->facets[CAT_KIND].at[at].total : 0};
}

static CatalogueKindArea *area_of(Req *r, CatalogueKindAreas *areas, Str code) {
	Str title = code.len ? catalogue_capital(r->c->arena, codelist_name(r->c, "service_area", code)) : S("Další služby");
	for (size_t i = 0; i < areas->len; i++)
		if (str_eq(areas->at[i].title, title))
			return &areas->at[i];
	CatalogueKindArea *area = ARENA_PUSH(r->c->arena, areas->at, areas->len, areas->cap);
	*area = (CatalogueKindArea){.title = title};
	return area;
}

Err page_catalogue_kinds(Req *r) {
	const Catalogue *k;
	CodeItems        items;
	CatalogueKindAreas areas = {0};
	TRY(only_page_and_json(r));
	TRY(catalogue_get(r->c, &k));
	TRY(codelist_items(r->c, "service_kind", r->c->today, &items));
	for (size_t i = 0; i < items.len; i++) {
		CatalogueKindArea *area = area_of(r, &areas, items.at[i]->parent);
		*ARENA_PUSH(r->c->arena, area->kinds.at, area->kinds.len, area->kinds.cap) = kind_row(r->c, k, items.at[i]);
	}
	if (r->format == PAGE_JSON) {
		JsonWriter j = json_page(r);
		jw_array(&j);
		for (size_t i = 0; i < items.len; i++) {
			jw_object(&j);
			jw_key(&j, "kod");
			jw_str(&j, items.at[i]->code);
			jw_key(&j, "nazev");
			jw_str(&j, items.at[i]->name);
			jw_key(&j, "popis");
			jw_str(&j, items.at[i]->description);
			jw_key(&j, "sluzeb");
			jw_int(&j, kind_row(r->c, k, items.at[i]).count);
			jw_object_end(&j);
		}
		jw_array_end(&j);
		return OK;
	}
	crumb(r, S("Katalog služeb"), S("/katalog"));
	view_catalogue_kinds(page(r, S("Druhy služeb")), &areas);
	return OK;
}

static void add_counts(Arena *a, const Catalogue *k, CatalogueFacet f, const u32 *counts, Str list, const char *parameter, CatalogueMapRows *to, i64 *most) {
	for (size_t i = 0; i < k->facets[f].len; i++) {
		if (!counts[i])
			continue;
		const CatalogueValue *v = &k->facets[f].at[i];
		Str href = str_format(a, "%.*s&%s=%.*s", STR_ARG(list), parameter, STR_ARG(v->code));
		*ARENA_PUSH(a, to->at, to->len, to->cap) = (CatalogueMapRow){.label = v->name, .href = href, .count = counts[i]};
		*most = counts[i] > *most ? counts[i] : *most;
	}
}

static bool attribute_has(const CodeItem *item, Str key, Str code) {
	for (Str rest = code_attribute(item, key); rest.len;)
		if (str_eq(str_cut(&rest, '+'), code))
			return true;
	return false;
}

/* The icon of a situation, when the region has written one that we draw. */
static const char *icon_of(const CodeItem *item) {
	Str name = code_attribute(item, S("icon"));
	for (size_t i = 0; i < icon_count(); i++)
		if (str_eq(name, str_c(icon_name(i))))
			return icon_name(i);
	return "info";
}

static TileView situation_tile(Ctx *c, const CodeItem *item) {
	return (TileView){.icon = icon_of(item), .href = str_cat(c->arena, S("/zivotni-situace/"), item->code), .title = item->name, .text = item->description};
}

Err page_catalogue_kind(Req *r) {
	const Catalogue *k;
	Arena           *a = r->c->arena;
	CodeItems        situations;
	TRY(only_page_and_json(r));
	TRY(catalogue_get(r->c, &k));
	const CodeItem *item = codelist_find(r->c, "service_kind", arg(r, 0));
	i64             at = item ? catalogue_value(k, CAT_KIND, item->code) : -1;
	if (at < 0)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový druh služby neznáme. Vyberte jej v přehledu druhů služeb.");
	u32             chosen = (u32)at;
	CatalogueQuery  q = {.limit = r->format == PAGE_JSON ? 0 : FIRST_ROWS};
	CatalogueResult found;
	q.chosen[CAT_KIND] = (CatalogueChoice){&chosen, 1, 1};
	catalogue_search(a, k, &q, &found);
	catalogue_counts(a, k, &q, &found);
	catalogue_rows(a, k, &q, &found);
	CatalogueKindView v = {.name = catalogue_capital(a, item->name), .text = item->description, .law = item->law, .found = catalogue_found(a, found.total),
	                       .list_href = str_cat(a, S("/katalog?druh="), item->code), .services = {.k = k, .arena = a}};
	v.services.table = table_of(a, found.total > FIRST_ROWS ? "Prvních deset služeb podle abecedy" : "Služby podle abecedy");
	for (size_t i = 0; i < found.row_count; i++)
		add_row(a, &v.services.rows, &k->services[found.rows[i]]);
	if (r->format == PAGE_JSON) {
		JsonWriter j = json_page(r);
		jw_object(&j);
		jw_key(&j, "kod");
		jw_str(&j, item->code);
		jw_key(&j, "nazev");
		jw_str(&j, item->name);
		jw_key(&j, "popis");
		jw_str(&j, item->description);
		put_services_json(r, &j, k, &v.services.rows);
		jw_object_end(&j);
		return OK;
	}
	add_counts(a, k, CAT_FORM, found.counts[CAT_FORM], v.list_href, "forma", &v.forms, &v.most_in_form);
	add_counts(a, k, CAT_DISTRICT, found.counts[CAT_DISTRICT], v.list_href, "orp", &v.districts, &v.most_in_district);
	TRY(codelist_items(r->c, "life_situation", r->c->today, &situations));
	for (size_t i = 0; i < situations.len; i++)
		if (attribute_has(situations.at[i], S("kinds"), item->code))
			*ARENA_PUSH(a, v.situations.at, v.situations.len, v.situations.cap) = situation_tile(r->c, situations.at[i]);
	r->description = item->description;
	crumb(r, S("Katalog služeb"), S("/katalog"));
	crumb(r, S("Druhy služeb"), S("/katalog/druhy"));
	view_catalogue_kind(page(r, v.name), &v);
	return OK;
}

/* ---- life situations ---- */

Err page_life_situations(Req *r) {
	CodeItems items;
	TileViews tiles = {0};
	TRY(only_page_and_json(r));
	TRY(codelist_items(r->c, "life_situation", r->c->today, &items));
	if (r->format == PAGE_JSON) {
		JsonWriter j = json_page(r);
		jw_array(&j);
		for (size_t i = 0; i < items.len; i++) {
			jw_object(&j);
			jw_key(&j, "kod");
			jw_str(&j, items.at[i]->code);
			jw_key(&j, "nazev");
			jw_str(&j, items.at[i]->name);
			jw_object_end(&j);
		}
		jw_array_end(&j);
		return OK;
	}
	for (size_t i = 0; i < items.len; i++)
		*ARENA_PUSH(r->c->arena, tiles.at, tiles.len, tiles.cap) = situation_tile(r->c, items.at[i]);
	view_life_situations(page(r, S("Životní situace")), tiles);
	return OK;
}

/* Kinds and target groups of a situation as a query of the list and as its address. */
static void situation_query(Arena *a, const Catalogue *k, const CodeItem *item, CatalogueQuery *q, Str *href) {
	static const struct { const char *attribute, *parameter; CatalogueFacet facet; } parts[] = {{"kinds", "druh", CAT_KIND}, {"groups", "pro", CAT_GROUP}};
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "/katalog");
	for (size_t i = 0; i < LEN(parts); i++)
		for (Str rest = code_attribute(item, str_c(parts[i].attribute)); rest.len;) {
			i64 at = catalogue_value(k, parts[i].facet, str_cut(&rest, '+'));
			if (at < 0)
				continue;
			CatalogueChoice *to = &q->chosen[parts[i].facet];
			*ARENA_PUSH(a, to->at, to->len, to->cap) = (u32)at;
			buf_format(&b, "%c%s=%.*s", b.len > 8 ? '&' : '?', parts[i].parameter, STR_ARG(k->facets[parts[i].facet].at[at].code));
		}
	*href = buf_take(&b, a);
	buf_free(&b);
}

static Err add_help_lines(Ctx *c, const CodeItem *situation, CatalogueHelpLines *to) {
	CodeItems lines;
	TRY(codelist_items(c, "help_line", c->today, &lines));
	for (size_t i = 0; i < lines.len; i++) {
		Str of = code_attribute(lines.at[i], S("situations")), phone = code_attribute(lines.at[i], S("phone"));
		if (phone.len && (str_empty(of) || attribute_has(lines.at[i], S("situations"), situation->code)))
			*ARENA_PUSH(c->arena, to->at, to->len, to->cap) =
				(CatalogueHelpLine){lines.at[i]->name, lines.at[i]->description, phone_link(c->arena, phone).label, phone_link(c->arena, phone).href};
	}
	return OK;
}

static void add_steps(Ctx *c, const CodeItem *item, Strs *to) {
	Str own = code_attribute(item, S("steps"));
	while (own.len)
		strs_add(c->arena, to, str_trim(str_cut(&own, '|')));
	if (to->len)
		return;
	strs_add(c->arena, to, S("Popište někomu, co se děje: sociální pracovník obce s rozšířenou působností nebo poradna poradí zdarma a nikam nic nehlásí."));
	strs_add(c->arena, to, S("Vyberte níže druh služby a území. Zavolejte do dvou nebo tří služeb a zeptejte se, kdy mohou začít a kolik to stojí."));
	strs_add(c->arena, to, S("Nemají-li místo, nechte se zapsat mezi zájemce a zeptejte se, kdo by mohl pomoci mezitím."));
	strs_add(c->arena, to, S("Zjistěte, zda máte nárok na příspěvek na péči nebo jinou dávku: poradí úřad práce."));
}

Err page_life_situation(Req *r) {
	const Catalogue *k;
	Arena           *a = r->c->arena;
	CodeItems        all;
	CatalogueQuery   q = {0};
	CatalogueResult  found;
	TRY(only_page_and_json(r));
	TRY(catalogue_get(r->c, &k));
	const CodeItem *item = codelist_find(r->c, "life_situation", arg(r, 0));
	if (!item)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takovou životní situaci neznáme. Vyberte ji v přehledu životních situací.");
	CatalogueSituationView v = {.name = item->name, .text = item->description, .icon = icon_of(item)};
	situation_query(a, k, item, &q, &v.list_href);
	catalogue_search(a, k, &q, &found);
	if (r->format == PAGE_JSON) {
		CatalogueRowViews rows = {0};
		catalogue_rows(a, k, &q, &found);
		for (size_t i = 0; i < found.row_count; i++)
			add_row(a, &rows, &k->services[found.rows[i]]);
		JsonWriter j = json_page(r);
		jw_object(&j);
		jw_key(&j, "kod");
		jw_str(&j, item->code);
		jw_key(&j, "nazev");
		jw_str(&j, item->name);
		put_services_json(r, &j, k, &rows);
		jw_object_end(&j);
		return OK;
	}
	catalogue_counts(a, k, &q, &found);
	v.found = catalogue_found(a, found.total);
	for (size_t i = 0; i < q.chosen[CAT_KIND].len; i++) {
		u32             at = q.chosen[CAT_KIND].at[i];
		const CodeItem *kind = codelist_find(r->c, "service_kind", k->facets[CAT_KIND].at[at].code);
		if (kind)
			*ARENA_PUSH(a, v.kinds.at, v.kinds.len, v.kinds.cap) = kind_row(r->c, k, kind);
	}
	i64 most = 0;
	add_counts(a, k, CAT_DISTRICT, found.counts[CAT_DISTRICT], v.list_href, "orp", &v.districts, &most);
	add_steps(r->c, item, &v.steps);
	TRY(add_help_lines(r->c, item, &v.lines));
	TRY(codelist_items(r->c, "life_situation", r->c->today, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i] != item)
			*ARENA_PUSH(a, v.others.at, v.others.len, v.others.cap) = (LinkView){.label = all.at[i]->name, .href = str_cat(a, S("/zivotni-situace/"), all.at[i]->code)};
	r->description = item->description;
	crumb(r, S("Životní situace"), S("/zivotni-situace"));
	view_life_situation(page(r, item->name), &v);
	return OK;
}
