/* colleague.c: accounts of one organisation, cared for by its local administrator. */
#include "domain/people/colleague.h"

#include "core/journal.h"
#include "domain/people/grant.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

/* Accounts and roles have no column that row scope could look at: which of them a local administrator gets is decided in this file, by the
 * organisation. What is written is judged and recorded as done by the person. */
static Err read_row(Ctx *c, const Entity *e, Id id, void **ret) {
	c->scope_decided = true;
	Err err = entity_get(c, e, TODAY, id, ret);
	c->scope_decided = false;
	return err;
}

/* Of somebody whom colleague_get has found in the own organisation. */
static Err end_role(Ctx *c, AccountRole *r) {
	bool has_begun = date_before(r->first_day, c->today);
	r->last_day = date_add(c->today, -1);
	c->scope_decided = true;
	Err e = has_begun ? entity_update(c, &account_role_entity, r) : entity_delete(c, &account_role_entity, r->head.id, r->head.version);
	c->scope_decided = false;
	return e;
}

static Err set_state(Ctx *c, Account *a, Str state) {
	c->scope_decided = true;
	Err e = account_set_state(c, a, state);
	c->scope_decided = false;
	return e;
}

Err colleague_organisation(Ctx *c, Organisation **ret, Id *provider) {
	TRY(require(c, CAP_COLLEAGUES));
	RowScope scope = access_scope(c, CAP_COLLEAGUES);
	for (size_t i = 0; i < scope.provider_count; i++) {
		i64 id;
		if (db_get_int(ctx_conn(c), &sql_organisation_of_ref, P(V(S("provider")), V(scope.providers[i])), 0, &id) != OK)
			return fail_internal(c, "organisation");
		/* somebody who cares for two organisations works for the one whose account they have */
		if (id == 0 || (scope.provider_count > 1 && id != c->actor->organisation))
			continue;
		*provider = scope.providers[i];
		return read_row(c, &organisation_entity, id, (void **)ret);
	}
	return fail(c, ERR_FORBIDDEN, NULL, "Nejste místním správcem žádné organizace. O přidělení role požádejte správce aplikace.");
}

static Err ids_of(Ctx *c, const Sql *sql, Id of, Id **ret, size_t *count) {
	size_t cap = 0;
	*ret = NULL;
	*count = 0;
	Rows rows = db_query(ctx_conn(c), sql, P(V(of)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, *ret, *count, cap) = col_int(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "accounts");
}

static Err load(Ctx *c, Id account, Id provider, Colleague *ret) {
	Id    *roles;
	size_t n;
	void  *row;
	*ret = (Colleague){.is_me = account == c->actor->account};
	TRY(read_row(c, &account_entity, account, &row));
	ret->account = row;
	TRY(ids_of(c, &sql_role_ids_of, account, &roles, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(read_row(c, &account_role_entity, roles[i], &row));
		AccountRole *r = row;
		bool         is_ours = scope_kind_of(r->scope_kind) == SCOPE_PROVIDER && r->scope_ref == provider;
		bool         is_over = date_is(r->last_day) && date_before(r->last_day, c->today);
		ret->has_foreign_role = ret->has_foreign_role || (!is_ours && !is_over);
		if (is_ours)
			*ARENA_PUSH(c->arena, ret->roles, ret->role_count, ret->role_cap) = *r;
	}
	return OK;
}

Err colleague_list(Ctx *c, Colleagues *ret) {
	Organisation *o;
	Id            provider, *ids;
	size_t        n;
	*ret = (Colleagues){0};
	TRY(colleague_organisation(c, &o, &provider));
	TRY(ids_of(c, &sql_colleague_ids, o->head.id, &ids, &n));
	for (size_t i = 0; i < n; i++)
		TRY(load(c, ids[i], provider, ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap)));
	return OK;
}

Err colleague_get(Ctx *c, Id account, Colleague *ret) {
	Organisation *o;
	Id            provider;
	TRY(colleague_organisation(c, &o, &provider));
	void  *row;
	size_t said = c->problems.len;
	if (read_row(c, &account_entity, account, &row) != OK || ((Account *)row)->organisation != o->head.id) {
		c->problems.len = said;
		return fail(c, ERR_NOT_FOUND, NULL, "Takového člověka ve vaší organizaci nevedeme.");
	}
	journal_viewed(c, account_entity.name, account, account);
	return load(c, account, provider, ret);
}

/* Somebody else's record that one may change. */
static Err get_other(Ctx *c, Id account, Colleague *ret) {
	TRY(colleague_get(c, account, ret));
	return ret->is_me ? fail(c, ERR_FORBIDDEN, NULL, "Svůj vlastní účet a role si nikdo neupravuje. Požádejte jiného správce.") : OK;
}

Err colleague_grant(Ctx *c, Id account, Str role, Date first_day, Date last_day) {
	Organisation *o;
	Id            provider;
	Colleague     who;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(colleague_organisation(c, &o, &provider));
	TRY(get_other(c, account, &who));
	TRY(account_grant(c, account, role, SCOPE_PROVIDER, provider, date_is(first_day) ? first_day : c->today, last_day));
	return tx_commit(&tx);
}

Err colleague_add(Ctx *c, NewColleague n, Id *ret) {
	Organisation *o;
	Id            provider;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(colleague_organisation(c, &o, &provider));
	Account a = {.name = n.name, .organisation = o->head.id, .state = S("invited"), .login = str_lower_ascii(c->arena, str_trim(n.login))};
	TRY(entity_insert(c, &account_entity, &a));
	TRY(account_grant(c, a.head.id, n.role, SCOPE_PROVIDER, provider, date_is(n.first_day) ? n.first_day : c->today, n.last_day));
	c->scope_decided = true;
	Err e = invitation_send(c, a.head.id);
	c->scope_decided = false;
	TRY(e);
	*ret = a.head.id;
	return tx_commit(&tx);
}

Err colleague_end_role(Ctx *c, Id account, Id role) {
	Colleague who;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(get_other(c, account, &who));
	for (size_t i = 0; i < who.role_count; i++) {
		AccountRole *r = &who.roles[i];
		if (r->head.id != role)
			continue;
		if (date_is(r->last_day) && date_before(r->last_day, c->today))
			return fail(c, ERR_CONFLICT, NULL, "Tato role už skončila.");
		TRY(end_role(c, r));
		return tx_commit(&tx);
	}
	return fail(c, ERR_NOT_FOUND, NULL, "Takovou roli tento účet ve vaší organizaci nemá.");
}

Err colleague_set_state(Ctx *c, Id account, Str state) {
	Colleague who;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(get_other(c, account, &who));
	if (who.has_foreign_role)
		return fail(c, ERR_FORBIDDEN, NULL, "Účet má i role mimo vaši organizaci. O zablokování požádejte správce aplikace, role ve své organizaci můžete ukončit sami.");
	TRY(set_state(c, who.account, state));
	return tx_commit(&tx);
}
