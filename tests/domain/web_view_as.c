/* web_view_as.c: who looks as somebody else changes nothing, on no page: the whole store is compared. */
#include "base/hash.h"
#include "core/trail.h"
#include "domain/people/demo.h"
#include "tests/domain/web_everybody.h"

static const char *const tables_sqlite = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name";
static const char *const tables_postgres = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name";

/* What a look may leave behind: a line in the log of views and files taken, and that the looker's own session is alive. */
static bool may_change(Str table) {
	return str_eq(table, S("journal")) || str_eq(table, S("session"));
}

static Sql *made(Str text) {
	static Arena forever;
	return NEW(&forever, Sql, .name = "test_view_as", .text = str_z(&forever, text));
}

typedef struct Table { Str name; i64 rows; u64 sum; } Table;
typedef struct Tables { Table *at; size_t len, cap; } Tables;

/* The order of rows does not count: their hashes are added up. */
static void read_table(Ctx *c, Table *t) {
	Rows rows = db_query(ctx_conn(c), made(str_format(t_arena, "SELECT %s FROM \"%.*s\" t", test_on_postgres() ? "CAST(t AS TEXT)" : "*", STR_ARG(t->name))), DB_NONE);
	for (; rows_next(&rows); t->rows++) {
		CLEANUP(buf_free) Buf b = {0};
		for (int i = 0; i < rows.columns; i++) {
			Str value = col_null(&rows, i) ? S("\x01") : col_text(&rows, i);
			buf_format(&b, "%zu:", value.len);
			buf_str(&b, value);
		}
		t->sum += fast_hash(buf_view(&b)) * 2 + 1;
	}
	MUST(rows_end(&rows));
}

static Tables read_all(App *app) {
	Tables all = {0};
	Ctx    c = app_ctx(app, t_arena);
	journal_flush(app->db);
	Rows rows = db_query(ctx_conn(&c), made(str_c(test_on_postgres() ? tables_postgres : tables_sqlite)), DB_NONE);
	while (rows_next(&rows))
		if (!may_change(col_text(&rows, 0)))
			*ARENA_PUSH(t_arena, all.at, all.len, all.cap) = (Table){.name = str_dup(t_arena, col_text(&rows, 0))};
	MUST(rows_end(&rows));
	for (size_t i = 0; i < all.len; i++)
		read_table(&c, &all.at[i]);
	ctx_end(&c);
	return all;
}

/* The first table that differs; {0} = none. */
static Str changed(const Tables *before, const Tables *now) {
	EQ_INT(now->len, before->len);
	for (size_t i = 0; i < now->len; i++)
		if (now->at[i].rows != before->at[i].rows || now->at[i].sum != before->at[i].sum)
			return now->at[i].name;
	return (Str){0};
}

/* What is written once a minute is due. */
static void a_while_ago(App *app) {
	static const Sql age = {"test_seen", "UPDATE session SET last_seen = $1", NULL};
	Ctx c = app_ctx(app, t_arena);
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(db_run(c.conn, &age, P(V((Instant){c.now.ms - 3 * 60 * 1000})), NULL));
	MUST(tx_commit(&tx));
	ctx_end(&c);
}

static void look_as(Browser *b, const char *login) {
	Ctx   c = app_ctx(b->app, t_arena);
	Actor who;
	MUST(people_demo_actor(&c, login, &who));
	ctx_end(&c);
	EQ_INT(web_post(b, "/app/nahled", str_z(t_arena, str_format(t_arena, "account=%lld", (long long)who.account))).status, 303);
}

TEST("view as: no page that the other person may open writes anything, their notices stay unread and their last visit is theirs") {
	static const char *const seen[] = {"statutar@demo.invalid", "sit@demo.invalid", "obec.jablonec@demo.invalid", "spravce.poskytovatele@demo.invalid", "audit@demo.invalid"};
	size_t n;
	web_everybody(&n);
	Browser *b = &web_somebody("spravce@demo.invalid")->b;
	for (size_t k = 0; k < LEN(seen); k++) {
		look_as(b, seen[k]);
		a_while_ago(b->app);
		Tables before = read_all(b->app);
		EXPECT(str_has(web_get(b, "/app").body, S("Prohlížíte jako")));
		Walk   walk;
		int    opened = 0;
		web_walk(b, 120, &walk);
		for (size_t i = 0; web_route(i, NULL); i++) {
			const Route *route = web_route(i, NULL);
			/* signing in by the organisation begins with a state of its own, whoever asks */
			if (route->method == GET && !str_starts(str_c(route->path), S("/prihlaseni")))
				opened += web_get(b, web_filled(route, "1")).status == 200;
		}
		if (opened <= 20 || before.len <= 30)
			test_fail(__FILE__, __LINE__, "only %d pages were opened, %zu tables compared", opened, before.len);
		Tables now = read_all(b->app);
		Str    table = changed(&before, &now);
		if (table.len)
			test_fail(__FILE__, __LINE__, "looking as %s changed the table %.*s", seen[k], STR_ARG(table));
		/* the comparison would have seen it: the end of the look stands in the trail */
		EQ_INT(web_post(b, VIEW_AS_END, "").status, 303);
		now = read_all(b->app);
		EXPECT(changed(&before, &now).len > 0);
		arena_free(t_arena);
	}
}
