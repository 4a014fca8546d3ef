/* comment.h: what people say about a document: received with number, time and digest, then checked, split or joined, given to somebody, answered,
 * decided, published.
 *
 * Nothing is lost: a comment that came stays with the words it came with (original_text), parts hold all of them, one that was joined into another has
 * its answer, and what must not be shown is covered with a reason that is shown instead. */
#pragma once
#include "core/files.h"
#include "core/mail.h"
#include "domain/consultation/consultation.h"
#include "domain/people/people.h"

#define CAP_COMMENT_CREATE    "comment.create"
#define CAP_COMMENT_UPDATE    "comment.update"
#define CAP_COMMENT_APPROVE   "comment.approve"
#define CAP_SETTLEMENT_READ    "settlement.read"
#define CAP_SETTLEMENT_UPDATE  "settlement.update"
#define CAP_SETTLEMENT_APPROVE "settlement.approve"
#define CAP_SETTLEMENT_PUBLISH "settlement.publish"

#define COMMENT_UNCONFIRMED "unconfirmed"
#define COMMENT_RECEIVED    "received"
#define COMMENT_LATE        "late"
#define COMMENT_CHECKED     "checked"
#define COMMENT_ASSIGNED    "assigned"
#define COMMENT_PROPOSED    "proposed"
#define COMMENT_DECIDED     "decided"
#define COMMENT_PUBLISHED   "published"
#define COMMENT_SPLIT       "split"
#define COMMENT_MERGED      "merged"
#define COMMENT_JOINED      "joined"         /* merged, and the answers of the period are published */
#define COMMENT_LATE_CLOSED "late_closed"
#define COMMENT_EXPIRED     "expired"

enum { COMMENT_TEXT_MAX = 20000 };

#define COMMENT_FIELDS(F, T) \
	F(T, consultation, ref, "Připomínkové řízení", .target = &consultation_entity, .required = true, .readonly = true, .filter = true) \
	F(T, number, text, "Číslo", .readonly = true, .search = true, .fold = true, .max = 30, .list = 1) \
	F(T, year, int, "Rok", .readonly = true) \
	F(T, serial, int, "Pořadí v roce", .readonly = true, .sort = true) \
	F(T, part, int, "Část", .readonly = true) \
	F(T, channel, code, "Jak přišla", .codelist = "comment_channel", .required = true, .readonly = true, .filter = true) \
	F(T, delivered_at, instant, "Doručeno", .required = true, .readonly = true, .sort = true, .list = 6) \
	F(T, received_at, instant, "Přijato", .readonly = true, .help = "Kdy ji potvrdil autor, nebo zapsal úřad.") \
	F(T, late, bool, "Opožděná", .readonly = true, .filter = true) \
	F(T, anchor, text, "Odstavec", .readonly = true, .max = 40, .help = "Trvalá značka odstavce nebo karty v připomínkované verzi; prázdná = celý dokument.") \
	F(T, quote, longtext, "Citovaná slova", .readonly = true, .max = 2000) \
	F(T, chapter, text, "Kapitola", .readonly = true, .max = 300, .list = 2) \
	F(T, original_text, longtext, "Původní znění", .readonly = true, .max = COMMENT_TEXT_MAX) \
	F(T, text, longtext, "Připomínka", .required = true, .readonly = true, .search = true, .fold = true, .max = COMMENT_TEXT_MAX, .list = 3) \
	F(T, proposal, longtext, "Navrhovaná změna", .readonly = true, .max = COMMENT_TEXT_MAX) \
	F(T, justification, longtext, "Odůvodnění", .readonly = true, .max = COMMENT_TEXT_MAX) \
	F(T, kind, code, "Povaha", .codelist = "comment_kind", .readonly = true, .filter = true) \
	F(T, author_kind, code, "Připomínkuje", .codelist = "comment_author", .required = true, .readonly = true, .filter = true) \
	F(T, author_name, text, "Jméno", .readonly = true, .secret = true, .max = 200) \
	F(T, organisation, text, "Organizace nebo obec", .readonly = true, .max = 200, .list = 4) \
	F(T, municipality, int, "Obec (číslo záznamu)", .readonly = true) \
	F(T, email, email, "E-mail", .readonly = true, .secret = true) \
	F(T, consent, bool, "Souhlasí se zveřejněním jména", .readonly = true) \
	F(T, attachment, int, "Příloha (číslo souboru)", .readonly = true) \
	F(T, account, int, "Účet autora", .readonly = true, .secret = true) \
	F(T, receipt, text, "Otisk (SHA-256)", .readonly = true, .max = 64) \
	F(T, split_from, ref, "Část připomínky", .target = &comment_entity, .readonly = true) \
	F(T, merged_into, ref, "Sloučena s připomínkou", .target = &comment_entity, .readonly = true) \
	F(T, assigned, int, "Účet, který vypořádává", .readonly = true, .secret = true) \
	F(T, assigned_name, text, "Vypořádává", .readonly = true, .secret = true) \
	F(T, result, code, "Vypořádání", .codelist = "settlement_result", .readonly = true, .filter = true, .list = 5) \
	F(T, reasoning, longtext, "Odůvodnění vypořádání", .readonly = true, .max = COMMENT_TEXT_MAX) \
	F(T, body, text, "Rozhodl orgán", .readonly = true, .max = 200) \
	F(T, meeting, text, "Jednání a hlasování", .readonly = true, .max = 300) \
	F(T, decided_on, date, "Rozhodnuto dne", .readonly = true) \
	F(T, changed_anchor, text, "Změněný odstavec", .readonly = true, .max = 40) \
	F(T, redacted_text, longtext, "Znění pro veřejnost", .readonly = true, .max = COMMENT_TEXT_MAX, .help = "Prázdné = veřejnost čte připomínku, jak přišla.") \
	F(T, redacted_why, text, "Proč se zveřejňuje jinak, než přišla", .readonly = true, .max = 300) \
	F(T, published_at, instant, "Zveřejněno", .readonly = true) \
	F(T, state, code, "Stav", .codelist = "comment_state", .readonly = true, .by_workflow = true, .filter = true, .list = 7)
