/* account.c: accounts and what they may do. */
#include "base/hash.h"
#include "core/trail.h"
#include "domain/people/grant.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

ENTITY(organisation_entity, Organisation, ORGANISATION_FIELDS, .name = "organisation", .table = "organisation", .one = "organizace",
       .many = "organizace", .of_many = "organizací", .article = "f", .key = "name", .title = "name", .read = CAP_PEOPLE_READ,
       .write = "admin.accounts", .path = "/app/sprava/organizace")

/* An account whose kind nobody said is a person's; a new one waits for an invitation. */
static Err prepare_account(Ctx *c, void *row) {
	(void)c;
	Account *a = row;
	a->kind = a->kind.len ? a->kind : S("person");
	a->state = a->state.len ? a->state : S("invited");
	return OK;
}

ENTITY(account_entity, Account, ACCOUNT_FIELDS, .name = "account", .table = "account", .one = "účet", .many = "účty", .of_many = "účtů",
       .article = "m", .key = "login", .title = "name", .read = CAP_PEOPLE_READ, .write = "admin.accounts", .path = "/app/sprava/uzivatele",
       .prepare = prepare_account, .is_personal = true, .held_back = "restricted")

static const char *const scope_words[] = {
	[SCOPE_NONE] = "none", [SCOPE_REGION] = "region", [SCOPE_DISTRICT] = "district", [SCOPE_MUNICIPALITY] = "municipality",
	[SCOPE_PROVIDER] = "provider", [SCOPE_BODY] = "body",
};

/* What the organisation of the account stands for, when it is of the kind that the role is given for: a provider, a municipality, a body. */
static Err place_of_account(Ctx *c, AccountRole *r) {
	Rows rows = db_query(ctx_conn(c), &sql_account_acts_for, P(V(r->account)));
	if (rows_next(&rows) && str_eq(col_text(&rows, 0), r->scope_kind)) {
		bool is_body = str_eq(r->scope_kind, S("body"));
		if (is_body || !col_null(&rows, 1))
			r->scope_ref = col_int(&rows, is_body ? 2 : 1);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "organisation of an account");
}

/* A role is given for one kind of scope, and mostly for the organisation of its person: neither has to be written. */
static Err prepare_role(Ctx *c, void *row) {
	AccountRole *r = row;
	const Role  *role = access_role(r->role);
	if (role && !r->scope_kind.len)
		r->scope_kind = str_c(scope_words[role->scope]);
	return r->account && r->scope_ref == BLANK && !str_eq(r->scope_kind, S("region")) ? place_of_account(c, r) : OK;
}

static Err check_role(Ctx *c, const void *row) {
	const AccountRole *r = row;
	if (date_is(r->last_day) && date_before(r->last_day, r->first_day))
		return fail(c, ERR_INVALID, "last_day", "Konec platnosti role je před jejím začátkem. Opravte jedno z dat.");
	TRY(grant_check(c, r));
	bool is_region = str_eq(r->scope_kind, S("region"));
	if (!is_region && r->scope_ref == BLANK)
		return fail(c, ERR_INVALID, "scope_ref", "Z organizace účtu se nepozná, pro koho tato role platí. Zvolte účtu organizaci, které se role týká, nebo doplňte číslo záznamu.");
	return OK;
}

ENTITY(account_role_entity, AccountRole, ACCOUNT_ROLE_FIELDS, .name = "account_role", .table = "account_role", .one = "role účtu",
       .many = "role účtů", .of_many = "rolí účtů", .article = "f", .key = "account,role,scope_kind,scope_ref,first_day", .title = "role",
       .order = "first_day", .read = CAP_PEOPLE_READ, .write = "admin.accounts", .path = "/app/sprava/role", .check = check_role, .prepare = prepare_role)

ScopeKind scope_kind_of(Str word) {
	for (size_t i = 0; i < LEN(scope_words); i++)
		if (str_eq(str_c(scope_words[i]), word))
			return (ScopeKind)i;
	return SCOPE_NONE;
}

Err account_names(Ctx *c, Id account, Str *login, Str *name) {
	*login = *name = (Str){0};
	Rows rows = db_query(ctx_conn(c), &sql_account_names, P(V(account)));
	if (rows_next(&rows)) {
		*login = str_dup(c->arena, col_text(&rows, 0));
		*name = str_dup(c->arena, col_text(&rows, 1));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "account");
}

