/* access.c: capabilities by name, roles as sets of them, and on which rows. */
#include "core/access.h"

enum { MAX_CAPABILITIES = 256, PLACES = 1024, MAX_ROLES = 64 };

typedef struct CapabilitySet { u64 bits[MAX_CAPABILITIES / 64]; } CapabilitySet;
_Static_assert(sizeof(CapabilitySet) == sizeof ((Actor *)0)->capabilities, "an actor's capabilities are such a set");

static Capability    known[MAX_CAPABILITIES];
static size_t        known_count;
static u16           places[PLACES];                 /* hash table over the names: number of the capability plus one */
static const Role   *roles;
static size_t        role_count;
static CapabilitySet role_sets[MAX_ROLES];

/* FNV-1a; where the name stands, or the free place where it belongs. */
static u16 *place_of(const char *name) {
	u32 h = 2166136261u;
	for (const char *p = name; *p; p++)
		h = (h ^ (u8)*p) * 16777619u;
	while (places[h % PLACES] && strcmp(known[places[h % PLACES] - 1].name, name) != 0)
		h++;
	return &places[h % PLACES];
}

static int index_of(const char *name) {
	return (int)*place_of(name) - 1;
}

static bool set_has(const CapabilitySet *s, int capability) {
	return capability >= 0 && (s->bits[capability / 64] >> (capability % 64) & 1);
}

bool access_known(const char *capability) {
	return capability && (strcmp(capability, ANYONE) == 0 || strcmp(capability, SIGNED_IN) == 0 || index_of(capability) >= 0);
}

bool access_setup(Arena *a, const Capability *const *lists, const size_t *counts, size_t list_count, const Role *all_roles, size_t n, Str *why) {
	CHECK(n <= MAX_ROLES);
	known_count = 0;
	memset(places, 0, sizeof places);
	memset(role_sets, 0, sizeof role_sets);
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < counts[i]; k++) {
			if (access_known(lists[i][k].name)) {
				*why = str_format(a, "Oprávnění „%s“ je v programu dvakrát.", lists[i][k].name);
				return false;
			}
			CHECK(known_count < MAX_CAPABILITIES);
			u16 *place = place_of(lists[i][k].name);
			known[known_count++] = lists[i][k];
			*place = (u16)known_count;
		}
	roles = all_roles;
	role_count = n;
	for (size_t i = 0; i < n; i++)
		for (const char **cap = roles[i].capabilities; *cap; cap++) {
			int k = index_of(*cap);
			if (k < 0) {
				*why = str_format(a, "Role %s má neznámé oprávnění „%s“.", roles[i].code, *cap);
				return false;
			}
			role_sets[i].bits[k / 64] |= UINT64_C(1) << (k % 64);
		}
	return true;
}

const Capability *access_capability(size_t i) {
	return i < known_count ? &known[i] : NULL;
}

const Role *access_roles(size_t *count) {
	*count = role_count;
	return roles;
}

const Role *access_role(Str code) {
	for (size_t i = 0; i < role_count; i++)
		if (str_eq(str_c(roles[i].code), code))
			return &roles[i];
	return NULL;
}

static bool role_has(const Role *r, int capability) {
	return set_has(&role_sets[r - roles], capability);
}

bool access_role_has(const Role *r, const char *capability) {
	return role_has(r, index_of(capability));
}

void access_prepare(Actor *actor) {
	memset(actor->capabilities, 0, sizeof actor->capabilities);
	for (size_t i = 0; i < actor->grant_count; i++) {
		const Role *r = access_role(actor->grants[i].role);
		for (size_t k = 0; r && k < LEN(actor->capabilities); k++)
			actor->capabilities[k] |= role_sets[r - roles].bits[k];
	}
}

bool may(const Ctx *c, const char *capability) {
	if (c->actor->is_program || strcmp(capability, ANYONE) == 0)
		return true;
	if (strcmp(capability, SIGNED_IN) == 0)
		return c->actor->account != 0;
	int k = index_of(capability);
	return k >= 0 && (c->actor->capabilities[k / 64] >> (k % 64) & 1);
}

