/* child.c: pieces of work in processes of their own, and all the ways in which they end. */
#include <dirent.h>
#include <pthread.h>
#include <unistd.h>

#include "tests/domain/children.h"
#include "tests/test.h"

static ChildEnd run(const ChildKind *k, Str input, Buf *out) {
	return child_run(k, &(ChildInput){.bytes = input, .fd = -1}, out);
}

static int open_descriptors(void) {
	int  n = 0;
	DIR *d = opendir("/proc/self/fd");
	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n;
}

TEST("child: what is given comes back whole, in order, also when it is more than a pipe holds") {
	CLEANUP(buf_free) Buf out = {0};
	char *big = arena_alloc(t_arena, 700 * 1000);
	for (size_t i = 0; i < 700 * 1000; i++)
		big[i] = (char)('a' + i * 7 % 26);
	int before = open_descriptors();
	EQ_INT(child_run(&child_echo, &(ChildInput){.head = S("head "), .bytes = str_of(big, 700 * 1000), .fd = -1}, &out), CHILD_DONE);
	EQ_INT(out.len, 700 * 1000 + 5);
	EXPECT(memcmp(out.ptr, "head ", 5) == 0 && memcmp(out.ptr + 5, big, 700 * 1000) == 0);
	EQ_INT(open_descriptors(), before);
}

TEST("child: every bad end is told apart, and the next piece of work is done as if nothing had happened") {
	static const struct { const ChildKind *kind; ChildEnd end; } ends[] = {
		{&child_crash, CHILD_CRASHED}, {&child_spin, CHILD_TOO_LONG}, {&child_hang, CHILD_TOO_LONG}, {&child_flood, CHILD_TOO_MUCH},
		{&child_eater, CHILD_NO_MEMORY}, {&child_refuses, CHILD_FAILED},
	};
	int before = open_descriptors();
	for (size_t i = 0; i < LEN(ends); i++) {
		CLEANUP(buf_free) Buf out = {0};
		ChildEnd end = run(ends[i].kind, S("x"), &out);
		if (end != ends[i].end)
			test_fail(__FILE__, __LINE__, "%s ended as %s, not as %s", ends[i].kind->name, child_end_name(end), child_end_name(ends[i].end));
		EXPECT(out.len <= ends[i].kind->most_out);
		out.len = 0;
		EQ_INT(run(&child_echo, S("dál"), &out), CHILD_DONE);
		EQ_STR(buf_view(&out), S("dál"));
	}
	EQ_INT(open_descriptors(), before);
	EXPECT(child_is_alive());
}

TEST("child: a forbidden call ends the child and its caller hears so") {
	CLEANUP(buf_free) Buf out = {0};
	EQ_INT(run(&child_thief, S("x"), &out), CHILD_CRASHED);
	EQ_INT(out.len, 0);
}

TEST("child: a job that was stopped does not wait for a child that hangs, and the next piece of work is done") {
	CLEANUP(buf_free) Buf out = {0};
	bool stopped = true;
	int  before = open_descriptors();
	EQ_INT(child_run(&child_hang, &(ChildInput){.bytes = S("x"), .fd = -1, .cancelled = &stopped}, &out), CHILD_GONE);
	EQ_INT(open_descriptors(), before);
	stopped = false;
	EQ_INT(child_run(&child_echo, &(ChildInput){.bytes = S("dál"), .fd = -1, .cancelled = &stopped}, &out), CHILD_DONE);
	EQ_STR(buf_view(&out), S("dál"));
}

TEST("child: a tool of others gets its input, gives its output, and runs under its own limits") {
	CLEANUP(buf_free) Buf out = {0};
	EQ_INT(run(&child_reverse_tool, S("abc\n"), &out), CHILD_DONE);
	EQ_STR(buf_view(&out), S("cba\n"));
}

static void *echo_many(void *arg) {
	i64 *done = arg;
	for (int i = 0; i < 20; i++) {
		CLEANUP(buf_free) Buf out = {0};
		*done += child_run(&child_echo, &(ChildInput){.bytes = S("souběh"), .fd = -1}, &out) == CHILD_DONE && str_eq(buf_view(&out), S("souběh"));
	}
	return NULL;
}

TEST("child: eight threads at once each get their own answer") {
	pthread_t threads[8];
	i64       done[8] = {0}, sum = 0;
	for (size_t i = 0; i < LEN(threads); i++)
		EXPECT(pthread_create(&threads[i], NULL, echo_many, &done[i]) == 0);
	for (size_t i = 0; i < LEN(threads); i++) {
		pthread_join(threads[i], NULL);
		sum += done[i];
	}
	EQ_INT(sum, 160);
}
