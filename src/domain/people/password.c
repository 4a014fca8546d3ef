/* password.c: which passwords are taken, and how they are compared and kept. */
#include <stdatomic.h>
#include <unistd.h>

#include "base/data_file.h"
#include "base/hash.h"
#include "base/text.h"
#include "core/trail.h"
#include "domain/people/inside.h"
#include "domain/people/people.sql.h"

enum { MOST = 128, LITTLE_ELSE = 6, LITTLE_AROUND = 8, SHORTEST_WORD = 4, LEAST_LETTERS = 5 };

/* ---- the block list ---- */

/* Lines of the list are folded and in order of bytes. */
static bool in_list(Str list, Str word) {
	size_t from = 0, to = list.len;
	while (from < to) {
		size_t start = from + (to - from) / 2;
		while (start > from && list.ptr[start - 1] != '\n')
			start--;
		Str rest = str_from(list, start), line = str_cut(&rest, '\n');
		int order = str_cmp(word, line);
		if (order == 0)
			return true;
		if (order < 0)
			to = start;
		else
			from = list.len - rest.len;
	}
	return false;
}

static bool is_letter(char ch) {
	return ch >= 'a' && ch <= 'z';
}

/* "p4$$w0rd" is "password". */
static Str without_disguise(Arena *a, Str s) {
	static const char from[] = "0134578@$!+", to[] = "oieastbasit";
	char *p = str_z(a, s);
	for (size_t i = 0; i < s.len; i++) {
		const char *at = p[i] ? strchr(from, p[i]) : NULL;
		p[i] = at ? to[at - from] : p[i];
	}
	return str_of(p, s.len);
}

