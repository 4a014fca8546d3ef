/* sit_page.c: /sit: the network as of any day and as known on any day: numbers, map, list, files. */
#include "base/format.h"
#include "base/text.h"
#include "core/codelist.h"
#include "core/search.h"
#include "domain/network/mandate.h"
#include "domain/network/sit.html.h"
#include "domain/network/sit_page.h"
#include "domain/territory/territory_page.h"

enum { PAGE_SIZE = 50, VERSIONS_SHOWN = 9 };

typedef enum Measure { BY_LINES, BY_BEDS, BY_FTE } Measure;
static const struct { const char *code, *label, *unit; int places; } measures[] = {
	[BY_LINES] = {"", "Počet služeb", "služby, které v obvodu působí", 0},
	[BY_BEDS] = {"luzka", "Lůžka", "lůžka podle podílu obvodu", 0},
	[BY_FTE] = {"uvazky", "Úvazky", "úvazky v přímé péči podle podílu obvodu", 2},
};

typedef struct Choice {
	Network    *network;
	AsOf        at;
	Str         kind, level, unit, status, words;
	Id          provider;
	const Unit *district;
	Measure     measure;
	bool        is_wide;
	i64         page;
	SearchTokens tokens;
} Choice;

/* ---- what was chosen ---- */

static Err known_code(Req *r, const char *name, const char *list, Str *ret) {
	*ret = query(r, name);
	if (!ret->len || codelist_find(r->c, list, *ret))
		return OK;
	return fail(r->c, ERR_NOT_FOUND, NULL, "Výběr „%.*s“ tato stránka nezná. Vyberte hodnotu z nabídky na stránce sítě.", STR_ARG(utf8_first(*ret, 40)));
}

static Err read_choice(Req *r, Choice *k) {
	Str orp = query(r, "orp"), map = query(r, "mapa"), columns = query(r, "sloupce");
	*k = (Choice){.words = query(r, "q")};
	TRY(sit_chosen(r, &k->network));
	TRY(query_as_of(r, &k->at));
	k->at = as_of_full(r->c, k->at);
	TRY(known_code(r, "druh", "service_kind", &k->kind));
	TRY(known_code(r, "uroven", "network_level", &k->level));
	TRY(known_code(r, "jednotka", "network_unit", &k->unit));
	TRY(known_code(r, "stav", "line_status", &k->status));
	TRY(query_int(r, "poskytovatel", 0, 0, INT64_MAX, &k->provider));
	TRY(query_int(r, "strana", 1, 1, 1000000, &k->page));
	k->district = orp.len ? territory_by_slug(r->c, LEVEL_DISTRICT, orp) : NULL;
	if (orp.len && !k->district)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový obvod v kraji není. Vyberte jej z nabídky na stránce sítě.");
	for (size_t i = 0; i < LEN(measures); i++)
		if (str_eq(map, str_c(measures[i].code)))
			k->measure = (Measure)i;
	if (map.len && k->measure == BY_LINES)
		return fail(r->c, ERR_MALFORMED, NULL, "Takový ukazatel mapy tato stránka nemá. Vyberte jej z nabídky nad mapou.");
	if (columns.len && !str_eq(columns, S("vse")))
		return fail(r->c, ERR_MALFORMED, NULL, "Seznam umí jen sloupce „vse“. Použijte odkaz nad seznamem.");
	k->is_wide = columns.len > 0;
	k->tokens = search_tokens(r->c->arena, k->words);
	return OK;
}

static bool works_in(const LineWhole *l, const Unit *district) {
	for (size_t i = 0; i < l->area_count; i++)
		if (l->areas[i].district->id == district->id)
			return true;
	return false;
}

/* Everything that is in the network or was merged in it; with a status those of the status. */
static bool is_shown(const Line *l, Str status) {
	if (status.len)
		return str_eq(l->status, status);
	return line_counts(l) || str_eq(l->status, S(LINE_PREPARED)) || str_eq(l->status, S(LINE_MERGED));
}

