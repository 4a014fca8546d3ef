/* register_compare.c: what the register says now against what is stored: field by field, and what has to be written. Preview shows the
 * one, applying does the other; both come from here. */
#include "base/hash.h"
#include "core/codelist.h"
#include "domain/register/register_inside.h"

/* ---- what the register says ---- */

static const struct { const Entity *entity; const char *said, *derived; } sources[] = {
	{&provider_entity, "name,ico,web,email,phone", ""},
	{&service_entity, "provider,identifier,portal_id,kind,provided_from,provided_to,target_groups,age_groups,target_note", "name"},
	{&form_row_entity, "form,nonstop,hours", ""},
	{&capacity_entity, "type,count,description", "effective_from"},
	{&facility_entity, "name,municipality,part,street,house_no,postcode,address_point,secret_address,provided_from,provided_to", ""},
	{&contact_entity, "kind,value,note", ""},
};

static bool names(const char *list, const char *name) {
	Str rest = str_c(list);
	while (rest.len)
		if (str_eq(str_cut(&rest, ','), str_c(name)))
			return true;
	return false;
}

FieldSource register_field_source(const Entity *e, const Field *f) {
	for (size_t i = 0; i < LEN(sources); i++)
		if (sources[i].entity == e)
			return names(sources[i].said, f->name) ? SOURCE_SAID : names(sources[i].derived, f->name) ? SOURCE_DERIVED : SOURCE_NONE;
	return SOURCE_NONE;
}

const Entity *register_entity(Str name) {
	for (size_t i = 0; i < LEN(sources); i++)
		if (str_eq(str_c(sources[i].entity->name), name))
			return sources[i].entity;
	return NULL;
}

/* ---- notes ---- */

typedef struct Compare {
	Ctx                *c;
	const Corrections  *corrections;
	RegisterComparison *to;
	bool                is_secret;           /* of the facility at hand, before or after */
} Compare;

static const LiveOverride *correction(const Compare *k, const Entity *e, Id object, const char *field) {
	const Corrections *all = k->corrections;
	size_t             from = 0, to = all->len;
	while (from < to) {
		size_t mid = (from + to) / 2;
		if (all->at[mid].object < object)
			from = mid + 1;
		else
			to = mid;
	}
	for (; from < all->len && all->at[from].object == object; from++)
		if (all->at[from].entity == e && str_eq(all->at[from].field, str_c(field)))
			return &all->at[from];
	return NULL;
}

static RegisterWrite *add_write(Compare *k, WriteKind kind, const Entity *e, void *row) {
	RegisterComparison *to = k->to;
	RegisterWrite      *w = ARENA_PUSH(k->c->arena, to->writes, to->write_count, to->write_cap);
	*w = (RegisterWrite){.kind = kind, .entity = e, .row = row};
	return w;
}

static void add_change(Compare *k, const char *kind, const Entity *e, Id object, Str name, const Field *f, Str before, Str after) {
	RegisterComparison *to = k->to;
	*ARENA_PUSH(k->c->arena, to->changes, to->change_count, to->change_cap) = (RegisterChange){
		.entity = e, .object_id = object, .object_name = name, .field = f, .kind = str_c(kind), .before = before, .after = after,
	};
	if (strcmp(kind, "derived") == 0)
		to->derived++;
	else if (strcmp(kind, "kept") == 0 || strcmp(kind, "agreed") == 0)
		to->kept++;
	else
		to->fields++;
}

/* ---- one row ---- */

static size_t value_size(const Field *f) {
	switch (f->type) {
	case TYPE_BOOL:
		return sizeof(bool);
	case TYPE_DATE:
		return sizeof(Date);
	case TYPE_CODES:
		return sizeof(Strs);
	case TYPE_INT:
	case TYPE_REF:
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
	case TYPE_INSTANT:
		return sizeof(i64);
	default:
		return sizeof(Str);
	}
}

static Str shown(Compare *k, const Field *f, const void *row) {
	if (f->secret && k->is_secret)
		return S("(utajeno)");
	return field_machine(k->c->arena, f, row);
}

/* A field that people corrected: their value stays, until the register says the same. */
static void corrected(Compare *k, const Entity *e, const Field *f, const LiveOverride *o, Id object, Str name, const void *stored, const void *file) {
	Str says = field_machine(k->c->arena, f, file), ours = field_machine(k->c->arena, f, stored);
	if (str_eq(says, ours)) {
		add_write(k, WRITE_OVERRIDE_ENDS, e, NULL)->override = o->id;
		add_change(k, "agreed", e, object, name, f, shown(k, f, stored), shown(k, f, file));
	} else if (!str_eq(says, o->register_value)) {
		RegisterWrite *w = add_write(k, WRITE_OVERRIDE_SAYS, e, NULL);
		w->override = o->id;
		w->says = says;
		add_change(k, "kept", e, object, name, f, shown(k, f, stored), shown(k, f, file));
	}
}

