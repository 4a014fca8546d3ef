/* scan.h: asking the virus scanner of this machine (clamd) about a file, over its UNIX socket (`serve --scanner SOCKET`).
 *
 * What is not plainly said to be clean is not clean: an answer that is cut off, strange or late counts as no answer, and then nothing is
 * stored. It may take SCAN_SECONDS, so it is never asked on an I/O thread nor inside a write transaction. */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum { SCAN_SECONDS = 30 };                  /* for all files of one form together */

typedef enum ScanEnd {
	SCAN_CLEAN,
	SCAN_FOUND,
	SCAN_TOO_LARGE,                          /* for the scanner: StreamMaxLength of its settings */
	SCAN_SILENT,                             /* nobody answers, or nothing that we understand */
} ScanEnd;

typedef struct ScanAnswer {
	ScanEnd end;
	Str     name;                            /* of what was found, as the scanner calls it: printable ASCII */
	Str     why;                             /* English, for the administrator: why there is no answer */
} ScanAnswer;

/* The whole path of a socket, short enough for the kernel. */
bool       scan_socket_fine(Str path);
/* Bytes from memory (fd < 0) or `size` bytes of a descriptor, whose position stays; `until`: see scan_until. */
ScanAnswer scan_ask(Arena *a, Str socket, Str bytes, int fd, u64 size, i64 until);
/* Is somebody there who understands us? Waits two seconds at most. */
ScanAnswer scan_ping(Arena *a, Str socket);
/* The instant of the monotonic clock (ms) by which the answer must be here. */
i64        scan_until(int seconds);
/* One answer of the scanner without its closing zero byte. */
ScanAnswer scan_read(Arena *a, Str answer);
