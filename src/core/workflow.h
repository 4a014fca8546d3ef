/* workflow.h: state machines as tables (DESIGN § 3.4): which actions lead from which state, who may take them, what must hold, who is told, what is
 * to be done next and by when. Subjects write tables and guards; there is one engine.
 *
 *     const Machine suggestion_machine = {
 *     	.name = "suggestion", .title = "Návrh změny údajů", .entity = &suggestion_entity, .describe = describe,
 *     	MACHINE_STATES({"open", "čeká na rozhodnutí", .waits_for = "NET", .task = "Rozhodněte o návrhu změny", .term = {"register.suggestion_days"}},
 *     	               {"accepted", "přijato", .tone = TONE_OK, .is_final = true}, …),
 *     	MACHINE_ACTIONS({START, "suggest", "Navrhnout změnu", "návrh podán", "open", .capability = CAP_SUGGEST},
 *     	                {"open", "reject", "Odmítnout", "návrh odmítnut", "rejected", .capability = CAP_EDIT, .reason = REASON_REQUIRED}, …),
 *     };
 *
 * The state stands in the column `state` of the entity's table; nothing but this engine writes it. Every step is a row of workflow_step and a record of
 * the trail. workflow_check (the model check) is run over every machine in the tests; docs/machines.md is drawn from the same tables. */
#pragma once
#include "core/entity.h"

typedef struct Machine Machine;
typedef struct Transition Transition;

/* ---- the object that moves ---- */

typedef struct WorkObject {
	Id      id;
	i64     version;                         /* of the row that was read */
	Str     state;
	Instant since;                           /* entered that state; none = before steps were kept */
	Instant due;                             /* of that state; none = no deadline */
	Str     due_why;                         /* how the deadline was computed, lines */
	Str     title, link;                     /* for tasks and notices: "Změna telefonu, Domov U Lípy", "/app/sluzby/12/navrhy" */
	Str     brief;                           /* in titles of tasks, where the words of the state name its kind already; {0} = title */
	Str     text;                            /* what it says, for the page of its steps; may be blank */
	Str     owner_link;                      /* where the owner goes, when that is elsewhere */
	Id      owner;                           /* account that made it; 0 = nobody, or not known */
	Id      provider, municipality, district, body;      /* whose it is: row scope of actions, roles that get tasks and notices */
	void   *row;                             /* of the entity */
} WorkObject;

/* ---- guards ---- */

typedef struct Verdict {
	enum { HOLDS, REFUSED, WAIVED } kind;
	Str why, todo;                           /* whole Czech sentences: what is missing; what to do next */
} Verdict;

/* What must hold before an action. A subject higher up hangs its own on a lower machine through its module row (.guards): then machine and action say
 * where. A guard whose subject is not in the program yet has no check and is waived with a reason that every step keeps. */
typedef struct Guard {
	const char *key;                         /* "all_settled" */
	const char *rule;                        /* "Všechny připomínky jsou vypořádané." */
	Err       (*check)(Ctx *c, const WorkObject *o, Verdict *ret);     /* *ret holds unless it says otherwise */
	const char *waived;                      /* why it is not asked */
	const char *machine, *action;            /* in the row of another module */
} Guard;

/* ---- the tables ---- */

typedef enum Tone { TONE_PLAIN, TONE_OK, TONE_WARN, TONE_ERR, TONE_INFO } Tone;
typedef enum TermUnit { TERM_DAYS, TERM_WORKING_DAYS, TERM_MONTHS } TermUnit;

/* By when a state should be left; counted from the day it was entered. */
typedef struct Term {
	const char *setting;                     /* the number is this setting of the region */
	int         standard;                    /* … or, without one, this */
	TermUnit    unit;
	/* Instead of a number: the object says it (the last day of a consultation). None = no deadline. */
	Err       (*at)(Ctx *c, const WorkObject *o, Instant *ret, Str *why);
} Term;

typedef struct State {
	const char *key, *title;                 /* "open", "čeká na rozhodnutí" */
	Tone        tone;
	bool        is_final;
	const char *waits_for;                   /* roles and "owner", by blanks: "NET owner". Each gets the task, if there is one */
	const char *task;                        /* "Rozhodněte o návrhu změny" */
	const char *button;                      /* of the task; "Otevřít" unless given */
	const char *why;                         /* why that person is to do it, a sentence */
	Term        term;
	const char *needs;                       /* actions without which nobody gets here, by blanks: the model check tries to get past them */
} State;

