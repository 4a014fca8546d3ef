/* draft_application.h: an application that is proposed for entry, or was included, becomes a line of the working copy, once: type A a new line, B a prepared line (or one
 * with a reservation) that begins or goes on, C a substantial change of a line or a prepared one. The row that ties the two stays when the version is approved. */
#pragma once
#include "domain/network/application.h"
#include "domain/network/draft.h"

#define APPLICATION_LINE_FIELDS(F, T) \
	F(T, application, ref, "Žádost", .target = &application_entity, .required = true, .readonly = true, .unique = true) \
	F(T, by_version, ref, "Verze sítě", .target = &network_version_entity, .required = true, .readonly = true, .filter = true) \
	F(T, draft_line, int, "Řádek návrhu", .readonly = true, .filter = true, .help = "Prázdné, když už verzi schválilo zastupitelstvo.") \
	F(T, line, int, "Řádek sítě", .readonly = true, .help = "Prázdné, dokud verzi zastupitelstvo neschválilo.") \
	F(T, author, text, "Kdo ji do návrhu zapsal", .readonly = true, .max = 200) \
	F(T, made_at, instant, "Zapsáno", .readonly = true, .required = true)
ENTITY_STRUCT(ApplicationLine, APPLICATION_LINE_FIELDS)
extern const Entity application_line_entity;

/* Proposed for entry or included, so that it can be put into a draft. */
bool         application_may_enter(const Application *a);
/* Where it was put; NULL in *ret when nowhere. Asks nobody's rights. */
MUST_USE Err application_line_of(Ctx *c, Id application, ApplicationLine **ret);
/* Of a version: what was put into its draft. */
typedef struct ApplicationLines { ApplicationLine **at; size_t len, cap; } ApplicationLines;
MUST_USE Err application_lines_of_version(Ctx *c, Id version, ApplicationLines *ret);
/* The draft that applications go to, that of the basic network first; NULL when nothing is being written. */
MUST_USE Err draft_for_applications(Ctx *c, NetworkVersion **ret);
/* Lines of the copy that it may change by its type; none for a new service. *new_line: it may also become a line of its own. */
MUST_USE Err draft_targets(Ctx *c, const NetworkVersion *v, const Application *a, DraftLines *ret, bool *new_line);

typedef struct DraftPut {
	Id  target;                              /* a line of the copy; 0 = a new one */
	Str level;                               /* {0} = by its points */
	Str reason;                              /* why the level is another one than that of the points */
} DraftPut;
/* Needs network.update. ERR_CONFLICT: it is there already, or no version is being written; ERR_INVALID at "target", "level", "reason". */
MUST_USE Err draft_put_application(Ctx *c, Id application, const DraftPut *p, DraftLine **ret);

/* ---- from draft.c ---- */

/* Lines of the draft are stored: the rows say where each application ended. `all` as applied, their origin set. In a transaction. */
MUST_USE Err draft_applications_settle(Ctx *c, Id version, const DraftChanges *all);
/* A line of the copy is taken back to what the network says, or removed: its applications can be put in anew. */
MUST_USE Err draft_applications_forget(Ctx *c, Id draft_line);
/* The draft is given up. */
MUST_USE Err draft_applications_drop(Ctx *c, Id version);
/* Guards of the version: none of its applications was refused meanwhile; before the approval every one is decided. */
Err applications_stand(Ctx *c, const WorkObject *o, Verdict *ret);
Err applications_decided(Ctx *c, const WorkObject *o, Verdict *ret);
MUST_USE Err draft_applications_demo(Ctx *c);
