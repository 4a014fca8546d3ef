/* register.h: who provides which social service where: providers, services (one registration each), their forms with registered
 * capacities, facilities, contacts. All are dated: `valid` days say when a fact holds, `recorded` when we learned it. The period in which a
 * service is provided is a fact of its own (provided_from, provided_to).
 *
 * Source: the national register of providers (RPSS), open data; manual corrections are kept in `override` and survive imports. Persons' names
 * of the register never enter the store. Secret addresses are stored for people with register.secret only and never reach a page, map,
 * export or search of others. */
#pragma once
#include "domain/territory/territory.h"

#define CAP_REGISTER_EDIT    "register.edit"     /* NET: change, import, merge, confirm anything */
#define CAP_REGISTER_SUGGEST "register.suggest"  /* PRV, PSG, MUN, MSG: suggest a change, confirm one's own */
#define CAP_REGISTER_SECRET  "register.secret"   /* NET, AUD: secret addresses */

#define PROVIDER_FIELDS(F, T) \
	F(T, name, text, "Název", .required = true, .search = true, .sort = true, .list = 1) \
	F(T, ico, ico, "IČO", .search = true, .filter = true, .list = 2, .max = 20) \
	F(T, legal_form, code, "Právní forma", .codelist = "legal_form", .filter = true) \
	F(T, kind, code, "Druh poskytovatele", .codelist = "provider_kind", .filter = true, .list = 3) \
	F(T, municipality, ref, "Obec sídla", .target = &territory_entity, .filter = true, .list = 4) \
	F(T, street, text, "Ulice sídla", .max = 120) \
	F(T, house_no, text, "Číslo domu sídla", .max = 30) \
	F(T, postcode, postcode, "PSČ sídla", .max = 10) \
	F(T, data_box, text, "Datová schránka", .max = 7) \
	F(T, web, url, "Web") \
	F(T, email, email, "E-mail") \
	F(T, phone, phone, "Telefon", .max = 60) \
	F(T, note, longtext, "Poznámka", .read = CAP_REGISTER_EDIT) \
	F(T, merged_into, ref, "Sloučen do", .target = &provider_entity, .readonly = true) \
	F(T, confirmed_on, date, "Údaje potvrzeny dne", .readonly = true, .filter = true) \
	F(T, confirmed_by, text, "Potvrdil", .readonly = true, .read = CAP_REGISTER_SUGGEST)

#define SERVICE_FIELDS(F, T) \
	F(T, provider, ref, "Poskytovatel", .target = &provider_entity, .required = true, .filter = true, .list = 3) \
	F(T, identifier, text, "Identifikátor", .required = true, .search = true, .filter = true, .max = 20, .list = 4, .help = "Sedmimístné číslo registrace.") \
	F(T, portal_id, int, "Číslo na portálu") \
	F(T, kind, code, "Druh služby", .codelist = "service_kind", .required = true, .filter = true, .list = 2) \
	F(T, name, text, "Název", .required = true, .search = true, .sort = true, .list = 1) \
	F(T, description, longtext, "Popis pro veřejnost") \
	F(T, provided_from, date, "Poskytována od", .required = true, .filter = true) \
	F(T, provided_to, date, "Poskytována do", .filter = true, .list = 5) \
	F(T, end_reason, code, "Důvod ukončení", .codelist = "end_reason") \
	F(T, target_groups, codes, "Cílové skupiny", .codelist = "target_group", .filter = true) \
	F(T, age_groups, codes, "Věkové skupiny", .codelist = "age_group", .filter = true) \
	F(T, target_note, text, "Doplnění k cílovým skupinám", .max = 1000) \
	F(T, outside_act, bool, "Související služba mimo zákon", .filter = true, .help = "Služba, která není sociální službou podle zákona č. 108/2006 Sb.; v katalogu je tak označena.") \
	F(T, is_public, bool, "Zobrazovat v katalogu", .filter = true) \
	F(T, merged_into, ref, "Sloučena do", .target = &service_entity, .readonly = true) \
	F(T, confirmed_on, date, "Údaje potvrzeny dne", .readonly = true, .filter = true) \
	F(T, confirmed_by, text, "Potvrdil", .readonly = true, .read = CAP_REGISTER_SUGGEST)

#define FORM_ROW_FIELDS(F, T) \
	F(T, service, ref, "Služba", .target = &service_entity, .required = true, .filter = true, .list = 1) \
	F(T, form, code, "Forma", .codelist = "service_form", .required = true, .filter = true, .list = 2) \
	F(T, nonstop, bool, "Nepřetržitě", .list = 3) \
	F(T, hours, longtext, "Provozní doba", .max = 2000, .list = 4, .help = "Řádky „po 8:00–16:00“.")