Err account_login(Ctx *c, Id account, Str *ret) {
	Str name;
	return account_names(c, account, ret, &name);
}

Err account_count(Ctx *c, i64 *ret) {
	return db_get_int(ctx_conn(c), &sql_account_number, DB_NONE, 0, ret) == OK ? OK : fail_internal(c, "accounts");
}

Err account_add(Ctx *c, Str login, Str name, Id organisation, Id *ret) {
	Account a = {.name = name, .organisation = organisation, .kind = S("person"), .state = S("active")};
	a.login = str_lower_ascii(c->arena, str_trim(login));
	TRY(entity_insert(c, &account_entity, &a));
	*ret = a.head.id;
	return OK;
}

Err account_restrict(Ctx *c, Id account, bool restricted) {
	return db_run(c->conn, &sql_account_restrict, P(V(account), V(restricted)), NULL) == OK ? OK : fail_internal(c, "account");
}

Err account_grant(Ctx *c, Id account, Str role, ScopeKind kind, Id ref, Date first_day, Date last_day) {
	AccountRole r = {.account = account, .role = role, .scope_kind = str_c(scope_words[kind]), .scope_ref = ref ? ref : BLANK,
	                 .first_day = first_day, .last_day = last_day, .granted_by = c->actor->account};
	return entity_insert(c, &account_role_entity, &r);
}

/* Roles that hold today; an expired one ends access the same day. */
static Err load_grants(Ctx *c, Actor *actor) {
	size_t cap = 0;
	Rows   rows = db_query(ctx_conn(c), &sql_grants_of, P(V(actor->account), V(c->today)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, actor->grants, actor->grant_count, cap) = (Grant){
			.role = str_dup(c->arena, col_text(&rows, 0)), .scope = scope_kind_of(col_text(&rows, 1)), .ref = col_null(&rows, 2) ? 0 : col_int(&rows, 2),
			.last_day = col_date(&rows, 3)};
	return rows_end(&rows);
}

/* Who an account is today, and what is known of it. */
Err account_actor(Ctx *c, Id account, Actor *actor, AccountFacts *facts) {
	*actor = (Actor){.account = account};
	*facts = (AccountFacts){0};
	Rows rows = db_query(ctx_conn(c), &sql_account_of_session, P(V(account)));
	if (rows_next(&rows)) {
		actor->name = str_dup(c->arena, col_text(&rows, 0));
		actor->organisation = col_null(&rows, 2) ? 0 : col_int(&rows, 2);
		actor->organisation_name = str_dup(c->arena, col_text(&rows, 3));
		*facts = (AccountFacts){.is_active = str_eq(col_text(&rows, 1), S("active")), .has_password = !col_null(&rows, 4), .password_at = col_instant(&rows, 4),
		                        .must_change = !col_null(&rows, 5) && col_bool(&rows, 5), .has_codes = !col_null(&rows, 6)};
	}
	TRY(rows_end(&rows));
	TRY(load_grants(c, actor));
	access_prepare(actor);
	return OK;
}

/* The demo has no telephones: its accounts are served on loopback only, and its passwords are printed. */
bool second_factor_is_due(Ctx *c, const Actor *actor) {
	if (setting_int(c, "site.demo") == 1)
		return false;
	for (size_t i = 0; i < actor->grant_count; i++) {
		Str rest = setting_text(c, "people.second_factor_roles");
		while (rest.len)
			if (str_eq(str_trim(str_cut(&rest, ',')), actor->grants[i].role))
				return true;
	}
	return false;
}

/* ---- letters ---- */

Err account_for_mail(Ctx *c, Id account, Str *address, Str *name) {
	Rows rows = db_query(ctx_conn(c), &sql_account_for_mail, P(V(account)));
	if (rows_next(&rows)) {
		*address = str_dup(c->arena, col_text(&rows, 0));
		*name = str_dup(c->arena, col_text(&rows, 1));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "account");
}

Err accounts_of_role(Ctx *c, Str role, ScopeKind scope, Id ref, Ids *ret) {
	Str  kind = scope == SCOPE_NONE ? S("") : str_c(scope_words[scope]);
	Rows rows = db_query(ctx_conn(c), &sql_role_holders, P(V(role), V(c->today), V(kind), V(ref)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "role");
}
