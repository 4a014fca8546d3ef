/* Lines of iCalendar. */
#include "base/ical.h"
#include "tests/test.h"

static Str text_line(const char *value) {
	Buf b = {0};
	ical_text(&b, "SUMMARY", str_c(value));
	Str s = buf_take(&b, t_arena);
	buf_free(&b);
	return s;
}

TEST("ical: what has a meaning in texts is escaped, ends of lines become \\n") {
	EQ_TEXT(text_line("Sál, 2. patro; vchod \\ A\r\nod devíti"), "SUMMARY:Sál\\, 2. patro\\; vchod \\\\ A\\nod devíti\r\n");
}

TEST("ical: lines are folded at 75 octets and never inside a character") {
	Buf    text = {0};
	size_t joined = 0;
	for (int i = 0; i < 60; i++)
		buf_lit(&text, "ěš1");
	Str rest = text_line(str_z(t_arena, buf_view(&text)));
	buf_free(&text);
	while (rest.len) {
		i64 end = str_find(rest, S("\r\n"));
		EXPECT(end >= 0 && end <= 75);
		Str line = str_first(rest, (size_t)end);
		EXPECT(utf8_valid(line));
		joined += line.len;
		rest = str_from(rest, (size_t)end + 2);
	}
	EXPECT(joined > 120);
}

TEST("ical: instants are written in UTC, no instant is no line") {
	Buf b = {0};
	ical_utc(&b, "DTSTART", prague_instant(D(2023, 11, 16), 9 * 3600));
	ical_utc(&b, "DTEND", (Instant){0});
	EQ_STR(buf_view(&b), S("DTSTART:20231116T080000Z\r\n"));
	buf_free(&b);
}
