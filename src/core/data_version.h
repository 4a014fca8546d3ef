/* data_version.h: a number that every write touching public data raises. Rendered public pages, the catalogue index and code lists are kept
 * in memory under it; a reader with an older number builds them anew. */
#pragma once
#include "core/ctx.h"

MUST_USE Err data_version(Ctx *c, i64 *ret);          /* as this reader sees it */
MUST_USE Err data_version_raise(Ctx *c);              /* inside a write transaction; once per transaction is enough */
