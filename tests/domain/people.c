/* people: signing in and out, passwords, attempts, sessions, roles that end, the first administrator. */
#include "domain/people/people.h"

#include "core/trail.h"
#include "domain/people/demo.h"
#include "domain/people/inside.h"
#include "tests/support/store.h"
#include "tests/test.h"

enum { NINE = 9 * 3600 };
static const char good[] = "modry-kocour-leze-dolu";

static Ctx at(Db *db, Instant now) {
	return ctx_make(t_arena, db, &actor_program, now);
}

static Instant later(Ctx *c, i64 seconds) {
	return (Instant){c->now.ms + seconds * 1000};
}

static Ctx given_people(Id *account) {
	Db *db = test_store();
	Ctx c = at(db, prague_instant(D(2026, 11, 22), NINE));
	MUST(people_seed(&c));
	MUST(setting_set(&c, S("people.second_factor_roles"), S("")));
	MUST(account_add(&c, S(" Jana@Example.ORG "), S("Jana Říhová"), 0, account));
	MUST(account_grant(&c, *account, S("NET"), SCOPE_REGION, 0, D(2026, 1, 1), D(2026, 11, 22)));
	MUST(account_set_password(&c, *account, str_c(good), 0));
	return c;
}

static Err try_in(Ctx *c, const char *login, const char *password, SignedIn *who) {
	return sign_in(c, str_c(login), str_c(password), S("192.0.2.7"), S("Prohlížeč"), who);
}

static SessionInfo *session(Ctx *c, Str token, Actor *actor) {
	SessionInfo *info;
	MUST(people_auth.session_of(c, token, S("192.0.2.7"), actor, &info));
	return info;
}

TEST("people: the right name and password open a session whose person has the roles of the day") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	SignedIn who;
	Actor actor;
	MUST(try_in(c, "JANA@example.org", good, &who));
	EQ_INT(who.account, account);
	EQ_INT(who.token.len, 43);
	EXPECT(session(c, who.token, &actor) != NULL);
	EQ_TEXT(actor.name, "Jana Říhová");
	Ctx her = ctx_make(t_arena, c->db, &actor, c->now);
	EXPECT(may(&her, "register.edit") && !may(&her, "admin.accounts"));
	ctx_end(&her);
	ctx_end(c);
}

TEST("people: a role that ended yesterday gives nothing today, the second after midnight") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	SignedIn who;
	Actor actor;
	Ctx evening = at(c->db, prague_instant(D(2026, 11, 22), 86400 - 600));
	MUST(try_in(&evening, "jana@example.org", good, &who));
	ctx_end(&evening);
	Ctx before = at(c->db, (Instant){prague_instant(D(2026, 11, 23), 0).ms - 1000}), after = at(c->db, prague_instant(D(2026, 11, 23), 0));
	EXPECT(session(&before, who.token, &actor) && actor.grant_count == 1);
	ctx_end(&before);
	EXPECT(session(&after, who.token, &actor) && actor.grant_count == 0);
	ctx_end(&after);
	ctx_end(c);
}

TEST("people: an unknown name, a wrong password and a blocked account get the same sentence") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	SignedIn who;
	EQ_INT(try_in(c, "nikdo@example.org", good, &who), ERR_INVALID);
	Str first = first_problem(c);
	c->problems.len = 0;
	EQ_INT(try_in(c, "jana@example.org", "spatne-heslo-dlouhe", &who), ERR_INVALID);
	EQ_STR(first_problem(c), first);
	c->problems.len = 0;
	void *row;
	MUST(entity_get(c, &account_entity, TODAY, account, &row));
	((Account *)row)->state = S("blocked");
	MUST(entity_update(c, &account_entity, row));
	EQ_INT(try_in(c, "jana@example.org", good, &who), ERR_INVALID);
	EQ_STR(first_problem(c), first);
	ctx_end(c);
}

