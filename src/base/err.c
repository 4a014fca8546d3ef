#include "base/err.h"

static const struct {
	const char *name;
	int         status;
} errs[] = {
	[OK] = {"OK", 200},
	[ERR_INVALID] = {"ERR_INVALID", 422},
	[ERR_MALFORMED] = {"ERR_MALFORMED", 400},
	[ERR_AUTH] = {"ERR_AUTH", 401},
	[ERR_FORBIDDEN] = {"ERR_FORBIDDEN", 403},
	[ERR_NOT_FOUND] = {"ERR_NOT_FOUND", 404},
	[ERR_METHOD] = {"ERR_METHOD", 405},
	[ERR_CONFLICT] = {"ERR_CONFLICT", 409},
	[ERR_GONE] = {"ERR_GONE", 410},
	[ERR_TOO_LARGE] = {"ERR_TOO_LARGE", 413},
	[ERR_TYPE] = {"ERR_TYPE", 415},
	[ERR_RATE] = {"ERR_RATE", 429},
	[ERR_BUSY] = {"ERR_BUSY", 503},
	[ERR_STORAGE] = {"ERR_STORAGE", 507},
	[ERR_CANCELLED] = {"ERR_CANCELLED", 409},
	[ERR_INTERNAL] = {"ERR_INTERNAL", 500},
};

const char *err_name(Err e) {
	return (size_t)e < LEN(errs) ? errs[e].name : "?";
}

int err_status(Err e) {
	return (size_t)e < LEN(errs) ? errs[e].status : 500;
}
