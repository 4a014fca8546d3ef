/* score_page.c: the sheets of a reviewer. */
#include "base/format.h"
#include "domain/network/call.html.h"
#include "domain/network/call_page.h"

static Err add_sheets(Req *r, const EntityList *all, bool finished, ItemViews *items) {
	for (size_t i = 0; i < all->len; i++) {
		const Sheet *s = all->at[i];
		Application *a;
		Call        *k;
		if (!sheet_is_mine(r->c, s) || str_eq(s->state, S(SHEET_FINISHED)) != finished)
			continue;
		TRY(application_stored(r->c, s->application, &a));
		TRY(call_stored(r->c, a->call, &k));
		*ARENA_PUSH(r->c->arena, items->at, items->len, items->cap) = (ItemView){.href = str_format(r->c->arena, "/app/hodnoceni/%lld", (long long)s->head.id),
			.text = str_format(r->c->arena, "Žádost %.*s: %.*s", STR_ARG(a->type), STR_ARG(a->name)), .meta = k->title, .tag = state_title(&sheet_machine, s->state),
			.tag_kind = finished ? TAG_OK : TAG_WARN};
	}
	return OK;
}

/* What waits stands first. */
Err page_sheets(Req *r) {
	EntityList all;
	ItemViews  items = {0};
	ListFilter mine = {.field = entity_field(&sheet_entity, S("reviewer")), .value = str_format(r->c->arena, "%lld", (long long)r->c->actor->account)};
	TRY(entity_list(r->c, &sheet_entity, &(ListQuery){.filters = &mine, .filter_count = 1, .limit = 200}, &all));
	TRY(add_sheets(r, &all, false, &items));
	TRY(add_sheets(r, &all, true, &items));
	view_sheets(page(r, S("Moje hodnocení")), items);
	return OK;
}

static Str name_of(Req *r, const char *kind, Str criterion) { return str_format(r->c->arena, "%s-%.*s", kind, STR_ARG(criterion)); }

static Str typed_or(Req *r, Str name, Str stored, bool as_typed) {
	const char *z = str_z(r->c->arena, name);
	return as_typed && form_has(r, z) ? form(r, z) : stored;
}

static Err add_rows(Req *r, const Sheet *s, bool as_typed, SheetPage *v) {
	ScoreItems items;
	TRY(sheet_items(r->c, s, &items));
	for (size_t i = 0; i < items.len; i++) {
		const ScoreItem *x = &items.at[i];
		Str      b = name_of(r, "b", x->criterion), w = name_of(r, "r", x->criterion);
		SheetRow row = {.name = x->name, .how = x->how, .max = x->max};
		Str      points = x->points == BLANK ? (Str){0} : str_format(r->c->arena, "%lld", (long long)x->points);
		row.points = (FieldView){.name = b, .id = b, .label = str_format(r->c->arena, "Body, %.*s", STR_ARG(x->name)), .is_number = true, .value = typed_or(r, b, points, as_typed),
		                         .error = field_problem(r, str_z(r->c->arena, b))};
		row.reason = (FieldView){.name = w, .id = w, .label = str_format(r->c->arena, "Důvod, %.*s", STR_ARG(x->name)), .value = typed_or(r, w, x->reason, as_typed),
		                         .error = field_problem(r, str_z(r->c->arena, w))};
		*ARENA_PUSH(r->c->arena, v->rows.at, v->rows.len, v->rows.cap) = row;
	}
	return OK;
}

/* What is being scored. Who has not said yet that nothing ties them to the applicant, or said that something does, does not read it; rows name cells of it, too. */
static Err add_form(Req *r, const Application *a, SheetPage *v) {
	Submission *s;
	FormTree    t;
	FormValues  values;
	TRY(submission_of(r->c, application_entity.name, a->head.id, &s));
	if (!s)
		return OK;
	TRY(form_tree(r->c, s->form_version, &t));
	TRY(submission_values(r->c, s->head.id, &values));
	TRY(receipt_sections(r->c, &t, &values, &v->form));
	return receipt_files(r->c, s, &t, &v->form);
}

