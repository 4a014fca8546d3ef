/* signup.c: signing up from the web, confirming, changing and leaving by links. */
#include "domain/consultation/signup.h"

#include "base/format.h"
#include "base/hash.h"
#include "base/text.h"
#include "core/access.h"
#include "core/deadline.h"
#include "core/seal.h"
#include "core/settings.h"
#include "domain/consultation/inside.h"
#include "domain/people/rate.h"

#include "domain/consultation/signup.sql.h"

/* No letter or digit that looks or is read out like another: B 8, G 6, I 1 L, O 0 Q, S 5, V U, Z 2. */
static const char code_alphabet[] = "ACDEFHJKMNPRTUWXY3479";
enum { CODE_LENGTH = 6, CODE_TRIES = 50, NAME_LEAST = 3, AGAIN_MS = 10 * 60 * 1000 };

/* ---- codes ---- */

Str signup_code_shown(Arena *a, Str code) {
	return code.len == CODE_LENGTH ? str_format(a, "%.3s-%.3s", code.ptr, code.ptr + 3) : code;
}

Str signup_code_read(Arena *a, Str typed) {
	char *to = arena_alloc(a, CODE_LENGTH);
	size_t n = 0;
	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.ptr[i];
		c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
		if (c == ' ' || c == '-' || c == '.' || c == '\t')
			continue;
		if (n == CODE_LENGTH || !c || !strchr(code_alphabet, c))
			return (Str){0};
		to[n++] = c;
	}
	return n == CODE_LENGTH ? str_of(to, n) : (Str){0};
}

static Str random_code(Arena *a) {
	char *to = arena_alloc(a, CODE_LENGTH);
	const u8 even = 256 - 256 % (sizeof code_alphabet - 1);          /* each letter as often as the others */
	for (size_t n = 0; n < CODE_LENGTH;) {
		u8 byte;
		random_bytes(&byte, 1);
		if (byte < even)
			to[n++] = code_alphabet[byte % (sizeof code_alphabet - 1)];
	}
	return str_of(to, CODE_LENGTH);
}

static Err new_code(Ctx *c, Id hearing, Str *ret) {
	i64 taken = 1;
	for (int i = 0; i < CODE_TRIES && taken; i++) {
		*ret = random_code(c->arena);
		if (db_get_int(c->conn, &sql_signup_code_taken, P(V(hearing), V(*ret)), 0, &taken) != OK)
			return fail_internal(c, "code");
	}
	return taken ? fail_internal(c, "code") : OK;
}

/* ---- what was typed ---- */

static Err text_fine(Ctx *c, const char *field, const char *label, Str text, size_t most) {
	if (text_acceptable(text) && utf8_count(text) <= most)
		return OK;
	return fail(c, ERR_INVALID, field, "%s: nejvýše %zu znaků a žádné řídicí znaky. Přepište text.", label, most);
}

static void worse(Err e, Err *all) {
	*all = e != OK ? e : *all;
}

Err signup_check_typed(Ctx *c, const SignupNew *n, bool by_office) {
	Err all = OK;
	if (utf8_count(n->name) < NAME_LEAST)
		worse(fail(c, ERR_INVALID, "name", "Napište jméno a příjmení, pod kterým vás u vchodu najdeme."), &all);
	worse(text_fine(c, "name", "Jméno a příjmení", n->name, 120), &all);
	worse(text_fine(c, "organisation", "Organizace nebo obec", n->organisation, 160), &all);
	worse(text_fine(c, "role", "Za koho přicházíte", n->role, 120), &all);
	worse(text_fine(c, "question", "Dotaz nebo potřeba", n->question, 1000), &all);
	if (!by_office && !n->email.len)
		worse(fail(c, ERR_INVALID, "email", "Napište e-mail, pošleme na něj odkaz k potvrzení. Bez e-mailu se přihlaste telefonicky."), &all);
	else if (n->email.len && (!email_plausible(n->email) || utf8_count(n->email) > 160))
		worse(fail(c, ERR_INVALID, "email", "Zapište e-mail ve tvaru jmeno@example.org."), &all);
	if (utf8_count(n->phone) > 30 || !text_acceptable(n->phone))
		worse(fail(c, ERR_INVALID, "phone", "Zapište telefon číslicemi, například +420 485 226 111."), &all);
	if (!n->consent)
		worse(fail(c, ERR_INVALID, "consent", by_office ? "Potvrďte, že přihlášený ví, jak s jeho údaji nakládáme." : "Potvrďte, že víte, jak s údaji nakládáme."), &all);
	return all;
}

SignupNew signup_clean(Ctx *c, const SignupNew *n) {
	Arena *a = c->arena;
	return (SignupNew){text_clean(a, n->name), text_clean(a, n->organisation), text_clean(a, n->email), text_clean(a, n->phone), text_clean(a, n->role),
	                   text_clean_lines(a, n->question), n->consent};
}

