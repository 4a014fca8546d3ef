#include "base/json.h"
#include "domain/register/generate_parts.h"

/* Records of the full file carry 10 kB of annexes and more, as the real ones: so many items in each of the three lists. */
enum { LEAST_ANNEXES = 3, MOST_ANNEXES = 5 };

/* ---- small things ---- */

void gen_put_number(Buf *b, u32 n) {
	char digits[10];
	char *p = digits + sizeof digits;
	do
		*--p = (char)('0' + n % 10);
	while (n /= 10);
	buf_put(b, p, (size_t)(digits + sizeof digits - p));
}

static void put_padded(Buf *b, u32 n, size_t width) {
	char digits[10];
	for (size_t i = width; i-- > 0; n /= 10)
		digits[i] = (char)('0' + n % 10);
	buf_put(b, digits, width);
}

static void put_day(Buf *b, GenDay d, bool with_time) {
	if (!d.year) {
		buf_lit(b, "null");
		return;
	}
	buf_char(b, '"');
	put_padded(b, d.year, 4);
	buf_char(b, '-');
	put_padded(b, d.month, 2);
	buf_char(b, '-');
	put_padded(b, d.day, 2);
	if (with_time)
		buf_lit(b, "T00:00:00");
	buf_char(b, '"');
}

static void put_id(Buf *b, const char *list, u32 code) {
	buf_lit(b, "{\"id\":\"");
	buf_str(b, str_c(list));
	buf_char(b, '/');
	gen_put_number(b, code);
	buf_lit(b, "\"}");
}

static void put_code(Buf *b, const RegisterCode *code) {
	buf_lit(b, "{\"id\":\"");
	buf_str(b, str_c(code->external_id));
	buf_lit(b, "\"}");
}

static void put_text(Buf *b, Str s) {
	if (s.len)
		json_escape(b, s);
	else
		buf_lit(b, "null");
}

static void put_empty_list(Buf *b, const GenService *s) {
	if (s->lists_null)
		buf_lit(b, "null");
	else
		buf_lit(b, "[]");
}

/* ---- what edits report as well ---- */

void gen_put_place_name(Buf *b, const GenService *s, int k) {
	const GenPlace *place = &s->place[k];
	if (place->name.len) {
		buf_str(b, place->name);
		return;
	}
	buf_str(b, str_c(s->kind->label));
	buf_char(b, ' ');
	buf_str(b, s->provider->core);
	if (k == 0 || (k == 1 && s->twice))
		return;
	buf_lit(b, ", středisko ");
	buf_str(b, place->where->name);
	buf_char(b, ' ');
	gen_put_number(b, (u32)k + 1);
}

void gen_put_description(Buf *b, const GenCapacity *c) {
	static const char *const words[REGISTER_CAPACITY_TYPES][3] = {
		[CAPACITY_CLIENTS] = {"klient", "klienti", "klientů"},
		[CAPACITY_CONTACTS] = {"kontakt (10 min.)", "kontakty (10 min.)", "kontaktů (10 min.)"},
		[CAPACITY_INTERVENTIONS] = {"intervence (30 min.)", "intervence (30 min.)", "intervencí (30 min.)"},
		[CAPACITY_BEDS] = {"lůžko", "lůžka", "lůžek"},
		[CAPACITY_CALLS] = {"hovor", "hovory", "hovorů"},
	};
	if (c->description.len) {
		buf_str(b, c->description);
		return;
	}
	buf_lit(b, "Maximální kapacita ");
	gen_put_number(b, (u32)c->count);
	buf_char(b, ' ');
	buf_str(b, str_c(words[c->type][c->count == 1 ? 0 : c->count >= 2 && c->count <= 4 ? 1 : 2]));
	buf_lit(b, " s účinností od ");
	put_padded(b, c->from.day, 2);
	buf_char(b, '.');
	put_padded(b, c->from.month, 2);
	buf_char(b, '.');
	put_padded(b, c->from.year, 4);
	buf_char(b, '.');
}

void gen_put_groups(Buf *b, u32 groups) {
	for (int i = 0, many = 0; i < REGISTER_TARGET_GROUPS; i++)
		if (groups & 1u << i) {
			if (many++)
				buf_char(b, ' ');
			buf_str(b, str_c(register_target_groups[i].external_id));
		}
}

