/* screen_list.c: the list of an entity: filters, chips, order, paging and downloads, all in the address. */
#include "web/screen_views.h"
#include "web/screens.html.h"

/* ---- the address ---- */

static const Field *order_field(Req *r, const Entity *e) {
	Str          name = query(r, "radit");
	const Field *f = name.len ? entity_field(e, name) : NULL;
	return f && may_see_field(r, e, f) && !field_is_linked(f) && (f->sort || f->list) ? f : NULL;
}

/* The value of a filter in people's words. */
static Str shown_value(Req *r, const Field *f, Str value) {
	Id id;
	if (f->type == TYPE_CODE || f->type == TYPE_CODES)
		return codelist_name(r->c, f->codelist, value);
	if (f->type == TYPE_BOOL)
		return str_eq(value, S("1")) ? S("ano") : S("ne");
	if (f->type != TYPE_REF || !str_to_int(value, &id) || id <= 0)
		return value;
	void *row = entity_new(r->c->arena, r->route->entity);
	*(Id *)field_at(f, row) = id;
	return field_people(r->c, f, row);
}

static void add_filter(Req *r, const Field *f, const char *parameter, Str value, bool is_from, bool is_to, ListState *s) {
	Arena *a = r->c->arena;
	size_t cap = s->query.filter_count;          /* grows by one: filters are few */
	ARENA_PUSH(a, s->query.filters, s->query.filter_count, cap);
	s->query.filters[s->query.filter_count - 1] = (ListFilter){.field = f, .value = value, .is_from = is_from, .is_to = is_to};
	Str shown = shown_value(r, f, value);
	*ARENA_PUSH(a, s->chips.at, s->chips.len, s->chips.cap) = (LinkView){
		.label = str_format(a, "%s: %s%.*s", f->label, is_from ? "od " : is_to ? "do " : "", STR_ARG(shown)), .href = url_with(r, parameter, (Str){0})};
}

static void read_filters(Req *r, const Entity *e, ListState *s) {
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		if (!f->filter || !may_see_field(r, e, f))
			continue;
		Str value = query(r, f->name);
		if (value.len)
			add_filter(r, f, f->name, value, false, false, s);
		if (f->type != TYPE_DATE && f->type != TYPE_INT)
			continue;
		for (int k = 0; k < 2; k++) {
			const char *name = str_z(r->c->arena, str_format(r->c->arena, "%s-%s", f->name, k ? "do" : "od"));
			Str         bound = query(r, name);
			if (bound.len)
				add_filter(r, f, name, bound, k == 0, k == 1, s);
		}
	}
}

Err list_state_read(Req *r, const Entity *e, ListState *s) {
	*s = (ListState){0};
	TRY(query_int(r, "strana", 1, 1, 1000000, &s->page));
	TRY(query_int(r, "na-stranku", 25, 10, 100, &s->page_size));
	if (e->dated)
		TRY(query_as_of(r, &s->query.at));
	s->query.search = query(r, "q");
	if (utf8_count(s->query.search) > 200)
		return fail(r->c, ERR_MALFORMED, NULL, "Hledaný text má víc než 200 znaků. Zkraťte jej.");
	if (s->query.search.len)
		*ARENA_PUSH(r->c->arena, s->chips.at, s->chips.len, s->chips.cap) = (LinkView){
			.label = str_format(r->c->arena, "„%.*s“", STR_ARG(s->query.search)), .href = url_with(r, "q", (Str){0})};
	read_filters(r, e, s);
	s->query.order = order_field(r, e);
	s->query.descending = str_eq(query(r, "smer"), S("dolu"));
	s->query.as_on_pages = !s->query.descending;
	s->query.limit = s->page_size;
	s->query.offset = (s->page - 1) * s->page_size;
	s->query.want_total = true;
	return OK;
}

/* ---- downloads ---- */

Err list_export(Req *r, const Entity *e, const ListQuery *q) {
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	ListQuery  all = *q;
	all.limit = -1;
	all.offset = 0;
	Buf *out = NEW_ZERO(r->c->arena, Buf);
	Str  name = str_format(r->c->arena, "%s.%s", e->many, format_suffix(format));
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : name, out));
	TRY(exchange_export(r->c, e, &all, format, out));
	return download_end(r, out);
}

/* ---- the page ---- */

static const Field *list_column(const Entity *e, int position) {
	for (size_t i = 0; i < e->field_count; i++)
		if (e->fields[i].list == position)
			return &e->fields[i];
	return NULL;
}

static ColumnView column_view(Req *r, const Field *f, const ListState *s, const Entity *e) {
	ColumnView c = {.label = str_c(f->label), .is_number = f->type == TYPE_INT || f->type == TYPE_MONEY || f->type == TYPE_FTE || f->type == TYPE_PERCENT};
	bool         by_pages = s->query.as_on_pages && !s->query.order && (e->due || e->newest_first);     /* that is no column's order */
	const Field *order = s->query.order ? s->query.order : by_pages ? NULL : entity_field(e, str_c(e->order ? e->order : e->title));
	if (field_is_linked(f) || (!f->sort && f->type != TYPE_DATE && f->type != TYPE_INSTANT && f->type != TYPE_INT && f != order))
		return c;
	bool is_this = f == order;
	c.sorted = !is_this ? NOT_SORTED : s->query.descending ? SORTED_DOWN : SORTED_UP;
	c.href = url_with(r, "radit", str_c(f->name));
	Str way = is_this && !s->query.descending ? S("dolu") : S("");
	if (way.len)
		c.href = str_cat(r->c->arena, c.href, S("&smer=dolu"));
	return c;
}

