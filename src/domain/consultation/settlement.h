/* settlement.h: the table Připomínkující · Kapitola · Připomínka · Vypořádání of a comment period, as it goes to the public and into files, and where
 * comments stand in later versions of the document.
 *
 * Every comment that was received has a row: parts have their own, one that was joined stands with the answer of the other one, late ones without an
 * answer say so. Rows are in the order of the document, then of numbers. */
#pragma once
#include "domain/consultation/comment.h"

typedef struct SettlementRow {
	const Comment *comment;
	const Comment *answer;                   /* whose answer it has: itself, or the comment that it was joined into */
	Str  number, author, chapter, anchor, text, proposal, justification;     /* as the public reads them */
	Str  hidden_why;                         /* not blank: the words were covered, and why */
	Str  result, reasoning;                  /* name of the result; blank = none yet */
	Str  decided;                            /* "Koordinační skupina, 5. jednání, 20. 11. 2023" */
	Str  place;                              /* anchor in the newest version, blank = none */
	bool late;
} SettlementRow;
typedef struct Settlement {
	SettlementRow *at;
	size_t         len, cap;
	i64            by_result[8];             /* in the order of the code list settlement_result */
} Settlement;

/* The public gets it once it is published: ERR_NOT_FOUND before. People with settlement.read over the region get the present state. */
MUST_USE Err settlement_table(Ctx *c, Id consultation, Settlement *ret);
/* What one author may see of it: the own comment or its parts, before publication without answers. */
MUST_USE Err settlement_of(Ctx *c, const Comment *k, Settlement *ret);

/* ---- where a comment stands in another version ---- */

typedef struct CommentPlace {
	Id   comment, version;                   /* document_version */
	Str  anchor, guess;
	enum { PLACE_SAME, PLACE_MOVED, PLACE_CHANGED, PLACE_UNSURE, PLACE_GONE, PLACE_PERSON } how;
	Str  decided_by;
} CommentPlace;
typedef struct CommentPlaces { CommentPlace *at; size_t len, cap; } CommentPlaces;

/* Every comment on an earlier version of the document gets a place in this one: certain ones at once, the others wait for a person. Called when a
 * version is frozen; a second time it does nothing. Inside a transaction. */
MUST_USE Err places_follow(Ctx *c, Id document_version);
/* Of a comment, oldest version first. */
MUST_USE Err places_of(Ctx *c, Id comment, CommentPlaces *ret);
/* What waits for a person in a version. Needs comment.update. */
MUST_USE Err places_unsure(Ctx *c, Id document_version, CommentPlaces *ret);
/* A person says where it stands; a blank anchor = it stands nowhere any more. ERR_INVALID when the version has no such paragraph or card. */
MUST_USE Err place_decide(Ctx *c, Id comment, Id document_version, Str anchor);
extern const Reaction consultation_reactions[3];
