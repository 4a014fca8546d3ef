/* catalogue_export_page.c: what was found as a file: CSV, XLSX, JSON; row by row, so that memory does not grow with it. */
#include "core/settings.h"
#include "domain/register/catalogue.sql.h"
#include "domain/register/catalogue_parts_page.h"

static const TableColumn columns[] = {
	{"id", "Číslo v katalogu", CELL_INT, 0, 12},
	{"identifikator", "Identifikátor", CELL_TEXT, 0, 14},
	{"nazev", "Název", CELL_TEXT, 0, 40},
	{"druh_kod", "Kód druhu", CELL_TEXT, 0, 10},
	{"druh", "Druh služby", CELL_TEXT, 0, 32},
	{"podle_zakona", "Podle zákona č. 108/2006 Sb.", CELL_BOOL, 0, 14},
	{"poskytovatel", "Poskytovatel", CELL_TEXT, 0, 36},
	{"ico", "IČO", CELL_TEXT, 0, 12},
	{"formy", "Podoba služby", CELL_TEXT, 0, 24},
	{"cilove_skupiny", "Cílové skupiny", CELL_TEXT, 0, 40},
	{"vekove_skupiny", "Věkové skupiny", CELL_TEXT, 0, 30},
	{"obce", "Obce", CELL_TEXT, 0, 30},
	{"uzemi", "Území (ORP)", CELL_TEXT, 0, 24},
	{"utajena_adresa", "Má místo s utajenou adresou", CELL_BOOL, 0, 12},
	{"kapacita", "Registrovaná kapacita", CELL_TEXT, 0, 24},
	{"telefony", "Telefony", CELL_TEXT, 0, 24},
	{"emaily", "E-maily", CELL_TEXT, 0, 28},
	{"weby", "Weby", CELL_TEXT, 0, 28},
	{"adresa", "Stránka služby", CELL_TEXT, 0, 40},
};

/* Names of the values of a facet that hold service n; whole working groups are no names of the register. */
static void put_values(Buf *b, const Catalogue *k, CatalogueFacet f, size_t n) {
	b->len = 0;
	for (size_t i = 0; i < k->facets[f].len; i++) {
		const CatalogueValue *v = &k->facets[f].at[i];
		if (v->is_whole || !set_has(v->set, n))
			continue;
		if (b->len)
			buf_lit(b, "; ");
		buf_str(b, v->plain);
	}
}

static void put_places(Buf *b, const Catalogue *k, const CatalogueService *s) {
	b->len = 0;
	for (u32 i = 0; i < s->place_count; i++) {
		if (i)
			buf_lit(b, "; ");
		buf_str(b, k->facets[CAT_PLACE].at[k->place_of[s->places + i]].name);
	}
}

static void put_capacities(Buf *b, Arena *scratch, const Catalogue *k, const CatalogueService *s) {
	b->len = 0;
	for (u32 i = 0; i < s->capacity_count; i++) {
		const CatalogueCapacity *c = &k->capacities[s->capacities + i];
		if (i)
			buf_lit(b, "; ");
		buf_str(b, str_replace(scratch, catalogue_capacity_text(scratch, &k->capacity_types.at[c->type], c->count), S("\xC2\xA0"), S(" ")));
	}
}

typedef struct Contacts { Buf phone, email, web; } Contacts;

static void free_contacts(Contacts *c) {
	buf_free(&c->phone);
	buf_free(&c->email);
	buf_free(&c->web);
}

static Err read_contacts(Ctx *c, Id service, Contacts *ret) {
	AsOf at = as_of_full(c, TODAY);
	ret->phone.len = ret->email.len = ret->web.len = 0;
	Rows rows = db_query(ctx_conn(c), &sql_catalogue_contacts, P(V(at.valid), V(at.recorded), V(service)));
	while (rows_next(&rows)) {
		Str  kind = col_text(&rows, 0);
		Buf *to = str_eq(kind, S("phone")) ? &ret->phone : str_eq(kind, S("email")) ? &ret->email : str_eq(kind, S("web")) ? &ret->web : NULL;
		if (!to)
			continue;
		if (to->len)
			buf_lit(to, "; ");
		buf_str(to, col_text(&rows, 1));
	}
	return rows_end(&rows);
}

