#include "domain/people/privacy.h"

#include "base/format.h"
#include "base/text.h"
#include "core/codelist.h"
#include "core/trail.h"
#include "domain/people/privacy.sql.h"

/* ---- terms ---- */

static Err look(Ctx *c, const Sql *sql, Instant before, i64 *count, RetentionSamples *samples) {
	*samples = (RetentionSamples){0};
	*count = 0;
	Rows rows = db_query(ctx_conn(c), sql, P(V(before)));
	if (rows_next(&rows)) {
		*count = col_int(&rows, 0);
		Instant oldest = col_instant(&rows, 1);
		CLEANUP(buf_free) Buf words = {0};
		buf_lit(&words, "nejstarší ");
		fmt_instant(&words, oldest);
		if (*count > 0)
			*ARENA_PUSH(c->arena, samples->at, samples->len, samples->cap) = (RetentionSample){buf_take(&words, c->arena), oldest};
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "retention");
}

static Err run(Ctx *c, const Sql *sql, Instant before, i64 *removed) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, sql, P(V(before)), removed) != OK)
		return fail_internal(c, "retention");
	return tx_commit(&tx);
}

static Err look_sessions(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	return look(c, &sql_privacy_old_sessions, before, count, samples);
}

static Err run_sessions(Ctx *c, Instant before, i64 *removed) {
	return run(c, &sql_privacy_old_sessions_remove, before, removed);
}

static Err look_devices(Ctx *c, Instant before, i64 *count, RetentionSamples *samples) {
	return look(c, &sql_privacy_old_devices, before, count, samples);
}

static Err run_devices(Ctx *c, Instant before, i64 *removed) {
	return run(c, &sql_privacy_old_devices_remove, before, removed);
}

const RetentionRule people_retention[2] = {
	{"sessions", "Skončená přihlášení", "Přehled vlastních přihlášení a dohledání zneužitého účtu.", "Oprávněný zájem na bezpečnosti.", "keep.sessions_days", false,
	 look_sessions, run_sessions},
	{"devices", "Známá zařízení", "Aby člověk dostal zprávu o přihlášení z nového zařízení. Uložený je jen otisk.", "Oprávněný zájem na bezpečnosti.",
	 "keep.devices_days", false, look_devices, run_devices},
};

/* ---- one person ---- */

static Err export_account(Ctx *c, Id account, JsonWriter *w) {
	Rows rows = db_query(ctx_conn(c), &sql_privacy_account, P(V(account)));
	jw_object(w);
	if (rows_next(&rows)) {
		Str state = str_dup(c->arena, col_text(&rows, 3));
		jw_member(w, "email", col_text(&rows, 0));
		jw_member(w, "jmeno", col_text(&rows, 1));
		jw_member(w, "organizace", col_text(&rows, 2));
		jw_member(w, "stav", codelist_name(c, "account_state", state));
		jw_member_at(w, "naposledy_prihlasen", col_instant(&rows, 4));
	}
	jw_object_end(w);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "data of a person");
}

static Err export_roles(Ctx *c, Id account, JsonWriter *w) {
	char iso[DATE_ISO_LEN];
	Rows rows = db_query(ctx_conn(c), &sql_privacy_roles, P(V(account)));
	jw_array(w);
	while (rows_next(&rows)) {
		jw_object(w);
		jw_member(w, "role", col_text(&rows, 0));
		jw_member(w, "rozsah", col_text(&rows, 1));
		if (!col_null(&rows, 2)) {
			jw_member_int(w, "zaznam_rozsahu", col_int(&rows, 2));
		}
		jw_member(w, "od", date_iso(col_date(&rows, 3), iso));
		jw_member(w, "do", date_iso(col_date(&rows, 4), iso));
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "data of a person");
}

static Err export_sessions(Ctx *c, Id account, JsonWriter *w) {
	jw_array(w);
	Rows rows = db_query(ctx_conn(c), &sql_privacy_sessions, P(V(account)));
	while (rows_next(&rows)) {
		jw_object(w);
		jw_member_at(w, "prihlaseno", col_instant(&rows, 0));
		jw_member_at(w, "naposledy_pouzito", col_instant(&rows, 1));
		jw_member_at(w, "konci", col_instant(&rows, 2));
		jw_member(w, "sitova_adresa", col_text(&rows, 3));
		jw_member(w, "zarizeni", col_text(&rows, 4));
		jw_object_end(w);
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "data of a person");
	rows = db_query(ctx_conn(c), &sql_privacy_devices, P(V(account)));
	while (rows_next(&rows)) {
		jw_object(w);
		jw_member_at(w, "zname_zarizeni_od", col_instant(&rows, 0));
		jw_member_at(w, "naposledy", col_instant(&rows, 1));
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "data of a person");
}

static Err erase_sessions(Ctx *c, Id account, i64 *erased) {
	static const Sql *const all[] = {&sql_privacy_sessions_erase, &sql_privacy_devices_erase};
	return person_rows_erase(c, all, LEN(all), account, erased);
}

static Err erase_roles(Ctx *c, Id account, i64 *erased) {
	if (db_run(c->conn, &sql_privacy_roles_end, P(V(account), V(c->today)), erased) != OK)
		return fail_internal(c, "data of a person");
	return OK;
}

/* The number stays, so that what the person decided still has an author, whom nobody can name. */
static Err erase_account(Ctx *c, Id account, i64 *erased) {
	static const Sql *const secrets[] = {&sql_privacy_password_erase, &sql_privacy_totp_erase, &sql_privacy_codes_erase};
	Str name = str_format(c->arena, "Vymazaný účet č. %lld", (long long)account), login = str_format(c->arena, "vymazano-%lld@vymazano.invalid", (long long)account);
	TRY(person_rows_erase(c, secrets, LEN(secrets), account, erased));
	i64 n = 0, values = 0;
	DbValue order = db_value_bytes(text_sort_key(c->arena, name));
	if (db_run(c->conn, &sql_privacy_account_erase, P(V(account), V(name), order, V(text_fold(c->arena, name)), V(login)), &n) != OK)
		return fail_internal(c, "data of a person");
	if (n == 0)
		return fail(c, ERR_NOT_FOUND, NULL, "Takový účet neexistuje.");
	TRY(trail_erase_object(c, "account", account, &values));
	*erased += n + values;
	return OK;
}

const PersonData people_person_data[3] = {
	{"osoba", "Účet", "Řízení přístupu: kdo je kdo a za koho jedná.", export_account, erase_account, NULL, .last = true},
	{"role", "Role a jejich platnost", "Kdo co směl a kdy.", export_roles, erase_roles,
	 "Seznam rolí s dobou platnosti bez jména (průkaznost oprávnění, čl. 17 odst. 3 písm. b GDPR)."},
	{"prihlaseni", "Přihlášení a zařízení", "Bezpečnost účtu.", export_sessions, erase_sessions, NULL},
};
