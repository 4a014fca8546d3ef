/* privacy.c: what needs hold about a person with an account: who wrote what. */
#include "domain/needs/privacy.h"

#include "domain/needs/privacy.sql.h"

static Err export(Ctx *c, Id account, JsonWriter *w) {
	static const char *const names[] = {"co", "text", "kdy"};
	Rows rows = db_query(ctx_conn(c), &sql_needs_person_all, P(V(account)));
	jw_array(w);
	while (rows_next(&rows)) {
		jw_object(w);
		for (int i = 0; i < (int)LEN(names); i++) {
			jw_key(w, names[i]);
			jw_str(w, col_text(&rows, i));
		}
		jw_object_end(w);
	}
	jw_array_end(w);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "data of a person");
}

static Err erase(Ctx *c, Id account, i64 *erased) {
	const Sql *all[] = {&sql_needs_person_needs_erase, &sql_needs_person_offers_erase, &sql_needs_person_links_erase};
	*erased = 0;
	for (size_t i = 0; i < LEN(all); i++) {
		i64 n;
		if (db_run(c->conn, all[i], P(V(account)), &n) != OK)
			return fail_internal(c, "data of a person");
		*erased += n;
	}
	return OK;
}

const PersonData needs_person_data[1] = {
	{"potreby", "Potřeby, nabídky a propojení", "Kdo potřebu zapsal, aby se ho skupina a kraj mohli zeptat.", export, erase,
	 "Potřeby a nabídky zůstávají bez jména autora: podle zákona č. 108/2006 Sb. z nich vychází plán a síť."},
};
