/* sit_diff_page.c: /sit/rozdil: two states of the network side by side, as page, file and PDF for the paper of the assembly. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/sit.html.h"
#include "domain/network/sit_page.h"
#include "domain/territory/territory_page.h"
#include "web/print.h"

typedef struct Two { Network *network; AsOf before, after; } Two;

/* ---- which two ---- */

static Err read_side(Req *r, const char *day, const char *known, Date standard, AsOf *ret) {
	Date d = {0};
	*ret = (AsOf){0};
	TRY(query_date(r, day, standard, &ret->valid));
	TRY(query_date(r, known, (Date){0}, &d));
	if (date_is(d))
		ret->recorded = prague_instant(date_add(d, 1), 0);
	*ret = as_of_full(r->c, *ret);
	return OK;
}

/* Unless said: the day before the last version began, and today. */
static Err read_two(Req *r, Two *t) {
	NetworkVersions versions;
	TRY(sit_chosen(r, &t->network));
	TRY(network_versions(r->c, t->network->head.id, false, &versions));
	const NetworkVersion *now = network_version_on(&versions, r->c->today);
	TRY(read_side(r, "drive", "drive-znalost", now ? date_add(now->effective_from, -1) : date_add_months(r->c->today, -12), &t->before));
	return read_side(r, "pozdeji", "pozdeji-znalost", (Date){0}, &t->after);
}

static Str moment_words(Req *r, AsOf at, const char *known) {
	Arena *a = r->c->arena;
	Str    day = sit_day(a, at.valid);
	return query(r, known).len ? str_format(a, "Stav ke dni %.*s, jak jsme ho znali dne %.*s", STR_ARG(day), STR_ARG(sit_day(a, prague_day((Instant){at.recorded.ms - 1}))))
	                           : str_format(a, "Stav ke dni %.*s", STR_ARG(day));
}

/* ---- the page ---- */

static void add_sum(Arena *a, SitDeltaSums *list, Str label, Str before, Str after, Str delta) {
	*ARENA_PUSH(a, list->at, list->len, list->cap) = (SitDeltaSum){.label = label, .before = before, .after = after, .delta = delta};
}

static i64 total_of(const NetworkTotals *t, Str kind, Str unit, const Unit *district) {
	i64 n = 0;
	for (size_t i = 0; i < t->len; i++) {
		if (!str_eq(t->rows[i].unit, unit) || (kind.len && !str_eq(t->rows[i].kind, kind)))
			continue;
		if (!district) {
			n += t->rows[i].total;
			continue;
		}
		for (size_t d = 0; d < t->districts.len; d++)
			n += t->districts.at[d]->id == district->id ? t->rows[i].cells[d] : 0;
	}
	return n;
}

static Str with_query(Req *r, const char *path) {
	static const char *const kept[] = {"sit", "drive", "drive-znalost", "pozdeji", "pozdeji-znalost"};
	CLEANUP(buf_free) Buf b = {0};
	char sign = '?';
	buf_str(&b, str_c(path));
	for (size_t i = 0; i < LEN(kept); i++) {
		if (!query(r, kept[i]).len)
			continue;
		buf_format(&b, "%c%s=", sign, kept[i]);
		html_url_str(&b, query(r, kept[i]));
		sign = '&';
	}
	return buf_take(&b, r->c->arena);
}

/* From the page as well as from paper. */
static Str part_href(Req *r, const char *name, Str value) {
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, with_query(r, "/sit/rozdil"));
	buf_format(&b, "%c%s=", str_has(buf_view(&b), S("?")) ? '&' : '?', name);
	html_url_str(&b, value);
	return buf_take(&b, r->c->arena);
}

/* Only rows where something changed; each leads to the lines that changed it. */
static void add_part(Req *r, SitDiffView *v, Str label, const char *words, const NetworkTotals *x, const NetworkTotals *y, Str kind, Str unit, const Unit *district) {
	Arena *a = r->c->arena;
	i64    before = total_of(x, kind, unit, district), after = total_of(y, kind, unit, district);
	if (before == after)
		return;
	add_sum(a, &v->districts, str_format(a, "%.*s, %s", STR_ARG(label), words), sit_number(a, before, unit), sit_number(a, after, unit), sit_signed(a, after - before, unit));
	v->districts.at[v->districts.len - 1].href = district ? part_href(r, "orp", district->slug) : part_href(r, "druh", kind);
}

