/* account_state.c: invited → active → blocked → ended (DOMAIN § 8, machine "user"). An invited account becomes active by accepting its
 * invitation; everything else is decided by whoever cares for the account. */
#include "domain/people/people.h"

static const struct { const char *from, *to; } steps[] = {
	{"invited", "ended"}, {"active", "blocked"}, {"active", "ended"}, {"blocked", "active"}, {"blocked", "ended"},
};

bool account_may_become(Str from, Str to) {
	for (size_t i = 0; i < LEN(steps); i++)
		if (str_eq(str_c(steps[i].from), from) && str_eq(str_c(steps[i].to), to))
			return true;
	return false;
}

Err account_set_state(Ctx *c, Account *a, Str state) {
	if (!account_may_become(a->state, state))
		return fail(c, ERR_CONFLICT, NULL, "Z tohoto stavu účet takto změnit nejde. Možná ho mezitím změnil někdo jiný; načtěte stránku znovu.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	a->state = state;
	TRY(entity_update(c, &account_entity, a));
	if (!str_eq(state, S("active")))
		TRY(sessions_end(c, a->head.id, 0, 0));      /* whoever is signed in is out at once */
	return tx_commit(&tx);
}
