/* mail.h: letters that the program sends. A letter is a row of the outbox, written in the transaction of what it tells about; a thread of
 * `serve` hands it to the mail server later (mail_send.h). What never committed is never sent.
 *
 * The texts stand in module rows (.mails) and may be edited in the application. Holes of a text are words in braces: "Dobrý den, {jmeno}".
 * Every text may also use {kraj}, {odbor} and {adresa} (of this application). A program whose row uses a hole that it does not name, or
 * names an unknown topic, does not start. */
#pragma once
#include "core/ctx.h"

typedef struct MailKind {
	const char *key;                         /* "people.invitation": subject, dot, what */
	const char *title, *help;                /* Czech: for whoever edits the text */
	const char *topic;                       /* which people may switch off; NULL = always sent */
	const char *holes;                       /* "jmeno odkaz platnost" */
	const char *subject, *body;              /* no secret in the subject; plain text, lines of any length */
	/* only what differs from the default */
	bool        secret;                      /* holds a one-time link: nobody reads it in the log, its text goes once it was sent */
} MailKind;

typedef struct MailHole { const char *name; Str value; } MailHole;

/* A matter that people choose how to be told about (notice.h). */
typedef struct Topic {
	const char *key;                         /* "messages" */
	const char *title, *help;                /* Czech */
	enum { MAIL_NONE, MAIL_DIGEST, MAIL_IMMEDIATE } standard;
} Topic;

/* A row of the outbox, in the caller's transaction (or one of its own). For an account the address may be left out. Nothing is queued, and
 * that is OK, when the person switched the topic off, or when a letter of a topic would go to an address that refused an earlier one.
 * ERR_INVALID on an address that is none; ERR_INTERNAL for an unknown kind, an unknown hole, or one that was left out. */
MUST_USE Err mail_add(Ctx *c, const char *kind, Id account /* 0 = none */, Str address, const MailHole *holes, size_t count);

/* ---- start ---- */

/* All kinds and topics of all modules; false with *why when one of them is wrong. */
bool mail_setup(Arena *a, const MailKind *const *kinds, const size_t *kind_counts, const Topic *const *topics, const size_t *topic_counts,
                size_t list_count, Str *why);
void mail_set_origin(Str origin);            /* of links in letters: "https://sit.kraj.cz" */
Str  mail_origin(void);
const MailKind *mail_kind(size_t i);         /* NULL past the end */
const MailKind *mail_kind_find(Str key);
const Topic    *mail_topic(size_t i);
const Topic    *mail_topic_find(Str key);

typedef struct Ids { Id *at; size_t len, cap; } Ids;

/* Set once at start by whoever knows accounts. */
typedef struct MailPeople {
	/* Address and name of an account, in c->arena; an empty address when it is not active. */
	Err (*address)(Ctx *c, Id account, Str *address, Str *name);
	/* Active accounts that hold a role today ({0} = any role), each once. SCOPE_NONE = in whatever scope. */
	Err (*holders)(Ctx *c, Str role, ScopeKind scope, Id ref, Ids *ret);
} MailPeople;
void mail_set_people(const MailPeople *people);
MUST_USE Err mail_holders(Ctx *c, Str role, ScopeKind scope, Id ref, Ids *ret);
