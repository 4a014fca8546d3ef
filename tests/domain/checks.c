/* Every check: in an installation where all is well one thing is spoilt, and exactly its line appears. */
#include "domain/admin/checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "core/history.h"
#include "core/jobs.h"
#include "core/settings.h"
#include "core/trail.h"
#include "core/trail_heads.h"
#include "domain/calendar/inside.h"
#include "domain/people/demo.h"
#include "domain/people/people.h"
#include "domain/library/pages.h"
#include "tests/support/store.h"

typedef struct Given {
	Ctx          c;
	Installation here;
	Str          top, state;
	Id           admin;
	Db          *db;
} Given;

/* ---- an installation where all is well ---- */

static void remove_all(void *folder) {
	char command[300];
	snprintf(command, sizeof command, "rm -rf '%s'", (char *)folder);
	EXPECT(system(command) == 0);
}

static void make_file(const char *path, mode_t mode) {
	FILE *f = fopen(path, "wb");
	EXPECT(f && fclose(f) == 0 && chmod(path, mode) == 0);
}

static bool much_room(const char *folder, u64 *left, u64 *all) {
	(void)folder;
	*left = (u64)500 << 30;
	*all = (u64)1000 << 30;
	return true;
}

static void run(Ctx *c, const char *text) {
	CLEANUP(tx_end) Tx tx = {0};
	Sql *sql = NEW(t_arena, Sql, .name = "test_checks", .text = text);
	MUST(tx_begin(c, &tx));
	if (db_run(c->conn, sql, DB_NONE, NULL) != OK)
		test_fail(__FILE__, __LINE__, "%s: %.*s", text, STR_ARG(db_last_error(c->conn)));
	MUST(tx_commit(&tx));
}

static Id person(Ctx *c, const char *login, const char *role, Date last_day) {
	Id account;
	if (account_add(c, str_c(login), str_c(login), 0, &account) != OK)
		test_fail(__FILE__, __LINE__, "%s: %.*s", login, STR_ARG(first_problem(c)));
	if (role)
		MUST(account_grant(c, account, str_c(role), SCOPE_REGION, 0, D(2026, 1, 1), last_day));
	run(c, str_z(t_arena, str_format(t_arena, "UPDATE account SET last_sign_in = '2026-11-20T08:00:00.000Z' WHERE id = %lld", (long long)account)));
	run(c, str_z(t_arena, str_format(t_arena, "INSERT INTO account_totp (account, confirmed_at, last_step) VALUES (%lld, '2026-02-01T08:00:00.000Z', 0)",
	                                 (long long)account)));
	return account;
}

#define BACKUP_ROW(file, made, missing, verified, verdict) \
	"INSERT INTO backup_log (file, folder, made, size, tables, total_rows, files, missing, trail_seq, data_version, key_name, verified, verdict) " \
	"VALUES ('" file "', '/srv', '" made "', 1, 1, 1, 1, " missing ", 1, 1, '', " verified ", '" verdict "')"

static void fill_in(Ctx *c) {
	static const char *const values[][2] = {
		{"region.phone", "485 226 111"}, {"region.privacy", "Jana Nováková"}, {"data.licence", "CC BY 4.0"},
		{"mail.host", "smtp.kraj.invalid"}, {"mail.from", "sit@kraj.invalid"},
	};
	for (size_t i = 0; i < LEN(values); i++)
		MUST(setting_set(c, str_c(values[i][0]), str_c(values[i][1])));
	PageText statement;
	MUST(pages_seed(c));
	MUST(page_text_on(c, S("/pristupnost"), c->today, &statement));
	MUST(page_review(c, statement.page, S("")));
	static const char *const facts[] = {"trail.verified", "store.checked", "retention.done"};
	for (size_t i = 0; i < LEN(facts); i++)
		MUST(fact_put(c, facts[i], S("2026-11-21T03:00:00.000Z")));
	run(c, BACKUP_ROW("a.zaloha", "2026-11-22T07:30:00.000Z", "0", "'2026-11-22T07:40:00.000Z'", ""));
}

