/* suggest_page.c: the form of a suggestion, and its author's list. */
#include "domain/register/suggest_page.h"

#include "domain/register/machines.h"
#include "domain/register/service_page.h"
#include "domain/register/suggest.html.h"
#include "domain/register/suggest_views_page.h"
#include "web/work.h"

enum { FOUND_MAX = 20 };

/* ---- in people's words ---- */

static Str people_value(Ctx *c, const Entity *e, const Field *f, Str machine) {
	if (!machine.len)
		return machine;
	void  *row = entity_new(c->arena, e);
	size_t said = c->problems.len;
	Err    err = field_read(c, f, machine, row);
	c->problems.len = said;
	return err == OK ? field_people(c, f, row) : machine;
}

static Str state_word(Str state) {
	return state_title(&suggestion_machine, state);
}

static void add_values(Req *r, const Suggestion *s, SuggestionView *v) {
	Ctx          *c = r->c;
	const Entity *e = suggestion_object(s->object);
	const Field  *f = e ? entity_field(e, s->field) : NULL;
	void         *row;
	v->is_request = !f;
	v->suggested = s->suggested;
	v->label = s->object_name;
	if (!f)
		return;
	v->label = e == &service_entity ? str_c(f->label) : str_format(c->arena, "%.*s: %s", STR_ARG(s->object_name), f->label);
	v->seen = people_value(c, e, f, s->seen);
	v->suggested = people_value(c, e, f, s->suggested);
	size_t said = c->problems.len;
	v->is_gone = entity_get(c, e, TODAY, s->object_id, &row) != OK;
	c->problems.len = said;
	if (v->is_gone)
		return;
	bool hides = f->secret && e == &facility_entity && ((Facility *)row)->secret_address && !may(c, CAP_REGISTER_SECRET);
	if (f->secret && e == &facility_entity)
		service_place_seen(c, s->service, row);
	v->now = hides ? S("utajeno") : field_people(c, f, row);
	v->moved = !hides && !str_eq(field_machine(c->arena, f, row), s->seen);
}

Err suggestion_views(Req *r, const Suggestions *list, SuggestionViews *ret) {
	Ctx *c = r->c;
	*ret = (SuggestionViews){0};
	for (size_t i = 0; i < list->len; i++) {
		const Suggestion *s = &list->at[i];
		SuggestionView    v = {.s = s, .state = state_word(s->state)};
		Suggestion        probe = *s;
		const State *state = machine_state(&suggestion_machine, s->state);
		v.state_kind = state ? work_tone(state->tone) : TAG_PLAIN;
		v.work_href = str_format(c->arena, "/app/prubeh/suggestion/%lld", (long long)s->head.id);
		if (s->account == c->actor->account && str_eq(s->state, S(SUGGESTION_OPEN)))
			v.withdraw_csrf = csrf_token(r, S("/app/moje-sluzby/navrhy"));
		v.service = field_people(c, entity_field(&suggestion_entity, S("service")), &probe);
		v.who = s->organisation.len ? str_format(c->arena, "%.*s, %.*s", STR_ARG(s->author), STR_ARG(s->organisation)) : s->author;
		add_values(r, s, &v);
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = v;
	}
	return OK;
}

/* ---- the form ---- */

/* "facility-12-street": names a value in the form. */
static const char *name_of(Ctx *c, const SuggestTarget *t) {
	Str s = t->entity == &service_entity ? str_format(c->arena, "service-%s", t->field->name)
	                                     : str_format(c->arena, "%s-%lld-%s", t->entity->name, (long long)((EntityHead *)t->row)->id, t->field->name);
	return str_z(c->arena, s);
}

static FieldView target_field(Req *r, const SuggestTarget *t, bool as_typed) {
	FieldView   v = field_view(r, t->field, t->row, false);
	const char *name = name_of(r->c, t);
	v.name = str_c(name);
	v.id = v.name;
	v.optional = false;
	v.error = field_problem(r, name);
	if (!as_typed)
		return v;
	v.value = t->field->type == TYPE_BOOL ? v.value : form(r, name);
	v.chosen = t->field->type == TYPE_BOOL && form_has(r, name);
	Strs chosen = form_all(r, name);
	for (size_t i = 0; i < v.options.len; i++) {
		v.options.at[i].chosen = false;
		for (size_t k = 0; k < chosen.len; k++)
			v.options.at[i].chosen = v.options.at[i].chosen || str_eq(chosen.at[k], v.options.at[i].value);
	}
	return v;
}

