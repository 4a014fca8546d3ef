/* edit_page.c: forms of providers, services and parts of services, by their addresses. */
#include "domain/register/edit_page.h"

#include "domain/register/edit_form_page.h"
#include "domain/register/service_page.h"

/* ---- services ---- */

static Err no_service(Req *r) {
	return fail(r->c, ERR_NOT_FOUND, NULL, "Služba neexistuje, nebo k ní nemáte přístup.");
}

Err service_open(Req *r, AsOf at, Service **ret, Id *moved) {
	Id    id;
	void *row;
	*ret = NULL;
	*moved = 0;
	TRY(arg_id(r, 0, &id));
	size_t said = r->c->problems.len;
	Err    err = entity_get(r->c, &service_entity, at, id, &row);
	if (err == OK && !((Service *)row)->merged_into) {
		*ret = row;
		return OK;
	}
	if (err != OK && err != ERR_NOT_FOUND)
		return err;
	r->c->problems.len = said;
	TRY(register_redirect(r->c, "service", id, moved));
	if (err == OK) {                             /* the days before it was merged can still be read */
		*ret = row;
		return OK;
	}
	return *moved ? OK : no_service(r);
}

/* To be changed: there today and not merged. */
static Err service_to_edit(Req *r, Service **ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &service_entity, TODAY, id, &row));
	*ret = row;
	if ((*ret)->merged_into)
		return fail(r->c, ERR_CONFLICT, NULL, "Služba byla sloučena do jiné. Upravte tu, do které byla sloučena.");
	return OK;
}

static EditForm service_form(Req *r, const Service *s) {
	EditForm f = {.entity = &service_entity, .fields = service_form_fields, .title = S("Nová služba"), .action = S("/app/sluzby/novy"), .back = S("/app/sluzby"),
	          .lead = S("Registrované služby přicházejí z registru samy. Tady se zakládají hlavně služby mimo zákon.")};
	crumb(r, S("Služby"), S("/app/sluzby"));
	if (!s)
		return f;
	f.title = S("Upravit údaje služby");
	f.lead = s->name;
	f.back = row_href(r, &service_entity, s->head.id);
	f.action = str_cat(r->c->arena, f.back, S("/upravit"));
	crumb(r, s->name, f.back);
	return f;
}

Err page_service_new(Req *r) {
	Service *s = entity_new(r->c->arena, &service_entity);
	Id       provider;
	EditForm f = service_form(r, NULL);
	s->is_public = true;
	if (str_to_int(query(r, "poskytovatel"), &provider))
		s->provider = provider;
	return edit_show(r, &f, s, EDIT_FRESH);
}

Err post_service_new(Req *r) {
	Service *s = entity_new(r->c->arena, &service_entity);
	EditForm f = service_form(r, NULL);
	bool     done;
	TRY(edit_save(r, &f, s, NULL, &done));
	if (!done)
		return OK;
	notice(r, "Služba je založená. Doplňte jí formy, kapacity, místa a kontakty.");
	return redirect(r, "/app/sluzby/%lld", (long long)s->head.id);
}

Err page_service_edit(Req *r) {
	Service *s;
	TRY(service_to_edit(r, &s));
	EditForm f = service_form(r, s);
	return edit_show(r, &f, s, EDIT_FRESH);
}

Err post_service_edit(Req *r) {
	Service *s;
	bool     done;
	TRY(service_to_edit(r, &s));
	EditForm f = service_form(r, s);
	TRY(edit_save(r, &f, entity_copy(r->c->arena, &service_entity, s), s, &done));
	if (!done)
		return OK;
	notice(r, "Údaje služby jsou uložené.");
	return redirect(r, "%.*s", STR_ARG(f.back));
}

/* ---- providers ---- */

static Err provider_to_edit(Req *r, Provider **ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &provider_entity, TODAY, id, &row));
	*ret = row;
	if ((*ret)->merged_into)
		return fail(r->c, ERR_CONFLICT, NULL, "Poskytovatel byl sloučen do jiného. Upravte toho, do kterého byl sloučen.");
	return OK;
}

static EditForm provider_form(Req *r, const Provider *p) {
	EditForm f = {.entity = &provider_entity, .fields = provider_form_fields, .title = S("Nový poskytovatel"), .action = S("/app/poskytovatele/novy"),
	          .back = S("/app/poskytovatele")};
	crumb(r, S("Poskytovatelé"), S("/app/poskytovatele"));
	if (!p)
		return f;
	f.title = S("Upravit údaje poskytovatele");
	f.lead = p->name;
	f.back = row_href(r, &provider_entity, p->head.id);
	f.action = str_cat(r->c->arena, f.back, S("/upravit"));
	crumb(r, p->name, f.back);
	return f;
}

Err page_provider_new(Req *r) {
	EditForm f = provider_form(r, NULL);
	return edit_show(r, &f, entity_new(r->c->arena, &provider_entity), EDIT_FRESH);
}

Err post_provider_new(Req *r) {
	Provider *p = entity_new(r->c->arena, &provider_entity);
	EditForm  f = provider_form(r, NULL);
	bool      done;
	TRY(edit_save(r, &f, p, NULL, &done));
	if (!done)
		return OK;
	notice(r, "Poskytovatel je založený.");
	return redirect(r, "/app/poskytovatele/%lld", (long long)p->head.id);
}

Err page_provider_edit(Req *r) {
	Provider *p;
	TRY(provider_to_edit(r, &p));
	EditForm f = provider_form(r, p);
	return edit_show(r, &f, p, EDIT_FRESH);
}

