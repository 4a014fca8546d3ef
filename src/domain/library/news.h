/* news.h: what the region announces: news, notices with days from–to, changed office hours; and whom to ask about what.
 *
 * A draft is seen by those who write. Published, it is planned until its first day, current from then to its last day (or for ever), past afterwards: past
 * ones stay in the archive. What should not have been said is withdrawn; its address then says so. Urgent ones stand on top of every page while they hold. */
#pragma once
#include "core/entity.h"
#include "core/person_data.h"
#include "domain/library/hours.h"

#define NEWS_DRAFT     "draft"
#define NEWS_PUBLISHED "published"
#define NEWS_WITHDRAWN "withdrawn"

#define NEWS_FIELDS(F, T) \
	F(T, title, text, "Nadpis", .required = true, .search = true, .sort = true, .list = 1, .max = 200) \
	F(T, kind, code, "Druh", .codelist = "news_kind", .required = true, .filter = true, .list = 2) \
	F(T, summary, longtext, "Shrnutí", .required = true, .max = 500, .hint = "Jedna dvě věty. U naléhavého oznámení stojí na každé stránce.") \
	F(T, body, longtext, "Celý text", .max = 20000) \
	F(T, hours, longtext, "Úřední hodiny", .max = 1000, .hint = "Řádek na den nebo dny: „Po, St 8:00–11:30, 12:30–17:00“, „Pá zavřeno“. Mezera mezi hodinami je přestávka.") \
	F(T, urgent, bool, "Naléhavé", .filter = true, .hint = "Dokud platí, stojí nahoře na každé stránce.") \
	F(T, first_day, date, "Platí od", .required = true, .sort = true, .filter = true, .list = 3) \
	F(T, last_day, date, "Platí do", .filter = true, .list = 4, .hint = "Včetně tohoto dne. Prázdné pole: bez konce.") \
	F(T, link, text, "Odkaz", .max = 300, .hint = "Stránka, které se to týká: /kalendar, nebo https://…") \
	F(T, state, text, "Stav", .readonly = true, .filter = true, .help = "draft: koncept, published: zveřejněno, withdrawn: staženo.") \
	F(T, account, int, "Účet autora", .readonly = true) \
	F(T, author, text, "Autor", .readonly = true) \
	F(T, published_by, text, "Zveřejnil", .readonly = true) \
	F(T, published_at, instant, "Zveřejněno", .readonly = true) \
	F(T, changed_at, instant, "Naposledy změněno", .readonly = true) \
	F(T, indexed, bool, "Ve vyhledávání", .readonly = true)
ENTITY_STRUCT(News, NEWS_FIELDS)
extern const Entity news_entity;

#define OFFICE_CONTACT_FIELDS(F, T) \
	F(T, title, text, "Funkce", .required = true, .search = true, .sort = true, .list = 1, .max = 120, .hint = "Například koordinátor plánování; ne jméno člověka.") \
	F(T, helps_with, longtext, "S čím pomůže", .max = 500, .list = 2) \
	F(T, phone, phone, "Telefon", .list = 3) \
	F(T, email, email, "E-mail", .list = 4) \
	F(T, place, text, "Kde sídlí", .max = 200) \
	F(T, hours, longtext, "Úřední hodiny", .max = 1000, .hint = "Řádek na den nebo dny: „Po, St 8:00–11:30, 12:30–17:00“, „Pá zavřeno“.") \
	F(T, position, int, "Pořadí", .sort = true)
ENTITY_STRUCT(OfficeContact, OFFICE_CONTACT_FIELDS)
extern const Entity office_contact_entity;

typedef enum NewsTime { NEWS_PLANNED, NEWS_CURRENT, NEWS_PAST } NewsTime;
NewsTime news_time(const News *n, Date today);

typedef struct NewsList { News **at; size_t len, cap; } NewsList;

/* ---- for everybody ---- */

/* Published and begun; ERR_GONE for a withdrawn one, ERR_NOT_FOUND for anything else. */
MUST_USE Err news_get(Ctx *c, Id id, News **ret);
/* Begun within a year, newest first; year 0: of all years, at most `limit`. Without bodies. */
MUST_USE Err news_of_year(Ctx *c, int year, i64 limit, NewsList *ret);
/* What holds today and is of a kind for the notice board; urgent first. */
MUST_USE Err news_board(Ctx *c, NewsList *ret);
MUST_USE Err news_urgent(Ctx *c, NewsList *ret);
typedef struct NewsYears { int at[40]; size_t len; } NewsYears;
/* Newest first. */
MUST_USE Err news_years(Ctx *c, NewsYears *ret);
typedef struct OfficeContacts { OfficeContact **at; size_t len, cap; } OfficeContacts;
MUST_USE Err office_contacts(Ctx *c, OfficeContacts *ret);

/* ---- for those who write ---- */

/* A new draft, or another text of a stored one; what is published is changed by those who may publish. ERR_INVALID by field, ERR_CONFLICT. */
MUST_USE Err news_save(Ctx *c, News *n);
/* Save and let out. */
MUST_USE Err news_publish(Ctx *c, News *n);
/* A reason is needed; it stays in the history. ERR_INVALID at "reason". */
MUST_USE Err news_withdraw(Ctx *c, Id id, Str reason);
/* A draft that nobody wants; ERR_CONFLICT when it was published. */
MUST_USE Err news_drop(Ctx *c, Id id);
/* Drafts and planned ones first, then what holds, then the archive: newest first. */
MUST_USE Err news_all(Ctx *c, Str state, i64 limit, NewsList *ret);

/* ---- for the module row ---- */

MUST_USE Err news_index(Ctx *c);
MUST_USE Err news_demo(Ctx *c);
Err news_person_export(Ctx *c, Id account, JsonWriter *w);
Err news_person_erase(Ctx *c, Id account, i64 *erased);