/* Beside the capability: which of its holders. Others are not offered the action. */
typedef struct OnlyFor {
	const char *title;                       /* "ten, kdo návrh podal" */
	bool      (*is)(Ctx *c, const WorkObject *o);
} OnlyFor;
extern const OnlyFor only_owner;             /* the account that made the object */

typedef enum ReasonNeed { REASON_NONE, REASON_OPTIONAL, REASON_REQUIRED } ReasonNeed;

typedef struct WorkInput {
	Str   reason, resolution;
	i64   version;                           /* of the object as it was shown; 0 = not looked at */
	Date  from;                              /* from which day a change that follows holds; none = today */
	void *more;                              /* for .run of the same subject */
} WorkInput;

typedef struct WorkMove {
	const Machine    *machine;
	const Transition *transition;
	WorkObject       *object;                /* before the step; object->row may be changed by .run */
	const WorkInput  *input;
} WorkMove;

#define START     ""                         /* from nothing: the object is made */
#define ANY_STATE "*"                        /* from every state that is not final */

struct Transition {
	const char *from;                        /* states by blanks, START or ANY_STATE */
	const char *action;                      /* "reject" */
	const char *title;                       /* of the button: "Odmítnout" */
	const char *done;                        /* in the history: "návrh odmítnut" */
	const char *to;
	const char *capability;                  /* ANYONE, SIGNED_IN or one of a module; none of .by_system */
	const OnlyFor *only;                     /* instead of the row scope of the capability */
	const Guard *const *guards;              /* GUARDS(&a, &b) */
	ReasonNeed  reason;
	const char *reason_label;                /* "Důvod" unless given */
	const char *resolution;                  /* whose decision it needs: "usnesení zastupitelstva kraje" */
	const char *not_by;                      /* four eyes: not by the person who took these actions last, by blanks */
	bool        by_system;                   /* only by the program */
	bool        on_due;                      /* … when the deadline of the state has passed, by the server's clock */
	bool        restarts;                    /* leads back: required steps must be taken again from there */
	bool        alarms;                      /* cannot be undone, or goes out to people: the button says so */
	const char *notify;                      /* roles, "owner", by blanks */
	const char *document;                    /* key of the document that follows */
	Err       (*run)(Ctx *c, WorkMove *m);   /* what changes besides the state; in the same transaction, before the row is stored */
};
#define GUARDS(...) (const Guard *const[]){__VA_ARGS__, NULL}

struct Machine {
	const char       *name, *title;          /* "suggestion", "Návrh změny údajů" */
	const char       *help;                  /* a sentence or two for docs and the panel */
	const Entity     *entity;
	const char       *topic;                 /* of its notices (core/notice.h) */
	const State      *states;
	size_t            state_count;
	const Transition *actions;
	size_t            action_count;
	/* Title, link, owner and scope of an object from its row. NULL: the entity's title and path, columns of its scope. */
	Err             (*describe)(Ctx *c, WorkObject *o);
};
#define MACHINE_STATES(...)  .states = (const State[]){__VA_ARGS__}, .state_count = LEN(((const State[]){__VA_ARGS__}))
#define MACHINE_ACTIONS(...) .actions = (const Transition[]){__VA_ARGS__}, .action_count = LEN(((const Transition[]){__VA_ARGS__}))

/* What another subject does when a machine takes a step, in the same transaction; from its module row. */
typedef struct Reaction {
	const char *machine, *action;
	Err       (*run)(Ctx *c, const WorkMove *m);
} Reaction;

