/* call.c: calls: what may be set when, and what time it is in one. */
#include "domain/network/application.h"

#include "base/format.h"
#include "base/text.h"
#include "core/access.h"
#include "core/deadline_store.h"
#include "core/settings.h"
#include "domain/network/call.sql.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

static Err instant_of(Ctx *c, const char *field, Str rule, Instant opened, bool is_first, Deadline *ret) {
	return deadline_of(c, field, rule, (DeadlineInput){.event = opened, .is_first = is_first, .year = date_year(c->today)}, ret);
}

bool call_is(const Call *k, const char *state) { return str_eq(k->state, str_c(state)); }
static bool is_planned(const Call *k) { return !k->state.len || call_is(k, CALL_PLANNED); }

/* The days follow from what was typed, each time anew, so that they are right for the working days as they are; until the call is announced. What was
 * promised does not move when somebody corrects a text: not by another year that a rule leaves out, not by another holiday. */
static Err prepare(Ctx *c, void *row) {
	Call    *k = row;
	Deadline opens, closes, until, questions;
	if (!is_planned(k))
		return OK;
	k->title = text_clean(c->arena, k->title);
	if (!k->opens_rule.len || !k->closes_rule.len || !k->statements_rule.len)
		return OK;                               /* the check says that they are missing */
	TRY(instant_of(c, "opens_rule", k->opens_rule, (Instant){0}, true, &opens));
	TRY(instant_of(c, "closes_rule", k->closes_rule, opens.at, false, &closes));
	TRY(instant_of(c, "statements_rule", k->statements_rule, closes.at, false, &until));
	k->questions_until = (Instant){0};
	if (k->questions_rule.len) {
		TRY(instant_of(c, "questions_rule", k->questions_rule, opens.at, false, &questions));
		k->questions_until = questions.at;
	}
	k->opens_at = opens.at;
	k->closes_at = closes.at;
	k->statements_until = until.at;
	k->why = closes.shift;
	return OK;
}

static bool has_type(const Call *k, const char *type) {
	for (size_t i = 0; i < k->types.len; i++)
		if (str_eq(k->types.at[i], str_c(type)))
			return true;
	return false;
}

i64 call_least_days(Ctx *c, const Call *k) { return setting_int(c, k->extraordinary ? "network.call_days_extraordinary" : "network.call_days"); }

static bool has_form(Id form) { return form > 0; }

static Err check_call(Ctx *c, const void *row) {
	const Call *k = row;
	i64         days = (k->closes_at.ms - k->opens_at.ms) / DAY_MS, least = call_least_days(c, k);
	if (!k->opens_at.ms || !k->closes_at.ms || !is_planned(k))
		return OK;                               /* a setting that was raised later must not keep an announced call from its steps */
	if (days < least)
		return fail(c, ERR_INVALID, "closes_rule", "Zavírá se: %s výzva musí být otevřená nejméně %lld dnů, teď je to %lld.", k->extraordinary ? "mimořádná" : "řádná",
		            (long long)least, (long long)(days < 0 ? 0 : days));
	if (k->statements_until.ms < k->closes_at.ms)
		return fail(c, ERR_INVALID, "statements_rule", "Vyjádření obcí do: obce musí mít čas aspoň do konce výzvy.");
	if (k->questions_until.ms && (k->questions_until.ms > k->closes_at.ms || k->questions_until.ms <= k->opens_at.ms))
		return fail(c, ERR_INVALID, "questions_rule", "Dotazy do: den musí ležet mezi otevřením a uzavřením výzvy.");
	if ((has_type(k, "A") && !has_form(k->form_a)) || (has_type(k, "B") && !has_form(k->form_b)) || (has_type(k, "C") && !has_form(k->form_c)))
		return fail(c, ERR_INVALID, "types", "O co jde žádat: ke každému typu vyberte zveřejněnou verzi formuláře.");
	return OK;
}

ENTITY(call_entity, Call, CALL_FIELDS, .name = "call", .table = "call", .one = "výzva", .many = "výzvy", .of_many = "výzev", .article = "f", .title = "title",
       .order = "closes_at", .read = CAP_CALL_READ, .write = CAP_CALL_UPDATE, .path = "/app/vyzvy", .check = check_call, .prepare = prepare, .raises_data_version = true)

/* ---- time ---- */

