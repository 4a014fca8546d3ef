/* Import of territory: recognised by headers, judged cell by cell, all or nothing, the same again changes nothing. */
#include "core/history.h"
#include "core/trail.h"
#include "tests/domain/territory_given.h"

#define HEAD "kod_obce,nazev,kod_orp_ruian,kod_orp_csu,nazev_orp,kod_okresu_ruian_do_2020,nazev_okresu_do_2020,kod_okresu_ruian_od_2021,kod_kraje_ruian," \
             "kod_kraje_nuts3,obyvatel_2020_12_31,0_14,15_64,65plus,80plus\n"
#define AGES "kod_obce,nazev,pohlavi,celkem,0_4,5_9,10_14,15_19,20_24,25_29,30_34,35_39,40_44,45_49,50_54,55_59,60_64,65_69,70_74,75_79,80_84,85plus\n"

static i64 units_of(Ctx *c, const char *level) {
	Units list;
	MUST(territory_below(c, 0, level, TODAY, &list));
	return (i64)list.len;
}

TEST("import: the same files again change nothing, and leave no trace in the trail") {
	Ctx c = given_whole_territory();
	TerritoryImport again;
	TrailRecords    before, after;
	MUST(trail_of(&c, "territory", 0, 0, 10, &before));
	EQ_INT(before.len, 1);
	EQ_TEXT(before.at[0].action, "import");
	MUST(territory_import_builtin(&c, S("78"), &again));
	EQ_INT(again.added, 0);
	EQ_INT(again.changed, 0);
	EXPECT(again.same > 14000);
	MUST(trail_of(&c, "territory", 0, 0, 10, &after));
	EQ_INT(after.len, 1);
	ctx_end(&c);
}

TEST("import: the whole country has 14 regions, 206 districts and 6 258 municipalities with 10 701 777 inhabitants") {
	Ctx c = given_territory();
	TerritoryImport done;
	Str slug = territory_by_code(&c, LEVEL_MUNICIPALITY, S("563811"))->slug;
	MUST(territory_import_builtin(&c, (Str){0}, &done));
	EQ_INT(done.skipped, 0);
	EQ_INT(done.changed, 0);
	EXPECT(done.added > 60000);
	EQ_INT(units_of(&c, LEVEL_REGION), 14);
	EQ_INT(units_of(&c, LEVEL_DISTRICT), 206);
	EQ_INT(units_of(&c, LEVEL_COUNTY), 78);      /* 77, and Prague with the code before 2021 and the one since */
	EQ_INT(units_of(&c, LEVEL_MUNICIPALITY), 6258);
	EQ_STR(territory_by_code(&c, LEVEL_MUNICIPALITY, S("563811"))->slug, slug);           /* an address never changes */
	Units regions;
	i64   people = 0;
	MUST(territory_below(&c, 0, LEVEL_REGION, TODAY, &regions));
	for (size_t i = 0; i < regions.len; i++) {
		AgeGroups g;
		MUST(population_of(&c, regions.at[i]->id, TODAY, &g));
		EQ_INT(g.missing, 0);
		people += g.total;
	}
	EQ_INT(people, 10701777);
	Moves moves;
	MUST(territory_moves(&c, 0, LEVEL_COUNTY, (AsOf){.valid = D(2020, 12, 31)}, (AsOf){.valid = D(2021, 1, 1)}, &moves));
	EQ_INT(moves.len, 29);
	MUST(territory_import_builtin(&c, (Str){0}, &done));
	EQ_INT(done.added + done.changed, 0);
	ctx_end(&c);
}

TEST("import: one region out of the national files, any one") {
	Ctx c = given_territory_lists();
	TerritoryImport done;
	MUST(territory_import_builtin(&c, S("19"), &done));
	EQ_INT(units_of(&c, LEVEL_MUNICIPALITY), 1);
	EQ_INT(units_of(&c, LEVEL_DISTRICT), 1);
	EXPECT(done.skipped > 6000);
	EXPECT(territory_region(&c) == NULL);        /* the installation's own region is another one */
	ctx_end(&c);
}

