/* Reports of delivery: bytes of any kind. What is said to be one names a letter. */
#include "core/mail_return.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena      a = {0};
	MailReport m;
	if (mail_report_read(&a, str_of((const char *)data, size), &m)) {
		CHECK(m.letter > 0 && m.written_ms > 0 && m.status.len <= 10);
		CHECK(utf8_valid(m.words) && utf8_valid(m.status));
	}
	arena_free(&a);
	return 0;
}
