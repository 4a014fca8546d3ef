/* Reading event by event, in one piece and in small ones, and skipping must judge the same bytes alike; what was read and written
 * again must read as the same events. */
#include "base/json.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

typedef struct Drip {
	Str    text;
	size_t piece;
} Drip;

static i64 drip(void *arg, char *to, size_t size) {
	Drip *d = arg;
	size_t n = d->piece < size ? d->piece : size;
	if (n > d->text.len)
		n = d->text.len;
	if (n)
		memcpy(to, d->text.ptr, n);
	d->text = str_from(d->text, n);
	return (i64)n;
}

/* Walk to the end, writing every event again. True when the document is good. */
static bool copy(JsonReader *r, Buf *b, Arena *a) {
	JsonWriter w = {.out = b};
	JsonEvent e;
	while ((e = json_next(r)) > JSON_END) {
		Str t = json_text(r);
		i64 n;
		CHECK(json_depth(r) >= 0 && json_depth(r) <= 32);
		switch (e) {
		case JSON_OBJECT: jw_object(&w); break;
		case JSON_OBJECT_END: jw_object_end(&w); break;
		case JSON_ARRAY: jw_array(&w); break;
		case JSON_ARRAY_END: jw_array_end(&w); break;
		case JSON_KEY: CHECK(utf8_valid(t)); jw_key(&w, str_z(a, t)); break;
		case JSON_STRING: CHECK(utf8_valid(t)); jw_str(&w, t); break;
		case JSON_NUMBER: (void)json_int(r, &n); jw_raw(&w, t); break;
		case JSON_TRUE: jw_bool(&w, true); break;
		case JSON_FALSE: jw_bool(&w, false); break;
		case JSON_NULL: jw_null(&w); break;
		case JSON_ERROR: case JSON_END: break;
		}
	}
	CHECK(json_next(r) == e && json_offset(r) <= SIZE_MAX);
	CHECK((e == JSON_ERROR) == (json_why(r).len > 0) && utf8_valid(json_why(r)));
	return e == JSON_END;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Buf whole = {0}, pieces = {0}, again = {0};
	Str text = {(const char *)data, size};
	size_t limit = size && data[0] % 4 == 0 ? 16 : 4096;

	JsonReader *r = json_open_str(&a, text), *s = json_open_str(&a, text);
	JsonReader *d = json_open(&a, drip, &(Drip){text, size % 7 + 1});
	json_set_max_token(r, limit);
	json_set_max_token(s, limit);
	json_set_max_token(d, limit);
	bool good = copy(r, &whole, &a);
	CHECK(good == copy(d, &pieces, &a));
	CHECK(str_eq(buf_view(&whole), buf_view(&pieces)));
	CHECK(good == (json_skip(s) && json_next(s) == JSON_END));
	CHECK(good || str_eq(json_why(r), json_why(s)));

	if (good) {
		JsonReader *w = json_open_str(&a, buf_view(&whole));
		CHECK(copy(w, &again, &a));
		CHECK(str_eq(buf_view(&whole), buf_view(&again)));
	}
	buf_free(&whole);
	buf_free(&pieces);
	buf_free(&again);
	arena_free(&a);
	return 0;
}
