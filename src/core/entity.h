/* entity.h: one table of fields per entity, and what follows from it.
 *
 *     #define GROUP_FIELDS(F, T) \
 *       F(T, name,  text, "Název skupiny", .required = true, .search = true, .list = 1) \
 *       F(T, kind,  code, "Druh", .codelist = "group_kind", .list = 2) \
 *       F(T, since, date, "Působí od")
 *     ENTITY_STRUCT(Group, GROUP_FIELDS)                                    in the header
 *     ENTITY(group_entity, Group, GROUP_FIELDS, .name = "group", …)         in the .c file
 *
 * From the table come validation, storing, lists with filters, sorting and paging, forms, details, export and import, the API and the
 * data dictionary. A screen that needs more than the table offers is written by hand.
 *
 * Columns have the names of the fields. A text field with .sort has <name>_sort (BYTES, Czech order) beside it, one with .fold has
 * <name>_fold (TEXT, folded); the store writes both. Blank: texts are '' and never NULL; everything else is NULL.
 * Codes and pairs stand in link tables, for filters and sums; of an entity with .joined each row also holds them as one text, <name>_joined (TEXT), and is read from
 * there: a row is then one search, not one more for each such field.
 *
 * Plain entities have columns id ($ID) and version. Dated ones have row_id ($ID), id, version, valid_from, valid_to, recorded_from,
 * recorded_to: each row is what we believed, between two recorded instants, about a span of days (history.h). */
#pragma once
#include "core/ctx.h"

typedef enum FieldType {
	TYPE_TEXT,            /* Str, one line */
	TYPE_LONGTEXT,        /* Str, lines */
	TYPE_PAIRS,           /* Str: whole numbers by code, "5103=6000,5107=4000", in order of codes; in link table <table>_<field>(owner, code, amount) */
	TYPE_EMAIL, TYPE_PHONE, TYPE_URL, TYPE_ICO, TYPE_POSTCODE,      /* Str with a form of its own */
	TYPE_INT,             /* i64, BLANK when empty */
	TYPE_BOOL,            /* bool */
	TYPE_DATE,            /* Date */
	TYPE_INSTANT,         /* Instant */
	TYPE_MONEY, TYPE_FTE, TYPE_PERCENT,
	TYPE_CODE,            /* Str: internal code of an item of .codelist (codelist.h) */
	TYPE_CODES,           /* Strs: several of them, in link table <table>_<field>(owner, code); owner = row_id or id */
	TYPE_REF,             /* Id of a row of .target */
	TYPE_COUNT
} FieldType;

typedef struct Entity Entity;
typedef struct Field  Field;

/* What the pairs of a field are, for people: shares of territories, amounts of years. */
typedef struct PairKind {
	/* From what a person typed or a file held; the stored form is taken too. ERR_INVALID with a sentence. */
	Err        (*read)(Ctx *c, const Field *f, Str typed, Str *ret);
	Str        (*people)(Ctx *c, Str stored);
} PairKind;

struct Field {
	const char   *name, *label;
	const char   *hint;                      /* under the label of a form */
	const char   *needed;                    /* not required to be stored, but for a later step: "povinné k podpisu", said at the label */
	const char   *help;                      /* a sentence for the data dictionary, where the label does not say it */
	FieldType     type;
	size_t        offset;
	bool          required;
	bool          search;                    /* part of the full text and of the list's search box */
	bool          sort;                      /* lists can be ordered by it; a text has <name>_sort beside it */
	bool          fold;                      /* has <name>_fold beside it */
	bool          filter;                    /* lists can be filtered by it */
	bool          unique;
	bool          readonly;                  /* set by the program, not on forms, ignored by imports */
	bool          by_workflow;               /* the state of a machine: only the engine of workflow.h writes it; readonly as well */
	bool          secret;                    /* never on a page, export, map or search of people without .read */
	int           list;                      /* position in lists, 0 = not shown there */
	i64           min, max;                  /* of numbers; both 0 = none. Length of texts: max, 0 = 200 (longtext 10 000) */
	const char   *codelist;
	const Entity *target;
	const char   *read, *write;              /* capability; NULL = the entity's */
	const PairKind *pairs;                   /* of TYPE_PAIRS */
};