/* `file` has no id; fields that the register does not say stay as they are. Returns whether anything is to be written. */
static bool compare_row(Compare *k, const Entity *e, const void *stored, const void *file, Str name) {
	const EntityHead *h = stored;
	void             *after = NULL;
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		FieldSource  source = register_field_source(e, f);
		if (source == SOURCE_NONE)
			continue;
		const LiveOverride *o = correction(k, e, h->id, f->name);
		if (o) {
			corrected(k, e, f, o, h->id, name, stored, file);
			continue;
		}
		if (field_equal(f, stored, file))
			continue;
		if (!after)
			after = entity_copy(k->c->arena, e, stored);
		memcpy(field_at(f, after), field_in(f, file), value_size(f));
		add_change(k, source == SOURCE_DERIVED ? "derived" : "field", e, h->id, name, f, shown(k, f, stored), shown(k, f, file));
	}
	if (after)
		add_write(k, WRITE_CHANGE, e, after);
	return after != NULL;
}

static void added(Compare *k, const Entity *e, void *row, Str name, Date from, size_t parent) {
	RegisterWrite *w = add_write(k, WRITE_CREATE, e, row);
	w->from = from;
	w->parent = parent;
	add_change(k, "added", e, 0, name, NULL, S(""), name);
}

static void ended(Compare *k, const Entity *e, void *row, Str name) {
	add_write(k, WRITE_END, e, row);
	add_change(k, "ended", e, ((EntityHead *)row)->id, name, NULL, name, S(""));
}

static bool is_own(const Compare *k, const Entity *e, const void *row) {
	return correction(k, e, ((const EntityHead *)row)->id, "") != NULL;
}

/* The text that the register gave, where people changed it: things are matched by what the register calls them. */
static Str said_text(const Compare *k, const Entity *e, const void *row, const char *field) {
	const LiveOverride *o = correction(k, e, ((const EntityHead *)row)->id, field);
	return o ? o->register_value : *(const Str *)field_in(entity_field(e, str_c(field)), row);
}

/* ---- parts of a service ---- */

static Str form_name(Compare *k, Str form) {
	return str_format(k->c->arena, "%.*s forma", STR_ARG(codelist_name(k->c, "service_form", form)));
}

static Str capacity_name(Compare *k, Str form_label, Str type) {
	return str_format(k->c->arena, "%.*s, %.*s", STR_ARG(form_label), STR_ARG(codelist_name(k->c, "capacity_type", type)));
}

static void compare_capacities(Compare *k, const EntityList *stored, const RegisterForm *form, Id form_row, size_t parent, Str form_label) {
	Arena *a = k->c->arena;
	bool  *used = NEW_ARRAY(a, bool, stored->len + 1);
	for (size_t i = 0; i < form->count; i++) {
		Capacity *file = NEW(a, Capacity, .type = S(""));
		*file = form->capacities[i];
		file->form_row = form_row;
		Str    label = capacity_name(k, form_label, file->type);
		size_t at = 0;
		while (at < stored->len && (used[at] || !str_eq(said_text(k, &capacity_entity, stored->at[at], "type"), file->type)))
			at++;
		if (at == stored->len) {
			added(k, &capacity_entity, file, label, (Date){0}, parent);
			continue;
		}
		used[at] = true;
		compare_row(k, &capacity_entity, stored->at[at], file, label);
	}
	for (size_t i = 0; i < stored->len; i++)
		if (!used[i] && !is_own(k, &capacity_entity, stored->at[i]))
			ended(k, &capacity_entity, stored->at[i], capacity_name(k, form_label, ((Capacity *)stored->at[i])->type));
}

