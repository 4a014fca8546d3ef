/* child.c: the caller's side: an order to the helper, its pipes, and the end. */
#include "core/child_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct {
	int              orders;                 /* a socket whose messages stay whole, whoever sends them */
	pid_t            helper;
	const ChildKind *kinds[CHILD_KINDS];
	size_t           count;
	bool             started;
} my;

const char *child_end_name(ChildEnd e) {
	static const char *const names[] = {"done", "failed", "crashed", "too long", "no memory", "too much", "busy", "gone"};
	return (size_t)e < LEN(names) ? names[e] : "?";
}

void child_start(const ChildKind *const *kinds, size_t count, SandboxAnswer answer) {
	int pair[2];
	CHECK(count <= CHILD_KINDS && !my.started);
	memcpy(my.kinds, kinds, count * sizeof *kinds);
	my.count = count;
	CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0);
	my.helper = fork();
	CHECK(my.helper >= 0);
	if (my.helper == 0) {
		close(pair[0]);
		child_helper(pair[1], my.kinds, my.count, answer);
	}
	close(pair[1]);
	my.orders = pair[0];
	my.started = true;
}

bool child_is_started(void) {
	return my.started;
}

bool child_is_alive(void) {
	int status;
	return !my.started || (my.helper > 0 && waitpid(my.helper, &status, WNOHANG) == 0);
}

void child_stop(void) {
	int status;
	if (!my.started)
		return;
	close(my.orders);
	my.started = false;
	while (waitpid(my.helper, &status, 0) < 0 && errno == EINTR) {
	}
}

/* ---- one piece of work ---- */

typedef struct Pipes {
	int in, out, status;                     /* ours */
} Pipes;

