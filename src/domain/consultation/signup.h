/* signup.h: seats of a hearing and who sits on them: sign-ups by the public without an account, the waiting list, the clerk's entries, the door.
 *
 * A sign-up from the web is confirmed by a one-time link within 48 hours. Confirmed in that order, people get a seat or a place in the waiting list; the order
 * never changes (position). Later they act by a signed link that stands in every letter. Seats move in the ledger in the transaction of the step, so
 * none is ever given twice; who comes free goes to the first who waits, while sign-up is open by itself, later by an officer.
 *
 * What a visitor is told never says whether an address has signed up already. */
#pragma once
#include "core/mail.h"
#include "core/retention.h"
#include "core/person_data.h"
#include "domain/consultation/hearing.h"

#define SIGNUP_UNCONFIRMED "unconfirmed"
#define SIGNUP_WAITLISTED  "waitlisted"
#define SIGNUP_CONFIRMED   "confirmed"
#define SIGNUP_CANCELLED   "cancelled"
#define SIGNUP_EXPIRED     "expired"
#define SIGNUP_ATTENDED    "attended"
#define SIGNUP_NO_SHOW     "no_show"

#define SIGNUP_FIELDS(F, T) \
	F(T, hearing, ref, "Projednání", .target = &hearing_entity, .required = true, .filter = true, .readonly = true) \
	F(T, district, int, "Území projednání", .readonly = true) \
	F(T, code, text, "Kód", .required = true, .readonly = true, .max = 10, .list = 1) \
	F(T, name, text, "Jméno a příjmení", .secret = true, .fold = true, .sort = true, .max = 120, .list = 2) \
	F(T, organisation, text, "Organizace nebo obec", .secret = true, .fold = true, .max = 160, .list = 3) \
	F(T, email, email, "E-mail", .secret = true, .fold = true, .max = 160, .list = 5) \
	F(T, phone, phone, "Telefon", .secret = true, .list = 6) \
	F(T, role, text, "Za koho přichází", .secret = true, .max = 120, .list = 7) \
	F(T, question, longtext, "Dotaz nebo potřeba předem", .secret = true, .max = 1000, .list = 8) \
	F(T, consent, bool, "Bere na vědomí zpracování údajů") \
	F(T, channel, code, "Přihláška přišla", .codelist = "signup_channel", .required = true, .filter = true) \
	F(T, reserved, bool, "Vyhrazené místo", .readonly = true) \
	F(T, state, code, "Stav", .codelist = "signup_state", .readonly = true, .by_workflow = true, .filter = true, .list = 4) \
	F(T, position, int, "Pořadí potvrzení", .readonly = true, .sort = true, .list = 9) \
	F(T, registered_at, instant, "Přihlášeno", .required = true, .readonly = true, .list = 10) \
	F(T, confirmed_at, instant, "Potvrzeno", .readonly = true) \
	F(T, checked_in_at, instant, "Přítomnost zapsána", .readonly = true) \
	F(T, reminded_at, instant, "Připomenuto", .readonly = true) \
	F(T, shredded_at, instant, "Osobní údaje smazány", .readonly = true)
ENTITY_STRUCT(Signup, SIGNUP_FIELDS)
extern const Entity  signup_entity;
extern const Machine signup_machine;

typedef struct Signups { Signup **at; size_t len, cap; } Signups;

/* What somebody typed. */
typedef struct SignupNew {
	Str  name, organisation, email, phone, role, question;
	bool consent;
} SignupNew;

/* ---- from the web, nobody is signed in ---- */

/* OK also when this person has signed up already: then the letter says so. ERR_INVALID by field, ERR_CONFLICT when sign-up is closed, ERR_RATE. */
MUST_USE Err signup_ask(Ctx *c, Id hearing, const SignupNew *n, Str address);
/* Whose the link of the confirming letter is; ERR_GONE when its time is over or it was used more than ten minutes ago. A link that was used just now
 * still leads to its sign-up, which is not unconfirmed any more: answers get lost on the way. */
MUST_USE Err signup_by_token(Ctx *c, Str token, Signup **ret, Hearing **hearing);
/* Uses the link, once: the sign-up is then confirmed or waits; the same again changes nothing. */
MUST_USE Err signup_confirm(Ctx *c, Str token, Signup **ret);
/* The signed link of later letters: "12-…" in /projednani/prihlaska/{token}. ERR_GONE when it says nothing to us any more. */
Str          signup_link(Arena *a, const Signup *s);
MUST_USE Err signup_by_link(Ctx *c, Str link, Signup **ret, Hearing **hearing);
/* Until the hearing begins. */
MUST_USE Err signup_withdraw(Ctx *c, Str link);
/* Everything but the address and the place in the order; another organisation is judged by the quota anew when it would need to be. */
MUST_USE Err signup_edit(Ctx *c, Str link, const SignupNew *n);
/* How many wait before this one, this one included; 0 when it does not wait. */
MUST_USE Err signup_place(Ctx *c, const Signup *s, i64 *ret);

/* ---- the office: hearing.update over the hearing's territory ---- */

/* By phone, e-mail, at the desk: confirmed or waiting at once, on a reserved seat if there is one. A letter goes when an address was given. */
MUST_USE Err signup_record(Ctx *c, Id hearing, const SignupNew *n, Str channel, bool reserved, Id *ret);
/* ERR_NOT_FOUND outside the person's scope. */
MUST_USE Err signup_get(Ctx *c, Id id, Signup **ret);
/* By state and order; state {0} = all that are not expired. */
MUST_USE Err signup_list(Ctx *c, Id hearing, Str state, Signups *ret);
MUST_USE Err signup_cancel(Ctx *c, Id id, Str reason);
/* A seat for the first in the order, after sign-up was closed; quotas no longer matter. ERR_CONFLICT when nobody waits or no seat is free. */
MUST_USE Err signup_admit(Ctx *c, Id hearing, Signup **ret);
/* At the door: blanks, dashes and small letters do not matter. ERR_INVALID at the field "kod" with what to do. */
MUST_USE Err signup_check_in(Ctx *c, Id hearing, Str code, Signup **ret);
MUST_USE Err signup_undo_check_in(Ctx *c, Id id);
/* As it is read out: "ABC-DEF". */
Str          signup_code_shown(Arena *a, Str code);
/* As it is stored; {0} when it cannot be one. */
Str          signup_code_read(Arena *a, Str typed);

/* ---- used by hearing.c and the module ---- */

/* As many of the first in order as there are seats, while sign-up is open. */
MUST_USE Err signup_promote(Ctx *c, const Hearing *h);
MUST_USE Err signup_tell_changed(Ctx *c, const Hearing *h);
/* Reminders of hearings that come; each once. */
MUST_USE Err signup_remind(Ctx *c, i64 *sent);
extern const Reaction      hearing_reactions[8];
extern const RetentionRule hearing_retention[2];
extern const PersonData    hearing_person_data[1];
extern const MailKind      hearing_mails[9];
