/* register_canon.c: what a record says becomes what we store; what looks wrong becomes a fault for people to look at. */
#include <stdlib.h>

#include "base/format.h"
#include "base/hash.h"
#include "base/text.h"
#include "domain/register/register_record.h"

Str register_place(Arena *a, i64 number, u64 line) {
	if (number == 0)
		return S("začátek souboru");
	return str_format(a, "záznam %lld, řádek %llu", (long long)number, (unsigned long long)line);
}

void canon_fault(Arena *a, RegisterRecord *r, const char *kind, bool of_provider, Str text) {
	*ARENA_PUSH(a, r->faults, r->fault_count, r->fault_cap) = (RegisterFault){kind, text, of_provider};
}

/* ---- texts and codes ---- */

/* Escapes of JSON can name control characters, which no field may hold. */
static Str without_controls(Arena *a, Str s) {
	bool any = false;
	for (size_t i = 0; i < s.len; i++)
		any |= (u8)s.ptr[i] < 0x20 || s.ptr[i] == 0x7F;
	if (!any && text_acceptable(s))
		return s;
	char  *to = arena_alloc(a, s.len);
	size_t n = 0;
	for (size_t pos = 0; pos < s.len;) {
		u32 cp = utf8_next(s, &pos);
		n += utf8_put(to + n, cp < 0x20 || (cp >= 0x7F && cp < 0xA0) ? ' ' : cp);
	}
	return str_of(to, n);
}

static bool has_spare_blanks(Str s) {
	return s.len && (s.ptr[0] == ' ' || s.ptr[s.len - 1] == ' ' || str_has(s, S("  ")));
}

Str canon_text(Arena *a, RegisterRecord *r, Str raw, const char *label, bool of_provider) {
	Str clean = text_clean(a, without_controls(a, raw));
	if (label && has_spare_blanks(raw))
		canon_fault(a, r, "spaces", of_provider, str_format(a, "%s „%.*s“ má v registru mezery navíc.", label, STR_ARG(utf8_first(clean, 120))));
	return clean;
}

static const RegisterCodeName *find_code(const RegisterCodes *codes, Str external_id) {
	for (size_t i = 0; i < codes->len; i++)
		if (str_eq(codes->at[i].external_id, external_id))
			return &codes->at[i];
	return NULL;
}

Str canon_code(Arena *a, RegisterRecord *r, const RegisterCodes *codes, Str external_id, const char *what) {
	if (!external_id.len)
		return (Str){0};
	const RegisterCodeName *found = find_code(codes, external_id);
	if (!found)
		canon_fault(a, r, "code", false, str_format(a, "%s: registr uvádí %.*s, což číselník nezná.", what, STR_ARG(utf8_first(external_id, 60))));
	return found ? found->code : (Str){0};
}

/* Codes are kept in order, each once: as the store gives them. */
void canon_add_code(Arena *a, RegisterRecord *r, Strs *list, const RegisterCodes *codes, Str external_id, const char *what) {
	Str code = canon_code(a, r, codes, external_id, what);
	if (!code.len)
		return;
	size_t at = 0;
	while (at < list->len && str_cmp(list->at[at], code) < 0)
		at++;
	if (at < list->len && str_eq(list->at[at], code))
		return;
	strs_add(a, list, code);
	memmove(list->at + at + 1, list->at + at, (list->len - 1 - at) * sizeof *list->at);
	list->at[at] = code;
}

/* ---- who ---- */

static bool all_digits(Str s) {
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len > 0;
}

Str canon_identifier(Arena *a, RegisterRecord *r, Str raw, Str id) {
	Str identifier = utf8_first(canon_text(a, r, raw, NULL, false), 20);
	if (!identifier.len) {
		canon_fault(a, r, "identifier", false, S("Služba nemá v registru identifikátor registrace."));
		r->code = str_format(a, "id:%.*s", STR_ARG(utf8_first(id, 60)));
		return identifier;
	}
	if (identifier.len != 7 || !all_digits(identifier))
		canon_fault(a, r, "identifier", false, str_format(a, "Identifikátor %.*s nemá sedm číslic.", STR_ARG(identifier)));
	r->code = identifier;
	return identifier;
}

