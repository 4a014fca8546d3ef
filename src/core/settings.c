#include "core/settings.h"

#include "base/format.h"
#include "base/text.h"
#include "core/data_version.h"
#include "core/settings.sql.h"
#include "core/shared.h"
#include "core/trail.h"

enum { MAX_SETTINGS = 512, TEXT_STANDARD = 500 };
static const Setting *known[MAX_SETTINGS];
static const char    *groups[MAX_SETTINGS];
static size_t         known_count;

typedef struct Value { Str name, value; } Value;
typedef struct Values { Value *at; size_t len, cap; } Values;

/* ---- the table ---- */

void settings_setup(const Setting *const *lists, const size_t *counts, size_t list_count) {
	known_count = 0;
	for (size_t i = 0; i < list_count; i++) {
		const char *group = "Ostatní";
		for (size_t k = 0; k < counts[i]; k++) {
			CHECK(known_count < MAX_SETTINGS);
			group = lists[i][k].group ? lists[i][k].group : group;
			groups[known_count] = group;
			known[known_count++] = &lists[i][k];
		}
	}
}

const Setting *setting_at(size_t i) {
	return i < known_count ? known[i] : NULL;
}

const Setting *setting_find(Str key) {
	for (size_t i = 0; i < known_count; i++)
		if (str_eq(str_c(known[i]->key), key))
			return known[i];
	return NULL;
}

const char *setting_group(const Setting *s) {
	for (size_t i = 0; i < known_count; i++)
		if (known[i] == s)
			return groups[i];
	return "";
}

bool setting_choice(const Setting *s, size_t i, Str *value, Str *label) {
	Str rest = str_c(s->choices ? s->choices : "");
	for (size_t n = 0; rest.len; n++) {
		Str pair = str_cut(&rest, ';');
		if (n == i) {
			*value = str_trim(str_cut(&pair, '='));
			*label = str_trim(pair);
			return true;
		}
	}
	return false;
}

/* ---- reading ---- */

static Err load(Ctx *c, Arena *a, void *set) {
	Values *all = set;
	Rows    rows = db_query(ctx_conn(c), &sql_setting_all, DB_NONE);
	while (rows_next(&rows))
		*ARENA_PUSH(a, all->at, all->len, all->cap) = (Value){str_dup(a, col_text(&rows, 0)), str_dup(a, col_text(&rows, 1))};
	return rows_end(&rows);
}

static const SharedKind stored = {"settings", sizeof(Values), load, NULL};

/* When the store fails the standard holds, and whoever looks at the problems knows. */
static const Values *stored_values(Ctx *c) {
	static const Values none;
	void *set;
	return shared_set(c, &stored, &set) == OK ? set : &none;
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
	/* What another version of the program stored must not stop this one. */
	if (!str_to_int(setting_text(c, key), &n))
		CHECK(str_to_int(str_c(setting_find(str_c(key))->standard), &n));
	return n;
}

bool setting_is_changed(Ctx *c, const Setting *s) {
	return !str_eq(setting_text(c, s->key), str_c(s->standard));
}

Str setting_people(Ctx *c, const Setting *s, Str value) {
	Str one, label;
	if (s->type == SETTING_BOOL)
		return str_eq(value, S("1")) ? S("ano") : S("ne");
	for (size_t i = 0; s->type == SETTING_CHOICE && setting_choice(s, i, &one, &label); i++)
		if (str_eq(one, value))
			return label;
	if (s->type == SETTING_INT && s->unit)
		return str_format(c->arena, "%.*s\u00A0%s", STR_ARG(value), s->unit);
	return value;
}

/* ---- what may be stored ---- */

static Err read_number(Ctx *c, const Setting *s, Str typed, Str *ret) {
	const char *why;
	i64         n;
	if (!read_int(typed, &n, &why) || n == BLANK)
		return fail(c, ERR_INVALID, s->key, "%s: zapište celé číslo.", s->title);
	if ((s->min || s->max) && (n < s->min || n > s->max))
		return fail(c, ERR_INVALID, s->key, "%s: zapište číslo od %lld do %lld.", s->title, (long long)s->min, (long long)s->max);
	*ret = str_format(c->arena, "%lld", (long long)n);
	return OK;
}

static Err read_hour(Ctx *c, const Setting *s, Str typed, Str *ret) {
	Str rest = typed, hours = str_cut(&rest, ':');
	i64 h = -1, m = 0;
	if (!str_to_int(hours, &h) || (rest.len && !str_to_int(rest, &m)) || h < 0 || h > 23 || m < 0 || m > 59)
		return fail(c, ERR_INVALID, s->key, "%s: zapište čas, například 7:00.", s->title);
	*ret = str_format(c->arena, "%02lld:%02lld", (long long)h, (long long)m);
	return OK;
}

