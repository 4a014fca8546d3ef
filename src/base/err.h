/* err.h: what can go wrong, said once. The sentence for people is attached where the error starts (core/ctx.h: fail). */
#pragma once
#include "base/base.h"

typedef enum Err {
	OK = 0,
	ERR_INVALID,         /* what was sent does not make sense: 422 on a form, 400 elsewhere */
	ERR_MALFORMED,       /* the request itself is broken: 400 */
	ERR_AUTH,            /* sign in first: 401 */
	ERR_FORBIDDEN,       /* known, not allowed: 403 */
	ERR_NOT_FOUND,       /* or not to be known: 404 */
	ERR_METHOD,          /* 405 */
	ERR_CONFLICT,        /* somebody was faster, or it exists: 409 */
	ERR_GONE,            /* was here, is no more: 410 */
	ERR_TOO_LARGE,       /* 413 */
	ERR_TYPE,            /* not a kind of file that we read: 415 */
	ERR_RATE,            /* too often: 429 */
	ERR_BUSY,            /* try again in a while: 503 */
	ERR_STORAGE,         /* disk full or broken: 507 */
	ERR_CANCELLED,       /* the person stopped the job */
	ERR_INTERNAL,        /* ours: 500 */
} Err;

#define TRY(call) \
	do { \
		Err try_err_ = (call); \
		if (__builtin_expect(try_err_ != OK, 0)) \
			return try_err_; \
	} while (0)

const char *err_name(Err e);
int         err_status(Err e);               /* of HTTP */
