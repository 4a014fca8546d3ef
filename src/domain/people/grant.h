/* grant.h: who may give which role to whom. Nobody gives more than they may, further than they may, or longer than they may (SECURITY § 3):
 *
 * - what a role gives is said in roles.c: the administrator every role, the local administrator of a provider PRV and PAD;
 * - a local administrator may also pass on a role that they hold themselves in the same organisation;
 * - never outside one's own scope, to people of another organisation, past the last day of one's own right, or to oneself. */
#pragma once
#include "domain/people/people.h"

/* ERR_INVALID or ERR_FORBIDDEN with the sentence at the field. Part of the check of every stored role, so that no way of writing leaves it out. */
MUST_USE Err grant_check(Ctx *c, const AccountRole *wanted);
/* Roles that the person of the Ctx may give in a scope; in the order of roles.c. */
size_t       grants_offered(Ctx *c, ScopeKind scope, Id ref, const Role **ret, size_t most);
