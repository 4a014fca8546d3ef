#include "tests/support/smtp.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/str.h"

enum { WORDS_MAX = 16 };

static Str output_of(const char *command) {
	Buf   b = {0};
	char  piece[4096];
	FILE *f = popen(command, "r");
	CHECK(f != NULL);
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_put(&b, piece, n);
	int status = pclose(f);
	Str s = buf_take(&b, t_arena);
	buf_free(&b);
	if (status != 0)
		test_fail(__FILE__, __LINE__, "failed (%d): %s: %.*s", status, command, STR_ARG(s));
	return s;
}

/* A certificate of "localhost" that nobody but whoever was given ca.pem trusts. */
static void make_certificate(const char *folder) {
	char command[1024];
	snprintf(command, sizeof command,
	         "cd %s && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
	         "-addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem 2>&1 && cp cert.pem ca.pem", folder);
	output_of(command);
}

static void end_host(void *arg) {
	smtp_host_end(arg);
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", ((SmtpHost *)arg)->folder);
	output_of(command);
}

void smtp_host_end(SmtpHost *h) {
	if (h->pid) {
		close(h->stop);
		waitpid(h->pid, NULL, 0);
	}
	h->pid = 0;
}

SmtpHost *smtp_host(const char *const *words) {
	SmtpHost *h = NEW_ZERO(t_arena, SmtpHost);
	snprintf(h->folder, sizeof h->folder, "/tmp/sitovka-smtp-XXXXXX");
	CHECK(mkdtemp(h->folder) != NULL);
	arena_defer(t_arena, end_host, h);
	const char *argv[WORDS_MAX] = {"/usr/bin/python3", "tests/support/smtp_server.py", h->folder};
	bool        tls = false;
	for (int i = 0; words && words[i]; i++) {
		CHECK(i + 4 < WORDS_MAX);
		argv[i + 3] = words[i];
		tls |= strcmp(words[i], "--starttls") == 0 || strcmp(words[i], "--smtps") == 0;
	}
	if (tls)
		make_certificate(h->folder);
	int in[2], out[2];
	CHECK(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0);
	h->pid = fork();
	CHECK(h->pid >= 0);
	if (h->pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	h->stop = in[1];
	FILE *f = fdopen(out[0], "r");
	if (!f || fscanf(f, "%d", &h->port) != 1)
		test_fail(__FILE__, __LINE__, "the SMTP server does not start: is python3-aiosmtpd installed?");
	fclose(f);
	return h;
}

int smtp_letters(const SmtpHost *h) {
	char command[128];
	snprintf(command, sizeof command, "ls %s | grep -c eml || true", h->folder);
	i64 n = 0;
	CHECK(str_to_int(str_trim(output_of(command)), &n));
	return (int)n;
}

Str smtp_letter(const SmtpHost *h, int number, const char *part) {
	char command[256];
	snprintf(command, sizeof command, "/usr/bin/python3 tests/support/read_letter.py %s/%03d.eml %s", h->folder, number, part);
	return output_of(command);
}

Str smtp_talk(const SmtpHost *h) {
	char command[128];
	snprintf(command, sizeof command, "cat %s/talk.log", h->folder);
	return output_of(command);
}
