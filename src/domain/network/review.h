/* review.h: re-evaluation ("přehodnocení") of services in the network, yearly, in rounds: figures of each line (filling, occupancy, cost against the reference value),
 * a proposal (keep, cut, reserve, exit) with its reason, the provider heard within working days of the setting, the decision. A cut goes to the open draft, a
 * reservation is imposed by resolution, an exit proposes the line for leaving; keeping needs no hearing. */
#pragma once
#include "domain/network/inside.h"

#define CAP_REVIEW_READ   "network_review.read"
#define CAP_REVIEW_CREATE "network_review.create"
#define CAP_REVIEW_UPDATE "network_review.update"
#define CAP_REVIEW_SUBMIT "network_review.submit"

#define ROUND_OPEN   "open"
#define ROUND_CLOSED "closed"

#define REVIEW_ROUND_FIELDS(F, T) \
	F(T, title, text, "Název kola", .required = true, .search = true, .sort = true, .list = 1, .max = 160) \
	F(T, year, int, "Za rok", .required = true, .filter = true, .list = 2, .min = 2015, .max = 2100, .hint = "Rok, za který se služby hodnotí.") \
	F(T, scope, code, "Které služby", .codelist = "review_scope", .required = true, .list = 3) \
	F(T, kind, code, "Druh služby", .codelist = "service_kind", .hint = "Jen u kola podle druhu služby.") \
	F(T, state, code, "Stav", .codelist = "review_round_state", .readonly = true, .by_workflow = true, .filter = true, .list = 4)
ENTITY_STRUCT(ReviewRound, REVIEW_ROUND_FIELDS)
extern const Entity  review_round_entity;
extern const Machine review_round_machine;

#define REVIEW_OPEN      "open"
#define REVIEW_HEARING   "hearing"
#define REVIEW_HEARD     "heard"
#define REVIEW_DECIDED   "decided"
#define REVIEW_CANCELLED "cancelled"

#define RESULT_KEEP    "keep"
#define RESULT_CUT     "cut"
#define RESULT_RESERVE "reserve"
#define RESULT_EXIT    "exit"

#define REVIEW_FIELDS(F, T) \
	F(T, round, ref, "Kolo", .target = &review_round_entity, .required = true, .readonly = true, .filter = true) \
	F(T, line, ref, "Řádek sítě", .target = &line_entity, .required = true, .readonly = true, .filter = true) \
	F(T, service_name, text, "Služba", .readonly = true, .search = true, .sort = true, .list = 1, .max = 300) \
	F(T, provider, ref, "Poskytovatel", .target = &provider_entity, .readonly = true, .filter = true, .list = 2) \
	F(T, district, ref, "Obvod ORP", .target = &territory_entity, .readonly = true, .filter = true) \
	F(T, unit, code, "Jednotka", .codelist = "network_unit", .readonly = true) \
	F(T, capacity, fte, "Kapacita v síti", .readonly = true, .list = 3) \
	F(T, filling, percent, "Naplnění úvazků", .min = 0, .max = 20000, .hint = "Za hodnocený rok, u služeb počítaných v úvazcích.") \
	F(T, filling_before, percent, "Naplnění o rok dřív", .min = 0, .max = 20000) \
	F(T, average, fte, "Průměrná skutečná kapacita", .min = 0, .max = 100000000, .hint = "Ze skutečnosti za rok; při krácení se zaokrouhlí nahoru na čtvrt úvazku nebo lůžko.") \
	F(T, occupancy, percent, "Obložnost lůžek", .min = 0, .max = 20000, .hint = "U služeb počítaných v lůžkách.") \
	F(T, unit_cost, money, "Čisté náklady na jednotku a rok", .min = 0, .max = INT64_C(10000000000)) \
	F(T, figures_note, longtext, "Odkud čísla jsou, nebo proč nejsou", .max = 2000) \
	F(T, proposal, code, "Návrh", .codelist = "review_result", .list = 4) \
	F(T, why, longtext, "Zdůvodnění návrhu", .max = 4000) \
	F(T, new_capacity, fte, "Nová kapacita", .min = 1, .max = 100000000, .hint = "Jen u návrhu na krácení.") \
	F(T, measure, longtext, "Opatření výhrady", .max = 4000, .hint = "Jen u návrhu na výhradu: co má poskytovatel udělat a čím to doloží.") \
	F(T, due, date, "Splnit do", .hint = "Jen u návrhu na výhradu, nejdéle dvanáct měsíců.") \
	F(T, answer, longtext, "Vyjádření poskytovatele", .readonly = true, .max = 2000) \
	F(T, answered_by, text, "Vyjádřil(a) se", .readonly = true, .max = 200) \
	F(T, answered_at, instant, "Vyjádřeno", .readonly = true) \
	F(T, outcome, longtext, "Výsledek", .readonly = true, .max = 2000) \
	F(T, state, code, "Stav", .codelist = "review_state", .readonly = true, .by_workflow = true, .filter = true, .list = 5)
ENTITY_STRUCT(Review, REVIEW_FIELDS)
extern const Entity  review_entity;
extern const Machine review_machine;
typedef struct Reviews { Review **at; size_t len, cap; } Reviews;

/* Opens the round with a review of every line that stands in the basic network today and belongs to it. ERR_INVALID when none does. Needs network_review.create. */
MUST_USE Err review_round_add(Ctx *c, ReviewRound *x, size_t *lines);
/* Figures and proposal of one that is being worked on. ERR_CONFLICT when it is with the provider or decided. */
MUST_USE Err review_save(Ctx *c, Review *x);
MUST_USE Err review_stored(Ctx *c, Id id, Review **ret);
MUST_USE Err reviews_of(Ctx *c, Id round, Reviews *ret);
/* What the figures say by the limits of the settings, and why; blank when they say nothing. */
Str          review_suggest(Ctx *c, const Review *x, Str *why);
/* Upwards: to a quarter of a worker, to a whole bed (DOMAIN § 9.1: a cut rounds up). */
Fte          review_round_up(Fte average, Str unit);
/* "104 % referenční hodnoty (735 000 Kč)"; blank when either is not known. */
Str          review_cost_words(Ctx *c, const Review *x);
MUST_USE Err reviews_demo(Ctx *c);
