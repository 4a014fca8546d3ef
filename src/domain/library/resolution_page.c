/* resolution_page.c: resolutions for the public and for officers. Their form: resolution_form_page.c. */
#include "domain/library/resolution_page.h"

#include "domain/library/resolution.html.h"

enum { PAGE_SIZE = 50 };

/* ---- the list ---- */

static TagKind result_kind(Str code) {
	return str_eq(code, S("approved")) ? TAG_OK : str_eq(code, S("rejected")) ? TAG_ERR : str_eq(code, S("returned")) ? TAG_WARN : TAG_PLAIN;
}

static void add_option(Req *r, FieldView *f, Str value, Str label, Str chosen) {
	*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = value, .label = label, .chosen = str_eq(value, chosen)};
}

static Err filter_fields(Req *r, const ResolutionQuery *q, ResolutionsPage *v) {
	Choices   bodies;
	Years     years;
	CodeItems results;
	Arena    *a = r->c->arena;
	TRY(library_bodies(r->c, &bodies));
	TRY(resolution_years(r->c, &years));
	TRY(codelist_items(r->c, "resolution_result", r->c->today, &results));
	v->search = (FieldView){.name = S("q"), .label = S("Číslo nebo slovo"), .value = q->search, .type = "search", .width = WIDTH_20};
	v->body = (FieldView){.kind = FIELD_SELECT, .name = S("organ"), .label = S("Orgán")};
	v->year = (FieldView){.kind = FIELD_SELECT, .name = S("rok"), .label = S("Rok")};
	v->result = (FieldView){.kind = FIELD_SELECT, .name = S("vysledek"), .label = S("Výsledek")};
	add_option(r, &v->body, (Str){0}, S("všechny orgány"), (Str){0});
	add_option(r, &v->year, (Str){0}, S("všechny roky"), (Str){0});
	add_option(r, &v->result, (Str){0}, S("jakýkoli"), (Str){0});
	for (size_t i = 0; i < bodies.len; i++)
		add_option(r, &v->body, str_format(a, "%lld", (long long)bodies.at[i].id), bodies.at[i].name, str_format(a, "%lld", (long long)q->body));
	for (size_t i = 0; i < years.len; i++)
		add_option(r, &v->year, str_format(a, "%d", years.at[i]), str_format(a, "%d", years.at[i]), str_format(a, "%d", q->year));
	for (size_t i = 0; i < results.len; i++)
		add_option(r, &v->result, results.at[i]->code, results.at[i]->name, q->result);
	return OK;
}

static Err read_query(Req *r, ResolutionQuery *q) {
	i64 year, body;
	TRY(query_int(r, "rok", 0, 2000, 2999, &year));
	TRY(query_int(r, "organ", 0, 1, INT64_MAX / 2, &body));
	*q = (ResolutionQuery){.body = body, .year = (int)year, .result = query(r, "vysledek"), .search = query(r, "q")};
	if (utf8_count(q->search) > 200)
		return fail(r->c, ERR_MALFORMED, NULL, "Hledaný text má víc než 200 znaků. Zkraťte jej.");
	return OK;
}

static Err show_list(Req *r, ResolutionsPage *v, bool office) {
	ResolutionQuery q;
	ResolutionRows  rows;
	i64             page_no;
	Arena          *a = r->c->arena;
	TRY(read_query(r, &q));
	TRY(query_int(r, "strana", 1, 1, 100000, &page_no));
	TRY(resolutions_list(r->c, q, &rows));
	if (r->format != PAGE_HTML)
		return resolutions_export(r, &rows);
	if (!office && rows.len)
		v->downloads = library_downloads(r);
	TRY(filter_fields(r, &q, v));
	v->is_filtered = q.body || q.year || q.result.len || q.search.len;
	for (size_t i = (size_t)(page_no - 1) * PAGE_SIZE; i < rows.len && i < (size_t)page_no * PAGE_SIZE; i++)
		*ARENA_PUSH(a, v->lines.at, v->lines.len, v->lines.cap) = (ResolutionLine){.row = &rows.at[i], .kind = result_kind(rows.at[i].r.result),
			.result = codelist_name(r->c, "resolution_result", rows.at[i].r.result),
			.href = office ? str_format(a, "/app/usneseni/%lld", (long long)rows.at[i].r.head.id) : resolution_href(a, rows.at[i].r.number)};
	v->caption = str_format(a, "Počet usnesení: %zu, nejnovější první", rows.len);
	v->empty_text = v->is_filtered ? S("Zkuste jiné slovo, rok nebo orgán.") : S("Usnesení sem zapisuje odbor kraje.");
	Str base = url_with(r, "strana", S("0"));
	v->pager = (PagerView){.label = S("Stránkování usnesení"), .base = str_first(base, base.len - 1), .page = page_no, .pages = (i64)((rows.len + PAGE_SIZE - 1) / PAGE_SIZE)};
	view_resolutions(page(r, S("Usnesení")), v);
	return OK;
}

