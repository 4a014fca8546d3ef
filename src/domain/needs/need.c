/* need.c: the need as a record: what must hold, who may write it. */
#include "domain/needs/need.h"

#include "base/format.h"
#include "base/text.h"
#include "core/codelist.h"
#include "domain/needs/needs.sql.h"

/* ---- whose it is ---- */

/* District and municipality follow from the territory, so that nobody can put a need where it does not lie. */
static void place(Ctx *c, Need *n) {
	const Unit *u = n->territory ? territory_by_id(c, n->territory) : NULL;
	n->municipality = u && str_eq(u->level, S(LEVEL_MUNICIPALITY)) ? u->id : 0;
	const Unit *district = !u ? NULL : str_eq(u->level, S(LEVEL_DISTRICT)) ? u : n->municipality ? territory_above(c, u->id, LEVEL_DISTRICT, TODAY) : NULL;
	n->district = district ? district->id : 0;
}

static void sign(Ctx *c, Need *n) {
	RowScope s = access_scope(c, CAP_NEED_CREATE);
	n->owner = c->actor->account;
	n->author = c->actor->name;
	n->organisation = c->actor->organisation_name;
	n->made_at = c->now;
	if (!s.all && !n->provider && s.provider_count)
		n->provider = s.providers[0];
	if (!s.all && !n->body && s.body_count)
		n->body = s.bodies[0];
}

static Err prepare(Ctx *c, void *row) {
	Need *n = row;
	Id    before = n->district;
	place(c, n);
	if (n->head.id && before != n->district)
		n->rank_district = BLANK;            /* the place was one in another order */
	if (!n->head.id && !n->made_at.ms)
		sign(c, n);
	return OK;
}

static bool has_body(const RowScope *s, Id body) {
	for (size_t i = 0; i < s->body_count; i++)
		if (body && s->bodies[i] == body)
			return true;
	return s->all;
}

static bool is_in(const RowScope *s, const Need *n) {
	return s->all || (n->municipality && scope_has_municipality(s, n->municipality)) || (n->district && scope_has_district(s, n->district)) ||
	       (n->provider && scope_has_provider(s, n->provider)) || has_body(s, n->body);
}

static bool state_is(Str state, const char *states) {
	return words_have(states, state);
}

bool need_is_public(Str state) {
	return state_is(state, NEED_ACCEPTED " " NEED_COVERED " " NEED_UNANSWERED);
}

bool need_may_edit(Ctx *c, const Need *n) {
	RowScope create = access_scope(c, CAP_NEED_CREATE), update = access_scope(c, CAP_NEED_UPDATE);
	bool     is_mine = n->owner == c->actor->account && is_in(&create, n);
	if (state_is(n->state, NEED_DRAFT " " NEED_PROPOSED))
		return is_mine || is_in(&update, n);
	if (state_is(n->state, NEED_AGREED_GROUP " " NEED_AGREED_STEERING))      /* what was agreed is changed by those who look after the order */
		return update.all || (n->district && scope_has_district(&update, n->district));
	return state_is(n->state, NEED_ACCEPTED) && update.all;
}

/* ---- what must hold ---- */

static Err check_territory(Ctx *c, const Need *n) {
	static const char *const levels[] = {LEVEL_MUNICIPALITY, LEVEL_DISTRICT, LEVEL_REGION};
	const Unit *u = territory_by_id(c, n->territory);
	for (size_t i = 0; u && i < LEN(levels); i++)
		if (str_eq(u->level, str_c(levels[i])))
			return OK;
	return fail(c, ERR_INVALID, "territory", "Území: vyberte obec, celý obvod obce s rozšířenou působností, nebo celý kraj.");
}

/* "ter+amb": is the word among them. An item without the attribute allows everything. */
static bool allows(const CodeItem *item, const char *attribute, Str word) {
	Str rest = item ? code_attribute(item, str_c(attribute)) : (Str){0};
	if (!rest.len)
		return true;
	while (rest.len)
		if (str_eq(str_cut(&rest, '+'), word))
			return true;
	return false;
}

