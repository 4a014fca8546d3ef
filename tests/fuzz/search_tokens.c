/* Any bytes as a query and as a text: tokens keep their rule, and a text of the tokens themselves answers the query. */
#include "base/text.h"
#include "core/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	CLEANUP(arena_free) Arena a = {0};
	Str in = str_of((const char *)data, size), text = in, query = str_cut(&text, '\n');
	SearchTokens t = search_tokens(&a, query);
	CHECK(t.len <= LEN(t.at));
	Strs words = {0};
	for (size_t i = 0; i < t.len; i++) {
		Str s = t.at[i].text;
		CHECK(s.len > 0 && s.len <= 1000);
		for (size_t k = 0; k < s.len; k++)
			CHECK((s.ptr[k] >= 'a' && s.ptr[k] <= 'z') || (s.ptr[k] >= '0' && s.ptr[k] <= '9'));
		strs_add(&a, &words, s);
	}
	if (t.len)
		CHECK(t.at[t.len - 1].prefix);
	Str itself = str_join(&a, S(" "), words);
	CHECK(search_matches(&t, itself));
	if (t.len && !t.cut)
		CHECK(search_matches(&t, text_fold(&a, query)));
	if (search_matches(&t, text_fold(&a, text)))          /* more text never hides what was found */
		CHECK(search_matches(&t, str_cat(&a, str_cat(&a, text_fold(&a, text), S(" ")), itself)));
	return 0;
}
