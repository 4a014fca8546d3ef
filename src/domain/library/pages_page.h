/* pages_page.h: handlers of editable pages, for the row of the subject, and pieces that other pages of the subject use. */
#pragma once
#include "domain/library/pages_views_page.h"
#include "html/markdown.h"
#include "web/screen.h"
#include "web/web.h"

Err page_static(Req *r);                         /* of any fixed address */
Err page_static_own(Req *r);                     /* /stranky/{slug} */

Err page_content(Req *r);
Err page_static_admin(Req *r);
Err post_static_review(Req *r);
Err page_static_edit(Req *r);
Err post_static_edit(Req *r);
Err post_static_drop(Req *r);
Err page_static_version(Req *r);
Err post_static_restore(Req *r);
Err page_static_new(Req *r);
Err post_static_new(Req *r);

/* Text of a page with the words of this installation; the pieces between which the contact stands. */
HtmlPieces static_pieces(Req *r, const PageText *text, MarkdownHeadings *headings);
RegionView region_view(Req *r);
/* Tabs of the working pages about what the public reads; `current` is an address. */
TabViews   content_tabs(Req *r, const char *current);

#define CONTENT_HOME "/app/obsah"
#define PAGES_ROUTES \
	{GET, "/napoveda", page_static, ANYONE, .cached = true, .title = "Nápověda"}, \
	{GET, "/pristupnost", page_static, ANYONE, .cached = true, .title = "Prohlášení o přístupnosti"}, \
	{GET, "/osobni-udaje", page_static, ANYONE, .cached = true, .title = "Zpracování osobních údajů"}, \
	{GET, "/cookies", page_static, ANYONE, .cached = true, .title = "Informace o cookies"}, \
	{GET, "/o-webu", page_static, ANYONE, .cached = true, .title = "O webu"}, \
	{GET, "/planovani", page_static, ANYONE, .cached = true, .title = "Plánování v území"}, \
	{GET, "/planovani/pravni-zaklad", page_static, ANYONE, .cached = true, .title = "Právní základ plánování"}, \
	{GET, "/planovani/zapojit-se", page_static, ANYONE, .cached = true, .title = "Jak se zapojit"}, \
	{GET, "/planovani/strategie", page_static, ANYONE, .cached = true, .title = "Související strategie"}, \
	{GET, "/stranky/{nazev}", page_static_own, ANYONE, .cached = true}, \
	{GET, CONTENT_HOME, page_content, CAP_LIBRARY_TEXTS, .title = "Obsah webu"}, \
	{GET, CONTENT_HOME "/stranky/nova", page_static_new, CAP_LIBRARY_TEXTS}, \
	{POST, CONTENT_HOME "/stranky/nova", post_static_new, CAP_LIBRARY_TEXTS}, \
	{GET, CONTENT_HOME "/stranky/{id}", page_static_admin, CAP_LIBRARY_TEXTS}, \
	{POST, CONTENT_HOME "/stranky/{id}/prosel", post_static_review, CAP_LIBRARY_PUBLISH}, \
	{GET, CONTENT_HOME "/stranky/{id}/upravit", page_static_edit, CAP_LIBRARY_TEXTS}, \
	{POST, CONTENT_HOME "/stranky/{id}/upravit", post_static_edit, CAP_LIBRARY_TEXTS, .body_limit = 400 << 10}, \
	{POST, CONTENT_HOME "/stranky/{id}/zahodit", post_static_drop, CAP_LIBRARY_TEXTS}, \
	{GET, CONTENT_HOME "/stranky/{id}/historie", screen_history, CAP_LIBRARY_TEXTS, .entity = &static_page_entity}, \
	{GET, CONTENT_HOME "/stranky/{id}/verze/{cislo}", page_static_version, CAP_LIBRARY_TEXTS}, \
	{POST, CONTENT_HOME "/stranky/{id}/verze/{cislo}/obnovit", post_static_restore, CAP_LIBRARY_TEXTS}
