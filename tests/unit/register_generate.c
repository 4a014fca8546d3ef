#include "domain/register/generate.h"

#include "base/csv.h"
#include "base/data_file.h"
#include "base/format.h"
#include "base/hash.h"
#include "base/json.h"
#include "domain/register/generate_lists.h"
#include "tests/test.h"

static RegisterTerritory given_territory(void) {
	RegisterTerritory t;
	Str why = {0};
	MUST(register_territory_read(t_arena, data_file(t_arena, "territory/obce_cr.csv"),
		data_file(t_arena, "territory/casti_obci_psc_lbk.csv"), &t, &why));
	return t;
}

static void free_buf(void *b) {
	buf_free(b);
}

static Str generate(RegisterGenerateOptions o, RegisterGenerated *g) {
	Buf *out = NEW(t_arena, Buf, .len = 0);
	arena_defer(t_arena, free_buf, out);
	if (!date_is(o.as_of))
		o.as_of = D(2026, 11, 22);
	RegisterGenerated made = register_generate(t_arena, o, given_territory(), out);
	EQ_INT(made.bytes, out->len);
	if (g)
		*g = made;
	return buf_view(out);
}

/* ---- every value of a file with the names above it: "polozky.zarizeni.adresa.psc" ---- */

typedef void (*Visit)(void *arg, Str path, JsonEvent event, Str text);
enum { DEEPEST = 32 };

static JsonEvent walk(Str file, Visit visit, void *arg) {
	JsonReader *r = json_open_str(t_arena, file);
	char path[1024];
	size_t ends[DEEPEST + 1] = {0}, len = 0;             /* of the path, per depth */
	for (;;) {
		JsonEvent event = json_next(r);
		int depth = json_depth(r);
		if (event == JSON_END || event == JSON_ERROR)
			return event;
		if (event == JSON_KEY) {
			Str key = json_text(r);
			size_t above = ends[depth];
			EXPECT(above + key.len + 1 < sizeof path);
			len = above;
			if (len)
				path[len++] = '.';
			memcpy(path + len, key.ptr, key.len);
			len += key.len;
		} else if (event == JSON_OBJECT || event == JSON_ARRAY) {
			ends[depth] = len;                           /* the depth inside of it */
			visit(arg, str_of(path, len), event, (Str){0});
		} else if (event == JSON_OBJECT_END || event == JSON_ARRAY_END) {
			len = ends[depth + 1];
			visit(arg, str_of(path, len), event, (Str){0});
		} else {
			visit(arg, str_of(path, len), event, event == JSON_STRING || event == JSON_NUMBER ? json_text(r) : (Str){0});
		}
	}
}

/* ---- what a reader who knows nothing of the generator finds in a file ---- */

typedef struct ProviderSeen { i64 ico; bool spaces; } ProviderSeen;

typedef struct Found {
	RegisterTerritory territory;
	i64          services, facilities, residences, traps[REGISTER_TRAPS];
	i64          kinds[REGISTER_KINDS], wrong_forms, wrong_persons, wrong_range;
	ProviderSeen *providers;
	size_t       provider_count, provider_room;
	Str          identifier, facility_name, description, names;      /* the last one; all names of the file */
	Buf          all_names;
	i64          municipality, ico;
	int          kind, facilities_here;
	bool         twice_here, zeros_here;
	u64          regions;                                            /* bits of codes below 64, and one for the rest */
} Found;

static bool is(Str path, const char *end) {
	return str_eq(path, str_c(end));
}

static i64 code_of(Str id) {
	i64 n = 0;
	str_cut(&id, '/');
	EXPECT(str_to_int(id, &n));
	return n;
}

static i64 municipality_of_part(const RegisterTerritory *t, i64 part) {
	for (size_t i = 0; i < t->part_count; i++)
		if (t->parts[i].code == part)
			return t->parts[i].municipality;
	return 0;
}

static void end_of_service(Found *f) {
	f->services++;
	f->traps[TRAP_NO_FACILITY] += f->facilities_here == 0;
	f->traps[TRAP_CAPACITY_TWICE] += f->twice_here;
	f->facilities += f->facilities_here;
	f->facilities_here = 0;
	f->twice_here = false;
	f->facility_name = (Str){0};
}

