/* scan.c: what a virus scanner may say, and a scanner of the test's own that answers well, badly, late or not at all. A real one answers in
 * tests/proofs/scanner.sh. */
#include "core/scan.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/test.h"

static ScanAnswer said(const char *answer) {
	return scan_read(t_arena, str_c(answer));
}

TEST("scan: only the whole sentence of the scanner makes a file clean") {
	static const char *const not_clean[] = {
		"", "OK", "stream: ", "stream: O", "stream: ok", " stream: OK", "stream: OK ", "stream: OK\n", "stream: OKOK", "stream:OK", "file: OK", "stream: OK FOUNDX",
		"stream: not OK", "UNKNOWN COMMAND", "stream: Can't allocate memory ERROR", "INSTREAM size limit exceeded. ERROR ", "PONG", "stream: FOUND",
	};
	EQ_INT(said("stream: OK").end, SCAN_CLEAN);
	for (size_t i = 0; i < LEN(not_clean); i++)
		if (said(not_clean[i]).end != SCAN_SILENT || !said(not_clean[i]).why.len)
			test_fail(__FILE__, __LINE__, "\"%s\" counts as an answer", not_clean[i]);
	EQ_INT(said("INSTREAM size limit exceeded. ERROR").end, SCAN_TOO_LARGE);
}

TEST("scan: what was found is told by its name, and a name that is none is not repeated") {
	ScanAnswer a = said("stream: Win.Test.EICAR_HDB-1 FOUND");
	EQ_INT(a.end, SCAN_FOUND);
	EQ_TEXT(a.name, "Win.Test.EICAR_HDB-1");
	EQ_INT(said("stream: OK FOUND").end, SCAN_FOUND);
	static const char *const odd[] = {"stream:  FOUND", "stream: a b FOUND", "stream: a\nb FOUND", "stream: \xc3\x28 FOUND", "stream: <b>\x1b[0m FOUND"};
	for (size_t i = 0; i < LEN(odd); i++) {
		EQ_INT(said(odd[i]).end, SCAN_FOUND);
		EQ_TEXT(said(odd[i]).name, "?");
	}
	char text[600];
	memset(text, 'x', sizeof text);
	memcpy(text, "stream: ", 8);
	memcpy(text + sizeof text - 6, " FOUND", 6);
	EQ_INT(scan_read(t_arena, str_of(text, sizeof text)).name.len, 100);
}

TEST("scan: a socket has a whole path that the kernel can take") {
	char path[200];
	memset(path, 'a', sizeof path);
	path[0] = '/';
	EXPECT(scan_socket_fine(S("/run/clamav/clamd.ctl")));
	EXPECT(!scan_socket_fine(S("")) && !scan_socket_fine(S("clamd.ctl")) && !scan_socket_fine(str_of("/a\0b", 4)));
	EXPECT(scan_socket_fine(str_of(path, 107)) && !scan_socket_fine(str_of(path, 108)));
}

/* ---- a scanner ---- */

typedef struct Scanner {
	char      folder[64], path[80];
	int       listens;
	const char *answer;
	size_t    answer_len, hears_most;            /* it stops listening after so many bytes */
	bool        dawdles;
	char     *heard;
	size_t    heard_len;
	pthread_t thread;
} Scanner;

enum { HEARS = 2 << 20 };

static bool is_whole(const Scanner *s) {
	if (s->heard_len >= 6 && memcmp(s->heard, "zPING", 6) == 0)
		return true;
	return s->heard_len >= 14 && memcmp(s->heard + s->heard_len - 4, "\0\0\0\0", 4) == 0;
}

static void *scanner_works(void *arg) {
	Scanner *s = arg;
	int      line = accept(s->listens, NULL, NULL);
	while (line >= 0 && !is_whole(s) && s->heard_len < s->hears_most) {
		ssize_t n = recv(line, s->heard + s->heard_len, HEARS - s->heard_len, 0);
		if (n <= 0)
			break;
		s->heard_len += (size_t)n;
	}
	for (size_t i = 0; s->dawdles && i < s->answer_len; i++) {
		usleep(50 * 1000);
		if (send(line, s->answer + i, 1, MSG_NOSIGNAL) < 0)
			break;
	}
	if (!s->dawdles && s->answer_len && send(line, s->answer, s->answer_len, MSG_NOSIGNAL) < 0)
		s->answer_len = 0;                       /* who asked has gone */
	close(line);
	return NULL;
}

static void start(Scanner *s, const char *answer, size_t len) {
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	snprintf(s->folder, sizeof s->folder, "/tmp/sitovka-scan-XXXXXX");
	EXPECT(mkdtemp(s->folder) != NULL);
	snprintf(s->path, sizeof s->path, "%s/ctl", s->folder);
	memcpy(at.sun_path, s->path, strlen(s->path));
	s->answer = answer;
	s->answer_len = len;
	s->hears_most = s->hears_most ? s->hears_most : HEARS;
	s->heard = NEW_ARRAY(t_arena, char, HEARS);
	s->listens = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	EXPECT(s->listens >= 0 && bind(s->listens, (struct sockaddr *)&at, sizeof at) == 0 && listen(s->listens, 4) == 0);
	EXPECT(pthread_create(&s->thread, NULL, scanner_works, s) == 0);
}

