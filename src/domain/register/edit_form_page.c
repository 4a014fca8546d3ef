/* edit_form_page.c: the one shape of all forms of the register: fields, day, reason; a conflict shows both values. */
#include "domain/register/edit_page.h"

#include "domain/register/edit.html.h"
#include "domain/register/edit_form_page.h"
#include "domain/register/edit_views_page.h"
#include "domain/register/register_import.h"

/* ---- fields ---- */

FieldView municipality_field(Req *r, const Field *f, Id chosen, bool as_typed) {
	Arena        *a = r->c->arena;
	FieldView     v = {.kind = FIELD_SELECT, .name = str_c(f->name), .label = str_c(f->label), .optional = !f->required, .error = field_problem(r, f->name)};
	Units         units = {0};
	const Unit   *region = territory_region(r->c);
	bool          found = false;
	i64           typed = 0;
	if (as_typed)
		chosen = str_to_int(form(r, f->name), &typed) ? typed : 0;
	*ARENA_PUSH(a, v.options.at, v.options.len, v.options.cap) = (OptionView){.label = S("– neuvedena –")};
	if (territory_below(r->c, region ? region->id : 0, LEVEL_MUNICIPALITY, TODAY, &units) != OK)
		units.len = 0;
	for (size_t i = 0; i < units.len; i++) {
		const Unit *u = units.at[i];
		found = found || u->id == chosen;
		*ARENA_PUSH(a, v.options.at, v.options.len, v.options.cap) =
			(OptionView){.value = str_format(a, "%lld", (long long)u->id), .label = u->name, .chosen = u->id == chosen};
	}
	const Unit *other = chosen && !found ? territory_by_id(r->c, chosen) : NULL;
	if (other)
		*ARENA_PUSH(a, v.options.at, v.options.len, v.options.cap) =
			(OptionView){.value = str_format(a, "%lld", (long long)chosen), .label = str_cat(a, other->name, S(" (mimo kraj)")), .chosen = true};
	return v;
}

static FieldView form_row_choice(Req *r, const EditForm *f, const Field *field, const Capacity *row, bool as_typed) {
	Arena     *a = r->c->arena;
	FieldView  v = {.kind = FIELD_SELECT, .name = str_c(field->name), .label = str_c(field->label), .error = field_problem(r, field->name)};
	EntityList forms;
	Str        typed = form(r, field->name);
	if (parts_list(r->c, &form_row_entity, TODAY, f->service, &forms) != OK)
		return v;
	for (size_t i = 0; i < forms.len; i++) {
		const FormRow *form_row = forms.at[i];
		Str            value = str_format(a, "%lld", (long long)form_row->head.id);
		*ARENA_PUSH(a, v.options.at, v.options.len, v.options.cap) = (OptionView){.value = value, .label = codelist_name(r->c, "service_form", form_row->form),
			.chosen = as_typed ? str_eq(typed, value) : row->form_row == form_row->head.id};
	}
	return v;
}

/* "Registr uvádí: 12" when the value here is a correction. */
static Str register_says(Req *r, const Entity *e, const Field *f, const RegisterOverrides *corrections) {
	for (size_t i = 0; i < corrections->len; i++) {
		const RegisterOverride *o = &corrections->at[i];
		if (o->field != f)
			continue;
		void  *row = entity_new(r->c->arena, e);
		size_t said = r->c->problems.len;
		Str    shown = o->register_value;
		if (field_read(r->c, f, o->register_value, row) == OK)
			shown = field_people(r->c, f, row);
		r->c->problems.len = said;
		return str_format(r->c->arena, "Registr uvádí: %.*s.", STR_ARG(shown.len ? shown : S("nic")));
	}
	return (Str){0};
}

static FieldView one_field(Req *r, const EditForm *f, const Field *field, const void *row, bool as_typed) {
	if (field->type == TYPE_REF && field->target == &territory_entity)
		return municipality_field(r, field, *(const Id *)field_in(field, row), as_typed);
	if (field->type == TYPE_REF && field->target == &form_row_entity)
		return form_row_choice(r, f, field, row, as_typed);
	FieldView v = field_view(r, field, row, as_typed);
	if (field->type == TYPE_REF && !field_is_blank(field, row))
		v.hint = str_format(r->c->arena, "IČO nebo číslo záznamu. Uloženo: %.*s", STR_ARG(field_people(r->c, field, row)));
	if (field->type == TYPE_LONGTEXT)
		v.rows = 5;
	if (f->entity == &service_entity && strcmp(field->name, "identifier") == 0) {
		v.hint = S("Sedmimístné číslo registrace. U služby mimo zákon nechte prázdné, označení se přidělí samo.");
		v.optional = true;
	}
	return v;
}

static bool may_write(Req *r, const EditForm *f, const Field *field, const void *row) {
	bool is_address = field->secret && f->entity == &facility_entity;
	bool is_hidden = is_address && ((const Facility *)row)->secret_address && !may(r->c, CAP_REGISTER_SECRET);
	return !is_hidden && (!field->write || may(r->c, field->write));
}

