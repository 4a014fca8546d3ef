/* Subjects, names, addresses and texts of letters: parted by byte 1. */
#include "core/mail_message.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static void check_lines(Str m) {
	bool   in_head = true;
	size_t column = 0;
	for (size_t i = 0; i < m.len; i++) {
		CHECK((m.ptr[i] >= ' ' && m.ptr[i] <= '~') || m.ptr[i] == '\r' || m.ptr[i] == '\n' || (!in_head && m.ptr[i] == '\t'));
		if (m.ptr[i] == '\r') {
			CHECK(i + 1 < m.len && m.ptr[i + 1] == '\n');
			in_head = in_head && column > 0;
			column = 0;
			i++;
		} else {
			CHECK(m.ptr[i] != '\n');
			column++;
		}
		CHECK(column <= 300);
	}
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena       a = {0};
	Str         rest = str_of((const char *)data, size);
	MailMessage m = {.from = S("a@b.cz"), .from_name = str_cut(&rest, 1), .to = str_cut(&rest, 1), .subject = str_cut(&rest, 1), .body = rest, .id = S("1@b.cz"),
	                 .at = {INT64_C(1763802000000)}};
	if (!mail_address_fine(m.to))
		m.to = S("c@d.cz");
	Str    s = mail_message(&a, &m);
	size_t headers = 0;
	check_lines(s);
	for (Str head = str_first(s, (size_t)str_find(s, S("\r\n\r\n"))); head.len;) {
		Str line = str_cut(&head, '\n');
		headers += !str_starts(line, S(" "));
	}
	CHECK(headers == 10);
	arena_free(&a);
	return 0;
}
