/* public_page.c: /potreby and /potreby/druhy: the picture of needs for everybody, as map, tables and files. */
#include "base/format.h"
#include "domain/needs/needs_page.h"
#include "domain/needs/optimal.h"
#include "domain/needs/public.html.h"
#include "domain/needs/public_views_page.h"
#include "domain/territory/territory_page.h"

typedef enum Measure { BY_PERSONS, BY_FTE, BY_BEDS } Measure;
static const struct { const char *code, *label, *unit; int places; } measures[] = {
	[BY_PERSONS] = {"osoby", "Osoby", "počet osob na kartách potřeb", 0},
	[BY_FTE] = {"uvazky", "Chybějící úvazky", "úvazky v přímé péči, které chybějí", 2},
	[BY_BEDS] = {"luzka", "Chybějící lůžka", "lůžka, která chybějí", 0},
};

/* ---- numbers in words ---- */

static Str number(Arena *a, i64 n, int places) {
	CLEANUP(buf_free) Buf b = {0};
	if (n == BLANK)
		return S("–");
	if (places)
		fmt_decimal(&b, n, places);
	else
		fmt_int(&b, n);
	return buf_take(&b, a);
}

static Str beds(Arena *a, i64 hundredths) {
	return number(a, hundredths == BLANK ? BLANK : hundredths / 100, 0);
}

/* A sum that leaves something out says so. */
static Str persons(Arena *a, const GapCell *c, bool is_sum) {
	if (c->persons == BLANK)
		return S("< 5");
	if (is_sum && c->is_small && c->persons == 0)
		return S("neuvádí se");              /* everything that is summed is hidden */
	Str s = number(a, c->persons, 0);
	return is_sum && c->is_small ? str_cat(a, s, S(" a více")) : s;
}

static i64 plus(i64 x, i64 y) {
	return x == BLANK || y == BLANK ? BLANK : x + y;
}

static GapLine line_of(Arena *a, Str label, Str href, const GapCell *c, bool is_sum) {
	i64 difference = c->optimal_beds == BLANK ? BLANK : c->optimal_beds - (c->network_beds == BLANK ? 0 : c->network_beds);
	return (GapLine){.label = label, .href = href, .needs = number(a, c->needs, 0), .persons = persons(a, c, is_sum), .network = beds(a, c->network_beds),
	                 .missing = beds(a, c->missing_beds), .wanted = beds(a, plus(c->network_beds, c->missing_beds)), .fte = number(a, c->missing_fte, 2),
	                 .network_fte = number(a, c->network_fte, 2), .optimal = c->optimal_fte == BLANK ? beds(a, c->optimal_beds) : number(a, c->optimal_fte, 2),
	                 .difference = c->optimal_fte == BLANK ? beds(a, difference) : S("–")};
}

static i64 measured(const GapCell *c, Measure m) {
	return m == BY_PERSONS ? c->persons : m == BY_FTE ? c->missing_fte : c->missing_beds / 100;
}

/* ---- what was chosen ---- */

static Err chosen_measure(Req *r, Measure *ret) {
	Str code = query(r, "mapa");
	*ret = BY_PERSONS;
	for (size_t i = 0; i < LEN(measures); i++)
		if (!code.len || str_eq(code, str_c(measures[i].code))) {
			*ret = (Measure)i;
			return OK;
		}
	return fail(r->c, ERR_MALFORMED, NULL, "Takový ukazatel mapy tato stránka nemá. Vyberte jej z nabídky na stránce Potřeby území.");
}

static Err chosen_group(Req *r, const Gap *g, const GapRow **ret) {
	Str code = query(r, "skupina");
	*ret = NULL;
	for (size_t i = 0; i < g->groups.len && code.len; i++)
		if (str_eq(g->groups.at[i].code, code)) {
			*ret = &g->groups.at[i];
			return OK;
		}
	return code.len ? fail(r->c, ERR_NOT_FOUND, NULL, "Taková cílová skupina v seznamu není. Vyberte ji z nabídky na stránce Potřeby území.") : OK;
}

