/* score.c: sheets of reviewers: who may score what, what stands on a sheet. Writing them: score_sheet.c. */
#include "domain/network/score.h"

#include <stdlib.h>

#include "base/text.h"
#include "core/access.h"
#include "core/settings.h"
#include "domain/network/call.sql.h"

ENTITY(sheet_entity, Sheet, SHEET_FIELDS, .name = "score_sheet", .table = "score_sheet", .one = "hodnocení", .many = "hodnocení", .of_many = "hodnocení", .article = "n",
       .title = "name", .read = CAP_SCORE_READ, .write = CAP_SCORE_UPDATE, .path = "/app/hodnoceni")

bool sheet_is_mine(Ctx *c, const Sheet *s) { return c->actor->account && c->actor->account == s->reviewer; }

/* ---- who may score ---- */

Err reviewers_on(Ctx *c, Date on, Reviewers *ret) {
	*ret = (Reviewers){0};
	Rows rows = db_query(ctx_conn(c), &sql_reviewers, P(V(on)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Reviewer){col_int(&rows, 0), str_dup(c->arena, col_text(&rows, 1))};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "reviewers");
}

typedef struct Tie { Str kind; Id ref; } Tie;

static Err same_ico(Ctx *c, Id provider, Id other, bool *ret) {
	void  *a = NULL, *b = NULL;
	size_t said = c->problems.len;
	Err    e = store_get(c, &provider_entity, TODAY, provider, &a);
	e = e == OK ? store_get(c, &provider_entity, TODAY, other, &b) : e;
	c->problems.len = said;
	*ret = e == OK && ((Provider *)a)->ico.len && str_eq(((Provider *)a)->ico, ((Provider *)b)->ico);
	return e == ERR_NOT_FOUND ? OK : e;
}

static Err judge_tie(Ctx *c, const Application *a, const Statements *statements, const Tie *t, Str *ret) {
	if (str_eq(t->kind, S("provider"))) {
		bool same = t->ref == a->provider;
		if (!same)
			TRY(same_ico(c, a->provider, t->ref, &same));
		if (same)
			*ret = S("Hodnotitel jedná za poskytovatele, který žádá.");
	}
	for (size_t i = 0; i < statements->len; i++) {
		const Statement *s = statements->at[i];
		bool there = (str_eq(t->kind, S("municipality")) && s->municipality == t->ref) || (str_eq(t->kind, S("district")) && s->district == t->ref);
		if (there && s->co_funding.halere != BLANK && s->co_funding.halere > 0)
			*ret = S("Hodnotitel jedná za obec, která službu spolufinancuje.");
	}
	return OK;
}

Err conflict_inferred(Ctx *c, const Application *a, Id reviewer, Str *ret) {
	struct { Tie *at; size_t len, cap; } ties = {0};
	Statements statements;
	*ret = (Str){0};
	TRY(statements_of(c, a->head.id, &statements));
	Rows rows = db_query(ctx_conn(c), &sql_reviewer_ties, P(V(reviewer)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ties.at, ties.len, ties.cap) = (Tie){str_dup(c->arena, col_text(&rows, 0)), col_int(&rows, 1)};
	if (rows_end(&rows) != OK)
		return fail_internal(c, "ties of a reviewer");
	if (a->owner == reviewer)
		*ret = S("Hodnotitel žádost sám založil.");
	for (size_t i = 0; i < ties.len && !ret->len; i++)
		TRY(judge_tie(c, a, &statements, &ties.at[i], ret));
	return OK;
}

bool acts_as_head(const Ctx *c) {
	for (size_t i = 0; i < c->actor->grant_count; i++)
		if (str_eq(c->actor->grants[i].role, S("VED")))
			return true;
	return c->actor->is_program;
}

static Err check_reviewer(Ctx *c, const Application *a, Id reviewer, Str override_why, Str *name) {
	Reviewers all;
	Str       conflict;
	TRY(reviewers_on(c, c->today, &all));
	*name = (Str){0};
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i].account == reviewer)
			*name = all.at[i].name;
	if (!name->len)
		return fail(c, ERR_INVALID, "reviewer", "Vyberte hodnotitele. Roli hodnotitele přiděluje správce aplikace.");
	TRY(conflict_inferred(c, a, reviewer, &conflict));
	if (override_why.len && reviewer == c->actor->account)
		return fail(c, ERR_FORBIDDEN, "override_why", "Výjimku sami sobě udělit nemůžete. Přidělte žádost jinému hodnotiteli.");
	if (override_why.len && !acts_as_head(c))         /* also where nothing ties the two yet: what is written down now would hold later */
		return fail(c, ERR_FORBIDDEN, "override_why", "%.*s%sVýjimku s důvodem může udělit jen vedoucí odboru.", STR_ARG(conflict), conflict.len ? " " : "");
	if (conflict.len && !override_why.len)
		return fail(c, ERR_INVALID, "reviewer", "%.*s Vyberte jiného; výjimku s důvodem může udělit jen vedoucí odboru.", STR_ARG(conflict));
	return OK;
}

