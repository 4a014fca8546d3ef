/* forbidden.c: what a taken-over process would try. Each action is done by a child that has locked itself in as the web process or as a
 * convert child does; it must fail, by an error or by the end of the child. Run as the release is built: proof-forbidden FOLDER. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/child.h"

static char  folder[3000], outside[3100], own[3000], local[100];
static int   port;
static pid_t parent;

/* ---- actions: true when it worked ---- */

static bool run_program(void) { return execl("/bin/true", "true", (char *)NULL) == 0; }
static bool run_from_memory(void) {
	int fd = (int)syscall(SYS_memfd_create, "x", 0);
	char *const none[] = {NULL};
	return fd >= 0 && syscall(SYS_execveat, fd, "", none, none, 0x1000) == 0;
}
static bool new_process(void) {
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	return pid > 0;
}
static bool new_process_beside(void) {
	long pid = syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0);
	if (pid == 0)
		syscall(SYS_exit_group, 0);
	return pid > 0;
}
static bool connect_tcp(void) {
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((u16)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	return fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) == 0;
}
static bool connect_local(void) {
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	memcpy(to.sun_path + 1, local, strlen(local));
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	return fd >= 0 && connect(fd, (struct sockaddr *)&to, (socklen_t)(sizeof to.sun_family + 1 + strlen(local))) == 0;
}
static bool send_datagram(void) {
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(53), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	return fd >= 0 && sendto(fd, "x", 1, 0, (struct sockaddr *)&to, sizeof to) == 1;
}
static bool raw_packets(void) { return socket(AF_PACKET, SOCK_RAW, 0) >= 0; }
static bool virtual_socket(void) { return socket(AF_VSOCK, SOCK_STREAM, 0) >= 0; }
static bool netlink(void) { return socket(AF_NETLINK, SOCK_RAW, 0) >= 0; }
static bool listen_elsewhere(void) {
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	return fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(fd, 1) == 0;
}
static bool read_outside(void) { return open(outside, O_RDONLY) >= 0; }
static bool write_outside(void) { return open(outside, O_WRONLY) >= 0; }
static bool create_outside(void) { return open("/var/tmp/sitovka-proof", O_WRONLY | O_CREAT, 0600) >= 0; }
static bool remove_outside(void) { return unlink(outside) == 0; }
static bool list_homes(void) { return open("/root", O_RDONLY | O_DIRECTORY) >= 0 || open("/home", O_RDONLY | O_DIRECTORY) >= 0; }
static bool write_own_program(void) { return open(own, O_WRONLY) >= 0; }
static bool read_others_memory(void) {
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/mem", (int)parent);
	return open(path, O_RDONLY) >= 0;
}
static bool read_others_environment(void) { return open("/proc/1/environ", O_RDONLY) >= 0; }
static bool look_into(void) { return ptrace(PTRACE_SEIZE, parent, 0, 0) == 0; }
static bool copy_from(void) {
	char to[8];
	struct iovec here = {to, sizeof to}, there = {folder, sizeof to};
	return process_vm_readv(parent, &here, 1, &there, 1, 0) > 0;
}
static bool end_others(void) { return kill(parent, 0) == 0; }
static bool signal_others(void) { return syscall(SYS_tgkill, parent, parent, 0) == 0; }
static bool mount_something(void) { return mount("none", folder, "tmpfs", 0, NULL) == 0; }
static bool unmount(void) { return umount2("/proc", MNT_DETACH) == 0; }
static bool new_namespace(void) { return unshare(CLONE_NEWUSER) == 0; }
static bool change_root(void) { return chroot(folder) == 0; }
static bool load_bpf(void) {
	union bpf_attr a = {.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
	return syscall(SYS_bpf, BPF_MAP_CREATE, &a, sizeof a) >= 0;
}
static bool keys(void) { return syscall(SYS_keyctl, 0, -3, 1) >= 0; }
static bool ring(void) {
	char parameters[256] = {0};
	return syscall(SYS_io_uring_setup, 4, parameters) >= 0;
}
static bool faults(void) { return syscall(SYS_userfaultfd, 0) >= 0; }
static bool set_clock(void) {
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return syscall(SYS_clock_settime, CLOCK_REALTIME, &t) == 0;
}
static bool other_user(void) { return setresuid(65534, 65534, 65534) == 0; }
static bool more_memory(void) {
	struct rlimit l = {RLIM_INFINITY, RLIM_INFINITY};
	return setrlimit(RLIMIT_DATA, &l) == 0;
}
static bool new_code(void) { return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED; }
static bool code_from_data(void) {
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p != MAP_FAILED && mprotect(p, 4096, PROT_READ | PROT_EXEC) == 0;
}
static bool make_device(void) {
	char path[3200];
	snprintf(path, sizeof path, "%s/device", folder);
	return mknod(path, S_IFCHR | 0600, 0x103) == 0;
}
static bool open_disk(void) { return open("/dev/vda", O_RDONLY) >= 0 || open("/dev/sda", O_RDONLY) >= 0 || open("/dev/mem", O_RDONLY) >= 0; }
static bool load_module(void) { return syscall(SYS_finit_module, 0, "", 0) == 0; }

/* ---- what must go on ---- */

static void *nothing(void *arg) { return arg; }
static bool start_thread(void) {
	pthread_t t;
	return pthread_create(&t, NULL, nothing, NULL) == 0 && pthread_join(t, NULL) == 0;
}
static bool write_inside(void) {
	char path[3200];
	snprintf(path, sizeof path, "%s/kept", folder);
	int fd = open(path, O_WRONLY | O_CREAT, 0600);
	return fd >= 0 && write(fd, "x", 1) == 1 && fsync(fd) == 0 && close(fd) == 0 && rename(path, path) == 0 && unlink(path) == 0;
}
static bool read_zones(void) { return access("/usr/share/zoneinfo", F_OK) != 0 || open("/usr/share/zoneinfo", O_RDONLY | O_DIRECTORY) >= 0; }
static bool take_memory(void) {
	char *p = malloc(64u << 20);
	if (!p)
		return false;
	memset(p, 1, 64u << 20);
	free(p);
	return true;
}
static bool use_pipe(void) {
	int *fds = (int[2]){3, 4};
	char c = 'x';
	return write(fds[1], &c, 1) == 1 && read(fds[0], &c, 1) == 1;
}

typedef struct Action {
	const char *what;
	bool (*act)(void);
	bool  also_convert;                      /* for allowed ones */
} Action;

static const Action forbidden[] = {
	{"run a program", run_program}, {"run a program from memory", run_from_memory}, {"make a process", new_process},
	{"make a process that its parent owns", new_process_beside}, {"connect to a port", connect_tcp}, {"connect to a local service", connect_local},
	{"send a datagram", send_datagram}, {"send raw packets", raw_packets}, {"open a socket to the host of the machine", virtual_socket},
	{"talk to the kernel by netlink", netlink}, {"listen on another port", listen_elsewhere}, {"read a file outside", read_outside},
	{"write a file outside", write_outside}, {"create a file outside", create_outside}, {"remove a file outside", remove_outside},
	{"look into home folders", list_homes}, {"write to its own program", write_own_program}, {"read another process's memory as a file", read_others_memory},
	{"read another process's environment", read_others_environment}, {"trace another process", look_into}, {"copy another process's memory", copy_from},
	{"send a signal to another process", end_others}, {"send a signal to another thread", signal_others}, {"mount", mount_something}, {"unmount", unmount},
	{"make a namespace", new_namespace}, {"change the root", change_root}, {"load code into the kernel", load_bpf}, {"load a module", load_module},
	{"use the kernel's keys", keys}, {"open a ring of calls", ring}, {"catch page faults", faults}, {"set the clock", set_clock},
	{"become another user", other_user}, {"raise its own limits", more_memory}, {"make memory that is written and run", new_code},
	{"make written memory run", code_from_data}, {"make a device", make_device}, {"open a disk", open_disk},
};
static const Action allowed[] = {
	{"start a thread", start_thread, false}, {"write, sync, rename and remove in its folder", write_inside, false}, {"read the zones of the clock", read_zones, false},
	{"take memory", take_memory, true}, {"use its pipes", use_pipe, true},
};

NO_RETURN static void confined(SandboxRole role, const Action *a) {
	const SandboxPath web[] = {{folder, PATH_WRITE}, {"/etc", PATH_READ}, {"/usr/share/zoneinfo", PATH_READ}, {"/proc/self", PATH_READ}};
	const char *why = "";
	sandbox_process();
	if (!sandbox_paths(web, role == SANDBOX_WEB ? LEN(web) : 0, false, &why) || !sandbox_calls(role, SANDBOX_KILL, false, &why)) {
		printf("# %s\n", why);
		fflush(stdout);
		_exit(3);
	}
	_exit(a->act() ? 0 : 1);
}

/* Did it work? -1: the walls could not be put up. */
static int attempt(SandboxRole role, const Action *a, const char **how) {
	int status;
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0)
		confined(role, a);
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return -1;
	*how = WIFSIGNALED(status) ? WTERMSIG(status) == SIGSYS ? "killed" : "crashed" : "refused";
	if (WIFSIGNALED(status))
		return WTERMSIG(status) == SIGSYS ? 0 : -1;
	return WEXITSTATUS(status) == 3 ? -1 : WEXITSTATUS(status) == 0;
}

