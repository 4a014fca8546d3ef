/* attachments of submissions: asked for, added, taken away, named in the receipt; read by those who may read the submission and nobody else. */
#include <stdlib.h>
#include <unistd.h>

#include "core/access.h"
#include "tests/domain/call_given.h"

static void folder(void) {
	char *name = str_z(t_arena, S("/tmp/sitovka-attachment-XXXXXX"));
	EXPECT(mkdtemp(name));
	files_set_folder(name);
}

static StoredFile staged(Ctx *c, const char *name, const char *bytes) {
	StoredFile f;
	MUST(files_stage(c, str_c(bytes), -1, &f));
	f.name = str_c(name);
	return f;
}

/* A call with one required and one other attachment, and a draft of an application to it. */
static Calling given_asking(AskedFile **required) {
	Calling      g = given_call();
	Call        *k;
	Application *a;
	Ctx          c = when(&g, g.officer, D(2027, 1, 11), 9, 0, 0);
	MUST(call_stored(&c, g.call, &k));
	Call *made = entity_copy(t_arena, &call_entity, k);
	made->head = (EntityHead){0};
	made->announced_at = (Instant){0};
	made->state = (Str){0};
	MUST(call_add(&c, made, &(CallTargets){0}));
	g.call = made->head.id;
	StoredFile form = staged(&c, "vzor.csv", "a;b\r\n1;2\r\n");
	*required = entity_new(t_arena, &asked_file_entity);
	(*required)->label = S("Souhlas vlastníka prostor");
	(*required)->required = true;
	MUST(call_ask_file(&c, g.call, *required, &form));
	AskedFile *other = entity_new(t_arena, &asked_file_entity);
	other->label = S("Fotografie");
	MUST(call_ask_file(&c, g.call, other, NULL));
	MUST(workflow_do(&c, &call_machine, g.call, "announce", NULL));
	ctx_end(&c);
	c = when(&g, g.k.worker, D(2027, 2, 11), 9, 0, 0);
	MUST(application_start(&c, g.call, S("A"), g.service, (Str){0}, &a));
	g.application = a->head.id;
	g.k.submission = a->submission;
	fill_whole(&c, g.k.submission);
	ctx_end(&c);
	return g;
}

static Str code_of(const AskedFile *a) { return str_format(t_arena, "zadani-%lld", (long long)a->head.id); }

static Ask first_ask(Ctx *c, Id submission) {
	FormTree t;
	Asks     asks;
	MUST(form_tree(c, the_submission(c, submission)->form_version, &t));
	MUST(submission_asks(c, the_submission(c, submission), &t, &asks));
	EQ_INT(asks.len, 3);
	return asks.at[0];
}

TEST("attachment: a required one keeps the submission from being locked until it is there; the receipt names it with its digest") {
	AskedFile *asked;
	Receipts   all;
	folder();
	Calling g = given_asking(&asked);
	Ctx     c = when(&g, g.k.worker, D(2027, 2, 11), 10, 0, 0);
	REFUSED_TELLING(workflow_do(&c, &submission_machine, g.k.submission, "lock", NULL), ERR_INVALID, "Souhlas vlastníka prostor: povinná příloha chybí");
	StoredFile f = staged(&c, "souhlas.csv", "souhlas;ano\r\n");
	MUST(submission_attach(&c, g.k.submission, code_of(asked), &f));
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "lock", NULL));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 2, 12), 9, 0, 0);
	MUST(submission_submit(&c, g.k.submission, 0, true));
	MUST(submission_receipts(&c, g.k.submission, &all));
	EXPECT(str_has(all.at[0].body, S("souhlas.csv")));
	EXPECT(str_has(all.at[0].body, f.sha256));
	ctx_end(&c);
}

TEST("attachment: nothing is added to or taken from a locked and a submitted one; a withdrawn one has its files and gives them back") {
	AskedFile      *asked;
	SubmissionFile *kept;
	folder();
	Calling    g = given_asking(&asked);
	Ctx        c = when(&g, g.k.worker, D(2027, 2, 11), 10, 0, 0);
	StoredFile f = staged(&c, "souhlas.csv", "souhlas;ano\r\n"), later = staged(&c, "jiny.csv", "jiny;ano\r\n");
	MUST(submission_attach(&c, g.k.submission, code_of(asked), &f));
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "lock", NULL));
	Id file = first_ask(&c, g.k.submission).files.at[0]->head.id;
	REFUSED_TELLING(submission_attach(&c, g.k.submission, S("dalsi"), &later), ERR_CONFLICT, "zamčené");
	REFUSED_TELLING(submission_detach(&c, g.k.submission, file), ERR_CONFLICT, "zamčené");
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 2, 12), 9, 0, 0);
	MUST(submission_submit(&c, g.k.submission, 0, true));
	REFUSED_TELLING(submission_detach(&c, g.k.submission, file), ERR_CONFLICT, "vzít zpět");
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "withdraw", &(WorkInput){.reason = S("Jiný souhlas.")}));
	EQ_INT(first_ask(&c, g.k.submission).files.len, 1);
	MUST(submission_detach(&c, g.k.submission, file));
	EQ_INT(first_ask(&c, g.k.submission).files.len, 0);
	MUST(submission_file_get(&c, the_submission(&c, g.k.submission), file, &kept));   /* a receipt has named it */
	EXPECT(kept->removed_at.ms != 0);
	ctx_end(&c);
}

