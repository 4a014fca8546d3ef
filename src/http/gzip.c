#include "http/gzip.h"

#include <pthread.h>
#include <stdlib.h>
#include <zlib.h>

#include "http/http.h"

/* A deflate state takes 256 kB and 20 µs to make, so each thread keeps one. */
typedef struct Deflater {
	z_stream z;
	int      level;
} Deflater;

static pthread_key_t  key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void end_deflater(void *arg) {
	Deflater *d = arg;
	deflateEnd(&d->z);
	free(d);
}

static void make_key(void) {
	CHECK(pthread_key_create(&key, end_deflater) == 0);
}

/* NULL when memory is short: then the answer goes out uncompressed. */
static Deflater *take_deflater(int level) {
	pthread_once(&once, make_key);
	Deflater *d = pthread_getspecific(key);
	if (d && d->level == level)
		return deflateReset(&d->z) == Z_OK ? d : NULL;
	if (d)
		end_deflater(d);
	pthread_setspecific(key, NULL);
	d = calloc(1, sizeof *d);
	if (!d)
		return NULL;
	d->level = level;
	enum { GZIP = 16, WINDOW = 15, MEMORY = 8 };
	if (deflateInit2(&d->z, level, Z_DEFLATED, GZIP + WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
		free(d);
		return NULL;
	}
	pthread_setspecific(key, d);
	return d;
}

bool http_gzip_into(Buf *to, Str bytes, int level) {
	Deflater *d = bytes.len && bytes.len < UINT32_MAX ? take_deflater(level) : NULL;
	if (!d)
		return false;
	buf_more(to, bytes.len);                 /* no more than that, or it is not worth it */
	d->z.next_in = (Bytef *)(uintptr_t)bytes.ptr;
	d->z.avail_in = (uInt)bytes.len;
	d->z.next_out = (Bytef *)to->ptr + to->len;
	d->z.avail_out = (uInt)bytes.len - 1;
	if (deflate(&d->z, Z_FINISH) != Z_STREAM_END)
		return false;
	to->len += (size_t)d->z.total_out;
	return true;
}

Str http_gzip(Arena *a, Str bytes, int level) {
	CLEANUP(buf_free) Buf b = {0};
	return http_gzip_into(&b, bytes, level) ? buf_take(&b, a) : (Str){0};
}
