/* need.h: what people of a territory lack: a situation, for whom, where, for how many people, by what evidence, and the capacity that is missing.
 *
 * A need is entered any day by a municipality, a coordinator, a group, a provider or the region, and goes by steps (machines.c): talked over by the
 * local working group, put in order and agreed by the steering group of the district, accepted or not by the region, and then covered or left without
 * an answer. Persons are counts; nobody is named. */
#pragma once
#include "core/access.h"
#include "core/workflow.h"
#include "domain/people/people.h"
#include "domain/register/register.h"
#include "domain/territory/territory.h"

#define CAP_NEED_READ    "need.read"
#define CAP_NEED_CREATE  "need.create"
#define CAP_NEED_UPDATE  "need.update"
#define CAP_NEED_SUBMIT  "need.submit"
#define CAP_NEED_APPROVE "need.approve"      /* for a district: agree and rank; for the region: decide */
#define CAP_NEEDS_AGREE    "needs.agree"       /* note that the working group has talked a need over */
#define CAP_NEEDS_OPTIMAL  "needs.optimal"
#define CAP_NEEDS_SNAPSHOT "needs.snapshot"

#define NEED_DRAFT           "draft"
#define NEED_PROPOSED        "proposed"
#define NEED_AGREED_GROUP    "agreed_group"
#define NEED_AGREED_STEERING "agreed_steering"
#define NEED_ACCEPTED        "accepted"
#define NEED_REJECTED        "rejected"
#define NEED_COVERED         "covered"
#define NEED_UNANSWERED      "unanswered"
#define NEED_CLOSED          "closed"
#define NEED_WITHDRAWN       "withdrawn"

#define NEED_FIELDS(F, T) \
	F(T, title, text, "Co chybí", .required = true, .search = true, .sort = true, .list = 1, .max = 160, \
	  .hint = "Jednou větou, například: Terénní odlehčovací služba o víkendech.") \
	F(T, year, int, "Rok", .required = true, .filter = true, .list = 2, .min = 2015, .max = 2100, .hint = "Rok, od kterého je potřeba pomoci.") \
	F(T, territory, ref, "Území", .target = &territory_entity, .required = true, .filter = true, .list = 3, \
	  .help = "Obec, celý obvod obce s rozšířenou působností, nebo celý kraj.") \
	F(T, target_group, code, "Cílová skupina", .codelist = "target_group", .required = true, .filter = true, .list = 4) \
	F(T, situation, longtext, "Nepříznivá sociální situace", .required = true, .max = 4000, \
	  .hint = "Co se lidem děje a co jim teď nepomáhá. Nepište jména ani údaje, podle kterých by šlo někoho poznat.") \
	F(T, persons, int, "Počet osob", .required = true, .min = 1, .max = 1000000, .list = 5, .hint = "Kolika lidí se situace týká. Stačí odhad, zdůvodníte jej níže.") \
	F(T, served_now, int, "Z toho už má službu", .max = 1000000, .hint = "Prázdné pole znamená, že to není známo; nula, že nikdo.") \
	F(T, refused, int, "Odmítnutí zájemci za rok", .max = 1000000) \
	F(T, kind, code, "Druh služby", .codelist = "service_kind", .filter = true, .list = 6, .hint = "Když ještě není jasné, která služba pomůže, nechte prázdné.") \
	F(T, form, code, "Forma služby", .codelist = "service_form", .filter = true) \
	F(T, unit, code, "Jednotka kapacity", .codelist = "network_unit", .filter = true) \
	F(T, missing_capacity, fte, "Chybějící kapacita", .max = 100000000, .list = 7, .hint = "Úvazky na dvě desetinná místa, lůžka celým číslem.") \
	F(T, evidence, code, "Čím je potřeba doložena", .codelist = "need_evidence", .required = true, .filter = true) \
	F(T, evidence_text, longtext, "Zdroj a zdůvodnění", .max = 4000, .hint = "Odkud čísla jsou a z kterého dne.") \
	F(T, body, ref, "Pracovní skupina", .target = &organisation_entity, .filter = true, .hint = "Skupina, která potřebu projedná.") \
	F(T, rank_district, int, "Pořadí v obvodu", .readonly = true, .list = 8) \
	F(T, rank_region, int, "Pořadí v kraji", .readonly = true) \
	F(T, state, code, "Stav", .codelist = "need_state", .readonly = true, .by_workflow = true, .filter = true, .list = 9) \
	F(T, answer_reason, code, "Důvod záporné odpovědi", .codelist = "no_answer_reason", .readonly = true, .filter = true) \
	F(T, review_date, date, "Přezkum nejpozději", .readonly = true, .filter = true) \
	F(T, district, ref, "Obvod ORP", .target = &territory_entity, .readonly = true, .filter = true) \
	F(T, municipality, ref, "Obec", .target = &territory_entity, .readonly = true, .filter = true) \
	F(T, provider, ref, "Poskytovatel, který potřebu zapsal", .target = &provider_entity, .readonly = true) \
	F(T, owner, int, "Účet autora", .readonly = true, .required = true) \
	F(T, author, text, "Kdo zapsal", .readonly = true) \
	F(T, organisation, text, "Organizace autora", .readonly = true) \
	F(T, made_at, instant, "Zapsáno", .readonly = true, .required = true)
