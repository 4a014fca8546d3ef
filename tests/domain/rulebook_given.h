/* rulebook_given.h: a store with the shipped set, its author and its head, for tests of rule sets and of what they compute. */
#pragma once
#include "domain/rulebook/rulebook.h"
#include "tests/domain/collection_given.h"

typedef struct Book {
	Collecting k;
	Actor     *author, *head;
	Id         shipped;
} Book;

Book         given_book(void);
RuleVersion *version_of(Ctx *c, Id id);
RuleSet     *set_of(Ctx *c, const RuleVersion *v);
/* Signed in with this role in the whole region. */
Actor       *officer(Ctx *c, const char *login, const char *role);
