/* thread_page.c: the list of threads, one thread, answering. Opening one: thread_new_page.c. */
#include "domain/messages/thread_page.h"

#include <unistd.h>

#include "domain/messages/thread.html.h"
#include "domain/messages/thread_parts_page.h"

enum { SHOWN = 50 };

/* ---- the list ---- */

static Str list_href(Req *r, const char *state, Str record) {
	Str href = str_format(r->c->arena, "/app/zpravy%s%s", *state ? "?stav=" : "", state);
	return record.len ? str_format(r->c->arena, "%.*s%szaznam=%.*s", STR_ARG(href), *state ? "&" : "?", STR_ARG(record)) : href;
}

static void add_tab(Req *r, ThreadsPage *v, const char *label, const char *state, Str now, Str record) {
	*ARENA_PUSH(r->c->arena, v->tabs.at, v->tabs.len, v->tabs.cap) =
		(TabView){.label = str_c(label), .href = list_href(r, state, record), .current = str_eq(now, str_c(state))};
}

static Err of_record(Req *r, Str address, ThreadQuery *q, ThreadsPage *v) {
	Record record;
	if (!address.len)
		return OK;
	TRY(record_read(r->c, address, &record));
	q->object = str_c(record.object);
	q->object_id = record.id;
	v->record = str_format(r->c->arena, "%.*s: %.*s", STR_ARG(record.kind), STR_ARG(record.title));
	v->record_href = record.link;
	return OK;
}

Err page_threads(Req *r) {
	ThreadsPage v = {0};
	i64         page_no;
	Str         state = query(r, "stav"), record = query(r, "zaznam");
	ThreadQuery q = {.unread = str_eq(state, S("neprectene")), .mine = str_eq(state, S("moje")), .closed = str_eq(state, S("uzavrene")), .text = query(r, "q"),
	                 .limit = SHOWN + 1};
	TRY(query_int(r, "strana", 1, 1, 100000, &page_no));
	if (utf8_count(q.text) > 200)
		return fail(r->c, ERR_MALFORMED, NULL, "Hledaný text má víc než 200 znaků. Zkraťte jej.");
	q.offset = (page_no - 1) * SHOWN;
	TRY(of_record(r, record, &q, &v));
	TRY(threads_list(r->c, q, &v.list));
	if (v.list.len > SHOWN) {
		v.list.len = SHOWN;
		v.next = url_with(r, "strana", str_format(r->c->arena, "%lld", (long long)page_no + 1));
	}
	if (page_no > 1)
		v.previous = url_with(r, "strana", str_format(r->c->arena, "%lld", (long long)page_no - 1));
	add_tab(r, &v, "Otevřené", "", state, record);
	add_tab(r, &v, "Nepřečtené", "neprectene", state, record);
	add_tab(r, &v, "S mou zprávou", "moje", state, record);
	add_tab(r, &v, "Uzavřené", "uzavrene", state, record);
	v.search = (FieldView){.name = S("q"), .label = S("Hledat"), .hint = S("Slovo z předmětu nebo název organizace"), .value = q.text, .type = "search"};
	keep(r, &v.keep, "stav", state);
	keep(r, &v.keep, "zaznam", record);
	v.may_write = may(r->c, CAP_MESSAGE_CREATE);
	v.new_href = record.len ? str_format(r->c->arena, "/app/zpravy/nova?zaznam=%.*s", STR_ARG(record)) : S("/app/zpravy/nova");
	view_threads(page(r, S("Zprávy")), &v);
	return OK;
}

/* ---- one thread ---- */

static Err show(Req *r, const Thread *t) {
	Ctx       *c = r->c;
	Messages   all;
	ThreadPage v = {.t = t, .is_closed = str_eq(t->state, S("closed"))};
	Str        here = str_format(c->arena, "/app/zpravy/%lld", (long long)t->id);
	TRY(thread_messages(c, t, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(c->arena, v.messages.at, v.messages.len, v.messages.cap) =
			(MessageView){.m = &all.at[i], .is_mine = all.at[i].account == c->actor->account, .files_href = str_cat(c->arena, here, S("/prilohy/"))};
	v.record_href = record_href(r, t->object, t->object_id);
	v.action = str_cat(c->arena, here, S("/odpovedet"));
	v.csrf = csrf_token(r, v.action);
	v.seen_csrf = csrf_token(r, str_cat(c->arena, here, S("/precteno")));
	v.close_action = str_cat(c->arena, here, v.is_closed ? S("/otevrit") : S("/uzavrit"));
	v.close_csrf = csrf_token(r, v.close_action);
	v.text = text_field(r, "text", "Odpověď", 6);
	v.reason = (FieldView){.name = S("reason"), .label = v.is_closed ? S("Proč se otevírá znovu") : S("Důvod uzavření"), .value = form(r, "reason"), .error = field_problem(r, "reason")};
	file_fields(r, v.files);
	FieldView fields[] = {v.text, v.files[0], v.files[1], v.files[2], v.reason};
	v.errors = errors_view(r, fields, LEN(fields));
	r->is_error = v.errors != NULL;
	crumb(r, S("Zprávy"), S("/app/zpravy"));
	view_thread(page(r, t->subject), &v);
	return OK;
}

static Err open_thread(Req *r, Thread *t) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return thread_get(r->c, id, t);
}

Err page_thread(Req *r) {
	Thread t;
	TRY(open_thread(r, &t));
	return show(r, &t);
}

static Err answer(Req *r, const Thread *t, Err e, const char *done) {
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show(r, t);
	}
	TRY(e);
	notice(r, "%s", done);
	return redirect(r, "/app/zpravy/%lld", (long long)t->id);
}

Err post_thread_write(Req *r) {
	Thread      t;
	Attachments files = {0};
	TRY(open_thread(r, &t));
	TRY(only_known(r, "text"));
	Err e = stage_files(r, &files);
	if (e == OK)
		e = thread_write(r->c, t.id, form(r, "text"), &files);
	return answer(r, &t, e, "Odpověď je odeslaná.");
}

Err post_thread_seen(Req *r) {
	Thread t;
	TRY(open_thread(r, &t));
	return answer(r, &t, thread_seen(r->c, t.id), "Zpráva je označená jako přečtená.");
}

Err post_thread_close(Req *r) {
	Thread t;
	TRY(open_thread(r, &t));
	TRY(only_known(r, "reason"));
	return answer(r, &t, thread_close(r->c, t.id, form(r, "reason")), "Zpráva je uzavřená.");
}

Err post_thread_reopen(Req *r) {
	Thread t;
	TRY(open_thread(r, &t));
	TRY(only_known(r, "reason"));
	return answer(r, &t, thread_reopen(r->c, t.id, form(r, "reason")), "Zpráva je znovu otevřená.");
}

Err page_thread_file(Req *r) {
	Id         id;
	i64        file;
	StoredFile f;
	TRY(arg_id(r, 0, &id));
	if (!str_to_int(arg(r, 1), &file))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takovou přílohu zpráva nemá.");
	TRY(thread_file(r->c, id, file, &f));
	return send_file(r, &f, true);
}
