/* record.h: records that other things may be bound to: threads, questions, tasks. Rows of modules (.records): a subject says how a record of
 * its own is found for whoever asks; what is bound to it knows the subject by a word only. In an address: "service-12". */
#pragma once
#include "core/ctx.h"

typedef struct Record {
	const char *object;                      /* "service" */
	Id          id;
	Str         kind;                        /* "Služba" */
	Str         title, link;                 /* its page for this person */
	ScopeKind   side;                        /* whose it is: SCOPE_PROVIDER, SCOPE_MUNICIPALITY, SCOPE_DISTRICT, SCOPE_NONE */
	Id          side_ref;
	bool        answers_public;              /* questions about it are answered to everybody, also to those who are not signed in */
	Instant     questions_until;             /* later none are taken; zero = always */
} Record;
typedef struct RecordFollowers { Id *at; size_t len, cap; } RecordFollowers;      /* accounts */

typedef struct RecordKind {
	const char *object, *title;              /* "service", "Služba" */
	/* Title, link and side for the acting person, in c->arena. ERR_NOT_FOUND when there is none or it is not for them to know. */
	Err       (*find)(Ctx *c, Id id, Record *ret);
	/* Whom news of it concern, whoever asks. NULL = nobody. */
	Err       (*followers)(Ctx *c, Id id, RecordFollowers *to);
} RecordKind;

void records_setup(const RecordKind *const *lists, const size_t *counts, size_t list_count);
bool         record_is_known(const char *object);            /* some subject of the program has such records */
/* ERR_NOT_FOUND for an unknown kind too. */
MUST_USE Err record_find(Ctx *c, Str object, Id id, Record *ret);
/* "service-12"; ERR_NOT_FOUND for anything else. */
MUST_USE Err record_read(Ctx *c, Str address, Record *ret);
MUST_USE Err record_followers(Ctx *c, Str object, Id id, RecordFollowers *ret);
Str          record_address(Arena *a, Str object, Id id);