/* Fields of the form that this person may write; NULL-terminated. */
static const char *const *writable(Req *r, const EditForm *f, const void *row) {
	const char **names = NEW_ARRAY(r->c->arena, const char *, 40);
	size_t       n = 0;
	for (const char *const *name = f->fields; *name; name++) {
		const Field *field = entity_field(f->entity, str_c(*name));
		CHECK(n + 1 < 40);
		if (!field || may_write(r, f, field, row))
			names[n++] = *name;
	}
	return (const char *const *)names;
}

/* ---- showing ---- */

static EditRail rail_of(Req *r, const EditForm *f, const void *row, const RegisterOverrides *corrections, bool is_refused) {
	const EntityHead *h = row;
	EditRail          rail = {.corrections = corrections->len};
	const PartKind   *part = part_kind(f->entity);
	if (part && h->id) {
		rail.end_action = str_cat(r->c->arena, f->action, S("/ukoncit"));
		rail.end_csrf = csrf_token(r, rail.end_action);
		rail.version = h->version;
		rail.last_day = (FieldView){.kind = FIELD_DATE, .name = S("last_day"), .label = S("Poslední den"),
		                             .value = is_refused ? form(r, "last_day") : (Str){0}, .error = field_problem(r, "last_day")};
		rail.reason = (FieldView){.name = S("reason"), .id = S("duvod-ukonceni"), .label = S("Důvod ukončení"),
		                          .value = is_refused ? form(r, "reason") : (Str){0}, .error = is_refused ? field_problem(r, "reason") : (Str){0}};
		rail.is_open = is_refused;
	}
	return rail;
}

Err edit_show(Req *r, const EditForm *f, const void *row, EditShown how) {
	bool as_typed = how == EDIT_TYPED;
	Arena            *a = r->c->arena;
	const EntityHead *h = row;
	ScreenForm        v = {.entity = f->entity, .title = f->title, .lead = f->lead, .action = f->action, .back = f->back, .version = h->version,
	                       .csrf = csrf_token(r, f->action)};
	RegisterOverrides corrections = {0};
	if (h->id)
		TRY(register_overrides_of(r->c, f->entity, h->id, &corrections));
	for (const char *const *name = writable(r, f, row); *name; name++) {
		const Field *field = entity_field(f->entity, str_c(*name));
		if (!field)
			continue;
		FieldView one = one_field(r, f, field, row, as_typed);
		Str       says = register_says(r, f->entity, field, &corrections);
		if (says.len)
			one.hint = one.hint.len ? str_format(a, "%.*s %.*s", STR_ARG(says), STR_ARG(one.hint)) : says;
		*ARENA_PUSH(a, v.fields, v.field_count, v.field_cap) = one;
	}
	v.from = (FieldView){.kind = FIELD_DATE, .name = S("valid_from"), .label = S("Platí od"), .hint = S("Den, od kterého je to takto. Prázdné pole znamená ode dneška."),
	                     .optional = true, .value = as_typed ? form(r, "valid_from") : (Str){0}, .error = field_problem(r, "valid_from")};
	v.reason = (FieldView){.name = S("reason"), .label = h->id ? S("Důvod změny") : S("Odkud údaj je"), .optional = h->id == 0,
	                       .hint = S("Zapíše se do historie záznamu."), .value = as_typed ? form(r, "reason") : (Str){0},
	                       .error = as_typed ? field_problem(r, "reason") : (Str){0}};
	EditRail rail = rail_of(r, f, row, &corrections, how == EDIT_END_REFUSED);
	FieldView *all = NEW_ARRAY(a, FieldView, v.field_count + 2);
	if (v.field_count)
		memcpy(all, v.fields, v.field_count * sizeof *all);
	all[v.field_count] = how == EDIT_END_REFUSED ? rail.last_day : v.from;
	all[v.field_count + 1] = how == EDIT_END_REFUSED ? rail.reason : v.reason;
	v.errors = how == EDIT_FRESH ? NULL : errors_view(r, all, v.field_count + 2);
	r->is_error = v.errors != NULL;
	view_edit_form(page(r, f->title), &v, &rail);
	return OK;
}

/* ---- saving ---- */

Err edit_save(Req *r, const EditForm *f, void *row, const void *stored, bool *done) {
	const char *const *fields = writable(r, f, row);
	Date from;
	*done = false;
	Err err = form_read_resolved(r, f->entity, fields, row, stored);
	if (err == ERR_MALFORMED)
		return err;
	Err other = form_valid_from(r, r->c->today, &from);
	err = err == OK ? other : err;
	if (err == OK)
		err = register_save(r->c, f->entity, row, from);
	if (err == ERR_CONFLICT && stored) {
		void *newest;                            /* the writer may have seen more than this page had read */
		TRY(entity_get(r->c, f->entity, TODAY, ((const EntityHead *)stored)->id, &newest));
		if (((EntityHead *)newest)->version != ((EntityHead *)row)->version)
			return conflict_show(r, f->entity, fields, row, f->action, f->back);
	}
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return edit_show(r, f, row, EDIT_TYPED);
	}
	TRY(err);
	*done = true;
	return OK;
}
