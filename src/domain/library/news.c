/* news.c: news and notices: reading, and the way from a draft to everybody. */
#include "domain/library/news.h"

#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "core/data_version.h"
#include "core/search.h"
#include "core/shared.h"
#include "core/trail.h"
#include "domain/library/news.sql.h"
#include "domain/library/pages.h"

enum { ALL_MAX = 200 };

static Err check_news(Ctx *c, const void *row) {
	const News *n = row;
	HoursWeek   week;
	Str         why;
	Err         e = OK;
	if (date_is(n->last_day) && date_before(n->last_day, n->first_day))
		e = fail(c, ERR_INVALID, "last_day", "Poslední den je před prvním. Opravte jeden z nich.");
	if (n->link.len && !str_starts(n->link, S("https://")) && (!str_starts(n->link, S("/")) || str_starts(n->link, S("//")) || str_find_char(n->link, '\\') >= 0))
		e = fail(c, ERR_INVALID, "link", "Odkaz začíná lomítkem (naše stránka), nebo https://.");
	if (!hours_read(c->arena, n->hours, &week, &why))
		e = fail(c, ERR_INVALID, "hours", "%.*s", STR_ARG(why));
	return e;
}

static Err check_contact(Ctx *c, const void *row) {
	const OfficeContact *o = row;
	HoursWeek            week;
	Str                  why;
	if (!hours_read(c->arena, o->hours, &week, &why))
		return fail(c, ERR_INVALID, "hours", "%.*s", STR_ARG(why));
	return o->phone.len || o->email.len || o->place.len ? OK : fail(c, ERR_INVALID, "phone", "Doplňte telefon, e-mail, nebo místo, kde úředníka najít.");
}

ENTITY(news_entity, News, NEWS_FIELDS, .name = "news", .table = "news", .one = "aktualita nebo oznámení", .many = "aktuality a oznámení",
       .of_many = "aktualit a oznámení", .article = "f", .title = "title", .order = "first_day", .read = CAP_LIBRARY_TEXTS, .write = CAP_LIBRARY_TEXTS,
       .path = "/app/obsah/aktuality", .check = check_news, .raises_data_version = true)

ENTITY(office_contact_entity, OfficeContact, OFFICE_CONTACT_FIELDS, .name = "office_contact", .table = "office_contact", .one = "kontakt úřadu",
       .many = "kontakty úřadu", .of_many = "kontaktů úřadu", .article = "m", .key = "title", .title = "title", .order = "position", .read = "public",
       .write = CAP_LIBRARY_PUBLISH, .path = "/app/obsah/kontakty", .is_public = true, .check = check_contact, .raises_data_version = true)

NewsTime news_time(const News *n, Date today) {
	return date_after(n->first_day, today) ? NEWS_PLANNED : date_is(n->last_day) && date_before(n->last_day, today) ? NEWS_PAST : NEWS_CURRENT;
}

/* ---- for everybody ---- */

static News *read_row(Arena *a, Rows *r) {
	return NEW(a, News, .head = {.id = col_int(r, 0), .version = col_int(r, 1)}, .kind = str_dup(a, col_text(r, 2)), .title = str_dup(a, col_text(r, 3)),
	           .summary = str_dup(a, col_text(r, 4)), .body = str_dup(a, col_text(r, 5)), .urgent = col_bool(r, 6), .first_day = col_date(r, 7),
	           .last_day = col_date(r, 8), .link = str_dup(a, col_text(r, 9)), .hours = str_dup(a, col_text(r, 10)), .state = str_dup(a, col_text(r, 11)),
	           .published_at = col_instant(r, 12), .changed_at = col_instant(r, 13));
}

static Err read_rows(Ctx *c, Rows rows, NewsList *ret) {
	*ret = (NewsList){0};
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = read_row(c->arena, &rows);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "news");
}

Err news_get(Ctx *c, Id id, News **ret) {
	NewsList found;
	TRY(read_rows(c, db_query(ctx_conn(c), &sql_news_one, P(V(id))), &found));
	if (found.len && str_eq(found.at[0]->state, S(NEWS_WITHDRAWN)))
		return fail(c, ERR_GONE, NULL, "Toto sdělení úřad stáhl, už neplatí.");
	if (!found.len || !str_eq(found.at[0]->state, S(NEWS_PUBLISHED)) || date_after(found.at[0]->first_day, c->today))
		return fail(c, ERR_NOT_FOUND, NULL, "Taková aktualita ani oznámení tu není.");
	*ret = found.at[0];
	return OK;
}

