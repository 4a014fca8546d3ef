#include "domain/people/oidc.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "core/fetch.h"
#include "core/seal.h"
#include "core/trail.h"
#include "domain/people/inside.h"
#include "domain/people/oidc.sql.h"
#include "domain/people/oidc_provider.h"
#include "domain/people/oidc_token.h"

enum { START_MS = 10 * 60 * 1000, LINK_MS = 2 * START_MS, COOKIE_MOST = 4000, CODE_MOST = 2000, SECRET_MOST = 512 };

bool oidc_is_on(Ctx *c) {
	return setting_text(c, "people.oidc_issuer").len > 0;
}

/* ---- the client's secret ---- */

static char secret_file[4096];

void oidc_set_secret_file(Str file) {
	CHECK(file.len < sizeof secret_file);
	if (file.len)
		memcpy(secret_file, file.ptr, file.len);
	secret_file[file.len] = 0;
}

static Err read_secret(Ctx *c, Str *ret) {
	struct stat st;
	char        text[SECRET_MOST + 1];
	*ret = (Str){0};
	if (!secret_file[0])
		return OK;
	int     fd = open(secret_file, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 && fstat(fd, &st) == 0 && (st.st_mode & 077) == 0 ? read(fd, text, sizeof text) : -1;
	if (fd >= 0)
		close(fd);
	if (n <= 0 || n > SECRET_MOST)
		return fail(c, ERR_BUSY, NULL, "Přihlášení přes organizaci není správně nastavené (soubor s heslem klienta). Ohlaste to správci a zatím se přihlaste heslem.");
	*ret = str_dup(c->arena, str_trim(str_of(text, (size_t)n)));
	wipe(text, sizeof text);
	return OK;
}

/* ---- what waits in the browser ---- */

typedef struct Waiting {
	i64 until_ms, account;
	Str state, nonce, verifier, invitation, next;
} Waiting;

static Str write_waiting(Arena *a, const Waiting *w) {
	Str text = str_format(a, "%lld\n%lld\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s", (long long)w->until_ms, (long long)w->account, STR_ARG(w->state), STR_ARG(w->nonce),
	                      STR_ARG(w->verifier), STR_ARG(w->invitation), STR_ARG(w->next));
	Str sealed = seal(a, text, S("oidc"));
	return base64url(a, sealed.ptr, sealed.len);
}

static bool read_waiting(Arena *a, Str cookie, Waiting *w) {
	size_t n = cookie.len * 3 / 4;
	char  *bytes = arena_alloc(a, n + 1);
	Str    rest;
	if (cookie.len > COOKIE_MOST || cookie.len % 4 == 1 || !base64url_read(cookie, bytes, n) || !seal_open(a, str_of(bytes, n), S("oidc"), &rest))
		return false;
	bool fine = str_to_int(str_cut(&rest, '\n'), &w->until_ms) && str_to_int(str_cut(&rest, '\n'), &w->account);
	w->state = str_cut(&rest, '\n');
	w->nonce = str_cut(&rest, '\n');
	w->verifier = str_cut(&rest, '\n');
	w->invitation = str_cut(&rest, '\n');
	w->next = rest;
	return fine && w->state.len == 43;
}

/* ---- there ---- */

static void put_escaped(Buf *b, Str s) {
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		if ((ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || strchr("-._~", ch))
			buf_char(b, ch);
		else
			buf_format(b, "%%%02X", (unsigned)(u8)ch);
	}
}

static void put(Buf *b, const char *name, Str value) {
	buf_format(b, "%s%s=", b->len && b->ptr[b->len - 1] != '?' ? "&" : "", name);
	put_escaped(b, value);
}

Err oidc_begin(Ctx *c, const OidcStart *s, Str back, Str *address, Str *cookie) {
	OidcProvider p;
	TRY(oidc_provider(c, &p));
	Waiting w = {.until_ms = c->now.ms + START_MS, .account = s->account, .state = random_token(c->arena), .nonce = random_token(c->arena),
	             .verifier = random_token(c->arena), .invitation = str_first(s->invitation, 64), .next = str_first(s->next, 1000)};
	Sha256 challenge = sha256(w.verifier);
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, p.authorization);
	buf_char(&b, str_find_char(p.authorization, '?') < 0 ? '?' : '&');
	put(&b, "response_type", S("code"));
	put(&b, "scope", S("openid"));
	put(&b, "client_id", p.client);
	put(&b, "redirect_uri", back);
	put(&b, "state", w.state);
	put(&b, "nonce", w.nonce);
	put(&b, "code_challenge", base64url(c->arena, challenge.bytes, sizeof challenge.bytes));
	put(&b, "code_challenge_method", S("S256"));
	Str wanted = setting_text(c, "people.oidc_acr");
	if (wanted.len)
		put(&b, "acr_values", wanted);
	if (s->account)
		put(&b, "prompt", S("login"));
	*address = str_dup(c->arena, buf_view(&b));
	*cookie = write_waiting(c->arena, &w);
	return OK;
}

