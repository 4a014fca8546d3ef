/* rules.h: formulas that officials write and read, and results that explain themselves. The language for its authors: docs/rules.md.
 *
 *     když(zadost = 0 Kč; 0; max(0; (naklad - vynos) * jednotky * mesice / 12))
 *
 * A rule set is one text with inputs, parameters, tables and rules. It is read once (names resolved, types known, checked), evaluated many times. Numbers are
 * exact fractions (base/exact.h); nothing is rounded but by zaokrouhli, dolů, nahoru. No loops; lengths, depth and steps have limits.
 *
 * Types and what they allow (everything else is refused when the set is read):
 *     číslo, počet      a pure number; a počet is a číslo whose value must be whole and not negative where it is declared
 *     procenta          a pure number shown with %: 50 % of X is X; compares with číslo, does not add to it
 *     Kč, úvazky, Kč na úvazek
 *     + -               the same type; datum ± číslo = datum; datum - datum = číslo (days)
 *     *                 číslo × X = X, procenta × X = X, úvazky × Kč na úvazek = Kč
 *     /                 X / číslo = X, X / procenta = X, X / X = číslo, Kč / úvazky = Kč na úvazek, Kč / Kč na úvazek = úvazky
 *     = <> < <= > >=    the same type, číslo with procenta; text and ano/ne only = <>
 *     0                 is zero of every unit
 *
 * Emptiness. A value is known, blank (nobody filled it in), "nevztahuje se" (the question does not make sense here) or failed.
 *     blank             an operation with it fails with a sentence that names the cell: a blank is never zero. Asked for by prázdné(x), replaced by doplň(x; y)
 *     nevztahuje se     součet, min, max and počet pass over it; every other operation with it gives "nevztahuje se". Asked for by nevztahuje_se(x)
 *     failed            stays failed all the way up; replaced by když_chyba(x; y)
 *     Of operands that differ, failed wins over blank, blank over "nevztahuje se". když, a, nebo, doplň, když_chyba look only at what they need, from the left:
 *     když(b = 0; 0; a / b) does not divide. A name alone hands its emptiness on: the value of `x` is blank when the cell is. */
#pragma once
#include "base/date.h"
#include "base/exact.h"
#include "base/money.h"

#define RULE_FORMULA_MAX 4096                              /* bytes of one formula */
#define RULE_SET_MAX (256 * 1024)                          /* of the text of a set */
#define RULE_DEPTH_MAX 64                                  /* of parentheses and calls in a formula */
#define RULE_CHAIN_MAX 32                                  /* of rules that lean on rules */
#define RULE_STEPS_MAX 20000                               /* of one evaluation */

/* ---- values ---- */

typedef enum RuleType {
	RULE_ANY,                                             /* not said; of a value: "nevztahuje se" alone */
	RULE_NUMBER, RULE_COUNT, RULE_PERCENT, RULE_MONEY, RULE_FTE, RULE_MONEY_PER_FTE,
	RULE_DATE, RULE_TEXT, RULE_YES_NO,
	RULE_TYPES,
} RuleType;

typedef enum RuleState { RULE_BLANK, RULE_KNOWN, RULE_NOT_APPLICABLE, RULE_FAILED } RuleState;

typedef struct RuleValue {
	RuleType  type;
	RuleState state;
	Exact     number;                                     /* Kč, úvazky, 1 = 100 %: never haléře or hundredths */
	Date      date;
	Str       text;                                       /* of RULE_TEXT; of RULE_FAILED the sentence why */
	bool      yes;
	int       fault;                                      /* of RULE_FAILED: which one, RULE_FAULT_… of rules_inside.h; 0 = not one of ours */
} RuleValue;

