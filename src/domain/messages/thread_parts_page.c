#include "domain/messages/thread_parts_page.h"

static const char *const file_names[MESSAGE_FILES_MAX] = {"priloha1", "priloha2", "priloha3"};

void keep(Req *r, HiddenViews *list, const char *name, Str value) {
	if (value.len)
		*ARENA_PUSH(r->c->arena, list->at, list->len, list->cap) = (HiddenView){.name = str_c(name), .value = value};
}

FieldView text_field(Req *r, const char *name, const char *label, int rows) {
	return (FieldView){.kind = FIELD_AREA, .name = str_c(name), .label = str_c(label), .rows = rows, .value = form(r, name), .error = field_problem(r, name)};
}

void file_fields(Req *r, FieldView fields[MESSAGE_FILES_MAX]) {
	for (int i = 0; i < MESSAGE_FILES_MAX; i++)
		fields[i] = (FieldView){.kind = FIELD_FILE, .name = str_c(file_names[i]), .optional = true, .accept = S(".pdf,.xlsx,.docx,.csv,.png,.jpg,.jpeg"),
		                        .label = i ? str_format(r->c->arena, "Další příloha (%d.)", i + 1) : S("Příloha"),
		                        .hint = i ? (Str){0} : S("PDF, XLSX, DOCX, CSV, PNG nebo JPG, nejvýše 10 MB."), .error = field_problem(r, file_names[i])};
}

Err stage_files(Req *r, Attachments *to) {
	Err first = OK;
	for (int i = 0; i < MESSAGE_FILES_MAX; i++) {
		const Upload *u = form_file(r, file_names[i]);
		if (!u || (!u->file_name.len && !u->size))
			continue;
		Err e = attachment_stage(r->c, file_names[i], u->file_name, u->bytes, u->fd, u->size, to);
		if (e != OK && e != ERR_INVALID)
			return e;
		first = first == OK ? e : first;
	}
	return first;
}

Err only_known(Req *r, const char *names) {
	for (size_t i = 0; i < r->http->form.len; i++) {
		Str  name = r->http->form.at[i].name, rest = str_c(names);
		bool known = str_eq(name, S("csrf"));
		while (!known && rest.len)
			known = str_eq(str_cut(&rest, ' '), name);
		if (!known)
			return fail(r->c, ERR_MALFORMED, NULL, "Formulář obsahuje pole „%.*s“, které sem nepatří.", STR_ARG(utf8_first(name, 60)));
	}
	return OK;
}

Str record_href(Req *r, Str object, Id id) {
	Record record;
	size_t said = r->c->problems.len;
	if (!object.len)
		return (Str){0};
	Err e = record_find(r->c, object, id, &record);
	r->c->problems.len = said;
	return e == OK ? record.link : (Str){0};
}
