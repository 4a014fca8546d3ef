/* scan.c: the protocol of clamd: zINSTREAM, pieces with their length in front, an empty piece, one answer that ends in a zero byte. */
#include "core/scan.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 64 << 10, ANSWER = 1024, NAME = 100, PING_SECONDS = 2 };

bool scan_socket_fine(Str path) {
	return str_starts(path, S("/")) && path.len < sizeof ((struct sockaddr_un *)0)->sun_path && str_find_char(path, 0) < 0;
}

static i64 now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

i64 scan_until(int seconds) {
	return now_ms() + (i64)seconds * 1000;
}

static ScanAnswer silent(const char *why) {
	return (ScanAnswer){.end = SCAN_SILENT, .why = str_c(why)};
}

/* ---- what it says ---- */

/* The name goes into a page, the trail and the log: nothing but what a name has. */
static Str plain_name(Arena *a, Str s) {
	Str name = str_dup(a, str_first(s, NAME));
	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] <= ' ' || name.ptr[i] > '~')
			return S("?");
	return name.len ? name : S("?");
}

ScanAnswer scan_read(Arena *a, Str answer) {
	if (str_eq(answer, S("stream: OK")))
		return (ScanAnswer){.end = SCAN_CLEAN};
	if (str_starts(answer, S("stream: ")) && str_ends(answer, S(" FOUND")) && answer.len >= 14)
		return (ScanAnswer){.end = SCAN_FOUND, .name = plain_name(a, str_first(str_from(answer, 8), answer.len - 14))};
	if (str_eq(answer, S("INSTREAM size limit exceeded. ERROR")))
		return (ScanAnswer){.end = SCAN_TOO_LARGE};
	return silent("the scanner gave an answer that is not understood");
}

/* ---- the line ---- */

/* False when it is too late. */
static bool wait_for(int line, short what, i64 until) {
	for (;;) {
		i64 left = until - now_ms();
		if (left <= 0)
			return false;
		struct pollfd p = {.fd = line, .events = what};
		int got = poll(&p, 1, (int)left);
		if (got > 0)
			return true;
		if (got < 0 && errno != EINTR)
			return false;
	}
}

static int connect_to(Str socket_path, i64 until) {
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	if (!scan_socket_fine(socket_path))
		return -1;
	memcpy(to.sun_path, socket_path.ptr, socket_path.len);
	int line = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	while (line >= 0 && connect(line, (struct sockaddr *)&to, sizeof to) != 0) {
		const struct timespec moment = {.tv_nsec = 20 * 1000 * 1000};
		if (errno != EAGAIN || now_ms() >= until) {      /* EAGAIN: its queue is full just now */
			close(line);
			return -1;
		}
		nanosleep(&moment, NULL);
	}
	return line;
}

/* False: it does not listen any more (it may have said why), or it is too late. */
static bool say(int line, const void *bytes, size_t len, i64 until) {
	const char *at = bytes;
	while (len) {
		ssize_t n = send(line, at, len, MSG_NOSIGNAL);
		if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
			if (!wait_for(line, POLLOUT, until))
				return false;
			continue;
		}
		if (n < 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

/* Up to the zero byte; {0} when it never comes. */
static Str hear(Arena *a, int line, i64 until) {
	char  *to = NEW_ARRAY(a, char, ANSWER);
	size_t len = 0;
	while (len < ANSWER) {
		if (!wait_for(line, POLLIN, until))
			return (Str){0};
		ssize_t n = recv(line, to + len, ANSWER - len, 0);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n <= 0)
			return (Str){0};
		len += (size_t)n;
		const char *end = memchr(to, 0, len);
		if (end)
			return str_of(to, (size_t)(end - to));
	}
	return (Str){0};
}

static bool say_piece(int line, const char *bytes, size_t len, i64 until) {
	u8 head[4] = {(u8)(len >> 24), (u8)(len >> 16), (u8)(len >> 8), (u8)len};
	return say(line, head, sizeof head, until) && say(line, bytes, len, until);
}

/* False only when the file cannot be read: a scanner that hung up is asked for its reason by hear(). */
static bool say_file(Arena *a, int line, Str bytes, int fd, u64 size, i64 until) {
	char *piece = fd < 0 ? NULL : NEW_ARRAY(a, char, PIECE);
	u64   total = fd < 0 ? bytes.len : size;
	for (u64 at = 0; at < total;) {
		size_t len = total - at < PIECE ? (size_t)(total - at) : PIECE;
		if (fd >= 0) {
			ssize_t n = pread(fd, piece, len, (off_t)at);
			if (n <= 0)
				return false;
			len = (size_t)n;
		}
		if (!say_piece(line, fd < 0 ? bytes.ptr + at : piece, len, until))
			return true;
		at += len;
	}
	say_piece(line, NULL, 0, until);
	return true;
}

ScanAnswer scan_ask(Arena *a, Str socket_path, Str bytes, int fd, u64 size, i64 until) {
	int line = connect_to(socket_path, until);
	if (line < 0)
		return silent("nobody listens at the socket of the scanner");
	bool read_whole = !say(line, "zINSTREAM", 10, until) || say_file(a, line, bytes, fd, size, until);
	Str  answer = read_whole ? hear(a, line, until) : (Str){0};
	close(line);
	if (!read_whole)
		return silent("the file that came cannot be read");
	return answer.len ? scan_read(a, answer) : silent("the scanner gave no whole answer in time");
}

ScanAnswer scan_ping(Arena *a, Str socket_path) {
	i64 until = scan_until(PING_SECONDS);
	int line = connect_to(socket_path, until);
	if (line < 0)
		return silent("nobody listens at the socket of the scanner");
	Str answer = say(line, "zPING", 6, until) ? hear(a, line, until) : (Str){0};
	close(line);
	return str_eq(answer, S("PONG")) ? (ScanAnswer){.end = SCAN_CLEAN} : silent("the scanner gave no whole answer in time");
}
