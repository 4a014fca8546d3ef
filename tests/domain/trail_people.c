/* The trail and the journal as people read them: search, files, views of records about persons, signed heads. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "core/journal.h"
#include "core/trail.h"
#include "core/trail_heads.h"
#include "domain/people/demo.h"
#include "domain/people/people.h"
#include "tests/support/web.h"

enum { NINE = 9 * 3600 };

static Ctx at_day(Db *db, int day) {
	return ctx_make(t_arena, db, &actor_program, prague_instant(D(2026, 11, day), NINE));
}

static void note(Ctx *c, const char *action, const char *object, Id id) {
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(c, &tx));
	MUST(trail_add(c, (TrailEntry){.action = action, .object = object, .object_id = id, .text = S("zkouška")}));
	MUST(tx_commit(&tx));
}

static Db *given_days(void) {
	Db *db = test_store();
	for (int day = 20; day <= 22; day++) {
		Ctx c = at_day(db, day);
		note(&c, "create", "service", day);
		note(&c, "change", "service", day);
		note(&c, "change", "provider", 7);
		ctx_end(&c);
	}
	return db;
}

TEST("trail: it is searched by record, action and days, the end of a range included as a whole") {
	Db          *db = given_days();
	Ctx          c = at_day(db, 22);
	TrailRecords found;
	MUST(trail_search(&c, (TrailSearch){.object = S("service"), .limit = 100}, &found));
	EQ_INT(found.len, 6);
	EXPECT(found.at[0].seq > found.at[1].seq);
	MUST(trail_search(&c, (TrailSearch){.object = S("provider"), .object_id = 7, .action = S("change"), .limit = 100}, &found));
	EQ_INT(found.len, 3);
	MUST(trail_search(&c, (TrailSearch){.from = prague_instant(D(2026, 11, 21), 0), .to = prague_instant(D(2026, 11, 22), 0), .limit = 100}, &found));
	EQ_INT(found.len, 3);
	MUST(trail_search(&c, (TrailSearch){.action = S("create"), .to = prague_instant(D(2026, 11, 20), NINE), .limit = 100}, &found));
	EQ_INT(found.len, 0);
	Strs actions, objects;
	MUST(trail_words(&c, &actions, &objects));
	EQ_INT(actions.len, 2);
	EQ_TEXT(objects.at[0], "provider");
	ctx_end(&c);
}

static Err count_each(void *arg, const TrailRecord *t) {
	i64 *sum = arg;
	sum[0]++;
	sum[1] = t->seq;
	return OK;
}

TEST("trail: all of a search is read page by page, newest first, to the very first record") {
	Db *db = test_store();
	Ctx c = at_day(db, 22);
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	for (int i = 0; i < 1203; i++)
		MUST(trail_add(&c, (TrailEntry){.action = "create", .object = "service", .object_id = i}));
	MUST(tx_commit(&tx));
	i64 sum[2] = {0};
	MUST(trail_each(&c, (TrailSearch){.object = S("service")}, count_each, sum));
	EQ_INT(sum[0], 1203);
	EQ_INT(sum[1], 1);
	ctx_end(&c);
}

TEST("trail: who has no right to the whole trail gets neither search nor file") {
	Db   *db = given_days();
	Ctx   c = at_day(db, 22);
	Actor nobody = {.account = 5, .name = S("Někdo")};
	i64   sum[2] = {0};
	c.actor = &nobody;
	TrailRecords found;
	EQ_INT(trail_search(&c, (TrailSearch){.limit = 10}, &found), ERR_FORBIDDEN);
	EQ_INT(trail_each(&c, (TrailSearch){0}, count_each, sum), ERR_FORBIDDEN);
	EQ_INT(sum[0], 0);
	ctx_end(&c);
}

TEST("trail: the page finds a person without diacritics and offers the file of all that was found") {
	Browser b = {.app = test_app_demo(), .network = S("10.31.1.1")};
	web_sign_in(&b, "audit@demo.invalid");
	Answer a = web_get(&b, "/app/sprava/stopa?kdo=kontrola%20ukazk&akce=sign_in");
	EQ_INT(a.status, 200);
	EXPECT(str_has(a.body, S("Kontrola Ukázková")) && str_has(a.body, S("/app/sprava/stopa.csv?")));
	a = web_get(&b, "/app/sprava/stopa.csv?akce=sign_in");
	EQ_INT(a.status, 200);
	EXPECT(str_has(a.body, S("Přihlášení")) && str_has(web_header(&a, "content-disposition"), S("stopa.csv")));
	a = web_get(&b, "/app/sprava/stopa.json?co=nic-takoveho");
	EQ_INT(a.status, 200);
	a = web_get(&b, "/app/sprava/stopa?od=31.2.2026");
	EQ_INT(a.status, 400);
}

/* ---- who looked ---- */

