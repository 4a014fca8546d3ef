/* roles.c: the roles of DOMAIN § 3 and what each may do. Scope says on which rows; account_role says who holds which and until when. */
#include "domain/people/people.h"
#include "domain/people/rights.h"

#define CAN(...) (const char *[]){__VA_ARGS__, NULL}

/* Rights that every signed-in officer of the region has. */
#define OFFICER "overview.read", "register.read", "exchange.export", "calendar.read", "plan.draft"

static const Role roles[] = {
	{"ADM", "správce aplikace", SCOPE_REGION, CAN("overview.read", "people.view_as", "admin.open", "admin.accounts", "people.read", "admin.settings", "admin.code_lists", "admin.jobs", "admin.jobs_stop", "admin.health", "admin.privacy", "admin.mail", "trail.read", "territory.edit", "calendar.read", "calendar.edit", "library.texts", "library.publish", "library.feedback"), .gives = "*"},
	{"NET", "správce sítě", SCOPE_REGION, CAN(OFFICER, "needs.optimal", "register.edit", "register.secret", "register.import", "territory.edit", "history.read", "admin.open", "calendar.edit", "library.texts")},
	{"PRV", "pracovník poskytovatele", SCOPE_PROVIDER, CAN("overview.read", "register.suggest", "register.own")},
	{"PSG", "statutární zástupce poskytovatele", SCOPE_PROVIDER, CAN("overview.read", "register.suggest", "register.own", "register.confirm")},
	{"PAD", "místní správce poskytovatele", SCOPE_PROVIDER, CAN("overview.read", "register.own", "people.colleagues"), .gives = "PRV PAD"},
	{"MUN", "pracovník obce", SCOPE_MUNICIPALITY, CAN("overview.read", "register.suggest")},
	{"MSG", "podepisující za obec", SCOPE_MUNICIPALITY, CAN("overview.read", "register.suggest")},
	{"COO", "koordinátor komunitního plánování", SCOPE_DISTRICT, CAN("overview.read", "register.read", "register.suggest", "exchange.export", "needs.agree", "plan.draft")},
	{"GRP", "člen skupiny", SCOPE_BODY, CAN("overview.read")},
	{"CHA", "předseda skupiny", SCOPE_BODY, CAN("overview.read", "needs.agree")},
	{"KKS", "manažer koordinační struktury", SCOPE_REGION, CAN(OFFICER, "library.texts")},
	{"PLN", "koordinátor plánu", SCOPE_REGION, CAN(OFFICER, "plan.outlook", "needs.agree", "needs.optimal", "needs.snapshot", "library.texts", "library.publish")},
	{"ANA", "analytik", SCOPE_REGION, CAN(OFFICER, "needs.optimal", "needs.snapshot", "history.read", "calendar.edit")},
	{"MET", "metodik", SCOPE_REGION, CAN(OFFICER, "admin.open", "admin.code_lists", "calendar.edit")},
	{"HOD", "hodnotitel", SCOPE_REGION, CAN("overview.read", "register.read")},
	{"ECO", "ekonom", SCOPE_REGION, CAN(OFFICER, "plan.outlook", "calendar.edit")},
	{"PAY", "schvalovatel plateb", SCOPE_REGION, CAN(OFFICER)},
	{"VED", "vedoucí odboru", SCOPE_REGION, CAN(OFFICER, "submission.except", "plan.outlook_accept", "needs.snapshot", "people.view_as", "history.read", "calendar.decide", "library.texts", "library.publish", "library.feedback")},
	{"ELE", "člen orgánu kraje", SCOPE_REGION, CAN("overview.read", "register.read")},
	{"REG", "registrující orgán", SCOPE_REGION, CAN("overview.read", "register.read", "history.read")},
	{"AUD", "kontrola a audit", SCOPE_REGION, CAN(OFFICER, "register.secret", "history.read", "trail.read", "people.read", "admin.open", "admin.jobs", "admin.health")},
};

/* Each role's own capabilities and its rights to business objects (rights.c); put together once, at start. */
const Role *people_roles(size_t *count) {
	static Role whole[LEN(roles)];
	for (size_t i = 0; i < LEN(roles) && !whole[LEN(roles) - 1].code; i++) {
		whole[i] = roles[i];
		whole[i].capabilities = rights_of_role(roles[i].code, roles[i].capabilities);
	}
	*count = LEN(roles);
	return whole;
}
