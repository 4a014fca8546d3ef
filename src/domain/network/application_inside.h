/* application_inside.h: what the files of applications share: steps and guards, written where their matter is, joined to a machine in application_machine.c. */
#pragma once
#include "domain/network/score.h"

/* Of the form (application_form.c). */
bool         call_has_kind(const Call *k, Str kind);             /* the call is for this kind of service */
extern const Guard application_fits, application_registered;
MUST_USE Err application_take_form(Ctx *c, WorkMove *m);
MUST_USE Err application_accept_form(Ctx *c, WorkMove *m);
MUST_USE Err application_refuse_form(Ctx *c, WorkMove *m);
MUST_USE Err application_give_up(Ctx *c, WorkMove *m);
/* Back with its applicant, or at its end: towns are not to write and are not reminded. */
MUST_USE Err application_stop_statements(Ctx *c, WorkMove *m);

/* Reviewers go by what is known now. */
MUST_USE Err application_keep_inputs(Ctx *c, WorkMove *m);

/* Of the decision (application_decide.c). */
MUST_USE Err application_note_proposal(Ctx *c, WorkMove *m);
MUST_USE Err application_note_decision(Ctx *c, WorkMove *m);
MUST_USE Err application_note_refusal(Ctx *c, WorkMove *m);
MUST_USE Err application_note_resumed(Ctx *c, WorkMove *m);
