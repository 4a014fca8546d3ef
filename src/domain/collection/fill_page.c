/* fill_page.c: filling in one part of a submission: fields, trees of amounts, tables of rows; saved by hand or by itself. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/collection/collection.html.h"
#include "domain/collection/collection_page.h"

enum { FRESH_LINES = 3, LONG_ROWS = 5 };

typedef struct Fill {
	Req        *r;
	Submission *s;
	FormTree    t;
	FormValues  v;
	Faults      faults;
	Str         section;
	bool        as_typed, is_conflict;
	i64         typed_lines;                 /* as far as rows of tables were filled in on the page that came */
} Fill;

static Str input_name(Req *r, const char *kind, Str stable, i64 line) {
	return line ? str_format(r->c->arena, "%s-%.*s-%lld", kind, STR_ARG(stable), (long long)line) : str_format(r->c->arena, "%s-%.*s", kind, STR_ARG(stable));
}

/* A dot of a stable name is no letter of an id; two dashes are in no other one. */
Str form_input_id(Req *r, const char *kind, Str stable, i64 line) {
	return input_name(r, kind, str_replace(r->c->arena, stable, S("."), S("--")), line);
}

static Str stored(const Fill *k, const FormField *f, i64 line) {
	const FormValue *x = form_value(&k->v, f->stable, line);
	return x ? x->typed : (Str){0};
}

/* While somebody fills it in, only what is there and wrong is said; what is missing waits for the check. */
static Str fault_at(const Fill *k, const FormField *f, i64 line) {
	for (size_t i = 0; i < k->faults.len; i++) {
		const Fault *x = &k->faults.at[i];
		if (x->line == line && str_eq(x->field, f->stable) && stored(k, f, line).len && !x->is_explained)
			return x->text;
	}
	return (Str){0};
}

static void option(Req *r, FieldView *v, Str value, Str label, Str chosen) {
	*ARENA_PUSH(r->c->arena, v->options.at, v->options.len, v->options.cap) = (OptionView){.value = value, .label = label, .chosen = str_eq(value, chosen)};
}

static Err add_choices(Req *r, const FormField *f, FieldView *v) {
	CodeItems items;
	Units     units = {0};
	v->kind = FIELD_SELECT;
	option(r, v, (Str){0}, S("– vyberte –"), v->value);
	if (form_is(f, FORM_YES)) {
		option(r, v, S("ano"), S("ano"), v->value);
		option(r, v, S("ne"), S("ne"), v->value);
	} else if (str_eq(f->list, S("obvody"))) {
		const Unit *region = territory_region(r->c);
		TRY(territory_below(r->c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &units));
		for (size_t i = 0; i < units.len; i++)
			option(r, v, units.at[i]->code, units.at[i]->name, v->value);
	} else {
		TRY(codelist_items(r->c, str_z(r->c->arena, f->list), r->c->today, &items));
		for (size_t i = 0; i < items.len; i++)
			option(r, v, items.at[i]->code, items.at[i]->name, v->value);
	}
	return OK;
}

/* What this one typed stands in the field, what the other one saved beside it. */
Str kept_meanwhile(Arena *a, Str kept) {
	bool is_sentence = str_ends(kept, S(".")) || str_ends(kept, S("!")) || str_ends(kept, S("?"));
	return str_format(a, "Mezitím je uloženo: %.*s%s Uložením zapíšete svou hodnotu.", STR_ARG(kept.len ? kept : S("prázdné pole")), is_sentence ? "" : ".");
}