static void add_option(Arena *a, FieldView *f, Str value, Str label, Str chosen) {
	*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = value, .label = label, .chosen = str_eq(value, chosen)};
}

/* ---- the map ---- */

static Err figure(Req *r, const Gap *g, const GapCell *cells, Measure m, Str about, FigureView *f) {
	Arena          *a = r->c->arena;
	TerritoryShapes shapes;
	UnitRows        rows = {0};
	i64             most = 1;
	*f = (FigureView){.title = str_format(a, "%s podle obvodů%.*s", measures[m].label, STR_ARG(about)), .unit = str_c(measures[m].unit),
	                  .caption = str_format(a, "%s podle obvodů", measures[m].label), .is_map = true, .bar_max = 1000};
	strs_add(a, &f->heads, S("Obvod ORP"));
	strs_add(a, &f->heads, str_c(measures[m].label));
	for (size_t i = 0; i < g->districts.len; i++) {
		i64 value = measured(&cells[i], m);
		*ARENA_PUSH(a, rows.at, rows.len, rows.cap) = (UnitRow){
			.unit = g->districts.at[i], .value = value, .href = str_cat(a, S("/uzemi/"), g->districts.at[i]->slug),
			.value_text = m == BY_PERSONS ? persons(a, &cells[i], true) : number(a, value, measures[m].places)};
		most = value != BLANK && value > most ? value : most;
	}
	for (size_t i = 0; i < rows.len; i++) {
		FigureRow row = {.label = rows.at[i].unit->name, .bar = rows.at[i].value == BLANK ? 0 : div_round(rows.at[i].value * 1000, most)};
		strs_add(a, &row.cells, rows.at[i].value_text);
		*ARENA_PUSH(a, f->rows.at, f->rows.len, f->rows.cap) = row;
	}
	TRY(territory_shapes(r->c, &g->districts, BOUNDARY_OVERVIEW, TERRITORY_MAP_WIDTH, &shapes));
	if (shapes.at)
		f->drawing = drawn_map(r, &rows, &shapes, measures[m].places, true, f->title, S("Stejné údaje jsou v tabulce vedle mapy a v tabulce obvodů níže."));
	return OK;
}

/* ---- files ---- */

static void put_cell(TableWriter *t, const Gap *g, size_t d, const GapRow *row) {
	const GapCell *c = &row->cells[d];
	table_text(t, g->districts.at[d]->csu_code);
	table_text(t, g->districts.at[d]->name);
	table_text(t, row->code);
	table_text(t, row->name);
	table_int(t, c->needs);
	table_int(t, c->persons);
	table_bool(t, c->is_small);
	table_int(t, c->network_beds == BLANK ? BLANK : c->network_beds / 100);
	table_int(t, c->missing_beds / 100);
	table_int(t, c->network_fte);
	table_int(t, c->missing_fte);
	table_row_end(t);
}

static Str note(Req *r, const Gap *g) {
	return str_format(r->c->arena, "%s%.*s Počty osob pod pět se nezveřejňují a v součtech nejsou.", web_options()->demo ? "Ukázková data. " : "", STR_ARG(g->source));
}

typedef void (*PutCell)(TableWriter *t, const Gap *g, size_t district, const GapRow *row);
static Err send(Req *r, const Gap *g, const GapRows *rows, const char *name, const TableColumn *columns, size_t n, PutCell put) {
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);
	Str        file = str_format(r->c->arena, "%s.%s", name, format_suffix(format));
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : file, out));
	TableWriter *t = table_open(r->c->arena, out, format, S("Potřeby"), columns, n, note(r, g));
	for (size_t i = 0; i < rows->len; i++)
		for (size_t d = 0; d < g->districts.len && rows->at[i].any; d++)
			put(t, g, d, &rows->at[i]);
	TRY(table_close(t));
	return download_end(r, out);
}