static Err add_sums(Req *r, const NetworkDiff *d, SitDiffView *v) {
	static const struct { const char *unit, *words; } units[] = {{"L", "lůžka"}, {"U", "úvazky"}};
	Ctx          *c = r->c;
	Arena        *a = c->arena;
	NetworkTotals x, y;
	Units         districts;
	CodeItems     kinds;
	TRY(network_totals(c, &d->before, date_year(d->from.valid), &x));
	TRY(network_totals(c, &d->after, date_year(d->to.valid), &y));
	TRY(territory_below(c, 0, LEVEL_DISTRICT, TODAY, &districts));
	TRY(codelist_items(c, "service_kind", c->today, &kinds));
	add_sum(a, &v->sums, S("Služby"), text_number(a, x.lines), text_number(a, y.lines), sit_signed(a, (y.lines - x.lines) * 100, S("L")));
	add_sum(a, &v->sums, S("Lůžka"), sit_number(a, x.beds, S("L")), sit_number(a, y.beds, S("L")), sit_signed(a, d->beds, S("L")));
	add_sum(a, &v->sums, S("Úvazky v přímé péči"), sit_number(a, x.fte, S("U")), sit_number(a, y.fte, S("U")), sit_signed(a, d->fte, S("U")));
	add_sum(a, &v->sums, S("Strop vyrovnávacích plateb"), money_text(a, x.ceilings, "–"), money_text(a, y.ceilings, "–"), sit_signed_money(a, d->ceiling));
	for (size_t u = 0; u < LEN(units); u++) {
		for (size_t i = 0; i < districts.len; i++)
			add_part(r, v, districts.at[i]->name, units[u].words, &x, &y, (Str){0}, str_c(units[u].unit), districts.at[i]);
		for (size_t i = 0; i < kinds.len; i++)
			add_part(r, v, kinds.at[i]->name, units[u].words, &x, &y, kinds.at[i]->code, str_c(units[u].unit), NULL);
	}
	return OK;
}

static void add_fields(Req *r, const Two *t, SitDiffView *v) {
	static const struct { const char *name, *label, *hint; } fields[] = {
		{"drive", "Předtím: stav ke dni", ""}, {"drive-znalost", "Předtím: jak jsme to věděli dne", "Prázdné pole: i s opravami"},
		{"pozdeji", "Potom: stav ke dni", ""}, {"pozdeji-znalost", "Potom: jak jsme to věděli dne", "Prázdné pole: i s opravami"},
	};
	for (size_t i = 0; i < LEN(fields); i++)
		v->fields[i] = (FieldView){.kind = FIELD_DATE, .name = str_c(fields[i].name), .label = str_c(fields[i].label), .hint = str_c(fields[i].hint),
		                           .value = query(r, fields[i].name)};
	v->fields[0].value = sit_day(r->c->arena, t->before.valid);
	v->fields[2].value = sit_day(r->c->arena, t->after.valid);
	if (query(r, "sit").len)
		*ARENA_PUSH(r->c->arena, v->keep.at, v->keep.len, v->keep.cap) = (HiddenView){S("sit"), query(r, "sit")};
}

static Err make_view(Req *r, Two *t, const DeltaChoice *k, bool is_whole, NetworkDiff *d, SitDiffView *v) {
	TRY(read_two(r, t));
	TRY(network_diff(r->c, t->network->head.id, t->before, t->after, d));
	*v = (SitDiffView){.title = S("Rozdíl dvou stavů sítě"), .lead = S("Co do sítě přišlo, co odešlo a co se změnilo mezi dvěma dny: kapacita, území, úroveň i peníze."),
	                   .before_words = moment_words(r, t->before, "drive-znalost"), .after_words = moment_words(r, t->after, "pozdeji-znalost"), .is_same = d->len == 0};
	if (r->format != PAGE_HTML)                  /* a file says the two moments only */
		return network_diff_name(r->c, d, NULL);
	add_fields(r, t, v);
	TRY(delta_groups(r, d, k, is_whole, v));
	return v->is_part ? OK : add_sums(r, d, v);
}

/* ---- files ---- */

static void put_side(TableWriter *w, Ctx *c, const LineWhole *l, int year) {
	if (!l) {
		table_int(w, BLANK);
		table_text(w, (Str){0});
		table_text(w, (Str){0});
		table_text(w, (Str){0});
		table_int(w, BLANK);
		return;
	}
	table_int(w, l->line->capacity.hundredths);
	table_text(w, codelist_name(c, "network_level", l->line->level));
	table_text(w, codelist_name(c, "line_status", l->line->status));
	table_text(w, line_areas.people(c, l->line->areas));
	table_int(w, line_ceiling(l, year));
}

