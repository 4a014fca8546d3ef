/* spans.c: the pure part of history: what becomes of the spans of one thing. */
#include "core/history.h"

static void add(Arena *a, Spans *to, Date first, Date last, int value) {
	*ARENA_PUSH(a, to->at, to->len, to->cap) = (Span){first, last, value};
}

void spans_put(Arena *a, const Spans *now, Date from, Date to, int value, Spans *ret, bool *keep) {
	CHECK(date_is(from) && (!date_is(to) || !date_after(from, to)));
	*ret = (Spans){0};
	bool placed = value < 0;
	for (size_t i = 0; i < now->len; i++) {
		Span s = now->at[i];
		bool ends_before = date_is(s.to) && date_before(s.to, from);
		bool begins_after = date_is(to) && date_after(s.from, to);
		keep[i] = ends_before || begins_after;
		if (ends_before) {
			add(a, ret, s.from, s.to, s.value);
			continue;
		}
		if (date_before(s.from, from))
			add(a, ret, s.from, date_add(from, -1), s.value);
		if (!placed)
			add(a, ret, from, to, value);
		placed = true;
		if (begins_after)
			add(a, ret, s.from, s.to, s.value);
		else if (date_is(to) && (!date_is(s.to) || date_after(s.to, to)))
			add(a, ret, date_add(to, 1), s.to, s.value);
	}
	if (!placed)
		add(a, ret, from, to, value);
}