void canon_provider(Arena *a, RegisterRecord *r, Str raw) {
	Provider *p = &r->provider;
	Str       ico = canon_text(a, r, raw, NULL, true);
	if (!ico.len) {
		canon_fault(a, r, "ico", true, S("Poskytovatel nemá v registru IČO."));
		r->provider_code = str_format(a, "název:%.*s", STR_ARG(p->name));
		return;
	}
	bool is_number = all_digits(ico) && ico.len <= 8;
	p->ico = is_number ? ico_complete(a, ico) : utf8_first(ico, 20);
	if (is_number && ico.len < 8)
		canon_fault(a, r, "ico_short", true, str_format(a, "IČO %.*s je v registru bez úvodních nul (%.*s).", STR_ARG(p->ico), STR_ARG(ico)));
	if (!ico_valid(p->ico))
		canon_fault(a, r, "ico", true, str_format(a, "IČO %.*s není platné, kontrolní číslice nesouhlasí.", STR_ARG(p->ico)));
	r->provider_code = p->ico;
}

/* ---- where ---- */

static const RegisterTown *find_town(const RegisterMaps *m, i64 code) {
	size_t from = 0, to = m->town_count;
	while (from < to) {
		size_t mid = (from + to) / 2;
		if (m->towns[mid].code < code)
			from = mid + 1;
		else
			to = mid;
	}
	return from < m->town_count && m->towns[from].code == code ? &m->towns[from] : NULL;
}

static const RegisterTownPart *find_part(const RegisterMaps *m, i64 code) {
	size_t from = 0, to = m->part_count;
	while (from < to) {
		size_t mid = (from + to) / 2;
		if (m->parts[mid].code < code)
			from = mid + 1;
		else
			to = mid;
	}
	return from < m->part_count && m->parts[from].code == code ? &m->parts[from] : NULL;
}

static Str house_number(Arena *a, RegisterRecord *r, const RawAddress *raw) {
	Str orientation = canon_text(a, r, raw->orientation, NULL, false);
	if (raw->house_no == BLANK)
		return utf8_first(orientation, 30);
	Str no = str_format(a, "%s%lld", raw->evidence_no ? "č. e. " : "", (long long)raw->house_no);
	return utf8_first(orientation.len ? str_format(a, "%.*s/%.*s", STR_ARG(no), STR_ARG(orientation)) : no, 30);
}

/* Names of places never stand in faults about a facility whose address is secret. */
static void note_elsewhere(Arena *a, const RegisterMaps *m, RegisterRecord *r, const Facility *f, const RegisterTown *town, const RegisterTownPart *part) {
	const RegisterTown *other = find_town(m, part->municipality);
	if (f->secret_address)
		canon_fault(a, r, "elsewhere", false, str_format(a, "Zařízení „%.*s“: obec a část obce v adrese k sobě nepatří.", STR_ARG(f->name)));
	else
		canon_fault(a, r, "elsewhere", false,
		            str_format(a, "Zařízení „%.*s“ má v adrese obec %.*s, ale část obce %.*s%s%.*s.", STR_ARG(f->name), STR_ARG(town->name),
		                       STR_ARG(part->name), other ? ", která leží v obci " : ", která leží jinde", STR_ARG(other ? other->name : S(""))));
}

void canon_address(Arena *a, const RegisterMaps *m, RegisterRecord *r, Facility *f, const RawAddress *raw) {
	if (!raw->is) {
		if (!f->secret_address)
			canon_fault(a, r, "no_address", false, str_format(a, "Zařízení „%.*s“ nemá adresu a není utajené.", STR_ARG(f->name)));
		return;
	}
	f->street = utf8_first(canon_text(a, r, raw->street, NULL, false), 120);
	f->house_no = house_number(a, r, raw);
	f->postcode = utf8_first(str_replace(a, canon_text(a, r, raw->postcode, NULL, false), S(" "), S("")), 10);
	f->address_point = raw->address_point;
	if (raw->address_point == BLANK)
		canon_fault(a, r, "no_point", false, str_format(a, "Zařízení „%.*s“ nemá kód adresního místa.", STR_ARG(f->name)));
	const RegisterTown     *town = raw->municipality == BLANK ? NULL : find_town(m, raw->municipality);
	const RegisterTownPart *part = raw->part == BLANK ? NULL : find_part(m, raw->part);
	if (town)
		f->municipality = town->id;
	else if (!f->secret_address)
		canon_fault(a, r, "town", false, raw->municipality == BLANK
		            ? str_format(a, "Zařízení „%.*s“ nemá v adrese obec.", STR_ARG(f->name))
		            : str_format(a, "Zařízení „%.*s“ má v adrese obec s kódem %lld, který číselník území nezná.", STR_ARG(f->name), (long long)raw->municipality));
	if (part)
		f->part = part->name;
	if (part && town && part->municipality != town->code)
		note_elsewhere(a, m, r, f, town, part);
}

/* ---- the rest ---- */