bool call_is_public(const Call *k) { return k->announced_at.ms != 0; }

bool call_takes(const Call *k, Instant at) {
	bool lives = call_is(k, CALL_ANNOUNCED) || call_is(k, CALL_OPEN) || call_is(k, CALL_CLOSED);
	return lives && at.ms >= k->opens_at.ms && at.ms < k->closes_at.ms;
}

Id call_form(const Call *k, Str type) {
	Id form = str_eq(type, S("A")) ? k->form_a : str_eq(type, S("B")) ? k->form_b : str_eq(type, S("C")) ? k->form_c : 0;
	for (size_t i = 0; i < k->types.len; i++)
		if (str_eq(k->types.at[i], type))
			return form > 0 ? form : 0;
	return 0;
}

const char *call_opens_word(const Call *k, Instant at) {
	return call_is(k, CALL_CANCELLED) ? "Měla se otevřít" : at.ms >= k->opens_at.ms ? "Otevřela se" : "Otevře se";
}

const char *call_closes_word(const Call *k, Instant at) {
	return call_is(k, CALL_CANCELLED) ? "Měla se zavřít" : at.ms >= k->closes_at.ms ? "Zavřela se" : "Zavře se";
}

Str call_when(Arena *a, const Call *k, Instant at) {
	Str opens = deadline_on(a, k->opens_at, true), closes = deadline_on(a, k->closes_at, false);
	const char *closing = call_is(k, CALL_CANCELLED) ? "zavřít" : at.ms >= k->closes_at.ms ? "zavřela se" : "zavře se";
	return str_format(a, "%s %.*s, %s %.*s.", call_opens_word(k, at), STR_ARG(opens), closing, STR_ARG(closes));
}

Instant call_questions_until(const Call *k) { return k->questions_until.ms ? k->questions_until : k->closes_at; }

/* ---- reading ---- */

