/* module.c: what the calendar brings. */
#include "domain/calendar/calendar_page.h"
#include "domain/calendar/inside.h"
#include "domain/calendar/schema.h"
#include "web/module.h"
#include "web/screen.h"

extern const Module calendar_module;

static const Entity *const entities[] = {&free_day_entity, &window_template_entity, &window_entity, &window_exception_entity};

static const Capability capabilities[] = {
	{CAP_CALENDAR_READ, "vidět celý kalendář i s výjimkami"},
	{CAP_CALENDAR_EDIT, "upravovat kalendář, vzory oken a pracovní dny"},
	{CAP_CALENDAR_DECIDE, "rušit okna kalendáře a povolovat výjimky z termínů"},
};

static const Route routes[] = {
	{GET, "/kalendar", page_calendar, ANYONE, .parameters = "rok,pro", .title = "Kalendář termínů"},
	{GET, "/kalendar.ics", page_calendar_ics, ANYONE, .parameters = "pro"},
	{GET, "/kalendar.atom", page_calendar_atom, ANYONE, .parameters = "pro"},
	{GET, "/kalendar.json", page_calendar_json, ANYONE, .parameters = "pro"},
	{GET, "/app/kalendar", page_windows, "overview.read", .parameters = "rok,pro", .title = "Kalendář"},
	{GET, "/app/kalendar/rok", page_year_new, CAP_CALENDAR_EDIT, .parameters = "rok"},
	{POST, "/app/kalendar/rok", post_year_new, CAP_CALENDAR_EDIT},
	{GET, "/app/kalendar/novy", page_window_new, CAP_CALENDAR_EDIT, .parameters = "vzor"},
	{POST, "/app/kalendar/novy", post_window_new, CAP_CALENDAR_EDIT, .lists = "audience"},
	{GET, "/app/kalendar/{id}", page_window, "overview.read"},
	{GET, "/app/kalendar/{id}/upravit", page_window_edit, CAP_CALENDAR_EDIT},
	{POST, "/app/kalendar/{id}/upravit", post_window_edit, CAP_CALENDAR_EDIT, .lists = "audience"},
	{GET, "/app/kalendar/{id}/zrusit", page_window_cancel, CAP_CALENDAR_DECIDE},
	{POST, "/app/kalendar/{id}/zrusit", post_window_cancel, CAP_CALENDAR_DECIDE},
	{GET, "/app/kalendar/{id}/vyjimka", page_window_except, CAP_CALENDAR_DECIDE},
	{POST, "/app/kalendar/{id}/vyjimka", post_window_except, CAP_CALENDAR_DECIDE},
	{GET, "/app/kalendar/{id}/historie", screen_history, CAP_CALENDAR_READ, .entity = &window_entity},
	ENTITY_SCREENS("/app/sprava/vzory-oken", &window_template_entity, CAP_CALENDAR_READ, CAP_CALENDAR_EDIT, "audience"),
	ENTITY_SCREENS("/app/sprava/pracovni-dny", &free_day_entity, CAP_CALENDAR_READ, CAP_CALENDAR_EDIT, NULL),
};

static const MenuItem menu[] = {
	{"Kalendář", "/kalendar", ANYONE, true, 60},
	{"Kalendář", "/app/kalendar", "overview.read", false, 15},
};

static const Topic topics[] = {
	{"calendar", "Blížící se termíny", "Připomínky toho, co se vás týká v kalendáři: týden a dva dny předem, v poslední den a po termínu.", MAIL_DIGEST},
};

/* Deadlines that were said must be those that the rules give; days off may have been added since. */
static Err deadlines_follow(Ctx *c, bool *fine, Str *detail) {
	Windows windows;
	TRY(windows_read(c, (WindowQuery){.closes_from = c->now}, &windows));
	i64 wrong = 0;
	for (size_t i = 0; i < windows.len; i++) {
		Window again = *windows.at[i];
		size_t said = c->problems.len;
		if (window_compute(c, &again) != OK || again.closes_at.ms != windows.at[i]->closes_at.ms)
			wrong++;
		c->problems.len = said;
	}
	*fine = wrong == 0;
	*detail = str_format(c->arena, "%lld oken, jiný den by dnes vyšel u %lld", (long long)windows.len, (long long)wrong);
	return OK;
}

static const Check checks[] = {
	{"calendar.deadlines", "Termíny kalendáře odpovídají pravidlům a pracovním dnům", SEVERITY_WARNING, "Otevřete v kalendáři okna s upozorněním a uložte je znovu s důvodem.", deadlines_follow},
};

/* Reminders since three days ago: what was missed while nothing ran is made up for; what went out is remembered. */
static Err remind(Ctx *c) {
	i64 sent;
	return window_remind(c, (Instant){c->now.ms - INT64_C(3) * 24 * 3600 * 1000}, c->now, &sent);
}

/* What ends for the person within a fortnight. Whether they have done it already is known by other subjects. An exception may lead behind the common
 * deadline: windows that ended a while ago are looked at, too. */
static Err waiting(Ctx *c, WaitingList *list) {
	enum { DAY_MS = 24 * 3600 * 1000, AHEAD_DAYS = 14, BACK_DAYS = 92 };
	Windows windows;
	Instant far = {c->now.ms + (i64)AHEAD_DAYS * DAY_MS};
	TRY(windows_read(c, (WindowQuery){.mine = true, .closes_from = {c->now.ms - (i64)BACK_DAYS * DAY_MS}, .closes_to = far}, &windows));
	for (size_t i = 0; i < windows.len; i++) {
		const Window *w = windows.at[i];
		Deadline      own;
		bool          differs;
		TRY(window_own_deadline(c, w, &own, &differs));
		if (w->cancelled_at.ms || w->opens_at.ms > c->now.ms || own.at.ms <= c->now.ms || own.at.ms > far.ms)
			continue;
		waiting_add(c, list, (Waiting){.title = w->title, .why = differs ? S("Termín z kalendáře kraje, s výjimkou pro vás.") : S("Termín z kalendáře kraje."),
			.link = str_format(c->arena, "/app/kalendar/%lld", (long long)w->head.id), .button = S("Zobrazit termín"), .count = 1, .is_calm = true,
			.due = own.at, .due_shift = own.shift, .due_why = own.why});
	}
	return OK;
}

static Err start(Ctx *c) {
	(void)c;
	deadline_set_days(free_days_load);
	return OK;
}

static Err seed(Ctx *c) {
	TRY(codelist_seed(c, "code_lists/calendar.csv"));
	return window_templates_seed(c);
}

const Module calendar_module = {
	.name = "calendar", .migrations = calendar_migrations, .migration_count = &calendar_migrations_count,
	.entities = entities, .entity_count = LEN(entities),
	MODULE_LIST(route, routes),
	.capabilities = capabilities, .capability_count = LEN(capabilities),
	MODULE_LIST(topic, topics), MODULE_LIST(check, checks),
	.menu = menu, .menu_count = LEN(menu),
	.happening = calendar_happening, .find = calendar_find, .addresses = calendar_addresses,
	.waiting = waiting, .regular = remind, .start = start, .seed = seed, .demo = calendar_demo,
};
