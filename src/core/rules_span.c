/* rules_span.c: spans of numbers, for tables and for conditions that can never hold. */
#include "core/rules_inside.h"

void span_whole(Arena *a, Span *s) {
	Exact one = exact_int(a, 1), x;
	if (s->has_low && exact_round(a, s->low, one, s->low_open ? EXACT_DOWN : EXACT_UP, &x)) {
		if (s->low_open && !exact_add(a, x, one, &x))
			return;
		s->low = x;
		s->low_open = false;
	}
	if (s->has_high && exact_round(a, s->high, one, s->high_open ? EXACT_UP : EXACT_DOWN, &x)) {
		if (s->high_open && !exact_sub(a, x, one, &x))
			return;
		s->high = x;
		s->high_open = false;
	}
}

bool span_empty(Span s) {
	if (!s.has_low || !s.has_high)
		return false;
	int order = exact_cmp(s.low, s.high);
	return order > 0 || (order == 0 && (s.low_open || s.high_open));
}

bool span_has(Span s, Exact x) {
	int low = s.has_low ? exact_cmp(x, s.low) : 1, high = s.has_high ? exact_cmp(x, s.high) : -1;
	return (low > 0 || (low == 0 && !s.low_open)) && (high < 0 || (high == 0 && !s.high_open));
}

static void add(Arena *a, Spans *to, Span s) {
	if (!span_empty(s))
		*ARENA_PUSH(a, to->at, to->len, to->cap) = s;
}

Spans spans_of(Arena *a, Span s) {
	Spans all = {0};
	add(a, &all, s);
	return all;
}

Spans spans_all(Arena *a) {
	return spans_of(a, (Span){0});
}

static Span meet(Span x, Span y) {
	Span s = x;
	int low = !y.has_low ? 1 : !x.has_low ? -1 : exact_cmp(x.low, y.low);
	if (low < 0 || (low == 0 && y.low_open)) {
		s.has_low = true;
		s.low = y.low;
		s.low_open = y.low_open;
	}
	int high = !y.has_high ? -1 : !x.has_high ? 1 : exact_cmp(x.high, y.high);
	if (high > 0 || (high == 0 && y.high_open)) {
		s.has_high = true;
		s.high = y.high;
		s.high_open = y.high_open;
	}
	return s;
}

/* Both are in order and apart, so one walk through them is enough. */
Spans spans_meet(Arena *a, Spans x, Spans y) {
	Spans both = {0};
	for (size_t i = 0, j = 0; i < x.len && j < y.len;) {
		Span p = x.at[i], q = y.at[j];
		add(a, &both, meet(p, q));
		int order = !p.has_high ? q.has_high : !q.has_high ? -1 : exact_cmp(p.high, q.high);
		bool p_ends = order < 0 || (order == 0 && (p.high_open || !q.high_open));
		i += p_ends;
		j += !p_ends;
	}
	return both;
}

static void add_gap(Arena *a, Spans *to, Span gap, bool whole) {
	if (whole)
		span_whole(a, &gap);
	add(a, to, gap);
}

Spans spans_rest(Arena *a, Spans x, bool whole) {
	Spans rest = {0};
	Span  gap = {0};                                      /* from the end of the one before to the beginning of this one */
	for (size_t i = 0; i < x.len; i++) {
		Span s = x.at[i];
		if (s.has_low) {
			gap.has_high = true;
			gap.high = s.low;
			gap.high_open = !s.low_open;
			add_gap(a, &rest, gap, whole);
		}
		if (!s.has_high)
			return rest;
		gap = (Span){.has_low = true, .low = s.high, .low_open = !s.high_open};
	}
	add_gap(a, &rest, gap, whole);
	return rest;
}

Spans spans_join(Arena *a, Spans x, Spans y, bool whole) {
	return spans_rest(a, spans_meet(a, spans_rest(a, x, whole), spans_rest(a, y, whole)), whole);
}

Str span_words(Arena *a, Span s, RuleType type) {
	Str low = rule_value_show(a, rule_number(type, s.low)), high = rule_value_show(a, rule_number(type, s.high));
	if (s.has_low && s.has_high && exact_cmp(s.low, s.high) == 0)
		return low;
	if (s.has_low && s.has_high && !s.low_open && !s.high_open)
		return str_format(a, "%.*s až %.*s", STR_ARG(low), STR_ARG(high));
	Str from = s.has_low ? str_format(a, "%s %.*s", s.low_open ? "více než" : "od", STR_ARG(low)) : (Str){0};
	Str to = s.has_high ? str_format(a, "%s %.*s", s.high_open ? "méně než" : "nejvýše", STR_ARG(high)) : (Str){0};
	if (!s.has_low && !s.has_high)
		return S("všechny hodnoty");
	return s.has_low && s.has_high ? str_format(a, "%.*s, %.*s", STR_ARG(from), STR_ARG(to)) : str_cat(a, from, to);
}
