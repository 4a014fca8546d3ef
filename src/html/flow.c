/* flow.c: boxes, lanes and numbers of a flow. Whole coordinates only. */
#include "html/flow.h"

#include <stdio.h>

#include "html/svg.h"

enum {
	BOX_WIDTH = 216, BOX_HEIGHT = 46, GAP = 40, LANE = 30, DOT = 7, HEAD = 34, EDGE = 10, LINE = 16, STUB = 44,
	PILL = 20, DIGIT = 8,
};

typedef enum Side { STRAIGHT, RIGHT, LEFT } Side;

/* Arrows between the same two boxes are one line with several numbers. */
typedef struct Line {
	int  from, to;
	Side side;
	int  lane;
	char numbers[48];
	size_t length;
	int  y1, y2;
} Line;

typedef struct Drawing {
	const Flow *flow;
	Line        lines[FLOW_ARROWS_MAX];
	size_t      count;
	int         lanes[3];                    /* by side */
	bool        has_stub;
} Drawing;

/* ---- lines ---- */

static Side side_of(int from, int to) {
	if (from == FLOW_FROM_ANY)
		return RIGHT;
	if (to == from + 1)
		return STRAIGHT;
	return to > from || to == from ? RIGHT : LEFT;
}

static void add_number(Line *l, int number) {
	int n = snprintf(l->numbers + l->length, sizeof l->numbers - l->length, "%s%d", l->length ? ", " : "", number);
	if (n > 0 && (size_t)n < sizeof l->numbers - l->length)
		l->length += (size_t)n;
	else
		l->numbers[l->length] = 0;
}

static void add_arrow(Drawing *d, const FlowArrow *a) {
	for (size_t i = 0; i < d->count; i++)
		if (d->lines[i].from == a->from && d->lines[i].to == a->to) {
			add_number(&d->lines[i], a->number);
			return;
		}
	CHECK(d->count < FLOW_ARROWS_MAX && a->to >= 0 && (size_t)a->to < d->flow->box_count);
	d->lines[d->count] = (Line){.from = a->from, .to = a->to, .side = side_of(a->from, a->to)};
	add_number(&d->lines[d->count], a->number);
	d->count++;
}

static int top_of(int box) {
	return box == FLOW_FROM_START ? EDGE : HEAD + box * (BOX_HEIGHT + GAP);
}

/* Where lines of one side leave and reach a box: spread over its edge, in order of the lines. */
static int port(const Drawing *d, size_t line, int box, Side side) {
	int n = 0, mine = 0;
	for (size_t i = 0; i < d->count; i++) {
		const Line *l = &d->lines[i];
		if (l->side != side)
			continue;
		for (int end = 0; end < 2; end++)
			if ((end ? l->to : l->from) == box) {
				n++;
				mine = i == line && (box != l->from || box != l->to || end == 0) && !mine ? n : mine;
			}
	}
	return top_of(box) + BOX_HEIGHT * mine / (n + 1);
}

static int shorter_first(const Line *a, const Line *b) {
	return (a->y1 < a->y2 ? a->y2 - a->y1 : a->y1 - a->y2) - (b->y1 < b->y2 ? b->y2 - b->y1 : b->y1 - b->y2);
}

static bool overlap(const Line *a, const Line *b) {
	int a1 = a->y1 < a->y2 ? a->y1 : a->y2, a2 = a->y1 < a->y2 ? a->y2 : a->y1, b1 = b->y1 < b->y2 ? b->y1 : b->y2, b2 = b->y1 < b->y2 ? b->y2 : b->y1;
	return a1 <= b2 + 4 && b1 <= a2 + 4;
}

