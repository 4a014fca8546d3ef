/* collection: forms of the region and what is filled into them. */
#include "base/hash.h"
#include "domain/collection/correction.h"
#include "tests/domain/collection_given.h"

static const FormValues *values(Ctx *c, Id id) {
	FormValues *v = NEW_ZERO(t_arena, FormValues);
	MUST(submission_values(c, id, v));
	return v;
}

static bool says(const Faults *f, bool is_hard, const char *words) {
	for (size_t i = 0; i < f->len; i++)
		if (f->at[i].is_hard == is_hard && str_has(f->at[i].text, str_c(words)))
			return true;
	return false;
}

static Faults faults_of(Ctx *c, Id id) {
	Faults f;
	MUST(submission_check(c, the_submission(c, id), &f));
	return f;
}

TEST("collection: the shipped forms are published, and seeding again changes nothing") {
	Collecting   k = given_collection();
	Ctx          c = at_time(&k, k.analyst, D(2027, 2, 10), 10, 0, 0);
	FormVersions before, after;
	static const char *const codes[] = {"zadost-a", "zadost-b", "zadost-c", "vyjadreni-obce"};
	for (size_t i = 0; i < LEN(codes); i++) {
		FormVersion *v;
		FormTree     t;
		MUST(form_published(&c, str_c(codes[i]), &v));
		MUST(form_tree(&c, v->head.id, &t));
		EXPECT(t.len >= 4 && v->declaration.len > 20);
	}
	MUST(form_versions(&c, 0, &before));
	MUST(forms_seed(&c));
	MUST(form_versions(&c, 0, &after));
	EQ_INT(after.len, before.len);
	ctx_end(&c);
}

TEST("collection: a published version never changes; its copy does, is published, and the next submission goes by it") {
	Collecting   k = given_collection();
	Ctx          c = at_time(&k, k.analyst, D(2027, 2, 10), 10, 0, 0);
	FormVersion *v, *copy, *newest;
	FormTree     t;
	MUST(form_published(&c, S("zadost-a"), &v));
	MUST(form_tree(&c, v->head.id, &t));
	FormField *f = entity_copy(t_arena, &form_field_entity, t.at[0]);
	f->label = S("Jiný popisek");
	REFUSED_TELLING(entity_update(&c, &form_field_entity, f), ERR_CONFLICT, "Založte kopii");
	v->title = S("Jiný název");
	REFUSED_TELLING(entity_update(&c, &form_version_entity, v), ERR_CONFLICT, "Založte její kopii");
	MUST(form_version_copy(&c, v->head.id, &copy));
	EQ_INT(copy->no, 2);
	MUST(form_tree(&c, copy->head.id, &t));
	f = entity_copy(t_arena, &form_field_entity, t.at[0]);
	f->label = S("Jiný popisek");
	MUST(entity_update(&c, &form_field_entity, f));
	MUST(form_published(&c, S("zadost-a"), &newest));
	EQ_INT(newest->head.id, v->head.id);
	MUST(workflow_do(&c, &form_version_machine, copy->head.id, "publish", NULL));
	MUST(form_published(&c, S("zadost-a"), &newest));
	EQ_INT(newest->head.id, copy->head.id);
	ctx_end(&c);
}

TEST("collection: a field is not carried over from a published version to a draft; the published one would lose it") {
	Collecting   k = given_collection();
	Ctx          c = at_time(&k, k.analyst, D(2027, 2, 10), 10, 0, 0);
	FormVersion *v, *copy;
	FormTree     t;
	MUST(form_published(&c, S("zadost-a"), &v));
	MUST(form_version_copy(&c, v->head.id, &copy));
	MUST(form_tree(&c, v->head.id, &t));
	size_t     before = t.len;
	FormField *f = entity_copy(t_arena, &form_field_entity, t.at[0]);
	f->form_version = copy->head.id;
	f->stable = S("jinam");
	REFUSED_TELLING(entity_update(&c, &form_field_entity, f), ERR_CONFLICT, "údaje se nemění");
	MUST(form_tree(&c, v->head.id, &t));
	EQ_INT(t.len, before);
	ctx_end(&c);
}

