/* mandate_inside.h: what the files about mandates share. */
#pragma once
#include "core/mail.h"
#include "domain/network/mandate.h"
#include "domain/network/mandate_template.h"

/* What a mandate takes from its line as it stands on a day, from the register, and from their territory. */
typedef struct LineFacts {
	bool is_there, is_in_network;            /* there on that day; in the network or with a reservation */
	Id   service, provider, district;
	Str  unit, kind, state;
	Fte  capacity;
	Date from, to;                           /* of the line; to none = open */
	Str  target_groups, territory, ceiling;
	Str  provider_name, provider_ico, provider_seat, service_name, identifier;
} LineFacts;
MUST_USE Err line_facts(Ctx *c, Id line, Date day, LineFacts *ret);

/* The others of its line that stand: approved, active, or ended. */
MUST_USE Err mandate_neighbours(Ctx *c, const Mandate *m, MandateSpans *ret);
/* The first column of every row; rows are read one by one after the query has ended. */
MUST_USE Err mandate_ids(Ctx *c, Rows r, Ids *ret);
MUST_USE Err mandate_resolution(Ctx *c, Str number, Resolution *ret);
/* Sets ends_on, owner of the row scope; called before a row is stored. */
MUST_USE Err mandate_take_line(Ctx *c, Mandate *m);

MUST_USE Err mandate_step_approve(Ctx *c, WorkMove *m);
MUST_USE Err mandate_step_issue(Ctx *c, WorkMove *m);
MUST_USE Err mandate_step_end(Ctx *c, WorkMove *m);
MUST_USE Err mandate_step_expire(Ctx *c, WorkMove *m);
MUST_USE Err mandate_step_amend(Ctx *c, WorkMove *m);
MUST_USE Err amendment_step_issue(Ctx *c, WorkMove *m);
#define MANDATE_TASK_ENDS "mandate.ends"
MUST_USE Err mandate_quiet(Ctx *c, Id mandate);                  /* nobody has to look after its end any more */