TEST("import: boundaries come in two layers, the finer one from GeoJSON, the overview from shared arcs") {
	Ctx c = given_whole_territory();
	Str detail, overview, none;
	Id  liberec = territory_by_code(&c, LEVEL_DISTRICT, S("817"))->id;
	MUST(territory_boundary(&c, liberec, BOUNDARY_DETAIL, &detail));
	MUST(territory_boundary(&c, liberec, BOUNDARY_OVERVIEW, &overview));
	EXPECT(str_starts(detail, S("14")) || str_starts(detail, S("15")));
	EXPECT(detail.len > 1000 && overview.len > 500 && !str_eq(detail, overview));
	MUST(territory_boundary(&c, territory_by_code(&c, LEVEL_COUNTY, S("3505"))->id, BOUNDARY_DETAIL, &none));
	EQ_INT(none.len, 0);
	/* The arcs of a ring close: its last point is its first. */
	Str first = str_cut(&(Str){overview.ptr, overview.len}, ',');
	EXPECT(str_ends(str_cut(&(Str){overview.ptr, overview.len}, ';'), first));
	ctx_end(&c);
}

TEST("import: parts of municipalities are found by their code and have one postcode or several") {
	Ctx c = given_whole_territory();
	Parts parts;
	EQ_TEXT(territory_by_part(&c, S("406899"))->name, "Česká Lípa");
	EXPECT(territory_by_part(&c, S("1")) == NULL);
	MUST(territory_parts(&c, territory_by_code(&c, LEVEL_MUNICIPALITY, S("577081"))->id, &parts));
	EQ_INT(parts.len, 4);
	EQ_TEXT(parts.at[0].name, "Harrachov");
	EQ_TEXT(parts.at[0].postcodes, "512\u00A046");
	ctx_end(&c);
}

TEST("import: what people changed for later days stays when the files come again") {
	Ctx c = given_territory();
	TerritoryImport again;
	const Unit *harrachov = territory_by_code(&c, LEVEL_MUNICIPALITY, S("577081"));
	EntityList rows;
	ListFilter of[] = {{.field = entity_field(&membership_entity, S("child")), .value = str_format(t_arena, "%lld", (long long)harrachov->id)},
	                   {.field = entity_field(&membership_entity, S("parent_level")), .value = S(LEVEL_DISTRICT)}};
	MUST(entity_list(&c, &membership_entity, &(ListQuery){.filters = of, .filter_count = 2, .limit = -1}, &rows));
	Membership *m = rows.at[0];
	m->parent = territory_by_code(&c, LEVEL_DISTRICT, S("1139"))->id;                     /* Jilemnice */
	MUST(history_change(&c, &membership_entity, m, D(2025, 1, 1), (Date){0}));
	MUST(territory_import_builtin(&c, S("78"), &again));
	EQ_INT(again.changed, 0);
	EQ_TEXT(territory_above(&c, harrachov->id, LEVEL_DISTRICT, TODAY)->name, "Jilemnice");
	EQ_TEXT(territory_above(&c, harrachov->id, LEVEL_DISTRICT, (AsOf){.valid = D(2024, 12, 31)})->name, "Tanvald");
	ctx_end(&c);
}

TEST("import: a newer file adds its count and changes a name, once") {
	Ctx c = given_territory();
	TerritoryImport done;
	const char *text = "kod_obce,nazev,kod_orp_ruian,kod_orp_csu,nazev_orp,kod_okresu_ruian_do_2020,nazev_okresu_do_2020,kod_okresu_ruian_od_2021,kod_kraje_ruian,"
	                   "kod_kraje_nuts3,obyvatel_2025_12_31,0_14,15_64,65plus,80plus\n577081,Harrachov v Krkonoších,787,5108,Tanvald,3608,Semily,3504,78,CZ051,1300,150,800,350,\n";
	MUST(territory_import_text(&c, "obce.csv", text, &done));
	EQ_INT(done.changed, 1);
	EQ_INT(done.added, 4);
	AgeGroups g;
	MUST(population_of(&c, territory_by_code(&c, LEVEL_MUNICIPALITY, S("577081"))->id, TODAY, &g));
	EQ_INT(g.total, 1300);
	EQ_INT(g.age_80, BLANK);
	EQ_TEXT(territory_by_slug(&c, LEVEL_MUNICIPALITY, S("harrachov"))->name, "Harrachov v Krkonoších");
	MUST(territory_import_text(&c, "obce.csv", text, &done));
	EQ_INT(done.added + done.changed, 0);
	ctx_end(&c);
}

