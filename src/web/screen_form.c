/* screen_form.c: new record, changed record, ended record, and two people changing the same one. */
#include "core/history.h"
#include "web/inside.h"
#include "web/screen_views.h"
#include "web/screens.html.h"

const char **screen_fields(Req *r, const Entity *e) {
	const char **names = NEW_ARRAY(r->c->arena, const char *, e->field_count + 2);
	size_t       n = 0;
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		if (!f->readonly && may_see_field(r, e, f) && (!f->write || may(r->c, f->write)))
			names[n++] = f->name;
	}
	if (e->dated)
		names[n++] = "valid_from";
	return names;
}

Err form_valid_from(Req *r, Date standard, Date *ret) {
	const char *why;
	*ret = standard;
	Str typed = form(r, "valid_from");
	if (!typed.len || read_date(typed, ret, &why))
		return OK;
	return fail(r->c, ERR_INVALID, "valid_from", "Platí od: %s", why);
}

static Err show_form(Req *r, const Entity *e, Id id, const void *row, bool as_typed) {
	Arena     *a = r->c->arena;
	Str        list = str_c(e->path);
	ScreenForm v = {.entity = e, .version = ((const EntityHead *)row)->version, .back = id ? row_href(r, e, id) : list};
	v.title = id ? str_format(a, "Upravit záznam: %s", e->one) : str_format(a, "Nový záznam: %s", e->one);
	v.action = id ? str_cat(a, v.back, S("/upravit")) : str_cat(a, list, S("/novy"));
	v.csrf = csrf_token(r, v.action);
	for (const char **name = screen_fields(r, e); *name; name++) {
		const Field *f = entity_field(e, str_c(*name));
		if (f)
			*ARENA_PUSH(a, v.fields, v.field_count, v.field_cap) = field_view(r, f, row, as_typed);
	}
	v.from = (FieldView){.kind = FIELD_DATE, .name = S("valid_from"), .label = S("Platí od"), .hint = S("Prázdné pole znamená ode dneška."), .optional = true,
	                     .value = as_typed ? form(r, "valid_from") : (Str){0}, .error = field_problem(r, "valid_from")};
	if (!has_own_reason(e))
		v.reason = (FieldView){.name = S("reason"), .label = S("Důvod změny"), .hint = S("Zapíše se do historie záznamu."), .optional = true,
		                       .value = form(r, "reason"), .error = field_problem(r, "reason")};
	v.errors = as_typed ? errors_view(r, v.fields, v.field_count) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, screen_capital(a, e->many), list);
	view_screen_form(page(r, v.title), &v);
	return OK;
}

/* A link may say what is known already: /novy?account=12. What cannot be read stays empty. */
static void fill_from_address(Req *r, const Entity *e, void *row) {
	size_t said = r->c->problems.len;
	for (const char **name = screen_fields(r, e); *name; name++) {
		const Field *f = entity_field(e, str_c(*name));
		Str          value = query(r, *name);
		i64          number;
		if (!f || !value.len)
			continue;
		if (f->type == TYPE_REF ? !str_to_int(value, &number) || number <= 0 : field_read(r->c, f, value, row) != OK)
			continue;
		if (f->type == TYPE_REF)
			*(Id *)field_at(f, row) = number;
	}
	r->c->problems.len = said;
}

Err screen_new(Req *r) {
	const Entity *e = r->route->entity;
	void         *row = entity_new(r->c->arena, e);
	fill_from_address(r, e, row);
	return show_form(r, e, 0, row, false);
}

Err screen_edit(Req *r) {
	const Entity *e = r->route->entity;
	Id            id;
	void         *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, e, TODAY, id, &row));
	return show_form(r, e, id, row, false);
}

/* ---- the second of two people sees both values ---- */

static Str saved_by(Req *r, const Entity *e, Id id) {
	TrailRecords last;
	CLEANUP(buf_free) Buf b = {0};
	if (trail_of(r->c, e->name, id, 0, 1, &last) == OK && last.len) {
		buf_str(&b, last.at[0].actor);
		buf_lit(&b, ", ");
		fmt_instant(&b, last.at[0].at);
	}
	Str s = buf_take(&b, r->c->arena);
	buf_free(&b);
	return s;
}

static void keep_typed(Req *r, const Field *f, const void *mine, HiddenViews *kept) {
	if (f->type != TYPE_CODES) {
		if (f->type != TYPE_BOOL || form_has(r, f->name))
			*ARENA_PUSH(r->c->arena, kept->at, kept->len, kept->cap) = (HiddenView){str_c(f->name), form(r, f->name)};
		return;
	}
	const Strs *codes = field_in(f, mine);
	for (size_t i = 0; i < codes->len; i++)
		*ARENA_PUSH(r->c->arena, kept->at, kept->len, kept->cap) = (HiddenView){str_c(f->name), codes->at[i]};
}

