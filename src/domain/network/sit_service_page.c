/* sit_service_page.c: /sit/sluzba/ID: one line as of two times, and everything that was ever written about it. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/mandate.h"
#include "domain/network/sit.html.h"
#include "domain/network/sit_page.h"

static void add_pair(Arena *a, PairViews *list, const char *label, Str value, Str href) {
	if (value.len)
		*ARENA_PUSH(a, list->at, list->len, list->cap) = (PairView){.label = str_c(label), .value = value, .href = href};
}

static void add_facts(Req *r, const LineWhole *l, int year, SitServiceView *v) {
	Ctx        *c = r->c;
	Arena      *a = c->arena;
	const Line *x = l->line;
	Str         number, href = sit_resolution_href(c, x->resolution, &number);
	Str         unit = codelist_name(c, "network_unit", x->unit);
	for (size_t i = 0; i < sit_column_count; i++) {
		static const char *const elsewhere[] = {"nazev", "stav", "kapacita_v_siti", "jednotka", "uzemni_pusobnost", "strop_vp", "usneseni", "poskytovatel", "povereni"};
		bool skip = false;
		for (size_t k = 0; k < LEN(elsewhere); k++)
			skip = skip || strcmp(sit_columns[i].key, elsewhere[k]) == 0;
		if (i == 1)
			add_pair(a, &v->pairs, "Poskytovatel", l->provider, l->ico.len ? str_cat(a, S("/katalog/poskytovatel/"), l->ico) : (Str){0});
		if (strcmp(sit_columns[i].key, "kapacita_v_siti") == 0)
			add_pair(a, &v->pairs, "Kapacita v síti", str_format(a, "%.*s (%.*s)", STR_ARG(sit_number(a, x->capacity.hundredths, x->unit)), STR_ARG(unit)), (Str){0});
		if (!skip)
			add_pair(a, &v->pairs, sit_columns[i].title, sit_cell(c, &sit_columns[i], l, year), (Str){0});
	}
	add_pair(a, &v->pairs, "Usnesení", number, href);
	add_pair(a, &v->pairs, "Pověření", l->mandate_number, str_format(a, "/povereni/%lld", (long long)l->mandate));
	for (size_t i = 0; i < l->part_count; i++) {
		CLEANUP(buf_free) Buf b = {0};
		const Unit *u = l->parts[i].unit;
		bool        is_town = str_eq(u->level, S(LEVEL_MUNICIPALITY));
		fmt_percent(&b, l->parts[i].share);
		*ARENA_PUSH(a, v->areas.at, v->areas.len, v->areas.cap) = (PairView){.label = line_territory_name(c, u), .value = buf_take(&b, a),
			.href = str_cat(a, is_town ? S("/uzemi/obec/") : S("/uzemi/"), u->slug)};
	}
	for (size_t i = 0; i < l->ceiling_count; i++)
		add_pair(a, &v->ceilings, str_z(a, str_format(a, "%d", l->ceilings[i].year)), money_text(a, l->ceilings[i].amount.halere, "–"), (Str){0});
}

static Str days(Arena *a, Date from, Date to) {
	return date_is(to) ? str_format(a, "%.*s – %.*s", STR_ARG(sit_day(a, from)), STR_ARG(sit_day(a, to))) : str_format(a, "od %.*s", STR_ARG(sit_day(a, from)));
}

static Str knowledge(Arena *a, const EntityHead *h) {
	Str from = sit_day(a, prague_day(h->recorded_from));
	return h->recorded_to.ms ? str_format(a, "%.*s – %.*s", STR_ARG(from), STR_ARG(sit_day(a, prague_day(h->recorded_to))))
	                         : str_format(a, "od %.*s", STR_ARG(from));
}

static Str version_words(Ctx *c, Id id) {
	NetworkVersion *v;
	size_t          said = c->problems.len;
	Str             words = {0};
	if (network_version_stored(c, id, &v) == OK)
		words = str_cat(c->arena, S("verze "), v->number);
	c->problems.len = said;
	return words;
}

/* Versions and resolutions that rows of one line name: a few, asked for once each. */
typedef struct Decided { Id version, resolution; Str words, number, href; } Decided;
typedef struct Decisions { Decided *at; size_t len, cap; } Decisions;
static const Decided *decided_by(Ctx *c, Decisions *known, const Line *l) {
	for (size_t i = 0; i < known->len; i++)
		if (known->at[i].version == l->by_version && known->at[i].resolution == l->resolution)
			return &known->at[i];
	Decided *d = ARENA_PUSH(c->arena, known->at, known->len, known->cap);
	*d = (Decided){.version = l->by_version, .resolution = l->resolution, .words = version_words(c, l->by_version)};
	d->href = sit_resolution_href(c, l->resolution, &d->number);
	return d;
}

