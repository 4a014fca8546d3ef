/* Boundaries and tables of territory as they should not be: every part of a boundary file, cells of every kind, files that contradict each other. */
#include "tests/domain/territory_given.h"

static void refuses(Ctx *c, const char *name, Str bytes, const char *part) {
	TerritoryImport done;
	ImportFile      file = {str_c(name), bytes};
	EQ_INT(territory_import(c, &(ImportFiles){&file, 1, 1}, S("78"), &done), ERR_INVALID);
	Str words = territory_said(c);
	if (!str_has(words, str_c(part)))
		test_fail(__FILE__, __LINE__, "%s: said %.*s", part, STR_ARG(words));
}

/* Harrachov's boundary with these coordinates. */
static Str geojson(const char *type, const char *coordinates) {
	return str_format(t_arena, "\xEF\xBB\xBF{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"kod_obce\":\"577081\",\"nazev\":\"Harrachov\"},\"geometry\":{\"type\":\"%s\","
	                  "\"coordinates\":%s}}]}", type, coordinates);
}

static Str topology(const char *transform, const char *arcs, const char *rings) {
	return str_format(t_arena, "{\"type\":\"Topology\",%s\"arcs\":%s,\"objects\":{\"o\":{\"geometries\":[{\"type\":\"Polygon\",\"arcs\":%s,\"properties\":{\"kod_obce\":\"577081\"}}]},"
	                  "\"p\":{}}}", transform, arcs, rings);
}

TEST("import: a boundary whose points are no points of this planet, or too few, is refused; nothing of it is stored") {
	static const struct { const char *type, *coordinates; } wrong[] = {
		{"Polygon", "[[[15,50],[15,51],[16,51]]]"}, {"Polygon", "[[[15,50],[15,51],[16,51],[15]]]"}, {"Polygon", "[[[15,50],[15,51],[16,51],15]]"},
		{"Polygon", "[[[15,50],[15,51],[16,51],[\"15\",50]]]"}, {"Polygon", "[[[15,50],[15,51],[16,51],[1e1,50]]]"},
		{"Polygon", "[[[15,50],[15,51],[16,51],[1234567,50]]]"}, {"Polygon", "[[[15,50],[15,51],[16,91],[15,50]]]"}, {"Polygon", "[[[15,50],[15,51],[-181,51],[15,50]]]"},
		{"Polygon", "[]"}, {"Polygon", "[7]"}, {"Polygon", "7"}, {"Polygon", "null"}, {"LineString", "[[[15,50],[15,51],[16,51],[15,50]]]"},
		{"MultiPolygon", "[]"}, {"MultiPolygon", "[[]]"}, {"MultiPolygon", "[[[[15,50],[15,51],[16,51],[15,50]]],[[[15,50]]]]"},
	};
	Ctx c = given_territory();
	Str rings;
	for (size_t i = 0; i < LEN(wrong); i++)
		refuses(&c, "a.geojson", geojson(wrong[i].type, wrong[i].coordinates), "území „Harrachov“: Hranice není uzavřený mnohoúhelník");
	MUST(territory_boundary(&c, territory_by_code(&c, LEVEL_MUNICIPALITY, S("577081"))->id, BOUNDARY_DETAIL, &rings));
	EQ_INT(rings.len, 0);
	ctx_end(&c);
}

TEST("import: a boundary of several parts west of Greenwich and south of the equator keeps every place behind the dot") {
	Ctx c = given_territory();
	TerritoryImport done;
	Str             rings;
	ImportFile      file = {S("a.geojson"), geojson("MultiPolygon", "[[[[-15.1234565,-50.5],[15,51.0000004],[16,51],[-15.1234565,-50.5]]],[[[1,1],[1,2],[2,2],[1,1]]]]")};
	MUST(territory_import(&c, &(ImportFiles){&file, 1, 1}, S("78"), &done));
	MUST(territory_boundary(&c, territory_by_code(&c, LEVEL_MUNICIPALITY, S("577081"))->id, BOUNDARY_DETAIL, &rings));
	EQ_TEXT(rings, "-15123457 -50500000,15000000 51000000,16000000 51000000,-15123457 -50500000;1000000 1000000,1000000 2000000,2000000 2000000,1000000 1000000");
	ctx_end(&c);
}

