/* paragraphs_page.h: paragraphs as HTML: with permanent links, footnotes, live figures, and what hangs on them; differences of two versions. */
#pragma once
#include "domain/library/paragraphs.h"
#include "html/html.h"

typedef struct ParagraphsView {
	int  shift;                              /* the highest headings of the text become h(1 + shift); 1 unless given, because h1 is the page's */
	bool linked;                             /* a permanent link stands behind each paragraph */
	Str  base;                               /* address in front of "#o3k7": blank = this page */
	/* A live figure or number in its place; {0} = a sentence that it is not known. NULL = the same. */
	Html (*live)(void *arg, Str name, Str caption, bool is_block);
	/* A link beside the permanent one, in the paragraph's last line. NULL = none. */
	Html (*beside)(void *arg, const Paragraph *p);
	/* What hangs on a paragraph, below it: comments, buttons. NULL = nothing. */
	Html (*below)(void *arg, const Paragraph *p);
	void *arg;
} ParagraphsView;

Html paragraphs_html(Arena *a, const Paragraphs *p, const ParagraphsView *view);
/* Headings up to a level as links: contents. */
Html paragraphs_contents(Arena *a, const Paragraphs *p, int up_to, Str base);

/* What changed, in the order of the later version; runs of what stayed are told by their number. `all` shows them too. */
Html paragraphs_difference_html(Arena *a, const ParagraphDiffs *d, bool all);
/* Two texts of one paragraph by words: <del>, <ins>. */
Html words_difference_html(Arena *a, Str before, Str after);