TEST("collection: a choice wants a code list that there is, so that nobody gets a form that cannot be filled in") {
	Collecting   k = given_collection();
	Ctx          c = at_time(&k, k.analyst, D(2027, 2, 10), 10, 0, 0);
	FormVersion *v, *copy;
	FormTree     t;
	MUST(form_published(&c, S("zadost-a"), &v));
	MUST(form_version_copy(&c, v->head.id, &copy));
	MUST(form_tree(&c, copy->head.id, &t));
	FormField *f = entity_copy(t_arena, &form_field_entity, form_tree_field(&t, S("druh")));
	f->list = S("druhy_sluzeb");
	REFUSED_TELLING(entity_update(&c, &form_field_entity, f), ERR_INVALID, "druhy_sluzeb");
	ctx_end(&c);
}

TEST("collection: a version whose fields do not fit together is not published, and the refusal names the field") {
	Collecting   k = given_collection();
	Ctx          c = at_time(&k, k.analyst, D(2027, 2, 10), 10, 0, 0);
	FormVersion *v, *copy;
	FormTree     t;
	MUST(form_published(&c, S("zadost-a"), &v));
	MUST(form_version_copy(&c, v->head.id, &copy));
	MUST(form_tree(&c, copy->head.id, &t));
	FormField *f = entity_copy(t_arena, &form_field_entity, form_tree_field(&t, S("n1.1")));
	f->parent = S("neznamy");
	MUST(entity_update(&c, &form_field_entity, f));
	REFUSED_TELLING(workflow_do(&c, &form_version_machine, copy->head.id, "publish", NULL), ERR_INVALID, "Pracovní smlouvy");
	f = entity_copy(t_arena, &form_field_entity, f);
	f->parent = S("n1");
	MUST(entity_update(&c, &form_field_entity, f));
	MUST(form_tree(&c, copy->head.id, &t));
	FormField *top = entity_copy(t_arena, &form_field_entity, form_tree_field(&t, S("naklady")));
	top->parent = S("n1");
	MUST(entity_update(&c, &form_field_entity, top));
	REFUSED_TELLING(workflow_do(&c, &form_version_machine, copy->head.id, "publish", NULL), ERR_INVALID, "do kruhu");
	ctx_end(&c);
}

TEST("collection: what the register knows is filled in with its origin, until the person writes over it") {
	Collecting       k = given_collection();
	Ctx              c = at_time(&k, k.worker, D(2027, 2, 11), 10, 0, 0);
	const FormValue *x = form_value(values(&c, k.submission), S("kapacita_nyni"), 0);
	EQ_TEXT(x->origin, "z registru služeb");
	EQ_INT(x->amount, 1250);
	put_value(&c, k.submission, "kapacita_nyni", 0, "13", NULL);
	x = form_value(values(&c, k.submission), S("kapacita_nyni"), 0);
	EQ_TEXT(x->origin, "");
	EQ_INT(x->amount, 1300);
	ctx_end(&c);
}

TEST("collection: blank, zero and not applicable are three answers; a draft keeps what was typed, even when it makes no sense") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 10, 0, 0);
	FormTree   t;
	fill_whole(&c, k.submission);
	MUST(form_tree(&c, the_submission(&c, k.submission)->form_version, &t));
	EQ_INT(form_amount_of(&t, values(&c, k.submission), "naklady"), 120000000);
	put_value(&c, k.submission, "n2.2", 0, "", NULL);
	EQ_INT(form_amount_of(&t, values(&c, k.submission), "naklady"), BLANK);
	Faults f = faults_of(&c, k.submission);
	EXPECT(says(&f, true, "2.2 Potraviny: údaj chybí"));
	put_value(&c, k.submission, "n2.2", 0, "Nevztahuje se", NULL);
	EQ_INT(form_amount_of(&t, values(&c, k.submission), "naklady"), 120000000);
	f = faults_of(&c, k.submission);
	EQ_INT(f.hard, 0);
	put_value(&c, k.submission, "n2.2", 0, "65O 000", NULL);
	EQ_TEXT(form_value(values(&c, k.submission), S("n2.2"), 0)->typed, "65O 000");
	EQ_INT(form_amount_of(&t, values(&c, k.submission), "naklady"), BLANK);
	f = faults_of(&c, k.submission);
	EXPECT(says(&f, true, "„65O 000“ nejde přečíst"));
	ctx_end(&c);
}

