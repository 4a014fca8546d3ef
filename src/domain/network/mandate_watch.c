/* mandate_watch.c: the end of a mandate comes near: tasks and letters 180, 90 and 30 days before, each once; what follows when its service left the network. */
#include "base/format.h"
#include "core/mail.h"
#include "core/settings.h"
#include "core/task.h"
#include "domain/network/mandate.sql.h"
#include "domain/network/mandate_inside.h"
#include "domain/network/mandate_watch.h"

bool mandate_watch_fits(Arena *a, Str value, const char **why) {
	WatchSteps steps;
	(void)a;
	return watch_steps_read(value, &steps, why);
}

bool mandate_series_fits(Arena *a, Str value, const char **why) {
	(void)a;
	*why = "Řada musí obsahovat slova {rok} a {cislo}, například POV-{rok}-{cislo}.";
	return str_has(value, S("{rok}")) && str_has(value, S("{cislo}"));
}

static Str day_text(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, d);
	return buf_take(&b, a);
}

static Str days_text(Arena *a, int days) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, days, "den", "dny", "dnů");
	return buf_take(&b, a);
}

/* The line goes on under another mandate the day after. */
static Err is_followed(Ctx *c, const Mandate *m, bool *ret) {
	Mandates all;
	TRY(mandates_of_line(c, m->line, &all));
	*ret = false;
	for (size_t i = 0; i < all.len; i++)
		*ret = *ret || (all.at[i]->is_public && date_eq(all.at[i]->first_day, date_add(m->ends_on, 1)));
	return OK;
}

static Err write_letters(Ctx *c, const Mandate *m, int days) {
	Ids people = {0};
	if (!id_given(m->provider))
		return OK;
	TRY(mail_holders(c, S("PSG"), SCOPE_PROVIDER, m->provider, &people));
	for (size_t i = 0; i < people.len; i++) {
		MailHole holes[] = {
			{"cislo", m->number}, {"sluzba", m->service_name}, {"konec", day_text(c->arena, m->ends_on)}, {"dnu", days_text(c->arena, days)},
			{"odkaz", str_format(c->arena, "%.*s/povereni/%lld", STR_ARG(mail_origin()), (long long)m->head.id)},
		};
		TRY(mail_add(c, "network.mandate_ends", people.at[i], (Str){0}, holes, LEN(holes)));
	}
	return OK;
}

static Err tell(Ctx *c, Id id, const WatchSteps *steps, i64 *told) {
	Mandate *m;
	bool     followed;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(mandate_stored(c, id, &m));
	TRY(is_followed(c, m, &followed));
	int days = m->ends_on.n - c->today.n, step = watch_step_of(steps, days);
	i64 before = m->watched == BLANK ? 0 : m->watched;
	if (followed || !step || (before && step >= before) || !str_eq(m->state, S(MANDATE_ACTIVE)))
		return tx_commit(&tx);
	m->watched = step;
	TRY(store_update(c, &mandate_entity, m));
	TRY(task_open(c, &(Task){.kind = S(MANDATE_TASK_ENDS), .title = str_format(c->arena, "Rozhodněte, co bude po pověření %.*s, %.*s",
		STR_ARG(m->number), STR_ARG(m->service_name)),
		.why = str_format(c->arena, "Končí %.*s a žádné další na ně nenavazuje.", STR_ARG(day_text(c->arena, m->ends_on))),
			.object = str_c(mandate_entity.name), .object_id = m->head.id,
		.link = str_format(c->arena, "/app/povereni/%lld", (long long)m->head.id), .button = S("Otevřít pověření"), .role = S("NET"),
		.due = prague_instant(date_add(m->ends_on, 1), 0), .due_why = S("Poslední den pověření.")}));
	if (days >= 0)
		TRY(write_letters(c, m, days));
	++*told;
	return tx_commit(&tx);
}

Err mandates_watch(Ctx *c, i64 *told) {
	WatchSteps  steps;
	const char *why;
	Ids         ids;
	*told = 0;
	if (!watch_steps_read(setting_text(c, "mandate.watch_days"), &steps, &why))
		return fail(c, ERR_INVALID, NULL, "%s", why);
	TRY(mandate_ids(c, db_query(ctx_conn(c), &sql_mandates_to_watch, P(V(date_add(c->today, steps.at[0])))), &ids));
	for (size_t i = 0; i < ids.len; i++)
		TRY(tell(c, ids.at[i], &steps, told));
	return OK;
}

/* ---- the service left the network ---- */

static Err follow_one(Ctx *c, Id id, i64 *ended) {
	Mandate  *m;
	LineFacts f;
	TRY(mandate_stored(c, id, &m));
	if (date_before(c->today, m->first_day))
		return OK;
	TRY(line_facts(c, m->line, c->today, &f));
	if (f.is_in_network || (f.is_there && words_have(LINE_EXIT_PROPOSED, f.state)))
		return OK;
	TRY(workflow_system(c, &mandate_machine, id, "end_with_line", S("Služba už není zařazená v síti.")));
	++*ended;
	return OK;
}

Err mandates_follow_lines(Ctx *c, i64 *ended) {
	Ids ids;
	*ended = 0;
	TRY(mandate_ids(c, db_query(ctx_conn(c), &sql_mandates_active, DB_NONE), &ids));
	for (size_t i = 0; i < ids.len; i++)
		TRY(follow_one(c, ids.at[i], ended));
	return OK;
}
