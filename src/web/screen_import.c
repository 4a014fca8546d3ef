/* screen_import.c: a file into any entity: upload, preview, one confirmation that applies all or nothing. */
#include "web/screen_views.h"
#include "web/screens.html.h"

static Err show_upload(Req *r) {
	const Entity *e = r->route->entity;
	Arena        *a = r->c->arena;
	Str           list = str_c(e->path);
	ScreenImport  v = {.title = str_format(a, "Načíst ze souboru: %s", e->many), .back = list, .action = str_cat(a, list, S("/import")),
	                   .sample = str_cat(a, list, S(".xlsx"))};
	v.csrf = csrf_token(r, v.action);
	v.file = (FieldView){.kind = FIELD_FILE, .name = S("soubor"), .label = S("Soubor"), .hint = S("XLSX, CSV nebo JSON, nejvýše 10 MB."),
	                     .accept = S(".xlsx,.csv,.json"), .error = field_problem(r, "soubor")};
	v.errors = errors_view(r, &v.file, 1);
	r->is_error = v.errors != NULL;
	crumb(r, screen_capital(a, e->many), list);
	view_screen_import(page(r, v.title), &v);
	return OK;
}

Err screen_import(Req *r) {
	return show_upload(r);
}

static Err again(Req *r, Err err) {
	set_status(r, err_status(err));
	return show_upload(r);
}

Err screen_import_upload(Req *r) {
	const Entity *e = r->route->entity;
	const Upload *file = form_file(r, "soubor");
	ImportPreview made;
	if (!file) {
		fail(r->c, ERR_INVALID, "soubor", "Vyberte soubor, který chcete načíst.");
		return again(r, ERR_INVALID);
	}
	Err err = exchange_preview(r->c, e, file->file_name, file->bytes, file->fd, &made);
	if (err == ERR_INVALID || err == ERR_TYPE || err == ERR_TOO_LARGE)
		return again(r, err);
	TRY(err);
	return redirect(r, "%s/import/%lld", e->path, (long long)made.id);
}

/* ---- the preview ---- */

static Err load(Req *r, ImportPreview *p) {
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(exchange_preview_get(r->c, id, p));
	if (p->entity != r->route->entity)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Náhled s tímto číslem neexistuje.");
	return OK;
}

static KpiView kpi(Arena *a, const char *label, i64 n) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_int(&b, n);
	KpiView k = {.label = str_c(label), .value = buf_take(&b, a)};
	buf_free(&b);
	return k;
}

/* One line of the table per wrong or changed cell: what, where, from what to what. */
static void add_rows(Req *r, const ImportPreview *p, PreviewView *v) {
	Arena *a = r->c->arena;
	for (size_t i = 0; i < p->len; i++) {
		const ImportRow *row = &p->at[i];
		RowState state = row->verdict == IMPORT_NEW ? ROW_NEW : row->verdict == IMPORT_CHANGED ? ROW_CHANGED : row->verdict == IMPORT_ERROR ? ROW_WRONG : ROW_SAME;
		size_t   lines = row->cell_count && row->verdict != IMPORT_NEW ? row->cell_count : 1;
		for (size_t k = 0; k < lines; k++) {
			const ImportCell *cell = row->cell_count && row->verdict != IMPORT_NEW ? &row->cells[k] : NULL;
			PreviewRow        out = {.state = state, .place = cell && cell->place.len ? cell->place : str_format(a, "řádek %lld", (long long)row->line)};
			*ARENA_PUSH(a, out.cells.at, out.cells.len, out.cells.cap) = (CellView){.now = row->title};
			*ARENA_PUSH(a, out.cells.at, out.cells.len, out.cells.cap) = (CellView){.now = cell && cell->field ? str_c(cell->field->label) : (Str){0}};
			*ARENA_PUSH(a, out.cells.at, out.cells.len, out.cells.cap) =
				cell ? (CellView){.before = cell->before, .now = cell->after, .error = cell->error} : (CellView){0};
			*ARENA_PUSH(a, v->rows.at, v->rows.len, v->rows.cap) = out;
		}
	}
}

