/* means.h: the money that the region has for its network in a year (F18, F19). The outlook of the plan in force says it. A plan holds for three years and the next one
 * is often approved when they are over: until then somebody who answers for the money writes down what the network is reckoned with, and from what. */
#pragma once
#include "core/entity.h"
#include "domain/library/resolution.h"

#define CAP_MEANS_READ   "network_means.read"
#define CAP_MEANS_UPDATE "network_means.update"

#define NETWORK_MEANS_FIELDS(F, T) \
	F(T, year, int, "Rok", .required = true, .unique = true, .filter = true, .list = 1, .min = 2015, .max = 2100) \
	F(T, amount, money, "Částka na síť", .required = true, .list = 2, .max = 100000000000000) \
	F(T, source, text, "Odkud částka je", .required = true, .max = 200, .list = 3, .hint = "Například: návrh rozpočtu kraje na rok 2027.") \
	F(T, resolution, ref, "Usnesení", .target = &resolution_entity, .list = 4, .hint = "Pokud o částce orgán kraje rozhodl.")
ENTITY_STRUCT(NetworkMeans, NETWORK_MEANS_FIELDS)
extern const Entity network_means_entity;

typedef struct YearMeans {
	bool known;
	i64  amount;                             /* haléře */
	Str  from;                               /* "výhled plánu 2024-2026", "návrh rozpočtu kraje na rok 2027" */
	Str  why;                                /* a sentence, when nobody knows */
} YearMeans;
/* The outlook of the plan in force; for a year that it has no sources for, what is written down. Asks nobody's rights. */
MUST_USE Err network_means(Ctx *c, int year, YearMeans *ret);
