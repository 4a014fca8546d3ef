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

/* ---- reading: what the acting person was told ---- */

typedef struct NoticeRow {
	Id      id;
	Str     topic, title, text, link;
	Instant at, read_at;                     /* read_at: none = unread */
} NoticeRow;
typedef struct NoticeRows { NoticeRow *at; size_t len, cap; } NoticeRows;

enum { NOTICES_COUNTED = 100 };
/* Newest first; ids below `before` (0 = from the newest). */
MUST_USE Err notice_list(Ctx *c, bool unread_only, Id before, i64 limit, NoticeRows *ret);
/* How many are unread; counts to NOTICES_COUNTED only. One look into an index. */
MUST_USE Err notice_unread(Ctx *c, i64 *ret);
/* Marks one as read and says where it leads; ERR_NOT_FOUND when it is somebody else's. */
MUST_USE Err notice_read(Ctx *c, Id id, Str *link);
MUST_USE Err notice_read_all(Ctx *c);
/* Those about one record: whoever opens the record has read them. */
MUST_USE Err notice_read_object(Ctx *c, const char *object, Id object_id);

/* ---- how a person wishes to be told ---- */

typedef enum NoticeChoice { CHOICE_NONE = MAIL_NONE, CHOICE_DIGEST = MAIL_DIGEST, CHOICE_IMMEDIATE = MAIL_IMMEDIATE } NoticeChoice;
extern const char *const notice_choice_words[3];
MUST_USE Err notice_choice(Ctx *c, Id account, const Topic *t, NoticeChoice *ret);
MUST_USE Err notice_choice_set(Ctx *c, Id account, const Topic *t, NoticeChoice choice);

/* The way out of a letter, without signing in: by the token of its last line. */
typedef struct MailLeave {
	Id           account;                    /* 0 = the letter went to an address alone */
	Str          address;
	const Topic *topic;                      /* NULL = the letter of the day: everything that comes in it */
} MailLeave;
/* ERR_NOT_FOUND for a token that no letter has. */
MUST_USE Err mail_leave_find(Ctx *c, Str token, MailLeave *ret);
MUST_USE Err mail_leave(Ctx *c, const MailLeave *l);
