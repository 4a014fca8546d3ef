/* trail_text: the record of a change of a long text says what changed, and the earlier text can be put together from it and the later one. */
#include "core/trail_text.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/hash.h"
#include "tests/test.h"

static Str long_text(int paragraphs) {
	CLEANUP(buf_free) Buf b = {0};
	for (int i = 0; i < paragraphs; i++)
		buf_format(&b, "Odstavec %d: služby, díky kterým lidé zůstávají doma, i když potřebují péči.\n\n", i);
	return buf_take(&b, t_arena);
}

/* As an auditor would do it by hand: the same bytes around, the record's words between them. */
static Str earlier(Str record, Str later) {
	i64 front, rest;
	Str tail = record, number = str_from(str_cut(&tail, ' '), 1);
	EXPECT(str_to_int(number, &front));
	Str    inside = str_from(record, (size_t)str_find_char(record, ']') + 1);
	size_t at = inside.len;
	while (inside.ptr[at - 1] != '[')
		at--;
	tail = str_from(inside, at);
	EXPECT(str_to_int(str_cut(&tail, ' '), &rest));
	return str_cat(t_arena, str_cat(t_arena, str_first(later, (size_t)front), str_first(inside, at - 1)), str_from(later, later.len - (size_t)rest));
}

static void proves(Str before, Str after) {
	Str    was = before, is = after;
	Sha256 one = sha256(before), two = sha256(after);
	trail_text_shorten(t_arena, &was, &is);
	EXPECT(was.len < before.len / 4 && is.len < after.len / 4 + 400);
	EXPECT(utf8_valid(was) && utf8_valid(is));
	EQ_STR(earlier(was, after), before);
	EXPECT(str_has(was, hex(t_arena, &one, sizeof one)) && str_has(is, hex(t_arena, &two, sizeof two)));
}

TEST("trail text: one word changed, added or taken away in a long text is told with its surroundings; the earlier text can be put together") {
	Str text = long_text(400), changed = str_replace(t_arena, text, S("Odstavec 200: služby"), S("Odstavec 200: péče"));
	proves(text, changed);
	proves(changed, text);
	proves(text, str_cat(t_arena, text, S("Doplněno.")));
	proves(str_cat(t_arena, S("Šli jsme. "), text), text);
	proves(text, str_replace(t_arena, text, S("Odstavec 399: služby, díky kterým lidé zůstávají doma, i když potřebují péči.\n\n"), S("")));
	/* letters that share their first byte are not cut in two */
	proves(str_cat(t_arena, text, S("č")), str_cat(t_arena, text, S("ď")));
	proves(str_cat(t_arena, S("č"), text), str_cat(t_arena, S("ď"), text));
}

TEST("trail text: short texts, and long ones that have little in common, are told whole") {
	Str was = S("Krátký text."), is = S("Krátký jiný text.");
	trail_text_shorten(t_arena, &was, &is);
	EQ_TEXT(was, "Krátký text.");
	EQ_TEXT(is, "Krátký jiný text.");
	Str one = long_text(100), two = str_replace(t_arena, one, S("Odstavec"), S("Bod"));
	was = one;
	is = two;
	trail_text_shorten(t_arena, &was, &is);
	EQ_STR(was, one);
	EQ_STR(is, two);
	was = (Str){0};
	is = one;
	trail_text_shorten(t_arena, &was, &is);
	EXPECT(!was.len);
	EQ_STR(is, one);
}
