/* The table of objects and roles: steps of one work are rights of different people. */
#include "domain/people/rights.h"
#include "domain/people/people.h"
#include "tests/test.h"

static bool can(const char *role, const char *capability) {
	const Role *r = access_role(str_c(role));
	EXPECT(r && access_known(capability));
	return access_role_has(r, capability);
}

TEST("rights: who prepares for a provider or a municipality does not submit, who signs does both") {
	static const char *const pairs[][3] = {{"PRV", "PSG", "submission"}, {"PRV", "PSG", "network_application"}, {"PRV", "PSG", "grant"},
	                                       {"MUN", "MSG", "need"}, {"MUN", "MSG", "municipal_statement"}};
	for (size_t i = 0; i < LEN(pairs); i++) {
		const char *create = str_z(t_arena, str_format(t_arena, "%s.create", pairs[i][2])), *submit = str_z(t_arena, str_format(t_arena, "%s.submit", pairs[i][2]));
		EXPECT(can(pairs[i][0], create) && !can(pairs[i][0], submit));
		EXPECT(can(pairs[i][1], create) && can(pairs[i][1], submit));
	}
}

TEST("rights: who prepares a payment cannot approve it, and who approves cannot prepare it") {
	EXPECT(can("ECO", "payment.create") && !can("ECO", "payment.approve"));
	EXPECT(can("PAY", "payment.approve") && !can("PAY", "payment.create"));
}

TEST("rights: the network is written by its officer and approved by the head of department") {
	EXPECT(can("NET", "network.update") && !can("NET", "network.approve") && !can("NET", "network.publish"));
	EXPECT(can("VED", "network.approve") && !can("VED", "network.update"));
}

TEST("rights: the administrator decides nothing of the field, the auditor changes nothing") {
	size_t              n;
	const ObjectRights *all = rights_objects(&n);
	EXPECT(n >= 20);
	for (size_t i = 0; i < n; i++) {
		EQ_INT(rights_verbs(&all[i], "ADM"), 0);
		EXPECT((rights_verbs(&all[i], "AUD") & ~(1u << VERB_READ)) == 0);
		EXPECT((rights_verbs(&all[i], "ELE") & ~(1u << VERB_READ)) == 0);
	}
}

TEST("rights: every role named in the table exists, and evaluators see no payment") {
	size_t              n;
	const ObjectRights *all = rights_objects(&n);
	for (size_t i = 0; i < n; i++) {
		Str rest = str_c(all[i].may);
		while (rest.len) {
			Str letters = str_cut(&rest, ' ');
			EXPECT(access_role(str_cut(&letters, ':')) != NULL && letters.len > 0);
		}
	}
	EXPECT(!can("HOD", "payment.read") && can("HOD", "score_sheet.create") && !can("PRV", "score_sheet.create"));
}
