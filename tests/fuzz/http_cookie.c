/* Headers of a browser: cookies, the codings that it accepts, the tags that it has. */
#include "http/decode.h"
#include "http/http.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Params p = {0};
	Str s = str_of((const char *)data, size);
	if (http_read_cookies(&a, s, &p)) {
		CHECK(p.len <= 100);
		for (size_t i = 0; i < p.len; i++)
			CHECK(p.at[i].name.len > 0 && !str_has(p.at[i].name, S(";")) && !str_has(p.at[i].value, S(";")) && http_is_clean(p.at[i].value, false));
	}
	if (http_accepts(s, S("gzip")))
		CHECK(str_has(str_lower_ascii(&a, s), S("gzip")) || str_has(s, S("*")));
	if (http_etag_matches(s, S("\"x\"")))
		CHECK(str_has(s, S("\"x\"")) || str_has(s, S("*")));
	Str name = http_attachment(&a, s);
	CHECK(http_is_clean(name, false) && str_starts(name, S("attachment; filename=\"")));
	arena_free(&a);
	return 0;
}
