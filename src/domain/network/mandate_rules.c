/* mandate_rules.c: days of mandates. */
#include "domain/network/mandate_rules.h"

const MandateSpan *mandate_overlap(const MandateSpans *others, Date first, Date last) {
	for (size_t i = 0; i < others->len; i++)
		if (!date_after(others->at[i].first, last) && !date_after(first, others->at[i].last))
			return &others->at[i];
	return NULL;
}

int mandate_gap_before(const MandateSpans *others, Date first) {
	Date nearest = {0};
	for (size_t i = 0; i < others->len; i++)
		if (date_before(others->at[i].last, first) && (!date_is(nearest) || date_after(others->at[i].last, nearest)))
			nearest = others->at[i].last;
	return date_is(nearest) ? first.n - nearest.n - 1 : 0;
}

int mandate_gap_after(const MandateSpans *others, Date last) {
	Date nearest = {0};
	for (size_t i = 0; i < others->len; i++)
		if (date_after(others->at[i].first, last) && (!date_is(nearest) || date_before(others->at[i].first, nearest)))
			nearest = others->at[i].first;
	return date_is(nearest) ? nearest.n - last.n - 1 : 0;
}

Date mandate_last_allowed(Date first) {
	return date_add(date_add_months(first, 12 * MANDATE_YEARS_MOST), -1);
}

bool mandate_is_within(Date first, Date last, Date from, Date to) {
	return !date_before(first, from) && (!date_is(to) || !date_after(last, to));
}

/* ---- watching the end ---- */

bool watch_steps_read(Str typed, WatchSteps *ret, const char **why) {
	*ret = (WatchSteps){0};
	*why = "Zapište počty dnů předem od největšího, oddělené čárkou, například 180, 90, 30.";
	while (typed.len) {
		i64 days;
		Str one = str_trim(str_cut(&typed, ','));
		if (!str_to_int(one, &days) || days < 1 || days > 3660 || ret->len == WATCH_STEPS_MAX)
			return false;
		if (ret->len && ret->at[ret->len - 1] <= days)
			return false;
		ret->at[ret->len++] = (int)days;
	}
	return ret->len > 0;
}

int watch_step_of(const WatchSteps *steps, int days) {
	int begun = 0;
	for (size_t i = 0; i < steps->len; i++)
		if (days <= steps->at[i])
			begun = steps->at[i];
	return begun;
}

/* ---- numbers ---- */

Str mandate_number_text(Arena *a, Str series, int year, i64 no) {
	Str text = str_replace(a, series, S("{rok}"), str_format(a, "%d", year));
	return str_replace(a, text, S("{cislo}"), str_format(a, "%04lld", (long long)no));
}
