/* territory.c: the entities of the subject and what must hold for their rows. */
#include "base/format.h"
#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "domain/territory/inside.h"
#include "domain/territory/territory.sql.h"

/* ---- units ---- */

static bool is_number(Str s) {
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len > 0;
}

static bool is_code(Str s) {
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if (!((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '-' || ch == '_' || ch == '.'))
			return false;
	}
	return s.len > 0;
}

static Err check_unit(Ctx *c, const void *row) {
	const Territory *t = row;
	bool is_custom = str_eq(t->level, S(LEVEL_CUSTOM));
	if (!is_custom && !is_number(t->code))
		return fail(c, ERR_INVALID, "code", "Kód RÚIAN je číslo, například 563510. Vlastní označení může mít jen vlastní území.");
	if (is_custom && !is_code(t->code))
		return fail(c, ERR_INVALID, "code", "Označení vlastního území smí mít jen písmena bez diakritiky, číslice, tečku, pomlčku a podtržítko.");
	if ((t->lon == BLANK) != (t->lat == BLANK))
		return fail(c, ERR_INVALID, t->lon == BLANK ? "lon" : "lat", "Doplňte obě zeměpisné souřadnice, nebo žádnou.");
	return OK;
}

/* The address of a unit stays what it was when it was given: links from outside lead to it. */
static Err prepare_unit(Ctx *c, void *row) {
	Territory *t = row;
	i64        taken;
	if (t->slug.len || !t->name.len)
		return OK;
	Str slug = text_slug(c->arena, t->name);
	if (db_get_int(ctx_conn(c), &sql_territory_slug_taken, P(V(t->level), V(slug), V(t->head.id)), 0, &taken) != OK)
		return fail_internal(c, "territory");
	t->slug = taken || !slug.len ? str_format(c->arena, "%.*s-%.*s", STR_ARG(slug), STR_ARG(text_slug(c->arena, t->code))) : slug;
	return OK;
}

/* Pěnčín is a municipality near Turnov and another one near Jablonec. */
static Str told_apart(Ctx *c, const void *row) {
	const Territory *t = row;
	const Unit      *district = territory_above(c, t->head.id, LEVEL_DISTRICT, TODAY);
	Str              level = codelist_name(c, "territory_level", t->level);
	return district && district->id != t->head.id ? str_format(c->arena, "%.*s, ORP %.*s", STR_ARG(level), STR_ARG(district->name))
	                                              : str_format(c->arena, "%.*s, %.*s", STR_ARG(level), STR_ARG(t->code));
}

ENTITY(territory_entity, Territory, TERRITORY_FIELDS, .name = "territory", .table = "territory", .one = "území", .many = "území",
       .of_many = "území", .article = "n", .key = "level,code", .title = "name", .read = "public", .write = "territory.edit",
       .path = "/app/sprava/uzemi", .is_public = true, .check = check_unit, .prepare = prepare_unit, .told_apart = told_apart, .raises_data_version = true)

/* ---- memberships ---- */

/* Which levels a unit can belong to: the hierarchy, and any custom grouping. */
static bool fits(int child, int parent) {
	static const bool may_belong[RANK_COUNT][RANK_COUNT] = {
		[RANK_COUNTY] = {[RANK_REGION] = true, [RANK_CUSTOM] = true},
		[RANK_DISTRICT] = {[RANK_REGION] = true, [RANK_CUSTOM] = true},
		[RANK_SUBDISTRICT] = {[RANK_DISTRICT] = true, [RANK_CUSTOM] = true},
		[RANK_MUNICIPALITY] = {[RANK_COUNTY] = true, [RANK_DISTRICT] = true, [RANK_SUBDISTRICT] = true, [RANK_CUSTOM] = true},
	};
	return child >= 0 && parent >= 0 && may_belong[child][parent];
}

/* One membership per child and level, whose spans history keeps apart; custom groupings may overlap. */
static Err check_membership(Ctx *c, const void *row) {
	const Membership *m = row;
	int  child = -1, parent = -1;
	i64  others = 0;
	Rows rows = db_query(ctx_conn(c), &sql_membership_levels, P(V(m->child), V(m->parent), V(m->parent_level), V(m->head.id)));
	bool found = rows_next(&rows);
	if (found) {
		child = level_rank(col_text(&rows, 0));
		parent = level_rank(col_text(&rows, 1));
		others = col_int(&rows, 2);
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "membership");
	if (!found)
		return fail(c, ERR_INVALID, "parent", "Jedno z území neexistuje. Vyberte území, která jsou v evidenci.");
	if (parent != level_rank(m->parent_level))
		return fail(c, ERR_INVALID, "parent_level", "Úroveň neodpovídá území, do kterého se zařazuje. Vyberte úroveň tohoto území.");
	if (!fits(child, parent))
		return fail(c, ERR_INVALID, "parent", "Takto území zařadit nejde: obec patří do okresu, správního obvodu ORP a POÚ, POÚ do ORP, okres a ORP do kraje.");
	if (others && parent != RANK_CUSTOM)
		return fail(c, ERR_CONFLICT, "parent_level", "Území už má příslušnost na této úrovni. Otevřete ji a změňte ode dne, kdy se změnila.");
	return OK;
}

