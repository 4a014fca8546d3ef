/* action_plan_page.c: the action plan of a year: what everybody reads, and where officers write it. */
#include "base/format.h"
#include "core/access.h"
#include "domain/library/paragraphs_page.h"
#include "domain/plan/action_plan.h"
#include "domain/plan/action_plan.html.h"
#include "domain/plan/card_page.h"

static Err of_address(Req *r, bool office, Plan **p, ActionPlan **ret) {
	i64 year;
	TRY(plan_of_address(r, office, p));
	if (!str_to_int(arg(r, 1), &year))
		year = 0;
	return action_plan_of_year(r->c, *p, year, ret);
}

static TagKind tone_of(const ActionPlan *a) {
	const State *s = machine_state(&action_plan_machine, a->state);
	return s ? work_tone(s->tone) : TAG_PLAIN;
}

Err action_plan_lines(Req *r, const Plan *p, bool office, PlanLines *ret) {
	ActionPlans all;
	TRY(action_plans_of(r->c, p, &all));
	for (size_t i = 0; i < all.len; i++)
		if (office || action_plan_is_public(all.at[i]))
			*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (PlanLine){.title = all.at[i]->title, .kind = tone_of(all.at[i]),
				.state = state_title(&action_plan_machine, all.at[i]->state),
				.href = str_format(r->c->arena, "%s/plan/%.*s/akcni-plan/%lld", office ? "/app" : "", STR_ARG(p->slug), (long long)all.at[i]->year)};
	return OK;
}