/* One more is for those who are far apart; otherwise whoever does not like the mean would add people until it changes. */
static Err check_turn(Ctx *c, const Application *a) {
	ScoreState s;
	TRY(score_state(c, a, &s));
	i64 finished = (i64)s.finished.len, enough = s.rules->reviewers;
	return finished < enough || (finished == enough && s.apart) ? OK
	       : fail(c, ERR_CONFLICT, "reviewer", "Žádost už má dokončených hodnocení: %lld. %s se přiděluje, jen když se hodnotitelé rozejdou o víc, než dovolují pravidla.",
	              (long long)finished, enough == 2 ? "Třetí" : "Další");
}

Err sheet_assign(Ctx *c, Id application, Id reviewer, Str override_why, Id *ret) {
	Application *a;
	Sheets       all;
	Str          name;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(require(c, CAP_SCORE_APPROVE));
	TRY(tx_begin(c, &tx));
	TRY(application_get(c, application, &a));
	if (application_is_own(c, a))
		return fail(c, ERR_FORBIDDEN, "reviewer", "Jednáte také za poskytovatele, který žádá. Ať hodnotitele přidělí jiný pracovník kraje.");
	if (!application_is(a, APPLICATION_STATED))
		return fail(c, ERR_CONFLICT, NULL, "Hodnotitelé se přidělují, až jsou uzavřená vyjádření obcí. Žádost je ve stavu „%.*s“.",
		            STR_ARG(state_title(&application_machine, a->state)));
	override_why = text_clean(c->arena, override_why);
	TRY(check_reviewer(c, a, reviewer, override_why, &name));
	TRY(sheets_of(c, application, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i]->reviewer == reviewer)
			return fail(c, ERR_CONFLICT, "reviewer", "Tento hodnotitel už žádost má.");
	TRY(check_turn(c, a));
	Sheet *s = entity_new(c->arena, &sheet_entity);
	s->application = application;
	s->reviewer = reviewer;
	s->name = name;
	s->turn = (i64)all.len + 1;
	s->override_why = override_why;
	s->made_at = c->now;
	TRY(workflow_start(c, &sheet_machine, "assign", s, NULL));
	*ret = s->head.id;
	return tx_commit(&tx);
}

/* ---- reading ---- */

static Err sheet_stored(Ctx *c, Id id, Sheet **ret) {
	void *row;
	TRY(store_get(c, &sheet_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err sheet_get(Ctx *c, Id id, Sheet **ret) {
	TRY(require(c, CAP_SCORE_READ));
	TRY(sheet_stored(c, id, ret));
	return sheet_is_mine(c, *ret) || may(c, CAP_SCORE_APPROVE) || c->actor->is_program ? OK
	       : fail(c, ERR_NOT_FOUND, NULL, "Takové hodnocení tu není, nebo není vaše.");
}

Err sheets_of(Ctx *c, Id application, Sheets *ret) {
	struct { Id *at; size_t len, cap; } ids = {0};
	*ret = (Sheets){0};
	Rows rows = db_query(ctx_conn(c), &sql_sheet_of, P(V(application)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "sheets");
	for (size_t i = 0; i < ids.len; i++) {
		Sheet *s;
		TRY(sheet_stored(c, ids.at[i], &s));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = s;
	}
	return OK;
}

static Err written_items(Ctx *c, Id sheet, ScoreItems *ret) {
	*ret = (ScoreItems){0};
	Rows r = db_query(ctx_conn(c), &sql_sheet_items, P(V(sheet)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (ScoreItem){
			.criterion = str_dup(c->arena, col_text(&r, 0)), .points = col_int(&r, 1), .computed = col_int(&r, 2), .how = str_dup(c->arena, col_text(&r, 3)),
			.reason = str_dup(c->arena, col_text(&r, 4))};
	return rows_end(&r) == OK ? OK : fail_internal(c, "points of a sheet");
}

static const ScoreItem *written_of(const ScoreItems *written, Str criterion) {
	for (size_t i = 0; i < written->len; i++)
		if (str_eq(written->at[i].criterion, criterion))
			return &written->at[i];
	return NULL;
}

Err sheet_items(Ctx *c, const Sheet *s, ScoreItems *ret) {
	ScoreRules  *rules;
	ScoreRun     run = {0};
	ScoreItems   written;
	Application *a;
	Call        *k;
	Str          why;
	*ret = (ScoreItems){0};
	TRY(application_stored(c, s->application, &a));
	TRY(call_stored(c, a->call, &k));
	TRY(score_rules_if(c, k, &rules, &why));
	TRY(written_items(c, s->head.id, &written));
	for (size_t i = 0; !rules && i < written.len; i++) {       /* from before sets gave points: what was written is still read */
		written.at[i].name = written.at[i].criterion;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = written.at[i];
	}
	for (size_t i = 0; rules && i < rules->len; i++) {
		const Criterion *criterion = &rules->at[i];
		const ScoreItem *known = written_of(&written, criterion->code);
		ScoreItem        x = known ? *known : (ScoreItem){.criterion = criterion->code, .points = BLANK, .computed = BLANK};
		if (!known && !run.run)
			TRY(score_run(c, rules, NULL, a, &run));
		if (!known && score_criterion(c->arena, &run, criterion, &x.computed, &x.how))
			x.points = x.computed;
		x.max = criterion->max;
		x.name = criterion->name;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = x;
	}
	return OK;
}
