/* checks_people.c: who can do what, and whether they still come. */
#include "core/settings.h"
#include "domain/admin/checks.h"
#include "domain/admin/checks.sql.h"

enum { ADMINS_MOST = 5, NEVER_DAYS = 30, AWAY_DAYS = 183, ENDING_DAYS = 30 };

static Err admins(Ctx *c, i64 *n, Str *detail) {
	TRY(check_number(c, &sql_check_admins, P(V(c->today)), n));
	*detail = str_format(c->arena, "Správců: %lld.", (long long)*n);
	return OK;
}

/* An installation that nobody uses yet has other worries. */
Err check_admins_enough(Ctx *c, bool *fine, Str *detail) {
	i64 n;
	TRY(admins(c, &n, detail));
	*fine = n != 1 || check_is_demo(c);
	return OK;
}

Err check_admins_few(Ctx *c, bool *fine, Str *detail) {
	i64 n;
	TRY(admins(c, &n, detail));
	*fine = n <= ADMINS_MOST;
	return OK;
}

static Err nobody(Ctx *c, const Sql *sql, const DbValue *values, int count, bool *fine, Str *detail) {
	TRY(check_names(c, sql, values, count, detail));
	*fine = detail->len == 0;
	return OK;
}

Err check_no_role(Ctx *c, bool *fine, Str *detail) {
	return nobody(c, &sql_check_no_role, P(V(c->today)), fine, detail);
}

Err check_never_signed_in(Ctx *c, bool *fine, Str *detail) {
	if (check_is_demo(c)) {
		*fine = true;
		return OK;
	}
	return nobody(c, &sql_check_never, P(V(date_add(c->today, -NEVER_DAYS))), fine, detail);
}

Err check_long_away(Ctx *c, bool *fine, Str *detail) {
	return nobody(c, &sql_check_away, P(V((Instant){c->now.ms - INT64_C(24) * 3600 * 1000 * AWAY_DAYS})), fine, detail);
}

Err check_roles_end(Ctx *c, bool *fine, Str *detail) {
	return nobody(c, &sql_check_ending, P(V(c->today), V(date_add(c->today, ENDING_DAYS))), fine, detail);
}

Err check_demo_accounts(Ctx *c, bool *fine, Str *detail) {
	if (check_is_demo(c)) {
		*fine = true;
		return OK;
	}
	return nobody(c, &sql_check_demo_accounts, DB_NONE, fine, detail);
}

/* ---- signing in ---- */

static bool is_listed(Str list, Str role) {
	while (list.len)
		if (str_eq(str_trim(str_cut(&list, ',')), role))
			return true;
	return false;
}

/* Whoever has never signed in sets it up the first time. */
Err check_second_factor(Ctx *c, bool *fine, Str *detail) {
	enum { SHOWN = 5 };
	Strs names = {0};
	Str  roles = setting_text(c, "people.second_factor_roles");
	Rows rows = db_query(ctx_conn(c), &sql_check_without_second, P(V(c->today)));
	while (rows_next(&rows)) {
		Str login = col_text(&rows, 0);
		if (is_listed(roles, col_text(&rows, 1)) && !(names.len && str_eq(names.at[names.len - 1], login)))
			strs_add(c->arena, &names, str_dup(c->arena, login));
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "check");
	*fine = names.len == 0 || check_is_demo(c);
	size_t more = names.len > SHOWN ? names.len - SHOWN : 0;
	names.len -= more;
	*detail = str_join(c->arena, S(", "), names);
	if (more)
		*detail = str_format(c->arena, "%.*s a dalších %zu", STR_ARG(*detail), more);
	return OK;
}

Err check_second_roles(Ctx *c, bool *fine, Str *detail) {
	(void)detail;
	*fine = is_listed(setting_text(c, "people.second_factor_roles"), S("ADM"));
	return OK;
}

Err check_idle(Ctx *c, bool *fine, Str *detail) {
	enum { MOST = 60 };
	i64 minutes = setting_int(c, "people.idle_minutes");
	*fine = minutes <= MOST;
	*detail = str_format(c->arena, "Nastaveno: %lld minut.", (long long)minutes);
	return OK;
}

Err check_rotation(Ctx *c, bool *fine, Str *detail) {
	(void)detail;
	*fine = setting_int(c, "people.password_days") == 0;
	return OK;
}
