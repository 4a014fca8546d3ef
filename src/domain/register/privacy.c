#include "domain/register/privacy.h"

#include "domain/register/machines.h"
#include "domain/register/privacy.sql.h"

static Err export_suggestions(Ctx *c, Id account, JsonWriter *w) {
	static const char *const names[] = {"ceho_se_tyka", "udaj", "navrh", "poznamka", "stav", "kdy"};
	enum { STATE = 4 };
	Rows rows = db_query(ctx_conn(c), &sql_register_person_suggestions, P(V(account)));
	jw_array(w);
	while (rows_next(&rows)) {
		jw_object(w);
		for (int i = 0; i < (int)LEN(names); i++) {
			const State *state = i == STATE ? machine_state(&suggestion_machine, col_text(&rows, i)) : NULL;
			jw_member(w, names[i], state ? str_c(state->title) : col_text(&rows, i));
		}
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "data of a person");
}

static Err export_work(Ctx *c, Id account, JsonWriter *w) {
	static const char *const names[] = {"druh", "co", "kdy"};
	return person_rows_export(c, &sql_register_person_work, account, names, LEN(names), w);
}

static Err erase_suggestions(Ctx *c, Id account, i64 *erased) {
	static const Sql *const all[] = {&sql_register_person_suggestions_erase};
	return person_rows_erase(c, all, LEN(all), account, erased);
}

static Err erase_work(Ctx *c, Id account, i64 *erased) {
	static const Sql *const all[] = {&sql_register_person_imports_erase, &sql_register_person_overrides_erase};
	return person_rows_erase(c, all, LEN(all), account, erased);
}

const PersonData register_person_data[2] = {
	{"navrhy", "Návrhy změn služeb", "Oprava údajů katalogu.", export_suggestions, erase_suggestions, "Navržené a schválené změny bez jména autora."},
	{"registr", "Práce s registrem", "Kdo načetl registr a kdo přebil jeho údaj.", export_work, erase_work, "Načtené a přebité údaje bez jména."},
};
