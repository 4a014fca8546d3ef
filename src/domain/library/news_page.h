/* news_page.h: handlers of news, notices and contacts, for the row of the subject. */
#pragma once
#include "domain/library/news_views_page.h"
#include "domain/library/pages_page.h"
#include "web/front.h"

Err page_news(Req *r);
Err page_board(Req *r);
Err page_news_one(Req *r);
Err page_news_feed(Req *r);
Err page_contact(Req *r);
Err page_news_admin(Req *r);
Err page_news_new(Req *r);
Err post_news_new(Req *r);
Err page_news_detail(Req *r);
Err page_news_edit(Req *r);
Err post_news_edit(Req *r);
Err post_news_publish(Req *r);
Err post_news_withdraw(Req *r);
Err post_news_drop(Req *r);

/* What subjects announced in a year (0: what holds today), newest first among what is there. */
MUST_USE Err news_add_events(Req *r, int year, NewsItems *list);
/* Years in which something was announced join the years of news. */
MUST_USE Err news_add_event_years(Req *r, NewsYears *years);
NewsItem  news_item(Req *r, const News *n);
HoursRows hours_rows(Req *r, Str hours);
MUST_USE Err contact_rows(Req *r, ContactRows *ret);

/* Hooks of the module row (web/front.h). */
Err news_announce(Ctx *c, Announcements *list);
Err news_happening(Ctx *c, FrontLines *list);
Err news_latest(Ctx *c, i64 limit, FrontLines *list);
Err news_find(Ctx *c, Str query, i64 limit, FoundGroups *list);

#define NEWS_HOME CONTENT_HOME "/aktuality"
#define NEWS_ENTITIES &news_entity, &office_contact_entity
#define NEWS_MENU {"Aktuality", "/aktuality", ANYONE, true, 70}
#define NEWS_PERSON_DATA \
	{"aktuality", "Aktuality a oznámení", "Kdo napsal a zveřejnil sdělení úřadu.", news_person_export, news_person_erase, "Sdělení samotná, bez jména autora."}
#define NEWS_ROUTES \
	{GET, "/aktuality", page_news, ANYONE, .cached = true, .parameters = "rok", .title = "Aktuality"}, \
	{GET, "/aktuality.atom", page_news_feed, ANYONE, .cached = true, .parameters = ""}, \
	{GET, "/aktuality/{id}", page_news_one, ANYONE, .cached = true}, \
	{GET, "/oznameni", page_board, ANYONE, .cached = true, .parameters = "", .title = "Nástěnka oznámení"}, \
	{GET, "/kontakt", page_contact, ANYONE, .cached = true, .title = "Kontakt"}, \
	{GET, NEWS_HOME, page_news_admin, CAP_LIBRARY_TEXTS, .parameters = ""}, \
	{GET, NEWS_HOME "/novy", page_news_new, CAP_LIBRARY_TEXTS}, \
	{POST, NEWS_HOME "/novy", post_news_new, CAP_LIBRARY_TEXTS, .body_limit = 200 << 10}, \
	{GET, NEWS_HOME "/{id}", page_news_detail, CAP_LIBRARY_TEXTS}, \
	{GET, NEWS_HOME "/{id}/upravit", page_news_edit, CAP_LIBRARY_TEXTS}, \
	{POST, NEWS_HOME "/{id}/upravit", post_news_edit, CAP_LIBRARY_TEXTS, .body_limit = 200 << 10}, \
	{POST, NEWS_HOME "/{id}/zverejnit", post_news_publish, CAP_LIBRARY_PUBLISH}, \
	{POST, NEWS_HOME "/{id}/stahnout", post_news_withdraw, CAP_LIBRARY_PUBLISH}, \
	{POST, NEWS_HOME "/{id}/zahodit", post_news_drop, CAP_LIBRARY_TEXTS}, \
	{GET, NEWS_HOME "/{id}/historie", screen_history, CAP_LIBRARY_TEXTS, .entity = &news_entity}, \
	ENTITY_SCREENS(CONTENT_HOME "/kontakty", &office_contact_entity, CAP_LIBRARY_TEXTS, CAP_LIBRARY_PUBLISH, NULL)
