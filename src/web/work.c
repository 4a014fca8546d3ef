/* work.c: the panel of an object that moves by steps, its form, and the page for objects without one of their own. */
#include "web/work.h"

#include "web/screen_views.h"
#include "web/work.html.h"
#include "web/work_draw.h"

TagKind work_tone(Tone t) {
	static const TagKind kinds[] = {[TONE_PLAIN] = TAG_PLAIN, [TONE_OK] = TAG_OK, [TONE_WARN] = TAG_WARN, [TONE_ERR] = TAG_ERR, [TONE_INFO] = TAG_INFO};
	return kinds[t];
}

bool work_may_look(Req *r, const Machine *m, const WorkObject *o) {
	void  *row;
	size_t said = r->c->problems.len;
	if (workflow_concerns(r->c, m, o) || may(r->c, "trail.read"))
		return true;
	bool reads = entity_get(r->c, m->entity, TODAY, o->id, &row) == OK;
	r->c->problems.len = said;
	return reads;
}

/* ---- resolutions ---- */

static const WorkResolutions *resolutions;

void work_set_resolutions(const WorkResolutions *all) {
	resolutions = all;
}

Str work_resolution_add(Req *r) {
	return resolutions && may(r->c, resolutions->capability) ? str_c(resolutions->add) : (Str){0};
}

Err work_resolution_field(Req *r, FieldView *ret, bool as_typed) {
	ret->name = S("resolution");
	ret->width = WIDTH_20;
	ret->autocomplete = "off";
	ret->value = as_typed ? form(r, "resolution") : (Str){0};
	ret->error = as_typed ? field_problem(r, "resolution") : (Str){0};
	if (resolutions)
		TRY(resolutions->newest(r->c, &ret->options));
	if (!ret->hint.len)
		ret->hint = ret->options.len ? S("Vyberte z nabídky zapsaných usnesení, nebo napište číslo, například 616/23/ZK.") : S("Například 616/23/ZK.");
	return OK;
}

/* ---- what may be done ---- */

static Err action_view(Req *r, const WorkAction *action, bool is_typed, WorkActionView *ret) {
	Arena            *a = r->c->arena;
	const Transition *t = action->transition;
	WorkActionView    v = {.transition = t, .refusals = action->refusals, .waived = action->waived, .is_open = is_typed};
	if (t->reason != REASON_NONE)
		v.reason = (FieldView){.kind = FIELD_AREA, .name = S("reason"), .id = str_format(a, "duvod-%s", t->action), .rows = 3,
		                       .label = str_c(t->reason_label ? t->reason_label : "Důvod"), .optional = t->reason == REASON_OPTIONAL,
		                       .value = is_typed ? form(r, "reason") : (Str){0}, .error = is_typed ? field_problem(r, "reason") : (Str){0}};
	if (t->resolution) {
		v.resolution = (FieldView){.id = str_format(a, "usneseni-%s", t->action), .label = screen_capital(a, t->resolution)};
		TRY(work_resolution_field(r, &v.resolution, is_typed));
		v.resolution_add = work_resolution_add(r);
	}
	v.asks = t->reason != REASON_NONE || t->resolution;
	*ret = v;
	return OK;
}

/* The first action that can be done now is the one that the page offers first. */
static Err add_actions(Req *r, const Machine *m, const WorkObject *o, WorkPanel *v) {
	WorkActions all;
	Str         typed = r->http->method == METHOD_POST ? form(r, "krok") : (Str){0};
	bool        has_main = false;
	TRY(workflow_actions(r->c, m, o, &all));
	for (size_t i = 0; i < all.len; i++) {
		WorkActionView view;
		TRY(action_view(r, &all.at[i], typed.len && str_eq(typed, str_c(all.at[i].transition->action)), &view));
		view.is_main = !has_main && !view.refusals.len && all.at[i].transition->reason != REASON_REQUIRED;
		has_main = has_main || view.is_main;
		*ARENA_PUSH(r->c->arena, v->actions.at, v->actions.len, v->actions.cap) = view;
	}
	return OK;
}

/* ---- what happened ---- */

static void add_step(Req *r, const Machine *m, const WorkStep *s, WorkPanel *v) {
	Arena            *a = r->c->arena;
	const Transition *t = machine_action(m, s->before, s->action);
	WorkStepView      view = {.at = s->at, .action = s->action, .what = t ? str_c(t->done) : state_title(m, s->after), .who = s->actor, .reason = s->reason,
	                          .resolution = s->resolution, .reason_label = str_c(t && t->reason_label ? t->reason_label : "Důvod"), .waived = s->waived};
	if (s->resolution.len && resolutions)
		view.resolution_href = resolutions->link(r->c, s->resolution);
	if (s->organisation.len)
		view.who = str_format(a, "%.*s, %.*s", STR_ARG(s->actor), STR_ARG(s->organisation));
	*ARENA_PUSH(a, v->steps.at, v->steps.len, v->steps.cap) = view;
}