#define CAPACITY_FIELDS(F, T) \
	F(T, form_row, ref, "Forma služby", .target = &form_row_entity, .required = true, .filter = true, .list = 1) \
	F(T, type, code, "Druh kapacity", .codelist = "capacity_type", .required = true, .filter = true, .list = 2) \
	F(T, count, int, "Počet", .required = true, .max = 1000000, .list = 3) \
	F(T, description, text, "Popis", .max = 1000, .list = 4) \
	F(T, effective_from, date, "Účinná od")

#define FACILITY_FIELDS(F, T) \
	F(T, service, ref, "Služba", .target = &service_entity, .required = true, .filter = true, .list = 2) \
	F(T, name, text, "Název zařízení", .required = true, .search = true, .sort = true, .list = 1) \
	F(T, municipality, ref, "Obec", .target = &territory_entity, .filter = true, .list = 3) \
	F(T, part, text, "Část obce", .max = 120, .secret = true) \
	F(T, street, text, "Ulice", .max = 120, .secret = true) \
	F(T, house_no, text, "Číslo domu", .max = 30, .secret = true) \
	F(T, postcode, postcode, "PSČ", .max = 10, .secret = true) \
	F(T, address_point, int, "Kód adresního místa", .secret = true) \
	F(T, lon, int, "Zeměpisná délka (miliontiny stupně)", .secret = true, .min = -180000000, .max = 180000000) \
	F(T, lat, int, "Zeměpisná šířka (miliontiny stupně)", .secret = true, .min = -90000000, .max = 90000000) \
	F(T, secret_address, bool, "Utajená adresa", .filter = true, .list = 4) \
	F(T, is_contact, bool, "Kontaktní místo") \
	F(T, accessible, code, "Přístupnost", .codelist = "accessibility") \
	F(T, provided_from, date, "V provozu od") \
	F(T, provided_to, date, "V provozu do", .filter = true)

#define CONTACT_FIELDS(F, T) \
	F(T, service, ref, "Služba", .target = &service_entity, .required = true, .filter = true, .list = 1) \
	F(T, kind, code, "Druh kontaktu", .codelist = "contact_kind", .required = true, .list = 2) \
	F(T, value, text, "Kontakt", .required = true, .max = 200, .list = 3) \
	F(T, note, text, "Poznámka", .max = 200, .list = 4)

extern const Entity provider_entity, service_entity, form_row_entity, capacity_entity, facility_entity, contact_entity;
ENTITY_STRUCT(Provider, PROVIDER_FIELDS)
ENTITY_STRUCT(Service, SERVICE_FIELDS)
ENTITY_STRUCT(FormRow, FORM_ROW_FIELDS)
ENTITY_STRUCT(Capacity, CAPACITY_FIELDS)
ENTITY_STRUCT(Facility, FACILITY_FIELDS)
ENTITY_STRUCT(Contact, CONTACT_FIELDS)

/* A service with all that belongs to it, as of a moment. Fields of facilities with a secret address are blanked for people without
 * register.secret and for the program itself, because what it renders is for everybody: municipality too, only the district may be told. */
typedef struct FormWithCapacities { FormRow *row; Capacity **capacities; size_t capacity_count; } FormWithCapacities;
typedef struct ServiceWhole {
	Service            *service;
	Provider           *provider;
	FormWithCapacities *forms;
	size_t              form_count;
	Facility          **facilities;          /* in operation that day, contact place first */
	size_t              facility_count;
	Contact           **contacts;
	size_t              contact_count;
} ServiceWhole;
MUST_USE Err service_whole(Ctx *c, AsOf at, Id service, ServiceWhole *ret);

/* DOMAIN F15: registered capacity counts once per registration × form × type, units are never mixed. */
typedef struct CapacitySum { Str form, type; i64 count; } CapacitySum;
typedef struct CapacitySums { CapacitySum *at; size_t len, cap; } CapacitySums;
void service_capacity_sums(Arena *a, const ServiceWhole *s, CapacitySums *ret);

/* The entity's own wall: whoever lacks register.secret reads a secret facility without its address. */
void facility_hide(Ctx *c, void *row);

/* Where a merged or renumbered record lives now; 0 = nowhere else. */
MUST_USE Err register_redirect(Ctx *c, const char *entity, Id old_id, Id *ret);