TEST("G8: a message of the check says both sides; sources must equal costs to the haléř, shares make 100 %") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 10, 0, 0);
	fill_whole(&c, k.submission);
	put_value(&c, k.submission, "s1", 0, "1 199 999,99", NULL);
	put_value(&c, k.submission, "podil", 1, "60", NULL);
	Faults f = faults_of(&c, k.submission);
	EXPECT(says(&f, true, "1 199 999,99 Kč"));
	EXPECT(says(&f, true, "Náklady celkem"));
	EXPECT(says(&f, true, "0,01 Kč"));
	EXPECT(says(&f, true, "má být 100"));
	REFUSED_TELLING(workflow_do(&c, &submission_machine, k.submission, "lock", NULL), ERR_INVALID, "chyb: 2");
	ctx_end(&c);
}

TEST("G8: a row that says „nevztahuje se“ does not keep the sum of its column from being checked; a choice cannot say it") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 10, 0, 0);
	fill_whole(&c, k.submission);
	put_value(&c, k.submission, "obvod", 2, "nevztahuje se", NULL);
	put_value(&c, k.submission, "podil", 2, "100", NULL);
	put_value(&c, k.submission, "podil", 3, "nevztahuje se", NULL);
	Faults f = faults_of(&c, k.submission);
	EXPECT(says(&f, true, "součet sloupce je 200"));
	EXPECT(says(&f, true, "řádek 2, Obvod ORP: vyberte jednu"));
	put_value(&c, k.submission, "prima", 1, "nevztahuje se", NULL);
	f = faults_of(&c, k.submission);
	EXPECT(says(&f, true, "řádek 1, Přímá péče: vyberte jednu"));
	ctx_end(&c);
}

TEST("G8: „ostatní“ above zero is a soft fault: it wants a note and then no longer keeps anybody from locking") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 10, 0, 0);
	fill_whole(&c, k.submission);
	put_value(&c, k.submission, "n2.8", 0, "500", NULL);
	put_value(&c, k.submission, "s1", 0, "1 200 500", NULL);
	Faults f = faults_of(&c, k.submission);
	EQ_INT(f.hard, 0);
	EQ_INT(f.unexplained, 1);
	REFUSED_TELLING(workflow_do(&c, &submission_machine, k.submission, "lock", NULL), ERR_INVALID, "Vysvětlit poznámkou");
	put_value(&c, k.submission, "n2.8", 0, "500", "Poplatek za ladění klavíru.");
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	ctx_end(&c);
}

TEST("G8: a jump of more than 30 % against last time is soft, exactly 30 % is none") {
	Collecting   k = given_collection();
	Ctx          c = at_time(&k, k.worker, D(2027, 2, 11), 10, 0, 0);
	FormVersion *v;
	FormTree     t;
	MUST(form_published(&c, S("zadost-b"), &v));
	MUST(form_tree(&c, v->head.id, &t));
	FormField *f = entity_copy(t_arena, &form_field_entity, form_tree_field(&t, S("kapacita_nova")));
	FormTree   one = {.form = t.form, .version = t.version, .at = &f, .len = 1};
	FormValue  x = {.field = f->stable, .typed = S("13"), .amount = 1300, .before = 1000};
	FormValues vs = {&x, 1, 1};
	Faults     faults;
	form_check(&c, &one, &vs, &faults);
	EQ_INT(faults.len, 0);
	x.typed = S("13,01");
	x.amount = 1301;
	form_check(&c, &one, &vs, &faults);
	EQ_INT(faults.unexplained, 1);
	EXPECT(says(&faults, false, "13,01 proti 10,00"));
	x.note = S("Nové oddělení.");
	form_check(&c, &one, &vs, &faults);
	EQ_INT(faults.unexplained, 0);
	ctx_end(&c);
}

TEST("G7: the second of two people who save a draft is told who was first, and nothing is lost") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 10, 0, 0);
	i64        seen = the_submission(&c, k.submission)->head.version, version;
	put_value(&c, k.submission, "potreba", 0, "První znění.", NULL);
	ctx_end(&c);
	c = at_time(&k, k.statutory, D(2027, 2, 11), 10, 5, 0);
	Typed     mine = {.field = S("potreba"), .value = S("Druhé znění.")};
	TypedList list = {&mine, 1, 1};
	REFUSED_TELLING(submission_save(&c, k.submission, seen, &list, &version), ERR_CONFLICT, "pracovnik@example.org");
	EQ_TEXT(form_text_of(values(&c, k.submission), "potreba"), "První znění.");
	ctx_end(&c);
}

