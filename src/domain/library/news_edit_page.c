/* news_edit_page.c: where news and notices are written: the list by state, one with its steps, the form with a preview. */
#include "base/format.h"
#include "domain/library/news.html.h"
#include "domain/library/news_page.h"

static const char *const form_fields[] = {"title", "kind", "summary", "body", "hours", "urgent", "first_day", "last_day", "link", NULL};
static const char *const sent_fields[] = {"title", "kind", "summary", "body", "hours", "urgent", "first_day", "last_day", "link", "krok", NULL};

/* ---- the list ---- */

static NewsItem working_item(Req *r, const News *n) {
	NewsItem item = news_item(r, n);
	item.href = row_href(r, &news_entity, n->head.id);
	return item;
}

static void add_item(Req *r, NewsItems *items, const News *n) {
	*ARENA_PUSH(r->c->arena, items->at, items->len, items->cap) = working_item(r, n);
}

static Err add_state(Req *r, const char *state, NewsItems *items) {
	NewsList list;
	TRY(news_all(r->c, str_c(state), 0, &list));
	for (size_t i = 0; i < list.len; i++)
		add_item(r, items, list.at[i]);
	return OK;
}

Err page_news_admin(Req *r) {
	NewsAdminView v = {.tabs = content_tabs(r, NEWS_HOME)};
	NewsList      list;
	TRY(add_state(r, NEWS_DRAFT, &v.drafts));
	TRY(add_state(r, NEWS_WITHDRAWN, &v.withdrawn));
	TRY(news_all(r->c, S(NEWS_PUBLISHED), 0, &list));
	for (size_t i = 0; i < list.len; i++) {
		NewsTime t = news_time(list.at[i], r->c->today);
		add_item(r, t == NEWS_PLANNED ? &v.planned : t == NEWS_CURRENT ? &v.current : &v.past, list.at[i]);
	}
	crumb(r, S("Obsah webu"), S(CONTENT_HOME));
	view_news_admin(page(r, S("Aktuality a oznámení")), &v);
	return OK;
}

/* ---- one ---- */

static Err open_news(Req *r, News **ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &news_entity, TODAY, id, &row));
	*ret = row;
	crumb(r, S("Obsah webu"), S(CONTENT_HOME));
	crumb(r, S("Aktuality a oznámení"), S(NEWS_HOME));
	return OK;
}

static Str under(Req *r, const News *n, const char *what) {
	return str_format(r->c->arena, "%.*s/%s", STR_ARG(row_href(r, &news_entity, n->head.id)), what);
}

static void add_facts(Req *r, const News *n, PairViews *facts) {
	static const char *const names[] = {"kind", "first_day", "last_day", "urgent", "link", "author", "published_by", "published_at"};
	for (size_t i = 0; i < LEN(names); i++) {
		const Field *f = entity_field(&news_entity, str_c(names[i]));
		if (!field_is_blank(f, n))
			*ARENA_PUSH(r->c->arena, facts->at, facts->len, facts->cap) = pair_view(r, f, n);
	}
}

static Err show_detail(Req *r, const News *n) {
	NewsOneView v = {.title = n->title, .href = row_href(r, &news_entity, n->head.id), .may_publish = may(r->c, CAP_LIBRARY_PUBLISH)};
	v.page = (NewsPageView){.item = working_item(r, n), .body = markdown(r->c->arena, n->body)};
	v.is_draft = str_eq(n->state, S(NEWS_DRAFT));
	v.is_published = str_eq(n->state, S(NEWS_PUBLISHED));
	v.state = v.is_draft ? S("koncept") : v.is_published ? v.page.item.state : S("staženo");
	v.state_kind = v.is_draft ? TAG_INFO : v.is_published ? v.page.item.state_kind : TAG_WARN;
	v.may_edit = v.is_draft || v.may_publish;
	v.sees_history = may(r->c, "history.read");
	if (v.is_published && news_time(n, r->c->today) != NEWS_PLANNED)
		v.public_href = str_format(r->c->arena, "/aktuality/%lld", (long long)n->head.id);
	v.edit_href = under(r, n, "upravit");
	v.publish_action = under(r, n, "zverejnit");
	v.publish_csrf = csrf_token(r, v.publish_action);
	v.withdraw_action = under(r, n, "stahnout");
	v.withdraw_csrf = csrf_token(r, v.withdraw_action);
	v.drop_action = under(r, n, "zahodit");
	v.drop_csrf = csrf_token(r, v.drop_action);
	v.reason = (FieldView){.name = S("reason"), .label = S("Proč se stahuje"), .value = form(r, "reason"), .error = field_problem(r, "reason")};
	v.errors = errors_view(r, &v.reason, 1);
	r->is_error = v.errors != NULL;
	add_facts(r, n, &v.facts);
	view_news_detail(page(r, n->title), &v);
	return OK;
}

