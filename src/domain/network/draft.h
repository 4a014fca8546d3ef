/* draft.h: the next version of a network while it is written: a working copy of all its lines, proposals of districts beside them, what hinders it (G2), what it
 * changes, and its approval, which writes the difference into the lines in one transaction.
 *
 * One draft per network at a time. Lines of the copy are changed and judged freely; the network itself stands untouched until the assembly has decided. */
#pragma once
#include "domain/network/inside.h"
#include "domain/network/means.h"

#define CAP_NETWORK_PROPOSE "network.propose"

/* What belongs to a version only while it is a draft, and what stays of it. */
#define NETWORK_DRAFT_FIELDS(F, T) \
	F(T, by_version, ref, "Verze sítě", .target = &network_version_entity, .required = true, .readonly = true, .unique = true) \
	F(T, acknowledged, money, "Částka nad peníze na síť vzatá na vědomí", .readonly = true, .max = 100000000000000) \
	F(T, acknowledged_why, longtext, "Proč byla vzata na vědomí", .readonly = true, .max = 2000) \
	F(T, acknowledged_by, text, "Kdo ji vzal na vědomí", .readonly = true, .max = 200) \
	F(T, annex_sha256, text, "Otisk návrhu, ze kterého je příloha", .readonly = true, .max = 64) \
	F(T, annex_at, instant, "Příloha pořízena", .readonly = true) \
	F(T, approved_text, longtext, "Schválené znění", .readonly = true, .max = 20000000)
ENTITY_STRUCT(NetworkDraft, NETWORK_DRAFT_FIELDS)
extern const Entity network_draft_entity;

#define DRAFT_LINE_FIELDS(F, T) \
	F(T, by_version, ref, "Verze sítě", .target = &network_version_entity, .required = true, .readonly = true, .filter = true) \
	F(T, origin, int, "Řádek platné sítě", .readonly = true, .help = "Prázdné u řádku, který v síti teprve vznikne.") \
	F(T, origin_version, int, "Verze řádku, ze které je kopie", .readonly = true) \
	LINE_CONTENT_FIELDS(F, T) \
	F(T, change_reason, text, "Důvod změny", .max = 500, .hint = "Bude u řádku v přehledu změn; bez něj nejde verzi předat k projednání.") \
	F(T, account, int, "Účet posledního autora", .readonly = true, .help = "Prázdné u řádku, který v návrhu nikdo neměnil.")
ENTITY_STRUCT(DraftLine, DRAFT_LINE_FIELDS)
extern const Entity draft_line_entity;
typedef struct DraftLines { DraftLine **at; size_t len, cap; } DraftLines;

/* A new version with a copy of every line that stands in the network on its first day. ERR_CONFLICT when the network has a draft already. Needs network.create. */
MUST_USE Err draft_open(Ctx *c, NetworkVersion *v);
/* The draft of a version. ERR_NOT_FOUND when it has none. */
MUST_USE Err draft_of(Ctx *c, Id version, NetworkDraft **ret);
/* Of a version, in the order of their numbers. */
MUST_USE Err draft_lines(Ctx *c, Id version, DraftLines *ret);
MUST_USE Err draft_line_stored(Ctx *c, Id version, Id id, DraftLine **ret);
/* Insert (head.id 0) or update. Needs network.update; ERR_CONFLICT when the version is no draft any more. */
MUST_USE Err draft_line_save(Ctx *c, DraftLine *d);
/* Take the line as it stands in the network now; a new one is removed. */
MUST_USE Err draft_line_reset(Ctx *c, DraftLine *d);

/* ---- the difference ---- */

typedef enum DraftHow { DRAFT_SAME, DRAFT_NEW, DRAFT_CHANGED, DRAFT_LEAVES } DraftHow;
typedef struct DraftChange {
	DraftLine  *line;
	const Line *before;                      /* as it stands in the network on the first day; NULL of a new one */
	DraftHow    how;
	Strs        what;                        /* "Kapacita v síti: 6,50 → 7,00" */
	bool        moved;                       /* the line was changed in the network since the copy was made */
	bool        only_ceiling;                /* nothing but the ceiling: a new year does that to every line, and would hide what else has changed */
} DraftChange;
typedef struct DraftChanges { DraftChange *at; size_t len, cap; size_t count[4], only_ceiling; } DraftChanges;      /* count by DraftHow */
/* Every line of the copy, the same ones too. */
MUST_USE Err draft_changes(Ctx *c, const NetworkVersion *v, DraftChanges *ret);

