#include "tests/scenes/client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/buf.h"

static void close_socket(int *fd) {
	if (*fd >= 0)
		close(*fd);
}
static void free_buf(Buf *b) { buf_free(b); }

static int connect_to(int port) {
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct timeval patience = {.tv_sec = 60};
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
		return fd;
	close(fd);
	return -1;
}

static bool send_all(int fd, Str s) {
	while (s.len) {
		ssize_t n = send(fd, s.ptr, s.len, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		s = str_from(s, (size_t)n);
	}
	return true;
}

/* Connection: close was asked for, so the answer ends where the stream ends. */
static bool receive_all(int fd, Buf *b) {
	char piece[16384];
	for (;;) {
		ssize_t n = recv(fd, piece, sizeof piece, 0);
		if (n < 0)
			return false;
		if (n == 0)
			return true;
		buf_put(b, piece, (size_t)n);
	}
}

Str reply_header(const Reply *r, Str name, bool *found) {
	Str rest = r->head;
	str_cut(&rest, '\n');                    /* the status line */
	while (rest.len) {
		Str line = str_cut(&rest, '\n');
		Str key = str_cut(&line, ':');
		if (key.len == name.len && strncasecmp(key.ptr, name.ptr, key.len) == 0) {
			*found = true;
			return str_trim(line);
		}
	}
	*found = false;
	return (Str){0};
}

static void keep_cookie(Arena *a, Jar *jar, Str header) {
	Str  rest = header;
	Str  value = str_cut(&rest, ';');
	Str  name = str_dup(a, str_trim(str_cut(&value, '=')));
	bool gone = str_empty(str_trim(value)) || str_has(str_lower_ascii(a, rest), S("max-age=0"));
	for (size_t i = 0; i < jar->len; i++) {
		if (str_eq(jar->at[i].name, name)) {
			jar->at[i] = jar->at[--jar->len];
			break;
		}
	}
	if (!gone)
		*ARENA_PUSH(a, jar->at, jar->len, jar->cap) = (Cookie){name, str_dup(a, str_trim(value))};
}

static void keep_cookies(Arena *a, Jar *jar, Str head) {
	while (head.len) {
		Str line = str_cut(&head, '\n');
		Str key = str_cut(&line, ':');
		if (str_eq(str_lower_ascii(a, key), S("set-cookie")))
			keep_cookie(a, jar, str_trim(line));
	}
}

static bool hex_number(Str s, size_t *ret) {
	*ret = 0;
	for (size_t i = 0; i < s.len; i++) {
		int digit = s.ptr[i] >= '0' && s.ptr[i] <= '9'   ? s.ptr[i] - '0'
		            : (s.ptr[i] | 32) >= 'a' && (s.ptr[i] | 32) <= 'f' ? (s.ptr[i] | 32) - 'a' + 10
		                                                                : -1;
		if (digit < 0 || i > 7)
			return false;
		*ret = *ret * 16 + (size_t)digit;
	}
	return s.len > 0;
}

static bool join_chunks(Arena *a, Str raw, Str *ret) {
	CLEANUP(free_buf) Buf whole = {0};
	for (;;) {
		Str    line = str_trim(str_cut(&raw, '\n'));
		size_t size;
		if (!hex_number(str_cut(&line, ';'), &size) || size > raw.len)
			return false;
		if (size == 0)
			break;
		buf_put(&whole, raw.ptr, size);
		raw = str_from(raw, size + 2);
	}
	*ret = buf_take(&whole, a);
	return true;
}

static bool read_reply(Arena *a, Str raw, bool no_body, Reply *ret) {
	i64 end = str_find(raw, S("\r\n\r\n"));
	if (end < 0 || !str_starts(raw, S("HTTP/1.1 ")) || raw.len < 12)
		return false;
	i64 status;
	if (!str_to_int(str_first(str_from(raw, 9), 3), &status))
		return false;
	bool has_length, has_coding;
	*ret = (Reply){.status = (int)status, .head = str_first(raw, (size_t)end), .body = str_from(raw, (size_t)end + 4)};
	Str length = reply_header(ret, S("content-length"), &has_length);
	Str coding = reply_header(ret, S("transfer-encoding"), &has_coding);
	if (no_body)
		return ret->body.len == 0;
	if (has_coding)
		return str_eq(coding, S("chunked")) && join_chunks(a, ret->body, &ret->body);
	i64 want;
	return !has_length || (str_to_int(length, &want) && (u64)want == ret->body.len);
}

bool client_call(Arena *a, int port, Jar *jar, Call call, Reply *ret, Str *why) {
	CLEANUP(free_buf) Buf out = {0};
	CLEANUP(free_buf) Buf in = {0};
	buf_format(&out, "%.*s %.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n", STR_ARG(call.method),
	           STR_ARG(call.target), port);
	for (size_t i = 0; i < jar->len; i++)
		buf_format(&out, "%s%.*s=%.*s", i ? "; " : "Cookie: ", STR_ARG(jar->at[i].name), STR_ARG(jar->at[i].value));
	if (jar->len)
		buf_lit(&out, "\r\n");
	if (call.from_page)
		buf_format(&out, "Origin: http://127.0.0.1:%d\r\nSec-Fetch-Site: same-origin\r\n", port);
	if (call.type.len)
		buf_format(&out, "Content-Type: %.*s\r\nContent-Length: %zu\r\n", STR_ARG(call.type), call.body.len);
	buf_lit(&out, "\r\n");
	buf_str(&out, call.body);

	CLEANUP(close_socket) int fd = connect_to(port);
	if (fd < 0) {
		*why = S("the server does not accept connections");
		return false;
	}
	/* a server that refuses early may close before it has read the body: its answer still counts */
	bool sent = send_all(fd, buf_view(&out));
	bool ended = receive_all(fd, &in);
	bool no_body = str_eq(call.method, S("HEAD"));
	if (!read_reply(a, str_dup(a, buf_view(&in)), no_body, ret)) {
		*why = str_format(a, "no complete answer (%s, %s, %zu bytes)", sent ? "sent" : "not sent", ended ? "ended" : "broken", in.len);
		return false;
	}
	keep_cookies(a, jar, ret->head);
	return true;
}
