/* score.c: sheets of reviewers: conflicts of interest, points, the mean, the order. */
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

/* ---- writing ---- */

/* What ties them may come after they began; and points want a set that gives them. */
static Err refuse_points(Ctx *c, const Sheet *s) {
	Application *a;
	ScoreRules  *rules;
	Call        *k;
	Str          why;
	TRY(application_stored(c, s->application, &a));
	TRY(call_stored(c, a->call, &k));
	TRY(score_rules(c, k, &rules));
	TRY(conflict_inferred(c, a, s->reviewer, &why));
	return why.len && !s->override_why.len ? fail(c, ERR_CONFLICT, NULL, "%.*s Body se už neukládají. Oznamte střet zájmů; správce sítě přidělí žádost někomu jinému.", STR_ARG(why)) : OK;
}

enum { REASON_MAX = 4000 };

static const char *field_of(Ctx *c, const char *kind, Str criterion) { return str_z(c->arena, str_format(c->arena, "%s-%.*s", kind, STR_ARG(criterion))); }

static Err check_item(Ctx *c, const ScoreItem *known, const ScoreItem *x) {
	if (utf8_count(x->reason) > REASON_MAX || !text_acceptable(x->reason))
		return fail(c, ERR_INVALID, field_of(c, "r", x->criterion), "%.*s: důvod může mít nejvýše %d znaků, a jen takových, které jde uložit.",
		            STR_ARG(known->name), REASON_MAX);
	bool has_reason = text_clean(c->arena, x->reason).len > 0;
	if (x->points == BLANK)
		return OK;
	if (x->points < 0 || x->points > known->max)
		return fail(c, ERR_INVALID, field_of(c, "b", x->criterion), "%.*s: body jsou od 0 do %lld.", STR_ARG(known->name), (long long)known->max);
	if (known->computed != BLANK && x->points != known->computed && !has_reason)
		return fail(c, ERR_INVALID, field_of(c, "r", x->criterion), "%.*s: pravidla dávají %lld bodů a vy %lld; napište proč.", STR_ARG(known->name),
		            (long long)known->computed, (long long)x->points);
	if (known->computed == BLANK && x->points < known->max && !has_reason)
		return fail(c, ERR_INVALID, field_of(c, "r", x->criterion), "%.*s: dáváte %lld bodů z %lld; napište důvod.", STR_ARG(known->name), (long long)x->points,
		            (long long)known->max);
	return OK;
}

static Err put_item(Ctx *c, Id sheet, const ScoreItem *known, const ScoreItem *x) {
	Str reason = text_clean_lines(c->arena, x->reason);
	Err e = db_run(c->conn, &sql_sheet_item_drop, P(V(sheet), V(x->criterion)), NULL);
	e = e == OK ? db_run(c->conn, &sql_sheet_item_put, P(V(sheet), V(x->criterion), V(x->points), V(known->computed), V(known->how), V(reason)), NULL) : e;
	return e == OK ? OK : fail_internal(c, "points of a sheet");
}

/* Of all criteria as they stand, whichever of them came with the last saving. */
static Err sum_of(Ctx *c, const Sheet *s, i64 *ret) {
	ScoreItems all;
	*ret = 0;
	TRY(sheet_items(c, s, &all));
	for (size_t i = 0; i < all.len; i++)
		*ret += all.at[i].points == BLANK ? 0 : all.at[i].points;
	return OK;
}

Err sheet_save(Ctx *c, Id id, i64 version, const ScoreItems *items) {
	Sheet     *s;
	ScoreItems known;
	Err        worst = OK;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(require(c, CAP_SCORE_UPDATE));
	TRY(tx_begin(c, &tx));
	TRY(sheet_get(c, id, &s));
	if (!sheet_is_mine(c, s) || !str_eq(s->state, S(SHEET_SCORING)))
		return fail(c, ERR_CONFLICT, NULL, "Body zapisuje jen hodnotitel, a jen dokud hodnocení nedokončí. Hodnocení je ve stavu „%.*s“.",
		            STR_ARG(state_title(&sheet_machine, s->state)));
	if (version && version != s->head.version)
		return fail(c, ERR_CONFLICT, NULL, "Hodnocení bylo mezitím uložené jinde. Načtěte stránku znovu.");
	TRY(refuse_points(c, s));
	TRY(sheet_items(c, s, &known));
	for (size_t i = 0; i < known.len; i++)
		for (size_t k = 0; k < items->len; k++)
			if (str_eq(items->at[k].criterion, known.at[i].criterion)) {
				Err e = check_item(c, &known.at[i], &items->at[k]);
				worst = worst == OK ? e : worst;
				if (e == OK)
					TRY(put_item(c, id, &known.at[i], &items->at[k]));
			}
	TRY(worst);
	TRY(sum_of(c, s, &s->points));
	TRY(entity_update(c, &sheet_entity, s));
	return tx_commit(&tx);
}

/* ---- steps ---- */

