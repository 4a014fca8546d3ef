/* totp.c: the only file that sees liboath. */
#include "domain/people/totp.h"

#include <liboath/oath.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"

enum { DIGITS = 6, STEP_MS = 30 * 1000 };

static pthread_once_t started = PTHREAD_ONCE_INIT;

static void start(void) {
	CHECK(oath_init() == OATH_OK);
}

static void ready(void) {
	CHECK(pthread_once(&started, start) == 0);
}

bool totp_find(const u8 seed[TOTP_SEED_SIZE], Instant now, Str code, i64 last, i64 *step) {
	ready();
	bool found = false;
	if (code.len != DIGITS || now.ms < STEP_MS)
		return false;
	for (i64 s = now.ms / STEP_MS - 1; s <= now.ms / STEP_MS + 1; s++) {
		char right[DIGITS + 1];
		int  e = oath_hotp_generate((const char *)seed, TOTP_SEED_SIZE, (uint64_t)s, DIGITS, false, OATH_HOTP_DYNAMIC_TRUNCATION, right);
		if (e != OATH_OK)
			return false;
		if (equal_secret(right, code.ptr, DIGITS) && s > last && !found) {
			*step = s;
			found = true;
		}
		wipe(right, sizeof right);
	}
	return found;
}

static Str base32(Arena *a, const u8 *bytes, size_t n) {
	ready();
	char  *text = NULL;
	size_t len = 0;
	CHECK(oath_base32_encode((const char *)bytes, n, &text, &len) == OATH_OK);
	Str s = str_dup(a, str_of(text, len));
	wipe(text, len);
	free(text);
	return s;
}

Str totp_letters(Arena *a, const u8 seed[TOTP_SEED_SIZE]) {
	Strs groups = {0};
	for (Str rest = base32(a, seed, TOTP_SEED_SIZE); rest.len; rest = str_from(rest, 4))
		strs_add(a, &groups, str_first(rest, 4));
	return str_join(a, S(" "), groups);
}

static void put_escaped(Buf *b, Str s) {
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i];
		bool plain = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '-' || ch == '.' || ch == '_';
		if (plain)
			buf_char(b, ch);
		else
			buf_format(b, "%%%02X", (unsigned)(u8)ch);
	}
}

Str totp_uri(Arena *a, const u8 seed[TOTP_SEED_SIZE], Str issuer, Str login) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "otpauth://totp/");
	put_escaped(&b, issuer);
	buf_lit(&b, ":");
	put_escaped(&b, login);
	buf_lit(&b, "?secret=");
	buf_str(&b, base32(a, seed, TOTP_SEED_SIZE));
	buf_lit(&b, "&issuer=");
	put_escaped(&b, issuer);
	return buf_take(&b, a);
}
