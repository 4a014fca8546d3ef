/* optimal.c: the region's optimum, as records and as a grid. */
#include "domain/needs/optimal.h"

#include "base/format.h"
#include "base/hash.h"
#include "core/codelist.h"
#include "domain/needs/gap.sql.h"

Strs optimal_units(Ctx *c, Str kind) {
	const CodeItem *item = codelist_find(c, "service_kind", kind);
	Str             rest = item ? code_attribute(item, S("unit")) : (Str){0};
	Strs            units = {0};
	while (rest.len)
		strs_add(c->arena, &units, str_cut(&rest, '+'));
	return units;
}

static bool has_unit(Ctx *c, Str kind, Str unit) {
	Strs units = optimal_units(c, kind);
	for (size_t i = 0; i < units.len; i++)
		if (str_eq(units.at[i], unit))
			return true;
	return units.len == 0;
}

static Err check_value(Ctx *c, const OptimalCapacity *o) {
	i64 value = o->value.hundredths;
	if (value < 0)
		return fail(c, ERR_INVALID, "value", "Optimální kapacita: zapište nulu nebo kladné číslo.");
	if (str_eq(o->unit, S("L")) && value % 100)
		return fail(c, ERR_INVALID, "value", "Optimální kapacita: lůžka zapište celým číslem, například 40.");
	return OK;
}

static Err check(Ctx *c, const void *row) {
	const OptimalCapacity *o = row;
	const Unit            *u = territory_by_id(c, o->district);
	AsOf                   at = as_of_full(c, TODAY);
	i64                    same;
	TRY(check_value(c, o));
	if (!u || !str_eq(u->level, S(LEVEL_DISTRICT)))
		return fail(c, ERR_INVALID, "district", "Obvod ORP: vyberte správní obvod obce s rozšířenou působností.");
	if (!has_unit(c, o->kind, o->unit))
		return fail(c, ERR_INVALID, "unit", "Jednotka: u služby „%.*s“ se kapacita v jednotce „%.*s“ nepočítá.", STR_ARG(codelist_name(c, "service_kind", o->kind)),
		            STR_ARG(codelist_name(c, "network_unit", o->unit)));
	DbValue values[] = {V(at.valid), V(at.recorded), V(o->year), V(o->kind), V(o->unit), V(o->district), V(o->head.id)};
	if (db_get_int(ctx_conn(c), &sql_optimal_same, values, LEN(values), 0, &same) != OK)
		return fail_internal(c, "optimal capacity");
	return same ? fail(c, ERR_INVALID, "kind", "Druh služby: pro tento rok, jednotku a obvod už optimální kapacita je. Upravte ji.") : OK;
}

ENTITY(optimal_entity, OptimalCapacity, OPTIMAL_FIELDS, .name = "optimal_capacity", .table = "optimal_capacity", .one = "optimální kapacita",
       .many = "optimální kapacity", .of_many = "optimálních kapacit", .article = "f", .dated = true, .key = "year,kind,unit,district", .order = "year",
       .title = "kind", .read = ANYONE, .write = CAP_NEEDS_OPTIMAL, .path = "/app/optimalni-kapacity", .is_public = true, .check = check, .raises_data_version = true)

Err optimal_of_year(Ctx *c, AsOf at, i64 year, OptimalRows *ret) {
	*ret = (OptimalRows){0};
	at = as_of_full(c, at);
	Rows rows = db_query(ctx_conn(c), &sql_optimal_of_year, P(V(at.valid), V(at.recorded), V(year)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (OptimalRow){
			.id = col_int(&rows, 0), .kind = str_dup(c->arena, col_text(&rows, 1)), .unit = str_dup(c->arena, col_text(&rows, 2)), .district = col_int(&rows, 3),
			.value = col_int(&rows, 4), .source = str_dup(c->arena, col_text(&rows, 5)), .resolution = str_dup(c->arena, col_text(&rows, 6))};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "optimal capacities");
}

Err optimal_years(Ctx *c, OptimalYears *ret) {
	AsOf at = as_of_full(c, TODAY);
	*ret = (OptimalYears){0};
	Rows rows = db_query(ctx_conn(c), &sql_optimal_years, P(V(at.valid), V(at.recorded)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "years");
}

/* ---- the grid ---- */

static const OptimalRow *row_of(const OptimalRows *all, const OptimalCell *cell) {
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i].district == cell->district && str_eq(all->at[i].kind, cell->kind) && str_eq(all->at[i].unit, cell->unit))
			return &all->at[i];
	return NULL;
}

