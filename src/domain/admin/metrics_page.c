/* metrics_page.c: /metriky, for Prometheus: from this computer itself, or with a key that may see the health of the application. */
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/backup.h"
#include "core/check.h"
#include "domain/admin/admin_page.h"
#include "domain/admin/metrics.sql.h"
#include "web/module.h"

/* Somebody in front who hands requests on says so; then it is not this computer that asks. */
static bool is_from_here(const Req *r) {
	static const char *const marks[] = {"x-forwarded-for", "forwarded", "x-real-ip", "via"};
	for (size_t i = 0; i < LEN(marks); i++)
		if (http_header(r->http, marks[i]).len)
			return false;
	Str peer = r->http->peer, client = r->http->client;
	bool here = str_starts(peer, S("127.")) || str_eq(peer, S("::1")) || peer.len == 0;
	return here && str_eq(peer, client);
}

static Err by_state(Ctx *c, Buf *b, const Sql *sql, const char *name, const char *help) {
	buf_format(b, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
	Rows rows = db_query(ctx_conn(c), sql, DB_NONE);
	while (rows_next(&rows)) {
		Str state = col_text(&rows, 0);
		buf_format(b, "%s{state=\"%.*s\"} %lld\n", name, STR_ARG(state), (long long)col_int(&rows, 1));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "metrics");
}

static i64 size_of(Ctx *c, Str path, const char *end) {
	struct stat st;
	return stat(str_z(c->arena, str_cat(c->arena, path, str_c(end))), &st) == 0 ? (i64)st.st_size : 0;
}

static i64 resident_bytes(void) {
	long long pages = 0;
	FILE     *f = fopen("/proc/self/statm", "re");
	if (!f)
		return 0;
	bool read = fscanf(f, "%*d %lld", &pages) == 1;
	fclose(f);
	return read ? (i64)pages * sysconf(_SC_PAGESIZE) : 0;
}

static i64 open_files(void) {
	i64  n = -1;                                 /* the folder itself */
	DIR *d = opendir("/proc/self/fd");
	for (struct dirent *e; d && (e = readdir(d));)
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

static Err put_store(Ctx *c, Buf *b) {
	Backups last;
	i64     sessions = 0, seq = 0;
	Str     db = installation()->db;
	TRY(by_state(c, b, &sql_metrics_jobs, "sitovka_jobs", "Jobs by state."));
	TRY(by_state(c, b, &sql_metrics_letters, "sitovka_letters", "Letters of the outbox by state."));
	if (db_get_int(ctx_conn(c), &sql_metrics_sessions, P(V(c->now)), 0, &sessions) != OK ||
	    db_get_int(ctx_conn(c), &sql_metrics_trail, DB_NONE, 0, &seq) != OK)
		return fail_internal(c, "metrics");
	metric_put(b, "sitovka_sessions", "gauge", "People who are signed in.", sessions);
	metric_put(b, "sitovka_trail_records", "counter", "Records of the trail.", seq);
	if (!str_starts(db, S("postgres"))) {
		metric_put(b, "sitovka_store_bytes", "gauge", "Size of the SQLite file.", size_of(c, db, ""));
		metric_put(b, "sitovka_store_wal_bytes", "gauge", "Size of its log.", size_of(c, db, "-wal"));
	}
	TRY(backup_list(c, 1, &last));
	metric_put(b, "sitovka_backup_age_seconds", "gauge", "Since the last backup; -1 = there is none.", last.len ? (c->now.ms - last.at[0].made.ms) / 1000 : -1);
	return OK;
}

Err page_metrics(Req *r) {
	if (!is_from_here(r) && !may(r->c, "admin.health"))
		return fail(r->c, ERR_FORBIDDEN, NULL, "Metriky čte jen dohled na tomto počítači, nebo kdo má klíč s právem vidět kontrolu aplikace.");
	Buf b = {0};
	web_metrics_write(&b);
	Err e = put_store(r->c, &b);
	if (e == OK) {
		metric_put(&b, "sitovka_resident_bytes", "gauge", "Memory of the process.", resident_bytes());
		metric_put(&b, "sitovka_open_files", "gauge", "Descriptors of the process.", open_files());
		send_as(r, S("text/plain; version=0.0.4; charset=utf-8"), (Str){0});
		buf_str(r->out, buf_view(&b));
	}
	buf_free(&b);
	return e;
}
