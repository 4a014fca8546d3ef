/* register_read.c: the register's JSON, key by key. Unknown keys are passed over; a value of a wrong type is a broken record. */
#include "domain/register/register_record.h"

enum { MOST_FACILITIES = 2000, MOST_FORMS = 60, MOST_CAPACITIES = 200, MOST_CONTACTS = 500, MOST_CODES = 300 };

struct RegisterReader {
	Arena              *arena, *one;
	JsonReader         *json;
	const RegisterMaps *maps;
	RegisterRecord     *record;
	i64                 number;
	u64                 line, line_before;   /* line_before: lines of the document before a record that was cut out */
	bool                opened, is_alone, ended;
	Str                 why;
};

/* ---- failing ---- */

static bool broken(RegisterReader *r, const char *what, const char *should) {
	if (!r->why.len)
		r->why = str_format(r->arena, "%s: %s", what, should);
	return false;
}

/* The reader of JSON says line and byte itself. */
static bool broken_json(RegisterReader *r) {
	if (!r->why.len)
		r->why = str_dup(r->arena, json_why(r->json).len ? json_why(r->json) : S("Soubor není úplný."));
	return false;
}

static JsonEvent next(RegisterReader *r) {
	JsonEvent event = json_next(r->json);
	if (event == JSON_ERROR)
		broken_json(r);
	return event;
}

static bool skip(RegisterReader *r) {
	return json_skip(r->json) || broken_json(r);
}

/* ---- values ---- */

static bool is(Str s, const char *literal, size_t n) {
	return s.len == n && memcmp(s.ptr, literal, n) == 0;
}
#define IS(s, literal) is((s), literal, sizeof(literal) - 1)

/* The next key of the open object; false at its end and after an error. */
static bool next_key(RegisterReader *r, Str *key) {
	if (r->why.len || next(r) != JSON_KEY)
		return false;
	*key = json_text(r->json);
	return true;
}

/* Opens the object that comes; false for null and after an error. */
static bool object(RegisterReader *r, const char *what) {
	switch (next(r)) {
	case JSON_OBJECT:
		return true;
	case JSON_NULL:
	case JSON_ERROR:
		return false;
	default:
		return broken(r, what, "má být objekt nebo null.");
	}
}

/* Opens the list that comes. */
static bool list(RegisterReader *r, const char *what) {
	switch (next(r)) {
	case JSON_ARRAY:
		return true;
	case JSON_NULL:
	case JSON_ERROR:
		return false;
	default:
		return broken(r, what, "má být seznam nebo null.");
	}
}

/* The next object of the open list; false at its end. A null among them is passed over. */
static bool next_object(RegisterReader *r, const char *what) {
	for (;;) {
		JsonEvent event = r->why.len ? JSON_ERROR : next(r);
		if (event == JSON_OBJECT)
			return true;
		if (event == JSON_ARRAY_END || event == JSON_ERROR)
			return false;
		if (event != JSON_NULL)
			return broken(r, what, "v seznamu mají být objekty.");
	}
}

/* As written, living until the next event; numbers too. */
static Str text(RegisterReader *r, const char *what) {
	switch (next(r)) {
	case JSON_STRING:
	case JSON_NUMBER:
		return json_text(r->json);
	case JSON_NULL:
	case JSON_ERROR:
		return (Str){0};
	default:
		broken(r, what, "má být text, číslo nebo null.");
		return (Str){0};
	}
}

static Str kept_text(RegisterReader *r, const char *what) {
	return str_dup(r->one, text(r, what));
}

static i64 integer(RegisterReader *r, const char *what) {
	i64 n = BLANK;
	switch (next(r)) {
	case JSON_NUMBER:
		if (!json_int(r->json, &n))
			broken(r, what, "má být celé číslo.");
		return n;
	case JSON_STRING:
		if (!str_to_int(str_trim(json_text(r->json)), &n))
			broken(r, what, "má být celé číslo.");
		return n;
	case JSON_NULL:
	case JSON_ERROR:
		return BLANK;
	default:
		broken(r, what, "má být celé číslo nebo null.");
		return BLANK;
	}
}