TEST("attachment: one that nobody has received really goes, with its content") {
	AskedFile      *asked;
	SubmissionFile *kept;
	StoredFile      stored;
	i64             swept;
	folder();
	Calling    g = given_asking(&asked);
	Ctx        c = when(&g, g.k.worker, D(2027, 2, 11), 10, 0, 0);
	StoredFile f = staged(&c, "souhlas.csv", "rodné číslo omylem\r\n");
	MUST(submission_attach(&c, g.k.submission, code_of(asked), &f));
	Id id = first_ask(&c, g.k.submission).files.at[0]->head.id, file = first_ask(&c, g.k.submission).files.at[0]->file;
	MUST(submission_detach(&c, g.k.submission, id));
	EQ_INT(submission_file_get(&c, the_submission(&c, g.k.submission), id, &kept), ERR_NOT_FOUND);
	ctx_end(&c);
	c = when(&g, &actor_program, D(2027, 3, 20), 10, 0, 0);
	MUST(files_sweep(&c, c.now, &swept));
	EQ_INT(files_get(&c, file, &stored), ERR_NOT_FOUND);
	ctx_end(&c);
}

TEST("attachment: what came and went while a returned submission was corrected was received by nobody: it really goes; what the receipt named stays") {
	AskedFile      *asked;
	SubmissionFile *kept;
	folder();
	Calling    g = given_asking(&asked);
	Ctx        c = when(&g, g.k.worker, D(2027, 2, 11), 10, 0, 0);
	StoredFile f = staged(&c, "souhlas.csv", "souhlas;ano\r\n"), wrong = staged(&c, "omyl.csv", "rodné číslo omylem\r\n");
	MUST(submission_attach(&c, g.k.submission, code_of(asked), &f));
	Id named = first_ask(&c, g.k.submission).files.at[0]->head.id;
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "lock", NULL));
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 2, 12), 9, 0, 0);
	MUST(submission_submit(&c, g.k.submission, 0, true));
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 2, 15), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "return", &(WorkInput){.reason = S("Souhlas není podepsaný.")}));
	ctx_end(&c);
	c = when(&g, g.k.worker, D(2027, 2, 16), 9, 0, 0);
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "reopen", NULL));
	MUST(submission_attach(&c, g.k.submission, code_of(asked), &wrong));
	Id mistake = first_ask(&c, g.k.submission).files.at[1]->head.id;
	MUST(submission_detach(&c, g.k.submission, mistake));
	MUST(submission_detach(&c, g.k.submission, named));
	EQ_INT(submission_file_get(&c, the_submission(&c, g.k.submission), mistake, &kept), ERR_NOT_FOUND);
	MUST(submission_file_get(&c, the_submission(&c, g.k.submission), named, &kept));
	ctx_end(&c);
}

TEST("attachment: the same file twice, too many files and files for nothing are refused") {
	AskedFile *asked;
	folder();
	Calling    g = given_asking(&asked);
	Ctx        c = when(&g, g.k.worker, D(2027, 2, 11), 10, 0, 0);
	StoredFile f = staged(&c, "souhlas.csv", "souhlas;ano\r\n");
	MUST(submission_attach(&c, g.k.submission, code_of(asked), &f));
	f.name = S("souhlas-2.csv");
	REFUSED_TELLING(submission_attach(&c, g.k.submission, code_of(asked), &f), ERR_INVALID, "stejný soubor už je přiložený jako „souhlas.csv“");
	for (int i = 1; i < ATTACHMENTS_MOST; i++) {
		StoredFile one = staged(&c, "dalsi.csv", str_z(t_arena, str_format(t_arena, "soubor;%d\r\n", i)));
		MUST(submission_attach(&c, g.k.submission, code_of(asked), &one));
	}
	StoredFile last = staged(&c, "posledni.csv", "o jeden víc\r\n");
	REFUSED_TELLING(submission_attach(&c, g.k.submission, code_of(asked), &last), ERR_INVALID, "víc souborů než 10");
	EQ_INT(submission_attach(&c, g.k.submission, S("zadani-999999"), &last), ERR_MALFORMED);
	EQ_INT(submission_attach(&c, g.k.submission, S("pole-nazev"), &last), ERR_MALFORMED);
	ctx_end(&c);
}

