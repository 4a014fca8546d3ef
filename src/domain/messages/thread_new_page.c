/* thread_new_page.c: a new thread: to whom, about what. An officer chooses the organisation (the record says it), others write for their own. */
#include "domain/messages/thread.html.h"
#include "domain/messages/thread_page.h"
#include "domain/messages/thread_parts_page.h"

enum { FOUND_MAX = 20 };
#define HERE "/app/zpravy/nova"

typedef struct Wanted {
	Side   side;                             /* kind SCOPE_NONE: not known yet */
	Record record;
	bool   has_record;
	Str    record_address;
} Wanted;

static Err choose_own_side(Req *r, Str chosen, Wanted *w, Sides *own) {
	TRY(sides_of_actor(r->c, own));
	if (own->len == 0)
		return fail(r->c, ERR_FORBIDDEN, NULL, "Nemáte organizaci, za kterou byste kraji psali. Požádejte správce o přidělení role.");
	for (size_t i = 0; i < own->len; i++)
		if (str_eq(side_address(r->c->arena, &own->at[i]), chosen))
			w->side = own->at[i];
	if (own->len == 1)
		w->side = own->at[0];
	return OK;
}

static Err read_wanted(Req *r, Str to, Str record, Wanted *w, Sides *own) {
	*w = (Wanted){.record_address = record};
	*own = (Sides){0};
	if (record.len) {
		TRY(record_read(r->c, record, &w->record));
		w->has_record = true;
	}
	if (!sides_of_region(r->c))
		return choose_own_side(r, to, w, own);
	if (to.len)
		return side_read(r->c, to, &w->side);
	if (w->has_record && w->record.side != SCOPE_NONE) {
		Side s = {.kind = w->record.side, .ref = w->record.side_ref};
		return side_read(r->c, side_address(r->c->arena, &s), &w->side);
	}
	return OK;
}

static void add_side_field(Req *r, const Sides *own, const Wanted *w, ThreadForm *v) {
	v->side = (FieldView){.kind = FIELD_SELECT, .name = S("komu"), .label = S("Za koho píšete"), .error = field_problem(r, "komu")};
	for (size_t i = 0; i < own->len; i++) {
		const Side *s = &own->at[i];
		OptionView  o = {.value = side_address(r->c->arena, s), .label = s->name, .chosen = s->ref == w->side.ref && s->kind == w->side.kind};
		*ARENA_PUSH(r->c->arena, v->side.options.at, v->side.options.len, v->side.options.cap) = o;
	}
}

static Err find_side(Req *r, const Wanted *w, ThreadForm *v) {
	Sides found;
	v->asks_side = true;
	v->searched = query(r, "q");
	v->search = (FieldView){.name = S("q"), .label = S("Komu chcete psát"), .hint = S("Název poskytovatele nebo obce, IČO"), .value = v->searched, .type = "search"};
	v->search_record = w->record_address;
	if (!v->searched.len)
		return OK;
	if (utf8_count(v->searched) > 200)
		return fail(r->c, ERR_MALFORMED, NULL, "Hledaný text má víc než 200 znaků. Zkraťte jej.");
	TRY(sides_find(r->c, v->searched, FOUND_MAX, &found));
	for (size_t i = 0; i < found.len; i++)
		*ARENA_PUSH(r->c->arena, v->found.at, v->found.len, v->found.cap) = (LinkView){.label = found.at[i].name,
			.href = str_format(r->c->arena, HERE "?komu=%.*s%s%.*s", STR_ARG(side_address(r->c->arena, &found.at[i])), w->record_address.len ? "&zaznam=" : "",
			                   STR_ARG(w->record_address))};
	return OK;
}

static Err show(Req *r, const Wanted *w, const Sides *own) {
	ThreadForm v = {.action = S(HERE), .back = S("/app/zpravy"), .to = w->side.name};
	v.csrf = csrf_token(r, v.action);
	v.record = w->has_record ? str_format(r->c->arena, "%.*s: %.*s", STR_ARG(w->record.kind), STR_ARG(w->record.title)) : (Str){0};
	if (w->side.kind == SCOPE_NONE && !own->len)
		TRY(find_side(r, w, &v));
	if (own->len > 1)
		add_side_field(r, own, w, &v);
	else
		keep(r, &v.keep, "komu", w->side.kind ? side_address(r->c->arena, &w->side) : (Str){0});
	keep(r, &v.keep, "zaznam", w->record_address);
	v.subject = (FieldView){.name = S("subject"), .label = S("Předmět"), .value = form(r, "subject"), .error = field_problem(r, "subject")};
	v.text = text_field(r, "text", "Zpráva", 8);
	file_fields(r, v.files);
	FieldView fields[] = {v.side, v.subject, v.text, v.files[0], v.files[1], v.files[2]};
	v.errors = errors_view(r, fields, LEN(fields));
	r->is_error = v.errors != NULL;
	crumb(r, S("Zprávy"), S("/app/zpravy"));
	view_thread_new(page(r, S("Nová zpráva")), &v);
	return OK;
}

Err page_thread_new(Req *r) {
	Wanted w;
	Sides  own;
	TRY(read_wanted(r, query(r, "komu"), query(r, "zaznam"), &w, &own));
	return show(r, &w, &own);
}

Err post_thread_new(Req *r) {
	Wanted      w;
	Sides       own;
	Attachments files = {0};
	Id          id;
	TRY(only_known(r, "komu zaznam subject text"));
	TRY(read_wanted(r, form(r, "komu"), form(r, "zaznam"), &w, &own));
	Err e = stage_files(r, &files);
	if (w.side.kind == SCOPE_NONE)
		e = fail(r->c, ERR_INVALID, "komu", "Vyberte, komu a za koho píšete.");
	NewThread t = {.side = w.side, .record = w.has_record ? &w.record : NULL, .subject = form(r, "subject"), .text = form(r, "text"), .files = &files};
	if (e == OK)
		e = thread_open(r->c, &t, &id);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show(r, &w, &own);
	}
	TRY(e);
	notice(r, "Zpráva je odeslaná.");
	return redirect(r, "/app/zpravy/%lld", (long long)id);
}
