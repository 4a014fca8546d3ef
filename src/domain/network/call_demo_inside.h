/* call_demo_inside.h: sample calls and applications while they are made. */
#pragma once
#include "domain/network/application.h"
#include "domain/network/call_demo.h"

typedef struct CallTale {
	Ctx     *c;
	Instant  now;
	Actor    officer, head, worker, statutory, reviewers[2];
	Id       services[12], form_a, form_c;
	size_t   service_count;
	Units    districts;
} CallTale;

/* Days are counted from today. */
typedef struct CallSample { const char *title, *about; int opens, closes, statements, year; bool extraordinary; } CallSample;
MUST_USE Err call_tale_call(CallTale *s, const CallSample *x, bool announced, Id *ret);
MUST_USE Err call_tale_open(CallTale *s, Id call, int day);
MUST_USE Err call_tale_close(CallTale *s, Id call);
MUST_USE Err call_tale_finish(CallTale *s, Id call, int day);

/* How far an application gets. */
typedef enum Far {
	TO_DRAFT, TO_SUBMITTED, TO_RETURNED, TO_REFUSED_FORMALLY, TO_CHECKED, TO_STATED, TO_SCORING, TO_SCORED, TO_PROPOSED, TO_DEFERRED, TO_REFUSED, TO_INCLUDED
} Far;
typedef struct Applicant { const Actor *worker, *signs; Id service; } Applicant;      /* service 0: an intention */
/* `day`: when it was submitted; steps of the region follow from the day `later`. */
MUST_USE Err call_tale_apply(CallTale *s, Id call, const Applicant *who, size_t turn, Far far, int day, int later);

/* Larger samples: calls of earlier years and one under assessment, with applications of many providers, in proportion to the services in the network. */
MUST_USE Err call_demo_many(CallTale *s, DemoSize size);