static bool passes(Ctx *c, const Choice *k, const LineWhole *l) {
	const Line *x = l->line;
	if (!is_shown(x, k->status) || (k->kind.len && !str_eq(k->kind, x->kind)) || (k->level.len && !str_eq(k->level, x->level)) ||
	    (k->unit.len && !str_eq(k->unit, x->unit)) || (k->provider && k->provider != x->provider) || (k->district && !works_in(l, k->district)))
		return false;
	if (!k->tokens.len)
		return true;
	Str words = str_format(c->arena, "%.*s %.*s %.*s %.*s %.*s %.*s", STR_ARG(x->number), STR_ARG(x->name), STR_ARG(l->provider), STR_ARG(l->ico),
	                       STR_ARG(l->identifier), STR_ARG(codelist_name(c, "service_kind", x->kind)));
	return search_matches(&k->tokens, search_words(c->arena, words));
}

static void filter(Ctx *c, const Choice *k, const LineWholes *all, LineWholes *ret) {
	*ret = (LineWholes){0};
	for (size_t i = 0; i < all->len; i++)
		if (passes(c, k, &all->at[i]))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = all->at[i];
}

/* ---- the moment ---- */

static void add_keep(Req *r, HiddenViews *keep, const char *const *names, size_t n) {
	for (size_t i = 0; i < n; i++)
		if (query(r, names[i]).len)
			*ARENA_PUSH(r->c->arena, keep->at, keep->len, keep->cap) = (HiddenView){str_c(names[i]), query(r, names[i])};
}

static Str version_href(Req *r, Date day) {
	char iso[DATE_ISO_LEN];
	Str  tier = query(r, "sit");
	return str_format(r->c->arena, "/sit?%s%.*s%ske-dni=%.*s", tier.len ? "sit=" : "", STR_ARG(tier), tier.len ? "&" : "", STR_ARG(date_iso(day, iso)));
}

static Err add_moment(Req *r, const Choice *k, SitView *v) {
	static const char *const kept[] = {"sit", "druh", "orp", "uroven", "poskytovatel", "jednotka", "stav", "q", "mapa", "sloupce"};
	Arena          *a = r->c->arena;
	NetworkVersions versions;
	TRY(network_versions(r->c, k->network->head.id, false, &versions));
	const NetworkVersion *now = network_version_on(&versions, k->at.valid);
	v->action = S("/sit");
	v->valid = query(r, "ke-dni").len ? sit_day(a, k->at.valid) : (Str){0};
	v->known = query(r, "znalost");
	add_keep(r, &v->keep, kept, LEN(kept));
	size_t at = 0;
	while (at < versions.len && versions.at[at] != now)
		at++;
	size_t first = at > 2 ? at - 2 : 0;
	if (first + VERSIONS_SHOWN > versions.len)
		first = versions.len > VERSIONS_SHOWN ? versions.len - VERSIONS_SHOWN : 0;
	for (size_t i = first; i < versions.len && i < first + VERSIONS_SHOWN; i++)
		*ARENA_PUSH(a, v->versions.at, v->versions.len, v->versions.cap) = (VersionView){.href = version_href(r, versions.at[i]->effective_from),
			.label = sit_day(a, versions.at[i]->effective_from), .note = versions.at[i]->number, .current = versions.at[i] == now};
	for (size_t i = 0; i < v->versions.len / 2; i++) {
		VersionView swap = v->versions.at[i];
		v->versions.at[i] = v->versions.at[v->versions.len - 1 - i];
		v->versions.at[v->versions.len - 1 - i] = swap;
	}
	if (versions.len)
		v->begins = versions.at[versions.len - 1]->effective_from;
	v->has_version = now != NULL;
	v->is_past = query(r, "ke-dni").len || v->known.len;
	if (!now)
		return OK;
	v->version = now->number;
	v->resolution_href = sit_resolution_href(r->c, now->resolution, &v->resolution);
	v->version_text = str_format(a, "účinná od %.*s", STR_ARG(sit_day(a, now->effective_from)));
	return OK;
}

