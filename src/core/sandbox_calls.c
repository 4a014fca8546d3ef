/* sandbox_calls.c: which calls of the kernel each role needs; the only file that sees libseccomp.
 *
 * A call that stands in no list of its role ends the process. A few are answered with an error instead, because libraries try them and
 * go on without: those are written out. Lists name calls, so that a kernel without one of them is no trouble. */
#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/sandbox.h"

/* Without these no C program lives. */
static const char *const living[] = {
	"read", "write", "readv", "writev", "pread64", "pwrite64", "close", "fstat", "newfstatat", "lseek", "brk", "munmap", "mremap", "madvise",
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall", "exit", "exit_group", "futex", "getpid", "gettid", "getuid",
	"geteuid", "getgid", "getegid", "clock_gettime", "clock_getres", "gettimeofday", "time", "clock_nanosleep", "nanosleep", "getrandom", "poll", "ppoll",
	"sched_yield", "uname", "getrlimit", "getrusage", "sysinfo", "membarrier", "rseq", "set_robust_list", "set_tid_address",
};

static const char *const threads[] = {"sched_getaffinity", "sched_getparam", "sched_getscheduler", "rt_sigtimedwait", "wait4", "eventfd2", "getcpu"};

static const char *const files[] = {
	"open", "openat", "stat", "lstat", "statx", "access", "faccessat", "faccessat2", "readlink", "readlinkat", "getcwd", "getdents64", "statfs", "fstatfs",
	"unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "mkdir", "mkdirat", "rmdir", "ftruncate", "truncate", "fallocate", "fsync", "fdatasync",
	"sync_file_range", "flock", "chmod", "fchmod", "fchmodat", "fchown", "utimensat", "utimes", "umask", "dup", "dup2", "dup3", "pipe2", "copy_file_range",
	"fadvise64", "mincore",
};

/* Of sockets that are there. */
static const char *const serving[] = {
	"accept", "accept4", "shutdown", "getsockname", "getpeername", "getsockopt", "setsockopt", "sendto", "recvfrom", "sendmsg", "recvmsg", "sendmmsg", "recvmmsg",
	"sendfile", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "select", "pselect6",
};

static const char *const connecting[] = {"bind", "connect"};

/* What the helper and programs of others never need: a list of this kind forgets, so it stands behind the lists of the others. */
static const char *const never[] = {
	"ptrace", "process_vm_readv", "process_vm_writev", "mount", "umount2", "pivot_root", "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount", "fspick",
	"mount_setattr", "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key", "kexec_load", "kexec_file_load", "init_module", "finit_module",
	"delete_module", "swapon", "swapoff", "reboot", "setns", "iopl", "ioperm", "acct", "quotactl", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex",
	"syslog", "chroot", "io_uring_setup", "io_uring_enter", "io_uring_register", "open_by_handle_at", "name_to_handle_at", "vhangup", "personality",
	"sethostname", "setdomainname", "nfsservctl", "lookup_dcookie", "mbind", "move_pages", "kcmp", "pidfd_getfd",
};

/* Address and thread sanitizers print stacks and look for leaks at the end with another process of theirs. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SANITIZED 1
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef SANITIZED
static const char *const sanitizers[] = {
	"ptrace", "clone", "prctl", "arch_prctl", "wait4", "kill", "tgkill", "pipe", "pipe2", "socketpair", "mprotect", "mmap", "sched_getaffinity", "gettid", "personality",
	"prlimit64", "process_vm_readv", "ioctl", "readlink", "getpgrp", "getppid", "getdents", "fork", "vfork",
};
static const char *const sanitizers_read[] = {"openat", "open", "readlink", "readlinkat", "access", "stat", "lstat", "getcwd", "getdents64", "dup", "dup2"};
#endif

typedef struct Filter {
	scmp_filter_ctx of;
	bool            fine;
} Filter;

static void rule(Filter *f, u32 action, const char *name, unsigned count, const struct scmp_arg_cmp *args) {
	int call = seccomp_syscall_resolve_name(name);
	if (call == __NR_SCMP_ERROR)             /* the library is older than the call: then nobody can name it */
		return;
	int got = seccomp_rule_add_array(f->of, action, call, count, args);
	f->fine = f->fine && (got == 0 || got == -EEXIST || got == -EACCES);        /* EACCES: it is the standing action */
}

