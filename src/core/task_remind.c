/* task_remind.c: reminders of tasks with a deadline, each once, by the plan of the region (DOMAIN D9). States of the workflow open and close their tasks,
 * so whoever did the step is reminded no more. Several lines for one person are one notice. */
#include "base/format.h"
#include "core/access.h"
#include "core/deadline_store.h"
#include "core/mail_inside.h"
#include "core/task.h"
#include "core/task.sql.h"
#include "core/workflow.h"

#define TOPIC "tasks"
enum { DAY_MS = 24 * 3600 * 1000, FURTHEST_DAYS = 400, LINES_TOLD = 8 };     /* a plan reaches 365 days; working days a little further */

/* What one person is told in this run; escalated lines are about tasks of others. */
typedef struct Told {
	Id          account;
	bool        escalated;
	i64         count;
	Id          task;                        /* the last one: two lines of the plan made up for at once are one */
	Str         title, text, link;           /* of the only line */
	const char *object;
	Id          object_id;
	Strs        lines;
} Told;

typedef struct Run {
	Ctx         *c;
	Instant      from, to;
	DayCalendar  days;
	ReminderPlan plan;
	struct { Told *at; size_t len, cap; } told;
} Run;

static Told *told_for(Run *run, Id account, bool escalated) {
	for (size_t i = 0; i < run->told.len; i++)
		if (run->told.at[i].account == account && run->told.at[i].escalated == escalated)
			return &run->told.at[i];
	Told *told = ARENA_PUSH(run->c->arena, run->told.at, run->told.len, run->told.cap);
	*told = (Told){.account = account, .escalated = escalated};
	return told;
}

/* ---- one line ---- */

static bool is_due(const Run *run, const ReminderRule *rule, const Task *t) {
	Instant at = reminder_at(rule, &run->days, t->due);
	if (at.ms <= run->from.ms || at.ms > run->to.ms || at.ms < t->opened.ms)
		return false;
	return rule->count > 0 || run->to.ms < t->due.ms;
}

static Str how_it_came(Arena *a, Str why) {
	CLEANUP(buf_free) Buf b = {0};
	while (why.len) {
		Str line = str_trim(str_cut(&why, '\n'));
		if (!line.len)
			continue;
		buf_char(&b, ' ');
		buf_str(&b, line);
		if (!str_ends(line, S(".")))
			buf_char(&b, '.');
	}
	return buf_take(&b, a);
}

static Err add_line(Run *run, const Task *t, const ReminderRule *rule, Id account, const char *whose, Str link) {
	Ctx   *c = run->c;
	Arena *a = c->arena;
	i64    is_new;
	if (db_run(c->conn, &sql_task_reminder_put,
	           P(V(t->kind), V(t->object), V(t->object_id), V(account), V(t->due), V(reminder_rule_text(a, rule)), V(run->to)), &is_new) != OK)
		return fail_internal(c, "reminders");
	if (!is_new)
		return OK;
	Str   left = deadline_left_text(a, t->due, false, run->to), wording = deadline_wording(a, t->due, false);
	Told *told = told_for(run, account, whose != NULL);
	if (told->task == t->id)
		return OK;
	told->task = t->id;
	if (told->count++ == 0)
		*told = (Told){.account = account, .escalated = whose != NULL, .count = 1, .task = t->id, .link = link, .object = str_z(a, t->object), .object_id = t->object_id,
		               .title = str_format(a, "%.*s: %.*s", STR_ARG(t->title), STR_ARG(left)),
		               .text = str_format(a, "%s%s%sLhůta: %.*s.%.*s", whose ? "Na tahu je: " : "", whose ? whose : "", whose ? ". " : "", STR_ARG(wording),
		                                  STR_ARG(how_it_came(a, t->due_why)))};
	if (told->lines.len < LINES_TOLD)
		strs_add(a, &told->lines, str_format(a, "%.*s: %.*s (%.*s)", STR_ARG(t->title), STR_ARG(wording), STR_ARG(left)));
	return OK;
}

/* ---- whom ---- */