void gen_put_email(Buf *b, const GenService *s) {
	if (s->email.len) {
		buf_str(b, s->email);
		return;
	}
	buf_lit(b, "kontakt");
	gen_put_number(b, s->portal_id);
	buf_lit(b, "@example.org");
}

void gen_put_phone(Buf *b, u32 phone) {
	buf_lit(b, "000");
	put_padded(b, phone, 6);
}

/* ---- parts of a record ---- */

static void put_address(Buf *b, const GenPlace *place) {
	buf_lit(b, "{\"cisloDomovni\":");
	gen_put_number(b, place->house_no);
	buf_lit(b, ",\"cisloOrientacni\":");
	if (place->orientation) {
		buf_char(b, '"');
		gen_put_number(b, place->orientation);
		if (place->orientation % 8 == 0)
			buf_char(b, 'a');
		buf_char(b, '"');
	} else {
		buf_lit(b, "null");
	}
	buf_lit(b, ",\"dodatekAdresy\":null,\"kodAdresnihoMista\":");
	if (place->address_point)
		gen_put_number(b, place->address_point);
	else
		buf_lit(b, "null");
	buf_lit(b, ",\"psc\":");
	put_text(b, place->part ? place->part->postcode : (Str){0});
	buf_lit(b, ",\"typCislaDomovniho\":");
	put_id(b, "TypStavebnihoObjektu", place->evidence_no ? 2 : 1);
	buf_lit(b, ",\"kraj\":");
	put_id(b, "Kraj", place->where->region);
	buf_lit(b, ",\"okres\":");
	put_id(b, "Okres", place->where->county);
	buf_lit(b, ",\"obec\":");
	put_id(b, "Obec", place->where->code);
	buf_lit(b, ",\"castObce\":");
	if (place->part)
		put_id(b, "CastObce", place->part->code);
	else
		buf_lit(b, "null");
	buf_lit(b, ",\"mestskyObvodMestskaCast\":null,\"mestskyObvodVPraze\":null,\"ulice\":");
	if (place->street.len) {
		buf_lit(b, "{\"nazev\":\"");
		buf_str(b, place->street);
		buf_lit(b, "\"}");
	} else {
		buf_lit(b, "null");
	}
	buf_char(b, '}');
}

static void put_place(Buf *b, const GenPlan *p, Buf *text, GenService *s, int k) {
	const GenPlace *place = &s->place[k];
	gen_put_place_name(text, s, k);
	size_t clean = text->len;
	buf_more(text, clean + 2);                       /* the copy below must not move what it copies */
	gen_put_spaced(text, buf_view(text), place->spaces);
	buf_lit(b, "{\"nazev\":");
	json_escape(b, str_from(buf_view(text), clean));
	text->len = 0;
	buf_lit(b, ",\"poskytujeOd\":");
	put_day(b, place->from, s->date_time);
	buf_lit(b, ",\"poskytujeDo\":");
	put_day(b, place->to, s->date_time);
	buf_lit(b, ",\"utajenaAdresa\":");
	if (place->secret_as_number)
		buf_char(b, '1');
	else if (place->secret)
		buf_lit(b, "true");
	else
		buf_lit(b, "false");
	buf_lit(b, ",\"adresa\":");
	if (place->no_address)
		buf_lit(b, "null");
	else
		put_address(b, place);
	buf_lit(b, ",\"vedouci\":");
	if (rand_next(&s->rand) % 4 < (p->lean ? 1 : 3))
		gen_person(b, &s->rand);
	else
		buf_lit(b, "null");
	buf_char(b, '}');
}

static void put_places(Buf *b, const GenPlan *p, Buf *text, GenService *s) {
	if (s->places == 0) {
		put_empty_list(b, s);
		return;
	}
	for (int k = 0; k < s->places; k++) {
		buf_char(b, k ? ',' : '[');
		put_place(b, p, text, s, k);
	}
	buf_char(b, ']');
}

static void put_ico(Buf *b, const GenService *s) {
	buf_char(b, '"');
	if (s->ico_short)
		gen_put_number(b, s->provider->ico);
	else
		put_padded(b, s->provider->ico, 8);
	buf_char(b, '"');
}