TEST("collection: computed and unknown fields, and lines that a grid cannot have, are refused") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 10, 0, 0);
	static const struct { const char *field; i64 line; } wrong[] = {{"naklady", 0}, {"neznamy", 0}, {"podil", 0}, {"podil", GRID_LINES + 1}, {"nazev", 1}};
	for (size_t i = 0; i < LEN(wrong); i++) {
		Typed     x = {.field = str_c(wrong[i].field), .line = wrong[i].line, .value = S("1")};
		TypedList list = {&x, 1, 1};
		i64       version;
		EQ_INT(submission_save(&c, k.submission, the_submission(&c, k.submission)->head.version, &list, &version), ERR_MALFORMED);
	}
	ctx_end(&c);
}

TEST("D1: a submission is taken a second before the end, refused at the end, and the draft stays (G6)") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	fill_whole(&c, k.submission);
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	ctx_end(&c);
	c = at_time(&k, k.statutory, D(2027, 3, 15), 16, 0, 0);
	REFUSED_TELLING(submission_submit(&c, k.submission, 0, true), ERR_INVALID, "zůstává uložené");
	EQ_TEXT(the_submission(&c, k.submission)->state, "locked");
	EXPECT(values(&c, k.submission)->len > 30);
	ctx_end(&c);
	c = at_time(&k, k.statutory, D(2027, 3, 15), 15, 59, 59);
	MUST(submission_submit(&c, k.submission, 0, true));
	ctx_end(&c);
}

TEST("D1: before the first minute of the window nothing is taken either") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.worker, D(2027, 1, 20), 9, 0, 0);
	fill_whole(&c, k.submission);
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	ctx_end(&c);
	c = at_time(&k, k.statutory, D(2027, 2, 1), 7, 59, 59);
	REFUSED_TELLING(submission_submit(&c, k.submission, 0, true), ERR_INVALID, "Podávat se začne");
	ctx_end(&c);
	c = at_time(&k, k.statutory, D(2027, 2, 1), 8, 0, 0);
	MUST(submission_submit(&c, k.submission, 0, true));
	ctx_end(&c);
}

TEST("collection: who prepares does not submit; without the declaration nobody does; a stranger does not know of it") {
	Collecting  k = given_collection();
	Submission *s;
	Ctx         c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	fill_whole(&c, k.submission);
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	EQ_INT(submission_submit(&c, k.submission, 0, true), ERR_FORBIDDEN);
	ctx_end(&c);
	c = at_time(&k, k.stranger, D(2027, 2, 11), 9, 0, 0);
	EQ_INT(submission_get(&c, k.submission, &s), ERR_NOT_FOUND);
	EQ_INT(submission_submit(&c, k.submission, 0, true), ERR_NOT_FOUND);
	ctx_end(&c);
	c = at_time(&k, k.statutory, D(2027, 2, 11), 9, 0, 0);
	REFUSED_TELLING(submission_submit(&c, k.submission, 0, false), ERR_INVALID, "Potvrďte prohlášení");
	ctx_end(&c);
}

TEST("G6: a locked and a submitted record is edited by nobody, and the sentence says who can open it") {
	Collecting k = given_collection();
	Typed      x = {.field = S("nazev"), .value = S("Jiný název")};
	TypedList  list = {&x, 1, 1};
	i64        version;
	submit_whole(&k, D(2027, 2, 12), 9, 0, 0);
	Ctx c = at_time(&k, k.statutory, D(2027, 2, 12), 10, 0, 0);
	REFUSED_TELLING(submission_save(&c, k.submission, the_submission(&c, k.submission)->head.version, &list, &version), ERR_CONFLICT, "vzít zpět");
	MUST(workflow_do(&c, &submission_machine, k.submission, "withdraw", &(WorkInput){.reason = S("Chyba v názvu.")}));
	EQ_TEXT(the_submission(&c, k.submission)->state, "draft");
	EQ_TEXT(the_submission(&c, k.submission)->number, "");
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	REFUSED_TELLING(submission_save(&c, k.submission, the_submission(&c, k.submission)->head.version, &list, &version), ERR_CONFLICT, "zamčené");
	ctx_end(&c);
}

