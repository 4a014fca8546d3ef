/* inside.h: what the files of people/ share. */
#pragma once
#include "core/jobs.h"
#include "core/mail.h"
#include "core/settings.h"
#include "domain/people/people.h"
#include "domain/people/rate.h"

/* ---- account.c ---- */

/* What is known of an account beside its roles. */
typedef struct AccountFacts {
	bool    is_active;
	bool    has_password, must_change;       /* a password; one that must be changed at once */
	Instant password_at;                     /* when it was set */
	bool    has_codes;                       /* the second factor is set up */
} AccountFacts;
/* Who an account is today. */
MUST_USE Err account_actor(Ctx *c, Id account, Actor *actor, AccountFacts *facts);
/* The roles of the person oblige to a second factor. */
bool         second_factor_is_due(Ctx *c, const Actor *actor);

MUST_USE Err account_for_mail(Ctx *c, Id account, Str *address, Str *name);
MUST_USE Err accounts_of_role(Ctx *c, Str role, ScopeKind scope, Id ref, Ids *ret);
/* "provider" → SCOPE_PROVIDER; SCOPE_NONE for a word that is none of them. */
ScopeKind    scope_kind_of(Str word);


/* ---- password.c ---- */

typedef enum PasswordKind { PASSWORD_PERSON, PASSWORD_ADMINISTRATOR, PASSWORD_TECHNICAL } PasswordKind;
/* The least length, in characters. */
size_t       password_least(PasswordKind kind);
/* ERR_INVALID with the sentence. `login` and `name`: what the password must not be made of; may be empty. */
MUST_USE Err password_check(Ctx *c, Str password, PasswordKind kind, Str login, Str name);
MUST_USE Err password_kind_of(Ctx *c, Id account, PasswordKind *ret);
/* HEAVY. With ERR_BUSY when there is no memory for it. */
MUST_USE Err password_encode(Ctx *c, Str password, char to[128]);
/* HEAVY. The same time whether the account exists or not: a stranger's password is compared with a hash that nobody's password has.
 * `encoded` empty = there is none. */
bool         password_compare(Ctx *c, Str password, Str encoded);
/* How many hashes this process has computed: tests compare the work, not the clock. */
u64          password_work(void);
MUST_USE Err password_store(Ctx *c, Id account, Str encoded);
MUST_USE Err password_of(Ctx *c, Id account, Str *encoded);

/* ---- session.c ---- */

typedef struct NewSession {
	Id          account;
	Str         address, device;
	const char *method;                      /* "password", "code", "oidc" (with what the region takes for a second factor), "oidc-weak" */
	bool        waits;                       /* for a code */
} NewSession;
MUST_USE Err session_add(Ctx *c, NewSession s, SignedIn *ret);
/* A new token for a session whose person has just proved to be there. */
MUST_USE Err session_renew(Ctx *c, Id session, Str *token);
Str          token_digest(Arena *a, Str token);
/* "za 3 minuty": when it may be tried again. */
MUST_USE Err wait_for(Ctx *c, const char *what, i64 seconds);

/* ---- link.c: one-time links ---- */

typedef struct Link {
	Id  id, account;                         /* id 0 = there is none */
	Str detail;                              /* what the purpose needs */
} Link;
/* Earlier unused links of the same purpose and account stop working. account 0 = nobody yet. */
MUST_USE Err link_make(Ctx *c, const char *purpose, Id account, Str detail, i64 minutes, Str *token, Instant *ends);
MUST_USE Err link_forget(Ctx *c, const char *purpose, Id account);       /* inside a write transaction */
MUST_USE Err link_find(Ctx *c, const char *purpose, Str token, Link *ret);
/* Inside a write transaction. ERR_GONE when it was used, has run out, or somebody was faster. */
MUST_USE Err link_use(Ctx *c, const char *purpose, Str token, Link *ret);
/* The one that waits; zero when none does. */
MUST_USE Err link_last(Ctx *c, const char *purpose, Id account, Instant *made, Instant *ends);

/* ---- invite.c: letters with such a link ---- */

typedef struct Invitation {
	Id           account;
	Str          login, name, organisation, detail;
	PasswordKind kind;                       /* of the password that is to be chosen */
} Invitation;
/* `_get`: ERR_GONE when the link does not hold. `_accept`, `_use`: HEAVY where a password is given; they use the link up. */
MUST_USE Err invitation_withdraw(Ctx *c, Id account);
MUST_USE Err invitation_get(Ctx *c, Str token, Invitation *ret);
MUST_USE Err invitation_use(Ctx *c, Str token, Str encoded, Id *account);
MUST_USE Err invitation_accept(Ctx *c, Str token, Str password, Str address, Str device, SignedIn *ret);
#define RESET_JOB "people.reset"
/* OK whether there is such an account or not, after the same work. */
MUST_USE Err reset_ask(Ctx *c, Str login, Str address);
Err          reset_job(Ctx *c, Job *job);
MUST_USE Err reset_get(Ctx *c, Str token, Invitation *ret);
MUST_USE Err reset_use(Ctx *c, Str token, Str password);
MUST_USE Err email_ask(Ctx *c, Id account, Str wanted);
MUST_USE Err email_get(Ctx *c, Str token, Invitation *ret);
MUST_USE Err email_use(Ctx *c, Str token);

/* ---- sign_in.c ---- */

/* A session for somebody who has shown enough; `instead_of` (0 = none) ends with it. */
MUST_USE Err sign_in_begin(Ctx *c, NewSession s, Id instead_of, SignedIn *ret);
/* Remembers the device; the person is told about one that is new. Inside a write transaction. */
MUST_USE Err device_note(Ctx *c, Id account, Str address, Str device);

/* ---- letters.c: what people are told about their accounts ---- */

enum { PEOPLE_MAILS = 5 };
extern const MailKind people_mails[PEOPLE_MAILS];
MUST_USE Err letter_new_device(Ctx *c, Id account, Str address, Str device);
/* Something about the protection of the account has changed: `what` is a sentence. */
MUST_USE Err letter_security(Ctx *c, Id account, Str what);

/* ---- second.c ---- */

/* What a person needs to set a second factor up. */
typedef struct CodeOffer {
	Str  uri, secret;                        /* for the picture; the same in letters for those who type it */
	bool is_open;                            /* an offer waits for its first code */
} CodeOffer;
MUST_USE Err codes_offer(Ctx *c, Id account);
MUST_USE Err codes_offered(Ctx *c, Id account, CodeOffer *ret);
/* The first code is right: the offer becomes the account's second factor, other sessions end, *recovery are ten codes that are shown once. */
MUST_USE Err codes_confirm(Ctx *c, Id account, Str code, Id keep_session, Strs *recovery);
MUST_USE Err recovery_renew(Ctx *c, Id account, Strs *recovery);
MUST_USE Err recovery_left(Ctx *c, Id account, i64 *ret);
/* ERR_FORBIDDEN when the person's roles oblige to it. */
MUST_USE Err codes_remove(Ctx *c, Id account);
/* For a person who lost the telephone and the codes: by an administrator, with a letter to the person. Ends all sessions. */
MUST_USE Err codes_reset(Ctx *c, Id account);
