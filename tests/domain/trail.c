/* trail.c, trail_erase.c, trail_verify.c: the chain holds, and whoever touches it is found. */
#include "core/trail_record.h"
#include "tests/support/store.h"
#include "tests/test.h"

#include <pthread.h>

#include "base/hash.h"

#define FACT_FIELDS(F, T) \
	F(T, name, text, "Název", .required = true) \
	F(T, note, longtext, "Poznámka") \
	F(T, mail, email, "E-mail", .secret = true) \
	F(T, beds, int, "Lůžka") \
	F(T, open, bool, "Otevřeno") \
	F(T, since, date, "Od") \
	F(T, seen, instant, "Viděno") \
	F(T, grant, money, "Dotace") \
	F(T, staff, fte, "Úvazky") \
	F(T, share, percent, "Podíl") \
	F(T, kind, code, "Druh", .codelist = "kind") \
	F(T, groups, codes, "Skupiny", .codelist = "group") \
	F(T, owner, ref, "Vlastník")
ENTITY_STRUCT(Fact, FACT_FIELDS)
ENTITY(fact_entity, Fact, FACT_FIELDS, .name = "fact", .table = "fact", .title = "name")

enum { RECORDS = 40 };

static const Actor officer = {
	.account = 7, .name = {"Žofie Říhová", sizeof "Žofie Říhová" - 1}, .address = {"192.0.2.17", 10},
	.organisation_name = {"Krajský úřad", sizeof "Krajský úřad" - 1},
	.grants = (Grant[]){{.role = {"NET", 3}}, {.role = {"FIN", 3}}, {.role = {"NET", 3}}}, .grant_count = 3,
};

static Ctx context(Db *db) {
	return ctx_make(t_arena, db, &officer, (Instant){INT64_C(1735689600000)});       /* 2025-01-01 */
}

static void add(Ctx *c, const char *object, Id id, const TrailChange *changes, size_t n) {
	Tx tx = {0};
	MUST(tx_begin(c, &tx));
	MUST(trail_add(c, (TrailEntry){.action = "change", .object = object, .object_id = id, .changes = changes, .change_count = n}));
	MUST(tx_commit(&tx));
}

static Ctx given_chain(Db **ret) {
	*ret = test_store();
	Ctx c = context(*ret);
	for (int i = 1; i <= RECORDS; i++)
		add(&c, "fact", i % 3, &(TrailChange){.field = "name", .before = S("Dům u řeky"), .after = str_format(t_arena, "č. %d", i)}, 1);
	return c;
}

/* Read at one go and in pieces side by side, it is the same chain. */
static TrailVerdict verdict(Ctx *c) {
	TrailVerdict v, pieces;
	MUST(trail_verify(c, &v));
	trail_verify_alone_up_to(10);
	MUST(trail_verify(c, &pieces));
	trail_verify_alone_up_to(100000);
	EQ_INT(pieces.records, v.records);
	EQ_INT(pieces.broken_seq, v.broken_seq);
	EQ_STR(pieces.why, v.why);
	EQ_STR(pieces.head, v.head);
	return v;
}

static bool refuses(Db *db, const char *statement) {
	Conn *w;
	MUST(db_write_begin(db, &w));
	Err  e = db_script(w, statement);
	bool said = str_has(db_last_error(w), S("append-only"));
	db_rollback(w);
	return e != OK && said;
}

/* Somebody with the administrator's rights. */
static void tamper(Ctx *c, const char *statement) {
	Conn *w;
	ctx_end(c);
	MUST(db_write_begin(c->db, &w));
	MUST(db_script(w, test_on_postgres() ? "ALTER TABLE trail DISABLE TRIGGER USER"
	                                     : "DROP TRIGGER IF EXISTS trail_no_update; DROP TRIGGER IF EXISTS trail_no_delete"));
	MUST(db_script(w, statement));
	MUST(db_commit(w));
}

static void named(Ctx *c, i64 seq, const char *part) {
	TrailVerdict v = verdict(c);
	EQ_INT(v.broken_seq, seq);
	if (!str_has(v.why, str_c(part)))
		test_fail(__FILE__, __LINE__, "the reason is: %.*s", STR_ARG(v.why));
}

/* ---- the chain ---- */

