/* web_everybody.h: one signed-in browser for each role of the program, neighbours of the same role beside them, and where their pages lead. */
#pragma once
#include "tests/support/web.h"
#include "web/module.h"

typedef struct Somebody {
	const char *login, *role;
	const char *neighbour_of;                /* login of the one with the same role elsewhere; NULL for the first of a role */
	Browser     b;
} Somebody;
/* Signed in, and asked for the password just now; kept until the program ends. */
Somebody *web_everybody(size_t *count);
Somebody *web_somebody(const char *login);
/* The first who holds a capability; NULL when nobody does. */
Somebody *web_who_may(const char *capability);
bool      web_may(Somebody *s, const char *capability);

/* A path with its braces filled. */
const char *web_filled(const Route *route, const char *with);
/* Session and token of a form as a page of this browser would have them. */
Str web_token(const Browser *b, const char *action);

/* Addresses of the part for signed-in people that links and forms of a person's pages name, without parameters: found by following links,
 * at most `most` pages. */
typedef struct Walk { Strs pages, forms; } Walk;
void web_walk(Browser *b, size_t most, Walk *ret);