static Err compare_forms(Compare *k, Id service, const RegisterRecord *r) {
	Ctx       *c = k->c;
	EntityList stored, capacities;
	TRY(register_parts(c, &form_row_entity, TODAY, "service", service, &stored));
	bool *used = NEW_ARRAY(c->arena, bool, stored.len + 1);
	for (size_t i = 0; i < r->form_count; i++) {
		FormRow *file = NEW(c->arena, FormRow, .service = service);
		*file = r->forms[i].row;
		file->service = service;
		size_t at = 0;
		while (at < stored.len && (used[at] || !str_eq(said_text(k, &form_row_entity, stored.at[at], "form"), file->form)))
			at++;
		if (at == stored.len) {
			added(k, &form_row_entity, file, form_name(k, file->form), (Date){0}, 0);
			compare_capacities(k, &(EntityList){0}, &r->forms[i], 0, k->to->write_count, form_name(k, file->form));
			continue;
		}
		used[at] = true;
		FormRow *ours = stored.at[at];
		compare_row(k, &form_row_entity, ours, file, form_name(k, file->form));
		TRY(register_parts(c, &capacity_entity, TODAY, "form_row", ours->head.id, &capacities));
		compare_capacities(k, &capacities, &r->forms[i], ours->head.id, 0, form_name(k, ours->form));
	}
	for (size_t i = 0; i < stored.len; i++) {
		FormRow *ours = stored.at[i];
		if (used[i] || is_own(k, &form_row_entity, ours))
			continue;
		ended(k, &form_row_entity, ours, form_name(k, ours->form));
		TRY(register_parts(c, &capacity_entity, TODAY, "form_row", ours->head.id, &capacities));
		for (size_t n = 0; n < capacities.len; n++)
			add_write(k, WRITE_END, &capacity_entity, capacities.at[n]);
	}
	return OK;
}

/* The register gives facilities no ids. 9 = surely the same, below 3 = not. */
static int likeness(const Compare *k, const Facility *ours, const Facility *file) {
	bool same_name = str_eq(said_text(k, &facility_entity, ours, "name"), file->name);
	bool same_street = str_eq(said_text(k, &facility_entity, ours, "street"), file->street) && ours->municipality == file->municipality &&
	                   file->municipality != 0;
	bool same_house = same_street && str_eq(said_text(k, &facility_entity, ours, "house_no"), file->house_no);
	bool same_point = file->address_point != BLANK && ours->address_point == file->address_point;
	bool same_start = date_eq(ours->provided_from, file->provided_from);
	return 4 * same_name + (same_house || same_point ? 3 : same_street ? 1 : 0) + same_start + (same_house && same_point);
}

static Date facility_from(const Facility *f, const RegisterRecord *r, Date today) {
	Date from = r->service.provided_from;
	if (date_is(f->provided_from) && (!date_is(from) || date_after(f->provided_from, from)))
		from = f->provided_from;
	return date_is(from) && date_before(from, today) ? from : today;
}

/* Things that people removed though the register still gives them: their last days are stored. */
static Err removed_ones(Compare *k, const Entity *e, const char *field, Id service, EntityList *to) {
	for (size_t i = 0; i < k->corrections->len; i++) {
		const LiveOverride *o = &k->corrections->at[i];
		if (o->entity != e || o->field.len || !str_eq(o->value, S("removed")))
			continue;
		EntityList spans;
		TRY(store_spans(k->c, e, o->object, (Instant){0}, &spans));
		void *last = spans.len ? spans.at[spans.len - 1] : NULL;
		if (last && *(const Id *)field_in(entity_field(e, str_c(field)), last) == service)
			*ARENA_PUSH(k->c->arena, to->at, to->len, to->cap) = last;
	}
	return OK;
}

static bool is_removed(const Compare *k, const Entity *e, const void *row) {
	const LiveOverride *o = correction(k, e, ((const EntityHead *)row)->id, "");
	return o && str_eq(o->value, S("removed"));
}

static void compare_facility(Compare *k, Facility *ours, Facility *file) {
	if (is_removed(k, &facility_entity, ours))
		return;
	k->is_secret = ours->secret_address || file->secret_address;
	compare_row(k, &facility_entity, ours, file, ours->name);
	k->is_secret = false;
}

static Err compare_facilities(Compare *k, Id service, const RegisterRecord *r) {
	Ctx       *c = k->c;
	EntityList stored;
	TRY(register_parts(c, &facility_entity, TODAY, "service", service, &stored));
	TRY(removed_ones(k, &facility_entity, "service", service, &stored));
	bool *ours_used = NEW_ARRAY(c->arena, bool, stored.len + 1), *file_used = NEW_ARRAY(c->arena, bool, r->facility_count + 1);
	for (int least = 9; least >= 3; least--)
		for (size_t i = 0; i < stored.len; i++)
			for (size_t n = 0; n < r->facility_count && !ours_used[i]; n++) {
				bool own = is_own(k, &facility_entity, stored.at[i]) && !is_removed(k, &facility_entity, stored.at[i]);
				if (file_used[n] || own || likeness(k, stored.at[i], &r->facilities[n]) != least)
					continue;
				ours_used[i] = file_used[n] = true;
				Facility *file = NEW(c->arena, Facility, .service = service);
				*file = r->facilities[n];
				file->service = service;
				compare_facility(k, stored.at[i], file);
			}
	for (size_t n = 0; n < r->facility_count; n++) {
		if (file_used[n])
			continue;
		Facility *file = NEW(c->arena, Facility, .service = service);
		*file = r->facilities[n];
		file->service = service;
		added(k, &facility_entity, file, file->name, facility_from(file, r, c->today), 0);
	}
	for (size_t i = 0; i < stored.len; i++)
		if (!ours_used[i] && !is_own(k, &facility_entity, stored.at[i]))
			ended(k, &facility_entity, stored.at[i], ((Facility *)stored.at[i])->name);
	return OK;
}

