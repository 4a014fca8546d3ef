/* test.c: runs the tests that were registered, prints TAP, ends with "N passed, N failed". */
#include "tests/test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static TestCase *first, **last = &first;
static jmp_buf   after_failure;
static char      failure[4096];
static Arena     arena;
Arena           *t_arena = &arena;

void test_register(TestCase *t) {
	*last = t;
	last = &t->next;
}

void test_fail(const char *file, int line, const char *format, ...) {
	int n = snprintf(failure, sizeof failure, "%s:%d: ", file, line);
	va_list ap;
	va_start(ap, format);
	vsnprintf(failure + n, sizeof failure - (size_t)n, format, ap);
	va_end(ap);
	longjmp(after_failure, 1);
}

void test_eq_int(const char *file, int line, const char *what, i64 got, i64 want) {
	if (got != want)
		test_fail(file, line, "%s is %lld, not %lld", what, (long long)got, (long long)want);
}

void test_eq_str(const char *file, int line, const char *what, Str got, Str want) {
	if (!str_eq(got, want))
		test_fail(file, line, "%s is\n#   \"%.*s\"\n# not\n#   \"%.*s\"", what, STR_ARG(got), STR_ARG(want));
}

void test_must(const char *file, int line, const char *what, Err e) {
	if (e != OK)
		test_fail(file, line, "%s gave %s", what, err_name(e));
}

/* "2/3": the second of three shares; whole files, because tests of one file may use what the first of them made. */
static bool is_in_share(const TestCase *t, const char *share) {
	int which = 0, of = 0;
	if (sscanf(share, "%d/%d", &which, &of) != 2 || which < 1 || which > of)
		return false;
	u64 file = 0;
	for (const char *c = t->file; *c; c++)
		file = file * 31 + (u8)*c;
	return (int)(file % (u64)of) == which - 1;
}

static bool is_wanted(const TestCase *t, int argc, char **argv) {
	int i = 1;
	if (argc > 2 && strcmp(argv[1], "-s") == 0) {
		if (!is_in_share(t, argv[2]))
			return false;
		i = 3;
	}
	bool wanted = i == argc;
	for (; i < argc && !wanted; i++)
		wanted = strstr(t->name, argv[i]) || strstr(t->file, argv[i]);
	return wanted;
}

enum { SLOWEST = 8 };
static struct {
	double      seconds;
	const char *name;
} slowest[SLOWEST];

static double now_seconds(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Keeps the slowest tests in order: whoever shortens a stage begins there. */
static void note_time(const char *name, double seconds) {
	int i = SLOWEST - 1;
	if (seconds <= slowest[i].seconds)
		return;
	for (; i > 0 && slowest[i - 1].seconds < seconds; i--)
		slowest[i] = slowest[i - 1];
	slowest[i].seconds = seconds;
	slowest[i].name = name;
}

static void print_slowest(void) {
	for (int i = 0; i < SLOWEST && slowest[i].seconds >= 1.0; i++)
		printf("# %.1f s  %s\n", slowest[i].seconds, slowest[i].name);
}

/* What a program of tests wants before each of them; defined beside its support, or nowhere. */
__attribute__((weak)) void test_before_each(void);

static TestCase *running;                    /* static, like the counts: a failed test comes back by longjmp, which keeps no variable of a function */
static int       passed, failed;

/* In a function of its own: nothing of it has to outlive the jump. */
static void run(void) {
	if (setjmp(after_failure) == 0) {
		if (test_before_each)
			test_before_each();
		running->run();
		printf("ok %d - %s\n", ++passed + failed, running->name);
	} else {
		printf("not ok %d - %s\n# %s\n", passed + ++failed, running->name, failure);
	}
}

int main(int argc, char **argv) {
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 2 && strcmp(argv[1], "-l") == 0) {
		for (TestCase *t = first; t; t = t->next)
			printf("%s\n", t->name);
		return 0;
	}
	for (running = first; running; running = running->next) {
		if (!is_wanted(running, argc, argv))
			continue;
		double began = now_seconds();
		run();
		note_time(running->name, now_seconds() - began);
		arena_free(t_arena);
	}
	print_slowest();
	printf("1..%d\n%d passed, %d failed\n", passed + failed, passed, failed);
	return failed ? 1 : passed ? 0 : 2;
}
