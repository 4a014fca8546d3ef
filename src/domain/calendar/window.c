/* window.c: templates and windows: what they must hold, how their dates come about, who sees them. */
#include "base/format.h"
#include "core/access.h"
#include "core/codelist.h"
#include "domain/calendar/inside.h"

/* ---- what both must hold ---- */

static Err check_rule(Ctx *c, const char *field, const char *label, Str text, DeadlineRule *ret) {
	const char *why;
	*ret = (DeadlineRule){0};
	if (str_empty(text) || deadline_rule_read(c->arena, text, ret, &why))
		return OK;
	return fail(c, ERR_INVALID, field, "%s: %s", label, why);
}

static Err check_reminders(Ctx *c, Str text) {
	ReminderPlan plan;
	const char  *why;
	return reminder_plan_read(c->arena, text, &plan, &why) ? OK : fail(c, ERR_INVALID, "reminders", "%s", why);
}

static Err check_link(Ctx *c, Str link) {
	if (str_empty(link) || (str_starts(link, S("/")) && !str_starts(link, S("//"))) || url_plausible(link))
		return OK;
	return fail(c, ERR_INVALID, "link", "Odkaz: napište adresu stránky této aplikace („/sit/zadost“) nebo celou adresu s https://.");
}

static Err check_kind(Ctx *c, Str kind, Str opens, Str closes) {
	if (str_eq(kind, S(WINDOW_KIND_WINDOW)) && str_empty(opens))
		return fail(c, ERR_INVALID, "opens_rule", "Otevírá se: doplňte začátek okna, nebo zvolte druh „termín“.");
	if (!str_eq(kind, S(WINDOW_KIND_DEMAND)) && str_empty(closes))
		return fail(c, ERR_INVALID, "closes_rule", "Uzavírá se: doplňte konec, například „30. 6. 24:00“.");
	return OK;
}

static Err first_of(Err a, Err b) {
	return a == OK ? b : a;
}

static Err check_template(Ctx *c, const void *row) {
	const WindowTemplate *t = row;
	DeadlineRule opens, closes;
	Err e = check_rule(c, "opens_rule", "Otevírá se", t->opens_rule, &opens);
	e = first_of(e, check_rule(c, "closes_rule", "Uzavírá se", t->closes_rule, &closes));
	e = first_of(e, check_kind(c, t->kind, t->opens_rule, t->closes_rule));
	e = first_of(e, check_reminders(c, t->reminders));
	e = first_of(e, check_link(c, t->link));
	if (e == OK && !str_empty(t->opens_rule) && rule_needs_event(&opens))
		return fail(c, ERR_INVALID, "opens_rule", "Otevírá se: začátek musí být den v roce, například „4. 1. 8:00“.");
	if (e == OK && str_eq(t->kind, S(WINDOW_KIND_DUE)) && rule_needs_event(&closes))
		return fail(c, ERR_INVALID, "closes_rule", "Uzavírá se: termín bez začátku musí být den v roce, například „30. 6.“.");
	return e;
}

ENTITY(window_template_entity, WindowTemplate, WINDOW_TEMPLATE_FIELDS, .name = "window_template", .table = "window_template", .one = "vzor okna",
       .many = "vzory oken", .of_many = "vzorů oken", .article = "m", .dated = true, .key = "code", .title = "title", .order = "position",
       .read = CAP_CALENDAR_READ, .write = CAP_CALENDAR_EDIT, .path = "/app/sprava/vzory-oken", .check = check_template)

/* ---- windows ---- */

static Str rule_part(Ctx *c, const Deadline *d, size_t max) {
	return utf8_count(d->shift) <= max ? d->shift : str_dup(c->arena, utf8_first(d->shift, max));
}

static Err compute_opens(Ctx *c, Window *w) {
	Deadline d;
	w->opens_at = (Instant){0};
	w->opens_wording = w->opens_why = (Str){0};
	if (str_empty(w->opens_rule))
		return OK;
	TRY(deadline_of(c, "opens_rule", w->opens_rule, (DeadlineInput){.year = (int)w->year, .is_first = true}, &d));
	w->opens_rule = d.rule;
	w->opens_at = d.at;
	w->opens_wording = d.wording;
	w->opens_why = d.why;
	return OK;
}