static Err input(const Fill *k, const FormField *f, i64 line, FieldView *ret) {
	Req   *r = k->r;
	Str    name = input_name(r, "v", f->stable, line), kept = stored(k, f, line);
	FieldView v = {.name = name, .id = form_input_id(r, "v", f->stable, line), .label = f->label, .hint = f->hint, .value = kept,
	               .optional = !f->required, .is_number = form_is_number(f)};
	if (k->as_typed && form_has(r, str_z(r->c->arena, name)))
		v.value = form(r, str_z(r->c->arena, name));
	v.error = k->as_typed ? (Str){0} : fault_at(k, f, line);
	if (k->is_conflict && !str_eq(v.value, kept))
		v.error = kept_meanwhile(r->c->arena, kept);
	if (f->unit.len && !line)
		v.label = str_format(r->c->arena, "%.*s (%.*s)", STR_ARG(f->label), STR_ARG(f->unit));
	v.kind = form_is(f, FORM_LONG) ? FIELD_AREA : form_is(f, FORM_DAY) ? FIELD_DATE : FIELD_TEXT;
	v.rows = LONG_ROWS;
	v.width = form_is_number(f) ? WIDTH_20 : WIDTH_FULL;
	v.input_mode = form_is_number(f) ? "decimal" : NULL;
	const FormValue *x = form_value(&k->v, f->stable, line);
	if (x && x->origin.len && !line)
		v.hint = str_format(r->c->arena, "%.*s%sPředvyplněno %.*s.", STR_ARG(v.hint), v.hint.len ? " " : "", STR_ARG(x->origin));
	if (form_is(f, FORM_CHOICE) || form_is(f, FORM_YES))
		TRY(add_choices(r, f, &v));
	*ret = v;
	return OK;
}

static int depth_of(const FormTree *t, const FormField *f) {
	int depth = 0;
	while (f && f->parent.len && depth < 8) {
		f = form_tree_field(t, f->parent);
		depth++;
	}
	return depth;
}

static Err add_row(Fill *k, const FormField *f, FillRows *to) {
	Req             *r = k->r;
	const FormValue *x = form_value(&k->v, f->stable, 0);
	FillRow          row = {.f = f, .depth = depth_of(&k->t, f), .id = form_input_id(r, "v", f->stable, 0)};
	if (f->computed) {
		i64 sum = form_sum(&k->t, &k->v, f);
		row.computed = sum == BLANK ? S("–") : form_amount_text(r->c->arena, f, sum);
	} else
		TRY(input(k, f, 0, &row.field));
	if (x && x->before != BLANK)
		row.before = form_amount_text(r->c->arena, f, x->before);
	row.has_note = f->needs_note || f->jump != BLANK || (x && x->note.len);
	Str name = input_name(r, "n", f->stable, 0);
	row.note = (FieldView){.name = name, .id = form_input_id(r, "n", f->stable, 0), .label = str_format(r->c->arena, "Poznámka k údaji %.*s", STR_ARG(f->label)), .optional = true,
	                       .value = k->as_typed && form_has(r, str_z(r->c->arena, name)) ? form(r, str_z(r->c->arena, name)) : x ? x->note : (Str){0}};
	Str kept = x ? x->note : (Str){0};
	if (k->is_conflict && !str_eq(row.note.value, kept))
		row.note.error = kept_meanwhile(r->c->arena, kept);
	*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = row;
	return OK;
}

static Str grid_sum(Fill *k, const FormField *f, i64 lines) {
	i64 sum = 0;
	for (i64 line = 1; line <= lines; line++) {
		const FormValue *x = form_value(&k->v, f->stable, line);
		if (x && x->amount != BLANK && __builtin_add_overflow(sum, x->amount, &sum))
			return (Str){0};
	}
	return str_format(k->r->c->arena, "%.*s celkem: %.*s", STR_ARG(f->label), STR_ARG(form_amount_text(k->r->c->arena, f, sum)));
}

