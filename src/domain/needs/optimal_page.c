/* optimal_page.c: the grid kinds × districts of one year. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/needs/needs_page.h"
#include "domain/needs/optimal.h"
#include "domain/needs/public.html.h"
#include "domain/needs/public_views_page.h"

typedef struct Grid {
	Units       districts;
	OptimalRows stored;
	i64         year;
} Grid;

/* "k-40-U-12": kind, unit, number of the district's column. */
static Str cell_name(Arena *a, Str kind, Str unit, Id district) {
	return str_format(a, "k-%.*s-%.*s-%lld", STR_ARG(kind), STR_ARG(unit), (long long)district);
}

static Err read_grid(Req *r, i64 year, Grid *g) {
	const Unit *region = territory_region(r->c);
	*g = (Grid){.year = year};
	TRY(territory_below(r->c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &g->districts));
	return optimal_of_year(r->c, TODAY, year, &g->stored);
}

static i64 stored_value(const Grid *g, Str kind, Str unit, Id district) {
	for (size_t i = 0; i < g->stored.len; i++)
		if (g->stored.at[i].district == district && str_eq(g->stored.at[i].kind, kind) && str_eq(g->stored.at[i].unit, unit))
			return g->stored.at[i].value;
	return BLANK;
}

static Str value_text(Arena *a, i64 value, Str unit) {
	CLEANUP(buf_free) Buf b = {0};
	if (value == BLANK)
		return (Str){0};
	bool is_beds = str_eq(unit, S("L"));
	fmt_decimal(&b, is_beds ? value / 100 : value, is_beds ? 0 : 2);
	return buf_take(&b, a);
}

static GridRow row_view(Req *r, const Grid *g, const CodeItem *kind, Str unit, bool as_typed) {
	Arena  *a = r->c->arena;
	Str     label = kind->law.len ? str_format(a, "%.*s %.*s", STR_ARG(kind->law), STR_ARG(kind->name)) : kind->name;
	GridRow row = {.label = label, .unit = str_eq(unit, S("L")) ? S("lůžka") : S("úvazky")};
	i64     sum = BLANK;
	for (size_t d = 0; d < g->districts.len; d++) {
		const Unit *u = g->districts.at[d];
		i64         value = stored_value(g, kind->code, unit, u->id);
		GridCell    cell = {.name = cell_name(a, kind->code, unit, u->id), .label = str_format(a, "%.*s, %.*s, %.*s", STR_ARG(kind->name), STR_ARG(row.unit), STR_ARG(u->name))};
		const char *name = str_z(a, cell.name);
		cell.value = as_typed ? form(r, name) : value_text(a, value, unit);
		cell.is_wrong = field_problem(r, name).len > 0;
		if (value != BLANK)
			sum = (sum == BLANK ? 0 : sum) + value;
		*ARENA_PUSH(a, row.cells.at, row.cells.len, row.cells.cap) = cell;
	}
	row.sum = value_text(a, sum, unit);
	return row;
}

static void add_column(Req *r, OptimalView *v, Str label, bool is_number) {
	*ARENA_PUSH(r->c->arena, v->columns.at, v->columns.len, v->columns.cap) = (ColumnView){.label = label, .is_number = is_number};
}

static Err add_rows(Req *r, const Grid *g, bool as_typed, OptimalView *v) {
	CodeItems kinds;
	TRY(codelist_items(r->c, "service_kind", r->c->today, &kinds));
	add_column(r, v, S("Druh služby"), false);
	for (size_t d = 0; d < g->districts.len; d++)
		add_column(r, v, g->districts.at[d]->name, true);
	add_column(r, v, S("Kraj"), true);
	for (size_t i = 0; i < kinds.len; i++) {
		Strs units = optimal_units(r->c, kinds.at[i]->code);
		for (size_t k = 0; k < units.len; k++)
			*ARENA_PUSH(r->c->arena, v->rows.at, v->rows.len, v->rows.cap) = row_view(r, g, kinds.at[i], units.at[k], as_typed);
	}
	return OK;
}

static Err add_years(Req *r, i64 year, OptimalView *v) {
	OptimalYears years;
	TRY(optimal_years(r->c, &years));
	for (size_t i = 0; i < years.len; i++)
		*ARENA_PUSH(r->c->arena, v->years.at, v->years.len, v->years.cap) = (LinkView){
			.label = year_text(r->c->arena, years.at[i]), .href = str_format(r->c->arena, "/app/potreby/optimalni?rok=%lld", (long long)years.at[i]), .current = years.at[i] == year};
	return OK;
}

