/* register_inside.h: the steps of an import: index, compare, preview, apply. Inside the subject only. */
#pragma once
#include "domain/register/register_import.h"
#include "domain/register/register_record.h"

/* ---- texts to numbers ---- */

/* Open addressing over texts that somebody else keeps. */
typedef struct TextTable {
	Str    *keys;
	u32    *values;
	size_t  len, cap;
} TextTable;
#define TEXT_NONE UINT32_MAX
u32  text_table_get(const TextTable *t, Str key);              /* TEXT_NONE when it is not there */
void text_table_put(Arena *a, TextTable *t, Str key, u32 value);

/* ---- index: what is in a file, in a few bytes per record ---- */

typedef struct IndexRecord {
	u64 offset, line;
	i64 number, portal_id;
	u32 size, group, next;                   /* next record of the group, TEXT_NONE = last */
	RegisterDigest digest;
} IndexRecord;

typedef struct IndexGroup {                  /* a registration */
	Str  code, name, kind, held;
	u32  provider, first, main, count;       /* main: the record with the smallest number on the portal */
	Date provided_from, provided_to;
	bool known, same;                        /* stored already; what the register says did not change */
	Id   object;
} IndexGroup;

typedef struct IndexProvider {
	Str  code, name;
	u32  main;                               /* the record whose word counts */
	i64  portal_id;
	Date first_day;                          /* of its services */
	bool known, same;
	Id   object;
	RegisterDigest digest;
} IndexProvider;

typedef struct RegisterIndex {
	IndexRecord   *records;
	size_t         record_count, record_cap;
	IndexGroup    *groups;
	size_t         group_count, group_cap;
	IndexProvider *providers;
	size_t         provider_count, provider_cap;
	TextTable      group_of, provider_of;
	i64            facilities, faults, bytes;
} RegisterIndex;

/* Read the whole file. Every record is handed to `each` (NULL = nobody) while its texts live. ERR_INVALID with the place. */
typedef Err (*RegisterEach)(void *arg, const RegisterRecord *record);
MUST_USE Err register_index(Ctx *c, Arena *a, const RegisterInput *in, const RegisterMaps *m, RegisterEach each, void *arg, RegisterIndex *ret);
/* Digest of all records of a registration, in the order of their numbers on the portal. */
RegisterDigest register_group_digest(const RegisterIndex *index, const IndexGroup *g);
/* "offset+size:number:line;…", the main record first. */
Str register_group_places(Arena *a, const RegisterIndex *index, const IndexGroup *g);
/* The record of such places, all of its parts merged. ERR_CONFLICT when the file does not hold it there. */
MUST_USE Err register_fetch(Ctx *c, Arena *a, const RegisterInput *in, const RegisterMaps *m, Str places, RegisterRecord *ret, RegisterDigest *digest);

/* ---- compare ---- */

/* What a row of the register says about a field: from the source, following from it, or not said. */
typedef enum FieldSource { SOURCE_NONE, SOURCE_SAID, SOURCE_DERIVED } FieldSource;
FieldSource register_field_source(const Entity *e, const Field *f);
const Entity *register_entity(Str name);     /* of the six, NULL for others */

typedef enum WriteKind { WRITE_CREATE, WRITE_CHANGE, WRITE_END, WRITE_OVERRIDE_SAYS, WRITE_OVERRIDE_ENDS } WriteKind;
typedef struct RegisterWrite {
	WriteKind     kind;
	const Entity *entity;
	void         *row;                       /* create, change, end */
	Date          from;                      /* create */
	size_t        parent;                    /* create: index + 1 of the write that makes the form row of this capacity */
	Id            override;
	Str           says;
} RegisterWrite;

typedef struct RegisterComparison {
	RegisterChange *changes;
	size_t          change_count, change_cap;
	RegisterWrite  *writes;
	size_t          write_count, write_cap;
	i64             fields, derived, kept;
	bool            ends;                    /* the service is provided to a day now and was not */
} RegisterComparison;

/* All live corrections, by object. */
typedef struct LiveOverride { Id id, object; const Entity *entity; Str field, value, register_value; } LiveOverride;
typedef struct Corrections { LiveOverride *at; size_t len, cap; } Corrections;
MUST_USE Err register_corrections(Ctx *c, Arena *a, Corrections *ret);

/* Stored service against the record; `provider` is the id it belongs to (0: a provider that is not stored yet, named in the record).
 * Everything made lives in c->arena. */
MUST_USE Err register_compare(Ctx *c, const Corrections *k, Id service, const RegisterRecord *r, Id provider, RegisterComparison *ret);
MUST_USE Err register_compare_provider(Ctx *c, const Corrections *k, Id provider, const RegisterRecord *r, RegisterComparison *ret);
/* Of the changes, so that applying can tell that nothing moved since the preview. */
RegisterDigest register_judged(const RegisterComparison *k);
/* Rows of `e` whose `field` is `owner`, as of a moment, in their default order. */
MUST_USE Err register_parts(Ctx *c, const Entity *e, AsOf at, const char *field, Id owner, EntityList *ret);

/* Problems that were said while c->arena was another one move to this one; returns `e`. */
Err register_rescue(Ctx *c, Err e);
/* The earlier previews are over. */
MUST_USE Err register_imports_clear(Ctx *c);

/* ---- repairs ---- */

typedef struct FoundRepair { const char *kind; Str code, place, text; bool of_provider; } FoundRepair;
typedef struct OpenRepair { Id id; bool seen; } OpenRepair;
typedef struct RepairSync {
	Arena      *arena;
	TextTable   open;                        /* kind, code, text → index */
	OpenRepair *known;
	size_t      len, cap;
	FoundRepair *fresh;
	size_t      fresh_count, fresh_cap;
	TextTable   fresh_of;
} RepairSync;
MUST_USE Err register_repairs_start(Ctx *c, Arena *a, RepairSync *ret);
/* What one record shows; `code` is that of its registration. */
void register_repairs_note(RepairSync *s, const RegisterRecord *r, Str code);
void register_repairs_note_shared(RepairSync *s, const RegisterIndex *index);
MUST_USE Err register_repairs_finish(Ctx *c, RepairSync *s, Id import, i64 *open);