static void put_provider(Buf *b, const GenPlan *p, Buf *text, GenService *s) {
	const GenProvider *provider = s->provider;
	buf_lit(b, "{\"ico\":");
	put_ico(b, s);
	buf_lit(b, ",\"nazev\":");
	gen_put_spaced(text, provider->name, provider->spaces);
	json_escape(b, buf_view(text));
	text->len = 0;
	if (s->broken && p->o.broken_how == BREAK_UTF8)
		b->ptr[b->len - 2] = (char)0xC3;             /* the first half of a letter */
	buf_lit(b, ",\"statutarniOrgany\":[{\"nazev\":\"Statutární orgán\",\"clen\":");
	gen_person(b, &s->rand);
	buf_lit(b, "}],\"weby\":");
	if (p->lean) {
		put_empty_list(b, s);
	} else {
		buf_lit(b, "[{\"web\":\"https://www.example.org/p/");
		gen_put_number(b, provider->ico);
		buf_lit(b, "\",\"poznamka\":null}]");
	}
	buf_lit(b, ",\"emaily\":");
	if (p->lean) {
		put_empty_list(b, s);
	} else {
		buf_lit(b, "[{\"email\":\"poskytovatel");
		gen_put_number(b, provider->ico);
		buf_lit(b, "@example.org\",\"poznamka\":null}]");
	}
	buf_lit(b, ",\"telefony\":");
	put_empty_list(b, s);
	buf_char(b, '}');
}

static void put_contacts(Buf *b, GenService *s) {
	buf_lit(b, ",\"emaily\":[{\"email\":\"");
	gen_put_email(b, s);
	buf_lit(b, "\",\"poznamka\":null}],\"telefony\":[{\"telefon\":\"");
	gen_put_phone(b, s->phone);
	buf_lit(b, "\",\"poznamka\":null}],\"faxy\":");
	put_empty_list(b, s);
	buf_lit(b, ",\"weby\":");
	if (rand_next(&s->rand) % 16 == 0) {
		put_empty_list(b, s);
		return;
	}
	buf_lit(b, "[{\"web\":\"http://sluzba");
	gen_put_number(b, s->portal_id);
	buf_lit(b, ".example.org\",\"poznamka\":null}]");
}

static void put_code_list(Buf *b, const char *key, const RegisterCode *codes, int count, u32 bits) {
	char before = '[';
	for (int i = 0; i < count; i++)
		if (bits & 1u << i) {
			buf_char(b, before);
			before = ',';
			buf_lit(b, "{\"");
			buf_str(b, str_c(key));
			buf_lit(b, "\":");
			put_code(b, &codes[i]);
			buf_char(b, '}');
		}
	buf_char(b, ']');
}

static void put_forms(Buf *b, const GenService *s) {
	for (int i = 0; i < s->forms; i++) {
		const GenFormRow *row = &s->form[i];
		buf_char(b, i ? ',' : '[');
		buf_lit(b, "{\"forma\":");
		put_code(b, &register_forms[row->form]);
		buf_lit(b, ",\"nepretrzitePoskytovani\":");
		buf_str(b, row->nonstop ? S("true") : S("false"));
		buf_lit(b, ",\"casoveRozsahy\":");
		buf_str(b, row->hours ? str_c(row->hours) : S("null"));
		buf_lit(b, ",\"kapacity\":");
		for (int k = 0; k < row->capacities; k++) {
			buf_char(b, k ? ',' : '[');
			buf_lit(b, "{\"pocet\":");
			gen_put_number(b, (u32)row->capacity[k].count);
			buf_lit(b, ",\"popis\":\"");
			gen_put_description(b, &row->capacity[k]);
			buf_lit(b, "\",\"typ\":");
			put_code(b, &register_capacity_types[row->capacity[k].type]);
			buf_char(b, '}');
		}
		buf_lit(b, "]}");
	}
	buf_char(b, ']');
}