Err conflict_show(Req *r, const Entity *e, const char *const *fields, const void *mine, Str action, Str back) {
	Arena *a = r->c->arena;
	void  *theirs;
	Id     id = ((const EntityHead *)mine)->id;
	r->c->problems.len = 0;
	TRY(entity_get(r->c, e, TODAY, id, &theirs));
	ScreenConflict v = {.action = action, .back = back, .csrf = csrf_token(r, action), .version = ((EntityHead *)theirs)->version};
	Str who = saved_by(r, e, id);
	for (const char *const *name = fields; *name; name++) {
		const Field *f = entity_field(e, str_c(*name));
		if (!f)
			continue;
		keep_typed(r, f, mine, &v.kept);
		if (!field_equal(f, mine, theirs))
			*ARENA_PUSH(a, v.fields, v.count, v.cap) = (ConflictView){.name = str_format(a, "volba-%s", f->name), .label = str_c(f->label),
				.mine = field_people(r->c, f, mine), .theirs = field_people(r->c, f, theirs), .theirs_by = who};
	}
	static const char *const others[] = {"valid_from", "reason"};
	for (size_t i = 0; i < LEN(others); i++)
		if (form(r, others[i]).len && !entity_field(e, str_c(others[i])))
			*ARENA_PUSH(a, v.kept.at, v.kept.len, v.kept.cap) = (HiddenView){str_c(others[i]), form(r, others[i])};
	set_status(r, 409);
	r->is_error = true;
	view_screen_conflict(page(r, S("Záznam mezitím změnil někdo jiný")), &v);
	return OK;
}

static size_t field_bytes(const Field *f) {
	switch (f->type) {
	case TYPE_CODES:
		return sizeof(Strs);
	case TYPE_BOOL:
		return sizeof(bool);
	case TYPE_DATE:
		return sizeof(Date);
	default:
		return f->type <= TYPE_POSTCODE || f->type == TYPE_CODE ? sizeof(Str) : sizeof(i64);
	}
}

/* Fields where the person chose the stored value take it. */
static void resolve(Req *r, const Entity *e, void *mine, const void *stored) {
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		Str          choice = form(r, str_z(r->c->arena, str_format(r->c->arena, "volba-%s", f->name)));
		if (str_eq(choice, S("cizi")))
			memcpy(field_at(f, mine), field_in(f, stored), field_bytes(f));
	}
}

static const char **with_choices(Req *r, const char *const *fields) {
	size_t n = 0;
	while (fields[n])
		n++;
	const char **all = NEW_ARRAY(r->c->arena, const char *, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		all[2 * i] = fields[i];
		all[2 * i + 1] = str_z(r->c->arena, str_format(r->c->arena, "volba-%s", fields[i]));
	}
	return all;
}

Err form_read_resolved(Req *r, const Entity *e, const char *const *fields, void *row, const void *stored) {
	if (!stored || !str_eq(form(r, "action"), S("resolve")))
		return form_read(r, e, fields, row);
	TRY(form_read(r, e, (const char *const *)with_choices(r, fields), row));
	resolve(r, e, row, stored);
	return OK;
}

/* ---- saving ---- */

static Err save(Req *r, const Entity *e, void *row) {
	EntityHead *h = row;
	if (!e->dated)
		return h->id ? entity_update(r->c, e, row) : entity_insert(r->c, e, row);
	Date from;
	TRY(form_valid_from(r, r->c->today, &from));
	return h->id ? history_change(r->c, e, row, from, h->valid_to) : history_create(r->c, e, row, from, (Date){0});
}

Err screen_save(Req *r) {
	const Entity *e = r->route->entity;
	Id            id = 0;
	void         *row = entity_new(r->c->arena, e), *stored = NULL;
	if (r->args[0].len) {
		TRY(arg_id(r, 0, &id));
		TRY(entity_get(r->c, e, TODAY, id, &stored));
		row = entity_copy(r->c->arena, e, stored);
	}
	const char *const *fields = (const char *const *)screen_fields(r, e);
	Err err = form_read_resolved(r, e, fields, row, stored);
	if (err == OK)
		err = save(r, e, row);
	if (err == ERR_CONFLICT && id && stored && ((EntityHead *)row)->version != ((EntityHead *)stored)->version)
		return conflict_show(r, e, fields, row, str_cat(r->c->arena, row_href(r, e, id), S("/upravit")), row_href(r, e, id));
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err == ERR_INVALID ? 422 : 409);
		return show_form(r, e, id, row, true);
	}
	TRY(err);
	notice(r, "Záznam je uložený.");
	return redirect(r, "%s/%lld", e->path, (long long)((EntityHead *)row)->id);
}

Err screen_end(Req *r) {
	const Entity *e = r->route->entity;
	Id            id;
	i64           version;
	Date          last;
	const char   *why;
	TRY(arg_id(r, 0, &id));
	if (!e->dated)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Tento druh záznamu se neukončuje.");
	if (!str_to_int(form(r, "version"), &version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	if (!read_date(form(r, "last_day"), &last, &why))
		return fail(r->c, ERR_INVALID, "last_day", "Poslední den platnosti: %s", why);
	if (!date_is(last))
		return fail(r->c, ERR_INVALID, "last_day", "Doplňte poslední den platnosti, například 31. 12. 2026.");
	r->c->reason = form(r, "reason");
	TRY(history_end(r->c, e, id, version, date_add(last, 1), (Date){0}));
	notice(r, "Záznam je ukončený.");
	return may(r->c, "history.read") ? redirect(r, "%s/%lld/historie", e->path, (long long)id) : redirect(r, "%s", e->path);
}
