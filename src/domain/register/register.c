/* register.c: the entities of the subject, and a service with all that belongs to it. */
#include "domain/register/register.h"

ENTITY(provider_entity, Provider, PROVIDER_FIELDS, .name = "provider", .table = "provider", .one = "poskytovatel", .many = "poskytovatelé",
       .of_many = "poskytovatelů", .article = "m", .dated = true, .key = "ico", .title = "name", .read = "public", .write = CAP_REGISTER_EDIT,
       .path = "/app/poskytovatele", .is_public = true, .raises_data_version = true)

ENTITY(service_entity, Service, SERVICE_FIELDS, .name = "service", .table = "service", .one = "služba", .many = "služby", .of_many = "služeb",
       .article = "f", .dated = true, .key = "identifier", .title = "name", .read = "public", .write = CAP_REGISTER_EDIT,
       .path = "/app/sluzby", .scope_provider = "provider", .is_public = true, .raises_data_version = true)

ENTITY(form_row_entity, FormRow, FORM_ROW_FIELDS, .name = "form_row", .table = "form_row", .one = "forma služby", .many = "formy služeb",
       .of_many = "forem služeb", .article = "f", .dated = true, .key = "service,form", .title = "form", .read = "public",
       .write = CAP_REGISTER_EDIT, .path = "/app/formy", .is_public = true, .raises_data_version = true)

ENTITY(capacity_entity, Capacity, CAPACITY_FIELDS, .name = "capacity", .table = "capacity", .one = "registrovaná kapacita",
       .many = "registrované kapacity", .of_many = "registrovaných kapacit", .article = "f", .dated = true, .key = "form_row,type",
       .title = "type", .read = "public", .write = CAP_REGISTER_EDIT, .path = "/app/kapacity", .is_public = true, .raises_data_version = true)

ENTITY(facility_entity, Facility, FACILITY_FIELDS, .name = "facility", .table = "facility", .one = "zařízení", .many = "zařízení",
       .of_many = "zařízení", .article = "n", .dated = true, .title = "name", .read = "public", .write = CAP_REGISTER_EDIT,
       .path = "/app/zarizeni", .is_public = true, .hide = facility_hide, .raises_data_version = true)

ENTITY(contact_entity, Contact, CONTACT_FIELDS, .name = "contact", .table = "contact", .one = "kontakt", .many = "kontakty",
       .of_many = "kontaktů", .article = "m", .dated = true, .key = "service,kind,value", .title = "value", .read = "public",
       .write = CAP_REGISTER_EDIT, .path = "/app/kontakty", .is_public = true, .raises_data_version = true)
