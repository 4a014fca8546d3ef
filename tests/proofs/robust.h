/* robust.h: what the subcommands of proof-robust share: sockets on loopback, time, a server to look at. */
#pragma once
#include <sys/types.h>

#include "base/buf.h"
#include "tests/scenes/client.h"

typedef struct Target {
	int   port;
	pid_t pid;                               /* of the server; 0 = unknown */
	Str   host;
} Target;

int  connect_port(int port);                 /* ends the proof when it cannot */
u64  now_us(void);
u64  resident_kb(pid_t pid);
int  descriptors(pid_t pid);
u64  next_luck(u64 *luck);
/* Sorts; the value below which `percent` of them lie. */
u64  percentile(u64 *list, size_t n, int percent);
/* Status of a GET on a connection of its own; 0 = no whole answer. */
int  get_status(const Target *t, const char *path);

int stuck(const Target *t, int connections, int seconds);
int malformed(const Target *t, int requests, u64 seed, bool through_proxy);
int soak(const Target *t, i64 requests);
int overload(const Target *t, int seconds);
