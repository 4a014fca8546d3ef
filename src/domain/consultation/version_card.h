/* version_card.h: activity cards as they stand in a frozen version of a plan. People comment on a card by its identity and under the code and title of
 * that version, whatever becomes of the card later.
 *
 * Within a version a card has an anchor, "karta-12", beside those of paragraphs; those of paragraphs never hold a dash. */
#pragma once
#include "core/workflow.h"

typedef struct VersionCard {
	Id  card;
	Str anchor, code, title, text;           /* text: what the card says, in paragraphs */
	Str name;                                /* "Karta A02-09 Pečovatelská služba" */
} VersionCard;
typedef struct VersionCards { VersionCard *at; size_t len, cap; } VersionCards;

/* In the order of codes; whoever asks. */
MUST_USE Err version_cards_of(Ctx *c, Id document_version, VersionCards *ret);
/* NULL when the version has no such card. */
const VersionCard *version_card_find(const VersionCards *all, Str anchor);
bool anchor_is_card(Str anchor);
Str  card_anchor(Arena *a, Id card);
/* The page of the card of an anchor as it is today; blank when its plan is gone. */
MUST_USE Err version_card_href(Ctx *c, Str anchor, Str *ret);
/* What a plan's cards say now is kept with its newest version, and comments on cards of earlier versions get their place there. For the step that freezes a
 * plan; a second time it does nothing. Inside a transaction. */
MUST_USE Err version_cards_keep(Ctx *c, Id plan, Id document_version);
MUST_USE Err version_cards_after_freeze(Ctx *c, const WorkMove *m);
