/* application_page.c: applications: beginning one, one with its form, statements, points and decision; statements of municipalities. */
#include "base/format.h"
#include "core/codelist.h"
#include "core/deadline.h"
#include "domain/network/call.html.h"
#include "domain/network/call_page.h"
#include "domain/network/draft_page.h"
#include "domain/network/mandate_page.h"

/* ---- beginning ---- */

static Err service_choice(Req *r, FieldView *v) {
	RowScope mine = access_scope(r->c, CAP_APPLICATION_CREATE);
	i64      chosen = 0;
	(void)(str_to_int(form(r, "service"), &chosen));
	*v = (FieldView){.kind = FIELD_SELECT, .name = S("service"), .label = S("Služba"), .optional = true, .error = field_problem(r, "service"),
	                 .hint = S("Vaše registrované služby. U záměru nové služby nechte nevybráno a napište název.")};
	*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){.label = S("– nová služba (jen typ C) –"), .chosen = !chosen};
	for (size_t i = 0; i < mine.provider_count; i++) {
		EntityList list;
		ListFilter of = {.field = entity_field(&service_entity, S("provider")), .value = str_format(r->c->arena, "%lld", (long long)mine.providers[i])};
		TRY(entity_list(r->c, &service_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = 200}, &list));
		for (size_t k = 0; k < list.len; k++) {
			const Service *s = list.at[k];
			if (date_is(s->provided_to) && date_before(s->provided_to, r->c->today))
				continue;
			*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){
				.value = str_format(r->c->arena, "%lld", (long long)s->head.id), .chosen = chosen == s->head.id,
				.label = str_format(r->c->arena, "%.*s (%.*s)", STR_ARG(s->name), STR_ARG(s->identifier))};
		}
	}
	return OK;
}

/* Asked only of somebody who acts for more than one. */
static Err provider_choice(Req *r, const RowScope *mine, FieldView *v) {
	i64 chosen = 0;
	(void)(str_to_int(form(r, "provider"), &chosen));
	*v = (FieldView){.kind = FIELD_SELECT, .name = S("provider"), .label = S("Za koho žádáte"), .optional = true, .error = field_problem(r, "provider"),
	                 .hint = S("U záměru nové služby vyberte. Jinak žádá ten, komu patří vybraná služba.")};
	*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){.label = S("– podle vybrané služby –"), .chosen = !chosen};
	for (size_t i = 0; i < mine->provider_count; i++) {
		void *row;
		TRY(store_get(r->c, &provider_entity, TODAY, mine->providers[i], &row));
		*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){
			.value = str_format(r->c->arena, "%lld", (long long)mine->providers[i]), .label = ((Provider *)row)->name, .chosen = chosen == mine->providers[i]};
	}
	return OK;
}