static Err add_grid(Fill *k, Str grid, i64 fresh, FillGrids *to) {
	Arena   *a = k->r->c->arena;
	FillGrid g = {.title = grid};
	i64      filled = form_lines(&k->v, &k->t, grid), wanted = filled + fresh > k->typed_lines ? filled + fresh : k->typed_lines;
	i64      lines = wanted < GRID_LINES ? wanted : GRID_LINES;
	Strs     sums = {0};
	for (size_t i = 0; i < k->t.len; i++)
		if (str_eq(k->t.at[i]->grid, grid)) {
			const FormField *f = k->t.at[i];
			strs_add(a, &g.heads, f->unit.len ? str_format(a, "%.*s (%.*s)", STR_ARG(f->label), STR_ARG(f->unit)) : f->label);
			if (form_is_number(f) && (f->unit.len || !form_is(f, FORM_INT)))       /* a number without a unit may be a year */
				strs_add(a, &sums, grid_sum(k, k->t.at[i], filled));
		}
	for (i64 line = 1; line <= lines; line++) {
		GridLine l = {.label = str_format(a, "%lld", (long long)line), .cells = NEW_ARRAY(a, FieldView, g.heads.len)};
		for (size_t i = 0; i < k->t.len; i++)
			if (str_eq(k->t.at[i]->grid, grid)) {
				TRY(input(k, k->t.at[i], line, &l.cells[l.count]));
				l.cells[l.count].label = str_format(a, "%.*s, řádek %lld", STR_ARG(k->t.at[i]->label), (long long)line);
				l.count++;
			}
		*ARENA_PUSH(a, g.lines.at, g.lines.len, g.lines.cap) = l;
	}
	g.sum = str_join(a, S(" · "), sums);
	*ARENA_PUSH(a, to->at, to->len, to->cap) = g;
	return OK;
}

static bool has_grid(const FillGrids *list, Str grid) {
	for (size_t i = 0; i < list->len; i++)
		if (str_eq(list->at[i].title, grid))
			return true;
	return false;
}

static Err add_rows(Fill *k, i64 fresh, FillPage *v) {
	for (size_t i = 0; i < k->t.len; i++) {
		const FormField *f = k->t.at[i];
		if (!str_eq(f->section, k->section))
			continue;
		if (form_is(f, FORM_FILE))
			*ARENA_PUSH(k->r->c->arena, v->files.at, v->files.len, v->files.cap) =
				(ItemView){.href = str_cat(k->r->c->arena, submission_href(k->r, k->s), S("/prilohy")), .text = f->label, .meta = S("přikládá se na stránce Přílohy")};
		else if (f->grid.len && !has_grid(&v->grids, f->grid))
			TRY(add_grid(k, f->grid, fresh, &v->grids));
		else if (!f->grid.len) {
			bool tree = f->computed || f->parent.len;
			v->money_first = v->money_first || (tree && !v->rows.len);
			TRY(add_row(k, f, tree ? &v->money : &v->rows));
		}
	}
	return OK;
}

/* The number beside a part is what it still lacks; nothing when it is whole. */
static void add_tab(Req *r, const Faults *f, Str label, Str href, bool is_files, bool current, TabViews *to) {
	i64 faults = 0;
	for (size_t i = 0; i < f->len; i++)
		faults += f->at[i].is_file == is_files && (is_files || str_eq(f->at[i].section, label)) && !f->at[i].is_explained;
	*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = (TabView){.label = label, .href = href, .current = current, .counted = faults > 0, .count = faults};
}

void submission_tabs(Req *r, const Submission *s, const FormTree *t, const Faults *f, size_t now, TabViews *to) {
	Str href = submission_href(r, s);
	for (size_t i = 0; i < t->sections.len; i++)
		add_tab(r, f, t->sections.at[i], str_format(r->c->arena, "%.*s/cast/%zu", STR_ARG(href), i + 1), false, i == now, to);
	add_tab(r, f, S("Přílohy"), str_cat(r->c->arena, href, S("/prilohy")), true, now == t->sections.len, to);
	*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = (TabView){.label = S("Kontrola"), .href = str_cat(r->c->arena, href, S("/kontrola"))};
}