/* "správce sítě, metodik": who could do it. */
static Str who_may(Arena *a, int capability) {
	Strs titles = {0};
	for (size_t i = 0; i < role_count; i++)
		if (role_has(&roles[i], capability))
			strs_add(a, &titles, str_c(roles[i].title));
	return str_join(a, S(", "), titles);
}

Err require(Ctx *c, const char *capability) {
	if (may(c, capability))
		return OK;
	if (c->actor->account == 0)
		return fail(c, ERR_AUTH, NULL, "Tato stránka je jen pro přihlášené. Přihlaste se a budete pokračovat tam, kde jste skončili.");
	int k = index_of(capability);
	if (k < 0)
		return fail(c, ERR_FORBIDDEN, NULL, "K této stránce nemáte oprávnění.");
	return fail(c, ERR_FORBIDDEN, NULL, "Nemáte oprávnění „%s“. Má je: %.*s. O přidělení požádejte správce aplikace.", known[k].title,
	            STR_ARG(who_may(c->arena, k)));
}

/* ---- row scope ---- */

/* Room doubles where the number is a power of two. */
static void add_id(Arena *a, Id **ids, size_t *n, Id id) {
	if ((*n & (*n - 1)) == 0) {
		Id *more = NEW_ARRAY(a, Id, *n ? *n * 2 : 1);
		if (*n)
			memcpy(more, *ids, *n * sizeof **ids);
		*ids = more;
	}
	(*ids)[(*n)++] = id;
}

RowScope access_scope(const Ctx *c, const char *capability) {
	RowScope s = {.all = c->actor->is_program || strcmp(capability, ANYONE) == 0};
	int      k = index_of(capability);
	if (c->actor->by_key && !may(c, capability))
		return s;
	for (size_t i = 0; i < c->actor->grant_count && !s.all; i++) {
		const Grant *g = &c->actor->grants[i];
		const Role  *r = access_role(g->role);
		if (!r || k < 0 || !role_has(r, k))
			continue;
		switch (g->scope) {
		case SCOPE_REGION:
			s.all = true;
			break;
		case SCOPE_PROVIDER:
			add_id(c->arena, &s.providers, &s.provider_count, g->ref);
			break;
		case SCOPE_MUNICIPALITY:
			add_id(c->arena, &s.municipalities, &s.municipality_count, g->ref);
			break;
		case SCOPE_DISTRICT:
			add_id(c->arena, &s.districts, &s.district_count, g->ref);
			break;
		case SCOPE_BODY:
			add_id(c->arena, &s.bodies, &s.body_count, g->ref);
			break;
		case SCOPE_NONE:
			break;
		}
	}
	return s;
}

static Err (*units_of)(Ctx *c, Id district, Id **ids, size_t *count);

void access_districts_by(Err (*units)(Ctx *c, Id district, Id **ids, size_t *count)) {
	units_of = units;
}

Err access_within(Ctx *c, const RowScope *s, Id **ids, size_t *count) {
	*ids = NULL;
	*count = 0;
	for (size_t i = 0; i < s->district_count; i++) {
		Id    *some = NULL;
		size_t n = 0;
		add_id(c->arena, ids, count, s->districts[i]);
		if (units_of)
			TRY(units_of(c, s->districts[i], &some, &n));
		for (size_t k = 0; k < n; k++)
			add_id(c->arena, ids, count, some[k]);
	}
	return OK;
}

static bool has(const Id *ids, size_t n, Id id) {
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

bool scope_has_provider(const RowScope *s, Id provider) {
	return s->all || has(s->providers, s->provider_count, provider);
}

bool scope_has_municipality(const RowScope *s, Id municipality) {
	return s->all || has(s->municipalities, s->municipality_count, municipality);
}

bool scope_has_district(const RowScope *s, Id district) {
	return s->all || has(s->districts, s->district_count, district);
}