ENTITY_STRUCT(Need, NEED_FIELDS)
extern const Entity  need_entity;
extern const Machine need_machine;

/* Where the person may enter needs: a territory, or any (region, groups, providers). */
typedef struct NeedPlaces {
	bool  whole_region;
	Units units;                             /* districts first, then municipalities, in Czech order */
} NeedPlaces;
MUST_USE Err need_places(Ctx *c, NeedPlaces *ret);

/* A new need in the state draft; `submit` takes it one step further at once. Sets who wrote it. */
MUST_USE Err need_add(Ctx *c, Need *n, bool submit);
/* ERR_CONFLICT with the state in words when it cannot be changed any more by this person. */
MUST_USE Err need_save(Ctx *c, Need *n);
bool         need_may_edit(Ctx *c, const Need *n);
/* May this person decide about it for the district, or for the region. */
bool         need_may_rank(Ctx *c, Id district);             /* 0 = the region's own order */

/* "4,50 úvazku", "12 lůžek", "12,50 lůžka", "–" */
Str need_capacity_text(Arena *a, i64 hundredths, Str unit);
/* Is it one that the region has decided about and that still stands: accepted, covered or left without an answer. */
bool need_is_public(Str state);

/* ---- order ---- */

typedef enum RankMove { RANK_UP, RANK_DOWN, RANK_LAST, RANK_OUT } RankMove;      /* RANK_LAST: a need without a place comes behind the others */
/* One step in the order of its district (or of the region). Others follow, so that places are always 1, 2, 3 … ERR_CONFLICT when its place is not the
 * one that the person has `seen` (0 = none). */
MUST_USE Err need_rank(Ctx *c, Id need, bool in_region, RankMove move, i64 seen);
/* Takes it out of both orders; in a transaction, without asking rights: what has left the list of open needs has no place. */
MUST_USE Err need_rank_leave(Ctx *c, Need *n);
bool         need_is_ranked_state(Str state);

/* ---- the region says no ---- */

typedef struct NeedAnswer {
	Str  reason;                             /* code of no_answer_reason */
	Str  title;                              /* for the public; {0} = title of the need */
	Str  text;                               /* why, for everybody */
	Str  resolution;                         /* only of "leave" */
	Date review;
	i64  version;
} NeedAnswer;
/* "reject" or "leave". ERR_INVALID with every problem at its field. */
MUST_USE Err need_answer(Ctx *c, Id need, const char *action, const NeedAnswer *a);

#define UNANSWERED_FIELDS(F, T) \
	F(T, title, text, "Co síť nezajistí", .required = true, .search = true, .sort = true, .list = 1, .max = 160) \
	F(T, district, ref, "Obvod ORP", .target = &territory_entity, .filter = true, .list = 2, .help = "Prázdný u potřeby celého kraje.") \
	F(T, target_group, code, "Cílová skupina", .codelist = "target_group", .filter = true, .list = 3) \
	F(T, kind, code, "Druh služby", .codelist = "service_kind", .filter = true, .list = 4) \
	F(T, unit, code, "Jednotka kapacity", .codelist = "network_unit") \
	F(T, missing_capacity, fte, "Chybějící kapacita") \
	F(T, reason, code, "Důvod", .codelist = "no_answer_reason", .required = true, .filter = true, .list = 5) \
	F(T, text, longtext, "Vysvětlení", .required = true, .max = 2000) \
	F(T, resolution, text, "Rozhodnutí", .required = true, .max = 120, .list = 6) \
	F(T, review_date, date, "Přezkum nejpozději", .required = true, .filter = true, .list = 7) \
	F(T, published_at, instant, "Zveřejněno", .required = true) \
	F(T, ended_on, date, "Konec zápisu", .filter = true) \
	F(T, ended_why, text, "Proč zápis skončil", .max = 500) \
	F(T, need, ref, "Potřeba", .target = &need_entity) \
	F(T, object, text, "Druh jiného záznamu", .max = 40, .help = "Žádost, která v síti nedostala místo, když zápis nevznikl z potřeby.") \
	F(T, object_id, int, "Číslo jiného záznamu")
