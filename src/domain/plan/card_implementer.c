/* card_implementer.c: who carries a card out: providers of the register and other organisations, as many as there are. */
#include "domain/plan/card_inside.h"

static Err stored(Ctx *c, Id card, CardImplementer ***ret, size_t *len) {
	CardIds ids;
	void   *row;
	size_t  cap = 0;
	*ret = NULL;
	*len = 0;
	TRY(ids_read(c, &sql_card_implementer_ids, P(V(card)), &ids));
	for (size_t i = 0; i < ids.len; i++) {
		TRY(store_get(c, &card_implementer_entity, TODAY, ids.at[i], &row));
		*ARENA_PUSH(c->arena, *ret, *len, cap) = row;
	}
	return OK;
}

static bool same(Id x, Id y) {
	return id_given(x) && x == y;
}

static Err check(Ctx *c, const void *row) {
	const CardImplementer *m = row;
	CardImplementer      **all;
	size_t                 len;
	TRY(card_check_part(c, &card_implementer_entity, m));
	if (id_given(m->provider) == id_given(m->organisation))
		return fail(c, ERR_INVALID, "provider", "Poskytovatel z registru: vyplňte poskytovatele, nebo jinou organizaci, jedno z toho.");
	TRY(stored(c, m->card, &all, &len));
	for (size_t i = 0; i < len; i++)
		if (all[i]->head.id != m->head.id && (same(all[i]->provider, m->provider) || same(all[i]->organisation, m->organisation)))
			return fail(c, ERR_INVALID, id_given(m->provider) ? "provider" : "organisation", "Realizátor: karta ho už má.");
	return OK;
}

ENTITY(card_implementer_entity, CardImplementer, CARD_IMPLEMENTER_FIELDS, .name = "card_implementer", .table = "card_implementer", .one = "realizátor karty",
       .many = "realizátoři karet", .of_many = "realizátorů karet", .article = "m", .order = "card", .scope_parent = "card",
       .read = CAP_CARD_READ, .write = CAP_CARD_UPDATE, .path = "/app/karty-realizatori", .check = check, .raises_data_version = true)

/* One that is gone from the register is left out. */
static Err add(Ctx *c, Implementers *to, char kind, Id id, Str role) {
	void  *row;
	size_t said = c->problems.len;
	Str    key = str_format(c->arena, "%c%lld", kind, (long long)id);
	for (size_t i = 0; i < to->len; i++)
		if (str_eq(to->at[i].key, key)) {
			if (role.len)
				to->at[i].role = role;
			return OK;
		}
	Err e = store_get(c, kind == 'p' ? &provider_entity : &organisation_entity, TODAY, id, &row);
	if (e == ERR_NOT_FOUND) {
		c->problems.len = said;
		return OK;
	}
	TRY(e);
	*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = (Implementer){key, kind == 'p' ? ((const Provider *)row)->name : ((const Organisation *)row)->name, role};
	return OK;
}

Err card_implementers(Ctx *c, const ActivityCard *k, Implementers *ret) {
	CardImplementer **all;
	size_t            len;
	*ret = (Implementers){0};
	if (id_given(k->implementer))
		TRY(add(c, ret, 'p', k->implementer, (Str){0}));
	TRY(stored(c, k->head.id, &all, &len));
	for (size_t i = 0; i < len; i++)
		TRY(add(c, ret, id_given(all[i]->provider) ? 'p' : 'o', id_given(all[i]->provider) ? all[i]->provider : all[i]->organisation, all[i]->role));
	return OK;
}

Str implementers_text(Arena *a, const Implementers *all) {
	Strs names = {0};
	for (size_t i = 0; i < all->len; i++)
		strs_add(a, &names, all->at[i].role.len ? str_format(a, "%.*s (%.*s)", STR_ARG(all->at[i].name), STR_ARG(all->at[i].role)) : all->at[i].name);
	return str_join(a, S(", "), names);
}
