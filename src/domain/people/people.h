/* people.h: accounts, the organisations they act for, roles with scope and validity, sessions. */
#pragma once
#include "core/access.h"

/* ---- roles (DOMAIN § 3): one table of the program; which account holds which is data ---- */

const Role *people_roles(size_t *count);
extern const Auth people_auth;

#define CAP_PEOPLE_READ "people.read"        /* ADM, AUD: accounts, roles and organisations; changing them is admin.accounts */

#define ORGANISATION_FIELDS(F, T) \
	F(T, kind, code, "Druh", .codelist = "organisation_kind", .required = true, .filter = true, .list = 2) \
	F(T, name, text, "Název", .required = true, .search = true, .sort = true, .list = 1) \
	F(T, ref, int, "Záznam v evidenci", .help = "Číslo poskytovatele nebo obce, za kterou lidé jednají.")
ENTITY_STRUCT(Organisation, ORGANISATION_FIELDS)
extern const Entity organisation_entity;

#define ACCOUNT_FIELDS(F, T) \
	F(T, login, email, "E-mail (přihlašovací jméno)", .required = true, .search = true, .unique = true, .list = 2, .max = 120) \
	F(T, name, text, "Jméno", .required = true, .search = true, .sort = true, .list = 1, .max = 120) \
	F(T, organisation, ref, "Organizace", .target = &organisation_entity, .filter = true, .list = 3) \
	F(T, kind, code, "Druh účtu", .codelist = "account_kind", .filter = true, \
	  .help = "Technický účet patří jinému programu; jeho heslo má aspoň 22 znaků.") \
	F(T, state, code, "Stav", .codelist = "account_state", .readonly = true, .filter = true, .list = 4) \
	F(T, last_sign_in, instant, "Naposledy přihlášen", .readonly = true, .list = 5) \
	F(T, restricted, bool, "Zpracování údajů omezeno", .readonly = true, .filter = true, \
	  .help = "Na žádost člověka (čl. 18 GDPR): údaje se uchovávají, ale nepoužívají ani nemažou.")
ENTITY_STRUCT(Account, ACCOUNT_FIELDS)
extern const Entity account_entity;

#define ACCOUNT_ROLE_FIELDS(F, T) \
	F(T, account, ref, "Účet", .target = &account_entity, .required = true, .filter = true, .list = 1) \
	F(T, role, code, "Role", .codelist = "role", .required = true, .filter = true, .list = 2) \
	F(T, scope_kind, code, "Rozsah", .codelist = "scope_kind", .list = 3, .help = "Nechte prázdné: plyne z role.") \
	F(T, scope_ref, int, "Záznam rozsahu", \
	  .help = "Nechte prázdné: platí organizace účtu. U koordinátora ORP číslo správního obvodu ze seznamu Správa, Území.") \
	F(T, first_day, date, "Platí od", .required = true, .list = 5) \
	F(T, last_day, date, "Platí do", .list = 6) \
	F(T, granted_by, ref, "Přidělil", .target = &account_entity, .readonly = true)
ENTITY_STRUCT(AccountRole, ACCOUNT_ROLE_FIELDS)
extern const Entity account_role_entity;

/* ---- accounts ---- */

/* Checks the rules (12 characters, administrators 17, technical accounts 22; nothing that can be guessed) and hashes outside any transaction:
 * HEAVY. Ends the other sessions of the account. */
MUST_USE Err account_set_password(Ctx *c, Id account, Str password, Id keep_session);
/* HEAVY. ERR_INVALID at `field` when it is not the account's password, ERR_RATE when that happened too often. */
MUST_USE Err account_password_is(Ctx *c, Id account, Str password, const char *field);
/* The same of a code: from the application in the telephone or one of the recovery codes. Each works once. */
MUST_USE Err account_code_is(Ctx *c, Id account, Str code, const char *field);
MUST_USE Err account_add(Ctx *c, Str login, Str name, Id organisation, Id *ret);
/* Processing restricted, or again free: article 18 of GDPR. In a transaction. */
MUST_USE Err account_restrict(Ctx *c, Id account, bool restricted);
MUST_USE Err account_grant(Ctx *c, Id account, Str role, ScopeKind kind, Id ref, Date first_day, Date last_day);
/* blocked, active again, ended: ERR_CONFLICT when the account cannot become that from where it stands. Its sessions end at once. */
MUST_USE Err account_set_state(Ctx *c, Account *a, Str state);
bool         account_may_become(Str from, Str to);
/* A letter with a link to the first password, valid 48 hours; an earlier one stops working. ERR_CONFLICT unless the account waits for it. */
MUST_USE Err invitation_send(Ctx *c, Id account);
/* The sign-in name of an account, and the name of its person; {0} when there is none. */
MUST_USE Err account_names(Ctx *c, Id account, Str *login, Str *name);
MUST_USE Err account_login(Ctx *c, Id account, Str *ret);
MUST_USE Err account_count(Ctx *c, i64 *ret);

/* ---- signing in ---- */

typedef struct SignedIn {
	Str token;                               /* for the cookie; not stored anywhere */
	Id  account, session;
	bool waits;                              /* for a code: until sign_in_code nobody is signed in */
} SignedIn;
/* HEAVY. Same answer and same time for an unknown name, a wrong password and a blocked account: ERR_INVALID. ERR_RATE when tried too often:
 * said before anything is hashed. */
MUST_USE Err sign_in(Ctx *c, Str login, Str password, Str address, Str device, SignedIn *ret);
/* The second step. `pending` is the token that sign_in gave; its session ends and another begins. ERR_AUTH when it has run out. */
MUST_USE Err sign_in_code(Ctx *c, Str pending, Str code, Str address, Str device, SignedIn *ret);
MUST_USE Err sign_out(Ctx *c, Id session);
typedef struct SessionView { Id id; Instant signed_in_at, last_seen; Str address, device; bool is_this; } SessionView;
typedef struct SessionViews { SessionView *at; size_t len, cap; } SessionViews;
MUST_USE Err sessions_of(Ctx *c, Id account, Id this_session, SessionViews *ret);
/* session 0 = all but `keep`. */
MUST_USE Err sessions_end(Ctx *c, Id account, Id session, Id keep);

/* ---- the first administrator ---- */

/* A link valid 30 minutes when there is no account yet; {0} otherwise. Earlier links stop working. */
MUST_USE Err setup_link_make(Ctx *c, Str *token);
bool         setup_link_holds(Ctx *c, Str token);
/* HEAVY. Makes the administrator and uses the link up. */
MUST_USE Err setup_first(Ctx *c, Str token, Str login, Str name, Str password);

/* Demo: accounts and their printed password; else the one-time link on a store without accounts. */
void people_print_sign_ins(Ctx *c, bool demo, Str origin);
#define DEMO_PASSWORD "ukazkova-sit-2026"
