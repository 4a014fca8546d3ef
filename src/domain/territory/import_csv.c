/* import_csv.c: tables of territory, recognised by their header. Columns that a kind does not name are passed over. */
#include <stdarg.h>
#include <stdio.h>

#include "base/csv.h"
#include "base/text.h"
#include "domain/territory/import.h"

typedef struct Sheet {
	Plan      *p;
	Str        file;
	CsvReader *csv;
	Strs       header, row;
	Date       counted_on;                   /* from a column's name or the file's */
	Str        total;                        /* the column that holds all inhabitants on that day */
	bool       fine;                         /* of the current row: nothing wrong yet */
} Sheet;

struct FileKind {
	const char *columns[8];                  /* all of them make the kind */
	int         order;
	bool        is_geo;
	void      (*read_row)(Sheet *s);
};

/* ---- cells ---- */

static Str place_of(Sheet *s, const char *column) {
	return column ? str_format(s->p->c->arena, "%.*s, řádek %llu, sloupec %s", STR_ARG(s->file), (unsigned long long)csv_row(s->csv), column)
	              : str_format(s->p->c->arena, "%.*s, řádek %llu", STR_ARG(s->file), (unsigned long long)csv_row(s->csv));
}

#define WRONG(s, column, ...) ((s)->fine = false, plan_wrong((s)->p, place_of((s), (column)), __VA_ARGS__))

static size_t column_at(const Strs *header, Str name) {
	size_t i = 0;
	while (i < header->len && !str_eq(header->at[i], name))
		i++;
	return i;
}

static Str cell(Sheet *s, const char *column) {
	size_t at = column_at(&s->header, str_c(column));
	return at < s->header.len && at < s->row.len ? str_trim(s->row.at[at]) : (Str){0};
}

static bool has_column(const Sheet *s, const char *column) {
	return column_at(&s->header, str_c(column)) < s->header.len;
}

static bool is_number(Str t) {
	for (size_t i = 0; i < t.len; i++)
		if (t.ptr[i] < '0' || t.ptr[i] > '9')
			return false;
	return t.len > 0 && t.len <= 9;
}

static Str code_cell(Sheet *s, const char *column) {
	Str t = cell(s, column);
	if (!is_number(t))
		WRONG(s, column, "Kód „%.*s“ není číslo. Doplňte kód z registru RÚIAN, například 563510.", STR_ARG(utf8_first(t, 40)));
	return t;
}

static Str name_cell(Sheet *s, const char *column) {
	Str t = text_acceptable(cell(s, column)) ? text_clean(s->p->c->arena, cell(s, column)) : (Str){0};
	if (!t.len || utf8_count(t) > 120)
		WRONG(s, column, "Název chybí, je delší než 120 znaků, nebo obsahuje nepřípustné znaky. Doplňte úřední název.");
	return t;
}

static i64 number_cell(Sheet *s, const char *column) {
	Str t = cell(s, column);
	i64 n;
	if (!t.len)
		return BLANK;
	if (is_number(t) && str_to_int(t, &n))
		return n;
	WRONG(s, column, "„%.*s“ není počet. Zapište celé číslo bez mezer, nebo nechte buňku prázdnou.", STR_ARG(utf8_first(t, 40)));
	return BLANK;
}

/* Degrees with a decimal dot, in millionths. */
static i64 degrees_cell(Sheet *s, const char *column) {
	Str t = cell(s, column), fraction = t, whole = str_cut(&fraction, '.');
	i64 n;
	if (!t.len)
		return BLANK;
	if (!str_to_int(whole, &n) || whole.ptr[0] == '-' || n > 180 || (fraction.len && !is_number(str_first(fraction, 9))))
		return WRONG(s, column, "„%.*s“ není zeměpisná souřadnice ve stupních, například 15.05619.", STR_ARG(utf8_first(t, 40))), BLANK;
	for (size_t i = 0; i < 6; i++)
		n = n * 10 + (i < fraction.len ? fraction.ptr[i] - '0' : 0);
	return n;
}

