/* Territory of the Liberec Region as of days on both sides of 1 January 2021, and as it was known. */
#include "core/history.h"
#include "tests/domain/territory_given.h"

#define BEFORE ((AsOf){.valid = D(2020, 12, 31)})
#define SINCE  ((AsOf){.valid = D(2021, 1, 1)})

static const Unit *named(Ctx *c, const char *level, const char *code) {
	const Unit *u = territory_by_code(c, level, str_c(code));
	EXPECT(u != NULL);
	return u;
}

static size_t count_below(Ctx *c, Id parent, const char *level, AsOf at) {
	Units list;
	MUST(territory_below(c, parent, level, at, &list));
	return list.len;
}

TEST("territory: the Liberec Region has 10 districts, 4 counties and 215 municipalities") {
	Ctx c = given_territory();
	const Unit *region = territory_region(&c);
	EXPECT(region != NULL);
	EQ_TEXT(region->name, "Liberecký kraj");
	EQ_TEXT(region->csu_code, "CZ051");
	EQ_INT(count_below(&c, region->id, LEVEL_DISTRICT, TODAY), 10);
	EQ_INT(count_below(&c, region->id, LEVEL_COUNTY, TODAY), 4);
	EQ_INT(count_below(&c, region->id, LEVEL_SUBDISTRICT, TODAY), 0);
	EQ_INT(count_below(&c, region->id, LEVEL_MUNICIPALITY, TODAY), 215);
	EQ_INT(count_below(&c, 0, LEVEL_MUNICIPALITY, TODAY), 215);
	ctx_end(&c);
}

TEST("territory: districts and municipalities come in Czech order, ch after h") {
	Ctx c = given_territory();
	Units list;
	MUST(territory_below(&c, 0, LEVEL_DISTRICT, TODAY, &list));
	const char *const want[] = {"Česká Lípa", "Frýdlant", "Jablonec nad Nisou", "Jilemnice", "Liberec", "Nový Bor", "Semily", "Tanvald", "Turnov", "Železný Brod"};
	EQ_INT(list.len, LEN(want));
	for (size_t i = 0; i < list.len; i++)
		EQ_STR(list.at[i]->name, str_c(want[i]));
	EXPECT(named(&c, LEVEL_MUNICIPALITY, "564117")->order > named(&c, LEVEL_MUNICIPALITY, "564095")->order);     /* Chrastava, Hodkovice */
	ctx_end(&c);
}

TEST("territory: the two municipalities called Pěnčín have addresses of their own") {
	Ctx c = given_territory();
	EQ_TEXT(named(&c, LEVEL_MUNICIPALITY, "563749")->slug, "pencin-563749");
	EQ_TEXT(named(&c, LEVEL_MUNICIPALITY, "564303")->slug, "pencin-564303");
	EXPECT(territory_by_slug(&c, LEVEL_MUNICIPALITY, S("pencin")) == NULL);
	EXPECT(territory_by_slug(&c, LEVEL_MUNICIPALITY, S("pencin-564303")) == named(&c, LEVEL_MUNICIPALITY, "564303"));
	EXPECT(territory_by_slug(&c, LEVEL_DISTRICT, S("jablonec-nad-nisou")) == named(&c, LEVEL_DISTRICT, "779"));
	EXPECT(territory_by_slug(&c, LEVEL_COUNTY, S("tanvald")) == NULL);
	ctx_end(&c);
}

TEST("territory: counties had 57, 34, 59 and 65 municipalities until the end of 2020 and have 57, 33, 46 and 79 since") {
	static const struct { const char *code; size_t before, since; i64 people; } counties[] = {
		{"3501", 57, 57, 102998}, {"3504", 34, 33, 89095}, {"3505", 59, 46, 169896}, {"3608", 65, 79, 80487},
	};
	Ctx c = given_territory();
	for (size_t i = 0; i < LEN(counties); i++) {
		Id county = named(&c, LEVEL_COUNTY, counties[i].code)->id;
		AgeGroups people;
		EQ_INT(count_below(&c, county, LEVEL_MUNICIPALITY, BEFORE), counties[i].before);
		EQ_INT(count_below(&c, county, LEVEL_MUNICIPALITY, SINCE), counties[i].since);
		MUST(population_of(&c, county, SINCE, &people));
		EQ_INT(people.total, counties[i].people);
	}
	ctx_end(&c);
}

