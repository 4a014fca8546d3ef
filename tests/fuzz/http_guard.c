/* A head from lines, as the library would show it: what passes has one Host of ours, one way of saying its length, clean text
 * everywhere; what does not has a status and a sentence. */
#include "http/decode.h"
#include "http/guard.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static size_t count(const Params *p, Str name) {
	size_t n = 0;
	for (size_t i = 0; i < p->len; i++)
		n += http_same(p->at[i].name, name);
	return n;
}

static void check_passed(const HttpHead *h, const Verdict *v) {
	CHECK(count(&h->headers, S("host")) == 1);
	CHECK(count(&h->headers, S("content-length")) + count(&h->headers, S("transfer-encoding")) <= 1);
	CHECK(str_starts(h->target, S("/")) && http_is_clean(h->target, false) && h->target.len <= GUARD_TARGET);
	CHECK(v->method != METHOD_OTHER && (v->method == METHOD_POST || (!v->length && !v->chunked)));
	CHECK(h->headers.len <= GUARD_FIELDS);
	for (size_t i = 0; i < h->headers.len; i++)
		CHECK(h->headers.at[i].name.len > 0 && http_is_clean(h->headers.at[i].value, true));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Str rest = str_of((const char *)data, size);
	Str line = str_cut(&rest, '\n');
	HttpHead h = {.size = size};
	h.method = str_cut(&line, ' ');
	h.target = str_cut(&line, ' ');
	h.version = line;
	while (rest.len) {
		Str value = str_cut(&rest, '\n');
		Str name = str_cut(&value, ':');
		*ARENA_PUSH(&a, h.headers.at, h.headers.len, h.headers.cap) = (Param){name, value};
	}
	Strs hosts = {(Str[]){S("a"), S("[::1]")}, 2, 2};
	Verdict v = guard_head(&h, &hosts);
	if (v.status == 0)
		check_passed(&h, &v);
	else
		CHECK(v.status >= 400 && v.status <= 501 && v.err != OK && v.why && v.why[0]);
	arena_free(&a);
	return 0;
}
