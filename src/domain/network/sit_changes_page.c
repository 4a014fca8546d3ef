/* sit_changes_page.c: /sit/zmeny: each version with what it changed, and /sit/nezarazene: what was not included and why. */
#include "core/codelist.h"
#include "domain/network/sit.html.h"
#include "domain/network/sit_page.h"

enum { PAGE_SIZE = 50 };

static void add_option(Arena *a, FieldView *f, Str value, Str label, Str chosen) {
	*ARENA_PUSH(a, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = value, .label = label, .chosen = str_eq(value, chosen)};
}

static Str counted(Arena *a, i64 n, const char *one, const char *few, const char *many) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, n, one, few, many);
	return buf_take(&b, a);
}

static Str year_of(Arena *a, int year) {
	return str_format(a, "%d", year);
}

static void keep_network(Req *r, HiddenViews *keep) {
	if (query(r, "sit").len)
		*ARENA_PUSH(r->c->arena, keep->at, keep->len, keep->cap) = (HiddenView){S("sit"), query(r, "sit")};
}

/* ---- /sit/zmeny ---- */

static Str tier_part(Req *r) {
	return query(r, "sit").len ? str_format(r->c->arena, "sit=%.*s&", STR_ARG(query(r, "sit"))) : (Str){0};
}

/* As it was the day before, and on its first day, both as we know them now. */
static Err version_line(Req *r, const Network *n, const NetworkVersion *v, bool is_current, SitVersionLine *ret) {
	Ctx        *c = r->c;
	Arena      *a = c->arena;
	NetworkDiff d = {0};
	LineWholes  before, after;
	i64         only_ceiling;
	Date        before_day = date_add(v->effective_from, -1);
	char        from[DATE_ISO_LEN], to[DATE_ISO_LEN];
	TRY(lines_changed(c, n->head.id, (AsOf){.valid = before_day}, (AsOf){.valid = v->effective_from}, &before, &after,
		&only_ceiling));
	TRY(network_diff_of(c, &before, date_year(before_day), &after, date_year(v->effective_from), &d));
	i64 only = 0;
	for (size_t i = 0; i < d.len; i++)
		only += delta_is_only_money(&d.at[i]);
	i64 changed = (i64)d.counts[DELTA_CHANGED] - only;
	only_ceiling += only;
	*ret = (SitVersionLine){.number = v->number, .title = v->title, .day = sit_day(a, v->effective_from), .decided = sit_day(a, v->approved_on),
	                        .is_current = is_current, .is_future = date_after(v->effective_from, c->today),
	                        .came = counted(a, (i64)d.counts[DELTA_CAME], "služba", "služby", "služeb"), .left = counted(a, (i64)d.counts[DELTA_LEFT], "služba", "služby", "služeb"),
	                        .changed = counted(a, changed, "služba", "služby", "služeb"),
	                        .only_ceiling = only_ceiling ? counted(a, only_ceiling, "služba", "služby", "služeb") : (Str){0},
	                        .fte = sit_signed(a, d.fte, S("U")), .beds = sit_signed(a, d.beds, S("L"))};
	ret->resolution_href = sit_resolution_href(c, v->resolution, &ret->resolution);
	ret->diff_href = str_format(a, "/sit/rozdil?%.*sdrive=%.*s&pozdeji=%.*s", STR_ARG(tier_part(r)), STR_ARG(date_iso(before_day, from)), STR_ARG(date_iso(v->effective_from, to)));
	ret->sit_href = str_format(a, "/sit?%.*ske-dni=%.*s", STR_ARG(tier_part(r)), STR_ARG(date_iso(v->effective_from, to)));
	return OK;
}

