/* error_report.h: what people say is wrong in the catalogue, for the region to check. Nobody needs to say who they are. */
#pragma once
#include "core/workflow.h"
#include "domain/register/register.h"

#define ERROR_REPORT_FIELDS(F, T) \
	F(T, service, ref, "Služba", .target = &service_entity, .required = true, .filter = true, .list = 1) \
	F(T, said_at, instant, "Přijato", .required = true, .readonly = true, .sort = true, .list = 2) \
	F(T, text, longtext, "Co je špatně", .required = true, .max = 2000, .list = 3) \
	F(T, email, email, "E-mail pro odpověď", .secret = true) \
	F(T, state, text, "Stav", .readonly = true, .by_workflow = true, .filter = true, .list = 4, .help = "received: přijaté, solving: řeší se, answered: vyřízené, refused: odmítnuté, closed: uzavřené.") \
	F(T, taken_by, text, "Řeší", .readonly = true) \
	F(T, done_at, instant, "Vyřízeno", .readonly = true) \
	F(T, done_by, text, "Vyřídil", .readonly = true) \
	F(T, answer, longtext, "Odpověď", .readonly = true, .max = 2000)
ENTITY_STRUCT(ErrorReport, ERROR_REPORT_FIELDS)
extern const Entity error_report_entity;

/* Keep what somebody wrote about a service. ERR_INVALID by field; ERR_RATE after five reports an hour from one network. */
MUST_USE Err error_report_add(Ctx *c, Id service, Str text, Str email, Str address);
/* A step of its machine (machines.h). When it is answered or refused the e-mail is erased, from the trail too. */
MUST_USE Err error_report_do(Ctx *c, Id id, const char *action, const WorkInput *in);
typedef struct ErrorReports { const ErrorReport **at; size_t len, cap; bool more; } ErrorReports;
/* The newest 200 that wait (received, solving), or that were dealt with. */
MUST_USE Err error_report_list(Ctx *c, bool done, ErrorReports *ret);
