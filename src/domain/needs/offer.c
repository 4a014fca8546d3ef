/* offer.c: who can help to answer a need: premises, money, other help. Zero crowns is an answer, a blank is none. */
#include "domain/needs/need.h"

#include "core/record.h"
#include "domain/needs/needs.sql.h"

static Err check(Ctx *c, const void *row) {
	const NeedOffer *o = row;
	bool is_money = str_eq(o->kind, S(OFFER_CO_FUNDING));
	Err  err = OK;
	if (is_money && o->year == BLANK)
		err = fail(c, ERR_INVALID, "year", "Rok spolufinancování: doplňte rok, ve kterém obec přispěje.");
	if (is_money && o->amount.halere == BLANK)
		err = fail(c, ERR_INVALID, "amount", "Částka za rok: zapište částku číslicemi, například 250000. Když obec nepřispěje, zapište 0.");
	if (is_money && o->amount.halere != BLANK && o->amount.halere < 0)
		err = fail(c, ERR_INVALID, "amount", "Částka za rok: zapište nulu nebo kladnou částku.");
	if (!is_money && o->amount.halere != BLANK)
		err = fail(c, ERR_INVALID, "amount", "Částka za rok: patří jen ke spolufinancování. Změňte, co nabízíte, nebo částku smažte.");
	return err;
}

ENTITY(offer_entity, NeedOffer, OFFER_FIELDS, .name = "need_offer", .table = "need_offer", .one = "nabídka k potřebě", .many = "nabídky k potřebám",
       .of_many = "nabídek k potřebám", .article = "f", .order = "made_at", .read = CAP_NEED_READ, .write = CAP_NEED_CREATE,
       .scope_municipality = "municipality", .scope_district = "district", .check = check)

static Err need_to_read(Ctx *c, Id need, Need **ret) {
	void *row;
	TRY(entity_get(c, &need_entity, TODAY, need, &row));
	*ret = row;
	return OK;
}

/* Whoever may read the need may read what is offered for it. */
Err need_offers(Ctx *c, Id need, NeedOffers *ret) {
	Need *n;
	Id    ids[200];
	int   count = 0;
	*ret = (NeedOffers){0};
	TRY(need_to_read(c, need, &n));
	Rows rows = db_query(ctx_conn(c), &sql_need_offer_list, P(V(need)));
	while (rows_next(&rows))
		if (count < (int)LEN(ids))
			ids[count++] = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "offers");
	for (int i = 0; i < count; i++) {
		void *row;
		TRY(store_get(c, &offer_entity, TODAY, ids[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

/* In whose name: the only municipality or district of the person. */
static void sign(Ctx *c, NeedOffer *o) {
	RowScope s = access_scope(c, CAP_NEED_CREATE);
	o->municipality = !s.all && s.municipality_count ? s.municipalities[0] : 0;
	o->district = !s.all && s.district_count ? s.districts[0] : 0;
	o->owner = c->actor->account;
	o->author = c->actor->name;
	o->organisation = c->actor->organisation_name;
	o->made_at = c->now;
}

Err need_offer_add(Ctx *c, NeedOffer *o) {
	Need *n;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(require(c, CAP_NEED_CREATE));
	TRY(tx_begin(c, &tx));
	TRY(need_to_read(c, o->need, &n));
	const State *s = machine_state(&need_machine, n->state);
	if (s && s->is_final)
		return fail(c, ERR_CONFLICT, NULL, "Potřeba je ve stavu „%s“, nabídky už se k ní nepřidávají.", s->title);
	sign(c, o);
	TRY(entity_insert(c, &offer_entity, o));
	return tx_commit(&tx);
}

bool need_offer_is_mine(Ctx *c, const NeedOffer *o) {
	RowScope s = access_scope(c, CAP_NEED_CREATE);
	return c->actor->account == o->owner || s.all || (o->municipality && scope_has_municipality(&s, o->municipality)) ||
	       (o->district && scope_has_district(&s, o->district));
}

Err need_offer_withdraw(Ctx *c, Id need, Id offer) {
	void *row;
	Need *n;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(require(c, CAP_NEED_CREATE));
	TRY(tx_begin(c, &tx));
	TRY(need_to_read(c, need, &n));
	TRY(store_get(c, &offer_entity, TODAY, offer, &row));
	NeedOffer *o = row;
	if (o->need != need || !need_offer_is_mine(c, o))
		return fail(c, ERR_NOT_FOUND, NULL, "Nabídka neexistuje, nebo není vaše.");
	if (date_is(o->withdrawn_on))
		return fail(c, ERR_CONFLICT, NULL, "Nabídka už je stažená.");
	o->withdrawn_on = c->today;
	bool decided = c->scope_decided;
	c->scope_decided = true;                     /* the author of a provider has no column of scope here */
	Err err = entity_update(c, &offer_entity, o);
	c->scope_decided = decided;
	TRY(err);
	return tx_commit(&tx);
}