/* Begins every struct of an entity. */
typedef struct EntityHead {
	Id      id;
	i64     version;                         /* of the row that was read; an update of another version is a conflict */
	Id      row;                             /* dated entities only, from here */
	Date    valid_from, valid_to;            /* both included; none = open */
	Instant recorded_from, recorded_to;      /* end excluded; none = still believed */
} EntityHead;

/* A row is also for whom `owner` names in a row of `rows` (a table, or a SELECT in brackets) whose column `row` is its id. `within`: the owner is a territory,
 * and what lies in a district today counts as the district. Literals of ours. */
typedef struct ScopeRows { ScopeKind kind; const char *rows, *row, *owner; bool within; } ScopeRows;

struct Entity {
	const char  *name;                       /* "service": in addresses of the API, files, the trail */
	const char  *table;
	const char  *one, *many;                 /* "služba", "služby" */
	const char  *of_many;                    /* "služeb" */
	const char  *article;                    /* gender for sentences: "m", "f", "n" */
	const char  *module;
	const Field *fields;
	size_t       field_count;
	size_t       size;                       /* of the struct */
	bool         dated;
	bool         joined;                     /* codes and pairs also stand in the row, as it is read */
	const char  *key;                        /* field by which files name a row: "identifier"; several are joined by "," */
	const char  *title;                      /* field that names a row for people */
	const char  *order;                      /* field of the default order, NULL = title */
	/* Lists on pages, until the reader asks for another order: */
	const char  *due;                        /* what waits for the reader, then for others, by the latest of these instants (by blanks); then the newest */
	bool         newest_first;               /* what was made last first */
	const char  *read, *write;               /* capabilities */
	const char  *path;                       /* address of the list: "/app/sluzby"; the row is path/ID */
	/* Columns that row scope may look at; NULL = rows of that scope don't exist. Literals of ours. */
	const char  *scope_provider, *scope_municipality, *scope_district, *scope_body;
	/* For reading also: owners that stand in other rows, and the rows of what the field `scope_parent` refers to ("card" of a part of a card). */
	const struct ScopeRows *scope_rows;
	size_t       scope_row_count;
	const char  *scope_parent;
	bool         is_public;                  /* everybody may read rows (fields that are not secret) */
	/* More than single fields can say: called after fields are valid, before anything is stored. NULL = nothing more. */
	Err        (*check)(Ctx *c, const void *row);
	/* Sets readonly fields that follow from others (an address from a name), before the row is checked. Plain entities; NULL = none. */
	Err        (*prepare)(Ctx *c, void *row);
	/* What tells two rows of one name apart, "obec, ORP Turnov"; the other fields of the key unless given. */
	Str        (*told_apart)(Ctx *c, const void *row);
	/* Blanks what the person of the Ctx may not see of this row; called for every row that is read for people. Whoever may change such
	 * rows must be allowed to see them whole. NULL = nothing. */
	void       (*hide)(Ctx *c, void *row);
	bool         is_personal;                /* rows tell about a person: who looks at one is noted in the journal */
	const char  *held_back;                  /* field, yes or no: rows where it holds stay out of files; files that refer to them give their number alone */
	bool         raises_data_version;        /* rendered public pages depend on it */
};

/* C type of a field type, by its short name in the table. */
#define FIELD_C_text     Str
#define FIELD_C_longtext Str
#define FIELD_C_pairs    Str
#define FIELD_C_email    Str
#define FIELD_C_phone    Str
#define FIELD_C_url      Str
#define FIELD_C_ico      Str
#define FIELD_C_postcode Str
#define FIELD_C_int      i64
#define FIELD_C_bool     bool
#define FIELD_C_date     Date
#define FIELD_C_instant  Instant
#define FIELD_C_money    Money
#define FIELD_C_fte      Fte
#define FIELD_C_percent  Percent
#define FIELD_C_code     Str
#define FIELD_C_codes    Strs
#define FIELD_C_ref      Id
#define FIELD_T_text     TYPE_TEXT
#define FIELD_T_longtext TYPE_LONGTEXT
#define FIELD_T_pairs    TYPE_PAIRS
#define FIELD_T_email    TYPE_EMAIL
#define FIELD_T_phone    TYPE_PHONE
#define FIELD_T_url      TYPE_URL
#define FIELD_T_ico      TYPE_ICO
#define FIELD_T_postcode TYPE_POSTCODE
#define FIELD_T_int      TYPE_INT
#define FIELD_T_bool     TYPE_BOOL
#define FIELD_T_date     TYPE_DATE
#define FIELD_T_instant  TYPE_INSTANT
#define FIELD_T_money    TYPE_MONEY
#define FIELD_T_fte      TYPE_FTE
#define FIELD_T_percent  TYPE_PERCENT
#define FIELD_T_code     TYPE_CODE
#define FIELD_T_codes    TYPE_CODES
#define FIELD_T_ref      TYPE_REF