static void close_if(int *fd) {
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_pipes(Pipes *p) {
	close_if(&p->in);
	close_if(&p->out);
	close_if(&p->status);
}

static bool send_order(u32 kind, const ChildLimits *limits, const int *theirs) {
	ChildOrder order = {kind, *limits};
	union {
		char           room[CMSG_SPACE(ORDER_FDS * sizeof(int))];
		struct cmsghdr aligned;
	} control = {0};
	struct iovec  piece = {&order, sizeof order};
	struct msghdr m = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(ORDER_FDS * sizeof(int));
	memcpy(CMSG_DATA(c), theirs, ORDER_FDS * sizeof(int));
	ssize_t n;
	do
		n = sendmsg(my.orders, &m, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)sizeof order;
}

static bool open_pipes(const ChildKind *k, const ChildLimits *limits, Pipes *p) {
	int pairs[ORDER_FDS][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
	u32 kind = 0;
	while (kind < my.count && my.kinds[kind] != k)
		kind++;
	CHECK(kind < my.count);
	bool fine = pipe2(pairs[0], O_CLOEXEC) == 0 && pipe2(pairs[1], O_CLOEXEC) == 0 && pipe2(pairs[2], O_CLOEXEC) == 0;
	*p = (Pipes){pairs[ORDER_IN][1], pairs[ORDER_OUT][0], pairs[ORDER_STATUS][0]};
	int theirs[ORDER_FDS] = {pairs[ORDER_IN][0], pairs[ORDER_OUT][1], pairs[ORDER_STATUS][1]};
	if (fine) {
		fcntl(p->in, F_SETFL, O_NONBLOCK);
		fcntl(p->out, F_SETFL, O_NONBLOCK);
		fine = send_order(kind, limits, theirs);
	}
	for (int i = 0; i < ORDER_FDS; i++)
		close_if(&theirs[i]);
	return fine;
}

/* What is still to be fed: the head, the bytes, then the file piece by piece. */
typedef struct Feed {
	Str   parts[2];
	int   fd;
	off_t at;
	char  piece[64 * 1024];
} Feed;

static Str next_piece(Feed *f) {
	for (size_t i = 0; i < LEN(f->parts); i++)
		if (f->parts[i].len)
			return f->parts[i];
	if (f->fd < 0)
		return (Str){0};
	ssize_t n = pread(f->fd, f->piece, sizeof f->piece, f->at);
	return n > 0 ? str_of(f->piece, (size_t)n) : (Str){0};
}

static void was_fed(Feed *f, size_t n) {
	for (size_t i = 0; i < LEN(f->parts); i++)
		if (f->parts[i].len) {
			f->parts[i] = str_from(f->parts[i], n);
			return;
		}
	f->at += (off_t)n;
}

static void feed(Pipes *p, Feed *f) {
	Str piece = next_piece(f);
	if (piece.len == 0) {
		close_if(&p->in);
		return;
	}
	ssize_t n = write(p->in, piece.ptr, piece.len);
	if (n > 0)
		was_fed(f, (size_t)n);
	else if (errno != EAGAIN && errno != EINTR)
		close_if(&p->in);                    /* it does not want more; its end will say why */
}

/* False when it says more than it may. */
static bool collect(Pipes *p, Buf *out, u64 *left) {
	char piece[64 * 1024];
	ssize_t n = read(p->out, piece, sizeof piece);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	if (n <= 0) {
		close_if(&p->out);
		return true;
	}
	if ((u64)n > *left)
		return false;
	*left -= (u64)n;
	buf_put(out, piece, (size_t)n);
	return true;
}

static i64 now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The helper ends a late child; our own patience is only for a helper that hangs. Where nobody waits for the work any longer, it goes on without us. */
static ChildEnd talk(Pipes *p, Feed *f, const bool *cancelled, Buf *out, u64 left, i64 latest) {
	while (p->out >= 0) {
		struct pollfd at[2] = {{.fd = p->out, .events = POLLIN}, {.fd = p->in, .events = POLLOUT}};
		int ready = poll(at, 2, 1000);
		if (now_ms() > latest)
			return CHILD_TOO_LONG;
		if (cancelled && __atomic_load_n(cancelled, __ATOMIC_RELAXED))
			return CHILD_GONE;
		if (ready <= 0)
			continue;
		if (at[1].revents)
			feed(p, f);
		if (at[0].revents && !collect(p, out, &left))
			return CHILD_TOO_MUCH;
	}
	return CHILD_DONE;
}

static ChildEnd hear_end(int fd, i64 latest, ChildUsage *usage) {
	ChildStatus s;
	struct pollfd at = {.fd = fd, .events = POLLIN};
	i64 left = latest - now_ms();
	while (poll(&at, 1, left > 0 ? (int)left : 0) < 0 && errno == EINTR) {
	}
	if (read(fd, &s, sizeof s) != (ssize_t)sizeof s)
		return CHILD_GONE;
	if (usage)
		*usage = s.usage;
	return (ChildEnd)s.end;
}

ChildEnd child_run(const ChildKind *k, const ChildInput *in, Buf *out) {
	enum { PATIENCE = 5000 };
	Pipes p = {-1, -1, -1};
	Feed *f = malloc(sizeof *f);
	if (!f || !my.started || !open_pipes(k, &in->limits, &p)) {
		close_pipes(&p);
		free(f);
		return CHILD_GONE;
	}
	f->parts[0] = in->head;
	f->parts[1] = in->bytes;
	f->fd = in->fd;
	f->at = 0;
	i64 latest = now_ms() + (i64)k->wall_seconds * 1000 + PATIENCE;
	fcntl(p.status, F_SETFL, O_NONBLOCK);
	ChildEnd end = talk(&p, f, in->cancelled, out, k->most_out, latest);
	if (end == CHILD_DONE)
		end = hear_end(p.status, latest, in->usage);
	close_pipes(&p);
	free(f);
	return end;
}

/* ---- in the child ---- */

bool child_read(int in, size_t most, Buf *ret) {
	char piece[64 * 1024];
	for (;;) {
		ssize_t n = read(in, piece, sizeof piece);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		if ((size_t)n > most - ret->len)
			return false;
		buf_put(ret, piece, (size_t)n);
	}
}

static bool write_out(Buf *b, void *arg) {
	const int *fd = arg;
	for (size_t done = 0; done < b->len;) {
		ssize_t n = write(*fd, b->ptr + done, b->len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

Buf child_writer(int *out) {
	return (Buf){.flush = write_out, .flush_arg = out, .flush_at = 64 * 1024};
}
