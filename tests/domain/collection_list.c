/* submission: in which order a list begins. */
#include "tests/domain/collection_given.h"

static Id another(Ctx *c, Collecting *k, i64 object, Instant closes_at) {
	Submission s = {.form_version = the_submission(c, k->submission)->form_version, .object = S("zkouska"), .object_id = object, .title = S("Aaa"), .provider = k->provider,
	                .municipality = BLANK, .district = BLANK, .closes_at = closes_at};
	MUST(submission_start(c, &s, NULL, 0));
	return s.head.id;
}

TEST("submission: a list on a page begins with what is still to be done, by its last moment, also that of a correction; then without a deadline; what is over last, the newest first") {
	Collecting k = given_collection();           /* until 15 March */
	EntityList list;
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	Id         later = another(&c, &k, 2, prague_instant(D(2027, 4, 30), 12 * 3600)), none = another(&c, &k, 3, (Instant){0});
	Id         over[] = {another(&c, &k, 4, prague_instant(D(2027, 2, 20), 12 * 3600)), another(&c, &k, 5, prague_instant(D(2027, 2, 19), 12 * 3600))};
	Id         sooner = another(&c, &k, 6, prague_instant(D(2027, 3, 16), 12 * 3600));
	ctx_end(&c);
	submit_whole(&k, D(2027, 2, 12), 9, 0, 0);
	c = at_time(&k, k.statutory, D(2027, 2, 13), 9, 0, 0);
	for (size_t i = 0; i < LEN(over); i++)
		MUST(workflow_do(&c, &submission_machine, over[i], "cancel", &(WorkInput){.reason = S("Nebude.")}));
	ctx_end(&c);
	c = at_time(&k, k.g.officer, D(2027, 3, 12), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, k.submission, "return", &(WorkInput){.reason = S("Doplňte rozpočet.")}));
	EXPECT(the_submission(&c, k.submission)->fix_until.ms > prague_instant(D(2027, 3, 16), 12 * 3600).ms);
	MUST(entity_list(&c, &submission_entity, &(ListQuery){.as_on_pages = true, .limit = -1}, &list));
	Id want[] = {sooner, k.submission, later, none, over[1], over[0]};       /* nothing is the officer's turn */
	EQ_INT(list.len, LEN(want));
	for (size_t i = 0; i < LEN(want); i++)
		EQ_INT(((Submission *)list.at[i])->head.id, want[i]);
	MUST(entity_list(&c, &submission_entity, &(ListQuery){.as_on_pages = true, .order = entity_field(&submission_entity, S("title")), .limit = 1}, &list));
	EQ_INT(((Submission *)list.at[0])->head.id, later);      /* whoever asks for an order gets it */
	ctx_end(&c);
}

TEST("submission: of what is still to be done, what waits for the reader stands before what waits for others") {
	Collecting   k = given_collection();         /* until 15 March */
	const Actor *readers[] = {k.worker, k.g.officer};
	Ctx          c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	Id           draft = another(&c, &k, 2, prague_instant(D(2027, 4, 30), 12 * 3600));
	ctx_end(&c);
	submit_whole(&k, D(2027, 2, 12), 9, 0, 0);
	for (size_t i = 0; i < LEN(readers); i++) {
		EntityList list;
		c = at_time(&k, readers[i], D(2027, 2, 13), 9, 0, 0);
		MUST(entity_list(&c, &submission_entity, &(ListQuery){.as_on_pages = true, .limit = -1}, &list));
		EQ_INT(list.len, 2);
		EQ_INT(((Submission *)list.at[0])->head.id, i == 0 ? draft : k.submission);
		ctx_end(&c);
	}
}
