/* merge_page.c: merging in two steps that are two addresses: choose the target, then look and confirm. */
#include "domain/register/merge_page.h"

#include "domain/register/merge.html.h"
#include "domain/register/merge_views_page.h"

enum { FOUND_MAX = 20 };

static Str note_of(Ctx *c, const Entity *e, const void *row) {
	if (e == &provider_entity) {
		const Provider *p = row;
		const Unit     *u = territory_by_id(c, p->municipality);
		Str             ico = p->ico.len ? str_cat(c->arena, S("IČO "), p->ico) : S("bez IČO");
		return u ? str_format(c->arena, "%.*s, %.*s", STR_ARG(ico), STR_ARG(u->name)) : ico;
	}
	const Service *s = row;
	return str_format(c->arena, "%.*s, %.*s, %.*s", STR_ARG(s->identifier), STR_ARG(codelist_name(c, "service_kind", s->kind)),
	                  STR_ARG(field_people(c, entity_field(&service_entity, S("provider")), s)));
}

static Str name_of(const Entity *e, const void *row) {
	return e == &provider_entity ? ((const Provider *)row)->name : ((const Service *)row)->name;
}

static Err find_targets(Req *r, const Entity *e, Id own, MergePage *v) {
	EntityList rows;
	v->search = query(r, "q");
	if (!v->search.len)
		return OK;
	if (utf8_count(v->search) > 200)
		return fail(r->c, ERR_MALFORMED, NULL, "Hledaný text má víc než 200 znaků. Zkraťte jej.");
	v->searched = true;
	TRY(entity_list(r->c, e, &(ListQuery){.search = v->search, .limit = FOUND_MAX + 2}, &rows));
	for (size_t i = 0; i < rows.len && v->choices.len < FOUND_MAX; i++) {
		Id id = ((EntityHead *)rows.at[i])->id;
		if (id != own)
			*ARENA_PUSH(r->c->arena, v->choices.at, v->choices.len, v->choices.cap) = (MergeChoice){
				.href = str_format(r->c->arena, "%.*s?cil=%lld", STR_ARG(v->action), (long long)id), .name = name_of(e, rows.at[i]), .note = note_of(r->c, e, rows.at[i])};
	}
	if (rows.len > FOUND_MAX + 1)
		v->more = str_format(r->c->arena, "Zobrazeno prvních %d; upřesněte hledání.", FOUND_MAX);
	return OK;
}

static Err start(Req *r, void **row, MergePage *v) {
	const Entity *e = r->route->entity;
	Id            id;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, e, TODAY, id, row));
	*v = (MergePage){.from_name = name_of(e, *row), .from_note = note_of(r->c, e, *row), .back = row_href(r, e, id), .version = ((EntityHead *)*row)->version};
	v->action = str_cat(r->c->arena, v->back, S("/sloucit"));
	v->csrf = csrf_token(r, v->action);
	v->lead = str_format(r->c->arena, "%.*s (%.*s) se stane součástí jiného záznamu.", STR_ARG(v->from_name), STR_ARG(v->from_note));
	crumb(r, screen_capital(r->c->arena, e->many), str_c(e->path));
	crumb(r, v->from_name, v->back);
	return OK;
}

static Err show(Req *r, const Entity *e, const void *row, Id to, bool as_typed, MergePage *v) {
	MergePlan *plan = NEW_ZERO(r->c->arena, MergePlan);
	Id         own = ((const EntityHead *)row)->id;
	Err        err = OK;
	if (to && !as_typed)
		err = merge_plan(r->c, e, own, to, plan);
	else if (to) {
		size_t said = r->c->problems.len;
		err = merge_plan(r->c, e, own, to, plan);
		if (err == OK)
			r->c->problems.len = said;
	}
	if (err != OK && err != ERR_CONFLICT)
		return err;
	if (err == ERR_CONFLICT)
		set_status(r, 409);
	if (to && err == OK) {
		v->plan = plan;
		v->to = to;
		v->to_name = name_of(e, plan->to);
		v->to_note = note_of(r->c, e, plan->to);
	} else {
		TRY(find_targets(r, e, own, v));
	}
	v->name = (FieldView){.name = S("nazev"), .label = S("Opište název záznamu, který zanikne"), .hint = v->from_name, .value = as_typed ? form(r, "nazev") : (Str){0},
	                      .error = field_problem(r, "nazev"), .autocomplete = "off"};
	v->reason = (FieldView){.name = S("reason"), .label = S("Důvod sloučení"), .hint = S("Zapíše se do historie obou záznamů."), .value = as_typed ? form(r, "reason") : (Str){0},
	                        .error = field_problem(r, "reason")};
	FieldView all[] = {v->name, v->reason};
	v->errors = errors_view(r, all, LEN(all));
	r->is_error = v->errors != NULL;
	view_merge(page(r, S("Sloučit záznamy")), v);
	return OK;
}

Err page_merge(Req *r) {
	MergePage v;
	void     *row;
	i64       to;
	TRY(query_int(r, "cil", 0, 1, INT64_MAX - 1, &to));
	TRY(start(r, &row, &v));
	return show(r, r->route->entity, row, to, false, &v);
}

Err post_merge(Req *r) {
	const Entity *e = r->route->entity;
	MergePage     v;
	void         *row;
	i64           version, to;
	TRY(start(r, &row, &v));
	if (!str_to_int(form(r, "version"), &version) || !str_to_int(form(r, "cil"), &to))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	r->c->reason = form(r, "reason");
	Err err = merge_apply(r->c, e, ((EntityHead *)row)->id, version, to, form(r, "nazev"));
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return show(r, e, row, to, true, &v);
	}
	TRY(err);
	notice(r, "Záznamy jsou sloučené. Staré adresy vedou sem.");
	return redirect(r, "%s/%lld", e->path, (long long)to);
}
