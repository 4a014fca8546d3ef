/* mandate_line.c: what a mandate takes over from its line, from the register, and from the template. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/mandate_inside.h"

static Str groups_text(Ctx *c, Strs codes) {
	Strs names = {0};
	for (size_t i = 0; i < codes.len; i++)
		strs_add(c->arena, &names, codelist_name(c, "target_group", codes.at[i]));
	return str_join(c->arena, S(", "), names);
}

/* "Liberec 60 %, Tanvald 40 %"; the whole region is named when every district takes part. */
static Str areas_text(Ctx *c, const LineWhole *w) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < w->part_count; i++) {
		const Unit *u = w->parts[i].unit;
		bool        is_district = str_eq(u->level, S(LEVEL_DISTRICT));
		buf_format(&b, "%s%s%.*s ", i ? ", " : "", is_district ? "ORP " : "", STR_ARG(line_territory_name(c, u)));
		fmt_percent(&b, w->parts[i].share);
	}
	return buf_take(&b, c->arena);
}

/* Of the years that are still to come. */
static Str ceilings_text(Ctx *c, const LineWhole *w, int from) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < w->ceiling_count; i++)
		if (w->ceilings[i].year >= from) {
			buf_format(&b, "%s%d: ", b.len ? "; " : "", w->ceilings[i].year);
			fmt_money(&b, w->ceilings[i].amount);
		}
	return buf_take(&b, c->arena);
}

static Id main_district(const LineWhole *w) {
	const LineArea *most = NULL;
	for (size_t i = 0; i < w->area_count; i++)
		if (!most || w->areas[i].share.basis_points > most->share.basis_points)
			most = &w->areas[i];
	return most ? most->district->id : 0;
}

static Err seat_text(Ctx *c, Id provider, Date day, Str *ret) {
	void *row;
	*ret = (Str){0};
	if (!id_given(provider) || store_get(c, &provider_entity, (AsOf){.valid = day}, provider, &row) != OK)
		return OK;
	const Provider *p = row;
	const Unit     *town = id_given(p->municipality) ? territory_by_id(c, p->municipality) : NULL;
	*ret = str_format(c->arena, "%.*s%s%.*s%s%.*s", STR_ARG(p->street), p->street.len && p->house_no.len ? " " : "", STR_ARG(p->house_no), town &&
		(p->street.len || p->house_no.len) ? ", " : "",
	                  STR_ARG(town ? town->name : (Str){0}));
	return OK;
}

Err line_facts(Ctx *c, Id line, Date day, LineFacts *ret) {
	LineWhole w;
	size_t    said = c->problems.len;
	*ret = (LineFacts){.capacity = {BLANK}};
	Err e = line_whole(c, line, (AsOf){.valid = day}, &w);
	if (e == ERR_NOT_FOUND) {
		c->problems.len = said;
		return OK;
	}
	TRY(e);
	const Line *l = w.line;
	*ret = (LineFacts){.is_there = true, .is_in_network = line_counts(l), .service = l->service, .provider = l->provider, .district = main_district(&w),
		.unit = l->unit, .kind = l->kind,
	                   .state = l->status, .capacity = l->capacity, .from = l->since, .to = l->until, .target_groups = groups_text(c, l->target_groups),
		.territory = areas_text(c, &w),
	                   .ceiling = ceilings_text(c, &w, date_year(day)), .provider_name = w.provider, .provider_ico = w.ico, .service_name = l->name,
		.identifier = w.identifier};
	said = c->problems.len;
	e = seat_text(c, l->provider, day, &ret->provider_seat);
	c->problems.len = said;
	return e;
}

Err mandate_take_line(Ctx *c, Mandate *m) {
	LineFacts f;
	TRY(line_facts(c, m->line, m->first_day, &f));
	if (!f.is_there)
		return fail(c, ERR_INVALID, "first_day", "Platí od: řádek v síti na tento den není. Zvolte den, kdy v síti je, nebo nejdřív upravte síť.");
	m->service = f.service;
	m->provider = f.provider;
	m->district = f.district;
	m->kind = f.kind;
	m->provider_name = f.provider_name;
	m->provider_ico = f.provider_ico;
	m->provider_seat = f.provider_seat;
	m->service_name = f.service_name;
	m->identifier = f.identifier;
	m->ends_on = m->last_day;
	return OK;
}

Err mandate_fill(Ctx *c, Id line, Date first, Mandate **ret) {
	LineFacts        f;
	MandateTemplate *t;
	TRY(line_facts(c, line, first, &f));
	if (!f.is_there)
		return fail(c, ERR_NOT_FOUND, NULL, "Takový řádek v síti na zvolený den není.");
	TRY(mandate_template_of(c, PAPER_MANDATE, c->today, &t));
	Mandate *m = entity_new(c->arena, &mandate_entity);
	m->line = line;
	m->first_day = first;
	m->last_day = date_is(f.to) ? f.to : date_add(date_add_months(date(date_year(first), 1, 1), 36), -1);
	m->unit = f.unit;
	m->capacity = f.capacity;
	m->target_groups = f.target_groups;
	m->territory = f.territory;
	m->ceiling = f.ceiling;
	m->obligation = t->obligation;
	m->compensation = t->compensation;
	m->overcompensation = t->overcompensation;
	m->exclusive_rights = t->exclusive_rights;
	m->legal_reference = t->legal_reference;
	m->amendments = m->watched = 0;
	TRY(mandate_take_line(c, m));
	*ret = m;
	return OK;
}
