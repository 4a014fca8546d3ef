/* register_traps.c: what is wrong in a file is found and listed, and capacity counts once per registration. */
#include "tests/domain/register_given.h"

#include "base/json.h"

static i64 repairs_of(Ctx *c, const char *kind) {
	RepairCounts counts;
	MUST(register_repair_counts(c, &counts));
	for (size_t i = 0; i < counts.len; i++)
		if (str_eq(counts.at[i].kind, str_c(kind)))
			return counts.at[i].count;
	return 0;
}

static void expect_near(const char *what, i64 found, i64 stated, i64 apart) {
	if (found < stated - apart || found > stated)
		test_fail(__FILE__, __LINE__, "%s: %lld listed, the generator says %lld", what, (long long)found, (long long)stated);
}

TEST("register traps: as many repairs are listed as the generator put traps into the file") {
	Db               *db;
	Ctx               c = given_register_store(&db);
	RegisterGenerated g;
	RegisterImport    r = must_import(&c, given_register_file((RegisterGenerateOptions){.seed = 5, .services = 900}, &g));
	EQ_INT(repairs_of(&c, "shared"), g.traps[TRAP_IDENTIFIER_SHARED]);
	EQ_INT(repairs_of(&c, "ico"), g.traps[TRAP_ICO_CHECK_DIGIT]);
	EXPECT(repairs_of(&c, "facility_twice") > 0 && repairs_of(&c, "facility_twice") <= repairs_of(&c, "capacity_twice"));
	/* a registration of two records shows a trap of both once; places of one service may share a name */
	i64 shared = g.traps[TRAP_IDENTIFIER_SHARED], twice = g.traps[TRAP_CAPACITY_TWICE];
	expect_near("no_facility", repairs_of(&c, "no_facility"), g.traps[TRAP_NO_FACILITY], shared);
	expect_near("capacity_twice", repairs_of(&c, "capacity_twice"), twice, shared);
	expect_near("elsewhere", repairs_of(&c, "elsewhere"), g.traps[TRAP_PART_ELSEWHERE], shared + twice);
	expect_near("no_point", repairs_of(&c, "no_point"), g.traps[TRAP_NO_ADDRESS_POINT], shared + twice);
	expect_near("spaces", repairs_of(&c, "spaces"), g.traps[TRAP_PROVIDER_SPACES] + g.traps[TRAP_FACILITY_SPACES], shared + twice);
	EXPECT(repairs_of(&c, "ico_short") > 0 && repairs_of(&c, "ico_short") <= g.traps[TRAP_ICO_SHORT]);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM provider WHERE ico LIKE '009%'"), g.traps[TRAP_ICO_ZEROS]);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM provider WHERE name LIKE '%  %' OR name LIKE '% '"), 0);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM facility WHERE name LIKE '%  %' OR name LIKE '% '"), 0);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM register_repair WHERE object_id = 0"), 0);
	EXPECT(r.used > 0);
	for (size_t i = 0; register_repair_kind(i); i++)
		EXPECT(strlen(register_repair_kind(i)->todo) > 20);
}

TEST("register traps: what the register put right disappears with the next import, what is new is added") {
	Db *db;
	Ctx c = given_register_store(&db);
	Str file = given_register_file((RegisterGenerateOptions){.seed = 5}, NULL);
	must_import(&c, file);
	i64 open = count_of(&c, "SELECT COUNT(*) FROM register_repair WHERE fixed_at IS NULL"), spaces = repairs_of(&c, "spaces");
	must_import(&c, file);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM register_repair"), open);
	Str repaired = str_replace(t_arena, str_replace(t_arena, file, S("  "), S(" ")), S(" \",\""), S("\",\""));
	must_import(&c, repaired);
	EXPECT(spaces > 0);
	EQ_INT(repairs_of(&c, "spaces"), 0);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM register_repair WHERE fixed_at IS NULL"), open - spaces);
	must_import(&c, file);
	EQ_INT(repairs_of(&c, "spaces"), spaces);
}

/* ---- an oracle that knows only JSON: identifier, form, type → count, the first that is said ---- */

typedef struct Said { Str identifier, form, type; i64 count, portal; } Said;
typedef struct SaidList { Said *at; size_t len, cap; } SaidList;

static void take_capacity(SaidList *list, Said s) {
	for (size_t i = 0; i < list->len; i++) {
		Said *old = &list->at[i];
		if (str_eq(old->identifier, s.identifier) && str_eq(old->form, s.form) && str_eq(old->type, s.type))
			return;
	}
	*ARENA_PUSH(t_arena, list->at, list->len, list->cap) = s;
}