/* A value of the program as one of rules; BLANK and an empty text become blank. */
RuleValue rule_money(Arena *a, Money m);
RuleValue rule_fte(Arena *a, Fte f);
RuleValue rule_percent(Arena *a, Percent p);
RuleValue rule_int(Arena *a, RuleType type, i64 n);       /* whole Kč, úvazky, … */
RuleValue rule_number(RuleType type, Exact x);
RuleValue rule_date(Date d);
RuleValue rule_text(Str s);
RuleValue rule_yes_no(bool yes);
static inline RuleValue rule_blank(RuleType type) { return (RuleValue){.type = type}; }
static inline RuleValue rule_not_applicable(RuleType type) { return (RuleValue){.type = type, .state = RULE_NOT_APPLICABLE}; }
RuleValue rule_failed(RuleType type, Str sentence);
/* Back again. False when it is not known or not whole in haléře, hundredths, basis points: a rule should have rounded. */
MUST_USE bool rule_as_money(RuleValue v, Money *ret);
MUST_USE bool rule_as_fte(RuleValue v, Fte *ret);
MUST_USE bool rule_as_percent(RuleValue v, Percent *ret);
MUST_USE bool rule_as_int(RuleValue v, i64 *ret);

/* "13 200 000 Kč", "≈ 66,6667 %", "nevyplněno", "nevztahuje se"; a failed one gives its sentence. */
Str  rule_value_show(Arena *a, RuleValue v);
/* What a person typed as a value of this type ("12,5", "ano", "1. 1. 2026", "nevztahuje se"; nothing = blank). */
MUST_USE bool rule_value_read(Arena *a, RuleType type, Str typed, RuleValue *ret, Str *why);
bool rule_value_equal(RuleValue x, RuleValue y);
Str  rule_type_name(RuleType t);                          /* "Kč na úvazek" */
bool rule_type_read(Arena *a, Str name, RuleType *ret);
static inline bool rule_type_is_number(RuleType t) { return t >= RULE_NUMBER && t <= RULE_MONEY_PER_FTE; }

/* ---- what is wrong with a text ---- */

typedef struct RuleFault {
	int  id;                                              /* RULE_FAULT_… of rules_inside.h; for tests */
	bool is_warning;                                      /* the set can be evaluated, but not published */
	Str  block;                                           /* name of the rule, table, … or {0} */
	int  line, column, length;                            /* from 1, in letters; length 0 = a place between letters */
	Str  text;                                            /* whole Czech sentences: what is wrong, what to do */
} RuleFault;

typedef struct RuleFaults {
	RuleFault *at;
	size_t     len, cap;
	bool       has_error;
} RuleFaults;

/* ---- rule sets ---- */

typedef enum RuleKind { RULE_INPUT, RULE_PARAMETER, RULE_TABLE, RULE_RULE } RuleKind;

typedef struct RuleSet RuleSet;

/* A named thing of a set, as its author described it. */
typedef struct RuleName {
	RuleKind kind;
	Str      name;                                        /* as written: "plánované náklady" */
	Str      key;                                         /* as compared: "planovane_naklady" */
	Str      title;
	RuleType type;
	Str      legal;                                       /* where it is written: "Metodika, čl. 4" */
	bool     is_list;                                     /* an input of many values, for součet, počet, min, max */
	bool     is_for_program;                              /* a parameter that the program reads, not a formula */
	Strs     choices;                                     /* of a text input: the only values */
	Str      formula;                                     /* of a rule */
	i32      max;                                         /* of a rule: the most points that it gives ("nejvýše: 10"), 0 = not said */
} RuleName;

/* Reads and checks a set. NULL when a fault is an error; warnings alone leave a set that works. The set borrows `source`. */
RuleSet *rule_set_read(Arena *a, Str source, RuleFaults *faults);
/* One formula over these inputs (kind, name, type, choices, is_list are used), as a set with the one rule "vzorec". want RULE_ANY = any type. */
RuleSet *rule_formula_read(Arena *a, const RuleName *inputs, size_t count, Str formula, RuleType want, RuleFaults *faults);

Str             rule_set_code(const RuleSet *set);        /* "vychozi-1" */
Str             rule_set_title(const RuleSet *set);
Str             rule_set_digest(const RuleSet *set);      /* SHA-256 of its text: the version that computed something */
size_t          rule_set_count(const RuleSet *set);
const RuleName *rule_set_at(const RuleSet *set, size_t i);        /* in the order of the text */
const RuleName *rule_set_find(const RuleSet *set, Str name);      /* any case, with or without diacritics; NULL when there is none */
/* Does this rule lean on that name, itself or through others? */
bool            rule_set_uses(const RuleSet *set, const RuleName *rule, const RuleName *name);
/* A parameter as of a day. False when there is none or it has no value then. */
MUST_USE bool   rule_parameter(const RuleSet *set, Str name, Date day, RuleValue *ret);
/* "Planovane  Náklady" → "planovane_naklady" */
Str             rule_key(Arena *a, Str name);

