/* window_remind.c: reminders of the windows, each once (DOMAIN D9). */
#include "core/notice.h"
#include "domain/calendar/calendar.sql.h"
#include "domain/calendar/inside.h"

#define FURTHEST_DAYS 400                        /* a plan reaches 365 days; working days a little further */

enum { LATE_TOLD = 10, SUBJECTS_MAX = 16 };
static WindowWaiting subjects[SUBJECTS_MAX];
static size_t        subject_count;

void window_ask_waiting(WindowWaiting who_waits) {
	for (size_t i = 0; i < subject_count; i++)
		if (subjects[i] == who_waits)
			return;
	CHECK(subject_count < SUBJECTS_MAX);
	subjects[subject_count++] = who_waits;
}

void window_ask_nobody(void) {
	subject_count = 0;
}

typedef struct Holder { Id account; Str role; ScopeKind scope; Id ref; } Holder;
typedef struct Holders { Holder *at; size_t len, cap; } Holders;
typedef struct Exceptions { struct { ScopeKind scope; Id ref; Instant at; } *at; size_t len, cap; } Exceptions;

typedef struct Run {
	Ctx        *c;
	Instant     from, to;
	DayCalendar days;
	Holders     holders;
	i64         sent;
} Run;

/* One window, and what is known about it. */
typedef struct Case {
	const Window *w;
	ReminderPlan  plan;
	Exceptions    exceptions;
	bool          known;
	Respondents   waiting;
} Case;

static Err read_holders(Run *run) {
	Ctx *c = run->c;
	Rows r = db_query(ctx_conn(c), &sql_reminder_people, P(V(prague_day(run->to))));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, run->holders.at, run->holders.len, run->holders.cap) = (Holder){.account = col_int(&r, 0),
			.role = str_dup(c->arena, col_text(&r, 1)), .scope = scope_of_word(col_text(&r, 2)), .ref = col_null(&r, 3) ? 0 : col_int(&r, 3)};
	return rows_end(&r) == OK ? OK : fail_internal(c, "reminders");
}

static Err read_exceptions(Ctx *c, Case *k) {
	Rows r = db_query(ctx_conn(c), &sql_window_exceptions_of, P(V(k->w->head.id)));
	while (rows_next(&r)) {
		ScopeKind scope = scope_of_word(col_text(&r, 0));
		Id        ref = col_int(&r, 1);
		size_t    i = 0;
		while (i < k->exceptions.len && (k->exceptions.at[i].scope != scope || k->exceptions.at[i].ref != ref))
			i++;
		if (i == k->exceptions.len)
			ARENA_PUSH(c->arena, k->exceptions.at, k->exceptions.len, k->exceptions.cap);
		k->exceptions.at[i].scope = scope;
		k->exceptions.at[i].ref = ref;
		k->exceptions.at[i].at = col_instant(&r, 2);
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "reminders");
}

static Instant deadline_for(const Case *k, ScopeKind scope, Id ref) {
	for (size_t i = 0; i < k->exceptions.len; i++)
		if (k->exceptions.at[i].scope == scope && k->exceptions.at[i].ref == ref)
			return k->exceptions.at[i].at;
	return k->w->closes_at;
}

static bool still_waits(const Case *k, const Holder *h) {
	for (size_t i = 0; i < k->waiting.len; i++)
		if (k->waiting.at[i].scope == h->scope && k->waiting.at[i].ref == h->ref)
			return true;
	return !k->known;
}

/* ---- one notice ---- */

static Err send(Run *run, const Case *k, const ReminderRule *rule, Id account, Instant deadline, Str late) {
	Ctx *c = run->c;
	i64  is_new;
	if (db_run(c->conn, &sql_reminder_put, P(V(k->w->head.id), V(account), V(deadline), V(reminder_rule_text(c->arena, rule)), V(run->to)), &is_new) != OK)
		return fail_internal(c, "reminders");
	if (!is_new)
		return OK;
	Str left = deadline_left_text(c->arena, deadline, false, run->to);
	Str shift = date_eq(prague_day(deadline), prague_day(k->w->closes_at)) && k->w->closes_shift.len ? str_format(c->arena, " %.*s.", STR_ARG(k->w->closes_shift)) : (Str){0};
	run->sent++;
	return notice_add(c, account, (Notice){.topic = "calendar", .title = str_format(c->arena, "%.*s: %.*s", STR_ARG(k->w->title), STR_ARG(left)),
		.text = str_format(c->arena, "%.*sTermín: %.*s.%.*s", STR_ARG(late), STR_ARG(deadline_wording(c->arena, deadline, false)), STR_ARG(shift)),
		.link = str_format(c->arena, "/app/kalendar/%lld", (long long)k->w->head.id), .object = window_entity.name, .object_id = k->w->head.id});
}

