/* colleague.h: a local administrator cares for the accounts of their own organisation, and for nothing else. An account of another
 * organisation does not exist for them. */
#pragma once
#include "domain/people/people.h"

#define CAP_COLLEAGUES "people.colleagues"

typedef struct Colleague {
	Account     *account;
	AccountRole *roles;                      /* all, also ended ones */
	size_t       role_count, role_cap;
	bool         is_me;
	bool         has_foreign_role;           /* beyond this organisation: only the administrator of the application may stop such an account */
} Colleague;
typedef struct Colleagues { Colleague *at; size_t len, cap; } Colleagues;

/* The organisation for which the person of the Ctx is local administrator. ERR_FORBIDDEN when there is none. `provider` is its record. */
MUST_USE Err colleague_organisation(Ctx *c, Organisation **ret, Id *provider);
MUST_USE Err colleague_list(Ctx *c, Colleagues *ret);
/* ERR_NOT_FOUND outside one's own organisation. */
MUST_USE Err colleague_get(Ctx *c, Id account, Colleague *ret);

typedef struct NewColleague { Str name, login, role; Date first_day, last_day; } NewColleague;
/* An invited account with its first role; the invitation goes out with it. */
MUST_USE Err colleague_add(Ctx *c, NewColleague n, Id *ret);
MUST_USE Err colleague_grant(Ctx *c, Id account, Str role, Date first_day, Date last_day);
/* The role ends with the day before today; one that has not begun yet never will. */
MUST_USE Err colleague_end_role(Ctx *c, Id account, Id role);
/* blocked, active (again), ended; the sessions of the account end with it. */
MUST_USE Err colleague_set_state(Ctx *c, Id account, Str state);