TEST("import: subdistricts and territories of one's own come as lists of municipalities") {
	Ctx c = given_territory();
	TerritoryImport done;
	MUST(territory_import_text(&c, "pou.csv", "kod_pou;nazev_pou;kod_obce;kod_sidelni_obce\n1511;Tanvald;577081;563820\n1511;Tanvald;563820;563820\n", &done));
	const Unit *pou = territory_above(&c, territory_by_code(&c, LEVEL_MUNICIPALITY, S("577081"))->id, LEVEL_SUBDISTRICT, TODAY);
	EXPECT(pou != NULL);
	EQ_TEXT(pou->name, "Tanvald");
	EQ_TEXT(territory_above(&c, pou->id, LEVEL_DISTRICT, TODAY)->name, "Tanvald");
	MUST(territory_import_text(&c, "uzemi.csv", "kod_uzemi,nazev_uzemi,kod_obce,plati_od\nhory,Jizerské hory,577081,2024-01-01\nhory,Jizerské hory,563820,2024-01-01\n", &done));
	EQ_INT(done.added, 3);
	const Unit *hory = territory_by_slug(&c, LEVEL_CUSTOM, S("jizerske-hory"));
	Units list;
	MUST(territory_below(&c, hory->id, LEVEL_MUNICIPALITY, TODAY, &list));
	EQ_INT(list.len, 2);
	MUST(territory_below(&c, hory->id, LEVEL_MUNICIPALITY, (AsOf){.valid = D(2023, 12, 31)}, &list));
	EQ_INT(list.len, 0);
	REFUSED_WITH(territory_import_text(&c, "uzemi.csv", "kod_uzemi,nazev_uzemi,kod_obce\nHory!,Jizerské hory,577081\n", &done), ERR_INVALID, "řádek 2, sloupec kod_uzemi");
	ctx_end(&c);
}

TEST("import: bad cells are named by file, row and column with what to do, all of them, and nothing is stored") {
	Ctx c = given_territory();
	TerritoryImport done;
	const char *text = HEAD
		"999001,Nová,787,5108,Tanvald,3608,Semily,3504,78,CZ051,100,10,80,10,2\n"
		"x1,Bez kódu,787,5108,Tanvald,3608,Semily,3504,78,CZ051,1,,,,\n"
		"999002,,787,5108,Tanvald,3608,Semily,3504,78,CZ051,1,,,,\n"
		"999003,Součet,787,5108,Tanvald,3608,Semily,3504,78,CZ051,100,10,80,11,2\n"
		"999004,Cizí ORP,1,5108,Tanvald,3608,Semily,3504,78,CZ051,1,,,,\n"
		"999005,Počet,787,5108,Tanvald,3608,Semily,3504,78,CZ051,mnoho,,,,\n"
		"999006,Staří,787,5108,Tanvald,3608,Semily,3504,78,CZ051,100,10,80,10,11\n"
		"999001,Podruhé,787,5108,Tanvald,3608,Semily,3504,78,CZ051,100,10,80,10,2\n";
	EQ_INT(territory_import_text(&c, "obce.csv", text, &done), ERR_INVALID);
	Str words = territory_said(&c);
	static const char *const parts[] = {
		"obce.csv, řádek 3, sloupec kod_obce: Kód „x1“ není číslo", "obce.csv, řádek 4, sloupec nazev: Název chybí",
		"obce.csv, řádek 5, sloupec 0_14: Věkové skupiny dávají dohromady 101, ale obyvatel celkem je 100. Opravte",
		"obce.csv, řádek 6, sloupec kod_orp_ruian: Kód 1 není v evidenci", "obce.csv, řádek 7, sloupec obyvatel_2020_12_31: „mnoho“ není počet",
		"obce.csv, řádek 8, sloupec 80plus: Lidí od 80 let (11) je víc než lidí od 65 let (10)", "obce.csv, řádek 9, sloupec kod_obce: Obec s kódem 999001 je v souboru podruhé",
	};
	for (size_t i = 0; i < LEN(parts); i++)
		if (!str_has(words, str_c(parts[i])))
			test_fail(__FILE__, __LINE__, "missing: %s\nsaid: %.*s", parts[i], STR_ARG(words));
	EXPECT(territory_by_code(&c, LEVEL_MUNICIPALITY, S("999001")) == NULL);
	ctx_end(&c);
}

