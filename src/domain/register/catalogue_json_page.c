/* catalogue_json_page.c: one service for machines, at the address of its page with .json. */
#include "core/codelist.h"
#include "domain/register/catalogue_parts_page.h"

static void put_code(JsonWriter *j, Ctx *c, const char *list, Str code) {
	jw_object(j);
	jw_key(j, "kod");
	jw_str(j, code);
	jw_key(j, "nazev");
	jw_str(j, codelist_name(c, list, code));
	jw_object_end(j);
}

static void put_codes(JsonWriter *j, Ctx *c, const char *key, const char *list, const Strs *codes) {
	jw_key(j, key);
	jw_array(j);
	for (size_t i = 0; i < codes->len; i++)
		put_code(j, c, list, codes->at[i]);
	jw_array_end(j);
}

static void put_text(JsonWriter *j, const char *key, Str s) {
	jw_key(j, key);
	if (s.len)
		jw_str(j, s);
	else
		jw_null(j);
}

static void put_day(JsonWriter *j, const char *key, Date d) {
	char iso[DATE_ISO_LEN];
	put_text(j, key, date_iso(d, iso));
}

static void put_forms(JsonWriter *j, Ctx *c, const ServiceWhole *w) {
	CapacitySums sums;
	service_capacity_sums(c->arena, w, &sums);
	jw_key(j, "formy");
	jw_array(j);
	for (size_t i = 0; i < w->form_count; i++) {
		const FormRow *row = w->forms[i].row;
		jw_object(j);
		jw_key(j, "forma");
		put_code(j, c, "service_form", row->form);
		jw_key(j, "nepretrzite");
		jw_bool(j, row->nonstop);
		put_text(j, "provozni_doba", row->hours);
		jw_key(j, "kapacity");
		jw_array(j);
		for (size_t n = 0; n < sums.len; n++) {
			if (!str_eq(sums.at[n].form, row->form))
				continue;
			jw_object(j);
			jw_key(j, "druh");
			put_code(j, c, "capacity_type", sums.at[n].type);
			jw_key(j, "pocet");
			jw_int(j, sums.at[n].count);
			jw_object_end(j);
		}
		jw_array_end(j);
		jw_object_end(j);
	}
	jw_array_end(j);
}

/* A file leaves our hands: what is secret is not in it, whoever asks. */
static void put_places(JsonWriter *j, Ctx *c, const ServiceWhole *w) {
	jw_key(j, "mista");
	jw_array(j);
	for (size_t i = 0; i < w->facility_count; i++) {
		const Facility *f = w->facilities[i];
		const Unit     *town = f->municipality && !f->secret_address ? territory_by_id(c, f->municipality) : NULL;
		jw_object(j);
		jw_key(j, "utajena_adresa");
		jw_bool(j, f->secret_address);
		if (!f->secret_address) {
			put_text(j, "nazev", f->name);
			put_text(j, "obec", town ? town->name : (Str){0});
			put_text(j, "obec_kod", town ? town->code : (Str){0});
			put_text(j, "cast_obce", f->part);
			put_text(j, "ulice", f->street);
			put_text(j, "cislo_domu", f->house_no);
			put_text(j, "psc", f->postcode);
			jw_key(j, "kod_adresniho_mista");
			jw_int(j, f->address_point);
		}
		jw_key(j, "kontaktni_misto");
		jw_bool(j, f->is_contact);
		jw_object_end(j);
	}
	jw_array_end(j);
}

static void put_contacts(JsonWriter *j, const ServiceWhole *w) {
	jw_key(j, "kontakty");
	jw_array(j);
	for (size_t i = 0; i < w->contact_count; i++) {
		jw_object(j);
		put_text(j, "druh", w->contacts[i]->kind);
		put_text(j, "kontakt", w->contacts[i]->value);
		put_text(j, "poznamka", w->contacts[i]->note);
		jw_object_end(j);
	}
	jw_array_end(j);
}

Err catalogue_service_json(Req *r, AsOf at, const ServiceWhole *w) {
	Ctx           *c = r->c;
	const Service *s = w->service;
	JsonWriter     json = json_page(r), *j = &json;
	jw_object(j);
	jw_key(j, "id");
	jw_int(j, s->head.id);
	put_text(j, "identifikator", s->identifier);
	put_text(j, "nazev", s->name);
	jw_key(j, "druh");
	put_code(j, c, "service_kind", s->kind);
	jw_key(j, "podle_zakona");
	jw_bool(j, !s->outside_act);
	jw_key(j, "poskytovatel");
	jw_object(j);
	jw_key(j, "id");
	jw_int(j, w->provider->head.id);
	put_text(j, "ico", w->provider->ico);
	put_text(j, "nazev", w->provider->name);
	jw_object_end(j);
	put_text(j, "popis", s->description);
	put_codes(j, c, "cilove_skupiny", "target_group", &s->target_groups);
	put_codes(j, c, "vekove_skupiny", "age_group", &s->age_groups);
	put_text(j, "doplneni_cilovych_skupin", s->target_note);
	put_day(j, "poskytovana_od", s->provided_from);
	put_day(j, "poskytovana_do", s->provided_to);
	put_day(j, "udaje_plati_od", s->head.valid_from);
	put_day(j, "udaje_plati_do", s->head.valid_to);
	put_day(j, "stav_ke_dni", as_of_full(c, at).valid);
	put_day(j, "potvrzeno_dne", s->confirmed_on);
	put_forms(j, c, w);
	put_places(j, c, w);
	put_contacts(j, w);
	put_text(j, "stranka", url_absolute(r, catalogue_service_href(c->arena, s->head.id, s->name)));
	jw_key(j, "ukazkova_data");
	jw_bool(j, web_options()->demo);
	jw_object_end(j);
	return OK;
}
