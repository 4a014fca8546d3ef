/* sandbox.h: what a process of ours may no longer do once it works (SECURITY: hardening).
 *
 * Three walls, each useful without the others: properties of the process (no new rights, no core, not to be looked into), paths (Landlock),
 * and calls of the kernel (seccomp). A role says which calls its work needs; everything else ends the process, or is only told. */
#pragma once
#include "base/str.h"

typedef enum SandboxRole {
	SANDBOX_WEB,                             /* requests, jobs, the store */
	SANDBOX_HELPER,                          /* starts children: a list of what is forbidden, because programs that it starts inherit it */
	SANDBOX_CONVERT,                         /* reads hostile files: two pipes and memory */
	SANDBOX_OUT,                             /* speaks to configured hosts */
	SANDBOX_TOOL,                            /* a program of others: no network */
} SandboxRole;

typedef enum SandboxAnswer {
	SANDBOX_KILL,                            /* a forbidden call ends the process: production */
	SANDBOX_NAME,                            /* the same, and the call is named on stderr first: tests */
	SANDBOX_LOG,                             /* the kernel logs it and lets it happen: diagnosis */
	SANDBOX_OFF,
} SandboxAnswer;

/* SANDBOX_KILL in the release, SANDBOX_NAME elsewhere. */
SandboxAnswer sandbox_standard(void);
/* "kill", "name", "log", "off". */
bool sandbox_read_answer(Str word, SandboxAnswer *ret);

/* First thing in main: descriptors that the parent left open are closed, but 0, 1, 2 and `keep_from` … `keep_to` (0, 0 = none). */
void sandbox_close_inherited(int keep_from, int keep_to);
/* No new rights, no core file, not dumpable, umask 077. Cannot fail on any kernel that we run on. */
void sandbox_process(void);

/* ---- paths ---- */

typedef enum SandboxAccess { PATH_READ, PATH_WRITE, PATH_RUN } SandboxAccess;      /* the last two read too */
typedef struct SandboxPath {
	const char   *path;                      /* of a folder or file; one that does not exist is passed over */
	SandboxAccess access;
} SandboxPath;
/* Before any thread starts: the calling thread and all that it starts later see only these. `connect`: TCP connections stay possible.
 * False where the kernel knows no Landlock or refuses: then nothing has changed and *why (English, for the log) says it. */
bool sandbox_paths(const SandboxPath *list, size_t count, bool connect, const char **why);

/* ---- calls ---- */

/* All threads of the process, for ever. `connect` (of SANDBOX_WEB): sockets to other hosts, for PostgreSQL. */
bool sandbox_calls(SandboxRole role, SandboxAnswer answer, bool connect, const char **why);
