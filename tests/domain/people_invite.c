/* people: invitations, forgotten passwords, another e-mail: one-time links and what follows from them. */
#include <stdlib.h>
#include <time.h>

#include "core/mail_send.h"
#include "core/trail.h"
#include "domain/people/demo.h"
#include "domain/people/inside.h"
#include "tests/support/store.h"
#include "tests/test.h"

enum { NINE = 9 * 3600, HOUR = 3600 };
static const char good[] = "modry-kocour-leze-dolu", other[] = "zeleny-kocour-leze-ven";

static Ctx at(Db *db, Instant now) {
	return ctx_make(t_arena, db, &actor_program, now);
}

static Ctx after(Ctx *c, i64 seconds) {
	ctx_end(c);
	return at(c->db, (Instant){c->now.ms + seconds * 1000});
}

static Ctx given(Id *active, Id *invited) {
	Ctx c = at(test_store(), prague_instant(D(2026, 11, 22), NINE));
	MUST(people_seed(&c));
	mail_set_origin(S("https://sit.example.org"));
	MUST(setting_set(&c, S("people.second_factor_roles"), S("")));
	MUST(account_add(&c, S("jana@example.org"), S("Jana Říhová"), 0, active));
	MUST(account_grant(&c, *active, S("NET"), SCOPE_REGION, 0, D(2026, 1, 1), (Date){0}));
	MUST(account_set_password(&c, *active, str_c(good), 0));
	Account a = {.login = S("novy@example.org"), .name = S("Nový Člověk"), .organisation = BLANK};
	MUST(entity_insert(&c, &account_entity, &a));
	*invited = a.head.id;
	return c;
}

/* The token in the newest letter of a kind, as a person would open it; {0} = there is no such letter. */
static Str token_in_letter(Ctx *c, const char *kind, const char *path) {
	static const Sql last = {"test_last_letter", "SELECT body FROM mail_letter WHERE kind = $1 ORDER BY id DESC LIMIT 1", NULL};
	Rows rows = db_query(ctx_conn(c), &last, P(V(str_c(kind))));
	Str  body = rows_next(&rows) ? str_dup(t_arena, col_text(&rows, 0)) : (Str){0};
	MUST(rows_end(&rows));
	Str  address = str_format(t_arena, "https://sit.example.org%s/", path);
	i64  i = str_find(body, address);
	return i < 0 ? (Str){0} : str_first(str_from(body, (size_t)i + address.len), 43);
}

static Err accept(Ctx *c, Str token, const char *password, SignedIn *who) {
	c->problems.len = 0;
	return invitation_accept(c, token, str_c(password), S("192.0.2.7"), S("P"), who);
}

static Instant present;

static Instant the_present(void) {
	return present;
}

static void run_jobs(Ctx *c) {
	int ran;
	ctx_end(c);
	present = c->now;
	jobs_set_clock(the_present);
	MUST(jobs_run_all(t_arena, c->db, &ran));
	jobs_set_clock(NULL);
}

static i64 letters(Ctx *c, const char *kind) {
	static const Sql count = {"test_letter_count", "SELECT COUNT(*) FROM mail_letter WHERE kind = $1", NULL};
	i64 n;
	MUST(db_get_int(ctx_conn(c), &count, P(V(str_c(kind))), 0, &n));
	return n;
}

TEST("invitation: the letter leads to a first password, once, and the account becomes active") {
	Id active, invited;
	SignedIn who;
	void *row;
	Ctx c_ = given(&active, &invited), *c = &c_;
	MUST(invitation_send(c, invited));
	Str token = token_in_letter(c, "people.invitation", "/pozvanka");
	EQ_INT(token.len, 43);
	EQ_INT(accept(c, token, "kratke", &who), ERR_INVALID);
	MUST(accept(c, token, good, &who));
	EXPECT(!who.waits && who.account == invited);
	MUST(entity_get(c, &account_entity, TODAY, invited, &row));
	EQ_TEXT(((Account *)row)->state, "active");
	EQ_INT(accept(c, token, other, &who), ERR_GONE);
	MUST(sign_in(c, S("novy@example.org"), str_c(good), S("192.0.2.7"), S("P"), &who));
	ctx_end(c);
}

