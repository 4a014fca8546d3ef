/* a returned submission: each note answered, the answers sent with it, the difference told to both sides. */
#include "domain/collection/correction.h"
#include "tests/domain/collection_given.h"

static Collecting given_returned(Id *first, Id *second) {
	Collecting      k = given_collection();
	SubmissionNotes notes;
	submit_whole(&k, D(2027, 2, 12), 9, 0, 0);
	Ctx c = at_time(&k, k.analyst, D(2027, 2, 15), 9, 0, 0);
	MUST(submission_note_add(&c, k.submission, S("podil"), 1, S("Doplňte druhý obvod.")));
	MUST(submission_note_add(&c, k.submission, (Str){0}, 0, S("Chybí vysvětlení.")));
	MUST(workflow_do(&c, &submission_machine, k.submission, "return", &(WorkInput){.reason = S("Viz poznámky.")}));
	MUST(submission_notes(&c, the_submission(&c, k.submission), &notes));
	*first = notes.at[0]->head.id;
	*second = notes.at[1]->head.id;
	ctx_end(&c);
	c = at_time(&k, k.worker, D(2027, 2, 16), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, k.submission, "reopen", NULL));
	ctx_end(&c);
	return k;
}

static bool has_change(const ReceiptChanges *list, const char *label, const char *before, const char *after) {
	for (size_t i = 0; i < list->len; i++)
		if (str_has(list->at[i].label, str_c(label)) && str_has(list->at[i].before, str_c(before)) && str_has(list->at[i].after, str_c(after)))
			return true;
	return false;
}

TEST("correction: it is not locked before each note has an answer; the region reads the answers once it is submitted anew") {
	Id              first, second;
	SubmissionNotes notes;
	Collecting      k = given_returned(&first, &second);
	Ctx             c = at_time(&k, k.worker, D(2027, 2, 16), 10, 0, 0);
	REFUSED_TELLING(workflow_do(&c, &submission_machine, k.submission, "lock", NULL), ERR_INVALID, "Bez odpovědi je poznámek kraje: 2");
	REFUSED_TELLING(submission_note_answer(&c, k.submission, first, S(" ")), ERR_INVALID, "jak jste poznámku vyřešili");
	MUST(submission_note_answer(&c, k.submission, first, S("Doplněno.")));
	REFUSED_TELLING(workflow_do(&c, &submission_machine, k.submission, "lock", NULL), ERR_INVALID, "kraje: 1");
	MUST(submission_note_answer(&c, k.submission, second, S("Vysvětleno v potřebnosti.")));
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	REFUSED_TELLING(submission_note_answer(&c, k.submission, second, S("Jinak.")), ERR_CONFLICT, "zamčené");
	ctx_end(&c);
	c = at_time(&k, k.analyst, D(2027, 2, 16), 11, 0, 0);
	MUST(submission_notes(&c, the_submission(&c, k.submission), &notes));
	EQ_INT(notes.len, 2);
	EQ_TEXT(notes.at[0]->answer, "");
	ctx_end(&c);
	c = at_time(&k, k.statutory, D(2027, 2, 17), 9, 0, 0);
	MUST(submission_submit(&c, k.submission, 0, true));
	ctx_end(&c);
	c = at_time(&k, k.analyst, D(2027, 2, 17), 11, 0, 0);
	MUST(submission_notes(&c, the_submission(&c, k.submission), &notes));
	EQ_TEXT(notes.at[0]->answer, "Doplněno.");
	EXPECT(notes.at[0]->settled_at.ms != 0);
	ctx_end(&c);
}

