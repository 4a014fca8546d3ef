/* score: a sheet that saves itself while its reviewer writes. */
#include "tests/domain/call_given.h"

static Str long_text(size_t n) {
	char *s = NEW_ARRAY(t_arena, char, n);
	memset(s, 'a', n);
	return (Str){s, n};
}

static Id being_scored(Calling *g) {
	Id  sheet;
	Ctx c = when(g, g->officer, D(2027, 4, 2), 9, 0, 0);
	MUST(sheet_assign(&c, g->application, g->reviewers[0], (Str){0}, &sheet));
	ctx_end(&c);
	c = when(g, g->reviewer[0], D(2027, 4, 3), 9, 0, 0);
	MUST(workflow_do(&c, &sheet_machine, sheet, "begin", NULL));
	ctx_end(&c);
	return sheet;
}

static i64 trail_len(Ctx *c) {
	static const Sql seq = {"test_call_trail", "SELECT seq FROM trail_head", NULL};
	i64 n;
	MUST(db_get_int(ctx_conn(c), &seq, DB_NONE, 0, &n));
	return n;
}

static Sheet *the_sheet(Ctx *c, Id id) {
	Sheet *s;
	MUST(sheet_get(c, id, &s));
	return s;
}

static const ScoreItem *item_of(Ctx *c, Id sheet, const char *criterion) {
	ScoreItems items;
	MUST(sheet_items(c, the_sheet(c, sheet), &items));
	for (size_t i = 0; i < items.len; i++)
		if (str_eq(items.at[i].criterion, str_c(criterion)))
			return &items.at[i];
	test_fail(__FILE__, __LINE__, "no criterion %s", criterion);
}

TEST("score: what saves itself keeps points whose reason is still to come and leaves out what cannot be stored; finishing asks for the reason") {
	Calling    g = given_call();
	ScoreItems items;
	i64        version, left;
	stated(&g);
	Id  sheet = being_scored(&g);
	Ctx c = when(&g, g.reviewer[0], D(2027, 4, 3), 9, 5, 0);
	MUST(sheet_items(&c, the_sheet(&c, sheet), &items));
	for (size_t i = 0; i < items.len; i++)
		items.at[i].points = items.at[i].computed == BLANK ? items.at[i].max : items.at[i].computed;
	MUST(sheet_keep(&c, sheet, the_sheet(&c, sheet)->head.version, &items, &version, &left));
	EQ_INT(left, 0);
	ScoreItem typed[] = {{.criterion = S("E2"), .points = 3}, {.criterion = S("A1"), .points = 11, .reason = S("Zapsaná dřív než body.")},
	                     {.criterion = S("C1"), .points = 9, .reason = long_text(5000)}};
	ScoreItems three = {typed, 3, 3};
	MUST(sheet_keep(&c, sheet, version, &three, &version, &left));
	EQ_INT(left, 2);
	EQ_INT(item_of(&c, sheet, "E2")->points, 3);
	EQ_INT(item_of(&c, sheet, "A1")->points, item_of(&c, sheet, "A1")->computed);
	EQ_TEXT(item_of(&c, sheet, "A1")->reason, "Zapsaná dřív než body.");
	EQ_INT(item_of(&c, sheet, "C1")->points, 9);
	EQ_TEXT(item_of(&c, sheet, "C1")->reason, "");
	REFUSED_TELLING(workflow_do(&c, &sheet_machine, sheet, "finish", NULL), ERR_INVALID, "Důvod chybí u kritérií: ");
	typed[0].reason = S("Smlouva se teprve uzavírá.");
	typed[2] = (ScoreItem){.criterion = S("C1"), .points = 10};
	ScoreItems last = {typed, 3, 3};
	MUST(sheet_keep(&c, sheet, version, &last, &version, &left));
	MUST(workflow_do(&c, &sheet_machine, sheet, "finish", NULL));
	REFUSED_TELLING(sheet_keep(&c, sheet, the_sheet(&c, sheet)->head.version, &last, &version, &left), ERR_CONFLICT, "hotové");
	ctx_end(&c);
}

TEST("score: a sheet that saves itself moves its version with every change, also of a reason alone, and not without one; an older window is refused") {
	Calling   g = given_call();
	i64       first, second, left, records;
	stated(&g);
	Id        sheet = being_scored(&g);
	ScoreItem low = {.criterion = S("E2"), .points = 3, .reason = S("Projednala jen pracovní skupina.")};
	ScoreItems one = {&low, 1, 1};
	Ctx c = when(&g, g.reviewer[0], D(2027, 4, 3), 9, 5, 0);
	i64 opened = the_sheet(&c, sheet)->head.version;
	MUST(sheet_keep(&c, sheet, opened, &one, &first, &left));
	EXPECT(first > opened);
	records = trail_len(&c);
	MUST(sheet_keep(&c, sheet, first, &one, &second, &left));
	EQ_INT(second, first);
	EQ_INT(trail_len(&c), records);
	low.reason = S("Projednala jen pracovní skupina, rada obce ne.");
	MUST(sheet_keep(&c, sheet, first, &one, &second, &left));
	EXPECT(second > first);
	EQ_INT(trail_len(&c), records + 1);
	low.reason = S("Z druhého okna.");
	REFUSED_TELLING(sheet_keep(&c, sheet, first, &one, &second, &left), ERR_CONFLICT, "v jiném okně");
	REFUSED_TELLING(sheet_save(&c, sheet, first, &one), ERR_CONFLICT, "v jiném okně");
	EQ_TEXT(item_of(&c, sheet, "E2")->reason, "Projednala jen pracovní skupina, rada obce ne.");
	ctx_end(&c);
	c = when(&g, g.reviewer[1], D(2027, 4, 3), 9, 6, 0);
	EQ_INT(sheet_keep(&c, sheet, first, &one, &second, &left), ERR_NOT_FOUND);
	ctx_end(&c);
}
