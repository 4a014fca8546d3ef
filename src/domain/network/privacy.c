/* privacy.c: what the network holds about a person with an account: who applied, scored, proposed. */
#include "domain/network/privacy.h"

#include "domain/network/privacy.sql.h"

static Err erase(Ctx *c, Id account, i64 *erased) {
	static const Sql *const all[] = {&sql_network_person_erase, &sql_network_person_proposals_erase};
	return person_rows_erase(c, all, LEN(all), account, erased);
}

static Err export(Ctx *c, Id account, JsonWriter *w) {
	static const char *const names[] = {"co", "text", "kdy"};
	return person_rows_export(c, &sql_network_person_all, account, names, LEN(names), w);
}

const PersonData network_person_data[1] = {
	{"zadosti", "Žádosti o zařazení do sítě, jejich hodnocení a návrhy k síti", "Kdo žádost nebo návrh založil a kdo hodnotil, aby bylo rozhodování o síti přezkoumatelné.", export, erase,
	 "Žádosti a návrhy zůstávají bez jména autora. Jméno hodnotitele u hodnocení a jméno podepsaného u vyjádření obce zůstává, protože je součástí spisu (zákon č. 499/2004 Sb.)."},
};
