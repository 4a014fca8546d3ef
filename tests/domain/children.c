/* children.c: the helper of the domain tests. It must fork while the program is one thread and empty: before main. */
#include "tests/domain/children.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/doc_text.h"
#include "core/print.h"
#include "core/table_parse.h"

static int echo(int in, int out) {
	CLEANUP(buf_free) Buf all = {0};
	Buf  w = child_writer(&out);
	bool fine = child_read(in, 1 << 20, &all);
	buf_str(&w, buf_view(&all));
	fine = buf_finish(&w) && fine;
	buf_free(&w);
	return fine ? 0 : 1;
}

static int crash(int in, int out) {
	(void)in;
	(void)out;
	_exit(159);                              /* as the sandbox ends a process that did what it may not */
}

static int spin(int in, int out) {
	(void)in;
	(void)out;
	for (volatile u64 n = 1; n; n++) {
	}
	return 0;
}

static int hang(int in, int out) {
	char c;
	(void)out;
	while (read(in, &c, 1) >= 0)
		usleep(1000);
	return 0;
}

static int flood(int in, int out) {
	static char piece[64 * 1024];
	(void)in;
	while (write(out, piece, sizeof piece) > 0) {
	}
	return 1;
}

static int eat(int in, int out) {
	static OnFull full;
	Arena a = {.on_full = &full, .limit = 8u << 20};
	(void)in;
	(void)out;
	if (ON_FULL(&full))
		return CHILD_EXIT_NO_MEMORY;
	for (;;)
		arena_alloc(&a, 100 * 1000);
}

static int steal(int in, int out) {
	(void)in;
	char *const none[] = {NULL};
	if (execve("/bin/true", none, none) == 0)
		return 0;
	ssize_t n = write(out, "tried", 5);
	return n == 5 ? 0 : 1;
}

static int refuse(int in, int out) {
	(void)in;
	(void)out;
	return 3;
}

static char *reverse[] = {(char *)(uintptr_t)"/usr/bin/rev", NULL};

static char *sleeps[] = {(char *)(uintptr_t)"/bin/sleep", (char *)(uintptr_t)"30", NULL}, *fails[] = {(char *)(uintptr_t)"/bin/false", NULL};
static char *floods[] = {(char *)(uintptr_t)"/usr/bin/yes", NULL}, *copies[] = {(char *)(uintptr_t)"/bin/cat", NULL};
static char *eats[] = {(char *)(uintptr_t)"/usr/bin/python3", (char *)(uintptr_t)"-c", (char *)(uintptr_t)"a = [bytes(1000000) + bytes([i % 256]) for i in range(2000)]", NULL};
static char *missing[] = {(char *)(uintptr_t)"/usr/bin/no-such-program", NULL};

#define KIND(name_, run_, seconds) const ChildKind name_ = {.name = #run_, .role = SANDBOX_CONVERT, .cpu_seconds = 1, .wall_seconds = (seconds), \
	.memory = 64u << 20, .most_out = 1u << 20, .run = run_}
KIND(child_echo, echo, 3);
KIND(child_crash, crash, 3);
KIND(child_spin, spin, 3);
KIND(child_hang, hang, 1);
KIND(child_flood, flood, 3);
KIND(child_eater, eat, 3);
KIND(child_thief, steal, 3);
KIND(child_refuses, refuse, 3);
const ChildKind child_reverse_tool = {.name = "rev", .role = SANDBOX_TOOL, .cpu_seconds = 2, .wall_seconds = 5, .memory = 256u << 20, .most_out = 1000, .command = reverse};
#define TOOL(name_, command_) const ChildKind name_ = {.name = #command_, .role = SANDBOX_TOOL, .cpu_seconds = 20, .wall_seconds = 20, .memory = 256u << 20, \
	.most_out = 1u << 20, .command = command_}
const ChildKind child_sleep_tool = {.name = "sleeps", .role = SANDBOX_TOOL, .cpu_seconds = 2, .wall_seconds = 2, .memory = 64u << 20, .most_out = 1000, .command = sleeps};
TOOL(child_fail_tool, fails);
TOOL(child_flood_tool, floods);
TOOL(child_copy_tool, copies);
TOOL(child_eat_tool, eats);
TOOL(child_missing_tool, missing);

__attribute__((constructor)) static void start(void) {
	const ChildKind *kinds[] = {&convert_table, &child_echo, &child_crash, &child_spin, &child_hang, &child_flood, &child_eater, &child_thief, &child_refuses,
	                            &child_reverse_tool, &child_sleep_tool, &child_fail_tool, &child_flood_tool, &child_copy_tool, &child_eat_tool, &child_missing_tool,
	                            &print_tool, &print_version_tool, &doc_pdf_tool, &convert_docx};
	child_start(kinds, LEN(kinds), sandbox_standard());
}
