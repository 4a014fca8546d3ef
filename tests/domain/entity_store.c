/* store.c, store_row.c, field.c, entity_check.c: what is put in comes back, and what is wrong is refused with a sentence. */
#include "tests/domain/entity.h"

static House *stored(Ctx *c, Id id) {
	void *row;
	MUST(entity_get(c, &house_entity, TODAY, id, &row));
	return row;
}

TEST("entity: a row with every field type comes back as it was stored") {
	Ctx c_ = given_houses(), *c = &c_;
	House *h = house(c, "Dům U Řeky");
	h->note = S("první řádek\ndruhý řádek");
	h->mail = S("dum@example.org");
	h->web = S("https://example.org/");
	h->phone = S("485111222");
	h->postcode = S("46001");
	h->beds = 0;
	h->is_open = true;
	h->seen = (Instant){1735689600123};
	h->price = (Money){-12345};
	h->staff = fte(350);
	h->share = (Percent){10000};
	strs_add(c->arena, &h->groups, S("y"));
	strs_add(c->arena, &h->groups, S("x"));
	MUST(entity_insert(c, &house_entity, h));
	House *back = stored(c, h->head.id);
	for (size_t i = 0; i < house_entity.field_count; i++)
		if (!field_equal(&house_entity.fields[i], h, back))
			test_fail(__FILE__, __LINE__, "field %s differs", house_entity.fields[i].name);
	EQ_INT(back->head.version, 1);
	ctx_end(c);
}

TEST("entity: blank numbers stay blank and are not zero") {
	Ctx c_ = given_houses(), *c = &c_;
	House *back = stored(c, given_house(c, "Prázdný")->head.id);
	EXPECT(back->beds == BLANK && back->price.halere == BLANK && back->staff.hundredths == BLANK && back->share.basis_points == BLANK);
	EXPECT(!date_is(stored(c, back->head.id)->seen.ms ? D(2020, 1, 1) : (Date){0}));
	EXPECT(back->owner == 0);
	ctx_end(c);
}

TEST("entity: every problem of a row is said, each with its field") {
	Ctx c_ = given_houses(), *c = &c_;
	House *h = house(c, "");
	h->ico = S("12345678");
	h->mail = S("bez-zavináče");
	h->web = S("javascript:alert(1)");
	h->beds = 501;
	h->kind = S("nic");
	strs_add(c->arena, &h->groups, S("q"));
	EQ_INT(entity_insert(c, &house_entity, h), ERR_INVALID);
	EQ_INT(c->problems.len, 7);
	static const char *const fields[] = {"name", "mail", "web", "ico", "beds", "kind", "groups"};
	for (size_t i = 0; i < LEN(fields); i++)
		EQ_STR(str_c(c->problems.at[i].field), str_c(fields[i]));
	ctx_end(c);
}

TEST("entity: a text that is one letter too long is refused with both numbers") {
	Ctx c_ = given_houses(), *c = &c_;
	House *h = house(c, "ččččččččččččččččččččččččččččččččččččččččč");
	REFUSED(entity_insert(c, &house_entity, h), ERR_INVALID, "41 znaků, vejde se jich nejvýše 40");
	h->name = utf8_first(h->name, 40);
	MUST(entity_insert(c, &house_entity, h));
	ctx_end(c);
}

TEST("entity: the second row with a unique value is a conflict and nothing is stored") {
	Ctx c_ = given_houses(), *c = &c_;
	House *h = given_house(c, "První"), *twin = house(c, "Druhý");
	twin->ico = h->ico;
	EQ_INT(entity_insert(c, &house_entity, twin), ERR_CONFLICT);
	c->problems.len = 0;
	EntityList list;
	MUST(entity_list(c, &house_entity, &(ListQuery){.want_total = true}, &list));
	EQ_INT(list.total, 1);
	ctx_end(c);
}

TEST("entity: an update raises the version, and one of an older version is a conflict") {
	Ctx c_ = given_houses(), *c = &c_;
	House *h = given_house(c, "Dům"), *older = entity_copy(c->arena, &house_entity, h);
	h->beds = 12;
	strs_add(c->arena, &h->groups, S("z"));
	MUST(entity_update(c, &house_entity, h));
	EQ_INT(h->head.version, 2);
	EQ_INT(stored(c, h->head.id)->groups.len, 1);
	older->beds = 13;
	REFUSED(entity_update(c, &house_entity, older), ERR_CONFLICT, "mezitím uložil někdo jiný");
	EQ_INT(stored(c, h->head.id)->beds, 12);
	ctx_end(c);
}

TEST("entity: an update that changes nothing leaves version and trail alone") {
	Ctx c_ = given_houses(), *c = &c_;
	House *h = given_house(c, "Dům");
	TrailRecords before, after;
	MUST(trail_of(c, "house", h->head.id, 0, 10, &before));
	MUST(entity_update(c, &house_entity, h));
	MUST(trail_of(c, "house", h->head.id, 0, 10, &after));
	EQ_INT(h->head.version, 1);
	EQ_INT(after.len, before.len);
	ctx_end(c);
}