TEST("views: whoever opens the record of an account is noted, its owner is not") {
	App    *app = test_app_demo();
	Browser admin = {.app = app, .network = S("10.31.2.1")};
	web_sign_in(&admin, "spravce@demo.invalid");
	Ctx c = app_ctx(app, t_arena);
	void *row, *own;
	MUST(entity_find(&c, &account_entity, TODAY, "login", S("sit@demo.invalid"), &row));
	MUST(entity_find(&c, &account_entity, TODAY, "login", S("spravce@demo.invalid"), &own));
	Id sit = ((EntityHead *)row)->id, spravce = ((EntityHead *)own)->id;
	ctx_end(&c);
	EQ_INT(web_get(&admin, str_z(t_arena, str_format(t_arena, "/app/sprava/uzivatele/%lld", (long long)sit))).status, 200);
	EQ_INT(web_get(&admin, str_z(t_arena, str_format(t_arena, "/app/sprava/uzivatele/%lld", (long long)spravce))).status, 200);
	journal_flush(app->db);
	JournalEvents events;
	MUST(journal_search(&c, (JournalSearch){.what = S(JOURNAL_VIEW), .object = S("account"), .object_id = sit, .limit = 10}, &events));
	EXPECT(events.len >= 1);
	EQ_INT(events.at[0].account, spravce);
	EQ_TEXT(events.at[0].address, "10.31.2.1");
	MUST(journal_search(&c, (JournalSearch){.what = S(JOURNAL_VIEW), .object = S("account"), .object_id = spravce, .account = spravce, .limit = 10}, &events));
	EQ_INT(events.len, 0);
	ctx_end(&c);
	Browser person = {.app = app, .network = S("10.31.2.2")};
	web_sign_in(&person, "sit@demo.invalid");
	Answer a = web_get(&person, "/app/ucet/nahlizeni");
	EXPECT(a.status == 200 && str_has(a.body, S("Správce Ukázkový")));
	EQ_INT(web_get(&person, "/app/sprava/nahlizeni").status, 403);
}

/* The newest events of views of a service by an account. */
static size_t views_of_service(App *app, Id service, const char *login) {
	JournalEvents events;
	void         *row;
	Ctx           c = app_ctx(app, t_arena);
	journal_flush(app->db);
	MUST(entity_find(&c, &account_entity, TODAY, "login", str_c(login), &row));
	MUST(journal_search(&c, (JournalSearch){.what = S(JOURNAL_VIEW), .object = S("service"), .object_id = service, .account = ((EntityHead *)row)->id, .limit = 100}, &events));
	ctx_end(&c);
	return events.len;
}

