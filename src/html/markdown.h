/* markdown.h: texts that people write for pages, in Markdown. The only file pair that sees cmark.
 *
 * Twelve elements: p h2 h3 ul ol li strong em a blockquote br hr. Raw HTML and images go (their words stay), a first-level heading becomes a
 * second-level one, code is plain text. Links lead to https:, mailto: or a path of ours, others lose their link; those that lead away
 * carry rel="nofollow ugc noopener". */
#pragma once
#include "html/html.h"

enum { MARKDOWN_MAX = 100 * 1000 };              /* bytes; what is longer is cut at a line */

Html markdown(Arena *a, Str text);
/* The same as a page of its own: headings get ids ("t-" and the words of the heading), so that links lead to them. */
typedef struct MarkdownHeading { int level; Str id, text; } MarkdownHeading;
typedef struct MarkdownHeadings { MarkdownHeading *at; size_t len, cap; } MarkdownHeadings;
Html markdown_page(Arena *a, Str text, MarkdownHeadings *headings);
/* One paragraph without <p>: emphasis, links, line breaks. Raw HTML is shown as text. */
Html markdown_inline(Arena *a, Str text);
/* As markdown(), but raw HTML is shown as text: whoever comments on a text sees everything that was written. */
Html markdown_part(Arena *a, Str text);
/* The words alone, for a search index or a description. */
Str  markdown_words(Arena *a, Str text);