Err page_sit_changes(Req *r) {
	Ctx            *c = r->c;
	Network        *n;
	NetworkVersions versions;
	i64             year;
	TRY(sit_chosen(r, &n));
	TRY(query_int(r, "rok", BLANK, 2000, 2200, &year));
	if (r->format != PAGE_HTML)
		return sit_network_history(r, n);
	TRY(network_versions(c, n->head.id, false, &versions));
	const NetworkVersion *now = network_version_on(&versions, c->today);
	if (year == BLANK)
		year = versions.len ? date_year(versions.at[0]->effective_from) : date_year(c->today);
	SitChangesView v = {.year = {.kind = FIELD_SELECT, .name = S("rok"), .label = S("Rok účinnosti")}, .action = S("/sit/zmeny"),
	                    .empty = versions.len ? str_format(c->arena, "V roce %lld žádná verze účinnosti nenabyla. Vyberte jiný rok.", (long long)year)
	                                          : S("Žádná verze sítě zatím není schválená.")};
	keep_network(r, &v.keep);
	v.downloads = versions.len ? sit_formats(r) : (Links){0};
	v.ways = sit_ways(r, "/sit/zmeny");
	for (size_t i = 0; i < versions.len; i++) {
		int own = date_year(versions.at[i]->effective_from);
		if (i == 0 || own != date_year(versions.at[i - 1]->effective_from))
			add_option(c->arena, &v.year, year_of(c->arena, own), year_of(c->arena, own), year_of(c->arena, (int)year));
		if (own != year)
			continue;
		SitVersionLine line;
		TRY(version_line(r, n, versions.at[i], versions.at[i] == now, &line));
		*ARENA_PUSH(c->arena, v.versions.at, v.versions.len, v.versions.cap) = line;
	}
	sit_crumb(r, n);
	r->description = S("Změny sítě sociálních služeb po verzích: co přišlo, co odešlo, co se změnilo a kdo o tom rozhodl.");
	view_sit_changes(page(r, S("Změny sítě po verzích")), &v);
	return OK;
}

/* ---- /sit/nezarazene ---- */

typedef struct ExcludedRows { Exclusion **at; size_t len, cap; } ExcludedRows;

static const NetworkVersion *version_of(const NetworkVersions *all, Id id) {
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i]->head.id == id)
			return all->at[i];
	return NULL;
}

static Str provider_of(Ctx *c, const Exclusion *x) {
	void  *row;
	size_t said = c->problems.len;
	Str    name = {0};
	if (x->provider && store_get(c, &provider_entity, TODAY, x->provider, &row) == OK)
		name = ((Provider *)row)->name;
	c->problems.len = said;
	return name;
}

static Err read_excluded(Req *r, const NetworkVersions *versions, Str kind, Str reason, i64 year, ExcludedRows *ret) {
	EntityList all;
	bool       decided = r->c->scope_decided;
	*ret = (ExcludedRows){0};
	r->c->scope_decided = true;                  /* whose version is public everybody may know; the others are left out below */
	Err err = entity_list(r->c, &network_exclusion_entity, &(ListQuery){.limit = -1, .descending = true}, &all);
	r->c->scope_decided = decided;
	TRY(err);
	for (size_t i = 0; i < all.len; i++) {
		Exclusion *x = all.at[i];
		const NetworkVersion *v = version_of(versions, x->by_version);
		if (v && exclusion_is_public(x, v) && (!kind.len || str_eq(kind, x->kind)) && (!reason.len || str_eq(reason, x->reason)) &&
		    (year == BLANK || date_year(x->decided_on) == year))
			*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = x;
	}
	return OK;
}

static Err send_excluded(Req *r, const NetworkVersions *versions, const ExcludedRows *rows) {
	static const TableColumn columns[] = {
		{"nazev", "Název služby", CELL_TEXT, 0, 34}, {"poskytovatel", "Poskytovatel", CELL_TEXT, 0, 32}, {"druh", "Druh služby", CELL_TEXT, 0, 34},
		{"duvod", "Důvod", CELL_TEXT, 0, 24}, {"oduvodneni", "Odůvodnění", CELL_TEXT, 0, 50}, {"rozhodnuto", "Rozhodnuto dne", CELL_DATE, 0, 14},
		{"verze", "Verze sítě", CELL_TEXT, 0, 12}, {"usneseni", "Usnesení", CELL_TEXT, 0, 14},
	};
	Ctx       *c = r->c;
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(c->arena, Buf);
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : str_format(c->arena, "nezarazene-sluzby.%s", format_suffix(format)), out));
	TableWriter *w = table_open(c->arena, out, format, S("Nezařazené služby"), columns, LEN(columns), web_options()->demo ? S("Ukázková data.") : (Str){0});
	for (size_t i = 0; i < rows->len; i++) {
		const Exclusion *x = rows->at[i];
		Str              number;
		(void)sit_resolution_href(c, x->resolution, &number);
		table_text(w, x->name);
		table_text(w, provider_of(c, x));
		table_text(w, codelist_name(c, "service_kind", x->kind));
		table_text(w, codelist_name(c, "exclusion_reason", x->reason));
		table_text(w, x->text);
		table_date(w, x->decided_on);
		table_text(w, version_of(versions, x->by_version)->number);
		table_text(w, number);
		table_row_end(w);
	}
	TRY(table_close(w));
	return download_end(r, out);
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