static void put_annexes(Buf *b, const GenPlan *p, GenService *s, const char *file) {
	static const char hex_digits[] = "0123456789abcdef";
	int count = LEAST_ANNEXES + (int)(rand_next(&s->rand) % (MOST_ANNEXES - LEAST_ANNEXES + 1));
	for (int i = 0; i < count; i++) {
		u64 x = rand_next(&s->rand);
		int year = p->year - count + i;
		buf_char(b, i ? ',' : '[');
		buf_lit(b, "{\"datumOd\":");
		put_day(b, gen_day(year, 1, 1), s->date_time);
		buf_lit(b, ",\"datumDo\":");
		put_day(b, i + 1 < count ? gen_day(year, 12, 28) : (GenDay){0}, s->date_time);
		buf_lit(b, ",\"popis\":\"");
		buf_str(b, p->texts[x % GEN_TEXTS]);
		buf_lit(b, "\",\"priloha\":{\"nazev\":\"");
		buf_str(b, str_c(file));
		gen_put_number(b, (u32)year);
		buf_lit(b, ".pdf\",\"velikost\":");
		gen_put_number(b, 20000 + (u32)(x >> 40 & 0xFFFFF));
		buf_lit(b, ",\"url\":\"https://www.example.org/rest/documents/");
		for (int k = 0; k < 16; k++)
			buf_char(b, hex_digits[x >> k * 4 & 15]);
		buf_lit(b, "\"}}");
	}
	buf_char(b, ']');
}

static void put_ids(Buf *b, const GenPlan *p, const GenService *s) {
	if (s->broken && p->o.broken_how == BREAK_NO_ID)
		return;
	buf_lit(b, "\"portalId\":");
	gen_put_number(b, s->portal_id);
	buf_lit(b, ",\"id\":\"");
	gen_put_number(b, 7000000 + s->portal_id);
	buf_lit(b, "\",\"identifikator\":");
	if (!s->identifier_number)
		buf_char(b, '"');
	gen_put_number(b, s->identifier);
	if (!s->identifier_number)
		buf_char(b, '"');
	buf_char(b, ',');
	if (s->broken && p->o.broken_how == BREAK_DUPLICATE_KEY)
		buf_lit(b, "\"portalId\":1,");
}

void gen_put_service(Buf *b, const GenPlan *p, GenService *s) {
	Buf text = {0};                                  /* for names that are put together */
	buf_char(b, '{');
	put_ids(b, p, s);
	buf_lit(b, "\"datumPoskytovaniOd\":");
	if (s->broken && p->o.broken_how == BREAK_DATE)
		buf_lit(b, "\"2020-02-30\"");
	else
		put_day(b, s->from, s->date_time);
	buf_lit(b, ",\"datumPoskytovaniDo\":");
	put_day(b, s->to, s->date_time);
	buf_lit(b, ",\"kontaktniAdresy\":");
	if (p->lean || s->places == 0 || s->place[0].secret) {
		put_empty_list(b, s);
	} else {
		buf_lit(b, "[{\"adresa\":");
		put_address(b, &s->place[0]);
		buf_lit(b, ",\"poznamka\":null}]");
	}
	buf_lit(b, ",\"druhSocialniSluzby\":");
	if (s->broken && p->o.broken_how == BREAK_KIND)
		json_escape(b, str_c(s->kind->code.name));
	else
		put_code(b, &s->kind->code);
	buf_lit(b, ",\"zarizeni\":");
	put_places(b, p, &text, s);
	buf_lit(b, ",\"poskytovatel\":");
	put_provider(b, p, &text, s);
	put_contacts(b, s);
	buf_lit(b, ",\"ciloveSkupiny\":");
	put_code_list(b, "cilovaSkupina", register_target_groups, REGISTER_TARGET_GROUPS, s->groups);
	buf_lit(b, ",\"vekoveSkupiny\":");
	put_code_list(b, "vekovaSkupina", register_age_groups, REGISTER_AGE_GROUPS, s->ages);
	buf_lit(b, ",\"doplnujiciInformaceVekoveSkupiny\":");
	put_text(b, s->target_note);
	buf_lit(b, ",\"formy\":");
	put_forms(b, s);
	buf_lit(b, ",\"rozsirenePusobnostiVKraji\":");
	put_empty_list(b, s);
	buf_lit(b, ",\"doplnkoveUdaje\":");
	if (p->lean) {
		buf_lit(b, "null}");
	} else {
		buf_lit(b, "{\"realizacePoskytovani\":");
		put_annexes(b, p, s, "realizace-");
		buf_lit(b, ",\"planyFinancnihoZajisteni\":");
		put_annexes(b, p, s, "financni-plan-");
		buf_lit(b, ",\"personalniZajisteni\":");
		put_annexes(b, p, s, "personalni-zajisteni-");
		buf_lit(b, "}}");
	}
	if (s->broken && p->o.broken_how == BREAK_SYNTAX)
		b->len--;
	buf_free(&text);
}
