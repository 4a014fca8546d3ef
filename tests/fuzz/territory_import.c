/* territory_import.c: whatever bytes pretend to be boundaries (GeoJSON, TopoJSON) or a table of territory: refused with sentences, or a plan
 * whose parts fit together and which the store takes. Each input is stored in a transaction that is given up. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/data_file.h"
#include "base/hash.h"
#include "base/text.h"
#include "core/codelist.h"
#include "domain/territory/import.h"
#include "web/module.h"

extern const Module     core_module;
extern const Migration *all_migrations(size_t *count);

static const char few_municipalities[] =
	"kod_obce,nazev,kod_orp_ruian,kod_orp_csu,nazev_orp,kod_okresu_ruian_do_2020,nazev_okresu_do_2020,kod_okresu_ruian_od_2021,kod_kraje_ruian,"
	"kod_kraje_nuts3,obyvatel_2020_12_31,0_14,15_64,65plus,80plus\n"
	"563889,Liberec,817,5105,Liberec,3505,Liberec,3505,78,CZ051,104261,17482,65362,21417,4339\n"
	"577456,Rokytnice nad Jizerou,1139,5104,Jilemnice,3608,Semily,3608,78,CZ051,2601,337,1620,644,135\n";

static void must(Ctx *c, Err e) {
	if (e == OK)
		return;
	if (c && c->problems.len)
		fprintf(stderr, "%.*s\n", STR_ARG(first_problem(c)));
	abort();
}

/* Two municipalities of the Liberec Region with all above them, in a file that nobody else sees. */
static Db *store(void) {
	static Arena kept;
	static Db   *db;
	static char  name[128], side[160];
	if (db)
		return db;
	crypto_start();
	const char *folder = getenv("TMPDIR");
	snprintf(name, sizeof name, "%s/sitovka-fuzz-XXXXXX", folder ? folder : "/dev/shm");
	int fd = mkstemp(name);
	CHECK(fd >= 0);
	close(fd);
	Str              why;
	size_t           count;
	const Migration *list = all_migrations(&count);
	must(NULL, db_open(&kept, name, (DbOptions){0}, &db, &why));
	must(NULL, db_migrate(&kept, db, list, count, &why, NULL));
	settings_setup(&core_module.settings, &core_module.setting_count, 1);
	Ctx c = ctx_make(&kept, db, &actor_program, prague_instant(date(2026, 11, 22), 12 * 3600));
	must(&c, codelist_seed(&c, "code_lists/territory.csv"));
	ImportFile files[] = {{S("kraje.csv"), data_file(&kept, "territory/kraje.csv")}, {S("orp.csv"), data_file(&kept, "territory/orp.csv")},
	                      {S("obce.csv"), str_c(few_municipalities)}};
	TerritoryImport done;
	must(&c, territory_import(&c, &(ImportFiles){files, LEN(files), LEN(files)}, S("78"), &done));
	ctx_end(&c);
	static const char *const ends[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < LEN(ends); i++) {         /* open files stay */
		snprintf(side, sizeof side, "%s%s", name, ends[i]);
		unlink(side);
	}
	return db;
}

/* "15056190 50767450,15056200 50767460;…": closed outlines on this planet. */
static void check_rings(Str rings) {
	CHECK(rings.len > 0);
	for (Str rest = rings; rest.len;) {
		Str    ring = str_cut(&rest, ';');
		size_t points = 0;
		while (ring.len) {
			Str lat = str_cut(&ring, ','), lon = str_cut(&lat, ' ');
			i64 x, y;
			CHECK(str_to_int(lon, &x) && str_to_int(lat, &y));
			CHECK(x >= -180000000 && x <= 180000000 && y >= -90000000 && y <= 90000000);
			points++;
		}
		CHECK(points >= 4);
	}
}

static void check_plan(const Plan *p) {
	for (size_t i = 0; i < p->unit_len; i++) {
		const PlanUnit *u = &p->units[i];
		CHECK(u->rank >= 0 && u->rank < RANK_COUNT && utf8_valid(u->name) && utf8_valid(u->code) && (u->code.len || u->rank == RANK_CUSTOM));
		for (size_t k = 0; k < LEN(u->bonds); k++)
			CHECK(u->bonds[k].now == NO_UNIT || (u->bonds[k].now < p->unit_len && date_is(u->bonds[k].since)));
	}
	for (size_t i = 0; i < p->shape_len; i++) {
		CHECK(p->shapes[i].unit < p->unit_len);
		check_rings(p->shapes[i].rings);
	}
	for (size_t i = 0; i < p->count_len; i++)
		CHECK(p->counts[i].unit < p->unit_len && p->counts[i].count >= 0 && p->counts[i].from <= p->counts[i].to && date_is(p->counts[i].on));
	for (size_t i = 0; i < p->custom_len; i++)
		CHECK(p->customs[i].child < p->unit_len && p->customs[i].parent < p->unit_len);
}

static void check_said(const Ctx *c) {
	for (size_t i = 0; i < c->problems.len; i++) {
		const Problem *p = &c->problems.at[i];
		CHECK(utf8_valid(p->text) && utf8_valid(p->place) && p->text.len > 10);
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);
int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena           a = {0};
	Ctx             c = ctx_make(&a, store(), &actor_program, (Instant){INT64_C(1795345200000)});
	ImportFile      f = {S("obce_2020.csv"), str_of((const char *)data, size)};
	const FileKind *kind = import_kind_of(&a, &f);
	if (kind) {
		Tx tx = {0};
		must(&c, tx_begin(&c, &tx));
		Plan *p = NEW(&a, Plan, .c = &c, .region = size % 2 ? S("78") : (Str){0});
		import_read(p, kind, &f);
		check_plan(p);
		CHECK((p->errors > 0) == (c.problems.len > 0));
		TerritoryImport done = {0};
		Err e = p->errors ? ERR_INVALID : import_store(p, &done);
		CHECK(e == OK || ((e == ERR_INVALID || e == ERR_CONFLICT) && c.problems.len > 0));
		check_said(&c);
		tx_end(&tx);
	}
	ctx_end(&c);
	arena_free(&a);
	return 0;
}