void canon_contact(Arena *a, RegisterRecord *r, const char *kind, Str value, Str note) {
	Contact c = {.kind = str_c(kind), .value = utf8_first(canon_text(a, r, value, NULL, false), 200),
	             .note = utf8_first(canon_text(a, r, note, NULL, false), 200)};
	if (!c.value.len)
		return;
	for (size_t i = 0; i < r->contact_count; i++)
		if (str_eq(r->contacts[i].kind, c.kind) && str_eq(r->contacts[i].value, c.value))
			return;
	*ARENA_PUSH(a, r->contacts, r->contact_count, r->contact_cap) = c;
}

/* "… s účinností od 01.09.2016." */
Date canon_effective(Str s) {
	for (size_t i = 0; i + 10 <= s.len; i++) {
		i64 d, m, y;
		if (s.ptr[i + 2] == '.' && s.ptr[i + 5] == '.' && str_to_int(str_of(s.ptr + i, 2), &d) && str_to_int(str_of(s.ptr + i + 3, 2), &m) &&
		    str_to_int(str_of(s.ptr + i + 6, 4), &y) && y > 0)
			return date((int)y, (int)m, (int)d);
	}
	return (Date){0};
}

static void clip(Arena *a, RegisterRecord *r, const Entity *e, void *row, bool of_provider) {
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		if (f->type > TYPE_POSTCODE)
			continue;
		Str   *s = field_at(f, row);
		size_t most = f->max ? (size_t)f->max : f->type == TYPE_LONGTEXT ? 10000 : 200;
		if (s->len <= most || utf8_count(*s) <= most)
			continue;
		*s = str_trim(utf8_first(*s, most));
		canon_fault(a, r, "long", of_provider, str_format(a, "%s: text je delší než %zu znaků a byl zkrácen („%.*s…“).", f->label, most, STR_ARG(utf8_first(*s, 40))));
	}
}

static bool same_row(const Entity *e, const void *x, const void *y) {
	for (size_t i = 0; i < e->field_count; i++)
		if (!field_equal(&e->fields[i], x, y))
			return false;
	return true;
}

static bool has_facility(const RegisterRecord *r, const Facility *f, size_t before) {
	for (size_t i = 0; i < before; i++)
		if (same_row(&facility_entity, &r->facilities[i], f))
			return true;
	return false;
}

static void drop_doubles(Arena *a, RegisterRecord *r) {
	size_t kept = 0;
	for (size_t i = 0; i < r->facility_count; i++) {
		if (!has_facility(r, &r->facilities[i], kept))
			r->facilities[kept++] = r->facilities[i];
		else
			canon_fault(a, r, "facility_twice", false, str_format(a, "Zařízení „%.*s“ je v záznamu uvedeno dvakrát se stejnými údaji.", STR_ARG(r->facilities[i].name)));
	}
	r->facility_count = kept;
}

static const RegisterCodeName *kind_of(const RegisterMaps *m, Str code) {
	for (size_t i = 0; i < m->kinds.len; i++)
		if (str_eq(m->kinds.at[i].code, code))
			return &m->kinds.at[i];
	return NULL;
}

Str register_service_name(Arena *a, const RegisterMaps *m, const RegisterRecord *r) {
	bool same = r->facility_count > 0;
	for (size_t i = 1; i < r->facility_count && same; i++)
		same = str_eq(r->facilities[i].name, r->facilities[0].name);
	if (same)
		return r->facilities[0].name;
	const RegisterCodeName *kind = kind_of(m, r->service.kind);
	return utf8_first(str_format(a, "%.*s, %.*s", STR_ARG(r->provider.name), STR_ARG(kind ? kind->name : r->service.kind)), 200);
}

void canon_finish(Arena *a, const RegisterMaps *m, RegisterRecord *r) {
	if (r->provider.email.len && !email_plausible(r->provider.email))
		r->provider.email = S("");
	if (r->provider.web.len && !url_plausible(r->provider.web))
		r->provider.web = str_cat(a, S("https://"), r->provider.web);
	if (r->provider.web.len && !url_plausible(r->provider.web))
		r->provider.web = S("");
	clip(a, r, &provider_entity, &r->provider, true);
	for (size_t i = 0; i < r->facility_count; i++) {
		if (!r->facilities[i].name.len)
			r->facilities[i].name = S("Zařízení bez názvu");
		clip(a, r, &facility_entity, &r->facilities[i], false);
	}
	drop_doubles(a, r);
	for (size_t i = 0; i < r->form_count; i++) {
		clip(a, r, &form_row_entity, &r->forms[i].row, false);
		for (size_t k = 0; k < r->forms[i].count; k++)
			clip(a, r, &capacity_entity, &r->forms[i].capacities[k], false);
	}
	if (!r->facility_count)
		canon_fault(a, r, "no_facility", false, S("Služba nemá v registru žádné zařízení."));
	r->service.name = register_service_name(a, m, r);
	clip(a, r, &service_entity, &r->service, false);
}