/* Of a task of one person its link may lead to a page that is theirs alone: others go where the record is. */
static Str link_for_others(Ctx *c, const Task *t) {
	Str            name = t->kind;
	const Machine *m = machine_find(str_cut(&name, '.'));
	WorkObject     o;
	size_t         said = c->problems.len;
	if (!t->account)
		return t->link;
	bool found = m && workflow_object(c, m, t->object_id, &o) == OK;
	c->problems.len = said;
	return found ? o.link : (Str){0};
}

static Err holders_of(Ctx *c, const Task *t, Ids *ret) {
	*ret = (Ids){0};
	if (t->account) {
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = t->account;
		return OK;
	}
	const Role *role = access_role(t->role);
	return role ? mail_holders(c, t->role, role->scope, t->ref, ret) : OK;
}

/* The head of the department learns of it even when nobody holds the role that is to act. */
static Err escalate(Run *run, const Task *t, const ReminderRule *rule) {
	Ctx        *c = run->c;
	Ids         heads;
	Str         address, name = {0};
	const Role *role = access_role(t->role);
	if (t->account)
		TRY(mail_account_address(c, t->account, &address, &name));
	const char *whose = t->account ? (name.len ? str_z(c->arena, name) : "ten, kdo záznam založil") : role ? role->title : "nikdo";
	TRY(mail_holders(c, S(REMINDER_HEAD), SCOPE_NONE, 0, &heads));
	for (size_t i = 0; i < heads.len; i++)
		TRY(add_line(run, t, rule, heads.at[i], whose, link_for_others(c, t)));
	return OK;
}

static Err remind_task(Run *run, const Task *t) {
	for (size_t i = 0; i < run->plan.len; i++) {
		const ReminderRule *rule = &run->plan.at[i];
		Ids                 holders;
		if (!is_due(run, rule, t))
			continue;
		TRY(holders_of(run->c, t, &holders));
		for (size_t k = 0; k < holders.len; k++)
			TRY(add_line(run, t, rule, holders.at[k], NULL, t->link));
		if (rule->escalates)
			TRY(escalate(run, t, rule));
	}
	return OK;
}

/* ---- all of them ---- */

static Err tell(Run *run, const Told *t) {
	Ctx   *c = run->c;
	Arena *a = c->arena;
	if (t->count == 1)
		return notice_add(c, t->account, (Notice){.topic = TOPIC, .title = t->title, .text = t->text, .link = t->link, .object = t->object, .object_id = t->object_id});
	CLEANUP(buf_free) Buf title = {0}, text = {0};
	fmt_count(&title, t->count, "úkol", "úkoly", "úkolů");
	buf_str(&title, t->escalated ? S(" vašich lidí po termínu") : S(" s lhůtou, která se blíží nebo už uplynula"));
	buf_str(&text, str_join(a, S("\n"), t->lines));
	if (t->count > (i64)t->lines.len)
		buf_format(&text, "\na další: %lld", (long long)(t->count - (i64)t->lines.len));
	return notice_add(c, t->account, (Notice){.topic = TOPIC, .title = buf_take(&title, a), .text = buf_take(&text, a), .link = t->escalated ? (Str){0} : S("/app/ukoly")});
}

static Err read_tasks(Run *run, Tasks *ret) {
	i64 far = FURTHEST_DAYS * (i64)DAY_MS;
	*ret = (Tasks){0};
	return tasks_read(run->c, db_query(ctx_conn(run->c), &sql_task_due, P(V((Instant){run->from.ms - far}), V((Instant){run->to.ms + far}))), ret);
}

Err tasks_remind(Ctx *c, Instant from, Instant to, i64 *sent) {
	Run   run = {.c = c, .from = from, .to = to};
	Tasks tasks;
	*sent = 0;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(deadline_days(c, &run.days));
	TRY(reminder_plan(c, (Str){0}, &run.plan));
	TRY(read_tasks(&run, &tasks));
	for (size_t i = 0; i < tasks.len; i++)
		TRY(remind_task(&run, &tasks.at[i]));
	for (size_t i = 0; i < run.told.len; i++)
		TRY(tell(&run, &run.told.at[i]));
	*sent = (i64)run.told.len;
	return tx_commit(&tx);
}
