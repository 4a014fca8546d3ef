/* resolution_form_page.c: writing a resolution down, and mending it. */
#include "domain/library/document.html.h"
#include "domain/library/resolution_page.h"

static const char *const form_fields[] = {"number", "body", "decided_on", "title", "result", "text", "file", NULL};

static Err body_field(Req *r, FieldView *f, Str chosen) {
	Choices bodies;
	TRY(library_bodies(r->c, &bodies));
	f->kind = FIELD_SELECT;
	f->hint = S("Orgány zakládá správce aplikace mezi organizacemi.");
	*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) = (OptionView){.label = S("– vyberte –")};
	for (size_t i = 0; i < bodies.len; i++) {
		Str value = str_format(r->c->arena, "%lld", (long long)bodies.at[i].id);
		OptionView o = {.value = value, .label = bodies.at[i].name, .chosen = str_eq(value, chosen)};
		*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) = o;
	}
	return OK;
}

static Err show_form(Req *r, LibraryForm v, const Resolution *x, bool as_typed) {
	for (const char *const *name = form_fields; *name; name++) {
		const Field *field = entity_field(&resolution_entity, str_c(*name));
		FieldView    f = field->readonly ? upload_field(r, "file", x->file != BLANK && x->file ? "Jiný soubor" : "Soubor", true) : field_view(r, field, x, as_typed);
		if (strcmp(*name, "body") == 0)
			TRY(body_field(r, &f, as_typed ? form(r, "body") : x->body ? str_format(r->c->arena, "%lld", (long long)x->body) : (Str){0}));
		*ARENA_PUSH(r->c->arena, v.fields, v.count, v.cap) = f;
	}
	v.uploads = true;
	v.csrf = csrf_token(r, v.action);
	v.version = x->head.version;
	v.button = S("Uložit usnesení");
	v.help = S("Číslo je pořadí, rok a zkratka orgánu. Usnesení je hned veřejné a ostatní části aplikace se na něj odkazují číslem.");
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	view_library_form(page(r, v.title), &v);
	return OK;
}

/* Bodies are named by everybody who writes resolutions, although records of organisations are the administrator's. */
static Err read_form(Req *r, Resolution *x, const Resolution *stored, StoredFile **file) {
	bool before = r->c->scope_decided;
	r->c->scope_decided = true;
	Err e = form_read_resolved(r, &resolution_entity, form_fields, x, stored);
	r->c->scope_decided = before;
	TRY(e);
	return upload_of_form(r, "file", file);
}

static LibraryForm new_form(Req *r) {
	crumb(r, S("Usnesení"), S("/app/usneseni"));
	return (LibraryForm){.title = S("Nové usnesení"), .action = S("/app/usneseni/nove"), .back = S("/app/usneseni")};
}

Err page_resolution_new(Req *r) {
	return show_form(r, new_form(r), entity_new(r->c->arena, &resolution_entity), false);
}

Err post_resolution_new(Req *r) {
	Resolution *x = entity_new(r->c->arena, &resolution_entity);
	StoredFile *file = NULL;
	Id          id;
	Err         e = read_form(r, x, NULL, &file);
	if (e == OK)
		e = resolution_add(r->c, &(ResolutionNew){.number = x->number, .title = x->title, .result = x->result, .text = x->text, .body = x->body,
		                                          .decided_on = x->decided_on, .staged = file, .file_name = file ? file->name : (Str){0}}, &id);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_form(r, new_form(r), x, true);
	}
	TRY(e);
	notice(r, "Usnesení je zapsané.");
	return redirect(r, "/app/usneseni/%lld", (long long)id);
}

static Err stored_one(Req *r, Resolution *ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return resolution_get(r->c, id, ret);
}

static LibraryForm edit_form(Req *r, const Resolution *x) {
	Str href = str_format(r->c->arena, "/app/usneseni/%lld", (long long)x->head.id);
	crumb(r, S("Usnesení"), S("/app/usneseni"));
	crumb(r, x->number, href);
	return (LibraryForm){.title = S("Upravit usnesení"), .lead = x->number, .action = str_cat(r->c->arena, href, S("/upravit")), .back = href};
}

Err page_resolution_edit(Req *r) {
	Resolution x;
	TRY(stored_one(r, &x));
	return show_form(r, edit_form(r, &x), &x, false);
}

Err post_resolution_edit(Req *r) {
	Resolution  stored, *x;
	StoredFile *file = NULL;
	TRY(stored_one(r, &stored));
	x = entity_copy(r->c->arena, &resolution_entity, &stored);
	Err e = read_form(r, x, &stored, &file);
	if (e == OK)
		e = resolution_change(r->c, x, file ? file->name : (Str){0}, file);
	if (e == ERR_CONFLICT && x->head.version != stored.head.version) {
		LibraryForm v = edit_form(r, &stored);
		return conflict_show(r, &resolution_entity, form_fields, x, v.action, v.back);
	}
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_form(r, edit_form(r, &stored), x, true);
	}
	TRY(e);
	notice(r, "Usnesení je uložené.");
	return redirect(r, "/app/usneseni/%lld", (long long)x->head.id);
}