static void add_drawing(Req *r, const Machine *m, const WorkObject *o, const WorkSteps *steps, WorkPanel *v) {
	Arena *a = r->c->arena;
	Flow   flow;
	CLEANUP(buf_free) Buf b = {0};
	machine_flow(a, m, o->state, steps, &flow);
	view_flow(&b, &flow);
	v->drawing = (Html){buf_take(&b, a)};
	for (size_t i = 0; i < m->action_count; i++)
		*ARENA_PUSH(a, v->keys.at, v->keys.len, v->keys.cap) = (WorkKey){(int)i + 1, str_c(m->actions[i].title), transition_who(a, &m->actions[i])};
}

Err work_panel(Req *r, const Machine *m, Id id, Str post_to, WorkPanel *ret) {
	Arena     *a = r->c->arena;
	WorkObject o;
	WorkSteps  steps;
	TRY(workflow_object(r->c, m, id, &o));
	TRY(workflow_steps(r->c, m, id, &steps));
	const State *s = machine_state(m, o.state);
	*ret = (WorkPanel){.state = state_title(m, o.state), .tone = s ? work_tone(s->tone) : TAG_PLAIN, .is_final = s && s->is_final, .since = o.since,
	                   .help = str_c(m->help), .version = o.version, .post_to = post_to, .csrf = csrf_token(r, post_to),
	                   .waits_for = people_words(a, s ? s->waits_for : NULL)};
	if (o.due.ms && s && !s->is_final)
		ret->due = deadline_view(a, o.due, o.title, (Str){0}, (Str){0}, o.due_why, false, r->c->now);
	TRY(add_actions(r, m, &o, ret));
	for (size_t i = steps.len; i-- > 0;)
		add_step(r, m, &steps.at[i], ret);
	add_drawing(r, m, &o, &steps, ret);
	if (r->http->method == METHOD_POST && r->c->problems.len && !r->c->problems.at[0].field)
		ret->problem = (NoteView){.kind = NOTE_ERR, .title = S("Krok se neprovedl."), .text = r->c->problems.at[0].text, .is_result = true};
	return OK;
}

/* ---- the form ---- */

static Err refuse_foreign(Req *r) {
	static const char *const known[] = {"csrf", "version", "krok", "reason", "resolution"};
	for (size_t i = 0; i < r->http->form.len; i++) {
		bool is_known = false;
		for (size_t k = 0; k < LEN(known); k++)
			is_known = is_known || str_eq(r->http->form.at[i].name, str_c(known[k]));
		if (!is_known)
			return fail(r->c, ERR_MALFORMED, NULL, "Formulář obsahuje pole, které sem nepatří. Načtěte stránku znovu.");
	}
	return OK;
}

Err work_submit(Req *r, const Machine *m, Id id) {
	WorkInput  in = {.reason = form(r, "reason"), .resolution = form(r, "resolution")};
	WorkObject o;
	TRY(refuse_foreign(r));
	if (!str_to_int(form(r, "version"), &in.version) || !form(r, "krok").len)
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář není úplný. Načtěte stránku znovu.");
	const char *action = str_z(r->c->arena, form(r, "krok"));
	bool        is_known = false;
	for (size_t i = 0; i < m->action_count; i++)
		is_known = is_known || strcmp(m->actions[i].action, action) == 0;
	if (!is_known)
		return fail(r->c, ERR_MALFORMED, NULL, "Takový krok tento postup nemá. Načtěte stránku znovu.");
	Err err = workflow_do(r->c, m, id, action, &in);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		r->is_error = true;
	}
	TRY(err);
	TRY(workflow_object(r->c, m, id, &o));
	notice(r, "Hotovo. Nový stav: %.*s.", STR_ARG(state_title(m, o.state)));
	return OK;
}

/* ---- the page ---- */

static Err open_object(Req *r, const Machine **m, WorkObject *o) {
	Id id;
	*m = machine_find(arg(r, 0));
	if (!*m)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový postup program nezná.");
	TRY(arg_id(r, 1, &id));
	TRY(workflow_object(r->c, *m, id, o));
	return work_may_look(r, *m, o) ? OK : fail(r->c, ERR_NOT_FOUND, NULL, "Záznam (%s) neexistuje, nebo k němu nemáte přístup.", (*m)->entity->one);
}

static Err show_work(Req *r, const Machine *m, const WorkObject *o) {
	WorkPanel v;
	bool      is_own = o->owner && o->owner == r->c->actor->account && o->owner_link.len;
	TRY(work_panel(r, m, o->id, str_format(r->c->arena, "/app/prubeh/%s/%lld", m->name, (long long)o->id), &v));
	view_work(page(r, str_c(m->title)), o->title, str_c(m->title), o->text, &v, is_own ? o->owner_link : o->link);
	return OK;
}

Err page_work(Req *r) {
	const Machine *m;
	WorkObject     o;
	TRY(open_object(r, &m, &o));
	return show_work(r, m, &o);
}

Err post_work(Req *r) {
	const Machine *m;
	WorkObject     o;
	TRY(open_object(r, &m, &o));
	Err err = work_submit(r, m, o.id);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		TRY(open_object(r, &m, &o));
		return show_work(r, m, &o);
	}
	TRY(err);
	return redirect(r, "/app/prubeh/%s/%lld", m->name, (long long)o.id);
}
