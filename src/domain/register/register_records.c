/* register_records.c: services and providers as records that threads and questions are bound to. */
#include "domain/register/register_records.h"

#include "core/access.h"
#include "domain/register/register.h"

static Err find_provider(Ctx *c, Id id, Record *ret) {
	void    *row;
	RowScope own = access_scope(c, "register.own");
	if (!may(c, "register.read") && !scope_has_provider(&own, id))
		return fail(c, ERR_NOT_FOUND, NULL, "Poskytovatel neexistuje, nebo k němu nemáte přístup.");
	TRY(entity_get(c, &provider_entity, TODAY, id, &row));
	ret->title = ((Provider *)row)->name;
	ret->link = may(c, "register.read") ? str_format(c->arena, "/app/poskytovatele/%lld", (long long)id) : S("/app/moje-sluzby");
	ret->side = SCOPE_PROVIDER;
	ret->side_ref = id;
	return OK;
}

/* Everybody may ask about a service that the public sees; the link leads where this person sees it. */
static Err find_service(Ctx *c, Id id, Record *ret) {
	void *row;
	TRY(entity_get(c, &service_entity, TODAY, id, &row));
	const Service *s = row;
	RowScope own = access_scope(c, "register.own");
	bool is_own = scope_has_provider(&own, s->provider), reads = may(c, "register.read");
	if (!is_own && !reads && !s->is_public)
		return fail(c, ERR_NOT_FOUND, NULL, "Služba neexistuje, nebo k ní nemáte přístup.");
	ret->title = s->name;
	ret->link = reads ? str_format(c->arena, "/app/sluzby/%lld", (long long)id) : is_own ? str_format(c->arena, "/app/moje-sluzby/%lld", (long long)id) : (Str){0};
	ret->side = SCOPE_PROVIDER;
	ret->side_ref = s->provider;
	return OK;
}

const RecordKind register_records[2] = {
	{"service", "Služba", find_service},
	{"provider", "Poskytovatel", find_provider},
};