static Err show_preview(Req *r, const ImportPreview *p) {
	const Entity *e = p->entity;
	Arena        *a = r->c->arena;
	ScreenPreview v = {.title = str_format(a, "Náhled souboru: %s", e->many), .lead = p->file_name, .back = str_c(e->path), .is_dated = e->dated};
	v.action = str_format(a, "%s/import/%lld", e->path, (long long)p->id);
	v.csrf = csrf_token(r, v.action);
	v.is_open = str_eq(p->state, S("open"));
	v.may_apply = p->errors == 0 && p->added + p->changed > 0;
	v.annotated = p->errors ? str_cat(a, v.action, S("/chyby")) : (Str){0};
	*ARENA_PUSH(a, v.counts.at, v.counts.len, v.counts.cap) = kpi(a, "Nové", p->added);
	*ARENA_PUSH(a, v.counts.at, v.counts.len, v.counts.cap) = kpi(a, "Změněné", p->changed);
	*ARENA_PUSH(a, v.counts.at, v.counts.len, v.counts.cap) = kpi(a, "Beze změny", p->same);
	*ARENA_PUSH(a, v.counts.at, v.counts.len, v.counts.cap) = kpi(a, "S chybou", p->errors);
	ColumnView columns[] = {{.label = S("Záznam")}, {.label = S("Údaj")}, {.label = S("Hodnota")}};
	v.preview.table = (TableView){.id = S("nahled"), .caption = S("Co se změní"), .kind = "dense", .scrolls = true,
	                              .columns = {.at = columns, .len = LEN(columns)}};
	add_rows(r, p, &v.preview);
	i64 shown = (i64)p->len, all = p->added + p->changed + p->errors;
	if (all > shown)
		v.more = str_format(a, "Zobrazeno prvních %lld řádků z %lld.", (long long)shown, (long long)all);
	v.apply = str_format(a, "Uložit změny (%lld)", (long long)(p->added + p->changed));
	v.from = (FieldView){.kind = FIELD_DATE, .name = S("valid_from"), .label = S("Změny platí od"), .hint = S("Prázdné pole znamená ode dneška."), .optional = true,
	                     .error = field_problem(r, "valid_from"), .value = form(r, "valid_from")};
	v.errors = errors_view(r, &v.from, 1);
	r->is_error = v.errors != NULL;
	crumb(r, screen_capital(a, e->many), v.back);
	crumb(r, S("Načíst ze souboru"), str_cat(a, v.back, S("/import")));
	view_screen_preview(page(r, S("Náhled")), &v);
	return OK;
}

Err screen_import_preview(Req *r) {
	ImportPreview p;
	TRY(load(r, &p));
	return show_preview(r, &p);
}

Err screen_import_apply(Req *r) {
	ImportPreview p;
	const char   *why;
	Date          from = r->c->today;
	TRY(load(r, &p));
	Str typed = form(r, "valid_from");
	Err err = typed.len && !read_date(typed, &from, &why) ? fail(r->c, ERR_INVALID, "valid_from", "Změny platí od: %s", why)
	                                                      : exchange_apply(r->c, p.id, from, &p);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return show_preview(r, &p);
	}
	TRY(err);
	notice(r, "Soubor je načtený: nových %lld, změněných %lld.", (long long)p.added, (long long)p.changed);
	return redirect(r, "%s", p.entity->path);
}

Err screen_import_annotated(Req *r) {
	ImportPreview p;
	TRY(load(r, &p));
	Buf *out = NEW_ZERO(r->c->arena, Buf);
	TRY(download_start(r, format_type(FORMAT_XLSX), str_format(r->c->arena, "%s-chyby.xlsx", p.entity->name), out));
	TRY(exchange_annotated(r->c, p.id, out));
	return download_end(r, out);
}
