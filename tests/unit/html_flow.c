#include "html/flow.h"

#include "tests/unit/golden.h"

static Str drawn(const Flow *f) {
	CLEANUP(buf_free) Buf b = {0};
	view_flow(&b, f);
	return buf_take(&b, t_arena);
}

#define T(text) {text, sizeof text - 1}

static const FlowBox boxes[] = {{T("návrh"), .was = true}, {T("čeká na rozhodnutí"), .is_now = true}, {T("přijato <ano>"), .is_final = true},
                                {T("odmítnuto pro formální vady podání"), .is_final = true}};
static const FlowArrow arrows[] = {{FLOW_FROM_START, 0, 1}, {0, 1, 2}, {1, 2, 3}, {1, 3, 4}, {1, 0, 5}, {1, 1, 6}, {0, 1, 7}, {FLOW_FROM_ANY, 3, 8}};

static Flow decision(void) {
	return (Flow){.id = S("p"), .title = S("Postup"), .desc = S("Popis."), .boxes = boxes, .box_count = LEN(boxes), .arrows = arrows, .arrow_count = LEN(arrows)};
}

TEST("flow: boxes, arrows down, over, back, to itself, from the start and from anywhere; two between the same boxes are one with two numbers") {
	Flow f = decision();
	Str  s = drawn(&f);
	GOLDEN("flow.html", s);
	EXPECT(str_has(s, S(">2, 7</text>")));
	EXPECT(str_has(s, S("přijato &lt;ano&gt;")));
	EXPECT(str_has(s, S("class=\"box now\"")) && str_has(s, S("class=\"box mid\"")));
	EXPECT(!str_has(s, S("style")));
}

TEST("flow: a drawing of its own is a whole file with its colours") {
	Flow f = decision();
	f.alone = true;
	Str s = drawn(&f);
	EXPECT(str_starts(s, S("<svg xmlns=\"http://www.w3.org/2000/svg\"")));
	EXPECT(str_has(s, S("<style>")));
}

TEST("flow: lines whose ways overlap run in lanes of their own, others share one") {
	static const FlowBox   five[] = {{T("a"), 0}, {T("b"), 0}, {T("c"), 0}, {T("d"), 0}, {T("e"), 0}, {T("f"), 0}};
	static const FlowArrow crossing[] = {{0, 2, 1}, {1, 3, 2}}, apart[] = {{0, 2, 1}, {3, 5, 2}};
	Flow f = {.id = S("x"), .title = S("t"), .desc = S("d"), .boxes = five, .box_count = LEN(five), .arrows = crossing, .arrow_count = 2};
	Str  wide = drawn(&f);
	f.arrows = apart;
	Str narrow = drawn(&f);
	EXPECT(str_has(wide, S("viewBox=\"0 0 306 ")) && str_has(narrow, S("viewBox=\"0 0 276 ")));
}
