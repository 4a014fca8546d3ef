/* privacy.c: what the network holds about a person with an account: who applied, scored, proposed. */
#include "domain/network/privacy.h"

#include "domain/network/privacy.sql.h"

static Err erase(Ctx *c, Id account, i64 *erased) {
	const Sql *all[] = {&sql_network_person_erase, &sql_network_person_proposals_erase};
	*erased = 0;
	for (size_t i = 0; i < LEN(all); i++) {
		i64 n;
		if (db_run(c->conn, all[i], P(V(account)), &n) != OK)
			return fail_internal(c, "data of a person");
		*erased += n;
	}
	return OK;
}

static Err export(Ctx *c, Id account, JsonWriter *w) {
	static const char *const names[] = {"co", "text", "kdy"};
	Rows rows = db_query(ctx_conn(c), &sql_network_person_all, P(V(account)));
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

const PersonData network_person_data[1] = {
	{"zadosti", "Žádosti o zařazení do sítě, jejich hodnocení a návrhy k síti", "Kdo žádost nebo návrh založil a kdo hodnotil, aby bylo rozhodování o síti přezkoumatelné.", export, erase,
	 "Žádosti a návrhy zůstávají bez jména autora. Jméno hodnotitele u hodnocení zůstává, protože je součástí spisu (zákon č. 499/2004 Sb.)."},
};
