/* staging_page.c: pasting a block, the form as a workbook, the preview of both, taking it back. */
#include "base/format.h"
#include "domain/collection/collection.html.h"
#include "domain/collection/collection_page.h"
#include "domain/collection/staging.h"

#include <unistd.h>

static Err open_filled(Req *r, Submission **ret) {
	Str why;
	TRY(submission_open(r, ret));
	return submission_may_fill(r->c, *ret, &why) ? OK : fail(r->c, ERR_CONFLICT, NULL, "%.*s", STR_ARG(why));
}

static Err start_choices(Req *r, const Submission *s, FieldView *v) {
	FormTree t;
	Str      chosen = form_has(r, "od") ? form(r, "od") : query(r, "od");
	TRY(form_tree(r->c, s->form_version, &t));
	*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){.label = S("– vyberte –"), .chosen = !chosen.len};
	for (size_t i = 0; i < t.len; i++)
		if (!t.at[i]->computed && !form_is(t.at[i], FORM_FILE))
			*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){
				.value = t.at[i]->stable, .label = str_format(r->c->arena, "%.*s – %.*s", STR_ARG(t.at[i]->section), STR_ARG(t.at[i]->label)),
				.chosen = str_eq(t.at[i]->stable, chosen)};
	return OK;
}

static Err show_form(Req *r, const Submission *s, bool as_typed) {
	Str         href = submission_href(r, s);
	PastePage   v = {.title = S("Vložit najednou"), .lead = s->title, .back = href};
	StagingUndo undo;
	v.action = str_cat(r->c->arena, href, S("/vlozit"));
	v.csrf = csrf_token(r, v.action);
	v.book_href = v.book_action = str_cat(r->c->arena, href, S("/sesit"));
	v.book_csrf = csrf_token(r, v.book_action);
	v.start = (FieldView){.kind = FIELD_SELECT, .name = S("od"), .label = S("První buňka bloku patří k údaji"), .error = field_problem(r, "od")};
	TRY(start_choices(r, s, &v.start));
	v.line = (FieldView){.name = S("radek"), .label = S("Od řádku tabulky"), .optional = true, .width = WIDTH_5, .input_mode = "numeric", .value = form(r, "radek"),
	                     .hint = S("Jen u tabulek; jinak nechte prázdné."), .error = field_problem(r, "radek")};
	v.block = (FieldView){.kind = FIELD_AREA, .name = S("blok"), .label = S("Buňky z tabulkového programu"), .rows = 10, .value = form(r, "blok"),
	                      .hint = S("Zkopírujte je v Excelu nebo v LibreOffice a vložte sem. U částek pod sebou může být ve druhém sloupci poznámka."), .error = field_problem(r, "blok")};
	v.file = (FieldView){.kind = FIELD_FILE, .name = S("soubor"), .label = S("Vyplněný sešit"), .accept = S(".xlsx,.csv"), .hint = S("XLSX nebo CSV, nejvýše 10 MB."),
	                     .error = field_problem(r, "soubor")};
	FieldView fields[] = {v.start, v.line, v.block, v.file};
	v.errors = as_typed ? errors_view(r, fields, LEN(fields)) : NULL;
	r->is_error = v.errors != NULL;
	TRY(staging_undo_there(r->c, s, &undo));
	if (undo.is_there) {
		v.undo_action = str_cat(r->c->arena, href, S("/vlozit/zpet"));
		v.undo_csrf = csrf_token(r, v.undo_action);
		v.undo_what = undo.what;
	}
	crumb(r, S("Podání"), S("/app/vykaz"));
	crumb(r, s->title, href);
	view_paste(page(r, v.title), &v);
	return OK;
}

