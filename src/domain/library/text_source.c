/* Text as it is stored, and what people paste from word processors and pages. */
#include "base/buf.h"
#include "base/text.h"
#include "domain/library/text_inside.h"

/* Cannot be seen: widths of zero, soft hyphens, switches of direction, private use, marks of byte order. */
static bool is_invisible(u32 c) {
	return c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF) ||
	       (c >= 0xE000 && c <= 0xF8FF);
}

static Str without_invisible(Arena *a, Str s) {
	char *start = arena_alloc(a, s.len * 3 + 1), *to = start;
	for (size_t pos = 0; pos < s.len;) {
		u32 c = utf8_next(s, &pos);
		if (c == '\r') {
			if (pos < s.len && s.ptr[pos] == '\n')
				continue;
			c = '\n';
		}
		if (c == 0x2028 || c == 0x2029 || c == 0x85 || c == '\f' || c == '\v')
			c = '\n';
		if (is_invisible(c) || (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0))
			continue;
		if (c == '\t') {
			memcpy(to, "    ", 3);
			to += 2;
			c = ' ';
		}
		to += utf8_put(to, c);
	}
	return str_of(start, (size_t)(to - start));
}

Str text_clean_source(Arena *a, Str s) {
	CLEANUP(buf_free) Buf out = {0};
	Str rest = without_invisible(a, s);
	while (rest.len) {
		Str    line = str_cut(&rest, '\n');
		size_t indent = mark_indent(line);
		Str    bare = text_clean(a, line);
		if (bare.len) {
			for (size_t i = 0; i < indent && i < 12; i++)
				buf_char(&out, ' ');
			buf_str(&out, bare);
			if (str_ends(line, S("  ")) && !str_ends(bare, S("\\")) && rest.len && mark_indent(rest) < rest.len && rest.ptr[0] != '\n')
				buf_char(&out, '\\');    /* two blanks at the end break the line */
		}
		buf_char(&out, '\n');
	}
	Str all = buf_view(&out);
	while (all.len && all.ptr[all.len - 1] == '\n')
		all.len--;
	return str_dup(a, all);
}
