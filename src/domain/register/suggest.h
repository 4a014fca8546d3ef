/* suggest.h: people who know a service suggest what its data should say; the region decides about each value.
 *
 * A suggestion is one value of one record: what its author saw, what it should be, and why. It changes nothing by itself. Accepting it is a
 * change by the officer, dated and in the trail, with the author's name in the reason. Without a field it is a request in words. */
#pragma once
#include "core/workflow.h"
#include "domain/register/edit.h"

#define SUGGESTION_OPEN     "open"
#define SUGGESTION_ACCEPTED "accepted"
#define SUGGESTION_REJECTED "rejected"
#define SUGGESTION_WITHDRAWN "withdrawn"

#define SUGGESTION_FIELDS(F, T) \
	F(T, service, ref, "Služba", .target = &service_entity, .required = true, .filter = true, .list = 1) \
	F(T, object, text, "Druh záznamu", .required = true, .max = 20) \
	F(T, object_id, int, "Číslo záznamu", .required = true) \
	F(T, object_name, text, "Záznam", .list = 2) \
	F(T, field, text, "Údaj", .max = 40, .list = 3, .help = "Název pole; prázdný u návrhu popsaného slovy.") \
	F(T, seen, longtext, "Hodnota, kterou navrhovatel viděl") \
	F(T, suggested, longtext, "Navržená hodnota") \
	F(T, note, longtext, "Vysvětlení navrhovatele", .max = 2000) \
	F(T, account, int, "Účet navrhovatele", .required = true) \
	F(T, author, text, "Navrhl", .required = true, .list = 4) \
	F(T, organisation, text, "Organizace", .list = 5) \
	F(T, state, code, "Stav", .codelist = "suggestion_state", .readonly = true, .by_workflow = true, .filter = true, .list = 6) \
	F(T, made_at, instant, "Podáno", .required = true, .list = 7) \
	F(T, decided_at, instant, "Rozhodnuto") \
	F(T, decided_by, text, "Rozhodl") \
	F(T, reason, longtext, "Odpověď navrhovateli", .max = 2000)
ENTITY_STRUCT(Suggestion, SUGGESTION_FIELDS)
extern const Entity suggestion_entity;

/* A value that can be suggested: a field of the service or of one of its parts, as it is today. */
typedef struct SuggestTarget {
	const Entity *entity;
	const Field  *field;
	void         *row;                       /* of the entity */
	Str           object_name;               /* "Forma terénní" */
} SuggestTarget;
typedef struct SuggestTargets { SuggestTarget *at; size_t len, cap; } SuggestTargets;
/* Address fields of a place with a secret address are left out for people without register.secret. */
MUST_USE Err suggestion_targets(Ctx *c, Service *s, SuggestTargets *ret);

/* Providers' people suggest for their own services, people of municipalities and coordinators for all. Others: ERR_NOT_FOUND. */
MUST_USE Err suggestion_service(Ctx *c, Id service, Service **ret);

typedef struct SuggestedValue {
	const SuggestTarget *target;
	const void          *row;                /* the target's row with the suggested value in its field */
} SuggestedValue;
/* `request`: what no field can say. ERR_INVALID when there is nothing, or nothing differs. *made = number of suggestions. */
MUST_USE Err suggestion_add(Ctx *c, Id service, const SuggestedValue *values, size_t count, Str request, Str note, i64 *made);

typedef struct SuggestionQuery {
	Id   service, account;                   /* 0 = any */
	bool open_only;
	i64  limit;
} SuggestionQuery;
typedef struct Suggestions { Suggestion *at; size_t len, cap; } Suggestions;
/* Newest first. The caller looks after who may see them. */
MUST_USE Err suggestions_read(Ctx *c, SuggestionQuery q, Suggestions *ret);
MUST_USE Err suggestion_count(Ctx *c, Id service, i64 *open);      /* service 0 = all */

/* Needs register.edit. A refusal wants a sentence for the author. An accepted value holds from `from`. ERR_CONFLICT when it was decided. */
MUST_USE Err suggestion_decide(Ctx *c, Id suggestion, bool accept, Str answer, Date from);
/* By its author, until somebody decided. */
MUST_USE Err suggestion_take_back(Ctx *c, Id suggestion);
/* Steps of the machine (machines.c). */
MUST_USE Err suggestion_accept(Ctx *c, WorkMove *m);
MUST_USE Err suggestion_reject(Ctx *c, WorkMove *m);
MUST_USE Err suggestion_withdraw(Ctx *c, WorkMove *m);
const Entity *suggestion_object(Str name);   /* entity of what a suggestion is about; NULL when unknown */
