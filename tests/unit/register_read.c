/* register_read.c: one record of the national register, as lenient and as strict as it should be read. */
#include "domain/register/register_record.h"
#include "tests/test.h"

#define L(text) {text, sizeof(text) - 1}

static RegisterMaps given_maps(void) {
	static RegisterCodeName kinds[] = {{L("DruhSocialniSluzby/4"), L("40"), L("pečovatelská služba")}};
	static RegisterCodeName forms[] = {{L("FormaSocialniSluzby/ter"), L("ter"), L("terénní")}};
	static RegisterCodeName types[] = {{L("TypKapacitySocialniSluzby/klient"), L("klient"), L("počet klientů")}};
	static RegisterCodeName groups[] = {{L("CilovaSkupinaOsoby/24"), L("seniori"), L("senioři")}, {L("CilovaSkupinaOsoby/20"), L("krize"), L("krize")}};
	static RegisterTown     towns[] = {{563889, 7, L("Liberec")}, {564028, 8, L("Frýdlant")}};
	static RegisterTownPart parts[] = {{100, 563889, L("Vesec")}};
	return (RegisterMaps){.kinds = {kinds, 1, 1}, .forms = {forms, 1, 1}, .capacity_types = {types, 1, 1}, .target_groups = {groups, 2, 2},
	                      .towns = towns, .town_count = 2, .parts = parts, .part_count = 1};
}

#define MEMBERS "\"portalId\":5,\"id\":7,\"druhSocialniSluzby\":{\"id\":\"DruhSocialniSluzby/4\"},\"poskytovatel\":{\"ico\":\"1234567\",\"nazev\":\" Charita  Liberec \"," \
	"\"statutarniOrgany\":[{\"clen\":{\"jmeno\":\"Jan\",\"prijmeni\":\"Qvorn\"}}]}"

typedef struct Source { Str text; size_t at; } Source;

static i64 few_bytes(void *arg, char *to, size_t size) {
	Source *s = arg;
	size_t  n = s->text.len - s->at < 7 ? s->text.len - s->at : 7;
	n = n < size ? n : size;
	memcpy(to, s->text.ptr + s->at, n);
	s->at += n;
	return (i64)n;
}

static Str read_all(Str text, RegisterRecord *last, int *count) {
	RegisterMaps    *m = NEW(t_arena, RegisterMaps, .town_count = 0);
	Source          *s = NEW(t_arena, Source, .text = text);
	RegisterRecord   r;
	*m = given_maps();
	*count = 0;
	RegisterReader *reader = register_read_open(t_arena, m, few_bytes, s);
	while (register_read_next(reader, t_arena, &r)) {
		++*count;
		*last = r;
	}
	return register_read_why(reader).len ? str_format(t_arena, "%.*s: %.*s", STR_ARG(register_read_place(reader)), STR_ARG(register_read_why(reader))) : (Str){0};
}

static RegisterRecord must_read(const char *members) {
	RegisterRecord r = {0};
	int            count;
	Str            why = read_all(str_format(t_arena, "{\"verze\":1,\"polozky\":[{%s}],\"konec\":null}", members), &r, &count);
	if (why.len)
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(why));
	EQ_INT(count, 1);
	return r;
}

static void must_break(const char *members, const char *part) {
	RegisterRecord r;
	int            count;
	Str            why = read_all(str_format(t_arena, "{\"polozky\":[\n{" MEMBERS "},\n{%s}]}", members), &r, &count);
	if (!str_has(why, str_c(part)) || !str_starts(why, S("záznam 2, řádek 3: ")))
		test_fail(__FILE__, __LINE__, "said: %.*s", STR_ARG(why));
}

static bool has_fault(const RegisterRecord *r, const char *kind) {
	for (size_t i = 0; i < r->fault_count; i++)
		if (strcmp(r->faults[i].kind, kind) == 0)
			return true;
	return false;
}

