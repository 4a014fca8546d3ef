/* generate_parts.h: inside of the register generator: the plan of a file, and the model of one record before it is written.
 *
 * The plan holds what records share (providers, kinds, numbers of facilities, edits). A record is made from the plan, the seed and
 * its index alone, so nothing needs to be kept. Days are plain numbers here, without calendar arithmetic: the day is never above 28. */
#pragma once
#include "base/hash.h"
#include "domain/register/generate.h"
#include "domain/register/generate_lists.h"

typedef struct GenDay { u16 year; u8 month, day; } GenDay;      /* year 0 = none */
static inline GenDay gen_day(int year, int month, int day) { return (GenDay){(u16)year, (u8)month, (u8)day}; }

static inline u64 gen_mix(u64 a, u64 b) {
	u64 x = a ^ (b + 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 29) * 0x94D049BB133111EBu;
	return x ^ x >> 32;
}

/* ---- names (generate_names.c) ---- */

enum { LEGAL_INSTITUTE, LEGAL_ASSOCIATION, LEGAL_PUBLIC_BENEFIT, LEGAL_CONTRIBUTORY, LEGAL_LIMITED, LEGAL_STOCK, LEGAL_CHURCH, LEGAL_FORMS };

typedef struct GenProvider {
	Str core;                                /* Modrý zvonek */
	Str name;                                /* Modrý zvonek, z. ú. */
	u32 ico;                                 /* a number of eight digits, zeros in front are lost */
	u32 home;                                /* index of a municipality */
	u8  legal;
	bool zeros, wrong_check, spaces;
} GenProvider;

/* Name of the n-th provider; the first 60 use every word, the first 8 every capital letter with a diacritic. */
void gen_provider_name(Arena *a, u64 seed, i64 n, GenProvider *to);
/* The number of seven digits with its check digit added. */
u32  gen_ico(u32 seven);
Str  gen_street(Rand *r);
/* A JSON object with the name of a person who doesn't exist. */
void gen_person(Buf *b, Rand *r);
/* One of GEN_TEXTS long texts for doplnkoveUdaje, escaped for JSON, some with a person's name inside. */
enum { GEN_TEXTS = 64 };
void gen_texts(Arena *a, u64 seed, Str texts[GEN_TEXTS]);
/* The name as the trap writes it: two spaces inside, one at the end. */
void gen_put_spaced(Buf *b, Str name, bool spaces);

/* ---- plan (generate_plan.c) ---- */

typedef enum GenField {
	FIELD_PROVIDER_NAME, FIELD_CAPACITY_COUNT, FIELD_FACILITY_NAME, FIELD_PHONES, FIELD_CAPACITY_DESCRIPTION, FIELD_HOUSE_NO,
	FIELD_TARGET_GROUPS, FIELD_EMAILS, FIELD_TARGET_NOTE, GEN_FIELDS,
} GenField;

typedef struct GenPlannedEdit { u32 record; GenField field; } GenPlannedEdit;

typedef struct GenPlan {
	RegisterGenerateOptions o;
	RegisterTerritory       territory;
	u64                    *people;          /* of municipalities up to and including this one */
	size_t                  first, end;      /* municipalities in which the file's services live */
	int                     year, month;     /* of as_of */
	i64                     services, providers, facilities, kept;
	GenProvider            *provider;
	u32                    *owner;           /* of a record: index of provider */
	u8                     *kind, *places;   /* of a record: index of register_kinds, number of facilities */
	u32                    *first_place;     /* facilities before this record */
	GenPlannedEdit         *edit;            /* by record */
	size_t                  edit_count;
	RegisterEdit           *done;            /* edits of providers are done in the plan, others while records are made */
	size_t                  done_count;
	Str                     texts[GEN_TEXTS];
	bool                    lean;
} GenPlan;

enum { MOST_PLACES = 40 };

GenPlan *gen_plan(Arena *a, RegisterGenerateOptions o, RegisterTerritory territory);
/* Is the n-th of its sort hit by the trap? Exactly one in every block of register_trap_one_in[trap]. */
bool     gen_hits(const GenPlan *p, RegisterTrap trap, i64 n);
/* A municipality among [first, end), by population. */
u32      gen_municipality(const GenPlan *p, Rand *r, size_t first, size_t end);

/* ---- edits (generate_edits.c) ---- */

void gen_plan_edits(Arena *a, GenPlan *p);

/* ---- record (generate_record.c) ---- */

typedef struct GenPlace {
	Str    name;                             /* of an edit; else it is put together when it is written */
	const RegisterMunicipality *where;
	const RegisterPart         *part;        /* NULL = not known */
	Str    street;
	GenDay from, to;
	u32    house_no, address_point;          /* point 0 = missing */
	u8     orientation;                      /* 0 = none */
	bool   spaces, secret, secret_as_number, no_address, part_elsewhere, evidence_no;
} GenPlace;

typedef struct GenCapacity {
	i64    count;
	GenDay from;
	u8     type;
	Str    description;                      /* of an edit */
} GenCapacity;

typedef struct GenFormRow {
	u8          form;
	bool        nonstop;
	const char *hours;                       /* JSON */
	GenCapacity capacity[2];
	int         capacities;
} GenFormRow;

typedef struct GenService {
	i64                index;
	const RegisterKind *kind;
	const GenProvider  *provider;
	u32                portal_id, identifier;
	GenDay             from, to;
	bool               identifier_number, identifier_shared, ico_short, date_time, twice, lists_null, broken;
	u32                groups, ages, phone;
	Str                email, target_note;   /* empty = as usual, null */
	GenFormRow         form[REGISTER_FORMS];
	int                forms;
	GenPlace           place[MOST_PLACES];
	int                places;
	Rand               rand;                 /* for what only fills the file */
} GenService;

void gen_service(const GenPlan *p, i64 index, GenService *to);
u32  gen_identifier(const GenPlan *p, i64 index);
bool gen_shares_identifier(const GenPlan *p, i64 index);
/* Carry out planned edits of this record; what was changed is added to p->done. */
void gen_edit_service(Arena *a, GenPlan *p, GenService *s, const GenPlannedEdit *edit);

/* ---- writing (generate_write.c) ---- */

void gen_put_number(Buf *b, u32 n);
void gen_put_place_name(Buf *b, const GenService *s, int place);
void gen_put_description(Buf *b, const GenCapacity *c);
void gen_put_groups(Buf *b, u32 groups);     /* external ids with blanks between */
void gen_put_email(Buf *b, const GenService *s);
void gen_put_phone(Buf *b, u32 phone);
void gen_put_service(Buf *b, const GenPlan *p, GenService *s);
