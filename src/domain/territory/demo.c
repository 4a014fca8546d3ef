/* demo.c: the real territory, and three accounts that act for a part of it. */
#include "domain/people/demo.h"
#include "domain/territory/demo.h"

static Err add_account(Ctx *c, const char *login, const char *name, const char *role, ScopeKind scope, const char *level, Str code, Str municipality) {
	const Unit *unit = territory_by_code(c, level, code), *seat = territory_by_code(c, LEVEL_MUNICIPALITY, municipality);
	CHECK(unit && seat);
	Organisation office = {.kind = S("municipality"), .name = str_format(c->arena, "Město %.*s", STR_ARG(seat->name)), .ref = seat->id};
	TRY(entity_insert(c, &organisation_entity, &office));
	return people_demo_account(c, login, name, role, scope, unit->id, office.head.id);
}

Err territory_demo(Ctx *c, DemoSize size) {
	TerritoryImport done;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(territory_import_builtin(c, size == DEMO_S ? S("78") : (Str){0}, &done));
	TRY(add_account(c, "koordinator.tanvald@demo.invalid", "Koordinátorka Ukázková", "COO", SCOPE_DISTRICT, LEVEL_DISTRICT, S("787"), S("563820")));
	TRY(add_account(c, "starosta.turnov@demo.invalid", "Starostka Ukázková", "MSG", SCOPE_MUNICIPALITY, LEVEL_MUNICIPALITY, S("577626"), S("577626")));
	TRY(add_account(c, "obec.jablonec@demo.invalid", "Obecní Ukázkový", "MUN", SCOPE_MUNICIPALITY, LEVEL_MUNICIPALITY, S("563510"), S("563510")));
	return tx_commit(&tx);
}
