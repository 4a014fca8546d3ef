/* child_helper.c: the process that starts children. One thread, no store, no secret, no memory to speak of: a fork of it is quick and gives
 * nothing away. It knows a fixed list of kinds; an order is a number of that list and three descriptors. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/child_inside.h"

typedef struct Running {
	pid_t            pid;                    /* 0 = free */
	ToolFolder       folder;                 /* of a tool */
	u64              memory;
	int              status;
	i64              deadline;               /* ms of the clock that only goes forward */
	bool             late;
	const ChildKind *kind;
} Running;

typedef struct Helper {
	int                     orders, signals;
	const ChildKind *const *kinds;
	size_t                  count;
	SandboxAnswer           answer;
	Running                 running[CHILDREN];
} Helper;

static i64 now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- in the child ---- */

void child_limit(int what, u64 soft, u64 hard) {
	struct rlimit l = {soft, hard};
	setrlimit((__rlimit_resource_t)what, &l);
}

/* A tool of others may need processes and files of its own; work of ours needs neither. Its memory is limited when it begins (child_tool.c). */
static void set_limits(const ChildKind *k, const ChildLimits *l) {
	child_limit(RLIMIT_CORE, 0, 0);
	child_limit(RLIMIT_CPU, (u64)l->cpu_seconds, (u64)l->cpu_seconds + 1);
	if (k->role == SANDBOX_TOOL)
		return;
#ifdef RELEASE                                       /* sanitizers reserve far more than they use */
	child_limit(RLIMIT_DATA, l->memory, l->memory);
#endif
	child_limit(RLIMIT_NPROC, 0, 0);
	child_limit(RLIMIT_MEMLOCK, 0, 0);
}

/* What a child may see of the disk. Without Landlock it sees what its user sees. */
static void set_paths(const ChildKind *k) {
	static const SandboxPath out[] = {{"/etc", PATH_READ}, {"/usr/share", PATH_READ}, {"/usr/lib", PATH_READ}, {"/usr/local/share", PATH_READ},
	                                  {"/run/systemd/resolve", PATH_READ}, {"/dev/null", PATH_WRITE}, {"/dev/urandom", PATH_READ}};
	const char *why;
	if (k->role == SANDBOX_OUT)
		sandbox_paths(out, LEN(out), true, &why);
	else
		sandbox_paths(NULL, 0, false, &why);
}

void child_place(int from, int to) {
	if (from != to && dup2(from, to) < 0)
		_exit(1);
}

NO_RETURN static void be_child(const Helper *h, const ChildKind *k, const ChildLimits *l, const ToolFolder *folder, const int *fds) {
	sigset_t none;
	const char *why = NULL;
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	set_limits(k, l);
	if (k->role == SANDBOX_TOOL)
		be_tool(k, folder, l->memory, h->answer, fds[ORDER_IN], fds[ORDER_OUT]);
	int in = fcntl(fds[ORDER_IN], F_DUPFD, 20), out = fcntl(fds[ORDER_OUT], F_DUPFD, 20);
	child_place(in, 3);
	child_place(out, 4);
	sandbox_close_inherited(3, 4);
	set_paths(k);
	if (!sandbox_calls(k->role, h->answer, false, &why))
		_exit(1);
	_exit(k->run(3, 4));
}

/* ---- in the helper ---- */

static void tell(int fd, ChildEnd end, ChildUsage usage) {
	ChildStatus s = {(u8)end, usage};
	ssize_t n = write(fd, &s, sizeof s);     /* nobody listens any more: then nobody wants to know */
	(void)n;
	close(fd);
}

static Running *free_place(Helper *h) {
	for (size_t i = 0; i < LEN(h->running); i++)
		if (h->running[i].pid == 0)
			return &h->running[i];
	return NULL;
}

/* What was asked for, but never more than the kind allows. */
static ChildLimits limits_of(const ChildKind *k, ChildLimits asked) {
	bool cpu = asked.cpu_seconds > 0 && asked.cpu_seconds < k->cpu_seconds, wall = asked.wall_seconds > 0 && asked.wall_seconds < k->wall_seconds;
	bool memory = asked.memory > 0 && asked.memory < k->memory;
	return (ChildLimits){cpu ? asked.cpu_seconds : k->cpu_seconds, wall ? asked.wall_seconds : k->wall_seconds, memory ? asked.memory : k->memory};
}

static void start(Helper *h, const ChildOrder *order, const int *fds) {
	const ChildKind *k = order->kind < h->count ? h->kinds[order->kind] : NULL;
	Running    *at = free_place(h);
	ChildLimits l = k ? limits_of(k, order->limits) : (ChildLimits){0};
	ToolFolder  folder = {""};
	bool        can = k && at && (k->role != SANDBOX_TOOL || tool_folder_make(&folder));
	pid_t       pid = can ? fork() : -1;
	if (pid == 0)
		be_child(h, k, &l, &folder, fds);
	close(fds[ORDER_IN]);
	close(fds[ORDER_OUT]);
	if (pid < 0) {
		tool_folder_remove(&folder, k, false);
		tell(fds[ORDER_STATUS], k && !at ? CHILD_BUSY : CHILD_GONE, (ChildUsage){0});
		return;
	}
	*at = (Running){.pid = pid, .status = fds[ORDER_STATUS], .kind = k, .deadline = now_ms() + (i64)l.wall_seconds * 1000, .folder = folder,
	                .memory = l.memory};
}