TEST("people: a blocked account loses its open session at once") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	SignedIn who;
	Actor actor;
	void *row;
	MUST(try_in(c, "jana@example.org", good, &who));
	MUST(entity_get(c, &account_entity, TODAY, account, &row));
	((Account *)row)->state = S("blocked");
	MUST(entity_update(c, &account_entity, row));
	EXPECT(session(c, who.token, &actor) == NULL);
	ctx_end(c);
}

TEST("people: the sixth attempt within a quarter of an hour waits, and the right password does not help") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	SignedIn who;
	for (int i = 0; i < 5; i++)
		EQ_INT(try_in(c, "jana@example.org", "spatne-heslo-dlouhe", &who), ERR_INVALID);
	c->problems.len = 0;
	EQ_INT(try_in(c, "jana@example.org", good, &who), ERR_RATE);
	EXPECT(str_has(first_problem(c), S("minut")));
	Ctx soon = at(c->db, later(c, 181));
	MUST(try_in(&soon, "jana@example.org", good, &who));
	ctx_end(&soon);
	ctx_end(c);
}

TEST("people: a network is stopped after fifty attempts at fifty names") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	SignedIn who;
	Err e = OK;
	for (int i = 0; i < 51; i++)
		e = try_in(c, str_z(t_arena, str_format(t_arena, "jmeno%d@example.org", i)), "x", &who);
	EQ_INT(e, ERR_RATE);
	ctx_end(c);
}

TEST("people: a session ends after half an hour without use, after twelve hours, and by signing out") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	SignedIn who;
	Actor actor;
	MUST(try_in(c, "jana@example.org", good, &who));
	Ctx idle = at(c->db, later(c, 30 * 60 - 1)), too_late = at(c->db, later(c, 30 * 60));
	EXPECT(session(&idle, who.token, &actor) != NULL);
	ctx_end(&idle);
	EXPECT(session(&too_late, who.token, &actor) == NULL);
	ctx_end(&too_late);
	for (int minutes = 25; minutes <= 12 * 60 + 25; minutes += 25) {
		Ctx now = at(c->db, later(c, minutes * 60));
		SessionInfo *info = session(&now, who.token, &actor);
		EXPECT((info != NULL) == (minutes < 12 * 60));
		if (info)
			people_auth.seen(&now, info);
		ctx_end(&now);
	}
	MUST(try_in(c, "jana@example.org", good, &who));
	SessionInfo *info = session(c, who.token, &actor);
	Ctx her = ctx_make(t_arena, c->db, &actor, c->now);
	ctx_end(c);
	MUST(sign_out(&her, info->id));
	EXPECT(session(&her, who.token, &actor) == NULL);
	ctx_end(&her);
}

TEST("people: a token that was never given opens nothing") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	Actor actor;
	EXPECT(session(c, S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), &actor) == NULL);
	EXPECT(session(c, S("'; DROP TABLE session"), &actor) == NULL);
	ctx_end(c);
}

TEST("people: a new password ends the other sessions and keeps this one") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	SignedIn first, second;
	Actor actor;
	SessionViews list;
	MUST(try_in(c, "jana@example.org", good, &first));
	MUST(try_in(c, "jana@example.org", good, &second));
	MUST(sessions_of(c, account, second.session, &list));
	EQ_INT(list.len, 2);
	MUST(account_password_is(c, account, str_c(good), "old"));
	EQ_INT(account_password_is(c, account, S("jine"), "old"), ERR_INVALID);
	MUST(account_set_password(c, account, S("zeleny-kocour-leze-ven"), second.session));
	EXPECT(session(c, first.token, &actor) == NULL);
	EXPECT(session(c, second.token, &actor) != NULL);
	EQ_INT(try_in(c, "jana@example.org", good, &first), ERR_INVALID);
	ctx_end(c);
}

static Err check(Ctx *c, const char *password, bool administrator) {
	c->problems.len = 0;
	return password_check(c, str_c(password), administrator ? PASSWORD_ADMINISTRATOR : PASSWORD_PERSON, S("jana.novotna@example.org"), S("Jana Novotná"));
}