static Err show_new(Req *r, const Call *k, bool as_typed) {
	Str       href = str_format(r->c->arena, "/vyzvy/%lld", (long long)k->head.id);
	NetForm   v = {.title = S("Nová žádost"), .lead = k->title, .back = href, .button = S("Založit žádost")};
	FieldView type = {.kind = FIELD_RADIOS, .name = S("type"), .label = S("O co žádáte"), .error = field_problem(r, "type")}, service;
	TRY(service_choice(r, &service));
	for (size_t i = 0; i < k->types.len; i++)
		*ARENA_PUSH(r->c->arena, type.options.at, type.options.len, type.options.cap) = (OptionView){
			.value = k->types.at[i], .label = codelist_name(r->c, "application_type", k->types.at[i]), .chosen = str_eq(form(r, "type"), k->types.at[i])};
	FieldView name = {.name = S("name"), .label = S("Název zamýšlené služby"), .optional = true, .hint = S("Jen u záměru služby, která ještě není registrovaná."),
	                  .value = form(r, "name"), .error = field_problem(r, "name")};
	FieldView copy = {.kind = FIELD_CHECK, .name = S("prevzit"), .value = S("1"), .label = S("Převzít údaje z naší poslední žádosti pro tuto službu"),
	                  .hint = S("Převezme se, co registr neví; dny a přílohy ne. Všechno jde přepsat."), .chosen = form_has(r, "prevzit")};
	RowScope  mine = access_scope(r->c, CAP_APPLICATION_CREATE);
	FieldView whose = {0}, all[] = {type, service, name, copy};
	if (mine.provider_count > 1)
		TRY(provider_choice(r, &mine, &whose));
	for (size_t i = 0; i < LEN(all); i++) {
		if (i == 1 && whose.name.len)
			*ARENA_PUSH(r->c->arena, v.fields, v.count, v.cap) = whose;
		*ARENA_PUSH(r->c->arena, v.fields, v.count, v.cap) = all[i];
	}
	v.action = str_format(r->c->arena, "/app/vyzvy/%lld/zadost", (long long)k->head.id);
	v.csrf = csrf_token(r, v.action);
	v.help = S("Založením nic neodesíláte. Formulář se předvyplní z registru služeb a ukládá se průběžně.");
	v.errors = as_typed ? errors_view(r, v.fields, v.count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Výzvy"), S("/vyzvy"));
	crumb(r, k->title, href);
	view_net_form(page(r, v.title), &v);
	return OK;
}

static Err open_call(Req *r, Call **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return call_get(r->c, id, ret);
}

Err page_application_new(Req *r) {
	Call *k;
	TRY(open_call(r, &k));
	return show_new(r, k, false);
}

Err post_application_new(Req *r) {
	Call        *k;
	Application *a;
	i64          service = 0, provider = 0;
	Str          typed = form(r, "service"), of = form(r, "provider");
	TRY(open_call(r, &k));
	Err e = !typed.len || (str_to_int(typed, &service) && service > 0) ? OK : fail(r->c, ERR_INVALID, "service", "Vyberte službu ze seznamu.");
	if (e == OK && of.len && (!str_to_int(of, &provider) || provider <= 0))
		e = fail(r->c, ERR_INVALID, "provider", "Vyberte poskytovatele ze seznamu.");
	e = e == OK ? application_start_for(r->c, k->head.id, form(r, "type"), service, provider, form(r, "name"), &a) : e;
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_new(r, k, true);
	}
	TRY(e);
	i64 taken = 0;
	if (str_eq(form(r, "prevzit"), S("1")))
		TRY(application_copy_last(r->c, a, &taken));
	if (taken)
		notice(r, "Žádost je založená. Z vaší poslední žádosti je převzato údajů: %lld. Zkontrolujte je.", (long long)taken);
	else
		notice(r, "Žádost je založená. Vyplňte formulář; co je známo z registru, je předvyplněno.");
	return redirect(r, "/app/vykaz/%lld", (long long)a->submission);
}

/* ---- one application ---- */

static Err open_application(Req *r, Application **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return application_get(r->c, id, ret);
}

static Str field_words(Req *r, const Application *a, const char *name) {
	const Field *f = entity_field(&application_entity, str_c(name));
	if (f->type == TYPE_FTE)
		return mandate_capacity_text(r->c, *(const Fte *)field_in(f, a), a->unit);
	return field_is_blank(f, a) ? (Str){0} : field_people(r->c, f, a);
}

static void add_facts(Req *r, const Application *a, ApplicationPage *v) {
	static const char *const names[] = {"type", "provider", "kind", "form", "target_group", "unit", "capacity_now", "capacity", "starts_on", "costs", "vp", "co_funding", "areas",
		"proposal", "refusal_reason", "resolution", "decided_on"};
	for (size_t i = 0; i < LEN(names); i++)
		net_pair(r, &v->facts, entity_field(&application_entity, str_c(names[i]))->label, field_words(r, a, names[i]));
}

