/* roomy.h: more memory for a request that needs it. */
#pragma once
#include "core/ctx.h"

/* The memory of a request is bounded (8 MB). What copies a long text again and again, or reads a whole large network, takes from here on from a larger room (128 MB),
 * which is given back with the request. Does nothing where memory is not bounded. */
void ctx_roomy(Ctx *c);
