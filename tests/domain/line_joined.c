/* Rows of lines are read from texts that stand beside the link tables: both must say the same, also in stores from before there were texts. */
#include "tests/domain/network_given.h"

/* How many rows say something else in a text than in its table. */
static i64 rows_that_differ(Ctx *c) {
	i64 all = 0;
	for (size_t i = 0; i < line_entity.field_count; i++) {
		const Field *f = &line_entity.fields[i];
		if (!field_is_linked(f))
			continue;
		Str one = f->type == TYPE_PAIRS ? S("k.code || '=' || CAST(k.amount AS TEXT)") : S("k.code");
		Sql differ = {.name = "test_joined", .once = true, .text = str_z(t_arena, str_format(t_arena,
			"SELECT COUNT(*) FROM network_line l WHERE l.%s_joined <> COALESCE((SELECT string_agg(%.*s, ',') FROM (SELECT * FROM network_line_%s WHERE owner = l.row_id"
			" ORDER BY code) k), '')", f->name, STR_ARG(one), f->name))};
		i64 n;
		MUST(db_get_int(ctx_conn(c), &differ, DB_NONE, 0, &n));
		all += n;
	}
	return all;
}

static i64 count_of(Ctx *c, const char *text) {
	Sql sql = {.name = "test_count", .once = true, .text = text};
	i64 n;
	MUST(db_get_int(ctx_conn(c), &sql, DB_NONE, 0, &n));
	return n;
}

TEST("network: every row of a line in the sample says the same in its texts as in its tables of codes, shares and ceilings") {
	App *app = test_app_demo();
	Ctx  c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	EXPECT(count_of(&c, "SELECT COUNT(*) FROM network_line WHERE areas_joined <> '' AND ceilings_joined <> ''") > 1000);
	EQ_INT(rows_that_differ(&c), 0);
	ctx_end(&c);
}

TEST("network: codes and shares that a program gives in another order, or none at all, are read as the tables order them") {
	NetGiven n;
	void    *row;
	network_given(&n);
	Line *l = network_line(&n, "1");
	Str   areas = l->areas, second = areas, first = str_cut(&second, ',');
	l->areas = str_format(t_arena, "%.*s,%.*s", STR_ARG(second), STR_ARG(first));
	l->forms = (Strs){0};
	strs_add(t_arena, &l->forms, S("terenni"));
	strs_add(t_arena, &l->forms, S("ambulantni"));
	l->target_groups = (Strs){0};
	l->ceilings = (Str){0};
	MUST(history_create_judged(n.c, &line_entity, l, D(2025, 1, 1), (Date){0}));
	MUST(store_get(n.c, &line_entity, TODAY, l->head.id, &row));
	const Line *read = row;
	EQ_STR(read->areas, areas);
	EQ_INT(read->forms.len, 2);
	EQ_STR(read->forms.at[0], S("ambulantni"));
	EQ_INT(read->target_groups.len, 0);
	EQ_INT(read->ceilings.len, 0);
	EQ_INT(rows_that_differ(n.c), 0);
}

static const char *fill_of_migration(void) {
	size_t           count;
	const Migration *list = test_migrations(&count);
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].module, "network") == 0 && strstr(list[i].name, "joined"))
			return strstr(list[i].text, "UPDATE network_line");
	return NULL;
}

TEST("network: rows of a store from before the texts get them when the store is brought up to date") {
	App *app = test_app_demo();
	Ctx  c = ctx_make(t_arena, app->db, &actor_program, prague_instant(D(2026, 11, 22), 10 * 3600));
	Tx   tx = {0};
	Sql  blank = {.name = "test_blank", .once = true, .text = "UPDATE network_line SET forms_joined = '', target_groups_joined = '', areas_joined = '', ceilings_joined = ''"};
	Str  text = str_c(fill_of_migration());
	Sql  fill = {.name = "test_fill", .once = true, .text = str_z(t_arena, str_cut(&text, ';'))};
	MUST(tx_begin(&c, &tx));
	MUST(db_run(c.conn, &blank, DB_NONE, NULL));
	EXPECT(rows_that_differ(&c) > 1000);
	MUST(db_run(c.conn, &fill, DB_NONE, NULL));
	EQ_INT(rows_that_differ(&c), 0);
	tx_end(&tx);
	ctx_end(&c);
}