static Err send_groups(Req *r, const Gap *g) {
	static const TableColumn columns[] = {
		{"kod_orp", "Kód ORP", CELL_TEXT, 0, 10}, {"orp", "Obvod ORP", CELL_TEXT, 0, 24}, {"kod_skupiny", "Kód skupiny", CELL_TEXT, 0, 18},
		{"skupina", "Cílová skupina", CELL_TEXT, 0, 44}, {"potreb", "Potřeb", CELL_INT, 0, 10}, {"osob", "Osob", CELL_INT, 0, 10},
		{"osob_mene_nez_5", "Osob méně než 5", CELL_BOOL, 0, 16}, {"luzek_v_siti", "Lůžek v síti", CELL_INT, 0, 14}, {"luzek_chybi", "Lůžek chybí", CELL_INT, 0, 14},
		{"uvazku_v_siti", "Úvazků v síti", CELL_DECIMAL, 2, 14}, {"uvazku_chybi", "Úvazků chybí", CELL_DECIMAL, 2, 14},
	};
	return send(r, g, &g->groups, "potreby", columns, LEN(columns), put_cell);
}

/* ---- /potreby ---- */

static void add_fields(Req *r, const Gap *g, const GapRow *group, Measure m, GapView *v) {
	Arena    *a = r->c->arena;
	FieldView groups = {.kind = FIELD_SELECT, .name = S("skupina"), .label = S("Cílová skupina")};
	FieldView map = {.kind = FIELD_SELECT, .name = S("mapa"), .label = S("Na mapě")};
	add_option(a, &groups, (Str){0}, S("všechny"), group ? group->code : (Str){0});
	for (size_t i = 0; i < g->groups.len; i++)
		if (g->groups.at[i].total.needs || &g->groups.at[i] == group)
			add_option(a, &groups, g->groups.at[i].code, g->groups.at[i].name, group ? group->code : (Str){0});
	for (size_t i = 0; i < LEN(measures); i++)
		add_option(a, &map, str_c(measures[i].code), str_c(measures[i].label), str_c(measures[m].code));
	v->fields[v->field_count++] = groups;
	v->fields[v->field_count++] = map;
}

static void add_kpi(Arena *a, GapView *v, const char *label, Str value, const char *note) {
	*ARENA_PUSH(a, v->kpis.at, v->kpis.len, v->kpis.cap) = (KpiView){.label = str_c(label), .value = value, .note = str_c(note)};
}

static GapCell sum_of(const Gap *g, const GapCell *cells) {
	GapCell t = {.network_fte = g->fte_known ? 0 : BLANK, .optimal_fte = BLANK, .optimal_beds = BLANK};
	for (size_t d = 0; d < g->districts.len; d++) {
		t.needs += cells[d].needs;
		t.persons += cells[d].persons == BLANK ? 0 : cells[d].persons;
		t.is_small = t.is_small || cells[d].is_small;
		t.missing_fte += cells[d].missing_fte;
		t.missing_beds += cells[d].missing_beds;
		t.network_beds += cells[d].network_beds == BLANK ? 0 : cells[d].network_beds;
		t.network_fte = plus(t.network_fte, cells[d].network_fte);
	}
	return t;
}

static void add_lines(Req *r, const Gap *g, const GapCell *cells, bool is_sum, GapView *v) {
	Arena  *a = r->c->arena;
	GapCell total = sum_of(g, cells);
	for (size_t d = 0; d < g->districts.len; d++) {
		GapLine line = line_of(a, g->districts.at[d]->name, str_cat(a, S("/uzemi/"), g->districts.at[d]->slug), &cells[d], is_sum);
		*ARENA_PUSH(a, v->districts.at, v->districts.len, v->districts.cap) = line;
		v->has_small = v->has_small || cells[d].is_small;
	}
	v->total = line_of(a, S("Celkem"), (Str){0}, &total, true);
	add_kpi(a, v, "Potřeby", number(a, total.needs, 0), "o kterých kraj rozhodl");
	add_kpi(a, v, "Osoby", persons(a, &total, true), "jeden člověk může být na více kartách");
	add_kpi(a, v, "Chybějící úvazky", number(a, total.missing_fte, 2), "v přímé péči");
	add_kpi(a, v, "Chybějící lůžka", beds(a, total.missing_beds), "");
	v->is_empty = total.needs == 0;
}