TEST("entity: a deleted row is gone with its links, and an older version is not deleted") {
	Ctx c_ = given_houses(), *c = &c_;
	House *h = house(c, "Dům");
	strs_add(c->arena, &h->groups, S("x"));
	MUST(entity_insert(c, &house_entity, h));
	REFUSED(entity_delete(c, &house_entity, h->head.id, 7), ERR_CONFLICT, "mezitím");
	MUST(entity_delete(c, &house_entity, h->head.id, 1));
	void *row;
	REFUSED(entity_get(c, &house_entity, TODAY, h->head.id, &row), ERR_NOT_FOUND, "neexistuje");
	ctx_end(c);
}

TEST("entity: a row is found by a unique text and by a number, and not by what is not there") {
	Ctx c_ = given_houses(), *c = &c_;
	House *h = house(c, "Dům");
	h->beds = 77;
	MUST(entity_insert(c, &house_entity, h));
	void *row;
	MUST(entity_find(c, &house_entity, TODAY, "ico", h->ico, &row));
	EQ_INT(((House *)row)->head.id, h->head.id);
	MUST(entity_find(c, &house_entity, TODAY, "beds", S("77"), &row));
	REFUSED(entity_find(c, &house_entity, TODAY, "ico", S("nic"), &row), ERR_NOT_FOUND, "neexistuje");
	ctx_end(c);
}

TEST("entity: each write raises the data version") {
	Ctx c_ = given_houses(), *c = &c_;
	i64 before, after;
	MUST(data_version(c, &before));
	given_house(c, "Dům");
	MUST(data_version(c, &after));
	EXPECT(after > before);
	ctx_end(c);
}

TEST("tx: an inner block that was left without commit dooms the outer one") {
	Ctx c_ = given_houses(), *c = &c_;
	Tx outer = {0};
	MUST(tx_begin(c, &outer));
	House *h = house(c, "Dům");
	MUST(entity_insert(c, &house_entity, h));
	{
		CLEANUP(tx_end) Tx inner = {0};
		MUST(tx_begin(c, &inner));
	}
	EXPECT(tx_commit(&outer) != OK);
	c->problems.len = 0;
	void *row;
	EQ_INT(entity_get(c, &house_entity, TODAY, h->head.id, &row), ERR_NOT_FOUND);
	ctx_end(c);
}

TEST("fail: a sentence longer than the buffer is cut at a whole letter") {
	Ctx c_ = given_houses(), *c = &c_;
	Str long_text = S("");
	for (int i = 0; i < 12; i++)
		long_text = str_cat(c->arena, long_text.len ? long_text : S("ř"), long_text.len ? long_text : S("ř"));
	fail(c, ERR_INVALID, NULL, "x%.*s", STR_ARG(long_text));
	EXPECT(utf8_valid(said(c)));
	ctx_end(c);
}

/* ---- what people type ---- */

static Err read_into(Ctx *c, House *h, const char *field, const char *typed) {
	return field_read(c, entity_field(&house_entity, str_c(field)), str_c(typed), h);
}

TEST("field: typed values are read in the forms that people and machines use") {
	Ctx c_ = given_houses(), *c = &c_;
	House *h = house(c, "Dům");
	MUST(read_into(c, h, "since", "1. 3. 2024"));
	EXPECT(date_eq(h->since, D(2024, 3, 1)));
	MUST(read_into(c, h, "since", "2024-02-29"));
	MUST(read_into(c, h, "beds", "1"));
	MUST(read_into(c, h, "price", "1 250,50 Kč"));
	EQ_INT(h->price.halere, 125050);
	MUST(read_into(c, h, "staff", "3,5"));
	EQ_INT(h->staff.hundredths, 350);
	MUST(read_into(c, h, "is_open", "ANO"));
	EXPECT(h->is_open);
	MUST(read_into(c, h, "is_open", ""));
	EXPECT(!h->is_open);
	MUST(read_into(c, h, "kind", "běžný"));
	EQ_TEXT(h->kind, "b");
	MUST(read_into(c, h, "groups", "Senioři, z, x"));
	EQ_INT(h->groups.len, 2);
	MUST(read_into(c, h, "ico", "1001"));
	EQ_INT(h->ico.len, 8);
	MUST(read_into(c, h, "postcode", "460 01"));
	EQ_TEXT(h->postcode, "46001");
	MUST(read_into(c, h, "name", "  Dům   U Řeky "));
	EQ_TEXT(h->name, "Dům U Řeky");
	MUST(read_into(c, h, "seen", "2025-01-01T00:00:00.000Z"));
	MUST(read_into(c, h, "seen", ""));
	EQ_INT(h->seen.ms, 0);
	ctx_end(c);
}