static void visit_facility(Found *f, Str path, JsonEvent event, Str text) {
	if (is(path, "nazev")) {
		f->facilities_here++;
		f->traps[TRAP_FACILITY_SPACES] += str_ends(text, S(" ")) && str_has(text, S("  "));
		f->twice_here |= str_eq(text, f->facility_name);
		f->facility_name = str_dup(t_arena, text);
		buf_str(&f->all_names, text);
	} else if (is(path, "poskytujeDo")) {
		f->traps[TRAP_FACILITY_ENDED] += event == JSON_STRING;
	} else if (is(path, "utajenaAdresa")) {
		bool secret = event == JSON_TRUE || event == JSON_NUMBER;
		f->traps[TRAP_SECRET] += secret;
		f->residences += f->kind == KIND_SHELTER || f->kind == KIND_INTERVENTION_CENTRE;
		EXPECT(!secret || f->kind == KIND_SHELTER || f->kind == KIND_INTERVENTION_CENTRE);
	} else if (is(path, "adresa.kodAdresnihoMista")) {
		f->traps[TRAP_NO_ADDRESS_POINT] += event == JSON_NULL;
	} else if (is(path, "adresa.kraj.id")) {
		f->regions |= 1ull << (code_of(text) & 63);
	} else if (is(path, "adresa.obec.id")) {
		f->municipality = code_of(text);
	} else if (is(path, "adresa.castObce.id")) {
		f->traps[TRAP_PART_ELSEWHERE] += municipality_of_part(&f->territory, code_of(text)) != f->municipality;
	}
}

static void visit_ico(Found *f, Str text) {
	EXPECT(str_to_int(text, &f->ico));
	Str eight = str_format(t_arena, "%08d", (int)f->ico);
	f->wrong_range += !str_starts(eight, S("99")) && !str_starts(eight, S("009"));
	f->traps[TRAP_ICO_SHORT] += text.len < 8;
	for (size_t i = 0; i < f->provider_count; i++)
		if (f->providers[i].ico == f->ico)
			return;
	*ARENA_PUSH(t_arena, f->providers, f->provider_count, f->provider_room) = (ProviderSeen){.ico = f->ico};
	f->traps[TRAP_ICO_ZEROS] += f->ico < 10000000;
	f->traps[TRAP_ICO_CHECK_DIGIT] += !ico_valid(eight);
}

static void visit_provider_name(Found *f, Str text) {
	buf_str(&f->all_names, text);
	bool spaces = str_ends(text, S(" ")) && str_has(text, S("  "));
	for (size_t i = 0; i < f->provider_count; i++)
		if (f->providers[i].ico == f->ico && !f->providers[i].spaces && spaces) {
			f->providers[i].spaces = true;
			f->traps[TRAP_PROVIDER_SPACES]++;
		}
}

static void visit_form(Found *f, Str path, Str text) {
	if (is(path, "forma.id")) {
		f->description = (Str){0};
		int form = 0;
		while (form < REGISTER_FORMS && !str_eq(text, str_c(register_forms[form].external_id)))
			form++;
		f->wrong_forms += !((register_kinds[f->kind].forms | register_kinds[f->kind].rare_forms) >> form & 1);
	} else if (is(path, "kapacity.popis")) {
		f->twice_here |= str_eq(text, f->description);
		f->description = str_dup(t_arena, text);
	}
}

