#include "domain/admin/person.h"

#include "core/trail.h"
#include "domain/admin/person.sql.h"
#include "domain/people/people.h"

Err person_get(Ctx *c, Id account, PersonState *ret) {
	*ret = (PersonState){.account = account};
	Rows rows = db_query(ctx_conn(c), &sql_person_state, P(V(account)));
	bool found = rows_next(&rows);
	if (found) {
		ret->login = str_dup(c->arena, col_text(&rows, 0));
		ret->name = str_dup(c->arena, col_text(&rows, 1));
		ret->restricted = !col_null(&rows, 2);
		ret->since = col_instant(&rows, 2);
		ret->reason = str_dup(c->arena, col_text(&rows, 3));
		ret->by = str_dup(c->arena, col_text(&rows, 4));
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "person");
	return found ? OK : fail(c, ERR_NOT_FOUND, NULL, "Takový účet neexistuje.");
}

static Err needs_reason(Ctx *c) {
	return str_trim(c->reason).len ? OK : fail(c, ERR_INVALID, "reason", "Napište důvod, například číslo jednací žádosti.");
}

Err person_restrict(Ctx *c, Id account) {
	PersonState p;
	TRY(needs_reason(c));
	TRY(person_get(c, account, &p));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_person_restrict, P(V(account), V(c->now), V(c->reason), V(c->actor->name)), NULL) != OK)
		return fail_internal(c, "person");
	TRY(account_restrict(c, account, true));
	TRY(trail_add(c, (TrailEntry){.action = "restrict", .object = "account", .object_id = account, .text = S("Zpracování osobních údajů účtu je omezeno.")}));
	return tx_commit(&tx);
}

Err person_release(Ctx *c, Id account) {
	PersonState p;
	TRY(needs_reason(c));
	TRY(person_get(c, account, &p));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_person_release, P(V(account)), NULL) != OK)
		return fail_internal(c, "person");
	TRY(account_restrict(c, account, false));
	TRY(trail_add(c, (TrailEntry){.action = "release", .object = "account", .object_id = account, .text = S("Omezení zpracování osobních údajů účtu skončilo.")}));
	return tx_commit(&tx);
}

static Err is_last_admin(Ctx *c, Id account, bool *last) {
	i64 is_admin = 0, others = 0;
	if (db_get_int(ctx_conn(c), &sql_person_is_admin, P(V(account), V(c->today)), 0, &is_admin) != OK ||
	    db_get_int(ctx_conn(c), &sql_person_other_admins, P(V(account), V(c->today)), 0, &others) != OK)
		return fail_internal(c, "person");
	*last = is_admin > 0 && others == 0;
	return OK;
}

Err person_erase(Ctx *c, Id account, bool in_trail, i64 *erased) {
	PersonState p;
	bool        last = false;
	i64         names = 0;
	TRY(needs_reason(c));
	TRY(person_get(c, account, &p));
	if (p.restricted)
		return fail(c, ERR_CONFLICT, NULL, "Zpracování údajů tohoto člověka je omezené. Nejdřív omezení zrušte.");
	if (account == c->actor->account)
		return fail(c, ERR_CONFLICT, NULL, "Vlastní účet vymazat nejde. Požádejte jiného správce.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(is_last_admin(c, account, &last));
	if (last)
		return fail(c, ERR_CONFLICT, NULL, "Je to jediný správce aplikace. Nejdřív dejte roli správce někomu dalšímu.");
	TRY(person_data_erase(c, account, erased));
	if (in_trail)
		TRY(trail_erase_people(c, account, date_add(c->today, 31), &names));
	*erased += names;
	return tx_commit(&tx);
}
