/* attachment_page.c: attachments of a submission: a page of their own, so that a refused or lost upload takes nothing typed along. */
#include "domain/collection/collection.html.h"
#include "domain/collection/collection_page.h"
#include "domain/library/upload.h"

typedef struct Attaching {
	Req        *r;
	Submission *s;
	FormTree    t;
	Str         href, tried;                 /* tried: the code of what was just refused */
} Attaching;

static Err open_it(Req *r, Attaching *k) {
	*k = (Attaching){.r = r};
	TRY(submission_open(r, &k->s));
	if (!submission_may_see(r->c, k->s))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Přílohy uvidíte, až bude podání podané.");
	TRY(form_tree(r->c, k->s->form_version, &k->t));
	k->href = str_cat(r->c->arena, submission_href(r, k->s), S("/prilohy"));
	return OK;
}

static FieldView upload_view(Attaching *k, const Ask *a) {
	Req *r = k->r;
	return (FieldView){.kind = FIELD_FILE, .name = S("soubor"), .id = str_cat(r->c->arena, S("soubor-"), a->code), .accept = S(UPLOAD_ACCEPT),
	                   .label = str_format(r->c->arena, "Soubor k příloze „%.*s“", STR_ARG(a->label)), .error = str_eq(k->tried, a->code) ? field_problem(r, "soubor") : (Str){0},
	                   .hint = str_format(r->c->arena, "PDF, DOCX, XLSX, CSV, PNG nebo JPG, nejvýše %lld MB.", (long long)setting_int(r->c, "library.upload_mb"))};
}

static void add_ask(Attaching *k, const Ask *a, bool may_fill, AttachmentsPage *v) {
	Arena  *arena = k->r->c->arena;
	AskLine line = {.code = a->code, .label = a->label, .hint = a->hint, .required = a->required, .is_missing = a->required && !a->files.len};
	for (size_t i = 0; i < a->files.len; i++) {
		const SubmissionFile *f = a->files.at[i];
		FileLine one = {.href = str_format(arena, "%.*s/%lld", STR_ARG(k->href), (long long)f->head.id), .words = submission_file_words(arena, f), .name = f->name,
		                .meta = str_cat(arena, S("SHA-256 "), f->sha256)};
		if (may_fill) {
			one.remove_action = str_cat(arena, one.href, S("/odebrat"));
			one.csrf = csrf_token(k->r, one.remove_action);
		}
		*ARENA_PUSH(arena, line.files.at, line.files.len, line.files.cap) = one;
	}
	if (a->template)
		line.template_href = str_format(arena, "%.*s/vzor/%lld", STR_ARG(k->href), (long long)a->template);
	line.may_add = may_fill && (i64)a->files.len < a->most;
	if (line.may_add)
		line.file = upload_view(k, a);
	*ARENA_PUSH(arena, v->asks.at, v->asks.len, v->asks.cap) = line;
}

static Err show(Attaching *k) {
	Req            *r = k->r;
	Asks            asks;
	Faults          faults;
	AttachmentsPage v = {.title = S("Přílohy"), .lead = k->s->title, .action = k->href, .csrf = csrf_token(r, k->href)};
	TRY(submission_asks(r->c, k->s, &k->t, &asks));
	TRY(submission_check(r->c, k->s, &faults));
	v.may_fill = submission_may_fill(r->c, k->s, &v.why);
	submission_tabs(r, k->s, &k->t, &faults, k->t.sections.len, &v.parts);
	for (size_t i = 0; i < asks.len; i++)
		add_ask(k, &asks.at[i], v.may_fill, &v);
	FieldView *fields = NEW_ARRAY(r->c->arena, FieldView, v.asks.len);
	for (size_t i = 0; i < v.asks.len; i++)
		fields[i] = v.asks.at[i].file;
	v.errors = k->tried.len ? errors_view(r, fields, v.asks.len) : NULL;
	r->is_error = v.errors != NULL;
	v.next = str_cat(r->c->arena, submission_href(r, k->s), S("/kontrola"));
	crumb(r, S("Podání"), S("/app/vykaz"));
	crumb(r, k->s->title, submission_href(r, k->s));
	view_attachments(page(r, v.title), &v);
	return OK;
}

Err page_submission_files(Req *r) {
	Attaching k;
	TRY(open_it(r, &k));
	return show(&k);
}

static Err attach(Attaching *k, Str code) {
	Req          *r = k->r;
	const Upload *u = form_file(r, "soubor");
	StoredFile    staged;
	Str           why;
	if (!submission_may_fill(r->c, k->s, &why))
		return fail(r->c, ERR_CONFLICT, NULL, "%.*s", STR_ARG(why));
	if (!u || (!u->file_name.len && !u->size))
		return fail(r->c, ERR_INVALID, "soubor", "Vyberte soubor, který chcete přiložit.");
	TRY(upload_stage(r->c, "soubor", u->file_name, u->bytes, u->fd, u->size, &staged));
	return submission_attach(r->c, k->s->head.id, code, &staged);
}

Err post_submission_files(Req *r) {
	Attaching k;
	Str       code = form(r, "zadani");
	TRY(open_it(r, &k));
	Err e = attach(&k, code);
	if (e == ERR_INVALID) {
		k.tried = code;
		set_status(r, 422);
		return show(&k);
	}
	TRY(e);
	notice(r, "Soubor je přiložený. Podání tím ještě není odeslané.");
	return redirect(r, "/app/vykaz/%lld/prilohy", (long long)k.s->head.id);
}

static Err open_file(Req *r, Attaching *k, SubmissionFile **ret) {
	Id id;
	TRY(open_it(r, k));
	TRY(arg_id(r, 1, &id));
	return submission_file_get(r->c, k->s, id, ret);
}

Err post_submission_file_remove(Req *r) {
	Attaching       k;
	SubmissionFile *f;
	TRY(open_file(r, &k, &f));
	TRY(submission_detach(r->c, k.s->head.id, f->head.id));
	notice(r, "Soubor „%.*s“ je odebraný.", STR_ARG(f->name));
	return redirect(r, "/app/vykaz/%lld/prilohy", (long long)k.s->head.id);
}

Err page_submission_file(Req *r) {
	Attaching       k;
	SubmissionFile *f;
	TRY(open_file(r, &k, &f));
	return send_stored(r, f->file, f->name);
}

Err send_asked_template(Req *r, const char *object, Id object_id, Id id) {
	AskedFile *a;
	StoredFile f;
	TRY(asked_file_get(r->c, object, object_id, id, &a));
	if (a->template == BLANK)
		return fail(r->c, ERR_NOT_FOUND, NULL, "K této příloze vzor není.");
	TRY(files_get(r->c, a->template, &f));
	return send_file(r, &f, true);
}

Err page_submission_template(Req *r) {
	Submission *s;
	Id          id;
	TRY(submission_open(r, &s));
	TRY(arg_id(r, 1, &id));
	return send_asked_template(r, str_z(r->c->arena, s->asked_by), s->asked_by_id, id);
}
