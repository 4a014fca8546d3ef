/* own_page.c: people of a provider see their services, confirm their data and follow suggestions. */
#include "domain/register/own_page.h"

#include "domain/register/confirm.h"
#include "domain/register/own.html.h"
#include "domain/register/own_views_page.h"
#include "domain/register/service_page.h"

#define CAP_REGISTER_OWN "register.own"

static Err add_services_of(Req *r, Id provider, OwnList *v) {
	EntityList rows;
	ListFilter of = {.field = entity_field(&service_entity, S("provider")), .value = str_format(r->c->arena, "%lld", (long long)provider)};
	TRY(entity_list(r->c, &service_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		OwnRow *own = ARENA_PUSH(r->c->arena, v->rows.at, v->rows.len, v->rows.cap);
		*own = (OwnRow){0};
		TRY(service_row(r, rows.at[i], TODAY, &own->row));
		TRY(suggestion_count(r->c, own->row.service->head.id, &own->open_suggestions));
		own->row.href = str_format(r->c->arena, "/app/moje-sluzby/%lld", (long long)own->row.service->head.id);
		v->stale += own->row.is_stale;
		v->may_confirm = v->may_confirm || own->row.may_confirm;
	}
	return OK;
}

Err page_own_list(Req *r) {
	RowScope scope = access_scope(r->c, CAP_REGISTER_OWN);
	OwnList  v = {.may_suggest = may(r->c, CAP_REGISTER_SUGGEST)};
	for (size_t i = 0; i < scope.provider_count; i++) {
		bool again = false;
		for (size_t k = 0; k < i; k++)
			again = again || scope.providers[k] == scope.providers[i];
		if (!again)
			TRY(add_services_of(r, scope.providers[i], &v));
	}
	view_own_list(page(r, S("Moje služby")), &v);
	return OK;
}

static Err open_own(Req *r, Service **ret) {
	Id       id;
	void    *row;
	RowScope scope = access_scope(r->c, CAP_REGISTER_OWN);
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &service_entity, TODAY, id, &row));
	*ret = row;
	return scope_has_provider(&scope, (*ret)->provider) ? OK : fail(r->c, ERR_NOT_FOUND, NULL, "Služba neexistuje, nebo k ní nemáte přístup.");
}

Err page_own(Req *r) {
	Service    *s;
	Ctx        *c = r->c;
	Suggestions list;
	TRY(open_own(r, &s));
	OwnPage v = {.service = s, .lead = codelist_name(c, "service_kind", s->kind), .href = str_format(c->arena, "/app/moje-sluzby/%lld", (long long)s->head.id),
	             .confirmed = confirmed_words(c, s), .state = service_state(c, s), .is_stale = service_is_stale(c, s),
	             .may_confirm = service_may_confirm(c, s), .may_suggest = may(c, CAP_REGISTER_SUGGEST), .pairs = service_pairs(r, s)};
	v.confirm_action = str_cat(c->arena, v.href, S("/potvrdit"));
	v.csrf = csrf_token(r, v.confirm_action);
	if (s->is_public && service_is_provided(s, c->today))
		v.public_href = str_format(c->arena, "/katalog/sluzba/%lld", (long long)s->head.id);
	TRY(service_forms_view(r, TODAY, s->head.id, (Str){0}, &v.forms));
	TRY(service_places_view(r, TODAY, s->head.id, (Str){0}, &v.places));
	TRY(service_contacts_view(r, TODAY, s->head.id, (Str){0}, &v.contacts));
	TRY(suggestions_read(c, (SuggestionQuery){.service = s->head.id, .limit = 20}, &list));
	TRY(suggestion_views(r, &list, &v.suggestions));
	crumb(r, S("Moje služby"), S("/app/moje-sluzby"));
	view_own(page(r, s->name), &v);
	return OK;
}