Err page_news_detail(Req *r) {
	News *n;
	TRY(open_news(r, &n));
	return show_detail(r, n);
}

Err post_news_publish(Req *r) {
	News *n;
	TRY(open_news(r, &n));
	TRY(news_publish(r->c, n));
	notice(r, news_time(n, r->c->today) == NEWS_PLANNED ? "Zveřejněno. Lidé to uvidí od prvního dne platnosti." : "Zveřejněno.");
	return redirect(r, "%.*s", STR_ARG(row_href(r, &news_entity, n->head.id)));
}

Err post_news_withdraw(Req *r) {
	static const char *const known[] = {"reason", NULL};
	News *n;
	TRY(open_news(r, &n));
	TRY(form_only(r, known));
	Err e = news_withdraw(r->c, n->head.id, form(r, "reason"));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_detail(r, n);
	}
	TRY(e);
	notice(r, "Staženo. Na adrese sdělení teď stojí, že je úřad stáhl.");
	return redirect(r, "%.*s", STR_ARG(row_href(r, &news_entity, n->head.id)));
}

Err post_news_drop(Req *r) {
	News *n;
	TRY(open_news(r, &n));
	TRY(news_drop(r->c, n->head.id));
	notice(r, "Koncept je zahozený.");
	return redirect(r, NEWS_HOME);
}

/* ---- the form ---- */

static Err show_form(Req *r, const News *n, bool as_typed, bool preview) {
	Arena       *a = r->c->arena;
	NewsPageView shown = {.item = news_item(r, n), .body = markdown(a, n->body)};
	NewsFormView v = {.title = n->head.id ? S("Upravit sdělení") : S("Nové sdělení"), .version = n->head.version, .may_publish = may(r->c, CAP_LIBRARY_PUBLISH)};
	v.back = n->head.id ? row_href(r, &news_entity, n->head.id) : S(NEWS_HOME);
	v.action = n->head.id ? under(r, n, "upravit") : S(NEWS_HOME "/novy");
	v.csrf = csrf_token(r, v.action);
	v.is_draft = !str_eq(n->state, S(NEWS_PUBLISHED));
	v.fields = NEW_ARRAY(a, FieldView, LEN(form_fields));
	for (const char *const *name = form_fields; *name; name++) {
		v.fields[v.count] = field_view(r, entity_field(&news_entity, str_c(*name)), n, as_typed);
		v.fields[v.count].rows = strcmp(*name, "body") == 0 ? 12 : strcmp(*name, "hours") == 0 ? 5 : 3;
		v.count++;
	}
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	if (preview && !v.errors)
		v.preview = &shown;
	view_news_form(page(r, v.title), &v);
	return OK;
}

static News *new_news(Req *r) {
	News *n = entity_new(r->c->arena, &news_entity);
	n->first_day = r->c->today;
	n->state = S(NEWS_DRAFT);
	n->account = BLANK;
	crumb(r, S("Obsah webu"), S(CONTENT_HOME));
	crumb(r, S("Aktuality a oznámení"), S(NEWS_HOME));
	return n;
}

Err page_news_new(Req *r) {
	return show_form(r, new_news(r), false, false);
}

Err page_news_edit(Req *r) {
	News *n;
	TRY(open_news(r, &n));
	return show_form(r, n, false, false);
}

static Err answer(Req *r, News *n, const void *stored) {
	Str step = form(r, "krok");
	Err e = form_read_resolved(r, &news_entity, sent_fields, n, stored);
	if (e == OK && str_eq(step, S("nahled"))) {
		e = entity_check(r->c, &news_entity, n);
		if (e == OK)
			return show_form(r, n, true, true);
	} else if (e == OK) {
		e = str_eq(step, S("zverejnit")) ? news_publish(r->c, n) : news_save(r->c, n);
	}
	if (e == ERR_CONFLICT && stored && n->head.version != ((const EntityHead *)stored)->version)
		return conflict_show(r, &news_entity, form_fields, n, under(r, n, "upravit"), row_href(r, &news_entity, n->head.id));
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_form(r, n, true, false);
	}
	TRY(e);
	notice(r, str_eq(n->state, S(NEWS_PUBLISHED)) ? "Zveřejněno." : "Koncept je uložený. Veřejnost jej zatím nevidí.");
	return redirect(r, "%.*s", STR_ARG(row_href(r, &news_entity, n->head.id)));
}

Err post_news_new(Req *r) {
	return answer(r, new_news(r), NULL);
}

Err post_news_edit(Req *r) {
	News *stored;
	TRY(open_news(r, &stored));
	return answer(r, entity_copy(r->c->arena, &news_entity, stored), stored);
}
