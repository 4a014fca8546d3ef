/* deadlines of one respondent: reminders to the second, exceptions with a reason, what is overdue. */
#include "core/deadline_store.h"
#include "core/settings.h"
#include "core/task.h"
#include "tests/domain/collection_given.h"

static i64 reminded(Collecting *k, Date day, int hour, int minute, int second) {
	i64 sent;
	Ctx c = at_time(k, &actor_program, day, hour, minute, second);
	MUST(tasks_remind(&c, (Instant){c.now.ms - 1000}, c.now, &sent));
	ctx_end(&c);
	return sent;
}

static void except(Collecting *k, Actor *who, const char *until, Err expected, const char *words) {
	Ctx c = at_time(k, who, D(2027, 3, 15), 17, 0, 0);
	Err e = submission_except(&c, k->submission, 0, str_c(until), S("Havárie serveru poskytovatele."));
	EQ_INT(e, expected);
	if (words)
		EXPECT(str_has(str_replace(t_arena, c.problems.at[c.problems.len - 1].text, S("\xC2\xA0"), S(" ")), str_c(words)));
	ctx_end(&c);
}

TEST("D9: who has not submitted is reminded seven and two days before and on the last day at eight, to the second, once; a day late again") {
	Collecting k = given_collection();                                /* closes on 15 March 2027, 16:00, a Monday */
	static const int days[] = {8, 13, 15};
	for (size_t i = 0; i < LEN(days); i++) {
		EQ_INT(reminded(&k, D(2027, 3, days[i]), 7, 59, 59), 0);
		EQ_INT(reminded(&k, D(2027, 3, days[i]), 8, 0, 0), 1);
		EQ_INT(reminded(&k, D(2027, 3, days[i]), 8, 0, 0), 0);
	}
	EQ_INT(reminded(&k, D(2027, 3, 16), 7, 59, 59), 0);
	EQ_INT(reminded(&k, D(2027, 3, 16), 8, 0, 0), 1);
	EQ_INT(reminded(&k, D(2027, 3, 22), 7, 59, 59), 0);
	EXPECT(reminded(&k, D(2027, 3, 22), 8, 0, 0) >= 1);               /* five working days late: the head of the department too */
}

TEST("D7: an exception moves the deadline of one submission alone, by the head of the department, with a reason; then it is taken to the second") {
	Collecting k = given_collection();
	Submission other = {0};
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	Submission *first = the_submission(&c, k.submission);
	other = (Submission){.form_version = first->form_version, .object = S("zkouska"), .object_id = 2, .title = S("Druhé podání"), .provider = k.provider,
	                     .municipality = BLANK, .district = BLANK, .opens_at = first->opens_at, .closes_at = first->closes_at};
	MUST(submission_start(&c, &other, NULL, 0));
	fill_whole(&c, k.submission);
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	ctx_end(&c);
	except(&k, k.analyst, "22. 3. 2027 12:00", ERR_FORBIDDEN, NULL);
	except(&k, k.statutory, "22. 3. 2027 12:00", ERR_FORBIDDEN, NULL);
	except(&k, k.g.head, "15. 3. 2027 16:00", ERR_INVALID, "musí být později než dosavadní");
	except(&k, k.g.head, "15. 3. 2027 16:30", ERR_INVALID, "později než teď");
	except(&k, k.g.head, "nesmysl", ERR_INVALID, NULL);
	except(&k, k.g.head, "22. 3. 2027 12:00", OK, NULL);
	c = at_time(&k, k.statutory, D(2027, 3, 22), 12, 0, 0);
	REFUSED_TELLING(submission_submit(&c, k.submission, 0, true), ERR_INVALID, "Podávat šlo do");
	EQ_INT(the_submission(&c, other.head.id)->closes_at.ms, prague_instant(D(2027, 3, 15), 16 * 3600).ms);
	ctx_end(&c);
	EQ_INT(reminded(&k, D(2027, 3, 20), 8, 0, 0), 2);                 /* two days before the new day: who filled it in, and who is to submit it */
	c = at_time(&k, k.statutory, D(2027, 3, 22), 11, 59, 59);
	MUST(submission_submit(&c, k.submission, 0, true));
	ctx_end(&c);
	except(&k, k.g.head, "29. 3. 2027 12:00", ERR_CONFLICT, NULL);
}

TEST("D7: an exception without a reason is none; when everybody's days move, a longer exception stays") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.g.head, D(2027, 3, 10), 9, 0, 0);
	EQ_INT(submission_except(&c, k.submission, 0, S("29. 4. 2027 16:00"), S(" ")), ERR_INVALID);
	MUST(submission_except(&c, k.submission, 0, S("29. 4. 2027 16:00"), S("Nemoc statutární zástupkyně.")));
	ctx_end(&c);
	c = at_time(&k, &actor_program, D(2027, 3, 11), 9, 0, 0);
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(submission_window(&c, k.submission, prague_instant(D(2027, 2, 1), 8 * 3600), prague_instant(D(2027, 3, 29), 16 * 3600)));
	MUST(tx_commit(&tx));
	EQ_INT(the_submission(&c, k.submission)->closes_at.ms, prague_instant(D(2027, 4, 29), 16 * 3600).ms);
	ctx_end(&c);
}

static size_t overdue(Collecting *k, const Actor *who, Date day, int hour, int minute, int second) {
	Submissions all;
	Ctx         c = at_time(k, who, day, hour, minute, second);
	MUST(submissions_overdue(&c, &all));
	ctx_end(&c);
	return all.len;
}

TEST("collection: what is not submitted is overdue from the second of its deadline, for the region and for its own organisation, and no longer when it has an exception") {
	Collecting k = given_collection();
	EQ_INT(overdue(&k, k.analyst, D(2027, 3, 15), 15, 59, 59), 0);
	EQ_INT(overdue(&k, k.analyst, D(2027, 3, 15), 16, 0, 0), 1);
	EQ_INT(overdue(&k, k.worker, D(2027, 3, 15), 16, 0, 0), 1);
	EQ_INT(overdue(&k, k.stranger, D(2027, 3, 15), 16, 0, 0), 0);
	except(&k, k.g.head, "22. 3. 2027 12:00", OK, NULL);
	EQ_INT(overdue(&k, k.analyst, D(2027, 3, 16), 9, 0, 0), 0);
	EQ_INT(overdue(&k, k.analyst, D(2027, 3, 22), 12, 0, 0), 1);
}
