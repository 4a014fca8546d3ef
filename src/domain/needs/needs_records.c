/* needs_records.c: a need as a record that threads, questions and other subjects are bound to. */
#include "domain/needs/needs_records.h"

static Err find_need(Ctx *c, Id id, Record *ret) {
	void *row;
	TRY(entity_get(c, &need_entity, TODAY, id, &row));
	const Need *n = row;
	ret->title = n->title;
	ret->link = str_format(c->arena, "/app/potreby/%lld", (long long)id);
	ret->side = n->municipality ? SCOPE_MUNICIPALITY : n->district ? SCOPE_DISTRICT : SCOPE_NONE;
	ret->side_ref = n->municipality ? n->municipality : n->district;
	return OK;
}

const RecordKind needs_records[1] = {{"need", "Potřeba", find_need}};