static Err put_row(Req *r, Arena *scratch, TableWriter *w, const Catalogue *k, u32 n, Contacts *contacts, Buf *b) {
	const CatalogueService  *s = &k->services[n];
	const CatalogueProvider *p = &k->providers[s->provider];
	const CatalogueValue    *kind = &k->facets[CAT_KIND].at[s->kind];
	if (read_contacts(r->c, s->id, contacts) != OK)
		return fail_internal(r->c, "catalogue contacts");
	table_int(w, s->id);
	table_text(w, s->identifier);
	table_text(w, s->name);
	table_text(w, kind->code);
	table_text(w, kind->plain);
	table_bool(w, !s->outside_act);
	table_text(w, p->name);
	table_text(w, p->ico);
	static const CatalogueFacet lists[] = {CAT_FORM, CAT_GROUP, CAT_AGE};
	for (size_t i = 0; i < LEN(lists); i++) {
		put_values(b, k, lists[i], n);
		table_text(w, buf_view(b));
	}
	put_places(b, k, s);
	table_text(w, buf_view(b));
	put_values(b, k, CAT_DISTRICT, n);
	table_text(w, buf_view(b));
	table_bool(w, s->has_secret);
	put_capacities(b, scratch, k, s);
	table_text(w, buf_view(b));
	table_text(w, buf_view(&contacts->phone));
	table_text(w, buf_view(&contacts->email));
	table_text(w, buf_view(&contacts->web));
	table_text(w, str_cat(scratch, web_options()->origin, catalogue_service_href(scratch, s->id, s->name)));
	table_row_end(w);
	return OK;
}

static Str note_of(Req *r, u32 total) {
	CLEANUP(buf_free) Buf b = {0};
	if (web_options()->demo)
		buf_lit(&b, "Ukázková data: poskytovatelé, služby a čísla jsou smyšlené. ");
	buf_lit(&b, "Katalog sociálních služeb, ");
	buf_str(&b, setting_text(r->c, "region.name"));
	buf_lit(&b, ", stav ke dni ");
	fmt_date(&b, r->c->today);
	buf_lit(&b, ", ");
	fmt_count(&b, total, "služba", "služby", "služeb");
	buf_lit(&b, ". Zdroj: registr poskytovatelů sociálních služeb a úpravy kraje.");
	Str s = buf_take(&b, r->c->arena);
	buf_free(&b);
	return s;
}

static Err put_rows(Req *r, TableWriter *w, const Catalogue *k, const CatalogueQuery *q, CatalogueResult *found) {
	CLEANUP(arena_free) Arena scratch = {0};
	CLEANUP(buf_free) Buf     b = {0};
	CLEANUP(free_contacts) Contacts contacts = {0};
	catalogue_rows(r->c->arena, k, q, found);
	for (size_t i = 0; i < found->row_count; i++) {
		TRY(put_row(r, &scratch, w, k, found->rows[i], &contacts, &b));
		arena_reset(&scratch);
	}
	return OK;
}

Err catalogue_export(Req *r, const Catalogue *k, const CatalogueQuery *q) {
	FileFormat      f = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	CatalogueQuery  all = *q;
	CatalogueResult found;
	Buf            *out = NEW_ZERO(r->c->arena, Buf);
	all.limit = 0;
	all.after = all.before = (CatalogueKey){0};
	catalogue_search(r->c->arena, k, &all, &found);
	TRY(download_start(r, format_type(f), str_format(r->c->arena, "katalog-sluzeb.%s", format_suffix(f)), out));
	if (f == FORMAT_JSON)
		http_set_header(r->http, r->res, "Access-Control-Allow-Origin", S("*"));
	TableWriter *w = table_open(r->c->arena, out, f, S("Služby"), columns, LEN(columns), note_of(r, found.total));
	TRY(put_rows(r, w, k, &all, &found));
	if (table_close(w) != OK)
		return fail(r->c, ERR_STORAGE, NULL, "Soubor se nepodařilo připravit, na serveru došlo místo. Zkuste to později.");
	return download_end(r, out);
}
