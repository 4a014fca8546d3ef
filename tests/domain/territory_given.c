#include "tests/domain/territory_given.h"

#include "base/data_file.h"
#include "core/codelist.h"

static Ctx at_noon(Db *db) {
	return ctx_make(t_arena, db, &actor_program, prague_instant(D(2026, 11, 22), 12 * 3600));
}

/* What is filled in is recorded a moment before. */
static Ctx before_noon(Db *db) {
	Ctx c = at_noon(db);
	c.now.ms -= 500;
	return c;
}

static void fill_lists(Db *db) {
	Ctx c = before_noon(db);
	MUST(codelist_seed(&c, "code_lists/territory.csv"));
	ctx_end(&c);
}

void fill_territory(Db *db) {
	static const char *const names[] = {"kraje.csv", "orp.csv", "obce_cr.csv", "obce_lbk.csv", "orp_ukazatele_2019.csv"};
	ImportFile      files[LEN(names)];
	TerritoryImport done;
	fill_lists(db);
	Ctx c = before_noon(db);
	for (size_t i = 0; i < LEN(names); i++)
		files[i] = (ImportFile){str_c(names[i]), data_file(t_arena, str_z(t_arena, str_format(t_arena, "territory/%s", names[i])))};
	MUST(territory_import(&c, &(ImportFiles){files, LEN(files), LEN(files)}, S("78"), &done));
	ctx_end(&c);
}

void fill_whole_territory(Db *db) {
	TerritoryImport done;
	fill_lists(db);
	Ctx c = before_noon(db);
	MUST(territory_import_builtin(&c, S("78"), &done));
	EXPECT(done.added > 14000);
	ctx_end(&c);
}

Ctx given_filled(void (*fill)(Db *db)) {
	Ctx c = at_noon(test_store_filled(fill));
	territory_tell_access();
	return c;
}

Ctx given_territory_lists(void) { return given_filled(fill_lists); }

Ctx given_territory(void) { return given_filled(fill_territory); }

Ctx given_whole_territory(void) { return given_filled(fill_whole_territory); }

Err territory_import_text(Ctx *c, const char *name, const char *text, TerritoryImport *done) {
	ImportFile file = {str_c(name), str_c(text)};
	return territory_import(c, &(ImportFiles){&file, 1, 1}, S("78"), done);
}

Str territory_said(Ctx *c) {
	Strs all = {0};
	for (size_t i = 0; i < c->problems.len; i++)
		strs_add(t_arena, &all, str_format(t_arena, "%.*s: %.*s", STR_ARG(c->problems.at[i].place), STR_ARG(c->problems.at[i].text)));
	c->problems = (Problems){0};
	return str_join(t_arena, S("\n"), all);
}
