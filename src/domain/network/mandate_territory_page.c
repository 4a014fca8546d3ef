/* mandate_territory_page.c: /app/povereni/na-uzemi: whoever pays for services of a territory, a town or the region, sees which of them have a mandate, the ceiling of
 * each, which all its payers may know, and what of it falls to the territory by its share (F17). */
#include "domain/network/mandate_territory_page.h"

#include "base/format.h"
#include "core/access.h"
#include "domain/network/mandate.h"
#include "domain/network/mandate_territory.html.h"
#include "domain/network/sit_page.h"
#include "domain/territory/territory_page.h"

typedef struct Choice { const Unit *district, *town; Date day; int year; Units districts; } Choice;
typedef struct Share { const LineWhole *line; Percent share; i64 capacity, ceiling, part, town; } Share;      /* haléře; BLANK = none */
typedef struct Shares { Share *at; size_t len, cap; i64 ceiling, part, town, with_mandate; } Shares;

/* ---- which territory ---- */

/* Of the person, unless another one is chosen; what stands here is public, so anybody may look at any. */
static Err read_choice(Req *r, Choice *k) {
	Ctx        *c = r->c;
	Str         orp = query(r, "orp"), obec = query(r, "obec");
	RowScope    s = access_scope(c, CAP_MANDATE_READ);
	const Unit *region = territory_region(c);
	*k = (Choice){0};
	TRY(query_date(r, "ke-dni", c->today, &k->day));
	k->year = date_year(k->day);
	TRY(territory_below(c, region ? region->id : 0, LEVEL_DISTRICT, (AsOf){.valid = k->day}, &k->districts));
	if (obec.len)
		k->town = territory_by_slug(c, LEVEL_MUNICIPALITY, obec);
	else if (!orp.len && !s.all && s.municipality_count)
		k->town = territory_by_id(c, s.municipalities[0]);
	if (orp.len)
		k->district = territory_by_slug(c, LEVEL_DISTRICT, orp);
	else if (k->town)
		k->district = territory_above(c, k->town->id, LEVEL_DISTRICT, (AsOf){.valid = k->day});
	else if (!s.all && s.district_count)
		k->district = territory_by_id(c, s.districts[0]);
	if ((obec.len && !k->town) || (orp.len && !k->district))
		return fail(c, ERR_NOT_FOUND, NULL, "Takové území v kraji není. Vyberte obvod z nabídky na stránce.");
	if (!k->district && k->districts.len)
		k->district = k->districts.at[0];
	return k->district ? OK : fail(c, ERR_NOT_FOUND, NULL, "V programu zatím není žádný obvod. Nejdřív načtěte území.");
}

/* ---- what falls to it ---- */

/* A town has a part of its own only where the line gives it one; a share of its district is not divided further. */
static i64 part_of_town(Ctx *c, const LineWhole *l, const Unit *town, i64 ceiling) {
	i64       money[64];
	LineWhole parts = *l;
	size_t    at = 0;
	parts.areas = NEW_ARRAY(c->arena, LineArea, l->part_count + 1);
	parts.area_count = l->part_count;
	for (size_t i = 0; i < l->part_count; i++)
		parts.areas[i] = (LineArea){l->parts[i].unit, l->parts[i].share};
	while (at < l->part_count && l->parts[at].unit != town)
		at++;
	if (at == l->part_count || ceiling == BLANK)
		return BLANK;
	line_split(&parts, ceiling, 1, money);
	return money[at];
}

static void add_line(Ctx *c, const Choice *k, const LineWhole *l, Shares *to) {
	i64    parts[64], money[64];
	size_t at = 0;
	while (at < l->area_count && l->areas[at].district != k->district)
		at++;
	if (at == l->area_count || !line_counts(l->line))
		return;
	Share s = {.line = l, .share = l->areas[at].share, .ceiling = line_ceiling(l, k->year), .part = BLANK, .town = BLANK};
	line_split(l, l->line->capacity.hundredths, line_step(l), parts);
	s.capacity = parts[at];
	if (s.ceiling != BLANK) {
		line_split(l, s.ceiling, 1, money);
		s.part = money[at];
		to->ceiling += s.ceiling;
		to->part += s.part;
	}
	if (k->town)
		s.town = part_of_town(c, l, k->town, s.ceiling);
	to->town += s.town == BLANK ? 0 : s.town;
	to->with_mandate += l->mandate != 0;
	*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = s;
}

static Err collect(Req *r, const Choice *k, Shares *ret) {
	Ctx     *c = r->c;
	Networks all;
	AsOf     at = {.valid = k->day};
	*ret = (Shares){0};
	TRY(networks_all(c, &all));
	for (size_t n = 0; n < all.len; n++) {
		LineWholes *lines = NEW_ZERO(c->arena, LineWholes);
		TRY(lines_of(c, all.at[n]->head.id, at, lines));
		TRY(mandates_name(c, at, lines));
		for (size_t i = 0; i < lines->len; i++)
			add_line(c, k, &lines->at[i], ret);
	}
	return OK;
}

/* ---- page and files ---- */

static Str percent(Arena *a, Percent p) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_percent(&b, p);
	return buf_take(&b, a);
}