/* Where the errors lead: to cells, by their names. */
static ErrorsView *errors_of(Req *r, const OptimalView *v) {
	Arena     *a = r->c->arena;
	FieldView *all = NULL;
	size_t     len = 0, cap = 0;
	for (size_t i = 0; i < v->rows.len; i++)
		for (size_t k = 0; k < v->rows.at[i].cells.len; k++) {
			const GridCell *cell = &v->rows.at[i].cells.at[k];
			if (cell->is_wrong)
				*ARENA_PUSH(a, all, len, cap) = (FieldView){.name = cell->name, .error = field_problem(r, str_z(a, cell->name))};
		}
	*ARENA_PUSH(a, all, len, cap) = v->source;
	*ARENA_PUSH(a, all, len, cap) = v->resolution;
	return errors_view(r, all, len);
}

/* `seen`: what the person saw of the grid; blank = what is stored now. */
static Err show(Req *r, i64 year, bool as_typed, Str seen) {
	Arena      *a = r->c->arena;
	Grid        g;
	OptimalView v = {.action = S("/app/potreby/optimalni"), .year = year_text(a, year), .may_write = may(r->c, CAP_NEEDS_OPTIMAL)};
	TRY(read_grid(r, year, &g));
	v.csrf = csrf_token(r, v.action);
	v.seen = seen;
	if (!v.seen.len)
		TRY(optimal_seen(r->c, year, &v.seen));
	TRY(add_rows(r, &g, as_typed, &v));
	TRY(add_years(r, year, &v));
	v.year_field = (FieldView){.name = S("rok"), .id = S("vyber-roku"), .label = S("Rok"), .value = v.year, .width = WIDTH_5, .input_mode = "numeric"};
	v.source = (FieldView){.name = S("source"), .label = S("Odkud čísla jsou"), .hint = S("Zapíše se k číslům, která jste změnili. Například Koncept sítě 2027."),
	                       .value = as_typed ? form(r, "source") : (Str){0}, .error = field_problem(r, "source")};
	v.resolution = (FieldView){.label = S("Usnesení"), .hint = S("Kterým je kraj schválil, například 616/23/ZK."), .optional = true};
	TRY(work_resolution_field(r, &v.resolution, as_typed));
	v.errors = as_typed ? errors_of(r, &v) : NULL;
	r->is_error = v.errors != NULL;
	crumb(r, S("Potřeby území"), S("/app/potreby"));
	view_optimal(page(r, S("Optimální kapacity")), &v);
	return OK;
}

static Err chosen_year(Req *r, Str typed, i64 *ret) {
	*ret = date_year(r->c->today) + 1;
	if (!typed.len)
		return OK;
	if (str_to_int(typed, ret) && *ret >= 2015 && *ret <= 2100)
		return OK;
	return fail(r->c, ERR_MALFORMED, NULL, "Rok: zapište čtyři číslice od 2015 do 2100, například 2027.");
}

Err page_optimal(Req *r) {
	i64 year;
	TRY(chosen_year(r, query(r, "rok"), &year));
	return show(r, year, false, (Str){0});
}

/* Every cell that the page has, as it was typed; a name that is no cell is refused by its parts. */
static Err read_cells(Req *r, OptimalCell **cells, size_t *len) {
	size_t cap = 0;
	*cells = NULL;
	*len = 0;
	for (size_t i = 0; i < r->http->form.len; i++) {
		const Param *p = &r->http->form.at[i];
		Str rest = p->name, first = str_cut(&rest, '-'), kind = str_cut(&rest, '-'), unit = str_cut(&rest, '-');
		Id  district;
		if (!str_eq(first, S("k")) || !kind.len)
			continue;
		if (!str_to_int(rest, &district) || !codelist_find(r->c, "service_kind", kind))
			return fail(r->c, ERR_MALFORMED, NULL, "Formulář obsahuje pole, které sem nepatří. Načtěte stránku znovu.");
		const char *name = str_z(r->c->arena, p->name);
		*ARENA_PUSH(r->c->arena, *cells, *len, cap) = (OptimalCell){.kind = kind, .unit = unit, .district = district, .typed = form(r, name), .field = name};
	}
	return OK;
}

Err post_optimal(Req *r) {
	OptimalCell *cells;
	size_t       count;
	i64          year, changed;
	TRY(chosen_year(r, form(r, "rok"), &year));
	TRY(read_cells(r, &cells, &count));
	Str seen = form(r, "videno");
	if (!seen.len)
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	Err err = optimal_save(r->c, year, seen, cells, count, form(r, "source"), form(r, "resolution"), &changed);
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return show(r, year, true, err == ERR_INVALID ? seen : (Str){0});
	}
	TRY(err);
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, changed, "číslo změněno", "čísla změněna", "čísel změněno");
	if (changed)
		notice(r, "Uloženo: %.*s.", (int)b.len, b.ptr);
	else
		notice(r, "Nic se nezměnilo, všechna čísla už byla uložená.");
	return redirect(r, "/app/potreby/optimalni?rok=%lld", (long long)year);
}
