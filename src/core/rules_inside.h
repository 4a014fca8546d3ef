/* rules_inside.h: what the files of core/rules_*.c share. Text → words (rules_words.c) → expressions (rules_parse.c) → with names and types (rules_types.c);
 * a whole set is read by rules_set.c and rules_table.c, looked over by rules_check.c and rules_reach.c, evaluated by rules_eval.c and rules_call.c. */
#pragma once
#include "core/rules.h"

/* Every fault that can be said. A test asks for each of them by name. */
#define RULE_FAULTS(F) \
	/* words and grammar */ \
	F(SIGN) F(POINT) F(DIGITS) F(THOUSANDS) F(DATE) F(QUOTE) F(EMPTY) F(OPERAND) F(PAREN) F(EXTRA) F(COMMA) F(LONG) \
	F(DEEP) F(COMPARE_TWICE) F(NEIGHBOURS) \
	/* names */ \
	F(UNKNOWN) F(UNKNOWN_FUNCTION) F(NOT_FUNCTION) F(FUNCTION_BARE) F(COUNT_OF_ARGUMENTS) \
	/* types */ \
	F(ADD) F(MULTIPLY) F(DIVIDE) F(COMPARE) F(ORDER) F(LOGIC) F(NEGATE) F(BRANCHES) F(ARGUMENT) F(RESULT) F(NEEDS_TABLE) F(TABLE_ALONE) F(KEY_TYPE) \
	F(LIST_ALONE) F(CHOICE) F(STEP) F(FAILS_ALWAYS) \
	/* the whole set */ \
	F(CYCLE) F(CHAIN) F(NEVER) F(ALWAYS) F(DUPLICATE) F(UNUSED) F(OVERLAP) F(GAP) F(CHOICE_TWICE) F(TABLE_EMPTY) \
	F(ELSE_TWICE) F(ELSE_NEVER) F(ROW) F(ROW_ORDER) \
	F(ROW_VALUE) F(RESERVED) F(NAME) F(BLOCK) F(LINE) F(KEY) F(KEY_TWICE) F(MISSING) F(TYPE) F(VALUE) F(SINCE) F(SINCE_TWICE) F(MANY) \
	F(SET_LONG) F(BYTES) F(NO_CODE) F(POINTS) \
	/* evaluation */ \
	F(BLANK) F(ZERO) F(NO_ROW) F(NO_VALUE) F(NO_CELL) F(CELL_TYPE) F(NOT_WHOLE) F(BIG) F(STEPS) F(DAY) F(NO_RULE)

#define RULE_FAULT_NAME(name) RULE_FAULT_##name,
enum RuleFaultId { RULE_FAULT_NONE, RULE_FAULTS(RULE_FAULT_NAME) RULE_FAULT_COUNT };

/* Types within a reading: those of rules.h and two that only expressions have. */
enum { TYPE_ZERO = RULE_TYPES, TYPE_BAD };                 /* a plain 0; already said to be wrong */

/* ---- spans of numbers (rules_span.c): one dimension, both ends open or closed, in order and apart ---- */

typedef struct Span {
	bool  has_low, low_open, has_high, high_open;
	Exact low, high;
} Span;
typedef struct Spans {
	Span  *at;
	size_t len, cap;
} Spans;
/* `whole`: only whole numbers count, so that 1 to 3 and 4 to 6 leave no gap. */
void  span_whole(Arena *a, Span *s);
bool  span_empty(Span s);
bool  span_has(Span s, Exact x);
Spans spans_all(Arena *a);
Spans spans_of(Arena *a, Span s);
Spans spans_meet(Arena *a, Spans x, Spans y);
Spans spans_join(Arena *a, Spans x, Spans y, bool whole);
Spans spans_rest(Arena *a, Spans x, bool whole);
Str   span_words(Arena *a, Span s, RuleType type);          /* "od 90 %, méně než 100 %" */

/* ---- words ---- */

typedef enum WordKind { WORD_END, WORD_VALUE, WORD_NAME, WORD_SIGN } WordKind;
enum Sign { SIGN_NOT_EQUAL = 'n', SIGN_AT_MOST = 'm', SIGN_AT_LEAST = 'v' };        /* others are their own character */

typedef struct Word {
	WordKind  kind;
	Str       at;                                         /* in the source */
	char      sign;
	Str       key;                                        /* of a name */
	RuleValue value;                                      /* of a number with its unit, a date, a text */
	bool      is_bare;                                    /* a number without unit */
} Word;

/* ---- expressions ---- */

typedef enum ExprKind { EXPR_LITERAL, EXPR_NAME, EXPR_NEGATE, EXPR_NOT, EXPR_BINARY, EXPR_CALL } ExprKind;
enum Op { OP_OR = '|', OP_AND = '&' };                    /* of EXPR_BINARY; others are their sign */

