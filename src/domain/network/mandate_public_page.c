/* mandate_public_page.c: /povereni: the public register of mandates, as of a day. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/mandate.html.h"
#include "domain/network/mandate_page.h"

enum { PAGE_SIZE = 25 };

static void add_option(Req *r, FieldView *f, Str value, Str label) {
	*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) =
		(OptionView){.value = value, .label = label, .chosen = str_eq(value, query(r, str_z(r->c->arena, f->name)))};
}

static Err kind_field(Req *r, FieldView *f) {
	CodeItems kinds;
	*f = (FieldView){.kind = FIELD_SELECT, .name = S("druh"), .label = S("Druh služby")};
	TRY(codelist_items(r->c, "service_kind", r->c->today, &kinds));
	add_option(r, f, (Str){0}, S("nerozhoduje"));
	for (size_t i = 0; i < kinds.len; i++)
		add_option(r, f, kinds.at[i]->code, kinds.at[i]->name);
	return OK;
}

static Err district_field(Req *r, FieldView *f) {
	const Unit *region = territory_region(r->c);
	Units       districts;
	*f = (FieldView){.kind = FIELD_SELECT, .name = S("orp"), .label = S("Obvod ORP")};
	TRY(territory_below(r->c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &districts));
	add_option(r, f, (Str){0}, S("nerozhoduje"));
	for (size_t i = 0; i < districts.len; i++)
		add_option(r, f, districts.at[i]->slug, districts.at[i]->name);
	return OK;
}

static const struct { const char *word, *label; MandateWhen when; } tabs[] = {
	{"", "Platná", MANDATE_HOLDING}, {"budouci", "Teprve začnou", MANDATE_COMING}, {"skoncila", "Skončila", MANDATE_PAST}, {"vse", "Všechna", MANDATE_ANY_TIME},
};

static Err read_choice(Req *r, MandateQuery *q, i64 *page_no, Str *day) {
	Str state = query(r, "stav"), slug = query(r, "orp");
	*q = (MandateQuery){.search = query(r, "q"), .kind = query(r, "druh"), .public_only = true, .limit = PAGE_SIZE};
	TRY(query_date(r, "ke-dni", r->c->today, &q->day));
	TRY(query_int(r, "strana", 1, 1, 100000, page_no));
	q->offset = (*page_no - 1) * PAGE_SIZE;
	bool known = false;
	for (size_t i = 0; i < LEN(tabs); i++)
		if (str_eq(state, str_c(tabs[i].word))) {
			q->when = tabs[i].when;
			known = true;
		}
	const Unit *district = slug.len ? territory_by_slug(r->c, LEVEL_DISTRICT, slug) : NULL;
	if (!known || (slug.len && !district))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový výběr není. Vyberte z nabídky na stránce.");
	q->district = district ? district->id : 0;
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, q->day);
	*day = buf_take(&b, r->c->arena);
	return OK;
}

static Str count_words(Req *r, i64 n) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "Nalezeno ");
	fmt_count(&b, n, "pověření", "pověření", "pověření");
	return buf_take(&b, r->c->arena);
}

static void add_tabs(Req *r, MandateList *v) {
	Str now = query(r, "stav");
	for (size_t i = 0; i < LEN(tabs); i++)
		*ARENA_PUSH(r->c->arena, v->tabs.at, v->tabs.len, v->tabs.cap) =
			(TabView){.label = str_c(tabs[i].label), .href = url_with(r, "stav", str_c(tabs[i].word)), .current = str_eq(now, str_c(tabs[i].word))};
}

Err page_mandates(Req *r) {
	Arena       *a = r->c->arena;
	MandateQuery q;
	Mandates     rows;
	i64          total, page_no;
	Str          day;
	TRY(read_choice(r, &q, &page_no, &day));
	if (r->format != PAGE_HTML) {
		q.limit = -1;
		q.offset = 0;
		TRY(mandates_find(r->c, &q, &rows, &total));
		return mandate_export(r, &rows, q.day);
	}
	TRY(mandates_find(r->c, &q, &rows, &total));
	crumb(r, S("Základní síť"), S("/sit"));
	MandateList v = {.title = S("Registr pověření"), .lead = str_format(a,
		"Komu kraj svěřil závazek veřejné služby, na jak dlouho a v jaké kapacitě. Stav ke dni %.*s.", STR_ARG(day)),
	                 .action = S("/povereni"), .search = q.search, .is_public = true, .found = count_words(r, total)};
	TRY(kind_field(r, &v.fields[v.field_count++]));
	TRY(district_field(r, &v.fields[v.field_count++]));
	v.fields[v.field_count++] = (FieldView){.kind = FIELD_DATE, .name = S("ke-dni"), .label = S("Stav ke dni"), .value = query(r,
		"ke-dni").len ? day : (Str){0}, .optional = true};
	if (query(r, "stav").len)
		v.fields[v.field_count++] = (FieldView){.kind = FIELD_SELECT, .name = S("stav"), .label = S("Která"), .options = {0}};
	if (query(r, "stav").len)
		for (size_t i = 0; i < LEN(tabs); i++)
			add_option(r, &v.fields[v.field_count - 1], str_c(tabs[i].word), str_c(tabs[i].label));
	add_tabs(r, &v);
	for (size_t i = 0; i < rows.len; i++)
		TRY(mandate_row(r, rows.at[i], q.day, true, ARENA_PUSH(a, v.rows.at, v.rows.len, v.rows.cap)));
	static const char *const suffixes[] = {"csv", "xlsx", "json"}, *const names[] = {"CSV", "XLSX", "JSON"};
	for (size_t i = 0; i < LEN(suffixes); i++)
		*ARENA_PUSH(a, v.downloads.at, v.downloads.len, v.downloads.cap) = (LinkView){.label = str_c(names[i]), .href = url_with_format(r, suffixes[i])};
	Str here = url_with(r, "strana", (Str){0});
	v.pager = (PagerView){.label = S("Stránkování pověření"), .page = page_no, .pages = (total + PAGE_SIZE - 1) / PAGE_SIZE, .base = str_cat(a, here,
		str_has(here, S("?")) ? S("&strana=") : S("?strana="))};
	v.empty = (EmptyView){.title = S("Výběru neodpovídá žádné pověření"), .text = S("Zkuste jiný den, nebo vynechte některý z výběrů.")};
	r->description = S("Veřejný registr pověření k výkonu služby obecného hospodářského zájmu v sociálních službách.");
	view_mandate_list(page(r, v.title), &v);
	return OK;
}

Err page_mandate(Req *r) {
	Mandate    *m;
	Id          id;
	Arena      *a = r->c->arena;
	MandatePage v = {0};
	TRY(arg_id(r, 0, &id));
	TRY(mandate_public(r->c, id, &m));
	TRY(mandate_describe(r, m, true, &v));
	RowScope    s = access_scope(r->c, CAP_MANDATE_READ);
	Str         line = str_format(a, "/sit/sluzba/%lld", (long long)m->line);
	if (web_route_of(a, GET, line))
		*ARENA_PUSH(a, v.rail.at, v.rail.len, v.rail.cap) = (LinkView){.label = S("Místo služby v síti"), .href = line};
	if (id_given(m->service))
		*ARENA_PUSH(a, v.rail.at, v.rail.len, v.rail.cap) = (LinkView){.label = S("Služba v katalogu"), .href = str_format(a, "/katalog/sluzba/%lld", (long long)m->service)};
	if (s.all || scope_has_provider(&s, m->provider) || scope_has_district(&s, m->district))
		*ARENA_PUSH(a, v.rail.at, v.rail.len, v.rail.cap) = (LinkView){.label = S("Otevřít v pracovní části"), .href = str_format(a, "/app/povereni/%lld",
			(long long)m->head.id)};
	*ARENA_PUSH(a, v.rail.at, v.rail.len, v.rail.cap) = (LinkView){.label = S("Registr pověření"), .href = S("/povereni")};
	crumb(r, S("Základní síť"), S("/sit"));
	crumb(r, S("Registr pověření"), S("/povereni"));
	view_mandate_public(page(r, v.title), &v);
	return OK;
}
