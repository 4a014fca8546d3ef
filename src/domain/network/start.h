/* start.h: what the network puts on start pages: three questions that people ask about it, each with its number and the way to the answer. */
#pragma once
#include "core/task.h"
#include "domain/network/network.h"

/* The public version that the assembly decided last; NULL before the first. */
const NetworkVersion *network_last_decided(const NetworkVersions *all);
/* The difference since then: today as it was known on the eve of that day, against today. What was decided for a day still to come is seen on that day, so both
 * sides are of it. `tier`: "" or "sit=…&". */
Str          network_since_href(Ctx *c, const NetworkVersion *last, Str tier);
Str          network_since_words(Ctx *c, const NetworkVersion *last);
MUST_USE Err network_waiting(Ctx *c, WaitingList *list);
