/* notice.h: what the program tells a person: in the application always, by mail as the person chose for the topic: not at all, in the
 * letter of the day, or at once. Letters of the day: one per person and day at most (mail_digest). */
#pragma once
#include "core/mail.h"

typedef struct Notice {
	const char *topic;                       /* of a module row */
	Str         title, text;                 /* Czech: one line; a few sentences or {0} */
	Str         link;                        /* page of ours, "/app/…", or {0} */
	const char *object;                      /* the record that it is about, or NULL */
	Id          object_id;
} Notice;

/* In the caller's transaction (or one of its own). ERR_INTERNAL for an unknown topic. */
MUST_USE Err notice_add(Ctx *c, Id account, Notice n);
/* To everybody who holds the role in that scope today; nobody is fine. SCOPE_NONE = in whatever scope. */
MUST_USE Err notice_add_role(Ctx *c, const char *role, ScopeKind scope, Id ref, Notice n);