TEST("register read: IČO gets its zeros back, names lose their blanks, and both are noted") {
	RegisterRecord r = must_read(MEMBERS ",\"identifikator\":1234567");
	EQ_TEXT(r.provider.ico, "01234567");
	EQ_TEXT(r.provider_code, "01234567");
	EQ_TEXT(r.provider.name, "Charita Liberec");
	EQ_TEXT(r.service.identifier, "1234567");
	EXPECT(has_fault(&r, "ico_short") && has_fault(&r, "spaces") && has_fault(&r, "ico") && has_fault(&r, "no_facility"));
	EQ_TEXT(r.service.name, "Charita Liberec, pečovatelská služba");
}

TEST("register read: codes are ours, in order and once; unknown ones are noted and left out") {
	RegisterRecord r = must_read(MEMBERS ",\"ciloveSkupiny\":[{\"cilovaSkupina\":{\"id\":\"CilovaSkupinaOsoby/24\"}},{\"cilovaSkupina\":null},null,"
		"{\"cilovaSkupina\":{\"id\":\"CilovaSkupinaOsoby/20\"}},{\"cilovaSkupina\":{\"id\":\"CilovaSkupinaOsoby/24\"}},{\"cilovaSkupina\":{\"id\":\"X/1\"}}]");
	EQ_INT(r.service.target_groups.len, 2);
	EQ_TEXT(r.service.target_groups.at[0], "krize");
	EQ_TEXT(r.service.target_groups.at[1], "seniori");
	EXPECT(has_fault(&r, "code"));
	r = must_read("\"portalId\":5,\"id\":\"7\",\"druhSocialniSluzby\":{\"id\":\"DruhSocialniSluzby/99\"},\"poskytovatel\":{\"nazev\":\"A\"}");
	EXPECT(str_has(r.held, S("DruhSocialniSluzby/99")));
	EQ_TEXT(r.code, "id:7");
	EQ_TEXT(r.provider_code, "název:A");
}

TEST("register read: hours become a line per day, breaks stand behind a comma") {
#define HOUR(day, from, to) "{\"den\":{\"id\":\"DenVTydnu/" day "\"},\"casOd\":\"" from "\",\"casDo\":\"" to "\"}"
	RegisterRecord r = must_read(MEMBERS ",\"formy\":[{\"forma\":{\"id\":\"FormaSocialniSluzby/ter\"},\"nepretrzitePoskytovani\":false,\"casoveRozsahy\":["
		HOUR("st", "08:00", "12:00") "," HOUR("po", "08:00", "12:00") "," HOUR("po", "13:00", "17:30") "]}]");
	EQ_INT(r.form_count, 1);
	EQ_TEXT(r.forms[0].row.hours, "po 8:00–12:00, 13:00–17:30\nst 8:00–12:00");
}

TEST("register read: a capacity counts once per type, its day stands in the description") {
	RegisterRecord r = must_read(MEMBERS ",\"formy\":[{\"forma\":{\"id\":\"FormaSocialniSluzby/ter\"},\"kapacity\":["
		"{\"pocet\":32,\"popis\":\"Maximální kapacita 32 klientů s účinností od 01.09.2016.\",\"typ\":{\"id\":\"TypKapacitySocialniSluzby/klient\"}},"
		"{\"pocet\":5,\"popis\":null,\"typ\":{\"id\":\"TypKapacitySocialniSluzby/klient\"}}]}]");
	EQ_INT(r.forms[0].count, 1);
	EQ_INT(r.forms[0].capacities[0].count, 32);
	EQ_INT(r.forms[0].capacities[0].effective_from.n, D(2016, 9, 1).n);
	EXPECT(has_fault(&r, "capacity_twice"));
}

TEST("register read: an address of two municipalities is noted, without places when it is secret") {
#define PLACE(secret) ",\"zarizeni\":[{\"nazev\":\"Dům\",\"utajenaAdresa\":" secret ",\"vedouci\":{\"prijmeni\":\"Qvorn\"},\"adresa\":{\"cisloDomovni\":12,\"cisloOrientacni\":\"3a\"," \
	"\"psc\":\"460 01\",\"kodAdresnihoMista\":null,\"obec\":{\"id\":\"Obec/564028\"},\"castObce\":{\"id\":\"CastObce/100\"},\"ulice\":{\"nazev\":\"Dlouhá\"}}}]"
	RegisterRecord r = must_read(MEMBERS PLACE("false"));
	EQ_INT(r.facility_count, 1);
	EQ_INT(r.facilities[0].municipality, 8);
	EQ_TEXT(r.facilities[0].house_no, "12/3a");
	EQ_TEXT(r.facilities[0].postcode, "46001");
	EQ_TEXT(r.facilities[0].part, "Vesec");
	EXPECT(has_fault(&r, "elsewhere") && has_fault(&r, "no_point"));
	r = must_read(MEMBERS PLACE("1"));
	EXPECT(r.facilities[0].secret_address);
	for (size_t i = 0; i < r.fault_count; i++)
		EXPECT(!str_has(r.faults[i].text, S("Frýdlant")) && !str_has(r.faults[i].text, S("Vesec")) && !str_has(r.faults[i].text, S("Dlouhá")));
}

