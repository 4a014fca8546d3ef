/* inside.h: what files of the network share. */
#pragma once
#include "core/access.h"
#include "domain/network/line.h"
#include "domain/network/network.h"

/* The resolution by its number as people write it; ERR_INVALID at the field "resolution" with a sentence. */
/* The basic network of a new store. */
MUST_USE Err network_seed(Ctx *c);
MUST_USE Err network_resolution(Ctx *c, Str number, Resolution *ret);
