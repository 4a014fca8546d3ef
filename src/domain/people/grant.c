/* grant.c: nobody gives more than they may. */
#include "domain/people/grant.h"

#include "base/format.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

static bool is_listed(const char *codes, Str code) {
	Str rest = str_c(codes ? codes : "");
	if (str_eq(rest, S("*")))
		return true;
	while (rest.len)
		if (str_eq(str_cut(&rest, ' '), code))
			return true;
	return false;
}

static bool covers(const Grant *g, ScopeKind scope, Id ref) {
	return g->scope == SCOPE_REGION || (g->scope == scope && g->ref == ref);
}

static bool holds(const Actor *who, Str role, ScopeKind scope, Id ref) {
	for (size_t i = 0; i < who->grant_count; i++)
		if (str_eq(who->grants[i].role, role) && who->grants[i].scope == scope && who->grants[i].ref == ref)
			return true;
	return false;
}

/* The longest-lasting grant of the actor by which this role may be given there; NULL = by none. */
static const Grant *source_of(const Actor *who, Str role, ScopeKind scope, Id ref) {
	const Grant *best = NULL;
	for (size_t i = 0; i < who->grant_count; i++) {
		const Grant *g = &who->grants[i];
		const Role  *r = access_role(g->role);
		if (!r || !r->gives || !covers(g, scope, ref))
			continue;
		if (!is_listed(r->gives, role) && !holds(who, role, scope, ref))
			continue;
		if (!best || !date_is(g->last_day) || (date_is(best->last_day) && date_before(best->last_day, g->last_day)))
			best = g;
	}
	return best;
}

size_t grants_offered(Ctx *c, ScopeKind scope, Id ref, const Role **ret, size_t most) {
	size_t      count, n = 0;
	const Role *all = access_roles(&count);
	for (size_t i = 0; i < count && n < most; i++)
		if (all[i].scope == scope && source_of(c->actor, str_c(all[i].code), scope, ref))
			ret[n++] = &all[i];
	return n;
}

/* A local administrator gives roles to people of their own organisation only. */
static Err check_organisation(Ctx *c, Id account, ScopeKind scope, Id ref) {
	bool is_same = false;
	Rows rows = db_query(ctx_conn(c), &sql_account_acts_for, P(V(account)));
	if (rows_next(&rows))
		is_same = scope_kind_of(col_text(&rows, 0)) == scope && !col_null(&rows, 1) && col_int(&rows, 1) == ref;
	if (rows_end(&rows) != OK)
		return fail_internal(c, "organisation of an account");
	return is_same ? OK : fail(c, ERR_FORBIDDEN, "account", "Roli můžete přidělit jen lidem své organizace. O jiné požádejte správce aplikace.");
}

static Err check_giver(Ctx *c, const AccountRole *w, ScopeKind scope, Id ref) {
	const Actor *who = c->actor;
	if (w->account == who->account)
		return fail(c, ERR_FORBIDDEN, "account", "Svoje vlastní role si nikdo neupravuje. Požádejte jiného správce.");
	const Grant *from = source_of(who, w->role, scope, ref);
	if (!from)
		return fail(c, ERR_FORBIDDEN, "role", "Tuto roli v tomto rozsahu přidělit nemůžete: přidělit jde jen to, co vaše vlastní role dovoluje, a jen ve vaší organizaci.");
	if (date_is(from->last_day) && (!date_is(w->last_day) || date_before(from->last_day, w->last_day))) {
		CLEANUP(buf_free) Buf last = {0};
		fmt_date(&last, from->last_day);
		return fail(c, ERR_FORBIDDEN, "last_day", "Role nemůže platit déle než vaše vlastní oprávnění, to končí %.*s.", STR_ARG(buf_view(&last)));
	}
	return from->scope == SCOPE_REGION ? OK : check_organisation(c, w->account, scope, ref);
}

Err grant_check(Ctx *c, const AccountRole *w) {
	const Role *role = access_role(w->role);
	ScopeKind   scope = scope_kind_of(w->scope_kind);
	if (!role)
		return fail(c, ERR_INVALID, "role", "Takovou roli program nezná. Vyberte roli ze seznamu.");
	if (role->scope != scope)
		return fail(c, ERR_INVALID, "scope_kind", "Role „%s“ se přiděluje v jiném rozsahu. Zvolte rozsah, který k ní patří.", role->title);
	return c->actor->is_program ? OK : check_giver(c, w, scope, w->scope_ref == BLANK ? 0 : w->scope_ref);
}
