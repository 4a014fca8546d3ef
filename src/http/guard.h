/* guard.h: judges the head of a request before anything else sees it: the table of SECURITY § 5 and the limits of § 6 that
 * concern the head. A violation is refused, never repaired. Pure. */
#pragma once
#include "http/http.h"

typedef struct HttpHead {
	Str    method, target, version;
	Params headers;                          /* as sent: names in any case, doubles and all */
	size_t size;                             /* bytes of the request line and the headers together */
} HttpHead;

enum { GUARD_TARGET = 8 * 1024, GUARD_HEAD = 16 * 1024, GUARD_FIELDS = 100, GUARD_QUERY = 128 };

typedef struct Verdict {
	int         status;                      /* 0 = go on; else the answer, after which the connection ends */
	Err         err;
	const char *why;                         /* a whole Czech sentence */
	Method      method;
	u64         length;                      /* of the body as declared; 0 when chunked */
	bool        chunked;
	bool        asks;                        /* Expect: 100-continue */
} Verdict;

/* `hosts`: names in lower case, without ports, that this server answers to. */
Verdict guard_head(const HttpHead *h, const Strs *hosts);
/* Name of a Host header: without the port, brackets of IPv6 kept. False when it is none. */
bool    guard_host_name(Str host, Str *name);
