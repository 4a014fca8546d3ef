/* inside.h: what files of the network share. */
#pragma once
#include "core/access.h"
#include "domain/network/line.h"
#include "domain/network/network.h"

/* Rows of a network's lines as of two times, as the store itself finds them: inside a transaction, and for the test that holds them against the index in memory. */
MUST_USE Err lines_stored(Ctx *c, Id network, AsOf at, EntityList *ret);
/* The resolution by its number as people write it; ERR_INVALID at the field "resolution" with a sentence. */
/* The basic network of a new store. */
MUST_USE Err network_seed(Ctx *c);
MUST_USE Err network_resolution(Ctx *c, Str number, Resolution *ret);