static void say_moment(Req *r, const Choice *k, SitView *v) {
	CLEANUP(buf_free) Buf b = {0};
	if (!v->is_past)
		return;
	buf_lit(&b, "Síť ke dni ");
	fmt_date(&b, k->at.valid);
	if (v->known.len) {
		buf_lit(&b, ", jak jsme ji znali na konci dne ");
		fmt_date(&b, prague_day((Instant){k->at.recorded.ms - 1}));
		buf_lit(&b, ". Pozdější opravy v ní nejsou.");
	} else {
		buf_lit(&b, " podle toho, co víme dnes, i s pozdějšími opravami.");
	}
	v->moment = (NoteView){.title = S("Díváte se na jiný den."), .text = buf_take(&b, r->c->arena)};
	Links links = {0};
	*ARENA_PUSH(r->c->arena, links.at, links.len, links.cap) = (LinkView){.label = S("Zobrazit dnešní síť"), .href = sit_of_network(r, "/sit")};
	v->moment.links = links;
}

/* ---- totals ---- */

static Str cell_href(Req *r, Str kind, const Unit *district, Str unit) {
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, sit_with_moment(r, "/sit"));
	buf_format(&b, "%s", str_has(buf_view(&b), S("?")) ? "&" : "?");
	if (kind.len) {
		buf_lit(&b, "druh=");
		html_url_str(&b, kind);
		buf_lit(&b, "&");
	}
	buf_format(&b, "jednotka=%.*s", STR_ARG(unit));
	if (district) {
		buf_lit(&b, "&orp=");
		html_url_str(&b, district->slug);
	}
	buf_lit(&b, "#seznam");
	return buf_take(&b, r->c->arena);
}

static SitCell number_cell(Req *r, i64 value, i64 whole, Str unit, Str href) {
	i64 shade = whole <= 0 || value <= 0 ? 0 : value * 100 / whole >= 25 ? 3 : value * 100 / whole >= 10 ? 2 : value * 100 / whole >= 5 ? 1 : 0;
	return (SitCell){.text = value ? sit_number(r->c->arena, value, unit) : S("0"), .href = value ? href : (Str){0}, .shade = shade, .is_nil = value == 0};
}

static SitGroup *group_of(Req *r, SitView *v, Str unit) {
	static const struct { const char *code, *title; } titles[] = {{"L", "Pobytové služby, lůžka"}, {"U", "Ambulantní a terénní služby, úvazky v přímé péči"}};
	Str title = codelist_name(r->c, "network_unit", unit);
	for (size_t i = 0; i < LEN(titles); i++)
		if (str_eq(unit, str_c(titles[i].code)))
			title = str_c(titles[i].title);
	for (size_t i = 0; i < v->groups.len; i++)
		if (str_eq(v->groups.at[i].title, title))
			return &v->groups.at[i];
	SitGroup *g = ARENA_PUSH(r->c->arena, v->groups.at, v->groups.len, v->groups.cap);
	*g = (SitGroup){.title = title};
	return g;
}