static void visit(void *arg, Str path, JsonEvent event, Str text) {
	Found *f = arg;
	if (event == JSON_OBJECT_END && is(path, "polozky")) {
		end_of_service(f);
		return;
	}
	if (event == JSON_STRING && str_has(text, S(REGISTER_PERSON_MARKER)))
		f->wrong_persons += !str_ends(path, S(".prijmeni")) && !str_starts(path, S("polozky.doplnkoveUdaje."));
	if (event == JSON_STRING && str_has(text, S("://")))
		f->wrong_range += !str_has(text, S("example.org"));
	if (str_starts(path, S("polozky.zarizeni."))) {
		visit_facility(f, str_from(path, 17), event, text);
	} else if (str_starts(path, S("polozky.formy."))) {
		visit_form(f, str_from(path, 14), text);
	} else if (is(path, "polozky.identifikator")) {
		f->traps[TRAP_IDENTIFIER_NUMBER] += event == JSON_NUMBER;
		f->traps[TRAP_IDENTIFIER_SHARED] += str_eq(text, f->identifier);
		f->wrong_range += text.len != 7 || text.ptr[0] != '9';
		f->identifier = str_dup(t_arena, text);
	} else if (is(path, "polozky.datumPoskytovaniOd")) {
		f->traps[TRAP_DATE_TIME] += text.len > 10;
	} else if (is(path, "polozky.datumPoskytovaniDo")) {
		f->traps[TRAP_SERVICE_ENDED] += event == JSON_STRING;
	} else if (is(path, "polozky.druhSocialniSluzby.id")) {
		f->kind = 0;
		while (f->kind < REGISTER_KINDS - 1 && !str_eq(text, str_c(register_kinds[f->kind].code.external_id)))
			f->kind++;
		f->kinds[f->kind]++;
	} else if (is(path, "polozky.poskytovatel.ico")) {
		visit_ico(f, text);
	} else if (is(path, "polozky.poskytovatel.nazev")) {
		visit_provider_name(f, text);
	} else if (is(path, "polozky.telefony.telefon")) {
		f->wrong_range += !str_starts(text, S("000"));
	}
}

static Found read_back(Str file) {
	Found f = {.territory = given_territory()};
	EQ_INT(walk(file, visit, &f), JSON_END);
	f.names = buf_take(&f.all_names, t_arena);
	buf_free(&f.all_names);
	return f;
}

/* ---- the file ---- */

TEST("register generator: the same seed gives the same bytes, another seed others") {
	Str first = generate((RegisterGenerateOptions){.seed = 7}, NULL);
	Str again = generate((RegisterGenerateOptions){.seed = 7}, NULL);
	Str other = generate((RegisterGenerateOptions){.seed = 8}, NULL);
	Sha256 a = sha256(first), b = sha256(again), c = sha256(other);
	EXPECT(memcmp(&a, &b, sizeof a) == 0);
	EXPECT(memcmp(&a, &c, sizeof a) != 0);
}

TEST("register generator: size S is one region with the promised numbers, and JSON") {
	RegisterGenerated g;
	Found f = read_back(generate((RegisterGenerateOptions){.seed = 1}, &g));
	EQ_INT(f.services, 230);
	EQ_INT(f.facilities, 420);
	EXPECT(f.provider_count >= 112 && f.provider_count <= 115);
	EQ_INT(g.services, f.services);
	EQ_INT(g.facilities, f.facilities);
	EQ_INT(g.providers, f.provider_count);
	EQ_INT(f.regions, 1ull << (78 & 63));
}

TEST("register generator: size S takes another region when asked") {
	Found f = read_back(generate((RegisterGenerateOptions){.seed = 1, .region = 141}, NULL));
	EQ_INT(f.regions, 1ull << (141 & 63));
	EQ_INT(f.traps[TRAP_PART_ELSEWHERE], 0);             /* parts are known in the demo region only */
}

static bool count_only(Buf *b, void *arg) {
	*(size_t *)arg += b->len;
	return true;
}

TEST("register generator: size L is about 99 MB and goes through a small buffer") {
	size_t flushed = 0;
	Buf out = {.flush = count_only, .flush_arg = &flushed, .flush_at = 64 * 1024};
	RegisterGenerateOptions o = {.seed = 1, .size = REGISTER_L, .as_of = D(2026, 11, 22)};
	RegisterGenerated g = register_generate(t_arena, o, given_territory(), &out);
	EXPECT(buf_finish(&out));
	size_t room = out.cap;
	buf_free(&out);
	EQ_INT(flushed, g.bytes);
	EQ_INT(g.services, 7000);
	EQ_INT(g.facilities, 20000);
	EXPECT(g.providers > 2280 && g.providers <= 2300);
	EXPECT(g.bytes > 97000000 && g.bytes < 101000000);
	EXPECT(room < 1024 * 1024);
}

TEST("register generator: size XL stays below 400 MB") {
	RegisterGenerated g;
	generate((RegisterGenerateOptions){.seed = 1, .size = REGISTER_XL, .services = 4000}, &g);
	EQ_INT(g.services, 4000);
	EQ_INT(g.facilities, 5200);
	EXPECT(g.bytes * 50 < 400000000);
}

