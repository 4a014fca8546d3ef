/* Texts of any bytes as paragraphs: read, written and read again they are the same; every paragraph gets its own anchor; differences and following
 * never leave the text. The input holds two texts, apart by a NUL. */
#include "domain/library/paragraphs.h"

int LLVMFuzzerTestOneInput(const u8 *data, size_t size);

static void check_same(const Paragraphs *x, const Paragraphs *y) {
	CHECK(x->len == y->len);
	for (size_t i = 0; i < x->len; i++) {
		CHECK(str_eq(x->at[i].source, y->at[i].source) && x->at[i].kind == y->at[i].kind && x->at[i].level == y->at[i].level);
		CHECK(str_eq(x->at[i].anchor, y->at[i].anchor) && str_eq(x->at[i].text, y->at[i].text));
	}
}

static void check_anchors(const Paragraphs *p) {
	for (size_t i = 0; i < p->len; i++)
		CHECK(anchor_valid(p->at[i].anchor) && paragraphs_find(p, p->at[i].anchor) == (i64)i);
}

static void check_words(Arena *a, Str before, Str after) {
	WordRuns r = words_difference(a, before, after);
	Strs x = {0}, y = {0};
	for (size_t i = 0; i < r.len; i++) {
		if (r.at[i].how != DIFF_ADDED)
			strs_add(a, &x, r.at[i].text);
		if (r.at[i].how != DIFF_REMOVED)
			strs_add(a, &y, r.at[i].text);
	}
	CHECK(str_eq(str_join(a, S(""), x), before) && str_eq(str_join(a, S(""), y), after));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size) {
	Arena a = {0};
	Str rest = {(const char *)data, size}, why, first = str_cut(&rest, '\0');
	Paragraphs x, y, again;
	if (paragraphs_read(&a, first, &x, &why) != OK || paragraphs_read(&a, rest, &y, &why) != OK) {
		arena_free(&a);
		return 0;
	}
	paragraphs_keep_anchors(&a, NULL, &x);
	check_anchors(&x);
	CHECK(paragraphs_read(&a, paragraphs_write(&a, &x, true), &again, &why) == OK);
	check_same(&x, &again);
	paragraphs_keep_anchors(&a, &x, &y);
	check_anchors(&y);
	Following *f = following_start(&a, &x, &y);
	for (size_t i = 0; i < x.len; i++) {
		AnchorFollowed to = following_find(f, x.at[i].anchor, x.at[i].text);
		CHECK(to.how == ANCHOR_GONE || to.how == ANCHOR_UNSURE || paragraphs_find(&y, to.anchor) >= 0);
	}
	ParagraphDiffs d = paragraphs_difference(&a, &x, &y);
	size_t before = 0, after = 0;
	for (size_t i = 0; i < d.len; i++) {
		before += d.at[i].before != NULL;
		after += d.at[i].after != NULL;
		if (d.at[i].how != DIFF_CHANGED)
			continue;
		check_words(&a, d.at[i].before->text, d.at[i].after->text);
		table_difference(&a, d.at[i].before->source, d.at[i].after->source);
	}
	CHECK(before == x.len && after == y.len);

	Str pasted = text_clean_paste(&a, first);
	CHECK(utf8_valid(pasted) && str_eq(text_clean_source(&a, pasted), pasted));
	arena_free(&a);
	return 0;
}
