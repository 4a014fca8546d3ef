/* person.c: what plans hold about a person with an account. */
#include "domain/plan/person.h"
#include "domain/plan/plan.sql.h"

static Err export_notes(Ctx *c, Id account, JsonWriter *w) {
	static const char *const names[] = {"plan", "druh", "text", "navrzene_zneni", "stav", "napsano"};
	return person_rows_export(c, &sql_plan_notes_of_account, account, names, LEN(names), w);
}

const PersonData plan_person_data[1] = {
	{"poznamky_k_planu", "Podněty a poznámky k plánu", "Aby bylo zřejmé, kdo co do plánu navrhl a jak kraj odpověděl.", export_notes, NULL,
	 "Podněty jsou podklad rozhodnutí kraje a zůstávají s plánem po dobu jeho archivace (zákon č. 499/2004 Sb.)."},
};