static Links links_of(Req *r) {
	static const char *const suffixes[] = {"csv", "xlsx", "json"}, *const names[] = {"CSV", "XLSX", "JSON"};
	Links list = {0};
	for (size_t i = 0; i < LEN(suffixes); i++)
		*ARENA_PUSH(r->c->arena, list.at, list.len, list.cap) = (LinkView){.label = str_c(names[i]), .href = url_with_format(r, suffixes[i])};
	return list;
}

Err page_public_needs(Req *r) {
	Arena        *a = r->c->arena;
	Gap           g;
	Measure       m;
	const GapRow *group;
	TRY(chosen_measure(r, &m));
	TRY(gap_read(r->c, BLANK, &g));
	TRY(chosen_group(r, &g, &group));
	if (r->format != PAGE_HTML)
		return send_groups(r, &g);
	GapView v = {.title = S("Potřeby území"), .source = g.source, .action = S("/potreby"), .downloads = links_of(r),
	             .lead = S("Co lidem v kraji chybí, kde a kolik. Potřeby zapisují obce, pracovní skupiny a poskytovatelé po celý rok; tady jsou ty, o kterých kraj rozhodl.")};
	const GapCell *cells = group ? group->cells : g.of_district;
	add_fields(r, &g, group, m, &v);
	add_lines(r, &g, cells, !group, &v);
	TRY(figure(r, &g, cells, m, group ? str_format(a, ": %.*s", STR_ARG(group->name)) : (Str){0}, &v.figure));
	for (size_t i = 0; i < g.groups.len && !group; i++)
		if (g.groups.at[i].total.needs)
			*ARENA_PUSH(a, v.groups.at, v.groups.len, v.groups.cap) =
				line_of(a, g.groups.at[i].name, str_cat(a, S("/potreby?skupina="), g.groups.at[i].code), &g.groups.at[i].total, true);
	if (g.whole_region.needs)
		v.region_note = str_format(a, "Dalších %lld potřeb se týká celého kraje a v obvodech není.", (long long)g.whole_region.needs);
	r->description = S("Potřeby sociálních služeb podle obvodů a cílových skupin: kolik lidí, co je v síti a co chybí.");
	view_public_needs(page(r, v.title), &v);
	return OK;
}

/* ---- /potreby/druhy ---- */

static void put_kind(TableWriter *t, const Gap *g, size_t d, const GapRow *row) {
	const GapCell *c = &row->cells[d];
	table_int(t, g->optimal_year);
	table_text(t, g->districts.at[d]->csu_code);
	table_text(t, g->districts.at[d]->name);
	table_text(t, row->code);
	table_text(t, row->name);
	table_int(t, c->optimal_beds == BLANK ? BLANK : c->optimal_beds / 100);
	table_int(t, c->network_beds == BLANK ? BLANK : c->network_beds / 100);
	table_int(t, c->optimal_fte);
	table_int(t, c->network_fte);
	table_row_end(t);
}

