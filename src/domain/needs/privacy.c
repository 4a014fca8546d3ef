/* privacy.c: what needs hold about a person with an account: who wrote what. */
#include "domain/needs/privacy.h"

#include "domain/needs/privacy.sql.h"

static Err export(Ctx *c, Id account, JsonWriter *w) {
	static const char *const names[] = {"co", "text", "kdy"};
	return person_rows_export(c, &sql_needs_person_all, account, names, LEN(names), w);
}

static Err erase(Ctx *c, Id account, i64 *erased) {
	static const Sql *const all[] = {&sql_needs_person_needs_erase, &sql_needs_person_offers_erase, &sql_needs_person_links_erase};
	return person_rows_erase(c, all, LEN(all), account, erased);
}

const PersonData needs_person_data[1] = {
	{"potreby", "Potřeby, nabídky a propojení", "Kdo potřebu zapsal, aby se ho skupina a kraj mohli zeptat.", export, erase,
	 "Potřeby a nabídky zůstávají bez jména autora: podle zákona č. 108/2006 Sb. z nich vychází plán a síť."},
};
