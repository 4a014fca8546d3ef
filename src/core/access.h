/* access.h: may this person do that, and on which rows. Two parts that cannot be left out: a capability on every route, and a row scope
 * in every read of a scoped entity (DESIGN § 6). Roles and their capabilities are a table of people/roles.c, handed over at start. */
#pragma once
#include "core/entity.h"

#define ANYONE    "public"                   /* everybody, also without signing in */
#define SIGNED_IN "signed_in"                /* anybody who has signed in */

typedef struct Capability {
	const char *name;                        /* "register.edit": subject, dot, what */
	const char *title;                       /* Czech: "upravovat služby a poskytovatele" */
} Capability;

typedef struct Role {
	const char  *code, *title;               /* NET, "správce sítě" */
	ScopeKind    scope;
	const char **capabilities;               /* NULL-terminated */
	const char  *gives;                      /* codes of the roles that its holder may give within their scope: "PRV PAD", "*" = all; NULL = none */
} Role;

/* Once at start: all capabilities of all modules and the roles. False with *why when a role names an unknown one or two share a name. */
bool  access_setup(Arena *a, const Capability *const *lists, const size_t *counts, size_t list_count, const Role *roles, size_t role_count, Str *why);
bool  access_known(const char *capability);
/* Fill actor->capabilities from its grants. */
void  access_prepare(Actor *actor);
bool  may(const Ctx *c, const char *capability);
/* The same, refusing with the sentence who may and what to do: ERR_AUTH when nobody is signed in, else ERR_FORBIDDEN. */
MUST_USE Err require(Ctx *c, const char *capability);

/* Rows on which the actor has a capability. */
typedef struct RowScope {
	bool all;
	Id  *providers, *municipalities, *districts, *bodies;
	size_t provider_count, municipality_count, district_count, body_count;
} RowScope;
RowScope access_scope(const Ctx *c, const char *capability);
bool     scope_has_provider(const RowScope *s, Id provider);
bool     scope_has_municipality(const RowScope *s, Id municipality);
bool     scope_has_district(const RowScope *s, Id district);
/* What lies in a district today, itself included, is told by the subject that knows territory, once at its start; before that it is the district alone. */
void     access_districts_by(Err (*units)(Ctx *c, Id district, Id **ids, size_t *count));
MUST_USE Err access_within(Ctx *c, const RowScope *s, Id **ids, size_t *count);
const Role *access_role(Str code);
bool        access_role_has(const Role *r, const char *capability);     /* r is one of access_roles */
const Role *access_roles(size_t *count);
const Capability *access_capability(size_t i);                  /* NULL past the end */

/* ---- sessions: implemented by the subject people, asked by web ---- */

typedef struct SessionInfo {
	Id      id;
	u8      key[32];                         /* for CSRF tokens; never leaves the program */
	Instant last_seen, signed_in_at, ends;
	Instant proved_at;                       /* when the person was last asked for the password or a code; dangerous steps want it recent */
	Str     notice;                          /* to be shown once */
	const char *gate;                        /* the one page that must be dealt with before anything else; NULL = none */
	Str     renewed;                         /* the session's new token, when its roles have changed */
	bool    waits;                           /* the password was right, a code is awaited: nobody is signed in */
	bool    has_password, has_codes;         /* by what the person can prove to be there */
} SessionInfo;

typedef struct Auth {
	/* Cookie token → actor and session; OK with *info = NULL when there is none (or it is over). */
	Err  (*session_of)(Ctx *c, Str token, Str address, Actor *actor, SessionInfo **info);
	/* After each answer to a signed-in person; writes at most once a minute. */
	void (*seen)(Ctx *c, const SessionInfo *info);
	/* Keep a sentence for the next page of the session; {0} forgets it. */
	void (*keep_notice)(Ctx *c, const SessionInfo *info, Str text);
	/* HEAVY. The person of the session proves to be there: by the password, or by a code when the account has none. *token is the session's
	 * new one. ERR_INVALID when it is wrong, ERR_RATE when that happened too often. */
	Err  (*prove)(Ctx *c, const SessionInfo *info, Str password, Str *token);
	/* A key of the header Authorization → actor. ERR_AUTH when it does not hold, ERR_RATE. */
	Err  (*actor_of_key)(Ctx *c, Str key, Str address, Actor *actor);
} Auth;
