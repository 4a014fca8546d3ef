#include "tests/scenes/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/scenes/file.h"

pid_t program_start(char *const argv[], const char *log) {
	int   out = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);     /* emptied before anybody looks for the new program's lines */
	pid_t child = fork();
	if (child != 0) {
		close(out);
		return child;
	}
	dup2(out, 1);
	dup2(out, 2);
	execvp(argv[0], argv);
	_exit(127);
}

static int status_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

int program_wait(pid_t child) {
	int status;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status_of(status);
}

void sleep_ms(long ms) { nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL); }

int program_port(pid_t server, const char *log) {
	CLEANUP(arena_free) Arena a = {0};
	for (int i = 0; i < 6000 && waitpid(server, NULL, WNOHANG) == 0; i++) {
		Str text = {0};
		file_read(&a, log, &text);
		i64 at = str_find(text, S("http://127.0.0.1:"));
		if (at >= 0 && str_find_char(str_from(text, (size_t)at), '\n') >= 0)
			return (int)strtol(str_z(&a, str_from(text, (size_t)at + 17)), NULL, 10);
		arena_free(&a);
		sleep_ms(10);
	}
	return 0;
}

int program_end(pid_t server) {
	kill(server, SIGTERM);
	for (int i = 0; i < 400; i++) {
		int status;
		if (waitpid(server, &status, WNOHANG) == server)
			return status_of(status);
		sleep_ms(50);
	}
	kill(server, SIGKILL);
	program_wait(server);
	return -1;
}
