/* register_read.c: the register's JSON, key by key. Unknown keys are passed over; a value of a wrong type is a broken record. */
#include "domain/register/register_reading.h"

enum { MOST_FACILITIES = 2000, MOST_CONTACTS = 500, MOST_CODES = 300 };

/* ---- parts of a record ---- */

/* The number of "Obec/554499"; BLANK when there is none. */
static i64 reference_number(RegisterReader *r, const char *what) {
	Str id = reading_reference(r, what);
	i64 n;
	str_cut(&id, '/');
	return str_to_int(id, &n) ? n : BLANK;
}

static void read_address(RegisterReader *r, RawAddress *to) {
	Str key;
	*to = (RawAddress){.house_no = BLANK, .address_point = BLANK, .municipality = BLANK, .part = BLANK};
	if (!reading_object(r, "adresa"))
		return;
	to->is = true;
	while (reading_key(r, &key)) {
		if (IS(key, "cisloDomovni"))
			to->house_no = reading_int(r, "cisloDomovni");
		else if (IS(key, "cisloOrientacni"))
			to->orientation = reading_kept(r, "cisloOrientacni");
		else if (IS(key, "kodAdresnihoMista"))
			to->address_point = reading_int(r, "kodAdresnihoMista");
		else if (IS(key, "psc"))
			to->postcode = reading_kept(r, "psc");
		else if (IS(key, "typCislaDomovniho"))
			to->evidence_no = reference_number(r, "typCislaDomovniho") == 2;
		else if (IS(key, "obec"))
			to->municipality = reference_number(r, "obec");
		else if (IS(key, "castObce"))
			to->part = reference_number(r, "castObce");
		else if (IS(key, "ulice")) {
			if (reading_object(r, "ulice"))
				while (reading_key(r, &key)) {
					if (IS(key, "nazev"))
						to->street = reading_kept(r, "ulice");
					else
						reading_skip(r);
				}
		} else
			reading_skip(r);
	}
}

static void read_facility(RegisterReader *r) {
	RegisterRecord *record = r->record;
	if (record->facility_count == MOST_FACILITIES) {
		reading_broken(r, "zarizeni", "záznam má přes 2 000 zařízení.");
		return;
	}
	Facility  *f = ARENA_PUSH(r->one, record->facilities, record->facility_count, record->facility_cap);
	*f = (Facility){.address_point = BLANK, .lon = BLANK, .lat = BLANK};
	RawAddress address = {0};
	Str        key, name = {0};
	while (reading_key(r, &key)) {
		if (IS(key, "nazev"))
			name = reading_kept(r, "nazev zařízení");
		else if (IS(key, "poskytujeOd"))
			f->provided_from = reading_day(r, "poskytujeOd");
		else if (IS(key, "poskytujeDo"))
			f->provided_to = reading_day(r, "poskytujeDo");
		else if (IS(key, "utajenaAdresa"))
			f->secret_address = reading_truth(r, "utajenaAdresa");
		else if (IS(key, "adresa"))
			read_address(r, &address);
		else
			reading_skip(r);                             /* vedouci: persons are not taken over */
	}
	f->name = canon_text(r->one, record, name, "Název zařízení", false);
	canon_address(r->one, r->maps, record, f, &address);
}

static void read_facilities(RegisterReader *r) {
	if (reading_list(r, "zarizeni"))
		while (reading_item(r, "zarizeni"))
			read_facility(r);
}

/* The list [{"email": …, "poznamka": …}]; what comes first is handed back. */
static Str read_contacts(RegisterReader *r, const char *list_name, const char *value_key, const char *kind, bool keep) {
	Str first = {0}, key;
	if (!reading_list(r, list_name))
		return first;
	while (reading_item(r, list_name)) {
		Str value = {0}, note = {0};
		while (reading_key(r, &key)) {
			if (str_eq(key, str_c(value_key)))
				value = reading_kept(r, list_name);
			else if (IS(key, "poznamka"))
				note = reading_kept(r, list_name);
			else
				reading_skip(r);
		}
		if (!first.len)
			first = canon_text(r->one, r->record, value, NULL, false);
		if (r->record->contact_count >= MOST_CONTACTS)
			reading_broken(r, list_name, "záznam má přes 500 kontaktů.");
		else if (keep)
			canon_contact(r->one, r->record, kind, value, note);
	}
	return first;
}