Err page_resolutions(Req *r) {
	ResolutionsPage v = {.action = S("/usneseni")};
	r->description = S("Usnesení Rady a Zastupitelstva kraje o sociálních službách.");
	return show_list(r, &v, false);
}

Err page_office_resolutions(Req *r) {
	ResolutionsPage v = {.action = S("/app/usneseni")};
	if (may(r->c, CAP_RESOLUTION_CREATE))
		v.new_href = S("/app/usneseni/nove");
	return show_list(r, &v, true);
}

/* ---- one resolution ---- */

static Err show(Req *r, const Resolution *x, bool office) {
	Arena         *a = r->c->arena;
	ResolutionPage v = {.x = x, .title = str_format(a, "Usnesení %.*s", STR_ARG(x->number)), .lead = x->title, .kind = result_kind(x->result),
	                    .result = codelist_name(r->c, "resolution_result", x->result), .permanent = url_absolute(r, resolution_href(a, x->number))};
	add_pair_text(r, &v.pairs, "Orgán", library_owner_name(r->c, x->body));
	add_pair_text(r, &v.pairs, "Den rozhodnutí", format_text(a, fmt_date, x->decided_on));
	if (x->file != BLANK && x->file) {
		StoredFile f;
		TRY(files_get(r->c, x->file, &f));
		v.file = str_format(a, "%.*s (%.*s)", STR_ARG(f.name), STR_ARG(upload_words(a, &f)));
		v.file_href = str_cat(a, resolution_href(a, x->number), S("/soubor"));
	}
	Str row = str_format(a, "/app/usneseni/%lld", (long long)x->head.id);
	if (office && may(r->c, CAP_RESOLUTION_UPDATE))
		v.edit = str_cat(a, row, S("/upravit"));
	if (office && may(r->c, CAP_DOCUMENT_READ) && may(r->c, "history.read"))
		v.history = str_cat(a, row, S("/historie"));
	if (!office && may(r->c, CAP_RESOLUTION_UPDATE))
		v.office = row;
	crumb(r, S("Usnesení"), office ? S("/app/usneseni") : S("/usneseni"));
	view_resolution(page(r, v.title), &v);
	return OK;
}

static Err by_address(Req *r, Resolution *ret) {
	return resolution_by_number(r->c, str_replace(r->c->arena, arg(r, 0), S("-"), S("/")), ret);
}

Err page_resolution(Req *r) {
	Resolution x;
	TRY(by_address(r, &x));
	return show(r, &x, false);
}

Err page_resolution_file(Req *r) {
	Resolution x;
	TRY(by_address(r, &x));
	if (x.file == BLANK || !x.file)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Usnesení soubor nemá.");
	return send_stored_file(r, x.file);
}

Err page_office_resolution(Req *r) {
	Resolution x;
	Id         id;
	TRY(arg_id(r, 0, &id));
	TRY(resolution_get(r->c, id, &x));
	return show(r, &x, true);
}

/* ---- for steps that a body decides ---- */

enum { OFFERED = 30, TITLE_OFFERED = 80 };

static Err newest(Ctx *c, OptionViews *ret) {
	ResolutionRows all;
	TRY(resolutions_list(c, (ResolutionQuery){0}, &all));
	for (size_t i = 0; i < all.len && i < OFFERED; i++) {
		const Resolution *x = &all.at[i].r;
		CLEANUP(buf_free) Buf label = {0};
		fmt_date(&label, x->decided_on);
		buf_lit(&label, ", ");
		buf_str(&label, utf8_first(x->title, TITLE_OFFERED));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (OptionView){.value = x->number, .label = buf_take(&label, c->arena)};
	}
	return OK;
}

const WorkResolutions work_resolutions = {resolution_link, newest, "/app/usneseni/nove", CAP_RESOLUTION_CREATE};
