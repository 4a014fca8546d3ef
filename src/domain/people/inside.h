/* inside.h: what the files of people/ share. */
#pragma once
#include "core/mail.h"
#include "domain/people/people.h"
#include "domain/people/rate.h"

MUST_USE Err account_actor(Ctx *c, Id account, Actor *actor, bool *is_active);
MUST_USE Err account_for_mail(Ctx *c, Id account, Str *address, Str *name);
MUST_USE Err accounts_of_role(Ctx *c, Str role, ScopeKind scope, Id ref, Ids *ret);
/* "provider" → SCOPE_PROVIDER; SCOPE_NONE for a word that is none of them. */
ScopeKind    scope_kind_of(Str word);