/* Thirteen of Liberec, two of Jablonec to Semily, and Harrachov the other way. */
static const struct { const char *code, *before, *after; } moved[] = {
	{"544531", "3505", "3608"}, {"563609", "3504", "3608"}, {"564141", "3505", "3608"}, {"545937", "3505", "3608"},
	{"563706", "3504", "3608"}, {"545953", "3505", "3608"}, {"564303", "3505", "3608"}, {"564354", "3505", "3608"},
	{"544582", "3505", "3608"}, {"564401", "3505", "3608"}, {"564435", "3505", "3608"}, {"564443", "3505", "3608"},
	{"564451", "3505", "3608"}, {"564516", "3505", "3608"}, {"544604", "3505", "3608"}, {"577081", "3608", "3504"},
};

TEST("territory: exactly the sixteen municipalities moved to another county on 1 January 2021") {
	Ctx c = given_territory();
	Moves list;
	MUST(territory_moves(&c, territory_region(&c)->id, LEVEL_COUNTY, BEFORE, SINCE, &list));
	EQ_INT(list.len, LEN(moved));
	for (size_t i = 0; i < LEN(moved); i++) {
		const Unit *u = named(&c, LEVEL_MUNICIPALITY, moved[i].code);
		size_t k = 0;
		while (k < list.len && list.at[k].unit != u)
			k++;
		EXPECT(k < list.len);
		EQ_STR(list.at[k].before->code, str_c(moved[i].before));
		EQ_STR(list.at[k].after->code, str_c(moved[i].after));
		EXPECT(territory_above(&c, u->id, LEVEL_COUNTY, BEFORE) == list.at[k].before);
		EXPECT(territory_above(&c, u->id, LEVEL_COUNTY, TODAY) == list.at[k].after);
	}
	MUST(territory_moves(&c, 0, LEVEL_DISTRICT, BEFORE, SINCE, &list));
	EQ_INT(list.len, 0);
	MUST(territory_moves(&c, 0, LEVEL_COUNTY, SINCE, TODAY, &list));
	EQ_INT(list.len, 0);
	ctx_end(&c);
}

TEST("territory: the difference of two as-ofs in the store are the same sixteen memberships") {
	Ctx c = given_territory();
	Diff diff;
	MUST(history_diff(&c, &membership_entity, BEFORE, SINCE, &diff));
	EQ_INT(diff.len, LEN(moved));
	for (size_t i = 0; i < diff.len; i++) {
		const Membership *before = diff.at[i].before, *after = diff.at[i].after;
		EQ_INT(diff.at[i].kind, HISTORY_CHANGED);
		EQ_INT(before->child, after->child);
		EQ_TEXT(after->parent_level, LEVEL_COUNTY);
		EXPECT(territory_above(&c, after->child, LEVEL_COUNTY, SINCE)->id == after->parent);
	}
	ctx_end(&c);
}

TEST("territory: the only day on which something moved is 1 January 2021, for those whom it touched") {
	Ctx c = given_territory();
	Dates days;
	MUST(territory_change_days(&c, territory_region(&c)->id, &days));
	EQ_INT(days.len, 1);
	EQ_INT(days.at[0].n, D(2021, 1, 1).n);
	MUST(territory_change_days(&c, named(&c, LEVEL_DISTRICT, "1155")->id, &days));        /* Turnov */
	EQ_INT(days.len, 1);
	MUST(territory_change_days(&c, named(&c, LEVEL_MUNICIPALITY, "577081")->id, &days));  /* Harrachov */
	EQ_INT(days.len, 1);
	MUST(territory_change_days(&c, named(&c, LEVEL_DISTRICT, "809")->id, &days));         /* Frýdlant */
	EQ_INT(days.len, 0);
	ctx_end(&c);
}