/* A unit that a row refers to; another file or the store must have it. */
static u32 reference(Sheet *s, int rank, const char *column, const char *file) {
	Str code = code_cell(s, column);
	u32 unit = s->fine ? plan_find(s->p, rank, code) : NO_UNIT;
	if (s->fine && unit == NO_UNIT)
		WRONG(s, column, "Kód %.*s není v evidenci ani v načítaných souborech. Opravte jej, nebo načtěte zároveň %s.", STR_ARG(code), file);
	return unit;
}

static bool is_other_region(Sheet *s, Str region) {
	if (plan_wants(s->p, region))
		return false;
	s->p->skipped++;
	return true;
}

/* ---- counts ---- */

static void add_count(Sheet *s, u32 unit, Date on, int sex, int from, int to, i64 count, const char *source) {
	if (count != BLANK)
		*ARENA_PUSH(s->p->c->arena, s->p->counts, s->p->count_len, s->p->count_cap) = (PlanCount){unit, on, sex, from, to, count, source};
}

/* All inhabitants and the three or four bands; they must add up where all are given. */
static void add_bands(Sheet *s, u32 unit, Date on, const char *source, i64 total, const char *const columns[4]) {
	i64 young = number_cell(s, columns[0]), adult = number_cell(s, columns[1]), old = number_cell(s, columns[2]);
	i64 oldest = columns[3] ? number_cell(s, columns[3]) : BLANK;
	if (!s->fine)
		return;
	if (total != BLANK && young != BLANK && adult != BLANK && old != BLANK && young + adult + old != total)
		WRONG(s, columns[0], "Věkové skupiny dávají dohromady %lld, ale obyvatel celkem je %lld. Opravte jeden z údajů.",
		      (long long)(young + adult + old), (long long)total);
	else if (old != BLANK && oldest != BLANK && oldest > old)
		WRONG(s, columns[3], "Lidí od 80 let (%lld) je víc než lidí od 65 let (%lld). Opravte jeden z údajů.", (long long)oldest, (long long)old);
	if (!s->fine)
		return;
	add_count(s, unit, on, 0, 0, 150, total, source);
	add_count(s, unit, on, 0, 0, 14, young, source);
	add_count(s, unit, on, 0, 15, 64, adult, source);
	add_count(s, unit, on, 0, 65, 150, old, source);
	add_count(s, unit, on, 0, 80, 150, oldest, source);
}

static Date census_day(void) {
	return date(2021, 3, 26);
}

/* ---- kinds ---- */

static void read_region(Sheet *s) {
	Str code = code_cell(s, "kod_ruian"), name = name_cell(s, "nazev"), nuts = cell(s, "kod_nuts3");
	i64 census = number_cell(s, "obyvatel_sldb_2021");
	if (!s->fine || is_other_region(s, code))
		return;
	u32 unit = plan_enter(s->p, RANK_REGION, code);
	plan_name(s->p, unit, name, nuts, (Str){0}, s->file, place_of(s, "nazev"));
	if (s->p->region.len)
		s->p->region_nuts = s->p->units[unit].csu_code;
	add_count(s, unit, census_day(), 0, 0, 150, census, SOURCE_CENSUS);
}

static void read_district(Sheet *s) {
	static const char *const bands[] = {"sldb2021_0_14", "sldb2021_15_64", "sldb2021_65plus", NULL};
	Str code = code_cell(s, "kod_orp_ruian"), csu = code_cell(s, "kod_orp_csu"), name = name_cell(s, "nazev");
	if (!s->fine || is_other_region(s, cell(s, "kod_kraje_ruian")))
		return;
	u32 region = reference(s, RANK_REGION, "kod_kraje_ruian", "seznam krajů");
	if (!s->fine)
		return;
	u32 unit = plan_enter(s->p, RANK_DISTRICT, code);
	plan_name(s->p, unit, name, csu, cell(s, "kod_sidelni_obce"), s->file, place_of(s, "nazev"));
	plan_bond(s->p, unit, NO_UNIT, region, territory_beginning(), s->file, place_of(s, "kod_kraje_ruian"));
	if (has_column(s, "sldb2021_celkem"))
		add_bands(s, unit, census_day(), SOURCE_CENSUS, number_cell(s, "sldb2021_celkem"), bands);
}

