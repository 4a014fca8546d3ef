/* ical.h: lines of iCalendar (RFC 5545), for calendars of other programs. */
#pragma once
#include "base/buf.h"
#include "base/date.h"

/* One content line as it stands, folded at 75 octets, never inside a character. */
void ical_line(Buf *b, Str line);
/* "NAME:text", with what has a meaning in texts escaped. */
void ical_text(Buf *b, const char *name, Str value);
/* "NAME:20260104T070000Z"; nothing for no instant. */
void ical_utc(Buf *b, const char *name, Instant t);