static FieldView year_field(Req *r, const NetworkVersions *versions, i64 year) {
	FieldView f = {.kind = FIELD_SELECT, .name = S("rok"), .label = S("Rok rozhodnutí")};
	Arena    *a = r->c->arena;
	int       last = 0;
	add_option(a, &f, (Str){0}, S("všechny roky"), year == BLANK ? (Str){0} : S("-"));
	for (size_t i = 0; i < versions->len; i++) {
		int own = date_year(versions->at[i]->approved_on);
		if (own != last && date_is(versions->at[i]->approved_on))
			add_option(a, &f, year_of(a, own), year_of(a, own), year == BLANK ? (Str){0} : year_of(a, (int)year));
		last = own;
	}
	return f;
}

Err page_sit_excluded(Req *r) {
	Ctx            *c = r->c;
	Arena          *a = c->arena;
	Network        *n;
	NetworkVersions versions, all;           /* those that everybody may know; every one, of which a row may be public before it is */
	ExcludedRows    rows;
	Str             kind = query(r, "druh"), reason = query(r, "duvod");
	i64             year, page_no;
	TRY(sit_chosen(r, &n));
	TRY(query_int(r, "rok", BLANK, 2000, 2200, &year));
	TRY(query_int(r, "strana", 1, 1, 1000000, &page_no));
	if ((kind.len && !codelist_find(c, "service_kind", kind)) || (reason.len && !codelist_find(c, "exclusion_reason", reason)))
		return fail(c, ERR_NOT_FOUND, NULL, "Takový výběr tato stránka nezná. Vyberte hodnotu z nabídky.");
	TRY(network_versions(c, n->head.id, false, &versions));
	TRY(network_versions(c, n->head.id, true, &all));
	TRY(read_excluded(r, &all, kind, reason, year, &rows));
	if (r->format != PAGE_HTML)
		return send_excluded(r, &all, &rows);
	SitExcludedView v = {.found = counted(a, (i64)rows.len, "nezařazená služba", "nezařazené služby", "nezařazených služeb"), .action = S("/sit/nezarazene")};
	v.fields[0] = code_field(r, "druh", "Druh služby", "service_kind", "všechny druhy", kind);
	v.fields[1] = code_field(r, "duvod", "Důvod", "exclusion_reason", "všechny důvody", reason);
	v.fields[2] = year_field(r, &versions, year);
	keep_network(r, &v.keep);
	for (size_t i = (size_t)(page_no - 1) * PAGE_SIZE; i < rows.len && i < (size_t)page_no * PAGE_SIZE; i++) {
		const Exclusion *x = rows.at[i];
		SitExcluded row = {.name = x->name, .provider = provider_of(c, x), .kind = codelist_name(c, "service_kind", x->kind), .reason = codelist_name(c, "exclusion_reason", x->reason),
		                   .text = x->text, .day = sit_day(a, x->decided_on), .version = version_of(&all, x->by_version)->number};
		row.resolution_href = sit_resolution_href(c, x->resolution, &row.resolution);
		*ARENA_PUSH(a, v.rows.at, v.rows.len, v.rows.cap) = row;
	}
	v.downloads = sit_formats(r);
	v.ways = sit_ways(r, "/sit/nezarazene");
	*ARENA_PUSH(a, v.ways.at, v.ways.len, v.ways.cap) = (LinkView){.label = S("Na co síť neodpoví"), .href = S("/potreby/bez-odpovedi")};
	Str here = url_with(r, "strana", (Str){0});
	v.pager = (PagerView){.label = S("Stránkování seznamu"), .page = page_no, .pages = ((i64)rows.len + PAGE_SIZE - 1) / PAGE_SIZE,
	                      .base = str_cat(a, here, str_has(here, S("?")) ? S("&strana=") : S("?strana="))};
	sit_crumb(r, n);
	r->description = S("Služby, které do Základní sítě zařazeny nebyly, s důvodem a rozhodnutím.");
	view_sit_excluded(page(r, S("Nezařazené služby")), &v);
	return OK;
}