static void allow_all(Filter *f, const char *const *names, size_t count) {
	for (size_t i = 0; i < count; i++)
		rule(f, SCMP_ACT_ALLOW, names[i], 0, NULL);
}
#define ALLOW(f, list) allow_all((f), (list), LEN(list))

static void allow_if(Filter *f, const char *name, unsigned count, const struct scmp_arg_cmp *args) {
	rule(f, SCMP_ACT_ALLOW, name, count, args);
}

static void refuse(Filter *f, const char *name, int error) {
	rule(f, SCMP_ACT_ERRNO((u32)error), name, 0, NULL);
}

/* Memory that is never written and run at once; `code`: libraries may still be loaded. */
static void allow_memory(Filter *f, bool code) {
	struct scmp_arg_cmp plain = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	struct scmp_arg_cmp only_run = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC | PROT_WRITE, PROT_EXEC);
	allow_if(f, "mmap", 1, &plain);
	allow_if(f, "mprotect", 1, &plain);
	if (code)
		allow_if(f, "mmap", 1, &only_run);
}

/* A thread, not a process. clone3 hides its flags behind a pointer: the C library then takes the older call. */
static void allow_threads(Filter *f) {
	struct scmp_arg_cmp thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM);
	allow_if(f, "clone", 1, &thread);
	refuse(f, "clone3", ENOSYS);
	ALLOW(f, threads);
}

/* Signals to ourselves: abort() and the ends of timers. */
static void allow_own_signals(Filter *f) {
	struct scmp_arg_cmp self = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());
	allow_if(f, "tgkill", 1, &self);
}

/* Questions about limits, not changes of them. */
static void allow_asking(Filter *f) {
	struct scmp_arg_cmp no_new = SCMP_A2(SCMP_CMP_EQ, 0);
	allow_if(f, "prlimit64", 1, &no_new);
}

static void allow_ioctl(Filter *f) {
	static const unsigned long harmless[] = {0x541B /* FIONREAD */, 0x5421 /* FIONBIO */, 0x5451 /* FIOCLEX */};
	for (size_t i = 0; i < LEN(harmless); i++) {
		struct scmp_arg_cmp is = SCMP_A1(SCMP_CMP_EQ, harmless[i]);
		allow_if(f, "ioctl", 1, &is);
	}
	struct scmp_arg_cmp is_terminal = SCMP_A1(SCMP_CMP_EQ, 0x5401 /* TCGETS */);
	rule(f, SCMP_ACT_ERRNO(ENOTTY), "ioctl", 1, &is_terminal);
}

static void allow_fcntl(Filter *f) {
	struct scmp_arg_cmp no_signals = SCMP_A1(SCMP_CMP_LE, 7), more = SCMP_A1(SCMP_CMP_GE, 1024);
	allow_if(f, "fcntl", 1, &no_signals);    /* F_DUPFD … F_SETLKW; F_SETOWN and F_SETSIG lie between */
	allow_if(f, "fcntl", 1, &more);          /* F_DUPFD_CLOEXEC, … */
	struct scmp_arg_cmp from = SCMP_A1(SCMP_CMP_EQ, 36), to = SCMP_A1(SCMP_CMP_EQ, 38), set = SCMP_A1(SCMP_CMP_EQ, 37);
	allow_if(f, "fcntl", 1, &from);          /* locks of open files */
	allow_if(f, "fcntl", 1, &set);
	allow_if(f, "fcntl", 1, &to);
}

static void allow_prctl(Filter *f) {
	struct scmp_arg_cmp name = SCMP_A0(SCMP_CMP_EQ, 15 /* PR_SET_NAME */);
	allow_if(f, "prctl", 1, &name);
	struct scmp_arg_cmp label = SCMP_A0(SCMP_CMP_EQ, 0x53564D41 /* PR_SET_VMA: newer C libraries name their memory */);
	rule(f, SCMP_ACT_ERRNO(EINVAL), "prctl", 1, &label);
}

static void allow_sockets(Filter *f) {
	static const int families[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};       /* netlink: which addresses this machine has, asked before a connection */
	for (size_t i = 0; i < LEN(families); i++) {
		struct scmp_arg_cmp is = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i]);
		allow_if(f, "socket", 1, &is);
	}
	struct scmp_arg_cmp pair = SCMP_A0(SCMP_CMP_EQ, AF_UNIX);     /* libcurl wakes its own waiting by one */
	allow_if(f, "socketpair", 1, &pair);
	ALLOW(f, connecting);
}