void register_merge(Arena *a, const RegisterMaps *m, RegisterRecord *main, const RegisterRecord *other) {
	for (size_t i = 0; i < other->facility_count; i++)
		if (!has_facility(main, &other->facilities[i], main->facility_count))
			*ARENA_PUSH(a, main->facilities, main->facility_count, main->facility_cap) = other->facilities[i];
	for (size_t i = 0; i < other->form_count; i++) {
		const RegisterForm *from = &other->forms[i];
		RegisterForm       *to = NULL;
		for (size_t k = 0; k < main->form_count && !to; k++)
			to = str_eq(main->forms[k].row.form, from->row.form) ? &main->forms[k] : NULL;
		if (!to) {
			*ARENA_PUSH(a, main->forms, main->form_count, main->form_cap) = *from;
			continue;
		}
		for (size_t k = 0; k < from->count; k++) {
			bool has = false;
			for (size_t n = 0; n < to->count; n++)
				has |= str_eq(to->capacities[n].type, from->capacities[k].type);
			if (!has)
				*ARENA_PUSH(a, to->capacities, to->count, to->cap) = from->capacities[k];
		}
	}
	for (size_t i = 0; i < other->contact_count; i++) {
		bool has = false;
		for (size_t k = 0; k < main->contact_count; k++)
			has |= str_eq(main->contacts[k].kind, other->contacts[i].kind) && str_eq(main->contacts[k].value, other->contacts[i].value);
		if (!has)
			*ARENA_PUSH(a, main->contacts, main->contact_count, main->contact_cap) = other->contacts[i];
	}
	main->service.name = register_service_name(a, m, main);
}

/* ---- digests ---- */

static void put_bytes(Buf *b, Str s) {
	u32 n = (u32)s.len;
	buf_put(b, (const char *)&n, sizeof n);
	buf_str(b, s);
}

static void put_number(Buf *b, i64 n) {
	buf_put(b, (const char *)&n, sizeof n);
}

static void put_field(Buf *b, const Field *f, const void *row) {
	const void *p = field_in(f, row);
	switch (f->type) {
	case TYPE_BOOL:
		buf_char(b, *(const bool *)p ? '1' : '0');
		break;
	case TYPE_DATE:
		put_number(b, ((const Date *)p)->n);
		break;
	case TYPE_CODES: {
		const Strs *codes = p;
		put_number(b, (i64)codes->len);
		for (size_t i = 0; i < codes->len; i++)
			put_bytes(b, codes->at[i]);
		break;
	}
	case TYPE_INT:
	case TYPE_REF:
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
	case TYPE_INSTANT:
		put_number(b, *(const i64 *)p);
		break;
	default:
		put_bytes(b, *(const Str *)p);
	}
}

static void put_row(Buf *b, const Entity *e, const void *row) {
	for (size_t i = 0; i < e->field_count; i++)
		put_field(b, &e->fields[i], row);
}

static RegisterDigest digest_of(Buf *b) {
	RegisterDigest d;
	Sha256         whole = sha256(buf_view(b));
	memcpy(d.bytes, whole.bytes, sizeof d.bytes);
	buf_free(b);
	return d;
}

RegisterDigest register_digest(const RegisterRecord *r) {
	CLEANUP(buf_free) Buf b = {0};
	put_bytes(&b, r->provider_code);
	put_row(&b, &service_entity, &r->service);
	for (size_t i = 0; i < r->form_count; i++) {
		put_row(&b, &form_row_entity, &r->forms[i].row);
		for (size_t k = 0; k < r->forms[i].count; k++)
			put_row(&b, &capacity_entity, &r->forms[i].capacities[k]);
	}
	put_number(&b, (i64)r->facility_count);
	for (size_t i = 0; i < r->facility_count; i++)
		put_row(&b, &facility_entity, &r->facilities[i]);
	for (size_t i = 0; i < r->contact_count; i++)
		put_row(&b, &contact_entity, &r->contacts[i]);
	return digest_of(&b);
}

RegisterDigest register_provider_digest(const RegisterRecord *r) {
	CLEANUP(buf_free) Buf b = {0};
	put_row(&b, &provider_entity, &r->provider);
	return digest_of(&b);
}
