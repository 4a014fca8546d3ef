/* mandate_amendment.c: amendments of mandates: capacity, ceiling, territory, each with a number and a paper of its own. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/mandate.sql.h"
#include "domain/network/mandate_inside.h"
#include "domain/network/mandate_paper.h"

static Err check(Ctx *c, const void *row) {
	const MandateAmendment *x = row;
	Mandate *m;
	Err      err = OK;
	TRY(mandate_stored(c, x->mandate, &m));
	if (x->capacity.hundredths == BLANK && !x->ceiling.len && !x->territory.len)
		err = fail(c, ERR_INVALID, "capacity", "Nová minimální kapacita: dodatek musí něco měnit. Vyplňte kapacitu, strop, nebo území.");
	if (date_is(x->effective_from) && (date_before(x->effective_from, m->first_day) || date_after(x->effective_from, m->ends_on)))
		err = fail(c, ERR_INVALID, "effective_from", "Platí od: zvolte den, kdy pověření platí.");
	return err;
}

static Err prepare(Ctx *c, void *row) {
	MandateAmendment *x = row;
	Mandate          *m;
	TRY(mandate_stored(c, x->mandate, &m));
	x->provider = m->provider;
	x->district = m->district;
	return OK;
}

ENTITY(mandate_amendment_entity, MandateAmendment, MANDATE_AMENDMENT_FIELDS, .name = "mandate_amendment", .table = "mandate_amendment", .one = "dodatek pověření",
       .many = "dodatky pověření", .of_many = "dodatků pověření", .article = "m", .order = "effective_from", .read = CAP_MANDATE_READ, .write = CAP_MANDATE_UPDATE,
       .scope_provider = "provider", .scope_district = "district", .check = check, .prepare = prepare, .raises_data_version = true)

Err mandate_amendment_stored(Ctx *c, Id id, MandateAmendment **ret) {
	void *row;
	TRY(store_get(c, &mandate_amendment_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err mandate_amendments(Ctx *c, Id mandate, MandateAmendments *ret) {
	Ids ids;
	*ret = (MandateAmendments){0};
	TRY(mandate_ids(c, db_query(ctx_conn(c), &sql_mandate_amendments, P(V(mandate))), &ids));
	for (size_t i = 0; i < ids.len; i++)
		TRY(mandate_amendment_stored(c, ids.at[i], ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap)));
	return OK;
}

Err mandate_amendment_add(Ctx *c, MandateAmendment *x) {
	Mandate *m;
	TRY(require(c, CAP_MANDATE_CREATE));
	TRY(mandate_stored(c, x->mandate, &m));
	if (!str_eq(m->state, S(MANDATE_ACTIVE)))
		return fail(c, ERR_CONFLICT, NULL, "Dodatek lze připravit jen k vydanému pověření, které ještě neskončilo.");
	return workflow_start(c, &mandate_amendment_machine, "prepare", x, NULL);
}

static void apply(MandateTerms *t, const MandateAmendment *x) {
	if (x->capacity.hundredths != BLANK)
		t->capacity = x->capacity;
	if (x->ceiling.len)
		t->ceiling = x->ceiling;
	if (x->territory.len)
		t->territory = x->territory;
	t->amendment = x->no;
}

/* By the day from which each holds; of two from one day the later number is the last word. */
Err mandate_terms(Ctx *c, const Mandate *m, Date day, MandateTerms *ret) {
	MandateAmendments all;
	*ret = (MandateTerms){m->capacity, m->ceiling, m->territory, 0};
	TRY(mandate_amendments(c, m->head.id, &all));
	for (Date last = {0};;) {
		Date next = {0};
		for (size_t i = 0; i < all.len; i++) {
			Date from = all.at[i]->effective_from;
			if (str_eq(all.at[i]->state, S(AMENDMENT_ISSUED)) && date_after(from, last) && !date_after(from, day) && (!date_is(next) || date_before(from, next)))
				next = from;
		}
		if (!date_is(next))
			return OK;
		for (size_t i = 0; i < all.len; i++)
			if (str_eq(all.at[i]->state, S(AMENDMENT_ISSUED)) && date_eq(all.at[i]->effective_from, next))
				apply(ret, all.at[i]);
		last = next;
	}
}

/* ---- the way of an amendment ---- */

static Err describe(Ctx *c, WorkObject *o) {
	const MandateAmendment *x = o->row;
	Mandate *m;
	TRY(mandate_stored(c, x->mandate, &m));
	o->title = x->no != BLANK && x->no ? str_format(c->arena, "Dodatek č. %lld k %.*s", (long long)x->no, STR_ARG(m->number))
	                                   : str_format(c->arena, "Dodatek k %.*s, %.*s", STR_ARG(m->number), STR_ARG(m->service_name));
	o->link = str_format(c->arena, "/app/povereni/%lld/dodatky/%lld", (long long)x->mandate, (long long)x->head.id);
	o->text = x->reason;
	o->provider = id_given(m->provider) ? m->provider : 0;
	o->district = id_given(m->district) ? m->district : 0;
	return OK;
}