static Err version_links(Req *r, const ActionPlan *a, Links *ret) {
	DocumentVersions all;
	if (!action_plan_shown(a))
		return OK;
	TRY(versions_of(r->c, a->document, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (LinkView){
			.label = str_format(r->c->arena, "Verze č. %lld%s", (long long)all.at[i].no, all.at[i].head.id == a->valid_version ? ", platná" : ""),
			.href = str_format(r->c->arena, "/dokumenty/%lld/verze/%lld", (long long)a->document, (long long)all.at[i].no)};
	return OK;
}

static void add_lines(Req *r, const Plan *p, const ActionCards *cards, bool office, ActionLines *ret) {
	Arena *a = r->c->arena;
	for (size_t i = 0; i < cards->len; i++) {
		const ActionCard *k = &cards->at[i];
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (ActionLine){.code = k->card->code, .title = k->card->title, .kind = action_kind_text(k->kind),
			.milestone = k->milestone, .cost = money_text(a, k->money.cost, "–"), .missing = money_text(a, k->money.missing, "–"),
			.state = state_title(&card_machine, k->card->state), .tone = card_tone(k->card),
			.href = card_href(r, p, k->card, office)};
	}
}

/* ---- the public page: the text of the version that is shown ---- */

Err page_action_plan(Req *r) {
	Plan           *p;
	ActionPlan     *a;
	DocumentVersion shown;
	Paragraphs      text;
	ActionPage      v = {0};
	TRY(of_address(r, false, &p, &a));
	if (!action_plan_is_public(a))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Akční plán na rok %lld zatím není zveřejněný. Zveřejní se k připomínkám.", (long long)a->year);
	TRY(version_get(r->c, action_plan_shown(a), &shown));
	TRY(version_paragraphs(r->c, shown.head.id, &text));
	v.title = a->title;
	v.lead = p->title;
	v.state = state_title(&action_plan_machine, a->state);
	v.tone = tone_of(a);
	if (!a->valid_version)
		v.note = (NoteView){.kind = NOTE_WARN, .title = S("Návrh:"), .text = S("akční plán ještě neplatí. Čtete znění, které se projednává.")};
	else if (a->newest_version != a->valid_version)
		v.note = (NoteView){.kind = NOTE_INFO, .title = S("Platné znění."), .text = S("Novější znění se projednává; najdete je mezi verzemi.")};
	Str at = str_format(r->c->arena, "/dokumenty/%lld/verze/%lld", (long long)a->document, (long long)shown.no);
	*ARENA_PUSH(r->c->arena, v.files.at, v.files.len, v.files.cap) = (LinkView){.label = S("Akční plán jako PDF"), .href = str_cat(r->c->arena, at, S("/pdf"))};
	*ARENA_PUSH(r->c->arena, v.files.at, v.files.len, v.files.cap) = (LinkView){.label = S("Akční plán jako DOCX"), .href = str_cat(r->c->arena, at, S("/docx"))};
	TRY(version_links(r, a, &v.versions));
	v.text = paragraphs_html(r->c->arena, &text, &(ParagraphsView){.linked = true});
	v.contents = paragraphs_contents(r->c->arena, &text, 1, (Str){0});
	if (may(r->c, CAP_PLAN_DRAFT))
		v.office = str_format(r->c->arena, "/app/plan/%.*s/akcni-plan/%lld", STR_ARG(p->slug), (long long)a->year);
	view_action_plan(page(r, v.title), &v);
	return OK;
}

/* ---- where it is written ---- */

static Err show(Req *r, const Plan *p, const ActionPlan *a) {
	Arena            *m = r->c->arena;
	ActionCards       cards;
	ActionDifferences all;
	Paragraphs        text;
	Str               why;
	ActionOffice      v = {.title = a->title, .lead = p->title, .version = a->head.version};
	v.href = str_format(m, "/app/plan/%.*s/akcni-plan/%lld", STR_ARG(p->slug), (long long)a->year);
	v.csrf = csrf_token(r, v.href);
	v.may_edit = may(r->c, CAP_PLAN_UPDATE) && str_eq(a->state, S(ACTION_DRAFTING));
	v.back = str_format(m, "/app/plan/%.*s/akcni-plan", STR_ARG(p->slug));
	if (action_plan_is_public(a))
		v.public_href = str_format(m, "/plan/%.*s/akcni-plan/%lld", STR_ARG(p->slug), (long long)a->year);
	v.activities = (FieldView){.kind = FIELD_AREA, .name = S("activities"), .label = S("Co kraj v tomto roce udělá"), .rows = 12,
		.hint = S("Text s nadpisy (##) a odrážkami (-). Karty, částky a rozdíly proti plánu se doplní samy."), .error = field_problem(r, "activities"),
		.value = form_has(r, "activities") ? form(r, "activities") : a->activities};
	if (paragraphs_read(m, a->activities, &text, &why) == OK)
		v.text = paragraphs_html(m, &text, &(ParagraphsView){.shift = 2});
	v.errors = errors_view(r, &v.activities, 1);
	r->is_error = v.errors != NULL;
	TRY(work_panel(r, &action_plan_machine, a->head.id, str_cat(m, v.href, S("/krok")), &v.work));
	TRY(action_cards(r->c, a, &cards));
	TRY(action_differences(r->c, a, p->valid_version, &cards, &all));
	add_lines(r, p, &cards, true, &v.lines);
	const YearMoney *y = &cards.money.years[cards.year];
	v.sums = str_format(m, "Náklady %.*s, zdroje %.*s, chybí %.*s.", STR_ARG(money_text(m, y->cost, "–")), STR_ARG(money_text(m, y->sources, "–")), STR_ARG(money_text(m, y->missing, "–")));
	v.is_compared = all.known;
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(m, v.differences.at, v.differences.len, v.differences.cap) = (PairView){
			.label = str_format(m, "%.*s %.*s", STR_ARG(all.at[i].code), STR_ARG(all.at[i].title)), .value = all.at[i].what};
	TRY(version_links(r, a, &v.versions));
	crumb(r, S("Akční plány"), v.back);
	view_action_office(page(r, v.title), &v);
	return OK;
}

Err page_office_action_plan(Req *r) {
	Plan       *p;
	ActionPlan *a;
	TRY(of_address(r, true, &p, &a));
	return show(r, p, a);
}

static Err answer(Req *r, Plan *p, ActionPlan *a, Err e, const char *done) {
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show(r, p, a);
	}
	TRY(e);
	if (done)
		notice(r, "%s", done);
	return redirect(r, "/app/plan/%.*s/akcni-plan/%lld", STR_ARG(p->slug), (long long)a->year);
}

Err post_action_plan(Req *r) {
	Plan       *p;
	ActionPlan *a;
	TRY(of_address(r, true, &p, &a));
	if (!str_to_int(form(r, "version"), &a->head.version))
		a->head.version = 0;
	Err e = action_plan_save(r->c, a, form(r, "activities"));
	return answer(r, p, a, e, "Akční plán je uložený.");
}

Err post_action_plan_step(Req *r) {
	Plan       *p;
	ActionPlan *a;
	TRY(of_address(r, true, &p, &a));
	return answer(r, p, a, work_submit(r, &action_plan_machine, a->head.id), NULL);
}

/* ---- all of a plan, and a new one ---- */

static Err show_list(Req *r, const Plan *p) {
	Arena      *a = r->c->arena;
	ActionPlans all;
	ActionList  v = {.title = S("Akční plány"), .lead = p->title};
	v.action = str_format(a, "/app/plan/%.*s/akcni-plan", STR_ARG(p->slug));
	v.csrf = csrf_token(r, v.action);
	v.may_open = may(r->c, CAP_PLAN_UPDATE) && p->valid_version;
	v.year = (FieldView){.kind = FIELD_SELECT, .name = S("year"), .label = S("Rok"), .error = field_problem(r, "year")};
	TRY(action_plan_lines(r, p, true, &v.lines));
	TRY(action_plans_of(r->c, p, &all));
	for (i64 y = p->year_from; y <= p->year_to; y++) {
		bool here = false;
		for (size_t i = 0; i < all.len; i++)
			here = here || all.at[i]->year == y;
		Str text = str_format(a, "%lld", (long long)y);
		if (!here)
			*ARENA_PUSH(a, v.year.options.at, v.year.options.len, v.year.options.cap) = (OptionView){.value = text, .label = text, .chosen = str_eq(text, form(r, "year"))};
	}
	v.may_open = v.may_open && v.year.options.len;
	v.errors = errors_view(r, &v.year, 1);
	r->is_error = v.errors != NULL;
	view_action_list(page(r, v.title), &v);
	return OK;
}

Err page_action_plans(Req *r) {
	Plan *p;
	TRY(plan_of_address(r, true, &p));
	return show_list(r, p);
}

Err post_action_plan_new(Req *r) {
	Plan *p;
	Id    id;
	i64   year;
	TRY(plan_of_address(r, true, &p));
	if (!str_to_int(form(r, "year"), &year))
		year = 0;
	Err e = action_plan_open(r->c, p, year, &id);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_list(r, p);
	}
	TRY(e);
	notice(r, "Akční plán je založený. Napište, co kraj v tomto roce udělá.");
	return redirect(r, "/app/plan/%.*s/akcni-plan/%lld", STR_ARG(p->slug), (long long)year);
}