/* Of the year that begins the version: ceilings of the copy, what the region has for the network, what is missing. */
typedef struct DraftMoney { int year; i64 ceilings, over; YearMeans means; size_t without; } DraftMoney;    /* without: lines that have no ceiling */
MUST_USE Err draft_money(Ctx *c, const NetworkVersion *v, DraftMoney *ret);
/* The amount over the outlook, as it was `seen`, is taken note of. Needs network.approve. */
MUST_USE Err draft_acknowledge(Ctx *c, const NetworkVersion *v, i64 seen, Str why);
/* The working copy as a text that says all of it, and its digest: what is approved. */
MUST_USE Err draft_text(Ctx *c, Id version, Str *text, Str *sha256);
/* The annex for the assembly is made of the copy as it is now. Needs network.update. */
MUST_USE Err draft_annex(Ctx *c, const NetworkVersion *v);

/* ---- approval, from network_machine.c and the module row ---- */

MUST_USE Err draft_seal(Ctx *c, NetworkVersion *v);              /* its digest into the version, before that is stored */
MUST_USE Err draft_apply(Ctx *c, const WorkMove *m);             /* the difference into the lines */
MUST_USE Err draft_drop(Ctx *c, const WorkMove *m);              /* a cancelled one leaves no copies */
#define DRAFT_GUARDS 16
extern const Guard draft_guards[DRAFT_GUARDS];

/* ---- proposals of districts ---- */

#define PROPOSAL_OPEN      "open"
#define PROPOSAL_ACCEPTED  "accepted"
#define PROPOSAL_REFUSED   "refused"
#define PROPOSAL_WITHDRAWN "withdrawn"

#define DRAFT_PROPOSAL_FIELDS(F, T) \
	F(T, by_version, ref, "Verze sítě", .target = &network_version_entity, .required = true, .readonly = true, .filter = true) \
	F(T, line, int, "Řádek návrhu", .readonly = true, .help = "Prázdné u návrhu nové služby.") \
	F(T, line_version, int, "Verze řádku, ke které návrh je", .readonly = true) \
	F(T, district, ref, "Obvod ORP", .target = &territory_entity, .required = true, .readonly = true, .filter = true, .list = 1) \
	F(T, title, text, "Co navrhujete", .required = true, .search = true, .sort = true, .list = 2, .max = 200) \
	F(T, capacity, fte, "Navržená kapacita", .min = 1, .max = 100000000, .list = 3, .hint = "Vyplňte, když má být jiná než v návrhu. Přijetím se do návrhu přenese.") \
	F(T, text, longtext, "Zdůvodnění", .required = true, .max = 4000) \
	F(T, state, code, "Stav", .codelist = "draft_proposal_state", .readonly = true, .by_workflow = true, .filter = true, .list = 4) \
	F(T, answer, longtext, "Odpověď kraje", .readonly = true, .max = 2000) \
	F(T, owner, int, "Účet autora", .readonly = true, .required = true) \
	F(T, author, text, "Kdo navrhl", .readonly = true, .max = 200) \
	F(T, made_at, instant, "Podáno", .readonly = true, .required = true)
ENTITY_STRUCT(DraftProposal, DRAFT_PROPOSAL_FIELDS)
extern const Entity  draft_proposal_entity;
extern const Machine draft_proposal_machine;
typedef struct DraftProposals { DraftProposal **at; size_t len, cap; } DraftProposals;

/* By a coordinator for its own district, or by the region. ERR_INVALID, ERR_CONFLICT when the version is no draft any more. */
MUST_USE Err draft_propose(Ctx *c, DraftProposal *p);
/* Of a version, oldest first; those that the person may know of. */
MUST_USE Err draft_proposals(Ctx *c, Id version, DraftProposals *ret);
/* Why it wants another look: others on the same line, or the line is not what it was made for; {0} = nothing. */
Str          draft_conflict(Ctx *c, const DraftProposal *p, const DraftProposals *all, const DraftLines *lines);
