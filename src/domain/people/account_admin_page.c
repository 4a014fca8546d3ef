/* account_admin_page.c: an account as its administrator sees it: invitation, state, second factor, sessions. */
#include "core/journal.h"
#include "base/format.h"
#include "domain/people/account_admin.html.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"
#include "domain/people/people_page.h"

static Err read_account(Req *r, Account **ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &account_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

static TagKind kind_of_state(Str state) {
	return str_eq(state, S("active")) ? TAG_OK : str_eq(state, S("invited")) ? TAG_INFO : str_eq(state, S("blocked")) ? TAG_ERR : TAG_PLAIN;
}

/* ---- what stands there ---- */

/* "pracovník poskytovatele, TŮŇ A PLÁŇ, z. ú., od 1. 1. 2026" */
static Err role_words(Ctx *c, const AccountRole *role, Str *ret) {
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, field_people(c, entity_field(&account_role_entity, S("role")), role));
	if (role->scope_ref != BLANK) {
		Rows rows = db_query(ctx_conn(c), &sql_role_place_name, P(V(role->scope_kind), V(role->scope_ref)));
		buf_lit(&b, ", ");
		buf_str(&b, rows_next(&rows) ? col_text(&rows, 0) : field_people(c, entity_field(&account_role_entity, S("scope_kind")), role));
		if (rows_end(&rows) != OK)
			return fail_internal(c, "organisation of a role");
	}
	buf_lit(&b, ", ");
	fmt_date_range(&b, role->first_day, role->last_day);
	*ret = buf_take(&b, c->arena);
	return OK;
}

static Err add_roles(Req *r, Id account, AccountAdminView *v) {
	EntityList list;
	ListFilter mine = {.field = entity_field(&account_role_entity, S("account")), .value = str_format(r->c->arena, "%lld", (long long)account)};
	ListQuery  q = {.filters = &mine, .filter_count = 1, .limit = 100};
	TRY(entity_list(r->c, &account_role_entity, &q, &list));
	for (size_t i = 0; i < list.len; i++) {
		const AccountRole *role = list.at[i];
		LinkView link = {.href = row_href(r, &account_role_entity, role->head.id)};
		TRY(role_words(r->c, role, &link.label));
		*ARENA_PUSH(r->c->arena, v->roles.at, v->roles.len, v->roles.cap) = link;
	}
	return OK;
}

static Err add_invitation(Req *r, const Account *a, AccountAdminView *v, bool *waits) {
	Instant made, ends;
	TRY(link_last(r->c, "invitation", a->head.id, &made, &ends));
	*waits = made.ms && ends.ms > r->c->now.ms;
	if (!str_eq(a->state, S("invited")))
		return OK;
	CLEANUP(buf_free) Buf b = {0};
	if (!made.ms) {
		buf_lit(&b, "Pozvánka zatím neodešla.");
	} else {
		buf_format(&b, "%s", *waits ? "Pozvánka odešla " : "Pozvánka z ");
		fmt_instant(&b, made);
		buf_format(&b, "%s", *waits ? ", platí do " : " vypršela ");
		fmt_instant(&b, ends);
		buf_lit(&b, ".");
	}
	v->invitation = buf_take(&b, r->c->arena);
	return OK;
}

static void add_step(AccountAdminView *v, const char *step, const char *text, const char *meaning) {
	CHECK(v->step_count < LEN(v->steps));
	v->steps[v->step_count++] = (AccountStep){str_c(step), str_c(text), str_c(meaning)};
}

static void add_steps(const Account *a, const AccountFacts *facts, bool invitation_waits, AccountAdminView *v) {
	if (v->is_me)
		return;
	if (str_eq(a->state, S("invited")))
		add_step(v, "pozvat", invitation_waits ? "Poslat pozvánku znovu" : "Poslat pozvánku",
		         "Na e-mail účtu odejde odkaz, podle kterého si člověk zvolí heslo. Platí 48 hodin; dřívější přestane platit.");
	if (invitation_waits)
		add_step(v, "zrusit-pozvanku", "Zrušit pozvánku", "Odkaz, který už odešel, přestane fungovat.");
	if (facts->has_codes)
		add_step(v, "zrusit-overeni", "Zrušit ověřovací aplikaci", "Pro člověka, který ztratil telefon i záložní kódy. Ověřte si, že je to on. Všude ho to odhlásí a po přihlášení si nastaví novou.");
	if (facts->is_active)
		add_step(v, "odhlasit", "Ukončit všechna přihlášení", "Člověk se bude muset všude přihlásit znovu.");
	if (account_may_become(a->state, S("blocked")))
		add_step(v, "zablokovat", "Zablokovat účet", "Nepřihlásí se a dosavadní přihlášení hned skončí. Role zůstanou, účet jde odblokovat.");
	if (account_may_become(a->state, S("active")))
		add_step(v, "odblokovat", "Odblokovat účet", "Člověk se bude moci znovu přihlásit.");
	if (account_may_become(a->state, S("ended")))
		add_step(v, "ukoncit", "Ukončit účet", "Ukončený účet nejde obnovit. Jeho stopa v záznamech zůstane.");
}