static void web_calls(Filter *f, bool connect) {
	ALLOW(f, living);
	ALLOW(f, files);
	ALLOW(f, serving);
	allow_memory(f, connect);                /* a resolver of names loads libraries */
	allow_threads(f);
	allow_own_signals(f);
	allow_asking(f);
	allow_ioctl(f);
	allow_fcntl(f);
	allow_prctl(f);
	if (connect) {
		allow_sockets(f);
		return;
	}
	refuse(f, "socket", EACCES);
	refuse(f, "connect", EACCES);
}

static void convert_calls(Filter *f) {
	ALLOW(f, living);
	allow_memory(f, false);
	allow_own_signals(f);
	allow_asking(f);
	refuse(f, "openat", EACCES);             /* libraries look for settings and go on without */
	refuse(f, "open", EACCES);
	refuse(f, "access", EACCES);
	refuse(f, "stat", EACCES);
	refuse(f, "readlink", EACCES);
	refuse(f, "ioctl", ENOTTY);
}

static void out_calls(Filter *f) {
	web_calls(f, true);
}

static void tool_calls(Filter *f) {
	struct scmp_arg_cmp not_local = SCMP_A0(SCMP_CMP_NE, AF_UNIX);
	rule(f, SCMP_ACT_ERRNO(EACCES), "socket", 1, &not_local);
}

static void forbid(Filter *f, u32 action) {
	for (size_t i = 0; i < LEN(never); i++)
		rule(f, action, never[i], 0, NULL);
}

#ifdef SANITIZED
static void allow_sanitizers(Filter *f, bool reading) {
	ALLOW(f, sanitizers);
	if (reading)
		ALLOW(f, sanitizers_read);
}
#endif

/* ---- naming what was forbidden ---- */

static char *call_names[512];                /* by number; made before the filter: a signal handler may not ask the library, which takes memory */

static void learn_names(void) {
	if (call_names[0])                       /* read is 0 and is always known */
		return;
	for (size_t i = 0; i < LEN(call_names); i++)
		call_names[i] = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, (int)i);
}

static void name_call(int sig, siginfo_t *info, void *context) {
	(void)sig;
	(void)context;
	char text[128];
	int call = info->si_syscall;
	const char *name = call >= 0 && call < (int)LEN(call_names) ? call_names[call] : NULL;
	int n = snprintf(text, sizeof text, "sandbox: forbidden call %s (%d) of process %d\n", name ? name : "?", call, (int)getpid());
	ssize_t told = n > 0 ? write(2, text, (size_t)n) : 0;
	_exit(told < 0 ? 158 : 159);
}

static u32 action_of(SandboxAnswer answer) {
	if (answer == SANDBOX_LOG)
		return SCMP_ACT_LOG;
	return answer == SANDBOX_NAME ? SCMP_ACT_TRAP : SCMP_ACT_KILL_PROCESS;
}

bool sandbox_calls(SandboxRole role, SandboxAnswer answer, bool connect, const char **why) {
	if (answer == SANDBOX_OFF)
		return true;
	if (answer == SANDBOX_NAME) {
		learn_names();
		sigaction(SIGSYS, &(struct sigaction){.sa_sigaction = name_call, .sa_flags = SA_SIGINFO}, NULL);
	}
	bool   listed = role != SANDBOX_HELPER && role != SANDBOX_TOOL;
	u32    action = action_of(answer);
	Filter f = {.of = seccomp_init(listed ? action : SCMP_ACT_ALLOW), .fine = true};
	if (!f.of) {
		*why = "the filter of calls cannot be made";
		return false;
	}
#ifdef SANITIZED                                     /* first: what is allowed already is not refused later */
	if (listed)
		allow_sanitizers(&f, role == SANDBOX_CONVERT);
#endif
	if (role == SANDBOX_WEB)
		web_calls(&f, connect);
	else if (role == SANDBOX_CONVERT)
		convert_calls(&f);
	else if (role == SANDBOX_OUT)
		out_calls(&f);
	else if (role == SANDBOX_TOOL)
		tool_calls(&f);
	if (!listed)
		forbid(&f, action);
	f.fine = f.fine && seccomp_attr_set(f.of, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && seccomp_load(f.of) == 0;
	seccomp_release(f.of);
	if (!f.fine)
		*why = "the kernel refused the filter of calls";
	return f.fine;
}