static FieldView filter_field(Req *r, const Field *f) {
	FieldView v = field_view(r, f, entity_new(r->c->arena, r->route->entity), false);
	Str       value = query(r, f->name);
	v.hint = (Str){0};
	v.error = (Str){0};
	v.optional = false;
	v.needed = (Str){0};
	if (f->type == TYPE_BOOL || f->type == TYPE_CODE || f->type == TYPE_CODES) {
		v.kind = FIELD_SELECT;
		if (f->type == TYPE_BOOL) {
			static const char *const words[][2] = {{"", "nerozhoduje"}, {"1", "ano"}, {"0", "ne"}};
			v.chosen = false;
			for (size_t i = 0; i < LEN(words); i++)
				*ARENA_PUSH(r->c->arena, v.options.at, v.options.len, v.options.cap) = (OptionView){.value = str_c(words[i][0]), .label = str_c(words[i][1])};
		} else if (f->type == TYPE_CODE) {
			v.options.at[0].label = S("nerozhoduje");
		} else {
			OptionViews all = {0};
			*ARENA_PUSH(r->c->arena, all.at, all.len, all.cap) = (OptionView){.label = S("nerozhoduje")};
			for (size_t i = 0; i < v.options.len; i++)
				*ARENA_PUSH(r->c->arena, all.at, all.len, all.cap) = v.options.at[i];
			v.options = all;
		}
		for (size_t i = 0; i < v.options.len; i++)
			v.options.at[i].chosen = str_eq(v.options.at[i].value, value);
		return v;
	}
	v.value = value;
	if (v.kind == FIELD_SELECT && v.options.len && !v.options.at[0].value.len)
		v.options.at[0].label = S("nerozhoduje");
	return v;
}

static EmptyView empty_view(Req *r, const Entity *e, const ListState *s) {
	EmptyView v = {.title = str_format(r->c->arena, "Zatím tu nejsou žádné %s", e->many),
	               .text = may(r->c, e->write) ? S("Založte první záznam, nebo je načtěte ze souboru.") : S("Jakmile se vás nějaký bude týkat, uvidíte ho tady.")};
	if (s->chips.len) {
		v.title = S("Zadání nic neodpovídá");
		v.text = S("Zkuste některý z filtrů zrušit nebo hledat kratší slovo.");
	}
	return v;
}

/* The path itself, not one that takes it for an argument. */
static bool has_page(Req *r, Str path) {
	const Route *route = web_route_of(r->c->arena, GET, path);
	return route && str_eq(str_c(route->path), path);
}

/* What the list is narrowed to is known of a new row: the form begins with it. {0} = rows are not made by a form. */
static Str new_href(Req *r, const Entity *e) {
	Str path = str_cat(r->c->arena, str_c(e->path), S("/novy"));
	if (!has_page(r, path))
		return (Str){0};
	CLEANUP(buf_free) Buf out = {0};
	buf_str(&out, path);
	for (const char **name = screen_fields(r, e); *name; name++) {
		const Field *f = entity_field(e, str_c(*name));
		Str          value = query(r, *name);
		if (!f || !f->filter || !value.len)
			continue;
		buf_format(&out, "%c%s=", out.len == path.len ? '?' : '&', *name);
		html_url_str(&out, value);
	}
	return buf_take(&out, r->c->arena);
}

Err screen_list(Req *r) {
	const Entity *e = r->route->entity;
	ListState     s;
	EntityList    rows;
	TRY(list_state_read(r, e, &s));
	if (r->format != PAGE_HTML)
		return list_export(r, e, &s.query);
	TRY(entity_list(r->c, e, &s.query, &rows));
	Arena     *a = r->c->arena;
	ScreenList v = {.entity = e, .total = rows.total, .rows = rows, .chips = s.chips, .may_write = may(r->c, e->write)};
	v.has_import = has_page(r, str_cat(r->c->arena, str_c(e->path), S("/import")));
	for (int i = 1; i <= 9; i++) {
		const Field *f = list_column(e, i);
		if (!f || !may_see_field(r, e, f))
			continue;
		strs_add(a, &v.names, str_c(f->name));
		*ARENA_PUSH(a, v.columns.at, v.columns.len, v.columns.cap) = column_view(r, f, &s, e);
	}
	for (size_t i = 0; i < e->field_count; i++)
		if (e->fields[i].filter && may_see_field(r, e, &e->fields[i]))
			*ARENA_PUSH(a, v.filters, v.filter_count, v.filter_cap) = filter_field(r, &e->fields[i]);
	v.req = r;
	v.new_href = new_href(r, e);
	v.search = query(r, "q");
	v.pager = (PagerView){.label = S("Stránkování seznamu"), .page = s.page, .pages = (rows.total + s.page_size - 1) / s.page_size};
	Str here = url_with(r, "strana", (Str){0});
	v.pager.base = str_cat(a, here, str_has(here, S("?")) ? S("&strana=") : S("?strana="));
	static const char *const suffixes[] = {"csv", "xlsx", "json"}, *const names[] = {"CSV", "XLSX", "JSON"};
	for (size_t i = 0; i < LEN(suffixes); i++)
		*ARENA_PUSH(a, v.downloads.at, v.downloads.len, v.downloads.cap) = (LinkView){.label = str_c(names[i]), .href = url_with_format(r, suffixes[i])};
	v.empty = empty_view(r, e, &s);
	v.as_of = as_of_view(r, S("Stav seznamu"));
	CLEANUP(buf_free) Buf found = {0};
	buf_lit(&found, "Nalezeno ");
	fmt_count(&found, rows.total, e->one, e->many, e->of_many);
	v.found = buf_take(&found, a);
	buf_free(&found);
	v.title = screen_capital(a, e->many);
	view_screen_list(page(r, v.title), &v);
	return OK;
}