static void stop(Scanner *s) {
	pthread_join(s->thread, NULL);
	close(s->listens);
	unlink(s->path);
	rmdir(s->folder);
}

static ScanAnswer ask(Scanner *s, Str bytes, int fd, u64 size, int ms) {
	return scan_ask(t_arena, str_c(s->path), bytes, fd, size, scan_until(0) + ms);
}

TEST("scan: a file goes over in pieces with their lengths, from memory and from a descriptor alike") {
	enum { SIZE = 150000 };
	char *bytes = NEW_ARRAY(t_arena, char, SIZE);
	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = (char)(i * 7 + i / 251);
	FILE *f = tmpfile();
	EXPECT(f && fwrite(bytes, 1, SIZE, f) == SIZE && fflush(f) == 0 && fseek(f, 5, SEEK_SET) == 0);
	for (int from_file = 0; from_file < 2; from_file++) {
		Scanner s = {0};
		start(&s, "stream: OK", 11);
		ScanAnswer a = from_file ? ask(&s, (Str){0}, fileno(f), SIZE, 5000) : ask(&s, str_of(bytes, SIZE), -1, SIZE, 5000);
		stop(&s);
		EQ_INT(a.end, SCAN_CLEAN);
		EQ_INT(s.heard_len, 10 + SIZE + 3 * 4 + 4);      /* two pieces of 64 kB, the rest, and the end */
		EXPECT(memcmp(s.heard, "zINSTREAM\0\0\1\0\0", 14) == 0 && memcmp(s.heard + 14, bytes, 65536) == 0);
		EXPECT(memcmp(s.heard + 14 + 2 * 65540, bytes + 2 * 65536, SIZE - 2 * 65536) == 0);
	}
	EQ_INT(ftell(f), 5);
	fclose(f);
}

TEST("scan: an answer that is cut off, endless or strange is no answer") {
	static char endless[4000];
	memset(endless, 'A', sizeof endless);
	const struct { const char *answer; size_t len; } bad[] = {
		{"", 0}, {"stream: OK", 10}, {"stream: O", 9}, {endless, sizeof endless}, {"\0stream: OK", 12}, {"stream: maybe", 14}, {"stream: OK\n", 12},
	};
	for (size_t i = 0; i < LEN(bad); i++) {
		Scanner s = {0};
		start(&s, bad[i].answer, bad[i].len);
		ScanAnswer a = ask(&s, S("obsah"), -1, 5, 5000);
		stop(&s);
		if (a.end != SCAN_SILENT)
			test_fail(__FILE__, __LINE__, "answer %zu counts", i);
	}
}

TEST("scan: who answers too slowly, or takes nothing, is given up in time") {
	i64     begun = scan_until(0);
	Scanner slow = {.dawdles = true}, deaf = {.hears_most = 1, .dawdles = true};
	start(&slow, "stream: OK", 11);
	EQ_INT(ask(&slow, S("obsah"), -1, 5, 200).end, SCAN_SILENT);
	stop(&slow);
	start(&deaf, "stream: OK", 11);
	EQ_INT(ask(&deaf, str_of(NEW_ARRAY(t_arena, char, 4 << 20), 4 << 20), -1, 4 << 20, 300).end, SCAN_SILENT);
	stop(&deaf);
	EXPECT(scan_until(0) - begun < 5000);
}

TEST("scan: a scanner that hangs up in the middle is asked for its reason") {
	Scanner s = {.hears_most = 1};
	start(&s, "INSTREAM size limit exceeded. ERROR", 36);
	EQ_INT(ask(&s, str_of(NEW_ARRAY(t_arena, char, 4 << 20), 4 << 20), -1, 4 << 20, 5000).end, SCAN_TOO_LARGE);
	stop(&s);
}

TEST("scan: a file that ends sooner than was said is not called clean") {
	Scanner s = {0};
	FILE   *f = tmpfile();
	EXPECT(f && fwrite("krátký", 1, 7, f) == 7 && fflush(f) == 0);
	start(&s, "stream: OK", 11);
	EQ_INT(ask(&s, (Str){0}, fileno(f), 5000, 2000).end, SCAN_SILENT);
	stop(&s);
	fclose(f);
}

TEST("scan: nobody at the socket is said at once, and a ping finds out") {
	EQ_INT(scan_ask(t_arena, S("/tmp/sitovka-no-such-socket"), S("x"), -1, 1, scan_until(5)).end, SCAN_SILENT);
	EQ_INT(scan_ping(t_arena, S("/tmp/sitovka-no-such-socket")).end, SCAN_SILENT);
	EQ_INT(scan_ping(t_arena, S("relative")).end, SCAN_SILENT);
	Scanner s = {0}, other = {0};
	start(&s, "PONG", 5);
	EQ_INT(scan_ping(t_arena, str_c(s.path)).end, SCAN_CLEAN);
	stop(&s);
	start(&other, "NOPE", 5);
	EQ_INT(scan_ping(t_arena, str_c(other.path)).end, SCAN_SILENT);
	stop(&other);
}