/* ---- and back ---- */

static Err refuse(Ctx *c, const char *why, const char *said) {
	journal_add(c, "oidc_refused", str_c(why));
	return fail(c, ERR_INVALID, "oidc", "%s", said);
}

#define AGAIN "Přihlášení přes organizaci se nepovedlo dokončit. Začněte znovu."

static Err use_state(Ctx *c, const Waiting *w) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_oidc_state_sweep, P(V(c->now)), NULL) != OK)
		return fail_internal(c, "oidc state");
	Err e = db_run(c->conn, &sql_oidc_state_use, P(db_value_bytes(token_digest(c->arena, w->state)), V((Instant){w->until_ms})), NULL);
	if (e == ERR_CONFLICT)
		return refuse(c, "the state came a second time", AGAIN);
	return e == OK ? tx_commit(&tx) : fail_internal(c, "oidc state");
}

static Err fetch_token(Ctx *c, const OidcProvider *p, const Waiting *w, const OidcReturn *q, Str *token) {
	Str         secret;
	FetchAnswer answer;
	TRY(read_secret(c, &secret));
	CLEANUP(buf_free) Buf form = {0};
	put(&form, "grant_type", S("authorization_code"));
	put(&form, "code", q->code);
	put(&form, "redirect_uri", q->back);
	put(&form, "code_verifier", w->verifier);
	if (!secret.len)
		put(&form, "client_id", p->client);
	CLEANUP(buf_free) Buf user = {0};
	if (secret.len)
		put_escaped(&user, p->client);           /* RFC 6749 § 2.3.1 */
	CLEANUP(buf_free) Buf password = {0};
	put_escaped(&password, secret);
	FetchRequest r = {.url = p->token, .hosts = p->hosts, .may_be_private = setting_int(c, "people.oidc_private") == 1, .form = buf_view(&form),
	                  .user = buf_view(&user), .password = buf_view(&password), .limit = OIDC_DOCUMENT_MOST, .seconds = OIDC_SECONDS};
	Err e = fetch(c, &r, &answer);
	wipe(password.ptr, password.len);
	TRY(e);
	*token = answer.status == 200 ? oidc_member(c->arena, answer.body, "id_token") : (Str){0};
	return token->len ? OK : refuse(c, "the provider gave no token for the code", AGAIN);
}

static Err read_claims(Ctx *c, OidcProvider *p, const Waiting *w, Str token, OidcClaims *claims) {
	const char *why = NULL;
	bool        unknown_key;
	bool        fine = oidc_token_read(c->arena, token, p->keys, claims, &unknown_key, &why);
	if (!fine && unknown_key) {
		TRY(oidc_provider_keys_again(c, p));
		fine = oidc_token_read(c->arena, token, p->keys, claims, &unknown_key, &why);
	}
	if (fine)
		why = oidc_claims_wrong(claims, &(OidcWanted){p->issuer, p->client, w->nonce, c->now});
	return fine && !why ? OK : refuse(c, why, AGAIN);
}

static bool is_listed(Str list, Str value) {
	while (list.len)
		if (str_eq(str_trim(str_cut(&list, ' ')), value) && value.len)
			return true;
	return false;
}

/* The provider asked for more than a password, by what the region wants to see in acr or amr. */
static bool is_strong(Ctx *c, const OidcClaims *claims) {
	if (is_listed(setting_text(c, "people.oidc_acr"), claims->acr))
		return true;
	for (size_t i = 0; i < claims->amr.len; i++)
		if (is_listed(setting_text(c, "people.oidc_amr"), claims->amr.at[i]))
			return true;
	return false;
}

static Err add_identity(Ctx *c, Id account, const OidcClaims *claims) {
	Id id;
	if (db_new_id(c->conn, &id) != OK)
		return fail_internal(c, "identity");
	Err e = db_run(c->conn, &sql_identity_add, P(V(id), V(account), V(claims->issuer), V(claims->subject), V(c->now)), NULL);
	if (e == ERR_CONFLICT)
		return fail(c, ERR_INVALID, "oidc", "Tímto účtem organizace se už přihlašuje někdo jiný. Obraťte se na správce.");
	if (e != OK)
		return fail_internal(c, "identity");
	TRY(trail_add(c, (TrailEntry){.action = "identity", .object = "account", .object_id = account, .text = S("Účet propojen s přihlášením organizace")}));
	return letter_security(c, account, S("K vašemu účtu bylo přidáno přihlášení přes organizaci."));
}

static Err accept_invitation(Ctx *c, Str invitation, const OidcClaims *claims, Id *account) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(invitation_use(c, invitation, (Str){0}, account));
	TRY(add_identity(c, *account, claims));
	return tx_commit(&tx);
}

static Err link_account(Ctx *c, Id account, const OidcClaims *claims) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(add_identity(c, account, claims));
	return tx_commit(&tx);
}