static void read_provider(RegisterReader *r) {
	Provider *p = &r->record->provider;
	Str       key, ico = {0}, name = {0};
	if (!reading_object(r, "poskytovatel"))
		return;
	while (reading_key(r, &key)) {
		if (IS(key, "ico"))
			ico = reading_kept(r, "ico");
		else if (IS(key, "nazev"))
			name = reading_kept(r, "nazev poskytovatele");
		else if (IS(key, "weby"))
			p->web = read_contacts(r, "weby poskytovatele", "web", "web", false);
		else if (IS(key, "emaily"))
			p->email = read_contacts(r, "emaily poskytovatele", "email", "email", false);
		else if (IS(key, "telefony"))
			p->phone = read_contacts(r, "telefony poskytovatele", "telefon", "phone", false);
		else
			reading_skip(r);                             /* statutarniOrgany: persons are not taken over */
	}
	p->name = canon_text(r->one, r->record, name, "Název poskytovatele", true);
	canon_provider(r->one, r->record, ico);
}

/* [{"cilovaSkupina": {"id": …}}, …] */
static void read_codes(RegisterReader *r, const char *list_name, const char *item, const RegisterCodes *codes, Strs *to, const char *what) {
	Str key;
	if (!reading_list(r, list_name))
		return;
	while (reading_item(r, list_name))
		while (reading_key(r, &key)) {
			if (!str_eq(key, str_c(item))) {
				reading_skip(r);
				continue;
			}
			Str id = reading_reference(r, item);
			if (to->len >= MOST_CODES)
				reading_broken(r, list_name, "seznam je příliš dlouhý.");
			else if (id.len)
				canon_add_code(r->one, r->record, to, codes, id, what);
		}
}

/* ---- the record ---- */

typedef struct RecordIds { bool portal_id, has_kind; Str id, identifier, kind; } RecordIds;

static void read_member(RegisterReader *r, Str key, RecordIds *ids) {
	RegisterRecord *record = r->record;
	Service        *s = &record->service;
	if (IS(key, "portalId"))
		record->portal_id = reading_int(r, "portalId");
	else if (IS(key, "id"))
		ids->id = reading_kept(r, "id");
	else if (IS(key, "identifikator"))
		ids->identifier = reading_kept(r, "identifikator");
	else if (IS(key, "datumPoskytovaniOd"))
		s->provided_from = reading_day(r, "datumPoskytovaniOd");
	else if (IS(key, "datumPoskytovaniDo"))
		s->provided_to = reading_day(r, "datumPoskytovaniDo");
	else if (IS(key, "druhSocialniSluzby"))
		ids->kind = reading_reference(r, "druhSocialniSluzby");
	else if (IS(key, "zarizeni"))
		read_facilities(r);
	else if (IS(key, "poskytovatel"))
		read_provider(r);
	else if (IS(key, "emaily"))
		read_contacts(r, "emaily", "email", "email", true);
	else if (IS(key, "telefony"))
		read_contacts(r, "telefony", "telefon", "phone", true);
	else if (IS(key, "faxy"))
		read_contacts(r, "faxy", "fax", "fax", true);
	else if (IS(key, "weby"))
		read_contacts(r, "weby", "web", "web", true);
	else if (IS(key, "ciloveSkupiny"))
		read_codes(r, "ciloveSkupiny", "cilovaSkupina", &r->maps->target_groups, &s->target_groups, "Cílová skupina");
	else if (IS(key, "vekoveSkupiny"))
		read_codes(r, "vekoveSkupiny", "vekovaSkupina", &r->maps->age_groups, &s->age_groups, "Věková skupina");
	else if (IS(key, "doplnujiciInformaceVekoveSkupiny"))
		s->target_note = canon_text(r->one, record, reading_text(r, "doplnujiciInformaceVekoveSkupiny"), NULL, false);
	else if (IS(key, "formy"))
		reading_forms(r);
	else
		reading_skip(r);                                 /* doplnkoveUdaje: most of the file */
}

