/* Requests of people about their own data, and terms of keeping. */
#include "core/person_data.h"

#include "base/text.h"
#include "app/app.h"
#include "core/exchange.h"
#include "core/access.h"
#include "core/retention.h"
#include "core/settings.h"
#include "core/trail.h"
#include "domain/admin/person.h"
#include "domain/people/demo.h"
#include "domain/people/inside.h"
#include "domain/people/people.h"
#include "domain/people/view_as.h"
#include "tests/support/store.h"

extern const Module core_module;

static Id given_person(Ctx *c, const char *login, const char *name, const char *role) {
	Id account;
	MUST(account_add(c, str_c(login), str_c(name), 0, &account));
	MUST(account_grant(c, account, str_c(role), SCOPE_REGION, 0, D(2026, 1, 1), (Date){0}));
	return account;
}

static Ctx given(Actor *actor, Id *jana) {
	Ctx c = ctx_make(t_arena, test_store(), &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	MUST(people_seed(&c));
	Id admin = given_person(&c, "spravce@kraj.invalid", "Správce Pravý", "ADM");
	*jana = given_person(&c, "jana@kraj.invalid", "Jana Říhová", "NET");
	*actor = (Actor){.account = *jana, .name = S("Jana Říhová"), .address = S("192.0.2.7")};
	c.actor = actor;
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(trail_add(&c, (TrailEntry){.action = "change", .object = "service", .object_id = 7, .text = S("Změna kapacity")}));
	MUST(tx_commit(&tx));
	Actor *boss = NEW(t_arena, Actor, .account = admin, .name = S("Správce Pravý"));
	c.actor = boss;
	return c;
}

static Str exported(Ctx *c, Id account) {
	Buf        b = {0};
	JsonWriter w = {.out = &b};
	MUST(person_data_export(c, account, &w));
	JsonReader *j = json_open_str(t_arena, buf_view(&b));
	JsonEvent   e;
	while ((e = json_next(j)) != JSON_END)
		if (e == JSON_ERROR)
			test_fail(__FILE__, __LINE__, "no JSON: %.*s", STR_ARG(json_why(j)));
	Str s = buf_take(&b, t_arena);
	buf_free(&b);
	return s;
}

TEST("person: the export holds what is known of the person and nothing of others") {
	Actor a;
	Id    jana;
	Ctx   c = given(&a, &jana);
	Str   json = exported(&c, jana);
	EXPECT(str_has(json, S("jana@kraj.invalid")) && str_has(json, S("Jana Říhová")) && str_has(json, S("Změna kapacity")) && str_has(json, S("\"NET\"")));
	EXPECT(!str_has(json, S("spravce@kraj.invalid")));
	for (size_t i = 0; person_data_at(i); i++)
		EXPECT(str_has(json, str_format(t_arena, "\"%s\":", person_data_at(i)->key)));
	ctx_end(&c);
}

TEST("person: erasure leaves nobody who could be named, says what stays, and the chain holds") {
	Actor        a;
	Id           jana;
	i64          erased;
	TrailVerdict v;
	Ctx          c = given(&a, &jana);
	c.reason = S("žádost KULK 123/2026");
	MUST(person_erase(&c, jana, false, &erased));
	EXPECT(erased > 0);
	Str json = exported(&c, jana);
	EXPECT(!str_has(json, S("jana@")) && !str_has(json, S("Říhová")) && str_has(json, S("Vymazaný účet")));
	TrailRecords records;
	const Actor *boss = c.actor;
	c.actor = &actor_program;
	MUST(trail_search(&c, (TrailSearch){.limit = 100}, &records));
	EXPECT(str_eq(records.at[0].action, S("erase")) && str_has(records.at[0].text, S("499/2004")) && str_has(records.at[0].reason, S("123/2026")));
	MUST(trail_search(&c, (TrailSearch){.who = S("Jana"), .limit = 10}, &records));
	EQ_INT(records.len, 1);
	c.actor = boss;
	MUST(person_erase(&c, jana, true, &erased));
	c.actor = &actor_program;
	MUST(trail_search(&c, (TrailSearch){.who = S("Jana"), .limit = 10}, &records));
	EQ_INT(records.len, 0);
	MUST(trail_verify(&c, &v));
	EQ_INT(v.broken_seq, 0);
	ctx_end(&c);
}

TEST("person: erasure needs a reason and waits while processing is restricted; nobody erases themselves or the last administrator") {
	Actor a;
	Id    jana;
	i64   erased;
	Ctx   c = given(&a, &jana);
	EQ_INT(person_erase(&c, jana, false, &erased), ERR_INVALID);
	c.reason = S("žádost");
	MUST(person_restrict(&c, jana));
	EQ_INT(person_erase(&c, jana, false, &erased), ERR_CONFLICT);
	PersonState p;
	MUST(person_get(&c, jana, &p));
	EXPECT(p.restricted && str_eq(p.by, S("Správce Pravý")) && str_eq(p.reason, S("žádost")));
	MUST(person_release(&c, jana));
	EQ_INT(person_erase(&c, c.actor->account, false, &erased), ERR_CONFLICT);
	Id boss = c.actor->account;
	a.account = jana;
	c.actor = &a;
	c.problems.len = 0;
	EQ_INT(person_erase(&c, boss, false, &erased), ERR_CONFLICT);
	EXPECT(str_has(first_problem(&c), S("jediný správce")));
	EQ_INT(person_erase(&c, 999999, false, &erased), ERR_NOT_FOUND);
	ctx_end(&c);
}

static Str file_of(Ctx *c, const Entity *e, FileFormat f) {
	CLEANUP(buf_free) Buf out = {0};
	c->actor = &actor_program;
	Err err = exchange_export(c, e, &(ListQuery){.limit = -1}, f, &out);
	if (err != OK)
		test_fail(__FILE__, __LINE__, "%s: %.*s", e->name, STR_ARG(first_problem(c)));
	return buf_take(&out, t_arena);
}

static i64 count_of(Ctx *c, const char *text, Id account) {
	i64  n;
	Sql *sql = NEW(t_arena, Sql, .name = "test_count", .text = text);
	MUST(db_get_int(ctx_conn(c), sql, P(V(account)), 0, &n));
	return n;
}

static const Topic at_once = {"test", "Zkouška", "Zkušební zprávy.", MAIL_IMMEDIATE};

TEST("person: while processing is restricted the person is in no file, gets no letter from the program, is not viewed as, and loses no sign-ins to a term") {
	Actor a, boss;
	Id    jana;
	i64   removed;
	Str   why = {0};
	Ctx   c = given(&a, &jana);
	const MailKind *kinds[] = {core_module.mails};
	const Topic    *topics[] = {&at_once};
	boss = *c.actor;
	boss.grants = NEW(t_arena, Grant, .role = S("ADM"), .scope = SCOPE_REGION);
	boss.grant_count = 1;
	access_prepare(&boss);
	MUST(account_set_password(&c, jana, S("modry-kocour-leze-dolu"), 0));
	EXPECT(mail_setup(t_arena, kinds, (size_t[]){core_module.mail_count}, topics, (size_t[]){1}, 1, &why));
	mail_set_people(&(MailPeople){.address = account_for_mail, .holders = accounts_of_role});
	EXPECT(str_has(file_of(&c, &account_entity, FORMAT_CSV), S("jana@kraj.invalid")) && str_has(file_of(&c, &account_role_entity, FORMAT_JSON), S("jana@kraj.invalid")));
	c.actor = &boss;
	c.reason = S("žádost 12/2026");
	MUST(person_restrict(&c, jana));
	Str accounts = file_of(&c, &account_entity, FORMAT_CSV), roles = file_of(&c, &account_role_entity, FORMAT_JSON);
	EXPECT(!str_has(accounts, S("jana@kraj.invalid")) && !str_has(accounts, S("Říhová")) && str_has(accounts, S("spravce@kraj.invalid")));
	EXPECT(!str_has(roles, S("jana@kraj.invalid")) && str_has(roles, str_format(t_arena, "#%lld", (long long)jana)));
	MUST(notice_add(&c, jana, (Notice){.topic = "test", .title = S("Blíží se termín")}));
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM mail_letter WHERE account = $1", jana), 0);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM notice WHERE account = $1", jana), 1);
	ctx_end(&c);
	static const char *const session = "INSERT INTO session (id, token_sha256, form_key, account, signed_in_at, last_seen, ends_at, address, device, notice) "
		"VALUES (88001, $2, $2, $1, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z', '', '', '')";
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(db_run(c.conn, NEW(t_arena, Sql, .name = "test_session", .text = session), P(V(jana), db_value_bytes(S("x"))), NULL));
	MUST(tx_commit(&tx));
	MUST(retention_run(&c, &removed));
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM session WHERE account = $1", jana), 1);
	EXPECT(str_has(exported(&c, jana), S("jana@kraj.invalid")));                  /* to the person and to whoever answers them */
	c.actor = &boss;
	c.problems.len = 0;
	EQ_INT(view_as_begin(&c, 1, jana), ERR_INVALID);
	EXPECT(str_has(first_problem(&c), S("je omezené")));
	MUST(person_release(&c, jana));
	EXPECT(str_has(file_of(&c, &account_entity, FORMAT_CSV), S("jana@kraj.invalid")));
	MUST(retention_run(&c, &removed));
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM session WHERE account = $1", jana), 0);
	ctx_end(&c);
}

