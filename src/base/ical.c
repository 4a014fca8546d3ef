#include "base/ical.h"

enum { LINE_OCTETS = 75 };

void ical_line(Buf *b, Str line) {
	size_t room = LINE_OCTETS;
	while (line.len > room) {
		size_t n = room;
		while (n > 0 && ((u8)line.ptr[n] & 0xC0) == 0x80)
			n--;
		buf_str(b, str_first(line, n));
		buf_lit(b, "\r\n ");
		line = str_from(line, n);
		room = LINE_OCTETS - 1;                          /* the blank counts */
	}
	buf_str(b, line);
	buf_lit(b, "\r\n");
}

void ical_text(Buf *b, const char *name, Str value) {
	CLEANUP(buf_free) Buf line = {0};
	buf_format(&line, "%s:", name);
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		if (c == '\n')
			buf_lit(&line, "\\n");
		else if (c == '\\' || c == ';' || c == ',')
			buf_format(&line, "\\%c", c);
		else if (c != '\r')
			buf_char(&line, c);
	}
	ical_line(b, buf_view(&line));
}

void ical_utc(Buf *b, const char *name, Instant t) {
	char iso[INSTANT_ISO_LEN];
	Str  s = instant_iso(t, iso);
	CLEANUP(buf_free) Buf line = {0};
	if (s.len != INSTANT_ISO_LEN)                            /* 2026-01-04T07:00:00.000Z → 20260104T070000Z */
		return;
	buf_format(&line, "%s:%.4s%.2s%.2sT%.2s%.2s%.2sZ", name, s.ptr, s.ptr + 5, s.ptr + 8, s.ptr + 11, s.ptr + 14, s.ptr + 17);
	ical_line(b, buf_view(&line));
}
