/* flow.h: a drawing of what follows what: boxes under each other, arrows between them. An arrow to the next box is straight, one that skips boxes runs
 * on the right, one that leads back on the left. Arrows carry numbers; the words stand in the table beside. The same input gives the same bytes. */
#pragma once
#include "html/html.h"

enum { FLOW_BOXES_MAX = 40, FLOW_ARROWS_MAX = 160, FLOW_FROM_START = -1, FLOW_FROM_ANY = -2 };

typedef struct FlowBox {
	Str  title;
	bool is_final, is_now, was;              /* double line; marked; the way that was taken */
} FlowBox;

typedef struct FlowArrow {
	int from, to;                            /* places of boxes, FLOW_FROM_START (the dot), FLOW_FROM_ANY (a dashed stub) */
	int number;
} FlowArrow;

typedef struct Flow {
	Str              id, title, desc;        /* id: letters, digits, "-" */
	const FlowBox   *boxes;
	size_t           box_count;
	const FlowArrow *arrows;
	size_t           arrow_count;
	bool             alone;                  /* a file of its own, with its colours inside */
} Flow;

void view_flow(Out *out, const Flow *f);
