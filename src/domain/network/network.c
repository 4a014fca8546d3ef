/* network.c: networks, their versions, what was not included. */
#include "domain/network/network.h"

#include "domain/network/inside.h"

ENTITY(network_entity, Network, NETWORK_FIELDS, .name = "network", .table = "network", .one = "síť", .many = "sítě", .of_many = "sítí", .article = "f",
       .key = "tier", .title = "title", .read = ANYONE, .write = CAP_NETWORK_APPROVE, .path = "/app/sit/site", .is_public = true, .raises_data_version = true)

static Err check_version(Ctx *c, const void *row) {
	const NetworkVersion *v = row;
	if (v->base && v->base == v->head.id)
		return fail(c, ERR_INVALID, "base", "Vychází z verze: verze nemůže vycházet sama ze sebe. Vyberte dřívější verzi.");
	return OK;
}

ENTITY(network_version_entity, NetworkVersion, NETWORK_VERSION_FIELDS, .name = "network_version", .table = "network_version", .one = "verze sítě",
       .many = "verze sítě", .of_many = "verzí sítě", .article = "f", .key = "network,number", .title = "title", .order = "effective_from",
       .read = CAP_NETWORK_READ, .write = CAP_NETWORK_UPDATE, .path = "/app/sit/verze", .check = check_version, .raises_data_version = true)

static Err check_exclusion(Ctx *c, const void *row) {
	const Exclusion *x = row;
	if (!x->service && !x->provider)
		return fail(c, ERR_INVALID, "provider", "Poskytovatel: doplňte, u záměru bez registrované služby je povinný.");
	return OK;
}

bool exclusion_is_public(const Exclusion *x, const NetworkVersion *v) {
	return network_version_is_public(v) || id_given(x->application);
}

/* Until a resolution or the decision of its application is written there it may be only a proposal: its reasons are the region's, also for the provider (§ 12). Said
 * by the row alone: rows of a file are hidden while the store still gives them out, when nothing else may be asked. The public page knows the version, too. */
static void hide_proposed(Ctx *c, void *row) {
	Exclusion *x = row;
	if (!access_scope(c, CAP_NETWORK_READ).all && !id_given(x->application) && !id_given(x->resolution))
		x->reason = x->text = (Str){0};
}

ENTITY(network_exclusion_entity, Exclusion, EXCLUSION_FIELDS, .name = "network_exclusion", .table = "network_exclusion", .one = "nezařazená služba",
       .many = "nezařazené služby", .of_many = "nezařazených služeb", .article = "f", .title = "name", .order = "decided_on", .read = CAP_NETWORK_READ,
       .write = CAP_NETWORK_UPDATE, .path = "/app/sit/nezarazene", .scope_provider = "provider", .hide = hide_proposed, .check = check_exclusion, .raises_data_version = true)

Err networks_all(Ctx *c, Networks *ret) {
	EntityList all;
	*ret = (Networks){0};
	TRY(entity_list(c, &network_entity, &(ListQuery){.limit = -1, .order = entity_field(&network_entity, S("tier"))}, &all));
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(((Network *)all.at[i])->tier, S(TIER_BASIC)))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = all.at[i];
	for (size_t i = 0; i < all.len; i++)
		if (!str_eq(((Network *)all.at[i])->tier, S(TIER_BASIC)))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = all.at[i];
	return OK;
}

Err network_of_tier(Ctx *c, Str tier, Network **ret) {
	Networks all;
	TRY(networks_all(c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(all.at[i]->tier, tier.len ? tier : S(TIER_BASIC))) {
			*ret = all.at[i];
			return OK;
		}
	return fail(c, ERR_NOT_FOUND, NULL, "Taková síť není. Vyberte ji z nabídky na stránce sítě.");
}

bool network_version_is_public(const NetworkVersion *v) {
	return str_eq(v->state, S(VERSION_APPROVED)) || str_eq(v->state, S(VERSION_EFFECTIVE)) || str_eq(v->state, S(VERSION_SUPERSEDED));
}

bool network_version_is_loading(const NetworkVersion *v) {
	return str_eq(v->state, S(VERSION_EFFECTIVE)) && !v->snapshot_sha256.len && !date_is(v->closed_on);
}

bool network_has_approved(const NetworkVersions *versions) {
	for (size_t i = 0; i < versions->len; i++)
		if (network_version_is_public(versions->at[i]) && versions->at[i]->snapshot_sha256.len)
			return true;
	return false;
}

Err network_versions(Ctx *c, Id network, bool all, NetworkVersions *ret) {
	EntityList list;
	ListFilter own = {.field = entity_field(&network_version_entity, S("network")), .value = str_format(c->arena, "%lld", (long long)network)};
	bool       decided = c->scope_decided;
	*ret = (NetworkVersions){0};
	c->scope_decided = true;                     /* which of them may be known is said by the state, below */
	Err err = entity_list(c, &network_version_entity, &(ListQuery){.filters = &own, .filter_count = 1, .limit = -1, .descending = true}, &list);
	c->scope_decided = decided;
	TRY(err);
	for (size_t i = 0; i < list.len; i++)
		if (all || network_version_is_public(list.at[i]))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = list.at[i];
	return OK;
}

Err network_version_stored(Ctx *c, Id id, NetworkVersion **ret) {
	void *row;
	TRY(store_get(c, &network_version_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

const NetworkVersion *network_version_on(const NetworkVersions *versions, Date day) {
	for (size_t i = 0; i < versions->len; i++)
		if (network_version_is_public(versions->at[i]) && !date_after(versions->at[i]->effective_from, day))
			return versions->at[i];
	return NULL;
}

Err network_resolution(Ctx *c, Str number, Resolution *ret) {
	size_t said = c->problems.len;
	Err    err = resolution_by_number(c, number, ret);
	if (err != ERR_NOT_FOUND)
		return err;
	c->problems.len = said;
	return fail(c, ERR_INVALID, "resolution", "Usnesení: číslo „%.*s“ mezi usneseními není. Nejdřív usnesení zapište.", STR_ARG(utf8_first(number, 40)));
}

/* The basic network is there from the beginning. */
Err network_seed(Ctx *c) {
	Networks all;
	TRY(networks_all(c, &all));
	if (all.len)
		return OK;
	Network basic = {.tier = S(TIER_BASIC), .title = S("Základní síť sociálních služeb"),
	                 .note = S("Služby, které kraj s obcemi potřebuje, objednává a spolufinancuje.")};
	return entity_insert(c, &network_entity, &basic);
}
