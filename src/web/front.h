/* front.h: what subjects put on pages that belong to all of them: the top of every page, home, the search, the map of the site. Rows of modules hand over
 * functions that add lines; nobody calls upward. All of it is public: what only some may see does not belong here. */
#pragma once
#include "core/ctx.h"

/* ---- on top of every page (.announce) ---- */

typedef struct Announcement { Str title, text, href; } Announcement;
typedef struct Announcements { Announcement *at; size_t len, cap; } Announcements;
void announcement_add(Ctx *c, Announcements *list, Announcement a);

/* ---- home: what is happening now (.happening), the latest documents and news (.latest) ---- */

typedef struct FrontLine {
	Str     label;                           /* what it is: "oznámení", "připomínkování" */
	Str     title, text, href;               /* text: a sentence or {0} */
	Str     when;                            /* "do 14. 12. 2026, 23:59" */
	Instant at;                              /* happening: when it ends or takes place, none = no end; latest: when it came out */
	bool    urgent;
	Str     act, act_href;                   /* happening: what one may do about it, "Přihlásit se k účasti"; such lines stand first, as cards with this button */
	Str     more, more_href;                 /* a second way beside the button, or {0} */
	Date    day;                             /* it takes place on this day, or none */
} FrontLine;
typedef struct FrontLines { FrontLine *at; size_t len, cap; } FrontLines;
void front_add(Ctx *c, FrontLines *list, FrontLine line);
/* What is happening: urgent ones first, then by what ends soonest. The latest: newest first. */
void front_sort_happening(FrontLines *list);
void front_sort_latest(FrontLines *list);

/* ---- home: key numbers and how they come about (.figures) ---- */

typedef struct KeyFigure {
	Str label, value, unit;
	Str as_of;                               /* "v provozu 22. 11. 2026" */
	Str how;                                 /* a sentence or two: from what it is counted and what it leaves out */
	Str href;                                /* the page with the rows behind it, or {0} */
} KeyFigure;
typedef struct KeyFigures { KeyFigure *at; size_t len, cap; } KeyFigures;
void figure_add(Ctx *c, KeyFigures *list, KeyFigure f);

/* ---- /hledat (.find, .suggest) ---- */

typedef struct FoundLine { Str title, text, href; } FoundLine;
typedef struct FoundLines { FoundLine *at; size_t len, cap; } FoundLines;
typedef struct FoundGroup {
	Str        title;                        /* "Služby" */
	i64        total;
	bool       at_least;                     /* there are more than `total` */
	FoundLines lines;                        /* the first of them */
	Str        more;                         /* address with all of them, or {0} */
} FoundGroup;
typedef struct FoundGroups { FoundGroup *at; size_t len, cap; } FoundGroups;
/* Every group is added, empty ones too: the page leaves them out. */
FoundGroup *found_group(Ctx *c, FoundGroups *list, Str title);
void        found_add(Ctx *c, FoundGroup *g, FoundLine line);
/* A group of what the index of core/search.h knows under a kind; `describe` says where the object is and a line about it, and answers ERR_NOT_FOUND for
 * what the public may not see (the line is left out). */
MUST_USE Err found_by_index(Ctx *c, FoundGroups *list, const char *title, const char *kind, Str query, i64 limit,
                            Err (*describe)(Ctx *c, Id id, FoundLine *line));

/* ---- the calendar and the notice board (.events) ---- */

typedef struct SiteEvent {
	const char *kind;                        /* "hearing"; with the id its name for ever in calendars of others */
	Id      id;
	i64     version;                         /* grows with every change */
	Str     label, title, text, href;        /* label: "veřejné projednání"; text: where, for whom */
	bool    takes_place;                     /* one thing at one time; else it opens and closes, or, without a beginning, is due by its end */
	Instant begins, ends;
	Str     begins_words, ends_words;        /* as people say it */
	Instant announced;                       /* on the notice board from that day to the day of its end; none = never there */
	Instant changed;
	Instant cancelled;                       /* none = it stands */
	Str     cancel_reason;
} SiteEvent;
typedef struct SiteEvents { SiteEvent *at; size_t len, cap; } SiteEvents;
void event_add(Ctx *c, SiteEvents *list, SiteEvent e);

/* ---- the map of the site and sitemap.xml (.addresses) ---- */

/* Pages whose addresses have arguments; those without stand in the routes. */
typedef struct SiteAddress { Str section, title, href; } SiteAddress;
typedef struct SiteAddresses { SiteAddress *at; size_t len, cap; } SiteAddresses;
void address_add(Ctx *c, SiteAddresses *list, SiteAddress a);