/* Columns kod_okresu_ruian_do_2020 and kod_okresu_ruian_od_2021 in any later year too. */
static bool county_columns(Sheet *s, const char **before, const char **now, Date *since) {
	static const Str prefix = {"kod_okresu_ruian_od_", 20};
	for (size_t i = 0; i < s->header.len; i++) {
		i64 year;
		if (!str_starts(s->header.at[i], prefix) || !str_to_int(str_from(s->header.at[i], prefix.len), &year) || year < 2008 || year > 2100)
			continue;
		*now = str_z(s->p->c->arena, s->header.at[i]);
		*before = str_z(s->p->c->arena, str_format(s->p->c->arena, "kod_okresu_ruian_do_%lld", (long long)year - 1));
		*since = date((int)year, 1, 1);
		return has_column(s, *before);
	}
	return false;
}

static u32 enter_county(Sheet *s, const char *column, Str name, Str lau, u32 region) {
	Str code = code_cell(s, column);
	if (!s->fine)
		return NO_UNIT;
	u32 unit = plan_enter(s->p, RANK_COUNTY, code);
	plan_name(s->p, unit, name, lau, (Str){0}, s->file, place_of(s, column));
	if (region != NO_UNIT)
		plan_bond(s->p, unit, NO_UNIT, region, territory_beginning(), s->file, place_of(s, column));
	return unit;
}

static void add_municipality(Sheet *s, u32 district, u32 region) {
	static const char *const bands[] = {"0_14", "15_64", "65plus", "80plus"};
	const char *before_column = NULL, *now_column = NULL;
	Date        since;
	Str         code = code_cell(s, "kod_obce"), name = name_cell(s, "nazev");
	i64         lon = degrees_cell(s, "vnitrni_bod_lon"), lat = degrees_cell(s, "vnitrni_bod_lat");
	if (!county_columns(s, &before_column, &now_column, &since))
		WRONG(s, NULL, "Soubor nemá dvojici sloupců kod_okresu_ruian_do_2020 a kod_okresu_ruian_od_2021. Doplňte je.");
	if (!s->fine)
		return;
	u32 unit = plan_find(s->p, RANK_MUNICIPALITY, code);
	if (unit != NO_UNIT && str_eq(s->p->units[unit].file, s->file)) {
		WRONG(s, "kod_obce", "Obec s kódem %.*s je v souboru podruhé. Nechte jen jeden řádek.", STR_ARG(code));
		return;
	}
	unit = plan_enter(s->p, RANK_MUNICIPALITY, code);
	plan_name(s->p, unit, name, (Str){0}, (Str){0}, s->file, place_of(s, "nazev"));
	s->p->units[unit].file = s->file;            /* the last one that named it: for doubles within a file */
	s->p->units[unit].lon = lon != BLANK ? lon : s->p->units[unit].lon;
	s->p->units[unit].lat = lat != BLANK ? lat : s->p->units[unit].lat;
	/* The county before has the name that stands beside its code; the county now may have one of its own. */
	u32 before = enter_county(s, before_column, cell(s, "nazev_okresu_do_2020"), (Str){0}, region);
	u32 now = enter_county(s, now_column, cell(s, "nazev_okresu_od_2021"), cell(s, "kod_okresu_lau_od_2021"), region);
	if (!s->fine)
		return;
	if (!s->p->units[now].likely_name.len)
		s->p->units[now].likely_name = s->p->units[before].name;
	plan_bond(s->p, unit, NO_UNIT, district, territory_beginning(), s->file, place_of(s, "kod_orp_ruian"));
	plan_bond(s->p, unit, before, now, since, s->file, place_of(s, now_column));
	if (date_is(s->counted_on))
		add_bands(s, unit, s->counted_on, SOURCE_REGISTER, number_cell(s, str_z(s->p->c->arena, s->total)), bands);
}

