/* window_write.c: a year is made from templates; windows are added, changed, cancelled; one respondent gets another deadline. */
#include "base/format.h"
#include "base/text.h"
#include "core/access.h"
#include "core/trail.h"
#include "domain/calendar/inside.h"
#include "domain/register/register.h"
#include "domain/territory/territory.h"

/* ---- a year from templates ---- */

static Window *from_template(Ctx *c, const WindowTemplate *t, int year) {
	return NEW(c->arena, Window, .template = t->code, .year = year, .kind = t->kind, .title = t->title, .audience = t->audience, .opens_rule = t->opens_rule,
	           .closes_rule = t->closes_rule, .stays = t->stays, .reminders = t->reminders, .is_public = t->is_public, .law = t->law, .link = t->link, .note = t->note);
}

static Err plan_one(Ctx *c, const WindowTemplate *t, int year, YearItem *ret) {
	*ret = (YearItem){.template = t};
	TRY(window_of(c, t->code, year, &ret->stored));
	if (str_eq(t->kind, S(WINDOW_KIND_DEMAND)))
		return OK;
	size_t  said = c->problems.len;
	Window *w = from_template(c, t, year);
	Err     e = window_compute(c, w);
	if (e == OK)
		ret->window = w;
	else if (e == ERR_INVALID && c->problems.len > said)
		ret->problem = c->problems.at[c->problems.len - 1].text;
	else
		return e;
	c->problems.len = said;
	return OK;
}