static Err read_cell(Ctx *c, const OptimalCell *cell, i64 *ret) {
	const char *why, *kind = str_z(c->arena, codelist_name(c, "service_kind", cell->kind));
	const Unit *u = territory_by_id(c, cell->district);
	int         places = str_eq(cell->unit, S("L")) ? 0 : 2;
	*ret = BLANK;
	if (!u || !str_eq(u->level, S(LEVEL_DISTRICT)) || !has_unit(c, cell->kind, cell->unit))
		return fail(c, ERR_MALFORMED, NULL, "Formulář obsahuje pole, které sem nepatří. Načtěte stránku znovu.");
	if (!read_decimal(cell->typed, 2, ret, &why))
		return fail(c, ERR_INVALID, cell->field, "%s, %.*s: %s", kind, STR_ARG(u->name), why);
	if (*ret != BLANK && (*ret < 0 || *ret > 100000000 || (places == 0 && *ret % 100)))
		return fail(c, ERR_INVALID, cell->field, "%s, %.*s: %s", kind, STR_ARG(u->name),
		            places ? "zapište nulu nebo kladné číslo, například 12,50." : "lůžka zapište celým číslem, například 40.");
	return OK;
}

static Err write_cell(Ctx *c, i64 year, const OptimalCell *cell, const OptimalRow *old, i64 value, Str source, Str resolution) {
	void *row;
	if (!old) {
		OptimalCapacity o = {.year = year, .kind = cell->kind, .unit = cell->unit, .district = cell->district, .value = fte(value), .source = source,
		                     .resolution = resolution};
		return history_create(c, &optimal_entity, &o, c->today, (Date){0});
	}
	TRY(entity_get(c, &optimal_entity, TODAY, old->id, &row));
	OptimalCapacity *o = row;
	if (value == BLANK)
		return history_end(c, &optimal_entity, old->id, o->head.version, c->today, (Date){0});
	o->value = fte(value);
	o->source = source;
	o->resolution = resolution;
	return history_change(c, &optimal_entity, o, c->today, o->head.valid_to);
}

static Str digest_of(Arena *a, const OptimalRows *rows) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < rows->len; i++)
		buf_format(&b, "%lld=%lld ", (long long)rows->at[i].id, (long long)rows->at[i].value);
	Sha256 d = sha256(buf_view(&b));
	return hex(a, d.bytes, sizeof d.bytes);
}

Err optimal_seen(Ctx *c, i64 year, Str *ret) {
	OptimalRows rows;
	TRY(optimal_of_year(c, TODAY, year, &rows));
	*ret = digest_of(c->arena, &rows);
	return OK;
}

/* Somebody was faster: at each number that differs stands what is stored now. */
static Err refuse_overtaken(Ctx *c, const OptimalRows *all, const OptimalCell *cells, const i64 *values, size_t count) {
	for (size_t i = 0; i < count; i++) {
		const OptimalRow *old = row_of(all, &cells[i]);
		CLEANUP(buf_free) Buf b = {0};
		if ((old ? old->value : BLANK) == values[i])
			continue;
		if (old)
			fmt_decimal(&b, old->value, 2);
		else
			buf_lit(&b, "prázdné pole");
		(void)fail(c, ERR_CONFLICT, cells[i].field, "%.*s: uloženo je teď %.*s.", STR_ARG(codelist_name(c, "service_kind", cells[i].kind)), (int)b.len, b.ptr);
	}
	return fail(c, ERR_CONFLICT, NULL, "Optimální kapacity mezitím uložil někdo jiný, proto se neuložilo nic. Porovnejte označená čísla a uložte znovu.");
}

static Err save_inside(Ctx *c, i64 year, Str seen, const OptimalCell *cells, size_t count, Str source, Str resolution, i64 *changed) {
	OptimalRows all;
	i64        *values = NEW_ARRAY(c->arena, i64, count + 1);
	Err         worst = OK;
	TRY(optimal_of_year(c, TODAY, year, &all));
	for (size_t i = 0; i < count; i++) {
		Err err = read_cell(c, &cells[i], &values[i]);
		if (err == ERR_MALFORMED)
			return err;
		worst = worst == OK ? err : worst;
	}
	TRY(worst);
	if (seen.len && !str_eq(seen, digest_of(c->arena, &all)))
		return refuse_overtaken(c, &all, cells, values, count);
	for (size_t i = 0; i < count; i++) {
		const OptimalRow *old = row_of(&all, &cells[i]);
		if ((old ? old->value : BLANK) == values[i])
			continue;
		if (!source.len)
			return fail(c, ERR_INVALID, "source", "Odkud čísla jsou: napište, z čeho vycházejí, například Koncept sítě 2027.");
		TRY(write_cell(c, year, &cells[i], old, values[i], source, resolution));
		++*changed;
	}
	return OK;
}

Err optimal_save(Ctx *c, i64 year, Str seen, const OptimalCell *cells, size_t count, Str source, Str resolution, i64 *changed) {
	*changed = 0;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(require(c, CAP_NEEDS_OPTIMAL));
	TRY(tx_begin(c, &tx));
	TRY(save_inside(c, year, seen, cells, count, source, resolution, changed));
	return tx_commit(&tx);
}