/* Forms stand behind the identifier in a record of the generator. */
static void read_said(Str file, SaidList *list) {
	JsonReader *r = json_open_str(t_arena, file);
	Str  key = {0}, identifier = {0}, form = {0}, under[40] = {{0}};
	i64  count = BLANK;
	for (JsonEvent e = json_next(r); e != JSON_END; e = json_next(r)) {
		CHECK(e != JSON_ERROR);
		int depth = json_depth(r);
		if (e == JSON_KEY) {
			key = str_dup(t_arena, json_text(r));
			under[depth] = key;
		} else if (str_eq(key, S("identifikator")) && (e == JSON_STRING || e == JSON_NUMBER)) {
			identifier = str_dup(t_arena, json_text(r));
		} else if (str_eq(key, S("pocet")) && e == JSON_NUMBER) {
			CHECK(json_int(r, &count));
		} else if (str_eq(key, S("id")) && e == JSON_STRING && str_eq(under[depth - 1], S("forma"))) {
			form = str_dup(t_arena, json_text(r));
		} else if (str_eq(key, S("id")) && e == JSON_STRING && str_eq(under[depth - 1], S("typ"))) {
			take_capacity(list, (Said){.identifier = identifier, .form = form, .type = str_dup(t_arena, json_text(r)), .count = count});
		}
	}
}

static Str after_slash(Str s) {
	str_cut(&s, '/');
	return s;
}

TEST("register traps: F15: capacity counts once per registration, form and type, as a reader of the bare JSON would count it") {
	Db      *db;
	Ctx      c = given_register_store(&db);
	SaidList said = {0};
	Str      file = given_register_file((RegisterGenerateOptions){.seed = 5}, NULL);
	must_import(&c, file);
	read_said(file, &said);
	EXPECT(said.len > 250);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM capacity"), said.len);
	for (size_t i = 0; i < said.len; i++) {
		void        *row;
		ServiceWhole whole;
		CapacitySums sums;
		MUST(entity_find(&c, &service_entity, TODAY, "identifier", said.at[i].identifier, &row));
		MUST(service_whole(&c, TODAY, ((Service *)row)->head.id, &whole));
		service_capacity_sums(t_arena, &whole, &sums);
		i64 found = BLANK;
		for (size_t k = 0; k < sums.len; k++)
			if (str_eq(sums.at[k].form, after_slash(said.at[i].form)) && str_eq(sums.at[k].type, after_slash(said.at[i].type)))
				found = sums.at[k].count;
		EQ_INT(found, said.at[i].count);
	}
}

TEST("register traps: a kind of service that no code list knows is held back with the reason, the rest is applied") {
	Db            *db;
	Ctx            c = given_register_store(&db);
	Str            file = given_register_file((RegisterGenerateOptions){.seed = 5}, NULL);
	i64            before = must_preview(&c, file).added;
	Str            other = str_replace(t_arena, file, S("DruhSocialniSluzby/13\""), S("DruhSocialniSluzby/77\""));
	RegisterImport r = must_import(&c, other);
	EXPECT(r.held > 3);
	EQ_INT(r.added + r.held, before);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM service"), r.added);
	EQ_INT(repairs_of(&c, "code"), r.held);
	RegisterRows rows;
	MUST(register_rows(&c, r.id, S("held"), 0, 10, &rows));
	EXPECT(rows.len > 0 && str_has(rows.at[0].subtitle, S("DruhSocialniSluzby/77")));
}

TEST("register traps: two registrations that share a number but not the kind stay apart and are listed") {
	Db *db;
	Ctx c = given_register_store(&db);
#define RECORD(portal, kind, name) "{\"portalId\":" portal ",\"id\":\"" portal "\",\"identifikator\":\"9000001\",\"datumPoskytovaniOd\":\"2015-01-01\"," \
	"\"druhSocialniSluzby\":{\"id\":\"DruhSocialniSluzby/" kind "\"},\"poskytovatel\":{\"ico\":\"25596641\",\"nazev\":\"Ukázka\"}," \
	"\"zarizeni\":[{\"nazev\":\"" name "\",\"utajenaAdresa\":false,\"adresa\":null}],\"formy\":[]}"
	RegisterImport r = must_import(&c, S("{\"polozky\":[" RECORD("2", "13", "Domov") ",\n" RECORD("1", "4", "Pečovatelky") ",\n" RECORD("3", "13", "Domov B") "]}"));
	EQ_INT(r.records, 3);
	EQ_INT(r.services, 2);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM service WHERE identifier = '9000001'"), 2);
	EQ_INT(count_of(&c, "SELECT COUNT(*) FROM facility"), 3);
	EXPECT(repairs_of(&c, "shared") >= 2);
	r = must_preview(&c, S("{\"polozky\":[" RECORD("2", "13", "Domov") ",\n" RECORD("1", "4", "Pečovatelky") ",\n" RECORD("3", "13", "Domov B") "]}"));
	EQ_INT(r.changed + r.added + r.missing, 0);
}
