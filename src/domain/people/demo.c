/* demo.c: the standing lists of the subject, and accounts of the demo: one per role, signed in by a printed password alone. */
#include "base/hash.h"
#include "core/codelist.h"
#include "core/settings.h"
#include "domain/people/demo.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

Err people_seed(Ctx *c) {
	return codelist_seed(c, "code_lists/people.csv");
}

static Err people_demo_password(Ctx *c, Id account) {
	static char encoded[PASSWORD_HASH_SIZE];     /* one hash for all: the password is printed anyway */
	if (!encoded[0] && !password_hash(S(DEMO_PASSWORD), encoded))
		return fail(c, ERR_BUSY, NULL, "Heslo se nepodařilo připravit, chybí paměť.");
	return db_run(c->conn, &sql_password_put, P(V(account), V(str_c(encoded)), V(c->now)), NULL) == OK ? OK : fail_internal(c, "demo password");
}

Err people_demo_account(Ctx *c, const char *login, const char *name, const char *role, ScopeKind scope, Id ref, Id organisation) {
	Id account;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(account_add(c, str_c(login), str_c(name), organisation, &account));
	TRY(account_grant(c, account, str_c(role), scope, ref, date(2022, 1, 1), (Date){0}));
	TRY(people_demo_password(c, account));
	return tx_commit(&tx);
}

Err people_demo_actor(Ctx *c, const char *login, Actor *ret) {
	void        *row;
	AccountFacts facts;
	TRY(entity_find(c, &account_entity, TODAY, "login", str_c(login), &row));
	return account_actor(c, ((Account *)row)->head.id, ret, &facts);
}

/* One person per role of the region; people of municipalities and providers come with their subjects. */
static const struct { const char *login, *name, *role; } officers[] = {
	{"spravce@demo.invalid", "Správce Ukázkový", "ADM"},
	{"sit@demo.invalid", "Síťová Ukázková", "NET"},
	{"vedouci@demo.invalid", "Vedoucí Ukázková", "VED"},
	{"analytik@demo.invalid", "Analytik Ukázkový", "ANA"},
	{"audit@demo.invalid", "Kontrola Ukázková", "AUD"},
	{"planovac@demo.invalid", "Plánovačka Ukázková", "PLN"},
	{"kks@demo.invalid", "Manažerka Ukázková", "KKS"},
	{"metodik@demo.invalid", "Metodik Ukázkový", "MET"},
	{"hodnotitel@demo.invalid", "Hodnotitelka Ukázková", "HOD"},
	{"ekonom@demo.invalid", "Ekonomka Ukázková", "ECO"},
	{"platby@demo.invalid", "Schvalovatel Ukázkový", "PAY"},
	{"zastupitel@demo.invalid", "Zastupitel Ukázkový", "ELE"},
	{"registrace@demo.invalid", "Registrační Ukázková", "REG"},
};

Err people_demo(Ctx *c, DemoSize size) {
	(void)size;
	i64 accounts;
	TRY(account_count(c, &accounts));
	if (accounts > 0)
		return fail(c, ERR_CONFLICT, NULL, "Ukázková data se dávají jen do prázdné databáze, v této už jsou účty.");
	TRY(setting_set(c, S("site.demo"), S("1")));
	TRY(setting_set(c, S("region.phone"), S("+420 485 000 000")));
	TRY(setting_set(c, S("region.email"), S("socialni@example.org")));
	Organisation region = {.kind = S("region"), .name = S("Krajský úřad, odbor sociálních věcí"), .ref = BLANK};
	TRY(entity_insert(c, &organisation_entity, &region));
	Id org = region.head.id;
	for (size_t i = 0; i < LEN(officers); i++)
		TRY(people_demo_account(c, officers[i].login, officers[i].name, officers[i].role, SCOPE_REGION, 0, org));
	Organisation group = {.kind = S("body"), .name = S("Pracovní skupina pro seniory"), .ref = BLANK};
	TRY(entity_insert(c, &organisation_entity, &group));
	TRY(people_demo_account(c, "clen@demo.invalid", "Členka Ukázková", "GRP", SCOPE_BODY, group.head.id, group.head.id));
	return people_demo_account(c, "predseda@demo.invalid", "Předseda Ukázkový", "CHA", SCOPE_BODY, group.head.id, group.head.id);
}