static void add_target(Req *r, const SuggestTarget *t, bool as_typed, SuggestGroups *groups) {
	Arena *a = r->c->arena;
	if (groups->len == 0 || !str_eq(groups->at[groups->len - 1].title, t->object_name))
		*ARENA_PUSH(a, groups->at, groups->len, groups->cap) = (SuggestGroup){.title = t->object_name};
	SuggestGroup *g = &groups->at[groups->len - 1];
	*ARENA_PUSH(a, g->fields, g->count, g->cap) = target_field(r, t, as_typed);
}

static Str back_of(Req *r, const Service *s) {
	return may(r->c, "register.own") ? str_format(r->c->arena, "/app/moje-sluzby/%lld", (long long)s->head.id) : S("/app/moje-sluzby/navrhy");
}

static Err show_form(Req *r, Service *s, bool as_typed) {
	Ctx           *c = r->c;
	SuggestTargets targets;
	SuggestForm    v = {.service = s->name, .back = back_of(r, s), .action = str_format(c->arena, "/app/moje-sluzby/%lld/navrh", (long long)s->head.id)};
	v.csrf = csrf_token(r, v.action);
	TRY(suggestion_targets(c, s, &targets));
	FieldView *all = NEW_ARRAY(c->arena, FieldView, targets.len + 2);
	for (size_t i = 0; i < targets.len; i++) {
		add_target(r, &targets.at[i], as_typed, &v.groups);
		all[i] = v.groups.at[v.groups.len - 1].fields[v.groups.at[v.groups.len - 1].count - 1];
	}
	v.request = (FieldView){.kind = FIELD_AREA, .name = S("request"), .label = S("Jiná změna"), .optional = true, .rows = 3,
	                        .hint = S("Co se výše změnit nedá: nové zařízení, konec služby, jiná kapacita."), .value = form(r, "request"), .error = field_problem(r, "request")};
	v.note = (FieldView){.kind = FIELD_AREA, .name = S("note"), .label = S("Vysvětlení pro správce sítě"), .optional = true, .rows = 2,
	                     .hint = S("Proč se údaj mění a od kdy."), .value = form(r, "note"), .error = field_problem(r, "note")};
	all[targets.len] = v.request;
	all[targets.len + 1] = v.note;
	v.errors = as_typed ? errors_view(r, all, targets.len + 2) : NULL;
	r->is_error = v.errors != NULL;
	view_suggest_form(page(r, S("Navrhnout změnu")), &v);
	return OK;
}

static Err open_service(Req *r, Service **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(suggestion_service(r->c, id, ret));
	if (may(r->c, "register.own")) {
		crumb(r, S("Moje služby"), S("/app/moje-sluzby"));
		crumb(r, (*ret)->name, str_format(r->c->arena, "/app/moje-sluzby/%lld", (long long)id));
	} else {
		crumb(r, S("Návrhy změn"), S("/app/moje-sluzby/navrhy"));
	}
	return OK;
}

Err page_suggest(Req *r) {
	Service *s;
	TRY(open_service(r, &s));
	return show_form(r, s, false);
}

static bool is_known(Req *r, const SuggestTargets *targets, Str name) {
	static const char *const always[] = {"csrf", "request", "note"};
	for (size_t i = 0; i < LEN(always); i++)
		if (str_eq(name, str_c(always[i])))
			return true;
	for (size_t i = 0; i < targets->len; i++)
		if (str_eq(name, str_c(name_of(r->c, &targets->at[i]))))
			return true;
	return false;
}

/* What was typed into one field; its problem is said under the field's name on this form. */
static Err read_value(Req *r, const SuggestTarget *t, SuggestedValue *ret) {
	const char *name = name_of(r->c, t);
	void       *row = entity_copy(r->c->arena, t->entity, t->row);
	Str         typed = t->field->type == TYPE_CODES ? str_join(r->c->arena, S(","), form_all(r, name)) : form(r, name);
	size_t      said = r->c->problems.len;
	*ret = (SuggestedValue){t, row};
	if (t->field->type != TYPE_CODES && t->field->type != TYPE_BOOL && !form_has(r, name))
		return OK;                               /* was not on the form: nothing is suggested about it */
	Err err = field_read(r->c, t->field, typed, row);
	if (err == OK && t->field->required && field_is_blank(t->field, row))
		err = fail(r->c, ERR_INVALID, NULL, "%s: doplňte, údaj je povinný. Má-li zmizet celý záznam, napište to do pole Jiná změna.", t->field->label);
	for (size_t i = said; i < r->c->problems.len; i++)
		r->c->problems.at[i].field = name;
	return err;
}