static bool truth(RegisterReader *r, const char *what) {
	i64 n = 0;
	switch (next(r)) {
	case JSON_TRUE:
		return true;
	case JSON_NUMBER:
		if (!json_int(r->json, &n))
			broken(r, what, "má být true, false, 0 nebo 1.");
		return n != 0;
	case JSON_FALSE:
	case JSON_NULL:
	case JSON_ERROR:
		return false;
	default:
		broken(r, what, "má být true nebo false.");
		return false;
	}
}

/* "2020-01-31", also with a time behind it. */
static Date day(RegisterReader *r, const char *what) {
	Date d = {0};
	switch (next(r)) {
	case JSON_STRING: {
		Str s = str_trim(json_text(r->json));
		if (s.len && (!date_read_iso(str_first(s, DATE_ISO_LEN), &d) || (s.len > DATE_ISO_LEN && s.ptr[DATE_ISO_LEN] != 'T')))
			broken(r, what, str_z(r->arena, str_format(r->arena, "„%.*s“ není den. Den se zapisuje 2020-01-31.", STR_ARG(utf8_first(s, 40)))));
		return d;
	}
	case JSON_NULL:
	case JSON_ERROR:
		return d;
	default:
		broken(r, what, "má být den jako text.");
		return d;
	}
}

/* {"id": "Obec/554499"}: the id; empty for null. */
static Str reference(RegisterReader *r, const char *what) {
	Str id = {0}, key;
	if (!object(r, what))
		return id;
	while (next_key(r, &key)) {
		if (IS(key, "id"))
			id = kept_text(r, what);
		else
			skip(r);
	}
	return id;
}

/* The number of "Obec/554499"; BLANK when there is none. */
static i64 reference_number(RegisterReader *r, const char *what) {
	Str id = reference(r, what);
	i64 n;
	str_cut(&id, '/');
	return str_to_int(id, &n) ? n : BLANK;
}

/* ---- parts of a record ---- */

static void read_address(RegisterReader *r, RawAddress *to) {
	Str key;
	*to = (RawAddress){.house_no = BLANK, .address_point = BLANK, .municipality = BLANK, .part = BLANK};
	if (!object(r, "adresa"))
		return;
	to->is = true;
	while (next_key(r, &key)) {
		if (IS(key, "cisloDomovni"))
			to->house_no = integer(r, "cisloDomovni");
		else if (IS(key, "cisloOrientacni"))
			to->orientation = kept_text(r, "cisloOrientacni");
		else if (IS(key, "kodAdresnihoMista"))
			to->address_point = integer(r, "kodAdresnihoMista");
		else if (IS(key, "psc"))
			to->postcode = kept_text(r, "psc");
		else if (IS(key, "typCislaDomovniho"))
			to->evidence_no = reference_number(r, "typCislaDomovniho") == 2;
		else if (IS(key, "obec"))
			to->municipality = reference_number(r, "obec");
		else if (IS(key, "castObce"))
			to->part = reference_number(r, "castObce");
		else if (IS(key, "ulice")) {
			if (object(r, "ulice"))
				while (next_key(r, &key)) {
					if (IS(key, "nazev"))
						to->street = kept_text(r, "ulice");
					else
						skip(r);
				}
		} else
			skip(r);
	}
}

static void read_facility(RegisterReader *r) {
	RegisterRecord *record = r->record;
	if (record->facility_count == MOST_FACILITIES) {
		broken(r, "zarizeni", "záznam má přes 2 000 zařízení.");
		return;
	}
	Facility  *f = ARENA_PUSH(r->one, record->facilities, record->facility_count, record->facility_cap);
	*f = (Facility){.address_point = BLANK, .lon = BLANK, .lat = BLANK};
	RawAddress address = {0};
	Str        key, name = {0};
	while (next_key(r, &key)) {
		if (IS(key, "nazev"))
			name = kept_text(r, "nazev zařízení");
		else if (IS(key, "poskytujeOd"))
			f->provided_from = day(r, "poskytujeOd");
		else if (IS(key, "poskytujeDo"))
			f->provided_to = day(r, "poskytujeDo");
		else if (IS(key, "utajenaAdresa"))
			f->secret_address = truth(r, "utajenaAdresa");
		else if (IS(key, "adresa"))
			read_address(r, &address);
		else
			skip(r);                             /* vedouci: persons are not taken over */
	}
	f->name = canon_text(r->one, record, name, "Název zařízení", false);
	canon_address(r->one, r->maps, record, f, &address);
}

