/* confirm.c: data of services are confirmed once a year. */
#include "domain/register/confirm.h"

#include "base/format.h"
#include "core/access.h"
#include "core/history.h"
#include "core/settings.h"

static bool is_own(Ctx *c, const Service *s) {
	RowScope scope = access_scope(c, CAP_REGISTER_CONFIRM);
	return scope_has_provider(&scope, s->provider);
}

bool service_may_confirm(Ctx *c, const Service *s) {
	if (!service_is_provided(s, c->today))
		return false;
	return may(c, CAP_REGISTER_EDIT) || (may(c, CAP_REGISTER_CONFIRM) && is_own(c, s));
}

Date confirm_limit(Ctx *c) {
	return date_add_months(c->today, -(int)setting_int(c, "register.confirm_months"));
}

bool service_is_stale(Ctx *c, const Service *s) {
	return service_is_provided(s, c->today) && (!date_is(s->confirmed_on) || !date_after(s->confirmed_on, confirm_limit(c)));
}

static Str iso(Ctx *c, Date d) {
	char to[DATE_ISO_LEN];
	return str_dup(c->arena, date_iso(d, to));
}

StaleFilters confirm_stale_filters(Ctx *c) {
	return (StaleFilters){{
		{.field = entity_field(&service_entity, S("confirmed_on")), .value = iso(c, confirm_limit(c)), .is_to = true, .or_blank = true},
		{.field = entity_field(&service_entity, S("provided_from")), .value = iso(c, c->today), .is_to = true, .or_blank = true},
		{.field = entity_field(&service_entity, S("provided_to")), .value = iso(c, c->today), .is_from = true, .or_blank = true},
	}};
}

Str confirmed_words(Ctx *c, const Service *s) {
	if (!date_is(s->confirmed_on))
		return (Str){0};
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, s->confirmed_on);
	if (s->confirmed_by.len && (may(c, CAP_REGISTER_SUGGEST) || may(c, "register.read"))) {
		buf_lit(&b, ", ");
		buf_str(&b, s->confirmed_by);
	}
	return buf_take(&b, c->arena);
}

static Str who(Ctx *c) {
	const Actor *a = c->actor;
	return a->organisation_name.len ? str_format(c->arena, "%.*s, %.*s", STR_ARG(a->name), STR_ARG(a->organisation_name)) : a->name;
}

static Err confirm_inside(Ctx *c, Id id, i64 version) {
	void *row;
	TRY(entity_get(c, &service_entity, TODAY, id, &row));
	Service *s = row;
	if (!may(c, CAP_REGISTER_EDIT) && !is_own(c, s))
		return fail(c, ERR_NOT_FOUND, NULL, "Služba neexistuje, nebo k ní nemáte přístup.");
	if (version && version != s->head.version)
		return fail(c, ERR_CONFLICT, NULL, "Údaje služby se mezitím změnily. Projděte je ještě jednou a potvrďte je znovu.");
	if (!service_is_provided(s, c->today))
		return fail(c, ERR_INVALID, NULL, "Potvrzují se jen údaje služeb, které se poskytují. Tato služba: %.*s.", STR_ARG(service_state(c, s)));
	Str name = utf8_first(who(c), 200);
	if (date_eq(s->confirmed_on, c->today) && str_eq(s->confirmed_by, name))
		return OK;
	s->confirmed_on = c->today;
	s->confirmed_by = name;
	c->reason = S("Potvrzení, že údaje služby jsou správné");
	return history_change(c, &service_entity, s, c->today, s->head.valid_to);
}

Err service_confirm(Ctx *c, Id service, i64 version) {
	if (!may(c, CAP_REGISTER_EDIT))
		TRY(require(c, CAP_REGISTER_CONFIRM));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(confirm_inside(c, service, version));
	return tx_commit(&tx);
}
