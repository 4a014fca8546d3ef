/* line_case.c: lines of the network as cases of rule sets. */
#include "domain/network/line_case.h"

#include "core/access.h"
#include "domain/network/network.h"

enum { YEARS = 10000 };

/* ---- cells ---- */

static int month_of(Date d) {
	int year, month, day;
	date_parts(d, &year, &month, &day);
	return month;
}

bool part_of_year(int year, Date since, Date until, Date *from, Date *to) {
	*from = date(year, 1, 1);
	*to = date(year, 12, 31);
	if (date_is(since) && date_after(since, *from))
		*from = since;
	if (date_is(until) && date_before(until, *to))
		*to = until;
	return !date_after(*from, *to);
}

bool price_cell(void *source, Arena *a, const RuleName *input, RuleCell *ret) {
	const PriceSource *s = source;
	*ret = (RuleCell){.source = s->source, .link = s->link};
	if (str_eq(input->key, S("jednotky")))
		ret->value = rule_number(RULE_NUMBER, exact_ratio(a, s->capacity.hundredths, 100));
	else if (str_eq(input->key, S("mesice_povereni")))
		ret->value = rule_int(a, RULE_COUNT, month_of(s->to) - month_of(s->from) + 1);
	else if (str_eq(input->key, S("dny_povereni")))
		ret->value = rule_int(a, RULE_COUNT, s->to.n - s->from.n + 1);
	else if (str_eq(input->key, S("dny_roku")))
		*ret = (RuleCell){.value = rule_int(a, RULE_COUNT, date(s->year + 1, 1, 1).n - date(s->year, 1, 1).n), .source = S("kalendář")};
	else
		return reference_value_cell(a, s->value, input->key, ret);
	return true;
}

/* ---- cases ---- */

static RuleCase case_of(Ctx *c, const Line *l, int year) {
	return (RuleCase){.id = l->head.id * YEARS + year, .day = date(year, 1, 1), .link = str_format(c->arena, "/sit/sluzba/%lld", (long long)l->head.id),
		.label = str_format(c->arena, "Řádek %.*s: %.*s, rok %d", STR_ARG(l->number), STR_ARG(l->name), year)};
}

static bool has_price(const Line *l, int year) {
	Date from, to;
	return line_counts(l) && l->capacity.hundredths != BLANK && part_of_year(year, l->since, l->until, &from, &to);
}

static Err add_lines(Ctx *c, Id network, int year, Str words, i64 limit, RuleCases *ret) {
	LineWholes lines;
	TRY(lines_of(c, network, (AsOf){.valid = date(year, 12, 31)}, &lines));
	for (size_t i = 0; i < lines.len && (limit < 0 || (i64)ret->len < limit); i++) {
		RuleCase one = case_of(c, lines.at[i].line, year);
		if (has_price(lines.at[i].line, year) && rule_case_has(c->arena, &one, words))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = one;
	}
	return OK;
}

/* Without a year: those of this one. */
Err line_cases_list(Ctx *c, Str words, i64 year, i64 limit, RuleCases *ret) {
	Networks all;
	*ret = (RuleCases){0};
	TRY(require(c, CAP_NETWORK_READ));
	TRY(networks_all(c, &all));
	for (size_t i = 0; i < all.len; i++)
		TRY(add_lines(c, all.at[i]->head.id, year == BLANK ? date_year(c->today) : (int)year, words, limit, ret));
	return OK;
}

static Err line_of_case(Ctx *c, Id id, Line **ret, int *year) {
	void  *row = NULL;
	size_t said = c->problems.len;
	*year = (int)(id % YEARS);
	TRY(require(c, CAP_NETWORK_READ));
	Err e = id > YEARS && *year >= 1990 && *year <= 2110 ? store_get(c, &line_entity, (AsOf){.valid = date(*year, 12, 31)}, id / YEARS, &row) : ERR_NOT_FOUND;
	*ret = row;
	if (e == OK && has_price(*ret, *year))
		return OK;
	c->problems.len = said;
	return e != OK && e != ERR_NOT_FOUND ? e : fail(c, ERR_NOT_FOUND, NULL, "Takový řádek v síti na konci toho roku nestojí. Vyberte ho ze seznamu.");
}

Err line_case_find(Ctx *c, Id id, RuleCase *ret) {
	Line *l;
	int   year;
	TRY(line_of_case(c, id, &l, &year));
	*ret = case_of(c, l, year);
	return OK;
}

Err line_case_cells(Ctx *c, Id id, RuleCells *cells_of, void **arg) {
	Line        *l;
	PriceSource *s = NEW_ZERO(c->arena, PriceSource);
	TRY(line_of_case(c, id, &l, &s->year));
	RuleCase        one = case_of(c, l, s->year);
	size_t          said = c->problems.len;
	ReferenceValue *value = NULL;
	Err             e = reference_value(c, l->kind, l->unit, s->year, &value);
	if (e == ERR_NOT_FOUND)
		c->problems.len = said;
	else
		TRY(e);
	s->source = one.label;
	s->link = one.link;
	s->capacity = l->capacity;
	s->value = e == OK ? value : NULL;
	(void)part_of_year(s->year, l->since, l->until, &s->from, &s->to);
	*cells_of = price_cell;
	*arg = s;
	return OK;
}
