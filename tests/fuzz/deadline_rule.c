/* Any bytes as a rule: what is read is written as a rule that reads as the same one, and computing it never breaks. The first byte chooses
 * what it is computed from. */
#include "core/deadline.h"

#include <stdlib.h>

static void compute(Arena *a, const DeadlineRule *r, int choice) {
	const char *why = NULL;
	Deadline d;
	DeadlinePause pause = {.from = {1772000000000}, .to = {choice & 1 ? 1773000000000 : 0}, .name = S("vráceno")};
	DeadlineInput in = {.rule = r, .year = 1900 + choice * 30, .event = {1771900000000 + choice * 3600000LL}, .is_first = choice & 2,
		.pauses = &pause, .pause_count = choice & 4 ? 1 : 0};
	if (!deadline_compute(a, &in, &d, &why)) {
		CHECK(why != NULL);
		return;
	}
	CHECK(d.stands || d.at.ms != 0);
	CHECK(utf8_valid(d.why) && !str_empty(d.wording));
	if (!d.stands && !in.is_first && !r->stays && r->unit != UNIT_HOURS)
		CHECK(day_is_working(NULL, d.day));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
	CLEANUP(arena_free) Arena a = {0};
	if (size == 0)
		return 0;
	Str in = str_of((const char *)data + 1, size - 1);
	const char *why = NULL;
	DeadlineRule r, again;
	ReminderPlan plan, plan_again;
	if (reminder_plan_read(&a, in, &plan, &why)) {
		Str text = reminder_plan_text(&a, &plan);
		CHECK(reminder_plan_read(&a, text, &plan_again, &why));
		CHECK(str_eq(text, reminder_plan_text(&a, &plan_again)));
	}
	if (!deadline_rule_read(&a, in, &r, &why)) {
		CHECK(why != NULL);
		return 0;
	}
	Str text = deadline_rule_text(&a, &r);
	CHECK(deadline_rule_read(&a, text, &again, &why));
	CHECK(str_eq(text, deadline_rule_text(&a, &again)));
	CHECK(r.base == again.base && r.unit == again.unit && r.count == again.count && r.clock == again.clock && r.way == again.way);
	compute(&a, &r, data[0]);
	return 0;
}
