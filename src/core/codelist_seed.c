/* codelist_seed.c: items of code lists from a CSV of the program or of a person: adds what the store does not know. */
#include "base/csv.h"
#include "base/data_file.h"
#include "core/codelist.h"
#include "core/history.h"

/* Standing lists hold since before any fact of this field: the Act on Social Services took effect on this day. */
static Date beginning(void) {
	return date(2007, 1, 1);
}

static Err add_missing(Ctx *c, const Strs *header, const Strs *cells) {
	CodeItem *item = entity_new(c->arena, &code_item_entity);
	for (size_t i = 0; i < header->len && i < cells->len; i++) {
		const Field *f = entity_field(&code_item_entity, header->at[i]);
		if (!f)
			return fail(c, ERR_INVALID, NULL, "Číselník má neznámý sloupec „%.*s“.", STR_ARG(header->at[i]));
		TRY(field_read(c, f, cells->at[i], item));
	}
	if (codelist_find(c, str_z(c->arena, item->list), item->code))
		return OK;
	return history_create(c, &code_item_entity, item, beginning(), (Date){0});
}

Err codelist_seed(Ctx *c, const char *name) {
	Str text = data_file(c->arena, name);
	CHECK(text.len > 0);
	CsvReader *csv = csv_open(c->arena, text, (CsvLimits){0});
	Strs       header = {0}, cells, row;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	CHECK(csv_next(csv, &row));
	for (size_t i = 0; i < row.len; i++)
		strs_add(c->arena, &header, str_dup(c->arena, row.at[i]));
	while (csv_next(csv, &cells))
		TRY(add_missing(c, &header, &cells));
	CHECK(str_empty(csv_why(csv)));
	return tx_commit(&tx);
}
