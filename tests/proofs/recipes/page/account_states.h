/* account_states.h: how many accounts are in which state; the domain function of the recipe. */
#pragma once
#include "core/ctx.h"

typedef struct AccountState { Str code; i64 accounts; } AccountState;
typedef struct AccountStates { AccountState *at; size_t len, cap; } AccountStates;
MUST_USE Err account_states(Ctx *c, AccountStates *ret);