TEST("collection: the receipt keeps what was signed under its digest; each submitting has a number of its own") {
	Collecting k = given_collection();
	Receipts   all;
	submit_whole(&k, D(2027, 2, 12), 9, 0, 0);
	Ctx c = at_time(&k, k.statutory, D(2027, 2, 12), 10, 0, 0);
	MUST(submission_receipts(&c, k.submission, &all));
	EQ_INT(all.len, 1);
	EQ_TEXT(all.at[0].number, "POD-2027-0001");
	EQ_STR(all.at[0].sha256, the_submission(&c, k.submission)->sha256);
	Sha256 d = sha256(all.at[0].body);
	EQ_STR(hex(t_arena, d.bytes, sizeof d.bytes), all.at[0].sha256);
	EXPECT(str_has(all.at[0].body, S("Prohlašuji")));
	EXPECT(str_has(all.at[0].body, S("Domov U\u00A0Lípy")));
	MUST(workflow_do(&c, &submission_machine, k.submission, "withdraw", &(WorkInput){.reason = S("Chyba.")}));
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	MUST(submission_submit(&c, k.submission, 0, true));
	MUST(submission_receipts(&c, k.submission, &all));
	EQ_INT(all.len, 2);
	EQ_TEXT(all.at[0].number, "POD-2027-0002");
	EXPECT(all.at[1].withdrawn_at.ms != 0);
	ctx_end(&c);
}

TEST("D7: while it is returned for correction the region's clock stands, and the provider may submit after the window") {
	Collecting  k = given_collection();
	WorkObject  o;
	SubmissionNotes notes;
	submit_whole(&k, D(2027, 3, 12), 9, 0, 0);
	Ctx c = at_time(&k, k.analyst, D(2027, 3, 15), 9, 0, 0);
	MUST(workflow_object(&c, &submission_machine, k.submission, &o));
	EQ_INT(prague_day((Instant){o.due.ms - 1}).n, D(2027, 4, 13).n);     /* 20 working days after 12 March; Easter is 26 to 29 March */
	MUST(submission_note_add(&c, k.submission, S("podil"), 1, S("Doplňte druhý obvod.")));
	MUST(submission_notes(&c, the_submission(&c, k.submission), &notes));
	EQ_INT(notes.len, 1);
	ctx_end(&c);
	c = at_time(&k, k.worker, D(2027, 3, 15), 9, 30, 0);
	MUST(submission_notes(&c, the_submission(&c, k.submission), &notes));
	EQ_INT(notes.len, 0);                                              /* written, not sent yet */
	ctx_end(&c);
	c = at_time(&k, k.analyst, D(2027, 3, 15), 10, 0, 0);
	MUST(workflow_do(&c, &submission_machine, k.submission, "return", &(WorkInput){.reason = S("Chybí obvod.")}));
	ctx_end(&c);
	c = at_time(&k, k.worker, D(2027, 3, 22), 9, 0, 0);
	MUST(submission_notes(&c, the_submission(&c, k.submission), &notes));
	EQ_INT(notes.len, 1);
	MUST(workflow_do(&c, &submission_machine, k.submission, "reopen", NULL));
	put_value(&c, k.submission, "vazba", 0, "Opatření 1.1", NULL);
	MUST(submission_note_answer(&c, k.submission, notes.at[0]->head.id, S("Doplněno.")));
	MUST(workflow_do(&c, &submission_machine, k.submission, "lock", NULL));
	ctx_end(&c);
	c = at_time(&k, k.statutory, D(2027, 3, 22), 10, 0, 0);
	MUST(submission_submit(&c, k.submission, 0, true));
	MUST(workflow_object(&c, &submission_machine, k.submission, &o));
	EXPECT(prague_day((Instant){o.due.ms - 1}).n > D(2027, 4, 13).n);
	ctx_end(&c);
	c = at_time(&k, k.analyst, D(2027, 3, 23), 10, 0, 0);
	MUST(workflow_do(&c, &submission_machine, k.submission, "accept", NULL));
	ctx_end(&c);
}