static Err read_choice(Ctx *c, const Setting *s, Str typed) {
	Str value, label;
	for (size_t i = 0; setting_choice(s, i, &value, &label); i++)
		if (str_eq(value, typed))
			return OK;
	return fail(c, ERR_INVALID, s->key, "%s: vyberte jednu z nabízených možností.", s->title);
}

static Err check_fits(Ctx *c, const Setting *s, Str value) {
	const char *why;
	return !s->fits || s->fits(c->arena, value, &why) ? OK : fail(c, ERR_INVALID, s->key, "%s: %s", s->title, why);
}

static Err check_length(Ctx *c, const Setting *s, Str value) {
	i64 length = (i64)utf8_count(value), most = s->max ? s->max : TEXT_STANDARD;
	if (!text_acceptable(value))
		return fail(c, ERR_INVALID, s->key, "%s: text obsahuje nepřípustné znaky. Zapište ho znovu bez nich.", s->title);
	if (length > most)
		return fail(c, ERR_INVALID, s->key, "%s: text má %lld znaků, zkraťte ho na %lld.", s->title, (long long)length, (long long)most);
	if (length < s->min)
		return fail(c, ERR_INVALID, s->key, "%s: zapište alespoň %lld znaků.", s->title, (long long)s->min);
	return OK;
}

Err setting_read(Ctx *c, const Setting *s, Str typed, Str *ret) {
	Str value = s->lines ? text_clean_lines(c->arena, typed) : text_clean(c->arena, typed);
	*ret = value;
	switch (s->type) {
	case SETTING_INT:
		return read_number(c, s, value, ret);
	case SETTING_HOUR:
		return read_hour(c, s, value, ret);
	case SETTING_CHOICE:
		return read_choice(c, s, value);
	case SETTING_BOOL:
		if (!str_eq(value, S("0")) && !str_eq(value, S("1")))
			return fail(c, ERR_INVALID, s->key, "%s: vyberte ano, nebo ne.", s->title);
		return OK;
	case SETTING_EMAIL:
		if (value.len && !email_plausible(value))
			return fail(c, ERR_INVALID, s->key, "%s: zapište e-mailovou adresu, například jana.novakova@kraj.cz, nebo pole nechte prázdné.", s->title);
		return check_length(c, s, value);
	case SETTING_TEXT:
		break;
	}
	TRY(check_length(c, s, value));
	return check_fits(c, s, value);
}

/* ---- writing ---- */

static Err known_key(Ctx *c, Str key, const Setting **ret) {
	*ret = setting_find(key);
	if (!*ret)
		return fail(c, ERR_INVALID, NULL, "Nastavení „%.*s“ program nezná.", STR_ARG(utf8_first(key, 60)));
	return OK;
}

static Err note_change(Ctx *c, const Setting *s, Str before, Str after) {
	TrailChange change = {.field = s->key, .before = before, .after = after};
	shared_unsee(c, &stored);
	TRY(trail_add(c, (TrailEntry){.action = "change", .object = "setting", .changes = &change, .change_count = 1}));
	return data_version_raise(c);
}

Err setting_set(Ctx *c, Str key, Str typed) {
	const Setting *s;
	Str            value;
	TRY(known_key(c, key, &s));
	TRY(setting_read(c, s, typed, &value));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Str before = setting_text(c, s->key);
	if (!str_eq(before, value)) {
		if (db_run(c->conn, &sql_setting_put, P(V(key), V(value), V(c->now)), NULL) != OK)
			return fail_internal(c, "setting");
		TRY(note_change(c, s, before, value));
	}
	return tx_commit(&tx);
}

Err setting_reset(Ctx *c, Str key) {
	const Setting *s;
	TRY(known_key(c, key, &s));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Str before = setting_text(c, s->key);
	if (db_run(c->conn, &sql_setting_remove, P(V(key)), NULL) != OK)
		return fail_internal(c, "setting");
	shared_unsee(c, &stored);
	if (!str_eq(before, str_c(s->standard)))
		TRY(note_change(c, s, before, str_c(s->standard)));
	return tx_commit(&tx);
}

/* ---- who changed what ---- */

Err setting_changes(Ctx *c, Str key, i64 limit, SettingChanges *ret) {
	TrailRecords records;
	*ret = (SettingChanges){0};
	TRY(trail_of(c, "setting", 0, 0, limit, &records));
	for (size_t i = 0; i < records.len; i++)
		for (size_t k = 0; k < records.at[i].change_count; k++) {
			const TrailRecord *r = &records.at[i];
			const TrailChange *x = &r->changes[k];
			if (!key.len || str_eq(key, str_c(x->field)))
				*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) =
					(SettingChange){.key = str_c(x->field), .before = x->before, .after = x->after, .who = r->actor, .reason = r->reason, .at = r->at};
		}
	return OK;
}
