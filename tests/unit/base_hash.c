#include "base/hash.h"
#include "tests/test.h"

static Str hex_of(Sha256 h) {
	return hex(t_arena, h.bytes, sizeof h.bytes);
}

TEST("hash: SHA-256 gives the digests of the standard, whole or in pieces") {
	EQ_TEXT(hex_of(sha256(S("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	EQ_TEXT(hex_of(sha256((Str){0})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	Sha256State st;
	sha256_start(&st);
	sha256_add(&st, "a", 1);
	sha256_add(&st, NULL, 0);
	sha256_add(&st, "bc", 2);
	EQ_STR(hex_of(sha256_end(&st)), hex_of(sha256(S("abc"))));
}

TEST("hash: HMAC-SHA-256 gives the values of RFC 4231") {
	EQ_TEXT(hex_of(hmac_sha256(S("Jefe"), S("what do ya want for nothing?"))), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	char key[131];
	memset(key, 0xAA, sizeof key);
	EQ_TEXT(hex_of(hmac_sha256(str_of(key, sizeof key), S("Test Using Larger Than Block-Size Key - Hash Key First"))),
	        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST("hash: hexadecimal is written and read, anything else is refused") {
	u8 three[3] = {0};
	EQ_TEXT(hex(t_arena, "\x00\x7F\xFF", 3), "007fff");
	EQ_TEXT(hex(t_arena, "", 0), "");
	EXPECT(hex_read(S("007fFF"), three, 3));
	EXPECT(memcmp(three, "\x00\x7F\xFF", 3) == 0);
	EXPECT(hex_read(S(""), three, 0));
	EXPECT(!hex_read(S("007ff"), three, 3));
	EXPECT(!hex_read(S("007fff0"), three, 3));
	EXPECT(!hex_read(S("007fg0"), three, 3));
	EXPECT(!hex_read(S("00 7f "), three, 3));
}

TEST("hash: base64url has no padding and one spelling for each value") {
	u8 two[2] = {0};
	EQ_TEXT(base64url(t_arena, "\xFB\xFF", 2), "-_8");
	EQ_TEXT(base64url(t_arena, "", 0), "");
	EXPECT(base64url_read(S("-_8"), two, 2));
	EXPECT(memcmp(two, "\xFB\xFF", 2) == 0);
	EXPECT(base64url_read(S(""), two, 0));
	EXPECT(!base64url_read(S("-_8="), two, 2));
	EXPECT(!base64url_read(S("-_9"), two, 2));               /* bits that mean nothing must be zero */
	EXPECT(!base64url_read(S("+/8"), two, 2));
	EXPECT(!base64url_read(S("-\xFF""8"), two, 2));            /* the library would take it for "_" */
	EXPECT(!base64url_read(S("-_"), two, 2));
}

TEST("hash: secrets compare equal only when they are, and can be wiped") {
	char a[] = "tajemství", b[] = "tajemstvi";
	EXPECT(equal_secret(a, "tajemství", sizeof a));
	EXPECT(!equal_secret(a, b, sizeof b));
	wipe(a, sizeof a);
	for (size_t i = 0; i < sizeof a; i++)
		EQ_INT(a[i], 0);
}

TEST("hash: fast_hash is the same for the same text in one process") {
	EXPECT(fast_hash(S("klíč")) == fast_hash(str_dup(t_arena, S("klíč"))));
	EXPECT(fast_hash(S("klíč")) != fast_hash(S("klič")));
	EXPECT(fast_hash((Str){0}) == fast_hash(S("")));
}

TEST("hash: tokens are 43 characters and never the same") {
	crypto_start();
	Str a = random_token(t_arena), b = random_token(t_arena);
	u8 bits[32];
	EQ_INT(a.len, 43);
	EXPECT(!str_eq(a, b));
	EXPECT(base64url_read(a, bits, sizeof bits));
}

TEST("password: the right one is known, others and other kinds of hashes are not") {
	char encoded[PASSWORD_HASH_SIZE], again[PASSWORD_HASH_SIZE];
	EXPECT(password_hash(S("správné heslo"), encoded));
	EXPECT(strncmp(encoded, "$argon2id$v=19$m=65536,t=3,p=1$", 31) == 0);
	EXPECT(password_verify(S("správné heslo"), encoded));
	EXPECT(!password_verify(S("Správné heslo"), encoded));
	EXPECT(!password_verify((Str){0}, encoded));
	EXPECT(password_hash(S("správné heslo"), again) && strcmp(encoded, again) != 0);
	EXPECT(!password_needs_rehash(encoded));
	EXPECT(password_needs_rehash("$argon2id$v=19$m=32768,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
	EXPECT(password_needs_rehash("$argon2i$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$AAAA"));
	EXPECT(!password_verify(S("x"), "$2y$10$abcdefghijklmnopqrstuv"));
	EXPECT(!password_verify(S("x"), ""));
	char endless[PASSWORD_HASH_SIZE];
	memset(endless, 'x', sizeof endless);
	memcpy(endless, "$argon2id$", 10);
	EXPECT(!password_verify(S("x"), endless));
}

TEST("rand: the same seed gives the same numbers on every machine") {
	Rand r = rand_seed(1);
	EXPECT(rand_next(&r) == 0xB3F2AF6D0FC710C5u);
	EXPECT(rand_next(&r) == 0x853B559647364CEAu);
	Rand zero = rand_seed(0);
	EXPECT(rand_next(&zero) != 0);
}

TEST("rand: a range includes both ends and nothing else") {
	Rand r = rand_seed(7);
	int seen[7] = {0};
	for (int i = 0; i < 7000; i++) {
		i64 n = rand_range(&r, -3, 3);
		EXPECT(n >= -3 && n <= 3);
		seen[n + 3]++;
	}
	for (int i = 0; i < 7; i++)
		EXPECT(seen[i] > 850 && seen[i] < 1150);
	EQ_INT(rand_range(&r, 5, 5), 5);
	rand_range(&r, INT64_MIN, INT64_MAX);
	for (int i = 0; i < 100; i++)            /* a span that leaves many numbers out */
		EXPECT(rand_range(&r, INT64_MIN, 1) <= 1);
	int often = 0;
	for (int i = 0; i < 1000; i++) {
		EXPECT(!rand_chance(&r, 0) && rand_chance(&r, 100));
		often += rand_chance(&r, 30);
	}
	EXPECT(often > 220 && often < 380);
}