ENTITY_STRUCT(Comment, COMMENT_FIELDS)
extern const Entity   comment_entity;
extern const Machine  comment_machine;
extern const MailKind comment_mails[3];
typedef struct Comments { Comment **at; size_t len, cap; } Comments;

/* ---- arriving ---- */

typedef struct CommentNew {
	Str  anchor, quote;                      /* blank = the whole document */
	Str  text, proposal, justification;
	Str  author_kind, author_name, organisation, email;
	Id   municipality;
	bool consent;
	Str  channel;                            /* comment_record only */
	Instant delivered_at;                    /* comment_record only: when the office got it */
	Str     file_name;                       /* comment_record only: the paper itself, as a picture or a document */
	const StoredFile *file;
} CommentNew;

/* From the web by a visitor: in time or late by c->now. Waits for the confirmation by the link of the letter; somebody signed in needs none and
 * has a number at once. ERR_INVALID by field, ERR_CONFLICT when the period takes nothing (the sentence says since when), ERR_RATE. *link gets the secret
 * of the private page, for a signed-in author only (others have it in their letter). */
MUST_USE Err comment_submit(Ctx *c, Id consultation, const CommentNew *n, Str address, Comment **ret, Str *link);
/* By an officer: paper, e-mail, data box, spoken at the hearing. Needs comment.update. */
MUST_USE Err comment_record(Ctx *c, Id consultation, const CommentNew *n, Comment **ret);
/* The paper that came: for those who know authors (comment.update); ERR_NOT_FOUND when there is none. */
MUST_USE Err comment_paper(Ctx *c, Id id, StoredFile *ret);
/* The comment of a private link, whatever its state; ERR_GONE when the link says nothing. */
MUST_USE Err comment_by_link(Ctx *c, Str token, Comment **ret);
/* Within 48 hours (a setting); a second time it is told that it was confirmed already: OK. */
MUST_USE Err comment_confirm(Ctx *c, Str token, Comment **ret);
/* What the receipt says: SHA-256 over number, time of delivery, paragraph and words. */
Str comment_receipt(Arena *a, const Comment *k);

/* ---- work: comment.update, settlement.update ---- */

MUST_USE Err comment_get(Ctx *c, Id id, Comment **ret);
MUST_USE Err comment_by_number(Ctx *c, Str number, Comment **ret);
/* Its parts, and what was joined into it. Needs settlement.read over the region. */
MUST_USE Err comment_related(Ctx *c, Id id, Comments *parts, Comments *joined);
typedef struct CommentFilter { Str state, kind, result, anchor, search; Id assigned; bool only_late; i64 offset, limit; } CommentFilter;
/* In the order of the document, then of numbers. *total of all that match. Needs settlement.read over the region. */
MUST_USE Err comment_list(Ctx *c, Id consultation, const CommentFilter *f, Comments *ret, i64 *total);
typedef struct CommentCounts { i64 all, waiting, late, decided, by_state[13]; } CommentCounts;
/* Everybody may know how many came: what is split counts by its parts, what is joined once. */
MUST_USE Err comment_counts(Ctx *c, Id consultation, CommentCounts *ret);

typedef struct Editor { Id account; Str name; } Editor;
typedef struct Editors { Editor *at; size_t len, cap; } Editors;
/* Whom a comment can be given to: people with settlement.update. */
MUST_USE Err comment_editors(Ctx *c, Editors *ret);

MUST_USE Err comment_check(Ctx *c, Id id, i64 version, Str kind);
/* Words of the parts, joined, must be the words of the comment: nothing is lost and nothing is added. The first part keeps the proposal and its reasons.
 * ERR_INVALID when others were joined into it: they would have no answer. */
MUST_USE Err comment_split(Ctx *c, Id id, i64 version, const Str *texts, size_t count, Comments *parts);
/* The same was said already: it gets the answer of the other one. Both of one consultation. */
MUST_USE Err comment_merge(Ctx *c, Id id, i64 version, Id into, Str reason);
/* It was another thing after all: it gets an answer of its own. Until the answers are published. */
MUST_USE Err comment_unmerge(Ctx *c, Id id, i64 version, Str reason);
MUST_USE Err comment_assign(Ctx *c, Id id, i64 version, Id account);
MUST_USE Err comment_admit(Ctx *c, Id id, i64 version, Str reason);     /* a late one is to be answered nevertheless */
typedef struct CommentAnswer { Str result, reasoning, changed_anchor; } CommentAnswer;
MUST_USE Err comment_propose(Ctx *c, Id id, i64 version, const CommentAnswer *answer);
typedef struct CommentDecision { Str body, meeting; Date decided_on; } CommentDecision;
/* Of a formal comment by another person than the one who proposed; of content by a body: which, where and when. */
MUST_USE Err comment_decide(Ctx *c, Id id, i64 version, const CommentDecision *d);
MUST_USE Err comment_return(Ctx *c, Id id, i64 version, Str reason);
/* Cover words that must not be published; the reason is shown. Blank text takes the cover away. */
MUST_USE Err comment_redact(Ctx *c, Id id, i64 version, Str text, Str why);

/* ---- what is published ---- */

/* The words for the public, and who is said to have written them: organisation, municipality, "občan" or a name with consent. */
Str comment_public_text(const Comment *k);
Str comment_public_author(Ctx *c, const Comment *k);