static void read_facilities(RegisterReader *r) {
	if (list(r, "zarizeni"))
		while (next_object(r, "zarizeni"))
			read_facility(r);
}

/* The list [{"email": …, "poznamka": …}]; what comes first is handed back. */
static Str read_contacts(RegisterReader *r, const char *list_name, const char *value_key, const char *kind, bool keep) {
	Str first = {0}, key;
	if (!list(r, list_name))
		return first;
	while (next_object(r, list_name)) {
		Str value = {0}, note = {0};
		while (next_key(r, &key)) {
			if (str_eq(key, str_c(value_key)))
				value = kept_text(r, list_name);
			else if (IS(key, "poznamka"))
				note = kept_text(r, list_name);
			else
				skip(r);
		}
		if (!first.len)
			first = canon_text(r->one, r->record, value, NULL, false);
		if (r->record->contact_count >= MOST_CONTACTS)
			broken(r, list_name, "záznam má přes 500 kontaktů.");
		else if (keep)
			canon_contact(r->one, r->record, kind, value, note);
	}
	return first;
}

static void read_provider(RegisterReader *r) {
	Provider *p = &r->record->provider;
	Str       key, ico = {0}, name = {0};
	if (!object(r, "poskytovatel"))
		return;
	while (next_key(r, &key)) {
		if (IS(key, "ico"))
			ico = kept_text(r, "ico");
		else if (IS(key, "nazev"))
			name = kept_text(r, "nazev poskytovatele");
		else if (IS(key, "weby"))
			p->web = read_contacts(r, "weby poskytovatele", "web", "web", false);
		else if (IS(key, "emaily"))
			p->email = read_contacts(r, "emaily poskytovatele", "email", "email", false);
		else if (IS(key, "telefony"))
			p->phone = read_contacts(r, "telefony poskytovatele", "telefon", "phone", false);
		else
			skip(r);                             /* statutarniOrgany: persons are not taken over */
	}
	p->name = canon_text(r->one, r->record, name, "Název poskytovatele", true);
	canon_provider(r->one, r->record, ico);
}

/* [{"cilovaSkupina": {"id": …}}, …] */
static void read_codes(RegisterReader *r, const char *list_name, const char *item, const RegisterCodes *codes, Strs *to, const char *what) {
	Str key;
	if (!list(r, list_name))
		return;
	while (next_object(r, list_name))
		while (next_key(r, &key)) {
			if (!str_eq(key, str_c(item))) {
				skip(r);
				continue;
			}
			Str id = reference(r, item);
			if (to->len >= MOST_CODES)
				broken(r, list_name, "seznam je příliš dlouhý.");
			else if (id.len)
				canon_add_code(r->one, r->record, to, codes, id, what);
		}
}

/* ---- hours and capacities ---- */

static const struct { const char *code, *name; } days[] = {
	{"po", "po"}, {"ut", "út"}, {"st", "st"}, {"ct", "čt"}, {"pa", "pá"}, {"so", "so"}, {"ne", "ne"},
};

static void add_hours(Arena *a, Str lines[LEN(days)], Str day_id, Str from, Str to) {
	str_cut(&day_id, '/');
	for (size_t i = 0; i < LEN(days); i++) {
		if (!str_eq(day_id, str_c(days[i].code)) || !from.len)
			continue;
		Str open = from.ptr[0] == '0' && from.len == 5 ? str_from(from, 1) : from;
		Str span = to.len ? str_format(a, "%.*s–%.*s", STR_ARG(open), STR_ARG(to.ptr[0] == '0' && to.len == 5 ? str_from(to, 1) : to)) : open;
		lines[i] = lines[i].len ? str_format(a, "%.*s, %.*s", STR_ARG(lines[i]), STR_ARG(span))
		                        : str_format(a, "%s %.*s", days[i].name, STR_ARG(span));
	}
}