TEST("invitation: it holds 48 hours to the second, and a newer one ends it") {
	Id active, invited;
	Invitation i;
	Ctx c = given(&active, &invited);
	MUST(invitation_send(&c, invited));
	Str first = token_in_letter(&c, "people.invitation", "/pozvanka");
	Ctx almost = after(&c, 48 * HOUR - 1);
	MUST(invitation_get(&almost, first, &i));
	Ctx late = after(&almost, 1);
	EQ_INT(invitation_get(&late, first, &i), ERR_GONE);
	MUST(invitation_send(&late, invited));
	Str second = token_in_letter(&late, "people.invitation", "/pozvanka");
	MUST(invitation_send(&late, invited));
	EQ_INT(invitation_get(&late, second, &i), ERR_GONE);
	MUST(invitation_get(&late, token_in_letter(&late, "people.invitation", "/pozvanka"), &i));
	ctx_end(&late);
}

TEST("invitation: one that was withdrawn, of a blocked account, or of another organisation by now opens nothing") {
	Id active, invited;
	Invitation i;
	void *row;
	Ctx c_ = given(&active, &invited), *c = &c_;
	MUST(invitation_send(c, invited));
	Str token = token_in_letter(c, "people.invitation", "/pozvanka");
	MUST(invitation_withdraw(c, invited));
	EQ_INT(invitation_get(c, token, &i), ERR_GONE);
	EQ_INT(invitation_withdraw(c, invited), ERR_CONFLICT);
	MUST(invitation_send(c, invited));
	token = token_in_letter(c, "people.invitation", "/pozvanka");
	Organisation o = {.kind = S("region"), .name = S("Kraj"), .ref = BLANK};
	MUST(entity_insert(c, &organisation_entity, &o));
	MUST(entity_get(c, &account_entity, TODAY, invited, &row));
	((Account *)row)->organisation = o.head.id;
	MUST(entity_update(c, &account_entity, row));
	EQ_INT(invitation_get(c, token, &i), ERR_GONE);
	MUST(invitation_send(c, invited));
	token = token_in_letter(c, "people.invitation", "/pozvanka");
	MUST(account_set_state(c, row, S("ended")));
	EQ_INT(invitation_get(c, token, &i), ERR_GONE);
	EQ_INT(invitation_send(c, invited), ERR_CONFLICT);
	EQ_INT(invitation_send(c, active), ERR_CONFLICT);
	ctx_end(c);
}

TEST("invitation: a link of one purpose opens no other") {
	Id active, invited;
	Invitation i;
	Ctx c_ = given(&active, &invited), *c = &c_;
	MUST(reset_ask(c, S("jana@example.org"), S("192.0.2.7")));
	run_jobs(c);
	Str token = token_in_letter(c, "people.reset", "/nove-heslo");
	MUST(reset_get(c, token, &i));
	EQ_INT(invitation_get(c, token, &i), ERR_GONE);
	EQ_INT(email_get(c, token, &i), ERR_GONE);
	EXPECT(!setup_link_holds(c, token));
	ctx_end(c);
}

