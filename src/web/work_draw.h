/* work_draw.h: a machine as a drawing (html/flow.h), the same for the manual and for the page of one object. */
#pragma once
#include "core/workflow.h"
#include "html/flow.h"

/* `now` is the state to mark, {0} for none; `steps` (may be NULL) say which way was taken. Numbers of arrows are places in m->actions, from 1. */
void machine_flow(Arena *a, const Machine *m, Str now, const WorkSteps *steps, Flow *ret);
/* "správce sítě, metodik", "kdokoli", "program": who takes an action, by the roles that hold its capability. */
Str  transition_who(Arena *a, const Transition *t);
/* Titles of roles and "owner" of a list parted by blanks: "správce sítě, ten, kdo záznam založil". */
Str  people_words(Arena *a, const char *words);
