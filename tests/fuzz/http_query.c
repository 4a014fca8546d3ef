/* Pairs are clean text and never more than the limit; a double that is found is one; looking by table finds what looking at
 * all finds. */
#include "http/decode.h"
#include "http/http.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static bool has_double(const Params *p) {
	for (size_t i = 0; i < p->len; i++)
		for (size_t j = 0; j < i; j++)
			if (str_eq(p->at[i].name, p->at[j].name))
				return true;
	return false;
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Params p = {0};
	const char *why = NULL;
	size_t limit = size ? data[0] : 10;
	if (http_read_query(&a, str_of((const char *)data, size), limit, &p, &why)) {
		CHECK(p.len <= limit);
		for (size_t i = 0; i < p.len; i++) {
			bool found;
			CHECK(p.at[i].name.len > 0 && http_is_clean(p.at[i].name, false) && http_is_clean(p.at[i].value, true));
			http_param(&p, p.at[i].name, &found);
			CHECK(found);
		}
		CHECK(has_double(&p) == (http_find_double(&p, NULL).len > 0));
	} else {
		CHECK(why && why[0]);
	}
	arena_free(&a);
	return 0;
}
