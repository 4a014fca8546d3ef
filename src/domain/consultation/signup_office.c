/* signup_office.c: what officers do with sign-ups: entries for phone and e-mail, cancelling, seats by hand, the door. */
#include "core/access.h"
#include "domain/consultation/inside.h"

#include "domain/consultation/signup.sql.h"

static Err refuse_late(Ctx *c, const Hearing *h) {
	if ((hearing_is(h, HEARING_OPEN) || hearing_is(h, HEARING_CLOSED)) && c->now.ms < h->ends_at.ms)
		return OK;
	return fail(c, ERR_CONFLICT, NULL, "Přihlášku teď zapsat nejde: projednání je ve stavu „%.*s“ nebo už skončilo.", STR_ARG(state_title(&hearing_machine, h->state)));
}

Err signup_record(Ctx *c, Id hearing, const SignupNew *typed, Str channel, bool reserved, Id *ret) {
	Hearing  *h;
	Signup   *s;
	Seats     seats;
	SignupNew n = signup_clean(c, typed);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(hearing_mine(c, hearing, &h));
	TRY(refuse_late(c, h));
	TRY(signup_check_typed(c, &n, true));
	TRY(hearing_seats(c, hearing, &seats));
	if (reserved && seats.reserved == 0)
		return fail(c, ERR_INVALID, "reserved", "Vyhrazené místo už žádné nezbývá. Zrušte zaškrtnutí, nebo v úpravě projednání vyhraďte další.");
	TRY(signup_make(c, h, &n, "record", channel, reserved, &s));
	TRY(signup_place_it(c, h, s->head.id));
	TRY(signup_load(c, s->head.id, &s));
	TRY(signup_tell_placed(c, h, s));
	*ret = s->head.id;
	return tx_commit(&tx);
}

Err signup_get(Ctx *c, Id id, Signup **ret) {
	Hearing *h;
	TRY(require(c, CAP_HEARING_UPDATE));
	TRY(signup_load(c, id, ret));
	return hearing_mine(c, (*ret)->hearing, &h);
}

Err signup_list(Ctx *c, Id hearing, Str state, Signups *ret) {
	Hearing *h;
	TRY(hearing_mine(c, hearing, &h));
	return signup_load_all(c, db_query(ctx_conn(c), &sql_signup_ids, P(V(hearing), V(state))), ret);
}

Err signup_cancel(Ctx *c, Id id, Str reason) {
	return workflow_do(c, &signup_machine, id, "cancel", &(WorkInput){.reason = reason});
}

Err signup_admit(Ctx *c, Id hearing, Signup **ret) {
	Hearing *h;
	Id       next;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(hearing_mine(c, hearing, &h));
	TRY(signup_next(c, h, true, &next));
	if (!next)
		return fail(c, ERR_CONFLICT, NULL, "Místo nejde přidělit: nikdo nečeká, nebo žádné není volné. Zvětšete kapacitu, nebo uvolněte vyhrazená místa.");
	TRY(workflow_do(c, &signup_machine, next, "admit", NULL));
	TRY(signup_load(c, next, ret));
	return tx_commit(&tx);
}

/* ---- at the door ---- */

static Err say_why_not(Ctx *c, const Signup *s) {
	Str code = signup_code_shown(c->arena, s->code);
	if (str_eq(s->state, S(SIGNUP_ATTENDED)))
		return fail(c, ERR_INVALID, "kod", "%.*s, %.*s: přítomnost už je zapsaná.", STR_ARG(code), STR_ARG(s->name));
	if (str_eq(s->state, S(SIGNUP_WAITLISTED)))
		return fail(c, ERR_INVALID, "kod", "%.*s, %.*s: čeká na místo. Je-li volno, přidělte je v přehledu přihlášek a zapište kód znovu.", STR_ARG(code), STR_ARG(s->name));
	return fail(c, ERR_INVALID, "kod", "%.*s: přihláška neplatí (%.*s). Je-li volno, zapište člověka jako novou přihlášku.", STR_ARG(code),
	            STR_ARG(state_title(&signup_machine, s->state)));
}

Err signup_check_in(Ctx *c, Id hearing, Str typed, Signup **ret) {
	Hearing *h;
	Id       id = 0;
	Str      code = signup_code_read(c->arena, typed);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(hearing_mine(c, hearing, &h));
	if (!code.len)
		return fail(c, ERR_INVALID, "kod", "Kód má šest znaků, například ACD-347. Nejsou v něm O, 0, I, 1, L ani jiné snadno zaměnitelné znaky.");
	if (db_get_int(c->conn, &sql_signup_by_code, P(V(hearing), V(code)), 0, &id) != OK)
		return fail_internal(c, "check-in");
	if (!id)
		return fail(c, ERR_INVALID, "kod", "Kód %.*s na tomto projednání nikdo nemá. Zkontrolujte jej, nebo člověka najděte podle jména.", STR_ARG(signup_code_shown(c->arena, code)));
	TRY(signup_load(c, id, ret));
	if (!str_eq((*ret)->state, S(SIGNUP_CONFIRMED)))
		return say_why_not(c, *ret);
	TRY(workflow_do(c, &signup_machine, id, "check_in", NULL));
	return tx_commit(&tx);
}

Err signup_undo_check_in(Ctx *c, Id id) {
	return workflow_do(c, &signup_machine, id, "undo_check_in", NULL);
}