static Err read_values(Req *r, const SuggestTargets *targets, SuggestedValue *values) {
	Err first = OK;
	for (size_t i = 0; i < r->http->form.len; i++)
		if (!is_known(r, targets, r->http->form.at[i].name))
			return fail(r->c, ERR_MALFORMED, NULL, "Formulář obsahuje pole „%.*s“, které sem nepatří. Údaje služby se asi mezitím změnily; načtěte stránku znovu.",
			            STR_ARG(utf8_first(r->http->form.at[i].name, 60)));
	for (size_t i = 0; i < targets->len; i++) {
		Err err = read_value(r, &targets->at[i], &values[i]);
		first = first == OK ? err : first;
	}
	return first;
}

Err post_suggest(Req *r) {
	Service       *s;
	SuggestTargets targets;
	i64            made = 0;
	TRY(open_service(r, &s));
	TRY(suggestion_targets(r->c, s, &targets));
	SuggestedValue *values = NEW_ARRAY(r->c->arena, SuggestedValue, targets.len + 1);
	Err             err = read_values(r, &targets, values);
	if (err == OK)
		err = suggestion_add(r->c, s->head.id, values, targets.len, form(r, "request"), form(r, "note"), &made);
	if (err == ERR_INVALID) {
		set_status(r, 422);
		return show_form(r, s, true);
	}
	TRY(err);
	notice(r, "Návrh je odeslaný správci sítě (%lld). Odpověď uvidíte tady.", (long long)made);
	return redirect(r, "/app/moje-sluzby/navrhy");
}

/* ---- the author's list ---- */

static Err find_services(Req *r, MySuggestions *v) {
	EntityList rows;
	RowScope   scope = access_scope(r->c, CAP_REGISTER_SUGGEST);
	v->any_service = scope.all || scope.municipality_count || scope.district_count;
	v->search = query(r, "q");
	if (!v->any_service || !v->search.len)
		return OK;
	if (utf8_count(v->search) > 200)
		return fail(r->c, ERR_MALFORMED, NULL, "Hledaný text má víc než 200 znaků. Zkraťte jej.");
	v->searched = true;
	TRY(entity_list(r->c, &service_entity, &(ListQuery){.search = v->search, .limit = FOUND_MAX + 1}, &rows));
	for (size_t i = 0; i < rows.len && i < FOUND_MAX; i++) {
		const Service *s = rows.at[i];
		*ARENA_PUSH(r->c->arena, v->found.at, v->found.len, v->found.cap) = (LinkView){
			.label = str_format(r->c->arena, "%.*s (%.*s)", STR_ARG(s->name), STR_ARG(field_people(r->c, entity_field(&service_entity, S("provider")), s))),
			.href = str_format(r->c->arena, "/app/moje-sluzby/%lld/navrh", (long long)s->head.id)};
	}
	if (rows.len > FOUND_MAX)
		v->more = str_format(r->c->arena, "Zobrazeno prvních %d služeb; upřesněte hledání.", FOUND_MAX);
	return OK;
}

/* The author changed their mind. */
Err post_my_suggestions(Req *r) {
	i64 id = 0;
	if (!str_to_int(form(r, "stahnout"), &id))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář není úplný. Načtěte stránku znovu.");
	TRY(suggestion_take_back(r->c, id));
	notice(r, "Návrh je stažený, správce sítě už o něm nerozhoduje.");
	return redirect(r, "/app/moje-sluzby/navrhy");
}

Err page_my_suggestions(Req *r) {
	MySuggestions v = {0};
	Suggestions   list;
	TRY(find_services(r, &v));
	TRY(suggestions_read(r->c, (SuggestionQuery){.account = r->c->actor->account, .limit = 100}, &list));
	TRY(suggestion_views(r, &list, &v.list));
	if (may(r->c, "register.own"))
		crumb(r, S("Moje služby"), S("/app/moje-sluzby"));
	view_my_suggestions(page(r, S("Návrhy změn")), &v);
	return OK;
}