Err window_plan_year(Ctx *c, int year, YearPlan *ret) {
	EntityList rows;
	*ret = (YearPlan){0};
	if (year < 2000 || year > 2200)
		return fail(c, ERR_INVALID, "year", "Rok: napište rok od 2000 do 2200.");
	TRY(entity_list(c, &window_template_entity, &(ListQuery){.at = {.valid = date(year, 1, 1)}, .limit = -1}, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		YearItem item;
		TRY(plan_one(c, rows.at[i], year, &item));
		ret->to_make += item.window && !item.stored;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = item;
	}
	return OK;
}

Err window_make_year(Ctx *c, int year, i64 *made) {
	YearPlan plan;
	*made = 0;
	TRY(require(c, CAP_CALENDAR_EDIT));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(window_plan_year(c, year, &plan));
	for (size_t i = 0; i < plan.len; i++) {
		YearItem *item = &plan.at[i];
		if (item->stored)
			continue;
		if (!str_empty(item->problem))
			return fail(c, ERR_INVALID, NULL, "Vzor „%.*s“ nejde použít: %.*s Opravte vzor a zkuste to znovu.", STR_ARG(item->template->title), STR_ARG(item->problem));
		if (!item->window)
			continue;
		TRY(entity_insert(c, &window_entity, item->window));
		++*made;
	}
	return tx_commit(&tx);
}

/* ---- one window ---- */

Err window_add(Ctx *c, Window *w) {
	TRY(require(c, CAP_CALENDAR_EDIT));
	w->closes_at = (Instant){0};
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(entity_insert(c, &window_entity, w));
	return tx_commit(&tx);
}

static Err need_reason(Ctx *c, Str reason, const char *what) {
	if (utf8_count(str_trim(reason)) < 5)
		return fail(c, ERR_INVALID, "reason", "%s: napište důvod aspoň několika slovy. Uvidí jej každý, koho se termín týká.", what);
	if (utf8_count(reason) > 1000 || !text_acceptable(reason))
		return fail(c, ERR_INVALID, "reason", "%s: zkraťte důvod na nejvýše 1 000 znaků.", what);
	return OK;
}

Err window_change(Ctx *c, Window *w) {
	Window *stored;
	TRY(require(c, CAP_CALENDAR_EDIT));
	TRY(need_reason(c, c->reason, "Důvod změny"));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(window_get(c, w->head.id, &stored));
	if (stored->cancelled_at.ms)
		return fail(c, ERR_CONFLICT, NULL, "Zrušené okno už nejde upravit. Založte nové.");
	TRY(window_compute(c, w));
	if (c->now.ms >= stored->closes_at.ms && w->closes_at.ms != stored->closes_at.ms)
		return fail(c, ERR_CONFLICT, "closes_rule", "Uzavírá se: termín už uplynul (%.*s) a nemění se. Kdo nestihl, může dostat výjimku.", STR_ARG(stored->closes_wording));
	TRY(entity_update(c, &window_entity, w));
	return tx_commit(&tx);
}

Err window_cancel(Ctx *c, Id id, i64 version, Str reason) {
	Window *w;
	TRY(require(c, CAP_CALENDAR_DECIDE));
	TRY(need_reason(c, reason, "Důvod zrušení"));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(window_get(c, id, &w));
	if (w->cancelled_at.ms)
		return fail(c, ERR_CONFLICT, NULL, "Okno už je zrušené.");
	w->head.version = version;
	w->cancelled_at = w->changed_at = c->now;
	w->cancel_reason = text_clean_lines(c->arena, reason);
	c->reason = w->cancel_reason;
	TRY(entity_update(c, &window_entity, w));
	return tx_commit(&tx);
}

/* ---- exceptions ---- */

static Err find_unit(Ctx *c, const char *level, Str typed, Respondent *ret) {
	const Unit *u = territory_by_code(c, level, typed);
	if (!u)
		u = territory_by_slug(c, level, text_slug(c->arena, typed));
	if (!u)
		return fail(c, ERR_INVALID, "respondent", "Respondent: takové území neznáme. Napište celý název, nebo kód RÚIAN (ten rozliší obce stejného jména).");
	ret->ref = u->id;
	ret->name = u->name;
	return OK;
}

Err window_respondent(Ctx *c, Str scope, Str typed, Respondent *ret) {
	*ret = (Respondent){.scope = scope_of_word(scope)};
	if (ret->scope == SCOPE_MUNICIPALITY)
		return find_unit(c, LEVEL_MUNICIPALITY, typed, ret);
	if (ret->scope == SCOPE_DISTRICT)
		return find_unit(c, LEVEL_DISTRICT, typed, ret);
	if (ret->scope != SCOPE_PROVIDER)
		return fail(c, ERR_INVALID, "scope", "Druh respondenta: vyberte poskytovatele, obec, nebo obvod ORP.");
	Str    ico = ico_complete(c->arena, typed);
	size_t said = c->problems.len;
	void  *row = NULL;
	Err    e = str_empty(ico) ? ERR_NOT_FOUND : entity_find(c, &provider_entity, TODAY, "ico", ico, &row);
	if (e == ERR_NOT_FOUND) {
		c->problems.len = said;
		return fail(c, ERR_INVALID, "respondent", "Respondent: poskytovatele s tímto IČO v evidenci nemáme. Zkontrolujte osm číslic.");
	}
	TRY(e);
	ret->ref = ((Provider *)row)->head.id;
	ret->name = ((Provider *)row)->name;
	return OK;
}

/* A day with its year, and perhaps an hour; decided by people, so it does not shift. */
static Err read_until(Ctx *c, Str typed, Deadline *ret) {
	DeadlineRule r;
	const char  *why = NULL;
	if (!deadline_rule_read(c->arena, typed, &r, &why))
		return fail(c, ERR_INVALID, "until", "Nový termín: %s", why);
	if (r.base != BASE_DATE || !r.year || r.unit != UNIT_NONE)
		return fail(c, ERR_INVALID, "until", "Nový termín: napište den i s rokem a případně hodinu, například „15. 7. 2026 12:00“.");
	return deadline_of(c, "until", typed, (DeadlineInput){.stays = true}, ret);
}

static Err check_later(Ctx *c, const Deadline *now_holds, const Deadline *wanted) {
	if (wanted->at.ms <= c->now.ms)
		return fail(c, ERR_INVALID, "until", "Nový termín: %.*s už uplynul. Napište pozdější.", STR_ARG(wanted->wording));
	if (wanted->at.ms <= now_holds->at.ms)
		return fail(c, ERR_INVALID, "until", "Nový termín: respondent má nyní termín %.*s. Výjimka musí být pozdější.", STR_ARG(now_holds->wording));
	return OK;
}

Err window_except(Ctx *c, Id window, Respondent who, Str until, Str reason) {
	Window  *w;
	Deadline wanted, holds, common;
	TRY(require(c, CAP_CALENDAR_DECIDE));
	TRY(need_reason(c, reason, "Důvod výjimky"));
	CHECK(who.scope == SCOPE_PROVIDER || who.scope == SCOPE_MUNICIPALITY || who.scope == SCOPE_DISTRICT);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(window_get(c, window, &w));
	if (w->cancelled_at.ms)
		return fail(c, ERR_CONFLICT, NULL, "Okno je zrušené, výjimka nemá z čeho být.");
	TRY(read_until(c, until, &wanted));
	TRY(window_deadline(c, w, who.scope, who.ref, &holds));
	TRY(check_later(c, &holds, &wanted));
	common = window_common(w);
	reason = text_clean_lines(c->arena, reason);
	Deadline d = deadline_except(c->arena, &common, wanted.at, reason, c->actor->name, c->now);
	WindowException x = {.calendar_window = w->head.id, .scope_kind = scope_word(who.scope), .scope_ref = who.ref, .respondent = utf8_first(who.name, 200),
	                     .closes_at = d.at, .wording = d.wording, .why = d.why, .reason = reason, .author = c->actor->name, .decided_at = c->now};
	c->reason = reason;
	TRY(entity_insert(c, &window_exception_entity, &x));
	TRY(trail_add(c, (TrailEntry){.action = "except", .object = window_entity.name, .object_id = w->head.id,
		.text = str_format(c->arena, "výjimka z termínu: %.*s, nově %.*s", STR_ARG(who.name), STR_ARG(d.wording))}));
	return tx_commit(&tx);
}