static bool is_due(const Run *run, const ReminderRule *rule, const Case *k, Instant deadline) {
	Instant at = reminder_at(rule, &run->days, deadline);
	if (at.ms <= run->from.ms || at.ms > run->to.ms)
		return false;
	if (rule->count > 0)
		return k->known;
	return run->to.ms < deadline.ms && (!k->w->opens_at.ms || at.ms >= k->w->opens_at.ms);
}

/* "Nesplněno: Domov U Lípy, Jilm a další 3. " Those whose own deadline is as long ago as the line says. */
static Str who_is_late(const Run *run, const Case *k, const ReminderRule *rule) {
	Arena *a = run->c->arena;
	Strs   names = {0};
	i64    count = 0;
	for (size_t i = 0; i < k->waiting.len; i++) {
		const Respondent *late = &k->waiting.at[i];
		if (!is_due(run, rule, k, deadline_for(k, late->scope, late->ref)))
			continue;
		if (++count <= LATE_TOLD && late->name.len)
			strs_add(a, &names, late->name);
	}
	i64 others = count - (i64)names.len;
	return count == 0      ? (Str){0}
	       : names.len == 0 ? str_format(a, "Nesplněno: %lld. ", (long long)count)
	       : others         ? str_format(a, "Nesplněno: %.*s a další %lld. ", STR_ARG(str_join(a, S(", "), names)), (long long)others)
	                        : str_format(a, "Nesplněno: %.*s. ", STR_ARG(str_join(a, S(", "), names)));
}

static Err remind_people(Run *run, const Case *k, const ReminderRule *rule) {
	for (size_t i = 0; i < run->holders.len; i++) {
		const Holder *h = &run->holders.at[i];
		Instant       deadline = deadline_for(k, h->scope, h->ref);
		if (audience_has_role(run->c, &k->w->audience, h->role) && still_waits(k, h) && is_due(run, rule, k, deadline))
			TRY(send(run, k, rule, h->account, deadline, (Str){0}));
	}
	if (!rule->escalates)
		return OK;
	/* Also of those for whom nobody has an account. */
	Str late = who_is_late(run, k, rule);
	for (size_t i = 0; late.len && i < run->holders.len; i++)
		if (str_eq(run->holders.at[i].role, S(REMINDER_HEAD)))
			TRY(send(run, k, rule, run->holders.at[i].account, k->w->closes_at, late));
	return OK;
}

/* The first subject that knows the window. */
static Err ask(Ctx *c, Case *k) {
	for (size_t i = 0; i < subject_count && !k->known; i++)
		TRY(subjects[i](c, k->w, &k->known, &k->waiting));
	return OK;
}

static Err remind_window(Run *run, const Window *w) {
	Case k = {.w = w};
	TRY(reminder_plan(run->c, w->reminders, &k.plan));
	TRY(read_exceptions(run->c, &k));
	TRY(ask(run->c, &k));
	for (size_t i = 0; i < k.plan.len; i++)
		TRY(remind_people(run, &k, &k.plan.at[i]));
	return OK;
}

Err window_remind(Ctx *c, Instant from, Instant to, i64 *sent) {
	Run     run = {.c = c, .from = from, .to = to};
	Windows windows;
	i64     far = FURTHEST_DAYS * (i64)24 * 3600 * 1000;
	*sent = 0;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(deadline_days(c, &run.days));
	TRY(read_holders(&run));
	TRY(windows_read(c, (WindowQuery){.closes_from = {from.ms - far}, .closes_to = {to.ms + far}}, &windows));
	for (size_t i = 0; i < windows.len; i++)
		TRY(remind_window(&run, windows.at[i]));
	*sent = run.sent;
	return tx_commit(&tx);
}
