#include "http/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static void close_spool(void *arg) {
	int *fd = arg;
	if (*fd >= 0)
		close(*fd);
}

int spool_open(Arena *a, Str folder) {
	int *held = arena_alloc(a, sizeof *held);        /* first the promise to close, then the file: memory may run out between */
	*held = -1;
	arena_defer(a, close_spool, held);
	int fd = open(str_z(a, folder), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {      /* a file system without nameless files */
		char *path = str_z(a, str_cat(a, folder, S("/sitovka-XXXXXX")));
		fd = *held = mkostemp(path, O_CLOEXEC);
		if (fd >= 0)
			unlink(path);
	}
	*held = fd;
	return fd;
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