static Err check_kind(Ctx *c, const Need *n) {
	const CodeItem *kind = n->kind.len ? codelist_find(c, "service_kind", n->kind) : NULL;
	Err             err = OK;
	if (kind && n->form.len && !allows(kind, "forms", n->form))
		err = fail(c, ERR_INVALID, "form", "Forma služby: %.*s nemá formu „%.*s“. Vyberte jinou formu, nebo ji nechte prázdnou.", STR_ARG(kind->name),
		           STR_ARG(codelist_name(c, "service_form", n->form)));
	if (kind && n->unit.len && !allows(kind, "unit", n->unit))
		err = fail(c, ERR_INVALID, "unit", "Jednotka kapacity: u služby „%.*s“ se kapacita v jednotce „%.*s“ nepočítá. Vyberte druhou jednotku.",
		           STR_ARG(kind->name), STR_ARG(codelist_name(c, "network_unit", n->unit)));
	return err;
}

static Err check_capacity(Ctx *c, const Need *n) {
	i64 capacity = n->missing_capacity.hundredths;
	if (capacity == BLANK)
		return n->unit.len ? fail(c, ERR_INVALID, "missing_capacity", "Chybějící kapacita: doplňte, kolik jednotek chybí, nebo zrušte jednotku.") : OK;
	if (capacity <= 0)
		return fail(c, ERR_INVALID, "missing_capacity", "Chybějící kapacita: zapište číslo větší než nula, například 2,50. Není-li známa, nechte pole prázdné.");
	if (!n->unit.len)
		return fail(c, ERR_INVALID, "unit", "Jednotka kapacity: vyberte, zda chybí úvazky, nebo lůžka.");
	if (str_eq(n->unit, S("L")) && capacity % 100)
		return fail(c, ERR_INVALID, "missing_capacity", "Chybějící kapacita: lůžka zapište celým číslem, například 12.");
	return OK;
}

static Err check_persons(Ctx *c, const Need *n) {
	if (n->served_now != BLANK && n->served_now < 0)
		return fail(c, ERR_INVALID, "served_now", "Z toho už má službu: zapište nulu nebo kladné číslo.");
	if (n->served_now != BLANK && n->persons != BLANK && n->served_now > n->persons)
		return fail(c, ERR_INVALID, "served_now", "Z toho už má službu: číslo nemůže být větší než počet osob (%lld).", (long long)n->persons);
	if (n->refused != BLANK && n->refused < 0)
		return fail(c, ERR_INVALID, "refused", "Odmítnutí zájemci za rok: zapište nulu nebo kladné číslo.");
	return OK;
}

static Err check_body(Ctx *c, const Need *n) {
	void *row;
	if (!n->body)
		return OK;
	size_t said = c->problems.len;
	Err    err = store_get(c, &organisation_entity, TODAY, n->body, &row);
	c->problems.len = said;
	return err == OK && str_eq(((Organisation *)row)->kind, S("body")) ? OK : fail(c, ERR_INVALID, "body", "Pracovní skupina: vyberte skupinu ze seznamu.");
}

static Err check_same(Ctx *c, const Need *n) {
	i64 same;
	if (db_get_int(ctx_conn(c), &sql_need_same, P(V(n->title), V(n->year), V(n->territory), V(n->target_group), V(n->head.id)), 0, &same) != OK)
		return fail_internal(c, "need");
	return same ? fail(c, ERR_INVALID, "title", "Co chybí: stejná potřeba pro tento rok, území a cílovou skupinu už je zapsaná. Najděte ji v seznamu a doplňte ji.") : OK;
}

static Err check_right(Ctx *c, const Need *n) {
	RowScope create = access_scope(c, CAP_NEED_CREATE);
	if (c->stepping && n->head.id)
		return OK;                               /* the step has asked */
	if (!n->head.id || !n->state.len)
		return is_in(&create, n) ? OK : fail(c, ERR_INVALID, "territory", "Území: potřeby můžete zapisovat jen ve své obci nebo obvodu. Vyberte jiné území.");
	if (need_may_edit(c, n))
		return OK;
	return fail(c, ERR_INVALID, NULL, "Potřebu ve stavu „%.*s“ už změnit nemůžete. Co je třeba doplnit, napište do zprávy koordinátorce obvodu nebo kraji.",
	            STR_ARG(codelist_name(c, "need_state", n->state)));
}