TEST("views: whoever is shown a secret address is noted; who may not know it sees none and is not") {
	static const Sql secret = {"test_secret_service", "SELECT MIN(service) FROM facility WHERE secret_address = 1 AND recorded_to IS NULL", NULL};
	static const Sql open = {"test_open_service", "SELECT MIN(id) FROM service WHERE recorded_to IS NULL AND id NOT IN (SELECT service FROM facility WHERE secret_address = 1)", NULL};
	App *app = test_app_demo();
	Ctx  c = app_ctx(app, t_arena);
	Id   hidden, plain;
	MUST(db_get_int(ctx_conn(&c), &secret, DB_NONE, 0, &hidden));
	MUST(db_get_int(ctx_conn(&c), &open, DB_NONE, 0, &plain));
	ctx_end(&c);
	EXPECT(hidden > 0 && plain > 0);
	static const struct { const char *login; bool may; } who[] = {{"sit@demo.invalid", true}, {"audit@demo.invalid", true}, {"analytik@demo.invalid", false}};
	static const char *const tabs[] = {"mista", "historie"};
	for (size_t i = 0; i < LEN(who); i++) {
		Browser b = {.app = app, .network = str_format(t_arena, "10.31.3.%zu", i + 1)};
		web_sign_in(&b, who[i].login);
		for (size_t k = 0; k < LEN(tabs); k++) {
			size_t before = views_of_service(app, hidden, who[i].login);
			int    status = web_get(&b, str_z(t_arena, str_format(t_arena, "/app/sluzby/%lld/%s", (long long)hidden, tabs[k]))).status;
			EQ_INT(status, 200);
			EQ_INT(views_of_service(app, hidden, who[i].login) - before, who[i].may);
		}
		EQ_INT(web_get(&b, str_z(t_arena, str_format(t_arena, "/app/sluzby/%lld/mista", (long long)plain))).status, 200);
		EQ_INT(views_of_service(app, plain, who[i].login), 0);
	}
	Browser auditor = {.app = app, .network = S("10.31.3.9")};
	web_sign_in(&auditor, "audit@demo.invalid");
	Answer a = web_get(&auditor, "/app/sprava/nahlizeni");
	EXPECT(a.status == 200 && str_has(a.body, str_format(t_arena, "/app/sluzby/%lld", (long long)hidden)));
}

TEST("accounts: the auditor reads accounts, roles and organisations, and finds neither buttons nor forms") {
	App    *app = test_app_demo();
	Browser b = {.app = app, .network = S("10.31.4.1")};
	web_sign_in(&b, "audit@demo.invalid");
	Ctx   c = app_ctx(app, t_arena);
	void *row;
	MUST(entity_find(&c, &account_entity, TODAY, "login", S("sit@demo.invalid"), &row));
	Id sit = ((EntityHead *)row)->id;
	ctx_end(&c);
	const char *record = str_z(t_arena, str_format(t_arena, "/app/sprava/uzivatele/%lld", (long long)sit));
	const char *pages[] = {"/app/sprava/uzivatele", "/app/sprava/role", "/app/sprava/organizace", record, str_z(t_arena, str_format(t_arena, "%s/historie", record))};
	for (size_t i = 0; i < LEN(pages); i++) {
		Answer a = web_get(&b, pages[i]);
		EQ_INT(a.status, 200);
		EXPECT(!str_has(a.body, S("/novy\"")) && !str_has(a.body, S("/upravit")) && !str_has(a.body, S("/krok")) && !str_has(a.body, S("/app/sprava/osoba/")) &&
		       !str_has(a.body, S("/import\"")));
	}
	EQ_INT(web_get(&b, str_z(t_arena, str_format(t_arena, "%s/upravit", record))).status, 403);
	EQ_INT(web_post(&b, str_z(t_arena, str_format(t_arena, "%s/krok", record)), "krok=zablokovat").status, 403);
	EQ_INT(web_get(&b, "/app/sprava/role/novy").status, 403);
	Answer trail = web_get(&b, "/app/sprava/stopa?akce=sign_in");
	EXPECT(trail.status == 200);
}

TEST("views: old events are forgotten, newer ones stay") {
	Db *db = test_store();
	for (int day = 1; day <= 22; day += 21) {
		Ctx c = at_day(db, day);
		journal_add(&c, "sign_in_failed", S("nekdo"));
		ctx_end(&c);
	}
	journal_flush(db);
	Ctx c = at_day(db, 22);
	i64 n;
	MUST(journal_count(&c, prague_instant(D(2026, 11, 10), 0), &n));
	EQ_INT(n, 1);
	MUST(journal_sweep(&c, prague_instant(D(2026, 11, 10), 0), &n));
	EQ_INT(n, 1);
	JournalEvents events;
	MUST(journal_search(&c, (JournalSearch){.limit = 10}, &events));
	EQ_INT(events.len, 1);
	ctx_end(&c);
}

/* ---- signed heads ---- */

static Str given_folder(void) {
	char *folder = mkdtemp(str_z(t_arena, S("/tmp/sitovka-heads-XXXXXX")));
	Str   why = {0};
	CHECK(folder != NULL);
	MUST(trail_heads_setup(t_arena, str_c(folder), &why));
	return str_c(folder);
}