static int tests, failures;
static void say(bool fine, const char *role, const char *what, const char *how) {
	printf("%s %d - %s: %s (%s)\n", fine ? "ok" : "not ok", ++tests, role, what, how);
	failures += !fine;
}

/* Without walls: an action that fails here too proves nothing. */
static bool works_unconfined(const Action *a) {
	int status;
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0)
		_exit(a->act() ? 0 : 1);
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void prepare(const char *given) {
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	socklen_t len = sizeof at;
	parent = getpid();
	snprintf(folder, sizeof folder, "%s/data", given);
	snprintf(outside, sizeof outside, "%s/outside", given);
	CHECK(mkdir(folder, 0700) == 0 && readlink("/proc/self/exe", own, sizeof own - 1) > 0);
	int fd = open(outside, O_WRONLY | O_CREAT, 0600), tcp = socket(AF_INET, SOCK_STREAM, 0), un = socket(AF_UNIX, SOCK_STREAM, 0);
	CHECK(fd >= 0 && bind(tcp, (struct sockaddr *)&at, sizeof at) == 0 && listen(tcp, 64) == 0 && getsockname(tcp, (struct sockaddr *)&at, &len) == 0);
	port = ntohs(at.sin_port);
	snprintf(local, sizeof local, "sitovka-proof-%d", (int)parent);
	memcpy(name.sun_path + 1, local, strlen(local));
	CHECK(bind(un, (struct sockaddr *)&name, (socklen_t)(sizeof name.sun_family + 1 + strlen(local))) == 0 && listen(un, 64) == 0);
	int fds[2];
	CHECK(pipe(fds) == 0 && dup2(fds[0], 20) == 20 && dup2(fds[1], 21) == 21 && dup2(20, 3) == 3 && dup2(21, 4) == 4);
}

