/* Codes of the second factor against the values of RFC 6238, appendix B. */
#include "domain/people/totp.h"

#include "tests/test.h"

static const u8 seed[TOTP_SEED_SIZE] = "12345678901234567890";

static Instant at_second(i64 s) {
	return (Instant){s * 1000};
}

TEST("totp: the codes of RFC 6238 are known at their times") {
	static const struct { i64 second; const char *code; } known[] = {
		{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
	};
	for (size_t i = 0; i < LEN(known); i++) {
		i64 step = 0;
		EXPECT(totp_find(seed, at_second(known[i].second), str_c(known[i].code), 0, &step));
		EQ_INT(step, known[i].second / 30);
	}
}

TEST("totp: the step before and the step after are taken, the second one is not") {
	i64 step;
	Str code = S("050471");                      /* of 1111111110 to 1111111139 */
	EXPECT(totp_find(seed, at_second(1111111140), code, 0, &step));
	EXPECT(totp_find(seed, at_second(1111111109), code, 0, &step));
	EXPECT(!totp_find(seed, at_second(1111111170), code, 0, &step));
	EXPECT(!totp_find(seed, at_second(1111111079), code, 0, &step));
}

TEST("totp: a step that was used is not taken again, nor is one before it") {
	i64 step;
	EXPECT(totp_find(seed, at_second(1111111111), S("050471"), 1111111111 / 30 - 1, &step));
	EXPECT(!totp_find(seed, at_second(1111111111), S("050471"), 1111111111 / 30, &step));
	EXPECT(!totp_find(seed, at_second(1111111111), S("050471"), 1111111111 / 30 + 1, &step));
}

TEST("totp: what is not six digits is no code") {
	static const char *const bad[] = {"", "5047", "0504711", "05047a", "94287082"};
	i64 step;
	for (size_t i = 0; i < LEN(bad); i++)
		EXPECT(!totp_find(seed, at_second(1111111111), str_c(bad[i]), 0, &step));
}

TEST("totp: the address in the picture says for whom and from whom, with everything escaped") {
	EQ_STR(totp_uri(t_arena, seed, S("Síťovka & kraj"), S("jana@example.org")),
	       S("otpauth://totp/S%C3%AD%C5%A5ovka%20%26%20kraj:jana%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=S%C3%AD%C5%A5ovka%20%26%20kraj"));
	EQ_TEXT(totp_letters(t_arena, seed), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
}
