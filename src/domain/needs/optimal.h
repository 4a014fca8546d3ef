/* optimal.h: the capacity that the region wants: per kind of service, unit, district and year. Beds are whole, units of direct care have two decimals. */
#pragma once
#include "core/history.h"
#include "domain/needs/need.h"

#define OPTIMAL_FIELDS(F, T) \
	F(T, year, int, "Rok", .required = true, .filter = true, .list = 1, .min = 2015, .max = 2100) \
	F(T, kind, code, "Druh služby", .codelist = "service_kind", .required = true, .filter = true, .list = 2) \
	F(T, unit, code, "Jednotka", .codelist = "network_unit", .required = true, .filter = true, .list = 3) \
	F(T, district, ref, "Obvod ORP", .target = &territory_entity, .required = true, .filter = true, .list = 4) \
	F(T, value, fte, "Optimální kapacita", .required = true, .list = 5, .max = 100000000) \
	F(T, source, text, "Odkud číslo je", .required = true, .list = 6, .max = 200) \
	F(T, resolution, text, "Usnesení", .max = 120, .list = 7)
ENTITY_STRUCT(OptimalCapacity, OPTIMAL_FIELDS)
extern const Entity optimal_entity;

typedef struct OptimalRow { Id id; Str kind, unit, source, resolution; Id district; i64 value; } OptimalRow;
typedef struct OptimalRows { OptimalRow *at; size_t len, cap; } OptimalRows;
MUST_USE Err optimal_of_year(Ctx *c, AsOf at, i64 year, OptimalRows *ret);
typedef struct OptimalYears { i64 *at; size_t len, cap; } OptimalYears;
MUST_USE Err optimal_years(Ctx *c, OptimalYears *ret);

/* One cell of the grid as it was typed: blank takes the value away. */
typedef struct OptimalCell { Str kind, unit; Id district; Str typed; const char *field; } OptimalCell;
/* What a year's grid holds now, as a digest: the form sends back what its person saw. */
MUST_USE Err optimal_seen(Ctx *c, i64 year, Str *ret);
/* All or nothing; only cells that differ are written. ERR_INVALID names each wrong cell by its field; ERR_CONFLICT each that somebody saved after `seen`
 * ({0} = not looked at). *changed = how many. */
MUST_USE Err optimal_save(Ctx *c, i64 year, Str seen, const OptimalCell *cells, size_t count, Str source, Str resolution, i64 *changed);
/* Units in which the kind is counted: "U", "L", or both. */
Strs optimal_units(Ctx *c, Str kind);