#define ENTITY_MEMBER(T, fname, ftype, flabel, ...) FIELD_C_##ftype fname;
#define ENTITY_FIELD(T, fname, ftype, flabel, ...) \
	{.name = #fname, .label = flabel, .type = FIELD_T_##ftype, .offset = offsetof(T, fname), ##__VA_ARGS__},
#define ENTITY_STRUCT(T, FIELDS) \
	typedef struct T { \
		EntityHead head; \
		FIELDS(ENTITY_MEMBER, T) \
	} T;
#define ENTITY(variable, T, FIELDS, ...) \
	static const Field variable##_fields[] = {FIELDS(ENTITY_FIELD, T)}; \
	const Entity variable = {.fields = variable##_fields, .field_count = LEN(variable##_fields), .size = sizeof(T), \
		.module = NULL, ##__VA_ARGS__};

/* ---- fields, generically ---- */

const Field *entity_field(const Entity *e, Str name);           /* NULL when there is none */
static inline void *field_at(const Field *f, void *row) { return (char *)row + f->offset; }
static inline const void *field_in(const Field *f, const void *row) { return (const char *)row + f->offset; }
/* Its values stand in a table of their own beside each row. */
static inline bool field_is_linked(const Field *f) { return f->type == TYPE_CODES || f->type == TYPE_PAIRS; }
bool  field_is_blank(const Field *f, const void *row);
bool  field_equal(const Field *f, const void *x, const void *y);
/* Does a reference name somebody: rows of forms have BLANK, rows of C may have 0. */
static inline bool id_given(Id id) { return id != BLANK && id != 0; }
/* Text of a value: for machines (ISO dates, plain numbers, codes joined by ","), and for people (Czech forms, names of codes and of
 * referred rows as of today). */
Str   field_machine(Arena *a, const Field *f, const void *row);
Str   field_people(Ctx *c, const Field *f, const void *row);
/* From what a person typed or a file held, both forms are taken. ERR_INVALID with a sentence. Does not look at .required. */
MUST_USE Err field_read(Ctx *c, const Field *f, Str typed, void *row);
/* All fields of a row: required, lengths, bounds, existing codes and refs, then e->check. Every problem is said, not just the first. */
MUST_USE Err entity_check(Ctx *c, const Entity *e, const void *row);
void *entity_new(Arena *a, const Entity *e);                    /* zeroed, numbers BLANK */
void *entity_copy(Arena *a, const Entity *e, const void *row);

/* ---- stored rows (store.c); every write is in the trail ---- */

/* Which moment is asked about. Zero members mean today and now of the Ctx. */
typedef struct AsOf {
	Date    valid;
	Instant recorded;
} AsOf;
#define TODAY ((AsOf){0})
AsOf as_of_full(const Ctx *c, AsOf at);                         /* both members set */

/* ERR_NOT_FOUND also when the row is outside the actor's scope. */
MUST_USE Err entity_get(Ctx *c, const Entity *e, AsOf at, Id id, void **ret);
/* Would entity_get give this stored row to the person. */
bool         entity_in_scope(Ctx *c, const Entity *e, const void *row);
/* By the value of a unique field. */
MUST_USE Err entity_find(Ctx *c, const Entity *e, AsOf at, const char *field, Str machine_value, void **ret);
/* Plain entities. Ids and versions are set in the row. Dated entities are written by history.h. */
MUST_USE Err entity_insert(Ctx *c, const Entity *e, void *row);
/* ERR_CONFLICT when the stored version is not row->head.version. */
MUST_USE Err entity_update(Ctx *c, const Entity *e, void *row);
MUST_USE Err entity_delete(Ctx *c, const Entity *e, Id id, i64 version);     /* drafts and links only: decided records are ended */

/* ---- lists ---- */

typedef struct ListFilter {
	const Field *field;
	Str          value;                      /* machine form; ref = id; codes: has this code; text: folded prefix of a word */
	bool         is_from, is_to;             /* of numbers and dates: >=, <= */
	bool         or_blank;                   /* rows without a value pass too */
} ListFilter;

typedef struct ListQuery {
	AsOf         at;
	Str          search;                     /* words, any case, any diacritics; over .search fields */
	ListFilter  *filters;
	size_t       filter_count;
	const Field *order;                      /* NULL = default */
	bool         descending;
	bool         as_on_pages;                /* without .order: as Entity.due and .newest_first say */
	i64          limit, offset;              /* limit 0 = 25; -1 = all (streams: use entity_each) */
	bool         want_total;
} ListQuery;

typedef struct EntityList {
	void **at;
	size_t len, cap;
	i64    total;                            /* when wanted */
} EntityList;

/* The rows that a person may mean by a name, a code or a label; none of people and of what the person may not read. */
MUST_USE Err ref_matches(Ctx *c, const Entity *e, Str typed, EntityList *ret);
/* "Pěnčín (obec, ORP Turnov)" */
Str ref_label(Ctx *c, const Entity *e, const void *row);
/* The one row of that name: ERR_INVALID at the field when there is none, or when there are more, which are then named. */
MUST_USE Err ref_read_name(Ctx *c, const Field *f, Str typed, Id *ret);

MUST_USE Err entity_list(Ctx *c, const Entity *e, const ListQuery *q, EntityList *ret);
/* What belongs to the owners: rows whose reference `field` is one of them. Within one owner in the usual order. One query for up to eight. */
MUST_USE Err entity_parts(Ctx *c, const Entity *e, AsOf at, const char *field, const Id *owners, size_t count, EntityList *ret);
/* Every row of the query in flat memory: `each` gets a row that lives until it returns; not OK stops. */
MUST_USE Err entity_each(Ctx *c, const Entity *e, const ListQuery *q, Err (*each)(void *arg, void *row), void *arg);

/* ---- used by history.c, exchange.c and generic screens ---- */

/* Insert one physical row as it stands in `row->head` (dated: all spans set). No trail, no checks, no version test. */
MUST_USE Err store_put_row(Ctx *c, const Entity *e, void *row);
/* The rows of one id of a dated entity that are believed at `recorded` (none = now), in order of valid_from; every span of days. */
MUST_USE Err store_spans(Ctx *c, const Entity *e, Id id, Instant recorded, EntityList *ret);
/* Every physical row of an id ever recorded, oldest belief first. */
MUST_USE Err store_all_rows(Ctx *c, const Entity *e, Id id, EntityList *ret);
/* Physical rows of a dated entity by their row ids, in the usual order of the entity. */
Str          store_row_list(Arena *a, const Id *rows, size_t count);       /* "[1,2]", as a statement takes them */
MUST_USE Err store_rows(Ctx *c, const Entity *e, const Id *rows, size_t count, EntityList *ret);
/* One row whoever asks: no scope, nothing hidden. */
MUST_USE Err store_get(Ctx *c, const Entity *e, AsOf at, Id id, void **ret);
/* entity_update of a plain entity without scope, checks and trail. ERR_CONFLICT when the stored version is not row->head.version. */
MUST_USE Err store_update(Ctx *c, const Entity *e, void *row);
/* End the belief in one physical row now (dated). */
MUST_USE Err store_close_row(Ctx *c, const Entity *e, Id row_id, Instant recorded_to);
/* All statements that the store makes of an entity's table, for the test that prepares them on both engines. */
typedef struct Sqls { const Sql **at; size_t len, cap; } Sqls;
void store_statements(Arena *a, const Entity *e, Sqls *ret);