#define TRANSFORM "\"transform\":{\"scale\":[0.5,0.25],\"translate\":[14,50]},"

TEST("import: arcs are steps on a grid, joined forwards and backwards; arcs that leave the planet or do not exist are refused") {
	Ctx c = given_territory();
	TerritoryImport done;
	Str             rings;
	ImportFile      file = {S("a.json"), topology(TRANSFORM, "[[[0,0],[2,0],[0,4]],[[0,0],[0,4],[2,0]]]", "[[0,-2]]")};
	MUST(territory_import(&c, &(ImportFiles){&file, 1, 1}, S("78"), &done));
	MUST(territory_boundary(&c, territory_by_code(&c, LEVEL_MUNICIPALITY, S("577081"))->id, BOUNDARY_OVERVIEW, &rings));
	EQ_TEXT(rings, "14000000 50000000,15000000 50000000,15000000 51000000,14000000 51000000,14000000 50000000");
	refuses(&c, "a.json", topology(TRANSFORM, "[[[0,0],[2,0]]]", "[[0]]"), "WGS84");
	refuses(&c, "a.json", topology(TRANSFORM, "[[[0,0],[2,0],[0,4]]]", "[[0,-9]]"), "WGS84");
	refuses(&c, "a.json", topology(TRANSFORM, "[[[0,0],[2,0],[0,4]]]", "[[0,\"1\"]]"), "WGS84");
	static const char *const arcs[] = {"[7]", "[[[0,0],[2]]]", "[[[0,0],[2.x,0]]]", "[[[0,0],[999,999]]]", "[[[0,0]]]", "[[[0,0],[999999,0],[999999,0]]]"};
	for (size_t i = 0; i < LEN(arcs); i++)
		refuses(&c, "a.json", topology(TRANSFORM, arcs[i], "[[0]]"), i == 2 ? "a.json, řádek 1" : "není GeoJSON");
	static const char *const transforms[] = {"", "\"transform\":{\"scale\":[1]},", "\"transform\":{\"scale\":[1,1],\"translate\":[\"a\",1]},"};
	for (size_t i = 0; i < LEN(transforms); i++)
		refuses(&c, "a.json", topology(transforms[i], "[]", "[]"), "není GeoJSON");
	ctx_end(&c);
}

TEST("import: boundaries of another region are passed over, those without a code are named") {
	Ctx c = given_territory();
	TerritoryImport done;
	MUST(territory_import_text(&c, "a.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"kod_kraje_ruian\":\"19\"},\"geometry\":null}]}", &done));
	EQ_INT(done.skipped, 1);
	refuses(&c, "a.geojson", S("{\"type\":\"FeatureCollection\",\"features\":[{\"properties\":{\"nazev\":\"Kdesi\"},\"geometry\":null}]}"), "území „Kdesi“: Území hranice není v evidenci");
	ctx_end(&c);
}

