/* window.h: the calendar of the year: when something opens and until when it takes what people send (DOMAIN §§ 4 and 11).
 *
 * A *template* says by rules what happens every year; a region edits it, dated. A *window* is what became of it in one year (or was called for
 * on demand): its rules, the instants that they gave, and the explanation. Whether it is open follows from the server's clock alone.
 * Higher subjects (collections, calls, consultations) hang their work on windows; what a respondent's own deadline is, they ask here. */
#pragma once
#include "core/deadline_store.h"
#include "core/entity.h"

#define CAP_CALENDAR_READ   "calendar.read"      /* every window, also those not for the public */
#define CAP_CALENDAR_EDIT   "calendar.edit"      /* templates, windows, days off */
#define CAP_CALENDAR_DECIDE "calendar.decide"    /* cancel, exceptions */

#define WINDOW_KIND_WINDOW "window"
#define WINDOW_KIND_DUE    "due"
#define WINDOW_KIND_DEMAND "demand"              /* of templates only */

/* ---- days that differ from the law ---- */

#define FREE_DAY_FIELDS(F, T) \
	F(T, day, date, "Den", .required = true, .sort = true, .list = 1) \
	F(T, works, bool, "Pracuje se", .list = 3, .hint = "Zaškrtněte u zrušeného svátku. Jinak je to den volna navíc.") \
	F(T, name, text, "Název", .list = 2, .max = 120, .hint = "Objeví se ve vysvětlení termínů, například „ředitelské volno“.") \
	F(T, note, longtext, "Poznámka", .max = 1000)
ENTITY_STRUCT(FreeDay, FREE_DAY_FIELDS)
extern const Entity free_day_entity;

/* ---- templates ---- */

#define RULE_HINT "Například „30. 6. 24:00“, „první pondělí po 5. 8. 8:00“ nebo „14. den od otevření“."

#define WINDOW_TEMPLATE_FIELDS(F, T) \
	F(T, title, text, "Název", .required = true, .max = 160, .search = true, .sort = true, .list = 1) \
	F(T, kind, code, "Druh", .codelist = "window_kind", .required = true, .filter = true, .list = 2) \
	F(T, audience, codes, "Komu je určeno", .codelist = "window_audience", .required = true, .filter = true, .list = 5) \
	F(T, opens_rule, text, "Otevírá se", .max = 200, .list = 3, .hint = RULE_HINT) \
	F(T, closes_rule, text, "Uzavírá se", .max = 200, .list = 4, .hint = RULE_HINT) \
	F(T, stays, bool, "Neposouvat na pracovní den") \
	F(T, reminders, text, "Připomínky", .max = 300, .hint = "Oddělte středníkem: „7 dnů předem; v poslední den; 1 den po termínu“. Prázdné pole znamená obvyklé připomínky.") \
	F(T, is_public, bool, "Zveřejnit", .filter = true) \
	F(T, law, text, "Právní podklad", .max = 200) \
	F(T, link, text, "Odkaz", .max = 300, .hint = "Adresa stránky, kde se věc vyřizuje: „/sit/zadost“ nebo „https://…“.") \
	F(T, note, longtext, "Poznámka", .max = 2000) \
	F(T, position, int, "Pořadí", .sort = true) \
	F(T, code, text, "Kód", .required = true, .unique = true, .max = 40, .help = "Pod tímto kódem okno znají ostatní části aplikace. Nemění se.")
ENTITY_STRUCT(WindowTemplate, WINDOW_TEMPLATE_FIELDS)
extern const Entity window_template_entity;      /* dated: a year is made from what holds on its first of January */

/* ---- windows ---- */

