/* notice_page.c: notices of the signed-in person, their wishes, and the way out of a letter. */
#include "domain/messages/notice_page.h"

#include "core/settings.h"
#include "domain/messages/notice.html.h"
#include "domain/messages/notice_views_page.h"

enum { SHOWN = 50 };

/* ---- the list ---- */

Err page_notices(Req *r) {
	Ctx        *c = r->c;
	NoticesPage v = {0};
	NoticeRows  rows;
	i64         before, unread;
	bool        all = str_eq(query(r, "stav"), S("vse"));
	TRY(query_int(r, "pred", 0, 0, INT64_MAX, &before));
	TRY(notice_unread(c, &unread));
	TRY(notice_list(c, !all, before, SHOWN + 1, &rows));
	for (size_t i = 0; i < rows.len && i < SHOWN; i++) {
		const NoticeRow *n = &rows.at[i];
		const Topic     *t = mail_topic_find(n->topic);
		Str              action = str_format(c->arena, "/app/upozorneni/%lld", (long long)n->id);
		*ARENA_PUSH(c->arena, v.list.at, v.list.len, v.list.cap) =
			(NoticeView){.n = n, .topic = t ? str_c(t->title) : (Str){0}, .action = action, .csrf = csrf_token(r, action)};
	}
	if (rows.len > SHOWN)
		v.next = str_format(c->arena, "/app/upozorneni?%spred=%lld", all ? "stav=vse&" : "", (long long)rows.at[SHOWN - 1].id);
	TabView tabs[] = {{.label = S("Nepřečtená"), .href = S("/app/upozorneni"), .current = !all, .counted = true, .count = unread},
	                  {.label = S("Všechna"), .href = S("/app/upozorneni?stav=vse"), .current = all}};
	v.tabs = (TabViews){tabs, LEN(tabs), 0};
	v.any_unread = unread > 0;
	v.csrf_all = csrf_token(r, S("/app/upozorneni/precteno"));
	view_notices(page(r, S("Upozornění")), &v);
	return OK;
}

Err post_notices_read(Req *r) {
	TRY(notice_read_all(r->c));
	notice(r, "Všechna upozornění jsou označená jako přečtená.");
	return redirect(r, "/app/upozorneni");
}

Err post_notice_open(Req *r) {
	Id  id;
	Str link;
	TRY(arg_id(r, 0, &id));
	TRY(notice_read(r->c, id, &link));
	bool leads = str_starts(link, S("/")) && !str_starts(link, S("//"));
	return leads ? redirect(r, "%.*s", STR_ARG(link)) : redirect(r, "/app/upozorneni");
}

/* ---- wishes ---- */

static const char *const choice_labels[] = {
	[CHOICE_NONE] = "jen v aplikaci", [CHOICE_DIGEST] = "v denním souhrnu", [CHOICE_IMMEDIATE] = "hned, každé zvlášť",
};

static Str field_name(Arena *a, const Topic *t) {
	return str_format(a, "tema-%s", t->key);
}

static Err choice_field(Req *r, const Topic *t, FieldView *v) {
	Arena       *a = r->c->arena;
	NoticeChoice now;
	TRY(notice_choice(r->c, r->c->actor->account, t, &now));
	*v = (FieldView){.kind = FIELD_RADIOS, .name = field_name(a, t), .id = str_replace(a, field_name(a, t), S("."), S("-")),
	                  .label = str_c(t->title), .hint = str_c(t->help)};
	for (int i = 0; i < (int)LEN(choice_labels); i++)
		*ARENA_PUSH(a, v->options.at, v->options.len, v->options.cap) =
			(OptionView){.value = str_c(notice_choice_words[i]), .label = str_c(choice_labels[i]), .chosen = (int)now == i};
	return OK;
}

Err page_choices(Req *r) {
	ChoicesPage v = {.csrf = csrf_token(r, S("/app/ucet/upozorneni")), .hour = setting_text(r->c, "mail.digest_hour")};
	size_t      cap = 0;
	for (size_t i = 0; mail_topic(i); i++)
		TRY(choice_field(r, mail_topic(i), ARENA_PUSH(r->c->arena, v.fields, v.count, cap)));
	crumb(r, S("Můj účet"), S("/app/ucet"));
	view_choices(page(r, S("Zasílání upozornění")), &v);
	return OK;
}

static Err read_choice(Req *r, const Topic *t) {
	Str name = field_name(r->c->arena, t), value = form(r, str_z(r->c->arena, name));
	for (int i = 0; i < (int)LEN(notice_choice_words); i++)
		if (str_eq(value, str_c(notice_choice_words[i])))
			return notice_choice_set(r->c, r->c->actor->account, t, (NoticeChoice)i);
	return fail(r->c, ERR_INVALID, NULL, "%s: zvolte, jak chcete upozornění dostávat.", t->title);
}

static Err only_known(Req *r) {
	for (size_t i = 0; i < r->http->form.len; i++) {
		Str  name = r->http->form.at[i].name;
		bool known = str_eq(name, S("csrf")) || (str_starts(name, S("tema-")) && mail_topic_find(str_from(name, 5)));
		if (!known)
			return fail(r->c, ERR_MALFORMED, NULL, "Formulář obsahuje pole „%.*s“, které sem nepatří.", STR_ARG(utf8_first(name, 60)));
	}
	return OK;
}

Err post_choices(Req *r) {
	TRY(only_known(r));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(r->c, &tx));
	for (size_t i = 0; mail_topic(i); i++)
		TRY(read_choice(r, mail_topic(i)));
	TRY(tx_commit(&tx));
	notice(r, "Zasílání upozornění je uložené.");
	return redirect(r, "/app/ucet/upozorneni");
}

/* ---- without signing in ---- */

static Err open_leave(Req *r, MailLeave *l, LeavePage *v) {
	TRY(mail_leave_find(r->c, arg(r, 0), l));
	*v = (LeavePage){.topic = l->topic ? str_c(l->topic->title) : S("denní souhrn upozornění"), .address = l->address,
	                 .action = str_format(r->c->arena, "/odhlaseni-posty/%.*s", STR_ARG(arg(r, 0)))};
	v->csrf = csrf_token(r, v->action);
	r->no_index = true;
	return OK;
}

Err page_leave(Req *r) {
	MailLeave l;
	LeavePage v;
	TRY(open_leave(r, &l, &v));
	view_leave(page(r, S("Vypnout zasílání pošty")), &v);
	return OK;
}

Err post_leave(Req *r) {
	MailLeave l;
	LeavePage v;
	TRY(open_leave(r, &l, &v));
	TRY(mail_leave(r->c, &l));
	v.is_done = true;
	view_leave(page(r, S("Zasílání je vypnuté")), &v);
	return OK;
}