static void given(Given *g) {
	char *top = str_z(t_arena, S("/tmp/sitovka-check-XXXXXX"));
	EXPECT(mkdtemp(top) != NULL);
	arena_defer(t_arena, remove_all, top);
	g->top = str_c(top);
	g->state = str_cat(t_arena, g->top, S("/state"));
	char *state = str_z(t_arena, g->state);
	EXPECT(mkdir(state, 0700) == 0);
	make_file(str_z(t_arena, str_cat(t_arena, g->state, S("/secret"))), 0600);
	make_file(str_z(t_arena, str_cat(t_arena, g->top, S("/store.db"))), 0600);
	if (geteuid() == 0)
		EXPECT(chown(state, 65534, 65534) == 0);
	checks_disk = much_room;
	g->here = (Installation){.db = str_cat(t_arena, g->top, S("/store.db")), .state = g->state, .listen = S("127.0.0.1:8080"), .origin = S("https://sit.kraj.invalid"),
	                         .proxy = S("127.0.0.1"), .behind_proxy = true, .backup_folder = S("/proc"), .backup_key = S("/etc/zaloha.pub")};
	Str why = {0};
	MUST(db_open(t_arena, test_store_new(true), (DbOptions){.create = true}, &g->db, &why));
	g->c = ctx_make(t_arena, g->db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	MUST(people_seed(&g->c));
	g->admin = person(&g->c, "prvni@kraj.invalid", "ADM", (Date){0});
	(void)person(&g->c, "druhy@kraj.invalid", "ADM", (Date){0});
	fill_in(&g->c);
}

/* Closed at once: a test of forty stores would use up the connections of a PostgreSQL server. */
static void done(Given *g) {
	ctx_end(&g->c);
	db_close(g->db);
}

/* ---- what can be wrong ---- */

static bool little_room(const char *folder, u64 *left, u64 *all) {
	(void)much_room(folder, left, all);
	*left = (u64)99 << 30;
	return true;
}

static bool no_room(const char *folder, u64 *left, u64 *all) {
	(void)folder;
	*left = (u64)60 << 20;
	*all = (u64)500 << 20;
	return true;
}

static void chmod_in(Given *g, const char *name, mode_t mode) {
	EXPECT(chmod(str_z(t_arena, str_format(t_arena, "%.*s/%s", STR_ARG(g->top), name)), mode) == 0);
}

static void http_only(Given *g) { g->here.origin = S("http://sit.kraj.invalid"); }
static void local_origin(Given *g) { g->here.origin = S("http://127.0.0.1:8080"); }
static void no_proxy(Given *g) { g->here.proxy = (Str){0}; }
static void open_to_all(Given *g) {
	g->here.behind_proxy = false;
	g->here.listen = S("0.0.0.0:80");
}
static void demo_outside(Given *g) {
	MUST(setting_set(&g->c, S("mail.host"), S("localhost")));
	MUST(setting_set(&g->c, S("site.demo"), S("1")));
}
static void store_readable(Given *g) { chmod_in(g, "store.db", 0644); }
static void wal_readable(Given *g) { make_file(str_z(t_arena, str_cat(t_arena, g->top, S("/store.db-wal"))), 0640); }
static void state_open(Given *g) { chmod_in(g, "state", 0755); }
static void secret_open(Given *g) {
	g->here.backup_private_key = str_cat(t_arena, g->top, S("/klic"));
	make_file(str_z(t_arena, g->here.backup_private_key), 0604);
}
static void token_open(Given *g) { make_file(str_z(t_arena, str_cat(t_arena, g->state, S("/mail-password"))), 0644); }
static void runs_as_root(Given *g) {
	g->here.serving = geteuid() == 0;
}
static void disk_filling(Given *g) {
	(void)g;
	checks_disk = little_room;
}
static void disk_full(Given *g) {
	(void)g;
	checks_disk = no_room;
}
static void long_wal(Given *g) {
	char *path = str_z(t_arena, str_cat(t_arena, g->top, S("/store.db-wal")));
	make_file(path, 0600);
	EXPECT(truncate(path, (off_t)300 << 20) == 0);
}
static void behind(Given *g) { g->here.missing_migrations = 2; }
static void clock_back(Given *g) {
	g->c.now.ms += 24 * 3600 * 1000;
	MUST(setting_set(&g->c, S("backup.keep_days"), S("36")));
	g->c.now.ms -= 24 * 3600 * 1000;
}
static void integrity_old(Given *g) { MUST(fact_put(&g->c, "store.checked", S("2026-11-01T03:00:00.000Z"))); }
static void trail_old(Given *g) { MUST(fact_put(&g->c, "trail.verified", S("2026-11-01T03:00:00.000Z"))); }
static void set_up_heads(Given *g) {
	Str why = {0};
	MUST(trail_heads_setup(t_arena, g->state, &why));
	chmod_in(g, "state/trail.pub", 0600);
}
static void heads_stopped(Given *g) {
	set_up_heads(g);
	g->c.now.ms += 3 * 3600 * 1000;
}
static void retention_old(Given *g) { MUST(fact_put(&g->c, "retention.done", S(""))); }
static void other_order(Given *g) { MUST(fact_put(&g->c, "sort.version", S("1.2.3"))); }
static void no_backups(Given *g) { g->here.backup_key = (Str){0}; }
static void backup_old(Given *g) { run(&g->c, "UPDATE backup_log SET made = '2026-11-20T07:30:00.000Z'"); }
static void backup_none(Given *g) { run(&g->c, "DELETE FROM backup_log"); }
static void never_verified(Given *g) { run(&g->c, "UPDATE backup_log SET verified = NULL"); }
static void rehearsal_failed(Given *g) { run(&g->c, "UPDATE backup_log SET verdict = 'Záloha je neúplná.'"); }
static void backup_with_holes(Given *g) { run(&g->c, "UPDATE backup_log SET missing = 3"); }
static void same_disk(Given *g) { g->here.backup_folder = g->state; }
static void backups_off(Given *g) { MUST(setting_set(&g->c, S("backup.every_hours"), S("0"))); }
static void one_admin(Given *g) { run(&g->c, "UPDATE account SET state = 'blocked' WHERE id <> (SELECT MIN(id) FROM account)"); }
static void six_admins(Given *g) {
	for (int i = 0; i < 4; i++)
		(void)person(&g->c, str_z(t_arena, str_format(t_arena, "dalsi%d@kraj.invalid", i)), "ADM", (Date){0});
}
static void no_role(Given *g) { (void)person(&g->c, "nikdo@kraj.invalid", NULL, (Date){0}); }
static void never_came(Given *g) {
	Id id = person(&g->c, "pozvany@kraj.invalid", "ANA", (Date){0});
	run(&g->c, str_z(t_arena, str_format(t_arena, "UPDATE account SET last_sign_in = NULL WHERE id = %lld", (long long)id)));
}
static void long_gone(Given *g) {
	Id id = person(&g->c, "davno@kraj.invalid", "ANA", (Date){0});
	run(&g->c, str_z(t_arena, str_format(t_arena, "UPDATE account SET last_sign_in = '2026-01-20T08:00:00.000Z' WHERE id = %lld", (long long)id)));
}
static void role_ends(Given *g) { (void)person(&g->c, "konci@kraj.invalid", "ANA", D(2026, 12, 1)); }
static void demo_person(Given *g) { (void)person(&g->c, "sit@demo.invalid", "ANA", (Date){0}); }

static void no_second(Given *g) { run(&g->c, "DELETE FROM account_totp WHERE account = (SELECT MIN(id) FROM account)"); }
static void no_second_role(Given *g) { MUST(setting_set(&g->c, S("people.second_factor_roles"), S("NET"))); }
static void long_idle(Given *g) { MUST(setting_set(&g->c, S("people.idle_minutes"), S("90"))); }
static void rotation(Given *g) { MUST(setting_set(&g->c, S("people.password_days"), S("90"))); }

#define JOB_ROW(id, state, created, ended) \
	"INSERT INTO job (id, kind, title, state, input, result, done, total, note, account, account_name, by_program, link, created, started, ended, process, " \
	"claim, attempts, cancel_wanted) VALUES (" id ", 'x', 'Import registru', '" state "', '', '', 0, 0, '', 0, '', 1, '', '" created "', NULL, " ended ", '', '', 0, 0)"
static void job_failed(Given *g) { run(&g->c, JOB_ROW("99001", "failed", "2026-11-20T08:00:00.000Z", "'2026-11-20T09:00:00.000Z'")); }
static void job_stuck(Given *g) { run(&g->c, JOB_ROW("99002", "queued", "2026-11-22T05:00:00.000Z", "NULL")); }
static void content_gone(Given *g) {
	run(&g->c, "INSERT INTO stored_file (id, name, type, sha256, size, at) VALUES (99004, 'x', 'text/plain', "
	           "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 5, '2026-11-22T01:00:00.000Z')");
}
static void code_item(Given *g, Id *id, const char *replaced_by) {
	CodeItem *item = entity_new(t_arena, &code_item_entity);
	item->list = S("zkouska");
	item->code = S("a");
	item->name = S("Áčko");
	item->replaced_by = str_c(replaced_by);
	MUST(history_create(&g->c, &code_item_entity, item, D(2026, 1, 1), (Date){0}));
	*id = item->head.id;
}
static void lost_successor(Given *g) {
	Id id;
	code_item(g, &id, "b");
}
static void doubled_code(Given *g) {
	Id id;
	code_item(g, &id, "");
	run(&g->c, "INSERT INTO code_item SELECT row_id + 900000, id + 900000, version, valid_from, valid_to, recorded_from, recorded_to, list, code, name, name_sort, "
	           "name_fold, short_name, external_id, rest_id, law, parent, attributes, description, position, replaced_by FROM code_item WHERE list = 'zkouska'");
}
static void day_off_added(Given *g) {
	i64     made;
	FreeDay day = {.day = D(2027, 2, 5), .name = S("ředitelské volno")};
	deadline_set_days(free_days_load);
	MUST(codelist_seed(&g->c, "code_lists/calendar.csv"));
	MUST(window_templates_seed(&g->c));
	MUST(window_make_year(&g->c, 2027, &made));
	EXPECT(made > 0);
	MUST(entity_insert(&g->c, &free_day_entity, &day));
}
static void no_contact(Given *g) { MUST(setting_set(&g->c, S("region.phone"), S(""))); }
static void no_privacy(Given *g) { MUST(setting_set(&g->c, S("region.privacy"), S(""))); }
static void no_statement(Given *g) { run(&g->c, "DELETE FROM static_page_review"); }
static void no_licence(Given *g) { MUST(setting_reset(&g->c, S("data.licence"))); }

static void scanner_gone(Given *g) { g->here.scanner = str_cat(t_arena, g->top, S("/scanner.ctl")); }

static const struct { const char *key; void (*spoil)(Given *g); } spoilt[] = {
	{"net.https", http_only}, {"net.origin", local_origin}, {"net.proxy", no_proxy}, {"net.listen", open_to_all}, {"net.demo", demo_outside},
	{"file.store", store_readable}, {"file.store", wal_readable}, {"file.state", state_open}, {"file.secret", secret_open}, {"file.secret", token_open}, {"file.owner", runs_as_root},
	{"disk.space", disk_filling}, {"disk.reserve", disk_full}, {"store.wal", long_wal}, {"store.schema", behind}, {"store.clock", clock_back},
	{"store.integrity", integrity_old}, {"trail.verified", trail_old}, {"trail.heads", heads_stopped}, {"retention.done", retention_old}, {"store.order", other_order},
	{"backup.set", no_backups}, {"backup.age", backup_old}, {"backup.age", backup_none}, {"backup.verified", never_verified},
	{"backup.passed", rehearsal_failed}, {"backup.whole", backup_with_holes}, {"backup.elsewhere", same_disk}, {"backup.often", backups_off},
	{"people.admins", one_admin}, {"people.many_admins", six_admins}, {"people.no_role", no_role}, {"people.never", never_came},
	{"people.away", long_gone}, {"people.ending", role_ends}, {"people.demo", demo_person}, {"jobs.failed", job_failed}, {"jobs.waiting", job_stuck},
	{"people.second_factor", no_second}, {"people.second_roles", no_second_role}, {"people.idle", long_idle}, {"people.rotation", rotation},
	{"files.there", content_gone}, {"files.scanner", scanner_gone},
	{"codes.successors", lost_successor}, {"codes.doubled", doubled_code}, {"calendar.deadlines", day_off_added}, {"site.contact", no_contact}, {"site.privacy", no_privacy},
	{"site.accessibility", no_statement}, {"site.licence", no_licence},
};

static Str raised(Given *g, int *exit_code) {
	Findings all;
	Strs     keys = {0};
	installation_set(&g->here);
	ctx_end(&g->c);
	g->c.shared = NULL;
	MUST(checks_run(&g->c, &all));
	for (size_t i = 0; i < all.len; i++)
		if (!all.at[i].fine)
			strs_add(t_arena, &keys, str_c(all.at[i].check->key));
	*exit_code = checks_exit(&all);
	return str_join(t_arena, S(" "), keys);
}

TEST("checks: where all is well nothing is raised, and every kind of trouble raises exactly its line") {
	int code;
	Given all_well = {0};
	given(&all_well);
	EQ_TEXT(raised(&all_well, &code), "");
	EQ_INT(code, 0);
	done(&all_well);
	for (size_t i = 0; i < LEN(spoilt); i++) {
		Given g = {0};
		given(&g);
		spoilt[i].spoil(&g);
		if (spoilt[i].spoil == runs_as_root && geteuid() != 0) {
			done(&g);
			continue;
		}
		Str keys = raised(&g, &code);
		if (!str_eq(keys, str_c(spoilt[i].key)))
			test_fail(__FILE__, __LINE__, "%s raises \"%.*s\"", spoilt[i].key, STR_ARG(keys));
		done(&g);
	}
	checks_disk = much_room;
}

TEST("checks: a head of the trail may be old when nothing changed since; what changed afterwards may wait two hours") {
	int   code;
	Given g = {0};
	given(&g);
	set_up_heads(&g);
	MUST(trail_heads_sign(&g.c, NULL));
	g.c.now.ms += 5 * 3600 * 1000;
	EQ_TEXT(raised(&g, &code), "");
	MUST(setting_set(&g.c, S("region.phone"), S("485 226 222")));
	g.c.now.ms += 119 * 60 * 1000;
	EQ_TEXT(raised(&g, &code), "");
	g.c.now.ms += 2 * 60 * 1000;
	EQ_TEXT(raised(&g, &code), "trail.heads");
	EQ_INT(code, 1);
	MUST(trail_heads_sign(&g.c, NULL));
	EQ_TEXT(raised(&g, &code), "");
	done(&g);
}

TEST("checks: each of the administration is spoilt by the table above; all have a remedy and a key of their own") {
	for (size_t i = 0; i < LEN(admin_checks); i++) {
		bool found = false;
		for (size_t k = 0; k < LEN(spoilt); k++)
			found = found || strcmp(spoilt[k].key, admin_checks[i].key) == 0;
		if (!found)
			test_fail(__FILE__, __LINE__, "nothing spoils %s", admin_checks[i].key);
	}
	EXPECT(check_at(24) != NULL);
	for (size_t i = 0; check_at(i); i++) {
		EXPECT(check_at(i)->remedy && check_at(i)->remedy[0] && check_at(i)->title[0]);
		for (size_t k = 0; k < i; k++)
			EXPECT(strcmp(check_at(k)->key, check_at(i)->key) != 0);
	}
}

TEST("checks: what the server remembers, a command in another process takes over") {
	Given g = {0};
	given(&g);
	installation_set(&g.here);
	MUST(installation_remember(&g.c));
	installation_set(&(Installation){.db = S("x"), .listen = S("127.0.0.1:8080"), .origin = S("http://127.0.0.1:8080")});
	MUST(installation_recall(&g.c));
	EQ_TEXT(installation()->origin, "https://sit.kraj.invalid");
	EQ_TEXT(installation()->backup_key, "/etc/zaloha.pub");
	EXPECT(installation()->behind_proxy);
	EQ_TEXT(installation()->db, "x");
	done(&g);
}
