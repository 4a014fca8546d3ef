/* child_tool.c: programs of others: the folder in which one lives while it works, and how a child becomes it. */
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/child_inside.h"

/* ---- its folder ---- */

#define WORDS "/.words"                      /* what it said on its standard error */

bool tool_folder_make(ToolFolder *f) {
	*f = (ToolFolder){P_tmpdir "/sitovka-tool-XXXXXX"};
	if (mkdtemp(f->path))
		return true;
	f->path[0] = '\0';
	return false;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where) {
	(void)st;
	(void)kind;
	(void)where;
	(void)remove(path);                      /* what cannot be removed stays; the rest goes */
	return 0;
}

/* The last line, with everything that could forge a line of the log left out. */
static void log_last_words(const ToolFolder *f, const ChildKind *k) {
	char    path[sizeof f->path + sizeof WORDS], tail[400];
	snprintf(path, sizeof path, "%s" WORDS, f->path);
	int     fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	off_t   size = fd >= 0 ? lseek(fd, 0, SEEK_END) : 0;
	ssize_t n = fd >= 0 ? pread(fd, tail, sizeof tail, size > (off_t)sizeof tail ? size - (off_t)sizeof tail : 0) : 0;
	if (fd >= 0)
		close(fd);
	while (n > 0 && (tail[n - 1] == '\n' || tail[n - 1] == ' '))
		n--;
	ssize_t from = n;
	while (from > 0 && tail[from - 1] != '\n')
		from--;
	for (ssize_t i = from; i < n; i++)
		if ((unsigned char)tail[i] < 0x20 || tail[i] == '"' || tail[i] == '\\' || (unsigned char)tail[i] > 0x7E)
			tail[i] = '?';
	if (n > from)
		fprintf(stderr, "{\"child\":\"%s\",\"said\":\"%.*s\"}\n", k->name, (int)(n - from), tail + from);
}

void tool_folder_remove(ToolFolder *f, const ChildKind *k, bool failed) {
	if (!f->path[0])
		return;
	if (failed)
		log_last_words(f, k);
	nftw(f->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	f->path[0] = '\0';
}

/* ---- the tool ---- */

/* Programs, libraries, fonts. Settings of the machine are no business of a tool, except where libraries and fonts lie and what the local time is. */
static void set_paths(const ChildKind *k, const ToolFolder *f) {
	const SandboxPath list[] = {
		{"/usr", PATH_RUN}, {"/lib", PATH_RUN}, {"/lib64", PATH_RUN}, {"/bin", PATH_RUN}, {"/sbin", PATH_RUN}, {"/opt", PATH_RUN},
		{"/etc/ld.so.cache", PATH_READ}, {"/etc/alternatives", PATH_READ}, {"/etc/fonts", PATH_READ}, {"/etc/localtime", PATH_READ},
		{"/var/cache/fontconfig", PATH_READ}, {"/dev/null", PATH_WRITE}, {"/dev/urandom", PATH_READ}, {f->path, PATH_WRITE},
	};
	const char *why;
	sandbox_paths(list, LEN(list), k->sockets, &why);
}

void be_tool(const ChildKind *k, const ToolFolder *f, u64 memory, SandboxAnswer answer, int in, int out) {
	char        home[sizeof f->path + 8], temporary[sizeof f->path + 8], words[sizeof f->path + sizeof WORDS];
	const char *why = NULL;
	snprintf(home, sizeof home, "HOME=%s", f->path);
	snprintf(temporary, sizeof temporary, "TMPDIR=%s", f->path);
	snprintf(words, sizeof words, "%s" WORDS, f->path);
	int said = open(words, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (said < 0 || chdir(f->path) != 0)
		_exit(1);
	child_place(in, 10);                     /* above what is given away below */
	child_place(out, 11);
	child_place(said, 2);
	child_place(10, 0);
	child_place(11, 1);
	sandbox_close_inherited(0, 0);
	signal(SIGPIPE, SIG_DFL);
	set_paths(k, f);
	if (!sandbox_calls(k->role, answer, k->sockets, &why))
		_exit(1);
	/* No PATH to compilers and the like: a tool is asked for by its whole path and needs no other program. */
	char *const words_of_home[] = {(char *)(uintptr_t)"PATH=/nonexistent", (char *)(uintptr_t)"LANG=C.UTF-8", home, temporary, NULL};
	child_limit(RLIMIT_FSIZE, k->most_out, k->most_out);
	child_limit(RLIMIT_DATA, memory, memory);
	execve(k->command[0], k->command, words_of_home);
	_exit(126);
}