TEST("correction: notes are answered by the respondent alone, and those of an earlier round no more") {
	Id         first, second;
	Collecting k = given_returned(&first, &second);
	Ctx        c = at_time(&k, k.stranger, D(2027, 2, 16), 10, 0, 0);
	EQ_INT(submission_note_answer(&c, k.submission, first, S("Za cizího.")), ERR_NOT_FOUND);
	ctx_end(&c);
	c = at_time(&k, k.analyst, D(2027, 2, 16), 10, 0, 0);
	EXPECT(submission_note_answer(&c, k.submission, first, S("Za poskytovatele.")) != OK);
	ctx_end(&c);
	c = at_time(&k, k.worker, D(2027, 2, 16), 10, 0, 0);
	MUST(submission_note_answer(&c, k.submission, first, S("Doplněno.")));
	MUST(submission_note_answer(&c, k.submission, second, S("Vysvětleno.")));
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	ctx_end(&c);
	c = at_time(&k, k.statutory, D(2027, 2, 17), 9, 0, 0);
	MUST(submission_submit(&c, k.submission, 0, true));
	MUST(workflow_do(&c, &submission_machine, k.submission, "withdraw", &(WorkInput){.reason = S("Ještě oprava.")}));
	REFUSED_TELLING(submission_note_answer(&c, k.submission, first, S("Jinak.")), ERR_CONFLICT, "dřívějším podáním");
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	ctx_end(&c);
}

TEST("correction: what changed since the last submission is told field by field, in both directions, and nothing else") {
	Id             first, second;
	ReceiptChanges changes;
	Collecting     k = given_returned(&first, &second);
	Ctx            c = at_time(&k, k.worker, D(2027, 2, 16), 10, 0, 0);
	MUST(submission_changes(&c, the_submission(&c, k.submission), &changes));
	EQ_TEXT(changes.since, "POD-2027-0001");
	EQ_INT(changes.len, 0);
	put_value(&c, k.submission, "n1.1", 0, "1 300 000", NULL);
	put_value(&c, k.submission, "s1", 0, "1 300 000", "Vyšší mzdy.");
	put_value(&c, k.submission, "vazba", 0, "", NULL);
	put_value(&c, k.submission, "pozice", 2, "pečovatel", NULL);
	put_value(&c, k.submission, "uvazek", 2, "1", NULL);
	put_value(&c, k.submission, "prima", 2, "ano", NULL);
	put_value(&c, k.submission, "kvalifikace", 2, "ano", NULL);
	MUST(submission_note_answer(&c, k.submission, first, S("Doplněno.")));
	MUST(submission_note_answer(&c, k.submission, second, S("Vysvětleno.")));
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	ctx_end(&c);
	c = at_time(&k, k.statutory, D(2027, 2, 17), 9, 0, 0);
	MUST(submission_submit(&c, k.submission, 0, true));
	ctx_end(&c);
	c = at_time(&k, k.analyst, D(2027, 2, 17), 11, 0, 0);
	MUST(submission_changes(&c, the_submission(&c, k.submission), &changes));
	EQ_TEXT(changes.since, "POD-2027-0001");
	EXPECT(has_change(&changes, "1.1 Pracovní smlouvy", "1\xC2\xA0""200\xC2\xA0""000", "1\xC2\xA0""300\xC2\xA0""000"));
	EXPECT(has_change(&changes, "S1", "1\xC2\xA0""200", "1\xC2\xA0""300"));
	EXPECT(has_change(&changes, "S1 Stát přes kraj (MPSV), poznámka", "", "Vyšší mzdy."));
	EXPECT(has_change(&changes, "Vazba na plán", "Ukázka", "nevyplněno"));
	EXPECT(has_change(&changes, "Pracovníci, řádek 2, Pracovní pozice", "nevyplněno", "pečovatel"));
	EQ_INT(changes.len, 8);
	ctx_end(&c);
}

TEST("correction: of a first submission nothing is said to have changed") {
	Collecting     k = given_collection();
	ReceiptChanges changes;
	submit_whole(&k, D(2027, 2, 12), 9, 0, 0);
	Ctx c = at_time(&k, k.analyst, D(2027, 2, 15), 9, 0, 0);
	MUST(submission_changes(&c, the_submission(&c, k.submission), &changes));
	EXPECT(!changes.since.len && !changes.len);
	ctx_end(&c);
}
