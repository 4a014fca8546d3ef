/* thread.h: threads between the region and one organisation: a provider, a municipality, the coordinators of a district.
 *
 * Officers of the region see all threads. People of an organisation see those of their own; coordinators also read those of the
 * municipalities of their district. A thread outside of somebody's reach does not exist for them (ERR_NOT_FOUND). */
#pragma once
#include "core/access.h"
#include "core/files.h"
#include "core/record.h"
#include "domain/messages/messages.h"

#define CAP_MESSAGE_READ   "message.read"
#define CAP_MESSAGE_CREATE "message.create"
#define CAP_MESSAGE_UPDATE "message.update"      /* close and open again */

enum { MESSAGE_FILES_MAX = 3, MESSAGE_TEXT_MAX = 8000, THREAD_SUBJECT_MAX = 150 };
#define MESSAGE_FILE_BYTES (10 << 20)

/* The other side of the region. */
typedef struct Side { ScopeKind kind; Id ref; Str name; } Side;
typedef struct Sides { Side *at; size_t len, cap; } Sides;

typedef struct Thread {
	Id      id;
	Side    side;
	Str     object, object_title;            /* object empty: general */
	Id      object_id;
	Str     subject, state;                  /* "open", "closed" */
	Instant opened_at, last_at;
	Str     last_author;
	i64     message_count;
	Id      last_message;
	bool    unread;                          /* by the acting person */
	bool    may_write, may_close;
} Thread;
typedef struct Threads { Thread *at; size_t len, cap; } Threads;

typedef struct Message {
	Id      id, account;
	Str     kind, author, organisation, text;
	bool    from_region, is_new;             /* new: the acting person has not seen it */
	Instant at;
	StoredFile *files;
	size_t  file_count, file_cap;
} Message;
typedef struct Messages { Message *at; size_t len, cap; } Messages;

/* What was uploaded, staged before anybody waits for the writer. */
typedef struct Attachment { Str name; StoredFile staged; } Attachment;
typedef struct Attachments { Attachment at[MESSAGE_FILES_MAX]; size_t len; } Attachments;
/* ERR_INVALID at `field`: an empty file, too large, of another kind than its name says, or of a kind that is not taken. */
MUST_USE Err attachment_stage(Ctx *c, const char *field, Str name, Str bytes, int fd, u64 size, Attachments *to);

/* Organisations for which the person may write; none for officers of the region, who write to any. */
bool         sides_of_region(const Ctx *c);
MUST_USE Err sides_of_actor(Ctx *c, Sides *ret);
/* Providers, municipalities and districts by a part of the name, for officers of the region. */
MUST_USE Err sides_find(Ctx *c, Str part, i64 limit, Sides *ret);
/* "provider-12"; ERR_NOT_FOUND when there is no such organisation. */
MUST_USE Err side_read(Ctx *c, Str address, Side *ret);
Str          side_address(Arena *a, const Side *s);

typedef struct NewThread {
	Side          side;
	const Record *record;                    /* NULL = general */
	Str           subject, text;
	const Attachments *files;
} NewThread;
MUST_USE Err thread_open(Ctx *c, const NewThread *t, Id *ret);
MUST_USE Err thread_write(Ctx *c, Id thread, Str text, const Attachments *files);
/* With a reason. ERR_CONFLICT when it is so already. */
MUST_USE Err thread_close(Ctx *c, Id thread, Str reason);
MUST_USE Err thread_reopen(Ctx *c, Id thread, Str reason);
MUST_USE Err thread_seen(Ctx *c, Id thread);

typedef struct ThreadQuery {
	bool unread, mine, closed;               /* closed: those that are closed, else the open ones */
	Str  text;                               /* in the subject or in the name of the organisation */
	Str  object;
	Id   object_id;
	i64  offset, limit;
} ThreadQuery;
MUST_USE Err threads_list(Ctx *c, ThreadQuery q, Threads *ret);
MUST_USE Err threads_unread(Ctx *c, i64 *ret);
MUST_USE Err thread_get(Ctx *c, Id id, Thread *ret);
MUST_USE Err thread_messages(Ctx *c, const Thread *t, Messages *ret);
/* A file of a thread that the person may read. */
MUST_USE Err thread_file(Ctx *c, Id thread, Id file, StoredFile *ret);