static void read_municipality(Sheet *s) {
	if (is_other_region(s, code_cell(s, "kod_kraje_ruian")) || !s->fine)
		return;
	u32 region = reference(s, RANK_REGION, "kod_kraje_ruian", "seznam krajů");
	u32 district = reference(s, RANK_DISTRICT, "kod_orp_ruian", "seznam obcí s rozšířenou působností");
	if (s->fine)
		add_municipality(s, district, region);
}

/* A region's own list does not name the region: its districts do. */
static void read_regional_municipality(Sheet *s) {
	u32 district = reference(s, RANK_DISTRICT, "kod_orp_ruian", "seznam obcí s rozšířenou působností");
	if (!s->fine)
		return;
	Str code = plan_region_of(s->p, district);
	if (is_other_region(s, code))
		return;
	add_municipality(s, district, plan_find(s->p, RANK_REGION, code));
}

static void read_ages(Sheet *s) {
	static const struct { const char *word; int sex; } sexes[] = {{"celkem", 0}, {"muži", 1}, {"ženy", 2}};
	int sex = -1;
	u32 unit = reference(s, RANK_MUNICIPALITY, "kod_obce", "seznam obcí");
	i64 total = number_cell(s, "celkem"), sum = 0;
	for (size_t i = 0; i < LEN(sexes); i++)
		if (str_eq(cell(s, "pohlavi"), str_c(sexes[i].word)))
			sex = sexes[i].sex;
	if (sex < 0)
		WRONG(s, "pohlavi", "Zapište „celkem“, „muži“, nebo „ženy“.");
	if (!date_is(s->counted_on))
		WRONG(s, NULL, "Soubor neříká, ke kterému dni platí. Dejte rok na konec jeho názvu, například vek_2020.csv.");
	i64 groups[18];
	for (int i = 0; i < 18 && s->fine; i++) {
		char column[16];
		snprintf(column, sizeof column, i < 17 ? "%d_%d" : "%dplus", i * 5, i * 5 + 4);
		groups[i] = number_cell(s, column);
		sum = groups[i] == BLANK || sum == BLANK ? BLANK : sum + groups[i];
	}
	if (s->fine && sum != BLANK && total != BLANK && sum != total)
		WRONG(s, "celkem", "Věkové skupiny dávají dohromady %lld, ale celkem je %lld. Opravte jeden z údajů.", (long long)sum, (long long)total);
	if (!s->fine)
		return;
	add_count(s, unit, s->counted_on, sex, 0, 150, total, SOURCE_REGISTER);
	for (int i = 0; i < 18; i++)
		add_count(s, unit, s->counted_on, sex, i * 5, i < 17 ? i * 5 + 4 : 150, groups[i], SOURCE_REGISTER);
}

static void read_part(Sheet *s) {
	Str code = code_cell(s, "kod_casti_obce"), name = name_cell(s, "nazev_casti_obce"), postcode = cell(s, "psc");
	u32 unit = reference(s, RANK_MUNICIPALITY, "kod_obce", "seznam obcí");
	if (postcode.len && (postcode.len != 5 || !is_number(postcode)))
		WRONG(s, "psc", "„%.*s“ není poštovní směrovací číslo. Má pět číslic bez mezery.", STR_ARG(utf8_first(postcode, 20)));
	if (s->fine)
		*ARENA_PUSH(s->p->c->arena, s->p->parts, s->p->part_len, s->p->part_cap) =
			(PlanPart){unit, str_dup(s->p->c->arena, code), str_dup(s->p->c->arena, name), str_dup(s->p->c->arena, postcode)};
}

/* By the code of the statistical office; for Prague its tables write the code of the town. */
static u32 district_by_csu(Plan *p, Str csu) {
	for (u32 i = 0; i < p->unit_len; i++)
		if (p->units[i].rank == RANK_DISTRICT && (str_eq(p->units[i].csu_code, csu) || str_eq(p->units[i].seat, csu)))
			return i;
	Units all;
	if (territory_below(p->c, 0, LEVEL_DISTRICT, TODAY, &all) != OK)
		return NO_UNIT;
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(all.at[i]->csu_code, csu) || str_eq(all.at[i]->seat, csu))
			return plan_find(p, RANK_DISTRICT, all.at[i]->code);
	return NO_UNIT;
}