/* The object is open. */
static bool read_record(RegisterReader *r) {
	RegisterRecord *record = r->record;
	RecordIds       ids = {0};
	Str             key;
	*record = (RegisterRecord){.number = r->number, .line = r->line, .offset = json_offset(r->json) - 1, .portal_id = BLANK,
	                           .service = {.portal_id = BLANK, .is_public = true}};
	while (reading_key(r, &key))
		read_member(r, key, &ids);
	if (r->why.len)
		return false;
	record->size = json_offset(r->json) - record->offset;
	if (record->portal_id == BLANK)
		return reading_broken(r, "portalId", "v záznamu chybí číslo na portálu.");
	if (!ids.id.len && !ids.identifier.len)
		return reading_broken(r, "identifikator", "záznam nemá id ani identifikator.");
	if (!ids.kind.len)
		return reading_broken(r, "druhSocialniSluzby", "v záznamu chybí druh služby.");
	if (!record->provider.name.len)
		return reading_broken(r, "poskytovatel", "v záznamu chybí název poskytovatele.");
	record->service.portal_id = record->portal_id;
	record->service.identifier = canon_identifier(r->one, record, ids.identifier, ids.id);
	record->service.kind = canon_code(r->one, record, &r->maps->kinds, ids.kind, "Druh služby");
	if (!record->service.kind.len)
		record->held = str_format(r->one, "Druh služby %.*s číselník nezná. Doplňte ho do číselníku druhů služeb a načtěte soubor znovu.",
		                          STR_ARG(utf8_first(ids.kind, 60)));
	canon_finish(r->one, r->maps, record);
	return true;
}

/* ---- the document ---- */

static RegisterReader *open_reader(Arena *a, const RegisterMaps *m, JsonReader *json) {
	return NEW(a, RegisterReader, .arena = a, .maps = m, .json = json);
}

RegisterReader *register_read_open(Arena *a, const RegisterMaps *m, JsonSource source, void *arg) {
	return open_reader(a, m, json_open(a, source, arg));
}

RegisterReader *register_read_open_record(Arena *a, const RegisterMaps *m, Str text_of_record, i64 number, u64 line) {
	RegisterReader *r = open_reader(a, m, json_open_str(a, text_of_record));
	r->is_alone = r->opened = true;
	r->number = number - 1;
	r->line_before = line - 1;
	return r;
}

static bool wrong_shape(RegisterReader *r) {
	return reading_broken(r, "soubor", "není export registru: má to být objekt se seznamem „polozky“.");
}

/* Up to the list of records; other members of the document are passed over. */
static bool open_document(RegisterReader *r) {
	Str key;
	r->opened = true;
	JsonEvent first = reading_next(r);
	if (first == JSON_ERROR)
		return false;
	if (first != JSON_OBJECT)
		return wrong_shape(r);
	while (reading_key(r, &key)) {
		if (!IS(key, "polozky")) {
			if (!reading_skip(r))
				return false;
			continue;
		}
		return reading_list(r, "polozky") || (r->why.len ? false : wrong_shape(r));
	}
	return r->why.len ? false : wrong_shape(r);
}

/* Behind the list: the rest of the document must be in order too. */
static void close_document(RegisterReader *r) {
	Str key;
	while (reading_key(r, &key))
		reading_skip(r);
	if (!r->why.len)
		reading_next(r);
	r->ended = true;
}

bool register_read_next(RegisterReader *r, Arena *one, RegisterRecord *ret) {
	r->one = one;
	r->record = ret;
	if (r->why.len || r->ended || (!r->opened && !open_document(r)))
		return false;
	JsonEvent event = reading_next(r);
	if (r->is_alone)
		r->ended = true;
	if (event == JSON_ERROR)
		return false;
	if (event == JSON_ARRAY_END && !r->is_alone) {
		close_document(r);
		return false;
	}
	r->number++;
	r->line = r->line_before + json_line(r->json);
	return event == JSON_OBJECT ? read_record(r) : reading_broken(r, "záznam", "má být objekt.");
}

Str register_read_why(const RegisterReader *r) {
	return r->why;
}

Str register_read_place(const RegisterReader *r) {
	return register_place(r->arena, r->number, r->line ? r->line : 1);
}