/* One line per day: "po 8:00–12:00, 13:00–17:00". */
static Str read_hours(RegisterReader *r) {
	Str lines[LEN(days)] = {0}, key;
	int count = 0;
	if (!list(r, "casoveRozsahy"))
		return (Str){0};
	while (next_object(r, "casoveRozsahy")) {
		Str day_id = {0}, from = {0}, to = {0};
		while (next_key(r, &key)) {
			if (IS(key, "den"))
				day_id = reference(r, "den");
			else if (IS(key, "casOd"))
				from = canon_text(r->one, r->record, text(r, "casOd"), NULL, false);
			else if (IS(key, "casDo"))
				to = canon_text(r->one, r->record, text(r, "casDo"), NULL, false);
			else
				skip(r);
		}
		if (++count > MOST_CODES)
			broken(r, "casoveRozsahy", "seznam je příliš dlouhý.");
		else
			add_hours(r->one, lines, day_id, str_first(from, 5), str_first(to, 5));
	}
	Strs all = {0};
	for (size_t i = 0; i < LEN(days); i++)
		if (lines[i].len)
			strs_add(r->one, &all, lines[i]);
	return str_join(r->one, S("\n"), all);
}

static void add_capacity(RegisterReader *r, RegisterForm *form, const Capacity *c) {
	for (size_t i = 0; i < form->count; i++)
		if (str_eq(form->capacities[i].type, c->type)) {
			canon_fault(r->one, r->record, "capacity_twice", false, S("Stejný druh kapacity je u jedné formy uveden dvakrát. Počítá se první."));
			return;
		}
	*ARENA_PUSH(r->one, form->capacities, form->count, form->cap) = *c;
}

static void read_capacities(RegisterReader *r, RegisterForm *form) {
	Str key;
	if (!list(r, "kapacity"))
		return;
	while (next_object(r, "kapacity")) {
		Capacity c = {.count = BLANK};
		Str      type = {0};
		while (next_key(r, &key)) {
			if (IS(key, "pocet"))
				c.count = integer(r, "pocet");
			else if (IS(key, "popis"))
				c.description = canon_text(r->one, r->record, text(r, "popis"), NULL, false);
			else if (IS(key, "typ"))
				type = reference(r, "typ");
			else
				skip(r);
		}
		c.type = canon_code(r->one, r->record, &r->maps->capacity_types, type, "Druh kapacity");
		c.effective_from = canon_effective(c.description);
		if (form->count >= MOST_CAPACITIES)
			broken(r, "kapacity", "seznam je příliš dlouhý.");
		else if (c.type.len)
			add_capacity(r, form, &c);
	}
}

static void read_form(RegisterReader *r) {
	RegisterForm form = {0};
	Str          key, id = {0};
	while (next_key(r, &key)) {
		if (IS(key, "forma"))
			id = reference(r, "forma");
		else if (IS(key, "nepretrzitePoskytovani"))
			form.row.nonstop = truth(r, "nepretrzitePoskytovani");
		else if (IS(key, "casoveRozsahy"))
			form.row.hours = read_hours(r);
		else if (IS(key, "kapacity"))
			read_capacities(r, &form);
		else
			skip(r);
	}
	form.row.form = canon_code(r->one, r->record, &r->maps->forms, id, "Forma služby");
	if (!form.row.form.len)
		return;
	for (size_t i = 0; i < r->record->form_count; i++)
		if (str_eq(r->record->forms[i].row.form, form.row.form)) {
			canon_fault(r->one, r->record, "form_twice", false, S("Stejná forma je v záznamu uvedena dvakrát. Platí první."));
			return;
		}
	if (r->record->form_count >= MOST_FORMS)
		broken(r, "formy", "seznam je příliš dlouhý.");
	else
		*ARENA_PUSH(r->one, r->record->forms, r->record->form_count, r->record->form_cap) = form;
}