static Err send(Req *r, const NetworkDiff *d, const DeltaChoice *choice, const SitDiffView *v) {
	static const TableColumn columns[] = {
		{"co_se_stalo", "Co se stalo", CELL_TEXT, 0, 14}, {"cislo", "Číslo řádku", CELL_TEXT, 0, 12}, {"poskytovatel", "Poskytovatel", CELL_TEXT, 0, 32},
		{"ico", "IČO", CELL_TEXT, 0, 12}, {"identifikator", "Identifikátor", CELL_TEXT, 0, 14}, {"nazev", "Název služby", CELL_TEXT, 0, 34},
		{"druh", "Druh služby", CELL_TEXT, 0, 34}, {"jednotka", "Jednotka", CELL_TEXT, 0, 10},
		{"kapacita_predtim", "Kapacita předtím", CELL_DECIMAL, 2, 12}, {"uroven_predtim", "Úroveň předtím", CELL_TEXT, 0, 10}, {"stav_predtim", "Stav předtím", CELL_TEXT, 0, 18},
		{"uzemi_predtim", "Územní působnost předtím", CELL_TEXT, 0, 34}, {"strop_predtim", "Strop předtím v Kč", CELL_DECIMAL, 2, 16},
		{"kapacita_potom", "Kapacita potom", CELL_DECIMAL, 2, 12}, {"uroven_potom", "Úroveň potom", CELL_TEXT, 0, 10}, {"stav_potom", "Stav potom", CELL_TEXT, 0, 18},
		{"uzemi_potom", "Územní působnost potom", CELL_TEXT, 0, 34}, {"strop_potom", "Strop potom v Kč", CELL_DECIMAL, 2, 16},
		{"rozdil_uvazku", "Rozdíl úvazků", CELL_DECIMAL, 2, 12}, {"rozdil_luzek", "Rozdíl lůžek", CELL_DECIMAL, 2, 12}, {"rozdil_stropu", "Rozdíl stropu v Kč", CELL_DECIMAL, 2, 16},
		{"duvod", "Důvod změny", CELL_TEXT, 0, 40},
	};
	static const char *const words[DELTA_KINDS] = {"přišlo", "odešlo", "změněno", "přešlo do jiného obvodu", "mimo síť"};
	Ctx       *c = r->c;
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(c->arena, Buf);
	Str        note = str_format(c->arena, "%.*s → %.*s.%s", STR_ARG(v->before_words), STR_ARG(v->after_words), web_options()->demo ? " Ukázková data." : "");
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : str_format(c->arena, "rozdil-site.%s", format_suffix(format)), out));
	TableWriter *w = table_open(c->arena, out, format, S("Rozdíl sítě"), columns, LEN(columns), note);
	for (size_t i = 0; i < d->len; i++) {
		const LineDelta *x = &d->at[i];
		const LineWhole *l = x->after ? x->after : x->before;
		if (!delta_is_chosen(choice, x))
			continue;
		table_text(w, str_c(words[x->kind]));
		table_text(w, l->line->number);
		table_text(w, l->provider);
		table_text(w, l->ico);
		table_text(w, l->identifier);
		table_text(w, l->line->name);
		table_text(w, codelist_name(c, "service_kind", l->line->kind));
		table_text(w, l->line->unit);
		put_side(w, c, x->before, date_year(d->from.valid));
		put_side(w, c, x->after, date_year(d->to.valid));
		table_int(w, delta_shown(choice, x, S("U")));
		table_int(w, delta_shown(choice, x, S("L")));
		table_int(w, x->ceiling);
		table_text(w, x->after ? x->after->line->change_reason : (Str){0});
		table_row_end(w);
	}
	TRY(table_close(w));
	return download_end(r, out);
}

/* ---- handlers ---- */

Err page_sit_diff(Req *r) {
	Arena      *a = r->c->arena;
	Two         t;
	NetworkDiff d;
	SitDiffView v;
	DeltaChoice k;
	TRY(delta_chosen(r, &k));
	TRY(make_view(r, &t, &k, false, &d, &v));
	if (r->format != PAGE_HTML)
		return send(r, &d, &k, &v);
	v.downloads = sit_formats(r);
	v.ways = sit_ways(r, "/sit/rozdil");
	v.pdf = with_query(r, "/sit/rozdil/pdf");
	if (v.is_part)
		*ARENA_PUSH(a, v.part.links.at, v.part.links.len, v.part.links.cap) = (LinkView){.label = S("Zobrazit celý rozdíl"), .href = with_query(r, "/sit/rozdil")};
	static const char *const labels[] = {"Přišlo", "Odešlo", "Změněno"};
	for (size_t i = 0; i < LEN(labels); i++)
		*ARENA_PUSH(a, v.kpis.at, v.kpis.len, v.kpis.cap) = (KpiView){.label = str_c(labels[i]), .value = text_number(a, (i64)d.counts[i]), .note = S("řádků sítě")};
	sit_crumb(r, t.network);
	view_sit_diff(page(r, v.title), &v);
	return OK;
}

Err page_sit_diff_pdf(Req *r) {
	Two         t;
	NetworkDiff d;
	SitDiffView v;
	CLEANUP(buf_free) Buf body = {0};
	DeltaChoice all = {.group = -1, .page = 1};
	TRY(make_view(r, &t, &all, true, &d, &v));
	view_sit_diff_print(&body, &v);
	PrintDoc doc = {.title = str_format(r->c->arena, "%.*s: rozdíl", STR_ARG(t.network->title)), .body = buf_take(&body, r->c->arena), .file_name = S("rozdil-site.pdf"),
	                .note = str_format(r->c->arena, "%.*s → %.*s.%s", STR_ARG(v.before_words), STR_ARG(v.after_words), web_options()->demo ? " Ukázková data." : ""),
	                .is_landscape = true};
	return print_answer(r, &doc, with_query(r, "/sit/rozdil"));
}