/* False when the other end is gone. */
static bool take_order(Helper *h) {
	ChildOrder order;
	union {
		char           room[CMSG_SPACE(ORDER_FDS * sizeof(int))];
		struct cmsghdr aligned;
	} control;
	struct iovec  piece = {&order, sizeof order};
	struct msghdr m = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
	ssize_t n = recvmsg(h->orders, &m, MSG_CMSG_CLOEXEC);
	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	if (n == 0)
		return false;
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	if (!c || c->cmsg_type != SCM_RIGHTS || c->cmsg_len < CMSG_LEN(sizeof(int)))
		return true;
	int    fds[ORDER_FDS];
	size_t got = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	memcpy(fds, CMSG_DATA(c), (got < ORDER_FDS ? got : (size_t)ORDER_FDS) * sizeof(int));
	if (n == sizeof order && got == ORDER_FDS) {
		start(h, &order, fds);
		return true;
	}
	for (size_t i = 0; i < got && i < ORDER_FDS; i++)
		close(fds[i]);
	return true;
}

/* A program of others does not say that its memory was short: that it held nearly all of it when it failed is as good as said. */
static ChildEnd end_of(const Running *r, int status, const ChildUsage *usage) {
	if (r->late)
		return CHILD_TOO_LONG;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return CHILD_DONE;
	bool is_full = r->kind->role == SANDBOX_TOOL && usage->memory > r->memory / 4 * 3;
	if (WIFEXITED(status))
		return WEXITSTATUS(status) == CHILD_EXIT_NO_MEMORY || is_full ? CHILD_NO_MEMORY : WEXITSTATUS(status) == 159 ? CHILD_CRASHED : CHILD_FAILED;
	bool by_limit = WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL;
	return is_full && WTERMSIG(status) != SIGXCPU ? CHILD_NO_MEMORY : by_limit ? CHILD_TOO_LONG : CHILD_CRASHED;
}

static ChildUsage usage_of(const struct rusage *u) {
	i64 us = (i64)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) * 1000000 + u->ru_utime.tv_usec + u->ru_stime.tv_usec;
	return (ChildUsage){us / 1000, (u64)u->ru_maxrss * 1024};
}

static void end(Running *r, pid_t pid, int status, ChildUsage usage) {
	ChildEnd how = end_of(r, status, &usage);
	if (how == CHILD_CRASHED)
		fprintf(stderr, "{\"child\":\"%s\",\"end\":\"crashed\",\"signal\":%d}\n", r->kind->name, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
	kill(-pid, SIGKILL);                     /* what a tool left behind in its group */
	tool_folder_remove(&r->folder, r->kind, how != CHILD_DONE);
	tell(r->status, how, usage);
	r->pid = 0;
}

static void reap(Helper *h) {
	struct signalfd_siginfo info;
	struct rusage           used;
	int   status;
	pid_t pid;
	while (read(h->signals, &info, sizeof info) == (ssize_t)sizeof info) {
	}
	while ((pid = wait4(-1, &status, WNOHANG, &used)) > 0)
		for (size_t i = 0; i < LEN(h->running); i++)
			if (h->running[i].pid == pid)
				end(&h->running[i], pid, status, usage_of(&used));
}

/* Milliseconds to the next deadline, -1 = none. */
static int end_late(Helper *h) {
	i64 now = now_ms(), next = -1;
	for (size_t i = 0; i < LEN(h->running); i++) {
		Running *r = &h->running[i];
		if (r->pid == 0)
			continue;
		if (now >= r->deadline && !r->late) {
			r->late = true;
			kill(-r->pid, SIGKILL);
			kill(r->pid, SIGKILL);           /* its group may not be made yet */
		}
		i64 left = r->late ? 1000 : r->deadline - now;
		next = next < 0 || left < next ? left : next;
	}
	return (int)next;
}

void child_helper(int orders, const ChildKind *const *kinds, size_t count, SandboxAnswer answer) {
	static Helper h;
	const char   *why = "";
	sigset_t      ends;
	prctl(PR_SET_NAME, "sitovka-helper", 0, 0, 0);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGINT, SIG_IGN);                 /* a Ctrl-C is for the program, which then closes the socket */
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	sigemptyset(&ends);
	sigaddset(&ends, SIGCHLD);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	h = (Helper){.orders = orders, .kinds = kinds, .count = count, .answer = answer, .signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK)};
	sandbox_process();
	if (h.signals < 0 || !sandbox_calls(SANDBOX_HELPER, answer, false, &why)) {
		fprintf(stderr, "sitovka: the helper cannot start: %s\n", why);
		_exit(1);
	}
	for (bool alive = true; alive;) {
		struct pollfd at[2] = {{.fd = h.orders, .events = POLLIN}, {.fd = h.signals, .events = POLLIN}};
		if (poll(at, 2, end_late(&h)) < 0 && errno != EINTR)
			break;
		if (at[1].revents)
			reap(&h);
		if (at[0].revents)
			alive = take_order(&h);
	}
	for (size_t i = 0; i < LEN(h.running); i++)
		if (h.running[i].pid) {
			kill(-h.running[i].pid, SIGKILL);
			tool_folder_remove(&h.running[i].folder, h.running[i].kind, false);
		}
	_exit(0);
}
