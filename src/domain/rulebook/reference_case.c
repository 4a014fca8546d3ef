/* reference_case.c: reference values as cases of a rule set: which of both values is used (F2), and what a unit brings for a year (F1). */
#include "domain/rulebook/reference_case.h"

#include "core/codelist.h"

static RuleCase case_of(Ctx *c, const ReferenceValue *v) {
	return (RuleCase){.id = v->head.id, .day = date((int)v->year, 1, 1), .link = str_format(c->arena, "/app/pravidla/hodnoty/%lld", (long long)v->head.id),
		.label = str_format(c->arena, "%lld, %.*s, %.*s", (long long)v->year, STR_ARG(codelist_name(c, "service_kind", v->kind)), STR_ARG(codelist_name(c, "network_unit", v->unit)))};
}

static Err list(Ctx *c, Str find, i64 year, i64 limit, RuleCases *ret) {
	EntityList all;
	ListFilter of_year = {.field = entity_field(&reference_value_entity, S("year")), .value = str_format(c->arena, "%lld", (long long)year)};
	*ret = (RuleCases){0};
	ListQuery q = {.filters = &of_year, .filter_count = year != BLANK, .order = of_year.field, .descending = true, .limit = -1};
	TRY(entity_list(c, &reference_value_entity, &q, &all));
	for (size_t i = 0; i < all.len && (limit < 0 || (i64)ret->len < limit); i++) {
		RuleCase one = case_of(c, all.at[i]);
		if (rule_case_has(c->arena, &one, find))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = one;
	}
	return OK;
}

static Err find(Ctx *c, Id id, RuleCase *ret) {
	void *row;
	TRY(entity_get(c, &reference_value_entity, TODAY, id, &row));
	*ret = case_of(c, row);
	return OK;
}

typedef struct Source { const ReferenceValue *v; RuleCase of; } Source;

/* A unit for a whole year: what the values mean by themselves. */
static bool cell(void *arg, Arena *a, const RuleName *input, RuleCell *ret) {
	const Source *s = arg;
	if (reference_value_cell(a, s->v, input->key, ret)) {
		ret->source = str_format(a, "Referenční hodnota %.*s", STR_ARG(s->of.label));      /* with its name: there is no record around it */
		return true;
	}
	if (str_eq(input->key, S("jednotky")))
		*ret = (RuleCell){.value = rule_int(a, RULE_NUMBER, 1), .source = S("jedna jednotka")};
	else if (str_eq(input->key, S("mesice_povereni")))
		*ret = (RuleCell){.value = rule_int(a, RULE_COUNT, 12), .source = S("celý rok")};
	else
		return false;
	return true;
}

static Err cells(Ctx *c, Id id, RuleCells *cells_of, void **arg) {
	void *row;
	TRY(entity_get(c, &reference_value_entity, TODAY, id, &row));
	*cells_of = cell;
	*arg = NEW(c->arena, Source, .v = row, .of = case_of(c, row));
	return OK;
}

const RuleCaseKind rulebook_cases[1] = {{"reference_value", "Referenční hodnoty", list, find, cells}};