static Err send_kinds(Req *r, const Gap *g) {
	static const TableColumn columns[] = {
		{"rok", "Rok", CELL_INT, 0, 8}, {"kod_orp", "Kód ORP", CELL_TEXT, 0, 10}, {"orp", "Obvod ORP", CELL_TEXT, 0, 24}, {"druh", "Kód druhu", CELL_TEXT, 0, 10},
		{"nazev_druhu", "Druh služby", CELL_TEXT, 0, 44}, {"luzek_optimum", "Lůžek optimum", CELL_INT, 0, 14}, {"luzek_v_siti", "Lůžek v síti", CELL_INT, 0, 14},
		{"uvazku_optimum", "Úvazků optimum", CELL_DECIMAL, 2, 14}, {"uvazku_v_siti", "Úvazků v síti", CELL_DECIMAL, 2, 14},
	};
	return send(r, g, &g->kinds, "optimalni-kapacity", columns, LEN(columns), put_kind);
}

static Err chosen_district(Req *r, const Gap *g, size_t *ret) {
	Str slug = query(r, "orp");
	for (*ret = 0; *ret < g->districts.len && slug.len; ++*ret)
		if (str_eq(g->districts.at[*ret]->slug, slug))
			return OK;
	*ret = g->districts.len;
	return slug.len ? fail(r->c, ERR_NOT_FOUND, NULL, "Takový obvod v kraji není. Vyberte jej z nabídky na stránce.") : OK;
}

static void kind_fields(Req *r, const Gap *g, size_t d, const OptimalYears *years, GapView *v) {
	Arena    *a = r->c->arena;
	Str       slug = d < g->districts.len ? g->districts.at[d]->slug : (Str){0};
	FieldView orp = {.kind = FIELD_SELECT, .name = S("orp"), .label = S("Obvod ORP")}, year = {.kind = FIELD_SELECT, .name = S("rok"), .label = S("Rok optima")};
	add_option(a, &orp, (Str){0}, S("celý kraj"), slug);
	for (size_t i = 0; i < g->districts.len; i++)
		add_option(a, &orp, g->districts.at[i]->slug, g->districts.at[i]->name, slug);
	for (size_t i = years->len; i-- > 0;)
		add_option(a, &year, year_text(a, years->at[i]), year_text(a, years->at[i]), year_text(a, g->optimal_year));
	v->fields[v->field_count++] = orp;
	if (years->len)
		v->fields[v->field_count++] = year;
}

Err page_public_kinds(Req *r) {
	Arena *a = r->c->arena;
	Gap    g;
	OptimalYears  years;
	i64    year;
	size_t d;
	TRY(query_int(r, "rok", BLANK, 2015, 2100, &year));
	TRY(optimal_years(r->c, &years));
	TRY(gap_read(r->c, year, &g));
	TRY(chosen_district(r, &g, &d));
	if (r->format != PAGE_HTML)
		return send_kinds(r, &g);
	GapView v = {.title = S("Optimální kapacity"), .source = g.source, .action = S("/potreby/druhy"), .downloads = links_of(r), .year = year_text(a, g.optimal_year),
	             .lead = S("Kolik služeb kraj v obvodech chce mít a kolik jich je. Optimum schvaluje kraj, kapacita se bere ze sítě nebo z registru.")};
	kind_fields(r, &g, d, &years, &v);
	for (size_t i = 0; i < g.kinds.len; i++) {
		const GapCell *c = d < g.districts.len ? &g.kinds.at[i].cells[d] : &g.kinds.at[i].total;
		if (c->optimal_fte == BLANK && c->optimal_beds == BLANK && c->network_beds == BLANK)
			continue;
		Str label = str_format(a, "§ %.*s %.*s", STR_ARG(g.kinds.at[i].code), STR_ARG(g.kinds.at[i].name));
		*ARENA_PUSH(a, v.groups.at, v.groups.len, v.groups.cap) = line_of(a, str_starts(g.kinds.at[i].code, S("c")) ? g.kinds.at[i].name : label,
			str_cat(a, S("/katalog/druhy/"), g.kinds.at[i].code), c, true);
	}
	v.is_empty = v.groups.len == 0;
	crumb(r, S("Potřeby území"), S("/potreby"));
	view_public_kinds(page(r, v.title), &v);
	return OK;
}
