#include "domain/people/api_key.h"

#include <pthread.h>

#include "base/format.h"
#include "base/hash.h"
#include "core/trail.h"
#include "domain/people/api_key.sql.h"
#include "domain/people/inside.h"

#define PREFIX "sitovka_"                    /* so that a key that was left somewhere is recognised as one */

enum { NAME_MOST = 80, MINUTE_MS = 60 * 1000 };

/* ---- making ---- */

static Err check_capabilities(Ctx *c, const Strs *wanted) {
	if (wanted->len == 0)
		return fail(c, ERR_INVALID, "capability", "Vyberte aspoň jedno oprávnění. Klíč bez oprávnění by nic nečetl.");
	for (size_t i = 0; i < wanted->len; i++) {
		const char *name = str_z(c->arena, wanted->at[i]);
		if (!access_known(name) || strcmp(name, ANYONE) == 0 || strcmp(name, SIGNED_IN) == 0 || !may(c, name))
			return fail(c, ERR_INVALID, "capability", "Klíč může mít jen oprávnění, která máte sami. Vyberte je znovu.");
	}
	return OK;
}

static Err check_day(Ctx *c, Date last_day) {
	Date most = date_add(c->today, (int)setting_int(c, "people.key_days"));
	if (!date_is(last_day))
		return fail(c, ERR_INVALID, "last_day", "Doplňte, do kdy má klíč platit. Klíč bez konce nevydáváme.");
	if (date_before(last_day, c->today))
		return fail(c, ERR_INVALID, "last_day", "Konec platnosti už minul. Zvolte dnešek nebo pozdější den.");
	if (date_before(most, last_day)) {
		CLEANUP(buf_free) Buf b = {0};
		fmt_date(&b, most);
		return fail(c, ERR_INVALID, "last_day", "Klíč může platit nejdéle do %.*s. Pak si vytvoříte nový.", STR_ARG(buf_view(&b)));
	}
	return OK;
}

Err api_key_add(Ctx *c, Str name, const Strs *capabilities, Date last_day, Str *key) {
	Err e = OK, problem;
	Id  id;
	i64 held;
	if (!name.len || utf8_count(name) > NAME_MOST)
		e = fail(c, ERR_INVALID, "name", "Pojmenujte klíč podle programu, který ho bude používat; nejvýš %d znaků.", NAME_MOST);
	if ((problem = check_capabilities(c, capabilities)) != OK)
		e = problem;
	if ((problem = check_day(c, last_day)) != OK)
		e = problem;
	TRY(e);
	Str made = str_cat(c->arena, S(PREFIX), random_token(c->arena));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_get_int(c->conn, &sql_api_key_count, P(V(c->actor->account), V(c->today)), 0, &held) != OK)
		return fail_internal(c, "api key");
	if (held >= API_KEYS_MOST)
		return fail(c, ERR_CONFLICT, NULL, "Máte už %d platných klíčů. Zrušte ty, které nikdo nepoužívá.", API_KEYS_MOST);
	Strs rights = {0};
	for (size_t i = 0; i < capabilities->len; i++)
		strs_add(c->arena, &rights, capabilities->at[i]);
	if (may(c, "exchange.export"))               /* what a key is for */
		strs_add(c->arena, &rights, S("exchange.export"));
	Str list = str_join(c->arena, S(","), rights);
	if (db_new_id(c->conn, &id) != OK ||
	    db_run(c->conn, &sql_api_key_add,
	           P(V(id), V(c->actor->account), V(name), db_value_bytes(token_digest(c->arena, made)), V(list), V(c->now), V(last_day)), NULL) != OK)
		return fail_internal(c, "api key");
	TRY(trail_add(c, (TrailEntry){.action = "key", .object = "account", .object_id = c->actor->account,
	                              .text = str_format(c->arena, "Vytvořen klíč API „%.*s“: %.*s", STR_ARG(name), STR_ARG(list))}));
	TRY(letter_security(c, c->actor->account, str_format(c->arena, "K vašemu účtu byl vytvořen klíč API „%.*s“.", STR_ARG(name))));
	TRY(tx_commit(&tx));
	*key = made;
	return OK;
}

Err api_keys_of(Ctx *c, Id account, ApiKeys *ret) {
	*ret = (ApiKeys){0};
	Rows rows = db_query(ctx_conn(c), &sql_api_key_list, P(V(account)));
	while (rows_next(&rows)) {
		ApiKey k = {.id = col_int(&rows, 0), .name = str_dup(c->arena, col_text(&rows, 1)), .capabilities = str_dup(c->arena, col_text(&rows, 2)),
		            .made_at = col_instant(&rows, 3), .last_day = col_date(&rows, 4), .ended_at = col_instant(&rows, 5), .last_used = col_instant(&rows, 6)};
		k.holds = k.ended_at.ms == 0 && !date_before(k.last_day, c->today);
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = k;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "api keys");
}

