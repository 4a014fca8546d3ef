/* children.h: pieces of work that end badly, for tests of core's children. */
#pragma once
#include "core/child.h"

extern const ChildKind child_echo, child_crash, child_spin, child_hang, child_flood, child_eater, child_thief, child_refuses, child_reverse_tool;