static void add_steps(Fill *k, size_t now, FillPage *v) {
	Arena *a = k->r->c->arena;
	Str    href = submission_href(k->r, k->s);
	submission_tabs(k->r, k->s, &k->t, &k->faults, now, &v->parts);
	v->next = now + 1 < k->t.sections.len ? str_format(a, "%.*s/cast/%zu", STR_ARG(href), now + 2) : str_cat(a, href, S("/prilohy"));
	v->previous = now ? str_format(a, "%.*s/cast/%zu", STR_ARG(href), now) : href;
}

static Err open_part(Req *r, Fill *k, size_t *no) {
	i64 n;
	*k = (Fill){.r = r};
	TRY(submission_open(r, &k->s));
	TRY(form_tree(r->c, k->s->form_version, &k->t));
	if (!str_to_int(arg(r, 1), &n) || n < 1 || (size_t)n > k->t.sections.len || !submission_may_see(r->c, k->s))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Tuto část podání nenajdeme. Otevřete podání ze seznamu.");
	*no = (size_t)n - 1;
	k->section = k->t.sections.at[*no];
	TRY(submission_values(r->c, k->s->head.id, &k->v));
	return submission_check(r->c, k->s, &k->faults);
}

static Err read_only(Fill *k, FillPage *v) {
	ReceiptSections all;
	TRY(receipt_sections(k->r->c, &k->t, &k->v, &all));
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(all.at[i].title, k->section))
			v->text = all.at[i];
	return OK;
}

static void add_problems(Fill *k, FillPage *v) {
	Ctx *c = k->r->c;
	if (!c->problems.len || !k->as_typed)
		return;
	ErrorsView *e = NEW_ZERO(c->arena, ErrorsView);
	for (size_t i = 0; i < c->problems.len; i++)
		*ARENA_PUSH(c->arena, e->errors.at, e->errors.len, e->errors.cap) = (LinkView){.label = c->problems.at[i].text};
	v->errors = e;
	k->r->is_error = true;
}

static Err show(Fill *k, size_t no, i64 fresh) {
	Req            *r = k->r;
	Arena          *a = r->c->arena;
	FillPage        v = {.title = k->section, .lead = k->s->title, .version = k->s->head.version};
	SubmissionNotes notes;
	v.may_fill = submission_may_fill(r->c, k->s, &v.why);
	v.action = str_format(a, "%.*s/cast/%zu", STR_ARG(submission_href(r, k->s)), no + 1);
	add_steps(k, no, &v);
	TRY(submission_notes(r->c, k->s, &notes));
	ItemViews all = submission_note_items(r, &k->t, &notes);
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(all.at[i].href, v.action))
			*ARENA_PUSH(a, v.notes.at, v.notes.len, v.notes.cap) = (ItemView){.text = all.at[i].text, .meta = all.at[i].meta};
	v.notes_href = str_cat(a, submission_href(r, k->s), S("/poznamky"));
	if (v.may_fill) {
		v.csrf = csrf_token(r, v.action);
		for (size_t i = 0; i < k->t.len && !v.paste_href.len; i++)
			if (str_eq(k->t.at[i]->section, k->section) && !k->t.at[i]->computed && !form_is(k->t.at[i], FORM_FILE))
				v.paste_href = str_format(a, "%.*s/vlozit?od=%.*s", STR_ARG(submission_href(r, k->s)), STR_ARG(k->t.at[i]->stable));
		v.more_href = str_format(a, "%.*s?radky=%d", STR_ARG(v.action), 10);
		TRY(add_rows(k, fresh, &v));
	} else
		TRY(read_only(k, &v));
	if (k->s->saved_at.ms) {
		CLEANUP(buf_free) Buf at = {0};
		fmt_instant(&at, k->s->saved_at);
		v.saved = str_format(a, "Koncept uložen %.*s", STR_ARG(buf_view(&at)));
	}
	add_problems(k, &v);
	crumb(r, S("Podání"), S("/app/vykaz"));
	crumb(r, k->s->title, submission_href(r, k->s));
	view_fill(page(r, v.title), &v);
	return OK;
}

