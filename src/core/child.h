/* child.h: risky work in a process of its own that lives for one piece of work and then ends.
 *
 * The program starts one small helper before it has threads, connections or secrets. A thread that wants a piece of work done sends the
 * helper two pipes; the helper forks, the child locks itself in (core/sandbox.h), does its work, and ends. What it must not do, what it takes
 * too long for, and what it crashes of ends the child and nothing else. What a child says is believed as little as the file that it read. */
#pragma once
#include "base/buf.h"
#include "core/sandbox.h"

typedef enum ChildEnd {
	CHILD_DONE,
	CHILD_FAILED,                            /* it said so itself */
	CHILD_CRASHED,                           /* a mistake of ours, or a forbidden call */
	CHILD_TOO_LONG,                          /* processor time or the clock */
	CHILD_NO_MEMORY,
	CHILD_TOO_MUCH,                          /* more output than wanted */
	CHILD_BUSY,                              /* too many at once */
	CHILD_GONE,                              /* the helper is not there, or the machine is out of something */
} ChildEnd;
const char *child_end_name(ChildEnd e);

typedef struct ChildKind {
	const char *name;
	SandboxRole role;                        /* CONVERT, OUT or TOOL */
	int         cpu_seconds, wall_seconds;   /* the most that anybody may grant */
	u64         memory, most_out;            /* bytes */
	int       (*run)(int in, int out);       /* in the child; 0 = done */
	char      **command;                     /* of a TOOL instead: program with its whole path, and words. It runs in a folder of its own,
	                                            which is removed after it; it sees programs, libraries and fonts besides, nothing else */
	bool        sockets;                     /* a TOOL that asks a service of this machine */
} ChildKind;

enum { CHILD_KINDS = 32 };

/* Once, first thing of the process: every kind that will ever be wanted. Nobody can make the helper start anything else afterwards. */
void child_start(const ChildKind *const *kinds, size_t count, SandboxAnswer answer);
bool child_is_started(void);
/* Every second or so, by who started it: false when the helper has ended, which only a restart can mend. */
bool child_is_alive(void);
/* Ends the helper and waits for it. */
void child_stop(void);

/* Narrower than those of the kind; 0 = as the kind says. More than the kind allows is never given. */
typedef struct ChildLimits {
	int cpu_seconds, wall_seconds;
	u64 memory;
} ChildLimits;

/* What the child and its own children took. */
typedef struct ChildUsage {
	i64 cpu_ms;
	u64 memory;                              /* the most that one of them held at once */
} ChildUsage;

typedef struct ChildInput {
	Str head, bytes;                         /* one after the other */
	int fd;                                  /* read from 0 to its end after them; -1 = none */
	ChildLimits limits;
	ChildUsage *usage;                       /* filled when it ended; NULL = nobody asks */
	const bool *cancelled;                   /* atomic; once it is true nobody waits any longer, within a second: CHILD_GONE (Ctx.cancelled). NULL = never */
} ChildInput;
/* Feeds the child, collects what it says, waits for its end; any thread may call it, but not inside a write transaction. */
ChildEnd child_run(const ChildKind *k, const ChildInput *in, Buf *out);

/* ---- for `run` ---- */

/* All that comes, at most `most` bytes. */
bool child_read(int in, size_t most, Buf *ret);
/* A Buf that writes to `out`. */
Buf  child_writer(int *out);
enum { CHILD_EXIT_NO_MEMORY = 77 };
