#include "html/map.h"

#include <stdlib.h>

#include "html/chart_parts.h"

enum { LONG_LABEL = 9 };                         /* letters; longer ones are broken and set smaller */

int map_class(const Map *m, i64 value) {
	if (value == BLANK)
		return 0;
	int class = 1;
	for (size_t i = 0; i < m->bound_count; i++)
		class += value >= m->bounds[i];
	return class;
}

static int by_size(const void *a, const void *b) {
	i64 x = *(const i64 *)a, y = *(const i64 *)b;
	return x < y ? -1 : x > y;
}

void map_choose_bounds(Map *m) {
	CLEANUP(arena_free) Arena scratch = {0};
	i64 *values = NEW_ARRAY(&scratch, i64, m->count);
	size_t n = 0;
	for (size_t i = 0; i < m->count; i++)
		if (m->areas[i].value != BLANK)
			values[n++] = m->areas[i].value;
	if (n)
		qsort(values, n, sizeof *values, by_size);
	m->bound_count = 0;
	for (size_t i = 1; i < MAP_CLASSES && n; i++) {
		i64 bound = values[n * i / MAP_CLASSES];
		i64 before = m->bound_count ? m->bounds[m->bound_count - 1] : values[0];
		if (bound > before)
			m->bounds[m->bound_count++] = bound;
	}
}

static void put_id(Out *out, const Map *m, const MapArea *a) {
	html_escape(out, m->id);
	buf_char(out, '-');
	html_escape(out, a->id);
}

static void put_area(Out *out, const Map *m, const MapArea *a) {
	bool link = a->href.len > 0;
	buf_lit(out, "<");
	if (link) {
		buf_lit(out, "a href=\"");
		html_url_start_str(out, a->href);
		buf_lit(out, "\"");
	} else {
		buf_lit(out, "g role=\"img\"");
	}
	buf_lit(out, " aria-label=\"");
	html_escape(out, a->label);
	if (a->value_text.len) {
		buf_lit(out, ": ");
		html_escape(out, a->value_text);
	}
	buf_char(out, '"');
	if (a->current)
		buf_lit(out, " aria-current=\"true\"");
	buf_lit(out, "><path id=\"");
	put_id(out, m, a);
	int class = map_class(m, a->value);
	if (class)
		buf_format(out, "\" class=\"q%d\" d=\"", class);
	else
		buf_lit(out, "\" class=\"blank\" fill=\"none\" pointer-events=\"all\" d=\"");
	html_escape(out, a->path_data);
	buf_str(out, link ? S("\"/></a>") : S("\"/></g>"));
}

/* "Jablonec nad Nisou" has no room in one line: break it at its first blank. */
static Str first_line(Str *rest) {
	i64 line_end = str_find_char(*rest, '\n');
	if (line_end >= 0)
		return str_cut(rest, '\n');
	if (utf8_count(*rest) > LONG_LABEL && str_find_char(*rest, ' ') >= 0)
		return str_cut(rest, ' ');
	Str all = *rest;
	*rest = (Str){0};
	return all;
}

static void put_label(Out *out, const Map *m, const MapArea *a) {
	Str rest = a->short_label.len ? a->short_label : a->label;
	bool tight = str_find_char(rest, '\n') >= 0 || utf8_count(rest) > LONG_LABEL;
	bool high = map_class(m, a->value) >= MAP_CLASSES - 1;
	buf_lit(out, "<text");
	if (high || tight)
		buf_format(out, " class=\"%s%s%s\"", high ? "high" : "", high && tight ? " " : "", tight ? "tight" : "");
	buf_format(out, " x=\"%d\" y=\"%d\">", a->label_x, a->label_y);
	for (bool first = true; rest.len; first = false) {
		Str line = first_line(&rest);
		buf_format(out, "<tspan class=\"wide\" x=\"%d\"%s>", a->label_x, first ? "" : " dy=\"14\"");
		html_escape(out, line);
		buf_lit(out, "</tspan>");
	}
	buf_format(out, "<tspan class=\"v\" x=\"%d\" dy=\"18\">", a->label_x);
	chart_put_value(out, a->value, m->places);
	buf_lit(out, "</tspan></text>");
}

void view_map(Out *out, const Map *m) {
	buf_format(out, "<svg class=\"map\" viewBox=\"0 0 %d %d\" role=\"group\" aria-labelledby=\"%.*s-t %.*s-d\"><title id=\"%.*s-t\">", m->width, m->height,
	           STR_ARG(m->id), STR_ARG(m->id), STR_ARG(m->id));
	html_escape(out, m->title);
	buf_format(out, "</title><desc id=\"%.*s-d\">", STR_ARG(m->id));
	html_escape(out, m->desc);
	buf_lit(out, "</desc><g class=\"edge\" aria-hidden=\"true\">");
	for (size_t i = 0; i < m->count; i++) {
		buf_lit(out, "<use href=\"#");
		put_id(out, m, &m->areas[i]);
		buf_lit(out, "\"/>");
	}
	buf_lit(out, "</g>");
	for (size_t i = 0; i < m->count; i++)
		put_area(out, m, &m->areas[i]);
	if (m->labels) {
		buf_lit(out, "<g class=\"labels\" aria-hidden=\"true\">");
		for (size_t i = 0; i < m->count; i++)
			put_label(out, m, &m->areas[i]);
		buf_lit(out, "</g>");
	}
	buf_lit(out, "</svg>");
}

static void put_key(Out *out, const char *class, Str text) {
	buf_format(out, "<li><svg viewBox=\"0 0 14 14\" aria-hidden=\"true\"><rect class=\"%s edge\"%s width=\"14\" height=\"14\" rx=\"3\"/></svg>",
	           class, class[0] == 'b' ? " fill=\"none\"" : "");
	html_escape(out, text);
	buf_lit(out, "</li>");
}

/* "1–3", "20 a více"; values of the map are whole in their last place, so a class ends just below the next bound. */
static Str class_text(Buf *b, const Map *m, i64 from, i64 to, bool last) {
	b->len = 0;
	chart_put_value(b, from, m->places);
	if (last && to > from) {
		buf_lit(b, " a více");
	} else if (to > from) {
		buf_lit(b, "–");
		chart_put_value(b, to, m->places);
	}
	return buf_view(b);
}

void view_map_legend(Out *out, const Map *m) {
	CLEANUP(buf_free) Buf text = {0};
	i64 min = 0, max = 0;
	bool any = false, blank = false;
	for (size_t i = 0; i < m->count; i++) {
		i64 v = m->areas[i].value;
		if (v == BLANK) {
			blank = true;
			continue;
		}
		min = any && min < v ? min : v;
		max = any && max > v ? max : v;
		any = true;
	}
	buf_lit(out, "<ul class=\"legend\">");
	for (size_t i = 0; any && i <= m->bound_count; i++) {
		i64 from = i ? m->bounds[i - 1] : m->bound_count && m->bounds[0] <= min ? m->bounds[0] - 1 : min;
		bool last = i == m->bound_count;
		char class[4] = {'q', (char)('1' + (int)i), 0};
		put_key(out, class, class_text(&text, m, from, last ? max : m->bounds[i] - 1, last && i > 0));
	}
	if (blank)
		put_key(out, "blank", S("bez údaje"));
	buf_lit(out, "</ul>");
}
