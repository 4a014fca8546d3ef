/* checks_work.c: jobs, contents of files, code lists, and what every public site must say. */
#include <stdio.h>
#include <sys/stat.h>

#include "core/scan.h"
#include "core/settings.h"
#include "domain/admin/checks.h"
#include "domain/admin/checks.sql.h"

enum { HOUR = 3600 * 1000 };

static Instant ago(const Ctx *c, i64 hours) {
	return (Instant){c->now.ms - hours * HOUR};
}

Err check_jobs_failed(Ctx *c, bool *fine, Str *detail) {
	TRY(check_names(c, &sql_check_failed_jobs, P(V(ago(c, 7 * 24))), detail));
	*fine = detail->len == 0;
	return OK;
}

Err check_jobs_waiting(Ctx *c, bool *fine, Str *detail) {
	TRY(check_names(c, &sql_check_waiting_jobs, P(V(ago(c, 1))), detail));
	*fine = detail->len == 0;
	return OK;
}

/* ---- files ---- */

Err check_files_there(Ctx *c, bool *fine, Str *detail) {
	i64  missing = 0, all = 0;
	Rows rows = db_query(ctx_conn(c), &sql_check_contents, DB_NONE);
	while (rows_next(&rows)) {
		struct stat st;
		char path[4096];
		Str  name = col_text(&rows, 0), state = installation()->state;
		snprintf(path, sizeof path, "%.*s/files/%.2s/%.*s", STR_ARG(state), name.len ? name.ptr : "", STR_ARG(name));
		missing += lstat(path, &st) != 0 || !S_ISREG(st.st_mode) || (i64)st.st_size != col_int(&rows, 1);
		all++;
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "check");
	*fine = missing == 0;
	*detail = missing ? str_format(c->arena, "Chybí obsah %lld z %lld souborů.", (long long)missing, (long long)all) : (Str){0};
	return OK;
}

/* Without a scanner nothing waits for one: whether to have it is the region's choice (docs/operations.md). */
Err check_scanner(Ctx *c, bool *fine, Str *detail) {
	Str socket = installation()->scanner;
	*fine = !socket.len || scan_ping(c->arena, socket).end == SCAN_CLEAN;
	*detail = !socket.len ? S("Kontrola na viry není zapnutá.") : *fine ? (Str){0} : str_format(c->arena, "Na soketu %.*s nikdo neodpovídá.", STR_ARG(socket));
	return OK;
}

/* ---- code lists ---- */

Err check_code_successors(Ctx *c, bool *fine, Str *detail) {
	TRY(check_names(c, &sql_check_lost_successors, DB_NONE, detail));
	*fine = detail->len == 0;
	return OK;
}

Err check_code_order(Ctx *c, bool *fine, Str *detail) {
	TRY(check_names(c, &sql_check_doubled_codes, DB_NONE, detail));
	*fine = detail->len == 0;
	return OK;
}

/* ---- what the site says ---- */

Err check_contact(Ctx *c, bool *fine, Str *detail) {
	(void)detail;
	*fine = setting_text(c, "region.phone").len || setting_text(c, "region.email").len || check_is_demo(c);
	return OK;
}

static Err is_filled(Ctx *c, const char *key, bool *fine) {
	*fine = setting_text(c, key).len > 0 || check_is_demo(c);
	return OK;
}

Err check_privacy(Ctx *c, bool *fine, Str *detail) {
	(void)detail;
	return is_filled(c, "region.privacy", fine);
}

Err check_licence(Ctx *c, bool *fine, Str *detail) {
	(void)detail;
	*fine = setting_is_changed(c, setting_find(S("data.licence"))) || check_is_demo(c);
	return OK;
}
