/* mandate.h: SGEI mandates ("pověření") that the region issues for services in the network (Commission Decision 2012/21/EU).
 *
 * A mandate belongs to one line of the network and covers a span of days. Mandates of one line never overlap (G3). It is prepared by one person and approved by
 * another; then it has a number for ever. What was issued is not edited: it is changed by numbered amendments or ended. The text of a mandate or amendment is
 * made of the template that holds on the day of issue, kept as it was, and printed once: every later download is the same file (mandate_paper.h). */
#pragma once
#include "core/access.h"
#include "core/workflow.h"
#include "domain/library/resolution.h"
#include "domain/network/mandate_rules.h"
#include "domain/network/line.h"

#define CAP_MANDATE_READ    "mandate.read"
#define CAP_MANDATE_CREATE  "mandate.create"
#define CAP_MANDATE_UPDATE  "mandate.update"
#define CAP_MANDATE_APPROVE "mandate.approve"

#define MANDATE_DRAFT     "draft"
#define MANDATE_APPROVED  "approved"
#define MANDATE_ACTIVE    "active"
#define MANDATE_ENDED     "ended"
#define MANDATE_ARCHIVED  "archived"
#define MANDATE_CANCELLED "cancelled"

#define MANDATE_FIELDS(F, T) \
	F(T, number, text, "Číslo pověření", .readonly = true, .search = true, .sort = true, .list = 1, .max = 60) \
	F(T, line, ref, "Řádek sítě", .target = &line_entity, .required = true, .readonly = true, .filter = true) \
	F(T, service, ref, "Služba", .target = &service_entity, .readonly = true) \
	F(T, provider, ref, "Poskytovatel", .target = &provider_entity, .readonly = true, .filter = true) \
	F(T, district, ref, "Obvod ORP", .target = &territory_entity, .readonly = true, .filter = true, .help = "Obvod s největším podílem služby; prázdný u celokrajských.") \
	F(T, first_day, date, "Platí od", .required = true, .filter = true, .sort = true, .list = 4) \
	F(T, last_day, date, "Platí do", .required = true, .filter = true, .sort = true, .list = 5, .hint = "Včetně tohoto dne; nejdéle deset let od začátku.") \
	F(T, unit, code, "Jednotka kapacity", .codelist = "network_unit", .required = true) \
	F(T, capacity, fte, "Minimální kapacita", .required = true, .min = 1, .max = 100000000, .hint = "Stejná jako v řádku sítě.") \
	F(T, provider_name, text, "Název poskytovatele", .readonly = true, .search = true, .sort = true, .list = 2, .max = 300) \
	F(T, provider_ico, text, "IČO", .readonly = true, .search = true, .max = 20) \
	F(T, provider_seat, text, "Sídlo", .readonly = true, .max = 300) \
	F(T, service_name, text, "Název služby", .readonly = true, .search = true, .list = 3, .max = 300) \
	F(T, identifier, text, "Identifikátor", .readonly = true, .search = true, .max = 20) \
	F(T, kind, code, "Druh služby", .codelist = "service_kind", .readonly = true, .filter = true) \
	F(T, target_groups, longtext, "Cílové skupiny", .required = true, .max = 2000) \
	F(T, territory, longtext, "Území", .required = true, .max = 2000) \
	F(T, obligation, longtext, "Závazek veřejné služby", .max = 10000, .hint = "Obsah závazku: co, pro koho a v jaké kvalitě poskytovatel zajistí.") \
	F(T, compensation, longtext, "Mechanismus vyrovnávací platby", .max = 10000, .hint = "Podle čeho se platba počítá, kontroluje a přezkoumává.") \
	F(T, ceiling, longtext, "Strop vyrovnávací platby podle let", .max = 1000, .hint = "Například 2027: 4 200 000 Kč; 2028: 4 300 000 Kč.") \
	F(T, overcompensation, longtext, "Opatření proti nadměrnému vyrovnání", .max = 10000) \
	F(T, exclusive_rights, longtext, "Výlučná nebo zvláštní práva", .max = 2000, .hint = "Nejsou-li žádná, napište to.") \
	F(T, legal_reference, longtext, "Odkaz na rozhodnutí Komise", .max = 2000) \
	F(T, covers_investment, bool, "Kryje i investice") \
	F(T, state, code, "Stav", .codelist = "mandate_state", .readonly = true, .by_workflow = true, .filter = true, .list = 6) \
	F(T, resolution, ref, "Usnesení", .target = &resolution_entity, .readonly = true) \
	F(T, issued_at, instant, "Vydáno", .readonly = true) \
	F(T, ends_on, date, "Skutečný poslední den", .readonly = true, .filter = true, .sort = true, .help = "Dřívější než Platí do, když pověření končí předčasně.") \
	F(T, is_public, bool, "Ve veřejném registru", .readonly = true, .filter = true) \
	F(T, end_reason, longtext, "Důvod předčasného konce", .readonly = true, .max = 2000) \
	F(T, amendments, int, "Počet dodatků", .readonly = true) \
	F(T, watched, int, "Upozornění na konec", .readonly = true, .help = "Kolik dnů předem se naposledy upozorňovalo; 0 = ještě ne.") \
	F(T, serial_year, int, "Rok číselné řady", .readonly = true) \
	F(T, serial_no, int, "Pořadí v číselné řadě", .readonly = true)
ENTITY_STRUCT(Mandate, MANDATE_FIELDS)
extern const Entity  mandate_entity;
extern const Machine mandate_machine;
typedef struct Mandates { Mandate **at; size_t len, cap; } Mandates;

/* It holds on a day. */
bool mandate_holds(const Mandate *m, Date day);

/* ---- writing ---- */