static Err check(Ctx *c, const void *row) {
	const Need *n = row;
	Err all[] = {check_territory(c, n), check_kind(c, n), check_capacity(c, n), check_persons(c, n), check_body(c, n), check_same(c, n), OK};
	all[LEN(all) - 1] = all[0] == OK && !c->actor->is_program ? check_right(c, n) : OK;
	for (size_t i = 0; i < LEN(all); i++)
		TRY(all[i]);
	return OK;
}

/* A municipality that came to another district since: the need goes with it for reading. */
static const ScopeRows also_for[] = {{SCOPE_DISTRICT, "need", "id", "municipality", .within = true}};

ENTITY(need_entity, Need, NEED_FIELDS, .name = "need", .table = "need", .one = "potřeba", .many = "potřeby", .of_many = "potřeb", .article = "f",
       .key = "year,territory,target_group,title", .title = "title", .read = CAP_NEED_READ, .write = CAP_NEED_CREATE, .path = "/app/potreby",
       .scope_provider = "provider", .scope_municipality = "municipality", .scope_district = "district", .scope_body = "body",
       .scope_rows = also_for, .scope_row_count = LEN(also_for), .check = check, .prepare = prepare, .raises_data_version = true)

/* ---- where ---- */

static Err add_units(Ctx *c, Id parent, const char *level, NeedPlaces *ret) {
	Units below;
	TRY(territory_below(c, parent, level, TODAY, &below));
	for (size_t i = 0; i < below.len; i++)
		*ARENA_PUSH(c->arena, ret->units.at, ret->units.len, ret->units.cap) = below.at[i];
	return OK;
}

Err need_places(Ctx *c, NeedPlaces *ret) {
	RowScope    s = access_scope(c, CAP_NEED_CREATE);
	const Unit *region = territory_region(c);
	*ret = (NeedPlaces){.whole_region = s.all || s.provider_count || s.body_count};
	if (ret->whole_region) {
		TRY(add_units(c, region ? region->id : 0, LEVEL_DISTRICT, ret));
		return add_units(c, region ? region->id : 0, LEVEL_MUNICIPALITY, ret);
	}
	for (size_t i = 0; i < s.district_count; i++) {
		const Unit *district = territory_by_id(c, s.districts[i]);
		if (district)
			*ARENA_PUSH(c->arena, ret->units.at, ret->units.len, ret->units.cap) = district;
	}
	for (size_t i = 0; i < s.district_count; i++)
		TRY(add_units(c, s.districts[i], LEVEL_MUNICIPALITY, ret));
	for (size_t i = 0; i < s.municipality_count; i++) {
		const Unit *town = territory_by_id(c, s.municipalities[i]);
		if (town)
			*ARENA_PUSH(c->arena, ret->units.at, ret->units.len, ret->units.cap) = town;
	}
	return OK;
}

/* ---- writing ---- */

Err need_add(Ctx *c, Need *n, bool submit) {
	TRY(require(c, CAP_NEED_CREATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(workflow_start(c, &need_machine, "prepare", n, NULL));
	if (submit)
		TRY(workflow_do(c, &need_machine, n->head.id, "submit", NULL));
	return tx_commit(&tx);
}

Err need_save(Ctx *c, Need *n) {
	void *row;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_get(c, &need_entity, TODAY, n->head.id, &row));
	const Need *stored = row;
	if (stored->head.version == n->head.version) {
		n->rank_district = stored->rank_district;            /* moved by others without a new version */
		n->rank_region = stored->rank_region;
	}
	TRY(entity_update(c, &need_entity, n));
	return tx_commit(&tx);
}

Str need_capacity_text(Arena *a, i64 hundredths, Str unit) {
	CLEANUP(buf_free) Buf b = {0};
	if (hundredths == BLANK)
		return S("–");
	if (str_eq(unit, S("L"))) {
		if (hundredths % 100 == 0) {
			fmt_count(&b, hundredths / 100, "lůžko", "lůžka", "lůžek");
			return buf_take(&b, a);
		}
		fmt_decimal(&b, hundredths, 2);          /* an average */
		buf_lit(&b, "\u00a0lůžka");
	} else {
		fmt_decimal(&b, hundredths, 2);
		buf_lit(&b, "\u00a0úvazku");
	}
	return buf_take(&b, a);
}