TEST("register read: control characters never pass, whatever escape they came by") {
	RegisterRecord r = must_read("\"portalId\":5,\"id\":\"7\",\"druhSocialniSluzby\":{\"id\":\"DruhSocialniSluzby/4\"},\"poskytovatel\":{\"nazev\":\"A\\u0001\\tB\\u0085\"}");
	EQ_TEXT(r.provider.name, "A B");
}

TEST("register read: days may carry a time; what is no day, no number or no object breaks the record with its place") {
	RegisterRecord r = must_read(MEMBERS ",\"datumPoskytovaniOd\":\"2019-02-28T00:00:00\"");
	EQ_INT(r.service.provided_from.n, D(2019, 2, 28).n);
	must_break(MEMBERS ",\"datumPoskytovaniOd\":\"2020-02-30\"", "2020-02-30");
	must_break(MEMBERS ",\"datumPoskytovaniOd\":20200101", "má být den");
	must_break(MEMBERS ",\"formy\":{}", "má být seznam");
	must_break(MEMBERS ",\"formy\":[{\"forma\":\"ter\"}]", "má být objekt");
	must_break(MEMBERS ",\"zarizeni\":[{\"utajenaAdresa\":\"ano\"}]", "true nebo false");
	must_break("\"portalId\":1.5", "celé číslo");
	must_break("\"id\":\"7\"", "portalId");
	must_break("\"portalId\":1,\"id\":\"7\",\"druhSocialniSluzby\":null", "druhSocialniSluzby");
	must_break("\"portalId\":1,\"id\":\"7\",\"druhSocialniSluzby\":{\"id\":\"DruhSocialniSluzby/4\"},\"poskytovatel\":null", "poskytovatel");
}

TEST("register read: a record that is cut out of the file reads the same, and every digest with it") {
	RegisterMaps   m = given_maps();
	RegisterRecord whole, alone;
	int            count;
	Str            text = S("{\"polozky\":[{" MEMBERS PLACE("false") ",\"emaily\":[{\"email\":\"a@example.org\"}]}]}");
	EQ_INT(read_all(text, &whole, &count).len, 0);
	Str             cut = str_of(text.ptr + whole.offset, whole.size);
	RegisterReader *reader = register_read_open_record(t_arena, &m, cut, whole.number, whole.line);
	EXPECT(register_read_next(reader, t_arena, &alone));
	EXPECT(!register_read_next(reader, t_arena, &alone));
	EQ_INT(register_read_why(reader).len, 0);
	RegisterDigest x = register_digest(&whole), y = register_digest(&alone);
	EXPECT(memcmp(x.bytes, y.bytes, sizeof x.bytes) == 0);
	alone.facilities[0].house_no = S("13");
	y = register_digest(&alone);
	EXPECT(memcmp(x.bytes, y.bytes, sizeof x.bytes) != 0);
}