static void add_totals(Req *r, const NetworkTotals *t, SitView *v) {
	Ctx *c = r->c;
	for (size_t d = 0; d < t->districts.len; d++)
		strs_add(c->arena, &v->districts, t->districts.at[d]->name);
	for (size_t i = 0; i < t->len; i++) {
		const TotalRow *row = &t->rows[i];
		SitGroup       *g = group_of(r, v, row->unit);
		SitTotal        line = {.label = codelist_name(c, "service_kind", row->kind), .href = cell_href(r, row->kind, NULL, row->unit),
		                        .total = sit_number(c->arena, row->total, row->unit)};
		for (size_t d = 0; d < t->districts.len; d++)
			*ARENA_PUSH(c->arena, line.cells.at, line.cells.len, line.cells.cap) =
				number_cell(r, row->cells[d], row->total, row->unit, cell_href(r, row->kind, t->districts.at[d], row->unit));
		*ARENA_PUSH(c->arena, g->rows.at, g->rows.len, g->rows.cap) = line;
		if (i + 1 < t->len && str_eq(t->rows[i + 1].unit, row->unit))
			continue;
		i64 sum = 0;                             /* the last row of a unit: its sums */
		g->sum = (SitTotal){.label = S("Celkem"), .href = cell_href(r, (Str){0}, NULL, row->unit), .is_sum = true};
		for (size_t d = 0; d < t->districts.len; d++) {
			i64 n = 0;
			for (size_t k = 0; k < t->len; k++)
				n += str_eq(t->rows[k].unit, row->unit) ? t->rows[k].cells[d] : 0;
			sum += n;
			*ARENA_PUSH(c->arena, g->sum.cells.at, g->sum.cells.len, g->sum.cells.cap) =
				number_cell(r, n, 0, row->unit, cell_href(r, (Str){0}, t->districts.at[d], row->unit));
		}
		g->sum.total = sit_number(c->arena, sum, row->unit);
	}
}

static void add_kpi(Arena *a, SitView *v, const char *label, Str value, Str note) {
	*ARENA_PUSH(a, v->kpis.at, v->kpis.len, v->kpis.cap) = (KpiView){.label = str_c(label), .value = value, .note = note};
}

static Str counted(Arena *a, i64 n, const char *one, const char *few, const char *many) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, n, one, few, many);
	return buf_take(&b, a);
}

static void add_kpis(Req *r, const NetworkTotals *t, int year, SitView *v) {
	Arena *a = r->c->arena;
	add_kpi(a, v, "Služby", text_number(a, t->lines), counted(a, t->providers, "poskytovatel", "poskytovatelé", "poskytovatelů"));
	add_kpi(a, v, "Lůžka", sit_number(a, t->beds, S("L")), S("pobytové služby"));
	add_kpi(a, v, "Úvazky v přímé péči", sit_number(a, t->fte, S("U")), S("ambulantní a terénní služby"));
	add_kpi(a, v, "Strop vyrovnávacích plateb", money_text(a, t->ceilings, "–"), str_format(a, "za rok %d", year));
}

/* ---- the map ---- */

/* How many lines work in each district of the totals. */
static i64 *working_lines(Arena *a, const NetworkTotals *t, const LineWholes *lines) {
	i64 *n = NEW_ARRAY(a, i64, t->districts.len + 1);
	for (size_t i = 0; i < lines->len; i++)
		for (size_t k = 0; line_counts(lines->at[i].line) && k < lines->at[i].area_count; k++) {
			size_t d = 0;
			while (d < t->districts.len && t->districts.at[d]->id != lines->at[i].areas[k].district->id)
				d++;
			n[d]++;
		}
	return n;
}

static i64 measured(const NetworkTotals *t, const i64 *working, size_t d, Measure m) {
	i64 n = 0;
	if (m == BY_LINES)
		return working[d];
	for (size_t i = 0; i < t->len; i++)
		n += str_eq(t->rows[i].unit, m == BY_BEDS ? S("L") : S("U")) ? t->rows[i].cells[d] : 0;
	return m == BY_BEDS ? n / 100 : n;
}