TEST("retention: what is beyond its term goes and leaves a record, what is within stays, a dry run changes nothing") {
	Actor          a;
	Id             jana;
	i64            removed;
	RetentionViews all;
	Ctx            c = given(&a, &jana);
	c.actor = &actor_program;
	static const char *const rows[] = {
		"INSERT INTO journal (id, at, what, account, actor, address, detail) VALUES (77001, '2024-01-01T00:00:00.000Z', 'x', 0, '', '', ''), "
		"(77002, '2026-11-01T00:00:00.000Z', 'x', 0, '', '', '')",
		"INSERT INTO job (id, kind, title, state, input, result, done, total, note, account, account_name, by_program, link, created, started, ended, process, "
		"claim, attempts, cancel_wanted) VALUES (77003, 'x', 't', 'done', '', '', 0, 0, '', 0, '', 1, '', '2026-01-01T00:00:00.000Z', NULL, "
		"'2026-01-01T00:00:00.000Z', '', '', 0, 0)",
	};
	for (size_t i = 0; i < LEN(rows); i++) {
		CLEANUP(tx_end) Tx tx = {0};
		Sql *sql = NEW(t_arena, Sql, .name = "test_row", .text = rows[i]);
		MUST(tx_begin(&c, &tx));
		MUST(db_run(c.conn, sql, DB_NONE, NULL));
		MUST(tx_commit(&tx));
	}
	for (int round = 0; round < 2; round++) {
		MUST(retention_look(&c, &all));
		EXPECT(all.len >= 6);
		for (size_t i = 0; i < all.len; i++) {
			Str key = str_c(all.at[i].rule->key);
			if (str_eq(key, S("journal")) || str_eq(key, S("jobs")))
				EQ_INT(all.at[i].count, 1);
		}
	}
	MUST(retention_run(&c, &removed));
	EQ_INT(removed, 2);
	MUST(retention_run(&c, &removed));
	EQ_INT(removed, 0);
	TrailRecords records;
	MUST(trail_search(&c, (TrailSearch){.object = S("journal"), .limit = 10}, &records));
	EQ_INT(records.len, 1);
	EXPECT(str_has(records.at[0].text, S("odstraněno 1 záznamů")));
	ctx_end(&c);
}

TEST("retention: names in the trail go after their term and the chain holds") {
	Actor        a;
	Id           jana;
	i64          removed;
	TrailVerdict v;
	TrailRecords records;
	Ctx          c = given(&a, &jana);
	c.actor = &actor_program;
	MUST(setting_set(&c, S("keep.trail_days"), S("365")));
	c.now.ms += INT64_C(500) * 24 * 3600 * 1000;
	c.today = prague_day(c.now);
	MUST(retention_run(&c, &removed));
	EXPECT(removed > 0);
	MUST(trail_search(&c, (TrailSearch){.who = S("Jana"), .limit = 10}, &records));
	EQ_INT(records.len, 0);
	MUST(trail_verify(&c, &v));
	EQ_INT(v.broken_seq, 0);
	ctx_end(&c);
}
