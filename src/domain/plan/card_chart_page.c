/* card_chart_page.c: when activity cards run: a bar for each, however many there are. */
#include "base/format.h"
#include "domain/plan/card_page.h"
#include "html/svg.h"

enum { ROW = 22, TOP = 26, LABEL = 78, BAR = 14 };

static int place_of_day(const Plan *p, Date d, int length) {
	i64 first = date((int)p->year_from, 1, 1).n, all = date((int)p->year_to + 1, 1, 1).n - first, at = d.n - first;
	at = at < 0 ? 0 : at > all ? all : at;
	return (int)(at * length / all);
}

static int series_of(const ActivityCard *k) {
	static const char *const states[] = {CARD_RUNNING, CARD_DONE, CARD_APPROVED, CARD_PROPOSED};
	for (size_t i = 0; i < LEN(states); i++)
		if (str_eq(k->state, str_c(states[i])))
			return (int)i + 1;
	return 5;
}

static void put_card(Arena *a, Out *out, const Plan *p, const ActivityCard *k, int y, int length) {
	CLEANUP(buf_free) Buf title = {0};
	int from = place_of_day(p, k->starts_on, length), to = place_of_day(p, date_add(k->ends_on, 1), length);
	buf_format(&title, "%.*s %.*s: ", STR_ARG(k->code), STR_ARG(k->title));
	fmt_date_range(&title, k->starts_on, k->ends_on);
	buf_format(&title, ", %.*s", STR_ARG(state_title(&card_machine, k->state)));
	svg_text(out, "tick", LABEL - 8, y + BAR - 2, "end", k->code);
	svg_rect(out, series_of(k), LABEL + from, y, to - from > 2 ? to - from : 2, BAR, buf_take(&title, a));
}

static void draw(Arena *a, Out *out, const Plan *p, const Cards *cards, int width) {
	int length = width - LABEL - 6, height = TOP + (int)cards->len * ROW + 6;
	svg_open(out, width, height, S("cas-karet"), S("Kdy karty běží"),
	         str_format(a, "Pruh od začátku do konce každé karty v letech %lld–%lld. Stejné dny jsou v tabulce.", (long long)p->year_from, (long long)p->year_to));
	for (i64 year = p->year_from; year <= p->year_to; year++) {
		int from = LABEL + place_of_day(p, date((int)year, 1, 1), length), to = LABEL + place_of_day(p, date((int)year + 1, 1, 1), length);
		svg_line(out, "rule", from, TOP - 6, from, height);
		svg_text(out, "tick", (from + to) / 2, 14, "middle", str_format(a, "%lld", (long long)year));
	}
	for (size_t i = 0; i < cards->len; i++)
		put_card(a, out, p, cards->at[i], TOP + (int)i * ROW, length);
	svg_close(out);
}

Html card_timeline(Arena *a, const Plan *p, const Cards *cards) {
	CLEANUP(buf_free) Out out = {0};
	if (!cards->len)
		return (Html){0};
	draw(a, &out, p, cards, SVG_WIDE);
	draw(a, &out, p, cards, SVG_NARROW);
	return (Html){buf_take(&out, a)};
}