ENTITY(membership_entity, Membership, MEMBERSHIP_FIELDS, .name = "membership", .table = "membership", .one = "příslušnost k území",
       .many = "příslušnosti k území", .of_many = "příslušností k území", .article = "f", .dated = true, .key = "child,parent_level",
       .title = "child", .read = "public", .write = "territory.edit", .path = "/app/sprava/prislusnost", .is_public = true,
       .check = check_membership, .raises_data_version = true)

/* ---- population ---- */

static Err check_population(Ctx *c, const void *row) {
	const Population *p = row;
	if (p->age_from < 0 || p->age_to < p->age_from)
		return fail(c, ERR_INVALID, "age_to", "Věk do je menší než věk od. Opravte jeden z obou údajů.");
	if (p->count < 0)
		return fail(c, ERR_INVALID, "count", "Počet obyvatel nemůže být záporný.");
	if (date_after(p->counted_on, c->today))
		return fail(c, ERR_INVALID, "counted_on", "Den, ke kterému se počítalo, je teprve před námi. Opravte datum.");
	return OK;
}

ENTITY(population_entity, Population, POPULATION_FIELDS, .name = "population", .table = "population", .one = "počet obyvatel",
       .many = "počty obyvatel", .of_many = "počtů obyvatel", .article = "m", .key = "territory,counted_on,sex,age_from,age_to,source",
       .title = "territory", .order = "counted_on", .read = "public", .write = "territory.edit", .path = "/app/sprava/obyvatelstvo",
       .is_public = true, .check = check_population, .raises_data_version = true)

/* ---- boundaries ---- */

const char *boundary_layer_name(BoundaryLayer layer) {
	return layer == BOUNDARY_DETAIL ? "detail" : "overview";
}

Err territory_boundary(Ctx *c, Id unit, BoundaryLayer layer, Str *ret) {
	*ret = (Str){0};
	Rows rows = db_query(ctx_conn(c), &sql_boundary_of, P(V(unit), V(str_c(boundary_layer_name(layer)))));
	if (rows_next(&rows))
		*ret = str_dup(c->arena, col_text(&rows, 0));
	return rows_end(&rows) == OK ? OK : fail_internal(c, "boundary");
}

/* ---- parts of municipalities ---- */

const Unit *territory_by_part(Ctx *c, Str part_code) {
	Id id;
	if (db_get_int(ctx_conn(c), &sql_part_territory, P(V(part_code)), 0, &id) != OK || id == 0)
		return NULL;
	return territory_by_id(c, id);
}

static Str written_postcode(Arena *a, Str digits) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_postcode(&b, digits);
	return buf_take(&b, a);
}

Err territory_parts(Ctx *c, Id municipality, Parts *ret) {
	*ret = (Parts){0};
	Rows rows = db_query(ctx_conn(c), &sql_parts_of, P(V(municipality)));
	while (rows_next(&rows)) {
		Str code = col_text(&rows, 2), postcode = written_postcode(c->arena, col_text(&rows, 1));
		if (ret->len && str_eq(ret->at[ret->len - 1].code, code)) {
			Str *list = &ret->at[ret->len - 1].postcodes;
			*list = str_format(c->arena, "%.*s, %.*s", STR_ARG(*list), STR_ARG(postcode));
			continue;
		}
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Part){str_dup(c->arena, col_text(&rows, 0)), str_dup(c->arena, code), postcode};
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "municipality_part");
}

/* ---- row scope ---- */

static Err within_district(Ctx *c, Id district, Id **ids, size_t *count) {
	Units units;
	TRY(territory_below(c, district, LEVEL_MUNICIPALITY, TODAY, &units));
	*ids = NEW_ARRAY(c->arena, Id, units.len + 1);
	*count = units.len;
	for (size_t i = 0; i < units.len; i++)
		(*ids)[i] = units.at[i]->id;
	return OK;
}

void territory_tell_access(void) {
	access_districts_by(within_district);
}