static Err add_map(Req *r, const NetworkTotals *t, const LineWholes *lines, Measure m, SitView *v) {
	Arena          *a = r->c->arena;
	TerritoryShapes shapes;
	UnitRows        rows = {0};
	i64             most = 1;
	FigureView     *f = &v->figure;
	const i64      *working = working_lines(a, t, lines);
	*f = (FigureView){.title = str_format(a, "%s podle obvodů", measures[m].label), .unit = str_c(measures[m].unit), .caption = str_format(a, "%s podle obvodů", measures[m].label),
	                  .is_map = true, .bar_max = 1000};
	strs_add(a, &f->heads, S("Obvod ORP"));
	strs_add(a, &f->heads, str_c(measures[m].label));
	for (size_t i = 0; i < LEN(measures); i++)
		*ARENA_PUSH(a, v->measures.at, v->measures.len, v->measures.cap) =
			(TabView){.label = str_c(measures[i].label), .href = str_cat(a, url_with(r, "mapa", str_c(measures[i].code)), S("#mapa-nadpis")), .current = i == m};
	for (size_t d = 0; d < t->districts.len; d++) {
		i64 value = measured(t, working, d, m);
		*ARENA_PUSH(a, rows.at, rows.len, rows.cap) = (UnitRow){.unit = t->districts.at[d], .value = value,
			.href = str_cat(a, url_with(r, "orp", t->districts.at[d]->slug), S("#seznam")),
			.value_text = measures[m].places ? sit_number(a, value, S("U")) : text_number(a, value)};
		most = value > most ? value : most;
	}
	for (size_t i = 0; i < rows.len; i++) {
		FigureRow row = {.label = rows.at[i].unit->name, .href = rows.at[i].href, .bar = div_round(rows.at[i].value * 1000, most)};
		strs_add(a, &row.cells, rows.at[i].value_text);
		*ARENA_PUSH(a, f->rows.at, f->rows.len, f->rows.cap) = row;
	}
	TRY(territory_shapes(r->c, &t->districts, BOUNDARY_OVERVIEW, TERRITORY_MAP_WIDTH, &shapes));
	if (shapes.at && rows.len)
		f->drawing = drawn_map(r, &rows, &shapes, measures[m].places, true, f->title, S("Stejné údaje jsou v tabulce vedle mapy."));
	return OK;
}

/* ---- the list ---- */

static void add_option(Arena *a, FieldView *f, Str value, Str label, Str chosen) {
	*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = value, .label = label, .chosen = str_eq(value, chosen)};
}

static FieldView code_field(Req *r, const char *name, const char *label, const char *list, const char *all, Str chosen) {
	FieldView f = {.kind = FIELD_SELECT, .name = str_c(name), .label = str_c(label)};
	CodeItems items;
	add_option(r->c->arena, &f, (Str){0}, str_c(all), chosen);
	if (codelist_items(r->c, list, r->c->today, &items) == OK)
		for (size_t i = 0; i < items.len; i++)
			add_option(r->c->arena, &f, items.at[i]->code, items.at[i]->name, chosen);
	return f;
}

static void add_filters(Req *r, const Choice *k, const NetworkTotals *t, SitView *v) {
	static const char *const kept[] = {"sit", "ke-dni", "znalost", "poskytovatel", "mapa", "sloupce"};
	Arena    *a = r->c->arena;
	FieldView orp = {.kind = FIELD_SELECT, .name = S("orp"), .label = S("Obvod ORP")};
	Str       slug = k->district ? k->district->slug : (Str){0};
	add_option(a, &orp, (Str){0}, S("celý kraj"), slug);
	for (size_t i = 0; i < t->districts.len; i++)
		add_option(a, &orp, t->districts.at[i]->slug, t->districts.at[i]->name, slug);
	v->fields[v->field_count++] = (FieldView){.kind = FIELD_TEXT, .name = S("q"), .label = S("Hledat"), .value = k->words, .type = "search"};
	v->fields[v->field_count++] = code_field(r, "druh", "Druh služby", "service_kind", "všechny druhy", k->kind);
	v->fields[v->field_count++] = orp;
	v->fields[v->field_count++] = code_field(r, "uroven", "Úroveň", "network_level", "všechny úrovně", k->level);
	v->fields[v->field_count++] = code_field(r, "jednotka", "Jednotka", "network_unit", "všechny jednotky", k->unit);
	v->fields[v->field_count++] = code_field(r, "stav", "Stav", "line_status", "v síti, připravované a sloučené", k->status);
	add_keep(r, &v->filter_keep, kept, LEN(kept));
	for (size_t i = 0; i < v->field_count; i++)
		v->fields[i].optional = false;
}