Err window_compute(Ctx *c, Window *w) {
	Deadline d;
	if (w->year == BLANK || w->year < 2000 || w->year > 2200)
		return fail(c, ERR_INVALID, "year", "Rok: napište rok od 2000 do 2200.");
	TRY(compute_opens(c, w));
	TRY(deadline_of(c, "closes_rule", w->closes_rule, (DeadlineInput){.year = (int)w->year, .event = w->opens_at, .stays = w->stays}, &d));
	w->closes_rule = d.rule;
	w->closes_at = d.at;
	w->closes_wording = d.wording;
	w->closes_shift = rule_part(c, &d, 300);
	w->closes_why = d.why;
	w->changed_at = c->now;
	if (w->opens_at.ms && w->opens_at.ms >= w->closes_at.ms)
		return fail(c, ERR_INVALID, "closes_rule", "Uzavírá se: konec (%.*s) není po začátku (%.*s). Opravte jeden z nich.", STR_ARG(w->closes_wording),
		            STR_ARG(w->opens_wording));
	return OK;
}

static bool same_rules(const Window *a, const Window *b) {
	return a->year == b->year && a->stays == b->stays && str_eq(a->opens_rule, b->opens_rule) && str_eq(a->closes_rule, b->closes_rule);
}

/* A deadline that people were told does not move by itself: it is computed for a new window and when its rules change. */
static Err prepare_window(Ctx *c, void *row) {
	Window *w = row;
	void   *stored = NULL;
	if (w->head.id && w->closes_at.ms) {
		TRY(entity_get(c, &window_entity, TODAY, w->head.id, &stored));
		if (same_rules(w, stored))
			return OK;
	}
	return window_compute(c, w);
}

static Err check_window(Ctx *c, const void *row) {
	const Window *w = row;
	Err e = check_kind(c, w->kind, w->opens_rule, w->closes_rule);
	if (str_eq(w->kind, S(WINDOW_KIND_DEMAND)))
		e = first_of(e, fail(c, ERR_INVALID, "kind", "Druh: zvolte okno, nebo termín. Na vyžádání je jen vzor."));
	e = first_of(e, check_reminders(c, w->reminders));
	return first_of(e, check_link(c, w->link));
}

bool audience_has_role(Ctx *c, const Strs *audience, Str role) {
	for (size_t i = 0; i < audience->len; i++) {
		const CodeItem *item = codelist_find(c, "window_audience", audience->at[i]);
		Str roles = item ? code_attribute(item, S("roles")) : (Str){0};
		while (roles.len)
			if (str_eq(str_trim(str_cut(&roles, ',')), role))
				return true;
	}
	return false;
}

bool window_concerns(Ctx *c, const Window *w) {
	if (audience_has_role(c, &w->audience, S("všichni")))
		return true;
	for (size_t i = 0; i < c->actor->grant_count; i++)
		if (audience_has_role(c, &w->audience, c->actor->grants[i].role))
			return true;
	return false;
}

static bool may_see(Ctx *c, const Window *w) {
	return w->is_public || c->actor->is_program || may(c, CAP_CALENDAR_READ) || window_concerns(c, w);
}

/* What is not for the public and not for this person is a row without content, which no list shows. */
static void hide_window(Ctx *c, void *row) {
	Window *w = row;
	if (may_see(c, w))
		return;
	EntityHead head = w->head;
	*w = (Window){.head = head, .year = w->year};
}

ENTITY(window_entity, Window, WINDOW_FIELDS, .name = "calendar_window", .table = "calendar_window", .one = "okno kalendáře", .many = "okna kalendáře",
       .of_many = "oken kalendáře", .article = "n", .title = "title", .order = "closes_at", .is_public = true, .read = CAP_CALENDAR_READ,
       .write = CAP_CALENDAR_EDIT, .path = "/app/kalendar", .prepare = prepare_window, .check = check_window, .hide = hide_window,
       .raises_data_version = true)

ENTITY(window_exception_entity, WindowException, WINDOW_EXCEPTION_FIELDS, .name = "window_exception", .table = "window_exception",
       .one = "výjimka z termínu", .many = "výjimky z termínů", .of_many = "výjimek z termínů", .article = "f", .title = "respondent", .order = "closes_at",
       .read = CAP_CALENDAR_READ, .write = CAP_CALENDAR_DECIDE, .path = "/app/kalendar/vyjimky")

WindowState window_state(const Window *w, Instant now) {
	if (w->cancelled_at.ms)
		return WINDOW_CANCELLED;
	if (now.ms >= w->closes_at.ms)
		return WINDOW_CLOSED;
	return w->opens_at.ms && now.ms < w->opens_at.ms ? WINDOW_PLANNED : WINDOW_OPEN;
}

Deadline window_common(const Window *w) {
	Deadline d = {.at = w->closes_at, .wording = w->closes_wording, .rule = w->closes_rule, .shift = w->closes_shift, .why = w->closes_why};
	deadline_civil(d.at, false, &d.day, &d.minute);
	d.by_rule = d.day;
	return d;
}