static void fill(Signup *s, const SignupNew *n) {
	s->name = n->name;
	s->organisation = n->organisation;
	s->email = n->email;
	s->phone = n->phone;
	s->role = n->role;
	s->question = n->question;
	s->consent = n->consent;
}

Err signup_make(Ctx *c, const Hearing *h, const SignupNew *n, const char *action, Str channel, bool reserved, Signup **ret) {
	Signup *s = entity_new(c->arena, &signup_entity);
	fill(s, n);
	s->hearing = h->head.id;
	s->district = h->district;
	s->channel = channel;
	s->reserved = reserved;
	s->registered_at = c->now;
	TRY(new_code(c, h->head.id, &s->code));
	TRY(workflow_start(c, &signup_machine, action, s, NULL));
	*ret = s;
	return OK;
}

/* ---- from the web ---- */

static Err refuse_closed(Ctx *c, const Hearing *h) {
	if (hearing_takes(h, c->now))
		return OK;
	if (hearing_is(h, HEARING_CANCELLED))
		return fail(c, ERR_CONFLICT, NULL, "Projednání je zrušené, přihlásit se na ně nejde.");
	return fail(c, ERR_CONFLICT, NULL, "Přihlašování skončilo, přihlásit se šlo do %.*s. Chcete-li přijít, zeptejte se na kontaktu u projednání, zda je ještě místo.",
	            STR_ARG(deadline_until(c->arena, h->signup_until)));
}

static Err spend(Ctx *c, const char *kind, const char *setting, Str key) {
	Rate rate = {kind, setting_int(c, setting), 3600};
	bool fine;
	i64  wait;
	TRY(rate_take(c, &rate, key, &fine, &wait));
	return fine ? OK : fail(c, ERR_RATE, NULL, "Přihlášek odtud přišlo za hodinu příliš mnoho. Zkuste to znovu za %lld min, nebo se přihlaste telefonicky.", (long long)(wait + 59) / 60);
}

static DbValue digest_of(Arena *a, Str token) {
	Sha256 d = sha256(token);
	return db_value_bytes(str_dup(a, str_of((const char *)d.bytes, sizeof d.bytes)));
}

/* The link holds until the deadline of the state, which the engine has computed. */
static Err send_link(Ctx *c, const Hearing *h, Signup *s) {
	WorkObject o;
	Str        token = random_token(c->arena);
	TRY(workflow_object(c, &signup_machine, s->head.id, &o));
	if (db_run(c->conn, &sql_signup_token_drop, P(V(s->head.id)), NULL) != OK ||
	    db_run(c->conn, &sql_signup_token_put, P(digest_of(c->arena, token), V(s->head.id), V(o.due)), NULL) != OK)
		return fail_internal(c, "link of a sign-up");
	return signup_tell_confirm(c, h, s, token, o.due);
}

/* The letter tells what the page does not: there is a sign-up of that name and address already, or too many of that address. */
static Err answer_known(Ctx *c, const Hearing *h, Str email, Str name, bool *known) {
	Id      same;
	i64     count;
	Signup *s;
	Str     address = text_fold(c->arena, email);
	if (db_get_int(c->conn, &sql_signup_same, P(V(h->head.id), V(address), V(text_fold(c->arena, name))), 0, &same) != OK ||
	    db_get_int(c->conn, &sql_signup_of_address, P(V(h->head.id), V(address)), 0, &count) != OK)
		return fail_internal(c, "sign-up");
	*known = same != 0 || count >= setting_int(c, "hearing.per_address");
	if (!same)
		return OK;                       /* too many of one address: nothing more is written to it */
	TRY(signup_load(c, same, &s));
	return str_eq(s->state, S(SIGNUP_UNCONFIRMED)) ? send_link(c, h, s) : signup_tell(c, "hearing.already", h, s, (Str){0});
}

Err signup_ask(Ctx *c, Id hearing, const SignupNew *typed, Str address) {
	Hearing  *h;
	Signup   *s;
	bool      known = false;
	SignupNew n = signup_clean(c, typed);
	TRY(hearing_public(c, hearing, &h));
	TRY(refuse_closed(c, h));
	TRY(signup_check_typed(c, &n, false));
	TRY(spend(c, "hearing.network", "hearing.rate_network", rate_network(c->arena, address)));
	TRY(spend(c, "hearing.address", "hearing.rate_address", text_fold(c->arena, n.email)));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(hearing_public(c, hearing, &h));
	TRY(refuse_closed(c, h));
	TRY(answer_known(c, h, n.email, n.name, &known));
	if (!known) {
		TRY(signup_make(c, h, &n, "sign_up", S("web"), false, &s));
		TRY(send_link(c, h, s));
	}
	return tx_commit(&tx);
}

/* ---- confirming ---- */

static Err gone(Ctx *c) {
	return fail(c, ERR_GONE, NULL, "Odkaz už neplatí: byl použit, nebo uplynula doba na potvrzení. Máte-li přihlášku potvrzenou, řiďte se odkazem z dalšího dopisu; jinak se přihlaste znovu.");
}