Err post_provider_edit(Req *r) {
	Provider *p;
	bool      done;
	TRY(provider_to_edit(r, &p));
	EditForm f = provider_form(r, p);
	TRY(edit_save(r, &f, entity_copy(r->c->arena, &provider_entity, p), p, &done));
	if (!done)
		return OK;
	notice(r, "Údaje poskytovatele jsou uložené.");
	return redirect(r, "%.*s", STR_ARG(f.back));
}

/* ---- parts of a service ---- */

static EditForm part_form(Req *r, const Service *s, const EntityHead *row) {
	Arena          *a = r->c->arena;
	const PartKind *k = part_kind(r->route->entity);
	Str             service = row_href(r, &service_entity, s->head.id);
	EditForm f = {.entity = k->entity, .fields = k->fields, .service = s->head.id, .lead = s->name, .back = str_format(a, "%.*s/%s", STR_ARG(service), k->tab)};
	f.title = row->id ? str_format(a, "Upravit: %s", k->entity->one) : str_c(k->new_title);
	f.action = row->id ? str_format(a, "%.*s/%s/%lld", STR_ARG(service), k->path, (long long)row->id) : str_format(a, "%.*s/%s/novy", STR_ARG(service), k->path);
	crumb(r, S("Služby"), S("/app/sluzby"));
	crumb(r, s->name, service);
	return f;
}

/* A new part stands on its service from the start. */
static Err part_new(Req *r, Service **service, void **ret) {
	TRY(service_to_edit(r, service));
	const Entity *e = r->route->entity;
	*ret = entity_new(r->c->arena, e);
	const Field *f = entity_field(e, S("service"));
	if (f)
		*(Id *)field_at(f, *ret) = (*service)->head.id;
	Id form_row;
	if (e == &capacity_entity && str_to_int(query(r, "forma"), &form_row))
		((Capacity *)*ret)->form_row = form_row;
	return OK;
}

static Err part_stored(Req *r, Service **service, void **ret) {
	Id id, owner;
	TRY(service_to_edit(r, service));
	TRY(arg_id(r, 1, &id));
	TRY(entity_get(r->c, r->route->entity, TODAY, id, ret));
	TRY(part_service(r->c, r->route->entity, *ret, &owner));
	return owner == (*service)->head.id ? OK : fail(r->c, ERR_NOT_FOUND, NULL, "Tato část u služby není. Vraťte se na službu a vyberte ji znovu.");
}

/* A capacity cannot be moved to a form of another service by a forged form. */
static Err own_form_row(Req *r, const Service *s, const void *row) {
	Id owner;
	if (r->route->entity != &capacity_entity || !((const Capacity *)row)->form_row)
		return OK;
	TRY(part_service(r->c, &capacity_entity, row, &owner));
	return owner == s->head.id ? OK : fail(r->c, ERR_NOT_FOUND, NULL, "Tato forma u služby není. Vraťte se na službu a vyberte ji znovu.");
}

Err page_part_new(Req *r) {
	Service *s;
	void    *row;
	TRY(part_new(r, &s, &row));
	EditForm f = part_form(r, s, row);
	return edit_show(r, &f, row, EDIT_FRESH);
}

static Err check_form_row_typed(Req *r, const Service *s) {
	Id typed;
	if (r->route->entity != &capacity_entity || !str_to_int(form(r, "form_row"), &typed))
		return OK;
	return own_form_row(r, s, &(Capacity){.form_row = typed});
}

Err post_part_new(Req *r) {
	Service *s;
	void    *row;
	bool     done;
	TRY(part_new(r, &s, &row));
	TRY(check_form_row_typed(r, s));
	EditForm f = part_form(r, s, row);
	TRY(edit_save(r, &f, row, NULL, &done));
	if (!done)
		return OK;
	notice(r, "Uloženo.");
	return redirect(r, "%.*s", STR_ARG(f.back));
}

Err page_part_edit(Req *r) {
	Service *s;
	void    *row;
	TRY(part_stored(r, &s, &row));
	if (r->route->entity == &facility_entity)
		service_place_seen(r->c, s->head.id, row);
	EditForm f = part_form(r, s, row);
	return edit_show(r, &f, row, EDIT_FRESH);
}

Err post_part_edit(Req *r) {
	Service *s;
	void    *row;
	bool     done;
	TRY(part_stored(r, &s, &row));
	TRY(check_form_row_typed(r, s));
	EditForm f = part_form(r, s, row);
	TRY(edit_save(r, &f, entity_copy(r->c->arena, r->route->entity, row), row, &done));
	if (!done)
		return OK;
	notice(r, "Uloženo.");
	return redirect(r, "%.*s", STR_ARG(f.back));
}

Err post_part_end(Req *r) {
	Service *s;
	void    *row;
	i64      version;
	Date     last;
	TRY(part_stored(r, &s, &row));
	EditForm f = part_form(r, s, row);
	const char *why;
	if (!str_to_int(form(r, "version"), &version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	r->c->reason = form(r, "reason");
	Err err = read_date(form(r, "last_day"), &last, &why) ? OK : fail(r->c, ERR_INVALID, "last_day", "Poslední den: %s", why);
	if (err == OK)
		err = register_end(r->c, r->route->entity, ((EntityHead *)row)->id, version, last);
	if (err == ERR_INVALID) {
		set_status(r, 422);
		return edit_show(r, &f, row, EDIT_END_REFUSED);
	}
	TRY(err);
	notice(r, "Záznam je ukončený.");
	return redirect(r, "%.*s", STR_ARG(f.back));
}