#define WINDOW_FIELDS(F, T) \
	F(T, template, text, "Vzor", .readonly = true, .max = 40, .filter = true, .list = 6) \
	F(T, year, int, "Rok", .required = true, .min = 2000, .max = 2200, .sort = true, .filter = true, .list = 2) \
	F(T, kind, code, "Druh", .codelist = "window_kind", .required = true, .filter = true) \
	F(T, title, text, "Název", .required = true, .max = 160, .list = 1) \
	F(T, audience, codes, "Komu je určeno", .codelist = "window_audience", .required = true, .filter = true, .list = 5) \
	F(T, opens_rule, text, "Otevírá se", .max = 200, .hint = RULE_HINT) \
	F(T, closes_rule, text, "Uzavírá se", .required = true, .max = 200, .hint = RULE_HINT) \
	F(T, stays, bool, "Neposouvat na pracovní den") \
	F(T, reminders, text, "Připomínky", .max = 300, .hint = "Oddělte středníkem: „7 dnů předem; v poslední den; 1 den po termínu“. Prázdné pole znamená obvyklé připomínky.") \
	F(T, is_public, bool, "Zveřejnit", .filter = true) \
	F(T, law, text, "Právní podklad", .max = 200) \
	F(T, link, text, "Odkaz", .max = 300, .hint = "Adresa stránky, kde se věc vyřizuje: „/sit/zadost“ nebo „https://…“.") \
	F(T, note, longtext, "Poznámka", .max = 2000) \
	F(T, opens_at, instant, "Otevřeno od", .readonly = true, .sort = true, .list = 3) \
	F(T, opens_wording, text, "Otevřeno od slovy", .readonly = true) \
	F(T, opens_why, longtext, "Jak začátek vyšel", .readonly = true) \
	F(T, closes_at, instant, "Uzavřeno od", .readonly = true, .sort = true, .list = 4, .help = "Co přijde dřív, je včas. Konec dne je 0:00 dne dalšího.") \
	F(T, closes_wording, text, "Termín slovy", .readonly = true) \
	F(T, closes_shift, text, "Posun termínu", .readonly = true, .max = 300) \
	F(T, closes_why, longtext, "Jak termín vyšel", .readonly = true) \
	F(T, changed_at, instant, "Naposledy změněno", .readonly = true) \
	F(T, cancelled_at, instant, "Zrušeno", .readonly = true) \
	F(T, cancel_reason, longtext, "Důvod zrušení", .readonly = true, .max = 1000)
ENTITY_STRUCT(Window, WINDOW_FIELDS)
extern const Entity window_entity;

typedef enum WindowState { WINDOW_PLANNED, WINDOW_OPEN, WINDOW_CLOSED, WINDOW_CANCELLED } WindowState;
/* By the clock: nobody has to open or close it. A single day by which something is due is open until it. */
WindowState window_state(const Window *w, Instant now);

typedef struct Windows { Window **at; size_t len, cap; } Windows;
typedef struct WindowQuery {
	int  year;                               /* 0 = any */
	Str  audience;                           /* code, {0} = any */
	bool mine;                               /* only what concerns the person */
	bool with_cancelled;
	Instant closes_from, closes_to;          /* of the deadline; none = any */
} WindowQuery;
/* What the person may see, in order of the deadline. */
MUST_USE Err windows_read(Ctx *c, WindowQuery q, Windows *ret);
/* ERR_NOT_FOUND also for a window that the person may not see. */
MUST_USE Err window_get(Ctx *c, Id id, Window **ret);
/* The window that became of a template in a year; NULL when there is none. */
MUST_USE Err window_of(Ctx *c, Str template, int year, Window **ret);
/* Is the person one of those whom it is meant for? */
bool window_concerns(Ctx *c, const Window *w);
/* Years that have windows, ascending. */
typedef struct Years { int at[64]; size_t len; } Years;
MUST_USE Err window_years(Ctx *c, Years *ret);

/* ---- making and changing: needs calendar.edit ---- */

typedef struct YearItem {
	const WindowTemplate *template;
	Window  *window;                         /* as it would become; NULL when the rules give no date */
	Window  *stored;                         /* already there; it is left alone */
	Str      problem;                        /* why it cannot be made */
} YearItem;
typedef struct YearPlan { YearItem *at; size_t len, cap; int to_make; } YearPlan;
/* What the templates of that year would give. */
MUST_USE Err window_plan_year(Ctx *c, int year, YearPlan *ret);
/* Makes what is missing; made again it makes nothing. ERR_INVALID when a template has a problem. */
MUST_USE Err window_make_year(Ctx *c, int year, i64 *made);
/* A window on demand; its template may be blank. Computes the dates. */
MUST_USE Err window_add(Ctx *c, Window *w);
/* c->reason is required. Rules are computed anew: a changed deadline is a new deadline, with reminders of its own. */
MUST_USE Err window_change(Ctx *c, Window *w);