TEST("field: typed values that make no sense are refused with the label and the remedy") {
	Ctx c_ = given_houses(), *c = &c_;
	House *h = house(c, "Dům");
	REFUSED(read_into(c, h, "since", "30. 2. 2024"), ERR_INVALID, "Od:");
	REFUSED(read_into(c, h, "beds", "dvě"), ERR_INVALID, "Lůžka:");
	REFUSED(read_into(c, h, "price", "65O 000"), ERR_INVALID, "Cena:");
	REFUSED(read_into(c, h, "staff", "3,555"), ERR_INVALID, "Úvazky:");
	REFUSED(read_into(c, h, "is_open", "možná"), ERR_INVALID, "„ano“ nebo „ne“");
	REFUSED(read_into(c, h, "kind", "neznámý"), ERR_INVALID, "číselník nezná");
	REFUSED(read_into(c, h, "groups", "x, nic"), ERR_INVALID, "číselník nezná");
	REFUSED(read_into(c, h, "seen", "včera"), ERR_INVALID, "zapište okamžik");
	REFUSED(read_into(c, h, "owner", "999999"), ERR_INVALID, "v evidenci není");
	REFUSED(read_into(c, h, "name", "a\x01" "b"), ERR_INVALID, "nedají uložit");
	ctx_end(c);
}

TEST("field: a reference is read by the target's key and by its number") {
	Ctx c_ = given_houses(), *c = &c_;
	House *owner = given_house(c, "Vlastník"), *h = house(c, "Dům");
	MUST(read_into(c, h, "owner", str_z(c->arena, owner->ico)));
	EQ_INT(h->owner, owner->head.id);
	h->owner = 0;
	MUST(read_into(c, h, "owner", str_z(c->arena, str_format(c->arena, "%lld", (long long)owner->head.id))));
	EQ_INT(h->owner, owner->head.id);
	MUST(read_into(c, h, "owner", ""));
	EQ_INT(h->owner, 0);
	ctx_end(c);
}

static void shows(Ctx *c, const House *h, const char *field, const char *machine, const char *people) {
	const Field *f = entity_field(&house_entity, str_c(field));
	EQ_STR(field_machine(c->arena, f, h), str_c(machine));
	EQ_STR(field_people(c, f, h), str_c(people));
}

TEST("field: a number whose bounds leave only years is written as a year") {
	Ctx   c_ = given_houses(), *c = &c_;
	House *h = house(c, "Dům");
	Field  year = *entity_field(&house_entity, S("beds")), hundreds = year;
	h->beds = 2027;
	year.min = 2000;
	year.max = 2100;
	EQ_STR(field_people(c, &year, h), S("2027"));
	hundreds.min = 0;
	hundreds.max = 9999;
	EQ_STR(field_people(c, &hundreds, h), S("2\u00a0027"));
	ctx_end(c);
}

TEST("field: each type has a form for machines and one for people") {
	Ctx c_ = given_houses(), *c = &c_;
	House *owner = given_house(c, "Vlastník"), *h = house(c, "Dům");
	h->beds = 1797;
	h->is_open = true;
	h->seen = prague_instant(D(2026, 11, 30), 14 * 3600);
	h->price = (Money){-12345};
	h->staff = fte(750);
	h->share = (Percent){490};
	h->phone = S("485111222");
	h->postcode = S("46001");
	h->owner = owner->head.id;
	strs_add(c->arena, &h->groups, S("y"));
	strs_add(c->arena, &h->groups, S("x"));
	shows(c, h, "name", "Dům", "Dům");
	shows(c, h, "beds", "1797", "1\u00a0797");
	shows(c, h, "is_open", "1", "ano");
	shows(c, h, "since", "2020-02-29", "29.\u00a02.\u00a02020");
	shows(c, h, "seen", "2026-11-30T13:00:00.000Z", "30.\u00a011.\u00a02026, 14:00");
	shows(c, h, "price", "-123.45", "\u2212123,45\u00a0Kč");
	shows(c, h, "staff", "7.50", "7,50");
	shows(c, h, "share", "4.90", "4,9\u00a0%");
	shows(c, h, "kind", "a", "Azylový");
	shows(c, h, "groups", "y,x", "Rodiny, Senioři");
	shows(c, h, "phone", "485111222", "+420\u00a0485\u00a0111\u00a0222");
	shows(c, h, "postcode", "46001", "460\u00a001");
	shows(c, h, "note", "", "");
	EQ_STR(field_people(c, entity_field(&house_entity, S("owner")), h), S("Vlastník"));
	h->owner = 424242;
	EQ_TEXT(field_people(c, entity_field(&house_entity, S("owner")), h), "č. 424242");
	EQ_INT(c->problems.len, 0);
	h->is_open = false;
	shows(c, h, "is_open", "0", "ne");
	ctx_end(c);
}