TEST("register generator: a file of 2,000 services holds the traps that it says, in the stated shares") {
	RegisterGenerated g;
	Found f = read_back(generate((RegisterGenerateOptions){.seed = 3, .size = REGISTER_S, .services = 2000}, &g));
	for (int t = 0; t < REGISTER_TRAPS; t++)
		if (f.traps[t] != g.traps[t])
			test_fail(__FILE__, __LINE__, "trap %d: %lld in the file, %lld counted", t, (long long)f.traps[t], (long long)g.traps[t]);
	i64 of_zeros = f.services / register_trap_one_in[TRAP_ICO_ZEROS];       /* about so many, as of providers */
	const i64 counted_of[REGISTER_TRAPS] = {
		[TRAP_ICO_ZEROS] = g.providers, [TRAP_ICO_CHECK_DIGIT] = g.providers, [TRAP_PROVIDER_SPACES] = g.providers,
		[TRAP_ICO_SHORT] = of_zeros, [TRAP_IDENTIFIER_NUMBER] = 2000, [TRAP_IDENTIFIER_SHARED] = 2000, [TRAP_NO_FACILITY] = 2000,
		[TRAP_SERVICE_ENDED] = 2000, [TRAP_DATE_TIME] = 2000, [TRAP_CAPACITY_TWICE] = 2000, [TRAP_FACILITY_SPACES] = g.facilities,
		[TRAP_FACILITY_ENDED] = g.facilities, [TRAP_NO_ADDRESS_POINT] = g.facilities, [TRAP_PART_ELSEWHERE] = g.facilities,
		[TRAP_SECRET] = f.residences,
	};
	for (int t = 0; t < REGISTER_TRAPS; t++) {
		i64 want = counted_of[t] / register_trap_one_in[t];
		bool by_chance = t == TRAP_ICO_SHORT || t == TRAP_PART_ELSEWHERE || t == TRAP_SECRET;
		i64 slack = by_chance ? want / 3 + 3 : want / 20 + 2;
		if (f.traps[t] < want - slack || f.traps[t] > want + slack)
			test_fail(__FILE__, __LINE__, "trap %d: %lld instead of about %lld", t, (long long)f.traps[t], (long long)want);
	}
}

TEST("register generator: even size S has every trap") {
	for (u64 seed = 1; seed <= 5; seed++) {
		RegisterGenerated g;
		generate((RegisterGenerateOptions){.seed = seed}, &g);
		for (int t = 0; t < REGISTER_TRAPS; t++)
			if (g.traps[t] == 0)
				test_fail(__FILE__, __LINE__, "seed %d has no trap %d", (int)seed, t);
	}
}

TEST("register generator: names use every Czech letter with a diacritic") {
	Found f = read_back(generate((RegisterGenerateOptions){.seed = 1}, NULL));
	Str letters = S("áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ");
	for (size_t at = 0; at < letters.len; at += 2)
		if (!str_has(f.names, (Str){letters.ptr + at, 2}))
			test_fail(__FILE__, __LINE__, "no name has the letter %.2s", letters.ptr + at);
}

TEST("register generator: every kind occurs, pečovatelská služba most, each in a form that it may have") {
	Found f = read_back(generate((RegisterGenerateOptions){.seed = 1}, NULL));
	EQ_INT(f.wrong_forms, 0);
	for (int k = 0; k < REGISTER_KINDS; k++) {
		EXPECT(f.kinds[k] > 0);
		EXPECT(f.kinds[k] <= f.kinds[2]);
	}
	EQ_TEXT(str_c(register_kinds[2].code.name), "pečovatelská služba");
}

TEST("register generator: numbers, telephones and addresses of the web are visibly made up") {
	Found f = read_back(generate((RegisterGenerateOptions){.seed = 1, .size = REGISTER_L, .services = 700}, NULL));
	EQ_INT(f.wrong_range, 0);
}

TEST("register generator: persons are marked and stand nowhere but with bodies, heads and annexes") {
	for (const char *const *name = register_person_surnames; *name; name++)
		EXPECT(str_starts(str_c(*name), S(REGISTER_PERSON_MARKER)));
	Str file = generate((RegisterGenerateOptions){.seed = 1}, NULL);
	EXPECT(str_has(file, S(REGISTER_PERSON_MARKER)));
	EQ_INT(read_back(file).wrong_persons, 0);
}