TEST("register read: values of other types than they should be break the record, each named") {
	must_break(MEMBERS ",\"zarizeni\":[1]", "v seznamu mají být objekty");
	must_break(MEMBERS ",\"identifikator\":{}", "má být text, číslo nebo null");
	must_break(MEMBERS ",\"formy\":[{\"kapacity\":[{\"pocet\":\"mnoho\"}]}]", "má být celé číslo");
	must_break(MEMBERS ",\"formy\":[{\"kapacity\":[{\"pocet\":[]}]}]", "má být celé číslo nebo null");
	must_break(MEMBERS ",\"formy\":[{\"nepretrzitePoskytovani\":0.5}]", "má být true, false, 0 nebo 1");
	must_break(MEMBERS ",\"emaily\":5", "má být seznam nebo null");
	must_break("\"portalId\":1,\"druhSocialniSluzby\":{\"id\":\"DruhSocialniSluzby/4\"},\"poskytovatel\":{\"nazev\":\"A\"}", "nemá id ani identifikator");
	RegisterRecord r = must_read(MEMBERS ",\"formy\":[{\"forma\":{\"id\":\"FormaSocialniSluzby/ter\"},\"kapacity\":[{\"pocet\":\" 12 \","
		"\"typ\":{\"id\":\"TypKapacitySocialniSluzby/klient\",\"nazev\":\"x\"}}]}]");
	EQ_INT(r.forms[0].capacities[0].count, 12);     /* a number as text is a number */
}

TEST("register read: members that nobody knows are passed over on every floor") {
	RegisterRecord r = must_read(MEMBERS ",\"noveUdaje\":{\"a\":[1]},\"emaily\":[{\"email\":\"a@example.org\",\"nove\":[{}]},{\"email\":\"a@example.org\"},{\"email\":\" \"}],"
		"\"ciloveSkupiny\":[{\"nove\":1,\"cilovaSkupina\":{\"id\":\"CilovaSkupinaOsoby/24\"}}],"
		"\"zarizeni\":[{\"nazev\":\"\",\"utajenaAdresa\":false,\"nove\":1,\"adresa\":{\"cisloOrientacni\":\"7b\",\"nove\":1,\"ulice\":{\"nove\":1,\"nazev\":\"Dlouhá\"}}}],"
		"\"formy\":[{\"forma\":{\"id\":\"FormaSocialniSluzby/ter\"},\"nove\":1,\"casoveRozsahy\":[{\"nove\":1}],\"kapacity\":[{\"nove\":1}]},"
		"{\"forma\":{\"id\":\"FormaSocialniSluzby/ter\"}}]");
	EQ_INT(r.contact_count, 1);                     /* said twice, and once empty */
	EQ_INT(r.service.target_groups.len, 1);
	EQ_INT(r.facility_count, 1);
	EQ_TEXT(r.facilities[0].name, "Zařízení bez názvu");
	EQ_TEXT(r.facilities[0].street, "Dlouhá");
	EQ_TEXT(r.facilities[0].house_no, "7b");        /* only the number of orientation is known */
	EQ_INT(r.form_count, 1);
	EXPECT(has_fault(&r, "form_twice") && has_fault(&r, "town"));
}

TEST("register read: identifiers, addresses and texts that a form would refuse are noted, mended or cut, never passed on") {
	RegisterRecord r = must_read(MEMBERS ",\"identifikator\":\"12A\",\"doplnujiciInformaceVekoveSkupiny\":null");
	EXPECT(has_fault(&r, "identifier"));
	EQ_TEXT(r.code, "12A");
#define WITH_PROVIDER(name, web, email) "\"portalId\":5,\"id\":7,\"druhSocialniSluzby\":{\"id\":\"DruhSocialniSluzby/4\"},\"poskytovatel\":{\"ico\":null,\"nazev\":\"" name \
	"\",\"weby\":[{\"web\":\"" web "\"}],\"emaily\":[{\"email\":\"" email "\"}]}"
	r = must_read(WITH_PROVIDER("A", "www.charita.example", "kdekoli"));
	EQ_TEXT(r.provider.web, "https://www.charita.example");
	EQ_TEXT(r.provider.email, "");
	EXPECT(has_fault(&r, "ico"));
	r = must_read(WITH_PROVIDER("A", "dvě slova", "a@example.org"));
	EQ_TEXT(r.provider.web, "");
	EQ_TEXT(r.provider.email, "a@example.org");
	Buf long_name = {0};
	for (int i = 0; i < 300; i++)
		buf_lit(&long_name, "ž");
	r = must_read(str_z(t_arena, str_format(t_arena, "\"portalId\":5,\"id\":7,\"druhSocialniSluzby\":{\"id\":\"DruhSocialniSluzby/4\"},\"poskytovatel\":{\"nazev\":\"%.*s\"}",
	                                        STR_ARG(buf_view(&long_name)))));
	buf_free(&long_name);
	EXPECT(has_fault(&r, "long") && utf8_count(r.provider.name) <= 200 && utf8_valid(r.provider.name));
}