Err api_key_end(Ctx *c, Id account, Id key) {
	i64 ended = 0;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_api_key_end, P(V(account), V(key), V(c->now)), &ended) != OK)
		return fail_internal(c, "api key");
	if (ended == 0)
		return fail(c, ERR_NOT_FOUND, NULL, "Takový klíč nemáte, nebo už skončil.");
	TRY(trail_add(c, (TrailEntry){.action = "key", .object = "account", .object_id = account, .text = str_format(c->arena, "Zrušen klíč API č. %lld", (long long)key)}));
	return tx_commit(&tx);
}

/* ---- how often: counted in memory of this process ---- */

enum { COUNTERS = 512 };

typedef struct Counter {
	Id  key;
	i64 tokens, updated_ms;                  /* thousandths of a request */
} Counter;

static pthread_mutex_t counters_lock = PTHREAD_MUTEX_INITIALIZER;
static Counter         counters[COUNTERS];

/* Two keys of one place share it: the one that comes later begins anew, which only lets it ask more. */
static bool take(Id key, i64 per_minute, Instant now) {
	pthread_mutex_lock(&counters_lock);
	Counter *k = &counters[(u64)key % COUNTERS];
	i64 full = per_minute * 1000;
	if (k->key != key)
		*k = (Counter){key, full, now.ms};
	i64 back = now.ms > k->updated_ms ? (now.ms - k->updated_ms) * full / MINUTE_MS : 0;
	k->tokens = k->tokens + back < full ? k->tokens + back : full;
	k->updated_ms = now.ms;
	bool fine = k->tokens >= 1000;
	k->tokens -= fine ? 1000 : 0;
	pthread_mutex_unlock(&counters_lock);
	return fine;
}

/* ---- coming with one ---- */

static void note_use(Ctx *c, Id key) {
	size_t said = c->problems.len;
	CLEANUP(tx_end) Tx tx = {0};
	if (tx_begin(c, &tx) == OK && db_run(c->conn, &sql_api_key_used, P(V(key), V(c->now)), NULL) == OK && tx_commit(&tx) == OK)
		return;
	c->problems.len = said;
}

/* What the key may and the person may. */
static void narrow(Actor *actor, Str capabilities) {
	u64 both[LEN(actor->capabilities)] = {0};
	while (capabilities.len) {
		Str name = str_cut(&capabilities, ',');
		for (size_t i = 0; access_capability(i); i++)
			if (str_eq(str_c(access_capability(i)->name), name))
				both[i / 64] |= actor->capabilities[i / 64] & UINT64_C(1) << (i % 64);
	}
	memcpy(actor->capabilities, both, sizeof both);
	actor->by_key = true;
}

static Err refuse(Ctx *c, const char *why) {
	journal_add(c, "key_refused", str_c(why));
	return fail(c, ERR_AUTH, NULL, "%s", why);
}

Err api_key_actor(Ctx *c, Str key, Str address, Actor *ret) {
	Id           id = 0, account = 0;
	Str          name = {0}, capabilities = {0};
	Date         last_day = {0};
	Instant      last_used = {0};
	bool         ended = false;
	AccountFacts facts;
	Rows rows = db_query(ctx_conn(c), &sql_api_key_find, P(db_value_bytes(token_digest(c->arena, key))));
	if (rows_next(&rows)) {
		id = col_int(&rows, 0);
		account = col_int(&rows, 1);
		name = str_dup(c->arena, col_text(&rows, 2));
		capabilities = str_dup(c->arena, col_text(&rows, 3));
		last_day = col_date(&rows, 4);
		ended = !col_null(&rows, 5);
		last_used = col_instant(&rows, 6);
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "api key");
	if (!id)
		return refuse(c, "Takový klíč API neznáme. Zkontrolujte, že jste ho zkopírovali celý.");
	if (ended)
		return refuse(c, "Tento klíč API byl zrušen. Vytvořte si nový na stránce Můj účet.");
	if (date_before(last_day, c->today))
		return refuse(c, "Platnost tohoto klíče API skončila. Vytvořte si nový na stránce Můj účet.");
	if (!take(id, setting_int(c, "people.key_rate"), c->now))
		return fail(c, ERR_RATE, NULL, "Klíč poslal za minutu víc požadavků, než smí. Počkejte minutu a zpomalte.");
	if (account_actor(c, account, ret, &facts) != OK)
		return fail_internal(c, "api key");
	if (!facts.is_active)
		return refuse(c, "Účet, ke kterému klíč API patří, není aktivní.");
	narrow(ret, capabilities);
	ret->address = address;
	ret->name = str_format(c->arena, "%.*s, klíč %.*s", STR_ARG(ret->name), STR_ARG(name));
	if (c->now.ms - last_used.ms >= MINUTE_MS)
		note_use(c, id);
	return OK;
}
