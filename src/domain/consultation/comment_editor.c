/* comment_editor.c: who may be asked to answer a comment. */
#include "core/access.h"
#include "core/mail.h"
#include "domain/consultation/consultation_inside.h"

static Err add_holders(Ctx *c, const Role *r, Ids *ret) {
	Ids found = {0};
	TRY(mail_holders(c, str_c(r->code), SCOPE_NONE, 0, &found));
	for (size_t i = 0; i < found.len; i++) {
		bool known = false;
		for (size_t k = 0; k < ret->len; k++)
			known = known || ret->at[k] == found.at[i];
		if (!known)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = found.at[i];
	}
	return OK;
}

static Err editor_ids(Ctx *c, Ids *ret) {
	size_t      n;
	const Role *roles = access_roles(&n);
	*ret = (Ids){0};
	for (size_t i = 0; i < n; i++)
		if (access_role_has(&roles[i], CAP_SETTLEMENT_UPDATE))
			TRY(add_holders(c, &roles[i], ret));
	return OK;
}

static Err load_account(Ctx *c, Id id, Account **ret) {
	void *row;
	TRY(store_get(c, &account_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err comment_editors(Ctx *c, Editors *ret) {
	Ids ids;
	*ret = (Editors){0};
	TRY(require(c, CAP_SETTLEMENT_READ));
	TRY(editor_ids(c, &ids));
	for (size_t i = 0; i < ids.len; i++) {
		Account *a;
		TRY(load_account(c, ids.at[i], &a));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Editor){a->head.id, a->name};
	}
	return OK;
}

Err comment_editor(Ctx *c, Id account, Account **ret) {
	Ids ids;
	TRY(editor_ids(c, &ids));
	for (size_t i = 0; i < ids.len; i++)
		if (ids.at[i] == account)
			return load_account(c, account, ret);
	return fail(c, ERR_INVALID, "assigned", "Vyberte, kdo připomínku vypořádá. Musí to být někdo s právem vypořádávat.");
}
