/* codes.h: ending an item of a code list so that nobody is left with a code that means nothing. */
#pragma once
#include "core/codelist_use.h"

typedef struct CodeEnd {
	Id   item;
	i64  version;
	Date last_day;
	Str  successor;                          /* code of the same list that takes its place, or {0} */
	bool anyway;                             /* although it is used and nothing takes its place */
} CodeEnd;
/* ERR_INVALID at "last_day" or "successor"; ERR_CONFLICT with the counts when it is used, has no successor and `anyway` was not said. */
MUST_USE Err code_end(Ctx *c, CodeEnd e);
/* A new item of a list from a day. ERR_CONFLICT when the list has the code already. */
MUST_USE Err code_add(Ctx *c, Str list, Str code, Str name, i64 position, Date from);
