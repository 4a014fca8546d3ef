/* analyse.h: what an analyser cannot see across files: who says what went wrong returns an error. tests/proofs/analyse.sh includes it before
 * each file that may call these; the program is never built with it. */
#pragma once
#ifdef ANALYSE_DB
#include "db/engine.h"
#define conn_error(c, sql, code, text) (conn_error((c), (sql), (code), (text)), (code))
#else
#include "core/ctx.h"
#define fail(c, code, ...) (fail((c), (code), __VA_ARGS__), (code))
#define fail_internal(c, what) (fail_internal((c), (what)), ERR_INTERNAL)
#endif
