/* client.h: a small HTTP/1.1 client over a loopback socket, with the cookies of one visitor. It shares nothing with the server. */
#pragma once
#include "base/str.h"

typedef struct Cookie {
	Str name, value;
} Cookie;

/* What a browser remembers of one visitor. */
typedef struct Jar {
	Cookie *at;
	size_t  len, cap;
} Jar;

typedef struct Reply {
	int status;
	Str head;                                /* status line and headers */
	Str body;                                /* without the framing of chunks */
} Reply;

typedef struct Call {
	Str  method, target;
	Str  type;                               /* of the body; empty = no body */
	Str  body;
	bool from_page;                          /* sends what a browser adds to a form of our own page: Origin, Sec-Fetch-Site */
} Call;

/* Cookies of `jar` go out and those set come in. False with *why when there was no complete answer. */
bool client_call(Arena *a, int port, Jar *jar, Call call, Reply *ret, Str *why);
/* Value of a header, name in any case; {0} with found = false when it is missing. */
Str  reply_header(const Reply *r, Str name, bool *found);