/* Newest knowledge first. */
static void add_moments(Req *r, const EntityList *rows, SitServiceView *v) {
	Ctx      *c = r->c;
	Decisions known = {0};
	for (size_t i = rows->len; i-- > 0;) {
		const Line *l = rows->at[i];
		if (l->head.recorded_to.ms && l->head.recorded_to.ms == l->head.recorded_from.ms)
			continue;                                /* replaced in the same step: nobody ever knew it so */
		const Decided *d = decided_by(c, &known, l);
		SitMoment m = {.known = knowledge(c->arena, &l->head), .valid = days(c->arena, l->head.valid_from, l->head.valid_to),
		               .capacity = str_format(c->arena, "%.*s %.*s", STR_ARG(sit_number(c->arena, l->capacity.hundredths, l->unit)), STR_ARG(l->unit)),
		               .level = codelist_name(c, "network_level", l->level), .status = codelist_name(c, "line_status", l->status),
		               .area = line_areas.people(c, l->areas), .why = l->change_reason, .version = d->words, .resolution = d->number, .resolution_href = d->href,
		               .is_now = l->head.recorded_to.ms == 0};
		*ARENA_PUSH(c->arena, v->moments.at, v->moments.len, v->moments.cap) = m;
	}
}

Err page_sit_service(Req *r) {
	Ctx       *c = r->c;
	Id         id;
	AsOf       at;
	LineWhole  l;
	EntityList rows;
	TRY(arg_id(r, 0, &id));
	TRY(query_as_of(r, &at));
	at = as_of_full(c, at);
	TRY(store_all_rows(c, &line_entity, id, &rows));
	if (rows.len == 0)
		return fail(c, ERR_NOT_FOUND, NULL, "Takový řádek v síti není ani nebyl. Najděte službu v seznamu sítě.");
	const Line    *last = rows.at[rows.len - 1];
	if (r->format != PAGE_HTML)
		return sit_line_history(r, last);
	SitServiceView v = {.title = last->name, .lead = str_cat(c->arena, S("Řádek sítě "), last->number), .day = sit_day(c->arena, at.valid), .back = sit_with_moment(r, "/sit")};
	size_t         said = c->problems.len;
	Err            err = line_whole(c, id, at, &l);
	c->problems.len = said;
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	v.is_there = err == OK;
	if (v.is_there) {
		LineWholes one = {.at = &l, .len = 1};
		TRY(mandates_name(c, at, &one));
		v.title = l.line->name;
		v.lead = str_format(c->arena, "%.*s, %.*s", STR_ARG(codelist_name(c, "service_kind", l.line->kind)), STR_ARG(l.provider));
		v.status = codelist_name(c, "line_status", l.line->status);
		v.tag = sit_status_tag(l.line->status);
		add_facts(r, &l, date_year(at.valid), &v);
	}
	add_moments(r, &rows, &v);
	v.downloads = sit_formats(r);
	Str tier = query(r, "sit");
	if (last->service)
		*ARENA_PUSH(c->arena, v.ways.at, v.ways.len, v.ways.cap) =
			(LinkView){.label = S("Služba v katalogu"), .href = str_format(c->arena, "/katalog/sluzba/%lld", (long long)last->service)};
	if (last->merged_under)
		*ARENA_PUSH(c->arena, v.ways.at, v.ways.len, v.ways.cap) =
			(LinkView){.label = S("Řádek, který kapacitu převzal"), .href = str_format(c->arena, "/sit/sluzba/%lld", (long long)last->merged_under)};
	*ARENA_PUSH(c->arena, v.ways.at, v.ways.len, v.ways.cap) =
		(LinkView){.label = S("Další služby poskytovatele v síti"), .href = str_format(c->arena, "/sit?%.*sposkytovatel=%lld#seznam",
			STR_ARG(tier.len ? str_format(c->arena, "sit=%.*s&", STR_ARG(tier)) : (Str){0}), (long long)last->provider)};
	crumb(r, S("Základní síť"), S("/sit"));
	view_sit_service(page(r, v.title), &v);
	return OK;
}
