/* sandbox_paths.c: Landlock, by its three calls; the C library has no names for them. Asks the kernel which rights it knows and asks for
 * those alone, so that the same program runs on older and newer kernels. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/sandbox.h"

enum { CALL_CREATE = 444, CALL_ADD = 445, CALL_RESTRICT = 446, ASK_VERSION = 1, RULE_PATH = 1 };

/* Bits of the interface of the kernel; which version brought them. */
#define EXECUTE     (1ull << 0)
#define WRITE_FILE  (1ull << 1)
#define READ_FILE   (1ull << 2)
#define READ_FOLDER (1ull << 3)
#define VERSION_1   ((1ull << 13) - 1)
#define MOVE        (1ull << 13)             /* 2: between folders */
#define TRUNCATE    (1ull << 14)             /* 3 */
#define IOCTL       (1ull << 15)             /* 5: of devices */
#define CONNECT     (1ull << 1)              /* 4: of TCP */
#define SCOPES      3ull                     /* 6: abstract sockets and signals of others */

#define MAKE_DEVICES ((1ull << 6) | (1ull << 11))
#define OF_FILES     (WRITE_FILE | READ_FILE | EXECUTE | TRUNCATE | IOCTL)

typedef struct Ruleset { u64 files, net, scoped; } Ruleset;
typedef struct __attribute__((packed)) PathRule { u64 allowed; i32 parent; } PathRule;

static bool allow(int rules, SandboxPath p, u64 known) {
	struct stat st;
	int fd = open(p.path, O_PATH | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || errno == EACCES || errno == ENOTDIR;
	u64 rights = READ_FILE | READ_FOLDER;
	if (p.access == PATH_WRITE)
		rights = known & ~(EXECUTE | MAKE_DEVICES | IOCTL);
	else if (p.access == PATH_RUN)
		rights |= EXECUTE;
	if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rights &= OF_FILES;
	PathRule rule = {rights & known, fd};
	bool fine = syscall(CALL_ADD, rules, RULE_PATH, &rule, 0) == 0;
	close(fd);
	return fine;
}

bool sandbox_paths(const SandboxPath *list, size_t count, bool connect, const char **why) {
	long version = syscall(CALL_CREATE, NULL, 0, ASK_VERSION);
	if (version < 1) {
		*why = "the kernel has no Landlock; files are protected by their modes and by the unit alone";
		return false;
	}
	Ruleset asked = {.files = VERSION_1};
	asked.files |= version >= 2 ? MOVE : 0;
	asked.files |= version >= 3 ? TRUNCATE : 0;
	asked.files |= version >= 5 ? IOCTL : 0;
	asked.net = version >= 4 && !connect ? CONNECT : 0;
	asked.scoped = version >= 6 ? SCOPES : 0;
	size_t size = version >= 6 ? sizeof asked : version >= 4 ? 2 * sizeof(u64) : sizeof(u64);
	int rules = (int)syscall(CALL_CREATE, &asked, size, 0);
	bool fine = rules >= 0;
	for (size_t i = 0; i < count && fine; i++)
		fine = allow(rules, list[i], asked.files);
	fine = fine && syscall(CALL_RESTRICT, rules, 0) == 0;
	if (rules >= 0)
		close(rules);
	if (!fine)
		*why = "the kernel refused the Landlock rules";
	return fine;
}