Err signup_by_token(Ctx *c, Str token, Signup **ret, Hearing **hearing) {
	Id id;
	if (db_get_int(ctx_conn(c), &sql_signup_token_find, P(digest_of(c->arena, token), V(c->now), V((Instant){c->now.ms - AGAIN_MS})), 0, &id) != OK)
		return fail_internal(c, "link of a sign-up");
	if (!id)
		return gone(c);
	TRY(signup_load(c, id, ret));
	return hearing_load(c, (*ret)->hearing, hearing);
}

Err signup_tell_placed(Ctx *c, const Hearing *h, const Signup *s) {
	return signup_tell(c, str_eq(s->state, S(SIGNUP_CONFIRMED)) ? "hearing.confirmed" : "hearing.waiting", h, s, (Str){0});
}

Err signup_confirm(Ctx *c, Str token, Signup **ret) {
	Hearing *h;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(signup_by_token(c, token, ret, &h));
	if (!str_eq((*ret)->state, S(SIGNUP_UNCONFIRMED)))           /* the same click again: the first answer was lost on the way */
		return tx_commit(&tx);
	if (hearing_is(h, HEARING_CANCELLED) || c->now.ms >= h->begins_at.ms)
		return gone(c);
	Id id = (*ret)->head.id;
	if (db_run(c->conn, &sql_signup_token_use, P(V(id), V(c->now)), NULL) != OK)
		return fail_internal(c, "link of a sign-up");
	TRY(signup_place_it(c, h, id));
	TRY(signup_load(c, id, ret));
	TRY(signup_tell_placed(c, h, *ret));
	return tx_commit(&tx);
}

/* ---- the signed link ---- */

static Str signed_words(Arena *a, const Signup *s) {
	return str_format(a, "signup %lld %.*s", (long long)s->head.id, STR_ARG(s->code));
}

Str signup_link(Arena *a, const Signup *s) {
	return str_format(a, "%lld-%.*s", (long long)s->head.id, STR_ARG(seal_sign(a, signed_words(a, s))));
}

Err signup_by_link(Ctx *c, Str link, Signup **ret, Hearing **hearing) {
	i64    id;
	Str    signature = link;
	size_t said = c->problems.len;
	bool   fine = str_to_int(str_cut(&signature, '-'), &id) && signup_load(c, id, ret) == OK && seal_signed(c->arena, signed_words(c->arena, *ret), signature);
	c->problems.len = said;
	if (!fine || (*ret)->shredded_at.ms)
		return fail(c, ERR_GONE, NULL, "Odkaz neplatí, nebo už uplynula doba, po kterou přihlášku uchováváme. Zkontrolujte, že je adresa z dopisu celá.");
	return hearing_load(c, (*ret)->hearing, hearing);
}

Err signup_withdraw(Ctx *c, Str link) {
	Signup  *s;
	Hearing *h;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(signup_by_link(c, link, &s, &h));
	TRY(workflow_system(c, &signup_machine, s->head.id, "withdraw", S("Přihlášený se odhlásil odkazem z dopisu.")));
	TRY(signup_tell(c, "hearing.withdrawn", h, s, (Str){0}));
	return tx_commit(&tx);
}

static Err as_program(Ctx *c, Signup *s) {
	const Actor *who = c->actor;
	c->actor = &actor_program;
	Err e = entity_update(c, &signup_entity, s);
	c->actor = who;
	return e;
}

static bool is_alive(const Signup *s) {
	return str_eq(s->state, S(SIGNUP_CONFIRMED)) || str_eq(s->state, S(SIGNUP_WAITLISTED));
}

Err signup_edit(Ctx *c, Str link, const SignupNew *typed) {
	Signup   *s;
	Hearing  *h;
	SignupNew n = signup_clean(c, typed);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(signup_by_link(c, link, &s, &h));
	if (!is_alive(s) || c->now.ms >= h->begins_at.ms)
		return fail(c, ERR_CONFLICT, NULL, "Přihláška je ve stavu „%.*s“, měnit se už nedá.", STR_ARG(state_title(&signup_machine, s->state)));
	n.email = s->email;
	n.consent = true;
	TRY(signup_check_typed(c, &n, !s->email.len));
	if (str_eq(h->policy, S("per_organisation")) && !str_eq(text_fold(c->arena, n.organisation), text_fold(c->arena, s->organisation)))
		return fail(c, ERR_INVALID, "organisation", "Organizaci tady změnit nejde, počítá se do jejího počtu míst. Odhlaste se a přihlaste znovu, nebo zavolejte na kontakt.");
	fill(s, &n);
	TRY(as_program(c, s));
	return tx_commit(&tx);
}

Err signup_place(Ctx *c, const Signup *s, i64 *ret) {
	*ret = 0;
	if (!str_eq(s->state, S(SIGNUP_WAITLISTED)))
		return OK;
	Err e = db_get_int(ctx_conn(c), &sql_signup_waiting_before, P(V(s->hearing), V(s->position)), 0, ret);
	return e == OK ? OK : fail_internal(c, "waiting list");
}
