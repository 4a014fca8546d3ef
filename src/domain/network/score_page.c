/* score_page.c: the sheets of a reviewer. */
#include "base/format.h"
#include "base/text.h"
#include "domain/network/call.html.h"
#include "domain/network/call_page.h"
#include "domain/network/review_page.h"

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

/* How a page shows a sheet: as it is stored, as somebody typed it, as somebody typed it while another window saved. */
typedef enum Shown { AS_STORED, AS_TYPED, IN_CONFLICT } Shown;

static FieldView cell(Req *r, Str name, const char *what, const ScoreItem *x, Str stored, Shown how) {
	const char *z = str_z(r->c->arena, name);
	FieldView   v = {.name = name, .id = name, .label = str_format(r->c->arena, "%s, %.*s", what, STR_ARG(x->name)), .value = stored, .error = field_problem(r, z)};
	if (how != AS_STORED && form_has(r, z))
		v.value = form(r, z);
	if (how == IN_CONFLICT && !str_eq(text_clean_lines(r->c->arena, v.value), stored))
		v.error = kept_meanwhile(r->c->arena, stored);
	return v;
}

static Err add_rows(Req *r, const Sheet *s, Shown how, SheetPage *v) {
	ScoreItems items;
	TRY(sheet_items(r->c, s, &items));
	for (size_t i = 0; i < items.len; i++) {
		const ScoreItem *x = &items.at[i];
		SheetRow row = {.name = x->name, .how = x->how, .max = x->max};
		Str      points = x->points == BLANK ? (Str){0} : str_format(r->c->arena, "%lld", (long long)x->points);
		row.points = cell(r, name_of(r, "b", x->criterion), "Body", x, points, how);
		row.points.is_number = true;
		row.reason = cell(r, name_of(r, "r", x->criterion), "Důvod", x, x->reason, how);
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

static Str saved_words(Req *r, const Sheet *s) {
	CLEANUP(buf_free) Buf at = {0};
	if (!s->saved_at.ms)
		return (Str){0};
	fmt_instant(&at, s->saved_at);
	return str_format(r->c->arena, "Koncept uložen %.*s", STR_ARG(buf_view(&at)));
}

/* Beside its field an error needs no name; other problems have it already. */
static FieldView in_summary(Req *r, const FieldView *f, Shown how) {
	FieldView v = *f;
	if (how == IN_CONFLICT && v.error.len)
		v.error = str_format(r->c->arena, "%.*s. %.*s", STR_ARG(f->label), STR_ARG(f->error));
	return v;
}

/* And how much is left to do: the button that finishes is beside it. */
static Str sum_words(Req *r, const Sheet *s, const SheetRows *rows) {
	size_t missing = 0;
	if (s->points == BLANK && !str_eq(s->state, S(SHEET_SCORING)))
		return (Str){0};
	for (size_t i = 0; i < rows->len; i++)
		missing += rows->at[i].points.value.len == 0;
	Str sum = str_format(r->c->arena, str_eq(s->state, S(SHEET_FINISHED)) ? "Bodů celkem: %lld." : "Zatím bodů: %lld.", (long long)(s->points == BLANK ? 0 : s->points));
	return missing ? str_format(r->c->arena, "%.*s Bez bodů je kritérií: %zu.", STR_ARG(sum), missing) : sum;
}

static Err show_sheet(Req *r, const Sheet *s, Shown how) {
	Str          href = str_format(r->c->arena, "/app/hodnoceni/%lld", (long long)s->head.id);
	Application *a;
	SheetPage    v = {.s = s, .version = s->head.version};
	TRY(application_stored(r->c, s->application, &a));
	v.title = str_format(r->c->arena, "Hodnocení žádosti %.*s", STR_ARG(a->type));
	v.lead = a->name;
	v.application_href = str_format(r->c->arena, "/app/zadosti/%lld", (long long)s->application);
	v.may_write = sheet_is_mine(r->c, s) && str_eq(s->state, S(SHEET_SCORING));
	bool was_sent = how != AS_STORED;
	how = v.may_write ? how : AS_STORED;         /* finished meanwhile: nothing else may look as if it had been counted */
	v.saved = saved_words(r, s);
	v.action = str_cat(r->c->arena, href, S("/body"));
	v.csrf = csrf_token(r, v.action);
	if (str_eq(s->state, S(SHEET_SCORING)) || str_eq(s->state, S(SHEET_FINISHED))) {
		TRY(add_rows(r, s, how, &v));
		TRY(add_form(r, a, &v));
	}
	v.total = sum_words(r, s, &v.rows);
	if (was_sent) {
		FieldView *fields = NEW_ARRAY(r->c->arena, FieldView, v.rows.len * 2 + 1);
		for (size_t i = 0; i < v.rows.len; i++) {
			fields[2 * i] = in_summary(r, &v.rows.at[i].points, how);
			fields[2 * i + 1] = in_summary(r, &v.rows.at[i].reason, how);
		}
		v.errors = errors_view(r, fields, v.rows.len * 2);
	}
	TRY(work_panel(r, &sheet_machine, s->head.id, href, &v.panel));
	if (v.may_write)
		work_without(&v.panel, "finish");        /* the form itself has it: what is typed there is saved first */
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
	return show_sheet(r, s, AS_STORED);
}

Err post_sheet(Req *r) {
	Sheet *s;
	TRY(open_sheet(r, &s));
	Err e = work_submit(r, &sheet_machine, s->head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_sheet(r, s, AS_STORED);
	TRY(e);
	return redirect(r, "/app/hodnoceni/%lld", (long long)s->head.id);
}

/* NULL: whoever saves by hand is told of each number that is none. Otherwise what stands stays, and *left counts it. */
static Err typed_points(Req *r, const ScoreItem *known, const char *name, i64 *left, i64 *ret) {
	const char *why;
	if (read_int(form(r, name), ret, &why))
		return OK;
	*ret = known->points;
	if (!left)
		return fail(r->c, ERR_INVALID, name, "%.*s: napište celé číslo od 0 do %lld.", STR_ARG(known->name), (long long)known->max);
	++*left;
	return OK;
}

static Err typed_items(Req *r, const Sheet *s, i64 *left, ScoreItems *ret) {
	ScoreItems   known;
	Err          worst = OK;
	const char **names;
	*ret = (ScoreItems){0};
	TRY(sheet_items(r->c, s, &known));
	names = NEW_ARRAY(r->c->arena, const char *, 2 * known.len + 2);
	for (size_t i = 0; i < known.len; i++) {
		names[2 * i] = str_z(r->c->arena, name_of(r, "b", known.at[i].criterion));
		names[2 * i + 1] = str_z(r->c->arena, name_of(r, "r", known.at[i].criterion));
	}
	names[2 * known.len] = "krok";
	names[2 * known.len + 1] = NULL;
	TRY(form_only(r, names));
	for (size_t i = 0; i < known.len; i++) {
		ScoreItem x = {.criterion = known.at[i].criterion, .points = BLANK, .reason = form(r, names[2 * i + 1])};
		if (!form_has(r, names[2 * i]))
			continue;
		Err e = typed_points(r, &known.at[i], names[2 * i], left, &x.points);
		worst = worst == OK ? e : worst;
		*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = x;
	}
	return worst;
}

/* By the script, while somebody writes: answers without a page. */
static Err autosave(Req *r, const Sheet *s, i64 version) {
	ScoreItems items;
	i64        next, unread = 0, left;
	TRY(typed_items(r, s, &unread, &items));
	TRY(sheet_keep(r->c, s->head.id, version, &items, &next, &left));
	http_set_header(r->http, r->res, "X-Row-Version", str_format(r->c->arena, "%lld", (long long)next));
	http_set_header(r->http, r->res, "X-Left-Out", str_format(r->c->arena, "%lld", (long long)(unread + left)));
	set_status(r, 204);
	return OK;
}

/* Of points that were saved a moment ago: they stay when something is still missing. */
static Err finish(Req *r, Id id) {
	Sheet *s;
	Err    e = workflow_do(r->c, &sheet_machine, id, "finish", NULL);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		TRY(sheet_get(r->c, id, &s));
		return show_sheet(r, s, AS_TYPED);
	}
	TRY(e);
	notice(r, "Hodnocení je dokončené, už se nemění.");
	return redirect(r, "/app/hodnoceni/%lld", (long long)id);
}

Err post_sheet_points(Req *r) {
	Sheet     *s;
	ScoreItems items;
	i64        version;
	TRY(open_sheet(r, &s));
	if (!str_to_int(form(r, "version"), &version) || version < 1)
		version = -1;                            /* of no row: a form without it is not newer than what is stored */
	if (http_header(r->http, "x-autosave").len)
		return autosave(r, s, version);
	Err e = typed_items(r, s, NULL, &items);
	e = e == OK ? sheet_save(r->c, s->head.id, version, &items) : e;
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_sheet(r, s, version != s->head.version ? IN_CONFLICT : AS_TYPED);
	}
	TRY(e);
	if (str_eq(form(r, "krok"), S("finish")))
		return finish(r, s->head.id);
	notice(r, "Body jsou uložené. Až budou všechny, hodnocení dokončete.");
	return redirect(r, "/app/hodnoceni/%lld", (long long)s->head.id);
}
