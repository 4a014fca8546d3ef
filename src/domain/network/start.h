/* start.h: what the network puts on start pages: three questions that people ask about it, each with its number and the way to the answer. */
#pragma once
#include "core/task.h"
#include "domain/network/network.h"

/* The public version that the assembly decided last; NULL before the first. */
const NetworkVersion *network_last_decided(const NetworkVersions *all);
MUST_USE Err network_waiting(Ctx *c, WaitingList *list);
