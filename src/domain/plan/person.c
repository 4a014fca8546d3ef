/* person.c: what plans hold about a person with an account. */
#include "domain/plan/person.h"
#include "domain/plan/plan.sql.h"

static Err export_notes(Ctx *c, Id account, JsonWriter *w) {
	static const char *const names[] = {"plan", "druh", "text", "navrzene_zneni", "stav", "napsano"};
	Rows r = db_query(ctx_conn(c), &sql_plan_notes_of_account, P(V(account)));
	jw_array(w);
	while (rows_next(&r)) {
		jw_object(w);
		for (int i = 0; i < (int)LEN(names); i++) {
			jw_key(w, names[i]);
			jw_str(w, col_text(&r, i));
		}
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&r) == OK ? OK : fail_internal(c, "notes of a person");
}

const PersonData plan_person_data[1] = {
	{"poznamky_k_planu", "Podněty a poznámky k plánu", "Aby bylo zřejmé, kdo co do plánu navrhl a jak kraj odpověděl.", export_notes, NULL,
	 "Podněty jsou podklad rozhodnutí kraje a zůstávají s plánem po dobu jeho archivace (zákon č. 499/2004 Sb.)."},
};
