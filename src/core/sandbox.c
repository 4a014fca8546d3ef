/* sandbox.c: what a process gives up that needs neither lists of calls nor of paths. */
#include "core/sandbox.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

SandboxAnswer sandbox_standard(void) {
#ifdef RELEASE
	return SANDBOX_KILL;
#else
	return SANDBOX_NAME;
#endif
}

bool sandbox_read_answer(Str word, SandboxAnswer *ret) {
	static const char *const words[] = {"kill", "name", "log", "off"};
	for (size_t i = 0; i < LEN(words); i++)
		if (str_eq(word, str_c(words[i]))) {
			*ret = (SandboxAnswer)i;
			return true;
		}
	return false;
}

static void close_between(unsigned from, unsigned to) {
	if (from <= to && syscall(SYS_close_range, from, to, 0) != 0)
		for (unsigned fd = from; fd <= to && fd < 4096; fd++)
			close((int)fd);
}

void sandbox_close_inherited(int keep_from, int keep_to) {
	if (keep_from < 3 || keep_to < keep_from) {
		close_between(3, ~0u);
		return;
	}
	if (keep_from > 3)
		close_between(3, (unsigned)keep_from - 1);
	close_between((unsigned)keep_to + 1, ~0u);
}

void sandbox_process(void) {
	struct rlimit none = {0, 0};
	umask(077);
	CHECK(setrlimit(RLIMIT_CORE, &none) == 0);
	CHECK(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
#ifdef RELEASE                                       /* sanitizers look into their own process */
	CHECK(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
#endif
}