TEST("reset: the letter leads to another password within half an hour, once, and ends all sessions") {
	Id active, invited;
	Invitation i;
	SignedIn before, who;
	Actor actor;
	SessionInfo *info;
	Ctx c_ = given(&active, &invited), *c = &c_;
	MUST(sign_in(c, S("jana@example.org"), str_c(good), S("192.0.2.7"), S("P"), &before));
	MUST(reset_ask(c, S(" JANA@example.org "), S("192.0.2.7")));
	run_jobs(c);
	Str token = token_in_letter(c, "people.reset", "/nove-heslo");
	EQ_INT(reset_use(c, token, S("heslo")), ERR_INVALID);
	c->problems.len = 0;
	MUST(reset_use(c, token, str_c(other)));
	EQ_INT(reset_use(c, token, str_c(good)), ERR_GONE);
	MUST(people_auth.session_of(c, before.token, S(""), &actor, &info));
	EXPECT(info == NULL);
	EQ_INT(sign_in(c, S("jana@example.org"), str_c(good), S("192.0.2.7"), S("P"), &who), ERR_INVALID);
	MUST(sign_in(c, S("jana@example.org"), str_c(other), S("192.0.2.7"), S("P"), &who));
	MUST(reset_ask(c, S("jana@example.org"), S("192.0.2.7")));
	run_jobs(c);
	token = token_in_letter(c, "people.reset", "/nove-heslo");
	Ctx late = after(c, 30 * 60);
	EQ_INT(reset_get(&late, token, &i), ERR_GONE);
	ctx_end(&late);
}

TEST("reset: whoever is asked for, the same is said and the same is written; only who has an account gets a letter") {
	Id active, invited;
	Ctx c_ = given(&active, &invited), *c = &c_;
	static const char *const logins[] = {"nikdo@example.org", "jana@example.org", "novy@example.org"};
	static const Sql size = {"test_rows", "SELECT (SELECT COUNT(*) FROM one_time_link) + (SELECT COUNT(*) FROM mail_letter) * 100 + (SELECT COUNT(*) FROM job) * 10000", NULL};
	for (size_t i = 0; i < LEN(logins); i++) {
		i64 before, now;
		u64 work = password_work();
		MUST(db_get_int(ctx_conn(c), &size, DB_NONE, 0, &before));
		MUST(reset_ask(c, str_c(logins[i]), S("192.0.2.7")));
		MUST(db_get_int(ctx_conn(c), &size, DB_NONE, 0, &now));
		EQ_INT(now - before, 10000);
		EQ_INT(password_work() - work, 0);
		EQ_INT(c->problems.len, 0);
	}
	run_jobs(c);
	EQ_INT(letters(c, "people.reset"), 1);
	ctx_end(c);
}

TEST("reset: the fourth time within an hour waits, for a name that nobody has too") {
	Id active, invited;
	Ctx c_ = given(&active, &invited), *c = &c_;
	static const char *const logins[] = {"nikdo@example.org", "jana@example.org"};
	for (size_t i = 0; i < LEN(logins); i++) {
		for (int k = 0; k < 3; k++)
			MUST(reset_ask(c, str_c(logins[i]), S("192.0.2.7")));
		EQ_INT(reset_ask(c, str_c(logins[i]), S("192.0.2.7")), ERR_RATE);
	}
	ctx_end(c);
}