TEST("import: coordinates, postcodes, days and codes of every list are judged at their cell") {
#define REGIONAL "kod_obce,nazev,kod_orp_ruian,kod_okresu_lau_od_2021,kod_okresu_ruian_do_2020,kod_okresu_ruian_od_2021,vnitrni_bod_lon,vnitrni_bod_lat\n"
	Ctx c = given_territory();
	refuses(&c, "o.csv", S(REGIONAL "577081,Harrachov,787,CZ0512,3608,3504,patnáct,50.7\n"), "řádek 2, sloupec vnitrni_bod_lon: „patnáct“ není zeměpisná souřadnice");
	refuses(&c, "o.csv", S(REGIONAL "577081,Harrachov,787,CZ0512,3608,3504,15.4x,50.7\n"), "není zeměpisná souřadnice");
	refuses(&c, "o.csv", S(REGIONAL "577081,Harrachov,787,CZ0512,3608,3504,-15.4,50.7\n"), "není zeměpisná souřadnice");
	refuses(&c, "o.csv", S(REGIONAL "577081,Harrachov,787,CZ0512,3608,3504,181,50.7\n"), "není zeměpisná souřadnice");
	refuses(&c, "o.csv", S(REGIONAL "577081,Harrachov,787,CZ0512,x,3504,15.4,50.7\n"), "sloupec kod_okresu_ruian_do_2020: Kód „x“ není číslo");
	refuses(&c, "o.csv", S("kod_obce,nazev,kod_orp_ruian,kod_okresu_lau_od_2021,vnitrni_bod_lon\n577081,Harrachov,787,CZ0512,15.4\n"), "Soubor nemá dvojici sloupců kod_okresu_ruian_do_2020");
	refuses(&c, "c.csv", S("kod_casti_obce,nazev_casti_obce,psc,kod_obce\n1,Nová část,512 46,577081\n"), "řádek 2, sloupec psc: „512 46“ není poštovní směrovací číslo");
	refuses(&c, "p.csv", S("kod_pou,nazev_pou,kod_obce,plati_od\n1511,Tanvald,577081,1. 1. 2024\n"), "řádek 2, sloupec plati_od: „1. 1. 2024“ není datum");
	refuses(&c, "u.csv", S("kod_orp_csu,obyvatel_0_14,obyvatel_65plus\n9999,1,1\n"), "řádek 2, sloupec kod_orp_csu: Kód 9999 není v evidenci");
	refuses(&c, "k.csv", S("kod_nuts3,kod_ruian,nazev\nCZ051,78,Liberecký kraj\nCZ051,78,Severní kraj\n"), "Název „Severní kraj“ nesouhlasí: soubor k.csv uvádí u kódu 78 „Liberecký kraj“");
	ctx_end(&c);
}

TEST("import: indicators find their district by the code of the statistical office, or of its town, in the store too") {
	Ctx c = given_territory();
	TerritoryImport done;
	MUST(territory_import_text(&c, "ukazatele_2022.csv", "kod_orp_csu,obyvatel_2022_12_31,obyvatel_0_14,obyvatel_15_64,obyvatel_65plus\n5108,20000,3000,12000,5000\n", &done));
	EQ_INT(done.added, 4);
	refuses(&c, "ukazatele_2022.csv", S("kod_orp_csu,obyvatel_2022_12_31,obyvatel_0_14,obyvatel_15_64,obyvatel_65plus\n5108,20000,3000,12000,5001\n"), "dohromady 20001");
	MUST(territory_import_text(&c, "ukazatele_2023.csv", "kod_orp_csu,obyvatel_2023_12_31,obyvatel_0_14,obyvatel_65plus,kod_kraje_nuts3\n5108,1,1,,CZ020\n", &done));
	EQ_INT(done.skipped, 1);
	ctx_end(&c);
}

TEST("import: of more than fifty mistakes fifty are told, and how many more there are; a long one is cut at a whole letter") {
	Ctx c = given_territory();
	TerritoryImport done;
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "kod_pou,nazev_pou,kod_obce\n");
	for (int i = 0; i < 60; i++)
		buf_lit(&b, "x,Tanvald,577081\n");
	ImportFile file = {S("p.csv"), buf_view(&b)};
	EQ_INT(territory_import(&c, &(ImportFiles){&file, 1, 1}, S("78"), &done), ERR_INVALID);
	EQ_INT(c.problems.len, 51);
	EXPECT(str_has(c.problems.at[50].text, S("A dalších 10 chyb")));
	c.problems = (Problems){0};
	ctx_end(&c);
}
