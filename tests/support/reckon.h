/* reckon.h: the other reckoner: a tree of a computation computed once more from its leaves alone. */
#pragma once
#include "core/rules.h"

/* Recomputed from the leaves: 128-bit fractions are enough for what is asked here, so it shares no arithmetic with the program. */
__extension__ typedef __int128 Wide;
typedef struct Frac { Wide n, d; } Frac;
typedef struct Result { RuleState state; Frac x; bool yes; Str text; i64 day; } Result;

Frac   reckon_frac(Wide n, Wide d);
Frac   reckon_read(Str exact_plain);
Result reckon(const RuleNode *n);
/* The tree says what its leaves give. */
bool   reckon_agrees(const RuleNode *n);
