#include "base/squeeze.h"

#include <zlib.h>

enum { PIECE = 65536, LEVEL = 4 };

/* ---- writing ---- */

struct SqueezeWriter {
	z_stream z;
	SealSink sink;
	void    *arg;
	bool     failed;
	u8       out[PIECE];
};

static void end_writer(void *arg) {
	deflateEnd(&((SqueezeWriter *)arg)->z);
}

SqueezeWriter *squeeze_open(Arena *a, SealSink sink, void *arg) {
	SqueezeWriter *w = NEW_ZERO(a, SqueezeWriter);
	w->sink = sink;
	w->arg = arg;
	w->failed = deflateInit(&w->z, LEVEL) != Z_OK;
	if (!w->failed)
		arena_defer(a, end_writer, w);
	return w;
}

static bool push(SqueezeWriter *w, int how) {
	do {
		w->z.next_out = w->out;
		w->z.avail_out = sizeof w->out;
		if (deflate(&w->z, how) == Z_STREAM_ERROR || !w->sink(w->arg, w->out, sizeof w->out - w->z.avail_out))
			w->failed = true;
	} while (!w->failed && w->z.avail_out == 0);
	return !w->failed;
}

bool squeeze_write(SqueezeWriter *w, const void *bytes, size_t n) {
	CHECK(n <= UINT32_MAX);
	if (w->failed || n == 0)
		return !w->failed;
	w->z.next_in = (u8 *)(uintptr_t)bytes;
	w->z.avail_in = (uInt)n;
	return push(w, Z_NO_FLUSH);
}

bool squeeze_end(SqueezeWriter *w) {
	if (w->failed)
		return false;
	w->z.avail_in = 0;
	return push(w, Z_FINISH);
}

/* ---- reading ---- */

struct SqueezeReader {
	z_stream   z;
	SealSource source;
	void      *arg;
	bool       failed, over;
	u8         in[PIECE];
};

static void end_reader(void *arg) {
	inflateEnd(&((SqueezeReader *)arg)->z);
}

SqueezeReader *squeeze_read_open(Arena *a, SealSource source, void *arg) {
	SqueezeReader *r = NEW_ZERO(a, SqueezeReader);
	r->source = source;
	r->arg = arg;
	r->failed = inflateInit(&r->z) != Z_OK;
	if (!r->failed)
		arena_defer(a, end_reader, r);
	return r;
}

static bool fill(SqueezeReader *r) {
	i64 got = r->source(r->arg, r->in, sizeof r->in);
	r->z.next_in = r->in;
	r->z.avail_in = got > 0 ? (uInt)got : 0;
	return got > 0;
}

i64 squeeze_read(SqueezeReader *r, void *to, size_t n) {
	u8 more;
	CHECK(n <= UINT32_MAX);
	if (r->failed)
		return -1;
	r->z.next_out = to;
	r->z.avail_out = (uInt)n;
	while (!r->over && r->z.avail_out == n) {
		if (r->z.avail_in == 0 && !fill(r)) {
			r->failed = true;
			return -1;
		}
		int how = inflate(&r->z, Z_NO_FLUSH);
		r->failed = how != Z_OK && how != Z_STREAM_END && how != Z_BUF_ERROR;
		if (r->failed)
			return -1;
		if (how == Z_STREAM_END) {
			r->over = true;
			r->failed = r->z.avail_in > 0 || r->source(r->arg, &more, 1) != 0;
		}
	}
	return r->failed ? -1 : (i64)(n - r->z.avail_out);
}