TEST("territory: above goes through any number of steps and knows no days before the beginning") {
	Ctx c = given_territory();
	const Unit *harrachov = named(&c, LEVEL_MUNICIPALITY, "577081");
	EQ_TEXT(territory_above(&c, harrachov->id, LEVEL_DISTRICT, TODAY)->name, "Tanvald");
	EXPECT(territory_above(&c, harrachov->id, LEVEL_REGION, TODAY) == territory_region(&c));
	EXPECT(territory_above(&c, harrachov->id, LEVEL_MUNICIPALITY, TODAY) == harrachov);
	EXPECT(territory_above(&c, harrachov->id, LEVEL_SUBDISTRICT, TODAY) == NULL);
	EXPECT(territory_above(&c, territory_region(&c)->id, LEVEL_DISTRICT, TODAY) == NULL);
	EXPECT(territory_above(&c, harrachov->id, LEVEL_REGION, (AsOf){.valid = D(2006, 12, 31)}) == NULL);
	EXPECT(territory_above(&c, harrachov->id, LEVEL_REGION, (AsOf){.valid = D(2007, 1, 1)}) == territory_region(&c));
	EXPECT(territory_by_code(&c, LEVEL_MUNICIPALITY, S("787")) == NULL);                  /* a district's code */
	EXPECT(territory_by_id(&c, 0) == NULL);
	ctx_end(&c);
}

TEST("territory: a change that was recorded later was not known before") {
	Ctx c = given_territory();
	Instant imported = c.now;
	const Unit *harrachov = named(&c, LEVEL_MUNICIPALITY, "577081"), *semily = named(&c, LEVEL_COUNTY, "3608");
	EntityList rows;
	ListFilter of[] = {{.field = entity_field(&membership_entity, S("child")), .value = str_format(t_arena, "%lld", (long long)harrachov->id)},
	                   {.field = entity_field(&membership_entity, S("parent_level")), .value = S(LEVEL_COUNTY)}};
	MUST(entity_list(&c, &membership_entity, &(ListQuery){.filters = of, .filter_count = 2, .limit = -1}, &rows));
	EQ_INT(rows.len, 1);
	Membership *m = rows.at[0];
	m->parent = semily->id;
	c.now.ms += 60000;
	MUST(history_change(&c, &membership_entity, m, D(2024, 1, 1), (Date){0}));
	EQ_TEXT(territory_above(&c, harrachov->id, LEVEL_COUNTY, TODAY)->name, "Semily");
	EQ_TEXT(territory_above(&c, harrachov->id, LEVEL_COUNTY, (AsOf){.valid = D(2023, 12, 31)})->name, "Jablonec nad Nisou");
	EQ_TEXT(territory_above(&c, harrachov->id, LEVEL_COUNTY, (AsOf){.recorded = imported})->name, "Jablonec nad Nisou");
	EQ_TEXT(territory_above(&c, harrachov->id, LEVEL_COUNTY, (AsOf){.valid = D(2020, 1, 1), .recorded = imported})->name, "Semily");
	EXPECT(territory_above(&c, harrachov->id, LEVEL_COUNTY, (AsOf){.recorded = {imported.ms - 1000}}) == NULL);
	EQ_INT(count_below(&c, semily->id, LEVEL_MUNICIPALITY, TODAY), 80);
	EQ_INT(count_below(&c, semily->id, LEVEL_MUNICIPALITY, (AsOf){.recorded = imported}), 79);
	ctx_end(&c);
}