/* A draft for a line, filled from the line as it stands on `first`, from the register and from the template; nothing is stored. ERR_NOT_FOUND: no such line. */
MUST_USE Err mandate_fill(Ctx *c, Id line, Date first, Mandate **ret);
/* Store the draft. Needs mandate.create. */
MUST_USE Err mandate_add(Ctx *c, Mandate *m);
/* Needs mandate.update; ERR_CONFLICT when it is no draft any more, or somebody was faster. */
MUST_USE Err mandate_save(Ctx *c, Mandate *m);
/* End early: the last day, why. Needs mandate.approve. */
typedef struct MandateEnd { Date last; Str reason; i64 version; } MandateEnd;
MUST_USE Err mandate_end_early(Ctx *c, Id id, const MandateEnd *e);

/* ---- reading ---- */

/* ERR_NOT_FOUND; asks nobody's rights. */
MUST_USE Err mandate_stored(Ctx *c, Id id, Mandate **ret);
/* Issued, and readable by everybody. ERR_NOT_FOUND. */
MUST_USE Err mandate_public(Ctx *c, Id id, Mandate **ret);
/* All of a line but cancelled ones, oldest first. */
MUST_USE Err mandates_of_line(Ctx *c, Id line, Mandates *ret);
typedef enum MandateWhen { MANDATE_ANY_TIME, MANDATE_HOLDING, MANDATE_PAST, MANDATE_COMING } MandateWhen;
typedef struct MandateQuery {
	Str         search, kind, state;         /* blank = any */
	Id          provider, district, line;    /* 0 = any */
	MandateWhen when;                        /* on `day` */
	Date        day;
	Date        ends_from, ends_to;          /* none = any; both included */
	bool        public_only;                 /* the register, for everybody; else what the person may know */
	bool        issued;                      /* no drafts, no cancelled ones */
	bool        latest_first;
	i64         limit, offset;               /* limit -1 = all */
} MandateQuery;
/* By their last day, the soonest first unless asked otherwise. */
MUST_USE Err mandates_find(Ctx *c, const MandateQuery *q, Mandates *ret, i64 *total);
/* Write the mandate that holds on the day, issued by the instant, to each of the lines: one query. */
MUST_USE Err mandates_name(Ctx *c, AsOf at, LineWholes *lines);
/* First and last day of the quarter of a day. */
void mandate_quarter(Date day, Date *from, Date *to);

/* ---- what is right and what is worth a warning (G3) ---- */

/* Sentences about what does not hinder approval: a gap between mandates of the line, days outside the plan. */
MUST_USE Err mandate_warnings(Ctx *c, const Mandate *m, Strs *ret);

typedef struct ContentItem { Str title, law; bool is_there; Str missing; } ContentItem;
typedef struct ContentItems { ContentItem *at; size_t len, cap; } ContentItems;
/* The obligatory contents (code list mandate_content): is each of them filled in, and does the template print it. */
MUST_USE Err mandate_contents(Ctx *c, const Mandate *m, ContentItems *ret);

/* ---- amendments ---- */

#define AMENDMENT_DRAFT   "draft"
#define AMENDMENT_ISSUED  "issued"
#define AMENDMENT_DROPPED "dropped"

#define MANDATE_AMENDMENT_FIELDS(F, T) \
	F(T, mandate, ref, "Pověření", .target = &mandate_entity, .required = true, .readonly = true, .filter = true) \
	F(T, no, int, "Číslo dodatku", .readonly = true, .list = 1) \
	F(T, effective_from, date, "Platí od", .required = true, .list = 2) \
	F(T, capacity, fte, "Nová minimální kapacita", .min = 1, .max = 100000000, .list = 3, .hint = "Prázdné pole: kapacita se nemění.") \
	F(T, ceiling, longtext, "Nový strop vyrovnávací platby podle let", .max = 1000, .hint = "Prázdné pole: strop se nemění.") \
	F(T, territory, longtext, "Nové území", .max = 2000, .hint = "Prázdné pole: území se nemění.") \
	F(T, reason, longtext, "Důvod změny", .required = true, .max = 2000) \
	F(T, state, code, "Stav", .codelist = "mandate_amendment_state", .readonly = true, .by_workflow = true, .list = 4) \
	F(T, resolution, ref, "Usnesení", .target = &resolution_entity, .readonly = true) \
	F(T, issued_at, instant, "Vydáno", .readonly = true) \
	F(T, provider, ref, "Poskytovatel", .target = &provider_entity, .readonly = true) \
	F(T, district, ref, "Obvod ORP", .target = &territory_entity, .readonly = true)
ENTITY_STRUCT(MandateAmendment, MANDATE_AMENDMENT_FIELDS)
extern const Entity  mandate_amendment_entity;
extern const Machine mandate_amendment_machine;
typedef struct MandateAmendments { MandateAmendment **at; size_t len, cap; } MandateAmendments;

MUST_USE Err mandate_amendments(Ctx *c, Id mandate, MandateAmendments *ret);
MUST_USE Err mandate_amendment_stored(Ctx *c, Id id, MandateAmendment **ret);
/* A draft; needs mandate.create. */
MUST_USE Err mandate_amendment_add(Ctx *c, MandateAmendment *x);
/* Capacity, ceiling, territory as they hold on a day: those of the mandate, changed by the amendments issued until then. */
typedef struct MandateTerms { Fte capacity; Str ceiling, territory; i64 amendment; } MandateTerms;
MUST_USE Err mandate_terms(Ctx *c, const Mandate *m, Date day, MandateTerms *ret);

/* ---- the end comes near ---- */

/* Once a day is enough, more often does no harm: tasks for the officer of the network and a letter to the provider, 180, 90 and 30 days before the last day. */
MUST_USE Err mandates_watch(Ctx *c, i64 *told);
