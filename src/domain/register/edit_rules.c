/* edit_rules.c: what must hold beyond single fields when a person saves a record of the register (DOMAIN G4). */
#include "domain/register/edit.h"

#include "base/format.h"

static bool is_digits(Str s, size_t n) {
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len == n;
}

static size_t digits_in(Str s) {
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] >= '0' && s.ptr[i] <= '9';
	return n;
}

/* The id of another record with this value today; 0 = none. */
static Id other_with(Ctx *c, const Entity *e, const char *field, Str value, Id own) {
	ListFilter f = {.field = entity_field(e, str_c(field)), .value = value};
	EntityList rows;
	size_t     said = c->problems.len;
	if (!value.len || entity_list(c, e, &(ListQuery){.filters = &f, .filter_count = 1, .limit = 2}, &rows) != OK) {
		c->problems.len = said;
		return 0;
	}
	for (size_t i = 0; i < rows.len; i++)
		if (((EntityHead *)rows.at[i])->id != own)
			return ((EntityHead *)rows.at[i])->id;
	return 0;
}

static Err check_span(Ctx *c, Date from, Date to, const char *field) {
	if (date_is(from) && date_is(to) && date_after(from, to))
		return fail(c, ERR_INVALID, field, "Konec poskytování je před jeho začátkem. Opravte jeden z obou dnů.");
	return OK;
}

static Err both(Err x, Err y) { return x == OK ? y : x; }

/* ---- provider ---- */

static Err provider_rules(Ctx *c, const Provider *before, const Provider *p) {
	Err err = OK;
	if (p->data_box.len && utf8_count(p->data_box) != 7)
		err = fail(c, ERR_INVALID, "data_box", "Datová schránka má sedm znaků. Zkontrolujte zápis.");
	bool is_new = !before || !str_eq(before->ico, p->ico);
	if (is_new && other_with(c, &provider_entity, "ico", p->ico, p->head.id))
		err = both(err, fail(c, ERR_CONFLICT, "ico", "Poskytovatel s IČO %.*s už v evidenci je. Upravte jeho záznam, nebo oba záznamy slučte.", STR_ARG(p->ico)));
	return err;
}

/* ---- service ---- */

static Err identifier_rules(Ctx *c, const Service *before, const Service *s) {
	if (before && str_eq(before->identifier, s->identifier) && before->outside_act == s->outside_act)
		return OK;                               /* what the national register gave stays, odd as it may be */
	if (!s->outside_act && !is_digits(s->identifier, 7))
		return fail(c, ERR_INVALID, "identifier", "Identifikátor registrované služby má sedm číslic. Službě mimo zákon jej program přidělí sám, když pole necháte prázdné.");
	if (s->outside_act && is_digits(s->identifier, 7))
		return fail(c, ERR_INVALID, "identifier", "Sedmimístné číslo mají jen registrované služby. Nechte pole prázdné, označení se přidělí samo.");
	if (other_with(c, &service_entity, "identifier", s->identifier, s->head.id))
		return fail(c, ERR_CONFLICT, "identifier", "Služba s identifikátorem %.*s už v evidenci je. Upravte její záznam, nebo oba záznamy slučte.", STR_ARG(s->identifier));
	return OK;
}

static Err service_rules(Ctx *c, const Service *before, const Service *s) {
	Err err = identifier_rules(c, before, s);
	err = both(err, check_span(c, s->provided_from, s->provided_to, "provided_to"));
	bool same_end = before && date_eq(before->provided_to, s->provided_to) && str_eq(before->end_reason, s->end_reason);
	if (!same_end && date_is(s->provided_to) && !s->end_reason.len)
		err = both(err, fail(c, ERR_INVALID, "end_reason", "Vyberte důvod ukončení, když služba má poslední den."));
	if (!same_end && !date_is(s->provided_to) && s->end_reason.len)
		err = both(err, fail(c, ERR_INVALID, "provided_to", "Doplňte poslední den poskytování, nebo zrušte důvod ukončení."));
	return err;
}

