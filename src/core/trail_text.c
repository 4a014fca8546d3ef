/* trail_text.c: a long text that changes in one place is not told twice in whole: the record holds the place, how much is the same around it, and digests of
 * both wholes. With the text as it is now and the records since, any earlier one can be put together and proved. */
#include "base/hash.h"
#include "core/trail_text.h"

enum { LONG = 4000, AROUND = 80 };

/* Between two letters, a few words in front of the change. */
static size_t begin_of(Str s, size_t same) {
	size_t at = same > AROUND ? same - AROUND : 0;
	while (at && ((u8)s.ptr[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* How many bytes of the end are left out, so that some words stay behind the change. */
static size_t rest_of(Str s, size_t same) {
	size_t n = same > AROUND ? same - AROUND : 0;
	while (n && ((u8)s.ptr[s.len - n] & 0xC0) == 0x80)
		n--;
	return n;
}

static Str part(Arena *a, Str s, size_t front, size_t rest) {
	Sha256 whole = sha256(s);
	return str_format(a, "[%zu bajtů beze změny]%.*s[%zu bajtů beze změny; celý text má %zu bajtů, SHA-256 %.*s]", front,
	                  (int)(s.len - front - rest), s.ptr + front, rest, s.len, STR_ARG(hex(a, &whole, sizeof whole)));
}

void trail_text_shorten(Arena *a, Str *before, Str *after) {
	size_t least = before->len < after->len ? before->len : after->len, front = 0, rest = 0;
	if (before->len + after->len < LONG)
		return;
	while (front < least && before->ptr[front] == after->ptr[front])
		front++;
	while (rest < least - front && before->ptr[before->len - 1 - rest] == after->ptr[after->len - 1 - rest])
		rest++;
	front = begin_of(*after, front);
	rest = rest_of(*after, rest);
	if (front + rest < (before->len + after->len) / 4)       /* little is the same: both are told whole */
		return;
	Str was = part(a, *before, front, rest), is = part(a, *after, front, rest);
	*before = was;
	*after = is;
}