static Err mandate_is_active(Ctx *c, const WorkObject *o, Verdict *ret) {
	const MandateAmendment *x = o->row;
	Mandate *m;
	TRY(mandate_stored(c, x->mandate, &m));
	if (!str_eq(m->state, S(MANDATE_ACTIVE)))
		*ret = (Verdict){REFUSED, S("Pověření není vydané, nebo už skončilo."), S("Dodatek zrušte a připravte nové pověření.")};
	return OK;
}
static const Guard active = {"active", "Mění se jen vydané pověření, které platí.", mandate_is_active};

static Err same_capacity(Ctx *c, const WorkObject *o, Verdict *ret) {
	const MandateAmendment *x = o->row;
	Mandate     *m;
	MandateTerms terms;
	LineFacts    f;
	TRY(mandate_stored(c, x->mandate, &m));
	TRY(mandate_terms(c, m, x->effective_from, &terms));
	TRY(line_facts(c, m->line, x->effective_from, &f));
	Fte will_be = x->capacity.hundredths == BLANK ? terms.capacity : x->capacity;
	if (!f.is_in_network)
		*ret = (Verdict){REFUSED, S("Od toho dne služba v síti není."), S("Zvolte jiný den, nebo pověření ukončete.")};
	else if (!str_eq(m->unit, f.unit) || will_be.hundredths != f.capacity.hundredths)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Kapacita po dodatku je %lld,%02lld, řádku sítě %lld,%02lld.", (long long)(will_be.hundredths / 100),
		                                     (long long)(will_be.hundredths % 100), (long long)(f.capacity.hundredths / 100), (long long)(f.capacity.hundredths % 100)),
		                 S("Uveďte v dodatku kapacitu, kterou má od toho dne řádek sítě, nebo nejdřív změňte síť.")};
	return OK;
}
static const Guard capacity = {"g3_amended_capacity", "G3: kapacita po dodatku je stejná jako v řádku sítě.", same_capacity};

Err amendment_step_issue(Ctx *c, WorkMove *mv) {
	MandateAmendment *x = mv->object->row;
	Mandate          *m;
	Resolution        r;
	TRY(mandate_resolution(c, mv->input->resolution, &r));
	TRY(mandate_stored(c, x->mandate, &m));
	x->no = (m->amendments == BLANK ? 0 : m->amendments) + 1;
	x->resolution = r.head.id;
	x->issued_at = c->now;
	TRY(mandate_paper_write(c, m, x, &r));
	return workflow_system(c, &mandate_machine, m->head.id, "amend", str_format(c->arena, "dodatek č. %lld", (long long)x->no));
}

const Machine mandate_amendment_machine = {
	.name = "mandate_amendment", .title = "Dodatek pověření", .entity = &mandate_amendment_entity, .topic = "network", .describe = describe,
	.help = "Dodatek mění kapacitu, strop nebo území vydaného pověření. Připraví ho jeden člověk, vydá jiný podle usnesení zastupitelstva; tím dostane číslo a vlastní listinu.",
	MACHINE_STATES(
		{AMENDMENT_DRAFT, "návrh", .tone = TONE_INFO, .waits_for = "VED NET", .task = "Vydejte dodatek pověření", .button = "Otevřít dodatek",
		 .why = "Vydává ho jiný člověk, než kdo ho připravil."},
		{AMENDMENT_ISSUED, "vydaný", .tone = TONE_OK, .is_final = true, .needs = "issue"},
		{AMENDMENT_DROPPED, "zrušený", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "prepare", "Připravit dodatek", "dodatek připraven", AMENDMENT_DRAFT, .capability = CAP_MANDATE_CREATE},
		{AMENDMENT_DRAFT, "issue", "Vydat dodatek", "dodatek vydán", AMENDMENT_ISSUED, .capability = CAP_MANDATE_APPROVE, .not_by = "prepare",
			.guards = GUARDS(&active, &capacity),
		 .resolution = "usnesení zastupitelstva kraje", .alarms = true, .notify = "PSG ECO", .document = "mandate_amendment", .run = amendment_step_issue},
		{AMENDMENT_DRAFT, "drop", "Zrušit dodatek", "dodatek zrušen", AMENDMENT_DROPPED, .capability = CAP_MANDATE_APPROVE, .reason = REASON_REQUIRED}),
};
