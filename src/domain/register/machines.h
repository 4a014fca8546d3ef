/* machines.h: what moves by steps in this subject: suggested changes and reports of errors (core/workflow.h). */
#pragma once
#include "core/mail.h"
#include "domain/register/error_report.h"
#include "domain/register/suggest.h"

extern const Machine suggestion_machine, error_report_machine;
extern const Machine *const register_machines[2];
extern const Reaction register_reactions[2];
extern const MailKind register_mails[1];
extern const Topic register_topics[1];
