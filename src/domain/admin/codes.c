#include "domain/admin/codes.h"

#include "core/history.h"

/* Following it must not lead back. */
static Err check_successor(Ctx *c, const CodeItem *item, Str successor) {
	char *list = str_z(c->arena, item->list);
	if (str_eq(successor, item->code))
		return fail(c, ERR_INVALID, "successor", "Položku nemůže nahradit ona sama. Vyberte jinou.");
	if (!codelist_find(c, list, successor))
		return fail(c, ERR_INVALID, "successor", "Kód „%.*s“ v tomto číselníku není. Vyberte některou z jeho položek.", STR_ARG(utf8_first(successor, 60)));
	if (str_eq(codelist_successor(c, list, successor), item->code))
		return fail(c, ERR_INVALID, "successor", "Vybraná položka je sama nahrazena touto. Vyberte jinou.");
	return OK;
}

static Str uses_in_words(Ctx *c, const CodeUses *uses) {
	Strs parts = {0};
	for (size_t i = 0; i < uses->len; i++)
		strs_add(c->arena, &parts, str_format(c->arena, "%s: %lld", uses->at[i].entity->many, (long long)uses->at[i].count));
	return str_join(c->arena, S(", "), parts);
}

static Err check_uses(Ctx *c, const CodeItem *item) {
	CodeUses uses;
	TRY(codelist_uses(c, item->list, item->code, &uses));
	if (uses.total == 0)
		return OK;
	return fail(c, ERR_CONFLICT, "anyway", "Položka se používá (%.*s). Vyberte, čím ji nahradit, nebo potvrďte, že má skončit bez náhrady.",
	            STR_ARG(uses_in_words(c, &uses)));
}

/* The span that ends says by what it was replaced: whoever reads an old record finds the new code from it. */
static Err name_successor(Ctx *c, CodeItem *item, Str successor) {
	if (str_eq(item->replaced_by, successor))
		return OK;
	CodeItem *changed = entity_copy(c->arena, &code_item_entity, item);
	changed->replaced_by = successor;
	TRY(history_change(c, &code_item_entity, changed, item->head.valid_from, item->head.valid_to));
	item->head.version = changed->head.version;
	return OK;
}

Err code_end(Ctx *c, CodeEnd e) {
	CodeItem *item;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_get(c, &code_item_entity, TODAY, e.item, (void **)&item));
	if (item->head.version != e.version)
		return fail(c, ERR_CONFLICT, NULL, "Položku mezitím změnil někdo jiný. Podívejte se na její nynější podobu a rozhodněte znovu.");
	if (!date_is(e.last_day) || date_before(e.last_day, item->head.valid_from))
		return fail(c, ERR_INVALID, "last_day", "Zapište poslední den platnosti; nesmí být dřív, než položka začala platit.");
	if (e.successor.len) {
		TRY(check_successor(c, item, e.successor));
		TRY(name_successor(c, item, e.successor));
	} else if (!e.anyway) {
		TRY(check_uses(c, item));
	}
	TRY(history_end(c, &code_item_entity, e.item, item->head.version, date_add(e.last_day, 1), (Date){0}));
	return tx_commit(&tx);
}

Err code_add(Ctx *c, Str list, Str code, Str name, i64 position, Date from) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (codelist_find(c, str_z(c->arena, list), code))
		return fail(c, ERR_CONFLICT, "code", "Kód „%.*s“ už v číselníku je. Zvolte jiný, nebo upravte stávající položku.", STR_ARG(utf8_first(code, 60)));
	CodeItem *item = entity_new(c->arena, &code_item_entity);
	item->list = list;
	item->code = code;
	item->name = name;
	item->position = position;
	TRY(history_create(c, &code_item_entity, item, from, (Date){0}));
	return tx_commit(&tx);
}
