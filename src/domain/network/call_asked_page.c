/* call_asked_page.c: what a call asks to have attached: the officer's list with files to be filled in, and those files for everybody. */
#include "domain/network/call.html.h"
#include "domain/network/call_page.h"

static Err open_call(Req *r, Call **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return call_get(r->c, id, ret);
}

Err call_asked_lines(Req *r, const Call *k, Str href, AskedLines *to) {
	AskedFiles all;
	TRY(asked_files(r->c, call_entity.name, k->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		const AskedFile *a = all.at[i];
		AskedLine        line = {.label = a->label, .hint = a->hint, .required = a->required};
		if (a->template != BLANK)
			line.template_href = str_format(r->c->arena, "/vyzvy/%lld/vzor/%lld", (long long)k->head.id, (long long)a->head.id);
		if (href.len && call_is(k, CALL_PLANNED)) {
			line.remove_action = str_format(r->c->arena, "%.*s/%lld/odebrat", STR_ARG(href), (long long)a->head.id);
			line.csrf = csrf_token(r, line.remove_action);
		}
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = line;
	}
	return OK;
}

static Err show(Req *r, const Call *k, const AskedFile *typed, bool as_typed) {
	Str       back = str_format(r->c->arena, "/app/vyzvy/%lld", (long long)k->head.id), href = str_cat(r->c->arena, back, S("/prilohy"));
	AskedPage v = {.title = S("Co se k žádosti přikládá"), .lead = k->title, .action = href, .back = back, .may_add = call_is(k, CALL_PLANNED)};
	TRY(call_asked_lines(r, k, href, &v.lines));
	v.csrf = csrf_token(r, href);
	v.label = field_view(r, entity_field(&asked_file_entity, S("label")), typed, as_typed);
	v.hint = field_view(r, entity_field(&asked_file_entity, S("hint")), typed, as_typed);
	v.required = field_view(r, entity_field(&asked_file_entity, S("required")), typed, as_typed);
	v.file = (FieldView){.kind = FIELD_FILE, .name = S("vzor"), .label = S("Vzor k vyplnění"), .optional = true, .accept = S(UPLOAD_ACCEPT), .error = field_problem(r, "vzor"),
	                     .hint = S("Když se příloha vyplňuje podle vašeho souboru.")};
	FieldView fields[] = {v.label, v.hint, v.required, v.file};
	v.errors = as_typed ? errors_view(r, fields, LEN(fields)) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Výzvy"), S("/app/vyzvy"));
	crumb(r, k->title, back);
	view_call_asked(page(r, v.title), &v);
	return OK;
}

Err page_call_asked(Req *r) {
	Call *k;
	TRY(open_call(r, &k));
	return show(r, k, entity_new(r->c->arena, &asked_file_entity), false);
}

static Err read_ask(Req *r, AskedFile *a, StoredFile **template) {
	static const char *const names[] = {"label", "hint", "required", "vzor", NULL};
	const Upload *u = form_file(r, "vzor");
	*template = NULL;
	TRY(form_read(r, &asked_file_entity, names, a));
	if (!u || (!u->file_name.len && !u->size))
		return OK;
	*template = NEW_ZERO(r->c->arena, StoredFile);
	return upload_stage(r->c, "vzor", u->file_name, u->bytes, u->fd, u->size, *template);
}

Err post_call_asked(Req *r) {
	Call       *k;
	AskedFile  *a = entity_new(r->c->arena, &asked_file_entity);
	StoredFile *template;
	TRY(open_call(r, &k));
	Err e = read_ask(r, a, &template);
	e = e == OK ? call_ask_file(r->c, k->head.id, a, template) : e;
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show(r, k, a, true);
	}
	TRY(e);
	notice(r, "Příloha je mezi požadovanými.");
	return redirect(r, "/app/vyzvy/%lld/prilohy", (long long)k->head.id);
}

Err post_call_asked_remove(Req *r) {
	Call *k;
	Id    id;
	TRY(open_call(r, &k));
	TRY(arg_id(r, 1, &id));
	TRY(call_unask_file(r->c, k->head.id, id));
	notice(r, "Příloha už mezi požadovanými není.");
	return redirect(r, "/app/vyzvy/%lld/prilohy", (long long)k->head.id);
}

Err page_call_template(Req *r) {
	Call *k;
	Id    id;
	TRY(open_call(r, &k));
	TRY(arg_id(r, 1, &id));
	return send_asked_template(r, call_entity.name, k->head.id, id);
}