Err page_account_admin(Req *r) {
	Account         *a;
	Actor            actor;
	AccountFacts     facts;
	bool             invitation_waits;
	AccountAdminView v = {0};
	TRY(read_account(r, &a));
	if (account_actor(r->c, a->head.id, &actor, &facts) != OK)
		return fail_internal(r->c, "account");
	journal_viewed(r->c, account_entity.name, a->head.id, a->head.id);
	v.id = a->head.id;
	v.name = a->name;
	v.login = a->login;
	v.is_me = a->head.id == r->c->actor->account;
	v.href = row_href(r, &account_entity, a->head.id);
	v.action = str_cat(r->c->arena, v.href, S("/krok"));
	v.csrf = csrf_token(r, v.action);
	v.state = field_people(r->c, entity_field(&account_entity, S("state")), a);
	v.state_kind = kind_of_state(a->state);
	static const char *const shown[] = {"login", "organisation", "kind", "last_sign_in"};
	for (size_t i = 0; i < LEN(shown); i++)
		*ARENA_PUSH(r->c->arena, v.pairs.at, v.pairs.len, v.pairs.cap) = pair_view(r, entity_field(&account_entity, str_c(shown[i])), a);
	*ARENA_PUSH(r->c->arena, v.pairs.at, v.pairs.len, v.pairs.cap) = (PairView){.label = S("Heslo"), .value = facts.has_password ? S("zvolené") : S("žádné")};
	*ARENA_PUSH(r->c->arena, v.pairs.at, v.pairs.len, v.pairs.cap) =
		(PairView){.label = S("Ověřovací aplikace"), .value = facts.has_codes ? S("nastavená") : second_factor_is_due(r->c, &actor) ? S("nenastavená, ale povinná") : S("nenastavená")};
	TRY(add_roles(r, a->head.id, &v));
	TRY(add_invitation(r, a, &v, &invitation_waits));
	v.may_change = may(r->c, "admin.accounts");
	v.may_handle_data = may(r->c, "admin.privacy");
	if (v.may_change)
		add_steps(a, &facts, invitation_waits, &v);
	crumb(r, S("Účty"), S("/app/sprava/uzivatele"));
	view_account_admin(page(r, a->name), &v);
	return OK;
}

/* ---- steps ---- */

static Err step_invite(Ctx *c, Account *a) {
	return invitation_send(c, a->head.id);
}

static Err step_withdraw(Ctx *c, Account *a) {
	return invitation_withdraw(c, a->head.id);
}

static Err step_codes(Ctx *c, Account *a) {
	return codes_reset(c, a->head.id);
}

static Err step_sign_out(Ctx *c, Account *a) {
	return sessions_end(c, a->head.id, 0, 0);
}

static Err step_block(Ctx *c, Account *a) {
	return account_set_state(c, a, S("blocked"));
}

static Err step_unblock(Ctx *c, Account *a) {
	return account_set_state(c, a, S("active"));
}

static Err step_end(Ctx *c, Account *a) {
	return account_set_state(c, a, S("ended"));
}

Err post_account_step(Req *r) {
	static const struct { const char *step; Err (*run)(Ctx *c, Account *a); const char *said; } all[] = {
		{"pozvat", step_invite, "Pozvánka odešla."}, {"zrusit-pozvanku", step_withdraw, "Pozvánka je zrušená."},
		{"zrusit-overeni", step_codes, "Ověřovací aplikace je zrušená, člověk dostal zprávu."}, {"odhlasit", step_sign_out, "Všechna přihlášení skončila."},
		{"zablokovat", step_block, "Účet je zablokovaný."}, {"odblokovat", step_unblock, "Účet je odblokovaný."}, {"ukoncit", step_end, "Účet je ukončený."},
	};
	Account *a;
	TRY(read_account(r, &a));
	if (a->head.id == r->c->actor->account)
		return fail(r->c, ERR_FORBIDDEN, NULL, "Svůj vlastní účet si nikdo neupravuje. Požádejte jiného správce.");
	for (size_t i = 0; i < LEN(all); i++)
		if (str_eq(form(r, "krok"), str_c(all[i].step))) {
			TRY(all[i].run(r->c, a));
			notice(r, "%s", all[i].said);
			return redirect(r, "/app/sprava/uzivatele/%lld", (long long)a->head.id);
		}
	return fail(r->c, ERR_MALFORMED, NULL, "Takový krok s účtem neexistuje. Načtěte stránku znovu.");
}
