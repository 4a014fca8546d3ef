/* reference_value.c: what a unit of a kind of service costs and earns by the region's reckoning, year by year. */
#include "core/seed_rows.h"
#include "domain/rulebook/rulebook.h"

#include "domain/rulebook/rulebook.sql.h"

ENTITY(reference_value_entity, ReferenceValue, REFERENCE_VALUE_FIELDS, .name = "reference_value", .table = "reference_value", .one = "referenční hodnota",
       .many = "referenční hodnoty", .of_many = "referenčních hodnot", .article = "f", .key = "year,kind,unit", .title = "kind", .order = "year", .read = CAP_RULES_READ,
       .write = CAP_RULES_UPDATE, .path = "/app/pravidla/hodnoty")

Err reference_value(Ctx *c, Str kind, Str unit, i64 year, ReferenceValue **ret) {
	i64   id = 0;
	void *row;
	if (db_get_int(ctx_conn(c), &sql_reference_value_in_force, P(V(kind), V(unit), V(year)), 0, &id) != OK)
		return fail_internal(c, "reference value");
	if (id == 0)
		return fail(c, ERR_NOT_FOUND, NULL, "Druh služby „%.*s“ nemá pro rok %lld a jednotku „%.*s“ referenční hodnotu. Doplňte ji na stránce Referenční hodnoty.", STR_ARG(kind),
		            (long long)year, STR_ARG(unit));
	TRY(store_get(c, &reference_value_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

bool reference_value_cell(Arena *a, const ReferenceValue *v, Str key, RuleCell *ret) {
	static const ReferenceValue none = {.cost = {BLANK}, .revenue = {BLANK}, .region_value = {BLANK}, .national_value = {BLANK}, .providers = BLANK};
	static const char *const names[] = {"referencni_naklad", "referencni_vynos", "regionalni_hodnota", "narodni_hodnota"};
	const ReferenceValue *x = v ? v : &none;
	const Money values[] = {x->cost, x->revenue, x->region_value, x->national_value};
	*ret = (RuleCell){.source = S("Referenční hodnoty: pro druh a jednotku nejsou zadané"), .link = S("/app/pravidla/hodnoty")};
	if (v) {
		ret->source = str_format(a, "Referenční hodnota: druh %.*s, rok %lld (%.*s)", STR_ARG(v->kind), (long long)v->year, STR_ARG(v->source));
		ret->link = str_format(a, "/app/pravidla/hodnoty/%lld", (long long)v->head.id);
	}
	for (size_t i = 0; i < LEN(names); i++)
		if (str_eq(key, str_c(names[i]))) {
			ret->value = rule_money(a, values[i]);
			return true;
		}
	ret->value = x->providers == BLANK ? rule_blank(RULE_COUNT) : rule_int(a, RULE_COUNT, x->providers);
	return str_eq(key, S("pocet_poskytovatelu"));
}

static Err seed_one(Ctx *c, const Strs *header, const Strs *cells, int number) {
	ReferenceValue *v = entity_new(c->arena, &reference_value_entity);
	Str             other;
	(void)number;
	TRY(seed_row_read(c, &reference_value_entity, header, cells, v, &other));
	return entity_insert(c, &reference_value_entity, v);
}

Err reference_values_seed(Ctx *c) {
	i64 known;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_get_int(c->conn, &sql_reference_value_count, DB_NONE, 0, &known) != OK)
		return fail_internal(c, "reference values");
	if (!known)
		TRY(seed_rows(c, "rules/reference_values.csv", seed_one));
	return tx_commit(&tx);
}
