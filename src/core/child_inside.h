/* child_inside.h: what the two sides of core's children say to each other; nobody else needs it. */
#pragma once
#include "core/child.h"

/* With three descriptors: the child's input and output, and where its end is told. */
typedef struct ChildOrder { u32 kind; } ChildOrder;
typedef struct ChildStatus { u8 end; } ChildStatus;

enum { ORDER_IN, ORDER_OUT, ORDER_STATUS, ORDER_FDS, CHILDREN = 16 };

/* Never returns: serves orders until the other end closes. */
NO_RETURN void child_helper(int orders, const ChildKind *const *kinds, size_t count, SandboxAnswer answer);