static Err known_account(Ctx *c, const OidcClaims *claims, Id *account) {
	return db_get_int(ctx_conn(c), &sql_identity_find, P(V(claims->issuer), V(claims->subject)), 0, account) == OK ? OK : fail_internal(c, "identity");
}

static Err sign_in_with(Ctx *c, Id account, const OidcClaims *claims, const OidcReturn *q, OidcArrival *ret) {
	Actor        actor;
	AccountFacts facts;
	bool         strong = is_strong(c, claims);
	if (account_actor(c, account, &actor, &facts) != OK)
		return fail_internal(c, "account");
	if (!facts.is_active)
		return refuse(c, "the account is not active", "Váš účet v aplikaci není aktivní. Obraťte se na správce.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_identity_used, P(V(claims->issuer), V(claims->subject), V(c->now)), NULL) != OK)
		return fail_internal(c, "identity");
	NewSession s = {.account = account, .address = q->address, .device = q->device, .method = strong ? "oidc" : "oidc-weak", .waits = !strong && facts.has_codes};
	TRY(sign_in_begin(c, s, 0, &ret->who));
	return tx_commit(&tx);
}

static Err arrive(Ctx *c, const Waiting *w, const OidcClaims *claims, const OidcReturn *q, OidcArrival *ret) {
	Id account, mine = q->session ? c->actor->account : 0;
	TRY(known_account(c, claims, &account));
	if (w->account) {
		if (w->account != mine)
			return refuse(c, "linking by another person", AGAIN);
		if (!account && c->now.ms - q->session->proved_at.ms > LINK_MS)
			return refuse(c, "linking long after the password", "Od potvrzení hesla uplynulo moc času. Začněte propojení znovu na stránce Můj účet.");
		if (!account)
			TRY(link_account(c, mine, claims));
		else if (account != mine)
			return refuse(c, "the identity is somebody else's", "Tímto účtem organizace se už přihlašuje někdo jiný. Obraťte se na správce.");
		ret->linked = true;
		return session_renew(c, q->session->id, &ret->renewed);
	}
	if (!account && w->invitation.len)
		TRY(accept_invitation(c, w->invitation, claims, &account));
	if (!account)
		return refuse(c, "nobody has this identity", "Tento účet organizace tu zatím nikdo nemá. Otevřete odkaz z pozvánky a přijměte ji účtem organizace, nebo se přihlaste heslem a účty propojte.");
	return sign_in_with(c, account, claims, q, ret);
}

Err oidc_finish(Ctx *c, const OidcReturn *q, OidcArrival *ret) {
	OidcProvider p;
	OidcClaims   claims;
	Waiting      w;
	Str          token;
	*ret = (OidcArrival){0};
	if (!read_waiting(c->arena, q->cookie, &w))
		return refuse(c, "no sign-in waits in this browser", AGAIN);
	ret->next = w.next;
	if (w.until_ms <= c->now.ms)
		return refuse(c, "it took too long", "Přihlášení přes organizaci trvalo příliš dlouho. Začněte znovu.");
	if (w.state.len != q->state.len || !equal_secret(w.state.ptr, q->state.ptr, w.state.len))
		return refuse(c, "another state", AGAIN);
	TRY(use_state(c, &w));
	if (!q->code.len || q->code.len > CODE_MOST)
		return refuse(c, "the provider said no", "Organizace přihlášení nepotvrdila. Zkuste to znovu, nebo se přihlaste heslem.");
	TRY(oidc_provider(c, &p));
	if (q->issuer.len && !str_eq(q->issuer, p.issuer))
		return refuse(c, "another issuer came back", AGAIN);
	TRY(fetch_token(c, &p, &w, q, &token));
	TRY(read_claims(c, &p, &w, token, &claims));
	return arrive(c, &w, &claims, q, ret);
}

/* ---- one's own account ---- */

Err oidc_linked(Ctx *c, Id account, bool *ret) {
	i64 n;
	if (db_get_int(ctx_conn(c), &sql_identity_count, P(V(account)), 0, &n) != OK)
		return fail_internal(c, "identity");
	*ret = n > 0;
	return OK;
}

Err oidc_unlink(Ctx *c, Id account) {
	Str encoded;
	TRY(password_of(c, account, &encoded));
	if (!encoded.len)
		return fail(c, ERR_FORBIDDEN, NULL, "Bez přihlášení přes organizaci byste se nepřihlásili: heslo tady nemáte. Obraťte se na správce.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_identity_forget, P(V(account)), NULL) != OK)
		return fail_internal(c, "identity");
	TRY(trail_add(c, (TrailEntry){.action = "identity", .object = "account", .object_id = account, .text = S("Propojení s přihlášením organizace zrušeno")}));
	TRY(letter_security(c, account, S("Od vašeho účtu bylo odebráno přihlášení přes organizaci.")));
	return tx_commit(&tx);
}