typedef enum FunctionId {
	FN_WHEN, FN_MIN, FN_MAX, FN_ROUND, FN_DOWN, FN_UP, FN_SUM, FN_COUNT, FN_FIND, FN_IS_BLANK, FN_IS_NOT_APPLICABLE, FN_FILL, FN_WHEN_FAILED, FN_NUMBER,
	FN_YEAR, FN_MONTH, FN_DAY, FN_NONE,
} FunctionId;
typedef struct Function {
	const char *key, *name, *how;                         /* "kdyz", "když", "když(podmínka; hodnota; jinak)" */
	u8          min, max;                                 /* of arguments */
} Function;
extern const Function rule_functions[FN_NONE];

typedef struct RuleItem RuleItem;
typedef struct Expr Expr;
struct Expr {
	ExprKind   kind;
	FunctionId function;
	char       op;
	int        type;                                      /* RuleType or one of the two above */
	Str        at;
	Str        name;                                      /* of EXPR_NAME, EXPR_CALL: as written, and its place */
	Str        key;
	RuleItem  *item;
	RuleValue  literal;
	Expr     **args;
	u32        count;
	int        depth;
};

/* ---- what a set is made of ---- */

typedef struct TableRow {
	bool      is_else;
	Span      span;
	Str       choice, choice_key;
	bool      choice_yes;
	RuleValue value;
	Str       at;
} TableRow;
typedef struct TableVersion {
	Date      since;                                      /* none = from the beginning */
	Str       at;
	TableRow *rows;
	size_t    len, cap;
} TableVersion;
typedef struct ParameterValue {
	Date      since;
	RuleValue value;
	Str       at;
} ParameterValue;

struct RuleItem {
	RuleName        n;                                    /* first: a RuleName of the outside is a RuleItem here */
	Str             at;                                   /* its name in the source */
	RuleType        key_type;                             /* of a table */
	TableVersion   *versions;
	size_t          version_count, version_cap;
	ParameterValue *values;
	size_t          value_count, value_cap;
	Str             formula;                              /* in the source */
	Expr           *expr;
	size_t          index;
	bool            used, has_fault;
	int             mark, chain;                          /* of the search for cycles */
};

struct RuleSet {
	Arena     *arena;
	Str        source, code, title, digest;
	RuleItem **items;
	size_t     len, cap;
};

typedef struct Reading {
	Arena      *a;
	Str         source;
	RuleSet    *set;
	RuleItem   *block;                                    /* in which a fault lies */
	RuleFaults *faults;
} Reading;

/* Says that something is wrong at this piece of the source. Always false. */
bool rule_fault(Reading *r, Str at, int id, const char *format, ...) PRINTF_LIKE(4, 5);
bool rule_warn(Reading *r, Str at, int id, const char *format, ...) PRINTF_LIKE(4, 5);
/* " Mysleli jste „x“?" when a name of the set is near, else empty. */
Str  rule_near(const Reading *r, Str key, bool functions);
RuleItem *rule_item(const RuleSet *set, Str key);
FunctionId rule_function(Str key);
bool rule_key_is_reserved(Str key);

/* Words of a formula, in an arena that may go when they were read; ends with WORD_END. NULL after a fault. */
Word *rule_words(Reading *r, Arena *into, Str formula, size_t *count);
/* The whole formula. NULL after a fault. */
Expr *rule_parse(Reading *r, Str formula);
/* Finds names and types. `want` is what the place of the formula asks for. */
void  rule_types(Reading *r, Expr *e, RuleType want);
bool  rule_type_fits(int from, RuleType to);
bool  rule_expr_is_constant(const Expr *e);
/* Cycles, chains, what is never used; branches that are never reached. */
void  rule_check(Reading *r);
void  rule_reach(Reading *r, Expr *e);
void  rule_check_table(Reading *r, RuleItem *table);
/* A line of a table behind its dash. */
bool  rule_read_row(Reading *r, RuleItem *table, Str line);

/* ---- evaluation ---- */

struct RuleRun {
	Arena          *a;
	const RuleSet  *set;
	Date            day;
	RuleCells       cells;
	void           *arg;
	RuleNode      **of_item;                              /* by index: what was computed already */
	u32             last_id;
	u32             steps;
};
RuleNode *rule_node(RuleRun *run, RuleNodeKind kind, Str text);
RuleNode *rule_eval_expr(RuleRun *run, const Expr *e);
RuleNode *rule_eval_call(RuleRun *run, const Expr *e);
RuleValue rule_compare(char op, RuleValue x, RuleValue y);
/* A failed value with a sentence. */
RuleValue rule_fails(RuleRun *run, int type, int id, const char *format, ...) PRINTF_LIKE(4, 5);
/* What the emptiness of an operand makes of the whole; true when *ret is decided. */
bool      rule_emptiness(RuleRun *run, int type, RuleNode *const *nodes, size_t count, RuleValue *ret);
const ParameterValue *rule_parameter_value(const RuleItem *parameter, Date day);
const TableVersion *rule_table_version(const RuleItem *table, Date day);
const TableRow     *rule_table_find(Arena *a, const TableVersion *v, RuleType key_type, RuleValue key);
