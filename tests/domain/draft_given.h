/* draft_given.h: a draft of the version for 2027 of the network of mandate_given.h. */
#pragma once
#include "domain/network/draft_inside.h"
#include "tests/domain/mandate_given.h"

Id              given_draft(Given *g);
NetworkVersion *draft_version(Given *g, Id id);
/* In the order of numbers. */
DraftLine      *draft_line_at(Given *g, Id version, size_t i);
/* A step of the version; the approval by resolution 12/26/ZK. */
Err             draft_step(Given *g, Id version, const Actor *who, const char *action);