/* Same kind and value first; what is left over of a kind is taken in order as changed. */
static Err compare_contacts(Compare *k, Id service, const RegisterRecord *r) {
	Ctx       *c = k->c;
	EntityList stored;
	TRY(register_parts(c, &contact_entity, TODAY, "service", service, &stored));
	TRY(removed_ones(k, &contact_entity, "service", service, &stored));
	bool *ours_used = NEW_ARRAY(c->arena, bool, stored.len + 1), *file_used = NEW_ARRAY(c->arena, bool, r->contact_count + 1);
	for (int exact = 1; exact >= 0; exact--)
		for (size_t n = 0; n < r->contact_count; n++)
			for (size_t i = 0; i < stored.len && !file_used[n]; i++) {
				Contact *ours = stored.at[i];
				bool     removed = is_removed(k, &contact_entity, ours), own = is_own(k, &contact_entity, ours) && !removed;
				bool     same = str_eq(said_text(k, &contact_entity, ours, "value"), r->contacts[n].value);
				if (ours_used[i] || own || !str_eq(ours->kind, r->contacts[n].kind) || (exact ? !same : removed))
					continue;
				ours_used[i] = file_used[n] = true;
				if (removed)
					continue;
				Contact *file = NEW(c->arena, Contact, .service = service);
				*file = r->contacts[n];
				file->service = service;
				compare_row(k, &contact_entity, ours, file, ours->value);
			}
	for (size_t n = 0; n < r->contact_count; n++) {
		if (file_used[n])
			continue;
		Contact *file = NEW(c->arena, Contact, .service = service);
		*file = r->contacts[n];
		file->service = service;
		added(k, &contact_entity, file, file->value, (Date){0}, 0);
	}
	for (size_t i = 0; i < stored.len; i++)
		if (!ours_used[i] && !is_own(k, &contact_entity, stored.at[i]))
			ended(k, &contact_entity, stored.at[i], ((Contact *)stored.at[i])->value);
	return OK;
}

/* ---- the whole ---- */

/* A provider that is not stored yet has no id to show: its name stands for it. */
static void compare_owner(Compare *k, Service *ours, Service *file, const RegisterRecord *r, Id provider) {
	file->provider = provider;
	if (provider || correction(k, &service_entity, ours->head.id, "provider"))
		return;
	const Field *f = entity_field(&service_entity, S("provider"));
	add_change(k, "field", &service_entity, ours->head.id, ours->name, f, shown(k, f, ours), r->provider.name);
	file->provider = ours->provider;
}

Err register_compare(Ctx *c, const Corrections *corrections, Id service, const RegisterRecord *r, Id provider, RegisterComparison *ret) {
	*ret = (RegisterComparison){0};
	Compare k = {.c = c, .corrections = corrections, .to = ret};
	void   *row;
	TRY(entity_get(c, &service_entity, TODAY, service, &row));
	Service *ours = row, *file = NEW(c->arena, Service, .provider = 0);
	*file = r->service;
	compare_owner(&k, ours, file, r, provider);
	compare_row(&k, &service_entity, ours, file, ours->name);
	ret->ends = !date_is(ours->provided_to) && date_is(file->provided_to);
	TRY(compare_forms(&k, service, r));
	TRY(compare_facilities(&k, service, r));
	return compare_contacts(&k, service, r);
}

Err register_compare_provider(Ctx *c, const Corrections *corrections, Id provider, const RegisterRecord *r, RegisterComparison *ret) {
	*ret = (RegisterComparison){0};
	Compare k = {.c = c, .corrections = corrections, .to = ret};
	void   *row;
	TRY(entity_get(c, &provider_entity, TODAY, provider, &row));
	compare_row(&k, &provider_entity, row, &r->provider, ((Provider *)row)->name);
	return OK;
}

RegisterDigest register_judged(const RegisterComparison *k) {
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < k->change_count; i++) {
		const RegisterChange *x = &k->changes[i];
		buf_format(&b, "%s %lld %s %.*s %zu %.*s %zu %.*s\n", x->entity->name, (long long)x->object_id, x->field ? x->field->name : "", STR_ARG(x->kind),
		           x->before.len, STR_ARG(x->before), x->after.len, STR_ARG(x->after));
	}
	RegisterDigest d;
	Sha256         whole = sha256(buf_view(&b));
	memcpy(d.bytes, whole.bytes, sizeof d.bytes);
	return d;
}
