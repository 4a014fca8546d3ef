/* privacy.c: what submissions hold about a person with an account: who filled and noted what. */
#include "domain/collection/privacy.h"

#include "domain/collection/collection.sql.h"

static Err erase(Ctx *c, Id account, i64 *erased) {
	static const Sql *const all[] = {&sql_collection_person_erase, &sql_collection_person_saves_erase, &sql_collection_person_notes_erase,
	                                 &sql_collection_person_files_erase, &sql_collection_person_answers_erase};
	return person_rows_erase(c, all, LEN(all), account, erased);
}

static Err export(Ctx *c, Id account, JsonWriter *w) {
	static const char *const names[] = {"co", "text", "kdy"};
	return person_rows_export(c, &sql_collection_person_all, account, names, LEN(names), w);
}

const PersonData collection_person_data[1] = {
	{"podani", "Podání a poznámky k nim", "Kdo podání vyplnil, aby se ho kraj mohl zeptat.", export, erase,
	 "Podání zůstávají bez jména autora; potvrzení o podání i se jménem podepsaného je součástí spisu (zákon č. 499/2004 Sb.)."},
};
