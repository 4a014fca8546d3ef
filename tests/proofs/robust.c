/* robust.c: a server is treated badly and looked at: proof-robust stuck|malformed|soak|overload PORT PID …; the scripts beside it start the server.
 * Each prints figures, and ends with 0 when what the manual promises held. */
#include "tests/proofs/robust.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int connect_port(int port) {
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((u16)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct timeval patience = {.tv_sec = 10};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
		perror("the server cannot be reached");
		exit(2);
	}
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	return fd;
}

u64 now_us(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (u64)t.tv_sec * 1000000 + (u64)t.tv_nsec / 1000;
}

u64 resident_kb(pid_t pid) {
	char path[64];
	long all = 0, resident = 0;
	snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
	FILE *f = fopen(path, "r");
	if (f && fscanf(f, "%ld %ld", &all, &resident) != 2)
		resident = 0;
	if (f)
		fclose(f);
	return (u64)resident * 4;
}

int descriptors(pid_t pid) {
	char path[64];
	int  n = 0;
	snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
	DIR *d = opendir(path);
	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n - 2;
}

u64 next_luck(u64 *luck) {                   /* xorshift64*: the same seed, the same requests */
	*luck ^= *luck >> 12;
	*luck ^= *luck << 25;
	*luck ^= *luck >> 27;
	return *luck * UINT64_C(0x2545F4914F6CDD1D) >> 32;
}

static int by_size(const void *a, const void *b) {
	u64 x = *(const u64 *)a, y = *(const u64 *)b;
	return x < y ? -1 : x > y;
}

u64 percentile(u64 *list, size_t n, int percent) {
	if (n == 0)
		return 0;
	qsort(list, n, sizeof *list, by_size);
	size_t at = n * (size_t)percent / 100;
	return list[at < n ? at : n - 1];
}

int get_status(const Target *t, const char *path) {
	char text[600], answer[16];
	int  n = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: %.*s\r\nConnection: close\r\n\r\n", path, STR_ARG(t->host));
	int  fd = connect_port(t->port), status = 0;
	if (send(fd, text, (size_t)n, MSG_NOSIGNAL) == n && recv(fd, answer, 12, MSG_WAITALL) == 12 && memcmp(answer, "HTTP/1.1 ", 9) == 0) {
		status = (answer[9] - '0') * 100 + (answer[10] - '0') * 10 + (answer[11] - '0');
		char waste[16384];
		while (recv(fd, waste, sizeof waste, 0) > 0) {
		}
	}
	close(fd);
	return status;
}

static i64 number(int argc, char **argv, int i, i64 standard) {
	i64 n;
	return i < argc && str_to_int(str_c(argv[i]), &n) ? n : standard;
}

int main(int argc, char **argv) {
	Target t = {.port = (int)number(argc, argv, 2, 0), .pid = (pid_t)number(argc, argv, 3, 0), .host = S("localhost")};
	Str what = argc > 3 ? str_c(argv[1]) : (Str){0};
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (str_eq(what, S("stuck")))
		return stuck(&t, (int)number(argc, argv, 4, 1000), (int)number(argc, argv, 5, 10));
	if (str_eq(what, S("malformed"))) {
		bool proxy = argc > 6 && strcmp(argv[6], "proxy") == 0;
		if (proxy)
			t.host = S("sitovka.example");
		return malformed(&t, (int)number(argc, argv, 4, 50000), (u64)number(argc, argv, 5, 1), proxy);
	}
	if (str_eq(what, S("soak")))
		return soak(&t, number(argc, argv, 4, 1000000));
	if (str_eq(what, S("overload")))
		return overload(&t, (int)number(argc, argv, 4, 10));
	fprintf(stderr, "proof-robust stuck PORT PID [CONNECTIONS SECONDS] | malformed PORT PID [REQUESTS SEED [proxy]] | soak PORT PID [REQUESTS] | overload PORT PID [SECONDS]\n");
	return 2;
}