TEST("trail: an untouched chain holds, and its head is the hash of the last record") {
	Db *db;
	Ctx c = given_chain(&db);
	TrailVerdict v = verdict(&c);
	EQ_INT(v.broken_seq, 0);
	EQ_INT(v.records, RECORDS);
	static const Sql last = {"test_trail_last", "SELECT hash FROM trail ORDER BY seq DESC LIMIT 1", NULL};
	Rows rows = db_query(ctx_conn(&c), &last, DB_NONE);
	EXPECT(rows_next(&rows));
	EQ_STR(v.head, hex(t_arena, col_bytes(&rows, 0).ptr, 32));
	MUST(rows_end(&rows));
	ctx_end(&c);
}

TEST("trail: an empty store has a chain that holds") {
	Ctx c = context(test_store());
	TrailVerdict v = verdict(&c);
	EQ_INT(v.broken_seq, 0);
	EQ_INT(v.records, 0);
	ctx_end(&c);
}

TEST("trail: the store refuses to alter, remove or empty the records") {
	Db *db;
	Ctx c = given_chain(&db);
	ctx_end(&c);
	EXPECT(refuses(db, "UPDATE trail SET text = 'x' WHERE seq = 1"));
	EXPECT(refuses(db, "DELETE FROM trail WHERE seq = 40"));
	EXPECT(refuses(db, test_on_postgres() ? "TRUNCATE trail" : "DELETE FROM trail"));
	EQ_INT(verdict(&c).records, RECORDS);
	ctx_end(&c);
}

TEST("trail: a record of a change that is given up leaves no gap") {
	Db *db;
	Ctx c = given_chain(&db);
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(trail_add(&c, (TrailEntry){.action = "create", .object = "fact", .object_id = 1}));
	MUST(trail_add(&c, (TrailEntry){.action = "create", .object = "fact", .object_id = 2}));
	tx_end(&tx);
	add(&c, "fact", 3, NULL, 0);
	TrailVerdict v = verdict(&c);
	EQ_INT(v.broken_seq, 0);
	EQ_INT(v.records, RECORDS + 1);
	ctx_end(&c);
}

static void *write_many(void *arg) {
	CLEANUP(arena_free) Arena a = {0};
	Ctx   c = ctx_make(&a, arg, &officer, (Instant){INT64_C(1735689600000)});
	void *failed = NULL;
	for (int i = 0; i < 60 && !failed; i++) {
		CLEANUP(tx_end) Tx tx = {0};
		if (tx_begin(&c, &tx) != OK || trail_add(&c, (TrailEntry){.action = "change", .object = "fact", .object_id = i}) != OK ||
		    trail_add(&c, (TrailEntry){.action = "change", .object = "fact", .object_id = i}) != OK || tx_commit(&tx) != OK)
			failed = arg;
	}
	ctx_end(&c);
	db_thread_end(c.db);
	return failed;
}

TEST("trail: two threads that write at once make one chain") {
	Db       *db = test_store();
	pthread_t t[2];
	for (size_t i = 0; i < LEN(t); i++)
		EQ_INT(pthread_create(&t[i], NULL, write_many, db), 0);
	for (size_t i = 0; i < LEN(t); i++) {
		void *failed;
		EQ_INT(pthread_join(t[i], &failed), 0);
		EXPECT(!failed);
	}
	Ctx c = context(db);
	TrailVerdict v = verdict(&c);
	EQ_INT(v.broken_seq, 0);
	EQ_INT(v.records, 240);
	ctx_end(&c);
}

/* ---- tampering ---- */

TEST("trail: whatever column of a record is changed, the record is named") {
	static const char *const changes[] = {
		"at = '2024-12-31T23:59:59.999Z'", "account = 8", "who = hash", "role = 'ADM'", "organisation = ''", "action = 'create'",
		"object = 'facts'", "object_id = 77", "text = 'x'", "reason = 'x'", "changes = '[]'", "format = 2", "hash = prev_hash",
		"role = 'NET,FINK', organisation = 'rajský úřad'",
	};
	for (size_t i = 0; i < LEN(changes); i++) {
		Db *db;
		Ctx c = given_chain(&db);
		tamper(&c, str_format(t_arena, "UPDATE trail SET %s WHERE seq = 17", changes[i]).ptr);
		EQ_INT(verdict(&c).broken_seq, 17);
		ctx_end(&c);
	}
}

