/* What a virus scanner says. Clean is one sentence only; a name that is shown is printable. */
#include <string.h>

#include "core/scan.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena      a = {0};
	ScanAnswer s = scan_read(&a, str_of((const char *)data, size));
	CHECK(s.end != SCAN_CLEAN || (size == 10 && memcmp(data, "stream: OK", 10) == 0));
	CHECK((s.end == SCAN_FOUND) == (s.name.len > 0) && (s.end == SCAN_SILENT) == (s.why.len > 0));
	CHECK(s.name.len <= 100);
	for (size_t i = 0; i < s.name.len; i++)
		CHECK(s.name.ptr[i] > ' ' && s.name.ptr[i] <= '~');
	arena_free(&a);
	return 0;
}