static Str repeated(const char *what, int times) {
	CLEANUP(buf_free) Buf b = {0};
	for (int i = 0; i < times; i++)
		buf_format(&b, "%s%s", i ? "," : "", what);
	return buf_take(&b, t_arena);
}

TEST("register read: lists longer than any service has break the record") {
	static const struct { const char *list, *item; int most; const char *part; } cases[] = {
		{"zarizeni", "{}", 2000, "přes 2 000 zařízení"},
		{"emaily", "{\"email\":\"a@example.org\"}", 0, NULL},
		{"ciloveSkupiny", "{\"cilovaSkupina\":{\"id\":\"CilovaSkupinaOsoby/24\"}}", 0, NULL},
	};
	for (size_t i = 0; i < LEN(cases); i++) {
		Str fits = repeated(cases[i].item, cases[i].most ? cases[i].most : 700), over = repeated(cases[i].item, cases[i].most + 1);
		must_read(str_z(t_arena, str_format(t_arena, MEMBERS ",\"%s\":[%.*s]", cases[i].list, STR_ARG(fits))));
		if (cases[i].part)
			must_break(str_z(t_arena, str_format(t_arena, MEMBERS ",\"%s\":[%.*s]", cases[i].list, STR_ARG(over))), cases[i].part);
	}
	Str hours = repeated("{\"den\":{\"id\":\"DenVTydnu/po\"},\"casOd\":\"8:00\",\"casDo\":\"9:00\"}", 301);
	must_break(str_z(t_arena, str_format(t_arena, MEMBERS ",\"formy\":[{\"casoveRozsahy\":[%.*s]}]", STR_ARG(hours))), "casoveRozsahy: seznam je příliš dlouhý");
}

TEST("register read: records of one registration come together without doubles") {
#define FORM(type, count) "\"formy\":[{\"forma\":{\"id\":\"FormaSocialniSluzby/ter\"},\"kapacity\":[{\"pocet\":" count ",\"typ\":{\"id\":\"TypKapacitySocialniSluzby/" type "\"}}]}]"
	RegisterMaps   m = given_maps();
	RegisterRecord main = must_read(MEMBERS ",\"formy\":[{\"forma\":{\"id\":\"FormaSocialniSluzby/ter\"}}],\"emaily\":[{\"email\":\"a@example.org\"}]" PLACE("false"));
	RegisterRecord other = must_read(MEMBERS "," FORM("klient", "9") ",\"emaily\":[{\"email\":\"a@example.org\"},{\"email\":\"b@example.org\"}]" PLACE("false"));
	register_merge(t_arena, &m, &main, &other);
	EQ_INT(main.form_count, 1);
	EQ_INT(main.forms[0].count, 1);
	EQ_INT(main.forms[0].capacities[0].count, 9);
	EQ_INT(main.contact_count, 2);
	EQ_INT(main.facility_count, 1);
	other.forms[0].capacities[0].count = 10;
	register_merge(t_arena, &m, &main, &other);
	EQ_INT(main.forms[0].capacities[0].count, 9);   /* what was first stays */
}

TEST("register read: what is no export of the register is refused as a whole") {
	RegisterRecord r;
	int            count;
	EXPECT(str_has(read_all(S("[]"), &r, &count), S("není export registru")));
	EXPECT(str_has(read_all(S("{\"verze\":1}"), &r, &count), S("není export registru")));
	EXPECT(str_has(read_all(S("{\"polozky\":7}"), &r, &count), S("má být seznam")));
	EXPECT(read_all(S("{\"verze\":[1,"), &r, &count).len > 0);
	EXPECT(read_all(S("{\"polozky\":[{" MEMBERS "}],\"konec\":"), &r, &count).len > 0);
	EXPECT(str_has(read_all(S("{\"polozky\":[{" MEMBERS "},5]}"), &r, &count), S("má být objekt")));
}
