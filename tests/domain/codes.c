/* Code lists as they are looked after: uses, ends, successors. */
#include "domain/admin/codes.h"

#include "core/history.h"
#include "domain/people/demo.h"
#include "domain/people/people.h"
#include "tests/support/store.h"

static Ctx given(void) {
	Ctx c = ctx_make(t_arena, test_store(), &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	MUST(people_seed(&c));
	return c;
}

static Organisation *given_municipality(Ctx *c) {
	Organisation *o = entity_new(t_arena, &organisation_entity);
	o->kind = S("municipality");
	o->name = S("Jablonec nad Nisou");
	MUST(entity_insert(c, &organisation_entity, o));
	return o;
}

static CodeEnd end_of(Ctx *c, const char *code) {
	const CodeItem *item = codelist_find(c, "organisation_kind", str_c(code));
	return (CodeEnd){.item = item->head.id, .version = item->head.version, .last_day = D(2026, 12, 31)};
}

TEST("codes: an item that is used ends only with a successor or by an express word, and the counts are told") {
	Ctx c = given();
	given_municipality(&c);
	CodeUses uses;
	MUST(codelist_uses(&c, S("organisation_kind"), S("municipality"), &uses));
	EQ_INT(uses.total, 1);
	EXPECT(uses.at[0].entity == &organisation_entity);
	EQ_INT(code_end(&c, end_of(&c, "municipality")), ERR_CONFLICT);
	EXPECT(str_has(first_problem(&c), S("organizace: 1")));
	CodeEnd e = end_of(&c, "municipality");
	e.successor = S("region");
	MUST(code_end(&c, e));
	CodeItems items;
	MUST(codelist_items(&c, "organisation_kind", D(2027, 1, 1), &items));
	for (size_t i = 0; i < items.len; i++)
		EXPECT(!str_eq(items.at[i]->code, S("municipality")));
	EQ_TEXT(codelist_name(&c, "organisation_kind", S("municipality")), "obec");
	EQ_TEXT(codelist_successor(&c, "organisation_kind", S("municipality")), "region");
	ctx_end(&c);
}

TEST("codes: ended without a successor when somebody says so, and an unused one at once") {
	Ctx c = given();
	given_municipality(&c);
	CodeEnd e = end_of(&c, "municipality");
	e.anyway = true;
	MUST(code_end(&c, e));
	MUST(code_add(&c, S("organisation_kind"), S("svazek"), S("svazek obcí"), 9, D(2026, 1, 1)));
	MUST(code_end(&c, end_of(&c, "svazek")));
	EQ_TEXT(codelist_successor(&c, "organisation_kind", S("svazek")), "svazek");
	ctx_end(&c);
}

TEST("codes: a successor must be another item of the list and must not lead back") {
	Ctx     c = given();
	CodeEnd e = end_of(&c, "municipality");
	e.successor = S("municipality");
	EQ_INT(code_end(&c, e), ERR_INVALID);
	e.successor = S("neznámý");
	EQ_INT(code_end(&c, e), ERR_INVALID);
	MUST(code_add(&c, S("organisation_kind"), S("nova"), S("nová"), BLANK, D(2026, 1, 1)));
	CodeEnd newer = end_of(&c, "nova");
	newer.successor = S("municipality");
	MUST(code_end(&c, newer));
	e = end_of(&c, "municipality");
	e.successor = S("nova");
	EQ_INT(code_end(&c, e), ERR_INVALID);
	e.successor = (Str){0};
	e.last_day = D(2006, 1, 1);
	EQ_INT(code_end(&c, e), ERR_INVALID);
	e.last_day = D(2026, 12, 31);
	e.version++;
	EQ_INT(code_end(&c, e), ERR_CONFLICT);
	ctx_end(&c);
}

TEST("codes: a code is in its list once, and holds from its day") {
	Ctx c = given();
	CodeItems items;
	EQ_INT(code_add(&c, S("organisation_kind"), S("region"), S("kraj"), BLANK, D(2026, 1, 1)), ERR_CONFLICT);
	EQ_INT(code_add(&c, S("organisation_kind"), S("s mezerou"), S("x"), BLANK, D(2026, 1, 1)), ERR_INVALID);
	EQ_INT(code_add(&c, S("organisation_kind"), S("y"), S(""), BLANK, D(2026, 1, 1)), ERR_INVALID);
	MUST(code_add(&c, S("organisation_kind"), S("pristi"), S("příští rok"), BLANK, D(2027, 1, 1)));
	MUST(codelist_spans(&c, S("organisation_kind"), D(2026, 11, 22), false, &items));
	size_t now = items.len;
	MUST(codelist_spans(&c, S("organisation_kind"), D(2027, 1, 1), false, &items));
	EQ_INT(items.len, now + 1);
	ctx_end(&c);
}

TEST("codes: every field of every entity that holds codes can be counted") {
	Ctx c = given();
	CodeLists all;
	MUST(codelist_lists(&c, c.today, &all));
	EXPECT(all.len > 3);
	for (size_t i = 0; i < all.len; i++) {
		CodeUses uses;
		MUST(codelist_uses(&c, all.at[i].list, S("nothing"), &uses));
		EQ_INT(uses.total, 0);
	}
	static const char *const others[] = {"service_kind", "target_group", "age_group", "service_form", "capacity_type"};
	for (size_t i = 0; i < LEN(others); i++) {
		CodeUses uses;
		MUST(codelist_uses(&c, str_c(others[i]), S("nothing"), &uses));
	}
	ctx_end(&c);
}