Err page_submission_part(Req *r) {
	Fill   k;
	size_t no;
	i64    fresh;
	TRY(query_int(r, "radky", FRESH_LINES, 1, GRID_LINES, &fresh));
	TRY(open_part(r, &k, &no));
	return show(&k, no, fresh);
}

typedef struct Names { const char **at; size_t len, cap; } Names;

static void take(Fill *k, const FormField *f, i64 line, TypedList *to, Names *known) {
	Arena      *a = k->r->c->arena;
	const char *value = str_z(a, input_name(k->r, "v", f->stable, line)), *note = str_z(a, input_name(k->r, "n", f->stable, line));
	*ARENA_PUSH(a, known->at, known->len, known->cap) = value;
	*ARENA_PUSH(a, known->at, known->len, known->cap) = note;
	if (form_has(k->r, value))
		*ARENA_PUSH(a, to->at, to->len, to->cap) =
			(Typed){.field = f->stable, .line = line, .value = form(k->r, value), .note = form(k->r, note), .has_note = form_has(k->r, note)};
}

/* Exactly the fields of this part; whatever else comes is refused. */
static Err typed_in(Fill *k, TypedList *ret) {
	Names known = {0};
	bool  is_typed = false;                      /* a part may consist of attachments alone */
	*ARENA_PUSH(k->r->c->arena, known.at, known.len, known.cap) = "dal";
	for (size_t i = 0; i < k->t.len; i++) {
		const FormField *f = k->t.at[i];
		if (!str_eq(f->section, k->section) || f->computed || form_is(f, FORM_FILE))
			continue;
		is_typed = true;
		for (i64 line = f->grid.len ? 1 : 0; line <= (f->grid.len ? GRID_LINES : 0); line++)
			take(k, f, line, ret, &known);
	}
	*ARENA_PUSH(k->r->c->arena, known.at, known.len, known.cap) = NULL;
	TRY(form_only(k->r, known.at));
	return ret->len || !is_typed ? OK : fail(k->r->c, ERR_MALFORMED, NULL, "Formulář nic neposlal. Načtěte stránku znovu.");
}

Err post_submission_part(Req *r) {
	Fill      k;
	size_t    no;
	TypedList typed = {0};
	i64       seen = 0, version;
	bool      is_auto = http_header(r->http, "x-autosave").len > 0;
	TRY(open_part(r, &k, &no));
	TRY(typed_in(&k, &typed));
	(void)(str_to_int(form(r, "version"), &seen));
	Err e = submission_save(r->c, k.s->head.id, seen, &typed, &version);
	if (is_auto && e == OK) {
		http_set_header(r->http, r->res, "X-Row-Version", str_format(r->c->arena, "%lld", (long long)version));
		set_status(r, 204);
		return OK;
	}
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		k.as_typed = true;
		k.is_conflict = e == ERR_CONFLICT;
		for (size_t i = 0; i < typed.len; i++)
			if (typed.at[i].value.len && typed.at[i].line > k.typed_lines)
				k.typed_lines = typed.at[i].line;
		set_status(r, err_status(e));
		return show(&k, no, FRESH_LINES);
	}
	TRY(e);
	if (str_eq(form(r, "dal"), S("radky")))
		return redirect(r, "/app/vykaz/%lld/cast/%zu?radky=10", (long long)k.s->head.id, no + 1);
	if (str_eq(form(r, "dal"), S("zustat"))) {
		notice(r, "Koncept je uložený.");
		return redirect(r, "/app/vykaz/%lld/cast/%zu", (long long)k.s->head.id, no + 1);
	}
	if (no + 1 < k.t.sections.len)
		return redirect(r, "/app/vykaz/%lld/cast/%zu", (long long)k.s->head.id, no + 2);
	return redirect(r, "/app/vykaz/%lld/prilohy", (long long)k.s->head.id);
}
