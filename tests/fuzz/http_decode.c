/* Whatever decodes is clean text; whatever is a path is normal, and stays the same path when it is read again. */
#include "http/decode.h"
#include "http/http.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static void check_path(Str path) {
	CHECK(str_starts(path, S("/")) && http_is_clean(path, false));
	CHECK(!str_has(path, S("//")) && !str_has(path, S("/../")) && !str_has(path, S("/./")));
	CHECK(!str_ends(path, S("/..")) && !str_ends(path, S("/.")));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Str raw = str_of((const char *)data, size), text, path, query, again;
	const char *why = NULL;
	for (int how = 0; how < 4; how++)
		if (http_decode(&a, raw, how & 1, how & 2, &text)) {
			CHECK(text.len <= raw.len && http_is_clean(text, how & 2));
			CHECK(utf8_valid(text));
		}
	if (http_read_path(&a, raw, &path, &query, &why)) {
		check_path(path);
		CHECK(path.len + query.len <= raw.len);
		if (!str_has(path, S("%")) && !str_has(path, S("?")) && !str_has(path, S("#"))) {
			CHECK(http_read_path(&a, path, &again, &query, &why));
			CHECK(str_eq(path, again));
		}
	} else {
		CHECK(why && why[0]);
	}
	arena_free(&a);
	return 0;
}