TEST("territory: a membership at a wrong level, twice, or of a municipality in itself is refused") {
	Ctx c = given_territory();
	Id harrachov = named(&c, LEVEL_MUNICIPALITY, "577081")->id, tanvald = named(&c, LEVEL_DISTRICT, "787")->id, region = territory_region(&c)->id;
	Membership twice = {.child = harrachov, .parent = tanvald, .parent_level = S(LEVEL_DISTRICT)};
	REFUSED_WITH(history_create(&c, &membership_entity, &twice, D(2024, 1, 1), (Date){0}), ERR_CONFLICT, "už má příslušnost na této úrovni");
	Membership wrong_level = {.child = harrachov, .parent = tanvald, .parent_level = S(LEVEL_COUNTY)};
	REFUSED_WITH(history_create(&c, &membership_entity, &wrong_level, D(2024, 1, 1), (Date){0}), ERR_INVALID, "Úroveň neodpovídá");
	Membership self = {.child = harrachov, .parent = harrachov, .parent_level = S(LEVEL_MUNICIPALITY)};
	REFUSED_WITH(history_create(&c, &membership_entity, &self, D(2024, 1, 1), (Date){0}), ERR_INVALID, "Takto území zařadit nejde");
	Membership upside_down = {.child = region, .parent = tanvald, .parent_level = S(LEVEL_DISTRICT)};
	REFUSED_WITH(history_create(&c, &membership_entity, &upside_down, D(2024, 1, 1), (Date){0}), ERR_INVALID, "Takto území zařadit nejde");
	Membership nobody = {.child = harrachov, .parent = 999999999, .parent_level = S(LEVEL_SUBDISTRICT)};
	REFUSED_WITH(history_create(&c, &membership_entity, &nobody, D(2024, 1, 1), (Date){0}), ERR_INVALID, "neexistuje");
	ctx_end(&c);
}

TEST("territory: a territory of one's own holds municipalities of several districts, gets an address and may overlap another") {
	Ctx c = given_territory();
	Territory novoborsko = {.level = S(LEVEL_CUSTOM), .code = S("novoborsko"), .name = S("Novoborsko"), .lon = BLANK, .lat = BLANK};
	Territory hory = {.level = S(LEVEL_CUSTOM), .code = S("hory"), .name = S("Novoborsko"), .lon = BLANK, .lat = BLANK};
	MUST(entity_insert(&c, &territory_entity, &novoborsko));
	MUST(entity_insert(&c, &territory_entity, &hory));
	EQ_TEXT(novoborsko.slug, "novoborsko");
	EQ_TEXT(hory.slug, "novoborsko-hory");
	Id bor = named(&c, LEVEL_MUNICIPALITY, "561860")->id;
	for (int i = 0; i < 2; i++) {
		Membership m = {.child = bor, .parent = i ? hory.head.id : novoborsko.head.id, .parent_level = S(LEVEL_CUSTOM)};
		MUST(history_create(&c, &membership_entity, &m, D(2024, 1, 1), (Date){0}));
	}
	EQ_INT(count_below(&c, novoborsko.head.id, LEVEL_MUNICIPALITY, TODAY), 1);
	EQ_INT(count_below(&c, hory.head.id, LEVEL_MUNICIPALITY, TODAY), 1);
	EQ_INT(count_below(&c, hory.head.id, LEVEL_MUNICIPALITY, (AsOf){.valid = D(2023, 12, 31)}), 0);
	EQ_TEXT(territory_above(&c, bor, LEVEL_DISTRICT, TODAY)->name, "Nový Bor");
	AgeGroups people;
	MUST(population_of(&c, novoborsko.head.id, TODAY, &people));
	EQ_INT(people.municipalities, 1);
	EXPECT(people.total > 11000);
	Territory letters = {.level = S(LEVEL_MUNICIPALITY), .code = S("abc"), .name = S("Nikde"), .lon = BLANK, .lat = BLANK};
	REFUSED_WITH(entity_insert(&c, &territory_entity, &letters), ERR_INVALID, "Kód RÚIAN je číslo");
	ctx_end(&c);
}

TEST("territory: a hundred thousand look-ups by code and above are a matter of milliseconds, and read nothing from the store") {
	Ctx c = given_territory();
	Units list;
	MUST(territory_below(&c, 0, LEVEL_MUNICIPALITY, TODAY, &list));
	size_t held = c.arena->held;
	i64    found = 0;
	for (size_t i = 0; i < 100000; i++) {
		const Unit *u = territory_by_code(&c, LEVEL_MUNICIPALITY, list.at[i % list.len]->code);
		found += u == list.at[i % list.len] && territory_above(&c, u->id, LEVEL_REGION, TODAY) == territory_region(&c);
	}
	EQ_INT(found, 100000);
	EQ_INT(c.arena->held, held);                 /* nothing was allocated, so nothing was asked of the store */
	ctx_end(&c);
}