static Err show_sheet(Req *r, const Sheet *s, bool as_typed) {
	Str          href = str_format(r->c->arena, "/app/hodnoceni/%lld", (long long)s->head.id);
	Application *a;
	SheetPage    v = {.s = s, .version = s->head.version};
	TRY(application_stored(r->c, s->application, &a));
	v.title = str_format(r->c->arena, "Hodnocení žádosti %.*s", STR_ARG(a->type));
	v.lead = a->name;
	v.application_href = str_format(r->c->arena, "/app/zadosti/%lld", (long long)s->application);
	v.may_write = sheet_is_mine(r->c, s) && str_eq(s->state, S(SHEET_SCORING));
	v.action = str_cat(r->c->arena, href, S("/body"));
	v.csrf = csrf_token(r, v.action);
	v.total = s->points == BLANK ? (Str){0} : str_format(r->c->arena, str_eq(s->state, S(SHEET_FINISHED)) ? "Bodů celkem: %lld" : "Zatím bodů: %lld", (long long)s->points);
	if (str_eq(s->state, S(SHEET_SCORING)) || str_eq(s->state, S(SHEET_FINISHED))) {
		TRY(add_rows(r, s, as_typed, &v));
		TRY(add_form(r, a, &v));
	}
	if (as_typed) {
		FieldView *fields = NEW_ARRAY(r->c->arena, FieldView, v.rows.len * 2 + 1);
		for (size_t i = 0; i < v.rows.len; i++) {
			fields[2 * i] = v.rows.at[i].points;
			fields[2 * i + 1] = v.rows.at[i].reason;
		}
		v.errors = errors_view(r, fields, v.rows.len * 2);
	}
	TRY(work_panel(r, &sheet_machine, s->head.id, href, &v.panel));
	r->is_error = v.errors != NULL || v.panel.problem.text.len > 0;
	crumb(r, may(r->c, CAP_SCORE_UPDATE) ? S("Moje hodnocení") : a->name, may(r->c, CAP_SCORE_UPDATE) ? S("/app/hodnoceni") : v.application_href);
	view_sheet(page(r, v.title), &v);
	return OK;
}

static Err open_sheet(Req *r, Sheet **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return sheet_get(r->c, id, ret);
}

Err page_sheet(Req *r) {
	Sheet *s;
	TRY(open_sheet(r, &s));
	return show_sheet(r, s, false);
}

Err post_sheet(Req *r) {
	Sheet *s;
	TRY(open_sheet(r, &s));
	Err e = work_submit(r, &sheet_machine, s->head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_sheet(r, s, false);
	TRY(e);
	return redirect(r, "/app/hodnoceni/%lld", (long long)s->head.id);
}

static Err typed_items(Req *r, const Sheet *s, ScoreItems *ret) {
	ScoreItems   known;
	Err          worst = OK;
	const char **names;
	*ret = (ScoreItems){0};
	TRY(sheet_items(r->c, s, &known));
	names = NEW_ARRAY(r->c->arena, const char *, 2 * known.len + 1);
	for (size_t i = 0; i < known.len; i++) {
		names[2 * i] = str_z(r->c->arena, name_of(r, "b", known.at[i].criterion));
		names[2 * i + 1] = str_z(r->c->arena, name_of(r, "r", known.at[i].criterion));
	}
	names[2 * known.len] = NULL;
	TRY(form_only(r, names));
	for (size_t i = 0; i < known.len; i++) {
		const char *b = str_z(r->c->arena, name_of(r, "b", known.at[i].criterion)), *why;
		ScoreItem   x = {.criterion = known.at[i].criterion, .points = BLANK, .reason = form(r, str_z(r->c->arena, name_of(r, "r", known.at[i].criterion)))};
		if (!form_has(r, b))
			continue;
		if (!read_int(form(r, b), &x.points, &why))
			worst = fail(r->c, ERR_INVALID, b, "%.*s: napište celé číslo od 0 do %lld.", STR_ARG(known.at[i].name), (long long)known.at[i].max);
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = x;
	}
	return worst;
}

Err post_sheet_points(Req *r) {
	Sheet     *s;
	ScoreItems items;
	i64        version = 0;
	TRY(open_sheet(r, &s));
	(void)(str_to_int(form(r, "version"), &version));
	Err e = typed_items(r, s, &items);
	e = e == OK ? sheet_save(r->c, s->head.id, version, &items) : e;
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_sheet(r, s, true);
	}
	TRY(e);
	notice(r, "Body jsou uložené. Až budou všechny, hodnocení dokončete.");
	return redirect(r, "/app/hodnoceni/%lld", (long long)s->head.id);
}
