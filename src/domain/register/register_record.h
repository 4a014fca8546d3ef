/* register_record.h: one record of the national register in our own form, and the reader that makes it. Inside the subject only.
 *
 * Canonical: texts trimmed, NFC and without double blanks, IČO completed to eight digits, ids of the register's code lists replaced by our
 * codes, municipalities and their parts found by RÚIAN code. Persons' names and the annexes are passed over without being kept. The reader
 * knows no store: it works with maps that register_maps made from one. */
#pragma once
#include "base/json.h"
#include "domain/register/register.h"

/* ---- maps: what the register's ids mean here ---- */

typedef struct RegisterCodeName { Str external_id, code, name; } RegisterCodeName;
typedef struct RegisterCodes { RegisterCodeName *at; size_t len, cap; } RegisterCodes;
typedef struct RegisterTown { i64 code; Id id; Str name; } RegisterTown;
typedef struct RegisterTownPart { i64 code, municipality; Str name; } RegisterTownPart;

typedef struct RegisterMaps {
	RegisterCodes     kinds, forms, capacity_types, target_groups, age_groups;
	RegisterTown     *towns;                 /* by code */
	size_t            town_count, town_cap;
	RegisterTownPart *parts;                 /* by code; only of the regions whose parts we know */
	size_t            part_count, part_cap;
} RegisterMaps;

/* From the store, once per import. Lives in `a`. */
MUST_USE Err register_maps(Ctx *c, Arena *a, RegisterMaps *ret);
/* The parts of municipalities that the program carries along. */
void register_maps_parts(Arena *a, RegisterMaps *m);

/* ---- a record ---- */

/* What a person should look at: kinds are in register_repair.c. */
typedef struct RegisterFault {
	const char *kind;
	Str         text;
	bool        of_provider;                 /* else of the service */
} RegisterFault;

typedef struct RegisterForm {
	FormRow   row;
	Capacity *capacities;
	size_t    count, cap;
} RegisterForm;

typedef struct RegisterRecord {
	i64  number;                             /* in the file, the first is 1 */
	u64  line, offset, size;                 /* where it stands */
	i64  portal_id;
	Str  code;                               /* identifier, or what names a record without one */
	Str  provider_code;                      /* IČO, or the name of a provider without one */
	Str  held;                               /* why it cannot be taken over, or {0} */
	Provider       provider;
	Service        service;                  /* .provider is not set */
	RegisterForm  *forms;
	size_t         form_count, form_cap;
	Facility      *facilities;
	size_t         facility_count, facility_cap;
	Contact       *contacts;
	size_t         contact_count, contact_cap;
	RegisterFault *faults;
	size_t         fault_count, fault_cap;
} RegisterRecord;

enum { REGISTER_DIGEST = 16 };
typedef struct RegisterDigest { u8 bytes[REGISTER_DIGEST]; } RegisterDigest;

/* Of everything that the record says about the service, and about the provider. */
RegisterDigest register_digest(const RegisterRecord *r);
RegisterDigest register_provider_digest(const RegisterRecord *r);
/* Another record of the same registration: adds facilities, forms, types of capacity and contacts that the first one lacks. A registration
 * has one capacity per form and type, whatever record says it (DOMAIN F15). */
void register_merge(Arena *a, const RegisterMaps *m, RegisterRecord *main, const RegisterRecord *other);
/* The register names no service: the name of its facilities when all share one, else provider and kind. */
Str  register_service_name(Arena *a, const RegisterMaps *m, const RegisterRecord *r);
/* "záznam 123, řádek 45678" */
Str  register_place(Arena *a, i64 number, u64 line);

/* ---- reading ---- */

typedef struct RegisterReader RegisterReader;

/* The whole document {"polozky": [ … ]}. */
RegisterReader *register_read_open(Arena *a, const RegisterMaps *m, JsonSource source, void *arg);
/* One record alone, cut out of a document at the place that a reader told. */
RegisterReader *register_read_open_record(Arena *a, const RegisterMaps *m, Str json, i64 number, u64 line);
/* False at the end, and at anything that is no record: then register_read_why says what and where. Texts live in `one`. */
bool            register_read_next(RegisterReader *r, Arena *one, RegisterRecord *ret);
/* {0} when the document was complete. */
Str             register_read_why(const RegisterReader *r);
Str             register_read_place(const RegisterReader *r);

/* ---- between read and canonical (register_read.c, register_canon.c) ---- */

typedef struct RawAddress {
	bool is;
	i64  house_no, address_point, municipality, part;
	Str  orientation, postcode, street;
	bool evidence_no;
} RawAddress;
void canon_fault(Arena *a, RegisterRecord *r, const char *kind, bool of_provider, Str text);
/* As it is stored; notes blanks at the ends or doubled as a fault when `label` is given. */
Str  canon_text(Arena *a, RegisterRecord *r, Str raw, const char *label, bool of_provider);
Str  canon_code(Arena *a, RegisterRecord *r, const RegisterCodes *codes, Str external_id, const char *what);
void canon_add_code(Arena *a, RegisterRecord *r, Strs *list, const RegisterCodes *codes, Str external_id, const char *what);
Str  canon_identifier(Arena *a, RegisterRecord *r, Str raw, Str id);
void canon_provider(Arena *a, RegisterRecord *r, Str ico);
void canon_address(Arena *a, const RegisterMaps *m, RegisterRecord *r, Facility *f, const RawAddress *raw);
void canon_contact(Arena *a, RegisterRecord *r, const char *kind, Str value, Str note);
Date canon_effective(Str description);
/* Once everything is read: what only the whole record tells. */
void canon_finish(Arena *a, const RegisterMaps *m, RegisterRecord *r);