/* Once at start: what the modules bring. False with *why when two machines share a name or a guard hangs on nothing. */
typedef struct WorkTables {
	const Machine *const *machines;          size_t machine_count;
	const Guard          *guards;            size_t guard_count;
	const Reaction       *reactions;         size_t reaction_count;
} WorkTables;
bool workflow_setup(Arena *a, const WorkTables *lists, size_t list_count, Str *why);
const Machine    *machine_at(size_t i);                         /* NULL past the end */
const Machine    *machine_find(Str name);
const Machine    *machine_of_entity(const Entity *e);           /* NULL: its rows have no states */
const State      *machine_state(const Machine *m, Str key);     /* NULL when unknown */
Str               state_title(const Machine *m, Str key);
/* The action that leads from a state; NULL when none does. */
const Transition *machine_action(const Machine *m, Str from, Str action);
bool              transition_leaves(const Machine *m, const Transition *t, Str state);
/* Is the word one of a list parted by blanks. */
bool              words_have(const char *words, Str word);
/* All guards of an action: its own and those that other modules hang on it; NULL past the end. */
const Guard      *transition_guard(const Machine *m, const Transition *t, size_t i);

/* ---- doing ---- */

typedef struct Refusal { Str rule, why, todo; } Refusal;
typedef struct Refusals { Refusal *at; size_t len, cap; } Refusals;
typedef struct WorkAction {
	const Transition *transition;
	Refusals          refusals;              /* none: it can be done now */
	Refusals          waived;                /* what was not asked, and why */
} WorkAction;
typedef struct WorkActions { WorkAction *at; size_t len, cap; } WorkActions;

/* The object as it stands; asks nobody's rights. ERR_NOT_FOUND. */
MUST_USE Err workflow_object(Ctx *c, const Machine *m, Id id, WorkObject *ret);
/* What this person may do with it now; what is refused says why and what to do next. */
MUST_USE Err workflow_actions(Ctx *c, const Machine *m, const WorkObject *o, WorkActions *ret);
/* Make an object by a START action; the row gets its id and state. */
MUST_USE Err workflow_start(Ctx *c, const Machine *m, const char *action, void *row, const WorkInput *in);
/* Take a step: rights, row scope, state, guards, four eyes; then the row, the step, the trail, tasks and notices, all in one transaction. ERR_CONFLICT when
 * somebody was faster or the action does not lead from this state; ERR_INVALID when a guard refuses (one problem each) or a reason is missing
 * (field "reason", "resolution"); ERR_FORBIDDEN, ERR_NOT_FOUND by rights. */
MUST_USE Err workflow_do(Ctx *c, const Machine *m, Id id, const char *action, const WorkInput *in);
/* The same by the program (an import found that the registration ended): .by_system actions. */
MUST_USE Err workflow_system(Ctx *c, const Machine *m, Id id, const char *action, Str reason);
/* What the object is called, where it is or whose it is changed without a step: its open tasks are told anew. In a transaction. */
MUST_USE Err workflow_refresh(Ctx *c, const Machine *m, Id id);
/* What the deadline of its state follows from has changed (a period was extended): it is computed anew, for the step, tasks and the clock. The object stays
 * in its state. Inside a write transaction, after the row was stored. */
MUST_USE Err workflow_due_again(Ctx *c, const Machine *m, Id id);
/* Objects from before their machine: each gets a first step, and the tasks of its state. For the seed of a module; does nothing the second time. */
MUST_USE Err workflow_adopt(Ctx *c, const Machine *m);
/* Timed actions whose moment has come by c->now, each in its own transaction. */
MUST_USE Err workflow_tick(Ctx *c, i64 *moved);

/* ---- what happened ---- */

typedef struct WorkStep {
	Id      id, object_id, account;
	Str     machine, action, before, after, actor, organisation, reason, resolution, waived, due_why;
	Instant at, due;
} WorkStep;
typedef struct WorkSteps { WorkStep *at; size_t len, cap; } WorkSteps;
/* Oldest first. */
MUST_USE Err workflow_steps(Ctx *c, const Machine *m, Id object, WorkSteps *ret);
/* Newest first, of all machines, after an instant. */
MUST_USE Err workflow_steps_since(Ctx *c, Instant since, i64 limit, WorkSteps *ret);
/* May this person know of the object: it is theirs, or one of its actions is theirs to take in some state. */
bool workflow_concerns(Ctx *c, const Machine *m, const WorkObject *o);

/* ---- the model check (tests) ---- */

/* Everything that is wrong with a table, a sentence each: see workflow_check.c. Roles and settings are those that were set up. */
void workflow_check(Arena *a, const Machine *m, Strs *faults);