/* ---- lists and territory ---- */

TEST("register lists: kinds agree with the list of known ids and names") {
	CsvReader *r = csv_open(t_arena, data_file(t_arena, "ciselniky/druhy_socialni_sluzby.csv"), (CsvLimits){0});
	Strs row;
	EXPECT(csv_next(r, &row));
	i64 rows = 0;
	while (csv_next(r, &row)) {
		const RegisterKind *kind = NULL;
		for (int k = 0; k < REGISTER_KINDS; k++)
			if (str_eq(str_c(register_kinds[k].code.name), row.at[3]))
				kind = &register_kinds[k];
		EXPECT(kind != NULL);
		EQ_INT(kind->code.known, str_eq(row.at[1], S("ano")));
		EQ_STR(str_c(kind->paragraph), row.at[4]);
		if (kind->code.known)
			EQ_STR(str_c(kind->code.external_id), row.at[0]);
		rows++;
	}
	EQ_INT(rows, REGISTER_KINDS);
}

static void expect_different_ids(const RegisterCode *codes, int count) {
	for (int i = 0; i < count; i++)
		for (int k = 0; k < i; k++)
			EXPECT(!str_eq(str_c(codes[i].external_id), str_c(codes[k].external_id)) && !str_eq(str_c(codes[i].name), str_c(codes[k].name)));
}

TEST("register lists: no id stands twice, and known target groups have their known ids") {
	expect_different_ids(register_target_groups, REGISTER_TARGET_GROUPS);
	expect_different_ids(register_age_groups, REGISTER_AGE_GROUPS);
	expect_different_ids(register_forms, REGISTER_FORMS);
	expect_different_ids(register_capacity_types, REGISTER_CAPACITY_TYPES);
	for (int k = 0; k < REGISTER_KINDS; k++)
		for (int n = 0; n < k; n++)
			EXPECT(!str_eq(str_c(register_kinds[k].code.external_id), str_c(register_kinds[n].code.external_id)));
	CsvReader *r = csv_open(t_arena, data_file(t_arena, "ciselniky/cilove_skupiny_nazvy.csv"), (CsvLimits){0});
	Strs row;
	EXPECT(csv_next(r, &row));
	while (csv_next(r, &row)) {
		int at = 0;
		while (at < REGISTER_TARGET_GROUPS && !str_eq(str_c(register_target_groups[at].name), row.at[1]))
			at++;
		EXPECT(at < REGISTER_TARGET_GROUPS);
		EQ_INT(register_target_groups[at].known, row.at[0].len > 0);
		if (row.at[0].len)
			EQ_STR(str_c(register_target_groups[at].external_id), row.at[0]);
	}
}

TEST("register territory: all municipalities are read, parts belong to theirs") {
	RegisterTerritory t = given_territory();
	EQ_INT(t.count, 6258);
	EQ_INT(t.part_count, 791);
	i64 parts = 0;
	for (size_t i = 0; i < t.count; i++) {
		const RegisterMunicipality *m = &t.municipalities[i];
		parts += m->part_count;
		EXPECT((m->part_count > 0) == (m->region == 78));
		for (u32 k = 0; k < m->part_count; k++)
			EQ_INT(t.parts[m->first_part + k].municipality, m->code);
	}
	EQ_INT(parts, 791);
}

TEST("register territory: a file without a needed column or with a word for a number is refused in Czech") {
	RegisterTerritory t;
	Str why = {0};
	Str parts = S("kod_casti_obce,kod_obce,psc\n1,2,46001\n");
	EQ_INT(register_territory_read(t_arena, S("kod_obce,nazev\n1,Ves\n"), parts, &t, &why), ERR_INVALID);
	EXPECT(str_has(why, S("chybí sloupec kod_okresu_ruian_od_2021")));
	Str word = S("kod_obce,nazev,kod_okresu_ruian_od_2021,kod_kraje_ruian,obyvatel_2020_12_31\n2,Ves,mnoho,78,5\n");
	EQ_INT(register_territory_read(t_arena, word, parts, &t, &why), ERR_INVALID);
	EXPECT(str_has(why, S("Na řádku 2 není číslo, kde má být: mnoho.")));
	EQ_INT(register_territory_read(t_arena, S(""), parts, &t, &why), ERR_INVALID);
}
