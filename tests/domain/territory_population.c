/* Inhabitants: sums over territories, by age, as of a day. */
#include "tests/domain/territory_given.h"

static AgeGroups people(Ctx *c, const char *level, const char *code, AsOf at) {
	AgeGroups g;
	const Unit *u = territory_by_code(c, level, str_c(code));
	EXPECT(u != NULL);
	MUST(population_of(c, u->id, at, &g));
	return g;
}

TEST("population: the Liberec Region had 442 476 inhabitants at the end of 2020, 90 819 of them from 65 years") {
	Ctx c = given_territory();
	AgeGroups g = people(&c, LEVEL_REGION, "78", TODAY);
	EQ_INT(g.total, 442476);
	EQ_INT(g.age_65, 90819);
	EQ_INT(g.age_80, 17258);
	EQ_INT(g.age_0_14 + g.age_15_64 + g.age_65, 442476);
	EQ_INT(g.counted_on.n, D(2020, 12, 31).n);
	EQ_TEXT(g.source, "ČSÚ, evidence obyvatel");
	EQ_INT(g.municipalities, 215);
	EQ_INT(g.missing, 0);
	ctx_end(&c);
}

TEST("population: districts have the numbers of the handbook") {
	static const struct { const char *code; i64 municipalities, all, old, oldest, census; } districts[] = {
		{"710", 41, 76704, 14280, 2394, 75119}, {"809", 18, 24510, 5017, 804, 23696}, {"779", 12, 56660, 11755, 2275, 55693},
		{"1139", 21, 21954, 4845, 1024, 21225}, {"817", 28, 145386, 29103, 5632, 144998}, {"701", 16, 26294, 5833, 1063, 25840},
		{"1147", 22, 25570, 5630, 1202, 24736}, {"787", 10, 20274, 4502, 837, 19653}, {"1155", 36, 32963, 7046, 1488, 32558},
		{"795", 11, 12161, 2808, 539, 11702},
	};
	Ctx c = given_territory();
	for (size_t i = 0; i < LEN(districts); i++) {
		AgeGroups     g = people(&c, LEVEL_DISTRICT, districts[i].code, TODAY);
		AgeGroupsList own;
		EQ_INT(g.municipalities, districts[i].municipalities);
		EQ_INT(g.total, districts[i].all);
		EQ_INT(g.age_65, districts[i].old);
		EQ_INT(g.age_80, districts[i].oldest);
		MUST(population_own(&c, territory_by_code(&c, LEVEL_DISTRICT, str_c(districts[i].code))->id, &own));
		EXPECT(own.len > 0);
		EQ_TEXT(own.at[0].source, "ČSÚ, sčítání lidu 2021");
		EQ_INT(own.at[0].total, districts[i].census);
	}
	ctx_end(&c);
}

TEST("population: eighteen groups of men and women sum to all, in every municipality") {
	Ctx c = given_whole_territory();
	Units list;
	MUST(territory_below(&c, 0, LEVEL_MUNICIPALITY, TODAY, &list));
	for (size_t i = 0; i < list.len; i++) {
		AgeGroups g;
		i64 all = 0, old = 0;
		MUST(population_of(&c, list.at[i]->id, TODAY, &g));
		for (int k = 0; k < 18; k++) {
			EQ_INT(g.by_age[k][1] + g.by_age[k][2], g.by_age[k][0]);
			all += g.by_age[k][0];
			old += k >= 13 ? g.by_age[k][0] : 0;
		}
		EQ_INT(all, g.total);
		EQ_INT(old, g.age_65);
	}
	ctx_end(&c);
}

TEST("population: before the first count nothing is known, and nothing is not zero") {
	Ctx c = given_territory();
	AgeGroups g = people(&c, LEVEL_MUNICIPALITY, "563510", (AsOf){.valid = D(2020, 12, 30)});
	EXPECT(!date_is(g.counted_on));
	EQ_INT(g.total, BLANK);
	EQ_INT(g.by_age[0][0], BLANK);
	ctx_end(&c);
}

TEST("population: where no municipality was counted, the district's own count holds, and the region is the sum of its districts") {
	Ctx c = given_territory();
	AsOf then = {.valid = D(2020, 6, 1)};
	AgeGroups tanvald = people(&c, LEVEL_DISTRICT, "787", then), region = people(&c, LEVEL_REGION, "78", then);
	EQ_INT(tanvald.counted_on.n, D(2019, 12, 31).n);
	EXPECT(tanvald.total > 20000 && tanvald.total < 21000);
	EQ_INT(tanvald.age_80, BLANK);
	EQ_INT(region.counted_on.n, D(2019, 12, 31).n);
	EQ_INT(region.total, 443690);
	ctx_end(&c);
}

TEST("population: a later count of one municipality does not stand for the district, and what is missing is counted") {
	Ctx c = given_territory();
	const Unit *harrachov = territory_by_code(&c, LEVEL_MUNICIPALITY, S("577081"));
	Population p = {.territory = harrachov->id, .counted_on = D(2024, 12, 31), .sex = S("all"), .age_from = 0, .age_to = 150, .count = 1400, .source = S("obec")};
	MUST(entity_insert(&c, &population_entity, &p));
	EQ_INT(people(&c, LEVEL_MUNICIPALITY, "577081", TODAY).total, 1400);
	EQ_INT(people(&c, LEVEL_MUNICIPALITY, "577081", (AsOf){.valid = D(2024, 12, 30)}).total, 1335);
	EQ_INT(people(&c, LEVEL_DISTRICT, "787", TODAY).total, 20274);
	p = (Population){.territory = harrachov->id, .counted_on = D(2030, 1, 1), .sex = S("all"), .age_from = 0, .age_to = 150, .count = 1, .source = S("obec")};
	REFUSED_WITH(entity_insert(&c, &population_entity, &p), ERR_INVALID, "teprve před námi");
	p = (Population){.territory = harrachov->id, .counted_on = D(2024, 1, 1), .sex = S("all"), .age_from = 20, .age_to = 10, .count = 1, .source = S("obec")};
	REFUSED_WITH(entity_insert(&c, &population_entity, &p), ERR_INVALID, "menší než věk od");
	ctx_end(&c);
}