static Err show_preview(Req *r, const Submission *s, const Staging *g, Str what) {
	Str          href = submission_href(r, s);
	StagePreview v = {.title = S("Náhled vložení"), .lead = s->title, .what = what, .back = str_cat(r->c->arena, href, S("/vlozit")), .version = s->head.version,
	                  .changed = (i64)g->changed, .same = (i64)g->same, .wrong = (i64)g->wrong, .left_over = g->left_over};
	v.action = str_cat(r->c->arena, href, S("/vlozit/potvrdit"));
	v.csrf = csrf_token(r, v.action);
	v.packed = staging_pack(r->c->arena, g);
	for (size_t i = 0; i < g->len; i++) {
		const StagedCell *x = &g->at[i];
		if (!x->is_same || !x->f)
			*ARENA_PUSH(r->c->arena, v.cells.at, v.cells.len, v.cells.cap) = (StageRow){.label = x->label, .place = x->place, .before = x->before,
				.after = x->after, .note = x->has_note ? x->note : (Str){0}, .error = x->error};
	}
	crumb(r, S("Podání"), S("/app/vykaz"));
	crumb(r, s->title, href);
	view_stage_preview(page(r, v.title), &v);
	return OK;
}

Err page_submission_paste(Req *r) {
	Submission *s;
	TRY(open_filled(r, &s));
	return show_form(r, s, false);
}

static Err refused(Req *r, const Submission *s, Err e) {
	if (e != ERR_INVALID && e != ERR_CONFLICT)
		return e;
	set_status(r, err_status(e));
	return show_form(r, s, true);
}

Err post_submission_paste(Req *r) {
	Submission *s;
	Staging     g;
	i64         line = 0;
	TRY(open_filled(r, &s));
	Str typed = form(r, "radek");
	Err e = !typed.len || str_to_int(typed, &line) ? OK : fail(r->c, ERR_INVALID, "radek", "Od řádku: napište číslo, například 1.");
	if (!typed.len) {
		FormTree t;
		TRY(form_tree(r->c, s->form_version, &t));
		const FormField *f = form_tree_field(&t, form(r, "od"));
		line = f && f->grid.len ? 1 : 0;
	}
	e = e == OK ? staging_paste(r->c, s, form(r, "od"), line, form(r, "blok"), &g) : e;
	return e == OK ? show_preview(r, s, &g, S("vložený blok buněk")) : refused(r, s, e);
}

Err page_submission_book(Req *r) {
	Submission *s;
	TRY(submission_open(r, &s));
	if (!submission_may_see(r->c, s))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Údaje podání uvidíte, až bude podané.");
	Buf *out = NEW_ZERO(r->c->arena, Buf);
	TRY(download_start(r, format_type(FORMAT_XLSX), str_format(r->c->arena, "podani-%lld.xlsx", (long long)s->head.id), out));
	TRY(submission_workbook(r->c, s, out));
	return download_end(r, out);
}

/* Read from the disk whether it came in memory or not: a workbook is read by its places. */
static Err read_book(Req *r, const Submission *s, Staging *ret) {
	const Upload *u = form_file(r, "soubor");
	StoredFile    staged;
	int           fd;
	if (!u || (!u->file_name.len && !u->size))
		return fail(r->c, ERR_INVALID, "soubor", "Vyberte vyplněný sešit.");
	TRY(files_stage(r->c, u->bytes, u->fd, &staged));
	TRY(files_open(r->c, &staged, false, &fd));
	Err e = staging_workbook(r->c, s, u->file_name, fd, ret);
	close(fd);
	return e;
}

Err post_submission_book(Req *r) {
	Submission *s;
	Staging     g;
	TRY(open_filled(r, &s));
	Err e = read_book(r, s, &g);
	return e == OK ? show_preview(r, s, &g, str_format(r->c->arena, "sešit %.*s", STR_ARG(form_file(r, "soubor")->file_name))) : refused(r, s, e);
}

Err post_submission_stage(Req *r) {
	Submission *s;
	i64         version = 0, count;
	TRY(open_filled(r, &s));
	(void)(str_to_int(form(r, "version"), &version));
	Err e = staging_apply(r->c, s->head.id, version, form(r, "bunky"), form(r, "co"), &count);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return refused(r, s, e);
	TRY(e);
	notice(r, "Vloženo buněk: %lld. Podání tím není odeslané; vložení jde ještě vrátit.", (long long)count);
	return redirect(r, "/app/vykaz/%lld/vlozit", (long long)s->head.id);
}

Err post_submission_unstage(Req *r) {
	Submission *s;
	TRY(open_filled(r, &s));
	TRY(staging_undo(r->c, s->head.id));
	notice(r, "Vložení je vrácené, platí údaje jako před ním.");
	return redirect(r, "/app/vykaz/%lld/vlozit", (long long)s->head.id);
}
