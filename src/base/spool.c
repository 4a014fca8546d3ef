#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void close_spool(void *arg) {
	int *fd = arg;
	if (*fd >= 0)
		close(*fd);
}

int spool_new(const char *folder) {
	int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
		return fd;
	char path[4096];                         /* a file system without nameless files */
	int n = snprintf(path, sizeof path, "%s/sitovka-XXXXXX", folder);
	if (n < 0 || (size_t)n >= sizeof path)
		return -1;
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

int spool_open(Arena *a, Str folder) {
	int *held = arena_alloc(a, sizeof *held);        /* first the promise to close, then the file: memory may run out between */
	*held = -1;
	arena_defer(a, close_spool, held);
	*held = spool_new(str_z(a, folder));
	return *held;
}

bool spool_write(int fd, Str bytes) {
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_from(bytes, (size_t)n);
	}
	return true;
}

bool spool_rewind(int fd) {
	return lseek(fd, 0, SEEK_SET) == 0;
}

bool spool_read(int fd, size_t most, Buf *to) {
	char piece[64 * 1024];
	for (off_t at = 0; to->len < most;) {
		ssize_t n = pread(fd, piece, sizeof piece, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		buf_put(to, piece, (size_t)n);
		at += n;
	}
	return true;
}
