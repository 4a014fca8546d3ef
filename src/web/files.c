/* files.c: the program's own style sheet, script and pictures, from memory. The name has a digest, so they may be kept for ever. */
#include "assets.h"
#include "web/inside.h"

bool asset_answer(HttpRequest *r, HttpResponse *w) {
	for (size_t i = 0; i < assets_count; i++) {
		const Asset *f = &assets_all[i];
		if (!str_eq(f->url, r->path))
			continue;
		headers_of_every_answer(r, w);
		http_set_header(r, w, "Cache-Control", S("public, max-age=31536000, immutable"));
		http_set_header(r, w, "ETag", f->etag);
		http_set_header(r, w, "Vary", S("Accept-Encoding"));
		if (http_etag_matches(http_header(r, "if-none-match"), f->etag)) {
			w->status = 304;
			return true;
		}
		Str accept = http_header(r, "accept-encoding");
		w->static_bytes = f->bytes;
		if (f->brotli.len && http_accepts(accept, S("br"))) {
			w->static_bytes = f->brotli;
			http_set_header(r, w, "Content-Encoding", S("br"));
		} else if (f->gzip.len && http_accepts(accept, S("gzip"))) {
			w->static_bytes = f->gzip;
			http_set_header(r, w, "Content-Encoding", S("gzip"));
		}
		http_set_header(r, w, "Content-Type", f->type);
		return true;
	}
	return false;
}