static Str letters_within(Str s) {
	while (s.len && !is_letter(s.ptr[0]))
		s = str_from(s, 1);
	while (s.len && !is_letter(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

/* "liberecliberec" says no more than "liberec". */
static Str unit_of(Str s) {
	for (size_t n = 1; n <= s.len / 2; n++) {
		bool same = true;
		for (size_t i = n; i < s.len && same; i++)
			same = s.ptr[i] == s.ptr[i % n];
		if (same)
			return str_first(s, n);
	}
	return s;
}

static bool is_listed(Arena *a, Str list, Str folded) {
	Str inner = letters_within(folded);
	Str shapes[] = {folded, unit_of(folded), without_disguise(a, folded), inner, unit_of(inner), without_disguise(a, inner)};
	size_t whole = 3;                            /* from there on the word may have digits and signs around it, but not many */
	for (size_t i = 0; i < LEN(shapes); i++)
		if (shapes[i].len >= SHORTEST_WORD && (i < whole || folded.len - inner.len <= LITTLE_AROUND) && in_list(list, shapes[i]))
			return true;
	return false;
}

/* Made of a word that everybody here could think of, and little else. */
static bool is_made_of(Arena *a, Str folded, Str words) {
	while (words.len) {
		Str word = str_replace(a, text_fold(a, str_trim(str_cut(&words, ','))), S(" "), S(""));
		if (word.len >= SHORTEST_WORD && str_has(folded, word) && folded.len < word.len + LITTLE_ELSE)
			return true;
	}
	return false;
}

/* One finger along the keyboard or the alphabet: nearly every sign is the neighbour of the one before. */
static bool is_run(Str s) {
	static const char *const rows[] = {"abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertzuiopasdfghjklyxcvbnm", "qwertyuiopasdfghjklzxcvbnm"};
	for (size_t k = 0; k < LEN(rows); k++) {
		size_t steps = 0;
		for (size_t i = 1; i < s.len; i++) {
			const char *before = strchr(rows[k], s.ptr[i - 1]), *now = strchr(rows[k], s.ptr[i]);
			steps += before && now && *before && *now && (now - before == 1 || before - now == 1 || now == before);
		}
		if (steps * 4 >= (s.len - 1) * 3)
			return true;
	}
	return false;
}

static size_t distinct_letters(Str s) {
	bool   seen[256] = {0};
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		n += !seen[(u8)s.ptr[i]];
		seen[(u8)s.ptr[i]] = true;
	}
	return n;
}

static bool is_guessable(Ctx *c, Str password, Str login, Str name) {
	Arena *a = c->arena;
	Str    folded = str_replace(a, text_fold(a, password), S(" "), S(""));
	Str    mailbox = str_cut(&login, '@');
	Str    own = str_format(a, "%.*s,%.*s,%.*s,%.*s", STR_ARG(mailbox), STR_ARG(login), STR_ARG(name), STR_ARG(str_replace(a, name, S(" "), S(","))));
	return folded.len == 0 || distinct_letters(folded) < LEAST_LETTERS || is_run(folded) || is_made_of(a, folded, own) ||
	       is_made_of(a, folded, setting_text(c, "people.password_words")) || is_listed(a, data_file(a, "passwords/common.txt"), folded);
}

size_t password_least(PasswordKind kind) {
	return kind == PASSWORD_TECHNICAL ? 22 : kind == PASSWORD_ADMINISTRATOR ? 17 : 12;
}

Err password_check(Ctx *c, Str password, PasswordKind kind, Str login, Str name) {
	size_t n = utf8_count(password), least = password_least(kind);
	if (n < least)
		return fail(c, ERR_INVALID, "password", "Heslo má %zu %s, potřebuje jich aspoň %zu. Hodí se několik slov za sebou.", n,
		            n == 1 ? "znak" : n >= 2 && n <= 4 ? "znaky" : "znaků", least);
	if (n > MOST)
		return fail(c, ERR_INVALID, "password", "Heslo má víc než %d znaků. Zkraťte je.", MOST);
	if (is_guessable(c, password, login, name))
		return fail(c, ERR_INVALID, "password", "Takové heslo se dá uhodnout: patří k nejčastějším, nebo je z vašeho jména či ze slov, "
		                                        "která tu napadnou každého. Zvolte jiné, třeba několik náhodných slov.");
	return OK;
}

Err password_kind_of(Ctx *c, Id account, PasswordKind *ret) {
	i64  administrator = 0;
	bool technical = false;
	Rows rows = db_query(ctx_conn(c), &sql_account_kind, P(V(account)));
	if (rows_next(&rows))
		technical = str_eq(col_text(&rows, 0), S("technical"));
	if (rows_end(&rows) != OK || db_get_int(ctx_conn(c), &sql_has_role, P(V(account), V(S("ADM"))), 0, &administrator) != OK)
		return fail_internal(c, "account");
	*ret = technical ? PASSWORD_TECHNICAL : administrator > 0 ? PASSWORD_ADMINISTRATOR : PASSWORD_PERSON;
	return OK;
}

/* ---- hashes ---- */

static atomic_ullong hashes;

u64 password_work(void) {
	return atomic_load(&hashes);
}

Err password_encode(Ctx *c, Str password, char to[PASSWORD_HASH_SIZE]) {
	ctx_end(c);                                  /* nothing is held open while hashing */
	atomic_fetch_add(&hashes, 1);
	return password_hash(password, to) ? OK : fail(c, ERR_BUSY, NULL, "Server je zaneprázdněný. Zkuste to za chvíli znovu.");
}

/* A hash of a password that nobody has. */
static const char *stranger(void) {
	static char        encoded[PASSWORD_HASH_SIZE];
	static atomic_flag made = ATOMIC_FLAG_INIT;
	static atomic_bool ready;
	if (!atomic_flag_test_and_set(&made)) {
		u8 nobody[32];
		random_bytes(nobody, sizeof nobody);
		CHECK(password_hash(str_of((const char *)nobody, sizeof nobody), encoded));
		atomic_store(&ready, true);
	}
	while (!atomic_load(&ready))
		usleep(1000);
	return encoded;
}

bool password_compare(Ctx *c, Str password, Str encoded) {
	ctx_end(c);
	const char *with = encoded.len ? str_z(c->arena, encoded) : stranger();
	atomic_fetch_add(&hashes, 1);
	return password_verify(utf8_first(password, MOST), with) && encoded.len > 0;
}

Err password_of(Ctx *c, Id account, Str *encoded) {
	*encoded = (Str){0};
	Rows rows = db_query(ctx_conn(c), &sql_password_get, P(V(account)));
	if (rows_next(&rows))
		*encoded = str_dup(c->arena, col_text(&rows, 0));
	return rows_end(&rows) == OK ? OK : fail_internal(c, "password");
}

Err password_store(Ctx *c, Id account, Str encoded) {
	return db_run(c->conn, &sql_password_put, P(V(account), V(encoded), V(c->now)), NULL) == OK ? OK : fail_internal(c, "password");
}

static const Rate by_old_password = {"password.account", 5, 15 * 60};

Err account_password_is(Ctx *c, Id account, Str password, const char *field) {
	bool fine;
	i64  wait;
	Str  encoded, key = str_format(c->arena, "%lld", (long long)account);
	TRY(rate_take(c, &by_old_password, key, &fine, &wait));
	if (!fine)
		return wait_for(c, "Heslo nesouhlasilo", wait);
	TRY(password_of(c, account, &encoded));
	if (password_compare(c, password, encoded)) {
		rate_forget(c, &by_old_password, key);
		return OK;
	}
	rate_failed(c, &by_old_password, key);
	return fail(c, ERR_INVALID, field, "Heslo nesouhlasí. Zkontrolujte je a zkuste to znovu.");
}

Err account_set_password(Ctx *c, Id account, Str password, Id keep_session) {
	PasswordKind kind;
	char         encoded[PASSWORD_HASH_SIZE];
	Str          login, name;
	TRY(account_names(c, account, &login, &name));
	TRY(password_kind_of(c, account, &kind));
	TRY(password_check(c, password, kind, login, name));
	TRY(password_encode(c, password, encoded));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(password_store(c, account, str_c(encoded)));
	TRY(sessions_end(c, account, 0, keep_session));
	TRY(trail_add(c, (TrailEntry){.action = "password", .object = "account", .object_id = account, .text = S("Změna hesla")}));
	return tx_commit(&tx);
}
