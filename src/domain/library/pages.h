/* pages.h: pages whose text the region writes itself: the duties of every public site, how planning works, what it stands on.
 *
 * A page has versions. A draft, one at most, is changed and looked at before it goes out; what was published stays as it is and holds from its day until
 * the next one does. An older text comes back as a new draft. Some pages must have certain headings, and are to be read again after some months. */
#pragma once
#include "core/entity.h"

#define CAP_LIBRARY_TEXTS   "library.texts"      /* write drafts */
#define CAP_LIBRARY_PUBLISH "library.publish"    /* let them out */

#define STATIC_PAGE_FIELDS(F, T) \
	F(T, address, text, "Adresa stránky", .required = true, .unique = true, .max = 120, .list = 2) \
	F(T, title, text, "Název stránky", .required = true, .list = 1, .max = 120) \
	F(T, help, longtext, "K čemu stránka je", .max = 1000, .help = "Pro toho, kdo text píše.") \
	F(T, section, text, "Oddíl", .required = true, .max = 40, .help = "site: o webu, planning: plánování, other: ostatní.") \
	F(T, required_parts, longtext, "Povinné části", .hint = "Nadpisy, bez kterých text nejde zveřejnit; každý na svém řádku.", .max = 2000) \
	F(T, review_months, int, "Znovu projít po", .min = 1, .max = 120, .hint = "Počet měsíců. Prázdné pole: projít text není třeba.") \
	F(T, position, int, "Pořadí")
ENTITY_STRUCT(StaticPage, STATIC_PAGE_FIELDS)
extern const Entity static_page_entity;

#define PAGE_DRAFT     "draft"
#define PAGE_PUBLISHED "published"
#define PAGE_VERSION_FIELDS(F, T) \
	F(T, page, ref, "Stránka", .target = &static_page_entity, .required = true, .readonly = true) \
	F(T, no, int, "Verze", .readonly = true) \
	F(T, state, text, "Stav", .readonly = true, .help = "draft: koncept, published: zveřejněno.") \
	F(T, title, text, "Nadpis stránky", .required = true, .max = 120) \
	F(T, lead, text, "Úvodní věta", .max = 300, .hint = "Stojí pod nadpisem.") \
	F(T, body, longtext, "Text", .required = true, .max = 60000) \
	F(T, holds_from, date, "Platí od", .hint = "Prázdné pole: od zveřejnění.") \
	F(T, note, text, "Co se změnilo", .max = 300, .hint = "Pro historii verzí, například „nové úřední hodiny“.") \
	F(T, account, int, "Účet autora", .readonly = true) \
	F(T, author, text, "Autor", .readonly = true) \
	F(T, made_at, instant, "Vznikla", .readonly = true) \
	F(T, published_by, text, "Zveřejnil", .readonly = true) \
	F(T, published_at, instant, "Zveřejněna", .readonly = true) \
	F(T, indexed, bool, "Ve vyhledávání", .readonly = true)
ENTITY_STRUCT(PageVersion, PAGE_VERSION_FIELDS)
extern const Entity page_version_entity;

/* ---- for everybody ---- */

typedef struct PageText {
	Id      page, version;
	i64     no;
	Str     address, title, lead, body;      /* body: Markdown with holes (page_holes) */
	Date    holds_from, reviewed;            /* reviewed: when somebody last read it through, publishing counts */
	Instant published_at;
} PageText;
/* The text of an address that holds on a day. ERR_NOT_FOUND. */
MUST_USE Err page_text_on(Ctx *c, Str address, Date on, PageText *ret);
/* The same by page, whatever the day brings; ret->version is 0 when nothing holds. */
MUST_USE Err page_in_force(Ctx *c, Id page, Date on, PageText *ret);
/* Pages that have a text today, in the order of sections and positions. */
typedef struct PageTexts { PageText *at; size_t len, cap; } PageTexts;
MUST_USE Err pages_public(Ctx *c, PageTexts *ret);
/* Words in braces that the text may use, filled in for this installation: {kraj}, {telefon} … Blank ones say that they are not known yet. */
typedef struct PageHole { const char *name; Str value; } PageHole;
Str page_fill(Arena *a, Str markdown, const PageHole *holes, size_t count);
/* What a text says, as plain words: for the search. ERR_INVALID at "body". */
MUST_USE Err page_words(Ctx *c, Str body, Str *ret);

/* ---- for those who write ---- */

typedef struct StaticPages { StaticPage **at; size_t len, cap; } StaticPages;
MUST_USE Err pages_list(Ctx *c, StaticPages *ret);
MUST_USE Err page_get(Ctx *c, Id id, StaticPage **ret);
/* Newest first; the draft, if there is one, before all. */
typedef struct PageVersions { PageVersion *at; size_t len, cap; } PageVersions;
MUST_USE Err page_versions(Ctx *c, Id page, PageVersions *ret);
MUST_USE Err page_version_no(Ctx *c, Id page, i64 no, PageVersion *ret);
/* The stored draft, or a new one (head.id 0) with the text that holds. */
MUST_USE Err page_draft(Ctx *c, Id page, PageVersion **ret);
/* ERR_INVALID by field; ERR_CONFLICT when somebody else changed the draft. */
MUST_USE Err page_draft_save(Ctx *c, PageVersion *v);
MUST_USE Err page_draft_drop(Ctx *c, Id page);
/* A new draft with the text of an older version; ERR_CONFLICT when there is a draft already. */
MUST_USE Err page_restore(Ctx *c, Id page, i64 no);
/* Save the draft and let it out. ERR_INVALID at "body" names the heading that is missing, at "holds_from" a day that has gone by. */
MUST_USE Err page_publish(Ctx *c, PageVersion *v);
/* The text was read through and still holds. */
MUST_USE Err page_review(Ctx *c, Id page, Str note);
/* A page of the region's own under /stranky/. ERR_INVALID at "title". */
MUST_USE Err page_add(Ctx *c, Str title, Id *ret);

typedef struct PageReview { Date on_day; Str who, note; } PageReview;
typedef struct PageReviews { PageReview *at; size_t len, cap; } PageReviews;
MUST_USE Err page_reviews(Ctx *c, Id page, PageReviews *ret);
/* By when the page is to be read through again; none = never. */
MUST_USE Err page_review_due(Ctx *c, const StaticPage *p, Date *ret);

/* ---- for the module row ---- */

/* Texts of the program for pages that the store does not know yet. */
MUST_USE Err pages_seed(Ctx *c);
/* Texts whose day has come are found from now on. */
MUST_USE Err pages_index(Ctx *c);