TEST("attachment: another provider never reads it, the region does once it is submitted, and neither of them adds one") {
	AskedFile      *asked;
	SubmissionFile *file;
	Submission     *s;
	folder();
	Calling    g = given_asking(&asked);
	Ctx        c = when(&g, g.k.worker, D(2027, 2, 11), 10, 0, 0);
	StoredFile f = staged(&c, "souhlas.csv", "souhlas;ano\r\n");
	MUST(submission_attach(&c, g.k.submission, code_of(asked), &f));
	Id id = first_ask(&c, g.k.submission).files.at[0]->head.id;
	MUST(workflow_do(&c, &submission_machine, g.k.submission, "lock", NULL));
	ctx_end(&c);
	c = when(&g, g.k.stranger, D(2027, 2, 11), 11, 0, 0);
	EQ_INT(submission_get(&c, g.k.submission, &s), ERR_NOT_FOUND);
	EQ_INT(submission_attach(&c, g.k.submission, S("dalsi"), &f), ERR_NOT_FOUND);
	EQ_INT(submission_detach(&c, g.k.submission, id), ERR_NOT_FOUND);
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 2, 11), 11, 0, 0);
	EQ_INT(submission_file_get(&c, the_submission(&c, g.k.submission), id, &file), ERR_NOT_FOUND);
	ctx_end(&c);
	c = when(&g, g.k.statutory, D(2027, 2, 12), 9, 0, 0);
	MUST(submission_submit(&c, g.k.submission, 0, true));
	ctx_end(&c);
	c = when(&g, g.officer, D(2027, 2, 12), 11, 0, 0);
	MUST(submission_file_get(&c, the_submission(&c, g.k.submission), id, &file));
	EQ_TEXT(file->name, "souhlas.csv");
	EXPECT(submission_attach(&c, g.k.submission, S("dalsi"), &f) != OK);
	ctx_end(&c);
}

TEST("attachment: a file of another submission is not reached through one's own") {
	AskedFile      *asked;
	SubmissionFile *file;
	Application    *a;
	folder();
	Calling    g = given_asking(&asked);
	Ctx        c = when(&g, g.k.worker, D(2027, 2, 11), 10, 0, 0);
	StoredFile f = staged(&c, "souhlas.csv", "souhlas;ano\r\n");
	MUST(submission_attach(&c, g.k.submission, code_of(asked), &f));
	Id id = first_ask(&c, g.k.submission).files.at[0]->head.id;
	MUST(application_start(&c, g.call, S("C"), 0, S("Druhá žádost"), &a));
	EQ_INT(submission_file_get(&c, the_submission(&c, a->submission), id, &file), ERR_NOT_FOUND);
	EQ_INT(submission_detach(&c, a->submission, id), ERR_NOT_FOUND);
	ctx_end(&c);
}

TEST("attachment: what a call asks for is settled before it is announced") {
	AskedFile *asked;
	folder();
	Calling    g = given_asking(&asked);
	Ctx        c = when(&g, g.officer, D(2027, 1, 20), 9, 0, 0);
	AskedFile *more = entity_new(t_arena, &asked_file_entity);
	more->label = S("Ještě něco");
	REFUSED_TELLING(call_ask_file(&c, g.call, more, NULL), ERR_CONFLICT, "seznam příloh se nemění");
	REFUSED_TELLING(call_unask_file(&c, g.call, asked->head.id), ERR_CONFLICT, "seznam příloh se nemění");
	ctx_end(&c);
}

TEST("attachment: a field of a form that is a file takes as many as it says, and no typed value") {
	Calling      g = given_call();
	FormVersion *v, *copy;
	FormTree     t;
	i64          version;
	folder();
	Ctx c = when(&g, g.k.analyst, D(2027, 1, 11), 9, 0, 0);
	MUST(form_published(&c, S("zadost-c"), &v));
	MUST(form_version_copy(&c, v->head.id, &copy));
	FormField *f = entity_new(t_arena, &form_field_entity);
	f->form_version = copy->head.id;
	f->stable = S("plan");
	f->section = S("Přílohy");
	f->position = 90000;
	f->label = S("Podnikatelský plán");
	f->type = S(FORM_FILE);
	f->required = true;
	f->most = 11;
	REFUSED_TELLING(entity_insert(&c, &form_field_entity, f), ERR_INVALID, "1 až 10");
	f->most = 1;
	MUST(entity_insert(&c, &form_field_entity, f));
	MUST(workflow_do(&c, &form_version_machine, copy->head.id, "publish", NULL));
	ctx_end(&c);
	c = when(&g, g.k.worker, D(2027, 2, 11), 9, 0, 0);
	Submission s = {.form_version = copy->head.id, .object = S("zkouska"), .object_id = 77, .title = S("Zkouška"), .provider = g.k.provider, .municipality = BLANK,
	                .district = BLANK};
	MUST(submission_start(&c, &s, NULL, 0));
	MUST(form_tree(&c, copy->head.id, &t));
	Typed     typed = {.field = S("plan"), .value = S("text")};
	TypedList list = {&typed, 1, 1};
	EQ_INT(submission_save(&c, s.head.id, the_submission(&c, s.head.id)->head.version, &list, &version), ERR_MALFORMED);
	StoredFile one = staged(&c, "plan.csv", "plan\r\n"), two = staged(&c, "plan2.csv", "plan2\r\n");
	MUST(submission_attach(&c, s.head.id, S("pole-plan"), &one));
	REFUSED_TELLING(submission_attach(&c, s.head.id, S("pole-plan"), &two), ERR_INVALID, "víc souborů než 1");
	ctx_end(&c);
}
