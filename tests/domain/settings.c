/* Settings: one table, bounds, unknown keys refused, back to the standard, who changed what. */
#include "core/settings.h"
#include "core/trail.h"
#include "tests/support/store.h"

static const Setting table[] = {
	{"test.name", "Jméno", "", "Výchozí", SETTING_TEXT, 2, 20, .group = "Zkouška"},
	{"test.days", "Dny", "", "30", SETTING_INT, 1, 60, .unit = "dnů"},
	{"test.on", "Zapnuto", "", "0", SETTING_BOOL},
	{"test.often", "Jak často", "", "denne", SETTING_CHOICE, .choices = "nikdy=Nikdy;denne=Každý den"},
	{"test.mail", "E-mail", "", "", SETTING_EMAIL, 0, 120, .group = "Spojení"},
	{"test.hour", "Hodina", "", "07:00", SETTING_HOUR},
};

static Ctx given_settings(void) {
	static const Setting *const lists[] = {table};
	static const size_t         counts[] = {LEN(table)};
	settings_setup(lists, counts, 1);
	return ctx_make(t_arena, test_store(), &actor_program, instant_now());
}

static void refused(Ctx *c, const char *key, const char *value, const char *words) {
	c->problems.len = 0;
	EQ_INT(setting_set(c, str_c(key), str_c(value)), ERR_INVALID);
	if (!str_has(first_problem(c), str_c(words)))
		test_fail(__FILE__, __LINE__, "%s = \"%s\": %.*s", key, value, STR_ARG(first_problem(c)));
	c->problems.len = 0;
}

TEST("setting: a value out of its bounds is refused and nothing changes") {
	Ctx c = given_settings();
	refused(&c, "test.days", "0", "od 1 do 60");
	refused(&c, "test.days", "61", "od 1 do 60");
	refused(&c, "test.days", "třicet", "celé číslo");
	refused(&c, "test.days", "", "celé číslo");
	refused(&c, "test.days", "99999999999999999999", "celé číslo");
	refused(&c, "test.on", "ano", "vyberte ano, nebo ne");
	refused(&c, "test.often", "občas", "vyberte jednu");
	refused(&c, "test.mail", "jana@", "e-mailovou adresu");
	refused(&c, "test.hour", "24:00", "zapište čas");
	refused(&c, "test.hour", "7:60", "zapište čas");
	refused(&c, "test.name", "x", "alespoň 2");
	refused(&c, "test.name", "Jméno, které je delší než dvacet znaků", "zkraťte ho na 20");
	refused(&c, "test.name", "řádek\x01", "nepřípustné");
	for (size_t i = 0; setting_at(i); i++)
		EXPECT(!setting_is_changed(&c, setting_at(i)));
	ctx_end(&c);
}

TEST("setting: an unknown key is refused") {
	Ctx c = given_settings();
	EQ_INT(setting_set(&c, S("test.nothing"), S("1")), ERR_INVALID);
	EXPECT(str_has(first_problem(&c), S("„test.nothing“ program nezná")));
	EQ_INT(setting_reset(&c, S("test.nothing")), ERR_INVALID);
	ctx_end(&c);
}

TEST("setting: every kind takes what people write and keeps one form of it") {
	Ctx c = given_settings();
	MUST(setting_set(&c, S("test.days"), S(" 45 ")));
	MUST(setting_set(&c, S("test.hour"), S("6:5")));
	MUST(setting_set(&c, S("test.name"), S("  Liberecký   kraj ")));
	MUST(setting_set(&c, S("test.often"), S("nikdy")));
	MUST(setting_set(&c, S("test.mail"), S("jana@kraj.invalid")));
	MUST(setting_set(&c, S("test.mail"), S("")));
	EQ_INT(setting_int(&c, "test.days"), 45);
	EQ_TEXT(setting_text(&c, "test.hour"), "06:05");
	EQ_TEXT(setting_text(&c, "test.name"), "Liberecký kraj");
	EQ_TEXT(setting_people(&c, setting_find(S("test.often")), setting_text(&c, "test.often")), "Nikdy");
	EQ_TEXT(setting_people(&c, setting_find(S("test.days")), S("45")), "45\u00A0dnů");
	ctx_end(&c);
}

TEST("setting: back to the standard, and the trail tells both steps, newest first") {
	Ctx c = given_settings();
	SettingChanges changes;
	MUST(setting_set(&c, S("test.days"), S("10")));
	MUST(setting_set(&c, S("test.days"), S("10")));
	MUST(setting_set(&c, S("test.on"), S("1")));
	MUST(setting_reset(&c, S("test.days")));
	MUST(setting_reset(&c, S("test.days")));
	EQ_INT(setting_int(&c, "test.days"), 30);
	MUST(setting_changes(&c, S("test.days"), 100, &changes));
	EQ_INT(changes.len, 2);
	EQ_TEXT(changes.at[0].before, "10");
	EQ_TEXT(changes.at[0].after, "30");
	EQ_TEXT(changes.at[1].after, "10");
	MUST(setting_changes(&c, (Str){0}, 100, &changes));
	EQ_INT(changes.len, 3);
	ctx_end(&c);
}

TEST("setting: rows without a group belong to the one above, in each table anew") {
	Ctx c = given_settings();
	EQ_TEXT(str_c(setting_group(setting_find(S("test.hour")))), "Spojení");
	EQ_TEXT(str_c(setting_group(setting_find(S("test.on")))), "Zkouška");
	ctx_end(&c);
}

TEST("setting: what another version stored does not stop the program") {
	Ctx c = given_settings();
	CLEANUP(tx_end) Tx tx = {0};
	static const Sql put = {"test_setting_put", "INSERT INTO setting (key, value, updated) VALUES ('test.days', 'mnoho', '2026-01-01T00:00:00.000Z')", NULL};
	MUST(tx_begin(&c, &tx));
	MUST(db_run(c.conn, &put, DB_NONE, NULL));
	MUST(tx_commit(&tx));
	EQ_INT(setting_int(&c, "test.days"), 30);
	ctx_end(&c);
}