static void read_forms(RegisterReader *r) {
	if (list(r, "formy"))
		while (next_object(r, "formy"))
			read_form(r);
}

/* ---- the record ---- */

typedef struct RecordIds { bool portal_id, has_kind; Str id, identifier, kind; } RecordIds;

static void read_member(RegisterReader *r, Str key, RecordIds *ids) {
	RegisterRecord *record = r->record;
	Service        *s = &record->service;
	if (IS(key, "portalId"))
		record->portal_id = integer(r, "portalId");
	else if (IS(key, "id"))
		ids->id = kept_text(r, "id");
	else if (IS(key, "identifikator"))
		ids->identifier = kept_text(r, "identifikator");
	else if (IS(key, "datumPoskytovaniOd"))
		s->provided_from = day(r, "datumPoskytovaniOd");
	else if (IS(key, "datumPoskytovaniDo"))
		s->provided_to = day(r, "datumPoskytovaniDo");
	else if (IS(key, "druhSocialniSluzby"))
		ids->kind = reference(r, "druhSocialniSluzby");
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
		s->target_note = canon_text(r->one, record, text(r, "doplnujiciInformaceVekoveSkupiny"), NULL, false);
	else if (IS(key, "formy"))
		read_forms(r);
	else
		skip(r);                                 /* doplnkoveUdaje: most of the file */
}

/* The object is open. */
static bool read_record(RegisterReader *r) {
	RegisterRecord *record = r->record;
	RecordIds       ids = {0};
	Str             key;
	*record = (RegisterRecord){.number = r->number, .line = r->line, .offset = json_offset(r->json) - 1, .portal_id = BLANK,
	                           .service = {.portal_id = BLANK, .is_public = true}};
	while (next_key(r, &key))
		read_member(r, key, &ids);
	if (r->why.len)
		return false;
	record->size = json_offset(r->json) - record->offset;
	if (record->portal_id == BLANK)
		return broken(r, "portalId", "v záznamu chybí číslo na portálu.");
	if (!ids.id.len && !ids.identifier.len)
		return broken(r, "identifikator", "záznam nemá id ani identifikator.");
	if (!ids.kind.len)
		return broken(r, "druhSocialniSluzby", "v záznamu chybí druh služby.");
	if (!record->provider.name.len)
		return broken(r, "poskytovatel", "v záznamu chybí název poskytovatele.");
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
	return broken(r, "soubor", "není export registru: má to být objekt se seznamem „polozky“.");
}

/* Up to the list of records; other members of the document are passed over. */
static bool open_document(RegisterReader *r) {
	Str key;
	r->opened = true;
	JsonEvent first = next(r);
	if (first == JSON_ERROR)
		return false;
	if (first != JSON_OBJECT)
		return wrong_shape(r);
	while (next_key(r, &key)) {
		if (!IS(key, "polozky")) {
			if (!skip(r))
				return false;
			continue;
		}
		return list(r, "polozky") || (r->why.len ? false : wrong_shape(r));
	}
	return r->why.len ? false : wrong_shape(r);
}

/* Behind the list: the rest of the document must be in order too. */
static void close_document(RegisterReader *r) {
	Str key;
	while (next_key(r, &key))
		skip(r);
	if (!r->why.len)
		next(r);
	r->ended = true;
}

bool register_read_next(RegisterReader *r, Arena *one, RegisterRecord *ret) {
	r->one = one;
	r->record = ret;
	if (r->why.len || r->ended || (!r->opened && !open_document(r)))
		return false;
	JsonEvent event = next(r);
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
	return event == JSON_OBJECT ? read_record(r) : broken(r, "záznam", "má být objekt.");
}

Str register_read_why(const RegisterReader *r) {
	return r->why;
}

Str register_read_place(const RegisterReader *r) {
	return register_place(r->arena, r->number, r->line ? r->line : 1);
}
