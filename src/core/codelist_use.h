/* codelist_use.h: who stores a code, and which code took its place. */
#pragma once
#include "core/codelist.h"

void codelist_use_setup(const Entity *const *const *lists, const size_t *counts, size_t list_count);

typedef struct CodeUse {
	const Entity *entity;
	const Field  *field;
	i64           count;                     /* records that hold it now */
} CodeUse;
typedef struct CodeUses { CodeUse *at; size_t len, cap; i64 total; } CodeUses;
/* Fields of all entities that hold this code of a list; those without a record are left out. Children of the item count too. */
MUST_USE Err codelist_uses(Ctx *c, Str list, Str code, CodeUses *ret);

/* The code that stands for an old one today: follows "nahrazen kódem" as far as it leads. The code itself when nothing replaced it. */
Str codelist_successor(Ctx *c, const char *list, Str code);

/* Lists that have items, with the name that the list "code_list" gives them. */
typedef struct CodeList { Str list, name, description; i64 items, ended; } CodeList;
typedef struct CodeLists { CodeList *at; size_t len, cap; } CodeLists;
MUST_USE Err codelist_lists(Ctx *c, Date on, CodeLists *ret);
/* Every span of a list that holds on the day or, when `all`, ever held. */
MUST_USE Err codelist_spans(Ctx *c, Str list, Date on, bool all, CodeItems *ret);
