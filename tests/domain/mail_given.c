#include "tests/domain/mail_given.h"

#include "domain/people/people.h"

static const MailKind kinds[] = {
	{"test.invitation", "Pozvánka", "Pro zkoušky.", NULL, "jmeno odkaz", "Pozvánka pro {jmeno}", "Dobrý den, {jmeno}, odkaz: {odkaz}\n{kraj}",
	 .secret = true},
	{"test.news", "Novinky", "Pro zkoušky.", "test.news", "co", "Nové: {co}", "Stalo se: {co}"},
};
static const Topic topics[] = {
	{"test.news", "Novinky", "Pro zkoušky.", MAIL_IMMEDIATE},
	{"test.daily", "Denní", "Pro zkoušky.", MAIL_DIGEST},
	{"test.quiet", "Tiché", "Pro zkoušky.", MAIL_NONE},
};

Ctx given_mail(void) {
	App *app;
	return given_mail_app(&app);
}

Ctx given_mail_app(App **ret) {
	App *app = *ret = test_app_empty();
	Str  why;
	extern const Module core_module;
	const MailKind *mails[] = {core_module.mails, kinds};
	const Topic    *all[] = {core_module.topics, topics};
	size_t          mail_counts[] = {core_module.mail_count, LEN(kinds)}, topic_counts[] = {core_module.topic_count, LEN(topics)};
	if (!mail_setup(t_arena, mails, mail_counts, all, topic_counts, 2, &why))
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(why));
	mail_set_origin(S("https://sit.example.org"));
	return ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
}

Id given_person(Ctx *c, const char *login, const char *name, const char *role) {
	Id id;
	MUST(account_add(c, str_c(login), str_c(name), 0, &id));
	MUST(account_grant(c, id, str_c(role), SCOPE_REGION, 0, D(2026, 1, 1), (Date){0}));
	return id;
}

/* A connection keeps a statement by its place in memory: each gets one of its own. */
static const Sql *statement(const char *sql) {
	static Arena kept;
	return NEW(&kept, Sql, .name = "test_mail", .text = str_z(&kept, str_c(sql)));
}

Str mail_text_of(Ctx *c, const char *sql) {
	Rows rows = db_query(ctx_conn(c), statement(sql), DB_NONE);
	Str  s = rows_next(&rows) ? str_dup(t_arena, col_text(&rows, 0)) : S("(nothing)");
	MUST(rows_end(&rows));
	return s;
}

i64 mail_number_of(Ctx *c, const char *sql) {
	i64 n;
	MUST(db_get_int(ctx_conn(c), statement(sql), DB_NONE, -1, &n));
	return n;
}