/* Of this thread: others of the program work beside it. */
static i64 microseconds(void) {
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static i64 work_of(Ctx *c, const char *login) {
	SignedIn who;
	i64      before = microseconds();
	(void)!sign_in(c, str_c(login), S("spatne-heslo-dlouhe"), S("192.0.2.7"), S("P"), &who);
	return microseconds() - before;
}

static int by_size(const void *x, const void *y) {
	i64 a = *(const i64 *)x, b = *(const i64 *)y;
	return a < b ? -1 : a > b;
}

TEST("sign-in: the work for a name that nobody has is that for one that somebody has, within a third") {
	enum { ROUNDS = 5 };                           /* after as many of them a name must wait */
	Id  active, invited;
	Ctx c_ = given(&active, &invited), *c = &c_;
	i64 known[ROUNDS], unknown[ROUNDS];
	for (size_t i = 0; i < ROUNDS; i++) {        /* in turn, so that what else the machine does falls on both */
		known[i] = work_of(c, "jana@example.org");
		unknown[i] = work_of(c, "nikdo@example.org");
	}
	qsort(known, ROUNDS, sizeof *known, by_size);
	qsort(unknown, ROUNDS, sizeof *unknown, by_size);
	i64 a = known[ROUNDS / 2], b = unknown[ROUNDS / 2];
	if (a < 2000 || b < 2000 || a * 2 > b * 3 || b * 2 > a * 3)      /* less: one of them did not hash */
		test_fail(__FILE__, __LINE__, "of a known name %lld us, of an unknown one %lld us", (long long)a, (long long)b);
	ctx_end(c);
}

TEST("e-mail: another address is confirmed from there, the old one is told, and one that is taken is refused at the end only") {
	Id active, invited;
	SignedIn who;
	Ctx c_ = given(&active, &invited), *c = &c_;
	EQ_INT(email_ask(c, active, S("to neni adresa")), ERR_INVALID);
	EQ_INT(email_ask(c, active, S("")), ERR_INVALID);
	c->problems.len = 0;
	MUST(email_ask(c, active, S("Jana.Nova@example.org")));
	Str token = token_in_letter(c, "people.email", "/novy-email");
	MUST(email_use(c, token));
	EQ_INT(letters(c, "people.security"), 1);
	EQ_INT(sign_in(c, S("jana@example.org"), str_c(good), S("192.0.2.7"), S("P"), &who), ERR_INVALID);
	MUST(sign_in(c, S("jana.nova@example.org"), str_c(good), S("192.0.2.7"), S("P"), &who));
	EQ_INT(email_use(c, token), ERR_GONE);
	MUST(email_ask(c, active, S("novy@example.org")));
	c->problems.len = 0;
	Err e = email_use(c, token_in_letter(c, "people.email", "/novy-email"));
	EXPECT(e == ERR_CONFLICT || e == ERR_INVALID);
	ctx_end(c);
}

TEST("session: when the roles of its person change it gets another token, once, and the old one ends") {
	Id active, invited;
	SignedIn who;
	Actor actor;
	SessionInfo *info;
	Ctx c_ = given(&active, &invited), *c = &c_;
	MUST(sign_in(c, S("jana@example.org"), str_c(good), S("192.0.2.7"), S("P"), &who));
	MUST(people_auth.session_of(c, who.token, S(""), &actor, &info));
	EXPECT(info && info->renewed.len == 0);
	MUST(account_grant(c, active, S("PLN"), SCOPE_REGION, 0, D(2026, 1, 1), (Date){0}));
	MUST(people_auth.session_of(c, who.token, S(""), &actor, &info));
	EXPECT(info && info->renewed.len == 43 && actor.grant_count == 2);
	Str fresh = info->renewed;
	MUST(people_auth.session_of(c, who.token, S(""), &actor, &info));
	EXPECT(info == NULL);
	MUST(people_auth.session_of(c, fresh, S(""), &actor, &info));
	EXPECT(info && info->renewed.len == 0);
	ctx_end(c);
}

TEST("rate: each failure from the fifth doubles the wait, to a quarter of an hour and no further; a day forgets") {
	static const Rate rate = {"test", 1000, 60};
	Id active, invited;
	bool fine;
	i64 wait;
	Ctx c_ = given(&active, &invited), *c = &c_;
	static const i64 waits[] = {0, 0, 0, 0, 60, 120, 240, 480, 900, 900, 900};
	for (size_t i = 0; i < LEN(waits); i++) {
		rate_failed(c, &rate, S("k"));
		MUST(rate_take(c, &rate, S("k"), &fine, &wait));
		EQ_INT(wait, waits[i]);
		EQ_INT(fine, waits[i] == 0);
	}
	MUST(rate_take(c, &rate, S("somebody else"), &fine, &wait));
	EXPECT(fine);
	Ctx next = after(c, 24 * HOUR);
	rate_failed(&next, &rate, S("k"));
	MUST(rate_take(&next, &rate, S("k"), &fine, &wait));
	EXPECT(fine);
	ctx_end(&next);
}
