/* Changes as a record of the trail keeps them: any text is either none of ours, or written again it says the same. */
#include "core/trail_record.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena        a = {0};
	Buf          out = {0};
	TrailChange *first, *second;
	size_t       n, again;
	if (trail_changes_read(&a, str_of((const char *)data, size), &first, &n)) {
		for (size_t i = 0; i < n; i++) {
			CHECK(first[i].field && utf8_valid(first[i].before) && utf8_valid(first[i].after));
			first[i].personal = false;       /* digests are values from here on */
		}
		trail_changes_write(&a, &out, first, n, NULL);
		CHECK(trail_changes_read(&a, buf_take(&out, &a), &second, &again) && again == n);
		for (size_t i = 0; i < n; i++)
			CHECK(str_eq(str_c(first[i].field), str_c(second[i].field)) && str_eq(first[i].before, second[i].before) &&
			      str_eq(first[i].after, second[i].after));
	}
	buf_free(&out);
	arena_free(&a);
	return 0;
}
