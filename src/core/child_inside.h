/* child_inside.h: what the two sides of core's children say to each other; nobody else needs it. */
#pragma once
#include "core/child.h"

/* With three descriptors: the child's input and output, and where its end is told. */
typedef struct ChildOrder {
	u32         kind;
	ChildLimits limits;
} ChildOrder;
typedef struct ChildStatus {
	u8         end;
	ChildUsage usage;
} ChildStatus;

enum { ORDER_IN, ORDER_OUT, ORDER_STATUS, ORDER_FDS, CHILDREN = 16 };

/* ---- child_tool.c: programs of others ---- */

typedef struct ToolFolder { char path[64]; } ToolFolder;     /* "" = none */

/* Empty, for this piece of work alone. False when it cannot be made. */
bool tool_folder_make(ToolFolder *f);
/* With all that the tool left there. A tool that failed: its last words go into the log. */
void tool_folder_remove(ToolFolder *f, const ChildKind *k, bool failed);
/* In the child: confines itself and becomes the tool. */
NO_RETURN void be_tool(const ChildKind *k, const ToolFolder *f, u64 memory, SandboxAnswer answer, int in, int out);

/* ---- child_helper.c ---- */

void child_limit(int what, u64 soft, u64 hard);
void child_place(int from, int to);
/* Never returns: serves orders until the other end closes. */
NO_RETURN void child_helper(int orders, const ChildKind *const *kinds, size_t count, SandboxAnswer answer);