TEST("import: files that are none of ours, broken tables and broken boundaries are refused") {
	Ctx c = given_territory();
	TerritoryImport done;
	REFUSED_WITH(territory_import_text(&c, "cosi.csv", "a,b\n1,2\n", &done), ERR_INVALID, "cosi.csv: Hlavička souboru neodpovídá");
	REFUSED_WITH(territory_import_text(&c, "prazdny.csv", "", &done), ERR_INVALID, "Hlavička");
	REFUSED_WITH(territory_import_text(&c, "obce.csv", HEAD "577081,\"Harra\n", &done), ERR_INVALID, "obce.csv");
	REFUSED_WITH(territory_import_text(&c, "a.geojson", "{\"type\":\"FeatureCollection\",\"features\":[", &done), ERR_INVALID, "a.geojson, řádek 1");
	REFUSED_WITH(territory_import_text(&c, "a.geojson", "{\"type\":\"Point\"}", &done), ERR_INVALID, "není GeoJSON");
	REFUSED_WITH(territory_import_text(&c, "a.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"nazev\":\"Nikde\","
		"\"kod_obce\":\"1\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[1,2],[2,2],[1,1]]]}}]}", &done), ERR_INVALID, "území „Nikde“: Území hranice není");
	REFUSED_WITH(territory_import_text(&c, "a.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"kod_obce\":\"577081\"},"
		"\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[1,200],[2,2],[1,1]]]}}]}", &done), ERR_INVALID, "WGS84");
	REFUSED_WITH(territory_import_text(&c, "a.json", "{\"type\":\"Topology\",\"transform\":{\"scale\":[1,1],\"translate\":[0,0]},\"arcs\":[[[0,0],[1,1]]],\"objects\":{\"a\":{"
		"\"geometries\":[{\"type\":\"Polygon\",\"arcs\":[[7]],\"properties\":{\"kod_obce\":\"577081\"}}]}}}", &done), ERR_INVALID, "WGS84");
	ctx_end(&c);
}

TEST("import: ages must add up, name a sex that we know and say their day") {
	Ctx c = given_territory();
	TerritoryImport done;
	REFUSED_WITH(territory_import_text(&c, "vek_2021.csv", AGES "577081,Harrachov,celkem,19,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n", &done), ERR_INVALID, "dohromady 18, ale celkem je 19");
	REFUSED_WITH(territory_import_text(&c, "vek_2021.csv", AGES "577081,Harrachov,oba,18,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n", &done), ERR_INVALID, "Zapište „celkem“");
	REFUSED_WITH(territory_import_text(&c, "vek.csv", AGES "577081,Harrachov,muži,18,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n", &done), ERR_INVALID, "ke kterému dni");
	MUST(territory_import_text(&c, "vek_2021.csv", AGES "577081,Harrachov,muži,18,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n577081,Harrachov,ženy,36,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2\n", &done));
	AgeGroups g;
	MUST(population_of(&c, territory_by_code(&c, LEVEL_MUNICIPALITY, S("577081"))->id, TODAY, &g));
	EQ_INT(g.total, 54);                         /* from the groups of both sexes */
	EQ_INT(g.age_65, 15);
	ctx_end(&c);
}

TEST("import: two files that disagree are refused with the names of both, and who may not edit gets nowhere") {
	Ctx c = given_territory();
	TerritoryImport done;
	ImportFile files[] = {
		{S("a.csv"), S(HEAD "577081,Harrachov,787,5108,Tanvald,3608,Semily,3504,78,CZ051,1335,,,,\n")},
		{S("b.csv"), S(HEAD "577081,Harrachov,1139,5104,Jilemnice,3608,Semily,3504,78,CZ051,1335,,,,\n")},
	};
	REFUSED_WITH(territory_import(&c, &(ImportFiles){files, 2, 2}, S("78"), &done), ERR_INVALID, "podle souboru b.csv jinam než podle souboru a.csv");
	files[1].bytes = S(HEAD "577081,Harrachov,787,5108,Tanvald,3608,Semily,3504,78,CZ051,1336,,,,\n");
	REFUSED_WITH(territory_import(&c, &(ImportFiles){files, 2, 2}, S("78"), &done), ERR_INVALID, "Soubory si odporují");
	Actor nobody = {.name = S("nikdo")};
	c.actor = &nobody;
	EQ_INT(territory_import_builtin(&c, S("78"), &done), ERR_AUTH);
	ctx_end(&c);
}