/* ---- evaluation ---- */

/* What a cell says and where it stands. */
typedef struct RuleCell {
	RuleValue  value;
	RuleValue *items;                                     /* of a list instead of `value` */
	size_t     item_count;
	Str        source;                                    /* "Žádost č. 12, buňka Osobní náklady" */
	Str        link;                                      /* address of the source, or {0} */
} RuleCell;

/* The value of an input (by its key). False = there is no such cell: the evaluation fails there with a sentence. */
typedef bool (*RuleCells)(void *arg, Arena *a, const RuleName *input, RuleCell *ret);

typedef enum RuleNodeKind {
	RULE_NODE_LITERAL, RULE_NODE_CELL, RULE_NODE_PARAMETER, RULE_NODE_ROW,       /* leaves */
	RULE_NODE_OPERATION, RULE_NODE_CALL, RULE_NODE_RULE, RULE_NODE_LIST,
} RuleNodeKind;

/* One step of a computation. Only what was looked at stands in the tree: a branch that was not taken does not. Nodes are shared where a rule is used twice. */
typedef struct RuleNode RuleNode;
struct RuleNode {
	RuleNodeKind kind;
	u32          id;                                      /* from 1 in one run; children before parents */
	Str          text;                                    /* the piece of the formula; of a row "1 až 3: 10" */
	Str          op;                                      /* "+", "když", …; of a leaf empty */
	Str          name, title;                             /* of a cell, parameter, table, rule */
	RuleValue    value;
	RuleNode   **children;                                /* of když: what was asked and, as the last, what was taken */
	size_t       count;
	Str          source, link;                            /* of a cell; of a parameter and row from when it holds */
	Str          legal;
};

typedef struct RuleRun RuleRun;
/* One set over one case as of a day. Rules that several others use are computed once. */
RuleRun        *rule_run(Arena *a, const RuleSet *set, Date day, RuleCells cells, void *arg);
/* The rule with its tree; never NULL: an unknown name gives a failed node. */
const RuleNode *rule_eval(RuleRun *run, Str rule);

/* What a person says a rule gives. */
typedef struct RuleGiven {
	Str       name, source, link;                         /* "1. hodnotitel", why and where it is written */
	RuleValue value;
	bool      agrees;                                     /* with the formula: that stands in the tree instead */
} RuleGiven;
/* People gave a rule other values than its formula: their mean is its value from now on, for whatever leans on it and was not evaluated yet. The tree shows all. */
void            rule_give(RuleRun *run, Str rule, const RuleGiven *given, size_t count);
/* Does this node of a tree hold such a rule? Then the same people say the same in another run. */
bool            rule_node_is_given(const RuleNode *n);
void            rule_give_again(RuleRun *run, const RuleNode *given);

/* ---- the tree kept ---- */

typedef struct RuleTree {
	Str       set, digest;                                /* code and version of the set, SHA-256 of its text */
	Date      day;
	RuleNode *root;
	size_t    nodes;
} RuleTree;

RuleTree rule_tree(const RuleRun *run, const RuleNode *root);
/* {"set":…,"day":…,"nodes":[…]}, children before parents: the same for the same computation. */
void rule_tree_write(Buf *b, const RuleTree *t);
/* Text kept elsewhere is not trusted: false with a Czech sentence unless it is a tree. */
MUST_USE bool rule_tree_read(Arena *a, Str json, RuleTree *ret, Str *why);
/* Depth-first in the order of reading; a shared node comes again, marked, without what is below it. `each` gets the depth from 0. */
void rule_tree_walk(const RuleNode *root, void (*each)(void *arg, const RuleNode *n, int depth, bool again), void *arg);