static Err describe(Ctx *c, WorkObject *o) {
	const Sheet *s = o->row;
	Application *a;
	TRY(application_stored(c, s->application, &a));
	o->title = str_format(c->arena, "Hodnocení žádosti %.*s: %.*s", STR_ARG(a->type), STR_ARG(a->name));
	o->link = str_format(c->arena, "/app/hodnoceni/%lld", (long long)o->id);
	o->owner = s->reviewer;
	return OK;
}

static Err no_conflict(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Sheet *s = o->row;
	Application *a;
	Str          why;
	TRY(application_stored(c, s->application, &a));
	TRY(conflict_inferred(c, a, s->reviewer, &why));
	if (why.len && !s->override_why.len)
		*ret = (Verdict){REFUSED, why, S("Oznamte střet zájmů; správce sítě přidělí žádost někomu jinému.")};
	return OK;
}
static const Guard conflict_guard = {"no_conflict", "Hodnotitel není ve střetu zájmů.", no_conflict, NULL, NULL, NULL};

static Err is_complete(Ctx *c, const WorkObject *o, Verdict *ret) {
	ScoreItems items;
	i64        missing = 0;
	TRY(sheet_items(c, o->row, &items));
	if (!items.len)
		*ret = (Verdict){REFUSED, S("Podle sady pravidel výzvy se bodovat nedá, kritéria tu nejsou."), S("Napište správci sítě.")};
	for (size_t i = 0; i < items.len; i++)
		missing += items.at[i].points == BLANK;
	if (missing)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Bez bodů je kritérií: %lld.", (long long)missing), S("Doplňte body a uložte je.")};
	return OK;
}
static const Guard complete_guard = {"sheet_complete", "Všechna kritéria mají body.", is_complete, NULL, NULL, NULL};

static Err declare_none(Ctx *c, WorkMove *m) {
	(void)c;
	((Sheet *)m->object->row)->conflict = S("none");
	return OK;
}

static Err declare_conflict(Ctx *c, WorkMove *m) {
	(void)c;
	Sheet *s = m->object->row;
	s->conflict = S("yes");
	s->conflict_why = m->input ? m->input->reason : (Str){0};
	return OK;
}

/* What the program had found and nobody touched is written down too: it must not change under a finished sheet. */
static Err note_finished(Ctx *c, WorkMove *m) {
	Sheet     *s = m->object->row;
	ScoreItems all;
	TRY(sheet_items(c, s, &all));
	for (size_t i = 0; i < all.len; i++)
		TRY(put_item(c, s->head.id, &all.at[i], &all.at[i]));
	s->finished_at = c->now;
	return sum_of(c, s, &s->points);
}

const Machine sheet_machine = {
	.name = "score_sheet", .title = "Hodnocení žádosti", .entity = &sheet_entity, .topic = "network", .describe = describe,
	.help = "Hodnotitel nejdřív prohlásí, že není ve střetu zájmů, potom u každého kritéria zapíše body a důvod. Dokončené hodnocení se nemění.",
	MACHINE_STATES(
		{SHEET_ASSIGNED, "přidělené", .tone = TONE_WARN, .waits_for = "owner", .task = "Prohlaste se o střetu zájmů a ohodnoťte žádost", .button = "Hodnotit",
		 .why = "Žádost hodnotí dva lidé nezávisle na sobě.", .term = {.setting = "network.score_days"}},
		{SHEET_SCORING, "hodnotí se", .tone = TONE_INFO, .waits_for = "owner", .task = "Dokončete hodnocení žádosti", .button = "Hodnotit",
		 .why = "Bez obou hodnocení nejde žádost navrhnout.", .term = {.setting = "network.score_days"}, .needs = "begin"},
		{SHEET_FINISHED, "hotové", .tone = TONE_OK, .is_final = true, .needs = "begin finish"},
		{SHEET_EXCLUDED, "vyloučené pro střet zájmů", .tone = TONE_ERR, .is_final = true}),
	MACHINE_ACTIONS(
		{START, "assign", "Přidělit", "žádost přidělena", SHEET_ASSIGNED, .capability = CAP_SCORE_APPROVE},
		{SHEET_ASSIGNED, "begin", "Prohlašuji, že nejsem ve střetu zájmů", "prohlášeno, že střet zájmů není", SHEET_SCORING, .capability = CAP_SCORE_UPDATE,
		 .only = &only_owner, .guards = GUARDS(&conflict_guard), .run = declare_none},
		{SHEET_ASSIGNED " " SHEET_SCORING, "conflict", "Oznámit střet zájmů", "oznámen střet zájmů", SHEET_EXCLUDED, .capability = CAP_SCORE_UPDATE, .only = &only_owner,
		 .reason = REASON_REQUIRED, .reason_label = "V čem střet zájmů je", .alarms = true, .notify = "NET", .run = declare_conflict},
		{SHEET_SCORING, "finish", "Dokončit hodnocení", "hodnocení dokončeno", SHEET_FINISHED, .capability = CAP_SCORE_UPDATE, .only = &only_owner,
		 .guards = GUARDS(&complete_guard, &conflict_guard), .alarms = true, .notify = "NET", .run = note_finished}),
};