static Err send(Req *r, const Choice *k, const Shares *all) {
	static const TableColumn columns[] = {
		{"cislo", "Číslo řádku", CELL_TEXT, 0, 12}, {"sluzba", "Služba", CELL_TEXT, 0, 36}, {"poskytovatel", "Poskytovatel", CELL_TEXT, 0, 36},
		{"povereni", "Číslo pověření", CELL_TEXT, 0, 18}, {"podil", "Podíl obvodu v %", CELL_DECIMAL, 2, 12}, {"jednotka", "Jednotka", CELL_TEXT, 0, 10},
		{"kapacita", "Kapacita na obvod", CELL_DECIMAL, 2, 14}, {"strop", "Strop služby v Kč", CELL_DECIMAL, 2, 18}, {"na_obvod", "Z toho na obvod v Kč", CELL_DECIMAL, 2, 18},
		{"na_obec", "Z toho na obec v Kč", CELL_DECIMAL, 2, 18},
	};
	Ctx       *c = r->c;
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(c->arena, Buf);
	Str        name = str_format(c->arena, "povereni-%.*s.%s", STR_ARG(k->district->slug), format_suffix(format));
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : name, out));
	TableWriter *t = table_open(c->arena, out, format, S("Pověření na území"), columns, LEN(columns), export_note(c));
	for (size_t i = 0; i < all->len; i++) {
		const Share *s = &all->at[i];
		table_text(t, s->line->line->number);
		table_text(t, s->line->line->name);
		table_text(t, s->line->provider);
		table_text(t, s->line->mandate_number);
		table_int(t, s->share.basis_points);
		table_text(t, s->line->line->unit);
		table_int(t, s->capacity);
		table_int(t, s->ceiling);
		table_int(t, s->part);
		table_int(t, s->town);
		table_row_end(t);
	}
	TRY(table_close(t));
	return download_end(r, out);
}

static void add_rows(Req *r, const Choice *k, const Shares *all, HerePage *v) {
	Arena *a = r->c->arena;
	for (size_t i = 0; i < all->len; i++) {
		const Share *s = &all->at[i];
		const Line  *l = s->line->line;
		*ARENA_PUSH(a, v->rows.at, v->rows.len, v->rows.cap) = (HereRow){.name = l->name, .provider = s->line->provider, .mandate = s->line->mandate_number,
			.href = str_format(a, "/sit/sluzba/%lld", (long long)l->head.id), .mandate_href = str_format(a, "/povereni/%lld", (long long)s->line->mandate),
			.share = percent(a, s->share), .capacity = str_format(a, "%.*s %.*s", STR_ARG(sit_number(a, s->capacity, l->unit)), STR_ARG(l->unit)),
			.ceiling = money_text(a, s->ceiling, "–"), .part = money_text(a, s->part, "–"), .town = k->town ? money_text(a, s->town, "–") : (Str){0}};
	}
}

static void add_kpi(Arena *a, HerePage *v, const char *label, Str value, Str note) {
	*ARENA_PUSH(a, v->kpis.at, v->kpis.len, v->kpis.cap) = (KpiView){.label = str_c(label), .value = value, .note = note};
}

Err page_mandates_here(Req *r) {
	Ctx   *c = r->c;
	Arena *a = c->arena;
	Choice k;
	Shares all;
	TRY(read_choice(r, &k));
	TRY(collect(r, &k, &all));
	if (r->format != PAGE_HTML)
		return send(r, &k, &all);
	HerePage v = {.title = str_format(a, "Pověření na území: %.*s", STR_ARG(k.town ? line_territory_name(c, k.town) : k.district->name)), .year = str_format(a, "%d", k.year),
	              .lead = str_format(a, "Služby v síti, které působí ve správním obvodu %.*s: pověření, strop vyrovnávací platby a co z něj připadá na území.", STR_ARG(k.district->name)),
	              .town = k.town ? k.town->name : (Str){0}, .sum = money_text(a, all.ceiling, "–"), .sum_part = money_text(a, all.part, "–"),
	              .sum_town = money_text(a, all.town, "–")};
	CLEANUP(buf_free) Buf found = {0};
	fmt_count(&found, (i64)all.len, "služba", "služby", "služeb");
	buf_format(&found, " ke dni %.*s", STR_ARG(sit_day(a, k.day)));
	v.found = buf_take(&found, a);
	v.fields[0] = (FieldView){.kind = FIELD_SELECT, .name = S("orp"), .label = S("Obvod ORP")};
	for (size_t i = 0; i < k.districts.len; i++)
		*ARENA_PUSH(a, v.fields[0].options.at, v.fields[0].options.len, v.fields[0].options.cap) =
			(OptionView){.value = k.districts.at[i]->slug, .label = k.districts.at[i]->name, .chosen = k.districts.at[i] == k.district};
	v.fields[1] = (FieldView){.kind = FIELD_DATE, .name = S("ke-dni"), .label = S("Stav ke dni"), .value = sit_day(a, k.day)};
	add_kpi(a, &v, "S pověřením", text_number(a, all.with_mandate), str_format(a, "z %zu služeb", all.len));
	add_kpi(a, &v, "Stropy služeb", money_text(a, all.ceiling, "–"), str_format(a, "za rok %d, všichni plátci dohromady", k.year));
	add_kpi(a, &v, "Na obvod připadá", money_text(a, all.part, "–"), S("podle územních podílů"));
	if (k.town)
		add_kpi(a, &v, "Na obec připadá", money_text(a, all.town, "–"), S("kde má řádek podíl přímo obce"));
	add_rows(r, &k, &all, &v);
	v.downloads = sit_formats(r);
	crumb(r, S("Pověření"), S("/app/povereni"));
	view_mandates_here(page(r, v.title), &v);
	return OK;
}