Err call_stored(Ctx *c, Id id, Call **ret) {
	void *row;
	TRY(store_get(c, &call_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

static bool sees_all(Ctx *c) { return c->actor->is_program || access_scope(c, CAP_CALL_UPDATE).all || access_scope(c, CAP_CALL_APPROVE).all; }

Err call_get(Ctx *c, Id id, Call **ret) {
	size_t said = c->problems.len;
	Err    e = call_stored(c, id, ret);
	if (e == OK && (sees_all(c) || call_is_public(*ret)))
		return OK;
	c->problems.len = said;
	return e == OK || e == ERR_NOT_FOUND ? fail(c, ERR_NOT_FOUND, NULL, "Taková výzva tu není, nebo ještě nebyla vyhlášena.") : e;
}

Err call_list(Ctx *c, Calls *ret) {
	struct { Id *at; size_t len, cap; } ids = {0};
	*ret = (Calls){0};
	Rows rows = db_query(ctx_conn(c), &sql_call_all, DB_NONE);
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "calls");
	for (size_t i = 0; i < ids.len; i++) {
		Call *k;
		TRY(call_stored(c, ids.at[i], &k));
		if (sees_all(c) || call_is_public(k))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = k;
	}
	return OK;
}

Err call_targets(Ctx *c, Id call, CallTargets *ret) {
	*ret = (CallTargets){0};
	Rows rows = db_query(ctx_conn(c), &sql_call_target_list, P(V(call)));
	while (rows_next(&rows)) {
		Id   id = col_int(&rows, 1);
		bool is_need = str_eq(col_text(&rows, 0), S("need"));
		if (is_need)
			*ARENA_PUSH(c->arena, ret->needs, ret->need_count, ret->need_cap) = id;
		else if (territory_by_id(c, id))
			*ARENA_PUSH(c->arena, ret->districts.at, ret->districts.len, ret->districts.cap) = territory_by_id(c, id);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "what a call is limited to");
}

/* ---- writing ---- */

/* What was named twice is one. */
static bool is_new_district(const CallTargets *t, size_t i) {
	size_t first = 0;
	while (t->districts.at[first]->id != t->districts.at[i]->id)
		first++;
	return first == i;
}

static bool is_new_need(const CallTargets *t, size_t i) {
	size_t first = 0;
	while (t->needs[first] != t->needs[i])
		first++;
	return first == i;
}

static Err put_targets(Ctx *c, Id call, const CallTargets *t) {
	Err e = db_run(c->conn, &sql_call_target_clear, P(V(call)), NULL);
	for (size_t i = 0; e == OK && i < t->districts.len; i++)
		e = is_new_district(t, i) ? db_run(c->conn, &sql_call_target_put, P(V(call), V(S("district")), V(t->districts.at[i]->id)), NULL) : OK;
	for (size_t i = 0; e == OK && i < t->need_count; i++)
		e = is_new_need(t, i) ? db_run(c->conn, &sql_call_target_put, P(V(call), V(S("need")), V(t->needs[i])), NULL) : OK;
	return e == OK ? OK : fail_internal(c, "what a call is limited to");
}

static Err check_needs(Ctx *c, const CallTargets *t) {
	for (size_t i = 0; i < t->need_count; i++) {
		void  *row;
		size_t said = c->problems.len;
		if (store_get(c, &need_entity, TODAY, t->needs[i], &row) == OK)
			continue;
		c->problems.len = said;
		return fail(c, ERR_INVALID, "needs", "Potřeba č. %lld v evidenci není. Zkontrolujte čísla potřeb.", (long long)t->needs[i]);
	}
	return OK;
}

Err call_add(Ctx *c, Call *k, const CallTargets *t) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(require(c, CAP_CALL_CREATE));
	TRY(tx_begin(c, &tx));
	TRY(check_needs(c, t));
	TRY(workflow_start(c, &call_machine, "prepare", k, NULL));
	TRY(put_targets(c, k->head.id, t));
	return tx_commit(&tx);
}

Err call_change(Ctx *c, Call *k, const CallTargets *t) {
	static const char *const words[] = {"about", "attachments"};
	Call *before;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(require(c, CAP_CALL_UPDATE));
	TRY(tx_begin(c, &tx));
	TRY(call_stored(c, k->head.id, &before));
	for (size_t i = 0; !call_is(before, CALL_PLANNED) && i < call_entity.field_count; i++) {
		const Field *f = &call_entity.fields[i];
		bool         is_free = f->readonly || strcmp(f->name, words[0]) == 0 || strcmp(f->name, words[1]) == 0;
		if (!is_free && !field_equal(f, before, k))
			return fail(c, ERR_CONFLICT, f->name, "%s: výzva už je vyhlášená, tento údaj se nemění. Konec jde jen prodloužit, chybnou výzvu zrušte.", f->label);
	}
	TRY(check_needs(c, t));
	TRY(entity_update(c, &call_entity, k));
	if (call_is(before, CALL_PLANNED))
		TRY(put_targets(c, k->head.id, t));
	TRY(workflow_refresh(c, &call_machine, k->head.id));
	return tx_commit(&tx);
}

Err call_prolong(Ctx *c, Id id, i64 version, Str closes_rule, Str reason) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(workflow_do(c, &call_machine, id, "prolong", &(WorkInput){.version = version, .reason = reason, .more = &closes_rule}));
	struct { Id *at; size_t len, cap; } open = {0};
	Call *k;
	TRY(call_stored(c, id, &k));
	Rows rows = db_query(c->conn, &sql_application_windows, P(V(id)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, open.at, open.len, open.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "applications of a call");
	for (size_t i = 0; i < open.len; i++)
		TRY(submission_window(c, open.at[i], k->opens_at, k->closes_at));
	TRY(statements_prolong(c, k));
	return tx_commit(&tx);
}

/* ---- what is to be attached ---- */

static Err before_announced(Ctx *c, Id call) {
	Call *k;
	TRY(require(c, CAP_CALL_UPDATE));
	TRY(call_stored(c, call, &k));
	return is_planned(k) ? OK : fail(c, ERR_CONFLICT, NULL, "Výzva už je vyhlášená a seznam příloh se nemění, aby platil pro všechny stejně. Vysvětlení napište do odpovědi na dotaz.");
}

Err call_ask_file(Ctx *c, Id call, AskedFile *a, const StoredFile *template) {
	TRY(before_announced(c, call));
	a->object = str_c(call_entity.name);
	a->object_id = call;
	return asked_file_add(c, a, template);
}

Err call_unask_file(Ctx *c, Id call, Id asked) {
	TRY(before_announced(c, call));
	return asked_file_remove(c, call_entity.name, call, asked);
}