static void remove_folder(Str folder) {
	static const char *const files[] = {"trail.key", "trail.pub", "trail.heads"};
	for (size_t i = 0; i < LEN(files); i++)
		unlink(str_z(t_arena, str_format(t_arena, "%.*s/%s", STR_ARG(folder), files[i])));
	rmdir(str_z(t_arena, folder));
}

static HeadsVerdict check(Ctx *c) {
	HeadsVerdict v;
	MUST(trail_heads_check(c, str_z(t_arena, trail_heads_file()), trail_heads_public(), &v));
	return v;
}

TEST("heads: a head is signed once, again only after the chain has moved, and all of them hold") {
	Db  *db = given_days();
	Str  folder = given_folder();
	Ctx  c = at_day(db, 22);
	bool now;
	EQ_INT(trail_heads_last(t_arena).ms, 0);
	MUST(trail_heads_sign(&c, &now));
	EXPECT(now);
	MUST(trail_heads_sign(&c, &now));
	EXPECT(!now);
	note(&c, "change", "service", 1);
	MUST(trail_heads_sign(&c, &now));
	EXPECT(now);
	HeadsVerdict v = check(&c);
	EXPECT(v.heads == 2 && v.bad_line == 0);
	EQ_INT(trail_heads_last(t_arena).ms, c.now.ms);
	ctx_end(&c);
	struct stat st;
	MUST(stat(str_z(t_arena, str_cat(t_arena, folder, S("/trail.key"))), &st) == 0 ? OK : ERR_STORAGE);
	EQ_INT(st.st_mode & 0777, 0600);
	remove_folder(folder);
}

TEST("heads: a chain that was written anew from its beginning contradicts the heads signed before") {
	Str folder = given_folder();
	Ctx first = at_day(given_days(), 22);
	MUST(trail_heads_sign(&first, NULL));
	ctx_end(&first);
	Db *forged = test_store();
	Ctx c = at_day(forged, 22);
	for (int i = 0; i < 9; i++)
		note(&c, "create", "service", 100 + i);
	HeadsVerdict v = check(&c);
	EQ_INT(v.bad_line, 1);
	EXPECT(str_has(v.why, S("přepsána")));
	ctx_end(&c);
	Ctx shorter = at_day(test_store(), 22);
	note(&shorter, "create", "service", 1);
	v = check(&shorter);
	EXPECT(v.bad_line == 1 && str_has(v.why, S("zkrácena")));
	ctx_end(&shorter);
	remove_folder(folder);
}

static void spoil(Str folder, long place, char with) {
	FILE *f = fopen(str_z(t_arena, str_cat(t_arena, folder, S("/trail.heads"))), "r+");
	CHECK(f && fseek(f, place, SEEK_SET) == 0 && fputc(with, f) != EOF && fclose(f) == 0);
}

TEST("heads: one changed byte of a line is named by the number of the line, and so is a foreign key") {
	Db *db = given_days();
	Str folder = given_folder();
	Ctx c = at_day(db, 22);
	MUST(trail_heads_sign(&c, NULL));
	u8 other[SIGN_PUBLIC] = {1};
	HeadsVerdict v;
	MUST(trail_heads_check(&c, str_z(t_arena, trail_heads_file()), other, &v));
	EXPECT(v.bad_line == 1 && str_has(v.why, S("jiným klíčem")));
	spoil(folder, 3, '7');
	v = check(&c);
	EXPECT(v.bad_line == 1 && v.heads == 0);
	spoil(folder, 0, 'x');
	v = check(&c);
	EXPECT(v.bad_line == 1 && str_has(v.why, S("podobu")));
	EQ_INT(trail_heads_check(&c, "/tmp/sitovka-no-such-file", other, &v), ERR_NOT_FOUND);
	ctx_end(&c);
	remove_folder(folder);
}

TEST("heads: a key that others may read is refused") {
	Str folder = given_folder(), why = {0};
	MUST(chmod(str_z(t_arena, str_cat(t_arena, folder, S("/trail.key"))), 0644) == 0 ? OK : ERR_STORAGE);
	EQ_INT(trail_heads_setup(t_arena, folder, &why), ERR_STORAGE);
	EXPECT(str_has(why, S("chmod 600")));
	remove_folder(folder);
}