static Err add_statements(Req *r, const Application *a, ApplicationPage *v) {
	Statements all;
	RowScope   scope = access_scope(r->c, CAP_STATEMENT_READ);
	TRY(statements_of(r->c, a->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Statement *s = all.at[i];
		const Unit      *u = territory_by_id(r->c, s->district);
		bool             came = statement_came(s);
		*ARENA_PUSH(r->c->arena, v->statements.at, v->statements.len, v->statements.cap) = (ItemView){
			.href = scope.all || scope_has_district(&scope, s->district) || (s->municipality > 0 && scope_has_municipality(&scope, s->municipality))
			        ? str_format(r->c->arena, "/app/vyjadreni/%lld", (long long)s->head.id) : (Str){0},
			.text = str_format(r->c->arena, "ORP %.*s", STR_ARG(u ? u->name : S("–"))),
			.meta = came ? codelist_name(r->c, "statement_verdict", s->verdict) : str_eq(s->state, S(STATEMENT_PAUSED))
			        ? (application_is(a, APPLICATION_DRAFT) ? S("až žádost znovu přijde") : (Str){0}) : str_cat(r->c->arena, S("do "), deadline_until(r->c->arena, s->due)),
			.tag = state_title(&statement_machine, s->state), .tag_kind = came ? TAG_OK : TAG_WARN};
	}
	return OK;
}

/* Why so many points: each criterion, each reviewer, how the program found it and why the reviewer decided otherwise. */
static Err add_points(Req *r, const Application *a, ApplicationPage *v) {
	Sheets all;
	TRY(sheets_of(r->c, a->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Sheet *s = all.at[i];
		ScoreItems   items;
		*ARENA_PUSH(r->c->arena, v->sheets.at, v->sheets.len, v->sheets.cap) = (ItemView){
			.href = may(r->c, CAP_SCORE_APPROVE) ? str_format(r->c->arena, "/app/hodnoceni/%lld", (long long)s->head.id) : (Str){0},
			.text = may(r->c, CAP_SCORE_APPROVE) ? s->name : str_format(r->c->arena, "hodnotitel %lld", (long long)s->turn),
			.meta = may(r->c, CAP_SCORE_APPROVE) ? s->override_why : (Str){0},
			.tag = state_title(&sheet_machine, s->state), .tag_kind = str_eq(s->state, S(SHEET_FINISHED)) ? TAG_OK : TAG_WARN};
		if (!str_eq(s->state, S(SHEET_FINISHED)))
			continue;
		Str who = str_format(r->c->arena, "hodnotitel %lld", (long long)s->turn);
		strs_add(r->c->arena, &v->heads, who);
		TRY(sheet_items(r->c, s, &items));
		for (size_t k = 0; k < items.len; k++) {
			if (k >= v->scores.len)
				*ARENA_PUSH(r->c->arena, v->scores.at, v->scores.len, v->scores.cap) =
					(ScoreLine){.name = items.at[k].name, .how = items.at[k].how, .max = items.at[k].max};
			ScoreLine *line = &v->scores.at[k];
			*ARENA_PUSH(r->c->arena, line->cells.at, line->cells.len, line->cells.cap) =
				(ScoreCell){who, points_words(r->c->arena, items.at[k].points == BLANK ? BLANK : items.at[k].points * 100), items.at[k].reason};
		}
	}
	Calculations kept;
	TRY(calculations_of(r->c, APPLICATION_CASES, a->head.id, (Str){0}, &kept));
	if (may(r->c, CAP_RULES_READ))
		v->calculations = calculation_lines(r->c->arena, &kept);
	v->total = a->points != BLANK ? str_format(r->c->arena, "Průměr hodnotitelů: %.*s bodů.", STR_ARG(points_words(r->c->arena, a->points))) : (Str){0};
	return OK;
}

static void without(WorkPanel *p, const char *action, bool *had) {
	size_t kept = 0;
	for (size_t i = 0; i < p->actions.len; i++) {
		bool is = strcmp(p->actions.at[i].transition->action, action) == 0;
		*had = *had || is;
		if (!is)
			p->actions.at[kept++] = p->actions.at[i];
	}
	p->has_own_steps = p->has_own_steps || kept < p->actions.len;
	p->actions.len = kept;
}

static Err propose_form(Req *r, Str href, ApplicationPage *v) {
	static const char *const codes[] = {"in", "out", "later"};
	v->propose_action = str_cat(r->c->arena, href, S("/navrh"));
	v->propose_csrf = csrf_token(r, v->propose_action);
	v->proposal = (FieldView){.kind = FIELD_RADIOS, .name = S("proposal"), .label = S("Návrh"), .error = field_problem(r, "proposal")};
	for (size_t i = 0; i < LEN(codes); i++)
		*ARENA_PUSH(r->c->arena, v->proposal.options.at, v->proposal.options.len, v->proposal.options.cap) = (OptionView){
			.value = str_c(codes[i]), .label = codelist_name(r->c, "application_proposal", str_c(codes[i])), .chosen = str_eq(form(r, "proposal"), str_c(codes[i]))};
	CodeItems reasons;
	v->refusal_reason = (FieldView){.kind = FIELD_SELECT, .name = S("refusal_reason"), .label = S("Důvod nezařazení"), .optional = true,
		.hint = S("Jen u návrhu nezařadit. Dostane ho poskytovatel; podle něj se pozná, zda zůstává potřeba, na kterou síť neodpoví."), .error = field_problem(r, "refusal_reason")};
	*ARENA_PUSH(r->c->arena, v->refusal_reason.options.at, v->refusal_reason.options.len, v->refusal_reason.options.cap) = (OptionView){
		.label = S("– podle bodů a peněz –"), .chosen = !form(r, "refusal_reason").len};
	TRY(codelist_items(r->c, "exclusion_reason", r->c->today, &reasons));
	for (size_t i = 0; i < reasons.len; i++)
		*ARENA_PUSH(r->c->arena, v->refusal_reason.options.at, v->refusal_reason.options.len, v->refusal_reason.options.cap) = (OptionView){
			.value = reasons.at[i]->code, .label = reasons.at[i]->name, .chosen = str_eq(form(r, "refusal_reason"), reasons.at[i]->code)};
	v->why = (FieldView){.kind = FIELD_AREA, .name = S("reason"), .label = S("Zdůvodnění návrhu"), .value = form(r, "reason"), .error = field_problem(r, "reason")};
	return OK;
}

static Err reviewer_form(Req *r, Str href, ApplicationPage *v) {
	Reviewers all;
	i64       chosen = 0;
	(void)(str_to_int(form(r, "reviewer"), &chosen));
	TRY(reviewers_on(r->c, r->c->today, &all));
	v->reviewer_action = str_cat(r->c->arena, href, S("/hodnotitel"));
	v->reviewer_csrf = csrf_token(r, v->reviewer_action);
	v->reviewer = (FieldView){.kind = FIELD_SELECT, .name = S("reviewer"), .label = S("Hodnotitel"), .error = field_problem(r, "reviewer")};
	*ARENA_PUSH(r->c->arena, v->reviewer.options.at, v->reviewer.options.len, v->reviewer.options.cap) = (OptionView){.label = S("– vyberte –"), .chosen = !chosen};
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, v->reviewer.options.at, v->reviewer.options.len, v->reviewer.options.cap) = (OptionView){
			.value = str_format(r->c->arena, "%lld", (long long)all.at[i].account), .label = all.at[i].name, .chosen = all.at[i].account == chosen};
	v->may_override = acts_as_head(r->c);
	v->override_why = (FieldView){.name = S("override_why"), .label = S("Výjimka ze střetu zájmů: proč"), .optional = true, .value = form(r, "override_why"),
	                              .hint = S("Jen když program na střet upozornil."), .error = field_problem(r, "override_why")};
	return OK;
}

/* The form is read by its applicant and the region: towns that state on the application read the application. */
static Err add_form_link(Req *r, const Application *a, ApplicationPage *v) {
	void *row;
	if (a->submission <= 0 || !may(r->c, CAP_SUBMISSION_READ))
		return OK;
	TRY(store_get(r->c, &submission_entity, TODAY, a->submission, &row));
	if (entity_in_scope(r->c, &submission_entity, row))
		v->form_href = str_format(r->c->arena, "/app/vykaz/%lld", (long long)a->submission);
	v->form_waits = v->form_href.len && application_is(a, APPLICATION_DRAFT) && application_is_own(r->c, a);
	return OK;
}

/* Why the region proposes what it does is said with the points: not before the decision. */
static void hide_proposal(Req *r, const Application *a, WorkPanel *p) {
	for (size_t i = 0; i < p->steps.len && !application_sees_points(r->c, a); i++)
		if (str_eq(p->steps.at[i].action, S("propose")))
			p->steps.at[i].reason = (Str){0};
}

static Err show_application(Req *r, Application *a, bool as_typed) {
	Str             href = str_format(r->c->arena, "/app/zadosti/%lld", (long long)a->head.id);
	ApplicationPage v = {.a = a, .title = str_format(r->c->arena, "Žádost %.*s: %.*s", STR_ARG(a->type), STR_ARG(a->name))};
	Call           *k;
	TRY(call_stored(r->c, a->call, &k));
	v.call = k->title;
	v.call_href = str_format(r->c->arena, "/vyzvy/%lld", (long long)a->call);
	TRY(add_form_link(r, a, &v));
	add_facts(r, a, &v);
	if (application_sees_points(r->c, a) && a->points != BLANK) {
		net_pair(r, &v.facts, "Úroveň podle bodů", a->level.len ? codelist_name(r->c, "network_level", a->level) : S("body na síť nestačí"));
	}
	TRY(draft_application_pair(r, a, &v.facts));
	TRY(add_statements(r, a, &v));
	if (application_sees_points(r->c, a))
		TRY(add_points(r, a, &v));
	if (a->letter.len)
		v.letter = (NoteView){NOTE_INFO, .title = a->refusal_reason.len ? str_format(r->c->arena, "Sdělení poskytovateli, důvod: %.*s.",
			STR_ARG(codelist_name(r->c, "exclusion_reason", a->refusal_reason))) : S("Sdělení poskytovateli:"), .text = a->letter};
	TRY(work_panel(r, &application_machine, a->head.id, href, &v.panel));
	hide_proposal(r, a, &v.panel);
	without(&v.panel, "propose", &v.may_propose);
	v.may_propose = v.may_propose && application_is(a, APPLICATION_SCORED);
	v.may_assign = may(r->c, CAP_SCORE_APPROVE) && application_is(a, APPLICATION_STATED);
	if (v.may_propose)
		TRY(propose_form(r, href, &v));
	if (v.may_assign)
		TRY(reviewer_form(r, href, &v));
	FieldView fields[] = {v.proposal, v.refusal_reason, v.why, v.reviewer, v.override_why};
	v.errors = as_typed ? errors_view(r, fields, LEN(fields)) : NULL;
	r->is_error = v.errors != NULL || v.panel.problem.text.len > 0;
	crumb(r, S("Žádosti"), S("/app/zadosti"));
	view_application(page(r, v.title), &v);
	return OK;
}

Err page_application(Req *r) {
	Application *a;
	TRY(open_application(r, &a));
	return show_application(r, a, false);
}

Err post_application(Req *r) {
	Application *a;
	TRY(open_application(r, &a));
	Err e = work_submit(r, &application_machine, a->head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_application(r, a, false);
	TRY(e);
	return redirect(r, "/app/zadosti/%lld", (long long)a->head.id);
}

static Err answer(Req *r, Application *a, Err e, const char *done) {
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_application(r, a, true);
	}
	TRY(e);
	notice(r, "%s", done);
	return redirect(r, "/app/zadosti/%lld", (long long)a->head.id);
}

Err post_application_propose(Req *r) {
	Application *a;
	i64          version = 0;
	TRY(open_application(r, &a));
	(void)(str_to_int(form(r, "version"), &version));
	return answer(r, a, application_propose_for(r->c, a->head.id, version, form(r, "proposal"), form(r, "refusal_reason"), form(r, "reason")), "Návrh je zapsaný.");
}

Err post_application_reviewer(Req *r) {
	Application *a;
	Id           made, reviewer = 0;
	TRY(open_application(r, &a));
	(void)(str_to_int(form(r, "reviewer"), &reviewer));
	return answer(r, a, sheet_assign(r->c, a->head.id, reviewer, form(r, "override_why"), &made), "Žádost je přidělená. Hodnotitel dostal úkol.");
}

/* ---- statements ---- */

static Err open_statement(Req *r, Statement **ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &statement_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

static Err show_statement(Req *r, const Statement *s) {
	static const char *const names[] = {"district", "share", "due", "verdict", "persons", "reason", "accord", "co_funding", "body", "decided_on", "number", "delivered_at", "signed_by"};
	Str           href = str_format(r->c->arena, "/app/vyjadreni/%lld", (long long)s->head.id);
	StatementPage v = {.title = S("Vyjádření k žádosti"), .lead = s->name};
	for (size_t i = 0; i < LEN(names); i++) {
		const Field *f = entity_field(&statement_entity, str_c(names[i]));
		if (str_eq(s->state, S(STATEMENT_PAUSED)) && strcmp(f->name, "due") == 0)
			continue;                            /* it will be another one */
		net_pair(r, &v.facts, f->label, field_is_blank(f, s) ? (Str){0} : field_people(r->c, f, s));
	}
	if (str_eq(s->state, S(STATEMENT_REQUESTED)) && may(r->c, CAP_STATEMENT_UPDATE))
		v.edit_href = str_cat(r->c->arena, href, S("/upravit"));
	Application *a;
	size_t       said = r->c->problems.len;
	if (may(r->c, CAP_APPLICATION_READ) && application_get(r->c, s->application, &a) == OK)
		v.application_href = str_format(r->c->arena, "/app/zadosti/%lld", (long long)s->application);
	r->c->problems.len = said;
	TRY(work_panel(r, &statement_machine, s->head.id, href, &v.panel));
	r->is_error = v.panel.problem.text.len > 0;
	crumb(r, S("Vyjádření obcí"), S("/app/vyjadreni"));
	view_statement(page(r, v.title), &v);
	return OK;
}

Err page_statement(Req *r) {
	Statement *s;
	TRY(open_statement(r, &s));
	return show_statement(r, s);
}

Err post_statement(Req *r) {
	Statement *s;
	TRY(open_statement(r, &s));
	Err e = work_submit(r, &statement_machine, s->head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_statement(r, s);
	TRY(e);
	return redirect(r, "/app/vyjadreni/%lld", (long long)s->head.id);
}
