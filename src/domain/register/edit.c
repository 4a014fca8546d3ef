/* edit.c: records of the register are saved and ended by people. */
#include "domain/register/edit.h"

#include "base/format.h"
#include "core/access.h"
#include "core/history.h"
#include "domain/register/register_import.h"

const char *const provider_form_fields[] = {"name", "ico", "legal_form", "kind", "municipality", "street", "house_no", "postcode", "data_box", "web",
                                            "email", "phone", "note", "valid_from", NULL};
const char *const service_form_fields[] = {"name", "provider", "outside_act", "identifier", "kind", "description", "target_groups", "age_groups",
                                           "target_note", "provided_from", "provided_to", "end_reason", "portal_id", "is_public", "valid_from", NULL};
static const char *const form_row_fields[] = {"form", "nonstop", "hours", "valid_from", NULL};
static const char *const capacity_fields[] = {"form_row", "type", "count", "description", "effective_from", "valid_from", NULL};
static const char *const facility_fields[] = {"name", "secret_address", "municipality", "part", "street", "house_no", "postcode", "address_point", "lon", "lat",
                                              "is_contact", "accessible", "provided_from", "provided_to", "valid_from", NULL};
static const char *const contact_fields[] = {"kind", "value", "note", "valid_from", NULL};

const PartKind *part_kind(const Entity *e) {
	static const PartKind kinds[] = {
		{&form_row_entity, "formy", "kapacity", "Nová forma služby", form_row_fields},
		{&capacity_entity, "kapacity", "kapacity", "Nová registrovaná kapacita", capacity_fields},
		{&facility_entity, "mista", "mista", "Nové zařízení", facility_fields},
		{&contact_entity, "kontakty", "kontakty", "Nový kontakt", contact_fields},
	};
	for (size_t i = 0; i < LEN(kinds); i++)
		if (kinds[i].entity == e)
			return &kinds[i];
	return NULL;
}

/* ---- parts ---- */

Err part_service(Ctx *c, const Entity *e, const void *row, Id *ret) {
	*ret = 0;
	if (e != &capacity_entity) {
		const Field *f = entity_field(e, S("service"));
		*ret = f ? *(const Id *)field_in(f, row) : 0;
		return OK;
	}
	void *form;
	TRY(entity_get(c, &form_row_entity, TODAY, ((const Capacity *)row)->form_row, &form));
	*ret = ((FormRow *)form)->service;
	return OK;
}

static Err rows_of(Ctx *c, const Entity *e, AsOf at, const char *field, Id owner, EntityList *ret) {
	ListFilter of = {.field = entity_field(e, str_c(field)), .value = str_format(c->arena, "%lld", (long long)owner)};
	return entity_list(c, e, &(ListQuery){.at = at, .filters = &of, .filter_count = 1, .limit = -1}, ret);
}

Err parts_list(Ctx *c, const Entity *e, AsOf at, Id service, EntityList *ret) {
	if (e != &capacity_entity)
		return rows_of(c, e, at, "service", service, ret);
	EntityList forms;
	*ret = (EntityList){0};
	TRY(rows_of(c, &form_row_entity, at, "service", service, &forms));
	for (size_t i = 0; i < forms.len; i++) {
		EntityList own;
		TRY(rows_of(c, e, at, "form_row", ((FormRow *)forms.at[i])->head.id, &own));
		for (size_t k = 0; k < own.len; k++)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = own.at[k];
	}
	return OK;
}

/* ---- state ---- */

bool service_is_provided(const Service *s, Date day) {
	bool has_begun = !date_is(s->provided_from) || !date_after(s->provided_from, day);
	bool is_over = date_is(s->provided_to) && date_before(s->provided_to, day);
	return !s->merged_into && has_begun && !is_over;
}

Str service_state(Ctx *c, const Service *s) {
	CLEANUP(buf_free) Buf b = {0};
	if (s->merged_into)
		return S("sloučena do jiné služby");
	if (service_is_provided(s, c->today))
		return (Str){0};
	bool is_over = date_is(s->provided_to) && date_before(s->provided_to, c->today);
	buf_str(&b, is_over ? S("skončila ") : S("bude od "));
	fmt_date(&b, is_over ? s->provided_to : s->provided_from);
	return buf_take(&b, c->arena);
}