/* Each line that goes round gets the nearest lane that is free along its way; short ones first. */
static void give_lanes(Drawing *d) {
	size_t order[FLOW_ARROWS_MAX];
	for (size_t i = 0; i < d->count; i++) {
		size_t k = i;
		for (; k > 0 && shorter_first(&d->lines[i], &d->lines[order[k - 1]]) < 0; k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	for (size_t i = 0; i < d->count; i++) {
		Line *l = &d->lines[order[i]];
		if (l->side == STRAIGHT || l->from == FLOW_FROM_ANY)
			continue;
		l->lane = 1;
		for (size_t k = 0; k < i; k++) {
			const Line *other = &d->lines[order[k]];
			if (other->side == l->side && other->lane == l->lane && other->from != FLOW_FROM_ANY && overlap(l, other)) {
				l->lane++;
				k = (size_t)-1;
			}
		}
		d->lanes[l->side] = l->lane > d->lanes[l->side] ? l->lane : d->lanes[l->side];
	}
}

static void arrange(Drawing *d) {
	for (size_t i = 0; i < d->flow->arrow_count; i++)
		add_arrow(d, &d->flow->arrows[i]);
	for (size_t i = 0; i < d->count; i++) {
		Line *l = &d->lines[i];
		if (l->side == STRAIGHT)
			continue;
		l->y2 = port(d, i, l->to, l->side);
		l->y1 = l->from == FLOW_FROM_ANY ? l->y2 : l->from == FLOW_FROM_START ? EDGE : port(d, i, l->from, l->side);
		if (l->from == l->to) {
			l->y1 = top_of(l->to) + 12;
			l->y2 = top_of(l->to) + BOX_HEIGHT - 12;
		}
		d->has_stub = d->has_stub || l->from == FLOW_FROM_ANY;
	}
	give_lanes(d);
}

/* ---- drawing ---- */

static int left_of(const Drawing *d) {
	return EDGE + d->lanes[LEFT] * LANE + (d->lanes[LEFT] ? 6 : 0);
}

static void put_head(Out *out, int x, int y, int dx, int dy) {
	if (dy)
		buf_format(out, "<path class=\"arrow\" d=\"M%d %dl-5 -9h10z\"/>", x, y);
	else
		buf_format(out, "<path class=\"arrow\" d=\"M%d %dl%d -5v10z\"/>", x, y, -9 * dx);
}

static void put_pill(Out *out, int x, int y, const Line *l) {
	int width = (int)l->length * DIGIT + 10;
	width = width < PILL ? PILL : width;
	buf_format(out, "<rect class=\"pill\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"10\"/>", x - width / 2, y - PILL / 2, width, PILL);
	svg_text(out, "sub", x, y + 5, "middle", str_c(l->numbers));
}

static void put_straight(Out *out, const Line *l, int left) {
	int x = left + BOX_WIDTH / 2, y1 = l->from == FLOW_FROM_START ? EDGE + DOT : top_of(l->from) + BOX_HEIGHT, y2 = top_of(l->to);
	svg_line(out, "flow-line", x, y1, x, y2 - 8);
	put_head(out, x, y2, 0, 1);
	put_pill(out, l->from == FLOW_FROM_START ? x + 22 : x, (y1 + y2) / 2 - (l->from == FLOW_FROM_START ? 2 : 3), l);
}

static void put_round(Out *out, const Line *l, int left) {
	bool right = l->side == RIGHT;
	int  edge = right ? left + BOX_WIDTH : left, away = right ? 1 : -1, x = edge + away * l->lane * LANE;
	int  from = l->from == FLOW_FROM_START ? left + BOX_WIDTH / 2 : edge;
	buf_format(out, "<path class=\"flow-line\" d=\"M%d %dH%dV%dH%d\"/>", from, l->y1, x, l->y2, edge + away * 8);
	put_head(out, edge, l->y2, -away, 0);
	put_pill(out, x, (l->y1 + l->y2) / 2, l);
}

static void put_stub(Out *out, const Drawing *d, const Line *l, int left) {
	int edge = left + BOX_WIDTH, x = edge + d->lanes[RIGHT] * LANE + STUB;
	buf_format(out, "<path class=\"flow-line help\" d=\"M%d %dH%d\"/>", x, l->y2, edge + 8);
	put_head(out, edge, l->y2, -1, 0);
	put_pill(out, x - 12, l->y2, l);
}

/* One line, or two cut at the blank nearest to the middle. */
static void put_title(Out *out, int x, int y, Str title) {
	size_t cut = 0;
	if (svg_text_width(title) > BOX_WIDTH - 16)
		for (size_t i = 1; i + 1 < title.len; i++) {
			size_t half = title.len / 2, here = i > half ? i - half : half - i, best = cut > half ? cut - half : half - cut;
			if (title.ptr[i] == ' ' && (!cut || here < best))
				cut = i;
		}
	if (!cut) {
		svg_text(out, "strong", x, y + BOX_HEIGHT / 2 + 5, "middle", title);
		return;
	}
	svg_text(out, "strong", x, y + BOX_HEIGHT / 2 - 3, "middle", str_first(title, cut));
	svg_text(out, "strong", x, y + BOX_HEIGHT / 2 - 3 + LINE, "middle", str_from(title, cut + 1));
}

static void put_box(Out *out, const FlowBox *b, int x, int y) {
	buf_format(out, "<g><rect class=\"box%s%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>", b->is_now ? " now" : "", b->was ? " mid" : "", x, y,
	           BOX_WIDTH, BOX_HEIGHT);
	if (b->is_final)
		buf_format(out, "<rect class=\"box none\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>", x + 4, y + 4, BOX_WIDTH - 8, BOX_HEIGHT - 8);
	put_title(out, x + BOX_WIDTH / 2, y, b->title);
	buf_lit(out, "</g>");
}

static void put_colours(Out *out) {
	buf_lit(out, "<style>text{font:13px sans-serif;fill:#1a2733}.strong{font-weight:700}.box{fill:#fff;stroke:#2362a2;stroke-width:1.5}.none{fill:none}"
	             ".flow-line{fill:none;stroke:#5b6b7a;stroke-width:1.75}.help{stroke-dasharray:5 4}.arrow,.dot{fill:#5b6b7a}.pill{fill:#fff;stroke:#c5ced6}</style>");
}

void view_flow(Out *out, const Flow *f) {
	Drawing d = {.flow = f};
	CHECK(f->box_count && f->box_count <= FLOW_BOXES_MAX);
	arrange(&d);
	int left = left_of(&d), width = left + BOX_WIDTH + d.lanes[RIGHT] * LANE + (d.has_stub ? STUB : d.lanes[RIGHT] ? 16 : EDGE) + 4;
	int height = top_of((int)f->box_count - 1) + BOX_HEIGHT + EDGE;
	buf_format(out, "<svg%s class=\"scheme flow-scheme\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-labelledby=\"%.*s-t %.*s-d\">",
	           f->alone ? " xmlns=\"http://www.w3.org/2000/svg\"" : "", width, height, width, height, STR_ARG(f->id), STR_ARG(f->id));
	buf_format(out, "<title id=\"%.*s-t\">", STR_ARG(f->id));
	html_escape(out, f->title);
	buf_format(out, "</title><desc id=\"%.*s-d\">", STR_ARG(f->id));
	html_escape(out, f->desc);
	buf_lit(out, "</desc>");
	if (f->alone)
		put_colours(out);
	buf_format(out, "<circle class=\"arrow\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>", left + BOX_WIDTH / 2, EDGE, DOT);
	for (size_t i = 0; i < d.count; i++)
		if (d.lines[i].from == FLOW_FROM_ANY)
			put_stub(out, &d, &d.lines[i], left);
		else if (d.lines[i].side == STRAIGHT)
			put_straight(out, &d.lines[i], left);
		else
			put_round(out, &d.lines[i], left);
	for (size_t i = 0; i < f->box_count; i++)
		put_box(out, &f->boxes[i], left, top_of((int)i));
	buf_lit(out, "</svg>");
}
