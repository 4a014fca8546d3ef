/* Numbers of resolutions. What is read is written one way and read again as the same number. */
#include "domain/library/resolution.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena            a = {0};
	ResolutionNumber n, again;
	if (resolution_number_read(&a, (Str){(const char *)data, size}, &n)) {
		Str text = resolution_number_text(&a, &n);
		CHECK(n.no > 0 && n.year > 2000 && n.year < 2100 && n.body.len);
		CHECK(resolution_number_read(&a, text, &again) && again.no == n.no && again.year == n.year && str_eq(again.body, n.body));
	}
	arena_free(&a);
	return 0;
}
