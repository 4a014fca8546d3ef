/* Czech text of any bytes: nothing breaks, results are valid, and doing it twice changes nothing. */
#include "base/text.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Str s = {(const char *)data, size};
	Str folded = text_fold(&a, s), clean = text_clean(&a, s), lines = text_clean_lines(&a, s), slug = text_slug(&a, s);
	CHECK(str_eq(text_fold(&a, folded), folded));
	CHECK(str_eq(text_clean(&a, clean), clean));
	CHECK(str_eq(text_clean_lines(&a, lines), lines));
	CHECK(str_eq(text_slug(&a, slug), slug));
	CHECK(slug.len <= 60);
	for (size_t i = 0; i < slug.len; i++)
		CHECK(strchr("abcdefghijklmnopqrstuvwxyz0123456789-", slug.ptr[i]));
	CHECK(slug.len == 0 || (slug.ptr[0] != '-' && slug.ptr[slug.len - 1] != '-'));

	Str key = text_sort_key(&a, s);
	CHECK(str_eq(text_sort_key(&a, s), key));
	CHECK(!utf8_valid(s) || str_eq(text_sort_key(&a, clean), text_sort_key(&a, text_clean(&a, clean))));

	Str held = text_nbsp(&a, s);
	CHECK(str_eq(str_replace(&a, held, S("\xC2\xA0"), S(" ")), str_replace(&a, s, S("\xC2\xA0"), S(" "))));
	CHECK(!text_acceptable(s) || (utf8_valid(s) && text_acceptable(clean) && text_acceptable(lines) && text_acceptable(held)));

	Str x = text_from_cp1250(&a, s), le = text_from_utf16(&a, s, true), be = text_from_utf16(&a, s, false);
	for (size_t pos = 0; pos < x.len;)
		CHECK(utf8_next(x, &pos) != 0xFFFD || (u8)x.ptr[pos - 1] == 0xBD);
	for (size_t pos = 0; pos < le.len;)
		CHECK(utf8_next(le, &pos) != 0xFFFD || (u8)le.ptr[pos - 1] == 0xBD);
	for (size_t pos = 0; pos < be.len;)
		CHECK(utf8_next(be, &pos) != 0xFFFD || (u8)be.ptr[pos - 1] == 0xBD);
	arena_free(&a);
	return 0;
}
