/* api_key.h: keys by which other programs read data in the name of a person: some of the person's rights, for a limited time. A key never
 * opens pages, never gets a cookie, and never does more than its person may on that day. */
#pragma once
#include "domain/people/people.h"

enum { API_KEYS_MOST = 20 };

typedef struct ApiKey {
	Id      id;
	Str     name, capabilities;              /* joined by "," */
	Instant made_at, last_used, ended_at;    /* ended_at: revoked */
	Date    last_day;
	bool    holds;                           /* today */
} ApiKey;
typedef struct ApiKeys { ApiKey *at; size_t len, cap; } ApiKeys;

/* For the person of the Ctx, who must have each of the capabilities. *key is shown once and kept nowhere. ERR_INVALID by field. */
MUST_USE Err api_key_add(Ctx *c, Str name, const Strs *capabilities, Date last_day, Str *key);
MUST_USE Err api_keys_of(Ctx *c, Id account, ApiKeys *ret);
MUST_USE Err api_key_end(Ctx *c, Id account, Id key);
/* Who comes with this key: the person with the rights that both the key and the person have today. ERR_AUTH when it does not hold,
 * ERR_RATE after too many requests within a minute. */
MUST_USE Err api_key_actor(Ctx *c, Str key, Str address, Actor *ret);
