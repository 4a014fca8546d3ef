/* invite.c: letters with a one-time link: an invitation to a new account, a forgotten password, another e-mail. */
#include "base/format.h"
#include "base/hash.h"
#include "core/jobs.h"
#include "core/trail.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

enum { INVITATION_MINUTES = 48 * 60, RESET_MINUTES = 30, EMAIL_MINUTES = 24 * 60 };

/* A letter to `address` whose link leads to `path`/token. */
static Err send_link(Ctx *c, const char *kind, const char *path, Id account, Str address, Str name, Str token, Instant ends) {
	CLEANUP(buf_free) Buf until = {0};
	fmt_instant(&until, ends);
	MailHole holes[] = {{"jmeno", name},
	                    {"odkaz", str_format(c->arena, "%.*s%s/%.*s", STR_ARG(mail_origin()), path, STR_ARG(token))},
	                    {"platnost", buf_view(&until)}};
	return mail_add(c, kind, account, address, holes, LEN(holes));
}

/* What follows is done by a person who is known by the link, not by a session. */
static Actor person_of_link(Id account, Str name) {
	return (Actor){.account = account, .name = name, .is_program = true};
}

/* ---- invitation ---- */

static Err get_account(Ctx *c, Id id, Account **ret) {
	void *row;
	TRY(entity_get(c, &account_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err invitation_send(Ctx *c, Id account) {
	Account *a;
	Str      token;
	Instant  ends;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(get_account(c, account, &a));
	if (!str_eq(a->state, S("invited")))
		return fail(c, ERR_CONFLICT, NULL, "Pozvánka se posílá jen k účtu, který na ni čeká. Tento účet je v jiném stavu.");
	TRY(link_make(c, "invitation", account, (Str){0}, INVITATION_MINUTES, &token, &ends));
	TRY(send_link(c, "people.invitation", "/pozvanka", account, a->login, a->name, token, ends));
	TRY(trail_add(c, (TrailEntry){.action = "invite", .object = "account", .object_id = account, .text = S("Odeslána pozvánka")}));
	return tx_commit(&tx);
}

Err invitation_withdraw(Ctx *c, Id account) {
	Instant made, ends;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(link_last(c, "invitation", account, &made, &ends));
	if (!made.ms)
		return fail(c, ERR_CONFLICT, NULL, "K tomuto účtu žádná pozvánka nečeká.");
	TRY(link_forget(c, "invitation", account));
	TRY(trail_add(c, (TrailEntry){.action = "invite", .object = "account", .object_id = account, .text = S("Pozvánka zrušena")}));
	return tx_commit(&tx);
}

/* The account of a link that still holds; ERR_GONE otherwise. */
static Err account_of_link(Ctx *c, const char *purpose, const char *state, Str token, Invitation *ret) {
	Link link;
	TRY(link_find(c, purpose, token, &link));
	*ret = (Invitation){.account = link.account, .detail = link.detail};
	Rows rows = db_query(ctx_conn(c), &sql_account_of_link, P(V(link.account), V(str_c(state))));
	bool found = link.id && rows_next(&rows);
	if (found) {
		ret->login = str_dup(c->arena, col_text(&rows, 0));
		ret->name = str_dup(c->arena, col_text(&rows, 1));
		ret->organisation = str_dup(c->arena, col_text(&rows, 2));
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "link");
	if (!found)
		return fail(c, ERR_GONE, NULL, "Odkaz už neplatí: byl použit, vypršel, nebo jej nahradil novější. Požádejte o nový.");
	return password_kind_of(c, ret->account, &ret->kind);
}

Err invitation_get(Ctx *c, Str token, Invitation *ret) {
	return account_of_link(c, "invitation", "invited", token, ret);
}

/* The person accepts: by a password, or by a first sign-in through the organisation's own (then `encoded` is empty). */
Err invitation_use(Ctx *c, Str token, Str encoded, Id *account) {
	Invitation i;
	Link       link;
	Account   *a;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(invitation_get(c, token, &i));
	TRY(link_use(c, "invitation", token, &link));
	const Actor *before = c->actor;
	Actor        person = person_of_link(i.account, i.name);
	c->actor = &person;
	Err e = get_account(c, i.account, &a);
	if (e == OK) {
		a->state = S("active");
		e = entity_update(c, &account_entity, a);
	}
	if (e == OK && encoded.len)
		e = password_store(c, i.account, encoded);
	c->actor = before;
	TRY(e);
	*account = i.account;
	return tx_commit(&tx);
}

Err invitation_accept(Ctx *c, Str token, Str password, Str address, Str device, SignedIn *ret) {
	Invitation i;
	char       encoded[PASSWORD_HASH_SIZE];
	Id         account;
	TRY(invitation_get(c, token, &i));
	TRY(password_check(c, password, i.kind, i.login, i.name));
	TRY(password_encode(c, password, encoded));
	TRY(invitation_use(c, token, str_c(encoded), &account));
	return sign_in_begin(c, (NewSession){.account = account, .address = address, .device = device, .method = "password"}, 0, ret);
}

/* ---- forgotten password ---- */

static const Rate reset_by_login = {"reset.account", 3, 60 * 60};
static const Rate reset_by_network = {"reset.network", 30, 60 * 60};

/* The same rows are written whoever is asked for: who has an account is found out later, by the job. */
Err reset_ask(Ctx *c, Str login, Str address) {
	bool fine;
	i64  wait;
	Id   job;
	login = str_lower_ascii(c->arena, utf8_first(str_trim(login), 120));
	TRY(rate_take(c, &reset_by_network, rate_network(c->arena, address), &fine, &wait));
	if (fine)
		TRY(rate_take(c, &reset_by_login, login, &fine, &wait));
	if (!fine)
		return wait_for(c, "O nové heslo jste žádali", wait);
	return job_add(c, RESET_JOB, S("Zapomenuté heslo"), login, (Str){0}, &job);
}

Err reset_job(Ctx *c, Job *job) {
	Id      account = 0;
	Str     name = {0}, token;
	Instant ends;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	Rows rows = db_query(c->conn, &sql_account_to_reset, P(V(job->input)));
	if (rows_next(&rows)) {
		account = col_int(&rows, 0);
		name = str_dup(c->arena, col_text(&rows, 1));
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "reset");
	if (account) {
		TRY(link_make(c, "reset", account, (Str){0}, RESET_MINUTES, &token, &ends));
		TRY(send_link(c, "people.reset", "/nove-heslo", account, job->input, name, token, ends));
		TRY(trail_add(c, (TrailEntry){.action = "password", .object = "account", .object_id = account, .text = S("Odeslán odkaz na nové heslo")}));
	}
	return tx_commit(&tx);
}

Err reset_get(Ctx *c, Str token, Invitation *ret) {
	return account_of_link(c, "reset", "active", token, ret);
}

/* The second factor stays; whoever is signed in to the account is out. */
Err reset_use(Ctx *c, Str token, Str password) {
	Invitation i;
	Link       link;
	char       encoded[PASSWORD_HASH_SIZE];
	TRY(reset_get(c, token, &i));
	TRY(password_check(c, password, i.kind, i.login, i.name));
	TRY(password_encode(c, password, encoded));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(link_use(c, "reset", token, &link));
	const Actor *before = c->actor;
	Actor        person = person_of_link(i.account, i.name);
	c->actor = &person;
	Err e = password_store(c, i.account, str_c(encoded));
	if (e == OK)
		e = sessions_end(c, i.account, 0, 0);
	if (e == OK)
		e = trail_add(c, (TrailEntry){.action = "password", .object = "account", .object_id = i.account, .text = S("Nové heslo místo zapomenutého")});
	if (e == OK)
		e = letter_security(c, i.account, S("Heslo k vašemu účtu bylo změněno podle odkazu pro zapomenuté heslo."));
	c->actor = before;
	TRY(e);
	return tx_commit(&tx);
}

/* ---- another e-mail ---- */

Err email_ask(Ctx *c, Id account, Str wanted) {
	Str     token, login, name;
	Instant ends;
	wanted = str_lower_ascii(c->arena, str_trim(wanted));
	Account probe = {.kind = S("person"), .state = S("active"), .name = S("-")};
	TRY(field_read(c, entity_field(&account_entity, S("login")), wanted, &probe));
	if (!probe.login.len)
		return fail(c, ERR_INVALID, "login", "Doplňte nový e-mail.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(account_names(c, account, &login, &name));
	TRY(link_make(c, "email", account, wanted, EMAIL_MINUTES, &token, &ends));
	TRY(send_link(c, "people.email", "/novy-email", account, wanted, name, token, ends));
	TRY(trail_add(c, (TrailEntry){.action = "email", .object = "account", .object_id = account, .text = S("Žádost o změnu e-mailu")}));
	return tx_commit(&tx);
}

Err email_get(Ctx *c, Str token, Invitation *ret) {
	return account_of_link(c, "email", "active", token, ret);
}

Err email_use(Ctx *c, Str token) {
	Invitation i;
	Link       link;
	Account   *a;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(email_get(c, token, &i));
	TRY(link_use(c, "email", token, &link));
	const Actor *before = c->actor;
	Actor        person = person_of_link(i.account, i.name);
	c->actor = &person;
	Err e = letter_security(c, i.account, str_format(c->arena, "Přihlašovací jméno vašeho účtu se mění na %.*s.", STR_ARG(i.detail)));      /* to the old one */
	if (e == OK)
		e = get_account(c, i.account, &a);
	if (e == OK) {
		a->login = i.detail;
		e = entity_update(c, &account_entity, a);
	}
	if (e == OK)
		e = sessions_end(c, i.account, 0, 0);
	c->actor = before;
	TRY(e);
	return tx_commit(&tx);
}
