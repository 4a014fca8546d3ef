/* workflow_inside.h: what the files of the engine share. Inside core only. */
#pragma once
#include "core/access.h"
#include "core/workflow.h"

/* Reactions of other modules to a step. */
MUST_USE Err workflow_react(Ctx *c, const WorkMove *move);

/* workflow_object.c */
/* Everything of an object but its last step, from its row. */
MUST_USE Err work_object_of(Ctx *c, const Machine *m, void *row, WorkObject *ret);
/* Until when the state should be left by an object that enters it now by what `event` names; none when there is no deadline. */
MUST_USE Err work_due(Ctx *c, const WorkObject *o, const State *s, const char *event, Instant *due, Str *why);
const Field *machine_state_field(const Machine *m);
/* The place of the object over which a role is held; 0 = the whole region, -1 = the object has none, so nobody of that role is meant. */
Id   work_ref(const WorkObject *o, ScopeKind scope);

/* workflow_judge.c */
/* May the person take the action at all: capability, and the row scope or .only. Says nothing. */
bool work_has_right(Ctx *c, const Transition *t, const WorkObject *o);
/* Guards, four eyes and time, for an action that leads from the state. */
MUST_USE Err work_judge(Ctx *c, const Machine *m, const Transition *t, const WorkObject *o, WorkAction *ret);

/* workflow_follow.c */
/* The step's row, the tasks of the state left and entered, notices. `o` is the object in its new state; its due is set. */
MUST_USE Err work_follow(Ctx *c, const WorkMove *move, WorkObject *o, Str waived);