TEST("people: passwords are long enough and not the common ones") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	MUST(check(c, "žlutýkůň-tři", false));
	EQ_INT(check(c, "jedenactzna", false), ERR_INVALID);
	EXPECT(str_has(first_problem(c), S("11 znaků, potřebuje jich aspoň 12")));
	EQ_INT(check(c, "sestnact-znaku-1", true), ERR_INVALID);
	MUST(check(c, "sedmnact-znaku-12", true));
	EQ_INT(check(c, "aaaaaaaaaaaaaaaa", false), ERR_INVALID);
	EQ_INT(check(c, "Password12345", false), ERR_INVALID);
	EQ_INT(check(c, "liberec-2026", false), ERR_INVALID);
	char long_one[130];
	for (int i = 0; i < 129; i++)
		long_one[i] = (char)('a' + i * i % 23);
	long_one[129] = 0;
	EQ_INT(check(c, long_one, false), ERR_INVALID);
	long_one[128] = 0;
	MUST(check(c, long_one, false));
	ctx_end(c);
}

TEST("people: the link to the first administrator works once, for half an hour, on an empty store") {
	Str token, older;
	Db *db = test_store();
	Ctx c_ = at(db, prague_instant(D(2026, 11, 22), NINE)), *c = &c_;
	MUST(people_seed(c));
	MUST(setup_link_make(c, &older));
	MUST(setup_link_make(c, &token));
	EXPECT(token.len == 43 && !setup_link_holds(c, older) && setup_link_holds(c, token));
	ctx_end(c);
	Ctx late = at(db, later(c, 30 * 60));
	EXPECT(!setup_link_holds(&late, token));
	ctx_end(&late);
	EQ_INT(setup_first(c, token, S("spravce@example.org"), S("Správce"), S("kratke")), ERR_INVALID);
	c->problems.len = 0;
	MUST(setup_first(c, token, S("spravce@example.org"), S("Správce"), S("velmi-dlouhe-heslo-42")));
	EQ_INT(setup_first(c, token, S("druhy@example.org"), S("Druhý"), S("velmi-dlouhe-heslo-42")), ERR_GONE);
	c->problems.len = 0;
	MUST(setup_link_make(c, &token));
	EQ_INT(token.len, 0);
	SignedIn who;
	MUST(try_in(c, "spravce@example.org", "velmi-dlouhe-heslo-42", &who));
	ctx_end(c);
}

TEST("people: neither password nor token stands anywhere in the store") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	SignedIn who;
	MUST(try_in(c, "jana@example.org", good, &who));
	static const Sql all = {"test_all_people", "SELECT encoded FROM account_password UNION ALL SELECT changes || text || reason FROM trail", NULL};
	Rows rows = db_query(ctx_conn(c), &all, DB_NONE);
	int n = 0;
	while (rows_next(&rows)) {
		n++;
		EXPECT(!str_has(col_text(&rows, 0), str_c(good)) && !str_has(col_text(&rows, 0), who.token));
	}
	MUST(rows_end(&rows));
	EXPECT(n > 3);
	ctx_end(c);
}

TEST("people: a role narrower than the region needs to say of what, and cannot end before it begins") {
	Id account;
	Ctx c_ = given_people(&account), *c = &c_;
	EQ_INT(account_grant(c, account, S("PRV"), SCOPE_PROVIDER, 0, D(2026, 1, 1), (Date){0}), ERR_INVALID);
	EQ_INT(account_grant(c, account, S("PRV"), SCOPE_PROVIDER, 5, D(2026, 1, 2), D(2026, 1, 1)), ERR_INVALID);
	EQ_INT(account_grant(c, account, S("XXX"), SCOPE_REGION, 0, D(2026, 1, 1), (Date){0}), ERR_INVALID);
	c->problems.len = 0;
	MUST(account_grant(c, account, S("PRV"), SCOPE_PROVIDER, 5, D(2026, 1, 2), D(2026, 1, 2)));
	ctx_end(c);
}