static void add_chip(Req *r, SitView *v, const char *name, Str label) {
	if (query(r, name).len)
		*ARENA_PUSH(r->c->arena, v->chips.at, v->chips.len, v->chips.cap) = (LinkView){.label = label, .href = str_cat(r->c->arena, url_with(r, name, (Str){0}), S("#seznam"))};
}

static void add_chips(Req *r, const Choice *k, const LineWholes *shown, SitView *v) {
	Ctx *c = r->c;
	add_chip(r, v, "q", str_format(c->arena, "„%.*s“", STR_ARG(k->words)));
	add_chip(r, v, "druh", codelist_name(c, "service_kind", k->kind));
	add_chip(r, v, "orp", k->district ? k->district->name : (Str){0});
	add_chip(r, v, "uroven", str_cat(c->arena, S("úroveň "), codelist_name(c, "network_level", k->level)));
	add_chip(r, v, "jednotka", codelist_name(c, "network_unit", k->unit));
	add_chip(r, v, "stav", codelist_name(c, "line_status", k->status));
	add_chip(r, v, "poskytovatel", shown->len ? shown->at[0].provider : S("poskytovatel"));
}

static Str period(Arena *a, const Line *l) {
	Str from = sit_day(a, l->since);
	return date_is(l->until) ? str_format(a, "%.*s – %.*s", STR_ARG(from), STR_ARG(sit_day(a, l->until))) : str_format(a, "od %.*s", STR_ARG(from));
}

static SitRow row_of(Req *r, const LineWhole *l, int year, bool is_wide) {
	Ctx        *c = r->c;
	const Line *x = l->line;
	SitRow      row = {.number = x->number, .name = x->name, .provider = l->provider, .kind = codelist_name(c, "service_kind", x->kind),
	                   .href = sit_with_moment(r, str_z(c->arena, str_format(c->arena, "/sit/sluzba/%lld", (long long)x->head.id))),
	                   .area = line_areas.people(c, x->areas), .capacity = sit_number(c->arena, x->capacity.hundredths, x->unit), .unit = x->unit,
	                   .registered = text_number(c->arena, l->registered_beds), .level = codelist_name(c, "network_level", x->level),
	                   .ceiling = money_text(c->arena, line_ceiling(l, year), "–"), .period = period(c->arena, x), .status = codelist_name(c, "line_status", x->status),
	                   .tag = sit_status_tag(x->status), .is_grey = !line_counts(x) && !str_eq(x->status, S(LINE_PREPARED)),
	                   .has_tag = !str_eq(x->status, S(LINE_IN_NETWORK)), .mandate = l->mandate_number,
	                   .mandate_href = l->mandate ? str_format(c->arena, "/povereni/%lld", (long long)l->mandate) : (Str){0}};
	for (size_t i = 0; is_wide && i < sit_column_count; i++)
		strs_add(c->arena, &row.cells, sit_cell(c, &sit_columns[i], l, year));
	return row;
}

static LineWholes rows_of_page(const Choice *k, const LineWholes *lines) {
	size_t first = (size_t)(k->page - 1) * PAGE_SIZE;
	if (first >= lines->len)
		return (LineWholes){0};
	return (LineWholes){.at = lines->at + first, .len = lines->len - first < PAGE_SIZE ? lines->len - first : PAGE_SIZE};
}

static void add_rows(Req *r, const Choice *k, const LineWholes *lines, const LineWholes *shown, SitView *v) {
	Ctx *c = r->c;
	for (size_t i = 0; k->is_wide && i < sit_column_count; i++)
		strs_add(c->arena, &v->heads, str_c(sit_columns[i].title));
	for (size_t i = 0; i < shown->len; i++)
		*ARENA_PUSH(c->arena, v->rows.at, v->rows.len, v->rows.cap) = row_of(r, &shown->at[i], date_year(k->at.valid), k->is_wide);
	Str here = url_with(r, "strana", (Str){0});
	v->pager = (PagerView){.label = S("Stránkování seznamu"), .page = k->page, .pages = ((i64)lines->len + PAGE_SIZE - 1) / PAGE_SIZE,
	                       .base = str_cat(c->arena, here, str_has(here, S("?")) ? S("&strana=") : S("?strana="))};
	v->found = counted(c->arena, (i64)lines->len, "řádek sítě", "řádky sítě", "řádků sítě");
	v->is_wide = k->is_wide;
	v->wide_href = str_cat(c->arena, url_with(r, "sloupce", k->is_wide ? (Str){0} : S("vse")), S("#seznam"));
}

