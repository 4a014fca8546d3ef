/* thread_inside.h: what the files of threads share. */
#pragma once
#include "domain/messages/thread.h"

const char  *side_word(ScopeKind k);         /* "provider", as it is stored */
ScopeKind    side_kind(Str word);
/* Lists of ids as ",1,2," within which an actor reads. */
typedef struct Reach { bool all; Str providers, municipalities, districts; } Reach;
MUST_USE Err thread_reach(Ctx *c, Reach *ret);
bool         reach_has(Ctx *c, const Reach *r, const Side *s);
/* May the actor act for this side, or for the region: without the wider reading of coordinators. */
bool         may_act_for(const Ctx *c, const char *capability, const Side *s);
/* Tell the other side. */
MUST_USE Err thread_tell(Ctx *c, Id thread, const Side *s, Str subject, const char *what);
