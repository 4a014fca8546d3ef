/* catalogue_report_page.c: "report an error" of a service, and the list of reports for the region. */
#include "domain/register/catalogue_detail.html.h"
#include "domain/register/catalogue_page.h"
#include "domain/register/catalogue_views_page.h"
#include "domain/register/machines.h"
#include "web/screen.h"

/* Only what the catalogue shows can be reported. */
static Err service_of(Req *r, const CatalogueService **ret) {
	const Catalogue *k;
	Id               id;
	TRY(arg_id(r, 0, &id));
	TRY(catalogue_get(r->c, &k));
	*ret = catalogue_service(k, id);
	return *ret ? OK : fail(r->c, ERR_NOT_FOUND, NULL, "Tato služba v katalogu není. Možná byla ukončena nebo má novou stránku.");
}

static ErrorsView *errors_of(Req *r, const FieldView *const *fields, size_t n) {
	ErrorsView *v = NEW_ZERO(r->c->arena, ErrorsView);
	for (size_t i = 0; i < n; i++)
		if (fields[i]->error.len)
			*ARENA_PUSH(r->c->arena, v->errors.at, v->errors.len, v->errors.cap) =
				(LinkView){.label = fields[i]->error, .href = str_cat(r->c->arena, S("#"), fields[i]->id)};
	return v->errors.len ? v : NULL;
}

static Err show_form(Req *r, const CatalogueService *s) {
	Arena *a = r->c->arena;
	CatalogueReportForm f = {.service = s->name, .href = catalogue_service_href(a, s->id, s->name),
	                         .action = str_format(a, "/katalog/sluzba/%lld/chyba", (long long)s->id), .is_sent = str_eq(query(r, "odeslano"), S("1"))};
	f.csrf = csrf_token(r, f.action);
	f.what = (FieldView){.kind = FIELD_AREA, .name = S("text"), .id = S("text"), .label = S("Co je v údajích špatně"), .rows = 5,
	                     .hint = S("Například: telefon nefunguje, služba se přestěhovala, jiná provozní doba."), .value = form(r, "text"),
	                     .error = field_problem(r, "text")};
	f.email = (FieldView){.name = S("email"), .id = S("email"), .label = S("Váš e-mail"), .optional = true, .type = "email", .autocomplete = "email",
	                      .hint = S("Jen kdybychom se potřebovali doptat."), .value = form(r, "email"), .error = field_problem(r, "email"), .width = WIDTH_20};
	f.errors = errors_of(r, (const FieldView *const[]){&f.what, &f.email}, 2);
	r->is_error = f.errors != NULL;
	r->no_index = true;
	crumb(r, S("Katalog služeb"), S("/katalog"));
	crumb(r, s->name, f.href);
	view_catalogue_report(page(r, f.is_sent ? S("Hlášení přijato") : S("Nahlásit chybu")), &f);
	return OK;
}

Err page_catalogue_report(Req *r) {
	const CatalogueService *s;
	TRY(service_of(r, &s));
	return show_form(r, s);
}

static Err refuse_foreign_fields(Req *r) {
	static const char *const known[] = {"csrf", "text", "email", "adresa-webu"};
	for (size_t i = 0; i < r->http->form.len; i++) {
		bool is_known = false;
		for (size_t n = 0; n < LEN(known); n++)
			is_known |= str_eq(r->http->form.at[i].name, str_c(known[n]));
		if (!is_known)
			return fail(r->c, ERR_MALFORMED, NULL, "Formulář obsahuje pole, které sem nepatří. Načtěte stránku znovu a vyplňte jej ještě jednou.");
	}
	return OK;
}

Err post_catalogue_report(Req *r) {
	const CatalogueService *s;
	TRY(service_of(r, &s));
	TRY(refuse_foreign_fields(r));
	bool is_machine = form(r, "adresa-webu").len > 0;        /* people do not see the field: what fills it in gets its thanks and nothing else */
	Err  e = is_machine ? OK : error_report_add(r->c, s->id, form(r, "text"), form(r, "email"), r->http->client);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_form(r, s);
	}
	TRY(e);
	return redirect(r, "/katalog/sluzba/%lld/chyba?odeslano=1", (long long)s->id);
}

/* ---- /app/hlaseni ---- */

static CatalogueReportRow row_of(Req *r, const ErrorReport *e) {
	Arena *a = r->c->arena;
	const State *s = machine_state(&error_report_machine, e->state);
	CatalogueReportRow row = {.at = e->said_at, .text = e->text, .email = e->email, .done_at = e->done_at, .done_by = e->done_by, .taken_by = e->taken_by,
	                          .answer = e->answer, .state = state_title(&error_report_machine, e->state), .tone = s ? work_tone(s->tone) : TAG_PLAIN};
	void *service;
	size_t said = r->c->problems.len;
	row.service = str_format(a, "služba č. %lld", (long long)e->service);
	if (entity_get(r->c, &service_entity, TODAY, e->service, &service) == OK)
		row.service = ((Service *)service)->name;
	r->c->problems.len = said;
	row.href = str_format(a, "/app/hlaseni/%lld", (long long)e->head.id);
	row.edit_href = row_href(r, &service_entity, e->service);
	row.public_href = catalogue_service_href(a, e->service, row.service);
	row.mail_href = str_cat(a, S("mailto:"), e->email);
	return row;
}

Err page_reports(Req *r) {
	bool         done = str_eq(query(r, "stav"), S("vyrizena"));
	ErrorReports list;
	TRY(error_report_list(r->c, done, &list));
	CatalogueReportList v = {.more = list.more,
	                         .tabs = LIST_OF(TabView, {.label = S("Nevyřízená"), .href = S("/app/hlaseni"), .current = !done},
	                                         {.label = S("Vyřízená"), .href = S("/app/hlaseni?stav=vyrizena"), .current = done})};
	for (size_t i = 0; i < list.len; i++)
		*ARENA_PUSH(r->c->arena, v.rows.at, v.rows.len, v.rows.cap) = row_of(r, list.at[i]);
	view_catalogue_reports(page(r, S("Hlášení chyb z katalogu")), &v);
	return OK;
}

static Err show_report(Req *r, Id id) {
	void     *row;
	WorkPanel panel;
	TRY(entity_get(r->c, &error_report_entity, TODAY, id, &row));
	TRY(work_panel(r, &error_report_machine, id, str_format(r->c->arena, "/app/hlaseni/%lld", (long long)id), &panel));
	CatalogueReportRow v = row_of(r, row);
	crumb(r, S("Hlášení chyb"), S("/app/hlaseni"));
	view_catalogue_report_detail(page(r, S("Hlášení chyby")), &v, &panel);
	return OK;
}

Err page_report(Req *r) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return show_report(r, id);
}

Err post_report(Req *r) {
	Id id;
	TRY(arg_id(r, 0, &id));
	Err err = work_submit(r, &error_report_machine, id);
	if (err == ERR_INVALID || err == ERR_CONFLICT)
		return show_report(r, id);
	TRY(err);
	return redirect(r, "/app/hlaseni/%lld", (long long)id);
}