TEST("trail: one flipped bit in the stored changes is named") {
	Db *db;
	Ctx c = given_chain(&db);
	tamper(&c, "UPDATE trail SET changes = REPLACE(changes, 'u', 't') WHERE seq = 23");
	named(&c, 23, "Obsah záznamu byl změněn");
	EQ_INT(verdict(&c).records, 22);
	ctx_end(&c);
}

TEST("trail: a missing record is named, also the first one") {
	Db *db;
	Ctx c = given_chain(&db);
	tamper(&c, "DELETE FROM trail WHERE seq = 30");
	named(&c, 30, "chybí");
	tamper(&c, "DELETE FROM trail WHERE seq = 1");
	named(&c, 1, "chybí");
	ctx_end(&c);
}

TEST("trail: two records that changed places are named") {
	Db *db;
	Ctx c = given_chain(&db);
	tamper(&c, "UPDATE trail SET seq = 1000 WHERE seq = 11; UPDATE trail SET seq = 11 WHERE seq = 12; UPDATE trail SET seq = 12 WHERE seq = 1000");
	named(&c, 11, "nenavazuje");
	ctx_end(&c);
}

TEST("trail: a cut end, a whole cut chain and a record behind the end are named") {
	Db *db;
	Ctx c = given_chain(&db);
	tamper(&c, "DELETE FROM trail WHERE seq > 38");
	named(&c, 39, "konec řetězu chybí");
	tamper(&c, "DELETE FROM trail");
	named(&c, 1, "konec řetězu chybí");
	c = given_chain(&db);
	tamper(&c, "UPDATE trail_head SET seq = 39 WHERE id = 1");
	named(&c, 40, "za koncem");
	ctx_end(&c);
}

TEST("trail: a cut end that was covered up in the head's number alone is named") {
	Db *db;
	Ctx c = given_chain(&db);
	tamper(&c, "DELETE FROM trail WHERE seq = 40; UPDATE trail_head SET seq = 39 WHERE id = 1");
	named(&c, 39, "nesouhlasí s uloženou hlavou");
	ctx_end(&c);
}

/* ---- content ---- */

TEST("trail: texts with NUL, broken letters, diacritics and great length come back as they can be stored") {
	Db  *db = test_store();
	Ctx  c = context(db);
	char *big = arena_alloc(t_arena, 200000);
	memset(big, 'a', 200000);
	c.reason = str_of("proto\0že\xFF", 10);
	TrailChange changes[] = {
		{.field = "note", .before = str_of("a\0b", 3), .after = str_of(big, 200000)},
		{.field = "name", .before = S("Příliš „žluťoučký“ kůň\n\t\\\"x\""), .after = S("")},
		{.field = "mail", .before = str_of("x\0y@\xC5", 5), .after = S("ž@example.org"), .personal = true},
	};
	add(&c, "fact", 1, changes, LEN(changes));
	TrailRecords r;
	MUST(trail_of(&c, "fact", 1, 0, 10, &r));
	EQ_INT(r.len, 1);
	EQ_TEXT(r.at[0].reason, "proto\uFFFDže\uFFFD");
	EQ_INT(r.at[0].change_count, 3);
	EQ_TEXT(r.at[0].changes[0].before, "a\uFFFDb");
	EQ_STR(r.at[0].changes[0].after, str_of(big, 200000));
	EQ_TEXT(r.at[0].changes[1].before, "Příliš „žluťoučký“ kůň\n\t\\\"x\"");
	EQ_TEXT(r.at[0].changes[1].after, "");
	EQ_TEXT(r.at[0].changes[2].before, "x\uFFFDy@\uFFFD");
	EQ_TEXT(r.at[0].changes[2].after, "ž@example.org");
	EQ_INT(verdict(&c).broken_seq, 0);
	ctx_end(&c);
}

