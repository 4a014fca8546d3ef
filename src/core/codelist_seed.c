/* codelist_seed.c: items of code lists from a CSV of the program or of a person: adds what the store does not know. */
#include "core/codelist.h"
#include "core/history.h"
#include "core/seed_rows.h"

/* Standing lists hold since before any fact of this field: the Act on Social Services took effect on this day. */
static Date beginning(void) {
	return date(2007, 1, 1);
}

static Err add_missing(Ctx *c, const Strs *header, const Strs *cells, int number) {
	(void)number;
	CodeItem *item = entity_new(c->arena, &code_item_entity);
	Str       unknown;
	TRY(seed_row_read(c, &code_item_entity, header, cells, item, &unknown));
	if (unknown.len)
		return fail(c, ERR_INVALID, NULL, "Číselník má neznámý sloupec s hodnotou „%.*s“.", STR_ARG(unknown));
	if (codelist_find(c, str_z(c->arena, item->list), item->code))
		return OK;
	return history_create(c, &code_item_entity, item, beginning(), (Date){0});
}

Err codelist_seed(Ctx *c, const char *name) {
	return seed_rows(c, name, add_missing);
}