int main(int argc, char **argv) {
	static const struct { SandboxRole role; const char *name; } roles[] = {{SANDBOX_WEB, "web"}, {SANDBOX_CONVERT, "convert"}};
	const char *how = "";
	int telling = 0;
	CHECK(argc == 2);
	prepare(argv[1]);
	for (size_t i = 0; i < LEN(forbidden); i++)
		if (forbidden[i].act != remove_outside && forbidden[i].act != unmount && forbidden[i].act != mount_something)
			telling += works_unconfined(&forbidden[i]);
	printf("# %d of %zu forbidden actions work without walls on this machine\n", telling, LEN(forbidden));
	for (size_t r = 0; r < LEN(roles); r++) {
		for (size_t i = 0; i < LEN(forbidden); i++) {
			int got = attempt(roles[r].role, &forbidden[i], &how);
			say(got == 0, roles[r].name, forbidden[i].what, got < 0 ? "no answer" : how);
		}
		for (size_t i = 0; i < LEN(allowed); i++)
			if (roles[r].role == SANDBOX_WEB || allowed[i].also_convert)
				say(attempt(roles[r].role, &allowed[i], &how) == 1, roles[r].name, allowed[i].what, "allowed");
	}
	say(telling >= 20, "this machine", "at least twenty of them would work without walls", "so the proof tells something");
	printf("%d passed, %d failed\n", tests - failures, failures);
	return failures ? 1 : 0;
}