TEST("collection: what is being filled in is not for the region to see until it is submitted") {
	Collecting k = given_collection();
	Ctx        c = at_time(&k, k.analyst, D(2027, 2, 11), 9, 0, 0);
	EXPECT(!submission_may_see(&c, the_submission(&c, k.submission)));
	ctx_end(&c);
	submit_whole(&k, D(2027, 2, 12), 9, 0, 0);
	c = at_time(&k, k.analyst, D(2027, 2, 12), 10, 0, 0);
	EXPECT(submission_may_see(&c, the_submission(&c, k.submission)));
	ctx_end(&c);
}

TEST("collection: what is written while a returned one is corrected is again not for the region until it is submitted anew") {
	Collecting k = given_collection();
	submit_whole(&k, D(2027, 3, 12), 9, 0, 0);
	Ctx c = at_time(&k, k.analyst, D(2027, 3, 15), 10, 0, 0);
	MUST(workflow_do(&c, &submission_machine, k.submission, "return", &(WorkInput){.reason = S("Chybí obvod.")}));
	EXPECT(submission_may_see(&c, the_submission(&c, k.submission)));
	ctx_end(&c);
	c = at_time(&k, k.worker, D(2027, 3, 16), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, k.submission, "reopen", NULL));
	put_value(&c, k.submission, "vazba", 0, "Opatření 1.1", NULL);
	EXPECT(submission_may_see(&c, the_submission(&c, k.submission)));
	ctx_end(&c);
	c = at_time(&k, k.analyst, D(2027, 3, 16), 10, 0, 0);
	EXPECT(!submission_may_see(&c, the_submission(&c, k.submission)));
	ctx_end(&c);
}

TEST("collection: the code of a form does not change, its title does") {
	Collecting   k = given_collection();
	Ctx          c = at_time(&k, k.analyst, D(2027, 2, 10), 10, 0, 0);
	FormVersion *v;
	FormTree     t;
	MUST(form_published(&c, S("zadost-a"), &v));
	MUST(form_tree(&c, v->head.id, &t));
	Form *f = entity_copy(t_arena, &form_entity, t.form);
	f->code = S("zadost-x");
	REFUSED_TELLING(entity_update(&c, &form_entity, f), ERR_INVALID, "nemění");
	f->code = S("zadost-a");
	f->title = S("Žádost A: nová služba");
	MUST(entity_update(&c, &form_entity, f));
	ctx_end(&c);
}

TEST("G8: what co-funders give makes together what the form says of all of them; a form without co-funding needs no rows") {
	Collecting k = given_collection();
	Faults     f;
	Ctx        c = at_time(&k, k.worker, D(2027, 2, 11), 9, 0, 0);
	fill_whole(&c, k.submission);
	put_value(&c, k.submission, "spf_kdo", 1, "", NULL);
	put_value(&c, k.submission, "spf_castka", 1, "", NULL);
	put_value(&c, k.submission, "spf_doklad", 1, "", NULL);
	MUST(submission_check(&c, the_submission(&c, k.submission), &f));
	EQ_INT(f.hard, 0);
	put_value(&c, k.submission, "spolufinancovani", 0, "300 000", NULL);
	MUST(submission_check(&c, the_submission(&c, k.submission), &f));
	EQ_INT(f.hard, 1);
	EQ_STR(str_replace(t_arena, f.at[0].text, S("\xC2\xA0"), S(" ")),
	       S("Kdo spolufinancuje, řádek 1, Částka na rok: součet sloupce je 0 Kč, má se rovnat údaji „Z toho potvrzené spolufinancování obcí a zřizovatele“, kde je 300 000 Kč."));
	put_value(&c, k.submission, "spf_kdo", 1, "Město", NULL);
	put_value(&c, k.submission, "spf_castka", 1, "250 000", NULL);
	put_value(&c, k.submission, "spf_kdo", 2, "Obec", NULL);
	put_value(&c, k.submission, "spf_castka", 2, "49 999,99", NULL);
	MUST(submission_check(&c, the_submission(&c, k.submission), &f));
	EQ_INT(f.hard, 1);
	put_value(&c, k.submission, "spf_castka", 2, "50 000", NULL);
	MUST(submission_check(&c, the_submission(&c, k.submission), &f));
	EQ_INT(f.hard, 0);
	ctx_end(&c);
}
