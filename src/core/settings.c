#include "core/settings.h"

#include "base/text.h"
#include "core/data_version.h"
#include "core/settings.sql.h"
#include "core/trail.h"

enum { MAX_SETTINGS = 256 };
static const Setting *known[MAX_SETTINGS];
static size_t         known_count;

typedef struct Value { Str name, value; } Value;
typedef struct Values { Value *at; size_t len, cap; } Values;

void settings_setup(const Setting *const *lists, const size_t *counts, size_t list_count) {
	known_count = 0;
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < counts[i]; k++) {
			CHECK(known_count < MAX_SETTINGS);
			known[known_count++] = &lists[i][k];
		}
}

const Setting *setting_at(size_t i) {
	return i < known_count ? known[i] : NULL;
}

static const Setting *setting_find(Str key) {
	for (size_t i = 0; i < known_count; i++)
		if (str_eq(str_c(known[i]->key), key))
			return known[i];
	return NULL;
}

/* All stored values at once, kept for this context: a page asks for several. */
static const Values *stored_values(Ctx *c) {
	if (c->settings)
		return c->settings;
	Values *all = NEW_ZERO(c->arena, Values);
	Rows    rows = db_query(ctx_conn(c), &sql_setting_all, DB_NONE);
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, all->at, all->len, all->cap) = (Value){str_dup(c->arena, col_text(&rows, 0)), str_dup(c->arena, col_text(&rows, 1))};
	if (rows_end(&rows) == OK)
		c->settings = all;
	return all;
}

Str setting_text(Ctx *c, const char *key) {
	const Setting *s = setting_find(str_c(key));
	CHECK(s != NULL);
	const Values *all = stored_values(c);
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].name, str_c(key)))
			return all->at[i].value;
	return str_c(s->standard);
}

i64 setting_int(Ctx *c, const char *key) {
	i64 n = 0;
	CHECK(str_to_int(setting_text(c, key), &n));
	return n;
}

static Err check_value(Ctx *c, const Setting *s, Str value) {
	i64 n;
	if (s->type == SETTING_TEXT)
		return text_acceptable(value) && utf8_count(value) <= (size_t)(s->max ? s->max : 500)
		           ? OK : fail(c, ERR_INVALID, s->key, "%s: text je příliš dlouhý nebo obsahuje nepřípustné znaky.", s->title);
	if (!str_to_int(value, &n) || (s->type == SETTING_BOOL && n != 0 && n != 1))
		return fail(c, ERR_INVALID, s->key, "%s: zapište celé číslo.", s->title);
	if (s->type == SETTING_INT && (s->min || s->max) && (n < s->min || n > s->max))
		return fail(c, ERR_INVALID, s->key, "%s: zapište číslo od %lld do %lld.", s->title, (long long)s->min, (long long)s->max);
	return OK;
}

Err setting_set(Ctx *c, Str key, Str value) {
	const Setting *s = setting_find(key);
	if (!s)
		return fail(c, ERR_INVALID, NULL, "Nastavení „%.*s“ program nezná.", STR_ARG(utf8_first(key, 60)));
	value = text_clean_lines(c->arena, value);
	TRY(check_value(c, s, value));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Str before = setting_text(c, s->key);
	if (!str_eq(before, value)) {
		c->settings = NULL;
		if (db_run(c->conn, &sql_setting_put, P(V(key), V(value), V(c->now)), NULL) != OK)
			return fail_internal(c, "setting");
		TrailChange change = {.field = s->key, .before = before, .after = value};
		TRY(trail_add(c, (TrailEntry){.action = "change", .object = "setting", .changes = &change, .change_count = 1}));
		TRY(data_version_raise(c));
	}
	return tx_commit(&tx);
}