Err news_of_year(Ctx *c, int year, i64 limit, NewsList *ret) {
	Date from = year ? date(year, 1, 1) : date(1, 1, 1), to = year ? date(year, 12, 31) : date(9999, 12, 31);
	return read_rows(c, db_query(ctx_conn(c), &sql_news_begun, P(V(c->today), V(from), V(to), V(limit))), ret);
}

static bool is_for_board(Ctx *c, const News *n) {
	const CodeItem *kind = codelist_find(c, "news_kind", n->kind);
	return n->urgent || (kind && str_eq(code_attribute(kind, S("board")), S("1")));
}

Err news_board(Ctx *c, NewsList *ret) {
	NewsList all;
	*ret = (NewsList){0};
	TRY(read_rows(c, db_query(ctx_conn(c), &sql_news_holding, P(V(c->today))), &all));
	for (size_t i = 0; i < all.len; i++)
		if (is_for_board(c, all.at[i]))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = all.at[i];
	return OK;
}

/* Every page asks for them. */
static Err load_urgent(Ctx *c, Arena *a, void *set) {
	NewsList *all = set;
	Rows      rows = db_query(ctx_conn(c), &sql_news_urgent, DB_NONE);
	while (rows_next(&rows))
		*ARENA_PUSH(a, all->at, all->len, all->cap) = read_row(a, &rows);
	return rows_end(&rows);
}

static const SharedKind urgent_sets = {"urgent news", sizeof(NewsList), load_urgent, NULL};

Err news_urgent(Ctx *c, NewsList *ret) {
	void *set;
	*ret = (NewsList){0};
	TRY(shared_set(c, &urgent_sets, &set));
	const NewsList *all = set;
	for (size_t i = 0; i < all->len; i++)
		if (news_time(all->at[i], c->today) == NEWS_CURRENT)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = all->at[i];
	return OK;
}

Err news_years(Ctx *c, NewsYears *ret) {
	*ret = (NewsYears){0};
	Rows rows = db_query(ctx_conn(c), &sql_news_years, P(V(c->today)));
	while (rows_next(&rows)) {
		i64 year;
		if (str_to_int(col_text(&rows, 0), &year) && ret->len < LEN(ret->at))
			ret->at[ret->len++] = (int)year;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "news");
}

Err office_contacts(Ctx *c, OfficeContacts *ret) {
	*ret = (OfficeContacts){0};
	Rows rows = db_query(ctx_conn(c), &sql_office_contacts, DB_NONE);
	while (rows_next(&rows)) {
		Str text[6];
		for (int i = 0; i < 6; i++)
			text[i] = str_dup(c->arena, col_text(&rows, i + 1));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = NEW(c->arena, OfficeContact, .head.id = col_int(&rows, 0), .title = text[0], .helps_with = text[1],
			.phone = text[2], .email = text[3], .place = text[4], .hours = text[5], .position = col_int(&rows, 7));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "contacts");
}

/* ---- for those who write ---- */

static Err put_index(Ctx *c, const News *n) {
	Str  words;
	bool found = str_eq(n->state, S(NEWS_PUBLISHED)) && !date_after(n->first_day, c->today);
	TRY(page_words(c, n->body, &words));
	if (found)
		TRY(search_put(c, news_entity.name, n->head.id, true, n->title, str_format(c->arena, "%.*s %.*s", STR_ARG(n->summary), STR_ARG(words))));
	else
		TRY(search_drop(c, news_entity.name, n->head.id));
	return db_run(c->conn, &sql_news_indexed, P(V(n->head.id), V(found)), NULL) == OK ? OK : fail_internal(c, "news");
}

static Err put(Ctx *c, News *n) {
	n->summary = text_clean(c->arena, n->summary);
	n->body = text_clean_lines(c->arena, n->body);
	n->hours = text_clean_lines(c->arena, n->hours);
	n->changed_at = c->now;
	if (n->head.id)
		return entity_update(c, &news_entity, n);
	n->account = c->actor->account ? c->actor->account : BLANK;
	n->author = c->actor->name;
	return entity_insert(c, &news_entity, n);
}