static void read_indicators(Sheet *s) {
	static const char *const bands[] = {"obyvatel_0_14", "obyvatel_15_64", "obyvatel_65plus", NULL};
	Str csu = code_cell(s, "kod_orp_csu");
	if (s->p->region.len && s->p->region_nuts.len && has_column(s, "kod_kraje_nuts3") && !str_eq(cell(s, "kod_kraje_nuts3"), s->p->region_nuts)) {
		s->p->skipped++;
		return;
	}
	u32 unit = s->fine ? district_by_csu(s->p, csu) : NO_UNIT;
	if (s->fine && unit == NO_UNIT)
		WRONG(s, "kod_orp_csu", "Kód %.*s není v evidenci ani v načítaných souborech. Opravte jej, nebo načtěte zároveň seznam ORP.", STR_ARG(csu));
	if (s->fine && date_is(s->counted_on))
		add_bands(s, unit, s->counted_on, SOURCE_REGISTER, number_cell(s, str_z(s->p->c->arena, s->total)), bands);
}

/* Groupings by the list of their municipalities, with an optional first day. */
static Date since_cell(Sheet *s) {
	Str  t = cell(s, "plati_od");
	Date d = territory_beginning();
	if (t.len && !date_read_iso(t, &d))
		WRONG(s, "plati_od", "„%.*s“ není datum. Zapište je jako 2021-01-31, nebo nechte buňku prázdnou.", STR_ARG(utf8_first(t, 20)));
	return d;
}

static void read_subdistrict(Sheet *s) {
	Str  code = code_cell(s, "kod_pou"), name = name_cell(s, "nazev_pou");
	Date since = since_cell(s);
	u32  unit = reference(s, RANK_MUNICIPALITY, "kod_obce", "seznam obcí");
	if (!s->fine)
		return;
	const PlanUnit *m = &s->p->units[unit];
	const Unit *stored = m->stored ? territory_above(s->p->c, m->stored->id, LEVEL_DISTRICT, TODAY) : NULL;
	u32 district = m->bonds[RANK_DISTRICT].now != NO_UNIT ? m->bonds[RANK_DISTRICT].now : stored ? plan_find(s->p, RANK_DISTRICT, stored->code) : NO_UNIT;
	u32 subdistrict = plan_enter(s->p, RANK_SUBDISTRICT, code);
	plan_name(s->p, subdistrict, name, (Str){0}, cell(s, "kod_sidelni_obce"), s->file, place_of(s, "nazev_pou"));
	if (district != NO_UNIT)
		plan_bond(s->p, subdistrict, NO_UNIT, district, territory_beginning(), s->file, place_of(s, "kod_obce"));
	plan_bond(s->p, unit, NO_UNIT, subdistrict, since, s->file, place_of(s, "kod_pou"));
}

static void read_custom(Sheet *s) {
	Str  code = cell(s, "kod_uzemi"), name = name_cell(s, "nazev_uzemi");
	Date since = since_cell(s);
	u32  unit = reference(s, RANK_MUNICIPALITY, "kod_obce", "seznam obcí");
	if (!code.len || code.len > 20 || !str_eq(code, text_slug(s->p->c->arena, code)))
		WRONG(s, "kod_uzemi", "Označení „%.*s“ smí mít jen malá písmena bez diakritiky, číslice a pomlčky, nejvýše 20 znaků.", STR_ARG(utf8_first(code, 40)));
	if (!s->fine)
		return;
	u32 custom = plan_enter(s->p, RANK_CUSTOM, code);
	plan_name(s->p, custom, name, (Str){0}, (Str){0}, s->file, place_of(s, "nazev_uzemi"));
	*ARENA_PUSH(s->p->c->arena, s->p->customs, s->p->custom_len, s->p->custom_cap) = (PlanCustom){unit, custom, since};
}