/* ---- saving ---- */

static Err want_reason(Ctx *c, const char *words) {
	return str_trim(c->reason).len ? OK : fail(c, ERR_INVALID, "reason", "%s: doplňte větu, ze které bude za rok jasné, proč se údaj měnil.", words);
}

/* "MIMO-123" never looks like a number of the national register. */
static Err give_identifier(Ctx *c, Service *s) {
	Id n;
	if (!s->outside_act || s->identifier.len)
		return OK;
	if (db_new_id(c->conn, &n) != OK)
		return fail_internal(c, "identifier");
	s->identifier = str_format(c->arena, "MIMO-%lld", (long long)n);
	return OK;
}

Err part_writable(Ctx *c, const Entity *e, const void *row) {
	bool is_blanked = e == &facility_entity && ((const Facility *)row)->secret_address;
	return is_blanked ? require(c, CAP_REGISTER_SECRET) : OK;
}

static Err save_inside(Ctx *c, const Entity *e, void *row, Date from) {
	EntityHead *h = row;
	void       *before = NULL;
	if (h->id)
		TRY(entity_get(c, e, TODAY, h->id, &before));
	if (before)
		TRY(part_writable(c, e, before));
	if (before && ((EntityHead *)before)->version != h->version)
		return fail(c, ERR_CONFLICT, NULL, "Záznam (%s) mezitím uložil někdo jiný. Porovnejte obě podoby a vyberte, co má platit.", e->one);
	if (e == &service_entity)
		TRY(give_identifier(c, row));
	Err err = before ? want_reason(c, "Důvod změny") : OK;
	Err other = register_rules(c, e, before, row);
	err = err == OK ? other : err;
	other = entity_check(c, e, row);
	TRY(err == OK ? other : err);
	if (before)
		TRY(history_change(c, e, row, from, ((EntityHead *)before)->valid_to));
	else
		TRY(history_create(c, e, row, from, (Date){0}));
	return register_note_override(c, e, before, row);
}

Err register_save(Ctx *c, const Entity *e, void *row, Date from) {
	TRY(require(c, CAP_REGISTER_EDIT));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(save_inside(c, e, row, from));
	return tx_commit(&tx);
}

/* ---- ending ---- */

static Err end_one(Ctx *c, const Entity *e, const EntityHead *h, Date last_day) {
	if (date_before(last_day, h->valid_from))
		return fail(c, ERR_INVALID, "last_day", "Poslední den je dřív, než záznam (%s) začal platit. Zapište pozdější den.", e->one);
	return history_end(c, e, h->id, h->version, date_add(last_day, 1), (Date){0});
}

static Err end_capacity(Ctx *c, Capacity *k, Date last_day) {
	Date last = date_before(last_day, k->head.valid_from) ? k->head.valid_from : last_day;      /* added after the form's last day: holds one day */
	TRY(end_one(c, &capacity_entity, &k->head, last));
	return register_note_override(c, &capacity_entity, k, NULL);
}

Err register_end(Ctx *c, const Entity *e, Id id, i64 version, Date last_day) {
	CHECK(part_kind(e));
	TRY(require(c, CAP_REGISTER_EDIT));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	void *row;
	TRY(entity_get(c, e, TODAY, id, &row));
	EntityHead *h = row;
	if (h->version != version)
		return fail(c, ERR_CONFLICT, NULL, "Záznam (%s) mezitím uložil někdo jiný. Načtěte stránku znovu a ukončení zopakujte.", e->one);
	Err err = want_reason(c, "Důvod ukončení");
	if (!date_is(last_day))
		err = fail(c, ERR_INVALID, "last_day", "Poslední den platnosti: doplňte den, například 31. 12. 2026.");
	TRY(err);
	EntityList capacities = {0};
	if (e == &form_row_entity)
		TRY(rows_of(c, &capacity_entity, TODAY, "form_row", id, &capacities));
	for (size_t i = 0; i < capacities.len; i++)
		TRY(end_capacity(c, capacities.at[i], last_day));
	TRY(end_one(c, e, h, last_day));
	TRY(register_note_override(c, e, row, NULL));
	return tx_commit(&tx);
}
