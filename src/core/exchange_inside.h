/* exchange_inside.h: the parts of core's exchange of entities; nobody else needs it. */
#pragma once
#include "base/hash.h"
#include "core/access.h"
#include "core/table_inside.h"

/* ---- names of rows that are referred to, and of codes (exchange_names.c) ---- */

typedef struct RefTable RefTable;
typedef struct CodeTable CodeTable;

/* Made for one export or import; everything lies in `work` and no query runs once the tables are loaded. */
typedef struct Names {
	Ctx       *c;
	Arena     *work;
	AsOf       at;
	RefTable  *refs;
	CodeTable *codes;
	int        depth;
} Names;

/* Rows that stay out of files: e->held_back. */
bool is_held_back(const Entity *e, const void *row);
/* Load what field `f` needs. Before a stream, whose connection answers no other question. */
MUST_USE Err names_load(Names *n, const Field *f);
/* "26404567", "1234567/amb", or "#123" where no key names the row alone. */
Str  names_key(const Names *n, Arena *a, const Field *f, Id id);
Str  names_title(const Names *n, const Field *f, Id id);       /* {0} when it is not known */
/* 0 = not known, -1 = it names more than one. */
Id   names_find(const Names *n, const Field *f, Str key);
/* Does the key say the same as the title? Then a column with the title is not needed. */
bool names_key_is_title(const Field *f);
/* A value as files for data have it (codes, keys) and as people read it (names, Czech numbers). */
Str  names_data(const Names *n, Arena *a, const Field *f, const void *row);
Str  names_people(const Names *n, Arena *a, const Field *f, const void *row);
/* Names of codes as a file for people has them: a name only where it is read back as this code. */
Str  names_of_codes(const Names *n, Arena *a, const Field *f, const void *row);

/* ---- columns (exchange_columns.c) ---- */

typedef enum ColumnRole { COLUMN_FIELD, COLUMN_TITLE, COLUMN_ID, COLUMN_FROM, COLUMN_TO, COLUMN_NAMELESS } ColumnRole;
typedef struct Column {
	ColumnRole   role;
	const Field *field;                      /* of COLUMN_FIELD and COLUMN_TITLE */
	bool         ignored;                    /* of imports: set by the program */
	bool         may_write;
} Column;
typedef struct Columns { Column *at; size_t len, cap; } Columns;

enum { MAX_KEY = 8 };
typedef struct KeyFields { const Field *at[MAX_KEY]; size_t len; } KeyFields;
KeyFields entity_key(const Entity *e);

bool field_readable(const Ctx *c, const Entity *e, const Field *f);
bool field_writable(const Ctx *c, const Entity *e, const Field *f);
/* Columns of an export. `with_id` when the key does not tell the rows apart. */
Columns  columns_out(Ctx *c, const Entity *e, bool with_id, bool with_titles);
/* What a column is called, for people and for data. */
Str      column_label(Arena *a, const Column *column);
Str      column_name(Arena *a, const Column *column);
/* Columns of a file; unknown and doubled ones and missing keys are refused, all of them by name. */
MUST_USE Err columns_in(Ctx *c, const Entity *e, const Strs *header, Columns *ret);

/* ---- rows of the store by their key (exchange_keys.c) ---- */

typedef struct KeyMap KeyMap;
typedef struct KeyFound {
	Id   id;                                 /* 0 = no such row */
	bool now, doubled;                       /* now: on the day of the map, not only on other days */
} KeyFound;
/* Of all believed rows; `fields` name them. */
MUST_USE Err keys_load(Ctx *c, Arena *work, const Entity *e, const Field *const *fields, size_t count, Date day, KeyMap **ret);
/* The same text for rows of files and of the store; empty when all parts are. */
Str      key_text(Arena *a, const Field *const *fields, size_t count, const void *row);
KeyFound keys_find(const KeyMap *m, Str text);
/* Do the keys of rows tell them apart, as of a moment? */
MUST_USE Err keys_tell_apart(Ctx *c, const Entity *e, AsOf at, bool *ret);

/* ---- texts that were met, with a number each ---- */

typedef struct TextMap {
	Arena *arena;
	struct TextSlot *slots;
	size_t len, size;
} TextMap;
i64 *text_map_at(TextMap *m, Str text, bool *is_new);          /* the text is copied when it is new; the number begins as 0 */

/* ---- judging (exchange_judge.c, exchange_cell.c) ---- */

typedef struct JudgedCell {
	size_t       column;                     /* SIZE_MAX: of the row as a whole */
	const Field *field;
	bool         changed;
	Str          error, note;
} JudgedCell;

typedef struct Judged {
	i64           line;
	ImportVerdict verdict;
	Id            id;                        /* 0 = not there yet */
	void         *before, *after;            /* before: NULL when not there yet */
	JudgedCell   *cells;
	size_t        len, cap;
	const Strs   *raw;
} Judged;

typedef struct Memo Memo;
typedef struct Judge {
	Ctx          *c;
	const Entity *e;
	TableReader  *reader;
	Arena        *work;                      /* of the whole judgement */
	Arena        *row;                       /* of the current row */
	Names         names;
	Columns       columns;
	KeyFields     key;
	const Field **all;                       /* fields of all columns, to name rows without a key */
	size_t        all_count;
	size_t        id_column;                 /* SIZE_MAX: none */
	KeyMap       *by_key, *by_all;
	TextMap       seen;
	TextMap      *seen_unique;               /* per column */
	Memo         *memos;                     /* per column */
	RowScope      scope;
	Judged        now;
	i64           rows;
	Err           err;
} Judge;

MUST_USE Err judge_open(Ctx *c, const Entity *e, TableReader *r, Judge **ret);
/* The next row; it lives until the next call. False at the end or on an error of the file or the store. */
bool         judge_next(Judge *j, Judged **ret);
MUST_USE Err judge_end(Judge *j);
Str          judged_place(const Judge *j, const JudgedCell *cell);
Str          judged_title(const Judge *j, Arena *a, const Judged *row);

/* Value of a cell into `row`; *error gets a sentence, *note what was done to it. ERR_INVALID then; other errors are the store's. */
MUST_USE Err cell_read(Judge *j, size_t column, Str raw, void *row, Str *error, Str *note);
void         memos_make(Judge *j);
void         field_copy(const Field *f, void *to, const void *from);

/* Inside a row everything is allocated in its own arena: 100 000 rows take the memory of one. */
typedef struct Inside {
	Arena      *arena;
	Problems    problems;
	SharedSeen *shared;
	void       *units;
} Inside;
Inside ctx_enter(Ctx *c, Arena *row);
void   ctx_leave(Ctx *c, const Inside *before);
Arena *work_arena(Ctx *c);                   /* freed with c->arena, without its limit */

/* ---- previews (exchange_preview.c) ---- */

typedef struct Judgement {
	i64    same, added, changed, errors;
	Sha256 digest;
} Judgement;

typedef struct StoredPreview {
	Id            id, file;
	const Entity *entity;
	Str           file_name, state;
	Instant       made;
	i64           data_version;
	Judgement     seen;
} StoredPreview;

/* ERR_NOT_FOUND also when somebody else made it. */
MUST_USE Err preview_find(Ctx *c, Id id, StoredPreview *ret);
MUST_USE Err preview_reader(Ctx *c, const StoredPreview *p, TableReader **ret);
/* Judge all rows; rows that are not the same go to `ret` (may be NULL). */
MUST_USE Err preview_judge(Ctx *c, const Entity *e, TableReader *r, Judgement *sum, ImportPreview *ret);
void         preview_fill(ImportPreview *ret, const StoredPreview *p, const Judgement *sum);