/* The first kind whose columns are all there; those with more of them stand first. */
static const FileKind kinds[] = {
	{{"kod_obce", "nazev", "kod_orp_ruian", "kod_okresu_lau_od_2021", "vnitrni_bod_lon"}, 4, false, read_regional_municipality},
	{{"kod_obce", "nazev", "kod_orp_ruian", "kod_kraje_ruian", "kod_orp_csu"}, 3, false, read_municipality},
	{{"kod_orp_ruian", "kod_orp_csu", "nazev", "kod_sidelni_obce", "kod_kraje_ruian"}, 2, false, read_district},
	{{"kod_nuts3", "kod_ruian", "nazev"}, 1, false, read_region},
	{{"kod_pou", "nazev_pou", "kod_obce"}, 5, false, read_subdistrict},
	{{"kod_uzemi", "nazev_uzemi", "kod_obce"}, 6, false, read_custom},
	{{"kod_obce", "pohlavi", "celkem", "0_4", "85plus"}, 7, false, read_ages},
	{{"kod_casti_obce", "nazev_casti_obce", "psc", "kod_obce"}, 8, false, read_part},
	{{"kod_orp_csu", "obyvatel_0_14", "obyvatel_65plus"}, 9, false, read_indicators},
};
static const FileKind geo_kind = {{0}, 10, true, NULL};

/* ---- files ---- */

static bool is_kind(const FileKind *k, const Strs *header) {
	for (size_t i = 0; i < LEN(k->columns) && k->columns[i]; i++)
		if (column_at(header, str_c(k->columns[i])) == header->len)
			return false;
	return true;
}

const FileKind *import_kind_of(Arena *a, const ImportFile *f) {
	Str start = str_trim(f->bytes);
	if (str_starts(start, S("\xEF\xBB\xBF")))
		start = str_from(start, 3);
	if (str_starts(start, S("{")))
		return &geo_kind;
	CsvReader *csv = csv_open(a, f->bytes, (CsvLimits){0});
	Strs       header;
	if (!csv_next(csv, &header))
		return NULL;
	for (size_t i = 0; i < LEN(kinds); i++)
		if (is_kind(&kinds[i], &header))
			return &kinds[i];
	return NULL;
}

int import_kind_order(const FileKind *k) {
	return k->order;
}

/* "obyvatel_2020_12_31" */
static bool day_of_column(Str name, Date *ret) {
	char iso[DATE_ISO_LEN];
	if (!str_starts(name, S("obyvatel_")) || name.len != 9 + DATE_ISO_LEN)
		return false;
	memcpy(iso, name.ptr + 9, sizeof iso);
	iso[4] = iso[7] = '-';
	return date_read_iso(str_of(iso, sizeof iso), ret);
}

/* "obce_lbk_vek_2020.csv" holds what was on the last day of that year. */
static bool day_of_file(Str name, Date *ret) {
	i64 year;
	i64 dot = str_find_char(name, '.');
	Str stem = dot >= 0 ? str_first(name, (size_t)dot) : name;
	if (stem.len < 5 || !str_to_int(str_from(stem, stem.len - 4), &year) || year < 1990 || year > 2100)
		return false;
	*ret = date((int)year, 12, 31);
	return true;
}

static void find_day(Sheet *s) {
	day_of_file(s->file, &s->counted_on);
	for (size_t i = 0; i < s->header.len; i++)
		if (day_of_column(s->header.at[i], &s->counted_on)) {
			s->total = s->header.at[i];
			return;
		}
	if (s->total.len == 0 && !has_column(s, "pohlavi"))
		s->counted_on = (Date){0};
}

void import_read(Plan *p, const FileKind *k, const ImportFile *f) {
	if (k->is_geo) {
		import_geo_read(p, f);
		return;
	}
	Arena *a = p->c->arena;
	Sheet  s = {.p = p, .file = f->name, .csv = csv_open(a, f->bytes, (CsvLimits){0})};
	Strs   row;
	if (csv_next(s.csv, &row))
		for (size_t i = 0; i < row.len; i++)
			strs_add(a, &s.header, str_dup(a, row.at[i]));
	find_day(&s);
	while (csv_next(s.csv, &s.row)) {
		s.fine = true;
		k->read_row(&s);
	}
	if (!str_empty(csv_why(s.csv)))
		plan_wrong(p, f->name, "%.*s", STR_ARG(csv_why(s.csv)));
}
