/* children.h: pieces of work that end badly, for tests of core's children. */
#pragma once
#include "core/child.h"

extern const ChildKind child_echo, child_crash, child_spin, child_hang, child_flood, child_eater, child_thief, child_refuses, child_reverse_tool;
/* Programs of others that sleep, fail, talk without end, copy, want 2 GB of memory (and may have 256 MB), are not there. */
extern const ChildKind child_sleep_tool, child_fail_tool, child_flood_tool, child_copy_tool, child_eat_tool, child_missing_tool;