/* Without a single line, the reader is told why, and where there are some. */
static void say_nobody(Req *r, const Choice *k, const LineWholes *all, SitView *v) {
	if (all->len)
		return;
	if (!date_is(v->begins))
		v->nobody = (NoteView){.title = S("Tato síť je zatím prázdná."), .text = S("Žádná její verze ještě nebyla schválena.")};
	else if (date_before(k->at.valid, v->begins))
		v->nobody = (NoteView){.title = S("V ten den síť ještě nebyla."), .text = str_format(r->c->arena, "Její první verze je účinná od %.*s.", STR_ARG(sit_day(r->c->arena, v->begins)))};
	else
		v->nobody = (NoteView){.title = S("V ten den síť nikoho neobsahovala."), .text = S("Vyberte jiný den, nebo některou z verzí sítě.")};
	if (date_is(v->begins) && date_before(k->at.valid, v->begins))
		*ARENA_PUSH(r->c->arena, v->nobody.links.at, v->nobody.links.len, v->nobody.links.cap) = (LinkView){.label = S("Zobrazit první verzi"), .href = version_href(r, v->begins)};
}

static Err add_networks(Req *r, const Choice *k, SitView *v) {
	Networks all;
	TRY(networks_all(r->c, &all));
	for (size_t i = 0; all.len > 1 && i < all.len; i++)
		*ARENA_PUSH(r->c->arena, v->networks.at, v->networks.len, v->networks.cap) = (LinkView){.label = all.at[i]->title,
			.href = i ? str_cat(r->c->arena, S("/sit?sit="), all.at[i]->tier) : S("/sit"), .current = all.at[i]->head.id == k->network->head.id};
	return OK;
}

Err page_sit(Req *r) {
	Choice        k;
	LineWholes    all, lines, shown;
	NetworkTotals totals;
	TRY(read_choice(r, &k));
	TRY(lines_bare(r->c, k.network->head.id, k.at, &all));
	if (k.tokens.len)                            /* words are looked for in names, too */
		TRY(lines_name_all(r->c, k.at, &all));
	filter(r->c, &k, &all, &lines);
	shown = r->format == PAGE_HTML ? rows_of_page(&k, &lines) : lines;
	if (!k.tokens.len)
		TRY(lines_name_all(r->c, k.at, &shown));
	TRY(mandates_name(r->c, k.at, &shown));
	if (r->format != PAGE_HTML)
		return sit_export(r, &lines, k.at, "sit");
	SitView v = {.title = k.network->title, .lead = k.network->note, .downloads = sit_formats(r), .pages = sit_ways(r, "/sit"),
	             .year = str_format(r->c->arena, "%d", date_year(k.at.valid))};
	TRY(network_totals(r->c, &all, date_year(k.at.valid), &totals));
	TRY(add_networks(r, &k, &v));
	TRY(add_moment(r, &k, &v));
	say_moment(r, &k, &v);
	add_kpis(r, &totals, date_year(k.at.valid), &v);
	add_totals(r, &totals, &v);
	TRY(add_map(r, &totals, &all, k.measure, &v));
	add_filters(r, &k, &totals, &v);
	add_chips(r, &k, &shown, &v);
	add_rows(r, &k, &lines, &shown, &v);
	say_nobody(r, &k, &all, &v);
	r->description = S("Základní síť sociálních služeb kraje ke kterémukoli dni: služby, kapacity podle druhu a obvodu, změny a rozhodnutí.");
	view_sit(page(r, v.title), &v);
	return OK;
}
