#include "tests/domain/territory_given.h"

#include "base/data_file.h"
#include "core/codelist.h"

Ctx given_territory_lists(void) {
	Db *db = test_store();
	Ctx c = ctx_make(t_arena, db, &actor_program, prague_instant(D(2026, 11, 22), 12 * 3600));
	MUST(codelist_seed(&c, "code_lists/territory.csv"));
	territory_tell_access();
	return c;
}

Ctx given_territory(void) {
	static const char *const names[] = {"kraje.csv", "orp.csv", "obce_cr.csv", "obce_lbk.csv", "orp_ukazatele_2019.csv"};
	ImportFile      files[LEN(names)];
	TerritoryImport done;
	Ctx c = given_territory_lists();
	for (size_t i = 0; i < LEN(names); i++)
		files[i] = (ImportFile){str_c(names[i]), data_file(t_arena, str_z(t_arena, str_format(t_arena, "territory/%s", names[i])))};
	MUST(territory_import(&c, &(ImportFiles){files, LEN(files), LEN(files)}, S("78"), &done));
	return c;
}

Ctx given_whole_territory(void) {
	TerritoryImport done;
	Ctx c = given_territory_lists();
	MUST(territory_import_builtin(&c, S("78"), &done));
	EXPECT(done.added > 14000);
	return c;
}

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
