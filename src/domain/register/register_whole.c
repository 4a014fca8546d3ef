/* register_whole.c: a service with all that belongs to it, as one person may see it. */
#include "core/access.h"
#include "core/codelist.h"
#include "domain/register/register_inside.h"

#include "domain/register/register_whole.sql.h"

enum { MAX_MOVES = 32 };                         /* merged again and again: longer is a ring, which no merge makes */

/* ---- parts ---- */

Err register_parts(Ctx *c, const Entity *e, AsOf at, const char *field, Id owner, EntityList *ret) {
	return entity_parts(c, e, at, field, &owner, 1, ret);
}

static i64 position(Ctx *c, const char *list, Str code) {
	const CodeItem *item = codelist_find(c, list, code);
	return item && item->position != BLANK ? item->position : INT64_MAX;
}

/* By the order of the code list; what it does not order stays as it came. */
static void sort_by_code(Ctx *c, const EntityList *rows, const Field *f) {
	for (size_t i = 1; i < rows->len; i++) {
		void  *row = rows->at[i];
		i64    at = position(c, f->codelist, *(const Str *)field_in(f, row));
		size_t k = i;
		for (; k > 0 && position(c, f->codelist, *(const Str *)field_in(f, rows->at[k - 1])) > at; k--)
			rows->at[k] = rows->at[k - 1];
		rows->at[k] = row;
	}
}

/* Those of all forms that belong to this one. */
static EntityList capacities_of(Ctx *c, const EntityList *all, const FormRow *form) {
	EntityList own = {0};
	for (size_t i = 0; i < all->len; i++)
		if (((const Capacity *)all->at[i])->form_row == form->head.id)
			*ARENA_PUSH(c->arena, own.at, own.len, own.cap) = all->at[i];
	sort_by_code(c, &own, entity_field(&capacity_entity, S("type")));
	return own;
}

static Err read_forms(Ctx *c, AsOf at, Id service, ServiceWhole *ret) {
	EntityList rows, capacities;
	TRY(register_parts(c, &form_row_entity, at, "service", service, &rows));
	sort_by_code(c, &rows, entity_field(&form_row_entity, S("form")));
	ret->forms = NEW_ARRAY(c->arena, FormWithCapacities, rows.len + 1);
	Id *ids = NEW_ARRAY(c->arena, Id, rows.len + 1);
	for (size_t i = 0; i < rows.len; i++)
		ids[i] = ((const FormRow *)rows.at[i])->head.id;
	TRY(entity_parts(c, &capacity_entity, at, "form_row", ids, rows.len, &capacities));
	for (size_t i = 0; i < rows.len; i++) {
		EntityList own = capacities_of(c, &capacities, rows.at[i]);
		ret->forms[ret->form_count++] = (FormWithCapacities){rows.at[i], (Capacity **)own.at, own.len};
	}
	return OK;
}

/* ---- facilities ---- */

static bool is_open(const Facility *f, Date day) {
	return !(date_is(f->provided_from) && date_after(f->provided_from, day)) && !(date_is(f->provided_to) && date_before(f->provided_to, day));
}

/* What the program renders is for everybody: it is no person with the right. */
static bool may_see_secrets(Ctx *c) {
	return !c->actor->is_program && may(c, CAP_REGISTER_SECRET);
}

static void blank_address(Facility *f) {
	f->municipality = 0;
	f->part = f->street = f->house_no = f->postcode = S("");
	f->address_point = f->lon = f->lat = BLANK;
}

void facility_hide(Ctx *c, void *row) {
	Facility *f = row;
	if (f->secret_address && !may_see_secrets(c))
		blank_address(f);
}

/* An earlier day must not tell an address that became secret later. */
static Err hide_what_became_secret(Ctx *c, AsOf at, Id service, EntityList *rows) {
	bool is_now = date_eq(at.valid, c->today) && at.recorded.ms == as_of_full(c, TODAY).recorded.ms;
	if (is_now || rows->len == 0)
		return OK;
	Rows secret = db_query(ctx_conn(c), &sql_facilities_ever_secret, P(V(service)));
	while (rows_next(&secret))
		for (size_t i = 0; i < rows->len; i++) {
			Facility *f = rows->at[i];
			f->secret_address |= f->head.id == col_int(&secret, 0);
		}
	return rows_end(&secret) == OK ? OK : fail_internal(c, "secret addresses");
}

static Err read_facilities(Ctx *c, AsOf at, Id service, ServiceWhole *ret) {
	EntityList rows;
	TRY(register_parts(c, &facility_entity, at, "service", service, &rows));
	TRY(hide_what_became_secret(c, at, service, &rows));
	ret->facilities = NEW_ARRAY(c->arena, Facility *, rows.len + 1);
	bool may_see = may_see_secrets(c);
	for (int contact_first = 1; contact_first >= 0; contact_first--)
		for (size_t i = 0; i < rows.len; i++) {
			Facility *f = rows.at[i];
			if (f->is_contact != (contact_first == 1) || !is_open(f, at.valid))
				continue;
			if (f->secret_address && !may_see)
				blank_address(f);
			ret->facilities[ret->facility_count++] = f;
		}
	return OK;
}

/* ---- the whole ---- */

Err service_whole(Ctx *c, AsOf at, Id service, ServiceWhole *ret) {
	at = as_of_full(c, at);
	*ret = (ServiceWhole){0};
	void *row;
	TRY(entity_get(c, &service_entity, at, service, &row));
	ret->service = row;
	TRY(entity_get(c, &provider_entity, at, ret->service->provider, &row));
	ret->provider = row;
	TRY(read_forms(c, at, service, ret));
	TRY(read_facilities(c, at, service, ret));
	EntityList contacts;
	TRY(register_parts(c, &contact_entity, at, "service", service, &contacts));
	sort_by_code(c, &contacts, entity_field(&contact_entity, S("kind")));
	ret->contacts = (Contact **)contacts.at;
	ret->contact_count = contacts.len;
	return OK;
}

static CapacitySum *sum_of(Arena *a, CapacitySums *sums, Str form, Str type) {
	for (size_t i = 0; i < sums->len; i++)
		if (str_eq(sums->at[i].form, form) && str_eq(sums->at[i].type, type))
			return &sums->at[i];
	CapacitySum *s = ARENA_PUSH(a, sums->at, sums->len, sums->cap);
	*s = (CapacitySum){.form = form, .type = type};
	return s;
}

void service_capacity_sums(Arena *a, const ServiceWhole *s, CapacitySums *ret) {
	*ret = (CapacitySums){0};
	for (size_t i = 0; i < s->form_count; i++) {
		const FormWithCapacities *f = &s->forms[i];
		for (size_t k = 0; k < f->capacity_count; k++)
			if (f->capacities[k]->count != BLANK)
				sum_of(a, ret, f->row->form, f->capacities[k]->type)->count += f->capacities[k]->count;
	}
}

/* ---- moved ---- */

Err register_redirect(Ctx *c, const char *entity, Id old_id, Id *ret) {
	const Sql *next = strcmp(entity, "provider") == 0 ? &sql_provider_merged_into
	                  : strcmp(entity, "service") == 0 ? &sql_service_merged_into : NULL;
	*ret = 0;
	Id at = old_id;
	for (int i = 0; next && i < MAX_MOVES; i++) {
		Id to;
		TRY(db_get_int(ctx_conn(c), next, P(V(at)), 0, &to));
		if (to == 0 || to == old_id)
			return OK;
		*ret = at = to;
	}
	return OK;
}