ENTITY_STRUCT(UnansweredNeed, UNANSWERED_FIELDS)
extern const Entity unanswered_entity;       /* public; rows are ended, never removed */
/* For subjects above: an application that was refused is entered in the same public register. In a transaction. */
MUST_USE Err unanswered_add(Ctx *c, UnansweredNeed *u);
MUST_USE Err unanswered_end(Ctx *c, Id need, Str why);

/* ---- offers ---- */

#define OFFER_PREMISES   "prostory"
#define OFFER_CO_FUNDING "spolufinancovani"

#define OFFER_FIELDS(F, T) \
	F(T, need, ref, "Potřeba", .target = &need_entity, .required = true, .filter = true) \
	F(T, kind, code, "Co nabízíte", .codelist = "need_offer_kind", .required = true, .filter = true, .list = 1) \
	F(T, text, longtext, "Popis nabídky", .required = true, .max = 2000, .list = 2, .hint = "U prostor adresa a velikost, u peněz za jakých podmínek.") \
	F(T, year, int, "Rok spolufinancování", .min = 2015, .max = 2100, .list = 3) \
	F(T, amount, money, "Částka za rok", .list = 4, .hint = "Když obec nepřispěje, zapište 0. Prázdné pole neznamená nulu.") \
	F(T, offered_to, date, "Nabídka platí do") \
	F(T, municipality, ref, "Nabízející obec", .target = &territory_entity, .readonly = true, .list = 5) \
	F(T, district, ref, "Nabízející obvod", .target = &territory_entity, .readonly = true) \
	F(T, withdrawn_on, date, "Stažena dne", .readonly = true) \
	F(T, owner, int, "Účet autora", .readonly = true, .required = true) \
	F(T, author, text, "Kdo zapsal", .readonly = true) \
	F(T, organisation, text, "Organizace", .readonly = true) \
	F(T, made_at, instant, "Zapsáno", .readonly = true, .required = true)
ENTITY_STRUCT(NeedOffer, OFFER_FIELDS)
extern const Entity offer_entity;
typedef struct NeedOffers { NeedOffer **at; size_t len, cap; } NeedOffers;
/* Those of a need that the person may read, oldest first. */
MUST_USE Err need_offers(Ctx *c, Id need, NeedOffers *ret);
/* By a municipality, a coordinator or a provider, for a need that they may read. */
MUST_USE Err need_offer_add(Ctx *c, NeedOffer *o);
/* By its author or somebody of the same territory. */
MUST_USE Err need_offer_withdraw(Ctx *c, Id need, Id offer);
bool         need_offer_is_mine(Ctx *c, const NeedOffer *o);

/* ---- what answers a need: need → activity card → line of the network ---- */

#define NEED_LINK_FIELDS(F, T) \
	F(T, need, ref, "Potřeba", .target = &need_entity, .required = true, .filter = true) \
	F(T, object, text, "Druh záznamu", .required = true, .max = 40, .list = 1) \
	F(T, object_id, int, "Číslo záznamu", .required = true, .list = 2) \
	F(T, object_name, text, "Název záznamu", .max = 200, .list = 3) \
	F(T, note, text, "Jak odpovídá na potřebu", .max = 300, .list = 4) \
	F(T, account, int, "Účet", .readonly = true, .required = true) \
	F(T, author, text, "Kdo propojil", .readonly = true) \
	F(T, made_at, instant, "Propojeno", .readonly = true, .required = true)
ENTITY_STRUCT(NeedLink, NEED_LINK_FIELDS)
extern const Entity need_link_entity;
typedef struct NeedLinks { NeedLink *at; size_t len, cap; } NeedLinks;

/* Kinds of records that can answer a need; those whose subject is not in the program cannot be found (core/record.h) and are not offered. */
typedef struct NeedAnswerKind { const char *object, *title; } NeedAnswerKind;
extern const NeedAnswerKind need_answer_kinds[3];            /* activity_card, network_line, service */
/* The name is asked of the record's own subject. Twice the same is one link. Needs need.approve, or the caller decided (scope_decided). */
MUST_USE Err need_link_add(Ctx *c, Id need, const char *object, Id object_id, Str note);
MUST_USE Err need_link_remove(Ctx *c, Id need, Id link);
MUST_USE Err need_links(Ctx *c, Id need, NeedLinks *ret);
/* The other way: needs that a card or a line answers; asks nobody's rights. */
MUST_USE Err need_links_of(Ctx *c, const char *object, Id object_id, NeedLinks *ret);
