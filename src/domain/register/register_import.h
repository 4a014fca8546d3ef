/* register_import.h: the national register comes in. A file is read in a stream and compared with what is stored; the preview says what
 * would change, field by field; what is accepted is applied in one transaction.
 *
 * - A file that is truncated, broken, of an unknown shape, larger than 256 MB or more than 10 % smaller than what is stored is refused with
 *   the place and the reason; nothing is written.
 * - Records with one identifier, kind and provider are one registration. Capacity counts per registration (DOMAIN F15).
 * - What people corrected (register_override) stays; the correction ends when the register comes to the same value.
 * - Same file again: no changes. A digest of what the register said last (register_source) tells at once.
 * - First versions hold from the day since which the service is provided, later changes from the day of the import. */
#pragma once
#include "domain/register/register.h"

#define CAP_REGISTER_IMPORT "register.import"
#define REGISTER_FILE_MAX (INT64_C(256) * 1024 * 1024)
enum { REGISTER_LEAST_PERCENT = 90 };

/* Stands where the digest of a record was when people merged what it made into another (merge.h): the record is passed over. */
#define REGISTER_PASSED_OVER "-"

typedef struct RegisterImport {
	Id      id, file, account;
	Instant made_at, applied_at;
	Str     state, file_name, reason, account_name;
	i64     size, records, services, providers, facilities;     /* in the file */
	i64     added, changed, ended, missing, held, same;         /* services and providers; `same` services only */
	i64     fields, derived, kept, faults;                      /* changed fields; names that follow from them; kept corrections */
	i64     used;                                               /* rows that were applied */
} RegisterImport;

/* Where a file is, and how to go on with it while it is read. */
typedef struct RegisterInput {
	int fd;                                  /* seekable; read from its start */
	Str name;
	Id  file;                                /* stored_file, 0 = none: then only the process that previewed can apply */
	i64 most_bytes;                          /* 0 = REGISTER_FILE_MAX */
	Str accept_smaller;                      /* why a much smaller file is right; {0} = refuse it */
	Err (*progress)(void *arg, i64 done, i64 total);    /* NULL = nobody looks; not OK stops */
	void *progress_arg;
} RegisterInput;

/* Needs register.import. ERR_INVALID with a Problem that has the place; otherwise *ret is the preview. */
MUST_USE Err register_preview(Ctx *c, const RegisterInput *in, RegisterImport *ret);
/* All rows with accepted = 1, or all rows at all. ERR_CONFLICT when the store or the file is not what was previewed. */
MUST_USE Err register_apply(Ctx *c, const RegisterInput *in, Id import, bool all, RegisterImport *ret);
MUST_USE Err register_import_get(Ctx *c, Id id, RegisterImport *ret);
MUST_USE Err register_import_drop(Ctx *c, Id id);

typedef struct RegisterImports { RegisterImport *at; size_t len, cap; } RegisterImports;
MUST_USE Err register_imports(Ctx *c, i64 limit, RegisterImports *ret);

/* ---- the preview, row by row ---- */

typedef struct RegisterRow {
	i64  position;
	Str  entity, kind, code, title, subtitle, places;
	Id   object_id;
	i64  fields, derived, kept;
	bool accepted;
	i64  number, line;                       /* of its first record, 0 when it is not in the file */
} RegisterRow;
typedef struct RegisterRows { RegisterRow *at; size_t len, cap; } RegisterRows;
/* kind: "" for all that are offered (providers only when they change). Returns one more than `limit` when there are more. */
MUST_USE Err register_rows(Ctx *c, Id import, Str kind, i64 after, i64 limit, RegisterRows *ret);

typedef struct RegisterChange {
	i64           row;
	const Entity *entity;
	Id            object_id;
	Str           object_name;
	const Field  *field;                     /* NULL: the whole thing */
	Str           kind;                      /* field, derived, kept, agreed, added, ended */
	Str           before, after;             /* machine form; a secret address is not told */
} RegisterChange;
typedef struct RegisterChanges { RegisterChange *at; size_t len, cap; } RegisterChanges;
/* Of one row. */
MUST_USE Err register_row_changes(Ctx *c, Id import, i64 row, RegisterChanges *ret);
/* Ticks: exactly these of the positions [from, to] are accepted. */
MUST_USE Err register_accept(Ctx *c, Id import, i64 from, i64 to, const i64 *positions, size_t count);

/* ---- manual corrections ---- */

/* Call it inside the transaction in which a person changed a row that the register also gives: before NULL = added, after NULL = removed.
 * Fields that the register does not give are passed over. */
MUST_USE Err register_note_override(Ctx *c, const Entity *e, const void *before, const void *after);

typedef struct RegisterOverride {
	Id            id, object_id, account;
	const Entity *entity;
	const Field  *field;                     /* NULL: the whole thing was added or removed */
	Str           value, register_value, reason, account_name;
	Instant       made_at;
} RegisterOverride;
typedef struct RegisterOverrides { RegisterOverride *at; size_t len, cap; } RegisterOverrides;
/* Live ones of one object. */
MUST_USE Err register_overrides_of(Ctx *c, const Entity *e, Id object, RegisterOverrides *ret);

/* ---- what is to be repaired ---- */

typedef struct RepairKind {
	const char *kind, *title, *todo;         /* Czech */
	bool        by_itself;                   /* the import put it right, only the register is to be told */
} RepairKind;
const RepairKind *register_repair_kind(size_t i);              /* NULL past the end */
const RepairKind *register_repair_kind_of(Str kind);

typedef struct RegisterRepair {
	Id  id, object_id;
	Str kind, entity, code, place, text;
	Instant found_at;
} RegisterRepair;
typedef struct RegisterRepairs { RegisterRepair *at; size_t len, cap; } RegisterRepairs;
/* Open ones of a kind ("" = all) behind id `after`. */
MUST_USE Err register_repairs(Ctx *c, Str kind, Id after, i64 limit, RegisterRepairs *ret);
typedef struct RepairCount { Str kind; i64 count; } RepairCount;
typedef struct RepairCounts { RepairCount *at; size_t len, cap; } RepairCounts;
MUST_USE Err register_repair_counts(Ctx *c, RepairCounts *ret);