TEST("trail: a record tells who, as what, for whom, from where and why; each role once") {
	Db *db = test_store();
	Ctx c = context(db);
	c.reason = S("Usnesení č. 5/2025");
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(trail_add(&c, (TrailEntry){.action = "sign_in", .object = "account", .object_id = 7, .text = S("Přihlášení.")}));
	MUST(tx_commit(&tx));
	TrailRecords r;
	MUST(trail_of(&c, "account", 7, 0, 10, &r));
	EQ_INT(r.len, 1);
	EQ_INT(r.at[0].seq, 1);
	EQ_INT(r.at[0].at.ms, INT64_C(1735689600000));
	EQ_INT(r.at[0].account, 7);
	EQ_TEXT(r.at[0].actor, "Žofie Říhová");
	EQ_TEXT(r.at[0].role, "NET,FIN");
	EQ_TEXT(r.at[0].organisation, "Krajský úřad");
	EQ_TEXT(r.at[0].address, "192.0.2.17");
	EQ_TEXT(r.at[0].action, "sign_in");
	EQ_TEXT(r.at[0].text, "Přihlášení.");
	EQ_TEXT(r.at[0].reason, "Usnesení č. 5/2025");
	EQ_INT(r.at[0].change_count, 0);
	ctx_end(&c);
}

TEST("trail: records of an object come newest first, in pages, without those of others") {
	Db *db;
	Ctx c = given_chain(&db);
	TrailRecords r;
	MUST(trail_of(&c, "fact", 2, 0, 3, &r));
	EQ_INT(r.len, 3);
	EQ_INT(r.at[0].seq, 38);
	EQ_INT(r.at[2].seq, 32);
	MUST(trail_of(&c, "fact", 2, 32, 100, &r));
	EQ_INT(r.at[0].seq, 29);
	EQ_INT(r.at[r.len - 1].seq, 2);
	MUST(trail_of(&c, "fakt", 2, 0, 100, &r));
	EQ_INT(r.len, 0);
	ctx_end(&c);
}

/* ---- changes of fields ---- */

static void told(const TrailChange *t, size_t n, const char *field, const char *before, const char *after) {
	for (size_t i = 0; i < n; i++)
		if (strcmp(t[i].field, field) == 0) {
			EQ_STR(t[i].before, str_c(before));
			EQ_STR(t[i].after, str_c(after));
			return;
		}
	test_fail(__FILE__, __LINE__, "no change of %s", field);
}

TEST("trail: changes of every type of field are told in machine form, equal ones not at all") {
	Ctx   c = ctx_make(t_arena, NULL, &officer, (Instant){1});
	Fact *x = entity_new(t_arena, &fact_entity), *y = entity_new(t_arena, &fact_entity);
	TrailChange *t;
	EQ_INT(trail_changes(&c, &fact_entity, x, y, &t), 0);
	x->name = y->name = S("Domov U Lípy");
	y->note = S("dva\nřádky");
	x->mail = S("a@example.org");
	y->beds = 0;
	y->open = true;
	x->since = D(2024, 2, 29);
	y->since = D(2025, 1, 1);
	y->seen = (Instant){INT64_C(1735689600123)};
	x->grant = (Money){-5};
	y->grant = czk(1250000);
	y->staff = fte(350);
	y->share = (Percent){1234};
	x->kind = S("51");
	y->kind = S("52");
	strs_add(t_arena, &x->groups, S("a"));
	strs_add(t_arena, &x->groups, S("b"));
	strs_add(t_arena, &y->groups, S("b"));
	strs_add(t_arena, &y->groups, S("a"));
	x->owner = 4;
	size_t n = trail_changes(&c, &fact_entity, x, y, &t);
	EQ_INT(n, 11);                                 /* all but the name and the groups in another order */
	told(t, n, "note", "", "dva\nřádky");
	told(t, n, "mail", "a@example.org", "");
	told(t, n, "beds", "", "0");
	told(t, n, "open", "0", "1");
	told(t, n, "since", "2024-02-29", "2025-01-01");
	told(t, n, "seen", "", "2025-01-01T00:00:00.123Z");
	told(t, n, "grant", "-0.05", "1250000.00");
	told(t, n, "staff", "", "3.50");
	told(t, n, "share", "", "12.34");
	told(t, n, "kind", "51", "52");
	told(t, n, "owner", "4", "");
	for (size_t i = 0; i < n; i++)
		EQ_INT(t[i].personal, strcmp(t[i].field, "mail") == 0);
	strs_add(t_arena, &y->groups, S("c"));
	n = trail_changes(&c, &fact_entity, NULL, y, &t);
	told(t, n, "name", "", "Domov U Lípy");
	told(t, n, "groups", "", "b,a,c");
	n = trail_changes(&c, &fact_entity, x, NULL, &t);
	told(t, n, "name", "Domov U Lípy", "");
	told(t, n, "grant", "-0.05", "");
}