/* The state is what is stored: a form cannot say it. */
static Err stored_state(Ctx *c, const News *n, Str *ret) {
	void *row;
	*ret = S(NEWS_DRAFT);
	if (!n->head.id)
		return require(c, CAP_LIBRARY_TEXTS);
	TRY(entity_get(c, &news_entity, TODAY, n->head.id, &row));
	*ret = ((News *)row)->state;
	return str_eq(*ret, S(NEWS_DRAFT)) ? OK : require(c, CAP_LIBRARY_PUBLISH);
}

Err news_save(Ctx *c, News *n) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(stored_state(c, n, &n->state));
	TRY(put(c, n));
	TRY(put_index(c, n));
	return tx_commit(&tx);
}

Err news_publish(Ctx *c, News *n) {
	TRY(require(c, CAP_LIBRARY_PUBLISH));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(stored_state(c, n, &n->state));
	n->state = S(NEWS_PUBLISHED);
	n->published_by = c->actor->name;
	n->published_at = c->now;
	TRY(put(c, n));
	TRY(put_index(c, n));
	TRY(trail_add(c, (TrailEntry){.action = "publish", .object = news_entity.name, .object_id = n->head.id, .text = str_cat(c->arena, S("Zveřejněno: "), n->title)}));
	return tx_commit(&tx);
}

Err news_withdraw(Ctx *c, Id id, Str reason) {
	void *row;
	TRY(require(c, CAP_LIBRARY_PUBLISH));
	reason = text_clean(c->arena, reason);
	if (!reason.len || utf8_count(reason) > 500 || !text_acceptable(reason))
		return fail(c, ERR_INVALID, "reason", "Napište, proč se oznámení stahuje, nejvýše 500 znaků. Důvod zůstane v historii.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_get(c, &news_entity, TODAY, id, &row));
	News *n = row;
	if (!str_eq(n->state, S(NEWS_PUBLISHED)))
		return fail(c, ERR_CONFLICT, NULL, "Stáhnout jde jen to, co je zveřejněné.");
	n->state = S(NEWS_WITHDRAWN);
	c->reason = reason;
	TRY(put(c, n));
	TRY(put_index(c, n));
	return tx_commit(&tx);
}

Err news_drop(Ctx *c, Id id) {
	void *row;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_get(c, &news_entity, TODAY, id, &row));
	News *n = row;
	if (!str_eq(n->state, S(NEWS_DRAFT)))
		return fail(c, ERR_CONFLICT, NULL, "Co bylo zveřejněné, se nemaže. Stáhněte to s důvodem.");
	TRY(entity_delete(c, &news_entity, id, n->head.version));
	return tx_commit(&tx);
}

Err news_all(Ctx *c, Str state, i64 limit, NewsList *ret) {
	EntityList list;
	ListFilter by_state = {.field = entity_field(&news_entity, S("state")), .value = state};
	*ret = (NewsList){0};
	TRY(entity_list(c, &news_entity, &(ListQuery){.filters = &by_state, .filter_count = 1, .descending = true, .limit = limit ? limit : ALL_MAX,
	                                              .order = entity_field(&news_entity, S("first_day"))}, &list));
	for (size_t i = 0; i < list.len; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = list.at[i];
	return OK;
}

/* ---- for the module row ---- */

Err news_index(Ctx *c) {
	Id     ids[100];
	size_t count = 0;
	Rows   rows = db_query(ctx_conn(c), &sql_news_to_index, P(V(c->today)));
	while (rows_next(&rows))
		if (count < LEN(ids))
			ids[count++] = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "news");
	if (!count)
		return OK;
	ctx_end(c);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	for (size_t i = 0; i < count; i++) {
		NewsList one;
		TRY(read_rows(c, db_query(ctx_conn(c), &sql_news_one, P(V(ids[i]))), &one));
		if (one.len)
			TRY(put_index(c, one.at[0]));
	}
	return tx_commit(&tx);
}

Err news_person_export(Ctx *c, Id account, JsonWriter *w) {
	static const char *const names[] = {"nadpis", "stav", "od"};
	return person_rows_export(c, &sql_news_person, account, names, LEN(names), w);
}

Err news_person_erase(Ctx *c, Id account, i64 *erased) {
	static const Sql *const all[] = {&sql_news_person_erase};
	return person_rows_erase(c, all, LEN(all), account, erased);
}