/* ---- deciding: needs calendar.decide ---- */

/* Cancelled windows leave the lists of what is coming; pages and feeds say that they were cancelled. */
MUST_USE Err window_cancel(Ctx *c, Id id, i64 version, Str reason);

#define WINDOW_EXCEPTION_FIELDS(F, T) \
	F(T, calendar_window, ref, "Okno", .target = &window_entity, .required = true, .filter = true, .list = 1) \
	F(T, scope_kind, code, "Druh respondenta", .codelist = "scope_kind", .required = true) \
	F(T, scope_ref, int, "Záznam respondenta", .required = true) \
	F(T, respondent, text, "Respondent", .required = true, .max = 200, .list = 2) \
	F(T, closes_at, instant, "Nový termín", .required = true, .sort = true, .list = 3) \
	F(T, wording, text, "Nový termín slovy", .readonly = true) \
	F(T, why, longtext, "Jak termín vyšel", .readonly = true) \
	F(T, reason, longtext, "Důvod", .required = true, .max = 1000, .list = 4) \
	F(T, author, text, "Povolil", .readonly = true, .list = 5) \
	F(T, decided_at, instant, "Povoleno", .readonly = true)
ENTITY_STRUCT(WindowException, WINDOW_EXCEPTION_FIELDS)
extern const Entity window_exception_entity;

typedef struct Respondent {
	ScopeKind scope;                         /* district, municipality or provider */
	Id        ref;
	Str       name;
} Respondent;
/* The provider of an IČO, the municipality or district of a name or RÚIAN code. ERR_INVALID at the field "respondent". */
MUST_USE Err window_respondent(Ctx *c, Str scope, Str typed, Respondent *ret);
/* `until` as people write it: "15. 7. 2026 12:00", "15. 7. 2026". The common deadline and everybody else's stay as they are. ERR_INVALID
 * when it is not later than the respondent's present deadline, or has passed. */
MUST_USE Err window_except(Ctx *c, Id window, Respondent who, Str until, Str reason);
typedef struct WindowExceptions { WindowException **at; size_t len, cap; } WindowExceptions;
/* Newest first; those of the person alone unless they may see all. */
MUST_USE Err window_exceptions(Ctx *c, Id window, WindowExceptions *ret);

/* ---- whose deadline ---- */

/* The respondent's own deadline: the common one, or that of their newest exception. */
MUST_USE Err window_deadline(Ctx *c, const Window *w, ScopeKind scope, Id ref, Deadline *ret);
/* The latest deadline of those for whom the person acts, when one of them has an exception; the common one otherwise. */
MUST_USE Err window_own_deadline(Ctx *c, const Window *w, Deadline *ret, bool *differs);
/* D1 on the server's clock: is it open for that respondent at that instant? */
MUST_USE Err window_takes(Ctx *c, const Window *w, ScopeKind scope, Id ref, Instant at, bool *ret);
/* Name of a scope as it is stored: "provider". */
Str  scope_word(ScopeKind scope);
ScopeKind scope_of_word(Str word);

/* ---- reminders (D9) ---- */

/* Who has not done what the window is for yet, asked of the subject that knows (collections, calls). Windows that nobody knows about remind
 * everybody whom they are meant for, before the deadline only: whether they are late is not known. */
typedef struct Respondents { Respondent *at; size_t len, cap; } Respondents;
typedef Err (*WindowWaiting)(Ctx *c, const Window *w, bool *known, Respondents *ret);     /* *known stays false for windows of others */
void window_ask_waiting(WindowWaiting who_waits);        /* once at start, by each subject that knows; twice is once */
void window_ask_nobody(void);                            /* for tests */
/* Every reminder due after `from` and not after `to`, once per person, deadline and line of the plan, however often and by how many nodes it is
 * called. A reminder whose deadline has passed meanwhile is not sent any more. */
MUST_USE Err window_remind(Ctx *c, Instant from, Instant to, i64 *sent);
