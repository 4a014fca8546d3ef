/* rehearsal.h: a version rehearsed on stored records of past years against another version: a job computes both over every record and keeps what would
 * change. A version is published with the rehearsal of this very text, or with a reason why without one. */
#pragma once
#include "core/jobs.h"
#include "core/rule_case.h"
#include "domain/rulebook/rulebook.h"

#define REHEARSAL_JOB "rulebook.rehearse"

typedef struct RehearsalOrder {
	Id  version, against;
	Str kind;                                /* code of a RuleCaseKind, {0} = all */
	i64 year_from, year_to;
} RehearsalOrder;

typedef struct KeptRehearsal {
	Id      id, version, against;
	Str     digest_before, digest_after, kinds;
	i64     year_from, year_to, cases, changed_cases, changed, against_no;
	Strs    only_before, only_after;
	Instant made_at;
} KeptRehearsal;
typedef struct KeptRehearsals { KeptRehearsal *at; size_t len, cap; } KeptRehearsals;

typedef struct KeptTotal { Str rule, title, before, after, difference; i64 computed, changed; } KeptTotal;
typedef struct KeptTotals { KeptTotal *at; size_t len, cap; } KeptTotals;
typedef struct KeptChange { Str kind, label, link, rule, title, before, after, difference; Id object; } KeptChange;
typedef struct KeptChanges { KeptChange *at; size_t len, cap; } KeptChanges;

/* Queues the job. ERR_INVALID at "year_from", "year_to", "kind", "against"; needs rule_set.update. */
MUST_USE Err rehearsal_ask(Ctx *c, const RehearsalOrder *o, Id *job);
/* Now, over the records that the acting person may see; with progress when it is a job. */
MUST_USE Err rehearsal_run(Ctx *c, const RehearsalOrder *o, Job *job, Id *ret);
Err          job_rehearsal(Ctx *c, Job *job);

/* Newest first. For those who may see drafts; ERR_NOT_FOUND for others. */
MUST_USE Err rehearsals_of(Ctx *c, Id version, KeptRehearsals *ret);
MUST_USE Err rehearsal_totals(Ctx *c, const KeptRehearsal *k, KeptTotals *ret);
/* Of records that the acting person may see; *hidden = how many results of others there are. */
MUST_USE Err rehearsal_changes(Ctx *c, const KeptRehearsal *k, KeptChanges *ret, size_t *hidden);

/* The newest rehearsal of this very text against the version that is in force today; id 0 = there is none. *needed: there is another version to rehearse against. */
MUST_USE Err rehearsal_of_text(Ctx *c, const RuleVersion *v, KeptRehearsal *ret, bool *needed);
