/* register_edit.h: people and services that the tests of changes by hand begin with. */
#pragma once
#include "core/access.h"
#include "core/codelist.h"
#include "core/history.h"
#include "core/trail.h"
#include "domain/register/edit.h"
#include "tests/support/web.h"

typedef struct Given {
	App         *app;
	Ctx          c;                          /* one thread reads as one person at a time: by() says who it is */
	const Actor *officer;
	Id           provider, neighbour;
	Id           service, form, capacity, place, contact;
} Given;

/* A store with two providers; the first has a service with a field form, its capacity, a place and a telephone, since 2020. */
Given edit_given(void);
Given edit_given_in(App *app);                 /* the same in a program that knows more already */
const Actor *edit_actor(const char *name, const char *role, ScopeKind scope, Id ref);
/* The context as this person, and as the officer. */
static inline Ctx *by(Given *g, const Actor *a) { g->c.actor = a; return &g->c; }
static inline Ctx *net(Given *g) { return by(g, g->officer); }
Id    edit_add_service(Ctx *c, Id provider, const char *identifier, const char *name);
/* The call was refused with this code and a sentence that holds the words; forgets what was said. */
bool  edit_refused(Ctx *c, Err got, Err want, const char *words);
void *edit_get(Ctx *c, const Entity *e, Id id);
bool  edit_is_gone(Ctx *c, const Entity *e, Id id);
i64   edit_count(Ctx *c, const char *select);
