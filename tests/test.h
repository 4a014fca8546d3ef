/* test.h: TEST says what is true in a sentence. Unit and domain tests link into one program per folder (TAP output).
 *
 *     TEST("date: the day after 28 February 2024 is the 29th") { EQ_INT(date_add(D(2024,2,28), 1).n, D(2024,2,29).n); }
 *
 * The first failing expectation ends the test. `t_arena` is emptied after each test.
 * Run: tests [-l] [-s SHARE/OF] [part of a name …]; all shares together are all tests. */
#pragma once
#include "base/base.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/money.h"

typedef struct TestCase {
	const char      *name, *file;
	int              line;
	void           (*run)(void);
	struct TestCase *next;
} TestCase;

void test_register(TestCase *t);
NO_RETURN void test_fail(const char *file, int line, const char *format, ...) PRINTF_LIKE(3, 4);
extern Arena *t_arena;

#define TEST_CAT_(a, b) a##b
#define TEST_CAT(a, b) TEST_CAT_(a, b)
#define TEST(title) \
	static void TEST_CAT(test_run_, __LINE__)(void); \
	__attribute__((constructor)) static void TEST_CAT(test_add_, __LINE__)(void) { \
		static TestCase t = {title, __FILE__, __LINE__, TEST_CAT(test_run_, __LINE__), NULL}; \
		test_register(&t); \
	} \
	static void TEST_CAT(test_run_, __LINE__)(void)

void test_before_each(void);

#define D(y, m, d) date(y, m, d)
#define EXPECT(x) ((x) ? (void)0 : test_fail(__FILE__, __LINE__, "not true: %s", #x))
#define EQ_INT(got, want) test_eq_int(__FILE__, __LINE__, #got, (i64)(got), (i64)(want))
#define EQ_STR(got, want) test_eq_str(__FILE__, __LINE__, #got, (got), (want))          /* both Str */
#define EQ_TEXT(got, literal) test_eq_str(__FILE__, __LINE__, #got, (got), S(literal))
#define MUST(call) test_must(__FILE__, __LINE__, #call, (call))                         /* Err must be OK */
void test_eq_int(const char *file, int line, const char *what, i64 got, i64 want);
void test_eq_str(const char *file, int line, const char *what, Str got, Str want);
void test_must(const char *file, int line, const char *what, Err e);