/* ---- parts ---- */

static Err form_row_rules(Ctx *c, const FormRow *f) {
	EntityList rows;
	TRY(parts_list(c, &form_row_entity, TODAY, f->service, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		const FormRow *other = rows.at[i];
		if (other->head.id != f->head.id && str_eq(other->form, f->form))
			return fail(c, ERR_CONFLICT, "form", "Tuto formu už služba má. Upravte ji, nebo vyberte jinou.");
	}
	return OK;
}

static Err capacity_rules(Ctx *c, const Capacity *k) {
	ListFilter of = {.field = entity_field(&capacity_entity, S("form_row")), .value = str_format(c->arena, "%lld", (long long)k->form_row)};
	EntityList rows;
	Err        err = k->count != BLANK && k->count < 1 ? fail(c, ERR_INVALID, "count", "Počet: zapište kladné číslo, nebo kapacitu ukončete.") : OK;
	TRY(entity_list(c, &capacity_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		const Capacity *other = rows.at[i];
		if (other->head.id != k->head.id && str_eq(other->type, k->type))
			return both(err, fail(c, ERR_CONFLICT, "type", "Tento druh kapacity už u formy je. Upravte jej, nebo vyberte jiný druh."));
	}
	return err;
}

static Err facility_rules(Ctx *c, const Facility *f) {
	Err err = check_span(c, f->provided_from, f->provided_to, "provided_to");
	if ((f->lon == BLANK) != (f->lat == BLANK))
		err = both(err, fail(c, ERR_INVALID, f->lon == BLANK ? "lon" : "lat", "Doplňte obě zeměpisné souřadnice, nebo žádnou."));
	if (f->postcode.len && !is_digits(f->postcode, 5))
		err = both(err, fail(c, ERR_INVALID, "postcode", "PSČ má pět číslic, například 460 01."));
	return err;
}

static Err contact_rules(Ctx *c, const Contact *k) {
	if (str_eq(k->kind, S("email")) && !email_plausible(k->value))
		return fail(c, ERR_INVALID, "value", "Kontakt: zapište e-mail ve tvaru jmeno@domena.cz.");
	if (str_eq(k->kind, S("web")) && !url_plausible(k->value))
		return fail(c, ERR_INVALID, "value", "Kontakt: zapište celou adresu webu, například https://www.example.org.");
	if ((str_eq(k->kind, S("phone")) || str_eq(k->kind, S("fax"))) && digits_in(k->value) < 3)
		return fail(c, ERR_INVALID, "value", "Kontakt: zapište telefonní číslo číslicemi, například 485 226 111.");
	EntityList rows;
	TRY(parts_list(c, &contact_entity, TODAY, k->service, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		const Contact *other = rows.at[i];
		if (other->head.id != k->head.id && str_eq(other->kind, k->kind) && str_eq(other->value, k->value))
			return fail(c, ERR_CONFLICT, "value", "Tento kontakt už služba má.");
	}
	return OK;
}

/* A part stands on a service that is there and was not merged. */
static Err owner_rules(Ctx *c, const Entity *e, const void *row) {
	Id    service;
	void *owner;
	TRY(part_service(c, e, row, &service));
	TRY(entity_get(c, &service_entity, TODAY, service, &owner));
	if (((Service *)owner)->merged_into)
		return fail(c, ERR_CONFLICT, NULL, "Služba byla sloučena do jiné. Upravte tu, do které byla sloučena.");
	return OK;
}

Err register_rules(Ctx *c, const Entity *e, const void *before, const void *row) {
	if (e == &provider_entity)
		return provider_rules(c, before, row);
	if (e == &service_entity)
		return service_rules(c, before, row);
	TRY(owner_rules(c, e, row));
	if (e == &form_row_entity)
		return form_row_rules(c, row);
	if (e == &capacity_entity)
		return capacity_rules(c, row);
	return e == &facility_entity ? facility_rules(c, row) : contact_rules(c, row);
}