/* ---- personal values ---- */

static Ctx given_personal(Db **ret) {
	Ctx c = given_chain(ret);
	TrailChange changes[] = {{.field = "name", .after = S("Jan")}, {.field = "mail", .after = S("jan@example.org"), .personal = true}};
	add(&c, "fact", 90, changes, 2);
	add(&c, "fact", 91, changes, 2);
	return c;
}

static i64 count(Ctx *c, const Sql *sql) {
	i64 n;
	MUST(db_get_int(ctx_conn(c), sql, DB_NONE, 0, &n));
	return n;
}

TEST("trail: the chain does not hold a personal value, a name or an address") {
	Db *db;
	Ctx c = given_personal(&db);
	static const Sql mail = {"test_trail_mail", "SELECT COUNT(*) FROM trail WHERE changes LIKE '%jan@%' OR changes LIKE '%\"Jan\"%jan%'", NULL};
	static const Sql name = {"test_trail_name", "SELECT COUNT(*) FROM trail WHERE changes LIKE '%\"Jan\"%'", NULL};
	static const Sql people = {"test_trail_people", "SELECT COUNT(*) FROM trail_person", NULL};
	EQ_INT(count(&c, &mail), 0);
	EQ_INT(count(&c, &name), 2);                   /* not marked as personal */
	EQ_INT(count(&c, &people), 1);                 /* one person in one month: one row */
	TrailRecords r;
	MUST(trail_of(&c, "fact", 90, 0, 1, &r));
	EQ_TEXT(r.at[0].changes[1].after, "jan@example.org");
	EQ_INT(r.at[0].changes[1].erased, false);
	ctx_end(&c);
}

TEST("trail: personal values of an object can be erased, the chain still holds and says so") {
	Db *db;
	Ctx c = given_personal(&db);
	i64 n;
	MUST(trail_erase_object(&c, "fact", 90, &n));
	EQ_INT(n, 1);
	TrailRecords r;
	MUST(trail_of(&c, "fact", 90, 0, 2, &r));
	EQ_TEXT(r.at[0].action, "erase");
	EXPECT(r.at[1].changes[1].erased && r.at[1].changes[1].personal);
	EQ_TEXT(r.at[1].changes[1].after, "");
	EQ_TEXT(r.at[1].changes[0].after, "Jan");
	MUST(trail_of(&c, "fact", 91, 0, 1, &r));
	EQ_TEXT(r.at[0].changes[1].after, "jan@example.org");
	EQ_INT(verdict(&c).broken_seq, 0);
	MUST(trail_erase_object(&c, "fact", 90, &n));
	EQ_INT(n, 0);
	EQ_INT(verdict(&c).records, RECORDS + 3);      /* nothing was there to erase, nothing is noted */
	ctx_end(&c);
}

TEST("trail: names of actors older than a month are erased, newer ones stay") {
	Db *db;
	Ctx c = given_chain(&db);
	c.now.ms += INT64_C(40) * 86400000;
	add(&c, "fact", 50, NULL, 0);
	i64 n;
	MUST(trail_erase_people(&c, 8, D(2025, 2, 10), &n));
	EQ_INT(n, 0);
	MUST(trail_erase_people(&c, 0, D(2025, 2, 10), &n));
	EQ_INT(n, 1);
	TrailRecords r;
	MUST(trail_of(&c, "fact", 1, 0, 1, &r));
	EQ_TEXT(r.at[0].actor, "");
	EQ_TEXT(r.at[0].address, "");
	EQ_INT(r.at[0].account, 7);
	MUST(trail_of(&c, "fact", 50, 0, 1, &r));
	EQ_TEXT(r.at[0].actor, "Žofie Říhová");
	EQ_INT(verdict(&c).broken_seq, 0);
	ctx_end(&c);
}

TEST("trail: a changed name or personal value beside the chain is named by its first record") {
	Db *db;
	Ctx c = given_personal(&db);
	tamper(&c, "UPDATE trail_value SET value_after = 'eva@example.org' WHERE seq = 42");
	named(&c, 42, "Osobní údaj");
	tamper(&c, "UPDATE trail_person SET name = 'Eva'");
	named(&c, 1, "Jméno nebo adresa");
	ctx_end(&c);
}
