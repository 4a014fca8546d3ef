/* register_maps.c: what the register's ids mean here, read once per import: asking for every row would be slow. */
#include <stdlib.h>

#include "base/csv.h"
#include "base/data_file.h"
#include "core/codelist.h"
#include "domain/register/register_record.h"

#include "domain/register/register_import.sql.h"

static Err load_codes(Ctx *c, Arena *a, const char *list, RegisterCodes *to) {
	CodeItems items;
	*to = (RegisterCodes){0};
	TRY(codelist_items(c, list, c->today, &items));
	for (size_t i = 0; i < items.len; i++)
		if (items.at[i]->external_id.len)
			*ARENA_PUSH(a, to->at, to->len, to->cap) = (RegisterCodeName){
				str_dup(a, items.at[i]->external_id), str_dup(a, items.at[i]->code), str_dup(a, items.at[i]->name)};
	return OK;
}

static int by_town(const void *x, const void *y) {
	i64 a = ((const RegisterTown *)x)->code, b = ((const RegisterTown *)y)->code;
	return a < b ? -1 : a > b;
}

static int by_part(const void *x, const void *y) {
	i64 a = ((const RegisterTownPart *)x)->code, b = ((const RegisterTownPart *)y)->code;
	return a < b ? -1 : a > b;
}

static Err load_towns(Ctx *c, Arena *a, RegisterMaps *m) {
	Rows rows = db_query(ctx_conn(c), &sql_register_towns, DB_NONE);
	i64  code;
	while (rows_next(&rows))
		if (str_to_int(col_text(&rows, 0), &code))
			*ARENA_PUSH(a, m->towns, m->town_count, m->town_cap) = (RegisterTown){code, col_int(&rows, 1), str_dup(a, col_text(&rows, 2))};
	if (m->town_count)
		qsort(m->towns, m->town_count, sizeof *m->towns, by_town);
	return rows_end(&rows);
}

void register_maps_parts(Arena *a, RegisterMaps *m) {
	CLEANUP(arena_free) Arena file = {0};
	CsvReader *csv = csv_open(&file, data_file(&file, "territory/casti_obci_psc_lbk.csv"), (CsvLimits){0});
	Strs       cells;
	i64        code, town;
	while (csv_next(csv, &cells))
		if (cells.len >= 4 && str_to_int(cells.at[0], &code) && str_to_int(cells.at[3], &town))
			*ARENA_PUSH(a, m->parts, m->part_count, m->part_cap) = (RegisterTownPart){code, town, str_dup(a, cells.at[1])};
	if (m->part_count)
		qsort(m->parts, m->part_count, sizeof *m->parts, by_part);
}

Err register_maps(Ctx *c, Arena *a, RegisterMaps *ret) {
	*ret = (RegisterMaps){0};
	TRY(load_codes(c, a, "service_kind", &ret->kinds));
	TRY(load_codes(c, a, "service_form", &ret->forms));
	TRY(load_codes(c, a, "capacity_type", &ret->capacity_types));
	TRY(load_codes(c, a, "target_group", &ret->target_groups));
	TRY(load_codes(c, a, "age_group", &ret->age_groups));
	register_maps_parts(a, ret);
	return load_towns(c, a, ret) == OK ? OK : fail_internal(c, "municipalities");
}
